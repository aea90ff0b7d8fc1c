//! Sessions, as far as hours are concerned: a narrow row beside each record that is one.

use chrono::{DateTime, NaiveDate, Utc};
use domain::Record;
use domain::period::Period;
use domain::signoff::Line;
use domain::views::{Session, SessionSum};
use rusqlite::{Connection, OptionalExtension as _, params};
use uuid::Uuid;

use super::day::{bounds, day_of};
use super::moment;
use crate::database::Database;
use crate::error::VaultError;

/// The sessions, as far as hours are concerned. An error means that the database cannot be read.
#[derive(Debug, Clone, Copy)]
pub struct Sessions<'a>(pub(crate) &'a Database);

const SUMS: &str = "SELECT nhs, supervised, mode, format, sum(minutes), count(*) FROM session
     WHERE record BETWEEN ?1 AND ?2 AND attended GROUP BY nhs, supervised, mode, format";
const SUMS_WRITTEN: &str = "SELECT nhs, supervised, mode, format, sum(minutes), count(*)
     FROM session CROSS JOIN record ON record.seq = session.record
     WHERE session.record BETWEEN ?1 AND ?2 AND attended AND created <= ?3 GROUP BY nhs, supervised, mode, format";
const SUPERVISED: &str =
    "SELECT session.record, id, minutes FROM session CROSS JOIN record ON record.seq = session.record
     WHERE session.record BETWEEN ?1 AND ?2 AND attended AND nhs AND supervised AND created <= ?3
     ORDER BY session.record";
const OF_PERIOD: &str = "SELECT record, minutes, format, mode, nhs, supervised, attended FROM session
     WHERE record BETWEEN ?1 AND ?2 ORDER BY record DESC";

const TOTALS: &str = "SELECT nhs, supervised, mode, format, minutes, sessions FROM session_total WHERE sessions > 0";

impl Sessions<'_> {
    /// The sessions of a period, newest first; both days belong to it.
    pub fn of_period(&self, period: Period) -> Result<Vec<Session>, VaultError> {
        let mut statement = self.0.prepare_cached(OF_PERIOD)?;
        let mut rows = statement.query(bounds(period))?;
        let mut sessions = Vec::new();
        while let Some(row) = rows.next()? {
            sessions.push(Session {
                date: day_of(row.get(0)?).ok_or_else(|| VaultError::damaged("a session of no day"))?,
                minutes: row.get(1)?,
                format: row.get(2)?,
                mode: row.get(3)?,
                nhs: row.get(4)?,
                supervised: row.get(5)?,
                attended: row.get(6)?,
            });
        }
        Ok(sessions)
    }

    /// The sessions of a period that were attended, added up by sort. Without a beginning they are not added up again:
    /// the totals that are kept are taken, less what is dated after the period.
    pub fn sums(&self, period: Period) -> Result<Vec<SessionSum>, VaultError> {
        if period.from().is_some() {
            return self.read_sums(SUMS, bounds(period));
        }
        let mut sums = self.read_sums(TOTALS, [])?;
        if let Some(after) = period.to().and_then(|to| to.succ_opt()) {
            for later in self.read_sums(SUMS, bounds(Period::since(after)))? {
                let same = |sum: &&mut SessionSum| {
                    (sum.nhs, sum.supervised, &sum.mode, &sum.format)
                        == (later.nhs, later.supervised, &later.mode, &later.format)
                };
                if let Some(sum) = sums.iter_mut().find(same) {
                    sum.minutes = sum.minutes.saturating_sub(later.minutes);
                    sum.sessions = sum.sessions.saturating_sub(later.sessions);
                }
            }
            sums.retain(|sum| sum.sessions > 0);
        }
        Ok(sums)
    }

    /// The same of those only that had been written down by a moment.
    pub fn sums_written_by(&self, period: Period, at: DateTime<Utc>) -> Result<Vec<SessionSum>, VaultError> {
        let [from, to] = bounds(period);
        self.read_sums(SUMS_WRITTEN, params![from, to, moment(at)])
    }

    /// The NHS sessions under supervision of a period that were attended, and had been written down by a moment, oldest first.
    pub fn supervised_by(&self, period: Period, at: DateTime<Utc>) -> Result<Vec<(Uuid, Line)>, VaultError> {
        let [from, to] = bounds(period);
        let mut statement = self.0.prepare_cached(SUPERVISED)?;
        let mut rows = statement.query(params![from, to, moment(at)])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            let date = day_of(row.get(0)?).ok_or_else(|| VaultError::damaged("a session of no day"))?;
            lines.push((Uuid::from_bytes(row.get(1)?), Line { date, minutes: row.get(2)? }));
        }
        Ok(lines)
    }

    /// The day of the first NHS session that was attended.
    pub fn first(&self) -> Result<Option<NaiveDate>, VaultError> {
        let sql = "SELECT record FROM session WHERE attended AND nhs ORDER BY record LIMIT 1";
        let mut statement = self.0.prepare_cached(sql)?;
        Ok(statement.query_row([], |row| row.get(0)).optional()?.and_then(day_of))
    }

    fn read_sums(&self, sql: &str, asked: impl rusqlite::Params) -> Result<Vec<SessionSum>, VaultError> {
        let mut statement = self.0.prepare_cached(sql)?;
        let sums = statement.query_map(asked, |row| {
            Ok(SessionSum {
                nhs: row.get(0)?,
                supervised: row.get(1)?,
                mode: row.get(2)?,
                format: row.get(3)?,
                minutes: row.get::<_, i64>(4)?.unsigned_abs(),
                sessions: row.get(5)?,
            })
        })?;
        Ok(sums.collect::<Result<_, _>>()?)
    }
}

/// Whether a session was with a group; nothing where there is no such session.
pub(super) fn in_group(connection: &Connection, id: Uuid) -> Result<Option<bool>, VaultError> {
    let sql = "SELECT format = 'group' FROM record CROSS JOIN session ON session.record = record.seq WHERE id = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([id.as_bytes()], |row| row.get(0)).optional()?)
}

/// Replaces the record's row as a session; a record of another kind has none.
pub(super) fn put(connection: &Connection, seq: i64, record: &Record, is_new: bool) -> Result<(), VaultError> {
    if !is_new {
        connection.prepare_cached("DELETE FROM session WHERE record = ?1")?.execute([seq])?;
    }
    // The view knows the defaults, so that they are stated once.
    let Some(session) = Session::of(record) else { return Ok(()) };
    let sql = "INSERT INTO session (record, attended, minutes, nhs, supervised, mode, format)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let Session { date: _, minutes, format, mode, nhs, supervised, attended } = session;
    connection.prepare_cached(sql)?.execute(params![seq, attended, minutes, nhs, supervised, mode, format])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_sought_and_nothing_else_read() {
        for sql in [SUMS, SUMS_WRITTEN, SUPERVISED, OF_PERIOD] {
            assert!(
                Database::plan(sql).contains("SEARCH session USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"),
                "{}",
                Database::plan(sql)
            );
        }
    }
}
