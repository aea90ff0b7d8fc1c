//! The export report: what went in, what was left out and why, what could not be shown.

use chrono::NaiveDate;
use domain::digest::Sha256Hex;
use domain::{Audience, Record};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::sheet::Sheet;

/// What was written, or would be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ExportReport {
    /// Where it is; nothing when it was only previewed.
    pub path: Option<String>,
    /// What it is known by.
    #[serde(flatten)]
    pub imprint: Imprint,
    /// How large it is.
    pub bytes: u32,
    /// What went in, by kind.
    pub went_in: Vec<WentIn>,
    /// What was left out, and why.
    pub left_out: Vec<LeftOut>,
    /// What could not be shown, or not as it should be.
    pub not_shown: Vec<NotShown>,
}

/// What a file that is given out is known by: in its report, and for good in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Imprint {
    /// What it is written as.
    pub sheet: Sheet,
    /// SHA-256 of the file.
    pub sha256: Sha256Hex,
    /// SHA-256 of the records, people, period and framework that it was made from, as its last page prints it.
    pub fingerprint: Sha256Hex,
    /// For whom it is.
    pub audience: Audience,
    /// The period's first day, where one was given.
    pub from: Option<NaiveDate>,
    /// The period's last day, where one was given.
    pub to: Option<NaiveDate>,
    /// How many records it holds.
    pub records: u32,
    /// How many pages it has.
    pub pages: u32,
}

/// The records of a kind that went in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct WentIn {
    /// Such as `reflection`.
    pub kind: String,
    /// Such as "Reflections".
    pub title: String,
    /// How many.
    pub records: u32,
}

/// Something that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct LeftOut {
    /// What and why, as a sentence for the coach and for whoever reads the portfolio.
    pub why: String,
    /// Which records, where they can be named; never in the portfolio itself.
    pub records: Vec<Named>,
}

/// A record, so that it can be found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Named {
    /// Its id.
    pub id: Uuid,
    /// Such as `reflection`.
    pub kind: String,
    /// The day.
    pub date: NaiveDate,
    /// Its title.
    pub title: String,
}

impl Named {
    pub(super) fn of(record: &Record) -> Named {
        Named { id: record.id, kind: record.kind.clone(), date: record.date, title: record.title.clone() }
    }
}

/// Something that is in a record and could not be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct NotShown {
    /// What and why, as a sentence.
    pub what: String,
    /// The record it is in, where that is known.
    pub record: Option<Named>,
}
