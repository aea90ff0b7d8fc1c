//! One act, several records: what usually follows a record, prefilled from it.

use serde::Serialize;
use serde_json::Value;

use crate::check::TITLE_MAX;
use crate::kind::{FieldType, Kind, Kinds, Then};
use crate::record::{Draft, Record};

/// A record that could be written next.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Followup {
    /// What it is offered as: "Write a reflection on this session".
    pub label: String,
    /// What its form is prefilled with, including the kind and the day of what it follows.
    pub draft: Draft,
}

/// What usually follows this record, in the order of its kind.
#[must_use]
pub fn followups(record: &Record, kinds: &Kinds) -> Vec<Followup> {
    let then = kinds.of(record).map(|kind| kind.then.as_slice()).unwrap_or_default();
    let offered = then.iter().filter(|then| then.when.as_ref().is_none_or(|when| when.holds(&record.fields)));
    offered.filter_map(|then| Some(prefilled(record, then, kinds.newest_of(&then.kind)?))).collect()
}

fn prefilled(record: &Record, then: &Then, kind: &Kind) -> Followup {
    let mut draft = kind.begin();
    draft.insert("date".to_owned(), record.date.to_string().into());
    let title: String = format!("{}: {}", then.title, record.title).chars().take(TITLE_MAX).collect();
    draft.insert("title".to_owned(), title.into());
    draft.extend(then.set.clone());
    for field in &then.carry {
        draft.extend(record.fields.get(field).map(|value| (field.clone(), value.clone())));
    }
    if let Some(field) = then.link.as_ref().and_then(|link| kind.field(link)) {
        let id = Value::String(record.id.to_string());
        let many = matches!(field.holds, FieldType::Record { many: true, .. });
        draft.insert(field.id.clone(), if many { Value::Array(vec![id]) } else { id });
    }
    Followup { label: then.label.clone(), draft }
}
