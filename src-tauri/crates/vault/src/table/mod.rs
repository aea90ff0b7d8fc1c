//! One file per table; each holds the SQL of its own.

pub(crate) mod attachment;
pub(crate) mod claim;
pub(crate) mod draft;
pub(crate) mod generation;
pub(crate) mod installed;
pub(crate) mod record;
pub(crate) mod search;

use chrono::{DateTime, SecondsFormat, Utc};

use crate::error::VaultError;

/// A moment as text, exactly and sortable.
fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Nanos, true)
}

/// The moment such a text says.
fn read_moment(text: &str) -> Result<DateTime<Utc>, VaultError> {
    let moment = DateTime::parse_from_rfc3339(text).map_err(|_| VaultError::damaged("a time in vault.db"))?;
    Ok(moment.with_timezone(&Utc))
}
