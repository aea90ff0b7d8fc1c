//! What was changed or deleted can be brought back; what the bin was emptied of cannot.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod common;

use std::collections::BTreeSet;

use common::{PASSPHRASE, claiming, day, error, evidence, kinds, new_vault, now, record, save, session, with};
use domain::period::Period;
use domain::{Attachment, Record};
use serde_json::json;
use uuid::Uuid;
use vault::{Filter, Tombstone, Vault, VaultError};

fn said(vault: &Vault, id: Uuid) -> Vec<(u32, String)> {
    vault.versions().of(id).unwrap().into_iter().map(|version| (version.number, version.record.title)).collect()
}

#[test]
fn what_stood_before_is_kept_when_what_is_said_changes() {
    let (_home, mut vault, _) = new_vault();
    let one = with(claiming(record("reflection", "2026-01-01", "One", "body"), &["1.3"]), &json!({ "mood": [1] }));
    save(&mut vault, &one);
    let hour = chrono::TimeDelta::hours(1);
    save(&mut vault, &Record { modified: one.modified + hour, ..one.clone() });
    assert_eq!(said(&vault, one.id), [], "saved again, it said the same");
    save(&mut vault, &Record { title: "Two".to_owned(), modified: one.modified + hour, ..one.clone() });
    let three = Record { title: "Three".to_owned(), date: day("2026-02-01"), ..one.clone() };
    vault.transact(|writer| writer.records().save_on(&three, &kinds())).unwrap();
    save(&mut vault, &Record { title: "Four".to_owned(), ..one.clone() });
    assert_eq!(said(&vault, one.id), [(2, "Three".to_owned()), (1, "One".to_owned())]);
    let versions = vault.versions().of(one.id).unwrap();
    assert_eq!((&versions[1].record.fields, &versions[1].record.claims), (&one.fields, &one.claims));
    assert_eq!(versions[1].saved, one.modified + hour);
}

/// Everything that is counted or found anywhere.
fn counted(vault: &Vault) -> String {
    let records = vault.records().list(&Filter::default()).unwrap();
    let tallies = vault.evidence().tallies(day("2026-12-31")).unwrap();
    let sums = vault.sessions().sums(Period::ALWAYS).unwrap();
    let supervisions = vault.supervisions().of_period(Period::ALWAYS, &BTreeSet::new()).unwrap();
    let found = vault.search().find("word", None, 9).unwrap();
    let claimed = vault.records().claiming("1.3", day("2026-12-31")).unwrap();
    let evidence = evidence(vault);
    format!("{records:?}\n{tallies:?}\n{sums:?}\n{supervisions:?}\n{found:?}\n{claimed:?}\n{evidence:?}")
}

#[test]
fn what_is_in_the_bin_counts_nowhere_and_comes_back_whole() {
    let (_home, mut vault, _) = new_vault();
    let folder = vault.folder().to_owned();
    let nothing = counted(&vault);
    let content = b"an invented certificate".as_slice();
    let sha256 = vault.transact(|writer| writer.attachments().put(content)).unwrap();
    let supervision = json!({ "type": "clinical", "format": "individual", "minutes": 45 });
    let mut given = [
        claiming(record("reflection", "2026-01-01", "word", ""), &["1.3", "2.1"]),
        claiming(session("2026-01-02", 30), &["1.3"]),
        with(record("supervision", "2026-01-03", "word", ""), &supervision),
    ];
    given[0].attachments.push(Attachment {
        name: "a.txt".to_owned(),
        media_type: "text/plain".to_owned(),
        sha256: sha256.clone(),
        bytes: u32::try_from(content.len()).unwrap(),
        other: serde_json::Map::new(),
    });
    given.iter().for_each(|record| save(&mut vault, record));
    save(&mut vault, &Record { body: "changed".to_owned(), ..given[0].clone() });
    let before = counted(&vault);
    vault
        .transact(|writer| {
            given.iter().try_for_each(|record| writer.records().bin(record.id, &kinds(), now()).map(|was| assert!(was)))
        })
        .unwrap();
    assert_eq!(counted(&vault), nothing);
    assert_eq!(vault.bin().all().unwrap().len(), 3);
    assert!(vault.bin().holds(given[0].id).unwrap());
    let refused = error(vault.transact(|writer| writer.records().save(&given[0], &kinds())));
    assert!(matches!(refused, VaultError::InBin { .. }), "{refused}");
    assert_eq!(vault.verify(&kinds()).unwrap().problems, Vec::<String>::new());

    // Opening sweeps attachments that nothing names; these are named still.
    vault.close().unwrap();
    let mut vault = Vault::open(&folder, PASSPHRASE).unwrap();
    let back = |writer: &vault::Writer<'_>| -> Result<(), VaultError> {
        given
            .iter()
            .try_for_each(|record| writer.records().restore(record.id, &kinds()).map(|was| assert!(was.is_some())))
    };
    vault.transact(back).unwrap();
    assert_eq!(counted(&vault), before);
    assert_eq!(vault.bin().all().unwrap(), []);
    assert_eq!(said(&vault, given[0].id).len(), 1, "its history is as it was");
    assert_eq!(vault.attachments().get(&sha256).unwrap().as_deref(), Some(content));
    assert!(vault.transact(|writer| writer.records().restore(given[0].id, &kinds())).unwrap().is_none());
}

