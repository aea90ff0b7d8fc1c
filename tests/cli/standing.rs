//! Where the coach stands, in the shapes of the contract: gaps, hours, sign-offs, rhythm, plan, ratings.

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
    assert_eq!(needs[2]["any_of"], json!(["e-learning", "self-directed-learning", "training-record"]));
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

/// Adds records in the open form.
fn takes(coach: &Coach, name: &str, records: &[Value]) {
    let lines: String = records.iter().map(|record| format!("{record}\n")).collect();
    coach.writes(name, lines);
    coach.does(&["import", "VAULT", name]);
}

fn supervisor(independent: bool) -> Value {
    json!({ "id": "018f3c1e-0000-7000-8000-000000000001", "kind": "person", "date": "2025-01-01", "title": "S", "name": "S",
        "role": "health-coaching-supervisor", "independent": independent })
}

fn sign_off(set: &[(&str, Value)]) -> Value {
    let mut record = json!({ "kind": "sign-off", "date": "2026-06-01", "title": "Agreed", "decision": "agreed",
        "person": "018f3c1e-0000-7000-8000-000000000001" });
    for (field, value) in set {
        record[field] = value.clone();
    }
    record
}

#[test]
fn what_is_signed_off_falls_back_when_it_changes_and_says_so() {
    let coach = Coach::with_vault();
    let certificate = |text: &str| {
        json!({ "id": "018f3c1e-0000-7000-8000-000000000002", "kind": "learning", "date": "2026-05-01", "title": "Model",
            "form": "course", "minutes": 60, "body": text, "claims": [{ "competency": "2.6", "as": "training-record" }] })
    };
    takes(&coach, "a.jsonl", &[supervisor(false), certificate("As it was.")]);
    coach.does(&[
        "add",
        "VAULT",
        "sign-off",
        "--set",
        "title=Agreed",
        "--set",
        "scope=competency",
        "--set",
        "competency=2.6",
        "--set",
        "decision=agreed",
        "--set",
        "person=018f3c1e-0000-7000-8000-000000000001",
    ]);
    let of = |coach: &Coach| state(&coach.json(&["gaps", "VAULT"]), "2.6").clone();
    assert_eq!(of(&coach)["status"], "signed-off");

    coach.does(&[
        "add",
        "VAULT",
        "learning",
        "--set",
        "title=More",
        "--set",
        "form=e-learning",
        "--set",
        "minutes=30",
        "--claim",
        "2.6",
    ]);
    assert_eq!(of(&coach)["status"], "signed-off", "what is added later changes nothing that was signed");

    takes(&coach, "b.jsonl", &[certificate("Written anew.")]);
    let fallen = of(&coach);
    assert_eq!((&fallen["status"], &fallen["sign_off"]["changed"]), (&json!("evidenced"), &json!(true)));
    assert!(coach.does(&["gaps", "VAULT"]).contains("what was signed has changed since"));
}

#[test]
fn a_supervisor_can_agree_that_what_is_there_suffices_whatever_came_first() {
    let entry = json!({ "kind": "reflection", "date": "2026-05-01", "title": "Seen", "created": "2026-05-01T10:00:00Z",
        "modified": "2026-05-01T10:00:00Z", "claims": [{ "competency": "1.3" }] });
    let agreed = |sufficient: bool| {
        sign_off(&[
            ("scope", json!("competency")),
            ("competency", json!("1.3")),
            ("sufficient", json!(sufficient)),
            ("comment", json!("I have seen enough.")),
        ])
    };
    for (records, status) in [
        (vec![supervisor(false), entry.clone(), agreed(true)], "signed-off"),
        (vec![agreed(true), entry.clone(), supervisor(false)], "signed-off"),
        (vec![supervisor(false), entry, agreed(false)], "partial"),
    ] {
        let coach = Coach::with_vault();
        takes(&coach, "a.jsonl", &records);
        assert_eq!(state(&coach.json(&["gaps", "VAULT"]), "1.3")["status"], status);
    }
}

