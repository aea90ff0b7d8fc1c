//! The next best evidence: which few things would close the most open needs.

mod acts;
mod cover;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::coverage::Status;
use crate::evidence::EvidenceKind;
use crate::framework::{Competency, Framework};
use crate::gaps::{CompetencyState, Gaps};
use crate::needs::NeedState;
use crate::period::Period;
use crate::views::Profile;
use crate::words::short_duration;

use acts::{ACTS, Act, Setting};
use cover::{Open, cover};

/// What to arrange next, and what it would close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Plan {
    /// The day.
    pub today: NaiveDate,
    /// Open needs of the competencies that are expected at the coach's tier.
    pub open_needs: u32,
    /// What would close them, the most first; a course comes before the observation that counts only after it.
    pub steps: Vec<Step>,
    /// Needs that no single thing closes.
    pub ongoing: Vec<Ongoing>,
}

/// One thing to arrange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Step {
    /// Such as `observed-session`.
    pub act: String,
    /// "One observed session would close six of your gaps."
    pub title: String,
    /// What it is, without being addressed to anyone: "One observed session".
    pub what: String,
    /// What to do about it.
    pub how: String,
    /// The kind of record it becomes.
    pub kind: String,
    /// What that record's form is prefilled with, as the command line takes it.
    pub set: BTreeMap<String, String>,
    /// The competencies to put on its form.
    pub competencies: Vec<String>,
    /// Each need it closes.
    pub closes: Vec<Closed>,
    /// Competencies of which nothing is left open after this step and the ones before it.
    pub completes: Vec<String>,
    /// Places of the steps (from 0) that must come first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<u32>,
}

/// A need that a step closes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Closed {
    /// The competency's number.
    pub competency: String,
    /// What the step counts as there.
    pub kind: EvidenceKind,
}

/// A need that no single thing closes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Ongoing {
    /// The competency's number.
    pub competency: String,
    /// What to do about it.
    pub text: String,
}

struct Element<'a> {
    competency: &'a str,
    state: &'a NeedState,
    open: Open,
}

/// Plans for every open need of the competencies that are expected and neither covered nor agreed.
#[must_use]
pub fn plan(framework: &Framework, gaps: &Gaps, profile: &Profile) -> Plan {
    let mut elements: Vec<Element<'_>> = Vec::new();
    let mut ongoing = Vec::new();
    let open = |state: &&CompetencyState| state.expected && matches!(state.status, Status::None | Status::Partial);
    for (place, state) in gaps.competencies.iter().enumerate().filter(|(_, state)| open(state)) {
        let Some(competency) = framework.competency(&state.competency) else { continue };
        for need in state.needs.iter().filter(|need| !need.met) {
            let acts: Vec<usize> = if let Some(text) = takes_time(need, gaps.today, profile) {
                ongoing.push(Ongoing { competency: state.competency.clone(), text });
                continue;
            } else {
                acts_for(framework, competency, need)
            };
            if acts.is_empty() {
                let text = "Ask your supervisor what would show this.".to_owned();
                ongoing.push(Ongoing { competency: state.competency.clone(), text });
            } else {
                elements.push(Element {
                    competency: &state.competency,
                    state: need,
                    open: Open { competency: place, acts },
                });
            }
        }
    }
    let needs: Vec<Open> = elements.iter().map(|element| element.open.clone()).collect();
    let most: Vec<usize> = ACTS.iter().map(|act| act.most).collect();
    let assignment = cover(&needs, &most);
    let mut steps = steps(&elements, &assignment);
    order(&mut steps, &elements, &ongoing);
    Plan {
        today: gaps.today,
        open_needs: u32::try_from(elements.len() + ongoing.len()).unwrap_or(u32::MAX),
        steps,
        ongoing,
    }
}

/// What to do about a need that is met over time and not by one thing.
fn takes_time(need: &NeedState, today: NaiveDate, profile: &Profile) -> Option<String> {
    if need.need.rhythm.is_some() {
        return Some(
            "Keep meeting your supervisor at the expected rhythm: the log shows it, not one entry.".to_owned(),
        );
    }
    let months = need.need.first_months?;
    let last = profile.started.and_then(|day| Period::first_months(u32::from(months), day).to());
    if last.is_some_and(|last| last < today) {
        return Some(format!(
            "Your first {months} months are over. If hours under supervision are missing from the log, add them; \
             otherwise ask your supervisor to agree that what is there suffices."
        ));
    }
    let so_far = short_duration(need.minutes.unwrap_or(0));
    need.need.hours.map(|hours| {
        format!("Log your sessions and say which were under supervision: {so_far} of {hours} h in your first {months} months so far.")
    })
}

/// The acts that could close a need, by their place in [`ACTS`].
fn acts_for(framework: &Framework, competency: &Competency, need: &NeedState) -> Vec<usize> {
    let group = framework.is_of_groups(competency.area);
    let fits = |act: &Act| {
        let setting = match act.setting {
            Setting::Either => true,
            Setting::Alone => !group,
            Setting::Group => group,
        };
        let right = |kind: &EvidenceKind| need.need.accepts().contains(kind) && right_course(act, *kind, need);
        setting && act.offers.iter().any(right)
    };
    ACTS.iter().enumerate().filter(|(_, act)| fits(act)).map(|(place, _)| place).collect()
}

