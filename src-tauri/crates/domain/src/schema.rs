//! The JSON Schema of the open form, made from the kinds.

use serde_json::{Map, Value, json};

use crate::check::{TEXT_MAX, TITLE_MAX};
use crate::condition::Condition;
use crate::evidence::EvidenceKind;
use crate::kind::{Choice, Field, FieldType, Kind, Kinds, OWN_MAX, Rule};

/// The schema of one line of the open form (JSON Schema 2020-12).
///
/// What a schema cannot say (a claim's competency is of the installed framework, a day is not more than a year away) is
/// said by [`crate::check()`] alone; whatever that accepts, this accepts.
#[must_use]
pub fn schema(kinds: &Kinds) -> Value {
    let ids: Vec<&str> = kinds.newest().map(|kind| kind.id.as_str()).collect();
    let variants: Vec<Value> = kinds.newest().chain(kinds.earlier()).map(of_kind).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A record of Coachfolio",
        "description": "One line of the open form (JSON Lines, UTF-8): one thing that happened, or one thing a coach wrote, on a day. Unknown fields are kept.",
        "type": "object",
        "properties": { "kind": { "enum": ids } },
        "required": ["kind", "date", "title"],
        "oneOf": variants,
        "$defs": {
            "uuid": { "type": "string", "format": "uuid" },
            "nothing": {
                "anyOf": [
                    { "type": "null" },
                    { "type": "string", "pattern": "^\\s*$" },
                    { "type": "array", "maxItems": 0 },
                    { "type": "object", "additionalProperties": { "$ref": "#/$defs/nothing" } }
                ]
            },
            "day": { "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
            "moment": { "type": "string", "format": "date-time" },
            "claim": {
                "type": "object",
                "properties": {
                    "competency": { "type": "string" },
                    "as": { "enum": EvidenceKind::ALL.map(EvidenceKind::id) },
                    "reason": { "type": "string" }
                },
                "required": ["competency"]
            },
            "attachment": {
                "type": "object",
                "properties": {
                    "name": { "type": "string", "minLength": 1 },
                    "media_type": { "type": "string" },
                    "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" },
                    "bytes": { "type": "integer", "minimum": 0 }
                },
                "required": ["name", "media_type", "sha256", "bytes"]
            },
            "origin": {
                "type": "object",
                "properties": {
                    "name": { "type": "string", "minLength": 1, "maxLength": TITLE_MAX },
                    "id": { "type": "string", "minLength": 1, "maxLength": TEXT_MAX }
                },
                "required": ["name", "id"]
            }
        }
    })
}

fn of_kind(kind: &Kind) -> Value {
    let mut properties = Map::new();
    properties.insert("kind".into(), json!({ "const": kind.id }));
    properties.insert("kind_version".into(), json!({ "const": kind.version }));
    properties.insert("id".into(), reference("uuid"));
    properties.insert("date".into(), reference("day"));
    properties.insert("title".into(), json!({ "type": "string", "minLength": 1, "maxLength": TITLE_MAX }));
    properties.insert("body".into(), json!({ "type": "string" }));
    properties.insert("tags".into(), json!({ "type": "array", "items": { "type": "string" } }));
    properties.insert("claims".into(), json!({ "type": "array", "items": { "$ref": "#/$defs/claim" } }));
    properties.insert("attachments".into(), json!({ "type": "array", "items": { "$ref": "#/$defs/attachment" } }));
    // Nothing says what an absent one says: it was written here.
    properties.insert("origin".into(), json!({ "anyOf": [reference("origin"), { "type": "null" }] }));
    properties.insert("created".into(), reference("moment"));
    properties.insert("modified".into(), reference("moment"));
    properties.extend(of_fields(&kind.fields));
    let mut required = vec!["kind".to_owned(), "date".to_owned(), "title".to_owned()];
    // A record that names no version is of the first.
    required.extend((kind.version > 1).then(|| "kind_version".to_owned()));
    required.extend(required_of(&kind.fields));
    let mut object = json!({
        "title": kind.title,
        "description": kind.summary,
        "type": "object",
        "properties": properties,
        "required": required,
    });
    if !kind.rules.is_empty() {
        let rule = |rule: &Rule| {
            json!({
                "$comment": rule.message,
                "if": of_condition(&rule.when),
                "then": { "properties": { &rule.field: wanted(rule) }, "required": [&rule.field] },
            })
        };
        object["allOf"] = kind.rules.iter().map(rule).collect();
    }
    object
}

