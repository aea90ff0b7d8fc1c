//! From the pages of a damaged vault into an empty database: first what was saved, then all that is made from it, anew.
//! What stands on a page that was altered is taken only where it can be proved: a record by the digest of what it says, a
//! file by its own.

use std::collections::{BTreeMap, BTreeSet};

use domain::digest::Sha256Hex;
use domain::{Kinds, Record};
use rusqlite::types::Value;
use rusqlite::{Transaction, TransactionBehavior, params, params_from_iter};
use uuid::Uuid;

use super::cells::Row;
use super::lost::{Lost, Rescued};
use super::pages::Pages;
use super::shelf::{Shelf, Table};
use crate::database::Database;
use crate::error::VaultError;
use crate::table::day::day_of;
use crate::table::moment;
use crate::table::record::{Records, RecordsMut};

/// Where from and where to.
struct Pouring<'a> {
    pages: &'a Pages,
    shelf: &'a Shelf,
    into: &'a Database,
    lost: BTreeSet<Lost>,
    /// Files whose content is gone, with the records that name them.
    missing: BTreeMap<String, Vec<Uuid>>,
    /// Records and claims that stand on altered pages, by their numbers.
    doubtful: BTreeSet<i64>,
    doubtful_claims: BTreeSet<(i64, i64)>,
}

pub(super) fn pour(pages: &Pages, shelf: &Shelf, into: &Database, kinds: &Kinds) -> Result<Rescued, VaultError> {
    let transaction = Transaction::new_unchecked(into, TransactionBehavior::Immediate)?;
    let mut pouring = Pouring {
        pages,
        shelf,
        into,
        lost: BTreeSet::new(),
        missing: BTreeMap::new(),
        doubtful: BTreeSet::new(),
        doubtful_claims: BTreeSet::new(),
    };
    if pages.unproved {
        pouring.lost.insert(Lost::Proof);
    }
    pouring.plain_texts()?;
    let attachments = pouring.attachments()?;
    pouring.records()?;
    pouring.judge()?;
    pouring.versions()?;
    pouring.bin()?;
    pouring.drafts()?;
    pouring.name_the_lost()?;
    pouring.beside(kinds)?;
    let count = |table: &str| -> Result<u64, VaultError> {
        let count: i64 = into.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    };
    let rescued = Rescued {
        records: count("record")?,
        attachments,
        versions: count("version")?,
        binned: count("bin")?,
        drafts: count("draft")?,
        damaged_pages: u32::try_from(shelf.damaged.len()).unwrap_or(u32::MAX),
        pages: pages.count,
        lost: pouring.lost.into_iter().collect(),
    };
    transaction.commit()?;
    Ok(rescued)
}

