//! Who is being seen, as the command line tells it; and work with the team.

use serde_json::{Value, json};

use super::Coach;

fn session(n: u32, date: &str, client: &str) -> Value {
    json!({ "id": format!("018f3c1e-0000-7000-8000-{n:012}"), "kind": "session", "date": date, "title": "A session",
        "format": "one-to-one", "mode": "video", "minutes": 50, "client": client })
}

fn with(mut record: Value, fields: &Value) -> Value {
    record.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    record
}

fn with_records(records: &[Value]) -> Coach {
    let coach = Coach::with_vault();
    let lines: Vec<String> = records.iter().map(Value::to_string).collect();
    coach.writes("records.jsonl", lines.join("\n"));
    coach.does(&["import", "VAULT", "records.jsonl"]);
    coach
}

#[test]
fn a_caseload_is_told_from_the_sessions() {
    let days = ["2026-05-04", "2026-05-11", "2026-05-18", "2026-05-25", "2026-06-01", "2026-06-08"];
    let mut records: Vec<Value> = (1..).zip(days).map(|(n, day)| session(n, day, "Client A")).collect();
    records[0] = with(records[0].clone(), &json!({ "client": " client  a", "practice": "Mill Lane" }));
    records.push(with(session(7, "2026-06-10", "Client A"), &json!({ "outcome": "did-not-attend" })));
    records.push(session(8, "2026-04-20", "Client B"));
    records.push(session(9, "2026-08-01", "Client C"));
    records.push(with(session(10, "2026-06-09", ""), &json!({ "format": "group", "minutes": 90, "client": null })));
    records.push(with(session(11, "2026-06-11", "Client D"), &json!({ "ended": "reached", "referred_from": "self" })));
    let coach = with_records(&records);
    let told = coach.json(&["caseload", "VAULT"]);
    assert_eq!((&told["today"], &told["usual_minutes"]), (&json!("2026-06-12"), &json!(50)));
    let clients: Vec<Value> = told["clients"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let fields = ["client", "sessions", "first", "last", "review_due", "days_since"];
            fields.iter().map(|field| one[field].clone()).collect()
        })
        .collect();
    assert_eq!(
        clients,
        [
            json!(["Client A", 6, "2026-05-04", "2026-06-08", true, 4]),
            json!(["Client B", 1, "2026-04-20", "2026-04-20", false, 53]),
        ]
    );
    assert_eq!(told["clients"][0]["did_not_attend"], 1);
    assert_eq!((&told["finished"][0]["client"], &told["came_of_it"][0]["id"]), (&json!("Client D"), &json!("reached")));
    assert_eq!(told["by_practice"], json!([{ "practice": "Mill Lane", "sessions": 1, "minutes": 50, "clients": 1 }]));
    // Nine sessions on nine days, since 20 April.
    assert_eq!((told["per_day"].as_f64(), told["per_week"].as_f64()), (Some(1.0), Some(1.2)));
    let said = coach.does(&["caseload", "VAULT"]);
    for words in [
        "You are seeing 2 clients.",
        "Client A: 6 sessions since 4 May 2026, the last 4 days ago, 1 not attended; time to look back together",
        "Not seen for more than six weeks: Client B.",
        "They reached what they came for: 1",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    // The line manager's agenda has it, the others' have not.
    let agenda = coach.json(&["agenda", "VAULT", "--with", "line-management"]);
    assert_eq!(agenda["caseload"], told["to_discuss"]);
    assert!(coach.does(&["agenda", "VAULT", "--with", "line-management"]).contains("Client B"));
    assert_eq!(coach.json(&["agenda", "VAULT", "--with", "clinical"])["caseload"], json!([]));
}

#[test]
fn a_caseload_follows_changes_deletions_and_another_day() {
    let coach = with_records(&[session(1, "2026-06-01", "Client A"), session(2, "2026-06-08", "Client A")]);
    let sessions = |coach: &Coach| coach.json(&["caseload", "VAULT"])["clients"][0]["sessions"].clone();
    assert_eq!(sessions(&coach), 2);
    let (one, two) = ("018f3c1e-0000-7000-8000-000000000001", "018f3c1e-0000-7000-8000-000000000002");
    coach.does(&["edit", "VAULT", one, "--set", "outcome=cancelled"]);
    assert_eq!(sessions(&coach), 1);
    coach.does(&["edit", "VAULT", one, "--set", "outcome=attended", "--set", "date=2026-06-13"]);
    assert_eq!(sessions(&coach), 1, "it is still to come");
    coach.does(&["delete", "VAULT", two]);
    assert_eq!(coach.json(&["caseload", "VAULT"])["clients"], json!([]));
    coach.does(&["bin", "VAULT", "--restore", two]);
    assert_eq!(sessions(&coach), 1);
    assert_eq!(coach.json(&["verify", "VAULT"])["problems"], json!([]));
}

#[test]
fn an_empty_caseload_says_what_to_do() {
    let coach = Coach::with_vault();
    assert_eq!(coach.json(&["caseload", "VAULT"])["clients"], json!([]));
    assert!(coach.does(&["caseload", "VAULT"]).contains("Say with whom when you log a session"));
}

#[test]
fn work_with_the_team_is_recorded_and_has_a_part_of_its_own() {
    let coach = Coach::with_vault();
    let person = coach.json(&["add", "VAULT", "person", "--set", "name=Ola Nowak", "--set", "role=clinician"]);
    let people = format!("people=[{}]", person["id"]);
    for form in ["meeting", "case-discussion", "teaching", "shadowing", "referrer-feedback"] {
        let (title, form) = (format!("title=Of {form}"), format!("form={form}"));
        let set = ["--set", &title, "--set", &form, "--set", "minutes=40", "--set", &people];
        let claim = ["--set", "others=two GPs", "--claim", "1.8=it shows how I work with others"];
        coach.does(&[&["add", "VAULT", "team-work"], &set[..], &claim[..]].concat());
    }
    assert!(
        coach
            .refused(2, &["add", "VAULT", "team-work", "--set", "title=x", "--set", "form=lunch"])
            .contains("teaching")
    );
    let gaps = coach.json(&["gaps", "VAULT"]);
    let shown = gaps["competencies"].as_array().unwrap().iter().find(|one| one["competency"] == "1.8").unwrap();
    assert_eq!(shown["status"], "evidenced");
    coach.does(&["export", "VAULT", "--html", "out.html", "--for", "supervision"]);
    let page = std::fs::read_to_string(coach.at("out.html")).unwrap();
    assert!(page.contains("kind-team-work") && page.contains("Feedback to a referrer") && page.contains("Ola Nowak"));
    assert!(!page.contains("two GPs"), "who else was there stays with the coach");
}
