//! Models that ask questions: listed, added, removed, and used by a record.

use serde_json::{Value, json};

use crate::Coach;

fn own(title: &str) -> String {
    json!({ "title": title, "for": "reflection", "prompts": [{ "prompt": "Here", "help": "What you notice." }, { "prompt": "Next" }] })
        .to_string()
}

#[test]
fn the_built_in_models_are_listed_for_reflection_and_for_supervision() {
    let coach = Coach::with_vault();
    let listed = coach.json(&["prompts", "VAULT"]);
    let models: Vec<(&str, &str)> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|model| (model["for"].as_str().unwrap(), model["id"].as_str().unwrap()))
        .collect();
    assert_eq!(models.len(), 12);
    assert!(models.contains(&("reflection", "schon")) && models.contains(&("supervision", "schon")));
    let text = coach.does(&["prompts", "VAULT"]);
    assert!(text.contains("TGROW: topic, goal, reality, options, will (tgrow, for a supervision)"), "{text}");
}

#[test]
fn a_model_of_ones_own_is_added_used_and_removed() {
    let coach = Coach::with_vault();
    coach.writes("own.json", own("Three small words"));
    let kept = coach.json(&["prompts", "VAULT", "--add", "own.json"]);
    assert_eq!(kept["id"], "own:Three small words");
    assert_eq!(kept["prompts"][1], json!({ "prompt": "Next", "help": "" }));
    let listed = coach.json(&["prompts", "VAULT"]);
    assert_eq!(listed[12], kept, "after those that are built in");

    let added = coach.json(&[
        "add",
        "VAULT",
        "reflection",
        "--set",
        "date=2026-06-11",
        "--set",
        "title=A pause",
        "--set",
        "model=own:Three small words",
        "--set",
        "answers=[{\"prompt\": \"Here\", \"text\": \"I held my breath.\"}]",
    ]);
    let shown = coach.does(&["show", "VAULT", added["id"].as_str().unwrap()]);
    assert!(shown.contains("Way of reflecting: Three small words"), "{shown}");
    let found = coach.json(&["search", "VAULT", "small words"]);
    assert_eq!(found["total"], 1, "the name of one's own model is found");

    assert!(coach.refused(2, &["prompts", "VAULT", "--add", "own.json"]).contains("title: There is a model called"));
    let gone = coach.json(&["prompts", "VAULT", "--remove", "Three small words"]);
    assert_eq!(gone, kept);
    assert_eq!(coach.json(&["prompts", "VAULT"]).as_array().unwrap().len(), 12);
    let record: Value = coach.json(&["show", "VAULT", added["id"].as_str().unwrap()]);
    assert_eq!(record["answers"][0]["text"], "I held my breath.", "answers stay");
    assert!(coach.refused(2, &["prompts", "VAULT", "--remove", "Three small words"]).contains("no model of yours"));
}

#[test]
fn a_model_that_does_not_fit_is_refused_with_every_reason() {
    let coach = Coach::with_vault();
    coach.writes("wrong.json", json!({ "title": " ", "for": "goal", "prompts": [] }).to_string());
    let said = coach.runs(&["prompts", "VAULT", "--add", "wrong.json", "--json"]);
    assert_eq!(said.status, 2);
    let refused: Value = serde_json::from_str(&said.out).unwrap();
    let problems = refused["error"]["problems"].as_array().unwrap();
    let fields: Vec<&str> = problems.iter().map(|one| one["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["title", "for", "prompts"]);
    for text in ["[]", "{\"title\": 3}", "not json"] {
        coach.writes("wrong.json", text);
        let err = coach.refused(2, &["prompts", "VAULT", "--add", "wrong.json"]);
        assert!(err.contains("\"prompts\": [{\"prompt\""), "an example helps: {err}");
    }
    coach.refused(2, &["prompts", "VAULT", "--add", "nowhere.json"]);
}
