//! Choices: what people read for a value, and names of the coach's own among them.

use serde::{Deserialize, Serialize};

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The value in the open form.
    pub id: String,
    /// What people read.
    pub label: String,
    /// What a reader of the portfolio is told, where the label speaks to the coach or as the coach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<String>,
}

/// What stands before the name of something of the coach's own where others choose from a list.
const OWN: &str = "own:";
/// The longest name of something of the coach's own, in characters.
pub const OWN_MAX: usize = 100;

/// The value of a choice for something of the coach's own.
#[must_use]
pub fn own(name: &str) -> String {
    format!("{OWN}{name}")
}

/// The name in `own:<name>`, if the value of a choice is something of the coach's own.
#[must_use]
pub fn own_name(value: &str) -> Option<&str> {
    value.strip_prefix(OWN)
}

/// What a reader of the portfolio is told for the value of a choice.
#[must_use]
pub fn told<'v>(options: &'v [Choice], value: &'v str) -> &'v str {
    let option = options.iter().find(|option| option.id == value);
    option.and_then(|option| option.told.as_deref()).unwrap_or_else(|| label(options, value))
}

/// What people read for the value of a choice.
#[must_use]
pub fn label<'v>(options: &'v [Choice], value: &'v str) -> &'v str {
    let option = options.iter().find(|option| option.id == value);
    option.map_or_else(|| own_name(value).unwrap_or(value), |option| &option.label)
}
