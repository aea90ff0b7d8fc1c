//! Spelling out anew what records count as, where something else than the record itself has changed.

use domain::{Kinds, Record};
use rusqlite::Connection;

use super::evidence;
use super::row::{COLUMNS, read};
use crate::error::VaultError;

/// Every record.
pub(super) fn all(connection: &Connection, kinds: &Kinds) -> Result<(), VaultError> {
    connection.execute("DELETE FROM evidence", [])?;
    let mut statement = connection.prepare("SELECT DISTINCT record FROM claim")?;
    statement.query_map([], |row| row.get(0))?.try_for_each(|seq| one(connection, seq?, kinds))
}

/// The observations of a session: they are of a group where the session was with one. Of anything else there are none,
/// unless it was a session before.
pub(super) fn those_about(connection: &Connection, session: &Record, kinds: &Kinds) -> Result<(), VaultError> {
    let sql = "SELECT seq FROM mention CROSS JOIN record ON record.seq = mention.record
               WHERE named = ?1 AND kind = 'observation'";
    let mut statement = connection.prepare_cached(sql)?;
    let found: Vec<i64> = statement.query_map([session.id.as_bytes()], |row| row.get(0))?.collect::<Result<_, _>>()?;
    found.into_iter().try_for_each(|seq| one(connection, seq, kinds))
}

fn one(connection: &Connection, seq: i64, kinds: &Kinds) -> Result<(), VaultError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM record WHERE seq = ?1"))?;
    let mut rows = statement.query([seq])?;
    match rows.next()?.map(|row| read(connection, row)).transpose() {
        Ok(Some(record)) => evidence::put(connection, seq, &record, kinds, false),
        Ok(None) | Err(VaultError::Unreadable { .. }) => Ok(()),
        Err(other) => Err(other),
    }
}
