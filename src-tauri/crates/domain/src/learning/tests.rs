//! The rules of training, each as a sentence.

use uuid::Uuid;

use super::*;
use crate::renewals::{Validity, running_out};
use crate::views::Renewal;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn learnt(date: &str) -> Learning {
    Learning {
        id: Uuid::from_u128(1),
        date: day(date),
        title: "A course".into(),
        form: "course".into(),
        minutes: 420,
        provider: Some("Heronsbridge".into()),
        capabilities: Vec::new(),
        model: None,
        changed: None,
        accredited: false,
        practised: false,
        certificate: false,
        expires: None,
        prior: false,
        accepted_by: None,
        young_people: false,
        supervising: false,
        course: None,
    }
}

fn aid(date: &str) -> Learning {
    Learning { capabilities: vec!["first-aid".into()], ..learnt(date) }
}

fn renewed_every(months: u32) -> TrainingPlan {
    let renewal = Renewal { capability: "first-aid".into(), months: Some(months), mandatory: true };
    TrainingPlan { renewals: vec![renewal], ..TrainingPlan::default() }
}

fn on(learning: &[Learning], plan: &TrainingPlan, today: &str) -> Trainings {
    let coach = Coach {
        today: day(today),
        tier: 0,
        plan,
        first_session: None,
        accepting: &BTreeSet::new(),
        shown: &[],
        statuses: &HashMap::new(),
    };
    trainings(&Framework::shipped(), learning, coach)
}

fn first_aid(learning: &[Learning], plan: &TrainingPlan, today: &str) -> Capability {
    let found = on(learning, plan, today).capabilities.into_iter().find(|item| item.capability == "first-aid");
    found.unwrap()
}

#[test]
fn every_capability_and_model_has_its_line() {
    let nothing = on(&[], &TrainingPlan::default(), "2026-06-12");
    assert_eq!((nothing.capabilities.len(), nothing.models.len()), (16, 28));
    assert!(nothing.capabilities.iter().all(|item| item.state == Validity::None && !item.mandatory));
    assert!(nothing.models.iter().all(|item| !item.covered) && nothing.milestones.is_empty());
}

#[test]
fn sixty_days_before_the_end_is_soon_and_sixty_one_is_not() {
    let course = Learning { expires: Some(day("2026-08-31")), ..aid("2025-08-31") };
    let state = |today| first_aid(std::slice::from_ref(&course), &TrainingPlan::default(), today).state;
    assert_eq!(state("2026-07-01"), Validity::Current);
    assert_eq!(state("2026-07-02"), Validity::Expiring);
    assert_eq!(state("2026-08-31"), Validity::Expiring, "the last day still holds");
    assert_eq!(state("2026-09-01"), Validity::Expired);
}

#[test]
fn its_own_last_day_comes_before_the_months_the_coach_set() {
    let own = Learning { expires: Some(day("2027-01-01")), ..aid("2026-01-31") };
    assert_eq!(first_aid(&[own], &renewed_every(1), "2026-02-01").expires, Some(day("2027-01-01")));
    let by_rule = first_aid(&[aid("2026-01-31")], &renewed_every(1), "2026-02-01");
    assert_eq!((by_rule.expires, by_rule.days_left), (Some(day("2026-02-28")), Some(27)));
    assert_eq!(first_aid(&[aid("2024-02-29")], &renewed_every(12), "2025-03-01").state, Validity::Expired);
    assert!(by_rule.mandatory);
}

#[test]
fn without_a_last_day_it_holds() {
    let held = first_aid(&[aid("2019-01-01")], &TrainingPlan::default(), "2026-06-12");
    assert_eq!((held.state, held.expires, held.date), (Validity::Current, None, Some(day("2019-01-01"))));
}

#[test]
fn the_newest_record_speaks_and_the_future_does_not() {
    let old = Learning { certificate: true, ..aid("2025-01-01") };
    let held = first_aid(&[aid("2026-01-01"), old, aid("2026-12-01")], &renewed_every(12), "2026-06-12");
    assert_eq!((held.date, held.certificate), (Some(day("2026-01-01")), false));
}

#[test]
fn a_renewal_takes_the_place_of_what_it_renews() {
    let first = Learning { expires: Some(day("2025-01-01")), ..learnt("2024-01-01") };
    let again = Learning { expires: Some(day("2026-07-01")), title: "a course ".into(), ..learnt("2025-01-01") };
    let others = on(&[first, again], &TrainingPlan::default(), "2026-06-12").others;
    assert_eq!(others.iter().map(|other| other.state).collect::<Vec<_>>(), [Validity::Expiring]);
}

