//! Gaps and hours in the shapes of the contract; the framework and the schema.

use std::fs;

use serde_json::{Value, json};

use crate::{Coach, TODAY};

fn state<'a>(gaps: &'a Value, competency: &str) -> &'a Value {
    gaps["competencies"].as_array().unwrap().iter().find(|state| state["competency"] == competency).unwrap()
}

#[test]
fn gaps_say_what_is_asked_for_and_what_is_there() {
    let coach = Coach::with_vault();
    let empty = coach.json(&["gaps", "VAULT"]);
    assert_eq!(empty["today"], TODAY);
    assert_eq!((empty["tier"].as_u64(), empty["competencies"].as_array().unwrap().len()), (Some(0), 38));
    let all_open = json!({ "expected": 32, "none": 32, "partial": 0, "evidenced": 0, "signed_off": 0, "stale": 0 });
    assert_eq!(empty["summary"], all_open);
    assert_eq!((&state(&empty, "4.1")["expected"], &state(&empty, "4.1")["status"]), (&json!(false), &json!("none")));
    let needs = &state(&empty, "3.2")["needs"];
    assert_eq!(needs[2]["any_of"], json!(["e-learning", "self-directed-learning"]));
    assert_eq!(state(&empty, "2.2")["needs"][1]["after"], "training-practice");

    let added = coach.json(&["add", "VAULT", "reflection", "--set", "title=Seen", "--claim", "1.3"]);
    let partly = coach.json(&["gaps", "VAULT"]);
    let state = state(&partly, "1.3");
    assert_eq!(state["status"], "partial");
    let met: Vec<&Value> = state["needs"].as_array().unwrap().iter().filter(|need| need["met"] == true).collect();
    assert_eq!(
        (met.len(), &met[0]["kind"], &met[0]["records"]),
        (1, &json!("reflective-journal"), &json!([added["id"]]))
    );
}

#[test]
fn hours_count_attended_nhs_minutes() {
    let coach = Coach::with_vault();
    let session = |set: &[&str]| {
        let base = [
            "add",
            "VAULT",
            "session",
            "--set",
            "title=A session",
            "--set",
            "format=one-to-one",
            "--set",
            "mode=video",
        ];
        let mut arguments = base.to_vec();
        for pair in set {
            arguments.extend(["--set", pair]);
        }
        coach.does(&arguments);
    };
    session(&["minutes=50", "supervised=yes"]);
    session(&["minutes=45", "outcome=did-not-attend"]);
    session(&["minutes=30", "nhs=no"]);
    session(&["minutes=60", "date=2026-06-01"]);
    let hours = coach.json(&["hours", "VAULT"]);
    assert_eq!(hours["nhs_minutes"], 110);
    assert_eq!(hours["other_minutes"], 30);
    assert_eq!(hours["supervised_minutes"], 50);
    assert_eq!(hours["tier"], 0);
    assert_eq!(hours["by_mode"], json!({ "video": 110 }));
    assert_eq!((&hours["next"]["tier"], &hours["next"]["minutes_left"]), (&json!(1), &json!(2890)));
    assert!(hours["next"]["forecast"].is_string() && hours["next"]["open_conditions"].is_array());
}

#[test]
fn the_framework_is_printed_checked_and_installed() {
    let coach = Coach::with_vault();
    let shipped = coach.json(&["framework"]);
    assert_eq!(shipped["competencies"].as_array().unwrap().len(), 38);
    assert!(coach.does(&["framework"]).contains("B1570"));

    let mut theirs = shipped.clone();
    theirs["id"] = json!("employer-2026");
    theirs["title"] = json!("Our own framework");
    coach.writes("theirs.json", theirs.to_string());
    assert!(coach.does(&["framework", "theirs.json"]).contains("can be installed"));
    coach.does(&["framework", "theirs.json", "--vault", "VAULT", "--install"]);
    assert_eq!(coach.json(&["framework", "--vault", "VAULT"])["title"], "Our own framework");
    assert_eq!(coach.json(&["gaps", "VAULT"])["framework"], "employer-2026");

    let mut broken = shipped;
    broken["competencies"][4]["needs"][0]["kind"] = json!("gossip");
    broken["tiers"][0].as_object_mut().unwrap().remove("hours");
    coach.writes("broken.json", broken.to_string());
    let said = coach.runs(&["framework", "broken.json"]);
    assert_eq!(said.status, 1);
    assert!(said.out.contains("competencies[4].needs[0].kind") && said.out.contains("tiers[0].hours"), "{}", said.out);
    coach.refused(2, &["framework", "broken.json", "--vault", "VAULT", "--install"]);
    assert_eq!(coach.json(&["gaps", "VAULT"])["framework"], "employer-2026");
}

#[test]
fn a_framework_that_drops_a_claimed_competency_is_not_installed() {
    let coach = Coach::with_vault();
    coach.does(&["add", "VAULT", "reflection", "--set", "title=Seen", "--claim", "1.10"]);
    let mut less = coach.json(&["framework"]);
    less["competencies"].as_array_mut().unwrap().retain(|competency| competency["number"] != "1.10");
    coach.writes("less.json", less.to_string());
    assert!(coach.refused(2, &["framework", "less.json", "--vault", "VAULT", "--install"]).contains("1.10"));
}

#[test]
fn the_schema_is_the_committed_one_and_takes_what_is_exported() {
    let coach = Coach::new();
    let schema = coach.json(&["schema"]);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/schema/record.schema.json");
    assert_eq!(schema, serde_json::from_slice::<Value>(&fs::read(path).unwrap()).unwrap());
    coach.does(&["demo", "VAULT"]);
    coach.does(&["export", "VAULT", "--jsonl", "out"]);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let text = fs::read_to_string(coach.at("out/records.jsonl")).unwrap();
    for line in text.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        validator.validate(&record).unwrap_or_else(|error| panic!("{error}: {line}"));
    }
}
