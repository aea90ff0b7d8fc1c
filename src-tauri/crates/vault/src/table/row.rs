//! A record's row, read back.

use domain::{Origin, Record};
use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{attachment, claim, read_moment};
use crate::error::VaultError;

/// What [`read`] needs of a row, in its order.
pub(super) const COLUMNS: &str = "seq, id, kind, date, created, modified, own, title, body";

/// The part of a record that needs no columns of its own.
#[derive(Serialize, Deserialize)]
pub(super) struct Own<T, O, F> {
    /// Nothing means the first version of its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kind_version: Option<u8>,
    pub(super) tags: T,
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub(super) origin: Option<O>,
    pub(super) fields: F,
}

pub(super) fn read(connection: &Connection, row: &Row<'_>) -> Result<Record, VaultError> {
    let (seq, mut record) = read_row(row)?;
    let id = record.id;
    // A damaged link damages this record and hides no other.
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
    // A parser's message could quote the record, so only its id is given.
    let broken = || VaultError::Unreadable { id };
    let own: Own<Vec<String>, Origin, Map<String, Value>> = serde_json::from_str(text(6)?).map_err(|_| broken())?;
    let record = Record {
        id,
        kind: row.get(2)?,
        kind_version: own.kind_version.unwrap_or(1),
        date: text(3)?.parse().map_err(|_| broken())?,
        created: read_moment(text(4)?).map_err(|_| broken())?,
        modified: read_moment(text(5)?).map_err(|_| broken())?,
        title: row.get(7)?,
        body: row.get(8)?,
        tags: own.tags,
        claims: Vec::new(),
        attachments: Vec::new(),
        origin: own.origin,
        fields: own.fields,
    };
    Ok((row.get(0)?, record))
}
