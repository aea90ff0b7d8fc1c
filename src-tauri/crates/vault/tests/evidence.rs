//! The sums behind gaps and hours match the records after any change.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod common;

use chrono::Days;
use common::{claiming, day, evidence, kinds, new_vault, now, record, save, session, with};
use domain::digest::Sha256Hex;
use domain::period::Period;
use domain::views::SessionSum;
use domain::{Record, Tally};
use proptest::prelude::*;
use serde_json::json;
use vault::{Filter, Vault};

/// One change of a vault with a few records: which record, what it says, on which day.
#[derive(Debug, Clone)]
struct Change {
    record: usize,
    what: usize,
    day: u64,
}

fn apply(vault: &mut Vault, ids: &[uuid::Uuid], change: &Change) {
    let Change { record: at, what, day: offset } = change;
    let date = (day("2026-01-01") + Days::new(*offset)).to_string();
    let made = match what {
        0 => {
            vault.transact(|writer| writer.records().bin(ids[*at], &kinds(), now())).unwrap();
            return;
        }
        1 => claiming(record("reflection", &date, "r", ""), &["1.3"]),
        2 => claiming(record("reflection", &date, "r", ""), &["1.3", "2.1", "1.3"]),
        3 => session(&date, 45),
        4 => with(session(&date, 30), &json!({ "outcome": "cancelled" })),
        5 => with(claiming(session(&date, 20), &["2.1"]), &json!({ "mode": "video", "nhs": false })),
        6 => with(session(&date, 60), &json!({ "format": "group" })),
        // Of a group where the session it names is one, whichever of them was there first.
        7 => with(
            claiming(record("observation", &date, "o", ""), &["4.4"]),
            &json!({ "source": "live", "session": ids[*at ^ 1] }),
        ),
        _ => record("reflection", &date, "r", ""),
    };
    vault.transact(|writer| writer.records().restore(ids[*at], &kinds())).unwrap();
    save(vault, &Record { id: ids[*at], ..made });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_kept_for_sums_says_what_the_records_say(
        changes in prop::collection::vec((0..12_usize, 0..9_usize, 0..40_u64), 1..60),
        today in 0..40_u64,
    ) {
        let (_home, mut vault, _) = new_vault();
        let ids: Vec<uuid::Uuid> = (1..=12).map(uuid::Uuid::from_u128).collect();
        for (record, what, day) in changes {
            apply(&mut vault, &ids, &Change { record, what, day });
        }
        let today = day("2026-01-01") + Days::new(today);
        prop_assert_eq!(vault.evidence().tallies(today).unwrap(), Tally::of(&evidence(&vault), today));
        vault.transact(|writer| writer.records().count_anew(&kinds())).unwrap();
        prop_assert_eq!(vault.evidence().tallies(today).unwrap(), Tally::of(&evidence(&vault), today));
        prop_assert!(vault.verify(&kinds()).unwrap().problems.is_empty());
        let records = vault.records().list(&Filter::default()).unwrap();
        let sessions: Vec<_> = records.iter().filter_map(domain::views::Session::of).collect();
        let attended = sessions.iter().filter(|session| session.attended && session.nhs);
        prop_assert_eq!(vault.sessions().first().unwrap(), attended.map(|session| session.date).min());
        prop_assert_eq!(vault.sessions().of_period(Period::ALWAYS).unwrap(), sessions.clone());
        let period = Period::between(day("2026-01-09"), today);
        let of_period: Vec<_> = sessions.into_iter().filter(|of| period.contains(of.date)).collect();
        prop_assert_eq!(vault.sessions().of_period(period).unwrap(), of_period.clone());
        prop_assert_eq!(vault.sessions().sums(period).unwrap(), SessionSum::of(&of_period));
        prop_assert_eq!(vault.verify(&kinds()).unwrap().problems, Vec::<String>::new());
    }
}

#[test]
fn of_much_evidence_the_newest_are_told_apart_and_the_rest_counted() {
    let (_home, mut vault, _) = new_vault();
    let first = day("2026-01-01");
    for offset in 0..40 {
        let date = (first + Days::new(offset)).to_string();
        save(&mut vault, &claiming(record("reflection", &date, "r", ""), &["1.3"]));
    }
    let tallies = vault.evidence().tallies(day("2026-02-04")).unwrap();
    assert_eq!(tallies, Tally::of(&evidence(&vault), day("2026-02-04")));
    assert_eq!((tallies[0].count, tallies[0].newest.len()), (35, Tally::NEWEST));
    assert_eq!((tallies[0].first, tallies[0].last), (first, day("2026-02-04")));
    assert_eq!(vault.evidence().tallies(day("2025-12-31")).unwrap(), []);
}

