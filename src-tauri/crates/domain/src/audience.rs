//! For whom work is given out, and who may read what of it.

use serde::{Deserialize, Serialize};

/// For whom a portfolio is. Everything is private until it is released (docs/framework.md, "privacy between the three
/// supervisors"), so that each reader is given what is theirs. What that is stands in the kinds' files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// The yearly appraisal, which the line manager leads.
    Appraisal,
    /// The health coaching supervisor.
    Supervision,
    /// The line manager.
    LineManagement,
    /// The clinical supervisor.
    Clinical,
    /// Whoever approves the move from tier 1 to tier 2, from outside the coach's own organisation.
    Assessor,
    /// The coach, everything but figures over too few people, so that it could be shown to someone.
    #[default]
    Whole,
    /// The coach alone, everything.
    Full,
}

/// An audience in words, for whoever offers a choice of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AudienceWords {
    /// The audience.
    pub id: Audience,
    /// For whom: "Line management".
    pub label: &'static str,
    /// What they get, said to the coach.
    pub hint: &'static str,
}

impl Audience {
    /// Everyone a portfolio can be for, the coach last.
    pub const ALL: [Audience; 7] = [
        Audience::Appraisal,
        Audience::Supervision,
        Audience::LineManagement,
        Audience::Clinical,
        Audience::Assessor,
        Audience::Whole,
        Audience::Full,
    ];

    /// The id on a command line and in answers, such as `line-management`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Audience::Appraisal => "appraisal",
            Audience::Supervision => "supervision",
            Audience::LineManagement => "line-management",
            Audience::Clinical => "clinical",
            Audience::Assessor => "assessor",
            Audience::Whole => "whole",
            Audience::Full => "full",
        }
    }

    /// The audience with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Audience> {
        Audience::ALL.into_iter().find(|audience| audience.id() == id)
    }

    /// For whom it is and what they get, as the cover, the command line and the window say it.
    #[must_use]
    pub fn words(self) -> AudienceWords {
        let (label, hint) = match self {
            Audience::Appraisal => (
                "The yearly appraisal",
                "Your work, and the journal entries and notes of line management you put forward.",
            ),
            Audience::Supervision => (
                "Health coaching supervision",
                "Your work, the journal entries you put forward, and your health coaching supervision.",
            ),
            Audience::LineManagement => (
                "Line management",
                "Your work, the journal entries you put forward, and your line management supervision.",
            ),
            Audience::Clinical => (
                "Clinical supervision",
                "Your work, the journal entries you put forward, and your clinical supervision.",
            ),
            Audience::Assessor => (
                "An independent assessor, for the move from tier 1 to tier 2",
                "Your work, and the journal entries and health coaching supervision you put forward, without tags, places and \
                 what clients are called. Of other supervision, only how often you had it.",
            ),
            Audience::Whole => (
                "Everything but small figures (the coach’s own copy)",
                "All of it: private journal entries, notes of sessions and all supervision, without figures over fewer \
                 than five people.",
            ),
            Audience::Full => (
                "Everything (the coach’s own copy)",
                "All of it: private journal entries, notes of sessions, all supervision and small figures too.",
            ),
        };
        AudienceWords { id: self, label, hint }
    }

    /// Whether it is a copy for the coach, which is theirs as much as the vault is: nothing private is kept back.
    #[must_use]
    pub fn is_coach(self) -> bool {
        matches!(self, Audience::Whole | Audience::Full)
    }

    /// Whether it is somebody from outside, who knows neither the places nor what clients are called.
    #[must_use]
    pub fn is_outside(self) -> bool {
        self == Audience::Assessor
    }

    /// Whether figures over too few people go along.
    #[must_use]
    pub fn gets_small_figures(self) -> bool {
        self == Audience::Full
    }
}

/// Who may read something beside the coach: `"all"`, `"coach"` for nobody else, or a list such as `["clinical"]`. What
/// says nothing is for the coach alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(untagged)]
pub enum Readers {
    /// All of them or none.
    Named(Circle),
    /// These.
    Listed(Vec<Audience>),
}

/// All readers, or none beside the coach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Circle {
    /// Whoever is given the record.
    All,
    /// Nobody but the coach.
    Coach,
}

impl Default for Readers {
    fn default() -> Readers {
        Readers::Named(Circle::Coach)
    }
}

impl Readers {
    /// Whether they may read it. The coach may read everything.
    #[must_use]
    pub fn include(&self, audience: Audience) -> bool {
        audience.is_coach()
            || match self {
                Readers::Named(Circle::All) => true,
                Readers::Named(Circle::Coach) => false,
                Readers::Listed(listed) => listed.contains(&audience),
            }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn ids_are_those_that_are_written() {
        for audience in Audience::ALL {
            assert_eq!(json!(audience), audience.id());
            assert_eq!(Audience::from_id(audience.id()), Some(audience));
        }
        assert_eq!(Audience::from_id("everybody"), None);
    }

    #[test]
    fn readers_are_all_none_or_listed_and_the_coach_is_always_one() {
        let readers = |value| serde_json::from_value::<Readers>(value).unwrap();
        let of = |readers: Readers| -> Vec<&str> {
            Audience::ALL.into_iter().filter(|one| readers.include(*one)).map(Audience::id).collect()
        };
        assert_eq!(of(readers(json!("all"))).len(), Audience::ALL.len());
        assert_eq!(of(readers(json!("coach"))), ["whole", "full"]);
        assert_eq!(of(Readers::default()), ["whole", "full"]);
        assert_eq!(of(readers(json!(["clinical"]))), ["clinical", "whole", "full"]);
        for wrong in [json!("everybody"), json!(["manager"]), json!(7), json!(null)] {
            assert!(serde_json::from_value::<Readers>(wrong).is_err());
        }
    }
}
