//! Every kind has a sample in `tests/golden/`, which fits it, offers what it should, and comes back as it was.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};

use domain::kind::Prominence;
use domain::schema::schema;
use domain::{Books, Draft, Framework, Kinds, Stamp, check};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

fn stamp() -> Stamp {
    let today = "2026-11-21".parse().unwrap();
    Stamp { today, now: "2026-11-21T09:00:00Z".parse().unwrap(), id: Uuid::from_u128(7) }
}

fn sample(kind: &str) -> Value {
    let path = root().join(format!("tests/golden/{kind}.json"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("kind {kind} needs a sample: {error}"));
    serde_json::from_str(&text).unwrap()
}

fn record(kind: &str) -> Draft {
    sample(kind)["record"].as_object().unwrap().clone()
}

/// The fields with problems, when the sample is changed like this.
fn problems(kind: &str, change: impl FnOnce(&mut Draft)) -> Vec<String> {
    let (kinds, framework) = (Kinds::shipped(), Framework::shipped());
    let mut draft = record(kind);
    change(&mut draft);
    let found = check(&draft, Books { kinds: &kinds, framework: &framework }, stamp());
    found.err().unwrap_or_default().into_iter().map(|problem| problem.field).collect()
}

#[test]
fn every_shipped_kind_file_is_read_and_has_a_sample_that_fits() {
    let (kinds, framework) = (Kinds::shipped(), Framework::shipped());
    let schema = jsonschema::validator_for(&schema(&kinds)).unwrap();
    let files = fs::read_dir(root().join("assets/kinds")).unwrap().count();
    assert_eq!(
        kinds.newest().chain(kinds.earlier()).count(),
        files,
        "a file in assets/kinds is not among the shipped kinds"
    );
    for kind in kinds.newest() {
        let sample = sample(&kind.id);
        let draft = sample["record"].as_object().unwrap();
        let checked = check(draft, Books { kinds: &kinds, framework: &framework }, stamp()).unwrap();
        assert_eq!(checked.kind, kind.id);
        let same = |map: &Draft| serde_json::from_value::<domain::Record>(Value::Object(map.clone())).unwrap();
        assert_eq!(checked.to_draft().get("fields"), None, "own fields stand beside the common ones");
        for (field, value) in draft {
            assert_eq!(checked.to_draft().get(field), Some(value), "{}: {field}", kind.id);
        }
        assert_eq!(same(&checked.to_draft()), checked);
        assert_eq!(json!(kind.offered(&checked.fields)), sample["offers"], "{}", kind.id);
        schema.validate(&sample["record"]).unwrap_or_else(|error| panic!("{}: {error}", kind.id));
        for field in &kind.fields {
            for other in field.when.iter().flat_map(|when| when.fields()) {
                assert!(kind.field(other).is_some(), "{}: {} looks at {other}, which is no field", kind.id, field.id);
            }
            let out_of_the_way = field.required && field.prominence == Prominence::Rare;
            assert!(!out_of_the_way, "{}: nothing goes without {}, so it cannot be out of the way", kind.id, field.id);
            for part in field.holds.fields() {
                let usual = part.prominence == Prominence::default();
                assert!(usual, "{}: {} stands where {} does", kind.id, part.id, field.id);
            }
        }
    }
}

#[test]
fn what_usually_follows_a_record_is_prefilled_with_nothing_wrong() {
    let (kinds, framework) = (Kinds::shipped(), Framework::shipped());
    let books = Books { kinds: &kinds, framework: &framework };
    let mut followed = 0;
    for kind in kinds.newest() {
        for then in &kind.then {
            let next = kinds.newest_of(&then.kind).unwrap_or_else(|| panic!("{}: {}", kind.id, then.kind));
            for field in then.set.keys().chain(&then.link).chain(&then.carry) {
                assert!(next.field(field).is_some(), "{} has no {field}", next.id);
            }
            assert!(then.carry.iter().all(|field| kind.field(field).is_some()), "{}", kind.id);
        }
        let record = check(&record(&kind.id), books, stamp()).unwrap();
        for followup in domain::followup::followups(&record, &kinds) {
            followed += 1;
            let problems = check(&followup.draft, books, stamp()).err().unwrap_or_default();
            // What is not prefilled may be missing; what is prefilled is right.
            assert!(
                problems.iter().all(|p| !followup.draft.contains_key(&p.field)),
                "{}: {problems:?}",
                followup.label
            );
        }
    }
    assert!(followed > 5);
}

#[test]
fn the_committed_schema_is_the_one_the_kinds_give() {
    let path = root().join("assets/schema/record.schema.json");
    let current = format!("{:#}\n", schema(&Kinds::shipped()));
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&path, &current).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == current, "run `cargo schema` to write assets/schema anew");
}

