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
    /// A journal entry that was put forward for nothing.
    Journal,
    /// What was said to another supervisor.
    OtherSupervision,
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

    /// Why a record is not for them unless it was chosen by itself; nothing when it is.
    pub(super) fn keeps_back(self, record: &Record) -> Option<Private> {
        let supervision = match self {
            Audience::Full => return None,
            Audience::Appraisal | Audience::LineManagement => Some("line-management"),
            Audience::Supervision => Some("health-coaching"),
            Audience::Clinical => Some("clinical"),
            Audience::Assessor => None,
        };
        match record.kind.as_str() {
            "supervision" if supervision.is_none() || record.text("type") != supervision => {
                Some(Private::OtherSupervision)
            }
            "reflection" if record.claims.is_empty() => Some(Private::Journal),
            _ => None,
        }
    }
}
