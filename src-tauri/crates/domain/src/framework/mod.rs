//! A competency framework as data: what is asked for, what evidences it, and from which tier.

mod decisions;
mod problem;
mod read;
mod sense;
mod standard;
mod supervision;
mod tier;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::evidence::EvidenceKind;

pub use decisions::{ByShare, CaseloadRules, Decided, Deciders, Decisions, Settled};
pub use problem::FileProblem;
pub use read::read;
pub use standard::{Standard, StandardRule};
pub use supervision::{EarlyNote, SupervisionRhythm, SupervisionType};
pub use tier::{Tier, TierCondition, TierConditionKind};

/// The first line of every framework file: its form and version.
pub const FORMAT: &str = "coachfolio-framework/1";

const SHIPPED: &str = include_str!("../../../../../assets/framework/nhs-england-2023.json");

/// A competency framework: the built-in one, or an employer's in the same form (`assets/framework`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// [`FORMAT`].
    pub format: String,
    /// Names this framework and its edition, such as `nhs-england-2023`.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// A sentence on whose wording this is.
    pub wording: String,
    /// What it is taken from.
    pub publication: Publication,
    /// What each kind of evidence means.
    pub evidence: Vec<EvidenceMeaning>,
    /// In order of number.
    pub areas: Vec<Area>,
    /// In order of number.
    pub competencies: Vec<Competency>,
    /// General capabilities, recorded as training.
    pub capabilities: Vec<Listed>,
    /// Additional models and approaches.
    pub models: Vec<Listed>,
    /// From which tier they are desirable; where a file does not say, they never are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub models_from_tier: Option<u8>,
    /// What should be gained by when in the first months in the role; a file that names none has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub milestones: Vec<FirstMonths>,
    /// In order of tier.
    pub tiers: Vec<Tier>,
    /// How often each kind of supervision is expected.
    pub rhythms: Vec<SupervisionRhythm>,
    /// What is expected of a health-coaching supervisor.
    pub supervisor_standards: Vec<Standard>,
    /// The values of the NHS; a file that says nothing has those of the shipped one.
    #[serde(default = "shipped_values")]
    pub values: Vec<Listed>,
    /// What an induction covers before the first referrals; a file that says nothing has that of the shipped one.
    #[serde(default = "shipped_induction")]
    pub induction: Vec<Listed>,
    /// What the publications leave open, as it is decided here; a file that says nothing decides as the shipped one does.
    #[serde(default = "decisions::shipped")]
    pub decisions: Decisions,
}

fn shipped_values() -> Vec<Listed> {
    Framework::shipped().values
}

fn shipped_induction() -> Vec<Listed> {
    Framework::shipped().induction
}

/// What a framework is taken from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Their reference, such as `B1570`.
    pub reference: String,
    /// When.
    pub published: NaiveDate,
    /// When it was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<NaiveDate>,
}

/// What a kind of evidence is, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct EvidenceMeaning {
    /// Which kind.
    pub id: EvidenceKind,
    /// "Observed practice".
    pub title: String,
    /// One sentence.
    pub meaning: String,
}

/// An area of competencies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// From 1.
    pub number: u8,
    /// Its name.
    pub title: String,
    /// What it is about happens in groups, so that a session with one client cannot show it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub group: bool,
    /// Names it has elsewhere in the publication.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

/// One competency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Competency {
    /// `area.position`, such as `1.3`.
    pub number: String,
    /// Which area it is in.
    pub area: u8,
    /// A short name.
    pub title: String,
    /// What it means in practice, in one or two sentences.
    pub summary: String,
    /// Every one of these is needed.
    pub needs: Vec<Need>,
    /// Guidance for the learning plan, not a test.
    pub gained_through: Vec<String>,
    /// Below this tier it is "not expected yet" and can still be evidenced. 0: from the start.
    pub expected_from_tier: u8,
    /// Where in the publication: its section and number.
    pub reference: String,
}

/// One thing a competency asks for: a kind of evidence, or one of several.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// The one kind that meets it; given exactly when `any_of` is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<EvidenceKind>,
    /// Kinds of which one is enough.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<EvidenceKind>,
    /// Counts only on or after the first date of this kind ("→": practised in training, then observed).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<EvidenceKind>,
    /// Met by keeping this rhythm over the review period, not by one entry (competency 1.5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rhythm: Option<SupervisionType>,
    /// Met by hours worked under supervision in this many first months in the role (competency 2.10).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_months: Option<u8>,
    /// With `first_months`: how many hours meet it, and fewer are on the way; nothing means that any do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<u32>,
    /// Of certificates, only that of the accredited e-learning on this course, as learning records name it (competency 3.12).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<String>,
}

impl Need {
    /// The kinds of evidence that meet it.
    #[must_use]
    pub fn accepts(&self) -> &[EvidenceKind] {
        self.kind.as_ref().map_or(&self.any_of, std::slice::from_ref)
    }
}

/// An entry of one of the framework's plain lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// What records hold, such as `safeguarding`.
    pub id: String,
    /// What people read.
    pub title: String,
}

/// What should be gained in so many first months in the role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct FirstMonths {
    /// How many, from the first day in the role.
    pub months: u8,
    /// "Your first six months".
    pub title: String,
    /// The numbers of the competencies that are gained by then or settled by it.
    pub competencies: Vec<String>,
    /// Where in the publication.
    pub reference: String,
}

impl Framework {
    /// The built-in framework: the facts of B1570 in this project's own wording.
    ///
    /// # Panics
    /// When the shipped file cannot be read, which a test rules out.
    #[must_use]
    #[allow(clippy::expect_used, reason = "the file is compiled in and read by a test")]
    pub fn shipped() -> Framework {
        serde_json::from_str(SHIPPED).expect("the shipped framework reads")
    }

    /// The competency with this number.
    #[must_use]
    pub fn competency(&self, number: &str) -> Option<&Competency> {
        self.competencies.iter().find(|competency| competency.number == number)
    }

    /// Whether an area is about what happens in groups.
    #[must_use]
    pub fn is_of_groups(&self, area: u8) -> bool {
        self.areas.iter().any(|one| one.number == area && one.group)
    }

    /// Whether only an observation of a group meets a need of a competency in this area.
    #[must_use]
    pub fn asks_for_group(&self, area: u8, need: &Need) -> bool {
        self.is_of_groups(area) && need.accepts().contains(&EvidenceKind::ObservedPractice)
    }

    /// What people call this kind of evidence; its id where the framework does not say.
    #[must_use]
    pub fn evidence_title(&self, kind: EvidenceKind) -> &str {
        self.evidence.iter().find(|meaning| meaning.id == kind).map_or(kind.id(), |meaning| &meaning.title)
    }

    /// The ids of one of the framework's lists, as records hold them, each with its title.
    #[must_use]
    pub fn list(&self, list: crate::kind::FrameworkList) -> Vec<(String, &str)> {
        use crate::kind::FrameworkList as List;
        match list {
            List::Competencies => self.competencies.iter().map(|c| (c.number.clone(), c.title.as_str())).collect(),
            List::Capabilities => self.capabilities.iter().map(|l| (l.id.clone(), l.title.as_str())).collect(),
            List::Values => self.values.iter().map(|l| (l.id.clone(), l.title.as_str())).collect(),
            List::Induction => self.induction.iter().map(|l| (l.id.clone(), l.title.as_str())).collect(),
            List::Models => self.models.iter().map(|l| (l.id.clone(), l.title.as_str())).collect(),
            List::Standards => {
                self.supervisor_standards.iter().map(|s| (s.number.to_string(), s.title.as_str())).collect()
            }
        }
    }
}
