//! The days of the invented coach: Monday to Thursday, with leave.

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};
use serde_json::Value;

/// The first and the last day on which there are records.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    /// First day in the role.
    pub(super) start: NaiveDate,
    /// The day before today, so that nothing was saved later than now.
    pub(super) last: NaiveDate,
}

impl Span {
    /// The first Monday in the role: what happens early is counted from it.
    pub(super) fn first_monday(self) -> NaiveDate {
        let monday = monday_of(self.start);
        if monday < self.start { later(monday, 7) } else { monday }
    }

    /// The working day that many days after the first Monday, if it has come.
    pub(super) fn at(self, day: u64) -> Option<NaiveDate> {
        self.within(at_work(later(self.first_monday(), day)))
    }

    /// The day, if it lies within.
    pub(super) fn within(self, day: NaiveDate) -> Option<NaiveDate> {
        (self.start <= day && day <= self.last).then_some(day)
    }

    /// The day that lies so far from the last: `-40` or `+35`, and never before the first.
    pub(super) fn counted(self, days: &str) -> Option<NaiveDate> {
        moved(self.last, days).map(|day| day.max(self.start))
    }

    /// The Mondays of all weeks at work, from that many days after the first.
    pub(super) fn weeks(self, from_day: u64) -> Vec<NaiveDate> {
        let first = monday_of(later(self.first_monday(), from_day));
        first.iter_weeks().take_while(|monday| *monday <= self.last).filter(|monday| !on_leave(*monday)).collect()
    }

    /// The first days of all calendar months it touches.
    pub(super) fn months(self) -> Vec<NaiveDate> {
        let mut months = Vec::new();
        let mut month = self.start.with_day(1);
        while let Some(first) = month.filter(|first| *first <= self.last) {
            months.push(first);
            month = first.checked_add_months(chrono::Months::new(1));
        }
        months
    }
}

/// That many days later.
pub(super) fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// That day, or the Monday after a Friday or a weekend: the coach works four days.
pub(super) fn working(day: NaiveDate) -> NaiveDate {
    match day.weekday() {
        Weekday::Fri => later(day, 3),
        Weekday::Sat => later(day, 2),
        Weekday::Sun => later(day, 1),
        _ => day,
    }
}

/// That day, or one near it in the same month on which the coach is at work and not on leave.
pub(super) fn at_work(day: NaiveDate) -> NaiveDate {
    let day = working(day);
    let fits = |day: &NaiveDate| !on_leave(monday_of(*day));
    let near = [0, 7, 14].map(|days| later(day, days)).into_iter().filter(|near| near.month() == day.month());
    near.into_iter().find(fits).or(day.checked_sub_days(Days::new(7))).unwrap_or(day)
}

fn monday_of(day: NaiveDate) -> NaiveDate {
    day.week(Weekday::Mon).first_day()
}

/// A week in spring, two in August, and from Christmas to the New Year.
fn on_leave(monday: NaiveDate) -> bool {
    matches!(monday.iso_week().week(), 1 | 15 | 32 | 33 | 52 | 53)
}

/// A day moved by `+30` or `-30`.
pub(super) fn moved(day: NaiveDate, by: &str) -> Option<NaiveDate> {
    let by: i64 = by.parse().ok()?;
    day.checked_add_signed(TimeDelta::days(by))
}

/// Resolves the days in values outside any entry: `@end:-40`.
pub(super) fn tell_days(span: Span, value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some(day) = text.strip_prefix("@end:").and_then(|by| span.counted(by)) {
                *value = Value::String(day.to_string());
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| tell_days(span, item)),
        Value::Object(values) => values.values_mut().for_each(|item| tell_days(span, item)),
        _ => {}
    }
}
