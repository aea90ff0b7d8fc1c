//! What was agreed, by whom and on what: tiers and sign-offs, each from the smallest records that show it.

use serde_json::{Value, json};

use crate::Coach;

/// The day on which these are asked.
pub(crate) const DAY: &str = "2026-06-15";

pub(crate) fn id(n: u32) -> String {
    format!("018f3c1e-0000-7000-8000-{n:012}")
}

impl Coach {
    /// Takes records in; what they leave out of the common fields is made up.
    pub(crate) fn takes_in(&self, records: &[Value]) {
        let line = |record: &Value| {
            let mut record = record.clone();
            let fields = record.as_object_mut().unwrap();
            fields.entry("date").or_insert(json!("2026-01-05"));
            fields.entry("title").or_insert(json!("A title"));
            record.to_string() + "\n"
        };
        self.writes("in.jsonl", records.iter().map(line).collect::<String>());
        self.on_day(&["import", "VAULT", "in.jsonl"]);
    }

    pub(crate) fn on_day(&self, arguments: &[&str]) -> String {
        self.does(&[arguments, &["--today", DAY]].concat())
    }

    pub(crate) fn asks(&self, arguments: &[&str]) -> Value {
        self.json(&[arguments, &["--today", DAY]].concat())
    }

    pub(crate) fn state(&self, competency: &str) -> Value {
        of(&self.asks(&["gaps", "VAULT"]), competency)
    }

    /// How a competency stands, and what the decision about it is worth.
    pub(crate) fn worth(&self, competency: &str) -> (String, String) {
        let state = self.state(competency);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&state["status"]), text(&state["sign_off"]["outcome"]))
    }
}

pub(crate) fn of(gaps: &Value, competency: &str) -> Value {
    let all = gaps["competencies"].as_array().unwrap();
    all.iter().find(|state| state["competency"] == competency).unwrap().clone()
}

pub(crate) fn says(status: &str, outcome: &str) -> (String, String) {
    (status.to_owned(), outcome.to_owned())
}

pub(crate) fn person(n: u32, own: &Value) -> Value {
    let seen: Vec<Value> = (2..=8).map(|n: u8| json!({ "standard": n.to_string(), "date": "2026-01-05" })).collect();
    let mut person = json!({
        "id": id(n), "kind": "person", "name": "Wren Okafor", "role": "health-coaching-supervisor", "tier": 3,
        "standards": seen,
    });
    person.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    person
}

pub(crate) fn worked(date: &str, hours: u32, own: &Value) -> Vec<Value> {
    let session = |minutes: u32| {
        let mut session =
            json!({ "kind": "session", "date": date, "minutes": minutes, "format": "group", "mode": "video" });
        session.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
        session
    };
    let mut all: Vec<Value> = (0..hours / 20).map(|_| session(1_200)).collect();
    all.extend((!hours.is_multiple_of(20)).then(|| session(hours % 20 * 60)));
    all
}

pub(crate) fn sign_off(n: u32, date: &str, own: &Value) -> Value {
    let mut record = json!({ "id": id(n), "kind": "sign-off", "date": date, "person": id(1), "decision": "agreed" });
    record.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    record
}

pub(crate) fn of_competency(n: u32, date: &str, competency: &str, own: &Value) -> Value {
    let mut record = sign_off(n, date, own);
    record["scope"] = json!("competency");
    record["competency"] = json!(competency);
    record
}

/// A piece for 1.8, which asks for one.
pub(crate) fn piece(n: u32, date: &str, own: &Value) -> Value {
    let mut record = json!({
        "id": id(n), "kind": "reflection", "date": date,
        "claims": [{ "competency": "1.8", "as": "portfolio", "reason": "It shows what I did." }],
    });
    record.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    record
}

#[test]
fn what_tier_one_asks_for_stays_open_at_every_higher_tier() {
    let coach = Coach::with_vault();
    coach.takes_in(&worked("2026-02-02", 200, &json!({})));
    let hours = coach.asks(&["hours", "VAULT"]);
    let outstanding = hours["outstanding"].to_string();
    for open in ["four-day", "under supervision", "areas 1 to 3", "outside the coach’s own organisation"] {
        assert!(outstanding.contains(open), "{open}: {outstanding}");
    }
    assert_eq!((&hours["open"][0]["tier"], hours["open"].as_array().unwrap().len()), (&json!(1), 3));
    assert!(coach.on_day(&["hours", "VAULT"]).contains("Tier 1, still open: The 50 hours"));
}

