//! A kind in two versions: what was written in the first stays what it was, and what is new is of the second.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use domain::counts_as::evidence_of;
use domain::evidence::EvidenceKind;
use domain::followup::followups;
use domain::schema::schema;
use domain::{Books, Draft, Framework, Kind, Kinds, Problem, Record, Stamp, check};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// Observations with a room that has to be named, without what to work on, and with other offers.
fn second() -> Kind {
    let text = fs::read_to_string(root().join("tests/fixtures/kinds/observation.v2.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn kinds() -> Kinds {
    Kinds::shipped().with(second())
}

fn draft(own: &Value) -> Draft {
    let mut draft = json!({
        "kind": "observation", "date": "2026-03-20", "title": "Watched", "source": "live",
        "observer": "018f3c1e-0000-7000-8000-000000000002", "claims": [{ "competency": "2.2" }],
    });
    draft.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    draft.as_object().unwrap().clone()
}

fn checked(own: &Value) -> Result<Record, Vec<Problem>> {
    let (kinds, framework) = (kinds(), Framework::shipped());
    let now = "2026-11-21T09:00:00Z".parse().unwrap();
    let stamp = Stamp { today: "2026-11-21".parse().unwrap(), now, id: Uuid::from_u128(7) };
    check(&draft(own), Books { kinds: &kinds, framework: &framework }, stamp)
}

fn first_record() -> Record {
    checked(&json!({ "development": "Ask permission first." })).unwrap()
}

fn second_record() -> Record {
    checked(&json!({ "kind_version": 2, "room": "surgery" })).unwrap()
}

#[test]
fn a_record_is_of_the_version_it_was_written_with() {
    let kinds = kinds();
    let (first, second) = (first_record(), second_record());
    assert_eq!((first.kind_version, second.kind_version), (1, 2));
    assert!(kinds.of(&first).unwrap().field("development").is_some());
    assert!(kinds.of(&second).unwrap().field("development").is_none());
    assert_eq!(kinds.of_draft(&first.to_draft()), kinds.of(&first));
    assert_eq!(kinds.of_draft(&second.to_draft()), kinds.of(&second));
    assert_eq!(kinds.newest_of("observation").unwrap().version, 2);
    // Each is listed once, in its place, and the one before it stays known.
    let ids = |kinds: &Kinds| kinds.newest().map(|kind| kind.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&kinds), ids(&Kinds::shipped()));
    assert_eq!(kinds.earlier().map(|kind| (kind.id.as_str(), kind.version)).collect::<Vec<_>>(), [("observation", 1)]);
    // In whichever order they come.
    let first = Kinds::shipped().newest_of("observation").unwrap().clone();
    let turned = Kinds::default().with(self::second()).with(first);
    assert_eq!(turned.newest_of("observation").unwrap().version, 2);
    assert_eq!(turned.earlier().count(), 1);
}

#[test]
fn the_first_version_goes_without_saying() {
    let (first, second) = (first_record(), second_record());
    assert!(!first.to_draft().contains_key("kind_version") && !first.content().contains("kind_version"));
    assert_eq!(second.to_draft()["kind_version"], 2);
    let same = |record: &Record| serde_json::from_value::<Record>(Value::Object(record.to_draft())).unwrap();
    assert_eq!((same(&first), same(&second)), (first, second));
    for said in [json!(1), Value::Null] {
        assert_eq!(checked(&json!({ "kind_version": said })).unwrap().kind_version, 1);
    }
}

#[test]
fn a_draft_is_held_against_its_own_version() {
    let fields = |own| checked(&own).unwrap_err().into_iter().map(|problem| problem.field).collect::<Vec<_>>();
    assert_eq!(fields(json!({ "kind_version": 2 })), ["room"], "the second asks for a room");
    assert_eq!(fields(json!({ "kind_version": 2, "room": "attic" })), ["room"]);
    let kept = checked(&json!({ "room": "attic" })).unwrap();
    assert_eq!(kept.text("room"), Some("attic"), "to the first it is a field that nobody knows");
    // Each offers what it offered.
    assert!(checked(&json!({ "claims": [{ "competency": "2.2", "as": "observed-practice" }] })).is_ok());
    let in_hall = json!({
        "kind_version": 2, "room": "hall", "claims": [{ "competency": "2.2", "as": "observed-practice" }],
    });
    assert_eq!(fields(in_hall), ["claims[0].as"]);
}

#[test]
fn what_a_newer_program_wrote_is_refused_in_words_that_say_what_to_do() {
    for (said, words) in [
        (
            json!(3),
            "A newer Coachfolio wrote this observed session (version 3; this one knows up to 2). Update Coachfolio",
        ),
        (json!(300), "A newer Coachfolio wrote this"),
        (json!(0), "0 does not fit; please give a version of observed session from 1 to 2."),
        (json!("two"), "\"two\" does not fit; please give a version"),
        (json!(1.5), "1.5 does not fit"),
    ] {
        let problems = checked(&json!({ "kind_version": said })).unwrap_err();
        assert_eq!(problems.len(), 1, "{said}");
        assert_eq!(problems[0].field, "kind_version");
        assert!(problems[0].message.contains(words), "{said}: {}", problems[0].message);
    }
}

#[test]
fn a_claim_counts_as_what_the_records_own_version_offers() {
    let counts =
        |record: &Record| evidence_of(record, &kinds(), None).into_iter().map(|one| one.kind).collect::<Vec<_>>();
    assert_eq!(counts(&first_record()), [EvidenceKind::ObservedPractice]);
    assert_eq!(counts(&second_record()), [EvidenceKind::ObservedPractice, EvidenceKind::Portfolio]);
}

#[test]
fn what_follows_a_record_is_begun_in_the_newest_version() {
    let (kinds, framework) = (kinds(), Framework::shipped());
    let now = "2026-11-21T09:00:00Z".parse().unwrap();
    let stamp = Stamp { today: "2026-11-21".parse().unwrap(), now, id: Uuid::from_u128(8) };
    let session = json!({
        "kind": "session", "date": "2026-03-20", "title": "Client A", "minutes": 50, "format": "one-to-one",
        "mode": "video",
    });
    let session = check(session.as_object().unwrap(), Books { kinds: &kinds, framework: &framework }, stamp).unwrap();
    let followed = followups(&session, &kinds);
    let versions = |kind: &str| -> Vec<Option<&Value>> {
        let of = followed.iter().filter(|followup| followup.draft["kind"] == kind);
        of.map(|followup| followup.draft.get("kind_version")).collect()
    };
    assert_eq!(versions("observation"), [Some(&json!(2))]);
    assert!(versions("reflection").iter().all(Option::is_none));
    assert_eq!(followups(&first_record(), &kinds).len(), 2, "and what the first led to still follows it");
}

#[test]
fn the_schema_describes_both_and_the_record_says_which() {
    let schema = jsonschema::validator_for(&schema(&kinds())).unwrap();
    let fits = |own: Value| schema.is_valid(&Value::Object(draft(&own)));
    assert!(fits(first_record().to_draft().into()) && fits(second_record().to_draft().into()));
    assert!(fits(json!({})) && fits(json!({ "kind_version": 1 })));
    assert!(!fits(json!({ "kind_version": 2 })), "the second asks for a room");
    assert!(fits(json!({ "kind_version": 2, "room": "hall" })));
    assert!(!fits(json!({ "kind_version": 3, "room": "hall" })));
    // What is no field of a version is unknown to it, and kept.
    assert!(fits(json!({ "room": "attic" })) && !fits(json!({ "kind_version": 2, "room": "attic" })));
    assert!(!fits(json!({ "development": 7 })) && fits(json!({ "kind_version": 2, "room": "hall", "development": 7 })));
}

/// What only says or shows, and may change while everything else of a released kind stays.
const WORDS: [&str; 15] = [
    "title",
    "plural",
    "summary",
    "empty",
    "title_example",
    "body_label",
    "label",
    "help",
    "row",
    "message",
    "prominence",
    "then",
    "about",
    "readers",
    "to",
];

/// The part of a kind that is frozen once it is released, as one text: the order of fields and options is layout.
fn frozen(kind: &Kind) -> String {
    fn part(value: &Value) -> Value {
        match value {
            Value::Object(map) => {
                let kept = map.iter().filter(|(key, _)| !WORDS.contains(&key.as_str()));
                Value::Object(kept.map(|(key, value)| (key.clone(), part(value))).collect())
            }
            Value::Array(items) => {
                let mut items: Vec<Value> = items.iter().map(part).collect();
                if items.iter().all(|item| item.get("id").is_some()) {
                    items.sort_by_key(|item| item["id"].to_string());
                }
                Value::Array(items)
            }
            other => other.clone(),
        }
    }
    let mut frozen = part(&json!(kind));
    frozen.sort_all_objects();
    frozen.to_string()
}

fn fingerprint(kind: &Kind) -> String {
    Sha256::digest(frozen(kind)).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What has become of released kinds, a line for each that is not as it was.
fn thawed(kinds: &Kinds, released: &BTreeMap<String, String>) -> Vec<String> {
    let there: BTreeMap<String, String> = kinds
        .newest()
        .chain(kinds.earlier())
        .map(|kind| (format!("{}.v{}", kind.id, kind.version), fingerprint(kind)))
        .collect();
    let line = |(name, was): (&String, &String)| match there.get(name) {
        Some(is) if is == was => None,
        Some(_) => Some(format!("{name} is released and must not change: put a new version beside it")),
        None => Some(format!("{name} is released and must stay")),
    };
    released.iter().filter_map(line).collect()
}

#[test]
fn released_kinds_are_as_they_were_released() {
    let text = fs::read_to_string(root().join("tests/fixtures/kinds/released.json")).unwrap();
    let released: BTreeMap<String, String> = serde_json::from_str(&text).unwrap();
    assert_eq!(thawed(&Kinds::shipped(), &released), [""; 0]);
}

#[test]
fn a_released_kind_may_say_it_better_and_not_hold_anything_else() {
    let shipped = Kinds::shipped();
    let kind = shipped.newest_of("observation").unwrap();
    let released = BTreeMap::from([("observation.v1".to_owned(), fingerprint(kind))]);
    let after = |change: &dyn Fn(&mut Value)| -> Vec<String> {
        let mut changed = json!(kind);
        change(&mut changed);
        thawed(&Kinds::default().with(serde_json::from_value(changed).unwrap()), &released)
    };
    assert_eq!(after(&|_| {}), [""; 0]);
    for better in [
        &|kind: &mut Value| kind["title"] = json!("Observed session"),
        &|kind: &mut Value| kind["fields"][0]["label"] = json!("How someone watched"),
        &|kind: &mut Value| kind["fields"][0]["options"][1]["label"] = json!("From a sound recording"),
        &|kind: &mut Value| kind["rules"][0]["message"] = json!("Ask first."),
        &|kind: &mut Value| kind["fields"].as_array_mut().unwrap().reverse(),
        &|kind: &mut Value| kind["fields"][0]["prominence"] = json!("page"),
    ] as [&dyn Fn(&mut Value); 6]
    {
        assert_eq!(after(better), [""; 0]);
    }
    for other in [
        &|kind: &mut Value| drop(kind["fields"].as_array_mut().unwrap().pop()),
        &|kind: &mut Value| kind["fields"][0]["id"] = json!("how"),
        &|kind: &mut Value| kind["fields"][0]["required"] = json!(false),
        &|kind: &mut Value| kind["fields"][0]["options"].as_array_mut().unwrap().truncate(2),
        &|kind: &mut Value| drop(kind["offers"].as_array_mut().unwrap().pop()),
        &|kind: &mut Value| kind["rules"] = json!([]),
        &|kind: &mut Value| kind["fields"][1]["type"] = json!("text"),
    ] as [&dyn Fn(&mut Value); 7]
    {
        assert_eq!(after(other).len(), 1);
    }
    assert_eq!(thawed(&Kinds::default(), &released), ["observation.v1 is released and must stay"]);
    assert_eq!(thawed(&Kinds::shipped().with(second()), &released), [""; 0], "a second one beside it changes nothing");
}
