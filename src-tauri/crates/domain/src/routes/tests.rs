//! The three ways to the training of tier 1, each rule as a sentence.

use proptest::prelude::*;

use super::*;
use crate::framework::Framework;

const SUPERVISOR: Uuid = Uuid::from_u128(2);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A day of an accredited course, with its certificate.
fn part(n: u128, date: &str) -> Learning {
    Learning {
        id: Uuid::from_u128(n),
        date: day(date),
        title: "Health coaching".into(),
        form: "course".into(),
        minutes: 360,
        provider: Some("Heronsbridge".into()),
        capabilities: Vec::new(),
        model: None,
        changed: None,
        accredited: true,
        practised: false,
        certificate: true,
        expires: None,
        prior: false,
        accepted_by: None,
        young_people: false,
        supervising: false,
        course: None,
    }
}

fn parts(dates: &[&str]) -> Vec<Learning> {
    dates.iter().enumerate().map(|(n, date)| part(n as u128 + 1, date)).collect()
}

/// The training with a first session on a day.
fn trained(learning: &[Learning], route: Option<TrainingRoute>, first: Option<&str>) -> Training {
    let (framework, accepting) = (Framework::shipped(), BTreeSet::from([SUPERVISOR]));
    let rules = Rules { decisions: &framework.decisions, accepting: &accepting };
    let learning: Vec<&Learning> = learning.iter().collect();
    training(&learning, &TrainingPlan { route, ..TrainingPlan::default() }, first.map(day), rules)
}

fn since(learning: &[Learning]) -> Option<NaiveDate> {
    trained(learning, None, None).since
}

#[test]
fn parts_of_one_date_are_one_day_unless_one_of_them_was_of_more() {
    let told = |minutes: &[(&str, u32)]| {
        let all = (1..).zip(minutes).map(|(n, (date, minutes))| Learning { minutes: *minutes, ..part(n, date) });
        let route = trained(&all.collect::<Vec<_>>(), None, None).routes.remove(0);
        (route.days, route.missing)
    };
    let missing = |text: &str| Some(text.to_owned());
    let day = "2026-03-09";
    let alike = "One of four days is here. All four are dated 9 March 2026: give each its own day.";
    assert_eq!(told(&[(day, 360); 4]), (1, missing(alike)));
    let both = "One of four days is here. Both are dated 9 March 2026: give each its own day.";
    assert_eq!(told(&[(day, 360); 2]), (1, missing(both)));
    let of_more = "Three of four days are here. Both are dated 9 March 2026: give each its own day.";
    assert_eq!(told(&[(day, 1_080), (day, 360)]), (3, missing(of_more)));
    let some = "Two of four days are here. Three are dated 9 March 2026: give each its own day.";
    assert_eq!(told(&[(day, 360), (day, 360), (day, 360), ("2026-03-10", 360)]), (2, missing(some)));
    // Two halves are a day, and nothing is left of what is less.
    let (days, missing) = told(&[(day, 180), (day, 180), ("2026-03-10", 359)]);
    assert_eq!(days, 1);
    assert!(missing.unwrap().contains("parts of one from the same provider"));
    assert_eq!(told(&[(day, 720), ("2026-03-11", 720)]), (4, None));
}

/// What tier 1 asks for is a course in health coaching; four days of something else are none.
#[test]
fn four_days_of_another_course_are_not_the_training() {
    let four = |course: Option<&str>| Learning {
        minutes: 4 * 420,
        practised: true,
        course: course.map(str::to_owned),
        ..part(1, "2026-01-05")
    };
    assert!(trained(&[four(None)], None, None).settled, "it does not say otherwise");
    assert!(trained(&[four(Some("health-coaching"))], None, None).settled);
    let experienced = Some(TrainingRoute::ExperienceAndTwoDay);
    assert!(!trained(&[four(Some("universal-model"))], experienced, None).settled);
    for other in [Learning { supervising: true, ..four(None) }, Learning { young_people: true, ..four(None) }] {
        assert!(!trained(std::slice::from_ref(&other), None, None).settled);
        let both = Learning { course: Some("health-coaching".into()), ..other };
        assert!(trained(&[both], None, None).settled, "it says that it was");
    }
}

