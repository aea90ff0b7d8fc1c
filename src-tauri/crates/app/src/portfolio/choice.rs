//! What goes into a portfolio, and for whom it is.

use chrono::NaiveDate;
use domain::Record;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What goes into a portfolio.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct PortfolioChoice {
    /// Records from this day on.
    pub from: Option<NaiveDate>,
    /// Records until this day.
    pub to: Option<NaiveDate>,
    /// These records alone; empty means all of the period.
    #[serde(default)]
    pub only: Vec<Uuid>,
    /// These records too, although they would be kept back from whoever it is for.
    #[serde(default)]
    pub also: Vec<Uuid>,
    /// For whom it is; nothing means the whole.
    #[serde(default)]
    pub audience: Option<Audience>,
    /// Whether the attached files themselves go along inside the PDF, with everything that is written in them: where a
    /// picture was taken, for one.
    #[serde(default)]
    pub originals: bool,
}

impl PortfolioChoice {
    /// Whether a record was chosen by itself, so that it goes in whole.
    pub(super) fn names(&self, id: Uuid) -> bool {
        self.only.contains(&id) || self.also.contains(&id)
    }
}

/// For whom a portfolio is. Everything is private until it is released (framework.md, "privacy between the three
/// supervisors"), so that each is given what is theirs: what was put forward for a competency, hours and figures, and of
/// the supervision log their own part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The whole, for the coach.
    Full,
}

/// Why a record is not for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Private {
    /// It was put forward for nothing.
    Unreleased,
    /// What was said to another supervisor.
    OtherSupervision,
    /// Who said it did not agree that it is used.
    NoConsent,
}

impl Audience {
    /// For whom it is, as the cover says it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Audience::Appraisal => "The yearly appraisal",
            Audience::Supervision => "Health coaching supervision",
            Audience::LineManagement => "Line management",
            Audience::Clinical => "Clinical supervision",
            Audience::Assessor => "An independent assessor, for the move from tier 1 to tier 2",
            Audience::Full => "The coach, the whole",
        }
    }

    /// Why a record is not for them unless it was chosen by itself; nothing when it is. Learning, observations, sign-offs
    /// and outcomes are work that a reader may ask after; what a coach thinks or a client said is released one by one.
    pub(super) fn keeps_back(self, record: &Record) -> Option<Private> {
        let (supervision, goals) = match self {
            Audience::Full => return None,
            Audience::Appraisal | Audience::LineManagement => (Some("line-management"), true),
            Audience::Supervision => (Some("health-coaching"), true),
            Audience::Clinical => (Some("clinical"), false),
            Audience::Assessor => (None, false),
        };
        let released = match record.kind.as_str() {
            "feedback" if record.yes("consent") == Some(false) => return Some(Private::NoConsent),
            "supervision" if supervision.is_none() || record.text("type") != supervision => {
                return Some(Private::OtherSupervision);
            }
            "statement" if self == Audience::Appraisal && record.text("about") == Some("appraisal") => true,
            "reflection" | "statement" | "feedback" | "peer-learning" => !record.claims.is_empty(),
            "goal" => goals || !record.claims.is_empty(),
            _ => true,
        };
        (!released).then_some(Private::Unreleased)
    }

    /// Fields that stay with the coach although the record goes out: what they thought of a supervision, what they mean
    /// to bring to one, and clinical questions for all but the clinical supervisor.
    pub(super) fn keeps_fields(self) -> &'static [&'static str] {
        match self {
            Audience::Full => &[],
            Audience::Clinical => &["usefulness", "for_supervision"],
            _ => &["usefulness", "for_supervision", "clinical_question"],
        }
    }
}
