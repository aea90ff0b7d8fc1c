//! Every kind has a sample in `tests/golden/`, which fits it, offers what it should, and comes back as it was.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};

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
    assert_eq!(kinds.iter().count(), files, "a file in assets/kinds is not among the shipped kinds");
    for kind in kinds.iter() {
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
        }
    }
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
fn durations_are_whole_minutes_of_one_day() {
    for (minutes, fits) in [(json!(0), false), (json!(1), true), (json!(1440), true), (json!(1441), false)] {
        assert_eq!(problems("session", |draft| drop(draft.insert("minutes".into(), minutes))).is_empty(), fits);
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
    /// Whatever stands in a field, the check answers; what it takes, the schema takes, and it is taken again unchanged.
    #[test]
    fn any_value_in_any_field_is_answered(kind in 0..7_usize, field in 0..24_usize, value in any_json()) {
        let (kinds, framework) = (Kinds::shipped(), Framework::shipped());
        let books = Books { kinds: &kinds, framework: &framework };
        let kind = kinds.iter().nth(kind).unwrap();
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
