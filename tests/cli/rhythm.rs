//! The rhythm of supervision, as it is answered: what is due, what was missed, and whether it is enough.

use serde_json::{Value, json};

use crate::Coach;
use crate::agreed::{id, person, worked};

fn profile(started: Option<&str>, own: &Value) -> Value {
    let mut record = json!({ "kind": "profile", "date": "2024-01-01", "title": "A", "name": "A" });
    let fields = record.as_object_mut().unwrap();
    fields.extend(started.map(|day| ("started".to_owned(), json!(day))));
    fields.extend(own.as_object().unwrap().clone());
    record
}

fn held(date: &str, minutes: u32) -> Value {
    json!({ "kind": "supervision", "date": date, "title": "Met", "type": "health-coaching", "format": "individual",
        "minutes": minutes })
}

fn session(date: &str) -> Value {
    json!({ "kind": "session", "date": date, "title": "Session", "minutes": 50, "format": "one-to-one", "mode": "video" })
}

/// A coach with a vault of these records.
fn with(records: &[Value]) -> Coach {
    let coach = Coach::with_vault();
    coach.writes("records.jsonl", records.iter().map(|record| record.to_string() + "\n").collect::<String>());
    coach.does(&["import", "VAULT", "records.jsonl"]);
    coach
}

/// How the supervision of a kind stands on a day; 0 is health coaching, 2 is clinical.
fn on(coach: &Coach, today: &str, kind: usize) -> Value {
    coach.json(&["rhythm", "VAULT", "--today", today])["kinds"][kind].clone()
}

fn competency(coach: &Coach, number: &str, today: &str) -> Value {
    let gaps = coach.json(&["gaps", "VAULT", "--today", today]);
    let all = gaps["competencies"].as_array().unwrap();
    all.iter().find(|state| state["competency"] == number).unwrap().clone()
}

const TODAY: &str = "2026-06-15";

#[test]
fn minutes_a_month_are_an_average_over_the_months_since_the_start() {
    let coach = with(&[profile(Some("2026-04-15"), &json!({})), held("2026-05-12", 60), held("2026-06-10", 60)]);
    let now = on(&coach, TODAY, 0);
    assert_eq!((&now["minutes_a_month"], &now["since"]), (&json!(60), &json!("2026-04-15")));
    let text = coach.does(&["rhythm", "VAULT", "--today", TODAY]);
    assert!(text.contains("since 15 April 2026: 2 h one to one (1 h a month)"), "{text}");
}

#[test]
fn a_rhythm_that_is_kept_with_less_than_the_recommended_hour_leaves_its_competency_partly() {
    let months = (1..=14).map(tenth_of);
    let short: Vec<Value> = months.map(|date| held(&date, 10)).collect();
    let coach = with(&[vec![profile(Some("2025-04-01"), &json!({}))], short].concat());
    let state = competency(&coach, "1.5", TODAY);
    let says = "kept, but with less than the recommended hour a month: 10 minutes on average";
    assert_eq!((&state["status"], &state["needs"][0]["why"]), (&json!("partial"), &json!(says)));
    assert_eq!((&on(&coach, TODAY, 0)["missed"], &on(&coach, TODAY, 0)["enough"]), (&json!(0), &json!(false)));
    let gaps = coach.does(&["gaps", "VAULT", "--today", TODAY]);
    assert!(gaps.contains(says), "{gaps}");
    let rhythm = coach.does(&["rhythm", "VAULT", "--today", TODAY]);
    assert!(rhythm.contains("the rhythm is kept; 1 h a month is recommended"), "{rhythm}");
    coach.does(&["export", "VAULT", "--html", "out.html", "--today", TODAY]);
    let html = std::fs::read_to_string(coach.at("out.html")).unwrap();
    assert!(html.contains(says), "the portfolio says so too");
}

/// The tenth of the n-th month after April 2025.
fn tenth_of(n: u32) -> String {
    let month = 3 + n;
    format!("{}-{:02}-10", 2025 + month / 12, month % 12 + 1)
}

