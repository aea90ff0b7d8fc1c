//! Who may read what: for every shipped kind, each reader and each situation, what of a record goes to them.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;

use domain::audience::{Circle, Readers};
use domain::kind::{Goes, ReaderRule};
use domain::{Audience, Kind, Kinds, Record};
use serde_json::{Value, json};

/// Everyone whom something can be kept from, in the order of the tables.
const READERS: [Audience; 5] =
    [Audience::Appraisal, Audience::Supervision, Audience::LineManagement, Audience::Clinical, Audience::Assessor];

fn record(kind: &str, fields: &Value, claimed: bool) -> Record {
    let mut record = json!({
        "id": "018f3c1e-0000-7000-8000-000000000001", "kind": kind, "date": "2026-03-20", "title": "A title",
        "body": "A text", "tags": ["a tag"], "created": "2026-03-20T10:00:00Z", "modified": "2026-03-20T10:00:00Z",
        "claims": if claimed { json!([{ "competency": "1.3" }]) } else { json!([]) },
    });
    record.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    serde_json::from_value(record).unwrap()
}

/// What becomes of a record for each reader, in a letter each.
fn answers(kinds: &Kinds, record: &Record) -> String {
    let letter = |audience| match kinds.goes(record, audience) {
        Goes::Whole => 'w',
        Goes::Only(..) => 'l',
        Goes::Nothing(why) if why.contains("put forward for a competency") => 'p',
        Goes::Nothing(why) if why.contains("another supervisor") => 's',
        Goes::Nothing(why) if why.contains("did not agree") => 'c',
        Goes::Nothing(_) => 'n',
    };
    READERS.map(letter).into_iter().collect()
}

#[test]
fn every_kind_goes_to_each_reader_as_it_says() {
    let kinds = Kinds::shipped();
    // w: whole; l: a line of a log; p: private until put forward; s: between the coach and another supervisor;
    // c: without consent; n: for the coach alone. In the order appraisal, supervision, line management, clinical, assessor.
    let table = [
        ("reflection", json!({}), "ppppp", "wwwww"),
        ("reflection", json!({ "for_supervision": "clinical" }), "ppppp", "wwwww"),
        ("session", json!({ "minutes": 50 }), "lllll", "wwwww"),
        ("supervision", json!({ "type": "health-coaching" }), "swsss", "swssw"),
        ("supervision", json!({ "type": "line-management" }), "lswss", "wswss"),
        ("supervision", json!({ "type": "clinical" }), "sssws", "sssws"),
        ("supervision", json!({}), "sssss", "sssss"),
        ("observation", json!({ "source": "live" }), "wwwww", "wwwww"),
        ("feedback", json!({ "from": "client" }), "ppppp", "wwwww"),
        ("feedback", json!({ "from": "client", "consent": true }), "ppppp", "wwwww"),
        ("feedback", json!({ "from": "client", "consent": false }), "ccccc", "ccccc"),
        ("learning", json!({ "form": "course" }), "wwwww", "wwwww"),
        ("peer-learning", json!({}), "ppppp", "wwwww"),
        ("team-work", json!({ "form": "meeting" }), "ppppp", "wwwww"),
        ("impact", json!({ "people": 3 }), "wwwww", "wwwww"),
        ("goal", json!({ "status": "open" }), "wwwpp", "wwwww"),
        ("statement", json!({ "about": "values" }), "ppppp", "wwwww"),
        ("statement", json!({ "about": "appraisal" }), "wpppp", "wwwww"),
        ("statement", json!({ "about": "self-rating" }), "ppppp", "wwwww"),
        ("sign-off", json!({ "decision": "not-yet" }), "wwwww", "wwwww"),
        ("person", json!({ "name": "Sam" }), "lllll", "lllll"),
        ("profile", json!({ "name": "Sam" }), "lllll", "lllll"),
        ("of-a-later-version", json!({}), "nnnnn", "nnnnn"),
    ];
    for (kind, fields, unclaimed, claimed) in &table {
        assert_eq!(answers(&kinds, &record(kind, fields, false)), *unclaimed, "{kind} {fields}");
        assert_eq!(answers(&kinds, &record(kind, fields, true)), *claimed, "{kind} {fields}, put forward");
        for coach in [Audience::Whole, Audience::Full] {
            assert_eq!(kinds.goes(&record(kind, fields, false), coach), Goes::Whole);
        }
    }
    for kind in kinds.newest() {
        assert!(table.iter().any(|(listed, ..)| *listed == kind.id), "{} is not in the table", kind.id);
    }
    let newer = Record { kind_version: 9, ..record("observation", &json!({}), true) };
    assert_eq!(answers(&kinds, &newer), "nnnnn", "nobody knows what a later version holds");
}