#[test]
fn attachments_of_former_versions_and_of_the_bin_stay_until_it_is_emptied() {
    let (_home, mut vault, _) = new_vault();
    let shas: Vec<String> =
        vault.transact(|writer| [b"one", b"two"].iter().map(|text| writer.attachments().put(*text)).collect()).unwrap();
    let holding = |record: &Record, sha256: &str| {
        let file = Attachment {
            name: "a".to_owned(),
            media_type: "text/plain".to_owned(),
            sha256: sha256.to_owned(),
            bytes: 3,
            other: serde_json::Map::new(),
        };
        Record { attachments: vec![file], ..record.clone() }
    };
    let (first, second) = (record("learning", "2026-01-01", "a", ""), record("learning", "2026-01-02", "b", ""));
    save(&mut vault, &holding(&first, &shas[0]));
    save(&mut vault, &first);
    save(&mut vault, &holding(&second, &shas[1]));
    vault.transact(|writer| writer.records().bin(second.id, &kinds(), now())).unwrap();
    let there =
        |vault: &Vault| shas.iter().map(|sha| vault.attachments().length(sha).unwrap().is_some()).collect::<Vec<_>>();
    let folder = vault.folder().to_owned();
    vault.close().unwrap();
    let mut vault = Vault::open(&folder, PASSPHRASE).unwrap();
    assert_eq!(there(&vault), [true, true]);
    assert_eq!(vault.empty_bin(now()).unwrap(), 1);
    assert_eq!(there(&vault), [true, false]);
    assert_eq!(vault.empty_bin(now()).unwrap(), 0);
    vault.close().unwrap();
    assert_eq!(there(&Vault::open(&folder, PASSPHRASE).unwrap()), [true, false]);
}

#[test]
fn what_was_deleted_for_good_leaves_a_tombstone_until_it_is_taken_away() {
    let (_home, mut vault, _) = new_vault();
    let one = record("reflection", "2026-01-01", "One", "");
    let two = record("reflection", "2026-01-02", "Two", "");
    [&one, &two].into_iter().for_each(|record| save(&mut vault, record));
    vault.transact(|writer| writer.records().bin(one.id, &kinds(), now())).unwrap();
    assert_eq!(vault.tombstones().all().unwrap(), []);
    let then = now() + chrono::TimeDelta::hours(1);
    assert_eq!(vault.empty_bin(then).unwrap(), 1);
    assert_eq!(vault.tombstones().all().unwrap(), [Tombstone { record: one.id, at: then }]);

    let refused = error(vault.transact(|writer| writer.records().save(&one, &kinds())));
    assert!(matches!(refused, VaultError::DeletedForGood { id } if id == one.id), "{refused}");
    assert_eq!(vault.records().get(one.id).unwrap(), None);
    assert_eq!(vault.verify(&kinds()).unwrap().problems, Vec::<String>::new());

    vault
        .transact(|writer| {
            assert!(writer.tombstones().remove(one.id)?);
            assert!(!writer.tombstones().remove(two.id)?);
            writer.records().save(&one, &kinds())
        })
        .unwrap();
    assert_eq!(vault.records().get(one.id).unwrap(), Some(one));
    assert_eq!(vault.tombstones().all().unwrap(), []);
}
