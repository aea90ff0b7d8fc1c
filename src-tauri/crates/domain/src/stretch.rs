//! A period cut into stretches of equal length, for totals that are shown over time.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Serialize;

use crate::period::Period;
use crate::views::SessionSum;

/// More stretches than this are too many to tell apart at a glance.
const MOST: u32 = 24;

/// A month, a quarter of a year or a year, cut off where the period begins or ends within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// How many calendar months it stands for: 1, 3 or 12, or as many years as it takes.
    pub months: u32,
}

impl Stretch {
    /// Its days.
    #[must_use]
    pub fn period(self) -> Period {
        Period::between(self.from, self.to)
    }
}

/// Attended minutes within a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Worked {
    /// When.
    pub stretch: Stretch,
    /// NHS minutes.
    pub nhs_minutes: u32,
    /// Minutes outside the NHS, kept apart.
    pub other_minutes: u32,
}

impl Worked {
    /// Adds up what was worked in a stretch.
    #[must_use]
    pub fn of(stretch: Stretch, sums: &[SessionSum]) -> Worked {
        let minutes = |nhs: bool| -> u32 {
            let minutes: u64 = sums.iter().filter(|sum| sum.nhs == nhs).map(|sum| sum.minutes).sum();
            u32::try_from(minutes).unwrap_or(u32::MAX)
        };
        Worked { stretch, nhs_minutes: minutes(true), other_minutes: minutes(false) }
    }
}

/// Cuts a period along the calendar: into months while they are at most 24, else into quarters, else into years, else into
/// as many years each as it takes. Every day of the period is in exactly one stretch.
#[must_use]
pub fn stretches(from: NaiveDate, to: NaiveDate) -> Vec<Stretch> {
    let count = |months: u32| (index(to) / i64::from(months) - index(from) / i64::from(months) + 1).max(0);
    let years = (1..).map(|years| years * 12);
    let fits = [1, 3].into_iter().chain(years).find(|months| count(*months) <= i64::from(MOST));
    let months = fits.unwrap_or(12);
    let mut out = Vec::new();
    let mut at = from;
    while at <= to {
        let begun = index(at) % i64::from(months);
        let left = u32::try_from(i64::from(months) - begun).unwrap_or(1);
        let next = at.with_day(1).and_then(|first| first.checked_add_months(Months::new(left)));
        let last = next.and_then(|next| next.checked_sub_days(Days::new(1))).unwrap_or(NaiveDate::MAX).min(to);
        out.push(Stretch { from: at, to: last, months });
        match last.checked_add_days(Days::new(1)) {
            Some(next) => at = next,
            None => break,
        }
    }
    out
}

/// Calendar months, counted from the year 0.
fn index(day: NaiveDate) -> i64 {
    (i64::from(day.year()) * 12 + i64::from(day.month0())).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_year_is_cut_into_months() {
        let cut = stretches(day("2025-05-12"), day("2026-05-11"));
        assert_eq!((cut.len(), cut[0].months), (13, 1));
        assert_eq!((cut[0].from, cut[0].to), (day("2025-05-12"), day("2025-05-31")));
        assert_eq!((cut[12].from, cut[12].to), (day("2026-05-01"), day("2026-05-11")));
    }

    #[test]
    fn longer_periods_are_cut_into_quarters_and_years() {
        let cut = stretches(day("2022-02-10"), day("2026-12-31"));
        assert_eq!((cut.len(), cut[0].months, cut[0].to), (20, 3, day("2022-03-31")));
        assert_eq!(stretches(day("2016-01-01"), day("2026-12-31")).len(), 11);
        assert_eq!(stretches(day("1990-01-01"), day("2026-12-31"))[0].months, 24);
    }

    proptest! {
        #[test]
        fn every_day_is_in_exactly_one(start in 0_u64..20_000, length in 0_u64..20_000) {
            let from = day("1990-01-01") + Days::new(start);
            let to = from + Days::new(length);
            let cut = stretches(from, to);
            prop_assert!(cut.len() <= MOST as usize);
            prop_assert_eq!((cut[0].from, cut[cut.len() - 1].to), (from, to));
            for pair in cut.windows(2) {
                prop_assert_eq!(pair[0].to + Days::new(1), pair[1].from);
            }
        }
    }
}
