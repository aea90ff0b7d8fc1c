//! What counts as evidence, and what does not although it is put forward: each rule by the smallest vault that shows it.

use app::domain::digest::Sha256Hex;
use serde_json::{Value, json};

use crate::Coach;
use crate::answers::{id, session, supervision};

/// A record with more said of it.
pub(crate) fn with(mut record: Value, more: &Value) -> Value {
    record.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    record
}

pub(crate) fn claimed(record: Value, competency: &str) -> Value {
    with(record, &json!({ "claims": [{ "competency": competency, "reason": "It shows this." }] }))
}

pub(crate) fn person(n: u32, role: &str) -> Value {
    json!({ "id": id(n), "kind": "person", "name": format!("Someone {n}"), "role": role })
}

pub(crate) fn learning(date: &str, form: &str, minutes: u32) -> Value {
    json!({ "kind": "learning", "date": date, "form": form, "minutes": minutes, "provider": "Heronsbridge" })
}

/// With its certificate, whose content has to lie beside the file.
pub(crate) fn certified(coach: &Coach, record: Value) -> Value {
    let content = b"%PDF-1.4 a certificate";
    let digest = Sha256Hex::of(content).to_string();
    std::fs::create_dir_all(coach.at("attachments")).unwrap();
    std::fs::write(coach.at("attachments").join(&digest), content).unwrap();
    let file = json!({ "name": "c.pdf", "media_type": "application/pdf", "sha256": digest, "bytes": content.len() });
    with(record, &json!({ "attachments": [file], "certificate": "c.pdf" }))
}

pub(crate) fn competency(coach: &Coach, number: &str) -> Value {
    let gaps = coach.json(&["gaps", "VAULT"]);
    let found = gaps["competencies"].as_array().unwrap().iter().find(|one| one["competency"] == number);
    found.unwrap().clone()
}

pub(crate) fn why(need: &Value) -> Vec<&str> {
    need["uncounted"].as_array().into_iter().flatten().map(|one| one["why"].as_str().unwrap()).collect()
}

#[test]
fn an_import_says_which_claims_came_in_and_do_not_count() {
    let observed = |n: u32, title: &str, more: &Value| {
        let seen = json!({ "id": id(n), "kind": "observation", "title": title, "observer": id(90), "source": "live" });
        claimed(with(seen, more), "4.4")
    };
    let records = [
        person(90, "observer"),
        with(session("2026-06-01"), &json!({ "id": id(1) })),
        observed(3, "By its session", &json!({ "session": id(1) })),
        observed(4, "By itself", &json!({ "setting": "one-to-one" })),
        observed(5, "In a group", &json!({ "setting": "group" })),
    ];
    let line = |record: &Value| with(record.clone(), &json!({ "date": "2026-06-01" })).to_string() + "\n";
    let titled = |record: &Value| with(json!({ "title": "A title" }), record);
    let coach = Coach::with_vault();
    coach.writes("in.jsonl", records.iter().map(|record| line(&titled(record))).collect::<String>());
    let note = "Two claims do not count yet, because it was one to one, and a group is asked for: 4.4 in “By its session” and \
                4.4 in “By itself”.";
    let dry = coach.json(&["import", "VAULT", "in.jsonl", "--dry-run"]);
    assert_eq!(dry["notes"], json!([note]));
    let said = coach.runs(&["import", "VAULT", "in.jsonl"]);
    assert!(said.status == 0 && said.err.contains(note), "{}", said.err);
    assert!(
        coach.json(&["import", "VAULT", "in.jsonl"]).get("notes").is_none(),
        "what is there already is not told again"
    );
}

