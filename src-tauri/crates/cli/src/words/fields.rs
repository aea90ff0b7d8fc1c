//! What a kind of record holds, field by field, for whoever writes one on a command line.

use std::fmt::Write;

use app::domain::check::{MARKDOWN_MAX, TEXT_MAX, TITLE_MAX, wants};
use app::domain::condition::Condition;
use app::domain::kind::{Field, FieldType, label};
use app::domain::{Framework, Kind, Kinds};
use serde_json::{Map, Value, json};

/// Every kind with what it is for.
pub(crate) fn kinds(kinds: &Kinds) -> String {
    let line = |kind: &Kind| format!("{:<14} {}\n", kind.id, kind.summary);
    kinds.newest().map(line).collect::<String>() + "`fields KIND` says what each of them holds.\n"
}

/// The same as JSON, one kind.
pub(crate) fn kind_in_short(kind: &Kind) -> Value {
    json!({ "kind": kind.id, "title": kind.title, "summary": kind.summary })
}

/// What every record has beside its kind's own fields: the name, what it holds, whether it has to be there.
fn common(kind: &Kind) -> [(&'static str, String, bool); 6] {
    let title = match kind.title_from.as_ref().and_then(|from| kind.field(from)) {
        Some(from) => format!("a line of up to {TITLE_MAX} characters; taken from {} when not given", from.id),
        None => format!("a line of up to {TITLE_MAX} characters, such as \"{}\"", kind.title_example),
    };
    let body = kind.body_label.as_deref().map_or_else(
        || "text in Markdown (--body-file)".to_owned(),
        |label| format!("{label}: text in Markdown (--body-file)"),
    );
    let claims = if kind.offers.is_empty() {
        "none: it is not evidence of a competency".to_owned()
    } else {
        "the competencies it shows, and how (--claim)".to_owned()
    };
    [
        ("title", title, kind.title_from.is_none()),
        (
            "date",
            "the day it happened, as YYYY-MM-DD, from 1990 to a year from today; today when not given".to_owned(),
            false,
        ),
        ("body", body, false),
        ("tags", "words of your own, separated by commas".to_owned(), false),
        ("claims", claims, false),
        ("attachments", "files that are kept with it (--attach)".to_owned(), false),
    ]
}

/// What a kind holds, for people.
pub(crate) fn fields(kind: &Kind, framework: &Framework) -> String {
    let mut text = format!("{} ({})\n{}\n\nAs every record\n", kind.title, kind.id, kind.summary);
    for (name, holds, required) in common(kind) {
        let required = if required { "required; " } else { "" };
        let _ = writeln!(text, "  {name:<12} {required}{holds}");
    }
    text += "\nIts own\n";
    described(&mut text, &kind.fields, framework, "  ");
    if !kind.offers.is_empty() {
        text += "\nCan count as\n";
        for offer in &kind.offers {
            let when = offer.when.as_ref().map(|when| format!(", when {}", condition(when, &kind.fields)));
            let _ = writeln!(text, "  {}{}", offer.evidence.id(), when.unwrap_or_default());
        }
    }
    text
}

fn described(text: &mut String, fields: &[Field], framework: &Framework, indent: &str) {
    for field in fields.iter().filter(|field| !field.hidden) {
        let _ = write!(text, "{indent}{}: {}", field.id, field.label);
        let required = if field.required && field.default.is_none() { ", required" } else { "" };
        let _ = writeln!(text, " ({}{required})", type_of(field));
        let choices = choices(field, framework);
        if choices.is_empty() {
            let _ = writeln!(text, "{indent}    takes {}", wants(field));
        } else {
            let among = if is_many(field) { "takes a JSON list out of" } else { "takes one of" };
            let _ = writeln!(text, "{indent}    {among}");
            for (id, label) in &choices {
                let _ = writeln!(text, "{indent}      {id}  {label}");
            }
        }
        if let Some(default) = &field.default {
            let _ = writeln!(text, "{indent}    {} when not given", said(default));
        }
        if let Some(when) = &field.when {
            let _ = writeln!(text, "{indent}    asked when {}", condition(when, fields));
        }
        if let Some(help) = &field.help {
            let _ = writeln!(text, "{indent}    {help}");
        }
        described(text, field.holds.fields(), framework, &format!("{indent}    "));
    }
}

/// What a kind holds, as JSON.
pub(crate) fn fields_json(kind: &Kind, framework: &Framework) -> Value {
    let common = common(kind).map(|(id, takes, required)| json!({ "id": id, "takes": takes, "required": required }));
    let offers = kind.offers.iter().map(|offer| {
        let when = offer.when.as_ref();
        json!({
            "as": offer.evidence.id(), "when": when,
            "when_words": when.map(|when| condition(when, &kind.fields)),
        })
    });
    json!({
        "kind": kind.id, "version": kind.version, "title": kind.title, "summary": kind.summary, "common": common,
        "fields": listed(&kind.fields, framework), "counts_as": offers.collect::<Vec<_>>(),
    })
}

fn listed(fields: &[Field], framework: &Framework) -> Vec<Value> {
    let one = |field: &Field| {
        let choices = choices(field, framework);
        let choices = choices.iter().map(|(id, label)| json!({ "id": id, "label": label }));
        let mut one = json!({
            "id": field.id, "label": field.label, "type": type_of(field), "takes": wants(field),
            "required": field.required && field.default.is_none(), "default": field.default, "help": field.help,
            "when": field.when, "when_words": field.when.as_ref().map(|when| condition(when, fields)),
            "to": field.to, "hidden": field.hidden, "many": is_many(field),
            "choices": choices.collect::<Vec<_>>(),
        });
        if let Some(one) = one.as_object_mut() {
            one.extend(limits(&field.holds));
            if !field.holds.fields().is_empty() {
                one.insert("fields".to_owned(), listed(field.holds.fields(), framework).into());
            }
        }
        one
    };
    fields.iter().map(one).collect()
}

/// The least and the most that a field holds.
fn limits(holds: &FieldType) -> Map<String, Value> {
    let limits = match holds {
        FieldType::Text | FieldType::Attachment => json!({ "max_characters": TEXT_MAX }),
        FieldType::Markdown => json!({ "max_bytes": MARKDOWN_MAX }),
        FieldType::Whole { min, max } => json!({ "min": min, "max": max }),
        FieldType::Minutes { max } => json!({ "min": 1, "max": max }),
        FieldType::Number { min, max, above_min } => json!({ "min": min, "max": max, "above_min": above_min }),
        FieldType::Date { years_ahead, not_before } => json!({ "years_ahead": years_ahead, "not_before": not_before }),
        FieldType::Choice { own, .. } => json!({ "own": own }),
        FieldType::Record { of, .. } => json!({ "of": of }),
        FieldType::YesNo
        | FieldType::Framework { .. }
        | FieldType::Answers { .. }
        | FieldType::Group { .. }
        | FieldType::List { .. } => json!({}),
    };
    match limits {
        Value::Object(limits) => limits,
        _ => Map::new(),
    }
}

/// The name of the type, as the kind's file has it.
fn type_of(field: &Field) -> String {
    let holds = serde_json::to_value(&field.holds).unwrap_or_default();
    holds["type"].as_str().unwrap_or_default().to_owned()
}

fn is_many(field: &Field) -> bool {
    matches!(
        field.holds,
        FieldType::Choice { many: true, .. }
            | FieldType::Framework { many: true, .. }
            | FieldType::Record { many: true, .. }
    )
}

/// What there is to choose from, each with what people read for it.
fn choices(field: &Field, framework: &Framework) -> Vec<(String, String)> {
    match &field.holds {
        FieldType::Choice { options, own, .. } => {
            let options = options.iter().map(|option| (option.id.clone(), option.label.clone()));
            let own = own.then(|| ("own:NAME".to_owned(), "One of your own".to_owned()));
            options.chain(own).collect()
        }
        FieldType::Framework { list, .. } => {
            framework.list(*list).into_iter().map(|(id, title)| (id, title.to_owned())).collect()
        }
        _ => Vec::new(),
    }
}

/// A condition, as the end of "asked when …".
fn condition(condition: &Condition, fields: &[Field]) -> String {
    let several = |parts: &[Condition], word: &str| {
        parts.iter().map(|part| self::condition(part, fields)).collect::<Vec<_>>().join(word)
    };
    let named = |id: &String| fields.iter().find(|field| field.id == *id);
    let one_of = |id: &String, values: &[Value]| {
        let options = match named(id).map(|field| &field.holds) {
            Some(FieldType::Choice { options, .. }) => options.as_slice(),
            _ => &[],
        };
        let one = |value: &Value| label(options, &said(value)).to_owned();
        values.iter().map(one).collect::<Vec<_>>().join("\" or \"")
    };
    let name = |id: &String| named(id).map_or_else(|| id.clone(), |field| field.label.clone());
    match condition {
        Condition::All { all } => several(all, " and "),
        Condition::Any { any } => several(any, " or "),
        Condition::In { field, values } => format!("\"{}\" is \"{}\"", name(field), one_of(field, values)),
        Condition::NotIn { field, values } => {
            format!("\"{}\" is filled and not \"{}\"", name(field), one_of(field, values))
        }
        Condition::Filled { field, filled: true } => format!("\"{}\" is filled", name(field)),
        Condition::Filled { field, filled: false } => format!("\"{}\" is empty", name(field)),
    }
}

/// A value as it is typed.
fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        other => other.to_string(),
    }
}
