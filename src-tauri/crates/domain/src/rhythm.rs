//! The rhythm of supervision: last, next due, missed (B1570, section 4.2.2; docs/framework.md, "Supervision rhythms").

use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;

use crate::framework::{SupervisionRhythm, SupervisionType};
use crate::views::{Profile, Supervision};

/// How one kind of supervision stands on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Rhythm {
    /// Which kind.
    #[serde(rename = "type")]
    pub supervision: SupervisionType,
    /// About how many days lie between two sessions.
    pub every_days: u32,
    /// The last individual session.
    pub last: Option<NaiveDate>,
    /// The day by which the next is expected.
    pub due: NaiveDate,
    /// Days past that day; 0 when it is still to come.
    pub overdue_days: u32,
    /// Periods of the review period that passed without an individual session.
    pub missed: u32,
    /// The last day of each of them, oldest first.
    pub missed_on: Vec<NaiveDate>,
    /// There has been no individual session in the period that runs today: the next gap, shown before it falls due.
    pub open: bool,
    /// Minutes of individual sessions in the review period.
    pub minutes_in_period: u32,
    /// The same for an average month of the review period.
    pub minutes_a_month: u32,
    /// Minutes of group sessions in the review period: a supplement, counted separately.
    pub group_minutes_in_period: u32,
    /// In how many months of the review period there was an individual session.
    pub months_held: u32,
    /// The individual sessions of the review period, oldest first.
    pub records: Vec<uuid::Uuid>,
}

impl Rhythm {
    /// Whether the log shows the expected rhythm over the review period: no period missed, and sessions in at least two
    /// months, since one entry is not a rhythm (docs/framework.md, "Competencies", 1.5).
    #[must_use]
    pub fn kept(&self) -> bool {
        self.missed == 0 && self.months_held >= 2
    }
}

/// Works out one rhythm over the review period that ends `today`.
///
/// Only individual sessions keep the rhythm; a group session is a supplement. A period is missed when as many whole
/// calendar months as the rhythm has passed with no session: for a monthly rhythm each empty month, for one of two
/// months each two in a row. A month has the rhythm of its first day, so that going from part time to full time counts
/// from the next month on. The count begins with the start in the role or, where that is unknown, with the first
/// session; months that are not over yet do not count.
#[must_use]
pub fn rhythm(of: &SupervisionRhythm, supervisions: &[Supervision], profile: &Profile, today: NaiveDate) -> Rhythm {
    let every =
        |on: NaiveDate| u32::from(if profile.full_time(on) { of.full_time_months } else { of.part_time_months });
    let back = today.checked_sub_months(Months::new(profile.review_months)).unwrap_or(NaiveDate::MIN);
    let ours = |s: &&Supervision| s.supervision == of.supervision && s.date <= today;
    let mut individual: Vec<&Supervision> = supervisions.iter().filter(ours).filter(|s| s.individual).collect();
    individual.sort_by_key(|s| (s.date, s.id));
    let begin = profile.started.or(individual.first().map(|s| s.date)).unwrap_or(today).max(back).min(today);
    let last = individual.last().map(|s| s.date);
    let due = due(last.unwrap_or(begin), profile, today, every);
    let in_period: Vec<&Supervision> = individual.iter().filter(|s| s.date >= back).copied().collect();
    let minutes =
        |sessions: &mut dyn Iterator<Item = &Supervision>| sessions.map(|s| s.minutes).fold(0_u32, u32::saturating_add);
    let in_all = minutes(&mut in_period.iter().copied());
    let mut held: Vec<i32> = in_period.iter().map(|s| month(s.date)).collect();
    held.dedup();
    let missed_on = missed(&individual, begin, today, every);
    Rhythm {
        supervision: of.supervision,
        every_days: every(today) * 365 / 12,
        last,
        due,
        overdue_days: u32::try_from((today - due).num_days()).unwrap_or(0),
        missed: u32::try_from(missed_on.len()).unwrap_or(u32::MAX),
        missed_on,
        open: !individual.iter().any(|s| month(s.date) + i32::try_from(every(today)).unwrap_or(1) > month(today)),
        minutes_in_period: in_all,
        minutes_a_month: in_all / profile.review_months.max(1),
        group_minutes_in_period: minutes(
            &mut supervisions.iter().filter(ours).filter(|s| !s.individual && s.date >= back),
        ),
        months_held: u32::try_from(held.len()).unwrap_or(u32::MAX),
        records: in_period.iter().map(|s| s.id).collect(),
    }
}

