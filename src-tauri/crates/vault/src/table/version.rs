//! Versions: what stood in a record before it was changed. A whole record each, in the open form.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::Record;
use rusqlite::{OptionalExtension as _, params};
use serde::Serialize;
use uuid::Uuid;

use super::{Digest, digest_of, moment};
use crate::database::Database;
use crate::error::VaultError;

/// What a record said once.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Version {
    /// From 1, in the order in which versions were kept.
    pub number: u32,
    /// When it was saved like this.
    pub saved: DateTime<Utc>,
    /// The record as it was.
    pub record: Record,
}

/// What records said before they were changed. An error means that the database cannot be read.
#[derive(Debug, Clone, Copy)]
pub struct Versions<'a>(pub(crate) &'a Database);

/// Versions are fewer than records, and their index has their records.
const LEFT_BEHIND: &str = "SELECT id FROM (SELECT DISTINCT record FROM version) CROSS JOIN record ON id = record
     WHERE modified > ?1 AND modified <= ?2
     UNION SELECT record FROM bin WHERE binned > ?1 AND binned <= ?2";

impl Versions<'_> {
    /// A record's versions, newest first; one that cannot be read is an error.
    pub fn of(&self, id: Uuid) -> Result<Vec<Version>, VaultError> {
        let mut statement =
            self.0.prepare_cached("SELECT number, content FROM version WHERE record = ?1 ORDER BY number DESC")?;
        let mut rows = statement.query([id.as_bytes()])?;
        let mut versions = Vec::new();
        while let Some(row) = rows.next()? {
            let record = read(id, row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?;
            versions.push(Version { number: row.get(0)?, saved: record.modified, record });
        }
        Ok(versions)
    }

    /// One of them.
    pub(super) fn get(&self, id: Uuid, number: i64) -> Result<Option<Record>, VaultError> {
        let sql = "SELECT content FROM version WHERE record = ?1 AND number = ?2";
        let content: Option<String> =
            self.0.prepare_cached(sql)?.query_row(params![id.as_bytes(), number], |row| row.get(0)).optional()?;
        content.map(|content| read(id, &content)).transpose()
    }

    /// What one of them was changed from, where that is known.
    pub(super) fn base_of(&self, id: Uuid, number: i64) -> Result<Option<Digest>, VaultError> {
        let mut statement = self.0.prepare_cached("SELECT base FROM version WHERE record = ?1 AND number = ?2")?;
        Ok(statement.query_row(params![id.as_bytes(), number], |row| row.get(0)).optional()?.flatten())
    }

    /// Of each of a record's versions, newest first, what it says and what it was changed from.
    pub(super) fn digests(&self, id: Uuid) -> Result<Vec<(Digest, Option<Digest>)>, VaultError> {
        let sql = "SELECT content, base FROM version WHERE record = ?1 ORDER BY number DESC";
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query([id.as_bytes()])?;
        let mut digests = Vec::new();
        while let Some(row) = rows.next()? {
            let record = read(id, row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?;
            digests.push((digest_of(&record), row.get(1)?));
        }
        Ok(digests)
    }

    /// The hashes of all files that a record's versions hold.
    pub(super) fn files(&self, id: Uuid) -> Result<Vec<String>, VaultError> {
        let sql = "SELECT DISTINCT sha256 FROM version_attachment WHERE record = ?1";
        let mut statement = self.0.prepare_cached(sql)?;
        let files = statement.query_map([id.as_bytes()], |row| row.get(0))?;
        Ok(files.collect::<Result<_, _>>()?)
    }

    /// The records that have any, those in the bin among them.
    pub fn ids(&self) -> Result<Vec<Uuid>, VaultError> {
        let mut statement = self.0.prepare("SELECT DISTINCT record FROM version ORDER BY record")?;
        let ids = statement.query_map([], |row| Ok(Uuid::from_bytes(row.get(0)?)))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// The records that said something else before they were saved, or went into the bin, after `from` and by `to`.
    pub fn left_behind(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<Uuid>, VaultError> {
        let mut statement = self.0.prepare_cached(LEFT_BEHIND)?;
        let ids = statement.query_map([moment(from), moment(to)], |row| Ok(Uuid::from_bytes(row.get(0)?)))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// The ids of records of which a version cannot be read, for [`crate::verify`].
    pub(crate) fn unreadable(&self) -> Result<Vec<Uuid>, VaultError> {
        let mut statement = self.0.prepare("SELECT record, content FROM version ORDER BY record")?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let id = Uuid::from_bytes(row.get(0)?);
            if read(id, row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?).is_err() {
                found.push(id);
            }
        }
        found.dedup();
        Ok(found)
    }

    /// The ids of records of which a version is not linked with the files that it names, for [`crate::verify`].
    pub(crate) fn mislinked(&self) -> Result<Vec<Uuid>, VaultError> {
        let mut links = self.0.prepare(
            "SELECT sha256 FROM version_attachment NOT INDEXED WHERE record = ?1 AND number = ?2 ORDER BY sha256",
        )?;
        let mut statement = self.0.prepare("SELECT record, number, content FROM version ORDER BY record, number")?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, number): (Uuid, i64) = (Uuid::from_bytes(row.get(0)?), row.get(1)?);
            // One that cannot be read is told elsewhere.
            let Ok(record) = read(id, row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?) else { continue };
            let named: BTreeSet<String> = record.attachments.into_iter().map(|file| file.sha256).collect();
            let linked = links.query_map(params![id.as_bytes(), number], |row| row.get(0))?;
            if linked.collect::<Result<BTreeSet<String>, _>>()? != named {
                found.push(id);
            }
        }
        found.dedup();
        Ok(found)
    }
}

/// Keeps versions and forgets them.
#[derive(Debug, Clone, Copy)]
pub(super) struct VersionsMut<'a>(pub(super) &'a Database);