/// A coach of a year with fourteen monthly supervisions by someone.
fn supervised_by(role: &str, own: &Value, of_session: &Value) -> Coach {
    let mut records = vec![profile(Some("2025-04-01"), &json!({})), person(1, &json!({ "role": role }))];
    records[1].as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    records[1]["date"] = json!("2025-04-01");
    records[1]["title"] = json!("Who");
    for n in 1..=14 {
        let mut one = held(&tenth_of(n), 60);
        one["supervisor"] = json!(id(1));
        one.as_object_mut().unwrap().extend(of_session.as_object().unwrap().clone());
        records.push(one);
    }
    with(&records)
}

#[test]
fn supervision_by_someone_in_another_role_keeps_no_rhythm_of_health_coaching_and_says_so() {
    for role in ["observer", "line-manager", "clinician"] {
        let coach = supervised_by(role, &json!({}), &json!({}));
        let state = competency(&coach, "1.5", TODAY);
        assert_eq!((&state["status"], &state["needs"][0]["met"]), (&json!("none"), &json!(false)), "{role}");
        let uncounted = &state["needs"][0]["uncounted"][0];
        assert_eq!((&uncounted["why"], uncounted["records"].as_array().unwrap().len()), (&json!("other-role"), 12));
        let now = on(&coach, TODAY, 0);
        assert_eq!((&now["last"], now["uncounted"].as_array().unwrap().len()), (&Value::Null, 12), "{now}");
        assert!(now["missed"].as_u64().unwrap() >= 11, "{now}");
        let says = "not counted: who gave it is not recorded as a health coaching supervisor";
        for asked in ["gaps", "rhythm"] {
            let text = coach.does(&[asked, "VAULT", "--today", TODAY]);
            assert!(text.contains(says), "{asked}: {text}");
        }
        coach.does(&["export", "VAULT", "--html", "out.html", "--today", TODAY]);
        assert!(std::fs::read_to_string(coach.at("out.html")).unwrap().contains(says));
    }
    let coach = supervised_by("observer", &json!({}), &json!({}));
    let (day, by) = (format!("date={TODAY}"), format!("supervisor={}", id(1)));
    let set = ["title=Met", "type=health-coaching", "format=individual", "minutes=60", &day, &by];
    let arguments: Vec<&str> = set.iter().flat_map(|pair| ["--set", *pair]).collect();
    let added = coach.json(&[&["add", "VAULT", "supervision"][..], &arguments].concat());
    let says = "1.5: it does not count yet. Who gave it is not recorded as a health coaching supervisor.";
    assert_eq!(
        (&added["findings"][0]["place"], &added["findings"][0]["message"]),
        (&json!("supervisor"), &json!(says))
    );
}

#[test]
fn supervision_of_another_kind_is_anyones_and_one_that_names_nobody_counts() {
    let clinical = supervised_by("clinician", &json!({}), &json!({ "type": "clinical" }));
    let now = on(&clinical, TODAY, 2);
    assert_eq!((&now["missed"], now["records"].as_array().unwrap().len()), (&json!(0), 12));
    for supervisor in [Value::Null, json!(id(9))] {
        let coach = supervised_by("observer", &json!({}), &json!({ "supervisor": supervisor }));
        let state = competency(&coach, "1.5", TODAY);
        assert_eq!((&state["status"], &state["needs"][0]["mark"]), (&json!("evidenced"), &Value::Null));
    }
    let ours = supervised_by("health-coaching-supervisor", &json!({}), &json!({}));
    let state = competency(&ours, "1.5", TODAY);
    assert_eq!((&state["status"], &state["needs"][0]["mark"]), (&json!("evidenced"), &Value::Null));
}

