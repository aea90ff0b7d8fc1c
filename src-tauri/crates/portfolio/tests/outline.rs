//! What the outline makes of every shape of field.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![allow(clippy::needless_pass_by_value, reason = "values are made where they are given")]

#[path = "../samples/mod.rs"]
#[allow(dead_code, reason = "examples and benchmarks use the rest")]
mod samples;

use domain::Record;
use portfolio::outline;
use serde_json::{Value, json};

fn id(number: u32) -> String {
    format!("018f3c1e-0000-7000-8000-{number:012}")
}

fn record(number: u32, kind: &str, title: &str, fields: &Value) -> Record {
    let mut record = json!({
        "id": id(number), "kind": kind, "date": "2026-03-12", "title": title,
        "created": "2026-03-12T12:00:00Z", "modified": "2026-03-12T12:00:00Z",
    });
    record.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    serde_json::from_value(record).unwrap()
}

/// The words of the portfolio that these records give.
fn printed(records: Vec<Record>) -> String {
    format!("{:?}", outline(&samples::of(records)))
}

#[test]
fn several_records_and_choices_are_printed_by_their_titles() {
    let person = json!({ "name": "Agnieszka Wójcik", "role": "observer", "concerns": ["work", "safeguarding"] });
    let supervision = json!({
        "type": "health-coaching", "format": "individual", "minutes": 60, "supervisor": id(1),
        "discussed": [id(2), id(3), id(9)], "model": "own:Three small words",
        "actions": [{ "text": "Ring the surgery", "due": "2026-03-20" }],
    });
    let text = printed(vec![
        record(1, "person", "Agnieszka", &person),
        record(2, "reflection", "A quiet session", &json!({ "body": "Words." })),
        record(3, "session", "Third session", &json!({ "minutes": 50, "format": "one-to-one", "mode": "video" })),
        record(4, "supervision", "March", &supervision),
    ]);
    for words in
        ["What was taken from the agenda: ", "Exhibit\\u{a0}1: A quiet session", "Third session", ", 12 March 2026"]
    {
        assert!(text.contains(words), "{words}");
    }
    assert!(text.contains("Three small words") && !text.contains("own:"), "a model of one's own by its name");
    assert!(text.contains("Ring the surgery") && text.contains("20 March 2026"));
}

#[test]
fn what_the_app_keeps_for_itself_is_not_printed() {
    let sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let fields = json!({
        "person": id(1), "scope": "competency", "competency": "2.2", "decision": "agreed", "comment": "Seen twice.",
        "portfolio_sha256": sha256, "signed": [{ "record": id(2), "sha256": sha256 }],
    });
    let text = printed(vec![record(4, "sign-off", "2.2 agreed", &fields)]);
    assert!(text.contains("Seen twice.") && text.contains("2.2 agreed"));
    assert!(!text.contains(&sha256[..8]) && !text.contains("What was signed"));
}

#[test]
fn long_texts_within_a_group_are_printed_under_their_labels() {
    let fields = json!({
        "minutes": 50, "format": "one-to-one", "mode": "video",
        "clinical_question": { "question": "Is it *safe* to walk?", "asked": "2026-03-12" },
    });
    let text = printed(vec![record(3, "session", "Third session", &fields)]);
    assert!(text.contains("An urgent clinical question: What was asked") && text.contains("to walk?"));
    assert!(text.contains("When it was asked: ") && !text.contains("What they answered"));
}
