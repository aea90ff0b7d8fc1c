//! Evidence: what each record counts as, spelled out, and what there is of each kind.

use chrono::NaiveDate;
use domain::counts_as::evidence_of;
use domain::remark::Remark;
use domain::{Evidence, EvidenceKind, Kinds, Record, Tally};
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::day::{day_of, last_of};
use super::session;
use crate::database::Database;
use crate::error::VaultError;

/// What the records count as. An error means that the database cannot be read.
#[derive(Debug, Clone, Copy)]
pub struct EvidenceIndex<'a>(pub(crate) &'a Database);

const COUNTS: &str = "SELECT competency, kind, count FROM tally WHERE count > 0";
/// Newest first; no more are read than are wanted.
const NEWEST: &str = "SELECT record, id FROM evidence WHERE competency = ?1 AND kind = ?2 AND record <= ?3
     ORDER BY record DESC LIMIT ?4";
const FIRST: &str = "SELECT record FROM evidence WHERE competency = ?1 AND kind = ?2 ORDER BY record LIMIT 1";
const OF: &str = "SELECT evidence.kind, evidence.record FROM record CROSS JOIN evidence ON evidence.record = record.seq
     WHERE record.id = ?1 AND competency = ?2";
const UNTIL: &str = "SELECT kind, record, id FROM evidence WHERE competency = ?1 AND record <= ?2";
const LATER: &str = "SELECT count(*) FROM evidence WHERE competency = ?1 AND kind = ?2 AND record > ?3";

impl EvidenceIndex<'_> {
    /// What there is of each kind of evidence for each competency until a day. What is read does not grow with the vault:
    /// only what is dated later is counted, and the rest known by its number.
    pub fn tallies(&self, today: NaiveDate) -> Result<Vec<Tally>, VaultError> {
        let until = last_of(today);
        let mut counts = self.0.prepare_cached(COUNTS)?;
        let mut newest = self.0.prepare_cached(NEWEST)?;
        let mut first = self.0.prepare_cached(FIRST)?;
        let mut later = self.0.prepare_cached(LATER)?;
        // Usually nothing is dated later, and one look is enough.
        let ahead = self.0.prepare_cached("SELECT 1 FROM record WHERE seq > ?1 LIMIT 1")?.exists([until])?;
        let mut rows = counts.query([])?;
        let mut tallies = Vec::new();
        while let Some(row) = rows.next()? {
            let (competency, kind): (String, String) = (row.get(0)?, row.get(1)?);
            let wanted = Tally::NEWEST as i64;
            let mut found: Vec<(NaiveDate, Uuid)> = Vec::with_capacity(Tally::NEWEST);
            let mut records = newest.query(params![competency, kind, until, wanted])?;
            while let Some(row) = records.next()? {
                found.push((day(row.get(0)?)?, Uuid::from_bytes(row.get(1)?)));
            }
            let Some(last) = found.first().map(|(date, _)| *date) else { continue };
            found.sort_unstable_by_key(|of| std::cmp::Reverse(*of));
            let count: i64 = row.get(2)?;
            let future: i64 =
                if ahead { later.query_row(params![competency, kind, until], |row| row.get(0))? } else { 0 };
            let oldest: i64 = first.query_row([&competency, &kind], |row| row.get(0))?;
            let (kind, remark) = sort_of(&kind)?;
            tallies.push(Tally {
                kind,
                remark,
                competency,
                count: u32::try_from(count - future).unwrap_or(u32::MAX),
                first: day(oldest)?,
                last,
                newest: found,
            });
        }
        tallies.sort_by(|a, b| (&a.competency, a.kind, &a.remark).cmp(&(&b.competency, b.kind, &b.remark)));
        Ok(tallies)
    }

    /// What a record counts as for a competency.
    pub fn of(&self, id: Uuid, competency: &str) -> Result<Vec<Evidence>, VaultError> {
        let mut statement = self.0.prepare_cached(OF)?;
        let mut rows = statement.query(params![id.as_bytes(), competency])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let kind: String = row.get(0)?;
            let (date, (kind, remark)) = (day(row.get(1)?)?, sort_of(&kind)?);
            found.push(Evidence { record: id, date, competency: competency.to_owned(), kind, remark });
        }
        Ok(found)
    }

    /// All evidence for a competency until a day, one by one.
    pub fn until(&self, competency: &str, today: NaiveDate) -> Result<Vec<Evidence>, VaultError> {
        let mut statement = self.0.prepare_cached(UNTIL)?;
        let mut rows = statement.query(params![competency, last_of(today)])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let (sort, record): (String, _) = (row.get(0)?, Uuid::from_bytes(row.get(2)?));
            let (date, (kind, remark)) = (day(row.get(1)?)?, sort_of(&sort)?);
            found.push(Evidence { record, date, competency: competency.to_owned(), kind, remark });
        }
        Ok(found)
    }

    /// The number of every competency that there is evidence for.
    pub fn competencies(&self) -> Result<Vec<String>, VaultError> {
        self.0.texts("SELECT DISTINCT competency FROM tally WHERE count > 0 ORDER BY competency")
    }
}