impl Pouring<'_> {
    fn rows(&self, table: Table) -> Vec<Row> {
        let mut rows = Vec::new();
        self.shelf.each(self.pages, table, |row| {
            if row.whole && table.fits(&row.values) {
                rows.push(row);
            }
        });
        rows
    }

    fn sound(&self, table: Table) -> impl Iterator<Item = Row> + use<> {
        self.rows(table).into_iter().filter(|row| row.sound)
    }

    /// What stands for itself: what was installed, given out, and deleted for good.
    fn plain_texts(&mut self) -> Result<(), VaultError> {
        for (table, sql, of) in [
            (Table::Installed, "INSERT OR IGNORE INTO installed (name, content) VALUES (?2, ?3)", "settings"),
            (
                Table::Release,
                "INSERT OR IGNORE INTO release (seq, content) VALUES (?1, ?3)",
                "notes of what was given out",
            ),
            (
                Table::Tombstone,
                "INSERT OR IGNORE INTO tombstone (record, at) VALUES (?2, ?3)",
                "marks of what was deleted for good",
            ),
        ] {
            let mut insert = self.into.prepare_cached(sql)?;
            for row in self.sound(table) {
                insert.execute(params_from_iter(std::iter::once(Value::Integer(row.number)).chain(row.values)))?;
            }
            if self.shelf.is_hurt(table) {
                self.lost.insert(Lost::Unknown { of });
            }
        }
        Ok(())
    }

    /// Contents one by one: together they may be larger than memory.
    fn attachments(&mut self) -> Result<u64, VaultError> {
        let mut insert =
            self.into.prepare_cached("INSERT OR IGNORE INTO attachment (sha256, bytes) VALUES (?1, ?2)")?;
        let (mut there, mut torn, mut failed) = (BTreeSet::new(), BTreeSet::new(), None);
        self.shelf.each(self.pages, Table::Attachment, |row| match &row.values[..] {
            [Value::Text(sha256), Value::Blob(content)] if row.whole && Sha256Hex::of(content).as_str() == sha256 => {
                match insert.execute(params![sha256, content]) {
                    Ok(_) => drop(there.insert(sha256.clone())),
                    Err(error) => failed = Some(error),
                }
            }
            [Value::Text(sha256), ..] if row.sound || sha256.len() == 64 => drop(torn.insert(sha256.clone())),
            _ => {}
        });
        if let Some(error) = failed {
            return Err(error.into());
        }
        let names = self.sound(Table::AttachmentNames).filter_map(|row| match row.values.into_iter().next() {
            Some(Value::Text(sha256)) => Some(sha256),
            _ => None,
        });
        // A garbled name is no name; those that the index knows are.
        let known: BTreeSet<String> = names.collect();
        let named = |sha256: &String| known.contains(sha256) || self.shelf.is_hurt(Table::AttachmentNames);
        torn.retain(named);
        torn.extend(known);
        self.missing = torn.into_iter().filter(|name| !there.contains(name)).map(|name| (name, Vec::new())).collect();
        Ok(there.len() as u64)
    }

    /// Records with their claims and files as they stand there.
    fn records(&mut self) -> Result<(), VaultError> {
        let mut insert = self.into.prepare_cached(
            "INSERT OR IGNORE INTO record (seq, id, kind, date, created, modified, said, own, title, claims_text, answers,
                                           body, base) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?;
        for Row { number, mut values, sound, .. } in self.rows(Table::Record) {
            values[0] = Value::Integer(number);
            values.resize(13, Value::Null);
            let taken = insert.execute(params_from_iter(values)).unwrap_or(0);
            if taken > 0 && !sound {
                self.doubtful.insert(number);
            }
        }
        let mut insert = self.into.prepare_cached(
            "INSERT OR IGNORE INTO claim (record, position, competency, counts_as, reason, other)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE EXISTS (SELECT 1 FROM record WHERE seq = ?1)",
        )?;
        for row in self.rows(Table::Claim) {
            if let [Value::Integer(record), Value::Integer(position), ..] = row.values[..]
                && !row.sound
            {
                self.doubtful_claims.insert((record, position));
            }
            insert.execute(params_from_iter(row.values))?;
        }
        let mut insert = self.into.prepare_cached(
            "INSERT OR IGNORE INTO record_attachment (record, position, name, media_type, sha256, bytes, other)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE EXISTS (SELECT 1 FROM record WHERE seq = ?1)
             AND EXISTS (SELECT 1 FROM attachment WHERE sha256 = ?5)",
        )?;
        let mut id_of = self.into.prepare_cached("SELECT id FROM record WHERE seq = ?1")?;
        for row in self.rows(Table::RecordAttachment) {
            if let [Value::Integer(record), _, _, _, Value::Text(sha256), ..] = &row.values[..]
                && insert.execute(params_from_iter(&row.values))? == 0
                && row.sound
                && let Ok(id) = id_of.query_row([record], |row| Ok(Uuid::from_bytes(row.get(0)?)))
            {
                self.missing.entry(sha256.clone()).or_default().push(id);
            }
        }
        Ok(())
    }

    /// Holds each record against the digest of what it said.
    fn judge(&mut self) -> Result<(), VaultError> {
        for (seq, id) in self.standing()? {
            let doubtful = self.doubtful.contains(&seq);
            let fits = match Records(self.into).get(id) {
                Ok(Some(record)) => Some(Records(self.into).fits(&record)?),
                _ => None,
            };
            match fits {
                Some(true) => {}
                Some(false) if !doubtful => {
                    let mut forget =
                        self.into.prepare_cached("DELETE FROM claim WHERE record = ?1 AND position = ?2")?;
                    for (record, position) in self.doubtful_claims.range((seq, i64::MIN)..=(seq, i64::MAX)) {
                        forget.execute([record, position])?;
                    }
                    self.lost.insert(Lost::PartOfRecord { id });
                }
                _ => {
                    self.into.prepare_cached("DELETE FROM record WHERE seq = ?1")?.execute([seq])?;
                    if !doubtful {
                        let date = day_of(seq);
                        self.lost.insert(Lost::Record { id, kind: None, date, earlier: false });
                    }
                }
            }
        }
        Ok(())
    }

    /// The number and id of each record that is there by now.
    fn standing(&self) -> Result<Vec<(i64, Uuid)>, VaultError> {
        let mut statement = self.into.prepare("SELECT seq, id FROM record ORDER BY seq")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, Uuid::from_bytes(row.get(1)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn versions(&mut self) -> Result<(), VaultError> {
        let mut insert = self
            .into
            .prepare_cached("INSERT OR IGNORE INTO version (record, number, content, base) VALUES (?1, ?2, ?3, ?4)")?;
        let mut link = self.into.prepare_cached(
            "INSERT OR IGNORE INTO version_attachment (record, number, sha256)
             SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM attachment WHERE sha256 = ?3)",
        )?;
        let mut there = BTreeSet::new();
        for row in self.sound(Table::Version) {
            let Some((id, number)) = version_of(&row) else { continue };
            let Some(Value::Text(content)) = row.values.get(2) else { continue };
            let Ok(record) = serde_json::from_str::<Record>(content) else { continue };
            for file in &record.attachments {
                if self.missing.contains_key(&file.sha256) {
                    self.missing.entry(file.sha256.clone()).or_default().push(id);
                }
            }
            let mut values = row.values;
            values.resize(4, Value::Null);
            insert.execute(params_from_iter(values))?;
            for file in &record.attachments {
                link.execute(params![id.as_bytes(), number, file.sha256])?;
            }
            there.insert((id, number));
        }
        let known: BTreeSet<_> = self.sound(Table::VersionKeys).filter_map(|row| version_of(&row)).collect();
        let gone = known.into_iter().filter(|key| !there.contains(key));
        self.lost.extend(gone.map(|(record, number)| Lost::Version { record, number }));
        self.unknown_if_both_hurt(Table::Version, Table::VersionKeys, "former versions");
        Ok(())
    }

    /// What was in the bin; and of a record that is lost, what it said before.
    fn bin(&mut self) -> Result<(), VaultError> {
        let mut insert = self.into.prepare_cached(
            "INSERT OR IGNORE INTO bin (record, number, binned) SELECT ?1, ?2, ?3
             WHERE EXISTS (SELECT 1 FROM version WHERE record = ?1 AND number = ?2)
             AND NOT EXISTS (SELECT 1 FROM record WHERE id = ?1)",
        )?;
        for row in self.sound(Table::Bin) {
            let id = version_of(&row).map(|(id, _)| id);
            if insert.execute(params_from_iter(row.values))? == 0
                && let Some(id) = id
            {
                self.lost.insert(Lost::Record { id, kind: None, date: None, earlier: false });
            }
        }
        let mut left = self.into.prepare(
            "SELECT record, max(number), content FROM version WHERE record NOT IN (SELECT id FROM record)
             AND record NOT IN (SELECT record FROM bin) AND record NOT IN (SELECT record FROM tombstone) GROUP BY record",
        )?;
        let left = left.query_map([], |row| Ok((row.get::<_, [u8; 16]>(0)?, row.get(1)?, row.get::<_, String>(2)?)))?;
        for (id, number, content) in left.collect::<Result<Vec<(_, i64, _)>, _>>()? {
            if let Ok(record) = serde_json::from_str::<Record>(&content) {
                insert.execute(params![id, number, moment(record.modified)])?;
            }
        }
        if self.shelf.is_hurt(Table::Bin) {
            self.lost.insert(Lost::Unknown { of: "times at which records went into the bin" });
        }
        Ok(())
    }

    fn drafts(&mut self) -> Result<(), VaultError> {
        let sql = "INSERT OR IGNORE INTO draft (id, kind, content, touched) VALUES (?1, ?2, ?3, ?4)";
        let mut insert = self.into.prepare_cached(sql)?;
        let mut there = BTreeSet::new();
        for row in self.sound(Table::Draft) {
            let reads =
                matches!(&row.values[2], Value::Text(text) if serde_json::from_str::<domain::Draft>(text).is_ok());
            if let Some(id) = id_of(&row)
                && reads
            {
                insert.execute(params_from_iter(row.values))?;
                there.insert(id);
            }
        }
        let known: BTreeSet<_> = self.sound(Table::DraftIds).filter_map(|row| id_of(&row)).collect();
        self.lost.extend(known.into_iter().filter(|id| !there.contains(id)).map(|id| Lost::Draft { id }));
        self.unknown_if_both_hurt(Table::Draft, Table::DraftIds, "drafts");
        Ok(())
    }

    /// Names what is gone by what the indexes know of it.
    fn name_the_lost(&mut self) -> Result<(), VaultError> {
        let number = |value: Option<&Value>| match value {
            Some(Value::Integer(number)) => Some(*number),
            _ => None,
        };
        let kinds: BTreeMap<i64, String> = self
            .sound(Table::RecordKinds)
            .filter_map(|row| match &row.values[..] {
                [Value::Text(kind), Value::Integer(seq), ..] => Some((*seq, kind.clone())),
                _ => None,
            })
            .collect();
        let there: BTreeSet<Uuid> = self.standing()?.into_iter().map(|(_, id)| id).collect();
        let mut in_bin = self.into.prepare("SELECT 1 FROM bin WHERE record = ?1")?;
        for row in self.sound(Table::RecordIds) {
            let (Some(id), Some(seq)) = (id_of(&row), number(row.values.get(1))) else { continue };
            if !there.contains(&id) {
                // What is known of it by less is told by more.
                self.lost.retain(|lost| !matches!(lost, Lost::Record { id: other, .. } if *other == id));
                let (kind, earlier) = (kinds.get(&seq).cloned(), in_bin.exists([id.as_bytes()])?);
                self.lost.insert(Lost::Record { id, kind, date: day_of(seq), earlier });
            }
        }
        self.unknown_if_both_hurt(Table::Record, Table::RecordIds, "records");
        for (sha256, mut records) in std::mem::take(&mut self.missing) {
            records.sort();
            records.dedup();
            self.lost.insert(Lost::Attachment { sha256, records });
        }
        self.unknown_if_both_hurt(Table::Attachment, Table::AttachmentNames, "attached files");
        Ok(())
    }

    fn unknown_if_both_hurt(&mut self, table: Table, index: Table, of: &'static str) {
        if self.shelf.is_hurt(table) && self.shelf.is_hurt(index) {
            self.lost.insert(Lost::Unknown { of });
        }
    }

    /// Makes anew what is kept beside the records.
    fn beside(&self, kinds: &Kinds) -> Result<(), VaultError> {
        for (seq, id) in self.standing()? {
            if let Some(record) = Records(self.into).get(id)? {
                RecordsMut(self.into).beside(seq, &record, kinds, false)?;
            }
        }
        Ok(())
    }
}

fn id_of(row: &Row) -> Option<Uuid> {
    match row.values.first() {
        Some(Value::Blob(bytes)) => Uuid::from_slice(bytes).ok(),
        _ => None,
    }
}

fn version_of(row: &Row) -> Option<(Uuid, i64)> {
    match row.values.get(1) {
        Some(Value::Integer(number)) => Some((id_of(row)?, *number)),
        _ => None,
    }
}
