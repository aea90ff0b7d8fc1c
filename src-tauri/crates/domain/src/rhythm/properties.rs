//! What holds of the rhythm of any coach.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use uuid::Uuid;

use super::Rhythm;
use super::tests::{day, ledger, of_kind, on};
use crate::breaks::Break;
use crate::framework::SupervisionType;
use crate::views::{Profile, Supervision};

const EPOCH: &str = "2024-01-01";

fn at(n: u64) -> NaiveDate {
    day(EPOCH) + Days::new(n)
}

#[derive(Debug, Clone)]
struct Case {
    kind: SupervisionType,
    profile: Profile,
    held: Vec<Supervision>,
    today: NaiveDate,
}

impl Case {
    fn now(&self) -> Rhythm {
        of_kind(self.kind, &ledger(&self.held, &self.profile, self.today))
    }
}

/// Any coach: from three years ago on, with breaks, changes of their hours, and supervision in any order, on any day, also
/// from before the start, twice on a day and to come.
fn any_case() -> impl Strategy<Value = Case> {
    let kind = prop::sample::select(SupervisionType::ALL.to_vec());
    let share = prop::sample::select(vec![0.2, 0.5, 0.6, 0.7, 0.8, 1.0]);
    let change = (0_u64..900, share.clone()).prop_map(|(from, share)| (at(from), share));
    let away = (0_u64..900, prop::option::of(0_u64..150))
        .prop_map(|(from, days)| Break { from: at(from), to: days.map(|days| at(from + days)) });
    let one = (0_u64..950, 1_u32..120);
    (
        kind,
        0_u64..900,
        share,
        prop::collection::vec(change, 0..3),
        prop::collection::vec(away, 0..3),
        prop::collection::vec(one, 0..12),
        300_u64..950,
        prop::sample::select(vec![6, 12, 24]),
    )
        .prop_map(|(kind, started, fte, mut fte_changes, breaks, held, today, review_months)| {
            fte_changes.sort_by_key(|(from, _)| *from);
            let profile =
                Profile { started: Some(at(started)), fte, fte_changes, breaks, review_months, ..Profile::of(None) };
            let supervision = |(n, (date, minutes)): (usize, (u64, u32))| Supervision {
                id: Uuid::from_u128(n as u128),
                supervision: kind,
                ..on(at(date), minutes)
            };
            let held = held.into_iter().enumerate().map(supervision).collect();
            Case { kind, profile, held, today: at(today) }
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_the_log_never_matters(case in any_case(), turn in 0_usize..12) {
        let mut other = case.clone();
        other.held.reverse();
        let length = other.held.len().max(1);
        other.held.rotate_left(turn % length);
        prop_assert_eq!(case.now(), other.now());
    }

    #[test]
    fn more_supervision_never_makes_more_missed(case in any_case(), date in 0_u64..950) {
        let mut more = case.clone();
        more.held.push(Supervision { id: Uuid::from_u128(99), supervision: case.kind, ..on(at(date), 60) });
        prop_assert!(more.now().missed <= case.now().missed);
    }

    #[test]
    fn a_break_never_adds_a_missed_one(case in any_case(), from in 0_u64..900, days in 0_u64..200) {
        let mut more = case.clone();
        more.profile.breaks.push(Break { from: at(from), to: Some(at(from + days)) });
        let (without, with) = (case.now(), more.now());
        prop_assert!(with.missed <= without.missed);
        prop_assert!(with.due >= without.due);
    }

    #[test]
    fn the_day_passing_never_adds_a_missed_one_within_the_days_of_grace(case in any_case()) {
        let now = case.now();
        let next = Case { today: case.today + Days::new(1), ..case.clone() }.now();
        let changes = case.profile.fte_changes.iter().any(|(from, _)| *from == case.today + Days::new(1));
        if !changes && now.overdue_days < 14 {
            prop_assert!(next.missed <= now.missed, "{now:?} {next:?}");
        }
        prop_assert!(next.missed <= now.missed + 1);
    }

    #[test]
    fn what_is_told_together_adds_up(case in any_case()) {
        let now = case.now();
        prop_assert_eq!(now.missed as usize, now.missed_on.len());
        prop_assert_eq!(now.missed, now.without.iter().map(|one| one.missed).sum::<u32>());
        prop_assert!(now.missed_on.is_sorted());
        prop_assert!(now.missed_on.iter().all(|due| *due < case.today));
        prop_assert!(now.due < case.today || now.overdue_days == 0);
    }
}
