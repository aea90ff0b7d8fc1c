//! Where the publication is silent: each decision of the framework file by the smallest vault that shows it.

use serde_json::{Value, json};

use crate::Coach;
use crate::agreed::{id, of_competency, person, piece, says, sign_off, worked};
use crate::evidence::{certified, why, with};

fn course(n: u32, date: &str, minutes: u32) -> Value {
    json!({ "id": id(n), "kind": "learning", "date": date, "form": "course", "minutes": minutes, "pci_accredited": true,
        "provider": "Heronsbridge" })
}

fn of_tier(n: u32, tier: u8, date: &str, own: &Value) -> Value {
    with(sign_off(n, date, &json!({ "scope": "tier", "tier": tier })), own)
}

/// The tier that is agreed, and why the first agreement does not carry its own.
fn agreed(coach: &Coach) -> (u64, Vec<String>) {
    let hours = coach.asks(&["hours", "VAULT"]);
    let why = hours["agreements"][0]["why_not"].as_array().unwrap().iter().map(|why| why.as_str().unwrap().to_owned());
    (hours["agreed_tier"].as_u64().unwrap(), why.collect())
}

/// Fifty supervised hours and a supervisor, and what comes in before the agreement to tier 1 of 1 April and after it.
fn tier_one(before: &dyn Fn(&Coach) -> Vec<Value>, after: &dyn Fn(&Coach) -> Vec<Value>) -> Coach {
    let coach = Coach::with_vault();
    let hours = worked("2026-02-02", 50, &json!({ "supervised": true }));
    coach.takes_in(&[hours, vec![person(1, &json!({}))], before(&coach)].concat());
    coach.takes_in(&[of_tier(2, 1, "2026-04-01", &json!({}))]);
    let then = after(&coach);
    if !then.is_empty() {
        coach.takes_in(&then);
    }
    coach
}

#[test]
fn a_tier_agreed_before_its_certificate_waits_to_be_agreed_again() {
    let none = |_: &Coach| Vec::new();
    let whole = |coach: &Coach| vec![certified(coach, course(3, "2026-01-12", 1_440))];
    assert_eq!(agreed(&tier_one(&whole, &none)), (1, vec![]));
    let before = "Agreed on 1 April 2026, before the training was shown: it is time to ask again.".to_owned();
    // Dated before it, and written down after it.
    let coach = tier_one(&none, &whole);
    assert_eq!(agreed(&coach), (0, vec![before.clone()]));
    assert!(coach.on_day(&["hours", "VAULT"]).contains(&before));
    let later = |coach: &Coach| vec![certified(coach, course(3, "2026-05-12", 1_440))];
    assert_eq!(agreed(&tier_one(&none, &later)), (0, vec![before.clone()]));
    assert_eq!(agreed(&tier_one(&later, &none)), (0, vec![before.clone()]), "dated after it");
    // The certificate alone came later.
    let bare = |coach: &Coach| {
        let mut whole = certified(coach, course(3, "2026-01-12", 1_440));
        whole.as_object_mut().unwrap().remove("certificate");
        vec![whole]
    };
    let bare = tier_one(&bare, &none);
    bare.on_day(&["edit", "VAULT", &id(3), "--set", "certificate=c.pdf"]);
    assert_eq!(agreed(&bare), (0, vec![before]));
    // Asked again, it is agreed.
    coach.takes_in(&[of_tier(4, 1, "2026-06-01", &json!({}))]);
    assert_eq!(coach.asks(&["hours", "VAULT"])["agreed_tier"], 1);
}

#[test]
fn a_tier_agreed_before_its_hours_were_logged_waits_to_be_agreed_again() {
    let coach = Coach::with_vault();
    coach.takes_in(&[person(1, &json!({})), certified(&coach, course(3, "2026-01-12", 1_440))]);
    coach.takes_in(&worked("2026-02-02", 40, &json!({ "supervised": true })));
    coach.takes_in(&[of_tier(2, 1, "2026-04-01", &json!({}))]);
    coach.takes_in(&worked("2026-02-03", 10, &json!({ "supervised": true })));
    let (tier, why) = agreed(&coach);
    assert_eq!((tier, why.len()), (0, 2), "{why:?}");
    assert_eq!(why[0], "On that day 40 h were logged, not 50 hours yet: it is time to ask again.");
    assert!(why[1].contains("before the 50 hours under supervision were there"), "{why:?}");
}

fn observed(n: u32, setting: &str, session: u32) -> Value {
    json!({ "id": id(n), "kind": "observation", "date": "2026-03-01", "source": "live", "observer": id(1), "setting": setting,
        "session": id(session), "claims": [{ "competency": "4.4" }, { "competency": "1.9" }] })
}