#[test]
fn parts_of_one_course_add_up_to_four_days() {
    let days = parts(&["2026-01-05", "2026-01-06", "2026-01-12", "2026-01-13"]);
    let three = trained(&days[..3], None, None);
    assert_eq!(
        (three.settled, three.routes[0].shown, three.routes[0].days, three.routes[0].minutes),
        (false, false, 3, 1_080)
    );
    let says = three.routes[0].missing.as_deref().unwrap();
    assert!(says.starts_with("Three of four days are here. ") && says.contains("six months"), "{says}");
    let four = trained(&days, None, None);
    assert_eq!((four.settled, four.since), (true, Some(day("2026-01-13"))));
    assert_eq!((four.routes[0].days, four.routes[0].needed_days, four.routes[0].needed_minutes), (4, 4, 1_440));
    assert_eq!((four.routes[0].records.len(), &four.routes[0].missing), (4, &None));
    let whole = Learning { minutes: 1_440, ..part(1, "2026-01-05") };
    assert_eq!(since(std::slice::from_ref(&whole)), Some(day("2026-01-05")), "in one piece");
    assert_eq!(since(&[Learning { minutes: 1_439, ..whole }]), None);
}

#[test]
fn twenty_four_hours_of_anything_are_no_course() {
    let hours: Vec<Learning> =
        (1..=24).map(|n| Learning { minutes: 60, ..part(n, &format!("2026-01-{n:02}")) }).collect();
    assert_eq!(since(&hours), None, "an hour is no day");
    let halves: Vec<Learning> =
        (1..=8).map(|n| Learning { minutes: 180, ..part(n, &format!("2026-01-{:02}", n.div_ceil(2))) }).collect();
    assert_eq!(since(&halves), Some(day("2026-01-04")), "a morning and an afternoon are");
    let mut days = parts(&["2026-01-05", "2026-01-06", "2026-01-12", "2026-01-13"]);
    days[3].provider = Some("Another".into());
    assert_eq!(since(&days), None, "another provider");
    days[3].provider = Some(" heronsbridge ".into());
    assert_eq!(since(&days), Some(day("2026-01-13")), "the same, written otherwise");
    days.iter_mut().for_each(|part| part.provider = None);
    assert_eq!(since(&days), None, "nobody said that it was one");
}

#[test]
fn parts_of_a_course_lie_within_six_months() {
    assert_eq!(since(&parts(&["2026-01-05", "2026-02-05", "2026-03-05", "2026-07-05"])), Some(day("2026-07-05")));
    assert_eq!(since(&parts(&["2026-01-05", "2026-02-05", "2026-03-05", "2026-07-06"])), None);
    let moved = parts(&["2025-01-05", "2026-01-05", "2026-02-05", "2026-03-05", "2026-04-05"]);
    assert_eq!(since(&moved), Some(day("2026-04-05")), "an earlier attempt is in nobody's way");
}

#[test]
fn a_course_is_accredited_and_has_its_certificate() {
    let whole = Learning { minutes: 1_440, ..part(1, "2026-01-05") };
    assert_eq!(since(&[Learning { accredited: false, ..whole.clone() }]), None);
    assert_eq!(since(&[Learning { form: "event".into(), ..whole.clone() }]), None);
    let bare = Learning { certificate: false, ..whole };
    let told = trained(std::slice::from_ref(&bare), None, None);
    assert_eq!((told.settled, told.routes[0].days), (false, 4));
    assert!(told.routes[0].missing.as_deref().unwrap().contains("certificate"));
    let mut days = parts(&["2026-01-05", "2026-01-06", "2026-01-12", "2026-01-13"]);
    days[..3].iter_mut().for_each(|part| part.certificate = false);
    assert_eq!(since(&days), Some(day("2026-01-13")), "the last part has that of the course");
    days[3].certificate = false;
    assert_eq!(since(&days), None);
}

#[test]
fn a_route_that_is_said_is_not_shown() {
    let said = trained(&[], Some(TrainingRoute::FourDay), Some("2026-01-04"));
    assert_eq!((said.settled, said.only_said, said.coached_before), (false, true, None), "nobody knows the day");
    assert_eq!(said.routes[0].missing.as_deref(), Some("You said so; the certificate is not here yet."));
    assert_eq!((&said.routes[1].missing, &said.routes[2].missing), (&None, &None), "of the others nothing was said");
    let shown = trained(&[Learning { minutes: 1_440, ..part(1, "2026-01-05") }], Some(TrainingRoute::FourDay), None);
    assert_eq!((shown.settled, shown.only_said, shown.routes[0].chosen), (true, false, true));
    let nothing = trained(&[], None, None);
    assert_eq!((nothing.settled, nothing.only_said), (false, false));
}

