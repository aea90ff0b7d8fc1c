//! What lies in a vault's folder beside the database: the key file, files that are not its own, links; and another copy of
//! the vault on the same machine.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod common;

use common::desk::Desk;
use common::{PASSPHRASE, error, kinds, record, save};
use vault::{Doubt, Place, Vault, VaultError};

#[test]
fn an_old_key_file_and_an_altered_one_are_told() {
    let desk = Desk::new();
    let old = desk.files();
    let mut vault = desk.open();
    vault.change_passphrase("a different passphrase").unwrap();
    vault.close().unwrap();
    let open = |passphrase: &str| Vault::open(desk.place(), passphrase).unwrap();
    assert_eq!(open("a different passphrase").doubts(), []);
    let new = desk.files();
    desk.put(&old, &["vault.key"]);
    let mut vault = open(PASSPHRASE);
    assert_eq!(vault.doubts(), [Doubt::OtherKeyFile]);
    vault.acknowledge().unwrap();
    assert_eq!(vault.doubts(), [Doubt::OtherKeyFile], "knowing does not mend it");
    assert_eq!(vault.verify(&kinds()).unwrap().problems.len(), 1);
    vault.change_passphrase("a third passphrase").unwrap();
    assert_eq!(vault.doubts(), []);
    vault.close().unwrap();
    assert_eq!(open("a third passphrase").doubts(), []);

    // The recovery key's half is not used to open, and is looked at all the same: every bit of it.
    desk.put(&new, &["vault.db", "vault.key"]);
    let text = String::from_utf8(new["vault.key"].clone()).unwrap();
    let half = text.find("\"recovery\"").unwrap();
    for place in (half..text.len()).step_by(7) {
        let mut bytes = text.clone().into_bytes();
        bytes[place] ^= 1;
        std::fs::write(desk.folder.join("vault.key"), &bytes).unwrap();
        match Vault::open(desk.place(), "a different passphrase") {
            Ok(vault) => assert!(vault.doubts().contains(&Doubt::OtherKeyFile), "byte {place}"),
            Err(refused) => {
                assert!(matches!(refused, VaultError::Damaged { .. } | VaultError::Newer { .. }), "{refused}");
            }
        }
    }
}

#[test]
fn files_that_are_not_the_vaults_own_are_named() {
    let desk = Desk::new();
    let copies = ["vault (conflicted copy).db", "vault-LAPTOP.db", "vault.sync-conflict-20260101.key"];
    for name in copies {
        std::fs::write(desk.folder.join(name), "x").unwrap();
    }
    std::fs::write(desk.folder.join("notes.txt"), "x").unwrap();
    let doubts = desk.doubts();
    let [Doubt::Copies { names }] = &doubts[..] else { panic!("{doubts:?}") };
    assert_eq!(names, &copies);
    assert!(doubts[0].to_string().contains("lie files that are not its own: vault (conflicted copy).db, "));
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let desk = Desk::new();
    let elsewhere = desk.memory.with_file_name("letter");
    std::fs::write(&elsewhere, "dear all").unwrap();
    for name in ["vault.mark", "vault.lock", "vault.key.new", "vault.db-wal"] {
        let file = desk.folder.join(name);
        let before = std::fs::read(&file).ok();
        let _ = std::fs::remove_file(&file);
        std::os::unix::fs::symlink(&elsewhere, &file).unwrap();
        let refused = error(Vault::open(desk.place(), PASSPHRASE));
        assert!(matches!(&refused, VaultError::Link { path } if *path == file), "{refused}");
        assert_eq!(std::fs::read_to_string(&elsewhere).unwrap(), "dear all");
        std::fs::remove_file(&file).unwrap();
        if let Some(content) = before {
            std::fs::write(&file, content).unwrap();
        }
    }
    assert_eq!(desk.doubts(), []);
}

/// A folder on a path of its own is another copy, remembered apart.
#[test]
fn two_copies_on_one_machine_do_not_disturb_each_other() {
    let desk = Desk::new();
    desk.add(&["One"]);
    let copy = desk.memory.with_file_name("copy");
    desk.open().copy_to(&copy).unwrap();
    let place = || Place { folder: copy.clone(), memory: Some(desk.memory.clone()) };
    let mut vault = Vault::open(place(), PASSPHRASE).unwrap();
    save(&mut vault, &record("reflection", "2026-01-01", "In the copy", ""));
    vault.close().unwrap();
    desk.add(&["Two", "Three"]);
    assert_eq!(desk.doubts(), []);
    assert_eq!(Vault::open(place(), PASSPHRASE).unwrap().doubts(), []);
    assert_eq!(std::fs::read_dir(&desk.memory).unwrap().count(), 2);
    assert!(desk.memory.is_dir());
}
