//! The coach's own case for supervising others.

use serde_json::{Value, json};

use crate::Coach;
use crate::agreed::{id, person, sign_off, worked};

/// Hours of tier 3 and a caseload, by someone whose tier nobody agreed.
fn experienced() -> Vec<Value> {
    let mut records = worked("2025-02-03", 450, &json!({}));
    records.extend(worked("2026-02-02", 50, &json!({})));
    records
}

#[test]
fn the_hours_of_tier_three_do_not_make_a_supervisor() {
    let coach = Coach::with_vault();
    coach.takes_in(&experienced());
    let own = coach.asks(&["standards", "VAULT"])["own"].clone();
    assert_eq!(
        (&own["tier"], &own["agreed_tier"], &own["standards"][0]["evidenced"]),
        (&json!(3), &json!(0), &json!(false))
    );
    assert_eq!(own["standards"][1]["evidenced"], true, "the caseload is there");
}

#[test]
fn statements_on_standards_four_and_five_wait_for_a_signature() {
    let coach = Coach::with_vault();
    let statement = |n: u32, standard: &str| json!({ "id": id(n), "kind": "statement", "about": "supervisor-standard", "standard": standard });
    let held = json!({ "id": id(5), "kind": "supervision", "date": "2026-05-01", "type": "health-coaching",
        "format": "individual", "minutes": 60, "supervisor": id(1) });
    let mut records = experienced();
    records.extend([person(1, &json!({})), statement(3, "4"), statement(4, "5"), held]);
    coach.takes_in(&records);
    let standard = |n: usize| coach.asks(&["standards", "VAULT"])["own"]["standards"][n - 1].clone();
    for n in [4, 5] {
        assert_eq!(standard(n)["evidenced"], false);
        assert!(standard(n)["missing"].as_str().unwrap().contains("not signed yet"));
    }
    let signed = |n: u32, standard: &str| {
        sign_off(n, "2026-06-01", &json!({ "scope": "supervisor-statement", "standard": standard }))
    };
    coach.takes_in(&[signed(6, "4"), signed(7, "5")]);
    assert_eq!((&standard(4)["evidenced"], &standard(5)["evidenced"]), (&json!(true), &json!(true)));
    coach.on_day(&["edit", "VAULT", &id(4), "--set", "body=In other words."]);
    assert_eq!(standard(5)["sign_off"]["outcome"], "changed");
    assert!(standard(5)["missing"].as_str().unwrap().contains("has changed since"));
}

#[test]
fn training_in_supervision_shows_the_eighth_standard() {
    let coach = Coach::with_vault();
    let mut records = experienced();
    let learnt = |own: Value| {
        let mut record = json!({
            "id": id(3), "kind": "learning", "title": "Diploma in coaching supervision", "form": "course", "minutes": 600,
        });
        record.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
        record
    };
    records.push(learnt(json!({})));
    coach.takes_in(&records);
    let eighth = || coach.asks(&["standards", "VAULT"])["own"]["standards"][7].clone();
    assert_eq!(eighth()["evidenced"], false);
    coach.takes_in(&[learnt(json!({ "supervision_training": true }))]);
    assert_eq!((&eighth()["evidenced"], &eighth()["records"]), (&json!(true), &json!([id(3)])));
}