/// The day by which the next session is expected: as many months after the last as the rhythm then was. Whoever goes full
/// time in between is due a full-time period after that day, if that is sooner; whoever goes part time has longer.
fn due(last: NaiveDate, profile: &Profile, today: NaiveDate, every: impl Fn(NaiveDate) -> u32) -> NaiveDate {
    let after = |day: NaiveDate, months: u32| day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX);
    let mut due = after(last, every(last));
    for (from, _) in profile.fte_changes.iter().filter(|(from, _)| *from > last && *from <= today) {
        due = if every(*from) < every(last) { due.min(after(*from, every(*from))) } else { after(last, every(*from)) };
    }
    due
}

/// Months since year 0.
fn month(date: NaiveDate) -> i32 {
    date.year() * 12 + i32::try_from(date.month0()).unwrap_or(0)
}

fn first_day(month: i32) -> NaiveDate {
    let month0 = u32::try_from(month.rem_euclid(12)).unwrap_or(0);
    NaiveDate::from_ymd_opt(month.div_euclid(12), month0 + 1, 1).unwrap_or(NaiveDate::MIN)
}

/// Runs of whole calendar months between two days in which there was no session, as long as the rhythm of their last: the
/// last day of each.
fn missed(
    individual: &[&Supervision],
    begin: NaiveDate,
    today: NaiveDate,
    every: impl Fn(NaiveDate) -> u32,
) -> Vec<NaiveDate> {
    let first = month(begin) + i32::from(begin.day() > 1);
    let held: Vec<i32> = individual.iter().map(|s| month(s.date)).collect();
    let (mut missed, mut empty) = (Vec::new(), 0);
    for at in first..month(today) {
        if held.binary_search(&at).is_ok() {
            empty = 0;
        } else {
            empty += 1;
            if empty >= every(first_day(at)) {
                missed.extend(first_day(at + 1).pred_opt());
                empty = 0;
            }
        }
    }
    missed
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn held(dates: &[&str]) -> Vec<Supervision> {
        let one = |text: &&str| Supervision {
            id: Uuid::nil(),
            date: day(text),
            supervision: SupervisionType::HealthCoaching,
            individual: true,
            minutes: 60,
        };
        dates.iter().map(one).collect()
    }

    fn coach(fte: f64) -> Profile {
        Profile { started: Some(day("2026-01-01")), fte, fte_changes: Vec::new(), review_months: 12, trained: true }
    }

    fn coaching(supervisions: &[Supervision], fte: f64, today: &str) -> Rhythm {
        let framework = crate::Framework::shipped();
        let of = framework.rhythms.iter().find(|r| r.supervision == SupervisionType::HealthCoaching).unwrap();
        rhythm(of, supervisions, &coach(fte), day(today))
    }

    #[test]
    fn full_time_is_due_every_month() {
        let now = coaching(&held(&["2026-01-20", "2026-02-10", "2026-03-03"]), 0.8, "2026-04-13");
        assert_eq!((now.last, now.due, now.overdue_days), (Some(day("2026-03-03")), day("2026-04-03"), 10));
        assert!(now.kept(), "April is not over yet");
    }

    #[test]
    fn an_empty_month_is_missed_by_full_time_and_not_by_part_time() {
        let supervisions = held(&["2026-01-20", "2026-03-03"]);
        assert_eq!(coaching(&supervisions, 1.0, "2026-04-13").missed, 1);
        assert_eq!(coaching(&supervisions, 0.6, "2026-04-13").missed, 0);
        assert_eq!(coaching(&supervisions, 0.6, "2026-04-13").due, day("2026-05-03"));
    }

    #[test]
    fn a_group_does_not_keep_the_rhythm() {
        let mut supervisions = held(&["2026-01-20", "2026-02-10"]);
        supervisions[1].individual = false;
        let now = coaching(&supervisions, 1.0, "2026-03-02");
        assert_eq!((now.missed, now.minutes_in_period, now.group_minutes_in_period), (1, 60, 60));
    }

    #[test]
    fn one_entry_is_no_rhythm_and_two_months_are() {
        let first = held(&["2026-01-20"]);
        assert!(!coaching(&first, 1.0, "2026-01-25").kept());
        let both = held(&["2026-01-20", "2026-02-03"]);
        assert!(coaching(&both, 1.0, "2026-02-20").kept());
        let framework = crate::Framework::shipped();
        let unknown = Profile { started: None, ..coach(1.0) };
        assert!(!rhythm(&framework.rhythms[0], &first, &unknown, day("2026-01-25")).kept());
    }

    #[test]
    fn the_running_period_is_open_until_there_is_a_session_in_it() {
        let supervisions = held(&["2026-01-20", "2026-02-10"]);
        assert!(!coaching(&supervisions, 1.0, "2026-02-28").open);
        assert!(coaching(&supervisions, 1.0, "2026-03-01").open, "told before it falls due");
        assert!(!coaching(&supervisions, 0.5, "2026-03-01").open);
    }

    #[test]
    fn going_full_time_in_the_middle_of_a_period_brings_the_next_session_forward() {
        let framework = crate::Framework::shipped();
        let supervisions = held(&["2026-01-10"]);
        let full_from = |from: &str| Profile { fte_changes: vec![(day(from), 1.0)], ..coach(0.5) };
        let due = |profile: &Profile, today| rhythm(&framework.rhythms[0], &supervisions, profile, day(today)).due;
        assert_eq!(due(&coach(0.5), "2026-02-20"), day("2026-03-10"));
        assert_eq!(due(&full_from("2026-02-01"), "2026-02-20"), day("2026-03-01"));
        assert_eq!(due(&full_from("2026-03-01"), "2026-03-05"), day("2026-03-10"), "never later than it was");
        let part_from = Profile { fte_changes: vec![(day("2026-02-01"), 0.5)], ..coach(1.0) };
        assert_eq!(due(&part_from, "2026-02-20"), day("2026-03-10"));
        // February is part time's by its first day when the change comes on the second.
        let missed =
            |profile: &Profile| rhythm(&framework.rhythms[0], &supervisions, profile, day("2026-04-02")).missed;
        assert_eq!(missed(&full_from("2026-02-01")), 2);
        assert_eq!(missed(&full_from("2026-02-02")), 1);
    }

    #[test]
    fn month_ends_and_leap_days_stay_in_their_month() {
        let framework = crate::Framework::shipped();
        let due = |last: &str| {
            let profile = Profile { started: None, ..coach(1.0) };
            rhythm(&framework.rhythms[0], &held(&[last]), &profile, day(last)).due
        };
        assert_eq!(due("2028-01-31"), day("2028-02-29"));
        assert_eq!(due("2027-01-31"), day("2027-02-28"));
        assert_eq!(due("2028-02-29"), day("2028-03-29"));
    }

    #[test]
    fn the_first_day_of_the_review_period_counts_and_the_day_before_does_not() {
        let profile = Profile { started: None, ..coach(1.0) };
        let framework = crate::Framework::shipped();
        let minutes =
            |held: &[Supervision]| rhythm(&framework.rhythms[0], held, &profile, day("2026-04-13")).minutes_in_period;
        assert_eq!(minutes(&held(&["2025-04-13"])), 60);
        assert_eq!(minutes(&held(&["2025-04-12"])), 0);
    }

    #[test]
    fn no_supervision_at_all_is_no_rhythm() {
        let now = coaching(&[], 1.0, "2026-01-15");
        assert!(!now.kept());
        assert_eq!(now.due, day("2026-02-01"));
    }
}
