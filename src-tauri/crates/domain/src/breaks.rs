//! Breaks from the role: leave, sickness, a gap between posts. Whatever is counted in months stands still in them.

use chrono::{Days, NaiveDate};

use crate::period::Period;

/// A break as the profile notes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Break {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day; nothing while it goes on.
    pub to: Option<NaiveDate>,
}

/// The days away from the role: in order, none counted twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Breaks(Vec<(NaiveDate, NaiveDate)>);

impl Breaks {
    /// The days of these breaks. One that goes on lasts until `today`; one that would end before it begins has no days.
    #[must_use]
    pub fn of(breaks: &[Break], today: NaiveDate) -> Breaks {
        let days = |one: &Break| Some((one.from, one.to.unwrap_or(today))).filter(|(from, to)| from <= to);
        let mut all: Vec<(NaiveDate, NaiveDate)> = breaks.iter().filter_map(days).collect();
        all.sort_unstable();
        let mut apart: Vec<(NaiveDate, NaiveDate)> = Vec::with_capacity(all.len());
        for (from, to) in all {
            match apart.last_mut() {
                Some((_, last)) if from <= *last => *last = to.max(*last),
                _ => apart.push((from, to)),
            }
        }
        Breaks(apart)
    }

    /// Whether a day lies in one.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.0.iter().any(|(from, to)| (*from..=*to).contains(&day))
    }

    /// A day that is counted towards from `after` on, put off by the days away in between: never itself a day away.
    #[must_use]
    pub fn put_off(&self, after: NaiveDate, day: NaiveDate) -> NaiveDate {
        let mut day = day;
        for (from, to) in &self.0 {
            let first = after.succ_opt().map_or(*from, |next| next.max(*from));
            if first <= *to && first <= day {
                day = day.checked_add_days(Days::new(days(first, *to))).unwrap_or(NaiveDate::MAX);
            }
        }
        day
    }

    /// A day that is counted back to from `until`, moved further back by the days away in between.
    #[must_use]
    pub fn put_back(&self, day: NaiveDate, until: NaiveDate) -> NaiveDate {
        let mut day = day;
        for (from, to) in self.0.iter().rev() {
            let last = until.min(*to);
            if *from <= last && day <= last {
                let away = days(day.max(*from), last);
                day = day.min(*from).checked_sub_days(Days::new(away)).unwrap_or(NaiveDate::MIN);
            }
        }
        day
    }

    /// The days of a period that were spent in the role, one by one; none where either end is open.
    pub fn in_role(&self, period: Period) -> impl Iterator<Item = NaiveDate> {
        let days = period.from().into_iter().flat_map(|from| from.iter_days());
        days.take_while(move |day| period.to().is_some_and(|to| *day <= to)).filter(|day| !self.contains(*day))
    }
}

/// How many days there are from one to another, both included.
fn days(from: NaiveDate, to: NaiveDate) -> u64 {
    u64::try_from((to - from).num_days() + 1).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn one(from: &str, to: Option<&str>) -> Break {
        Break { from: day(from), to: to.map(day) }
    }

    fn breaks(all: &[Break]) -> Breaks {
        Breaks::of(all, day("2026-06-15"))
    }

    fn in_role(breaks: &Breaks, from: NaiveDate, to: NaiveDate) -> usize {
        breaks.in_role(Period::between(from, to)).count()
    }

    #[test]
    fn a_day_in_two_breaks_is_away_once_and_a_break_without_an_end_lasts_until_today() {
        let all = breaks(&[
            one("2026-06-10", None),
            one("2026-02-05", Some("2026-02-10")),
            one("2026-02-01", Some("2026-02-07")),
            one("2026-02-02", Some("2026-02-03")),
        ]);
        assert_eq!(in_role(&all, day("2026-02-01"), day("2026-02-28")), 18);
        assert_eq!(in_role(&all, day("2026-06-01"), day("2026-06-30")), 24);
        let contained = ["2026-02-10", "2026-02-11", "2026-06-15", "2026-06-16"].map(|text| all.contains(day(text)));
        assert_eq!(contained, [true, false, true, false]);
    }

    #[test]
    fn a_break_that_has_not_come_or_is_the_wrong_way_round_has_no_days() {
        let none = breaks(&[one("2026-07-01", None), one("2026-03-10", Some("2026-03-09"))]);
        assert_eq!(none, Breaks::default());
    }

    #[test]
    fn a_day_is_put_off_by_the_days_away_before_it_and_never_lies_in_a_break() {
        let all = breaks(&[one("2026-02-10", Some("2026-02-19")), one("2026-03-02", Some("2026-03-04"))]);
        let put_off = |after: &str, to: &str| all.put_off(day(after), day(to)).to_string();
        assert_eq!(put_off("2026-01-15", "2026-02-09"), "2026-02-09");
        assert_eq!(put_off("2026-01-15", "2026-02-10"), "2026-02-20", "the first day of a break");
        assert_eq!(put_off("2026-01-15", "2026-02-20"), "2026-03-05", "which reaches the next break");
        assert_eq!(put_off("2026-02-15", "2026-02-25"), "2026-03-01", "from within a break its rest counts");
        assert_eq!(put_off("2026-02-19", "2026-02-25"), "2026-02-25");
    }

    #[test]
    fn a_day_is_put_back_by_the_days_away_after_it() {
        let all = breaks(&[one("2026-02-10", Some("2026-02-19")), one("2026-03-02", Some("2026-03-04"))]);
        let put_back = |day_: &str, until: &str| all.put_back(day(day_), day(until)).to_string();
        assert_eq!(put_back("2026-03-05", "2026-03-20"), "2026-03-05");
        assert_eq!(put_back("2026-03-03", "2026-03-20"), "2026-02-28", "two days away, told off before the break");
        assert_eq!(put_back("2026-02-21", "2026-03-20"), "2026-02-08", "three days back reach the break before");
        assert_eq!(
            put_back("2026-02-21", "2026-03-02"),
            "2026-02-20",
            "what is away after the last day is not counted"
        );
    }

    proptest! {
        /// Between a day that was put off or back and the other end lie as many days in the role as there would have been
        /// days without a break.
        #[test]
        fn what_is_put_off_or_back_keeps_its_days_in_the_role(
            spans in prop::collection::vec((0_u64..400, 0_u64..60), 0..6), from in 0_u64..400, days in 1_u64..200,
        ) {
            let at = |n: u64| day("2025-01-01") + Days::new(n);
            let all: Vec<Break> =
                spans.iter().map(|(from, days)| Break { from: at(*from), to: Some(at(from + days)) }).collect();
            let all = Breaks::of(&all, at(600));
            let (after, until) = (at(from), at(from + days));
            let later = all.put_off(after, until);
            prop_assert!(!all.contains(later) && later >= until);
            prop_assert_eq!(in_role(&all, after + Days::new(1), later), days as usize);
            let earlier = all.put_back(after, until);
            prop_assert!(earlier <= after);
            prop_assert_eq!(in_role(&all, earlier, until), days as usize + 1);
        }
    }
}
