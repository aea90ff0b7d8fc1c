//! One record in words: its fields by type, what it shows, what is attached.

use std::fmt::Write;

use app::RecordLine;
use app::domain::framework::Framework;
use app::domain::kind::{Field, FieldType, FrameworkList, label};
use app::domain::walk::{Place, Values};
use app::domain::words::{figures, length, long_date, size};
use app::domain::{Books, Record};
use serde_json::{Map, Value};
use uuid::Uuid;

/// What ids stand for.
#[derive(Clone, Copy)]
struct Named<'a> {
    framework: &'a Framework,
    titles: &'a dyn Fn(Uuid) -> Option<String>,
}

/// The record as text; other records that it names are shown by their titles.
pub(crate) fn record(record: &Record, books: Books<'_>, titles: &dyn Fn(Uuid) -> Option<String>) -> String {
    let named = Named { framework: books.framework, titles };
    let mut text = String::new();
    let kind = books.kinds.of(record);
    let kind_title = kind.map_or(record.kind.as_str(), |kind| &kind.title);
    let _ = writeln!(text, "{}\n{kind_title} · {}\n", record.title, long_date(record.date));
    for (_, field, value) in kind.iter().flat_map(|kind| kind.values(&record.fields).visible().shallow()) {
        let _ = match &field.holds {
            FieldType::Answers { .. } => {
                for answer in items(value) {
                    let part = |name: &str| answer.get(name).and_then(Value::as_str).unwrap_or_default();
                    let _ = writeln!(text, "{}\n{}\n", part("prompt"), part("text"));
                }
                Ok(())
            }
            FieldType::Markdown => writeln!(text, "{}\n{}\n", field.label, value.as_str().unwrap_or_default()),
            FieldType::List { fields, .. } => {
                let rows = items(value).iter().filter_map(Value::as_object);
                let rows: String = rows.map(|row| format!("  {}\n", within(fields, row, named))).collect();
                write!(text, "{}:\n{rows}", field.label)
            }
            FieldType::Text
            | FieldType::Whole { .. }
            | FieldType::Minutes { .. }
            | FieldType::Number { .. }
            | FieldType::YesNo
            | FieldType::Date { .. }
            | FieldType::Choice { .. }
            | FieldType::Framework { .. }
            | FieldType::Record { .. }
            | FieldType::Attachment
            | FieldType::Group { .. } => writeln!(text, "{}: {}", field.label, said(&field.holds, value, named)),
        };
    }
    if !record.body.is_empty() {
        let _ = writeln!(text, "\n{}", record.body);
    }
    for claim in &record.claims {
        let title = books.framework.competency(&claim.competency).map_or("", |competency| &competency.title);
        let _ = write!(text, "\nShows {} {title}", claim.competency);
        if let Some(kind) = claim.counts_as {
            let _ = write!(text, " (as {})", books.framework.evidence_title(kind).to_lowercase());
        }
        if !claim.reason.is_empty() {
            let _ = write!(text, "\n  {}", claim.reason);
        }
    }
    for file in &record.attachments {
        let _ = write!(text, "\nAttached: {} ({})", file.name, size(file.bytes.into()));
    }
    text.trim_end().to_owned() + "\n"
}

/// The fields of a group or a row on one line.
fn within(fields: &[Field], values: &Map<String, Value>, named: Named<'_>) -> String {
    let part = |(_, field, value): (Place<'_>, &Field, &Value)| {
        format!("{}: {}", field.label, said(&field.holds, value, named))
    };
    Values::of(fields, values).visible().shallow().map(part).collect::<Vec<_>>().join("; ")
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A value on one line.
fn said(holds: &FieldType, value: &Value, named: Named<'_>) -> String {
    // Several choices, several records: each as one would be.
    if let Value::Array(items) = value {
        return items.iter().map(|item| said(holds, item, named)).collect::<Vec<_>>().join("; ");
    }
    let text = || value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match holds {
        FieldType::Choice { options, .. } => label(options, &text()).to_owned(),
        FieldType::Record { .. } => {
            let title = value.as_str().and_then(|id| Uuid::parse_str(id).ok()).and_then(named.titles);
            title.unwrap_or_else(|| "a record that is not here any more".to_owned())
        }
        FieldType::Group { fields } | FieldType::List { fields, .. } => {
            value.as_object().map_or_else(text, |values| within(fields, values, named))
        }
        // A long course is easier to picture in hours.
        FieldType::Minutes { .. } => match value.as_u64().and_then(|minutes| u32::try_from(minutes).ok()) {
            Some(minutes) if minutes >= 180 => format!("{} ({})", figures(minutes.into()), length(minutes)),
            _ => text(),
        },
        FieldType::Date { .. } => text().parse().map_or_else(|_| text(), long_date),
        FieldType::Framework { list, .. } => {
            let (id, entries) = (text(), named.framework.list(*list));
            let title = entries.iter().find(|(known, _)| *known == id).map(|(_, title)| *title);
            match (title, list) {
                (Some(title), FrameworkList::Competencies | FrameworkList::Standards) => format!("{id} {title}"),
                (Some(title), _) => title.to_owned(),
                (None, _) => id,
            }
        }
        FieldType::YesNo => value.as_bool().map_or_else(text, |yes| if yes { "yes" } else { "no" }.to_owned()),
        FieldType::Text
        | FieldType::Markdown
        | FieldType::Whole { .. }
        | FieldType::Number { .. }
        | FieldType::Attachment
        | FieldType::Answers { .. } => text(),
    }
}

/// What belongs with a record, oldest first.
pub(crate) fn belonging(lines: &[RecordLine]) -> String {
    let line = |line: &RecordLine| format!("  {}  {}  {}  {}\n", line.id, line.date, line.kind, line.title);
    let listed: String = lines.iter().map(line).collect();
    if listed.is_empty() { listed } else { format!("Belongs with:\n{listed}") }
}
