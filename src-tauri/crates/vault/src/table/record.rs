//! Records: one row each, in the order of their days.
//!
//! The sequence number is the day times 2^20 plus a count within the day, so that "newest first" is the order in which
//! the table and the search index lie: the first fifty are read and nothing has to be sorted, whatever the vault's size.

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use domain::{Kinds, Record};
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{attachment, bin, claim, mention, moment, read_moment, search, session, supervision, version};
use crate::error::VaultError;

/// Bits for the count within a day.
const WITHIN_DAY: u32 = 20;
pub(super) const COLUMNS: &str = "seq, id, kind, date, created, modified, own, title, body";

/// A record as far as it tells whether it still says the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The record.
    pub id: Uuid,
    /// SHA-256 of [`Record::content`] in lower-case hexadecimal.
    pub sha256: String,
    /// When it was first saved.
    pub created: DateTime<Utc>,
    /// When it was last saved.
    pub modified: DateTime<Utc>,
}

/// The part of a record that needs no columns of its own.
#[derive(Serialize, Deserialize)]
struct Own<T, F> {
    tags: T,
    fields: F,
}

/// A day's first sequence number.
pub(super) fn first_of(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce()) << WITHIN_DAY
}

/// A day's last sequence number.
pub(super) fn last_of(date: NaiveDate) -> i64 {
    first_of(date) + (1 << WITHIN_DAY) - 1
}

/// The day a sequence number lies in.
pub(super) fn day_of(seq: i64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(seq >> WITHIN_DAY).ok()?)
}

/// The next free sequence number of a day.
fn next_on(connection: &Connection, date: NaiveDate) -> Result<i64, VaultError> {
    let mut statement = connection.prepare_cached("SELECT max(seq) FROM record WHERE seq BETWEEN ?1 AND ?2")?;
    let last: Option<i64> = statement.query_row([first_of(date), last_of(date)], |row| row.get(0))?;
    let next = last.map_or(first_of(date), |last| last + 1);
    if next > last_of(date) { Err(VaultError::DayFull { date }) } else { Ok(next) }
}

/// SHA-256 of what a record says.
fn said(record: &Record) -> [u8; 32] {
    Sha256::digest(record.content()).into()
}