/// What is left of a record's own fields for a reader.
fn left(kinds: &Kinds, record: &Record, audience: Audience) -> Vec<String> {
    let mut record = record.clone();
    kinds.cut(&mut record, audience);
    record.fields.keys().cloned().collect()
}

#[test]
fn some_fields_stay_with_the_coach_although_the_record_goes() {
    let kinds = Kinds::shipped();
    let asked = json!({ "question": "What now?", "asked_of": "018f3c1e-0000-7000-8000-000000000002", "note": "mine" });
    let all = json!({
        "minutes": 50, "client": "Client A", "setting": "at home", "clinical_question": asked,
        "for_supervision": "clinical", "practice": "Riverside", "referred_from": "self", "ended": "reached", "coded": true,
        "of_a_later_version": "?",
    });
    let claimed = record("session", &all, true);
    let unclaimed = record("session", &all, false);
    let mut everything = vec!["minutes", "client", "setting", "clinical_question", "for_supervision"];
    everything.extend(["practice", "referred_from", "ended", "coded", "of_a_later_version"]);
    for reader in READERS {
        let mut expected = vec!["minutes"];
        expected.extend(["client", "setting"].iter().filter(|_| reader != Audience::Assessor));
        expected.extend((reader == Audience::Clinical).then_some("clinical_question"));
        let manages = matches!(reader, Audience::Appraisal | Audience::LineManagement);
        expected.extend(
            ["practice", "referred_from", "ended", "coded"].iter().filter(|field| manages || **field == "ended"),
        );
        assert_eq!(left(&kinds, &claimed, reader), expected, "{}", reader.id());
        assert_eq!(left(&kinds, &unclaimed, reader), ["minutes"], "{}", reader.id());
    }
    for coach in [Audience::Whole, Audience::Full] {
        assert_eq!(left(&kinds, &claimed, coach), everything);
        let mut same = unclaimed.clone();
        kinds.cut(&mut same, coach);
        assert_eq!(same, unclaimed);
    }
    // Within a group too, what nobody knows is for the coach.
    let mut clinical = claimed;
    kinds.cut(&mut clinical, Audience::Clinical);
    let kept: Vec<&String> = clinical.fields["clinical_question"].as_object().unwrap().keys().collect();
    assert_eq!(kept, ["question", "asked_of"]);
    let mut line = unclaimed;
    kinds.cut(&mut line, Audience::Appraisal);
    let said = (line.title.as_str(), line.body.as_str(), line.tags.len(), line.attachments.len());
    assert_eq!(said, ("Session", "", 0, 0), "whoever has the diary would know the client");
    let mut seen = Record { title: "Client A comes back".to_owned(), ..record("session", &all, true) };
    kinds.cut(&mut seen, Audience::Assessor);
    assert_eq!(
        (seen.title.as_str(), seen.tags.len()),
        ("Session", 0),
        "nobody outside is told what a client is called"
    );
    let team = json!({ "form": "meeting", "others": "two GPs", "for_supervision": "clinical" });
    assert_eq!(left(&kinds, &record("team-work", &team, true), Audience::LineManagement), ["form"]);
    let useful = record("supervision", &json!({ "type": "clinical", "usefulness": 2 }), false);
    assert_eq!(left(&kinds, &useful, Audience::Clinical), ["type"]);
    let person = record("person", &json!({ "name": "Sam", "role": "observer", "contact": "01632 960000" }), false);
    assert_eq!(left(&kinds, &person, Audience::Assessor), ["name", "role"]);
}

