//! Another data key: everything is encrypted anew, and wherever that stops, the vault opens with all that was in it.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod common;

use std::path::Path;

use common::desk::{Desk, Files};
use common::{PASSPHRASE, error, kinds, record, save};
use vault::{Filter, Vault, VaultError};

/// A desk with a vault of some pages, and one file in it.
fn desk() -> Desk {
    let desk = Desk::new();
    let mut vault = desk.open();
    for n in 0..20 {
        save(&mut vault, &record("reflection", "2026-01-01", &format!("Title {n}"), &"invented text ".repeat(200)));
    }
    vault.transact(|writer| writer.attachments().put(&vec![7; 50_000])).unwrap();
    vault.close().unwrap();
    desk
}

fn is_whole(desk: &Desk, where_: &str) {
    let vault = desk.open();
    assert_eq!(vault.doubts(), [], "{where_}");
    let found = vault.verify(&kinds()).unwrap();
    assert_eq!((found.records, found.attachments, found.problems), (20, 1, Vec::new()), "{where_}");
    vault.close().unwrap();
    assert!(!desk.folder.join("vault.db.new").exists(), "{where_}");
}

#[test]
fn a_new_data_key_leaves_no_page_as_it_was() {
    let desk = desk();
    let recovery = desk.open().new_recovery_key().unwrap();
    let before = desk.files();
    let mut told = Vec::new();
    let new = desk.open().change_data_key(PASSPHRASE, &mut |fraction| told.push(fraction)).unwrap();
    assert!(told.len() > 20 && told.is_sorted() && told.last() == Some(&1.0));
    let after = desk.files();
    for (one, other) in before["vault.db"].chunks(4096).zip(after["vault.db"].chunks(4096)) {
        assert!(one[..64] != other[..64]);
    }
    is_whole(&desk, "after");
    let with = |key: &str| Vault::open_with_recovery_key(desk.place(), key);
    assert!(matches!(error(with(recovery.as_str())), VaultError::WrongRecoveryKey));
    drop(with(new.as_str()).unwrap());
    // The old key file opens nothing any more.
    desk.put(&before, &["vault.key"]);
    assert!(Vault::open(desk.place(), PASSPHRASE).is_err());
}

#[test]
fn wherever_it_stops_the_vault_is_whole() {
    let desk = desk();
    let before = desk.files();
    desk.open().change_data_key(PASSPHRASE, &mut |_| ()).unwrap();
    let after = desk.files();
    let put = |files: &Files, name: &str, to: &Path| std::fs::write(to, &files[name]).unwrap();
    let new = desk.folder.join("vault.db.new");
    let state = |key: &Files, database: &Files, part: usize| {
        desk.put(key, &["vault.key"]);
        desk.put(database, &["vault.db", "vault.mark"]);
        put(&after, "vault.db", &new);
        std::fs::write(&new, &after["vault.db"][..part]).unwrap();
    };
    let whole = after["vault.db"].len();
    for part in [0, 1, 16, 4_095, 4_096, 40_000, whole - 1, whole] {
        state(&before, &before, part);
        // The database was told of the key file that was to come.
        is_whole(&desk, &format!("{part} bytes of the new one, before the key"));
    }
    state(&after, &before, whole);
    is_whole(&desk, "after the key");
    state(&after, &after, 40_000);
    is_whole(&desk, "a stale one beside a good one");
}

#[test]
fn what_cannot_be_done_leaves_the_vault_as_it_was() {
    let desk = desk();
    let wrong = desk.open().change_data_key("another passphrase", &mut |_| ());
    assert!(matches!(error(wrong), VaultError::WrongPassphrase));
    is_whole(&desk, "after a wrong passphrase");
    let sound = desk.database();
    let vault = desk.open();
    let mut damaged = sound.clone();
    let last = damaged.len() - 2_000;
    damaged[last] ^= 1;
    std::fs::write(desk.folder.join("vault.db"), &damaged).unwrap();
    assert!(matches!(error(vault.change_data_key(PASSPHRASE, &mut |_| ())), VaultError::Torn { .. }));
    std::fs::write(desk.folder.join("vault.db"), &sound).unwrap();
    assert_eq!(desk.open().records().count(&Filter::default()).unwrap(), 20);
}
