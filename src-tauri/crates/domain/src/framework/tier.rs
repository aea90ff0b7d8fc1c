//! Tiers of practice, and what each takes besides hours.

use serde::{Deserialize, Serialize};

/// A tier of practice and what it takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// 1 to 4.
    pub tier: u8,
    /// Hours of NHS coaching in all.
    pub hours: u32,
    /// What it means to work at this tier, as a sentence that begins "At this level"; a file need not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// What else must hold, each a sentence.
    pub conditions: Vec<TierCondition>,
}

impl Tier {
    /// A condition as a coach is told it while it is open: one that asks for the level says what that level is.
    #[must_use]
    pub fn told(&self, condition: &TierCondition) -> String {
        match (&self.level, condition.about) {
            (Some(level), TierConditionKind::Evidence) => format!("{} {level}", condition.still_open()),
            _ => condition.still_open(),
        }
    }
}

/// A condition of a tier besides the hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct TierCondition {
    /// What it is about.
    pub about: TierConditionKind,
    /// What must hold, as a sentence that is true once it does.
    pub text: String,
    /// The same as a sentence that is true until then; an employer's file need not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<String>,
}

impl TierCondition {
    /// What is said while it does not hold.
    #[must_use]
    pub fn still_open(&self) -> String {
        self.open.clone().unwrap_or_else(|| format!("Not there yet: {}", self.text))
    }
}

/// What a tier's condition is about, so that what is recorded can close it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum TierConditionKind {
    /// The four-day training, or an earlier route accepted in its place.
    Training,
    /// The hours were worked under supervision.
    Supervised,
    /// Evidence of the level of competency.
    Evidence,
    /// Agreed with the supervisor.
    Agreement,
    /// Approved by a supervisor from outside the coach's organisation.
    IndependentApproval,
}