#[test]
fn a_supervisor_whose_standards_are_open_keeps_the_rhythm_with_a_mark_and_an_open_condition() {
    let coach = supervised_by("health-coaching-supervisor", &json!({ "tier": 1 }), &json!({}));
    let state = competency(&coach, "1.5", TODAY);
    let mark = "by Wren Okafor: their standards as a supervisor are not met or not recorded";
    assert_eq!((&state["status"], &state["needs"][0]["mark"]), (&json!("evidenced"), &json!(mark)));
    assert_eq!(on(&coach, TODAY, 0)["mark"], mark);
    assert_eq!(on(&coach, TODAY, 2)["mark"], Value::Null);
    for asked in ["gaps", "rhythm"] {
        let text = coach.does(&[asked, "VAULT", "--today", TODAY]);
        assert!(text.contains(mark), "{asked}: {text}");
    }
    coach.does(&["export", "VAULT", "--html", "out.html", "--today", TODAY]);
    assert!(std::fs::read_to_string(coach.at("out.html")).unwrap().contains(mark));
    let sessions = worked("2026-02-02", 50, &json!({ "supervised": true }));
    coach.takes_in(&sessions);
    let hours = coach.json(&["hours", "VAULT", "--today", TODAY]);
    let condition = "Wren Okafor, on whose word this rests, is not recorded as meeting standard 1 (tier 3";
    assert_eq!((&hours["tier"], &hours["open"][1]["tier"]), (&json!(1), &json!(2)));
    assert!(hours["open"][1]["conditions"].to_string().contains(condition), "{hours}");
    assert!(hours["next"]["open_conditions"].to_string().contains(condition), "{hours}");
    let text = coach.does(&["hours", "VAULT", "--today", TODAY]);
    assert!(text.contains(condition), "{text}");
}

#[test]
fn a_session_within_the_days_of_grace_is_not_missed_and_one_after_them_is() {
    let profile = profile(Some("2025-12-20"), &json!({}));
    let in_grace = with(&[profile.clone(), held("2026-01-31", 60), held("2026-03-01", 60)]);
    let late = with(&[profile, held("2026-01-01", 60), held("2026-02-28", 60)]);
    assert_eq!(on(&in_grace, "2026-03-10", 0)["missed"], 0);
    let now = on(&late, "2026-03-10", 0);
    assert_eq!((&now["missed"], &now["missed_on"]), (&json!(1), &json!(["2026-02-01"])));
    let text = late.does(&["rhythm", "VAULT", "--today", "2026-03-10"]);
    assert!(text.contains("one missed between 1 January 2026 and 28 February 2026"), "{text}");
}

#[test]
fn without_a_start_date_the_rhythm_begins_with_the_first_nhs_session() {
    let met = [held("2026-05-10", 60), held("2026-06-10", 60)];
    let sessions = [session("2024-03-05"), session("2025-09-05")];
    let coach = with(&[&sessions[..], &met[..]].concat());
    let now = on(&coach, TODAY, 0);
    assert!(now["missed"].as_u64().unwrap() >= 10, "{now}");
    assert_eq!(competency(&coach, "1.5", TODAY)["status"], "partial");
    // Nine in a row are told in one sentence.
    let text = coach.does(&["rhythm", "VAULT", "--today", TODAY]);
    assert_eq!(
        text.matches(" missed from the beginning").count() + text.matches(" missed since the").count(),
        1 + 2,
        "one for each kind of supervision: {text}"
    );
    assert!(text.contains("missed from the beginning on 5 March 2024 until 10 May 2026"), "{text}");
    let other = json!({ "nhs": false });
    let mut private = session("2024-03-05");
    private.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
    let coach = with(&[&[private, session("2026-04-20")][..], &met[..]].concat());
    assert_eq!(on(&coach, TODAY, 0)["since"], "2026-04-20");
    assert_eq!(competency(&coach, "1.5", TODAY)["status"], "evidenced");
}

