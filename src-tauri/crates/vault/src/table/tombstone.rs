//! Tombstones: of what was deleted for good the id and the time, and nothing else, so that no old file brings it back
//! unasked.

use chrono::{DateTime, Utc};
use rusqlite::params;
use uuid::Uuid;

use super::{moment, read_moment};
use crate::database::Database;
use crate::error::VaultError;

/// A record that was deleted for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tombstone {
    /// The record's id.
    pub record: Uuid,
    /// When the bin was emptied of it.
    pub at: DateTime<Utc>,
}

/// What was deleted for good. An error means that the database cannot be read.
#[derive(Debug, Clone, Copy)]
pub struct Tombstones<'a>(pub(crate) &'a Database);

impl Tombstones<'_> {
    /// All of them, latest first.
    pub fn all(&self) -> Result<Vec<Tombstone>, VaultError> {
        let mut statement = self.0.prepare_cached("SELECT record, at FROM tombstone ORDER BY at DESC, record")?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let at = read_moment(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?;
            all.push(Tombstone { record: Uuid::from_bytes(row.get(0)?), at });
        }
        Ok(all)
    }

    /// Records that have a tombstone and are there or in the bin all the same, for [`crate::verify`].
    pub(crate) fn contradicted(&self) -> Result<Vec<Uuid>, VaultError> {
        let sql = "SELECT record FROM tombstone
                   WHERE record IN (SELECT id FROM record) OR record IN (SELECT record FROM bin) ORDER BY record";
        let mut statement = self.0.prepare(sql)?;
        let ids = statement.query_map([], |row| Ok(Uuid::from_bytes(row.get(0)?)))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }
}

/// Sets tombstones and takes them away.
#[derive(Debug, Clone, Copy)]
pub struct TombstonesMut<'a>(pub(crate) &'a Database);

impl TombstonesMut<'_> {
    /// Takes a record's tombstone away, so that it may be saved again, and says whether there was one.
    pub fn remove(&self, id: Uuid) -> Result<bool, VaultError> {
        let sql = "DELETE FROM tombstone WHERE record = ?1";
        Ok(self.0.prepare_cached(sql)?.execute([id.as_bytes()])? > 0)
    }

    /// Sets a tombstone on a record that is gone.
    pub(super) fn set(&self, id: Uuid, now: DateTime<Utc>) -> Result<(), VaultError> {
        let sql = "INSERT INTO tombstone (record, at) VALUES (?1, ?2)
                   ON CONFLICT (record) DO UPDATE SET at = excluded.at";
        self.0.prepare_cached(sql)?.execute(params![id.as_bytes(), moment(now)])?;
        Ok(())
    }
}
