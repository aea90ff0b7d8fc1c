//! What follows from the records: agenda, learning, standards, guidance, impact.

use serde_json::{Value, json};

use crate::{Coach, TODAY};

impl Coach {
    /// With a vault that holds these records; what they leave out of the common fields is made up.
    pub(crate) fn with_records(records: &[Value]) -> Coach {
        let coach = Coach::with_vault();
        coach.keeps(records);
        coach
    }

    pub(crate) fn keeps(&self, records: &[Value]) {
        let line = |record: &Value| {
            let mut record = record.clone();
            let fields = record.as_object_mut().unwrap();
            fields.entry("date").or_insert(json!(TODAY));
            fields.entry("title").or_insert(json!("A title"));
            record.to_string() + "\n"
        };
        self.writes("kept.jsonl", records.iter().map(line).collect::<String>());
        self.does(&["import", "VAULT", "kept.jsonl"]);
    }
}

pub(crate) fn id(n: u32) -> String {
    format!("018f3c1e-0000-7000-8000-{n:012}")
}

/// One field of every item of a list.
fn every<'v>(list: &'v Value, field: &str) -> Vec<&'v Value> {
    list.as_array().unwrap().iter().map(|item| &item[field]).collect()
}

pub(crate) fn session(date: &str) -> Value {
    json!({ "kind": "session", "date": date, "minutes": 50, "format": "one-to-one", "mode": "video" })
}

pub(crate) fn supervision(n: u32, date: &str, own: &Value) -> Value {
    let mut record = json!({
        "id": id(n), "kind": "supervision", "date": date, "type": "health-coaching", "format": "individual", "minutes": 60
    });
    record.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    record
}

#[test]
fn what_was_agreed_is_carried_over_until_it_is_done() {
    let coach = Coach::with_records(&[
        supervision(1, "2026-05-12", &json!({ "actions": [{ "text": "Ask for feedback" }] })),
        supervision(
            2,
            "2026-04-12",
            &json!({ "actions": [
            { "text": "Read about silence", "done": "2026-04-20" },
            { "text": "Record a session", "due": "2026-06-02" }
        ] }),
        ),
    ]);
    let agenda = coach.json(&["agenda", "VAULT"]);
    assert_eq!(every(&agenda["actions"], "text"), ["Record a session", "Ask for feedback"]);
    assert_eq!((&agenda["today"], &agenda["with"]), (&json!(TODAY), &json!(null)));
    let oldest = json!({
        "supervision": id(2), "number": 2, "type": "health-coaching", "agreed": "2026-04-12",
        "text": "Record a session", "due": "2026-06-02", "overdue_days": 10
    });
    assert_eq!(agenda["actions"][0], oldest);
    assert!(coach.does(&["agenda", "VAULT"]).contains(&format!("--done {}:2", id(2))));
    assert_eq!(coach.json(&["agenda", "VAULT", "--with", "clinical"])["actions"], json!([]));

    let after = coach.json(&["agenda", "VAULT", "--done", &format!("{}:2", id(2))]);
    assert_eq!(every(&after["actions"], "text"), ["Ask for feedback"]);
    assert_eq!(coach.json(&["show", "VAULT", &id(2)])["actions"][1]["done"], TODAY);
    coach.does(&["agenda", "VAULT", "--done", &format!("{}:1", id(2))]);
    let kept = coach.json(&["show", "VAULT", &id(2)]);
    assert_eq!(kept["actions"][0]["done"], "2026-04-20", "it was done already");
    for wrong in [format!("{}:3", id(2)), format!("{}:0", id(2)), format!("{}:1", id(9)), "2".to_owned()] {
        coach.refused(2, &["agenda", "VAULT", "--done", &wrong]);
    }
}

#[test]
fn what_was_put_aside_waits_for_its_own_supervision() {
    let parked = |n: u32, date: &str, with: &str| json!({ "id": id(n), "kind": "reflection", "date": date, "title": format!("Entry {n}"), "for_supervision": with });
    let coach = Coach::with_records(&[
        parked(11, "2026-05-02", "health-coaching"),
        parked(12, "2026-05-01", "health-coaching"),
        parked(13, "2026-05-01", "clinical"),
    ]);
    let titles = |with: &str| {
        let agenda = coach.json(&["agenda", "VAULT", "--with", with]);
        every(&agenda["parked"], "title").into_iter().cloned().collect::<Vec<_>>()
    };
    assert_eq!(titles("health-coaching"), ["Entry 12", "Entry 11"], "the oldest first");
    assert_eq!(titles("clinical"), ["Entry 13"]);
    coach.keeps(&[supervision(1, "2026-05-02", &json!({ "discussed": [id(11), id(13)] }))]);
    assert_eq!(titles("health-coaching"), ["Entry 12"]);
    assert_eq!(titles("clinical"), ["Entry 13"], "that was not its supervision");
}