/// Whether a certificate that an act leaves behind is of the course that is asked for.
fn right_course(act: &Act, kind: EvidenceKind, need: &NeedState) -> bool {
    kind != EvidenceKind::Certificate || need.need.course == act.course
}

/// Packs what is assigned to each act into as few of them as hold it.
fn steps(elements: &[Element<'_>], assignment: &[usize]) -> Vec<Step> {
    let mut steps = Vec::new();
    for (place, act) in ACTS.iter().enumerate() {
        let ours: Vec<&Element<'_>> =
            elements.iter().zip(assignment).filter(|(_, to)| **to == place).map(|(element, _)| element).collect();
        let mut competencies: Vec<&str> = ours.iter().map(|element| element.competency).collect();
        competencies.dedup();
        // What waits for a course stands together, so that the first observations need not wait for it.
        let waits = |number: &str| ours.iter().any(|e| e.competency == number && needs_first(e, elements));
        competencies.sort_by_key(|number| waits(number));
        for some in competencies.chunks(act.most) {
            let here = ours.iter().filter(|element| some.contains(&element.competency));
            let kind = |element: &&&Element<'_>| {
                let right = |kind: &EvidenceKind| {
                    element.state.need.accepts().contains(kind) && right_course(act, *kind, element.state)
                };
                act.offers.iter().copied().find(right)
            };
            let mut closes: Vec<Closed> =
                here.filter_map(|e| Some(Closed { competency: e.competency.to_owned(), kind: kind(&e)? })).collect();
            closes.dedup();
            steps.push(Step {
                act: act.id.clone(),
                title: title(act, closes.len()),
                what: act.one.clone(),
                how: act.how.clone(),
                kind: act.kind.clone(),
                set: act.set.clone(),
                competencies: some.iter().map(|number| (*number).to_owned()).collect(),
                closes,
                completes: Vec::new(),
                after: Vec::new(),
            });
        }
    }
    steps
}

/// Whether what should come before a need is open as well.
fn needs_first(element: &Element<'_>, elements: &[Element<'_>]) -> bool {
    element.state.need.after.is_some_and(|first| {
        elements.iter().any(|e| e.competency == element.competency && e.state.need.accepts().contains(&first))
    })
}

fn title(act: &Act, closes: usize) -> String {
    match closes {
        1 => format!("{} would close one gap.", act.one),
        n => format!("{} would close {} of your gaps.", act.one, crate::words::number(n)),
    }
}

