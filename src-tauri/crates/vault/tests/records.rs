//! Records, links, drafts and settings come back as they were given.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod common;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use common::{claiming, day, error, kinds, new_vault, now, record, save, session, with};
use domain::digest::Sha256Hex;
use domain::period::Period;
use domain::{Attachment, Claim, EvidenceKind, Origin, Record};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;
use vault::{Filter, VaultError};

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..4)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

fn moment() -> impl Strategy<Value = DateTime<Utc>> {
    (0..4_102_444_800_i64, 0..1_000_000_000_u32).prop_map(|(s, n)| DateTime::from_timestamp(s, n).unwrap())
}

fn origin() -> impl Strategy<Value = Origin> {
    (any::<String>(), any::<String>(), prop::collection::btree_map("[a-z]{1,4}_", value(), 0..2))
        .prop_map(|(name, id, other)| Origin { name, id, other: other.into_iter().collect() })
}

fn claim() -> impl Strategy<Value = Claim> {
    let counts_as = prop::option::of(prop::sample::select(EvidenceKind::ALL.to_vec()));
    let other = prop::collection::vec(("[a-z]{3,12}_", value()), 0..2);
    ("[1-4]\\.[1-9]", counts_as, any::<String>(), other).prop_map(|(competency, counts_as, reason, other)| Claim {
        competency,
        counts_as,
        reason,
        other: other.into_iter().collect(),
    })
}

prop_compose! {
    fn any_record()(
        id in any::<[u8; 16]>(),
        kind in prop_oneof![Just("reflection"), Just("session"), Just("peer-learning"), Just("one-of-a-later-version")],
        kind_version in prop_oneof![Just(1_u8), any::<u8>().prop_filter("versions begin at 1", |version| *version > 0)],
        date in (1..3_650_000_i32).prop_map(|days| NaiveDate::from_num_days_from_ce_opt(days).unwrap()),
        title in any::<String>(),
        body in prop_oneof![any::<String>(), "(.{0,400}\n){0,40}", Just("👩🏽‍⚕️💚 ".repeat(20_000))],
        tags in prop::collection::vec(any::<String>(), 0..4),
        origin in prop::option::of(origin()),
        claims in prop::collection::vec(claim(), 0..5),
        created in moment(),
        modified in moment(),
        fields in prop::collection::vec(("[a-z_]{1,12}", value()), 0..6),
    ) -> Record {
        let fields: Map<String, Value> = fields.into_iter().collect();
        Record { id: Uuid::from_bytes(id), kind: kind.to_owned(), kind_version, date, title, body, tags, claims,
                 attachments: vec![], origin, created, modified, fields }
    }
}

#[test]
fn any_record_comes_back_exactly() {
    let (_home, vault, _) = new_vault();
    let vault = std::cell::RefCell::new(vault);
    proptest!(ProptestConfig::with_cases(200), |(first in any_record(), second in any_record())| {
        let mut vault = vault.borrow_mut();
        save(&mut vault, &first);
        let read = vault.records().get(first.id).unwrap().unwrap();
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), serde_json::to_string(&first).unwrap());
        prop_assert_eq!(&read, &first);
        // And as a replacement of another one.
        let second = Record { id: first.id, ..second };
        save(&mut vault, &second);
        prop_assert_eq!(vault.records().get(first.id).unwrap().unwrap(), second);
        vault.transact(|writer| writer.records().bin(first.id, &kinds(), now())).unwrap();
        prop_assert_eq!(vault.records().get(first.id).unwrap(), None);
    });
    let vault = vault.into_inner();
    assert_eq!(vault.verify(&kinds()).unwrap().problems, Vec::<String>::new());
}

#[test]
fn lists_are_newest_first_and_filtered() {
    let (_home, mut vault, _) = new_vault();
    let given = [
        claiming(record("reflection", "2026-01-05", "b", ""), &["1.1", "1.1"]),
        record("reflection", "1999-12-31", "a", ""),
        claiming(session("2026-01-05", 30), &["2.1"]),
        record("reflection", "2026-02-01", "d", ""),
    ];
    vault.transact(|writer| given.iter().try_for_each(|record| writer.records().save(record, &kinds()))).unwrap();
    let list = |filter: Filter| -> Vec<String> {
        assert_eq!(
            vault.records().count(&filter).unwrap(),
            vault.records().list(&Filter { limit: None, offset: 0, ..filter.clone() }).unwrap().len() as u64
        );
        vault.records().list(&filter).unwrap().into_iter().map(|record| record.title).collect()
    };
    let all = Filter::default();
    assert_eq!(list(all.clone()), ["d", "A session", "b", "a"]);
    assert_eq!(list(Filter { limit: Some(2), offset: 1, ..all.clone() }), ["A session", "b"]);
    assert_eq!(list(Filter { limit: Some(0), ..all.clone() }), [""; 0]);
    assert_eq!(list(Filter { kind: Some("reflection".to_owned()), ..all.clone() }), ["d", "b", "a"]);
    assert_eq!(list(Filter { from: Some(day("2026-01-05")), ..all.clone() }), ["d", "A session", "b"]);
    assert_eq!(list(Filter { to: Some(day("2026-01-05")), ..all.clone() }), ["A session", "b", "a"]);
    assert_eq!(list(Filter { competency: Some("1.1".to_owned()), ..all.clone() }), ["b"]);
    let both = Filter { competency: Some("1.1".to_owned()), kind: Some("session".to_owned()), ..all };
    assert_eq!(list(both), [""; 0]);
}

