//! Supervisions, as far as the rhythm is concerned: a narrow row beside each record that is one.

use chrono::{DateTime, NaiveDate, Utc};
use domain::Record;
use domain::framework::SupervisionType;
use domain::period::Period;
use domain::views::Supervision;
use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use super::day::{bounds, day_of, first_of, last_of};
use super::moment;
use crate::database::Database;
use crate::error::VaultError;

/// The supervisions, as far as the rhythm is concerned. An error means that the database cannot be read.
#[derive(Debug, Clone, Copy)]
pub struct Supervisions<'a>(pub(crate) &'a Database);

const OF_PERIOD: &str = "SELECT record, id, type, individual, minutes FROM supervision
     WHERE record BETWEEN ?1 AND ?2 ORDER BY record DESC";
const WRITTEN: &str = "SELECT supervision.record, supervision.id, type, individual, minutes
     FROM supervision CROSS JOIN record ON record.seq = supervision.record
     WHERE supervision.record <= ?1 AND created <= ?2 ORDER BY supervision.record DESC";
const LAST_BEFORE: &str = "SELECT record, id, type, individual, minutes FROM supervision
     WHERE type = ?1 AND individual = ?2 AND record < ?3 ORDER BY record DESC LIMIT 1";

impl Supervisions<'_> {
    /// The supervisions of a period, newest first; and when the period has a beginning, the last before it of each type one
    /// to one and of each in a group, because the next was due from one of them.
    pub fn of_period(&self, period: Period) -> Result<Vec<Supervision>, VaultError> {
        let mut statement = self.0.prepare_cached(OF_PERIOD)?;
        let mut rows = statement.query(bounds(period))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row)?);
        }
        if let Some(from) = period.from() {
            let mut statement = self.0.prepare_cached(LAST_BEFORE)?;
            let each = SupervisionType::ALL.into_iter().flat_map(|of| [(of, true), (of, false)]);
            for (supervision, individual) in each {
                let mut rows = statement.query(params![supervision.id(), individual, first_of(from)])?;
                if let Some(row) = rows.next()? {
                    found.push(read(row)?);
                }
            }
        }
        Ok(found)
    }
}

impl Supervisions<'_> {
    /// The supervisions until a day that had been written down by a moment, newest first.
    pub fn written_by(&self, to: NaiveDate, at: DateTime<Utc>) -> Result<Vec<Supervision>, VaultError> {
        let mut statement = self.0.prepare_cached(WRITTEN)?;
        let mut rows = statement.query(params![last_of(to), moment(at)])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row)?);
        }
        Ok(found)
    }
}

/// Replaces the record's row as a supervision; a record of another kind has none.
pub(super) fn put(connection: &Connection, seq: i64, record: &Record, is_new: bool) -> Result<(), VaultError> {
    if !is_new {
        connection.prepare_cached("DELETE FROM supervision WHERE record = ?1")?.execute([seq])?;
    }
    let Some(supervision) = Supervision::of(record) else { return Ok(()) };
    let sql = "INSERT INTO supervision (record, id, type, individual, minutes) VALUES (?1, ?2, ?3, ?4, ?5)";
    let Supervision { id, date: _, supervision, individual, minutes } = supervision;
    connection.prepare_cached(sql)?.execute(params![seq, id.as_bytes(), supervision.id(), individual, minutes])?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Supervision, VaultError> {
    let broken = || VaultError::damaged("a supervision that does not read");
    let id: String = row.get(2)?;
    Ok(Supervision {
        id: Uuid::from_bytes(row.get(1)?),
        date: day_of(row.get(0)?).ok_or_else(broken)?,
        supervision: SupervisionType::from_id(&id).ok_or_else(broken)?,
        individual: row.get(3)?,
        minutes: row.get(4)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_sought_and_the_last_before_it_found_at_once() {
        assert!(
            Database::plan(OF_PERIOD).contains("SEARCH supervision USING INTEGER PRIMARY KEY"),
            "{}",
            Database::plan(OF_PERIOD)
        );
        assert!(
            Database::plan(LAST_BEFORE).contains("USING INDEX supervision_last"),
            "{}",
            Database::plan(LAST_BEFORE)
        );
    }
}
