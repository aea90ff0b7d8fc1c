//! Which generation the database is: how many changes were ever made to it, and how many are known to be gone.

use rusqlite::Connection;

use crate::error::VaultError;

/// The number of changes ever made, and of those that went and were not acknowledged yet.
pub(crate) fn numbers(connection: &Connection) -> Result<(u64, u64), VaultError> {
    let mut statement = connection.prepare_cached("SELECT number, lost FROM generation")?;
    let (number, lost): (i64, i64) = statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((number.unsigned_abs(), lost.unsigned_abs()))
}

/// Counts one change, beyond every generation that was seen here before; gives the new number. Generations that were
/// seen here and are gone count as lost until someone acknowledges it.
pub(crate) fn next(connection: &Connection, seen: u64) -> Result<u64, VaultError> {
    let seen = i64::try_from(seen).unwrap_or(0);
    let sql = "UPDATE generation SET lost = lost + max(?1 - number, 0), number = max(number, ?1) + 1 RETURNING number";
    let number: i64 = connection.prepare_cached(sql)?.query_row([seen], |row| row.get(0))?;
    Ok(number.unsigned_abs())
}

/// The loss has been acknowledged.
pub(crate) fn acknowledge(connection: &Connection) -> Result<(), VaultError> {
    connection.prepare_cached("UPDATE generation SET lost = 0")?.execute([])?;
    Ok(())
}
