//! Records: one row each, in the order of their days.
//!
//! The sequence number is the day times 2^20 plus a count within the day, so that "newest first" is the order in which
//! the table and the search index lie: the first fifty are read and nothing has to be sorted, whatever the vault's size.

use chrono::{DateTime, Datelike as _, NaiveDate};
use domain::views::{Session, Supervision};
use domain::{Kinds, Record};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension as _, Row, params, params_from_iter};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{attachment, claim, moment, read_moment, search};
use crate::error::VaultError;

/// Bits for the count within a day.
const WITHIN_DAY: u32 = 20;
const COLUMNS: &str = "seq, id, kind, date, created, modified, own, title, body";
// The index has a condition and is used only where the same condition stands in the query.
const SESSIONS: &str =
    "SELECT seq, id, own FROM record INDEXED BY record_session WHERE kind = 'session' ORDER BY seq DESC";
const SUPERVISIONS: &str =
    "SELECT seq, id, own FROM record INDEXED BY record_supervision WHERE kind = 'supervision' ORDER BY seq DESC";

/// Which records are wanted; the default is all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this kind.
    pub kind: Option<String>,
    /// On this day or later.
    pub from: Option<NaiveDate>,
    /// On this day or earlier.
    pub to: Option<NaiveDate>,
    /// Put forward for this competency.
    pub competency: Option<String>,
    /// At most so many; nothing means all.
    pub limit: Option<u32>,
    /// Leaving out so many of the newest.
    pub offset: u32,
}

impl Filter {
    /// Where to look, under which conditions, and their values.
    fn conditions(&self) -> (String, Vec<Sql>) {
        // The claims lead, in the order of their index, so that the newest are found without looking at all; CROSS
        // JOIN keeps SQLite from turning the two around.
        let mut sql = String::from(match self.competency {
            Some(_) => "claim CROSS JOIN record ON record.seq = claim.record WHERE 1",
            None => "record WHERE 1",
        });
        let mut values = Vec::new();
        let mut add = |condition: &str, value: Sql| {
            sql.push_str(" AND ");
            sql.push_str(condition);
            values.push(value);
        };
        if let Some(kind) = &self.kind {
            add("kind = ?", Sql::Text(kind.clone()));
        }
        // The claim's column is the record's number as well; it is the one whose index knows the order.
        let seq = if self.competency.is_some() { "claim.record" } else { "seq" };
        if let Some(from) = self.from {
            add(&format!("{seq} >= ?"), Sql::Integer(first_of(from)));
        }
        if let Some(to) = self.to {
            add(&format!("{seq} <= ?"), Sql::Integer(last_of(to)));
        }
        if let Some(competency) = &self.competency {
            add("competency = ?", Sql::Text(competency.clone()));
        }
        (sql, values)
    }
}

/// The part of a record that needs no columns of its own.
#[derive(Serialize, Deserialize)]
struct Own<T, F> {
    tags: T,
    fields: F,
}

/// A day's first sequence number.
fn first_of(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce()) << WITHIN_DAY
}

/// A day's last sequence number.
fn last_of(date: NaiveDate) -> i64 {
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

fn seq_of(connection: &Connection, id: Uuid) -> Result<Option<i64>, VaultError> {
    let mut statement = connection.prepare_cached("SELECT seq FROM record WHERE id = ?1")?;
    Ok(statement.query_row([id.as_bytes()], |row| row.get(0)).optional()?)
}

/// Inserts a record or replaces the one with its id, with its links and its search entry.
pub(crate) fn save(connection: &Connection, record: &Record, kinds: &Kinds) -> Result<(), VaultError> {
    let old = seq_of(connection, record.id)?;
    let seq = match old {
        Some(seq) if day_of(seq) == Some(record.date) => seq,
        _ => next_on(connection, record.date)?,
    };
    let own = serde_json::to_string(&Own { tags: &record.tags, fields: &record.fields })
        .map_err(|_| VaultError::damaged("the record to save"))?;
    let sql = match old {
        // A new day moves the row; its links follow (ON UPDATE CASCADE).
        Some(_) => {
            "UPDATE record SET seq = ?1, kind = ?3, date = ?4, created = ?5, modified = ?6, own = ?7, title = ?8,
             claims_text = ?9, answers = ?10, body = ?11 WHERE id = ?2"
        }
        None => {
            "INSERT INTO record (seq, id, kind, date, created, modified, own, title, claims_text, answers, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
        }
    };
    connection.prepare_cached(sql)?.execute(params![
        seq,
        record.id.as_bytes(),
        record.kind,
        record.date.to_string(),
        moment(record.created),
        moment(record.modified),
        own,
        record.title,
        search::claims_text(record),
        search::answers(record, kinds),
        record.body,
    ])?;
    claim::put(connection, seq, record, kinds)?;
    attachment::link(connection, seq, &record.attachments)
}

/// Removes a record, and says whether there was one.
pub(crate) fn remove(connection: &Connection, id: Uuid) -> Result<bool, VaultError> {
    let Some(seq) = seq_of(connection, id)? else { return Ok(false) };
    attachment::unlink(connection, seq)?;
    connection.prepare_cached("DELETE FROM record WHERE seq = ?1")?.execute([seq])?;
    Ok(true)
}

pub(crate) fn get(connection: &Connection, id: Uuid) -> Result<Option<Record>, VaultError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM record WHERE id = ?1"))?;
    let mut rows = statement.query([id.as_bytes()])?;
    rows.next()?.map(|row| read(connection, row)).transpose()
}

