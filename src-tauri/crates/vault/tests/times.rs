//! Files from another time: a database, a log of changes or a mark that a synchronised folder, a backup or a careless copy
//! put back. What comes back is told, and nothing that was saved is undone by it.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod common;

use common::desk::{ALL, Desk, Files};
use common::{PASSPHRASE, error, kinds, new_vault, record, save};
use vault::{Doubt, Filter, Place, Vault, VaultError};

#[test]
fn an_older_database_is_told_until_it_is_acknowledged() {
    let desk = Desk::new();
    desk.add(&["One"]);
    let older = desk.files();
    desk.add(&["Two", "Three"]);
    let newer = desk.files();
    assert_eq!(desk.doubts(), []);

    desk.put(&older, &["vault.db"]);
    let vault = desk.open();
    assert_eq!(vault.doubts(), [Doubt::Older { missing: 2 }]);
    let problems = vault.verify(&kinds()).unwrap().problems;
    assert!(problems.len() == 1 && problems[0].contains("last 2 changes"), "{problems:?}");
    vault.close().unwrap();
    assert!(desk.database() == older["vault.db"], "looking writes nothing");
    // Carrying on from there repairs nothing: the warning stays until someone acknowledges it.
    desk.add(&["Four"]);
    assert_eq!(desk.doubts(), [Doubt::Older { missing: 2 }]);
    let mut vault = desk.open();
    vault.acknowledge().unwrap();
    assert_eq!(vault.doubts(), []);
    vault.close().unwrap();
    assert_eq!(desk.doubts(), []);
    // What was there before is another line then: each has what the other lacks.
    desk.put(&newer, &["vault.db"]);
    let mut vault = desk.open();
    assert!(matches!(vault.doubts(), [Doubt::Parted { here: 2, .. }]), "{:?}", vault.doubts());
    vault.acknowledge().unwrap();
    vault.close().unwrap();
    assert_eq!(desk.doubts(), []);
}

#[test]
fn an_older_database_is_told_whatever_its_mark_says() {
    let desk = Desk::new();
    desk.add(&["One"]);
    let older = desk.files();
    desk.add(&["Two", "Three"]);
    let other = Desk::new();
    other.add(&["Elsewhere"]);
    let told = [Doubt::Older { missing: 2 }];
    desk.put(&older, &["vault.db", "vault.mark"]);
    assert_eq!(desk.doubts(), told, "with its own mark");
    std::fs::write(desk.folder.join("vault.mark"), "").unwrap();
    assert_eq!(desk.doubts(), told, "with an empty one");
    std::fs::remove_file(desk.folder.join("vault.mark")).unwrap();
    assert_eq!(desk.doubts(), told, "without one");
    desk.put(&other.files(), &["vault.mark"]);
    assert_eq!(desk.doubts(), told, "with another vault's");
    for forged in ["00000000000000000099 ", "00000000000000000099 abc\n"] {
        std::fs::write(desk.folder.join("vault.mark"), forged).unwrap();
        assert_eq!(desk.doubts(), told, "{forged}");
    }
    assert!(desk.database() == older["vault.db"]);
}

#[test]
fn where_nothing_knows_the_vault_that_is_told() {
    let desk = Desk::new();
    desk.add(&["One"]);
    let there = |mark: bool, memory: bool| {
        let moved = tempfile::tempdir().unwrap();
        for (name, content) in desk.files().iter().filter(|(name, _)| mark || *name != "vault.mark") {
            std::fs::write(moved.path().join(name), content).unwrap();
        }
        let memory = memory.then(|| desk.memory.clone());
        let place = Place { folder: moved.path().to_owned(), memory };
        Vault::open(place, PASSPHRASE).unwrap().doubts().to_vec()
    };
    // On another machine the mark comes along; this machine does not remember the vault in its new place.
    assert_eq!(there(true, false), []);
    assert_eq!(there(true, true), []);
    assert_eq!(there(false, true), [Doubt::Unwitnessed]);
    // Where this machine remembers it, a mark that is gone is made anew.
    std::fs::remove_file(desk.folder.join("vault.mark")).unwrap();
    assert_eq!(desk.doubts(), []);
}