#[test]
fn where_a_framework_decides_that_saying_is_enough_it_is() {
    let mut framework = Framework::shipped();
    framework.decisions.route_needs_record.value = false;
    let accepting = BTreeSet::new();
    let rules = Rules { decisions: &framework.decisions, accepting: &accepting };
    let plan = TrainingPlan { route: Some(TrainingRoute::FourDay), ..TrainingPlan::default() };
    assert!(settled(&[], &plan, rules) && !settled(&[], &TrainingPlan::default(), rules));
    assert!(!training(&[], &plan, None, rules).only_said);
}

#[test]
fn earlier_learning_counts_once_a_supervisor_accepted_it() {
    let note = Learning { prior: true, form: "self-directed".into(), ..part(1, "2026-01-05") };
    let told = |accepted_by, route| {
        let learning = [Learning { accepted_by, ..note.clone() }];
        let found = trained(&learning, route, None);
        (found.settled, found.routes[1].missing.clone().unwrap_or_default(), found.routes[1].records.len())
    };
    assert_eq!(told(Some(SUPERVISOR), None), (true, String::new(), 1));
    let (settled, says, _) = told(None, None);
    assert!(!settled && says.starts_with("Ask your health coaching supervisor to accept it"), "{says}");
    let (settled, says, _) = told(Some(Uuid::from_u128(3)), None);
    assert!(!settled && says.contains("it takes a health coaching supervisor"), "{says}");
    let said = trained(&[], Some(TrainingRoute::PriorLearning), None);
    assert!(said.routes[1].missing.as_deref().unwrap().starts_with("You said so; "));
    assert_eq!(since(&[Learning { prior: false, accepted_by: Some(SUPERVISOR), ..note }]), None);
}

#[test]
fn two_days_stand_for_it_only_beside_the_experience_the_profile_names() {
    let mut days = parts(&["2026-01-05", "2026-01-06"]);
    days.iter_mut().for_each(|part| (part.practised, part.accredited) = (true, false));
    let alone = trained(&days, None, None);
    assert!(!alone.settled && alone.routes[2].missing.as_deref().unwrap().contains("your profile"));
    let with = trained(&days, Some(TrainingRoute::ExperienceAndTwoDay), None);
    assert_eq!((with.settled, with.since, with.routes[2].chosen), (true, Some(day("2026-01-06")), true));
    days[1].practised = false;
    assert!(!trained(&days, Some(TrainingRoute::ExperienceAndTwoDay), None).settled);
}

#[test]
fn coaching_before_the_training_is_said_once_the_day_is_known() {
    let accepted = Learning { prior: true, accepted_by: Some(SUPERVISOR), ..part(1, "2026-01-05") };
    let before = |first| trained(std::slice::from_ref(&accepted), None, Some(first)).coached_before;
    assert_eq!(before("2026-01-04"), Some(day("2026-01-04")));
    assert_eq!(before("2026-01-05"), None, "on the day");
    assert_eq!(trained(&[], None, Some("2026-01-04")).coached_before, Some(day("2026-01-04")), "no training at all");
    assert_eq!(trained(&[], None, None).coached_before, None);
}

proptest! {
    /// A further record never takes the training away, and the order in which they are read changes nothing.
    #[test]
    fn more_is_never_less_and_order_never_matters(
        drawn in prop::collection::vec((0..400_u64, 1..1_441_u32, 0..3_usize, any::<[bool; 5]>()), 0..10),
        seed in any::<prop::sample::Index>(),
    ) {
        let learning: Vec<Learning> = drawn.iter().enumerate().map(|(n, (at, minutes, provider, [accredited, practised, certificate, prior, accepted]))| Learning {
            date: day("2025-01-01") + chrono::Days::new(*at),
            minutes: *minutes,
            provider: [Some("One"), Some("Two"), None][*provider].map(str::to_owned),
            accredited: *accredited,
            practised: *practised,
            certificate: *certificate,
            prior: *prior,
            accepted_by: accepted.then_some(SUPERVISOR),
            ..part(n as u128 + 1, "2025-01-01")
        }).collect();
        let route = Some(TrainingRoute::ExperienceAndTwoDay);
        let all = trained(&learning, route, None);
        let mut turned = learning.clone();
        turned.reverse();
        prop_assert_eq!(&trained(&turned, route, None), &all);
        if !learning.is_empty() {
            let mut fewer = learning.clone();
            fewer.remove(seed.index(learning.len()));
            let less = trained(&fewer, route, None);
            prop_assert!(!less.settled || all.settled);
            if let Some(since) = less.since {
                prop_assert!(all.since.is_some_and(|all| all <= since));
            }
        }
    }
}
