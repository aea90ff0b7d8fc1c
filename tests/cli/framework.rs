//! The framework, printed, checked and installed; the schema of the open form.

use std::fs;

use serde_json::{Value, json};

use crate::Coach;

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