#[test]
fn in_a_break_nothing_is_due_or_missed_and_nothing_grows_old() {
    let reflection = json!({ "kind": "reflection", "date": "2025-03-01", "title": "A thought", "body": "Of my own.",
        "claims": [{ "competency": "1.3", "counts_as": "reflective-journal" }] });
    let breaks = |rows: Value| profile(Some("2025-08-01"), &json!({ "breaks": rows }));
    let records = |rows| [breaks(rows), reflection.clone(), held("2025-08-20", 60), held("2025-09-20", 60)];
    let there = with(&records(json!([])));
    assert!(on(&there, TODAY, 0)["missed"].as_u64().unwrap() >= 7);
    assert_eq!(competency(&there, "1.3", TODAY)["stale"], true);
    let away = with(&records(json!([
        { "from": "2025-10-01", "to": "2026-01-31", "what": "leave" }, { "from": "2026-01-15", "what": "sickness" }
    ])));
    let now = on(&away, TODAY, 0);
    assert_eq!((&now["missed"], &now["away"], &now["overdue_days"]), (&json!(0), &json!(true), &json!(0)));
    assert_eq!(competency(&away, "1.3", TODAY)["stale"], false);
    let text = away.does(&["rhythm", "VAULT", "--today", TODAY]);
    assert!(text.contains("nothing is due while you are away"), "{text}");
    let wrong = breaks(json!([{ "from": "2025-10-01", "to": "2025-09-30" }]));
    away.writes("wrong.jsonl", wrong.to_string());
    let refused = away.refused(2, &["import", "VAULT", "wrong.jsonl"]);
    assert!(
        refused.contains("30 September 2025 comes before 1 October 2025; please give a day from then on"),
        "{refused}"
    );
}

#[test]
fn a_break_is_for_the_coach_alone() {
    let what = json!({ "breaks": [{ "from": "2026-05-01", "what": "sickness" }] });
    let coach = with(&[profile(Some("2025-01-01"), &what), held("2025-09-20", 60)]);
    for audience in ["appraisal", "supervision", "assessor", "line-management"] {
        coach.does(&["export", "VAULT", "--html", "out.html", "--for", audience, "--today", TODAY]);
        let html = std::fs::read_to_string(coach.at("out.html")).unwrap().to_lowercase();
        assert!(
            !html.contains("sickness") && !html.contains("you are away") && !html.contains("breaks from"),
            "{audience}"
        );
    }
}

#[test]
fn clinical_supervision_is_expected_pro_rata_below_full_time() {
    let due = |fte: f64| {
        let coach = with(&[profile(Some("2026-01-01"), &json!({ "fte": fte }))]);
        on(&coach, "2026-03-10", 2)["due"].clone()
    };
    assert_eq!([due(1.0), due(0.8), due(0.5)], ["2026-04-01", "2026-04-01", "2026-07-01"]);
}

#[test]
fn the_day_that_was_agreed_is_shown_with_the_day_it_is_due() {
    let mut last = held("2026-06-01", 60);
    last["next"] = json!("2026-06-29");
    let coach = with(&[profile(Some("2025-01-01"), &json!({})), held("2026-05-01", 60), last]);
    let now = on(&coach, TODAY, 0);
    assert_eq!((&now["due"], &now["agreed"]), (&json!("2026-07-01"), &json!("2026-06-29")));
    assert!(coach.does(&["rhythm", "VAULT"]).contains("agreed when you last met: 29 June 2026"));
    assert_eq!(on(&coach, "2026-05-20", 0)["agreed"], Value::Null, "that was not agreed yet");
}

#[test]
fn meeting_more_often_in_the_first_six_months_is_a_note_and_no_rule() {
    let coach = with(&[profile(Some("2026-05-01"), &json!({}))]);
    let note = |today: &str| on(&coach, today, 0)["note"].clone();
    assert!(note(TODAY).as_str().unwrap().contains("first six months"));
    assert_eq!(note("2026-11-01"), Value::Null);
}

#[test]
fn an_employer_decides_otherwise_about_grace_and_near_full_time() {
    let coach = with(&[profile(Some("2025-12-20"), &json!({ "fte": 0.7 })), held("2026-01-01", 60)]);
    assert_eq!(on(&coach, "2026-02-20", 0)["missed"], 0);
    let shipped: Value = serde_json::from_str(&coach.does(&["framework", "--json"])).unwrap();
    let mut own = shipped.clone();
    own["decisions"]["full_time_percent"]["value"] = json!(70);
    own["decisions"]["full_time_percent"]["says"] = json!("From 70 per cent on it is full time.");
    own["decisions"]["grace_days"]["value"] = json!(0);
    own["decisions"]["grace_days"]["says"] = json!("There are no days of grace.");
    coach.writes("own.json", own.to_string());
    coach.does(&["framework", "own.json", "--vault", "VAULT", "--install"]);
    assert_eq!(on(&coach, "2026-02-02", 0)["missed"], 1);
}