#[test]
fn tier_two_takes_an_independent_approver_and_nothing_is_promoted_by_itself() {
    for (independent, open) in [(false, true), (true, false)] {
        let coach = Coach::with_vault();
        let session = |n: u32| {
            json!({ "kind": "session", "date": "2026-05-05", "title": format!("Day {n}"), "minutes": 1200,
                "format": "group", "mode": "video" })
        };
        let mut records: Vec<Value> = (0..10).map(session).collect();
        records.push(supervisor(independent));
        records.push(sign_off(&[("scope", json!("tier")), ("tier", json!(2))]));
        takes(&coach, "a.jsonl", &records);
        let hours = coach.json(&["hours", "VAULT"]);
        assert_eq!(
            (&hours["tier"], &hours["agreed_tier"], &hours["nhs_minutes"]),
            (&json!(2), &json!(0), &json!(12_000)),
            "the evidence does not support it yet"
        );
        assert_eq!(
            (&hours["agreements"][0]["tier"], &hours["agreements"][0]["independent"]),
            (&json!(2), &json!(independent))
        );
        let outstanding = hours["outstanding"].to_string();
        assert_eq!(outstanding.contains("outside the coach’s own organisation"), open, "{outstanding}");
        assert!(outstanding.contains("areas 1 to 3"), "the evidence is still open");
    }
}

#[test]
fn rhythm_tells_the_gap_before_the_next_session_falls_due() {
    let coach = Coach::with_vault();
    let held = |date: &str, format: &str| {
        json!({ "kind": "supervision", "date": date, "title": "Met", "type": "health-coaching", "format": format,
            "minutes": 60 })
    };
    let profile =
        json!({ "kind": "profile", "date": "2026-01-01", "title": "A", "name": "A", "started": "2026-01-01" });
    takes(
        &coach,
        "a.jsonl",
        &[
            profile,
            held("2026-01-20", "individual"),
            held("2026-02-10", "individual"),
            held("2026-03-10", "group"),
            held("2026-04-10", "individual"),
            held("2026-05-20", "individual"),
        ],
    );
    let rhythm = coach.json(&["rhythm", "VAULT"]);
    let kinds = rhythm["kinds"].as_array().unwrap();
    assert_eq!(kinds.len(), 3);
    let coaching = &kinds[0];
    assert_eq!((&coaching["type"], &coaching["last"]), (&json!("health-coaching"), &json!("2026-05-20")));
    assert_eq!((&coaching["due"], &coaching["overdue_days"]), (&json!("2026-06-20"), &json!(0)));
    assert_eq!((&coaching["missed"], &coaching["missed_on"]), (&json!(1), &json!(["2026-03-10"])));
    assert_eq!((&coaching["minutes_in_period"], &coaching["open"]), (&json!(240), &json!(true)));
    assert_eq!(kinds[2]["last"], Value::Null);
    let text = coach.does(&["rhythm", "VAULT"]);
    assert!(
        text.contains("one missed between 10 February 2026 and 10 April 2026")
            && text.contains("next by: 20 June 2026"),
        "{text}"
    );
}