fn wanted(rule: &Rule) -> Value {
    match &rule.must_be {
        Some(value) => json!({ "const": value }),
        None => json!({ "not": { "enum": [null, "", [], {}] } }),
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn required_of(fields: &[Field]) -> Vec<String> {
    fields.iter().filter(|field| field.required && field.default.is_none()).map(|field| field.id.clone()).collect()
}

fn of_fields(fields: &[Field]) -> Map<String, Value> {
    fields.iter().map(|field| (field.id.clone(), described(field))).collect()
}

fn described(field: &Field) -> Value {
    let mut schema = of_type(&field.holds);
    schema["title"] = json!(field.label);
    if let Some(help) = &field.help {
        schema["description"] = json!(help);
    }
    if let Some(default) = &field.default {
        schema["default"] = default.clone();
    }
    // An empty value says nothing, and is read as if the field were absent; a required one must say something.
    if field.required { schema } else { json!({ "anyOf": [schema, reference("nothing")] }) }
}

fn of_type(holds: &FieldType) -> Value {
    match holds {
        FieldType::Text | FieldType::Attachment => json!({ "type": "string", "maxLength": TEXT_MAX }),
        FieldType::Markdown => json!({ "type": "string" }),
        FieldType::Whole { min, max } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        FieldType::Minutes { max } => json!({ "type": "integer", "minimum": 1, "maximum": max }),
        FieldType::Number { min, max, above_min: true } => {
            json!({ "type": "number", "exclusiveMinimum": min, "maximum": max })
        }
        FieldType::Number { min, max, .. } => json!({ "type": "number", "minimum": min, "maximum": max }),
        FieldType::YesNo => json!({ "type": "boolean" }),
        FieldType::Date { .. } => reference("day"),
        FieldType::Choice { options, many: true, own } => json!({ "type": "array", "items": choice(options, *own) }),
        FieldType::Choice { options, own, .. } => choice(options, *own),
        FieldType::Framework { many: true, .. } => {
            json!({ "type": ["array", "string", "integer"], "items": { "type": ["string", "integer"] } })
        }
        FieldType::Framework { .. } => json!({ "type": ["string", "integer"] }),
        FieldType::Record { many: true, .. } => json!({ "type": "array", "items": reference("uuid") }),
        FieldType::Record { .. } => reference("uuid"),
        FieldType::Answers { .. } => json!({
            "type": "array",
            "items": {
                "type": "object",
                "properties": { "prompt": { "type": "string" }, "text": { "type": "string" } },
                "required": ["prompt", "text"],
            },
        }),
        FieldType::Group { fields } => {
            json!({ "type": "object", "properties": of_fields(fields), "required": required_of(fields) })
        }
        FieldType::List { fields, .. } => json!({
            "type": "array",
            "items": { "type": "object", "properties": of_fields(fields), "required": required_of(fields) },
        }),
    }
}

fn choice(options: &[Choice], own: bool) -> Value {
    let listed = json!({ "enum": options.iter().map(|option| &option.id).collect::<Vec<_>>() });
    if own {
        json!({ "anyOf": [listed, { "type": "string", "pattern": format!("^own:.{{1,{OWN_MAX}}}$") }] })
    } else {
        listed
    }
}

fn of_condition(condition: &Condition) -> Value {
    match condition {
        Condition::All { all } => json!({ "allOf": all.iter().map(of_condition).collect::<Vec<_>>() }),
        Condition::Any { any } => json!({ "anyOf": any.iter().map(of_condition).collect::<Vec<_>>() }),
        Condition::NotIn { field, values } => {
            json!({ "properties": { field: { "not": { "enum": values } } }, "required": [field] })
        }
        Condition::In { field, values } => {
            json!({ "properties": { field: { "enum": values } }, "required": [field] })
        }
        Condition::Filled { field, filled: true } => json!({ "required": [field] }),
        Condition::Filled { field, filled: false } => json!({ "not": { "required": [field] } }),
    }
}
