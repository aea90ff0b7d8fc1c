//! One record in words: its fields by type, what it shows, what is attached.

use std::fmt::Write;

use app::RecordLine;
use app::domain::kind::{Field, FieldType, label};
use app::domain::words::long_date;
use app::domain::{Books, Record};
use serde_json::{Map, Value};
use uuid::Uuid;

/// The record as text; other records that it names are told by their titles.
pub(crate) fn record(record: &Record, books: Books<'_>, titles: &dyn Fn(Uuid) -> Option<String>) -> String {
    let mut text = String::new();
    let kind = books.kinds.of(record);
    let kind_title = kind.map_or(record.kind.as_str(), |kind| &kind.title);
    let _ = writeln!(text, "{}\n{kind_title} · {}\n", record.title, long_date(record.date));
    for field in kind.iter().flat_map(|kind| &kind.fields).filter(|field| !field.hidden) {
        let Some(value) = record.fields.get(&field.id) else { continue };
        match (&field.holds, value) {
            (FieldType::Answers { .. }, Value::Array(answers)) => {
                for answer in answers {
                    let part = |name: &str| answer.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
                    let _ = writeln!(text, "{}\n{}\n", part("prompt"), part("text"));
                }
            }
            (FieldType::Markdown, Value::String(words)) => {
                let _ = writeln!(text, "{}\n{words}\n", field.label);
            }
            (FieldType::List { fields, .. }, Value::Array(rows)) => {
                let _ = writeln!(text, "{}:", field.label);
                for row in rows.iter().filter_map(Value::as_object) {
                    let _ = writeln!(text, "  {}", within(fields, row, titles));
                }
            }
            (holds, value) => {
                let _ = writeln!(text, "{}: {}", field.label, said(holds, value, titles));
            }
        }
    }
    if !record.body.is_empty() {
        let _ = writeln!(text, "\n{}", record.body);
    }
    for claim in &record.claims {
        let title = books.framework.competency(&claim.competency).map_or("", |competency| &competency.title);
        let _ = write!(text, "\nShows {} {title}", claim.competency);
        if let Some(kind) = claim.counts_as {
            let _ = write!(text, " (as {})", kind.id());
        }
        if !claim.reason.is_empty() {
            let _ = write!(text, "\n  {}", claim.reason);
        }
    }
    for file in &record.attachments {
        let _ = write!(text, "\nAttached: {} ({} bytes)", file.name, file.bytes);
    }
    text.trim_end().to_owned() + "\n"
}

/// The fields of a group or a row on one line.
fn within(fields: &[Field], values: &Map<String, Value>, titles: &dyn Fn(Uuid) -> Option<String>) -> String {
    let part = |field: &Field| {
        let value = values.get(&field.id)?;
        Some(format!("{}: {}", field.label, said(&field.holds, value, titles)))
    };
    fields.iter().filter(|field| !field.hidden).filter_map(part).collect::<Vec<_>>().join("; ")
}

fn said(holds: &FieldType, value: &Value, titles: &dyn Fn(Uuid) -> Option<String>) -> String {
    match (holds, value) {
        // Several choices, several records: each as one would be.
        (_, Value::Array(items)) => items.iter().map(|item| said(holds, item, titles)).collect::<Vec<_>>().join("; "),
        (FieldType::Choice { options, .. }, Value::String(id)) => label(options, id).to_owned(),
        (FieldType::Record { .. }, Value::String(id)) => {
            Uuid::parse_str(id).ok().and_then(titles).unwrap_or_else(|| id.clone())
        }
        (FieldType::Group { fields }, Value::Object(values)) => within(fields, values, titles),
        (_, Value::Bool(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
        (_, Value::String(text)) => text.clone(),
        (_, other) => other.to_string(),
    }
}

/// What belongs with a record, oldest first.
pub(crate) fn belonging(lines: &[RecordLine]) -> String {
    let line = |line: &RecordLine| format!("  {}  {}  {}  {}\n", line.id, line.date, line.kind, line.title);
    let listed: String = lines.iter().map(line).collect();
    if listed.is_empty() { listed } else { format!("Belongs with:\n{listed}") }
}
