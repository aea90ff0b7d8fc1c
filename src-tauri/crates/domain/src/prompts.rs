//! Reflective and supervision models: the prompts of each, in our own words.

use serde::{Deserialize, Serialize};

/// A model with its prompts (`assets/prompts/<id>.json`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// The id a record's `model` holds, such as `gibbs`.
    pub id: String,
    /// "Gibbs' reflective cycle".
    pub title: String,
    /// One sentence: when it helps.
    pub summary: String,
    /// The kind of record it is for, such as `reflection`.
    #[serde(rename = "for")]
    pub kind: String,
    /// The questions, in order.
    pub prompts: Vec<Prompt>,
}

/// One question of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Prompt {
    /// What stands above the answer, in the form and on paper: "What happened".
    pub prompt: String,
    /// A sentence that helps to answer it.
    pub help: String,
}

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        [$(include_str!(concat!("../../../../assets/prompts/", $name, ".json"))),*]
    };
}

const SHIPPED: &[&str] = &shipped!["what-so-what-now-what", "gibbs", "kolb", "schon", "johns"];

/// The models that are built in.
///
/// # Panics
/// When a shipped file does not read, which a test rules out.
#[must_use]
#[allow(clippy::expect_used, reason = "the files are compiled in and read by a test")]
pub fn shipped() -> Vec<Model> {
    SHIPPED.iter().map(|text| serde_json::from_str(text).expect("a shipped prompt file reads")).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_model_asks_something() {
        for model in super::shipped() {
            assert!(model.prompts.len() >= 3, "{}", model.id);
        }
    }
}