#[test]
fn a_portfolio_entry_without_a_reason_does_not_count() {
    let reading = |reason: &str| {
        let claim = json!({ "competency": "1.8", "reason": reason });
        with(learning("2026-06-01", "self-directed", 60), &json!({ "id": id(1), "claims": [claim] }))
    };
    let coach = Coach::with_records(&[reading("  ")]);
    let told = competency(&coach, "1.8");
    assert_eq!((&told["status"], &told["needs"][0]["met"]), (&json!("none"), &json!(false)));
    assert_eq!(told["needs"][0]["waiting"], json!([id(1)]));
    assert_eq!(why(&told["needs"][0]), ["no-reason"]);
    assert!(
        coach.does(&["gaps", "VAULT"]).contains("portfolio entry: not yet; 1 record not counted: a reason is missing")
    );
    coach.keeps(&[with(reading("It weighs what is new."), &json!({ "modified": "2030-06-12T20:00:00Z" }))]);
    assert_eq!(competency(&coach, "1.8")["status"], "evidenced");
}

#[test]
fn a_reason_is_asked_for_of_portfolio_entries_alone() {
    let journal = json!({ "kind": "reflection", "date": "2026-06-01", "claims": [{ "competency": "1.3" }] });
    let coach = Coach::with_records(&[
        with(supervision(1, "2026-06-01", &json!({})), &json!({ "claims": [{ "competency": "1.3" }] })),
        journal,
    ]);
    assert_eq!(competency(&coach, "1.3")["status"], "evidenced");
}

#[test]
fn competency_3_12_takes_the_certificate_of_the_accredited_e_learning() {
    let coach = Coach::with_vault();
    let fire = with(
        learning("2026-06-01", "e-learning", 60),
        &json!({ "id": id(1), "title": "Fire safety", "pci_accredited": true }),
    );
    coach.keeps(&[certified(&coach, claimed(fire, "3.12"))]);
    let told = competency(&coach, "3.12");
    assert_eq!((&told["status"], why(&told["needs"][0])), (&json!("none"), vec!["other-course"]));
    let model = json!({ "id": id(2), "course": "universal-model", "pci_accredited": true });
    for (form, accredited, status) in
        [("course", true, "none"), ("e-learning", false, "none"), ("e-learning", true, "evidenced")]
    {
        let more = json!({ "pci_accredited": accredited, "modified": format!("2030-06-12T20:00:{:02}Z", form.len() + usize::from(accredited)) });
        let record = with(with(learning("2026-06-02", form, 60), &model), &more);
        coach.keeps(&[certified(&coach, claimed(record, "3.12"))]);
        assert_eq!(competency(&coach, "3.12")["status"], status, "{form}, {accredited}");
    }
}

#[test]
fn a_plan_for_3_12_names_the_accredited_e_learning() {
    let coach = Coach::with_vault();
    let plan = coach.json(&["plan", "VAULT"]);
    let steps: Vec<&Value> =
        plan["steps"].as_array().unwrap().iter().filter(|step| step["closes"].to_string().contains("3.12")).collect();
    assert_eq!(
        (steps.len(), &steps[0]["act"], &steps[0]["completes"]),
        (1, &json!("universal-model"), &json!(["3.12"]))
    );
    assert!(steps[0]["what"].as_str().unwrap().contains("e-learning on the universal model"));
    assert_eq!(steps[0]["set"]["course"], "universal-model");
}

