//! What was signed, and what becomes of it; and an appraisal of past days, which shows what stood on its last.

use app::domain::Record;
use serde_json::json;

use crate::Coach;
use crate::agreed::{DAY, id, of, of_competency, person, piece, says};

/// What was signed is the content; whether a later action is done, and the like, is not.
#[test]
fn ticking_off_what_was_agreed_changes_nothing_that_was_signed() {
    let coach = Coach::with_vault();
    let held = json!({
        "id": id(3), "kind": "supervision", "date": "2026-03-01", "type": "health-coaching", "format": "individual",
        "minutes": 60, "claims": [{ "competency": "1.6" }],
        "actions": [{ "text": "Bring a recording", "due": "2026-03-30" }, { "text": "Read on silence", "done": "2026-03-05" }],
    });
    coach.takes_in(&[person(1, &json!({})), held, of_competency(2, "2026-03-20", "1.6", &json!({}))]);
    assert_eq!(coach.worth("1.6"), says("signed-off", "signed-off"));
    coach.on_day(&["agenda", "VAULT", "--done", &format!("{}:1", id(3))]);
    assert_eq!(coach.asks(&["show", "VAULT", &id(3)])["actions"][0]["done"], DAY);
    assert_eq!(coach.worth("1.6"), says("signed-off", "signed-off"));
    // What the action is belongs to what was signed.
    coach.on_day(&["edit", "VAULT", &id(3), "--set", "actions=[{\"text\":\"Bring a film\"}]"]);
    assert_eq!(coach.worth("1.6"), says("evidenced", "changed"));
}

#[test]
fn a_hash_over_the_whole_that_was_noted_once_holds_as_well() {
    let coach = Coach::with_vault();
    let held = json!({
        "id": id(3), "kind": "reflection", "date": "2026-03-01", "for_supervision": "health-coaching",
        "claims": [{ "competency": "1.8", "as": "portfolio", "reason": "It shows what I did." }],
    });
    coach.takes_in(&[person(1, &json!({})), held]);
    let whole: Record = serde_json::from_value(coach.asks(&["show", "VAULT", &id(3)])).unwrap();
    let signed = json!({ "signed": [{ "record": id(3), "sha256": whole.sha256() }] });
    coach.takes_in(&[of_competency(2, "2026-03-20", "1.8", &signed)]);
    assert_eq!(coach.worth("1.8"), says("signed-off", "signed-off"));
    coach.on_day(&["edit", "VAULT", &id(3), "--unset", "for_supervision"]);
    assert_eq!(coach.worth("1.8"), says("signed-off", "signed-off"), "by the version that is kept");
    coach.on_day(&["edit", "VAULT", &id(3), "--set", "title=Other words"]);
    assert_eq!(coach.worth("1.8"), says("evidenced", "changed"));
    coach.on_day(&["edit", "VAULT", &id(3), "--set", "for_supervision=clinical"]);
    assert_eq!(coach.worth("1.8"), says("evidenced", "changed"));
}

/// `--today` says which day it is: what was changed or deleted is so on that day, whenever it was done by the clock.
#[test]
fn what_is_done_counts_whatever_day_it_is_said_to_be() {
    for dated in [true, false] {
        let coach = Coach::with_vault();
        let run = |arguments: &[&str]| if dated { coach.on_day(arguments) } else { coach.does(arguments) };
        let session = json!({ "id": id(4), "kind": "session", "date": "2026-03-01", "minutes": 50, "format": "one-to-one",
            "mode": "video", "created": "2026-03-01T10:00:00Z", "modified": "2026-03-01T10:00:00Z" });
        coach.takes_in(&[
            person(1, &json!({})),
            piece(3, "2026-03-01", &json!({ "created": "2026-03-01T10:00:00Z", "modified": "2026-03-01T10:00:00Z" })),
            of_competency(2, "2026-03-20", "1.8", &json!({})),
            session,
        ]);
        assert_eq!(coach.worth("1.8"), says("signed-off", "signed-off"));
        run(&["edit", "VAULT", &id(4), "--set", "minutes=90"]);
        assert_eq!(coach.asks(&["hours", "VAULT"])["nhs_minutes"], 90);
        run(&["delete", "VAULT", &id(3)]);
        assert_eq!(coach.worth("1.8"), says("none", "gone"), "{dated}");
    }
}

