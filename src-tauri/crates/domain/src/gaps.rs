//! What each competency asks for, what is there, and what is missing.

use std::collections::HashMap;

use chrono::{Months, NaiveDate};
use serde::Serialize;
use uuid::Uuid;

use crate::evidence::{Evidence, EvidenceKind};
use crate::framework::{Competency, Framework, Need};
use crate::rhythm::Rhythm;

/// How far a competency is evidenced. Shown to people as "not yet", "partly", "covered", "signed off".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Nothing that it asks for is there.
    None,
    /// Something is there, something is missing.
    Partial,
    /// Everything it asks for is there.
    Evidenced,
    /// A supervisor agreed.
    SignedOff,
}

/// One thing a competency asks for, and whether it is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct NeedState {
    /// What is asked for.
    #[serde(flatten)]
    pub need: Need,
    /// Whether it is there.
    pub met: bool,
    /// The records that meet it, oldest first.
    pub records: Vec<Uuid>,
    /// Records of the right kind that do not count yet, because what should come before them is not there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waiting: Vec<Uuid>,
}

/// One competency on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CompetencyState {
    /// Its number, such as `1.3`.
    pub competency: String,
    /// Its name.
    pub title: String,
    /// Its area's number.
    pub area: u8,
    /// Whether it is expected at the coach's tier; it can be evidenced all the same.
    pub expected: bool,
    /// How far it is evidenced.
    pub status: Status,
    /// Everything that counts is older than the review period.
    pub stale: bool,
    /// What it asks for, all of it.
    pub needs: Vec<NeedState>,
}

/// How many of the expected competencies stand where; `none + partial + evidenced + signed_off = expected`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[allow(missing_docs, reason = "the fields are the statuses")]
pub struct Summary {
    pub expected: u32,
    pub none: u32,
    pub partial: u32,
    pub evidenced: u32,
    pub signed_off: u32,
    /// Of those that are partly covered or covered, how many are stale.
    pub stale: u32,
}

/// Every competency on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Gaps {
    /// The framework's id.
    pub framework: String,
    /// The day.
    pub today: NaiveDate,
    /// The tier held by hours, 0 to 4.
    pub tier: u8,
    /// Counts over what is expected.
    pub summary: Summary,
    /// In the framework's order.
    pub competencies: Vec<CompetencyState>,
}

/// What gaps depend on beside the evidence.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// The day.
    pub today: NaiveDate,
    /// The tier held by hours.
    pub tier: u8,
    /// How many months back evidence is current.
    pub review_months: u32,
    /// The rhythms of supervision on that day.
    pub rhythms: &'a [Rhythm],
}

/// Holds the evidence against the framework.
///
/// Every need of a competency must be met; of an "any of" one kind is enough; a need "after" another counts only on or
/// after the first date of that other ("practised in training, then observed"). Evidence dated after `today` does not
/// count yet.
#[must_use]
pub fn gaps(framework: &Framework, evidence: &[Evidence], standing: Standing<'_>) -> Gaps {
    let mut by_competency: HashMap<&str, Vec<&Evidence>> = HashMap::new();
    for item in evidence.iter().filter(|item| item.date <= standing.today) {
        by_competency.entry(&item.competency).or_default().push(item);
    }
    for items in by_competency.values_mut() {
        items.sort_by_key(|item| (item.date, item.record));
    }
    let state = |competency: &Competency| {
        let items = by_competency.get(competency.number.as_str()).map_or(&[][..], Vec::as_slice);
        competency_state(competency, items, standing)
    };
    let competencies: Vec<CompetencyState> = framework.competencies.iter().map(state).collect();
    let mut summary = Summary::default();
    for state in competencies.iter().filter(|state| state.expected) {
        summary.expected += 1;
        summary.stale += u32::from(state.stale);
        *match state.status {
            Status::None => &mut summary.none,
            Status::Partial => &mut summary.partial,
            Status::Evidenced => &mut summary.evidenced,
            Status::SignedOff => &mut summary.signed_off,
        } += 1;
    }
    Gaps { framework: framework.id.clone(), today: standing.today, tier: standing.tier, summary, competencies }
}

fn competency_state(competency: &Competency, items: &[&Evidence], standing: Standing<'_>) -> CompetencyState {
    let mut newest: Option<NaiveDate> = None;
    let mut needs = Vec::with_capacity(competency.needs.len());
    for need in &competency.needs {
        let state = match need.rhythm {
            Some(supervision) => {
                let rhythm = standing.rhythms.iter().find(|rhythm| rhythm.supervision == supervision);
                newest = newest.max(rhythm.and_then(|rhythm| rhythm.last));
                let records = rhythm.map(|rhythm| rhythm.records.clone()).unwrap_or_default();
                NeedState { need: need.clone(), met: rhythm.is_some_and(Rhythm::kept), records, waiting: Vec::new() }
            }
            None => {
                let (counting, waiting) = sort_out(need, items);
                newest = newest.max(counting.iter().map(|item| item.date).max());
                NeedState {
                    need: need.clone(),
                    met: !counting.is_empty(),
                    records: ids(&counting),
                    waiting: ids(&waiting),
                }
            }
        };
        needs.push(state);
    }
    let status = if needs.iter().all(|need| need.met) {
        Status::Evidenced
    } else if needs.iter().any(|need| !need.records.is_empty() || !need.waiting.is_empty()) {
        Status::Partial
    } else {
        Status::None
    };
    let current_from = standing.today.checked_sub_months(Months::new(standing.review_months)).unwrap_or(NaiveDate::MIN);
    CompetencyState {
        competency: competency.number.clone(),
        title: competency.title.clone(),
        area: competency.area,
        expected: standing.tier >= competency.expected_from_tier,
        status,
        stale: newest.is_some_and(|newest| newest < current_from),
        needs,
    }
}