#[test]
fn a_vault_that_was_written_to_in_two_places_is_told() {
    let desk = Desk::new();
    desk.add(&["One", "Two"]);
    let parting = desk.files();
    desk.add(&["Here 1", "Here 2", "Here 3"]);
    let here = desk.files();
    let elsewhere = Desk::new();
    elsewhere.put(&parting, &ALL);
    let mut vault = Vault::open(&elsewhere.folder, PASSPHRASE).unwrap();
    for n in 0..5 {
        save(&mut vault, &record("reflection", "2026-01-01", &format!("There {n}"), ""));
    }
    vault.close().unwrap();
    let there = elsewhere.files();

    for names in [&["vault.db"][..], &["vault.db", "vault.mark"]] {
        desk.put(&there, names);
        assert_eq!(desk.doubts(), [Doubt::Parted { here: 5, there: 3 }], "{names:?}");
        desk.put(&here, &ALL);
    }
    assert_eq!(desk.doubts(), []);
    // The one that has fewer is told as well.
    elsewhere.put(&here, &["vault.db"]);
    let doubts = Vault::open(&elsewhere.folder, PASSPHRASE).unwrap().doubts().to_vec();
    assert_eq!(doubts, [Doubt::Parted { here: 3, there: 5 }]);
}

#[test]
fn a_log_from_another_time_is_put_aside_and_undoes_nothing() {
    let desk = Desk::new();
    desk.add(&["One", "Two", "Three"]);
    let died = desk.add_and_die(&["Four"]);
    assert!(died.contains_key("vault.db-wal"));
    desk.add(&["Five", "Six", "Seven"]);
    let whole = desk.files();
    for (number, names) in (1..).zip([&["vault.db-wal", "vault.mark"][..], &["vault.db-wal"]]) {
        desk.put(&died, names);
        let vault = desk.open();
        let aside = format!("vault.db-wal.aside-{number}");
        assert_eq!(vault.doubts(), [Doubt::LogAside { name: aside.clone() }], "{names:?}");
        assert_eq!(vault.records().count(&Filter::default()).unwrap(), 7, "{names:?}");
        let found = vault.verify(&kinds()).unwrap();
        assert_eq!((found.problems.len(), found.notes.len()), (0, 1));
        drop(vault);
        assert!(desk.database() == whole["vault.db"], "the good database is not written to");
        assert!(std::fs::read(desk.folder.join(aside)).unwrap() == died["vault.db-wal"], "whole");
        assert_eq!(desk.doubts(), [], "told once");
    }
    // A log that is newer than the database it lies beside is not its own either.
    desk.put(&whole, &ALL);
    let later = desk.add_and_die(&["Eight"]);
    desk.put(&died, &["vault.db"]);
    desk.put(&later, &["vault.db-wal"]);
    let doubts = desk.doubts();
    assert!(matches!(doubts[..], [Doubt::Older { .. }, Doubt::LogAside { .. }]), "{doubts:?}");
    assert!(desk.database() == died["vault.db"]);
    // And another vault's is no log of this one.
    let other = Desk::new();
    let foreign = other.add_and_die(&["Elsewhere"]);
    desk.put(&whole, &ALL);
    desk.put(&foreign, &["vault.db-wal"]);
    let doubts = desk.doubts();
    assert!(matches!(doubts[..], [Doubt::Older { missing: 1 }, Doubt::LogAside { .. }]), "{doubts:?}");
    assert_eq!(desk.count(), 7);
}

#[test]
fn a_log_that_belongs_to_the_database_is_taken_in() {
    let desk = Desk::new();
    desk.add(&["One"]);
    let died = desk.add_and_die(&["Two", "Three"]);
    desk.put(&died, &ALL);
    assert_eq!((desk.doubts(), desk.count()), (vec![], 3));
    assert!(desk.open().verify(&kinds()).unwrap().problems.is_empty());
    // Also where the mark is older than both, as a power loss can leave it, and in a name full of signs.
    let elsewhere = tempfile::tempdir().unwrap();
    let folder = elsewhere.path().join("Zoë's vault #1 50%?&x=1");
    std::fs::create_dir(&folder).unwrap();
    for (name, content) in died.iter().filter(|(name, _)| *name != "vault.mark") {
        std::fs::write(folder.join(name), content).unwrap();
    }
    let vault = Vault::open(&folder, PASSPHRASE).unwrap();
    assert_eq!(vault.doubts(), [Doubt::Unwitnessed]);
    assert_eq!(vault.records().count(&Filter::default()).unwrap(), 3);
}

