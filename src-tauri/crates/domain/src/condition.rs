//! When something in a kind holds: "the source is audio or film", "a certificate is attached".

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A condition on the values of a record, as kinds state it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(untagged, deny_unknown_fields)]
pub enum Condition {
    /// Every one of these holds.
    All {
        /// The conditions.
        all: Vec<Condition>,
    },
    /// At least one of these holds.
    Any {
        /// The conditions.
        any: Vec<Condition>,
    },
    /// The field holds one of these values.
    In {
        /// The field's id.
        field: String,
        /// The values, of which one is enough.
        #[serde(rename = "in")]
        values: Vec<Value>,
    },
    /// The field is filled, and with none of these values.
    NotIn {
        /// The field's id.
        field: String,
        /// The values it does not hold.
        #[serde(rename = "not_in")]
        values: Vec<Value>,
    },
    /// The field is filled: neither absent nor empty (or, when false, it is not).
    Filled {
        /// The field's id.
        field: String,
        /// Whether it should be filled.
        filled: bool,
    },
}

impl Condition {
    /// Whether the condition holds for these values.
    #[must_use]
    pub fn holds(&self, values: &Map<String, Value>) -> bool {
        match self {
            Condition::All { all } => all.iter().all(|condition| condition.holds(values)),
            Condition::Any { any } => any.iter().any(|condition| condition.holds(values)),
            Condition::NotIn { field, values: unwanted } => {
                values.get(field).is_some_and(|value| is_filled(value) && !unwanted.contains(value))
            }
            Condition::In { field, values: wanted } => values.get(field).is_some_and(|value| wanted.contains(value)),
            Condition::Filled { field, filled } => values.get(field).is_some_and(is_filled) == *filled,
        }
    }

    /// The ids of the fields the condition looks at.
    #[must_use]
    pub fn fields(&self) -> Vec<&str> {
        match self {
            Condition::All { all: several } | Condition::Any { any: several } => {
                several.iter().flat_map(Condition::fields).collect()
            }
            Condition::In { field, .. } | Condition::NotIn { field, .. } | Condition::Filled { field, .. } => {
                vec![field]
            }
        }
    }
}

/// Whether a value says anything: not null, not blank text, not an empty list or group.
#[must_use]
pub fn is_filled(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(map) => map.values().any(is_filled),
        Value::Bool(_) | Value::Number(_) => true,
    }
}