/// A kind that says nothing of who may read it, with a field that is for all and one that says nothing.
fn silent() -> Value {
    json!({
        "id": "dream", "version": 1, "title": "Dream", "plural": "Dreams", "summary": "Invented.", "empty": "None yet.",
        "title_example": "Flying", "offers": [{ "evidence": "portfolio" }],
        "fields": [
            { "id": "about", "label": "About", "to": "all", "type": "text" },
            { "id": "meaning", "label": "Meaning", "type": "text" },
            { "id": "nights", "label": "Nights", "to": "all", "type": "list", "row": "night", "fields": [
                { "id": "night", "label": "Night", "to": "all", "type": "date" },
                { "id": "mood", "label": "Mood", "type": "text" },
            ] },
        ],
    })
}

#[test]
fn what_says_nothing_goes_to_nobody_but_the_coach() {
    let kind = |readers: Value| -> Kinds {
        let mut kind = silent();
        if !readers.is_null() {
            kind["readers"] = readers;
        }
        Kinds::shipped().with(serde_json::from_value(kind).unwrap())
    };
    let nights = json!([{ "night": "2026-03-19", "mood": "calm" }]);
    let dream = record("dream", &json!({ "about": "a lake", "meaning": "rest", "nights": nights }), true);
    assert_eq!(answers(&kind(Value::Null), &dream), "nnnnn");
    assert_eq!(kind(Value::Null).goes(&dream, Audience::Whole), Goes::Whole);
    let open = kind(json!([{ "to": "all" }]));
    assert_eq!(answers(&open, &dream), "wwwww");
    for reader in READERS {
        let mut cut = dream.clone();
        open.cut(&mut cut, reader);
        let said = json!({ "about": "a lake", "nights": [{ "night": "2026-03-19" }] });
        assert_eq!(Value::Object(cut.fields), said, "{}", reader.id());
    }
    // A field cannot open what its kind does not.
    let clinical = kind(json!([{ "to": ["clinical"] }]));
    assert_eq!(answers(&clinical, &dream), "nnnwn");
    assert_eq!(answers(&kind(json!([{ "to": "coach" }])), &dream), "nnnnn");
    assert!(kind(Value::Null).reasons().contains(&"Entries that are for the coach alone"));
}

/// Every field of these, within others too, as the file has them.
fn fields_of(value: &Value) -> Vec<&Value> {
    let fields = value.get("fields").and_then(Value::as_array).into_iter().flatten();
    fields.flat_map(|field| [vec![field], fields_of(field)].concat()).collect()
}

#[test]
fn every_shipped_kind_and_field_says_for_whom_it_is() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/kinds");
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let text: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        assert!(text["readers"].as_array().is_some_and(|rules| !rules.is_empty()), "{}", path.display());
        for field in fields_of(&text) {
            assert!(field.get("to").is_some(), "{}: {} does not say for whom it is", path.display(), field["id"]);
        }
        let kind: Kind = serde_json::from_value(text).unwrap();
        for rule in &kind.readers {
            let (ReaderRule::Goes { when, .. } | ReaderRule::Stays { when, .. }) = rule;
            for field in when.iter().flat_map(|when| when.fields()) {
                assert!(kind.field(field).is_some(), "{}: {field} is no field", kind.id);
            }
            if let ReaderRule::Goes { to, only, .. } = rule {
                assert!(*to != Readers::Named(Circle::Coach), "{}: a rule that opens nothing", kind.id);
                for field in only.iter().flatten() {
                    assert!(kind.field(field).is_some(), "{}: {field} is no field", kind.id);
                }
            }
        }
    }
}

#[test]
fn what_stays_is_told_in_this_order() {
    assert_eq!(
        Kinds::shipped().reasons(),
        [
            "Entries that are private until they are put forward for a competency",
            "Supervision that is between the coach and another supervisor",
            "Feedback whose giver did not agree that it is used",
            "Entries that are for the coach alone",
        ]
    );
}