impl VersionsMut<'_> {
    /// Keeps a record as it stands, with what it was changed from; gives the version's number.
    pub(super) fn keep(&self, record: &Record, base: Option<Digest>) -> Result<i64, VaultError> {
        let content = serde_json::to_string(record).ok();
        // What would not read back is not kept as a version. Its texts lie deeper here than in the record's own
        // columns.
        let content = content.filter(|text| serde_json::from_str::<Record>(text).is_ok_and(|read| read == *record));
        let content = content.ok_or(VaultError::NotKept { id: record.id, what: "the version before" })?;
        let sql = "INSERT INTO version (record, number, content, base)
                   SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3 FROM version WHERE record = ?1 RETURNING number";
        let number =
            self.0.prepare_cached(sql)?.query_row(params![record.id.as_bytes(), content, base], |row| row.get(0))?;
        let mut link = self
            .0
            .prepare_cached("INSERT OR IGNORE INTO version_attachment (record, number, sha256) VALUES (?1, ?2, ?3)")?;
        for file in &record.attachments {
            link.execute(params![record.id.as_bytes(), number, file.sha256])?;
        }
        Ok(number)
    }

    /// Forgets one of a record's versions.
    pub(super) fn forget(&self, id: Uuid, number: i64) -> Result<(), VaultError> {
        let sql = "DELETE FROM version WHERE record = ?1 AND number = ?2";
        self.0.prepare_cached(sql)?.execute(params![id.as_bytes(), number])?;
        Ok(())
    }

    /// Forgets all of a record's.
    pub(super) fn forget_all(&self, id: Uuid) -> Result<(), VaultError> {
        self.0.prepare_cached("DELETE FROM version WHERE record = ?1")?.execute([id.as_bytes()])?;
        Ok(())
    }
}

fn read(id: Uuid, content: &str) -> Result<Record, VaultError> {
    serde_json::from_str(content).map_err(|_| VaultError::Unreadable { id })
}