#[test]
fn a_recording_needs_the_clients_consent() {
    for source in ["audio", "film"] {
        let without = |draft: &mut Draft| {
            draft.insert("source".into(), json!(source));
            draft.remove("consent");
        };
        assert_eq!(problems("observation", without), ["consent"]);
        assert_eq!(problems("observation", |draft| drop(draft.insert("consent".into(), json!(false)))), ["consent"]);
    }
    let live = |draft: &mut Draft| {
        draft.insert("source".into(), json!("live"));
        draft.remove("consent");
    };
    assert!(problems("observation", live).is_empty());
}

#[test]
fn durations_are_whole_minutes_of_one_day_or_of_a_long_course() {
    for (minutes, fits) in [(json!(0), false), (json!(1), true), (json!(1440), true), (json!(1441), false)] {
        assert_eq!(problems("session", |draft| drop(draft.insert("minutes".into(), minutes))).is_empty(), fits);
    }
    for (minutes, fits) in [(1_441, true), (60_000, true), (60_001, false)] {
        let longer = |draft: &mut Draft| drop(draft.insert("minutes".into(), json!(minutes)));
        assert_eq!(problems("learning", longer).is_empty(), fits, "what was learnt may take longer than a day");
    }
    for minutes in [json!("fifty"), json!(49.5), json!(-5), json!([50])] {
        assert_eq!(problems("session", |draft| drop(draft.insert("minutes".into(), minutes))), ["minutes"]);
    }
}

#[test]
fn days_lie_between_1990_and_a_year_from_today() {
    for (date, fits) in [
        ("1989-12-31", false),
        ("1990-01-01", true),
        ("2027-11-21", true),
        ("2027-11-22", false),
        ("2090-01-01", false),
        ("2026-02-30", false),
        ("1 March 2026", false),
    ] {
        assert_eq!(problems("reflection", |draft| drop(draft.insert("date".into(), json!(date)))).is_empty(), fits);
    }
}

#[test]
fn a_claim_names_a_competency_and_what_the_record_offers() {
    let with = |claim: Value| problems("reflection", |draft| drop(draft.insert("claims".into(), json!([claim]))));
    assert!(with(json!({ "competency": "1.3" })).is_empty());
    assert_eq!(with(json!({ "competency": "9.9" })), ["claims[0].competency"]);
    assert_eq!(with(json!({ "competency": "1.3", "as": "observed-practice" })), ["claims[0].as"]);
    assert_eq!(with(json!({ "competency": "1.3", "as": "hearsay" })), ["claims[0].as"]);
    let person = problems("person", |draft| drop(draft.insert("claims".into(), json!([{ "competency": "1.3" }]))));
    assert_eq!(person, ["claims[0]"]);
}

#[test]
fn every_problem_is_told_at_once() {
    let found = problems("session", |draft| {
        draft.remove("title");
        draft.insert("date".into(), json!("soon"));
        draft.insert("minutes".into(), json!(0));
        draft.insert("mode".into(), json!("pigeon"));
    });
    assert_eq!(found, ["date", "title", "mode", "minutes"], "in the order of the form");
}

#[test]
fn a_missed_appointment_offers_no_practice_hours() {
    let missed = |draft: &mut Draft| drop(draft.insert("outcome".into(), json!("did-not-attend")));
    assert_eq!(problems("session", missed), ["claims[0].as"]);
}

#[test]
fn a_certificate_must_be_among_the_attachments() {
    assert_eq!(problems("learning", |draft| drop(draft.remove("attachments"))), ["certificate"]);
}

#[test]
fn an_attachment_cannot_be_named_out_of_its_folder() {
    for name in ["../../etc/passwd", "a/b.pdf", "c:\\x", ""] {
        let found = problems("learning", |draft| draft["attachments"][0]["name"] = json!(name));
        assert!(found.contains(&"attachments[0].name".to_owned()), "{name}: {found:?}");
    }
}

