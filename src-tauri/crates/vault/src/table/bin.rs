//! The bin: deleted records, each the version that stood last. What is in it counts nowhere and can be brought back.

use chrono::{DateTime, Utc};
use domain::Record;
use rusqlite::{OptionalExtension as _, params};
use uuid::Uuid;

use super::attachment::AttachmentsMut;
use super::draft::DraftsMut;
use super::tombstone::TombstonesMut;
use super::version::{Versions, VersionsMut};
use super::{moment, read_moment};
use crate::database::Database;
use crate::error::VaultError;

/// A record in the bin.
#[derive(Debug, Clone, PartialEq)]
pub struct Binned {
    /// The record as it was.
    pub record: Record,
    /// When it was deleted.
    pub binned: DateTime<Utc>,
}

/// What was deleted and can still be brought back. An error means that the database cannot be read.
#[derive(Debug, Clone, Copy)]
pub struct Bin<'a>(pub(crate) &'a Database);

impl Bin<'_> {
    /// What is in it, most recently deleted first. One that cannot be read is left out and named by
    /// [`Vault::unreadable`](crate::Vault::unreadable).
    pub fn all(&self) -> Result<Vec<Binned>, VaultError> {
        let sql = "SELECT record, number, binned FROM bin ORDER BY binned DESC, record";
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut binned = Vec::new();
        while let Some(row) = rows.next()? {
            let id = Uuid::from_bytes(row.get(0)?);
            match Versions(self.0).get(id, row.get(1)?) {
                Ok(Some(record)) => {
                    let at = read_moment(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)?;
                    binned.push(Binned { record, binned: at });
                }
                Ok(None) | Err(VaultError::Unreadable { .. }) => self.0.note_unreadable(id),
                Err(other) => return Err(other),
            }
        }
        Ok(binned)
    }

    /// A record that is in it.
    pub fn get(&self, id: Uuid) -> Result<Option<Binned>, VaultError> {
        let sql = "SELECT number, binned FROM bin WHERE record = ?1";
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query([id.as_bytes()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let binned = read_moment(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?;
        Ok(Versions(self.0).get(id, row.get(0)?)?.map(|record| Binned { record, binned }))
    }

    /// Whether a record is in it.
    pub fn holds(&self, id: Uuid) -> Result<bool, VaultError> {
        Ok(self.number_of(id)?.is_some())
    }

    /// Records that are in it and there all the same, for [`crate::verify`].
    pub(crate) fn contradicted(&self) -> Result<Vec<Uuid>, VaultError> {
        let mut statement = self.0.prepare("SELECT record FROM bin WHERE record IN (SELECT id FROM record)")?;
        let ids = statement.query_map([], |row| Ok(Uuid::from_bytes(row.get(0)?)))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Which version of a record is in it, if it is there.
    pub(super) fn number_of(&self, id: Uuid) -> Result<Option<i64>, VaultError> {
        let mut statement = self.0.prepare_cached("SELECT number FROM bin WHERE record = ?1")?;
        Ok(statement.query_row([id.as_bytes()], |row| row.get(0)).optional()?)
    }
}

/// Fills and empties the bin.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BinMut<'a>(pub(crate) &'a Database);

impl BinMut<'_> {
    /// Puts a version of a record in.
    pub(super) fn put(&self, id: Uuid, number: i64, now: DateTime<Utc>) -> Result<(), VaultError> {
        let sql = "INSERT INTO bin (record, number, binned) VALUES (?1, ?2, ?3)";
        self.0.prepare_cached(sql)?.execute(params![id.as_bytes(), number, moment(now)])?;
        Ok(())
    }

    /// Takes a record out; its version stays.
    pub(super) fn take(&self, id: Uuid) -> Result<(), VaultError> {
        self.0.prepare_cached("DELETE FROM bin WHERE record = ?1")?.execute([id.as_bytes()])?;
        Ok(())
    }

    /// Forgets all that is in it, with its versions, its draft and the attachments that nothing else names; what stays is
    /// a tombstone. Gives how many records that were. The pages they stood on still have to be wiped.
    pub(crate) fn empty(&self, now: DateTime<Utc>) -> Result<u64, VaultError> {
        let mut ids = self.0.prepare_cached("SELECT record FROM bin")?;
        let ids = ids.query_map([], |row| Ok(Uuid::from_bytes(row.get(0)?)))?.collect::<Result<Vec<_>, _>>()?;
        for id in &ids {
            let files = Versions(self.0).files(*id)?;
            self.take(*id)?;
            VersionsMut(self.0).forget_all(*id)?;
            DraftsMut(self.0).forget(*id)?;
            TombstonesMut(self.0).set(*id, now)?;
            for sha256 in files {
                AttachmentsMut(self.0).forget_if_unused(&sha256)?;
            }
        }
        Ok(ids.len() as u64)
    }
}
