//! What is kept beside the records so that nothing has to be reckoned anew, made anew all the same and held against what is
//! there: what a record counts as, its narrow rows, who names whom, the sums over all of it, and its words for search.

use std::collections::BTreeSet;

use domain::Kinds;
use rusqlite::Connection;
use rusqlite::types::Value;
use uuid::Uuid;

use super::day::day_of;
use super::record::{Records, RecordsMut};
use super::search;
use crate::database::Database;
use crate::error::VaultError;

/// What each record should have beside it: the table's word, and what is read of it.
const OF_EACH: [(&str, &str); 5] = [
    ("what it counts as", "SELECT competency, kind, id FROM evidence NOT INDEXED WHERE record = ?1 ORDER BY 1, 2"),
    ("the hours", "SELECT attended, minutes, nhs, supervised, mode, format FROM session WHERE record = ?1"),
    ("the rhythm", "SELECT id, type, individual, minutes FROM supervision WHERE record = ?1"),
    (
        "the caseload",
        "SELECT minutes, grouped, outcome, review, client, practice, referred_from, ended FROM visit WHERE record = ?1",
    ),
    ("the records it names", "SELECT named FROM mention NOT INDEXED WHERE record = ?1 ORDER BY 1"),
];

/// The sums over all records.
const OF_ALL: [(&str, &str); 2] = [
    ("the number of pieces of evidence", "SELECT competency, kind, count FROM tally WHERE count <> 0 ORDER BY 1, 2"),
    (
        "the sums of hours",
        "SELECT nhs, supervised, mode, format, minutes, sessions FROM session_total WHERE sessions <> 0 ORDER BY 1, 2, 3, 4",
    ),
];

/// A second database in memory, with as much of each record as the tables beside it are made from.
pub(crate) struct Beside {
    anew: Database,
    /// Some records could not be read, so that sums cannot be compared.
    partly: bool,
}

impl Beside {
    /// Makes all of it anew.
    pub(crate) fn anew(database: &Database, kinds: &Kinds) -> Result<Beside, VaultError> {
        let anew = Database::empty()?;
        // Of search there is another check.
        anew.execute_batch("DROP TRIGGER record_search_insert")?;
        let mut beside = Beside { anew, partly: false };
        let transaction = beside.anew.unchecked_transaction()?;
        let mut rows = beside.anew.prepare(
            "INSERT INTO record (seq, id, kind, date, created, modified, said, own, title, claims_text, answers, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, '', '', '', '')",
        )?;
        let mut file = beside.anew.prepare("INSERT OR IGNORE INTO attachment (sha256, bytes) VALUES (?1, x'')")?;
        let sql = "SELECT seq, id, kind, date, created, modified, said, own FROM record ORDER BY seq";
        let mut partly = false;
        for row in all(database, sql, [])? {
            let (Some(Value::Integer(seq)), Some(Value::Blob(id))) = (row.first(), row.get(1)) else { continue };
            let Ok(id) = Uuid::from_slice(id) else { continue };
            match Records(database).get(id) {
                Ok(Some(record)) => {
                    rows.execute(rusqlite::params_from_iter(&row))?;
                    for attachment in &record.attachments {
                        file.execute([&attachment.sha256])?;
                    }
                    RecordsMut(&beside.anew).beside(*seq, &record, kinds, true)?;
                }
                // That is told of the record itself.
                _ => partly = true,
            }
        }
        drop((rows, file));
        transaction.commit()?;
        beside.partly = partly;
        Ok(beside)
    }

    /// What differs, in a few words each.
    pub(crate) fn differing(&self, database: &Database, kinds: &Kinds) -> Result<Vec<String>, VaultError> {
        let mut differing = Vec::new();
        for row in all(&self.anew, "SELECT seq, id, date FROM record ORDER BY seq", [])? {
            let (Some(Value::Integer(seq)), Some(Value::Blob(id)), Some(Value::Text(date))) =
                (row.first(), row.get(1), row.get(2))
            else {
                continue;
            };
            let Ok(id) = Uuid::from_slice(id) else { continue };
            let mut tell = |what: &str| differing.push(format!("{what}, of record {id}"));
            for (what, sql) in OF_EACH {
                if all(database, sql, [seq])? != all(&self.anew, sql, [seq])? {
                    tell(what);
                }
            }
            if day_of(*seq).is_none_or(|day| day.to_string() != *date) {
                tell("its place among the days");
            }
            if let Some(record) = Records(database).get(id)? {
                let kept = all(database, "SELECT claims_text, answers FROM record WHERE seq = ?1", [seq])?;
                let made = [search::claims_text(&record), search::answers(&record, kinds)].map(Value::Text);
                if kept.first().is_none_or(|kept| *kept != made) {
                    tell("its words for search");
                }
            }
        }
        if !self.partly {
            for (what, sql) in OF_ALL {
                let (kept, made) = (all(database, sql, [])?, all(&self.anew, sql, [])?);
                if kept != made {
                    differing.push(what.to_owned());
                }
            }
            // What no record has; it is told which table, since there is nobody to name.
            for (what, table) in [
                ("what records count as", "evidence"),
                ("the hours", "session"),
                ("the rhythm", "supervision"),
                ("the caseload", "visit"),
                ("who names whom", "mention"),
            ] {
                let sql = format!("SELECT DISTINCT record FROM {table}");
                let numbers = |of| -> Result<BTreeSet<i64>, VaultError> {
                    let integer = |row: Vec<Value>| match row[..] {
                        [Value::Integer(seq)] => Some(seq),
                        _ => None,
                    };
                    Ok(all(of, &sql, [])?.into_iter().filter_map(integer).collect())
                };
                if !numbers(database)?.is_subset(&numbers(&self.anew)?) {
                    differing.push(format!("{what}, of a record that has none"));
                }
            }
        }
        Ok(differing)
    }
}

/// A query's rows.
fn all(connection: &Connection, sql: &str, asked: impl rusqlite::Params) -> Result<Vec<Vec<Value>>, VaultError> {
    let mut statement = connection.prepare_cached(sql)?;
    let columns = statement.column_count();
    let rows = statement.query_map(asked, |row| (0..columns).map(|column| row.get(column)).collect())?;
    Ok(rows.collect::<Result<_, _>>()?)
}