/// Puts what closes most first, but nothing before what it counts only after; then says what is complete at each step.
fn order(steps: &mut Vec<Step>, elements: &[Element<'_>], ongoing: &[Ongoing]) {
    let mut left: Vec<Step> = std::mem::take(steps);
    left.sort_by_key(|step| std::cmp::Reverse(step.closes.len()));
    let firsts = |step: &Step| -> Vec<Closed> {
        let waits = elements.iter().filter(|e| step.closes.iter().any(|c| closes(c, e)));
        waits
            .filter(|element| needs_first(element, elements))
            .filter_map(|e| Some(Closed { competency: e.competency.to_owned(), kind: e.state.need.after? }))
            .collect()
    };
    while !left.is_empty() {
        // The one that closes most, or what has to come before it.
        let mut next = 0;
        for _ in 0..left.len() {
            let firsts = firsts(&left[next]);
            let before = |other: &Step| other.closes.iter().any(|closed| firsts.contains(closed));
            match left.iter().position(before) {
                Some(first) if first != next => next = first,
                _ => break,
            }
        }
        let mut step = left.remove(next);
        let firsts = firsts(&step);
        let before = |(_, other): &(usize, &Step)| other.closes.iter().any(|closed| firsts.contains(closed));
        step.after =
            steps.iter().enumerate().filter(before).filter_map(|(place, _)| u32::try_from(place).ok()).collect();
        steps.push(step);
    }
    for place in 0..steps.len() {
        let closed: Vec<Closed> = steps[..=place].iter().flat_map(|step| step.closes.clone()).collect();
        let still_open = |number: &str| {
            elements.iter().any(|e| e.competency == number && !closed.iter().any(|c| closes(c, e)))
                || ongoing.iter().any(|o| o.competency == number)
        };
        let numbers = steps[place].competencies.clone();
        steps[place].completes = numbers.into_iter().filter(|number| !still_open(number)).collect();
    }
}

fn closes(closed: &Closed, element: &Element<'_>) -> bool {
    closed.competency == element.competency && element.state.need.accepts().contains(&closed.kind)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;
    use crate::kind::{FieldType, Kinds};
    use crate::ledger::Ledger;
    use crate::{Books, Draft, Stamp, check};

    fn empty(tier: u8) -> (Framework, Gaps, Profile) {
        let framework = Framework::shipped();
        let ledger = Ledger::of(&[], &Kinds::shipped(), &framework, "2026-11-21".parse().unwrap());
        let gaps = crate::gaps::gaps(&framework, &ledger, tier, &[]);
        (framework, gaps, ledger.profile)
    }

    #[test]
    fn every_open_need_is_closed_once_or_said_to_take_time() {
        for tier in [0, 2] {
            let (framework, gaps, profile) = empty(tier);
            let plan = plan(&framework, &gaps, &profile);
            let mut closed: Vec<&Closed> = plan.steps.iter().flat_map(|step| &step.closes).collect();
            let all = closed.len();
            closed.sort();
            closed.dedup();
            assert_eq!(closed.len(), all, "closed twice");
            let open = gaps.competencies.iter().filter(|s| s.expected).map(|s| s.needs.len()).sum::<usize>();
            assert_eq!(closed.len() + plan.ongoing.len(), open);
            assert_eq!(plan.ongoing.iter().map(|o| o.competency.as_str()).collect::<Vec<_>>(), ["1.5", "2.10"]);
            let complete: usize = plan.steps.iter().map(|step| step.completes.len()).sum();
            assert_eq!(complete, gaps.summary.expected as usize - 2);
        }
    }

    #[test]
    fn an_observation_that_counts_only_after_a_course_stands_after_it() {
        let (framework, gaps, profile) = empty(0);
        let plan = plan(&framework, &gaps, &profile);
        let course = plan.steps.iter().position(|step| step.act == "course").unwrap();
        let waiting: Vec<&Step> = plan.steps.iter().filter(|step| step.after == [course as u32]).collect();
        assert!(!waiting.is_empty());
        assert!(waiting.iter().all(|step| step.act == "observed-session"));
        let two_two =
            plan.steps.iter().position(|s| s.act == "observed-session" && s.competencies.contains(&"2.2".into()));
        assert!(two_two.unwrap() > course);
    }

    #[test]
    fn group_work_is_shown_in_a_group() {
        let (framework, gaps, profile) = empty(2);
        let plan = plan(&framework, &gaps, &profile);
        for step in plan.steps.iter().filter(|step| step.kind == "observation") {
            let group = step.competencies.iter().all(|number| number.starts_with("4."));
            assert_eq!(group, step.act == "observed-group", "{step:?}");
        }
    }

    #[test]
    fn no_form_is_longer_than_someone_fills_in_with_care() {
        let (framework, gaps, profile) = empty(2);
        for step in plan(&framework, &gaps, &profile).steps {
            let act = ACTS.iter().find(|act| act.id == step.act).unwrap();
            assert!(step.competencies.len() <= act.most);
        }
    }

    #[test]
    fn what_is_covered_or_agreed_needs_no_plan() {
        let (framework, mut gaps, profile) = empty(0);
        for (at, state) in gaps.competencies.iter_mut().enumerate() {
            state.status = if at % 2 == 0 { Status::Evidenced } else { Status::SignedOff };
        }
        let plan = plan(&framework, &gaps, &profile);
        assert_eq!((plan.open_needs, plan.steps.len()), (0, 0));
    }

    #[test]
    fn every_kind_of_evidence_can_be_arranged_and_every_act_fits_its_kind() {
        let kinds = Kinds::shipped();
        for kind in EvidenceKind::ALL {
            assert!(ACTS.iter().any(|act| act.offers.contains(&kind)), "{}", kind.id());
        }
        for act in ACTS.iter() {
            let kind = kinds.newest_of(&act.kind).unwrap_or_else(|| panic!("{} is of no kind", act.id));
            for offered in &act.offers {
                assert!(kind.offers.iter().any(|offer| offer.evidence == *offered), "{}: {}", act.id, offered.id());
            }
        }
    }

    #[test]
    fn what_an_act_prefills_is_there_and_right() {
        let (kinds, framework) = (Kinds::shipped(), Framework::shipped());
        let books = Books { kinds: &kinds, framework: &framework };
        let now = "2026-11-21T09:00:00Z".parse().unwrap();
        let stamp = Stamp { today: "2026-11-21".parse().unwrap(), now, id: uuid::Uuid::from_u128(7) };
        let ids: BTreeSet<&str> = ACTS.iter().map(|act| act.id.as_str()).collect();
        assert_eq!(ids.len(), ACTS.len(), "an act stands twice");
        for act in ACTS.iter() {
            let kind = kinds.newest_of(&act.kind).unwrap();
            let value = |field: &str, text: &str| match kind.field(field).map(|field| &field.holds) {
                Some(FieldType::YesNo) => json!(["no", "yes"].iter().position(|word| *word == text).unwrap() == 1),
                Some(_) => json!(text),
                None => panic!("{}: {} has no {field}", act.id, act.kind),
            };
            let mut draft = Draft::from_iter([("kind".to_owned(), json!(act.kind))]);
            draft.extend(act.set.iter().map(|(field, text)| (field.clone(), value(field, text))));
            let problems = check(&draft, books, stamp).unwrap_err();
            // What is not prefilled may be missing; what is prefilled is right.
            assert!(problems.iter().all(|p| !draft.contains_key(&p.field)), "{}: {problems:?}", act.id);
        }
    }
}
