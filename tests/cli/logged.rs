//! An agreement to what is read from a log, and what becomes of it when the log says something else.

use serde_json::{Value, json};

use crate::Coach;
use crate::agreed::{id, of_competency, person, says};

/// Fifty hours under supervision in sessions of ten hours, from the eleventh record on, with a piece for 2.10.
fn fifty_hours() -> Vec<Value> {
    let piece = json!({
        "id": id(3), "kind": "reflection", "date": "2026-03-01",
        "claims": [{ "competency": "2.10", "as": "portfolio", "reason": "It shows what I did." }],
    });
    let mut records = vec![person(1, &json!({})), piece];
    records.extend((11..=15).map(|n| session(n, 600)));
    records
}

fn session(n: u32, minutes: u32) -> Value {
    json!({ "id": id(n), "kind": "session", "date": format!("2026-02-{n}"), "title": format!("Session {n}"),
        "minutes": minutes, "format": "group", "mode": "video", "supervised": true })
}

fn again(mut record: Value, own: &Value) -> Value {
    record["modified"] = json!("2027-01-01T10:00:00Z");
    record.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    record
}

/// An hour of supervision in each of six months, from the twenty-first record on.
fn six_months() -> Vec<Value> {
    let profile = json!({ "kind": "profile", "name": "Sam Poole", "started": "2026-01-01" });
    let mut records = vec![person(1, &json!({})), profile];
    records.extend((1..=6).map(|month| supervision(20 + month, month)));
    records
}

fn supervision(n: u32, month: u32) -> Value {
    json!({ "id": id(n), "kind": "supervision", "date": format!("2026-{month:02}-10"), "title": format!("Month {month}"),
        "type": "health-coaching", "format": "individual", "minutes": 60, "supervisor": id(1) })
}

#[test]
fn fifty_hours_of_which_some_went_after_they_were_agreed_are_told_as_gone_and_restored() {
    let coach = Coach::with_vault();
    coach.takes_in(&fifty_hours());
    coach.takes_in(&[of_competency(2, "2026-04-01", "2.10", &json!({}))]);
    assert_eq!(coach.worth("2.10"), says("signed-off", "signed-off"));
    let shown = coach.on_day(&["show", "VAULT", &id(2)]);
    assert!(!shown.contains("Session 11"), "the hours do not all belong to it: {shown}");
    coach.on_day(&["delete", "VAULT", &id(15)]);
    assert_eq!(coach.worth("2.10"), says("partial", "gone"));
    let sign_off = coach.state("2.10")["sign_off"].clone();
    assert_eq!(sign_off["changed"], true);
    assert_eq!(sign_off["records"], json!([{ "record": id(15), "title": "Session 15", "how": "in-bin" }]));
    assert!(
        coach.on_day(&["gaps", "VAULT"]).contains("what was agreed on is gone (“Session 15” is in the bin): ask again")
    );
    // What comes later makes up for nothing.
    coach.takes_in(&[session(16, 1_200)]);
    assert_eq!(coach.worth("2.10"), says("evidenced", "gone"));
    coach.on_day(&["bin", "VAULT", "--restore", &id(15)]);
    assert_eq!(coach.worth("2.10"), says("signed-off", "signed-off"));
}

#[test]
fn a_session_that_was_agreed_on_and_is_shorter_now_is_told_as_changed() {
    let coach = Coach::with_vault();
    coach.takes_in(&fifty_hours());
    coach.takes_in(&[of_competency(2, "2026-04-01", "2.10", &json!({}))]);
    for own in [json!({ "minutes": 540 }), json!({ "supervised": false, "modified": "2027-01-02T10:00:00Z" })] {
        coach.takes_in(&[again(session(13, 600), &own)]);
        assert_eq!(coach.worth("2.10"), says("partial", "changed"), "{own}");
        let records = json!([{ "record": id(13), "title": "Session 13", "how": "changed" }]);
        assert_eq!(coach.state("2.10")["sign_off"]["records"], records);
    }
    let words = json!({ "body": "Longer notes.", "modified": "2027-01-03T10:00:00Z" });
    coach.takes_in(&[again(session(13, 660), &words)]);
    assert_eq!(coach.worth("2.10"), says("signed-off", "signed-off"), "as long and more is all that was agreed on");
}

#[test]
fn of_more_than_was_asked_for_some_can_go() {
    let coach = Coach::with_vault();
    coach.takes_in(&[fifty_hours(), vec![session(16, 600)]].concat());
    coach.takes_in(&[of_competency(2, "2026-04-01", "2.10", &json!({}))]);
    coach.on_day(&["delete", "VAULT", &id(11)]);
    assert_eq!(coach.worth("2.10"), says("signed-off", "signed-off"));
    coach.on_day(&["delete", "VAULT", &id(12)]);
    assert_eq!(coach.worth("2.10"), says("partial", "gone"));
}

#[test]
fn hours_that_were_short_when_they_were_agreed_are_not_made_longer_afterwards() {
    let coach = Coach::with_vault();
    let mut records = fifty_hours();
    records.pop();
    coach.takes_in(&records);
    coach.takes_in(&[of_competency(2, "2026-04-01", "2.10", &json!({}))]);
    assert_eq!(coach.worth("2.10"), says("partial", "part-there"));
    coach.takes_in(&[again(session(14, 1_200), &json!({}))]);
    assert_eq!(coach.worth("2.10"), says("evidenced", "more-since"));
}

