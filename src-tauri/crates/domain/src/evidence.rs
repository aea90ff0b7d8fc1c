//! The kinds of evidence a competency can ask for, and one piece of it.

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::remark::Remark;

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
    /// What there is to know beside it.
    pub remark: Remark,
}

/// What there is of one sort of evidence for one competency, up to a day: all that gaps need, however large the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The competency's number, such as `1.3`.
    pub competency: String,
    /// The kind of evidence.
    pub kind: EvidenceKind,
    /// What there is to know of all of them beside it.
    pub remark: Remark,
    /// How many records there are.
    pub count: u32,
    /// The day of the oldest.
    pub first: NaiveDate,
    /// The day of the newest.
    pub last: NaiveDate,
    /// The newest of them, at most [`Tally::NEWEST`], newest first.
    pub newest: Vec<(NaiveDate, Uuid)>,
}

impl Tally {
    /// How many records are listed one by one; of the rest only the number is known.
    pub const NEWEST: usize = 20;

    /// Counts the evidence that is there until `today`. A record that is put forward twice is one record.
    #[must_use]
    pub fn of(evidence: &[Evidence], today: NaiveDate) -> Vec<Tally> {
        let mut sorted: Vec<&Evidence> = evidence.iter().filter(|item| item.date <= today).collect();
        let key = |item: &&Evidence| {
            (item.competency.clone(), item.kind, item.remark.clone(), Reverse((item.date, item.record)))
        };
        sorted.sort_by_cached_key(key);
        sorted.dedup_by_key(|item| (&item.competency, item.kind, &item.remark, item.record));
        let same =
            |a: &&Evidence, b: &&Evidence| (&a.competency, a.kind, &a.remark) == (&b.competency, b.kind, &b.remark);
        let tally = |items: &[&Evidence]| {
            let (newest, oldest) = (items.first()?, items.last()?);
            Some(Tally {
                competency: newest.competency.clone(),
                kind: newest.kind,
                remark: newest.remark.clone(),
                count: u32::try_from(items.len()).unwrap_or(u32::MAX),
                first: oldest.date,
                last: newest.date,
                newest: items.iter().take(Tally::NEWEST).map(|item| (item.date, item.record)).collect(),
            })
        };
        sorted.chunk_by(same).filter_map(tally).collect()
    }

    /// Counts one piece more. It is not among them yet.
    pub fn add(tallies: &mut Vec<Tally>, piece: &Evidence) {
        let same = |tally: &&mut Tally| {
            (&tally.competency, tally.kind, &tally.remark) == (&piece.competency, piece.kind, &piece.remark)
        };
        match tallies.iter_mut().find(same) {
            Some(tally) => {
                tally.count = tally.count.saturating_add(1);
                tally.first = tally.first.min(piece.date);
                tally.last = tally.last.max(piece.date);
                tally.newest.push((piece.date, piece.record));
                tally.newest.sort_unstable_by_key(|of| Reverse(*of));
                tally.newest.truncate(Tally::NEWEST);
            }
            None => tallies.extend(Tally::of(std::slice::from_ref(piece), piece.date)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tally_counts_each_record_once_and_leaves_the_future_out() {
        let item = |n: u128, date: &str| Evidence {
            record: Uuid::from_u128(n),
            date: date.parse().unwrap(),
            competency: "1.3".into(),
            kind: EvidenceKind::Portfolio,
            remark: Remark::Plain,
        };
        let items = [item(1, "2026-02-01"), item(2, "2026-03-01"), item(1, "2026-02-01"), item(3, "2026-06-13")];
        let tallies = Tally::of(&items, "2026-06-12".parse().unwrap());
        assert_eq!(tallies.len(), 1);
        assert_eq!((tallies[0].count, tallies[0].newest.len()), (2, 2));
        assert_eq!((tallies[0].first, tallies[0].last), (items[0].date, items[1].date));
    }

    #[test]
    fn every_id_is_the_one_serde_writes() {
        for kind in EvidenceKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.id());
            assert_eq!(EvidenceKind::from_id(kind.id()), Some(kind));
        }
    }
}