#[test]
fn urgent_questions_and_first_contacts_stand_on_every_agenda() {
    let mut asked = session("2026-06-10");
    asked["id"] = json!(id(1));
    asked["clinical_question"] = json!({ "question": "Who should see her?", "asked_of": id(2), "asked": "2026-06-11" });
    let ash = json!({
        "id": id(2), "kind": "person", "name": "Dr Ash Penhale", "role": "clinician", "contact": "extension 12",
        "concerns": ["urgent-clinical"]
    });
    let coach = Coach::with_records(&[asked.clone(), ash]);
    let agenda = coach.json(&["agenda", "VAULT", "--with", "line-management"]);
    let question = &agenda["questions"][0];
    assert_eq!((&question["asked_of"], &question["waiting_days"]), (&json!("Dr Ash Penhale"), &json!(1)));
    assert_eq!(every(&agenda["first_contacts"], "concern"), ["safeguarding", "urgent-clinical", "work"]);
    assert_eq!(agenda["first_contacts"][0]["people"], json!([]));
    assert_eq!(agenda["first_contacts"][1]["people"][0]["contact"], "extension 12");
    let said = coach.does(&["agenda", "VAULT"]);
    assert!(said.contains("nobody is named yet") && said.contains("Dr Ash Penhale (extension 12)"), "{said}");
    asked["clinical_question"]["answer"] = json!("The duty doctor, today.");
    coach.keeps(&[asked]);
    assert_eq!(coach.json(&["agenda", "VAULT"])["questions"], json!([]));
}

#[test]
fn trainings_run_out_sixty_days_ahead() {
    let course = |capability: &str, expires: &str| {
        json!({
            "kind": "learning", "date": "2025-08-11", "form": "course", "minutes": 120,
            "capability": capability, "expires": expires
        })
    };
    let renewals = json!([{ "capability": "lone-working", "months": 12, "mandatory": true }]);
    let coach = Coach::with_records(&[
        json!({ "kind": "profile", "name": "Sam Poole", "started": "2026-01-31", "renewals": renewals }),
        course("safeguarding", "2026-08-11"),
        course("confidentiality", "2026-08-12"),
        course("first-aid", "2026-06-11"),
        json!({ "kind": "learning", "date": "2025-06-12", "form": "e-learning", "minutes": 30, "capability": "lone-working" }),
        json!({ "kind": "learning", "form": "event", "minutes": 60, "model": "veterans" }),
        json!({ "kind": "learning", "date": "2024-02-29", "title": "Fire warden", "form": "course", "minutes": 60, "expires": "2026-07-01" }),
    ]);
    let learning = coach.json(&["learning", "VAULT"]);
    let capabilities = learning["capabilities"].as_array().unwrap();
    assert_eq!((capabilities.len(), learning["models"].as_array().unwrap().len()), (16, 28));
    let of = |name: &str| capabilities.iter().find(|item| item["capability"] == name).unwrap();
    let state = |name: &str| (of(name)["state"].as_str().unwrap(), of(name)["days_left"].as_i64());
    assert_eq!(state("safeguarding"), ("expiring", Some(60)));
    assert_eq!(state("confidentiality"), ("current", Some(61)));
    assert_eq!(state("first-aid"), ("expired", Some(-1)));
    assert_eq!(state("domestic-abuse"), ("none", None));
    assert_eq!(state("lone-working"), ("expiring", Some(0)), "twelve months on: its last day");
    assert_eq!(of("lone-working")["mandatory"], true);
    assert_eq!(every(&learning["others"], "title"), ["Fire warden"]);
    let covered = learning["models"].as_array().unwrap().iter().filter(|model| model["covered"] == true);
    assert_eq!((covered.count(), &learning["models_expected"]), (1, &json!(false)));
    assert_eq!(every(&learning["milestones"], "day"), ["2026-02-28", "2026-07-30", "2027-01-30"]);
    assert_eq!(every(&learning["milestones"], "passed"), [true, false, false]);
    assert_eq!(every(&learning["milestones"][1]["competencies"], "competency"), ["1.4", "1.6"]);
    let said = coach.does(&["learning", "VAULT"]);
    assert!(said.contains("not yet recorded") && said.contains("runs out on 11 August 2026, in 60 days"), "{said}");
}