#[test]
fn an_observation_that_says_something_else_than_its_session_is_no_observation_of_a_group() {
    let coach = Coach::with_vault();
    let session = |n: u32, format: &str| json!({ "id": id(n), "kind": "session", "date": "2026-03-01", "minutes": 60, "format": format, "mode": "video" });
    coach.takes_in(&[person(1, &json!({})), session(10, "one-to-one"), session(11, "group")]);
    for (n, setting, session, reason) in [(12, "group", 10, "says-group"), (13, "one-to-one", 11, "says-one-to-one")] {
        coach.takes_in(&[observed(n, setting, session)]);
        let state = coach.state("4.4");
        assert_eq!((&state["status"], why(&state["needs"][0])), (&json!("none"), vec![reason]));
        let said = coach.on_day(&["gaps", "VAULT"]);
        assert!(said.contains("put right whichever of the two is wrong"), "{said}");
        assert_eq!(coach.state("1.9")["needs"][0]["met"], true, "it counts where no group is asked for");
        let saved = coach.runs(&["edit", "VAULT", &id(n), "--set", "minutes=30"]);
        assert!(saved.status == 0 && saved.err.contains("put right whichever of the two is wrong"), "{}", saved.err);
        coach.on_day(&["delete", "VAULT", &id(n)]);
    }
}

#[test]
fn four_days_dated_alike_are_one_day_and_one_record_can_be_of_four() {
    let told = |records: &dyn Fn(&Coach) -> Vec<Value>| {
        let coach = Coach::with_vault();
        coach.takes_in(&records(&coach));
        let training = coach.asks(&["learning", "VAULT"])["training"].clone();
        (training["settled"].clone(), training["routes"][0]["missing"].clone())
    };
    let days = |dates: [&'static str; 4]| {
        move |coach: &Coach| {
            (3..).zip(dates).map(|(n, date)| certified(coach, course(n, date, 420))).collect::<Vec<_>>()
        }
    };
    let missing = "One of four days is here. All four are dated 9 March 2026: give each its own day.";
    assert_eq!(told(&days(["2026-03-09"; 4])), (json!(false), json!(missing)));
    let missing = "Three of four days are here. Two are dated 9 March 2026: give each its own day.";
    assert_eq!(told(&days(["2026-03-09", "2026-03-09", "2026-03-10", "2026-03-11"])), (json!(false), json!(missing)));
    assert_eq!(told(&days(["2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12"])), (json!(true), json!(null)));
    assert_eq!(told(&|coach| vec![certified(coach, course(3, "2026-03-09", 1_440))]), (json!(true), json!(null)));
}

#[test]
fn whoever_works_for_the_coachs_employer_is_not_from_outside() {
    let with_organisation = |organisation: &str| {
        let coach = Coach::with_vault();
        let wren = person(1, &json!({ "independent": true, "organisation": organisation }));
        let records = [
            worked("2026-02-02", 200, &json!({ "supervised": true })),
            vec![wren, json!({ "kind": "profile", "name": "Sam Poole", "employer": "Fern  Surgery" })],
            vec![of_tier(2, 2, "2026-04-01", &json!({}))],
        ];
        coach.takes_in(&records.concat());
        coach
    };
    let inside = with_organisation("fern surgery ");
    let hours = inside.asks(&["hours", "VAULT"]);
    assert!(hours["outstanding"].to_string().contains("outside the coach’s own organisation"), "{hours}");
    assert_eq!(hours["agreements"][0]["independent"], false);
    let told = "Wren Okafor works for the coach’s own employer, which is not from outside, whatever is ticked.";
    assert!(hours["agreements"][0]["why_not"].as_array().unwrap().contains(&json!(told)), "{hours}");
    assert!(inside.on_day(&["hours", "VAULT"]).contains(told));
    let saved = inside.runs(&["edit", "VAULT", &id(1), "--set", "contact=extension 12"]);
    assert!(saved.err.contains("They work for your own employer"), "{}", saved.err);
    let outside = with_organisation("Heron Trust").asks(&["hours", "VAULT"]);
    assert!(!outside["outstanding"].to_string().contains("outside the coach’s own organisation"), "{outside}");
}

#[test]
fn the_pace_of_a_forecast_leaves_breaks_out_and_counts_a_day_that_had_a_session() {
    let day = |n: u32| json!({ "kind": "session", "date": format!("2026-06-{n:02}"), "minutes": 50, "format": "group", "mode": "video" });
    let next = |last: u32, profile: Value| {
        let coach = Coach::with_vault();
        let own = with(json!({ "kind": "profile", "name": "Sam Poole", "started": "2026-06-01" }), &profile);
        coach.takes_in(&[(1..=last).map(day).collect(), vec![own]].concat());
        coach.asks(&["hours", "VAULT"])["next"].clone()
    };
    assert_eq!(next(14, json!({}))["pace_days"], 14);
    let today = next(15, json!({}));
    assert_eq!((&today["pace_days"], &today["pace_minutes"]), (&json!(15), &json!(750)));
    let away = next(5, json!({ "breaks": [{ "from": "2026-06-06", "to": "2026-06-12" }] }));
    assert_eq!((&away["pace_days"], &away["pace_minutes"]), (&json!(7), &json!(250)));
    assert_eq!(away["forecast"], "2026-08-31", "2,750 minutes at 250 in seven days");
}