/// What the sample counts as, when it is changed like this.
fn offers(kind: &str, change: impl FnOnce(&mut Draft)) -> Vec<&'static str> {
    let mut draft = record(kind);
    change(&mut draft);
    let kinds = Kinds::shipped();
    kinds.newest_of(kind).unwrap().offered(&draft).into_iter().map(domain::EvidenceKind::id).collect()
}

/// Sets these fields; null takes one away.
fn with(fields: Value) -> impl FnOnce(&mut Draft) {
    move |draft| {
        for (field, value) in fields.as_object().unwrap() {
            if value.is_null() {
                draft.remove(field)
            } else {
                draft.insert(field.clone(), value.clone())
            };
        }
    }
}

#[test]
fn feedback_counts_as_client_feedback_from_clients_carers_and_groups_alone() {
    for from in ["client", "carer", "group"] {
        assert_eq!(offers("feedback", with(json!({ "from": from }))), ["client-feedback", "portfolio"]);
    }
    for from in ["colleague", "referrer"] {
        assert_eq!(offers("feedback", with(json!({ "from": from }))), ["portfolio"]);
        assert_eq!(problems("feedback", with(json!({ "from": from }))), ["claims[0].as"]);
    }
}

#[test]
fn peer_learning_counts_as_a_peer_group_with_a_facilitator_and_their_feedback() {
    for missing in ["facilitator", "facilitator_feedback"] {
        assert_eq!(offers("peer-learning", with(json!({ missing: null }))), ["portfolio"], "without {missing}");
    }
    assert_eq!(offers("peer-learning", with(json!({ "facilitator_feedback": "  " }))), ["portfolio"]);
    assert_eq!(offers("peer-learning", with(json!({ "form": "network" }))), ["peer-group", "portfolio"]);
}

#[test]
fn what_the_form_would_not_show_counts_for_nothing() {
    assert_eq!(offers("supervision", |_| {}), ["coaching-supervision", "session-notes-review"]);
    for (of, counts_as) in [("line-management", "line-management"), ("clinical", "clinical-supervision")] {
        assert_eq!(offers("supervision", with(json!({ "type": of }))), [counts_as], "notes reviewed, then changed");
    }
    let read = with(json!({ "form": "self-directed" }));
    assert_eq!(offers("learning", read), ["self-directed-learning", "portfolio"], "no certificate, no practice");
}

#[test]
fn prior_learning_that_a_supervisor_accepted_stands_for_practice_in_training() {
    let someone = json!("018f3c1e-0000-7000-8000-000000000002");
    let note = |accepted_by: Value| {
        with(json!({ "form": "self-directed", "prior_learning": true, "accepted_by": accepted_by }))
    };
    assert_eq!(offers("learning", note(Value::Null)), ["self-directed-learning", "portfolio"]);
    let accepted = ["self-directed-learning", "training-practice", "portfolio"];
    assert_eq!(offers("learning", note(someone.clone())), accepted);
    let taken_back = with(json!({ "form": "self-directed", "prior_learning": false, "accepted_by": someone.clone() }));
    assert_eq!(offers("learning", taken_back), ["self-directed-learning", "portfolio"]);
    let both = with(json!({ "prior_learning": true, "accepted_by": someone }));
    assert_eq!(offers("learning", both), ["training-record", "certificate", "training-practice", "portfolio"], "once");
}

#[test]
fn a_statement_can_be_put_forward_unless_it_rates_oneself() {
    for about in ["values", "practice", "supervisor-standard", "appraisal"] {
        assert_eq!(offers("statement", with(json!({ "about": about }))), ["portfolio"]);
    }
    let claimed = with(json!({ "claims": [{ "competency": "2.2" }] }));
    assert_eq!(problems("statement", claimed), ["claims[0]"]);
    assert_eq!(problems("statement", with(json!({ "competency": null, "level": "" }))), ["competency", "level"]);
    assert!(problems("statement", with(json!({ "about": "values", "competency": null, "level": null }))).is_empty());
}

