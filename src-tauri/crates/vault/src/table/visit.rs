//! Sessions, as far as the caseload is concerned: a narrow row beside each record that is one.

use chrono::NaiveDate;
use domain::Record;
use domain::views::{Outcome, Visit};
use rusqlite::{Connection, Row, params};

use super::day::{day_of, last_of};
use crate::database::Database;
use crate::error::VaultError;

/// The sessions, as far as the caseload is concerned. An error means that the database cannot be read.
#[derive(Debug, Clone, Copy)]
pub struct Visits<'a>(pub(crate) &'a Database);

const UNTIL: &str =
    "SELECT record, minutes, grouped, outcome, review, client, practice, referred_from, ended FROM visit
     WHERE record <= ?1 ORDER BY record";

impl Visits<'_> {
    /// All sessions until a day, that day included, oldest first.
    pub fn until(&self, day: NaiveDate) -> Result<Vec<Visit>, VaultError> {
        let mut statement = self.0.prepare_cached(UNTIL)?;
        let mut rows = statement.query([last_of(day)])?;
        let mut visits = Vec::new();
        while let Some(row) = rows.next()? {
            visits.push(read(row)?);
        }
        Ok(visits)
    }
}

fn read(row: &Row<'_>) -> Result<Visit, VaultError> {
    let text = |column| -> Result<Option<String>, VaultError> {
        let text = row.get_ref(column)?.as_str_or_null().map_err(rusqlite::Error::from)?;
        Ok(text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned))
    };
    Ok(Visit {
        date: day_of(row.get(0)?).ok_or_else(|| VaultError::damaged("a session of no day"))?,
        minutes: row.get(1)?,
        group: row.get(2)?,
        outcome: Outcome::from_id(row.get_ref(3)?.as_str_or_null().map_err(rusqlite::Error::from)?),
        review: row.get(4)?,
        client: text(5)?,
        practice: text(6)?,
        referred_from: text(7)?,
        ended: text(8)?,
    })
}

/// Replaces the record's row as a visit; a record of another kind has none.
pub(super) fn put(connection: &Connection, seq: i64, record: &Record, is_new: bool) -> Result<(), VaultError> {
    if !is_new {
        connection.prepare_cached("DELETE FROM visit WHERE record = ?1")?.execute([seq])?;
    }
    let Some(visit) = Visit::of(record) else { return Ok(()) };
    let sql = "INSERT INTO visit (record, minutes, grouped, outcome, review, client, practice, referred_from, ended)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let Visit { date: _, minutes, group, client, practice, outcome, review, referred_from, ended } = visit;
    let values = params![seq, minutes, group, outcome.id(), review, client, practice, referred_from, ended];
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_are_read_in_their_order_and_not_sorted() {
        let plan = Database::plan(UNTIL);
        assert!(plan.contains("SEARCH visit USING INTEGER PRIMARY KEY (rowid<?)"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
}