/// Newest first.
pub(crate) fn list(connection: &Connection, filter: &Filter) -> Result<Vec<Record>, VaultError> {
    let (sql, values) = list_query(filter);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        records.push(read(connection, row)?);
    }
    Ok(records)
}

fn list_query(filter: &Filter) -> (String, Vec<Sql>) {
    let (conditions, mut values) = filter.conditions();
    // SQLite reads -1 as "no limit".
    values.push(Sql::Integer(filter.limit.map_or(-1, i64::from)));
    values.push(Sql::Integer(i64::from(filter.offset)));
    // One record may claim a competency twice.
    let order = match filter.competency {
        Some(_) => "GROUP BY claim.record ORDER BY claim.record DESC",
        None => "ORDER BY seq DESC",
    };
    (format!("SELECT {COLUMNS} FROM {conditions} {order} LIMIT ? OFFSET ?"), values)
}

/// How many there are; limit and offset do not count.
pub(crate) fn count(connection: &Connection, filter: &Filter) -> Result<u64, VaultError> {
    let (conditions, values) = filter.conditions();
    let what = if filter.competency.is_some() { "count(DISTINCT claim.record)" } else { "count(*)" };
    let mut statement = connection.prepare_cached(&format!("SELECT {what} FROM {conditions}"))?;
    let count: i64 = statement.query_row(params_from_iter(values), |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// Every record's id, for [`crate::verify`].
pub(crate) fn ids(connection: &Connection) -> Result<Vec<Uuid>, VaultError> {
    let mut statement = connection.prepare_cached("SELECT id FROM record ORDER BY id")?;
    let ids = statement.query_map([], |row| Ok(Uuid::from_bytes(row.get(0)?)))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Every session, newest first.
pub(crate) fn sessions(connection: &Connection) -> Result<Vec<Session>, VaultError> {
    views(connection, SESSIONS, "session", Session::of)
}

/// Every supervision, newest first.
pub(crate) fn supervisions(connection: &Connection) -> Result<Vec<Supervision>, VaultError> {
    views(connection, SUPERVISIONS, "supervision", Supervision::of)
}

/// Views of all records of a kind, out of its own index: without texts and links, which no sum looks at.
fn views<V>(
    connection: &Connection,
    sql: &str,
    kind: &str,
    view: fn(&Record) -> Option<V>,
) -> Result<Vec<V>, VaultError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut views = Vec::new();
    while let Some(row) = rows.next()? {
        let id = Uuid::from_bytes(row.get(1)?);
        let broken = || VaultError::damaged(format!("record {id} does not read"));
        let own = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
        let Own { tags, fields } = serde_json::from_str(own).map_err(|_| broken())?;
        let bare = Record {
            id,
            kind: kind.to_owned(),
            date: day_of(row.get(0)?).ok_or_else(broken)?,
            title: String::new(),
            body: String::new(),
            tags,
            claims: Vec::new(),
            attachments: Vec::new(),
            created: DateTime::UNIX_EPOCH,
            modified: DateTime::UNIX_EPOCH,
            fields,
        };
        views.extend(view(&bare));
    }
    Ok(views)
}

fn read(connection: &Connection, row: &Row<'_>) -> Result<Record, VaultError> {
    let (seq, mut record) = read_row(row)?;
    record.claims = claim::of(connection, seq)?;
    record.attachments = attachment::of(connection, seq)?;
    Ok(record)
}

/// The record a row holds, without its links.
fn read_row(row: &Row<'_>) -> Result<(i64, Record), VaultError> {
    let id = Uuid::from_bytes(row.get(1)?);
    let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
    // A parser's own words could quote the record, so only its id is told.
    let broken = || VaultError::damaged(format!("record {id} does not read"));
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

#[cfg(test)]
mod tests {
    use super::*;

    /// How SQLite goes about a query, step by step.
    fn plan(sql: &str) -> String {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(include_str!("../schema/0001_first.sql")).unwrap();
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let count = statement.parameter_count();
        let steps = statement.query_map(params_from_iter(vec![Sql::Null; count]), |row| row.get::<_, String>(3));
        steps.unwrap().collect::<Result<Vec<_>, _>>().unwrap().join("\n")
    }

    #[test]
    fn no_list_is_sorted_or_read_whole() {
        let claimed = Filter { competency: Some("1.1".to_owned()), ..Filter::default() };
        let kind = Filter { kind: Some("session".to_owned()), ..Filter::default() };
        for filter in [
            claimed.clone(),
            Filter { kind: kind.kind.clone(), from: NaiveDate::from_ymd_opt(2026, 1, 1), ..claimed },
            kind,
            Filter::default(),
        ] {
            let (sql, _) = list_query(&filter);
            let plan = plan(&sql);
            assert!(!plan.contains("TEMP B-TREE"), "{sql}\n{plan}");
        }
    }

    #[test]
    fn sums_are_read_out_of_their_index() {
        for sql in [SESSIONS, SUPERVISIONS] {
            assert!(plan(sql).contains("USING COVERING INDEX record_s"), "{}", plan(sql));
        }
    }
}