#[test]
fn what_a_record_says_is_told_without_the_times_of_saving() {
    let (_home, mut vault, _) = new_vault();
    let one = claiming(record("reflection", "2026-01-05", "one", "body"), &["1.3", "1.3"]);
    let two = claiming(record("reflection", "2026-02-05", "two", ""), &["1.3"]);
    vault
        .transact(|writer| [&one, &two].into_iter().try_for_each(|record| writer.records().save(record, &kinds())))
        .unwrap();
    let hash = Sha256Hex::of(one.content().as_bytes());
    assert_eq!(vault.records().content_of(one.id).unwrap().as_ref(), Some(&hash));
    assert_eq!(vault.records().content_of(uuid::Uuid::nil()).unwrap(), None);
    let claimed = vault.records().claiming("1.3", day("2026-01-31")).unwrap();
    assert_eq!(claimed.len(), 1);
    assert_eq!((claimed[0].record, &claimed[0].sha256), (one.id, &hash));
    assert_eq!((claimed[0].created, claimed[0].modified), (one.created, one.modified));
    assert_eq!(vault.records().claiming("1.3", day("2026-03-01")).unwrap().len(), 2);
    assert_eq!(vault.records().claiming("1.4", day("2026-03-01")).unwrap(), []);

    let later = Record { modified: one.modified + chrono::TimeDelta::hours(1), ..one.clone() };
    save(&mut vault, &later);
    assert_eq!(vault.records().content_of(one.id).unwrap().as_ref(), Some(&hash), "saved again, it says the same");
    save(&mut vault, &Record { body: "another".to_owned(), ..later });
    assert_ne!(vault.records().content_of(one.id).unwrap().as_ref(), Some(&hash));
}

#[test]
fn what_would_not_read_back_is_not_stored() {
    let (_home, mut vault, _) = new_vault();
    let mut deep = json!(1);
    for _ in 0..126 {
        deep = json!([deep]);
    }
    let refused = [
        with(record("reflection", "2026-01-05", "deep", ""), &json!({ "deep": deep })),
        Record { created: chrono::DateTime::<chrono::Utc>::MAX_UTC, ..record("reflection", "2026-01-05", "late", "") },
        Record {
            modified: chrono::DateTime::<chrono::Utc>::MIN_UTC,
            ..record("reflection", "2026-01-05", "early", "")
        },
    ];
    for record in refused {
        let said = common::error(vault.transact(|writer| writer.records().save(&record, &kinds())));
        assert!(matches!(said, vault::VaultError::NotKept { id, .. } if id == record.id), "{said}");
    }
    assert_eq!(vault.records().list(&Filter::default()).unwrap(), []);
}

#[test]
fn totals_follow_what_is_changed_deleted_and_moved() {
    let (_home, mut vault, _) = new_vault();
    let mut kept = session("2026-01-05", 50);
    save(&mut vault, &kept);
    let later = session("2026-03-01", 30);
    save(&mut vault, &later);
    let minutes = |vault: &vault::Vault, to: &str| -> u64 {
        vault.sessions().sums(Period::until(day(to))).unwrap().iter().map(|sum| sum.minutes).sum()
    };
    assert_eq!((minutes(&vault, "2026-02-01"), minutes(&vault, "2026-03-01")), (50, 80));
    kept.date = day("2026-02-02");
    kept.fields.insert("minutes".to_owned(), serde_json::json!(45));
    save(&mut vault, &kept);
    assert_eq!((minutes(&vault, "2026-02-01"), minutes(&vault, "2026-03-01")), (0, 75));
    kept.fields.insert("outcome".to_owned(), serde_json::json!("did-not-attend"));
    save(&mut vault, &kept);
    assert_eq!(minutes(&vault, "2026-03-01"), 30);
    vault.transact(|writer| writer.records().bin(later.id, &kinds(), now())).unwrap();
    assert!(vault.sessions().sums(Period::ALWAYS).unwrap().is_empty());
    assert_eq!(vault.verify(&kinds()).unwrap().problems, Vec::<String>::new());
}

#[test]
fn supervisions_of_a_period_come_with_the_last_before_it() {
    let (_home, mut vault, _) = new_vault();
    let held = |date: &str, of: &str, format: &str| {
        let fields = serde_json::json!({ "type": of, "format": format, "minutes": 60 });
        common::with(record("supervision", date, "Met", ""), &fields)
    };
    for one in [
        held("2025-01-10", "clinical", "individual"),
        held("2025-02-10", "clinical", "individual"),
        held("2025-03-10", "clinical", "group"),
        held("2026-02-10", "health-coaching", "individual"),
        held("2026-04-10", "health-coaching", "individual"),
    ] {
        save(&mut vault, &one);
    }
    let days = |vault: &Vault, others: &[uuid::Uuid]| -> Vec<String> {
        let early = Period::between(day("2026-01-01"), day("2026-03-01"));
        let found = vault.supervisions().of_period(early, &others.iter().copied().collect()).unwrap();
        found.iter().map(|supervision| supervision.date.to_string()).collect()
    };
    assert_eq!(days(&vault, &[]), ["2026-02-10", "2025-02-10", "2025-03-10"]);
    let other = uuid::Uuid::from_u128(7);
    save(&mut vault, &held("2025-11-10", "health-coaching", "individual"));
    let by_another = held("2025-12-10", "health-coaching", "individual");
    save(&mut vault, &common::with(by_another, &serde_json::json!({ "supervisor": other.to_string() })));
    assert_eq!(days(&vault, &[])[1], "2025-12-10");
    assert_eq!(days(&vault, &[other])[1], "2025-11-10", "the last of those that keep a rhythm");
}

#[test]
fn a_record_is_found_by_the_one_it_names() {
    let (_home, mut vault, _) = new_vault();
    let held = session("2026-01-05", 50);
    save(&mut vault, &held);
    let fields = serde_json::json!({ "session": held.id.to_string() });
    let mut written = common::with(record("reflection", "2026-01-06", "After", ""), &fields);
    save(&mut vault, &written);
    assert_eq!(vault.mentions().of(held.id, 10).unwrap(), [written.id]);
    written.fields.remove("session");
    save(&mut vault, &written);
    assert!(vault.mentions().of(held.id, 10).unwrap().is_empty());
}