#[test]
fn a_database_without_its_log_is_told() {
    let (_home, mut vault, _) = new_vault();
    let folder = vault.folder().to_owned();
    for n in 0..3 {
        save(&mut vault, &record("reflection", "2026-01-01", &format!("Title {n}"), ""));
    }
    // What another computer gets while the vault is open here: everything but the log.
    let home = tempfile::tempdir().unwrap();
    vault.copy_to(&home.path().join("copy")).unwrap();
    save(&mut vault, &record("reflection", "2026-01-01", "Last", ""));
    let synchronised = home.path().join("synchronised");
    std::fs::create_dir(&synchronised).unwrap();
    for file in ["vault.db", "vault.key", "vault.mark"] {
        std::fs::copy(folder.join(file), synchronised.join(file)).unwrap();
    }
    assert_eq!(Vault::open(&synchronised, PASSPHRASE).unwrap().doubts(), [Doubt::Older { missing: 1 }]);

    // A copy made on purpose is whole, and a vault of its own.
    let copy = Vault::open(&home.path().join("copy"), PASSPHRASE).unwrap();
    assert_eq!((copy.doubts(), copy.records().count(&Filter::default()).unwrap()), (&[][..], 3));
    assert!(copy.verify(&kinds()).unwrap().problems.is_empty());
    assert!(matches!(error(vault.copy_to(copy.folder())), VaultError::Exists { .. }));
}

#[test]
fn no_mix_of_files_from_different_times_is_silent_or_rewritten() {
    mix(4);
}

/// Takes some three minutes: `cargo test --workspace --test times -- --ignored`.
#[test]
#[ignore = "the same with more of them"]
fn none_of_five_hundred_mixes_is_silent_or_rewritten() {
    mix(8);
}

/// Puts database, log and mark of so many moments together in every way.
fn mix(moments: u64) {
    let desk = Desk::new();
    let mut times: Vec<(u64, Files)> = Vec::new();
    for n in 0..moments {
        let title = format!("Entry {n}");
        let files = if n % 2 == 0 {
            desk.add_and_die(&[&title])
        } else {
            desk.add(&[&title]);
            desk.files()
        };
        times.push((n + 1, files));
    }
    let newest = times.last().unwrap().1.clone();
    let remembered = |desk: &Desk| {
        let file = std::fs::read_dir(&desk.memory).unwrap().next().unwrap().unwrap().path();
        (std::fs::read(&file).unwrap(), file)
    };
    let (memory, memory_file) = remembered(&desk);
    let mut mixes = 0;
    for (_, base) in &times {
        for (_, log) in &times {
            for (_, mark) in &times {
                desk.put(&newest, &ALL);
                desk.put(base, &["vault.db"]);
                desk.put(log, &["vault.db-wal"]);
                desk.put(mark, &["vault.mark"]);
                std::fs::write(&memory_file, &memory).unwrap();
                let before = desk.database();
                let vault = desk.open();
                let count = vault.records().count(&Filter::default()).unwrap();
                let found = vault.verify(&kinds()).unwrap();
                let told = vault.doubts().to_vec();
                drop(vault);
                mixes += 1;
                if count < moments {
                    assert!(matches!(told[0], Doubt::Older { .. } | Doubt::Parted { .. }), "{count}: {told:?}");
                }
                assert_eq!(found.problems.len() + found.notes.len(), told.len(), "{found:?} {told:?}");
                // Only a log that belongs to the database is folded into it.
                let aside = told.iter().any(|doubt| matches!(doubt, Doubt::LogAside { .. }));
                if aside || !log.contains_key("vault.db-wal") {
                    assert!(desk.database() == before);
                }
                for entry in std::fs::read_dir(&desk.folder).unwrap().map(Result::unwrap) {
                    if entry.file_name().to_string_lossy().contains("aside") {
                        std::fs::remove_file(entry.path()).unwrap();
                    }
                }
            }
        }
    }
    assert_eq!(mixes, moments.pow(3));
}