#[test]
fn supervised_hours_are_progress_to_fifty_and_something_is_put_forward_beside_them() {
    let coach = Coach::with_vault();
    let minute = with(session("2026-06-01"), &json!({ "id": id(1), "minutes": 1, "supervised": true }));
    coach.keeps(&[with(minute.clone(), &json!({ "claims": [{ "competency": "2.10" }] }))]);
    let told = competency(&coach, "2.10");
    assert_eq!(
        (&told["status"], &told["needs"][0]["met"], &told["needs"][1]["met"]),
        (&json!("partial"), &json!(false), &json!(false))
    );
    assert_eq!((&told["needs"][1]["minutes"], &told["needs"][1]["hours"]), (&json!(1), &json!(50)));
    assert!(coach.does(&["gaps", "VAULT"]).contains("1 min so far of 50 h"));
    // However it is put forward it is one of the hours: one record does not stand for both.
    let put = |claim: Value, at: u32| {
        let more = json!({ "claims": [claim], "modified": format!("2030-06-12T20:00:{at:02}Z") });
        coach.keeps(&[with(minute.clone(), &more)]);
        competency(&coach, "2.10")["needs"][0].clone()
    };
    let all = put(json!({ "competency": "2.10", "reason": "By telephone." }), 1);
    assert_eq!((&all["met"], why(&all)), (&json!(false), vec!["among-hours"]));
    let piece = put(json!({ "competency": "2.10", "as": "portfolio", "reason": "By telephone." }), 2);
    assert_eq!((&piece["met"], why(&piece)), (&json!(false), vec!["among-hours"]));
    let days = ["2026-06-02", "2026-06-03", "2026-06-04"]
        .map(|date| with(session(date), &json!({ "minutes": 1_000, "supervised": true })));
    coach.keeps(&days);
    assert_eq!(competency(&coach, "2.10")["status"], "partial", "the hours are there, and no piece beside them");
    // A session that is none of the hours can be the piece.
    let beside =
        json!({ "id": id(2), "claims": [{ "competency": "2.10", "as": "portfolio", "reason": "By telephone." }] });
    coach.keeps(&[with(session("2026-06-05"), &beside)]);
    assert_eq!(competency(&coach, "2.10")["status"], "evidenced");
}

#[test]
fn group_work_asks_for_an_observation_of_a_group() {
    let observed = |n: u32, more: &Value| {
        let seen =
            json!({ "id": id(n), "kind": "observation", "date": "2026-06-01", "observer": id(90), "source": "live" });
        claimed(with(seen, more), "4.4")
    };
    let coach = Coach::with_records(&[
        person(90, "observer"),
        with(session("2026-06-01"), &json!({ "id": id(1) })),
        json!({ "id": id(2), "kind": "session", "date": "2026-06-01", "minutes": 60, "format": "group", "mode": "video" }),
        observed(3, &json!({ "session": id(1) })),
        observed(4, &json!({ "setting": "one-to-one" })),
        observed(5, &json!({})),
    ]);
    let told = competency(&coach, "4.4");
    assert_eq!((&told["status"], why(&told["needs"][0])), (&json!("none"), vec!["setting-unsaid", "one-to-one"]));
    assert_eq!(told["needs"][0]["uncounted"][1]["records"], json!([id(3), id(4)]));
    assert_eq!(told["needs"][0]["group"], true);
    // Typed, it is refused with the reason, whether the observation says it or its session does.
    for set in ["setting=one-to-one".to_owned(), format!("session={}", id(1))] {
        let observer = format!("observer={}", id(90));
        let said = coach.refused(
            2,
            &[
                "add",
                "VAULT",
                "observation",
                "--set",
                "title=Seen",
                "--set",
                "source=live",
                "--set",
                &observer,
                "--set",
                &set,
                "--claim",
                "4.4",
            ],
        );
        assert!(said.contains("4.4: the session was one to one, and this competency is about groups"), "{said}");
    }
    coach.keeps(&[observed(6, &json!({ "session": id(2) }))]);
    assert_eq!(competency(&coach, "4.4")["needs"][0]["records"], json!([id(6)]), "its session was with a group");
    // What the session says holds for the observation, also when it is said later or goes.
    coach.does(&["delete", "VAULT", &id(2)]);
    assert_eq!(competency(&coach, "4.4")["status"], "none");
    coach.does(&["bin", "VAULT", "--restore", &id(2)]);
    assert_eq!(competency(&coach, "4.4")["status"], "evidenced");
}

