//! Drafts: what was typed and not yet saved, so that nothing typed is lost.

use chrono::{DateTime, Utc};
use domain::Draft;
use rusqlite::params;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::{moment, read_moment};
use crate::database::Database;
use crate::error::VaultError;

/// Something that is being written and is not a record yet, or a record that is being changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct KeptDraft {
    /// The record's id.
    pub id: Uuid,
    /// What was typed so far.
    pub draft: Draft,
    /// When it was last touched.
    pub touched: DateTime<Utc>,
}

/// What was typed and not yet saved. An error means that the database cannot be read.
#[derive(Debug, Clone, Copy)]
pub struct Drafts<'a>(pub(crate) &'a Database);

impl Drafts<'_> {
    /// All of them, most recently touched first; a draft of a record in the bin waits there with it.
    pub fn all(&self) -> Result<Vec<KeptDraft>, VaultError> {
        let mut statement = self.0.prepare_cached(
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

    /// The ids of those that cannot be read, or are not of the kind that is noted of them, for [`crate::verify`].
    pub(crate) fn unreadable(&self) -> Result<Vec<Uuid>, VaultError> {
        let mut statement = self.0.prepare("SELECT id, kind, content, touched FROM draft ORDER BY id")?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
            let draft: Option<Draft> = serde_json::from_str(text(2)?).ok();
            let kind = draft.as_ref().map(kind_of);
            if kind != Some(text(1)?) || read_moment(text(3)?).is_err() {
                found.push(Uuid::from_bytes(row.get(0)?));
            }
        }
        Ok(found)
    }
}

/// The kind of what is being written.
fn kind_of(draft: &Draft) -> &str {
    draft.get("kind").and_then(Value::as_str).unwrap_or_default()
}

/// Keeps what is being typed.
#[derive(Debug, Clone, Copy)]
pub struct DraftsMut<'a>(pub(crate) &'a Database);

impl DraftsMut<'_> {
    /// Keeps what was typed so far, in place of what was kept under this id before.
    pub fn keep(&self, id: Uuid, draft: &Draft, now: DateTime<Utc>) -> Result<(), VaultError> {
        let kind = kind_of(draft);
        let content = serde_json::to_string(draft).map_err(|_| VaultError::damaged("the draft"))?;
        let sql = "INSERT INTO draft (id, kind, content, touched) VALUES (?1, ?2, ?3, ?4)
                   ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, content = excluded.content,
                                                  touched = excluded.touched";
        self.0.prepare_cached(sql)?.execute(params![id.as_bytes(), kind, content, moment(now)])?;
        Ok(())
    }

    /// Forgets a draft; there need not be one.
    pub fn forget(&self, id: Uuid) -> Result<(), VaultError> {
        self.0.prepare_cached("DELETE FROM draft WHERE id = ?1")?.execute([id.as_bytes()])?;
        Ok(())
    }
}
