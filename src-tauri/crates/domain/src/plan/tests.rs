//! What is planned for whom.

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
        assert_eq!(plan.open_needs as usize, open);
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
    let two_two = plan.steps.iter().position(|s| s.act == "observed-session" && s.competencies.contains(&"2.2".into()));
    assert!(two_two.unwrap() > course);
}

/// The plan of someone who has these competencies open, and of them what `met` leaves open.
fn open_alone(numbers: &[&str], met: impl Fn(&str, &NeedState) -> bool) -> Plan {
    let (framework, mut gaps, profile) = empty(0);
    for state in &mut gaps.competencies {
        if !numbers.contains(&state.competency.as_str()) {
            state.status = Status::Evidenced;
        }
        for need in &mut state.needs {
            need.met = met(&state.competency, need);
        }
    }
    plan(&framework, &gaps, &profile)
}

#[test]
fn what_waits_for_a_course_stands_behind_what_does_not() {
    let trained = |need: &NeedState| need.need.accepts().contains(&EvidenceKind::TrainingPractice);
    let observed = |plan: &Plan| plan.steps.iter().find(|step| step.act == "observed-session").cloned().unwrap();
    let both = observed(&open_alone(&["2.2", "2.3"], |_, _| false));
    assert_eq!((both.competencies, both.after), (vec!["2.2".to_owned(), "2.3".to_owned()], vec![0]));
    let one = observed(&open_alone(&["2.2", "2.3"], |number, need| number == "2.3" && trained(need)));
    assert_eq!(one.competencies, ["2.3", "2.2"], "the first has its course");
    let none = observed(&open_alone(&["2.2", "2.3"], |_, need| trained(need)));
    assert_eq!((none.competencies, none.after), (vec!["2.2".to_owned(), "2.3".to_owned()], vec![]));
}

#[test]
fn a_certificate_is_planned_with_the_course_it_is_of() {
    let (framework, gaps, profile) = empty(0);
    let mut certificates = 0;
    for step in plan(&framework, &gaps, &profile).steps {
        for closed in step.closes.iter().filter(|closed| closed.kind == EvidenceKind::Certificate) {
            let needs = &framework.competency(&closed.competency).unwrap().needs;
            let asked = needs.iter().find(|need| need.accepts().contains(&EvidenceKind::Certificate)).unwrap();
            assert_eq!(asked.course.as_ref(), step.set.get("course"), "{}", closed.competency);
            certificates += 1;
        }
    }
    assert!(certificates > 0);
}

#[test]
fn the_first_months_are_over_on_the_day_after_their_last() {
    let ongoing = |started: &str| {
        let (framework, gaps, profile) = empty(0);
        let profile = Profile { started: Some(started.parse().unwrap()), ..profile };
        let plan = plan(&framework, &gaps, &profile);
        plan.ongoing.into_iter().find(|one| one.competency == "2.10").unwrap().text
    };
    assert!(!ongoing("2025-11-22").contains("are over"), "{}", ongoing("2025-11-22"));
    assert!(ongoing("2025-11-21").contains("are over"), "{}", ongoing("2025-11-21"));
    assert!(!ongoing("2026-06-01").contains("are over"));
    assert!(ongoing("2020-06-01").contains("are over"));
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
fn a_step_says_what_counts_for_what_and_nothing_twice() {
    let (framework, gaps, profile) = empty(2);
    let plan = plan(&framework, &gaps, &profile);
    for step in &plan.steps {
        let told: Vec<Closed> = step
            .counts_as
            .iter()
            .flat_map(|counts| {
                let closed = |number: &String| Closed { competency: number.clone(), kind: counts.kind };
                counts.competencies.iter().map(closed)
            })
            .collect();
        assert_eq!(told.iter().collect::<BTreeSet<_>>(), step.closes.iter().collect::<BTreeSet<_>>());
        let first = plan.steps.iter().position(|other| other.act == step.act).unwrap();
        assert_eq!(step.like.map_or(first, |place| place as usize), first);
    }
    let seen: Vec<&Step> = plan.steps.iter().filter(|step| step.act == "observed-session").collect();
    assert!(seen[0].title.starts_with("One observed session would close "), "{}", seen[0].title);
    assert_eq!((seen[0].like, seen[1].what.as_str()), (None, "Another observed session"));
    assert!(seen[1].like.is_some());
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