#[test]
fn evidence_is_spelled_out_and_follows_the_record() {
    let (_home, mut vault, _) = new_vault();
    let mut reflection = claiming(record("reflection", "2026-01-05", "r", ""), &["1.3"]);
    reflection.claims.push(Claim {
        competency: "1.4".to_owned(),
        counts_as: Some(EvidenceKind::Portfolio),
        reason: String::new(),
        other: Map::new(),
    });
    save(&mut vault, &reflection);
    let read = |vault: &vault::Vault| -> Vec<(String, EvidenceKind, NaiveDate)> {
        let tallies = vault.evidence().tallies(day("2026-12-31")).unwrap();
        assert!(tallies.iter().all(|tally| tally.newest == [(tally.last, reflection.id)]));
        tallies.into_iter().map(|tally| (tally.competency, tally.kind, tally.last)).collect()
    };
    let first = day("2026-01-05");
    let mut found = read(&vault);
    found.sort();
    assert_eq!(
        found,
        [
            ("1.3".to_owned(), EvidenceKind::ReflectiveJournal, first),
            ("1.3".to_owned(), EvidenceKind::Portfolio, first),
            ("1.4".to_owned(), EvidenceKind::Portfolio, first),
        ]
    );
    let moved = Record { date: day("2025-12-24"), claims: reflection.claims[1..].to_vec(), ..reflection.clone() };
    save(&mut vault, &moved);
    assert_eq!(read(&vault), [("1.4".to_owned(), EvidenceKind::Portfolio, day("2025-12-24"))]);
    vault.transact(|writer| writer.records().bin(reflection.id, &kinds(), now())).unwrap();
    assert_eq!(read(&vault), []);
}

#[test]
fn sessions_and_supervisions_are_those_of_the_records() {
    let (_home, mut vault, _) = new_vault();
    let supervision = json!({ "type": "clinical", "format": "group", "minutes": 45 });
    let given = [
        session("2026-01-05", 30),
        with(session("2026-01-06", 50), &json!({ "outcome": "cancelled", "nhs": false, "minutes": "odd" })),
        with(record("supervision", "2026-01-07", "s", "long"), &supervision),
    ];
    vault.transact(|writer| given.iter().try_for_each(|record| writer.records().save(record, &kinds()))).unwrap();
    let records = vault.records().list(&Filter::default()).unwrap();
    let sessions: Vec<_> = records.iter().filter_map(domain::views::Session::of).collect();
    assert_eq!((sessions.len(), vault.sessions().of_period(Period::ALWAYS).unwrap()), (2, sessions));
    let supervisions: Vec<_> = records.iter().filter_map(domain::views::Supervision::of).collect();
    assert_eq!(
        (supervisions.len(), vault.supervisions().of_period(Period::ALWAYS, &BTreeSet::new()).unwrap()),
        (1, supervisions)
    );
}

fn holding(content: &[u8], sha256: &str) -> Attachment {
    Attachment {
        name: "Certificate.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        sha256: sha256.to_owned(),
        bytes: u32::try_from(content.len()).unwrap(),
        other: json!({ "page": [1, null] }).as_object().unwrap().clone(),
    }
}

