//! The three kinds of supervision, and how often each is expected.

use serde::{Deserialize, Serialize};

/// The three kinds of supervision (B1570, section 4.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the framework's own")]
pub enum SupervisionType {
    HealthCoaching,
    LineManagement,
    Clinical,
}

impl SupervisionType {
    /// All three.
    pub const ALL: [SupervisionType; 3] =
        [SupervisionType::HealthCoaching, SupervisionType::LineManagement, SupervisionType::Clinical];

    /// The kind with this id, if there is one.
    #[must_use]
    pub fn from_id(id: &str) -> Option<SupervisionType> {
        SupervisionType::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// The id used in files, such as `health-coaching`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            SupervisionType::HealthCoaching => "health-coaching",
            SupervisionType::LineManagement => "line-management",
            SupervisionType::Clinical => "clinical",
        }
    }
}

/// How often one kind of supervision is expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct SupervisionRhythm {
    /// Which kind.
    pub supervision: SupervisionType,
    /// "Health coaching supervision".
    pub title: String,
    /// Months between sessions for a coach at 0.8 of full time and above.
    pub full_time_months: u8,
    /// Months between sessions below 0.8 of full time.
    pub part_time_months: u8,
    /// What else the publication says, in a sentence.
    pub note: String,
}
