//! Flips bits anywhere in a vault's file: what is damaged is found and named, and all the rest is there.
#![allow(clippy::print_stdout, reason = "what was seen is wanted")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use domain::{Attachment, Record};
use uuid::Uuid;

use super::*;
use crate::table::bin::Bin;
use crate::table::draft::Drafts;
use crate::table::list::Filter;
use crate::table::record::Records;
use crate::table::version::Versions;
use crate::vault::Vault;

const PASSPHRASE: &str = "a passphrase";

/// A vault with some of everything, its key, and what is in it.
struct Whole {
    home: tempfile::TempDir,
    key: DataKey,
    records: BTreeSet<Uuid>,
    bytes: Vec<u8>,
}

fn record(n: u128, version: u32) -> Record {
    let fields = serde_json::json!({
        "id": Uuid::from_u128(0x1234_5678_0000_4000_8000_0000_0000_0000 + n), "kind": if n.is_multiple_of(3) { "session" } else { "reflection" },
        "date": format!("2026-{:02}-{:02}", n % 12 + 1, n % 28 + 1), "title": format!("Title {n}"),
        "body": format!("What was said, for the {version}th time. ").repeat(usize::try_from(n % 60).unwrap()),
        "claims": [{ "competency": "1.3", "reason": "so it was" }, { "competency": "2.1", "reason": "and this" }],
        "created": "2026-01-05T10:00:00Z", "modified": format!("2026-01-05T10:00:{version:02}Z"),
    });
    serde_json::from_value(fields).unwrap()
}

impl Whole {
    /// With `size` records; of each third there is a version before, of some there are files.
    fn new(size: u128) -> Whole {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("vault");
        let (kinds, now) = (Kinds::shipped(), "2026-01-05T10:00:00Z".parse().unwrap());
        let (mut vault, _) = Vault::create(&folder, PASSPHRASE, now).unwrap();
        let mut records = BTreeSet::new();
        vault
            .transact(|writer| {
                for n in 0..size {
                    let mut one = record(n, 1);
                    if n.is_multiple_of(3) {
                        writer.records().save(&one, &kinds)?;
                        one = record(n, 2);
                    }
                    if n.is_multiple_of(8) {
                        let content = n.to_le_bytes().repeat(usize::try_from(n).unwrap() * 20 + 30);
                        one.attachments.push(Attachment {
                            name: "file.bin".to_owned(),
                            media_type: "application/octet-stream".to_owned(),
                            sha256: writer.attachments().put(&content)?,
                            bytes: u32::try_from(content.len()).unwrap(),
                            other: serde_json::Map::new(),
                        });
                    }
                    writer.records().save(&one, &kinds)?;
                    records.insert(one.id);
                }
                for n in 0..size / 10 {
                    let id = record(n, 1).id;
                    writer.records().bin(id, &kinds, now)?;
                    records.remove(&id);
                    writer.drafts().keep(Uuid::from_u128(n + 1), &record(n, 3).to_draft(), now)?;
                }
                Ok::<_, VaultError>(())
            })
            .unwrap();
        vault.close().unwrap();
        let content = fs::read(folder.join("vault.key")).unwrap();
        let key = crate::keys::KeyFile::read(&content).unwrap().unwrap_by_passphrase(PASSPHRASE).unwrap();
        let bytes = fs::read(folder.join("vault.db")).unwrap();
        Whole { home, key, records, bytes }
    }

    fn folder(&self) -> std::path::PathBuf {
        self.home.path().join("vault")
    }

    /// What is readable with these bytes in the database's place.
    fn with(&self, bytes: &[u8]) -> (Database, Rescued) {
        fs::write(self.folder().join("vault.db"), bytes).unwrap();
        let database = Database::empty().unwrap();
        let folder = Folder::open(&self.folder()).unwrap();
        let rescued = into(&database, &folder, &self.key, &Kinds::shipped()).unwrap();
        (database, rescued)
    }

    /// Holds what was read against what was there: what is not there is named, and what is there is as it was.
    fn judge(&self, whole: &Database, found: &(Database, Rescued), where_: &str) {
        let (database, rescued) = found;
        let there: BTreeSet<Uuid> = Records(database).ids().unwrap().into_iter().collect();
        let mut named = BTreeSet::new();
        let mut in_part = BTreeSet::new();
        for lost in &rescued.lost {
            match lost {
                Lost::Record { id, .. } => drop(named.insert(*id)),
                Lost::PartOfRecord { id } => drop(in_part.insert(*id)),
                Lost::Attachment { sha256, .. } => assert_eq!(sha256.len(), 64, "{where_}"),
                _ => {}
            }
        }
        let gone: BTreeSet<Uuid> = self.records.difference(&there).copied().collect();
        let named_there: BTreeSet<Uuid> = named.intersection(&self.records).copied().collect();
        let unknown = rescued.lost.contains(&Lost::Unknown { of: "records" });
        assert!(gone == named_there || unknown && gone.is_superset(&named_there), "{where_}: {gone:?} {named_there:?}");
        for id in there.iter().filter(|id| !in_part.contains(id)) {
            assert_eq!(Records(database).get(*id).unwrap(), Records(whole).get(*id).unwrap(), "{where_}");
        }
        assert!(there.is_subset(&self.records), "{where_}: nothing comes back from the bin");
        for version in Versions(database).ids().unwrap() {
            for one in Versions(database).of(version).unwrap() {
                assert!(Versions(whole).of(version).unwrap().contains(&one), "{where_}");
            }
        }
        let drafts = Drafts(whole).all().unwrap();
        assert!(Drafts(database).all().unwrap().iter().all(|draft| drafts.contains(draft)), "{where_}");
        let told = rescued.problems().join("\n");
        assert!(!told.contains("Title") && !told.contains("was said") && !told.contains("file.bin"), "{told}");
    }
}

