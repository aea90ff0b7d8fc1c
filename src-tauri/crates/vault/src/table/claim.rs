//! Claims: which competencies a record is put forward for, and what it counts as there.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{Claim, Evidence, EvidenceKind, Kinds, Record};
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::record::day_of;
use crate::error::VaultError;

/// A record's claims, in its order.
pub(crate) fn of(connection: &Connection, seq: i64) -> Result<Vec<Claim>, VaultError> {
    let mut statement = connection
        .prepare_cached("SELECT competency, counts_as, reason FROM claim WHERE record = ?1 ORDER BY position")?;
    let mut rows = statement.query([seq])?;
    let mut claims = Vec::new();
    while let Some(row) = rows.next()? {
        let counts_as = match row.get_ref(1)?.as_str_or_null().map_err(rusqlite::Error::from)? {
            Some(id) => Some(evidence_kind(id)?),
            None => None,
        };
        claims.push(Claim { competency: row.get(0)?, counts_as, reason: row.get(2)? });
    }
    Ok(claims)
}

/// Writes a record's claims in place of those it had, and spells out what they count as.
pub(crate) fn put(connection: &Connection, seq: i64, record: &Record, kinds: &Kinds) -> Result<(), VaultError> {
    connection.prepare_cached("DELETE FROM claim WHERE record = ?1")?.execute([seq])?;
    connection.prepare_cached("DELETE FROM evidence WHERE record = ?1")?.execute([seq])?;
    let mut claim = connection.prepare_cached(
        "INSERT INTO claim (record, position, competency, counts_as, reason) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    // The same competency may be claimed twice with two reasons.
    let mut evidence =
        connection.prepare_cached("INSERT OR IGNORE INTO evidence (record, competency, kind) VALUES (?1, ?2, ?3)")?;
    let offered = kinds.get(&record.kind).map(|kind| kind.offered(&record.fields)).unwrap_or_default();
    for (position, Claim { competency, counts_as, reason }) in (0_i64..).zip(&record.claims) {
        claim.execute(params![seq, position, competency, counts_as.map(EvidenceKind::id), reason])?;
        for kind in counts_as.as_ref().map_or(offered.as_slice(), std::slice::from_ref) {
            evidence.execute(params![seq, competency, kind.id()])?;
        }
    }
    Ok(())
}

/// What every record counts as, newest first.
pub(crate) fn evidence(connection: &Connection) -> Result<Vec<Evidence>, VaultError> {
    // The ids come from their index, which holds nothing else; a join would read every record's texts.
    let mut ids = connection.prepare_cached("SELECT seq, id FROM record INDEXED BY sqlite_autoindex_record_1")?;
    let ids = ids.query_map([], |row| Ok((row.get(0)?, Uuid::from_bytes(row.get(1)?))))?;
    let ids = ids.collect::<Result<HashMap<i64, Uuid>, _>>()?;
    let mut statement = connection.prepare_cached(
        "SELECT record, competency, kind FROM evidence ORDER BY record DESC, competency DESC, kind DESC",
    )?;
    let mut rows = statement.query([])?;
    let mut evidence = Vec::new();
    let mut last: Option<(i64, Uuid, NaiveDate)> = None;
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        let (_, record, date) = match last {
            Some(last) if last.0 == seq => last,
            _ => {
                let stray = || VaultError::damaged("evidence without its record");
                (seq, *ids.get(&seq).ok_or_else(stray)?, day_of(seq).ok_or_else(stray)?)
            }
        };
        last = Some((seq, record, date));
        let kind = evidence_kind(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)?;
        evidence.push(Evidence { record, date, competency: row.get(1)?, kind });
    }
    Ok(evidence)
}

fn evidence_kind(id: &str) -> Result<EvidenceKind, VaultError> {
    EvidenceKind::from_id(id).ok_or_else(|| VaultError::damaged("an unknown kind of evidence in vault.db"))
}
