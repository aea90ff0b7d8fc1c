//! What was signed, and what becomes of it; and answers for a past day, which are as it stood.

use app::domain::Record;
use serde_json::{Value, json};

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

/// Whatever can be asked about a day.
const ASKED: [&[&str]; 11] = [
    &["gaps"],
    &["hours"],
    &["rhythm"],
    &["plan"],
    &["learning"],
    &["caseload"],
    &["agenda"],
    &["standards"],
    &["ratings"],
    &["guidance"],
    &["appraisal", "--from", "2026-01-01", "--to", "2026-03-31"],
];

/// What each answers about the last day of March.
fn march(coach: &Coach) -> Vec<Value> {
    let ask = |asked: &&[&str]| {
        let (command, more) = asked.split_first().unwrap();
        coach.json(&[&[*command, "VAULT"], more, &["--today", "2026-03-31"]].concat())
    };
    ASKED.iter().map(ask).collect()
}

/// Whatever is asked about a past day, it is answered by what stood on it.
#[test]
fn every_answer_for_a_past_day_is_as_it_stood() {
    let coach = Coach::with_vault();
    let saved = |date: &str, record: Value| {
        let mut record = record;
        let times = json!({ "created": "2026-03-01T10:00:00Z", "modified": format!("{date}T10:00:00Z") });
        record.as_object_mut().unwrap().extend(times.as_object().unwrap().clone());
        record
    };
    let session = |minutes: u32| {
        json!({ "id": id(4), "kind": "session", "date": "2026-03-01", "minutes": minutes, "format": "one-to-one", "mode": "video",
            "client": "Client A" })
    };
    let held = |date: &str| json!({ "id": id(5), "kind": "supervision", "date": date, "type": "health-coaching", "format": "individual", "minutes": 60 });
    let learnt = |form: &str| {
        json!({ "id": id(6), "kind": "learning", "date": "2026-03-01", "form": form, "minutes": 60, "capability": "first-aid",
            "prior_learning": true })
    };
    let profile = |route: &str| json!({ "id": id(7), "kind": "profile", "name": "Rhian", "training_route": route });
    let goal = |status: &str| json!({ "id": id(8), "kind": "goal", "status": status });
    let at = |date: &str, records: &[Value]| {
        coach.takes_in(&records.iter().map(|record| saved(date, record.clone())).collect::<Vec<_>>());
    };
    let parked = piece(9, "2026-03-01", &json!({ "for_supervision": "clinical" }));
    at(
        "2026-03-01",
        &[
            person(1, &json!({})),
            session(50),
            held("2026-03-02"),
            learnt("course"),
            profile("four-day"),
            goal("open"),
            parked,
        ],
    );
    at("2026-03-20", &[of_competency(2, "2026-03-20", "1.8", &json!({}))]);
    let before = march(&coach);
    assert_eq!(of(&before[0], "1.8")["status"], "signed-off");
    assert_eq!(before[1]["nhs_minutes"], 50);
    let other = piece(9, "2026-03-01", &json!({ "body": "In other words." }));
    at(
        "2026-05-01",
        &[
            person(1, &json!({ "tier": 1 })),
            session(90),
            held("2026-03-30"),
            learnt("e-learning"),
            profile("prior-learning"),
            goal("done"),
            other,
        ],
    );
    assert_eq!(march(&coach), before, "changed since");
    assert_eq!(coach.worth("1.8"), says("evidenced", "changed"));
    assert_eq!(coach.asks(&["hours", "VAULT"])["nhs_minutes"], 90);
    for n in 1..=9 {
        if n != 3 {
            coach.on_day(&["delete", "VAULT", &id(n)]);
        }
    }
    assert_eq!(march(&coach), before, "deleted since");
    assert_eq!(coach.asks(&["hours", "VAULT"])["nhs_minutes"], 0);
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