#[test]
fn a_sign_off_names_what_was_decided_and_why_less_suffices() {
    assert_eq!(problems("sign-off", with(json!({ "comment": null }))), ["comment"]);
    assert_eq!(problems("sign-off", with(json!({ "comment": " \n" }))), ["comment"]);
    assert!(problems("sign-off", with(json!({ "comment": null, "sufficient": false }))).is_empty());
    assert!(problems("sign-off", with(json!({ "comment": null, "decision": "not-yet" }))).is_empty());
    assert_eq!(problems("sign-off", with(json!({ "competency": null }))), ["competency"]);
    assert_eq!(problems("sign-off", with(json!({ "scope": "tier" }))), ["tier"]);
    assert!(problems("sign-off", with(json!({ "scope": "tier", "tier": 2 }))).is_empty());
    let schema = jsonschema::validator_for(&schema(&Kinds::shipped())).unwrap();
    let mut unreasoned = record("sign-off");
    unreasoned.remove("comment");
    assert!(!schema.is_valid(&Value::Object(unreasoned)), "the schema knows the rule too");
}

#[test]
fn a_field_may_hold_several_records_or_choices() {
    let id = "018f3c1e-0000-7000-8000-000000000004";
    let discussed = |ids: Value| problems("supervision", with(json!({ "discussed": ids })));
    assert!(discussed(json!([id, id.to_uppercase()])).is_empty());
    assert_eq!(discussed(json!([id, "the one in March"])), ["discussed[1]"]);
    assert_eq!(discussed(json!(id)), ["discussed"], "one id is no list");
    let concerns = |value: Value| problems("person", with(json!({ "concerns": value })));
    assert!(concerns(json!(["work", "urgent-clinical"])).is_empty());
    assert_eq!(concerns(json!(["work", "the weather"])), ["concerns"]);
    assert_eq!(concerns(json!("work")), ["concerns"]);
}

#[test]
fn a_model_is_one_of_those_listed_or_the_coachs_own() {
    let model = |name: String| problems("reflection", with(json!({ "model": name })));
    for own in ["gibbs".to_owned(), "own:Three small words".to_owned(), format!("own:{}", "é".repeat(100))] {
        assert!(model(own.clone()).is_empty(), "{own}");
    }
    for wrong in ["Gibbs".to_owned(), "own:".to_owned(), "own:  ".to_owned(), format!("own:{}", "é".repeat(101))] {
        assert_eq!(model(wrong.clone()), ["model"], "{wrong}");
    }
    assert_eq!(
        problems("reflection", with(json!({ "phase": "own:at night" }))),
        ["phase"],
        "models alone are one's own"
    );
}

#[test]
fn a_goal_may_lie_five_years_ahead() {
    assert!(problems("goal", with(json!({ "due": "2031-11-21" }))).is_empty());
    assert_eq!(problems("goal", with(json!({ "due": "2031-11-22" }))), ["due"]);
}

#[test]
fn every_rule_asks_for_one_thing() {
    for kind in Kinds::shipped().newest() {
        for rule in &kind.rules {
            assert!(rule.must_be.is_some() != rule.must_be_filled, "{}: {}", kind.id, rule.message);
            for field in rule.when.fields().into_iter().chain([rule.field.as_str()]) {
                assert!(kind.field(field).is_some(), "{}: {field} is no field", kind.id);
            }
        }
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{1,8}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    /// Whatever is in a field, the check answers; what it takes, the schema takes, and it is taken again unchanged.
    #[test]
    fn any_value_in_any_field_is_answered(kind in 0..13_usize, field in 0..48_usize, value in any_json()) {
        let (kinds, framework) = (Kinds::shipped(), Framework::shipped());
        let books = Books { kinds: &kinds, framework: &framework };
        let kind = kinds.newest().nth(kind).unwrap();
        let names: Vec<&str> = domain::record::COMMON.into_iter().chain(kind.fields.iter().map(|f| f.id.as_str())).collect();
        let mut draft = record(&kind.id);
        draft.insert(names[field % names.len()].to_owned(), value);
        if let Ok(record) = check(&draft, books, stamp()) {
            let again = record.to_draft();
            prop_assert_eq!(check(&again, books, stamp()).unwrap(), record);
            let schema = jsonschema::validator_for(&schema(&kinds)).unwrap();
            prop_assert!(schema.is_valid(&Value::Object(again)), "{:?}", draft);
        }
    }
}
