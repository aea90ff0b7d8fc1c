//! Whom the program speaks to (docs/framework.md, "Who is spoken to"): what a reader finds on paper speaks to nobody.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use domain::kind::{Field, FieldType, Kinds};
use domain::{Audience, Framework, Kind};
use serde_json::Value;

fn speaks_to_someone(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.into_iter().any(|word| ["you", "your", "yours", "yourself"].contains(&word.to_lowercase().as_str()))
}

/// Each text in a value with its place.
fn texts(place: &str, value: &Value, out: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => out.push((place.to_owned(), text.clone())),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, item)| texts(&format!("{place}[{i}]"), item, out));
        }
        Value::Object(map) => map.iter().for_each(|(key, item)| texts(&format!("{place}.{key}"), item, out)),
        _ => {}
    }
}

#[test]
fn the_framework_speaks_to_nobody() {
    let mut all = Vec::new();
    texts("framework", &serde_json::to_value(Framework::shipped()).unwrap(), &mut all);
    let found: Vec<_> = all.into_iter().filter(|(_, text)| speaks_to_someone(text)).collect();
    assert_eq!(found, [], "the same text stands in the window and before a reader");
}

#[test]
fn every_condition_of_a_tier_says_how_it_reads_while_it_is_open() {
    for condition in Framework::shipped().tiers.into_iter().flat_map(|tier| tier.conditions) {
        let open = condition.open.as_ref().unwrap();
        assert!(open != &condition.text && (open.contains(" not ") || open.starts_with("No ")), "{open}");
        let theirs = domain::framework::TierCondition { open: None, ..condition.clone() };
        assert_eq!(theirs.still_open(), format!("Not there yet: {}", condition.text), "an employer's file need not");
    }
}

fn labels<'k>(kind: &'k Kind, fields: &'k [Field], out: &mut Vec<(&'k str, &'k str)>) {
    for field in fields {
        out.push((&kind.id, &field.label));
        if let FieldType::Choice { options, .. } = &field.holds {
            out.extend(options.iter().map(|option| (kind.id.as_str(), option.label.as_str())));
        }
        labels(kind, field.holds.fields(), out);
    }
}

#[test]
fn what_a_record_is_printed_with_speaks_to_nobody() {
    let kinds = Kinds::shipped();
    let mut all = Vec::new();
    for kind in kinds.newest() {
        all.extend([(kind.id.as_str(), kind.title.as_str()), (kind.id.as_str(), kind.plural.as_str())]);
        labels(kind, &kind.fields, &mut all);
    }
    all.retain(|(_, text)| speaks_to_someone(text));
    assert_eq!(all, [], "a field's name is read on paper too; its help is the coach's alone");
    assert!(Audience::ALL.iter().all(|audience| !speaks_to_someone(audience.words().label)));
}
