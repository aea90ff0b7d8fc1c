//! A record: one thing that happened, or one thing the coach wrote, on a day.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::evidence::EvidenceKind;
use crate::origin::Origin;

/// A record as it was typed or read, before [`crate::check()`]: any JSON object.
pub type Draft = Map<String, Value>;

/// The fields every kind has; all others belong to the kind or are unknown and kept.
pub const COMMON: [&str; 12] = [
    "id",
    "kind",
    "kind_version",
    "date",
    "title",
    "body",
    "tags",
    "claims",
    "attachments",
    "origin",
    "created",
    "modified",
];

/// A record that fits its kind, in the open form: its own fields stand beside the common ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Record {
    /// UUID, version 7 when made here.
    pub id: Uuid,
    /// The id of the record's kind, such as `reflection`.
    pub kind: String,
    /// The version of the kind it was written with, from 1. The first goes without saying: it is not written, and nothing
    /// means 1.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub kind_version: u8,
    /// The day it happened.
    pub date: NaiveDate,
    /// One line of up to 200 characters.
    pub title: String,
    /// Markdown (CommonMark, tables, task lists).
    #[serde(default)]
    pub body: String,
    /// Words of the coach's own to find it by.
    #[serde(default)]
    pub tags: Vec<String>,
    /// What the record is put forward for.
    #[serde(default)]
    pub claims: Vec<Claim>,
    /// Files kept with the record; their content lies in the vault.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Where it came from; nothing when it was written here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// When it was first saved.
    pub created: DateTime<Utc>,
    /// When it was last saved.
    pub modified: DateTime<Utc>,
    /// The kind's own fields, and any that this version does not know.
    #[serde(flatten)]
    pub fields: Map<String, Value>,
}

/// A claim: this record shows something of that competency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Claim {
    /// The competency's number, such as `1.3`.
    pub competency: String,
    /// What it counts as; nothing means everything the record offers.
    #[serde(rename = "as", default, skip_serializing_if = "Option::is_none")]
    pub counts_as: Option<EvidenceKind>,
    /// Markdown: how the record shows the competency.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Fields that nobody knows, kept and given back.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A file kept with a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Attachment {
    /// The file's name, without folders.
    pub name: String,
    /// Such as `application/pdf`.
    pub media_type: String,
    /// SHA-256 of the content, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// The content's length in bytes.
    pub bytes: u32,
    /// Fields that nobody knows, kept and given back.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

fn first() -> u8 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_first(version: &u8) -> bool {
    *version == 1
}

impl Record {
    /// The text of one of the kind's own fields, if it is there and is text.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&str> {
        self.fields.get(field).and_then(Value::as_str)
    }

    /// A whole number of one of the kind's own fields.
    #[must_use]
    pub fn whole(&self, field: &str) -> Option<u32> {
        self.fields.get(field).and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok())
    }

    /// A yes or no of one of the kind's own fields.
    #[must_use]
    pub fn yes(&self, field: &str) -> Option<bool> {
        self.fields.get(field).and_then(Value::as_bool)
    }

    /// A record id held in one of the kind's own fields, such as a supervision's `supervisor`.
    #[must_use]
    pub fn reference(&self, field: &str) -> Option<Uuid> {
        self.text(field).and_then(|text| Uuid::parse_str(text).ok())
    }

    /// The record as a draft again, for the form to edit.
    #[must_use]
    pub fn to_draft(&self) -> Draft {
        match serde_json::to_value(self) {
            Ok(Value::Object(map)) => map,
            // A record holds only strings, numbers and lists of them, which always serialise to an object.
            _ => Draft::new(),
        }
    }
}