#[test]
fn attachments_live_as_long_as_a_record_or_draft_names_them() {
    let (_home, mut vault, _) = new_vault();
    let folder = vault.folder().to_owned();
    let content = b"an invented certificate".as_slice();
    let id = Uuid::now_v7();
    // Attached to a draft, then the draft becomes a record, dropped before the record is saved.
    let sha256 = vault
        .transact(|writer| {
            let sha256 = writer.attachments().put(content)?;
            assert_eq!(writer.attachments().put(content)?, sha256);
            let draft = json!({ "kind": "learning", "attachments": [{ "name": "Certificate.pdf", "sha256": sha256 }] });
            writer.drafts().keep(id, draft.as_object().unwrap(), now())?;
            Ok::<_, VaultError>(sha256)
        })
        .unwrap();
    assert_eq!(sha256.len(), 64);
    let mut learning = record("learning", "2026-01-05", "Course", "");
    learning.attachments.push(holding(content, &sha256));
    vault
        .transact(|writer| {
            writer.drafts().forget(id)?;
            writer.records().save(&learning, &kinds())
        })
        .unwrap();
    assert_eq!(
        (vault.attachments().get(&sha256).unwrap().as_deref(), Sha256Hex::of(content).to_string()),
        (Some(content), sha256.clone())
    );
    assert!(vault.attachments().length(&sha256).unwrap().is_some());
    assert_eq!(vault.records().get(learning.id).unwrap().unwrap(), learning);
    save(&mut vault, &Record { date: day("2026-01-06"), ..learning.clone() });
    assert_eq!(vault.attachments().get(&sha256).unwrap().as_deref(), Some(content));
    save(&mut vault, &Record { attachments: Vec::new(), ..learning.clone() });
    // What was taken away can be brought back.
    assert!(vault.attachments().length(&sha256).unwrap().is_some());
    save(&mut vault, &learning);
    vault.close().unwrap();
    let mut vault = vault::Vault::open(&folder, common::PASSPHRASE).unwrap();
    assert!(vault.attachments().length(&sha256).unwrap().is_some());
    save(&mut vault, &Record { attachments: Vec::new(), ..learning.clone() });
    vault.close().unwrap();
    let mut vault = vault::Vault::open(&folder, common::PASSPHRASE).unwrap();
    // An earlier version of the record still holds it.
    assert!(vault.attachments().length(&sha256).unwrap().is_some());

    let stray = vault.transact(|writer| writer.attachments().put(b"of nobody")).unwrap();
    let there = |vault: &vault::Vault| vault.attachments().length(&stray).unwrap().is_some();
    vault.close().unwrap();
    let mut vault = vault::Vault::open(&folder, common::PASSPHRASE).unwrap();
    assert!(there(&vault), "opening takes nothing away");
    // Thirty days after it was first seen that nothing names it, it goes with what the bin is emptied of.
    let days = |number| common::now() + chrono::TimeDelta::days(number);
    for (day, stays) in [(0, true), (29, true), (31, false)] {
        vault.empty_bin(days(day)).unwrap();
        assert_eq!(there(&vault), stays, "{day}");
    }
    // What was named again in the meantime begins anew.
    vault.transact(|writer| writer.attachments().put(b"of nobody")).unwrap();
    vault.empty_bin(days(40)).unwrap();
    save(&mut vault, &Record { attachments: vec![holding(b"of nobody", &stray)], ..learning.clone() });
    vault.empty_bin(days(60)).unwrap();
    assert!(there(&vault));
    let stray = vault.transact(|writer| writer.attachments().put(b"of nobody else")).unwrap();
    for day in [80, 120] {
        vault.empty_bin(days(day)).unwrap();
    }
    assert_eq!(vault.attachments().get(&stray).unwrap(), None);
    learning.attachments = vec![holding(b"of nobody else", &stray)];
    let missing = error(vault.transact(|writer| writer.records().save(&learning, &kinds())));
    assert!(matches!(missing, VaultError::AttachmentMissing { .. }), "{missing}");
}

#[test]
fn work_that_fails_leaves_nothing() {
    let (_home, mut vault, _) = new_vault();
    let kept = record("reflection", "2026-01-05", "never kept", "");
    let failed: Result<(), VaultError> = vault.transact(|writer| {
        writer.records().save(&kept, &kinds())?;
        writer.installed().put("framework", "text")?;
        assert_eq!(writer.records().read().get(kept.id)?.as_ref(), Some(&kept));
        Err(VaultError::DiskFull)
    });
    assert!(failed.is_err());
    assert_eq!(vault.records().get(kept.id).unwrap(), None);
    assert_eq!(vault.installed().get("framework").unwrap(), None);
    assert_eq!(vault.search().find("never", None, 5).unwrap().total, 0);
}

#[test]
fn drafts_and_installed_texts_are_kept_and_dropped() {
    let (_home, mut vault, _) = new_vault();
    let (early, late) = (Uuid::now_v7(), Uuid::now_v7());
    let draft = |text: &str| json!({ "kind": "reflection", "body": text, "z": 1, "a": 2 }).as_object().unwrap().clone();
    let second = chrono::TimeDelta::seconds(1);
    vault
        .transact(|writer| {
            writer.drafts().keep(late, &draft("two"), now() + second)?;
            writer.drafts().keep(early, &draft("one"), now())?;
            writer.installed().put("framework", "first")?;
            writer.installed().put("framework", "second")
        })
        .unwrap();
    let drafts = vault.drafts().all().unwrap();
    assert_eq!(drafts.iter().map(|kept| kept.id).collect::<Vec<_>>(), [late, early]);
    assert_eq!((drafts[1].touched, &drafts[1].draft), (now(), &draft("one")));
    assert_eq!(vault.installed().get("framework").unwrap().as_deref(), Some("second"));
    vault
        .transact(|writer| {
            writer.drafts().keep(early, &draft("three"), now() + second + second)?;
            writer.drafts().forget(late)
        })
        .unwrap();
    let drafts = vault.drafts().all().unwrap();
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].draft, draft("three"));
    assert_eq!(vault.installed().get("prompts").unwrap(), None);
}