/// One flip of a bit in each of so many places; gives how many were lost at most of one, and how many flips lost nothing.
fn flips(size: u128, count: usize) {
    let whole = Whole::new(size);
    let (sound, rescued) = whole.with(&whole.bytes);
    assert!(rescued.is_whole(), "{rescued:?}");
    assert_eq!(rescued.records as usize, whole.records.len());
    let (mut harmless, mut most, mut records, mut torn) = (0, 0, 0, 0);
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for n in 0..count {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let spread = whole.bytes.len() * 8 / count;
        let bit = spread * n + (random >> 33) as usize % spread;
        let mut bytes = whole.bytes.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let found = whole.with(&bytes);
        let told = format!("bit {bit}, page {}: {:?}", bit / 8 / pages::PAGE + 1, found.1);
        // The salt is mended and proved; of any other bit its page is found.
        assert!(found.1.damaged_pages == 1 || bit / 8 < pages::SALT, "{told}");
        whole.judge(&sound, &found, &told);
        let lost = whole.records.len() - usize::try_from(found.1.records).unwrap();
        harmless += usize::from(found.1.lost.is_empty());
        most = most.max(lost);
        records += lost;
        torn += usize::from(found.1.lost.iter().any(|lost| matches!(lost, Lost::Unknown { .. })));
        // A bit that is altered touches what stands in two blocks of 16 bytes, and so one row or two.
        assert!(lost <= 2, "{told}");
    }
    let pages = whole.bytes.len() / pages::PAGE;
    println!(
        "{count} flips in {pages} pages, {} records: all found; {harmless} lost nothing; {records} records lost in all, {most} \
         at most by one; {torn} times something could not be named",
        whole.records.len()
    );
}

#[test]
fn whatever_bit_is_altered_the_rest_is_there_and_what_is_lost_is_named() {
    flips(60, 40);
}

/// `tests/torture/run` runs it.
#[test]
#[ignore = "the same with many more"]
fn of_ten_thousand_altered_bits_each_is_found_and_the_rest_is_there() {
    flips(60, 10_000);
}

#[test]
fn a_page_that_is_lost_whole_loses_no_other() {
    let whole = Whole::new(60);
    let (sound, _) = whole.with(&whole.bytes);
    for page in 0..whole.bytes.len() / pages::PAGE {
        let mut bytes = whole.bytes.clone();
        bytes[page * pages::PAGE..(page + 1) * pages::PAGE].fill(0);
        let found = whole.with(&bytes);
        let told = format!("page {}: {:?}", page + 1, found.1);
        whole.judge(&sound, &found, &told);
        assert!(found.1.damaged_pages >= 1, "{told}");
        let lost = whole.records.len() - usize::try_from(found.1.records).unwrap();
        assert!(lost <= 30, "{told}");
        Bin(&found.0).all().unwrap();
    }
}

#[test]
fn a_file_that_was_cut_short_gives_what_is_left() {
    let whole = Whole::new(100);
    let (sound, _) = whole.with(&whole.bytes);
    for part in [1, 2, 5, 9] {
        let mut bytes = whole.bytes.clone();
        bytes.truncate(whole.bytes.len() * part / 10);
        let found = whole.with(&bytes);
        whole.judge(&sound, &found, &format!("{part} tenths: {:?}", found.1));
    }
    let (_, rescued) = whole.with(&[]);
    assert_eq!(rescued.records, 0);
}

#[test]
fn the_log_of_changes_is_read_too() {
    let whole = Whole::new(30);
    let folder = whole.folder();
    let mut vault = Vault::open(&folder, PASSPHRASE).unwrap();
    let late = record(9_999, 1);
    vault.transact(|writer| writer.records().save(&late, &Kinds::shipped())).unwrap();
    let (database, log) = (fs::read(folder.join("vault.db")).unwrap(), fs::read(folder.join("vault.db-wal")).unwrap());
    vault.close().unwrap();
    fs::write(folder.join("vault.db-wal"), log).unwrap();
    let (read, rescued) = whole.with(&database);
    assert!(rescued.is_whole(), "{rescued:?}");
    assert_eq!(Records(&read).get(late.id).unwrap(), Some(late));
}

#[test]
fn a_rescued_vault_is_a_sound_one_with_the_same_passphrase() {
    let whole = Whole::new(100);
    let mut bytes = whole.bytes.clone();
    let half = bytes.len() / 2;
    bytes[half] ^= 1;
    fs::write(whole.folder().join("vault.db"), &bytes).unwrap();
    let kinds = Kinds::shipped();
    let new = whole.home.path().join("new");
    let rescued = Vault::rescue(&whole.folder(), PASSPHRASE, &new, &kinds).unwrap();
    assert_eq!(rescued.damaged_pages, 1);
    assert!(fs::read(whole.folder().join("vault.db")).unwrap() == bytes, "the damaged one stays as it is");
    let vault = Vault::open(&new, PASSPHRASE).unwrap();
    assert_eq!(vault.doubts(), []);
    assert_eq!(vault.verify(&kinds).unwrap().problems, Vec::<String>::new());
    assert_eq!(vault.records().count(&Filter::default()).unwrap(), rescued.records);
    // The damaged one, opened as ever, says what is damaged when it is checked.
    if let Ok(vault) = Vault::open(&whole.folder(), PASSPHRASE) {
        assert_eq!(vault.verify(&kinds).unwrap().problems, rescued.problems());
    }
    let nowhere = Path::new("nowhere");
    assert!(matches!(Vault::readable(nowhere, PASSPHRASE, &kinds), Err(VaultError::Missing { .. })));
}
