//! A check finds what was done to a vault's file, wherever it was done.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod common;

use common::{PASSPHRASE, claiming, kinds, new_vault, record, save};
use vault::Vault;

#[test]
fn a_sound_vault_is_counted_and_found_sound() {
    let (_home, mut vault, _) = new_vault();
    for n in 0..20 {
        save(&mut vault, &claiming(record("reflection", "2026-01-01", &format!("Title {n}"), "body"), &["1.1"]));
    }
    vault.transact(|writer| writer.attachments().put(b"one")).unwrap();
    vault.transact(|writer| writer.attachments().put(&vec![7; 100_000])).unwrap();
    let found = vault.verify(&kinds()).unwrap();
    assert_eq!((found.records, found.attachments, found.problems), (20, 2, Vec::new()));
}

#[test]
fn one_flipped_bit_anywhere_is_noticed() {
    let (_home, mut vault, _) = new_vault();
    for n in 0..30 {
        let body = "some of the invented text ".repeat(60);
        save(&mut vault, &record("reflection", "2026-01-01", &format!("Title {n}"), &body));
    }
    let folder = vault.folder().to_owned();
    vault.close().unwrap();
    let whole = std::fs::read(folder.join("vault.db")).unwrap();
    let bits = whole.len() * 8;
    for n in 0..40 {
        // Spread over the whole file, at another place of each page.
        let bit = bits / 40 * n + n * 977;
        let mut flipped = whole.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        std::fs::write(folder.join("vault.db"), flipped).unwrap();
        match Vault::open(&folder, PASSPHRASE) {
            Err(error) => assert!(error.to_string().contains("damaged"), "{error}"),
            Ok(vault) => {
                let problems = vault.verify(&kinds()).unwrap().problems;
                assert!(!problems.is_empty(), "bit {bit}");
                let told = problems.join("\n");
                assert!(!told.contains("invented") && !told.contains("Title"), "{told}");
            }
        }
    }
}
