//! What a record of a kind can count as, and what must hold between its fields.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Field, Kind};
use crate::condition::{Condition, is_filled};
use crate::evidence::EvidenceKind;

/// A kind of evidence that a record can count as.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// What it counts as.
    pub evidence: EvidenceKind,
    /// When; nothing means always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
}

/// A rule between fields: when the condition holds, the field must hold the value, or any value at all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// When the rule applies.
    pub when: Condition,
    /// The field it is about.
    pub field: String,
    /// What the field must hold then. A rule has this or `must_be_filled`, and never both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub must_be: Option<Value>,
    /// The field must hold something then, whatever it is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub must_be_filled: bool,
    /// Why, in a sentence that says what to do.
    pub message: String,
}

impl Rule {
    /// Whether the values keep the rule.
    #[must_use]
    pub fn is_kept(&self, values: &Map<String, Value>) -> bool {
        let value = values.get(&self.field);
        !self.when.holds(values)
            || match &self.must_be {
                Some(wanted) => value == Some(wanted),
                None => value.is_some_and(is_filled),
            }
    }
}

impl Kind {
    /// What a record with these values can count as (docs/records.md, "The kinds"). A value that the form would not
    /// show says nothing: notes are reviewed in health coaching supervision alone, whatever was answered before the
    /// type was changed.
    #[must_use]
    pub fn offered(&self, values: &Map<String, Value>) -> Vec<EvidenceKind> {
        let said = self.said(values);
        let mut offered = Vec::new();
        for offer in &self.offers {
            let holds = offer.when.as_ref().is_none_or(|when| when.holds(&said));
            if holds && !offered.contains(&offer.evidence) {
                offered.push(offer.evidence);
            }
        }
        offered
    }

    /// The values of the kind's own fields that the form would show.
    pub(crate) fn said(&self, values: &Map<String, Value>) -> Map<String, Value> {
        let own = |field: &Field| Some((field.id.clone(), values.get(&field.id)?.clone()));
        let mut said: Map<String, Value> = self.fields.iter().filter_map(own).collect();
        // Taking one away may take away what another was shown for.
        loop {
            let conceals = |field: &&Field| field.when.as_ref().is_some_and(|when| !when.holds(&said));
            let concealed: Vec<&Field> =
                self.fields.iter().filter(|field| said.contains_key(&field.id)).filter(conceals).collect();
            if concealed.is_empty() {
                return said;
            }
            for field in concealed {
                said.shift_remove(&field.id);
            }
        }
    }
}