#[test]
fn an_appraisal_tells_how_much_of_its_day_was_deleted_for_good() {
    let coach = Coach::with_vault();
    coach.takes_in(&[piece(3, "2026-03-01", &json!({})), piece(4, "2026-03-02", &json!({}))]);
    let march = || coach.asks(&["appraisal", "VAULT", "--from", "2026-01-01", "--to", "2026-03-31"]);
    assert_eq!(march()["removed"], json!(null));
    coach.on_day(&["delete", "VAULT", &id(3), &id(4)]);
    assert_eq!(march()["removed"], json!(null), "what lies in the bin is still known");
    coach.on_day(&["bin", "VAULT", "--empty"]);
    let told = "2 records that were here then have since been deleted for good; what was in them is not told here.";
    assert_eq!(march()["removed"], json!({ "records": 2, "says": told }));
    assert!(coach.on_day(&["appraisal", "VAULT", "--from", "2026-01-01", "--to", "2026-03-31"]).contains(told));
    assert_eq!(coach.json(&["appraisal", "VAULT"])["removed"], json!(null), "of today nothing is missing");
    // What was made after the day was not there.
    coach.on_day(&["add", "VAULT", "reflection", "--set", "title=Silence", "--set", "date=2026-06-14"]);
    let made = coach.asks(&["list", "VAULT"])[0]["id"].as_str().unwrap().to_owned();
    coach.on_day(&["delete", "VAULT", &made]);
    coach.on_day(&["bin", "VAULT", "--empty"]);
    assert_eq!(march()["removed"]["records"], 2);
}

#[test]
fn a_claim_for_another_competency_changes_nothing_that_was_signed() {
    let coach = Coach::with_vault();
    coach.takes_in(&[
        person(1, &json!({})),
        piece(3, "2026-03-01", &json!({})),
        of_competency(2, "2026-04-01", "1.8", &json!({})),
    ]);
    assert_eq!(coach.worth("1.8"), says("signed-off", "signed-off"));
    coach.on_day(&["edit", "VAULT", &id(3), "--claim", "4.1=It shows how I read about groups."]);
    assert_eq!(coach.asks(&["show", "VAULT", &id(3)])["claims"].as_array().unwrap().len(), 2);
    assert_eq!(coach.worth("1.8"), says("signed-off", "signed-off"));
    // It travels without the version that was signed.
    coach.on_day(&["export", "VAULT", "--jsonl", "out"]);
    coach.on_day(&["init", "VAULT2"]);
    coach.on_day(&["import", "VAULT2", "out/records.jsonl"]);
    let gaps = coach.asks(&["gaps", "VAULT2"]);
    assert_eq!(crate::agreed::of(&gaps, "1.8")["sign_off"]["outcome"], "signed-off");
    // Its own claim belongs to what was signed.
    coach.on_day(&["edit", "VAULT", &id(3), "--claim", "1.8=Another reason."]);
    assert_eq!(coach.worth("1.8"), says("evidenced", "changed"));
}

#[test]
fn coaching_supervision_by_someone_in_another_role_counts_for_a_competency_with_a_mark() {
    let coach = Coach::with_vault();
    let held = |n: u32, by: u32| {
        json!({ "id": id(n), "kind": "supervision", "date": "2026-05-01", "type": "health-coaching", "format": "individual",
            "minutes": 60, "supervisor": id(by), "claims": [{ "competency": "1.6" }] })
    };
    coach.takes_in(&[person(1, &json!({})), person(7, &json!({ "role": "line-manager" })), held(3, 1)]);
    assert_eq!(coach.state("1.6")["needs"][0]["mark"], json!(null));
    coach.takes_in(&[held(4, 7)]);
    let mark = "1 record by someone who is not recorded as a health coaching supervisor";
    let need = coach.state("1.6")["needs"][0].clone();
    assert_eq!((&need["met"], &need["mark"]), (&json!(true), &json!(mark)));
    assert!(coach.on_day(&["gaps", "VAULT"]).contains(mark));
    coach.on_day(&["export", "VAULT", "--html", "out.html"]);
    assert!(std::fs::read_to_string(coach.at("out.html")).unwrap().contains(mark));
}
