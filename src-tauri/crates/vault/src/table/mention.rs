//! Which record names which other, so that what belongs together is found from either side.

use domain::{Kinds, Record};
use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::database::Database;
use crate::error::VaultError;

/// Which record names which other. An error means that the database cannot be read.
#[derive(Debug, Clone, Copy)]
pub struct Mentions<'a>(pub(crate) &'a Database);

impl Mentions<'_> {
    /// The records that name this one in one of their fields, oldest first, at most `limit` of them.
    pub fn of(&self, named: Uuid, limit: u32) -> Result<Vec<Uuid>, VaultError> {
        let mut statement = self.0.prepare_cached(
            "SELECT record.id FROM mention CROSS JOIN record ON record.seq = mention.record
             WHERE named = ?1 ORDER BY mention.record LIMIT ?2",
        )?;
        let ids = statement.query_map(params![named.as_bytes(), limit], |row| Ok(Uuid::from_bytes(row.get(0)?)))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }
}

/// Replaces the records that this one names.
pub(super) fn put(
    connection: &Connection,
    seq: i64,
    record: &Record,
    kinds: &Kinds,
    is_new: bool,
) -> Result<(), VaultError> {
    if !is_new {
        connection.prepare_cached("DELETE FROM mention WHERE record = ?1")?.execute([seq])?;
    }
    let references = kinds.of(record).map(|kind| kind.references(&record.fields)).unwrap_or_default();
    let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO mention (named, record) VALUES (?1, ?2)")?;
    for (_, named) in references {
        insert.execute(params![named.as_bytes(), seq])?;
    }
    Ok(())
}
