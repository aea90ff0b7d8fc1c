//! A record remembers what it was changed from, through all that is done to it.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod common;

use common::{PASSPHRASE, kinds, new_vault, now, record, save};
use domain::Record;
use domain::digest::Sha256Hex;
use proptest::prelude::*;
use uuid::Uuid;
use vault::Vault;

/// Something that is done to a record.
#[derive(Debug, Clone)]
enum Act {
    /// It is saved, and says this.
    Save(u8),
    /// It is saved in one sitting with the time before, and says this.
    GoOn(u8),
    /// It goes into the bin and comes back.
    BinAndBack,
    /// It says again what it said in one of its versions.
    BringBack(usize),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (0..5_u8).prop_map(Act::Save),
        4 => (0..5_u8).prop_map(Act::GoOn),
        1 => Just(Act::BinAndBack),
        2 => (0..9_usize).prop_map(Act::BringBack),
    ]
}

/// A record, and what it should have been changed from: the SHA-256 of each content, the oldest first.
struct Model {
    now: Record,
    from: Vec<Sha256Hex>,
}

impl Model {
    fn saves(&mut self, record: Record) {
        if record.sha256() != self.now.sha256() {
            self.from.push(self.now.sha256());
        }
        self.now = record;
    }
}

fn saying(record: &Record, what: u8) -> Record {
    Record { body: format!("Text {what}"), ..record.clone() }
}

fn apply(vault: &mut Vault, model: &mut Model, act: &Act) {
    let id = model.now.id;
    match act {
        Act::Save(what) => {
            let record = saying(&model.now, *what);
            save(vault, &record);
            model.saves(record);
        }
        Act::GoOn(what) => {
            let record = saying(&model.now, *what);
            vault.transact(|writer| writer.records().save_on(&record, &kinds())).unwrap();
            model.now = record;
        }
        Act::BinAndBack => {
            vault.transact(|writer| writer.records().bin(id, &kinds(), now())).unwrap();
            vault.transact(|writer| writer.records().restore(id, &kinds())).unwrap();
        }
        Act::BringBack(which) => {
            let versions = vault.versions().of(id).unwrap();
            if let Some(version) = versions.get(which % versions.len().max(1)) {
                save(vault, &version.record);
                model.saves(version.record.clone());
            }
        }
    }
}

#[test]
fn whatever_is_done_the_way_back_is_known() {
    let (_home, mut vault, _) = new_vault();
    let folder = vault.folder().to_owned();
    let shared = std::cell::RefCell::new(&mut vault);
    proptest!(ProptestConfig::with_cases(40), |(acts in prop::collection::vec(act(), 1..30))| {
        let vault = &mut **shared.borrow_mut();
        let first = saying(&record("reflection", "2026-01-01", "One", ""), 0);
        save(vault, &first);
        let mut model = Model { now: first.clone(), from: Vec::new() };
        for act in &acts {
            apply(vault, &mut model, act);
            let ancestry = vault.records().ancestry(first.id).unwrap();
            let from: Vec<Sha256Hex> = model.from.iter().rev().cloned().collect();
            prop_assert_eq!(&ancestry, &from, "after {:?}", act);
            // Each of them is still there to be looked at.
            let kept: Vec<Sha256Hex> =
                vault.versions().of(first.id).unwrap().iter().map(|version| version.record.sha256()).collect();
            prop_assert!(ancestry.iter().all(|content| kept.contains(content)));
        }
        prop_assert_eq!(vault.records().get(first.id).unwrap().unwrap().sha256(), model.now.sha256());
    });
    vault.close().unwrap();
    assert_eq!(Vault::open(&folder, PASSPHRASE).unwrap().verify(&kinds()).unwrap().problems, Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn two_copies_find_what_both_come_from(
        before in prop::collection::vec((0..5_u8, any::<bool>()), 0..6),
        here in prop::collection::vec((5..9_u8, any::<bool>()), 0..6),
        there in prop::collection::vec((9..13_u8, any::<bool>()), 0..6),
    ) {
        let (home, mut vault, _) = new_vault();
        let first = saying(&record("reflection", "2026-01-01", "One", ""), 0);
        save(&mut vault, &first);
        let saves = |vault: &mut Vault, all: &[(u8, bool)]| {
            for (what, goes_on) in all {
                let record = saying(&first, *what);
                if *goes_on {
                    vault.transact(|writer| writer.records().save_on(&record, &kinds())).unwrap();
                } else {
                    save(vault, &record);
                }
            }
        };
        saves(&mut vault, &before);
        let shared = vault.records().content_of(first.id).unwrap().unwrap();
        vault.copy_to(&home.path().join("copy")).unwrap();
        let mut copy = Vault::open(&home.path().join("copy"), PASSPHRASE).unwrap();
        saves(&mut vault, &here);
        saves(&mut copy, &there);
        let line = |vault: &Vault, id: Uuid| {
            let mut line = vec![vault.records().content_of(id).unwrap().unwrap()];
            line.extend(vault.records().ancestry(id).unwrap());
            line
        };
        let (here, there) = (line(&vault, first.id), line(&copy, first.id));
        prop_assert_eq!(here.iter().find(|content| there.contains(content)), Some(&shared));
    }
}

#[test]
fn a_sitting_that_goes_on_after_the_vault_was_copied_keeps_what_the_copy_has() {
    let (home, mut vault, _) = new_vault();
    let folder = vault.folder().to_owned();
    let one = record("reflection", "2026-01-01", "One", "");
    let goes_on = |vault: &mut Vault, what: u8| {
        let record = saying(&one, what);
        vault.transact(|writer| writer.records().save_on(&record, &kinds())).unwrap();
    };
    let kept = |vault: &Vault| -> Vec<String> {
        vault.versions().of(one.id).unwrap().into_iter().map(|version| version.record.body).collect()
    };
    [0, 1].into_iter().for_each(|what| goes_on(&mut vault, what));
    assert_eq!(kept(&vault), [""; 0], "one sitting");
    vault.copy_to(&home.path().join("copy")).unwrap();
    [1, 2, 3].into_iter().for_each(|what| goes_on(&mut vault, what));
    assert_eq!(kept(&vault), ["Text 1"], "the copy has it");
    // Of what was undone nothing may be forgotten in its place.
    vault.copy_to(&home.path().join("another")).unwrap();
    let failed = vault.transact(|writer| {
        writer.records().save_on(&saying(&one, 4), &kinds())?;
        Err::<(), _>(vault::VaultError::InBin { id: one.id })
    });
    assert!(failed.is_err());
    goes_on(&mut vault, 5);
    assert_eq!(kept(&vault), ["Text 3", "Text 1"]);
    vault.close().unwrap();
    let mut vault = Vault::open(&folder, PASSPHRASE).unwrap();
    goes_on(&mut vault, 6);
    assert_eq!(kept(&vault), ["Text 5", "Text 3", "Text 1"], "somebody may have copied the folder");
}

#[test]
fn what_was_not_known_before_stays_unknown() {
    let (_home, mut vault, _) = new_vault();
    let one = record("reflection", "2026-01-01", "One", "");
    assert_eq!(vault.records().ancestry(one.id).unwrap(), [], "there is no such record");
    save(&mut vault, &one);
    assert_eq!(vault.records().ancestry(one.id).unwrap(), [], "it was changed from nothing");
}