#[test]
fn the_plan_closes_each_open_need_once_and_names_the_record_to_add() {
    let coach = Coach::with_vault();
    let plan = coach.json(&["plan", "VAULT"]);
    let steps = plan["steps"].as_array().unwrap();
    let closed: usize = steps.iter().map(|step| step["closes"].as_array().unwrap().len()).sum();
    let ongoing = plan["ongoing"].as_array().unwrap().len();
    assert_eq!(plan["open_needs"].as_u64().unwrap() as usize, closed + ongoing);
    assert!(coach.does(&["plan", "VAULT"]).starts_with("1. "));

    // What the first step asks for, done as it says, closes what it said it would.
    let step = &steps[0];
    let mut arguments: Vec<String> =
        ["add", "VAULT", step["kind"].as_str().unwrap(), "--set", "title=Done"].map(str::to_owned).to_vec();
    for (field, value) in step["set"].as_object().unwrap() {
        arguments.extend(["--set".to_owned(), format!("{field}={}", value.as_str().unwrap())]);
    }
    if step["kind"] == "learning" {
        // "… and keep its certificate."
        coach.writes("certificate.txt", "It was completed.");
        let rest = ["--set", "minutes=600", "--set", "certificate=certificate.txt", "--attach", "certificate.txt"];
        arguments.extend(rest.map(str::to_owned));
    }
    arguments.push("--claim".to_owned());
    arguments.extend(step["competencies"].as_array().unwrap().iter().map(|number| number.as_str().unwrap().to_owned()));
    coach.does(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let after = coach.json(&["plan", "VAULT"]);
    let before = plan["open_needs"].as_u64().unwrap();
    assert_eq!(after["open_needs"].as_u64().unwrap(), before - step["closes"].as_array().unwrap().len() as u64);
}

#[test]
fn an_appraisal_tells_what_was_true_on_the_last_day_and_is_noted_once() {
    let coach = Coach::with_vault();
    let seen = |date: &str, number: &str| json!({ "kind": "reflection", "date": date, "title": "Seen", "claims": [{ "competency": number, "as": "portfolio", "reason": "It shows this." }] });
    let goal =
        json!({ "kind": "goal", "date": "2026-01-10", "title": "Be observed", "status": "open", "due": "2026-03-01" });
    takes(&coach, "a.jsonl", &[seen("2026-03-31", "1.8"), seen("2026-04-01", "2.10"), goal]);
    let asked = ["appraisal", "VAULT", "--from", "2025-04-01", "--to", "2026-03-31"];
    let appraisal = coach.json(&asked);
    assert_eq!(state(&appraisal["gaps"], "1.8")["status"], "evidenced");
    assert_eq!(state(&appraisal["gaps"], "2.10")["status"], "none", "it was written about the day after");
    assert_eq!((&appraisal["goals"][0]["overdue"], &appraisal["noted"]), (&json!(true), &json!(TODAY)));
    assert_eq!(appraisal["goals"][0]["missing"].as_array().unwrap().len(), 2);

    let packed = [&asked[..], &["--pack", "pack"]].concat();
    let pack = coach.json(&packed);
    let snapshot: Value = serde_json::from_slice(&fs::read(coach.at("pack/snapshot.json")).unwrap()).unwrap();
    assert_eq!(snapshot, appraisal);
    assert!(crate::text_of(&coach.at("pack/portfolio.pdf")).contains("Seen"));
    let noted = coach.json(&["show", "VAULT", pack["record"].as_str().unwrap()]);
    assert_eq!((&noted["about"], &noted["snapshot"]), (&json!("appraisal"), &appraisal));
    let records = coach.records();
    fs::remove_dir_all(coach.at("pack")).unwrap();
    coach.does(&packed);
    assert_eq!(coach.records(), records, "the same again adds nothing");
    assert!(
        coach
            .refused(2, &["appraisal", "VAULT", "--from", "2026-01-01", "--to", "2026-12-31"])
            .contains("still to come")
    );
}

#[test]
fn ratings_stand_side_by_side() {
    let coach = Coach::with_vault();
    let own = |date: &str, level: &str| {
        json!({ "kind": "statement", "date": date, "title": "How I see it", "about": "self-rating", "competency": "2.2",
            "level": level, "body": "I listen more." })
    };
    let seen = json!({ "kind": "observation", "date": "2026-03-01", "title": "Seen", "source": "live",
        "observer": "018f3c1e-0000-7000-8000-000000000001",
        "ratings": [{ "competency": "2.2", "level": "competent", "comment": "Calm." }] });
    takes(&coach, "a.jsonl", &[own("2026-01-01", "developing"), own("2026-04-01", "confident"), seen]);
    let ratings = coach.json(&["ratings", "VAULT", "--competency", "2.2"]);
    let levels = |side: &str| -> Vec<String> {
        ratings[0][side].as_array().unwrap().iter().map(|r| r["level"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(
        (levels("own"), levels("others")),
        (vec!["confident".into(), "developing".into()], vec!["competent".into()])
    );
    coach.refused(2, &["ratings", "VAULT", "--competency", "9.9"]);
}
