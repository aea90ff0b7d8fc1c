//! The bin: deleted records, each the version that stood last. What is in it counts nowhere and can be brought back.

use chrono::{DateTime, Utc};
use domain::{Kinds, Record};
use rusqlite::{Connection, OptionalExtension as _, params};
use uuid::Uuid;

use super::{attachment, draft, moment, read_moment, record, version};
use crate::error::VaultError;

/// A record in the bin.
#[derive(Debug, Clone, PartialEq)]
pub struct Binned {
    /// The record as it was.
    pub record: Record,
    /// When it was deleted.
    pub binned: DateTime<Utc>,
}

/// Moves a record into the bin, and says whether there was one.
pub(crate) fn put(connection: &Connection, id: Uuid, now: DateTime<Utc>) -> Result<bool, VaultError> {
    let Some(record) = record::get(connection, id)? else { return Ok(false) };
    let number = version::keep(connection, &record)?;
    record::remove(connection, id)?;
    let sql = "INSERT INTO bin (record, number, binned) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(sql)?.execute(params![id.as_bytes(), number, moment(now)])?;
    Ok(true)
}

/// Which version of a record is in the bin, if it is there.
fn number_of(connection: &Connection, id: Uuid) -> Result<Option<i64>, VaultError> {
    let mut statement = connection.prepare_cached("SELECT number FROM bin WHERE record = ?1")?;
    Ok(statement.query_row([id.as_bytes()], |row| row.get(0)).optional()?)
}

pub(crate) fn holds(connection: &Connection, id: Uuid) -> Result<bool, VaultError> {
    Ok(number_of(connection, id)?.is_some())
}

/// What is in the bin, last deleted first. What does not read is left out and goes to `unreadable`.
pub(crate) fn all(connection: &Connection, mut unreadable: impl FnMut(Uuid)) -> Result<Vec<Binned>, VaultError> {
    let mut statement =
        connection.prepare_cached("SELECT record, number, binned FROM bin ORDER BY binned DESC, record")?;
    let mut rows = statement.query([])?;
    let mut binned = Vec::new();
    while let Some(row) = rows.next()? {
        let id = Uuid::from_bytes(row.get(0)?);
        match version::get(connection, id, row.get(1)?) {
            Ok(Some(record)) => {
                let at = read_moment(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)?;
                binned.push(Binned { record, binned: at });
            }
            Ok(None) | Err(VaultError::Unreadable { .. }) => unreadable(id),
            Err(other) => return Err(other),
        }
    }
    Ok(binned)
}

/// Brings a record back as it was, if it is in the bin.
pub(crate) fn restore(connection: &Connection, id: Uuid, kinds: &Kinds) -> Result<Option<Record>, VaultError> {
    let Some(number) = number_of(connection, id)? else { return Ok(None) };
    let record = version::get(connection, id, number)?.ok_or(VaultError::Unreadable { id })?;
    connection.prepare_cached("DELETE FROM bin WHERE record = ?1")?.execute([id.as_bytes()])?;
    record::save(connection, &record, kinds, record::Before::Forget)?;
    version::forget(connection, id, number)?;
    Ok(Some(record))
}

/// Forgets all that is in the bin, with its versions, its draft and the attachments that nothing else names; gives how
/// many records that were. The pages they stood on still have to be wiped.
pub(crate) fn empty(connection: &Connection) -> Result<u64, VaultError> {
    let mut ids = connection.prepare_cached("SELECT record FROM bin")?;
    let ids = ids.query_map([], |row| Ok(Uuid::from_bytes(row.get(0)?)))?.collect::<Result<Vec<_>, _>>()?;
    for id in &ids {
        let mut files =
            connection.prepare_cached("SELECT DISTINCT sha256 FROM version_attachment WHERE record = ?1")?;
        let files = files.query_map([id.as_bytes()], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
        connection.prepare_cached("DELETE FROM bin WHERE record = ?1")?.execute([id.as_bytes()])?;
        version::forget_all(connection, *id)?;
        draft::remove(connection, *id)?;
        for sha256 in files {
            attachment::forget_if_unused(connection, &sha256)?;
        }
    }
    Ok(ids.len() as u64)
}

/// Takes every trace of what is no longer there out of the file: words that stay in the search index until it is merged,
/// and bytes that stay on pages until they are used again. What is deleted is overwritten only in part as it goes
/// (open.rs), so that saving stays fast.
pub(crate) fn wipe(connection: &Connection) -> Result<(), VaultError> {
    connection.execute("INSERT INTO record_search (record_search) VALUES ('optimize')", [])?;
    // Written anew, page by page, in memory and not in a temporary file; then the log of changes, which holds what stood
    // on the pages before, is emptied.
    connection.execute_batch("VACUUM")?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}