/// What is written down with a day and without one stands in the order in which it was written down.
#[test]
fn a_sign_off_of_a_day_that_was_said_is_of_what_was_written_down_before_it() {
    let coach = Coach::with_vault();
    coach.takes_in(&[person(1, &json!({}))]);
    let set = |field: &str, value: &str| format!("{field}={value}");
    coach.does(&[
        "add",
        "VAULT",
        "reflection",
        "--set",
        "title=Silence",
        "--set",
        "date=2026-03-01",
        "--claim",
        "1.8=It shows it.",
    ]);
    let agreed = [
        "add",
        "VAULT",
        "sign-off",
        "--set",
        "title=Agreed",
        "--set",
        "date=2026-04-01",
        "--set",
        &set("person", &id(1)),
        "--set",
        "scope=competency",
        "--set",
        "competency=1.8",
        "--set",
        "decision=agreed",
    ];
    coach.on_day(&agreed);
    assert_eq!(coach.worth("1.8"), says("signed-off", "signed-off"));
}

#[test]
fn an_appraisal_shows_what_held_on_its_last_day() {
    let coach = Coach::with_vault();
    let saved = |date: &str| json!({ "created": format!("{date}T10:00:00Z"), "modified": format!("{date}T10:00:00Z") });
    coach.takes_in(&[
        person(1, &json!({})),
        piece(3, "2026-03-01", &saved("2026-03-01")),
        of_competency(2, "2026-03-20", "1.8", &saved("2026-03-20")),
    ]);
    let march = || {
        let appraisal = coach.asks(&["appraisal", "VAULT", "--from", "2026-01-01", "--to", "2026-03-31"]);
        let state = of(&appraisal["gaps"], "1.8");
        (state["status"].clone(), state["sign_off"]["outcome"].clone())
    };
    let held = (json!("signed-off"), json!("signed-off"));
    assert_eq!(march(), held);
    let edited =
        json!({ "body": "Better words.", "created": "2026-03-01T10:00:00Z", "modified": "2026-06-01T10:00:00Z" });
    coach.takes_in(&[piece(3, "2026-03-01", &edited)]);
    assert_eq!(coach.worth("1.8"), says("evidenced", "changed"));
    assert_eq!(march(), held, "as it was on the day");
    coach.on_day(&["delete", "VAULT", &id(3)]);
    assert_eq!(coach.worth("1.8"), says("none", "gone"));
    assert_eq!(march(), held);
    coach.takes_in(&[of_competency(4, "2026-04-20", "1.8", &json!({ "decision": "not-yet" }))]);
    assert_eq!(march(), held);
    coach.on_day(&["delete", "VAULT", &id(2)]);
    assert_eq!(march(), held, "the sign-off stood on that day");
    let april = coach.asks(&["appraisal", "VAULT", "--from", "2026-01-01", "--to", "2026-04-30"]);
    assert_eq!(of(&april["gaps"], "1.8")["status"], "evidenced", "not yet, and the evidence was there");
}

#[test]
fn an_appraisal_knows_an_edit_that_was_made_at_the_keyboard() {
    let coach = Coach::with_vault();
    coach.takes_in(&[
        person(1, &json!({})),
        piece(3, "2026-03-01", &json!({})),
        of_competency(2, "2026-03-20", "1.8", &json!({})),
    ]);
    coach.on_day(&["edit", "VAULT", &id(3), "--set", "title=Better"]);
    assert_eq!(coach.worth("1.8"), says("evidenced", "changed"));
    let march = coach.asks(&["appraisal", "VAULT", "--from", "2026-01-01", "--to", "2026-03-31"]);
    assert_eq!(of(&march["gaps"], "1.8")["status"], "signed-off");
}

#[test]
fn a_sign_off_that_is_taken_in_again_without_its_note_changes_nothing() {
    let coach = Coach::with_vault();
    let records =
        [person(1, &json!({})), piece(3, "2026-03-01", &json!({})), of_competency(2, "2026-04-01", "1.8", &json!({}))];
    coach.takes_in(&records);
    let again = coach.asks(&["import", "VAULT", "in.jsonl"]);
    assert_eq!((&again["unchanged"], &again["changed"]), (&json!(3), &json!(0)));
    assert_eq!(coach.worth("1.8"), says("signed-off", "signed-off"));
}
