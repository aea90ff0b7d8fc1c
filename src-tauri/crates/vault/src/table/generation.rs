//! Which generation the database is: how many changes were ever made to it.

use rusqlite::Connection;

use crate::error::VaultError;

pub(crate) fn number(connection: &Connection) -> Result<u64, VaultError> {
    let mut statement = connection.prepare_cached("SELECT number FROM generation")?;
    let number: i64 = statement.query_row([], |row| row.get(0))?;
    Ok(number.unsigned_abs())
}

/// Counts one change, beyond every generation that was seen here before; gives the new number.
pub(crate) fn next(connection: &Connection, seen: u64) -> Result<u64, VaultError> {
    let seen = i64::try_from(seen).unwrap_or(0);
    let sql = "UPDATE generation SET number = max(number, ?1) + 1 RETURNING number";
    let number: i64 = connection.prepare_cached(sql)?.query_row([seen], |row| row.get(0))?;
    Ok(number.unsigned_abs())
}
