//! The training that tier 1 asks for: three ways to it, shown or only said, and how long what was learnt may take.

use serde_json::{Value, json};

use crate::Coach;
use crate::answers::{id, session};
use crate::evidence::{certified, claimed, competency, learning, person, why, with};

fn training(coach: &Coach) -> Value {
    coach.json(&["learning", "VAULT"])["training"].clone()
}

#[test]
fn a_long_diploma_is_one_record() {
    let coach = Coach::with_records(&[with(learning("2026-03-09", "course", 3_600), &json!({ "id": id(1) }))]);
    assert!(coach.does(&["show", "VAULT", &id(1)]).contains("60 hours"));
    let appraisal = coach.json(&["appraisal", "VAULT", "--from", "2026-03-01", "--to", "2026-03-31"]);
    assert_eq!(appraisal["cpd"]["by_form"][0]["minutes"], 3_600);
    let said = coach.refused(2, &["edit", "VAULT", &id(1), "--set", "minutes=60001"]);
    assert!(said.contains("Minutes: 60001 does not fit; please give whole minutes from 1 to 60,000."), "{said}");
    assert!(coach.does(&["fields", "learning"]).contains("whole minutes from 1 to 60,000"));
}

#[test]
fn an_acceptance_by_someone_below_tier_three_counts_with_a_mark_at_its_route() {
    let supervisor =
        |tier: u32| with(person(2, "health-coaching-supervisor"), &json!({ "tier": tier, "name": "Wren Okafor" }));
    let note =
        with(learning("2026-02-01", "self-directed", 60), &json!({ "prior_learning": true, "accepted_by": id(2) }));
    let coach = Coach::with_records(&[supervisor(2), note]);
    let told = training(&coach);
    let mark = "Wren Okafor accepted it, and their standards as a supervisor are not met or not recorded. It counts with this \
                mark, and leaves a condition of tier 1 open until they are.";
    assert_eq!((&told["settled"], &told["routes"][1]["marked"]), (&json!(true), &json!(mark)));
    assert_eq!((&told["routes"][0]["marked"], &told["routes"][1]["missing"]), (&json!(null), &json!(null)));
    assert!(coach.does(&["learning", "VAULT"]).contains(mark));
    assert!(coach.json(&["hours", "VAULT"])["open"][0].to_string().contains("Wren Okafor, on whose word this rests"));
    coach.does(&["export", "VAULT", "--html", "out.html"]);
    let paper = std::fs::read_to_string(coach.at("out.html")).unwrap();
    assert!(
        paper.contains("earlier learning that was accepted, there since 1 February 2026. Wren Okafor accepted it"),
        "{paper}"
    );
    let seen: Vec<Value> = (2..=8).map(|n: u8| json!({ "standard": n.to_string(), "date": "2026-01-05" })).collect();
    let later = json!({ "standards": seen, "modified": "2030-01-01T10:00:00Z" });
    coach.keeps(&[with(supervisor(3), &later)]);
    assert_eq!(training(&coach)["routes"][1]["marked"], json!(null));
}

#[test]
fn a_route_that_the_profile_names_is_said_and_not_shown() {
    let coach = Coach::with_records(&[
        json!({ "kind": "profile", "name": "Rhian", "training_route": "four-day" }),
        with(session("2026-06-01"), &json!({ "minutes": 1_440, "supervised": true })),
        with(session("2026-06-02"), &json!({ "minutes": 1_440, "supervised": true })),
        with(session("2026-06-03"), &json!({ "minutes": 120, "supervised": true })),
    ]);
    let told = training(&coach);
    assert_eq!(
        (&told["settled"], &told["only_said"], &told["coached_before"]),
        (&json!(false), &json!(true), &json!(null))
    );
    assert_eq!(told["routes"][0]["missing"], "You said so; the certificate is not here yet.");
    assert!(coach.does(&["learning", "VAULT"]).contains("you said so, and the record that shows it is not here yet"));
    let hours = coach.json(&["hours", "VAULT"]);
    assert!(hours["outstanding"].to_string().contains("four-day"), "{hours}");
    let course =
        json!({ "kind": "learning", "date": "2026-05-01", "form": "course", "minutes": 1_440, "pci_accredited": true });
    coach.keeps(&[certified(&coach, course)]);
    assert_eq!((&training(&coach)["settled"], &training(&coach)["since"]), (&json!(true), &json!("2026-05-01")));
    assert!(!coach.json(&["hours", "VAULT"])["outstanding"].to_string().contains("four-day"));
}

#[test]
fn four_days_are_one_course_or_parts_of_one_and_not_so_many_hours() {
    let day = |date: &str| with(learning(date, "course", 420), &json!({ "pci_accredited": true }));
    let coach = Coach::with_records(&[session("2026-03-10"), day("2026-03-09"), day("2026-03-10"), day("2026-03-11")]);
    let told = training(&coach);
    assert_eq!((&told["settled"], &told["coached_before"]), (&json!(false), &json!("2026-03-10")));
    assert_eq!((&told["routes"][0]["days"], &told["routes"][0]["needed_days"]), (&json!(3), &json!(4)));
    coach.keeps(&[certified(&coach, with(day("2026-03-12"), &json!({ "provider": "Someone else" })))]);
    assert_eq!(training(&coach)["settled"], false, "another provider");
    coach.keeps(&[day("2026-03-12")]);
    assert_eq!(training(&coach)["settled"], false, "no certificate");
    coach.keeps(&[certified(&coach, day("2026-03-13"))]);
    let told = training(&coach);
    assert_eq!((&told["settled"], &told["since"]), (&json!(true), &json!("2026-03-13")));
    assert!(coach.does(&["learning", "VAULT"]).contains("You have coached since 10 March 2026"));

    let hour = |n: u32| with(learning(&format!("2026-03-{n:02}"), "course", 60), &json!({ "pci_accredited": true }));
    let coach = Coach::new();
    coach.does(&["init", "VAULT"]);
    let hours: Vec<Value> = (1..=24).map(|n| certified(&coach, hour(n))).collect();
    coach.keeps(&hours);
    assert_eq!(training(&coach)["settled"], false, "twenty-four hours of anything");
}

#[test]
fn earlier_learning_takes_a_health_coaching_supervisor() {
    let note = |by: u32| {
        let note = json!({ "id": id(9), "prior_learning": true, "accepted_by": id(by), "modified": format!("2026-06-12T09:00:{by:02}Z") });
        claimed(with(learning("2026-02-01", "self-directed", 60), &note), "2.2")
    };
    let coach = Coach::with_records(&[person(1, "observer"), person(2, "health-coaching-supervisor"), note(1)]);
    let told = training(&coach);
    assert_eq!((&told["settled"], &told["routes"][1]["shown"]), (&json!(false), &json!(false)));
    assert!(told["routes"][1]["missing"].as_str().unwrap().contains("it takes a health coaching supervisor"), "{told}");
    assert_eq!(why(&competency(&coach, "2.2")["needs"][0]), ["not-accepted"]);
    coach.keeps(&[note(2)]);
    assert_eq!(training(&coach)["settled"], true);
    assert_eq!(competency(&coach, "2.2")["needs"][0]["met"], true);
}