#[test]
fn a_supervisor_is_held_against_all_eight_standards() {
    let rows: Vec<Value> =
        (2..=8).map(|n| json!({ "standard": n.to_string(), "note": "seen", "date": "2025-06-12" })).collect();
    let wren = |tier: u8| {
        json!({
            "id": id(1), "kind": "person", "name": "Wren Okafor", "role": "health-coaching-supervisor",
            "tier": tier, "standards": rows
        })
    };
    let manager = json!({ "id": id(2), "kind": "person", "name": "Bo Lind", "role": "line-manager" });
    let coach = Coach::with_records(&[wren(3), manager]);
    let standards = coach.json(&["standards", "VAULT"]);
    assert_eq!(every(&standards["people"], "name"), ["Wren Okafor"]);
    assert_eq!(standards["people"][0]["complete"], true, "the caseload's last day is today");
    assert_eq!(standards["people"][0]["standards"][1]["expires"], TODAY);
    assert_eq!((&standards["own"]["begun"], &standards["own"]["from_tier"]), (&json!(false), &json!(3)));
    assert!(coach.does(&["standards", "VAULT"]).contains("can be made from tier 3"));

    let later = coach.json(&["standards", "VAULT", &id(1), "--today", "2026-06-13"]);
    assert_eq!((&later["people"][0]["open"], &later["own"]), (&json!([2]), &json!(null)));
    coach.keeps(&[wren(2)]);
    assert_eq!(coach.json(&["standards", "VAULT", &id(1)])["people"][0]["open"], json!([1]));
    assert_eq!(coach.json(&["standards", "VAULT", &id(2)])["people"][0]["open"].as_array().unwrap().len(), 8);
    coach.refused(2, &["standards", "VAULT", &id(9)]);
}

#[test]
fn a_coach_at_tier_three_builds_their_own_case() {
    let worked = |date: &str, hours: u32| {
        let mut session = session(date);
        session["minutes"] = json!(hours * 60);
        session
    };
    let mut records: Vec<Value> = (0..22).map(|_| worked("2025-06-12", 24)).collect();
    records.extend([worked("2025-06-13", 24), worked("2026-06-12", 24)]);
    records.push(json!({ "id": id(1), "kind": "person", "name": "Wren Okafor", "role": "health-coaching-supervisor",
        "more_experienced": true }));
    records.push(supervision(2, "2026-05-01", &json!({ "supervisor": id(1) })));
    let statement = |n: u8| json!({ "kind": "statement", "about": "supervisor-standard", "standard": n.to_string() });
    records.extend((3..=8).map(statement));
    let signed = |n: u8| {
        json!({ "kind": "sign-off", "scope": "supervisor-statement", "standard": n.to_string(), "decision": "agreed",
            "person": id(1) })
    };
    records.extend([4, 5].map(signed));
    let coach = Coach::with_records(&records);
    let own = coach.json(&["standards", "VAULT"])["own"].clone();
    assert_eq!((&own["tier"], &own["caseload_minutes"], &own["open"]), (&json!(3), &json!(2_880), &json!([1, 2])));
    assert_eq!(own["supervised_by"], json!(["Wren Okafor"]));
    coach.keeps(&[worked("2026-06-11", 2)]);
    let own = coach.json(&["standards", "VAULT"])["own"].clone();
    assert_eq!((&own["open"], &own["caseload_minutes"]), (&json!([1]), &json!(3_000)), "tier 3 is not agreed");
    assert!(coach.does(&["standards", "VAULT"]).contains("Your own case: standard 1 is open"));
}