#[test]
fn the_first_twelve_months_of_a_leap_day_end_on_the_last_of_february() {
    let minutes = |date: &str| {
        let coach = Coach::with_records(&[
            json!({ "kind": "profile", "name": "Rhian", "started": "2024-02-29" }),
            with(session(date), &json!({ "supervised": true })),
        ]);
        competency(&coach, "2.10")["needs"][1]["minutes"].clone()
    };
    assert_eq!((minutes("2025-02-28"), minutes("2025-03-01")), (json!(50), json!(0)));
}

#[test]
fn without_a_start_date_the_first_nhs_session_is_the_start() {
    let supervised = |date: &str, nhs: bool| with(session(date), &json!({ "supervised": true, "nhs": nhs }));
    let coach = Coach::with_records(&[
        supervised("2024-01-10", false),
        supervised("2025-01-10", true),
        supervised("2026-01-09", true),
        supervised("2026-01-10", true),
    ]);
    assert_eq!(competency(&coach, "2.10")["needs"][1]["minutes"], 100);
}

#[test]
fn coaching_supervision_that_was_put_forward_goes_to_the_assessor() {
    let claims = json!({ "claims": [{ "competency": "1.3" }] });
    let coach = Coach::with_records(&[
        with(supervision(1, "2026-06-01", &json!({ "title": "Put forward" })), &claims),
        supervision(2, "2026-06-02", &json!({ "title": "Kept between us" })),
        with(
            supervision(3, "2026-06-03", &json!({ "title": "Clinical talk", "type": "clinical" })),
            &json!({ "claims": [{ "competency": "1.10" }] }),
        ),
    ]);
    let report = coach.json(&["export", "VAULT", "--html", "p.html", "--for", "assessor"]);
    let page = std::fs::read_to_string(coach.at("p.html")).unwrap();
    assert!(page.contains("Put forward"), "{report}");
    assert!(!page.contains("Kept between us") && !page.contains("Clinical talk"));
}

#[test]
fn a_course_in_person_counts_where_e_learning_does() {
    let coach = Coach::with_vault();
    let course = with(learning("2026-05-01", "course", 1_440), &json!({ "pci_accredited": true, "id": id(1) }));
    coach.keeps(&[certified(&coach, claimed(course, "3.2"))]);
    let told = competency(&coach, "3.2");
    let learnt = told["needs"].as_array().unwrap().iter().find(|need| need["any_of"].is_array()).unwrap();
    assert_eq!((&learnt["met"], &learnt["records"]), (&json!(true), &json!([id(1)])));
}

#[test]
fn a_claim_that_does_not_count_is_said_when_it_is_added_and_shown_and_is_added_all_the_same() {
    let coach = Coach::with_vault();
    let add = ["add", "VAULT", "learning", "--set", "title=Read", "--set", "form=self-directed", "--set", "minutes=30"];
    let said = coach.runs(&[&add[..], &["--claim", "1.8", "--json"]].concat());
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(said.err.contains("1.8: it does not count yet. A reason is missing"), "{}", said.err);
    let added: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(added["findings"][0]["place"], "claims[0].reason");
    let shown = coach.runs(&["show", "VAULT", added["id"].as_str().unwrap()]);
    assert!(shown.err.contains("A reason is missing"), "{}{}", shown.out, shown.err);
    let reasoned = coach.runs(&[&add[..], &["--claim", "1.8:portfolio=It weighs what is new.", "--json"]].concat());
    let reasoned: Value = serde_json::from_str(&reasoned.out).unwrap_or_default();
    assert_eq!((&reasoned["findings"], coach.records()), (&Value::Null, 2));
}