/// Spells out what a record counts as in place of what it counted as before.
pub(super) fn put(
    connection: &Connection,
    seq: i64,
    record: &Record,
    kinds: &Kinds,
    is_new: bool,
) -> Result<(), VaultError> {
    if !is_new {
        connection.prepare_cached("DELETE FROM evidence WHERE record = ?1")?.execute([seq])?;
    }
    if record.claims.is_empty() {
        return Ok(());
    }
    // The same competency may be claimed twice with two reasons.
    let mut insert = connection
        .prepare_cached("INSERT OR IGNORE INTO evidence (competency, kind, record, id) VALUES (?1, ?2, ?3, ?4)")?;
    for piece in spelled_out(connection, record, kinds)? {
        insert.execute(params![piece.competency, sort(&piece), seq, record.id.as_bytes()])?;
    }
    Ok(())
}

/// What a record counts as, with what its session says of it.
fn spelled_out(connection: &Connection, record: &Record, kinds: &Kinds) -> Result<Vec<Evidence>, VaultError> {
    let in_group = match record.reference("session") {
        Some(session) => session::in_group(connection, session)?,
        None => None,
    };
    Ok(evidence_of(record, kinds, in_group))
}

/// A kind of evidence and what there is to know beside it, as one word.
fn sort(piece: &Evidence) -> String {
    match piece.remark {
        Remark::Plain => piece.kind.id().to_owned(),
        _ => format!("{}:{}", piece.kind.id(), piece.remark),
    }
}

fn sort_of(word: &str) -> Result<(EvidenceKind, Remark), VaultError> {
    let (kind, remark) = word.split_once(':').unwrap_or((word, ""));
    let remark = Remark::read(remark).ok_or_else(|| VaultError::damaged("an unknown sort of evidence in vault.db"))?;
    Ok((kind_of(kind)?, remark))
}

fn day(seq: i64) -> Result<NaiveDate, VaultError> {
    day_of(seq).ok_or_else(|| VaultError::damaged("evidence of no day"))
}

pub(super) fn kind_of(id: &str) -> Result<EvidenceKind, VaultError> {
    EvidenceKind::from_id(id).ok_or_else(|| VaultError::damaged("an unknown kind of evidence in vault.db"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_record_counts_as_is_read_by_seeks() {
        let plan = Database::plan(OF);
        assert!(
            plan.contains("SEARCH record USING")
                && plan.contains("SEARCH evidence USING COVERING INDEX evidence_record"),
            "{plan}"
        );
    }

    #[test]
    fn tallies_are_read_by_seeks() {
        for sql in [NEWEST, FIRST, LATER] {
            let plan = Database::plan(sql);
            assert!(plan.contains("SEARCH evidence USING PRIMARY KEY (competency=? AND kind=?"), "{plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{plan}");
        }
    }
}
