//! Which change the database stands at, on which line of changes, and what is known to be gone.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::doubt::Doubt;
use crate::error::VaultError;
use crate::trail::{Changes, Head};

/// The schema from which on changes have heads.
pub(crate) const SINCE: u32 = 5;

/// How many of the last changes the database keeps the heads of.
const KEPT: i64 = 1024;

/// The newest change, and where the log began that it may stand in; all on one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The number and head of the newest change.
    pub(crate) newest: (u64, Head),
    /// The number that was in the main file when the log of changes began.
    pub(crate) log_from: u64,
}

/// Where the database stands.
pub(crate) fn standing(connection: &Connection) -> Result<Standing, VaultError> {
    let mut statement = connection.prepare_cached("SELECT number, head, log_from FROM generation")?;
    let row = statement.query_row([], |row| {
        let (number, log_from): (i64, i64) = (row.get(0)?, row.get(2)?);
        Ok(Standing { newest: (number.unsigned_abs(), row.get(1)?), log_from: log_from.unsigned_abs() })
    })?;
    Ok(row)
}

/// The last changes.
pub(crate) fn changes(connection: &Connection) -> Result<Changes, VaultError> {
    let mut statement = connection.prepare_cached("SELECT number, head FROM chain")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get(1)?)))?;
    Ok(Changes(rows.collect::<Result<_, _>>()?))
}

/// Where the newest change that is noted is not the last of the chain, for [`crate::verify`].
pub(crate) fn unchained(connection: &Connection) -> Result<Vec<String>, VaultError> {
    let (standing, changes) = (standing(connection)?, changes(connection)?);
    let lines = (changes.latest() != Some(standing.newest)).then(|| format!("change {}", standing.newest.0));
    Ok(lines.into_iter().collect())
}

/// What the coach has not acknowledged yet.
pub(crate) fn doubts(connection: &Connection) -> Result<Vec<Doubt>, VaultError> {
    let sql = "SELECT lost, parted_here, parted_there FROM generation";
    let [lost, here, there] = connection.prepare_cached(sql)?.query_row([], |row| {
        let number = |column| row.get::<_, i64>(column).map(i64::unsigned_abs);
        Ok([number(0)?, number(1)?, number(2)?])
    })?;
    let older = (lost > 0).then_some(Doubt::Older { missing: lost });
    Ok(older.into_iter().chain((there > 0).then_some(Doubt::Parted { here, there })).collect())
}

/// Keeps a doubt until it is acknowledged; those that are told anew each time are not kept.
pub(crate) fn keep(connection: &Connection, doubt: &Doubt) -> Result<(), VaultError> {
    let sql =
        "UPDATE generation SET lost = lost + ?1, parted_here = parted_here + ?2, parted_there = parted_there + ?3";
    let (lost, here, there) = match doubt {
        Doubt::Older { missing } => (*missing, 0, 0),
        Doubt::Parted { here, there } => (0, *here, *there),
        _ => return Ok(()),
    };
    let [lost, here, there] = [lost, here, there].map(|number| i64::try_from(number).unwrap_or(i64::MAX));
    connection.prepare_cached(sql)?.execute([lost, here, there])?;
    Ok(())
}

/// Notes the next change: its number and head, and the number at which the log began.
pub(crate) fn next(connection: &Connection, newest: (u64, Head), log_from: u64) -> Result<(), VaultError> {
    let (number, head) = (i64::try_from(newest.0).unwrap_or(i64::MAX), newest.1);
    let log_from = i64::try_from(log_from).unwrap_or(0);
    let sql = "UPDATE generation SET number = ?1, head = ?2, log_from = ?3";
    connection.prepare_cached(sql)?.execute(params![number, head, log_from])?;
    connection.prepare_cached("INSERT INTO chain (number, head) VALUES (?1, ?2)")?.execute(params![number, head])?;
    let before = number.saturating_sub(KEPT);
    connection.prepare_cached("DELETE FROM chain WHERE number < ?1")?.execute([before])?;
    Ok(())
}

/// The coach has been told.
pub(crate) fn acknowledge(connection: &Connection) -> Result<(), VaultError> {
    let sql = "UPDATE generation SET lost = 0, parted_here = 0, parted_there = 0";
    connection.prepare_cached(sql)?.execute([])?;
    Ok(())
}

/// Whether a key file is the one that was written last, or the one that was about to be; of a vault that never noted one
/// every file is.
pub(crate) fn knows_key_file(connection: &Connection, sha256: [u8; 32]) -> Result<bool, VaultError> {
    let sql = "SELECT key_file IS NULL OR key_file = ?1 OR next_key_file IS ?1 FROM generation";
    Ok(connection.prepare_cached(sql)?.query_row([sha256], |row| row.get(0)).optional()?.unwrap_or(true))
}

/// Notes the key file that is about to be written; whichever of the two is there afterwards is known.
pub(crate) fn announce_key_file(connection: &Connection, sha256: [u8; 32]) -> Result<(), VaultError> {
    connection.prepare_cached("UPDATE generation SET next_key_file = ?1")?.execute([sha256])?;
    Ok(())
}

/// The key file that is there is the one to be there.
pub(crate) fn settle_key_file(connection: &Connection, sha256: [u8; 32]) -> Result<(), VaultError> {
    let sql = "UPDATE generation SET key_file = ?1, next_key_file = NULL";
    connection.prepare_cached(sql)?.execute([sha256])?;
    Ok(())
}