/// The evidence of the kinds a need accepts: what counts, and what waits for something that should come before it.
fn sort_out<'a>(need: &Need, items: &[&'a Evidence]) -> (Vec<&'a Evidence>, Vec<&'a Evidence>) {
    let of_kind = |kinds: &[EvidenceKind]| -> Vec<&'a Evidence> {
        items.iter().filter(|item| kinds.contains(&item.kind)).copied().collect()
    };
    let right = of_kind(need.accepts());
    match need.after {
        None => (right, Vec::new()),
        Some(first) => match of_kind(&[first]).first() {
            Some(first) => right.into_iter().partition(|item| item.date >= first.date),
            None => (Vec::new(), right),
        },
    }
}

/// A record claimed twice for one competency is one record.
fn ids(items: &[&Evidence]) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = items.iter().map(|item| item.record).collect();
    ids.dedup();
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(date: &str, competency: &str, kind: EvidenceKind) -> Evidence {
        Evidence { record: Uuid::from_u128(1), date: date.parse().unwrap(), competency: competency.into(), kind }
    }

    fn state(evidence: &[Evidence], competency: &str, tier: u8) -> CompetencyState {
        let today = "2026-11-21".parse().unwrap();
        let standing = Standing { today, tier, review_months: 12, rhythms: &[] };
        let gaps = gaps(&Framework::shipped(), evidence, standing);
        let summary = gaps.summary;
        assert_eq!(summary.none + summary.partial + summary.evidenced + summary.signed_off, summary.expected);
        gaps.competencies.into_iter().find(|state| state.competency == competency).unwrap()
    }

    #[test]
    fn all_of_what_is_asked_for_is_needed() {
        let supervision = item("2026-10-01", "1.3", EvidenceKind::CoachingSupervision);
        let journal = item("2026-10-02", "1.3", EvidenceKind::ReflectiveJournal);
        assert_eq!(state(&[], "1.3", 1).status, Status::None);
        assert_eq!(state(std::slice::from_ref(&supervision), "1.3", 1).status, Status::Partial);
        assert_eq!(state(&[supervision, journal], "1.3", 1).status, Status::Evidenced);
    }

    #[test]
    fn one_of_any_is_enough() {
        let learnt = item("2026-10-01", "2.6", EvidenceKind::ELearning);
        assert_eq!(state(&[learnt], "2.6", 1).status, Status::Evidenced);
    }

    #[test]
    fn observed_practice_counts_on_or_after_practice_in_training() {
        let trained = |date| item(date, "2.2", EvidenceKind::TrainingPractice);
        let observed = item("2026-05-05", "2.2", EvidenceKind::ObservedPractice);
        assert_eq!(state(&[trained("2026-05-05"), observed.clone()], "2.2", 1).status, Status::Evidenced);
        let too_early = state(&[trained("2026-06-01"), observed.clone()], "2.2", 1);
        assert_eq!(too_early.status, Status::Partial);
        assert_eq!((too_early.needs[1].met, too_early.needs[1].waiting.len()), (false, 1));
        assert_eq!(state(&[observed], "2.2", 1).status, Status::Partial);
    }

    #[test]
    fn what_is_older_than_the_review_period_is_stale() {
        let old = item("2025-11-20", "3.12", EvidenceKind::Certificate);
        let current = item("2025-11-21", "3.12", EvidenceKind::Certificate);
        let stale = state(&[old], "3.12", 1);
        assert_eq!((stale.status, stale.stale), (Status::Evidenced, true));
        assert!(!state(&[current], "3.12", 1).stale);
    }

    #[test]
    fn group_work_is_expected_from_tier_two_and_can_be_evidenced_before() {
        let observed = item("2026-10-01", "4.4", EvidenceKind::ObservedPractice);
        let early = state(&[observed], "4.4", 1);
        assert_eq!((early.expected, early.status), (false, Status::Evidenced));
        assert!(state(&[], "4.4", 2).expected);
    }

    #[test]
    fn the_future_does_not_count_yet() {
        assert_eq!(state(&[item("2026-11-22", "3.12", EvidenceKind::Certificate)], "3.12", 1).status, Status::None);
    }
}
