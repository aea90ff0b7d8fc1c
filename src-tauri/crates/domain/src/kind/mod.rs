//! Record kinds as data: the form, the command line, the PDF and the JSON Schema all come from here.

mod choice;
mod field;
mod kinds;
mod offer;
mod readers;

use std::slice;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::condition::{Condition, is_filled};
use crate::record::Draft;

pub use choice::{Choice, OWN_MAX, label, own, own_name, told};
pub use field::{Field, FieldType, FrameworkList, Prominence};
pub use kinds::Kinds;
pub use offer::{Offer, Rule};
pub use readers::{About, Goes, ReaderRule};

/// What one kind of record consists of (`assets/kinds/<id>.v<version>.json`).
///
/// Once a version of a kind is released (with the first tag that ships it), what a record of it can hold and count as is
/// frozen: its fields with their ids, types, limits, defaults and conditions, its rules and its offers. A change to any of
/// them is a new version in a file beside it, so that what was written in the old one still reads, checks and prints as it
/// did. What is only said or shown may change in place: titles, labels, help, messages, examples, the order of the fields,
/// what usually follows, and for whom records and fields are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Such as `reflection`.
    pub id: String,
    /// From 1; a record says with which version it was written ([`crate::Record::kind_version`]).
    pub version: u8,
    /// "Reflection".
    pub title: String,
    /// "Reflections".
    pub plural: String,
    /// One sentence: what it is for.
    pub summary: String,
    /// What an empty page of this kind says.
    pub empty: String,
    /// What a good title looks like.
    pub title_example: String,
    /// The field that gives a record its title when it has none of its own, such as a person's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_from: Option<String>,
    /// What the free text is called in the form; nothing means the kind is written in its fields alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_label: Option<String>,
    /// One per vault.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub single: bool,
    /// What its records are about.
    #[serde(default)]
    pub about: About,
    /// Who may read its records, beside the coach; nothing means nobody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readers: Vec<ReaderRule>,
    /// In the order of the form.
    pub fields: Vec<Field>,
    /// What a record of this kind can count as, and when.
    pub offers: Vec<Offer>,
    /// What must hold between fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// What is usually written next: one act, several records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<Then>,
}

/// A record that usually follows one of this kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Then {
    /// The kind of what follows.
    pub kind: String,
    /// What it is offered as: "Write a reflection on this session".
    pub label: String,
    /// What its title begins with, before the title of what it follows.
    pub title: String,
    /// When it is offered; nothing means always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// What its form is prefilled with.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub set: Map<String, Value>,
    /// The field of what follows that points back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Fields that are carried over as they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carry: Vec<String>,
}

impl Kind {
    /// The field with this id.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// Begins a draft of this kind: it names the kind and, from the second on, the version.
    #[must_use]
    pub fn begin(&self) -> Draft {
        let mut draft = Draft::new();
        draft.insert("kind".to_owned(), self.id.clone().into());
        if self.version > 1 {
            draft.insert("kind_version".to_owned(), self.version.into());
        }
        draft
    }

    /// Gives a draft without a title the one its kind takes from another field.
    pub fn entitle(&self, draft: &mut Map<String, Value>) {
        let has_title = draft.get("title").is_some_and(is_filled);
        let from = self.title_from.as_ref().and_then(|field| draft.get(field)).filter(|value| is_filled(value));
        if let (false, Some(title)) = (has_title, from.cloned()) {
            draft.insert("title".to_owned(), title);
        }
    }

    /// The records that these values name, each with the field, such as `actions[0].person`.
    #[must_use]
    pub fn references(&self, values: &Map<String, Value>) -> Vec<(String, Uuid)> {
        let mut found = Vec::new();
        for (place, field, value) in self.values(values) {
            if matches!(field.holds, FieldType::Record { .. }) {
                let ids = value.as_array().map_or(slice::from_ref(value), Vec::as_slice);
                let ids = ids.iter().filter_map(|id| Uuid::parse_str(id.as_str()?).ok());
                found.extend(ids.map(|id| (place.to_string(), id)));
            }
        }
        found
    }
}