#[test]
fn an_appraisal_tells_time_by_form_what_runs_out_and_what_changed_because_of_it() {
    let coach = Coach::with_records(&[
        with(learning("2025-06-12", "course", 360), &json!({ "changed": "Before the period." })),
        with(
            learning("2026-02-01", "e-learning", 60),
            &json!({ "title": "On silence", "changed": "I wait *longer*." }),
        ),
        with(learning("2026-03-01", "course", 400), &json!({ "title": "Fire warden", "expires": "2026-07-01" })),
    ]);
    let asked = ["appraisal", "VAULT", "--from", "2025-06-13", "--to", "2026-06-12"];
    let cpd = coach.json(&asked)["cpd"].clone();
    assert_eq!((&cpd["minutes"], &cpd["unsaid"]), (&json!(460), &json!(1)));
    assert_eq!(cpd["by_form"][0], json!({ "form": "course", "title": "Course", "records": 1, "minutes": 400 }));
    assert_eq!((&cpd["changed"][0]["changed"], &cpd["changed"][1]), (&json!("I wait *longer*."), &Value::Null));
    assert_eq!((&cpd["ending"][0]["title"], &cpd["ending"][0]["days_left"]), (&json!("Fire warden"), &json!(19)));
    let said = coach.does(&asked);
    for words in [
        "7 h 40 min of learning: course 6 h 40 min, e-learning 1 h.",
        "What changed after \"On silence\": I wait",
        "Fire warden runs out on 1 July 2026",
    ] {
        assert!(said.contains(words), "{said}");
    }
    let pack = coach.json(&["appraisal", "VAULT", "--from", "2025-06-13", "--to", "2026-06-12", "--pack", "pack"]);
    assert_eq!(pack["appraisal"]["cpd"], cpd);
    let page = crate::squeezed(&crate::text_of(&coach.at("pack").join("portfolio.pdf")));
    for words in ["of learning over the period", "What changed in practice because of it", "I wait longer."] {
        assert!(page.contains(&crate::squeezed(words)), "{words}");
    }
}

#[test]
fn one_training_may_cover_several_capabilities_and_one_by_itself_still_does() {
    let coach = Coach::with_vault();
    let add = ["add", "VAULT", "learning", "--set", "title=A day", "--set", "form=course", "--set", "minutes=60"];
    coach.does(&[&add[..], &["--set", "capability=first-aid, safeguarding"]].concat());
    coach.keeps(&[with(learning("2026-06-01", "e-learning", 30), &json!({ "capability": "lone-working" }))]);
    let told = coach.json(&["learning", "VAULT"]);
    let held = told["capabilities"].as_array().unwrap().iter().filter(|one| one["state"] == "current");
    let held: Vec<&Value> = held.map(|one| &one["capability"]).collect();
    assert_eq!(held, ["safeguarding", "lone-working", "first-aid"]);
    assert!(
        coach
            .refused(2, &[&add[..], &["--set", "capability=first-aid,juggling"]].concat())
            .contains("General capabilities it covers")
    );
}

#[test]
fn a_model_is_shown_by_reflections_sessions_and_observations_too() {
    let seen = json!({ "id": id(3), "kind": "observation", "date": "2026-06-03", "observer": id(90), "source": "live", "models": ["carers"] });
    let coach = Coach::with_records(&[
        person(90, "observer"),
        json!({ "id": id(1), "kind": "reflection", "date": "2026-06-01", "models": ["veterans", "carers"] }),
        with(session("2026-06-02"), &json!({ "id": id(2), "models": ["bereavement"] })),
        seen,
        with(learning("2026-06-04", "event", 60), &json!({ "id": id(4), "model": "carers" })),
        with(session("2026-06-13"), &json!({ "models": ["technology"] })),
    ]);
    let told = coach.json(&["learning", "VAULT"]);
    let covered = told["models"].as_array().unwrap().iter().filter(|model| model["covered"] == true);
    let covered: Vec<(&Value, &Value)> = covered.map(|model| (&model["model"], &model["records"])).collect();
    let expected =
        [("bereavement", json!([id(2)])), ("carers", json!([id(4), id(3), id(1)])), ("veterans", json!([id(1)]))];
    assert_eq!(covered.len(), expected.len(), "{covered:?}");
    for ((model, records), (name, ids)) in covered.into_iter().zip(&expected) {
        assert_eq!((model, records), (&json!(name), ids));
    }
}
