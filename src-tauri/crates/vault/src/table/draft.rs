//! Drafts: what was typed and not yet saved, so that nothing typed is lost.

use chrono::{DateTime, Utc};
use domain::Draft;
use rusqlite::{Connection, params};
use serde_json::Value;
use uuid::Uuid;

use super::{moment, read_moment};
use crate::error::VaultError;

/// A draft that waits to be finished.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptDraft {
    /// The id of the record it will be, or is being edited.
    pub id: Uuid,
    /// What was typed.
    pub draft: Draft,
    /// When it was last kept.
    pub touched: DateTime<Utc>,
}

/// Newest first; a draft of a record in the bin waits there with it.
pub(crate) fn all(connection: &Connection) -> Result<Vec<KeptDraft>, VaultError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, content, touched FROM draft WHERE id NOT IN (SELECT record FROM bin) ORDER BY touched DESC, id",
    )?;
    let mut rows = statement.query([])?;
    let mut drafts = Vec::new();
    while let Some(row) = rows.next()? {
        let id = Uuid::from_bytes(row.get(0)?);
        let content = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        let draft = serde_json::from_str(content).map_err(|_| VaultError::damaged(format!("draft {id}")))?;
        let touched = read_moment(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)?;
        drafts.push(KeptDraft { id, draft, touched });
    }
    Ok(drafts)
}

pub(crate) fn put(connection: &Connection, id: Uuid, draft: &Draft, now: DateTime<Utc>) -> Result<(), VaultError> {
    let kind = draft.get("kind").and_then(Value::as_str).unwrap_or_default();
    let content = serde_json::to_string(draft).map_err(|_| VaultError::damaged("the draft"))?;
    let sql = "INSERT INTO draft (id, kind, content, touched) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, content = excluded.content,
                                              touched = excluded.touched";
    connection.prepare_cached(sql)?.execute(params![id.as_bytes(), kind, content, moment(now)])?;
    Ok(())
}

/// Removes a draft; there need not be one.
pub(crate) fn remove(connection: &Connection, id: Uuid) -> Result<(), VaultError> {
    connection.prepare_cached("DELETE FROM draft WHERE id = ?1")?.execute([id.as_bytes()])?;
    Ok(())
}
