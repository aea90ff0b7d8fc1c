//! The kinds of evidence a competency can ask for, and one piece of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What can count towards a competency (framework B1570, appendix 2, "how this can be evidenced").
///
/// A closed list: the rules that need more than a claim (rhythm, order) name its members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "each is explained, for coaches too, in the framework file")]
pub enum EvidenceKind {
    ObservedPractice,
    SessionNotesReview,
    CoachingSupervision,
    LineManagement,
    ClinicalSupervision,
    ReflectiveJournal,
    PeerGroup,
    ClientFeedback,
    TrainingPractice,
    TrainingRecord,
    ELearning,
    SelfDirectedLearning,
    Certificate,
    PracticeHours,
    Portfolio,
}

impl EvidenceKind {
    /// Every kind, in the order the framework file lists them.
    pub const ALL: [EvidenceKind; 15] = [
        EvidenceKind::ObservedPractice,
        EvidenceKind::SessionNotesReview,
        EvidenceKind::CoachingSupervision,
        EvidenceKind::LineManagement,
        EvidenceKind::ClinicalSupervision,
        EvidenceKind::ReflectiveJournal,
        EvidenceKind::PeerGroup,
        EvidenceKind::ClientFeedback,
        EvidenceKind::TrainingPractice,
        EvidenceKind::TrainingRecord,
        EvidenceKind::ELearning,
        EvidenceKind::SelfDirectedLearning,
        EvidenceKind::Certificate,
        EvidenceKind::PracticeHours,
        EvidenceKind::Portfolio,
    ];

    /// The id used in files, such as `observed-practice`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            EvidenceKind::ObservedPractice => "observed-practice",
            EvidenceKind::SessionNotesReview => "session-notes-review",
            EvidenceKind::CoachingSupervision => "coaching-supervision",
            EvidenceKind::LineManagement => "line-management",
            EvidenceKind::ClinicalSupervision => "clinical-supervision",
            EvidenceKind::ReflectiveJournal => "reflective-journal",
            EvidenceKind::PeerGroup => "peer-group",
            EvidenceKind::ClientFeedback => "client-feedback",
            EvidenceKind::TrainingPractice => "training-practice",
            EvidenceKind::TrainingRecord => "training-record",
            EvidenceKind::ELearning => "e-learning",
            EvidenceKind::SelfDirectedLearning => "self-directed-learning",
            EvidenceKind::Certificate => "certificate",
            EvidenceKind::PracticeHours => "practice-hours",
            EvidenceKind::Portfolio => "portfolio",
        }
    }

    /// The kind with this id, if there is one.
    #[must_use]
    pub fn from_id(id: &str) -> Option<EvidenceKind> {
        EvidenceKind::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// One record put forward for one competency as one kind of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The record that is the evidence.
    pub record: Uuid,
    /// The day it happened.
    pub date: NaiveDate,
    /// The competency's number, such as `1.3`.
    pub competency: String,
    /// What the record counts as.
    pub kind: EvidenceKind,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_the_one_serde_writes() {
        for kind in EvidenceKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.id());
            assert_eq!(EvidenceKind::from_id(kind.id()), Some(kind));
        }
    }
}
