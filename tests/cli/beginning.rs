//! What the publications name for the work itself: levels, values, induction, whom to ask, ways to the training.

use serde_json::{Value, json};

use crate::Coach;

fn with(records: &[Value]) -> Coach {
    let coach = Coach::with_vault();
    coach.writes("records.jsonl", records.iter().map(|record| record.to_string() + "\n").collect::<String>());
    coach.does(&["import", "VAULT", "records.jsonl"]);
    coach
}

fn profile(own: &Value) -> Value {
    let mut record =
        json!({ "kind": "profile", "date": "2026-06-01", "title": "A", "name": "A", "started": "2026-06-01" });
    record.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    record
}

#[test]
fn a_condition_that_asks_for_a_level_says_what_that_level_is() {
    let hours = |n: u32| {
        let session = |_| {
            json!({ "kind": "session", "date": "2026-06-02", "title": "S", "minutes": 1_200, "format": "one-to-one",
            "mode": "video" })
        };
        with(&(0..n / 20).map(session).collect::<Vec<_>>())
    };
    for (n, level) in [(200, "takes the initiative"), (500, "where it meets other fields"), (1_000, "lead with")] {
        let coach = hours(n);
        let said = coach.does(&["hours", "VAULT"]);
        assert!(said.contains("At this level") && said.contains(level), "{said}");
        assert!(coach.json(&["hours", "VAULT"])["outstanding"].to_string().contains(level));
        coach.does(&["export", "VAULT", "--html", "out.html"]);
        assert!(std::fs::read_to_string(coach.at("out.html")).unwrap().contains(level));
    }
}

#[test]
fn the_values_of_the_nhs_stand_with_standard_seven_and_with_statements_of_values() {
    let coach = with(&[json!({ "kind": "person", "date": "2026-06-01", "title": "Wren", "name": "Wren",
        "role": "health-coaching-supervisor" })]);
    let standards = coach.json(&["standards", "VAULT"]);
    let names = [
        "Working together for patients",
        "Respect and dignity",
        "Commitment to quality of care",
        "Compassion",
        "Improving lives",
        "Everyone counts",
    ];
    for of in [&standards["people"][0], &standards["own"]] {
        let by = |n: usize| of["standards"][n]["evidenced_by"].as_str().unwrap();
        assert!(names.iter().all(|name| by(6).contains(name)) && !by(5).contains(names[0]), "{of}");
    }
    let fields = coach.json(&["fields", "statement"]);
    let values = fields["fields"].as_array().unwrap().iter().find(|field| field["id"] == "values").unwrap().clone();
    assert!(names.iter().all(|name| values.to_string().contains(name)), "{values}");
    coach.does(&[
        "add",
        "VAULT",
        "statement",
        "--set",
        "title=Mine",
        "--set",
        "about=values",
        "--set",
        "values=[\"compassion\"]",
    ]);
}

#[test]
fn the_induction_is_a_checklist_until_it_is_done() {
    let topic = |topic: &str| json!({ "topic": topic, "date": "2026-06-03" });
    let coach = with(&[profile(&json!({ "induction": [topic("systems"), topic("boundaries")] }))]);
    let induction = coach.json(&["learning", "VAULT"])["induction"].as_array().unwrap().clone();
    assert_eq!(induction.iter().filter(|one| one["done"] == "2026-06-03").count(), 2);
    assert_eq!(induction.iter().filter(|one| one["done"].is_null()).count(), 6);
    let text = coach.does(&["learning", "VAULT"]);
    assert!(text.contains("before your first referrals") && text.contains(" · 3 June 2026"), "{text}");
}

#[test]
fn a_safeguarding_lead_is_the_first_to_speak_to_about_safeguarding() {
    let person = |name: &str, role: &str, concerns: Value| json!({ "kind": "person", "date": "2026-06-01", "title": name, "name": name, "role": role, "concerns": concerns });
    let coach = with(&[
        person("Ash Lead", "safeguarding-lead", json!([])),
        person("Bo Lead", "safeguarding-lead", json!(["safeguarding", "work"])),
        person("Cam Manager", "line-manager", json!(["work"])),
    ]);
    let contacts = coach.json(&["agenda", "VAULT"])["first_contacts"].clone();
    let of = |concern: &str| -> Vec<Value> {
        let found = contacts.as_array().unwrap().iter().find(|one| one["concern"] == concern).unwrap();
        found["people"].as_array().unwrap().iter().map(|person| person["name"].clone()).collect()
    };
    assert_eq!(of("safeguarding"), ["Ash Lead", "Bo Lead"]);
    assert_eq!(of("work"), ["Bo Lead", "Cam Manager"]);
}

#[test]
fn the_ways_to_the_training_are_told_as_unequal_as_they_are() {
    let coach = Coach::with_vault();
    let text = coach.does(&["learning", "VAULT"]);
    for says in [
        "This is the training that is asked for, of experienced coaches too.",
        "your health coaching supervisor accepts it before you begin",
        "Only for people who had coached before",
    ] {
        assert!(text.contains(says), "{text}");
    }
    let routes = coach.json(&["learning", "VAULT"])["training"]["routes"].clone();
    assert!(routes.as_array().unwrap().iter().all(|route| !route["says"].as_str().unwrap().is_empty()));
}
