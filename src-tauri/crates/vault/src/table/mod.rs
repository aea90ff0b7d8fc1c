//! One file per table; each holds the SQL of its own.

pub(crate) mod attachment;
pub(crate) mod beside;
pub(crate) mod bin;
mod claim;
mod count;
pub(crate) mod day;
pub(crate) mod draft;
pub(crate) mod evidence;
pub(crate) mod generation;
pub(crate) mod installed;
pub(crate) mod list;
pub(crate) mod mention;
pub(crate) mod record;
pub(crate) mod release;
mod row;
pub(crate) mod search;
pub(crate) mod session;
pub(crate) mod supervision;
pub(crate) mod tombstone;
pub(crate) mod version;
pub(crate) mod visit;

use chrono::{DateTime, SecondsFormat, Utc};
use domain::Record;
use rusqlite::types::ValueRef;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::error::VaultError;

/// SHA-256 of what a record says ([`domain::Record::content`]).
pub(crate) type Digest = [u8; 32];

fn digest_of(record: &Record) -> Digest {
    Sha256::digest(record.content()).into()
}

/// A moment as text, exactly and sortable.
pub(crate) fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Nanos, true)
}

/// The moment such a text says.
fn read_moment(text: &str) -> Result<DateTime<Utc>, VaultError> {
    let moment = DateTime::parse_from_rfc3339(text).map_err(|_| VaultError::damaged("a time in vault.db"))?;
    Ok(moment.with_timezone(&Utc))
}

/// Unknown fields as text; nothing where there are none.
fn other_text(other: &Map<String, Value>) -> Result<Option<String>, VaultError> {
    if other.is_empty() {
        return Ok(None);
    }
    let text = serde_json::to_string(other).map_err(|_| VaultError::damaged("the record to save"))?;
    Ok(Some(text))
}

/// The fields such a text holds.
fn read_other(text: ValueRef<'_>) -> Result<Map<String, Value>, VaultError> {
    match text.as_str_or_null().map_err(rusqlite::Error::from)? {
        None => Ok(Map::new()),
        Some(text) => serde_json::from_str(text).map_err(|_| VaultError::damaged("unknown fields in vault.db")),
    }
}