#[test]
fn the_independent_approval_of_the_first_step_stays_open_at_tier_three() {
    let coach = Coach::with_vault();
    let mut records = worked("2026-02-02", 500, &json!({ "supervised": true }));
    records.push(person(1, &json!({})));
    records.push(sign_off(2, "2026-06-01", &json!({ "scope": "tier", "tier": 3 })));
    coach.takes_in(&records);
    let hours = coach.asks(&["hours", "VAULT"]);
    assert!(hours["outstanding"].to_string().contains("outside the coach’s own organisation"));
    assert_eq!((&hours["tier"], &hours["agreed_tier"]), (&json!(3), &json!(0)));
    assert_eq!(
        (&hours["agreements"][0]["supported"], &hours["agreements"][0]["independent"]),
        (&json!(false), &json!(false))
    );
    assert!(coach.on_day(&["hours", "VAULT"]).contains("Wren Okafor agreed to tier 3 on 1 June 2026."));
}

#[test]
fn agreements_to_nothing_by_someone_below_tier_three_settle_nothing() {
    let coach = Coach::with_vault();
    let mut records = worked("2026-02-02", 500, &json!({}));
    records.push(person(1, &json!({ "tier": 1 })));
    let framework = coach.json(&["framework"]);
    for (n, competency) in (100..).zip(framework["competencies"].as_array().unwrap()) {
        let own = json!({ "sufficient": true, "comment": "Seen." });
        records.push(of_competency(n, "2026-06-01", competency["number"].as_str().unwrap(), &own));
    }
    records.push(sign_off(99, "2026-06-01", &json!({ "scope": "tier", "tier": 3 })));
    coach.takes_in(&records);
    let gaps = coach.asks(&["gaps", "VAULT"]);
    assert_eq!((&gaps["summary"]["signed_off"], &gaps["summary"]["evidenced"]), (&json!(0), &json!(0)));
    for state in gaps["competencies"].as_array().unwrap() {
        assert_eq!(state["sign_off"]["outcome"], "nothing-there", "{state}");
        assert_eq!(state["sign_off"]["by"]["marks"], json!(["below-tier"]));
    }
    let hours = coach.asks(&["hours", "VAULT"]);
    assert_eq!((hours["outstanding"].as_array().unwrap().len(), &hours["agreed_tier"]), (6, &json!(0)));
    assert!(
        hours["outstanding"][5].as_str().unwrap().starts_with("Wren Okafor, on whose word this rests, is not recorded")
    );
}

#[test]
fn the_pace_of_a_coach_who_has_just_begun_is_over_their_own_days() {
    let coach = Coach::with_vault();
    let day = |n: u32| json!({ "kind": "session", "date": format!("2026-06-{n:02}"), "minutes": 50, "format": "group", "mode": "video" });
    let mut records: Vec<Value> = (1..=14).map(day).collect();
    records.push(json!({ "kind": "profile", "name": "Sam Poole", "started": "2026-06-01" }));
    coach.takes_in(&records);
    let next = coach.asks(&["hours", "VAULT"])["next"].clone();
    assert_eq!((&next["pace_days"], &next["forecast"]), (&json!(14), &json!("2026-07-31")));
    assert!(coach.on_day(&["hours", "VAULT"]).contains("at the pace of the last 14 days"));
}

#[test]
fn an_agreement_to_nothing_signs_nothing_off_whatever_comes_later() {
    let coach = Coach::with_vault();
    coach.takes_in(&[person(1, &json!({})), of_competency(2, "2026-04-01", "1.8", &json!({}))]);
    assert_eq!(coach.worth("1.8"), says("none", "nothing-there"));
    coach.takes_in(&[piece(3, "2026-05-01", &json!({}))]);
    assert_eq!(coach.worth("1.8"), says("evidenced", "nothing-there"));
    assert!(coach.on_day(&["gaps", "VAULT"]).contains("nothing was there then to agree to"));
    // Nor does what is dated before it and comes in afterwards.
    coach.takes_in(&[piece(4, "2026-03-01", &json!({}))]);
    assert_eq!(coach.worth("1.8"), says("evidenced", "nothing-there"));
    // The empty note travels.
    coach.on_day(&["export", "VAULT", "--jsonl", "out"]);
    coach.on_day(&["init", "VAULT2"]);
    coach.on_day(&["import", "VAULT2", "out/records.jsonl"]);
    let gaps = coach.asks(&["gaps", "VAULT2"]);
    assert_eq!(of(&gaps, "1.8")["sign_off"]["outcome"], "nothing-there");
}