#[test]
fn guidance_is_said_once_and_stays_put_away() {
    let mut records: Vec<Value> = (0..6).map(|_| session("2026-06-02")).collect();
    records
        .push(json!({ "kind": "profile", "name": "Sam Poole", "started": "2026-06-01", "training_route": "four-day" }));
    let coach = Coach::with_records(&records);
    let keys = |arguments: &[&str]| {
        let all: Vec<&str> = ["guidance", "VAULT"].iter().chain(arguments).copied().collect();
        every(&coach.json(&all)["notes"], "key").into_iter().cloned().collect::<Vec<_>>()
    };
    assert_eq!(keys(&[]), ["full-day:2026-06-02"]);
    assert!(coach.does(&["guidance", "VAULT"]).contains("6 sessions on 2 June"));
    assert!(keys(&["--put-away", "full-day:2026-06-02"]).is_empty());
    assert!(keys(&[]).is_empty(), "it is kept in the vault");
    assert_eq!(coach.json(&["guidance", "VAULT", "--all"])["notes"][0]["put_away"], true);
    assert_eq!(keys(&["--bring-back", "full-day:2026-06-02"]), ["full-day:2026-06-02"]);
    assert!(coach.refused(2, &["guidance", "VAULT", "--put-away", "full-day:1999-01-01"]).contains("no note"));
    coach.refused(2, &["guidance", "VAULT", "--bring-back", "full-day:1999-01-01"]);
}

#[test]
fn guidance_speaks_of_reviews_young_people_supervision_and_training() {
    let with = |date: &str, own: &Value| {
        let mut session = session(date);
        session.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
        session
    };
    let client = json!({ "client": "Client A" });
    let mut records: Vec<Value> = (1..=6).map(|n| with(&format!("2026-05-0{n}"), &client)).collect();
    records.push(with("2026-06-03", &json!({ "client": "Client B", "under_18": true })));
    records.push(json!({ "kind": "profile", "name": "Sam Poole", "started": "2026-04-01" }));
    records.push(supervision(1, "2026-04-24", &json!({})));
    let coach = Coach::with_records(&records);
    let keys = || every(&coach.json(&["guidance", "VAULT"])["notes"], "key").into_iter().cloned().collect::<Vec<_>>();
    let all = ["before-training:none", "under-18:client b", "supervision:2026-05", "review:client a"];
    assert_eq!(keys(), all);
    coach.keeps(&[
        with("2026-05-07", &json!({ "client": "Client A", "review": true })),
        json!({ "kind": "learning", "date": "2026-06-03", "form": "course", "minutes": 420, "young_people": true }),
        json!({
            "kind": "learning", "date": "2026-03-01", "form": "course", "minutes": 420, "prior_learning": true,
            "accepted_by": id(7)
        }),
        json!({ "id": id(7), "kind": "person", "name": "Wren Okafor", "role": "health-coaching-supervisor" }),
        supervision(2, "2026-05-31", &json!({})),
    ]);
    assert!(keys().is_empty());
}

#[test]
fn figures_over_few_people_stay_in_the_vault() {
    let pam = |n: u32, date: &str, people: u32| {
        json!({
            "id": id(n), "kind": "impact", "date": date, "measure": "PAM", "people": people, "before": 50, "after": 60,
            "better": "higher"
        })
    };
    let coach = Coach::with_records(&[
        pam(1, "2026-05-01", 4),
        json!({ "kind": "feedback", "from": "client", "method": "survey", "instrument": "Our form", "score": 4, "scale_max": 5 }),
    ]);
    let withheld = json!({
        "measure": "PAM", "suppressed": true, "people": null, "before": null, "after": null, "change": null,
        "for_the_better": null
    });
    let outward = coach.json(&["impact", "VAULT", "--outward"]);
    assert_eq!(outward["measures"], json!([withheld]));
    assert_eq!(
        (&outward["feedback"][0]["suppressed"], &outward["feedback"][0]["people"]),
        (&json!(true), &json!(null))
    );
    let said = coach.does(&["impact", "VAULT", "--outward"]);
    assert!(said.contains("withheld") && !said.contains("60"), "{said}");
    let own = coach.json(&["impact", "VAULT"]);
    assert_eq!((&own["measures"][0]["people"], &own["feedback"][0]["mean_share"]), (&json!(4), &json!(0.8)));

    coach.keeps(&[pam(2, "2026-06-01", 1)]);
    let both = coach.json(&["impact", "VAULT", "--outward"])["measures"][0].clone();
    assert_eq!((&both["people"], &both["change"], &both["for_the_better"]), (&json!(5), &json!(10.0), &json!(true)));
    let june = coach.json(&["impact", "VAULT", "--from", "2026-06-01", "--to", "2026-06-30"]);
    assert_eq!(june["measures"][0]["people"], 1);
    coach.refused(2, &["impact", "VAULT", "--from", "2026-06-02", "--to", "2026-06-01"]);
}
