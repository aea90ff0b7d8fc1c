//! Reflective and supervision models: the prompts of each, in our own words.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// A model with its prompts (`assets/models/<for>/<id>.json`). What it is for and its id tell it from every other: Schön's
/// is there for reflections and for supervision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// What a record's `model` holds, such as `gibbs`, or `own:Three small words` for one of the coach's own.
    pub id: String,
    /// "Gibbs’ reflective cycle".
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
    /// The heading above the answer: "What happened".
    pub prompt: String,
    /// The heading on paper, where the one of the form speaks to the coach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<String>,
    /// A sentence that helps to answer it.
    pub help: String,
}

impl Model {
    /// What a reader is told for one of its prompts; the prompt itself where it is none of them.
    #[must_use]
    pub fn told<'p>(&'p self, prompt: &'p str) -> &'p str {
        let known = self.prompts.iter().find(|known| known.prompt == prompt);
        known.and_then(|known| known.told.as_deref()).unwrap_or(prompt)
    }
}

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        [$(include_str!(concat!("../../../../assets/models/", $name, ".json"))),*]
    };
}

/// The files in `assets/models`, in the order in which models are offered; a test makes sure that none is left out.
const SHIPPED: &[&str] = &shipped![
    "reflection/what-so-what-now-what",
    "reflection/gibbs",
    "reflection/kolb",
    "reflection/schon",
    "reflection/johns",
    "supervision/tgrow",
    "supervision/clear",
    "supervision/racsr",
    "supervision/seven-eyed",
    "supervision/over-here-over-there",
    "supervision/action-learning-set",
    "supervision/schon",
];

#[allow(clippy::expect_used, reason = "the files are compiled in and read by a test")]
static MODELS: LazyLock<Vec<Model>> = LazyLock::new(|| {
    SHIPPED.iter().map(|text| serde_json::from_str(text).expect("a shipped prompt file reads")).collect()
});

/// The models that are built in.
///
/// # Panics
/// When a shipped file cannot be read, which a test rules out.
#[must_use]
pub fn shipped() -> Vec<Model> {
    MODELS.clone()
}

/// The built-in model with this id, for a kind of record.
#[must_use]
pub fn of(kind: &str, id: &str) -> Option<&'static Model> {
    MODELS.iter().find(|model| model.kind == kind && model.id == id)
}