/// Where a record stands, and the hash of what it says.
fn known(connection: &Connection, id: Uuid) -> Result<Option<(i64, [u8; 32])>, VaultError> {
    let mut statement = connection.prepare_cached("SELECT seq, said FROM record WHERE id = ?1")?;
    Ok(statement.query_row([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// What becomes of what stood in a record before it says something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Before {
    /// It is kept as a version.
    Keep,
    /// It is kept already, or not worth it.
    Forget,
}

/// Inserts a record or replaces the one with its id, with its links and its search entry.
pub(crate) fn save(connection: &Connection, record: &Record, kinds: &Kinds, before: Before) -> Result<(), VaultError> {
    if bin::holds(connection, record.id)? {
        return Err(VaultError::InBin { id: record.id });
    }
    let old = known(connection, record.id)?;
    let said = said(record);
    if before == Before::Keep && old.is_some_and(|(_, old)| old != said) {
        match get(connection, record.id) {
            Ok(Some(old)) => version::keep(connection, &old).map(|_| ())?,
            // What cannot be read cannot be kept; writing over it mends the record.
            Ok(None) | Err(VaultError::Unreadable { .. }) => {}
            Err(other) => return Err(other),
        }
    }
    let seq = match old {
        Some((seq, _)) if day_of(seq) == Some(record.date) => seq,
        _ => next_on(connection, record.date)?,
    };
    let sql = match old {
        // A new day moves the row; its links follow (ON UPDATE CASCADE).
        Some(_) => {
            "UPDATE record SET seq = ?1, kind = ?3, date = ?4, created = ?5, modified = ?6, said = ?7, own = ?8,
             title = ?9, claims_text = ?10, answers = ?11, body = ?12 WHERE id = ?2"
        }
        None => {
            "INSERT INTO record (seq, id, kind, date, created, modified, said, own, title, claims_text, answers, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
        }
    };
    connection.prepare_cached(sql)?.execute(params![
        seq,
        record.id.as_bytes(),
        record.kind,
        record.date.to_string(),
        moment_of(record, record.created)?,
        moment_of(record, record.modified)?,
        said,
        own_of(record)?,
        record.title,
        search::claims_text(record),
        search::answers(record, kinds),
        record.body,
    ])?;
    let is_new = old.is_none();
    claim::put(connection, seq, record, kinds, is_new)?;
    session::put(connection, seq, record, is_new)?;
    supervision::put(connection, seq, record, is_new)?;
    mention::put(connection, seq, record, kinds, is_new)?;
    attachment::link(connection, seq, &record.attachments, is_new)
}

/// What needs no columns, as text that is known to read back: what does not must not be stored, since nothing of the
/// record would be seen again.
fn own_of(record: &Record) -> Result<String, VaultError> {
    let refused = || VaultError::NotKept { id: record.id, what: "its own fields" };
    let text = serde_json::to_string(&Own { tags: &record.tags, fields: &record.fields }).map_err(|_| refused())?;
    let read: Own<Vec<String>, Map<String, Value>> = serde_json::from_str(&text).map_err(|_| refused())?;
    if read.tags == record.tags && read.fields == record.fields { Ok(text) } else { Err(refused()) }
}

/// The same for a time.
fn moment_of(record: &Record, at: DateTime<Utc>) -> Result<String, VaultError> {
    let text = moment(at);
    let reads = read_moment(&text).is_ok_and(|read| read == at);
    if reads { Ok(text) } else { Err(VaultError::NotKept { id: record.id, what: "a time at which it was saved" }) }
}

/// Removes a record, and says whether there was one.
pub(crate) fn remove(connection: &Connection, id: Uuid) -> Result<bool, VaultError> {
    let Some((seq, _)) = known(connection, id)? else { return Ok(false) };
    attachment::unlink(connection, seq)?;
    connection.prepare_cached("DELETE FROM record WHERE seq = ?1")?.execute([seq])?;
    Ok(true)
}

/// The hash of what a record says, in hexadecimal; of the record itself nothing is read.
pub(crate) fn content_of(connection: &Connection, id: Uuid) -> Result<Option<String>, VaultError> {
    Ok(known(connection, id)?.map(|(_, said)| hex(&said)))
}

/// How a record stands, without reading what it says.
pub(crate) fn standing(connection: &Connection, id: Uuid) -> Result<Option<Claimed>, VaultError> {
    let mut statement = connection.prepare_cached("SELECT id, said, created, modified FROM record WHERE id = ?1")?;
    let mut rows = statement.query([id.as_bytes()])?;
    rows.next()?.map(read_standing).transpose()
}

/// The records that claim a competency, dated until a day, newest first.
pub(crate) fn claimed(connection: &Connection, competency: &str, to: NaiveDate) -> Result<Vec<Claimed>, VaultError> {
    // One record may claim a competency twice.
    let mut statement = connection.prepare_cached(
        "SELECT id, said, created, modified FROM claim CROSS JOIN record ON record.seq = claim.record
         WHERE competency = ?1 AND claim.record <= ?2 GROUP BY claim.record ORDER BY claim.record DESC",
    )?;
    let mut rows = statement.query(params![competency, last_of(to)])?;
    let mut claimed = Vec::new();
    while let Some(row) = rows.next()? {
        match read_standing(row) {
            Ok(one) => claimed.push(one),
            // Listing the records tells of it; what is claimed by others is no less claimed.
            Err(VaultError::Unreadable { .. }) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(claimed)
}

fn read_standing(row: &Row<'_>) -> Result<Claimed, VaultError> {
    let id = Uuid::from_bytes(row.get(0)?);
    let time = |column| -> Result<DateTime<Utc>, VaultError> {
        let text = row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?;
        read_moment(text).map_err(|_| VaultError::Unreadable { id })
    };
    Ok(Claimed { id, sha256: hex(&row.get::<_, [u8; 32]>(1)?), created: time(2)?, modified: time(3)? })
}

fn hex(bytes: &[u8; 32]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

pub(crate) fn get(connection: &Connection, id: Uuid) -> Result<Option<Record>, VaultError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM record WHERE id = ?1"))?;
    let mut rows = statement.query([id.as_bytes()])?;
    rows.next()?.map(|row| read(connection, row)).transpose()
}

/// Every record's id, for [`crate::verify`].
pub(crate) fn ids(connection: &Connection) -> Result<Vec<Uuid>, VaultError> {
    let mut statement = connection.prepare_cached("SELECT id FROM record ORDER BY id")?;
    let ids = statement.query_map([], |row| Ok(Uuid::from_bytes(row.get(0)?)))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

pub(super) fn read(connection: &Connection, row: &Row<'_>) -> Result<Record, VaultError> {
    let (seq, mut record) = read_row(row)?;
    let id = record.id;
    // What is damaged in a link is damaged in this record, and hides no other.
    let of_record = |error| match error {
        VaultError::Damaged { .. } => VaultError::Unreadable { id },
        other => other,
    };
    record.claims = claim::of(connection, seq).map_err(of_record)?;
    record.attachments = attachment::of(connection, seq).map_err(of_record)?;
    Ok(record)
}

/// The record a row holds, without its links.
fn read_row(row: &Row<'_>) -> Result<(i64, Record), VaultError> {
    let id = Uuid::from_bytes(row.get(1)?);
    let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
    // A parser's own words could quote the record, so only its id is told.
    let broken = || VaultError::Unreadable { id };
    let own: Own<Vec<String>, Map<String, Value>> = serde_json::from_str(text(6)?).map_err(|_| broken())?;
    let record = Record {
        id,
        kind: row.get(2)?,
        date: text(3)?.parse().map_err(|_| broken())?,
        created: read_moment(text(4)?).map_err(|_| broken())?,
        modified: read_moment(text(5)?).map_err(|_| broken())?,
        title: row.get(7)?,
        body: row.get(8)?,
        tags: own.tags,
        claims: Vec::new(),
        attachments: Vec::new(),
        fields: own.fields,
    };
    Ok((row.get(0)?, record))
}

/// How SQLite goes about a query, step by step.
#[cfg(test)]
pub(super) fn plan(sql: &str) -> String {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(include_str!("../schema/0001_first.sql")).unwrap();
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let count = statement.parameter_count();
    let nothing = rusqlite::params_from_iter(vec![rusqlite::types::Null; count]);
    let steps = statement.query_map(nothing, |row| row.get::<_, String>(3)).unwrap();
    steps.collect::<Result<Vec<_>, _>>().unwrap().join("\n")
}
