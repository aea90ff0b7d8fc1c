//! What has to hold whatever is recorded.

use domain::coverage::Status;
use domain::{Framework, Kinds, Ledger, Record, Standing};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{TODAY, agreed, id, record, reflection, state, supervision, wren};

/// Any records of 1.3, before and after its sign-off.
fn any_records() -> impl Strategy<Value = Vec<Record>> {
    let one = (0..3_u8, 1..28_u32, 3..6_u32);
    prop::collection::vec(one, 0..8).prop_map(|all| {
        let made = all.into_iter().enumerate().map(|(n, (kind, day, month))| {
            let date = format!("2026-{month:02}-{day:02}");
            match kind {
                0 => supervision(100 + n as u128, &date),
                1 => reflection(100 + n as u128, &date),
                _ => record(100 + n as u128, "reflection", &date, &json!({})),
            }
        });
        made.collect()
    })
}

/// Hours under supervision, and earlier learning that was accepted.
fn any_practice(from: u128) -> impl Strategy<Value = Vec<Record>> {
    let one = (0..4_u8, 1..28_u32, 3..6_u32);
    prop::collection::vec(one, 0..8).prop_map(move |all| {
        let made = (from + 200..).zip(all).map(|(n, (kind, day, month))| {
            let date = format!("2026-{month:02}-{day:02}");
            if kind == 0 {
                let own =
                    json!({ "form": "self-directed", "minutes": 60, "prior_learning": true, "accepted_by": id(1) });
                record(n, "learning", &date, &own)
            } else {
                let own = json!({ "minutes": 1_200, "supervised": true, "format": "one-to-one", "mode": "video" });
                record(n, "session", &date, &own)
            }
        });
        made.collect()
    })
}

proptest! {
    #[test]
    fn nothing_that_is_added_after_a_sign_off_signs_anything_off(
        records in any_records(), sufficient: bool, added in any_records(),
    ) {
        let day = "2026-04-10".parse().unwrap();
        let mut all = records;
        all.extend([wren(&json!({})), agreed(9, "2026-04-10", &json!({ "sufficient": sufficient }))]);
        let before = state(&all).status;
        all.extend(added.into_iter().filter(|record| record.date > day).map(|record| Record { id: id(1_000 + record.id.as_u128()), ..record }));
        let after = state(&all).status;
        prop_assert!(before == Status::SignedOff || after != Status::SignedOff, "{before:?} became {after:?}");
        prop_assert_eq!(before == Status::SignedOff, after == Status::SignedOff, "nor does it take one back");
    }

    #[test]
    fn nothing_that_is_dated_or_written_down_after_an_agreement_makes_its_tier_agreed(
        before in any_practice(0), after in any_practice(100), late: bool,
    ) {
        let signed = "2026-04-10";
        let framework = Framework::shipped();
        let tier = |records: &[Record]| {
            let ledger = Ledger::of(records, &Kinds::shipped(), &framework, TODAY.parse().unwrap());
            Standing::of(&framework, &ledger).hours.agreed_tier
        };
        let mut all: Vec<Record> = before.into_iter().filter(|record| record.date <= signed.parse().unwrap()).collect();
        all.extend([wren(&json!({})), agreed(9, signed, &json!({ "scope": "tier", "tier": 1 }))]);
        let then = tier(&all);
        all.extend(after.into_iter().filter(|record| late || record.date > signed.parse().unwrap()).map(|record| Record {
            created: "2026-06-01T00:00:00Z".parse().unwrap(),
            ..record
        }));
        prop_assert_eq!(tier(&all), then);
    }

    #[test]
    fn deleting_evidence_meets_no_need_and_restores_no_sign_off(records in any_records(), at in 0..8_usize, sufficient: bool) {
        prop_assume!(at < records.len());
        let held = records.iter().filter(|record| record.date <= "2026-04-10".parse().unwrap() && !record.claims.is_empty());
        let signed: Vec<Value> = held.map(|record| json!({ "record": record.id, "sha256": record.sha256() })).collect();
        let mut all = records;
        all.extend([wren(&json!({})), agreed(9, "2026-04-10", &json!({ "sufficient": sufficient, "signed": signed }))]);
        let before = state(&all);
        all.remove(at);
        let after = state(&all);
        for (was, is) in before.needs.iter().zip(&after.needs) {
            prop_assert!(was.met || !is.met);
        }
        prop_assert!(before.status == Status::SignedOff || after.status != Status::SignedOff);
    }

    #[test]
    fn answers_for_a_past_day_do_not_change_when_what_is_dated_later_arrives(records in any_records(), added in any_records()) {
        let day = "2026-04-10".parse().unwrap();
        let mut all: Vec<Record> = records;
        all.extend([wren(&json!({})), agreed(9, "2026-04-02", &json!({}))]);
        let on = |all: &[Record]| {
            let framework = Framework::shipped();
            let ledger = Ledger::of(all, &Kinds::shipped(), &framework, day);
            Standing::of(&framework, &ledger)
        };
        let before = on(&all);
        all.extend(added.into_iter().filter(|record| record.date > day).map(|record| Record { id: id(1_000 + record.id.as_u128()), ..record }));
        all.push(agreed(10, "2026-04-11", &json!({ "decision": "not-yet" })));
        prop_assert_eq!(before, on(&all));
    }

    #[test]
    fn what_is_open_for_a_tier_never_vanishes_by_hours_without_supervision(
        supervised in 0..70_u32, first in 0..700_u32, more in 0..700_u32,
    ) {
        let work = |n: u128, hours: u32, supervised: bool| {
            let own = json!({ "minutes": hours * 60, "supervised": supervised, "format": "one-to-one", "mode": "video" });
            record(n, "session", "2026-02-02", &own)
        };
        let open = |records: &[Record]| {
            let framework = Framework::shipped();
            let ledger = Ledger::of(records, &Kinds::shipped(), &framework, TODAY.parse().unwrap());
            Standing::of(&framework, &ledger).hours
        };
        let mut records = vec![work(100, supervised, true), work(101, first, false)];
        let before = open(&records);
        records.push(work(102, more, false));
        let after = open(&records);
        prop_assert!(before.outstanding.iter().all(|condition| after.outstanding.contains(condition)));
        for (was, is) in before.open.iter().zip(&after.open) {
            prop_assert!(was.conditions.iter().all(|condition| is.conditions.contains(condition)));
        }
    }
}