#[test]
fn an_agreement_on_part_is_not_completed_by_what_comes_later() {
    let coach = Coach::with_vault();
    let held = json!({
        "id": id(3), "kind": "supervision", "date": "2026-03-01", "type": "health-coaching", "format": "individual",
        "minutes": 60, "claims": [{ "competency": "1.3" }],
    });
    coach.takes_in(&[person(1, &json!({})), held, of_competency(2, "2026-03-20", "1.3", &json!({}))]);
    assert_eq!(coach.worth("1.3"), says("partial", "part-there"));
    coach.on_day(&["add", "VAULT", "reflection", "--set", "title=Later", "--set", "date=2026-04-01", "--claim", "1.3"]);
    assert_eq!(coach.worth("1.3"), says("evidenced", "more-since"));
    assert_eq!(coach.state("1.3")["sign_off"]["records"][0]["how"], "since");
    assert!(
        coach
            .on_day(&["gaps", "VAULT"])
            .contains("agreed on what was there on 20 March 2026; what completes it came later")
    );
}

#[test]
fn what_came_after_an_agreement_is_named_by_its_title() {
    let coach = Coach::with_vault();
    let held = json!({
        "id": id(3), "kind": "supervision", "date": "2026-03-01", "type": "health-coaching", "format": "individual",
        "minutes": 60, "claims": [{ "competency": "1.3" }],
    });
    let later = |n: u32| json!({ "id": id(n), "kind": "reflection", "date": "2026-04-01", "title": format!("Entry {n}"), "claims": [{ "competency": "1.3" }] });
    coach.takes_in(&[person(1, &json!({})), held, of_competency(2, "2026-03-20", "1.3", &json!({}))]);
    coach.takes_in(&[later(4)]);
    let record = coach.state("1.3")["sign_off"]["records"][0].clone();
    assert_eq!(record, json!({ "record": id(4), "title": "Entry 4", "how": "since" }));
    assert!(
        coach
            .on_day(&["gaps", "VAULT"])
            .contains("what completes it came later (“Entry 4”), so it is time to ask again")
    );
    coach.takes_in(&[later(5), later(6), later(7), later(8)]);
    let told = coach.on_day(&["gaps", "VAULT"]);
    assert!(told.contains("”, “Entry 6” and two more), so it is time"), "{told}");
    coach.on_day(&["export", "VAULT", "--html", "out.html"]);
    assert!(std::fs::read_to_string(coach.at("out.html")).unwrap().contains("two more), so it is time to ask again"));
    // A reader who is not given the entries is not told what they are called.
    coach.on_day(&["export", "VAULT", "--html", "out.html", "--from", "2026-05-01"]);
    let given = std::fs::read_to_string(coach.at("out.html")).unwrap();
    assert!(given.contains("what completes it came later") && !given.contains("Entry 4"), "{given}");
}

#[test]
fn nothing_suffices_for_nothing_however_it_is_written_down() {
    let coach = Coach::with_vault();
    coach.takes_in(&[person(1, &json!({}))]);
    let (who, day) = (format!("person={}", id(1)), format!("date={DAY}"));
    let set = [
        "title=Agreed",
        &who,
        &day,
        "scope=competency",
        "competency=1.3",
        "decision=agreed",
        "sufficient=yes",
        "comment=Enough.",
    ];
    let arguments: Vec<&str> = set.iter().flat_map(|pair| ["--set", *pair]).collect();
    coach.on_day(&[&["add", "VAULT", "sign-off"][..], &arguments].concat());
    assert_eq!(coach.worth("1.3"), says("none", "nothing-there"));
}