#[test]
fn a_rhythm_that_was_agreed_on_and_lost_a_supervision_is_told_as_gone_or_changed() {
    let coach = Coach::with_vault();
    coach.takes_in(&six_months());
    coach.takes_in(&[of_competency(2, "2026-06-12", "1.5", &json!({}))]);
    assert_eq!(coach.worth("1.5"), says("signed-off", "signed-off"));
    coach.on_day(&["delete", "VAULT", &id(23)]);
    assert_eq!(coach.worth("1.5"), says("partial", "gone"));
    let records = json!([{ "record": id(23), "title": "Month 3", "how": "in-bin" }]);
    assert_eq!(coach.state("1.5")["sign_off"]["records"], records);
    // Another on the same day, written down afterwards, is not what was agreed on.
    coach.takes_in(&[supervision(30, 3)]);
    assert_eq!(coach.worth("1.5"), says("evidenced", "gone"));
    coach.on_day(&["bin", "VAULT", "--restore", &id(23)]);
    assert_eq!(coach.worth("1.5"), says("signed-off", "signed-off"));
    coach.takes_in(&[again(supervision(24, 4), &json!({ "minutes": 10 }))]);
    let sign_off = coach.state("1.5")["sign_off"].clone();
    assert_eq!((&sign_off["outcome"], &sign_off["records"][0]["record"]), (&json!("changed"), &json!(id(24))));
}

#[test]
fn the_log_that_was_agreed_on_travels_and_says_when_it_is_not_there() {
    let coach = Coach::with_vault();
    coach.takes_in(&fifty_hours());
    coach.takes_in(&[of_competency(2, "2026-04-01", "2.10", &json!({}))]);
    coach.on_day(&["export", "VAULT", "--jsonl", "out"]);
    coach.on_day(&["init", "VAULT2"]);
    let all = std::fs::read_to_string(coach.at("out/records.jsonl")).unwrap();
    let some: String =
        all.lines().filter(|line| !line.contains("Session 15")).map(|line| format!("{line}\n")).collect();
    coach.writes("some.jsonl", some);
    coach.on_day(&["import", "VAULT2", "some.jsonl"]);
    let outcome = |coach: &Coach| {
        let sign_off = crate::agreed::of(&coach.asks(&["gaps", "VAULT2"]), "2.10")["sign_off"].clone();
        (sign_off["outcome"].clone(), sign_off["records"][0]["how"].clone())
    };
    assert_eq!(outcome(&coach), (json!("gone"), json!("deleted")));
    coach.on_day(&["import", "VAULT2", "out/records.jsonl"]);
    assert_eq!(outcome(&coach), (json!("signed-off"), Value::Null));
}

#[test]
fn hours_that_were_said_to_suffice_fall_back_when_some_of_them_go() {
    let coach = Coach::with_vault();
    let mut records = fifty_hours();
    records.pop();
    coach.takes_in(&records);
    let own = json!({ "sufficient": true, "comment": "She was with me all along." });
    coach.takes_in(&[of_competency(2, "2026-04-01", "2.10", &own)]);
    assert_eq!(coach.worth("2.10"), says("signed-off", "signed-off"));
    coach.on_day(&["delete", "VAULT", &id(14)]);
    assert_eq!(coach.worth("2.10"), says("partial", "gone"));
}

#[test]
fn an_appraisal_shows_the_log_that_was_agreed_on_as_it_stood_on_its_last_day() {
    let coach = Coach::with_vault();
    let saved = |date: &str| json!({ "created": format!("{date}T10:00:00Z"), "modified": format!("{date}T10:00:00Z") });
    let then = |mut record: Value, date: &str| {
        record.as_object_mut().unwrap().extend(saved(date).as_object().unwrap().clone());
        record
    };
    let hours = fifty_hours().into_iter().map(|record| then(record, "2026-03-01"));
    let rhythm = (1..=3).map(|month| then(supervision(20 + month, month), "2026-03-12"));
    let profile = json!({ "kind": "profile", "name": "Sam Poole", "started": "2026-01-01" });
    let agreed =
        [("2.10", 2), ("1.5", 4)].map(|(number, n)| of_competency(n, "2026-03-20", number, &saved("2026-03-20")));
    coach.takes_in(&hours.chain(rhythm).chain([then(profile, "2026-01-01")]).chain(agreed).collect::<Vec<_>>());
    let march = |competency: &str| {
        let appraisal = coach.asks(&["appraisal", "VAULT", "--from", "2026-01-01", "--to", "2026-03-31"]);
        crate::agreed::of(&appraisal["gaps"], competency)["sign_off"]["outcome"].clone()
    };
    assert_eq!((march("2.10"), march("1.5")), (json!("signed-off"), json!("signed-off")));
    coach.on_day(&["delete", "VAULT", &id(15)]);
    coach.on_day(&["edit", "VAULT", &id(22), "--set", "minutes=5"]);
    assert_eq!(coach.worth("2.10").1, "gone");
    assert_eq!(coach.worth("1.5").1, "changed");
    assert_eq!((march("2.10"), march("1.5")), (json!("signed-off"), json!("signed-off")), "as it was on the day");
}
