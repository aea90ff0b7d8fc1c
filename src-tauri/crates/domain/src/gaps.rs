//! What each competency asks for, what is there, and what is missing.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use crate::coverage::{Coverage, Status};
use crate::decision::{Decision, Outcome, Weight};
use crate::evidence::Tally;
use crate::framework::{Competency, Framework, SupervisionRhythm};
use crate::ledger::Ledger;
use crate::needs::{Judging, NeedState, by_evidence, by_first_hours, by_rhythm, one_need_each};
use crate::rhythm::{Log, Rhythm, rhythm};
use crate::signoff::{About, Agreement};
use crate::views::SessionSum;

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
    /// The latest decision that counts; where none does, the latest that was recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_off: Option<Decision>,
    /// Other decisions that do not count, since someone else decides such a thing: they are told and not passed over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recorded: Vec<Decision>,
}

impl CompetencyState {
    /// How far it is covered, as people are shown it.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        Coverage::of(self.status, self.expected)
    }
}

/// How many of the expected competencies have each status; `none + partial + evidenced + signed_off = expected`.
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
    /// Counts of the expected competencies.
    pub summary: Summary,
    /// In the framework's order.
    pub competencies: Vec<CompetencyState>,
}

/// Compares the ledger with the framework.
///
/// Every need of a competency must be met, each by a record of its own; of an "any of" one kind is enough; a need "after"
/// another counts only on or after the first date of that other ("practised in training, then observed"); 1.5 follows the
/// rhythm of supervision and 2.10 the hours under supervision in the first twelve months, both from the log and not from
/// claims (docs/framework.md, "Competencies"). A portfolio entry needs a reason, group work an observation of a group, and
/// earlier learning someone who may accept it (docs/framework.md, "Decisions"). A supervisor's agreement makes it signed off
/// when what was there to be signed was everything, or was said to suffice, and still says the same: nothing that is added
/// later completes what was signed (docs/framework.md, "a sign-off and what was there").
#[must_use]
pub fn gaps(framework: &Framework, ledger: &Ledger, tier: u8, rhythms: &[Rhythm]) -> Gaps {
    let mut tallies: HashMap<&str, Vec<&Tally>> = HashMap::new();
    for tally in &ledger.tallies {
        tallies.entry(&tally.competency).or_default().push(tally);
    }
    let state = |competency: &Competency| {
        let there = tallies.get(competency.number.as_str()).map_or(&[][..], Vec::as_slice);
        competency_state(framework, competency, there, ledger, tier, rhythms)
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
    Gaps { framework: framework.id.clone(), today: ledger.today, tier, summary, competencies }
}

fn competency_state(
    framework: &Framework,
    competency: &Competency,
    there: &[&Tally],
    ledger: &Ledger,
    tier: u8,
    rhythms: &[Rhythm],
) -> CompetencyState {
    let judging = Judging::of(framework, competency, &ledger.accepting, &ledger.others);
    let (needs, newest) = needs_of(competency, there, rhythms, &ledger.first, &judging);
    let all_there = needs.iter().all(|need| need.met);
    let (sign_off, recorded) = decisions(framework, competency, ledger, &needs);
    let status = if sign_off.as_ref().is_some_and(|decision| decision.outcome == Outcome::SignedOff) {
        Status::SignedOff
    } else if all_there {
        Status::Evidenced
    } else if needs.iter().any(NeedState::has_begun) {
        Status::Partial
    } else {
        Status::None
    };
    let current_from = ledger.profile.review_from(ledger.today);
    CompetencyState {
        competency: competency.number.clone(),
        title: competency.title.clone(),
        area: competency.area,
        expected: tier >= competency.expected_from_tier,
        status,
        stale: status != Status::None && newest.is_some_and(|newest| newest < current_from),
        needs,
        sign_off,
        recorded,
    }
}

/// What a competency asks for, held against what is there, with the day of the newest that counts.
fn needs_of(
    competency: &Competency,
    there: &[&Tally],
    rhythms: &[Rhythm],
    first: &BTreeMap<u8, Vec<SessionSum>>,
    judging: &Judging<'_>,
) -> (Vec<NeedState>, Option<NaiveDate>) {
    let mut newest: Option<NaiveDate> = None;
    let mut needs = Vec::with_capacity(competency.needs.len());
    for need in &competency.needs {
        let (state, last) = match (need.rhythm, need.first_months) {
            (Some(supervision), _) => by_rhythm(need, rhythms.iter().find(|r| r.supervision == supervision)),
            (None, Some(months)) => by_first_hours(need, there, first.get(&months), judging),
            (None, None) => by_evidence(need, there, judging),
        };
        newest = newest.max(last);
        needs.push(state);
    }
    one_need_each(&mut needs);
    (needs, newest)
}

/// The decision that holds for a competency, and those that do not count.
fn decisions(
    framework: &Framework,
    competency: &Competency,
    ledger: &Ledger,
    needs: &[NeedState],
) -> (Option<Decision>, Vec<Decision>) {
    let about = About::Competency(competency.number.clone());
    let ours: Vec<&Agreement> = ledger.agreements.iter().filter(|agreement| agreement.about == about).collect();
    let enough_now = needs.iter().all(|need| need.met);
    let counting: Vec<Uuid> = needs.iter().flat_map(|need| &need.records).copied().collect();
    let holds = ours.iter().rposition(|agreement| agreement.by.counts).or(ours.len().checked_sub(1));
    let weighed = |agreement: &Agreement| {
        let then = then(framework, competency, ledger, agreement);
        // What does not count is nothing to sign, such as the certificate of another course; what is no longer the same was
        // something.
        let anything = !agreement.basis.lost.is_empty() || then.iter().any(NeedState::has_begun);
        let enough_then = then.iter().all(|need| need.met);
        let of_log = |need: &NeedState| need.need.rhythm.is_some() || need.need.first_months.is_some();
        let mut lost = agreement.basis.lost.clone();
        if then.iter().any(|need| of_log(need) && !need.met) {
            let told: Vec<Uuid> = lost.iter().map(|one| one.record).collect();
            lost.extend(agreement.basis.unlogged.iter().filter(|one| !told.contains(&one.record)).cloned());
        }
        Decision::of(agreement, Weight { anything, lost: &lost, enough_then, enough_now, counting: &counting })
    };
    let mut recorded = Vec::new();
    for (at, agreement) in ours.iter().enumerate() {
        if Some(at) != holds && !agreement.by.counts {
            recorded.push(weighed(agreement));
        }
    }
    (holds.map(|at| weighed(ours[at])), recorded)
}

/// What a competency asks for, held against what was there when it was signed and still says the same. What is read from a
/// log is read from the log as it was then.
fn then(framework: &Framework, competency: &Competency, ledger: &Ledger, agreement: &Agreement) -> Vec<NeedState> {
    let basis = &agreement.basis;
    let stands: Vec<&Tally> = basis.stands.iter().collect();
    let asked = |of: &&SupervisionRhythm| competency.needs.iter().any(|need| need.rhythm == Some(of.supervision));
    let log = Log { today: agreement.date, supervisions: &basis.supervisions, ..Log::of(ledger) };
    let as_then = |of| rhythm(of, &framework.decisions, log);
    let rhythms: Vec<Rhythm> = framework.rhythms.iter().filter(asked).map(as_then).collect();
    let judging = Judging::of(framework, competency, &ledger.accepting, &ledger.others);
    needs_of(competency, &stands, &rhythms, &basis.first, &judging).0
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::evidence::{Evidence, EvidenceKind};
    use crate::kind::Kinds;
    use crate::remark::Remark;
    use crate::views::SessionSum;

    fn remark_of(competency: &str, kind: EvidenceKind) -> Remark {
        match kind {
            EvidenceKind::Certificate => Remark::Accredited("universal-model".into()),
            EvidenceKind::ObservedPractice if competency.starts_with("4.") => Remark::Group,
            _ => Remark::Plain,
        }
    }

    fn item(date: &str, competency: &str, kind: EvidenceKind) -> Evidence {
        let n = date.bytes().chain([kind as u8]).fold(0_u128, |n, byte| n * 10 + u128::from(byte));
        Evidence {
            record: Uuid::from_u128(n),
            date: date.parse().unwrap(),
            competency: competency.into(),
            kind,
            remark: remark_of(competency, kind),
        }
    }

    fn ledger(evidence: &[Evidence]) -> Ledger {
        let today = "2026-11-21".parse().unwrap();
        let empty = Ledger::of(&[], &Kinds::shipped(), &Framework::shipped(), today);
        Ledger { tallies: Tally::of(evidence, today), ..empty }
    }

    fn of_ledger(ledger: &Ledger, competency: &str, tier: u8) -> CompetencyState {
        let gaps = gaps(&Framework::shipped(), ledger, tier, &[]);
        let summary = gaps.summary;
        assert_eq!(summary.none + summary.partial + summary.evidenced + summary.signed_off, summary.expected);
        gaps.competencies.into_iter().find(|state| state.competency == competency).unwrap()
    }

    fn state(evidence: &[Evidence], competency: &str, tier: u8) -> CompetencyState {
        of_ledger(&ledger(evidence), competency, tier)
    }

    #[test]
    fn supervised_hours_of_the_first_months_count_by_the_log() {
        let mut ledger = ledger(&[item("2026-10-01", "2.10", EvidenceKind::Portfolio)]);
        assert_eq!(of_ledger(&ledger, "2.10", 1).status, Status::Partial);
        let sum = |supervised, minutes| SessionSum {
            nhs: true,
            supervised,
            mode: "video".into(),
            format: "one-to-one".into(),
            minutes,
            sessions: 1,
        };
        for (minutes, status) in [(1, Status::Partial), (2_999, Status::Partial), (3_000, Status::Evidenced)] {
            ledger.first.insert(12, vec![sum(false, 4_000), sum(true, minutes)]);
            let there = of_ledger(&ledger, "2.10", 1);
            assert_eq!((there.status, there.needs[1].minutes), (status, Some(minutes as u32)));
        }
        ledger.first.insert(12, vec![sum(false, 4_000)]);
        assert_eq!(of_ledger(&ledger, "2.10", 1).needs[1].minutes, Some(0));
        ledger.tallies.clear();
        assert_eq!(of_ledger(&ledger, "2.10", 1).status, Status::None);
        ledger.first.insert(12, vec![sum(true, 1)]);
        assert_eq!(of_ledger(&ledger, "2.10", 1).status, Status::Partial, "some of the hours are a beginning");
    }

    #[test]
    fn of_very_many_records_the_newest_are_listed_and_the_rest_counted() {
        let many: Vec<Evidence> =
            (1..=28).map(|day| item(&format!("2026-10-{day:02}"), "3.12", EvidenceKind::Certificate)).collect();
        let need = state(&many, "3.12", 1).needs.remove(0);
        assert_eq!((need.records.len(), need.more), (20, 8));
        assert_eq!(need.records.last(), Some(&many[27].record));
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
