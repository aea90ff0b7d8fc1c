//! A span of days with a first and a last, either of which can be open.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Serialize;

/// From one day to another, both included; without the first it has no beginning, without the last no end.
///
/// Never the wrong way round: [`Period::new`] says so instead.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Period {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

/// A period that would end before it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("The period ends ({to}) before it begins ({from}).")]
pub struct Backwards {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
}

impl Period {
    /// All days there are.
    pub const ALWAYS: Period = Period { from: None, to: None };

    /// From one day to another, both included.
    ///
    /// # Errors
    /// When the last day comes before the first.
    pub fn new(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<Period, Backwards> {
        match (from, to) {
            (Some(from), Some(to)) if from > to => Err(Backwards { from, to }),
            _ => Ok(Period { from, to }),
        }
    }

    /// The days from one to the other, whichever comes first.
    #[must_use]
    pub fn between(one: NaiveDate, other: NaiveDate) -> Period {
        Period { from: Some(one.min(other)), to: Some(one.max(other)) }
    }

    /// From a day on.
    #[must_use]
    pub fn since(from: NaiveDate) -> Period {
        Period { from: Some(from), to: None }
    }

    /// Until a day, that day included.
    #[must_use]
    pub fn until(to: NaiveDate) -> Period {
        Period { from: None, to: Some(to) }
    }

    /// So many days, of which one is the last; at least that one.
    #[must_use]
    pub fn days_until(days: u64, to: NaiveDate) -> Period {
        Period { from: to.checked_sub_days(Days::new(days.saturating_sub(1))), to: Some(to) }
    }

    /// So many months, of which a day is the last: the twelve until 12 June 2026 begin on 13 June 2025.
    #[must_use]
    pub fn months_until(months: u32, to: NaiveDate) -> Period {
        let before = to.checked_sub_months(Months::new(months));
        let from = before.and_then(|before| before.checked_add_days(Days::new(1)));
        Period { from: from.map(|from| from.min(to)), to: Some(to) }
    }

    /// So many months from a day on, that day included: they end on the day before the same day of a later month, and where
    /// that month has no such day, on its last. Twelve months from 29 February 2024 end on 28 February 2025.
    #[must_use]
    pub fn first_months(months: u32, from: NaiveDate) -> Period {
        let same = from.checked_add_months(Months::new(months));
        let to = same.and_then(|same| if same.day() < from.day() { Some(same) } else { same.pred_opt() });
        Period { from: Some(from), to }
    }

    /// Its first day; nothing where it has no beginning.
    #[must_use]
    pub fn from(self) -> Option<NaiveDate> {
        self.from
    }

    /// Its last day; nothing where it has no end.
    #[must_use]
    pub fn to(self) -> Option<NaiveDate> {
        self.to
    }

    /// What of it has come by a day; nothing when all of it is later.
    #[must_use]
    pub fn by(self, day: NaiveDate) -> Option<Period> {
        Period::new(self.from, Some(self.to.map_or(day, |to| to.min(day)))).ok()
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn both_ends_belong_to_it_and_either_can_be_open() {
        let june = Period::new(Some(day("2026-06-01")), Some(day("2026-06-30"))).unwrap();
        let in_june = ["2026-05-31", "2026-06-01", "2026-06-30", "2026-07-01"].map(|text| june.contains(day(text)));
        assert_eq!(in_june, [false, true, true, false]);
        assert!(Period::since(day("2026-06-01")).contains(NaiveDate::MAX) && Period::ALWAYS.contains(NaiveDate::MIN));
        assert!(!Period::until(day("2026-06-01")).contains(day("2026-06-02")));
    }

    #[test]
    fn one_day_is_a_period_and_the_wrong_way_round_is_none() {
        let (early, late) = (day("2026-06-01"), day("2026-06-02"));
        assert!(Period::new(Some(early), Some(early)).is_ok());
        let backwards = Period::new(Some(late), Some(early)).unwrap_err();
        assert_eq!(backwards.to_string(), "The period ends (2026-06-01) before it begins (2026-06-02).");
    }

    #[test]
    fn what_is_still_to_come_of_it_can_be_left_out() {
        let june = Period::between(day("2026-06-30"), day("2026-06-01"));
        assert_eq!(june.by(day("2026-06-12")), Some(Period::between(day("2026-06-01"), day("2026-06-12"))));
        assert_eq!((june.by(day("2026-07-01")), june.by(day("2026-05-31"))), (Some(june), None));
        assert_eq!(Period::ALWAYS.by(day("2026-05-31")), Some(Period::until(day("2026-05-31"))));
    }

    #[test]
    fn months_until_a_day_keep_to_the_calendar() {
        let first = |to: &str| Period::months_until(12, day(to)).from().unwrap().to_string();
        assert_eq!(first("2026-06-12"), "2025-06-13");
        assert_eq!(first("2024-02-29"), "2023-03-01");
        assert_eq!(first("2025-02-28"), "2024-02-29");
        assert_eq!(Period::days_until(90, day("2026-06-12")).from(), Some(day("2026-03-15")));
    }
}
