//! Claims: which competencies a record is put forward for, and why.

use domain::{Claim, EvidenceKind, Record};
use rusqlite::{Connection, params};

use super::{evidence, other_text, read_other};
use crate::error::VaultError;

/// A record's claims, in its order.
pub(super) fn of(connection: &Connection, seq: i64) -> Result<Vec<Claim>, VaultError> {
    let mut statement = connection
        .prepare_cached("SELECT competency, counts_as, reason, other FROM claim WHERE record = ?1 ORDER BY position")?;
    let mut rows = statement.query([seq])?;
    let mut claims = Vec::new();
    while let Some(row) = rows.next()? {
        let counts_as = match row.get_ref(1)?.as_str_or_null().map_err(rusqlite::Error::from)? {
            Some(id) => Some(evidence::kind_of(id)?),
            None => None,
        };
        let other = read_other(row.get_ref(3)?)?;
        claims.push(Claim { competency: row.get(0)?, counts_as, reason: row.get(2)?, other });
    }
    Ok(claims)
}

/// Writes a record's claims in place of those it had.
pub(super) fn put(connection: &Connection, seq: i64, record: &Record, is_new: bool) -> Result<(), VaultError> {
    if !is_new {
        connection.prepare_cached("DELETE FROM claim WHERE record = ?1")?.execute([seq])?;
    }
    if record.claims.is_empty() {
        return Ok(());
    }
    let mut insert = connection.prepare_cached(
        "INSERT INTO claim (record, position, competency, counts_as, reason, other) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (position, Claim { competency, counts_as, reason, other }) in (0_i64..).zip(&record.claims) {
        let counts_as = counts_as.map(EvidenceKind::id);
        insert.execute(params![seq, position, competency, counts_as, reason, other_text(other)?])?;
    }
    Ok(())
}
