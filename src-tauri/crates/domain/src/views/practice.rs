//! A session, as far as rules of thumb look at it.

use chrono::NaiveDate;
use uuid::Uuid;

use super::fields::{text, yes};
use crate::record::Record;

/// A session, as far as rules of thumb look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practice {
    /// The record's id.
    pub id: Uuid,
    /// The day.
    pub date: NaiveDate,
    /// A pseudonym.
    pub client: Option<String>,
    /// The client came.
    pub attended: bool,
    /// NHS coaching.
    pub nhs: bool,
    /// The client was under 18.
    pub under_18: bool,
}

impl Practice {
    /// The session a record is, if it is one.
    #[must_use]
    pub fn of(record: &Record) -> Option<Practice> {
        (record.kind == "session").then(|| Practice {
            id: record.id,
            date: record.date,
            client: text(&record.fields, "client").map(str::to_owned),
            attended: record.text("outcome").unwrap_or("attended") == "attended",
            nhs: record.yes("nhs").unwrap_or(true),
            under_18: yes(&record.fields, "under_18"),
        })
    }
}