#[test]
fn what_was_agreed_on_and_lies_in_the_bin_is_said() {
    let coach = Coach::with_vault();
    coach.takes_in(&[
        person(1, &json!({})),
        piece(3, "2026-03-01", &json!({ "title": "Spring" })),
        of_competency(2, "2026-04-01", "1.8", &json!({})),
    ]);
    assert_eq!(coach.worth("1.8"), says("signed-off", "signed-off"));
    coach.on_day(&["delete", "VAULT", &id(3)]);
    let sign_off = coach.state("1.8")["sign_off"].clone();
    assert_eq!((&sign_off["outcome"], &sign_off["changed"]), (&json!("gone"), &json!(true)));
    let named = json!([{ "record": id(3), "title": "Spring", "how": "in-bin" }]);
    assert_eq!(sign_off["records"], named);
    // The same when the sign-off comes in after its evidence went.
    coach.takes_in(&[of_competency(5, "2026-04-02", "1.8", &json!({}))]);
    assert_eq!(coach.state("1.8")["sign_off"]["records"], named);
    coach.on_day(&["bin", "VAULT", "--restore", &id(3)]);
    assert_eq!(coach.worth("1.8"), says("signed-off", "signed-off"));
}

#[test]
fn a_claim_that_is_withdrawn_and_a_record_that_is_changed_are_told_apart() {
    let coach = Coach::with_vault();
    coach.takes_in(&[
        person(1, &json!({})),
        piece(3, "2026-03-01", &json!({})),
        of_competency(2, "2026-04-01", "1.8", &json!({})),
    ]);
    let again = |own: Value| {
        let mut record = piece(3, "2026-03-01", &own);
        record["modified"] = json!("2027-01-01T10:00:00Z");
        record
    };
    coach.takes_in(&[again(json!({ "claims": [], "modified": "2027-01-01T10:00:00Z" }))]);
    assert_eq!(coach.worth("1.8"), says("none", "gone"));
    assert_eq!(coach.state("1.8")["sign_off"]["records"][0]["how"], "withdrawn");
    let mut back = again(json!({ "body": "In other words." }));
    back["modified"] = json!("2027-01-02T10:00:00Z");
    coach.takes_in(&[back]);
    assert_eq!(coach.worth("1.8"), says("evidenced", "changed"));
}

#[test]
fn what_an_observer_signs_is_recorded_and_told() {
    let coach = Coach::with_vault();
    let tomasz = person(7, &json!({ "name": "Tomasz", "role": "observer" }));
    let theirs = of_competency(2, "2026-04-01", "1.8", &json!({ "person": id(7) }));
    coach.takes_in(&[person(1, &json!({})), tomasz, piece(3, "2026-03-01", &json!({})), theirs]);
    assert_eq!(coach.worth("1.8"), says("evidenced", "not-theirs-to-say"));
    assert!(coach.on_day(&["gaps", "VAULT"]).contains("it is recorded, but an observer does not decide that"));
    coach.takes_in(&[of_competency(4, "2026-03-20", "1.8", &json!({}))]);
    assert_eq!(coach.worth("1.8"), says("signed-off", "signed-off"));
    assert_eq!(coach.state("1.8")["recorded"][0]["outcome"], "not-theirs-to-say");
    let portfolio = coach.at("out.html");
    coach.on_day(&["export", "VAULT", "--html", "out.html"]);
    let html = std::fs::read_to_string(portfolio).unwrap();
    assert!(html.contains("an observer does not decide that") && html.contains("by Wren Okafor"));
}

#[test]
fn one_person_in_two_roles_is_pointed_out_and_put_away() {
    let coach = Coach::with_vault();
    let held = |n: u32, of: &str| {
        json!({ "id": id(n), "kind": "supervision", "date": "2026-05-01", "type": of, "format": "individual", "minutes": 60,
            "supervisor": id(1) })
    };
    coach.takes_in(&[person(1, &json!({})), held(2, "health-coaching"), held(3, "line-management")]);
    let keys = || {
        let notes = coach.asks(&["guidance", "VAULT"])["notes"].clone();
        notes.as_array().unwrap().iter().map(|note| note["key"].clone()).collect::<Vec<_>>()
    };
    assert!(keys().contains(&json!("two-roles:wren okafor")));
    coach.on_day(&["guidance", "VAULT", "--put-away", "two-roles:wren okafor"]);
    assert!(!keys().contains(&json!("two-roles:wren okafor")));
}