#[test]
fn a_model_is_covered_by_what_was_learnt_about_it_at_any_tier() {
    let read = Learning { model: Some("veterans".into()), ..learnt("2026-01-01") };
    let found = on(&[read], &TrainingPlan::default(), "2026-06-12");
    assert!(!found.models_expected);
    assert_eq!(found.models.iter().filter(|model| model.covered).count(), 1);
}

#[test]
fn a_model_is_shown_by_work_as_well_as_by_what_was_learnt() {
    let shown = |n: u128, date: &str, models: &[&str]| ModelShown {
        id: Uuid::from_u128(n),
        date: day(date),
        models: models.iter().map(|model| (*model).to_owned()).collect(),
    };
    let work = [
        shown(7, "2026-02-01", &["veterans", "carers"]),
        shown(8, "2026-03-01", &["veterans"]),
        shown(9, "2026-06-13", &["bereavement"]),
    ];
    let plan = TrainingPlan::default();
    let (accepting, statuses) = (BTreeSet::new(), HashMap::new());
    let coach = Coach {
        today: day("2026-06-12"),
        tier: 2,
        plan: &plan,
        first_session: None,
        accepting: &accepting,
        shown: &work,
        statuses: &statuses,
    };
    let read = Learning { model: Some("veterans".into()), ..learnt("2026-02-15") };
    let found = trainings(&Framework::shipped(), &[read], coach);
    let of = |id: &str| found.models.iter().find(|model| model.model == id).unwrap();
    let veterans: Vec<u128> = of("veterans").records.iter().map(|id| id.as_u128()).collect();
    assert_eq!((veterans, of("veterans").date), (vec![8, 1, 7], Some(day("2026-03-01"))));
    assert_eq!((of("carers").covered, of("bereavement").covered), (true, false), "the future does not count yet");
}

#[test]
fn milestones_follow_the_calendar() {
    let days = |started: &str| -> Vec<String> {
        let plan = TrainingPlan { started: Some(day(started)), ..TrainingPlan::default() };
        on(&[], &plan, "2024-08-29").milestones.iter().map(|m| format!("{} {}", m.day, m.passed)).collect()
    };
    assert_eq!(days("2024-02-29"), ["2024-03-28 true", "2024-08-28 true", "2025-02-28 false"], "a leap day");
    assert_eq!(days("2024-03-31"), ["2024-04-30 true", "2024-09-30 false", "2025-03-30 false"], "a month's end");
    assert_eq!(days("2023-08-31"), ["2023-09-30 true", "2024-02-29 true", "2024-08-30 false"], "into a leap year");
}

#[test]
fn milestones_say_how_their_competencies_stand() {
    let plan = TrainingPlan { started: Some(day("2026-01-01")), ..TrainingPlan::default() };
    let statuses = HashMap::from([("1.6".to_owned(), Status::Partial)]);
    let found = milestones(&Framework::shipped(), plan.started, &statuses, day("2026-06-12"));
    let named: Vec<Vec<(&str, Status)>> = found
        .iter()
        .map(|milestone| milestone.competencies.iter().map(|c| (c.competency.as_str(), c.status)).collect())
        .collect();
    let expected = [
        vec![("1.9", Status::None)],
        vec![("1.4", Status::None), ("1.6", Status::Partial)],
        vec![("2.10", Status::None)],
    ];
    assert_eq!(named, expected);
}

#[test]
fn what_runs_out_is_one_list_the_soonest_first() {
    let ends = |capability: Option<&str>, title: &str, expires: &str| Learning {
        capabilities: capability.map(str::to_owned).into_iter().collect(),
        title: title.into(),
        expires: Some(day(expires)),
        ..learnt("2026-01-01")
    };
    let learning = [
        ends(Some("first-aid"), "An afternoon", "2026-07-01"),
        ends(None, "Fire warden", "2026-06-01"),
        ends(None, "Moving and handling", "2026-08-12"),
    ];
    let ending = running_out(&Framework::shipped(), &learning, &TrainingPlan::default(), day("2026-06-12"));
    let told: Vec<_> = ending.iter().map(|one| (one.title.as_str(), one.days_left)).collect();
    assert_eq!(told, [("Fire warden", -11), ("Basic first aid", 19)]);
}
