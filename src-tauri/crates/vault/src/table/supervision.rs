//! Supervisions, as far as the rhythm is concerned: a narrow row beside each record that is one.

use std::collections::BTreeSet;

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

const OF_PERIOD: &str = "SELECT supervision.record, supervision.id, type, individual, minutes,
     CASE WHEN json_valid(own) THEN own ->> '$.fields.supervisor' END
     FROM supervision CROSS JOIN record ON record.seq = supervision.record
     WHERE supervision.record BETWEEN ?1 AND ?2 ORDER BY supervision.record DESC";
const WRITTEN: &str = "SELECT supervision.record, supervision.id, type, individual, minutes,
     CASE WHEN json_valid(own) THEN own ->> '$.fields.supervisor' END
     FROM supervision CROSS JOIN record ON record.seq = supervision.record
     WHERE supervision.record <= ?1 AND created <= ?2 ORDER BY supervision.record DESC";
const BEFORE: &str = "SELECT supervision.record, supervision.id, type, individual, minutes,
     CASE WHEN json_valid(own) THEN own ->> '$.fields.supervisor' END
     FROM supervision CROSS JOIN record ON record.seq = supervision.record
     WHERE type = ?1 AND individual = ?2 AND supervision.record < ?3 ORDER BY supervision.record DESC";

impl Supervisions<'_> {
    /// The supervisions of a period, newest first; and when the period has a beginning, the last before it of each type one
    /// to one and of each in a group, because the next was due from one of them: the last that was by none of `others`,
    /// whose role it is not.
    pub fn of_period(&self, period: Period, others: &BTreeSet<Uuid>) -> Result<Vec<Supervision>, VaultError> {
        let mut statement = self.0.prepare_cached(OF_PERIOD)?;
        let mut rows = statement.query(bounds(period))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row)?);
        }
        if let Some(from) = period.from() {
            let mut statement = self.0.prepare_cached(BEFORE)?;
            let each = SupervisionType::ALL.into_iter().flat_map(|of| [(of, true), (of, false)]);
            for (supervision, individual) in each {
                let mut rows = statement.query(params![supervision.id(), individual, first_of(from)])?;
                while let Some(row) = rows.next()? {
                    let last = read(row)?;
                    if !last.is_by_another(others) {
                        found.push(last);
                        break;
                    }
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
    let Supervision { id, date: _, supervision, individual, minutes, supervisor: _ } = supervision;
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
        supervisor: row.get_ref(5)?.as_str_or_null().ok().flatten().and_then(|id| id.parse().ok()),
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
            Database::plan(BEFORE).contains("USING INDEX supervision_last")
                && !Database::plan(BEFORE).contains("TEMP B-TREE"),
            "{}",
            Database::plan(BEFORE)
        );
    }
}
