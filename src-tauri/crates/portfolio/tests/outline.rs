//! What the outline makes of every shape of field.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![allow(clippy::needless_pass_by_value, reason = "values are made where they are given")]

#[path = "../samples/mod.rs"]
#[allow(dead_code, reason = "examples and benchmarks use the rest")]
mod samples;

use std::collections::BTreeSet;

use domain::kind::{Field, FieldType};
use domain::{Audience, EvidenceKind, Framework, Kinds, Record, models};
use portfolio::outline;
use proptest::prelude::*;
use serde_json::{Value, json};

fn id(number: u32) -> String {
    format!("018f3c1e-0000-7000-8000-{number:012}")
}

fn record(number: u32, kind: &str, title: &str, fields: &Value) -> Record {
    let mut record = json!({
        "id": id(number), "kind": kind, "date": "2026-03-12", "title": title,
        "created": "2026-03-12T12:00:00Z", "modified": "2026-03-12T12:00:00Z",
    });
    record.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    serde_json::from_value(record).unwrap()
}

/// The words of the portfolio that these records give.
fn printed(records: Vec<Record>) -> String {
    format!("{:?}", outline(&samples::of(records)))
}

#[test]
fn several_records_and_choices_are_printed_by_their_titles() {
    let person = json!({ "name": "Agnieszka Wójcik", "role": "observer", "concerns": ["work", "safeguarding"] });
    let supervision = json!({
        "type": "health-coaching", "format": "individual", "minutes": 60, "supervisor": id(1),
        "discussed": [id(2), id(3), id(9)], "model": "own:Three small words",
        "actions": [{ "text": "Ring the surgery", "due": "2026-03-20" }],
    });
    let text = printed(vec![
        record(1, "person", "Agnieszka", &person),
        record(2, "reflection", "A quiet session", &json!({ "body": "Words." })),
        record(3, "session", "Third session", &json!({ "minutes": 50, "format": "one-to-one", "mode": "video" })),
        record(4, "supervision", "March", &supervision),
    ]);
    for words in ["Taken from the agenda", "Exhibit\\u{a0}1: A quiet session", "Third session", ", 12 March 2026"] {
        assert!(text.contains(words), "{words}");
    }
    assert!(text.contains("Three small words") && !text.contains("own:"), "a model of one's own by its name");
    assert!(text.contains("Ring the surgery") && text.contains("20 March 2026"));
}

#[test]
fn what_the_app_keeps_for_itself_is_not_printed() {
    let sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let fields = json!({
        "person": id(1), "scope": "competency", "competency": "2.2", "decision": "agreed", "comment": "Seen twice.",
        "portfolio_sha256": sha256, "signed": [{ "record": id(2), "sha256": sha256 }],
    });
    let text = printed(vec![record(4, "sign-off", "2.2 agreed", &fields)]);
    assert!(text.contains("Seen twice.") && text.contains("2.2 agreed"));
    assert!(!text.contains(&sha256[..8]) && !text.contains("What was signed"));
}

#[test]
fn long_texts_within_a_group_are_printed_under_their_labels() {
    let fields = json!({
        "minutes": 50, "format": "one-to-one", "mode": "video",
        "clinical_question": { "question": "Is it *safe* to walk?", "asked": "2026-03-12" },
    });
    let text = printed(vec![record(3, "session", "Third session", &fields)]);
    assert!(text.contains("An urgent clinical question: What was asked") && text.contains("to walk?"));
    assert!(text.contains("When it was asked") && !text.contains("What they answered"));
}

/// A value for a field: of a choice the one at this place, of a list of the framework too.
fn value(field: &Field, place: usize, framework: &Framework) -> Value {
    let several = |value: Value, many: bool| if many { json!([value]) } else { value };
    match &field.holds {
        FieldType::Text | FieldType::Markdown => json!("Words."),
        FieldType::Whole { min, .. } => json!(min),
        FieldType::Minutes { .. } => json!(50),
        FieldType::Number { max, .. } => json!(max),
        FieldType::YesNo => json!(place % 3 != 1),
        FieldType::Date { .. } => json!("2026-04-01"),
        FieldType::Choice { options, many, .. } => several(json!(options[place % options.len()].id), *many),
        FieldType::Framework { list, many } => {
            let entries = framework.list(*list);
            several(json!(entries[place % entries.len()].0), *many)
        }
        FieldType::Record { many, .. } => several(json!(id(u32::try_from(place % 7).unwrap())), *many),
        FieldType::Attachment => json!("certificate.pdf"),
        FieldType::Answers { .. } => json!([]),
        FieldType::Group { fields } => values(fields, place, framework),
        FieldType::List { fields, .. } => json!([values(fields, place, framework)]),
    }
}

fn values(fields: &[Field], place: usize, framework: &Framework) -> Value {
    fields.iter().map(|field| (field.id.clone(), value(field, place, framework))).collect()
}

/// Records that between them say everything a kind can say: each choice, each prompt of each model, each kind of evidence
/// for each competency.
fn everything() -> Vec<Record> {
    let (framework, kinds) = (Framework::shipped(), Kinds::shipped());
    let mut records = Vec::new();
    let mut put = |kind: &str, fields: &Value| {
        records.push(record(u32::try_from(records.len()).unwrap(), kind, "Title", fields));
    };
    for kind in kinds.newest() {
        for place in 0..38 {
            let mut fields = values(&kind.fields, place, &framework);
            let competency = &framework.competencies[place].number;
            fields["claims"] = json!([{ "competency": competency, "reason": "Words." }, { "competency": "2.2" }]);
            put(&kind.id, &fields);
            fields["claims"] = json!([]);
            put(&kind.id, &fields);
        }
    }
    for model in models::shipped() {
        let answers: Vec<Value> =
            model.prompts.iter().map(|prompt| json!({ "prompt": prompt.prompt, "text": "Words." })).collect();
        put(&model.kind, &json!({ "model": model.id, "answers": answers, "type": "clinical", "format": "group" }));
    }
    for competency in &framework.competencies {
        for kind in EvidenceKind::ALL {
            let claim = json!([{ "competency": competency.number, "counts_as": kind }]);
            put("learning", &json!({ "claims": claim, "form": "course", "certificate": "a.pdf" }));
        }
    }
    records
}

/// Words that speak to the coach, or as the coach.
fn spoken_to(source: &portfolio::Source) -> BTreeSet<String> {
    let said = format!("{:?}", outline(source)).replace("\\u{a0}", " ");
    let words = said.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
    words.filter(|word| ["you", "your", "yours", "yourself", "my", "myself"].contains(&word.as_str())).collect()
}

#[test]
fn everything_that_can_be_printed_speaks_of_the_coach_in_the_third_person() {
    for audience in Audience::ALL {
        for records in [everything(), Vec::new(), samples::believable().records] {
            let source = portfolio::Source { audience, ..samples::of(records) };
            let own = source.records.iter().any(|record| record.body.contains(" my "));
            let said = spoken_to(&source);
            assert!(said.is_empty() || own, "{}: {said:?}", audience.id());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// What is worked out differs with what is there: why something does not count, what is open, what comes next.
    #[test]
    fn whatever_is_there_the_reader_is_told_in_the_third_person(
        keep in prop::collection::vec(prop::bool::weighted(0.1), 2_000), audience in 0..Audience::ALL.len(),
    ) {
        let records: Vec<Record> = everything().into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(one, _)| one).collect();
        let source = portfolio::Source { audience: Audience::ALL[audience], ..samples::of(records) };
        prop_assert_eq!(spoken_to(&source), BTreeSet::new());
    }
}
