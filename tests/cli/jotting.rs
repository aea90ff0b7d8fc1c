//! One line that becomes a session or a draft.

use serde_json::json;

use crate::Coach;

#[test]
fn one_line_becomes_a_session_and_the_next_is_like_it() {
    let coach = Coach::with_vault();
    let first = coach.json(&["jot", "VAULT", "A", "50", "video"]);
    let record = &first["logged"]["record"];
    assert_eq!(
        (&record["client"], &record["minutes"], &record["mode"], &record["title"]),
        (&json!("Client A"), &json!(50), &json!("video"), &json!("Session with Client A"))
    );
    assert!(first["logged"]["followups"][0]["label"].as_str().unwrap().contains("reflection"), "{first}");
    let next = coach.json(&["jot", "VAULT", "a"]);
    assert_eq!(
        (&next["logged"]["record"]["minutes"], &next["logged"]["record"]["mode"]),
        (&json!(50), &json!("video"))
    );
    coach.json(&["jot", "VAULT", "group 7 90 f2f"]);
    coach.json(&["jot", "VAULT", "dna B yesterday"]);
    let hours = coach.json(&["hours", "VAULT"]);
    assert_eq!((&hours["nhs_minutes"], &hours["by_format"]["group"]), (&json!(190), &json!(90)));
}

#[test]
fn a_line_is_shown_as_it_is_understood_before_it_is_kept() {
    let coach = Coach::with_vault();
    let said = coach.does(&["jot", "VAULT", "A 50", "--dry-run"]);
    assert!(said.contains("Client A · 50 minutes · today (as usual)") && said.contains("How did you meet?"), "{said}");
    assert_eq!(coach.json(&["jot", "VAULT", "good morning", "--dry-run"]), json!(null));
    assert_eq!(coach.json(&["list", "VAULT"]), json!([]));
}

#[test]
fn a_line_that_lacks_something_is_refused_with_what_to_add() {
    let coach = Coach::with_vault();
    assert!(coach.refused(2, &["jot", "VAULT", "A"]).contains("How long did it take?"));
    assert!(coach.refused(2, &["jot", "VAULT", "good morning"]).contains("A 50 video"));
    assert_eq!(coach.json(&["list", "VAULT"]), json!([]));
}

#[test]
fn an_idea_is_kept_as_a_draft() {
    let coach = Coach::with_vault();
    let kept = coach.json(&["jot", "VAULT", "idea: ask what a good week looks like"]);
    assert_eq!(kept["kept"]["draft"]["title"], "ask what a good week looks like");
    assert_eq!(coach.json(&["list", "VAULT"]), json!([]), "it is not part of the portfolio yet");
}
