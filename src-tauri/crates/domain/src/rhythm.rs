//! The rhythm of supervision: last, next due, missed (B1570, section 9; framework.md, "Supervision rhythms").

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
    /// Minutes of individual sessions in the review period.
    pub minutes_in_period: u32,
    /// Minutes of group sessions in the review period: a supplement, counted beside.
    pub group_minutes_in_period: u32,
    /// The individual sessions of the review period, oldest first.
    pub records: Vec<uuid::Uuid>,
}

impl Rhythm {
    /// Whether the log shows the expected rhythm over the review period.
    #[must_use]
    pub fn kept(&self) -> bool {
        !self.records.is_empty() && self.missed == 0
    }
}

/// Reckons one rhythm over the review period that ends `today`.
///
/// Only individual sessions keep the rhythm; a group session is a supplement. A period is missed when as many whole
/// calendar months as the rhythm has passed with no session: for a monthly rhythm each empty month, for one of two
/// months each two in a row. The reckoning begins with the start in the role or, where that is unknown, with the first
/// session; months that are not over yet do not count.
#[must_use]
pub fn rhythm(of: &SupervisionRhythm, supervisions: &[Supervision], profile: &Profile, today: NaiveDate) -> Rhythm {
    let every = u32::from(if profile.full_time() { of.full_time_months } else { of.part_time_months });
    let back = today.checked_sub_months(Months::new(profile.review_months)).unwrap_or(NaiveDate::MIN);
    let ours = |s: &&Supervision| s.supervision == of.supervision && s.date <= today;
    let mut individual: Vec<&Supervision> = supervisions.iter().filter(ours).filter(|s| s.individual).collect();
    individual.sort_by_key(|s| (s.date, s.id));
    let begin = profile.started.or(individual.first().map(|s| s.date)).unwrap_or(today).max(back).min(today);
    let last = individual.last().map(|s| s.date);
    let due = last.unwrap_or(begin).checked_add_months(Months::new(every)).unwrap_or(NaiveDate::MAX);
    let in_period = |s: &&&Supervision| s.date > back;
    let group_minutes: u32 =
        supervisions.iter().filter(ours).filter(|s| !s.individual && s.date > back).map(|s| s.minutes).sum();
    Rhythm {
        supervision: of.supervision,
        every_days: every * 365 / 12,
        last,
        due,
        overdue_days: u32::try_from((today - due).num_days()).unwrap_or(0),
        missed: missed(&individual, begin, today, every),
        minutes_in_period: individual.iter().filter(in_period).map(|s| s.minutes).sum(),
        group_minutes_in_period: group_minutes,
        records: individual.iter().filter(in_period).map(|s| s.id).collect(),
    }
}

/// Runs of `every` whole calendar months between two days in which there was no session.
fn missed(individual: &[&Supervision], begin: NaiveDate, today: NaiveDate, every: u32) -> u32 {
    let month = |date: NaiveDate| date.year() * 12 + i32::try_from(date.month0()).unwrap_or(0);
    let first = month(begin) + i32::from(begin.day() > 1);
    let mut held = individual.iter().map(|s| month(s.date)).collect::<Vec<_>>();
    held.dedup();
    let (mut missed, mut empty) = (0, 0);
    for at in first..month(today) {
        if held.binary_search(&at).is_ok() {
            empty = 0;
        } else {
            empty += 1;
            if empty == every {
                missed += 1;
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
        Profile { started: Some(day("2026-01-01")), fte, review_months: 12, trained: true }
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
    fn no_supervision_at_all_is_no_rhythm() {
        let now = coaching(&[], 1.0, "2026-01-15");
        assert!(!now.kept());
        assert_eq!(now.due, day("2026-02-01"));
    }
}
