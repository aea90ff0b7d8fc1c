//! Holds a draft against its kind: either a record, or every problem at once, each with its field.

use chrono::{DateTime, Months, NaiveDate, Utc};
use serde::Serialize;
use serde_json::{Map, Number, Value};
use uuid::Uuid;

use crate::condition::is_filled;
use crate::framework::Framework;
use crate::kind::{Field, FieldType, Kind, Kinds};
use crate::record::{Attachment, COMMON, Claim, Draft, Record};

/// The longest title, in characters.
pub const TITLE_MAX: usize = 200;
/// The longest one-line text, in characters.
pub const TEXT_MAX: usize = 1_000;
/// The longest free text, in bytes: some two hundred times what a long entry takes.
pub const MARKDOWN_MAX: usize = 16 * 1024 * 1024;

/// What a draft is checked against.
#[derive(Debug, Clone, Copy)]
pub struct Books<'a> {
    /// The kinds that exist.
    pub kinds: &'a Kinds,
    /// The installed framework: claims name its competencies.
    pub framework: &'a Framework,
}

/// What the outside world adds to a new record.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    /// The day dates are judged by.
    pub today: NaiveDate,
    /// The moment of saving.
    pub now: DateTime<Utc>,
    /// The id for a draft that has none.
    pub id: Uuid,
}

/// One problem of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Problem {
    /// Which field, such as `minutes` or `ratings[1].level`.
    pub field: String,
    /// What is wrong and what was expected, in a sentence for a coach.
    pub message: String,
}

struct Checker<'a> {
    books: Books<'a>,
    today: NaiveDate,
    problems: Vec<Problem>,
}

/// Checks a draft and makes it a record. Fields the kind does not know are kept as they are.
///
/// The rules are those of the open form (records.md): durations are whole minutes from 1 to 1,440, dates lie between
/// 1990 and a year from today, a claim names a competency of the framework and an evidence kind the record offers, a
/// recording needs consent.
///
/// # Errors
/// Every problem, in the order of the form.
pub fn check(draft: &Draft, books: Books<'_>, stamp: Stamp) -> Result<Record, Vec<Problem>> {
    let mut checker = Checker { books, today: stamp.today, problems: Vec::new() };
    let kind = match draft.get("kind") {
        Some(Value::String(id)) => books.kinds.get(id),
        _ => None,
    };
    let Some(kind) = kind else {
        let known: Vec<&str> = books.kinds.iter().map(|kind| kind.id.as_str()).collect();
        let found = draft.get("kind").map_or("nothing".to_owned(), shown);
        checker.add("kind", format!("expected one of {}, found {found}", known.join(", ")));
        return Err(checker.problems);
    };
    let record = checker.record(draft, kind, stamp);
    if checker.problems.is_empty() { Ok(record) } else { Err(checker.problems) }
}

impl Checker<'_> {
    fn add(&mut self, field: &str, message: impl Into<String>) {
        self.problems.push(Problem { field: field.to_owned(), message: message.into() });
    }

    fn record(&mut self, draft: &Draft, kind: &Kind, stamp: Stamp) -> Record {
        let id = match draft.get("id") {
            None | Some(Value::Null) => stamp.id,
            Some(value) => self.uuid("id", value).unwrap_or(stamp.id),
        };
        let date = match draft.get("date").filter(|value| is_filled(value)) {
            None => {
                self.add("date", "Say on which day it happened, as YYYY-MM-DD.");
                self.today
            }
            Some(value) => self.date("date", value, 1).unwrap_or(self.today),
        };
        let title = match draft.get("title").filter(|value| is_filled(value)) {
            None => {
                self.add("title", "Give it a title, so that it can be found again.");
                String::new()
            }
            Some(value) => self.line("title", value, TITLE_MAX).unwrap_or_default(),
        };
        let body = match draft.get("body") {
            None | Some(Value::Null) => String::new(),
            Some(value) => self.markdown("body", value).unwrap_or_default(),
        };
        let tags = self.tags(draft.get("tags"));
        let mut fields = self.own_fields(draft, kind);
        for (key, value) in draft {
            if !COMMON.contains(&key.as_str()) && kind.field(key).is_none() {
                self.no_nul(key, value);
                fields.insert(key.clone(), value.clone());
            }
        }
        let attachments = self.attachments(draft.get("attachments"));
        self.attachment_fields(kind, &fields, &attachments);
        self.rules(kind, &fields);
        let claims = self.claims(draft.get("claims"), kind, &fields);
        let created = self.moment("created", draft).unwrap_or(stamp.now);
        let modified = self.moment("modified", draft).unwrap_or(stamp.now);
        Record { id, kind: kind.id.clone(), date, title, body, tags, claims, attachments, created, modified, fields }
    }

    fn own_fields(&mut self, draft: &Map<String, Value>, kind: &Kind) -> Map<String, Value> {
        self.fields(draft, &kind.fields, "")
    }

    /// The values of these fields, checked, with what stands when nothing was said.
    fn fields(&mut self, draft: &Map<String, Value>, fields: &[Field], within: &str) -> Map<String, Value> {
        let mut kept = Map::new();
        for field in fields {
            let place = format!("{within}{}", field.id);
            match draft.get(&field.id).filter(|value| is_filled(value)) {
                Some(value) => {
                    if let Some(value) = self.value(&place, field, value) {
                        kept.insert(field.id.clone(), value);
                    }
                }
                None => match &field.default {
                    Some(default) => {
                        kept.insert(field.id.clone(), default.clone());
                    }
                    None if field.required => {
                        self.add(&place, format!("{}: expected {}, found nothing", field.label, wants(field)));
                    }
                    None => {}
                },
            }
        }
        kept
    }

    fn value(&mut self, place: &str, field: &Field, value: &Value) -> Option<Value> {
        match &field.holds {
            FieldType::Text | FieldType::Attachment => self.line(place, value, TEXT_MAX).map(Value::String),
            FieldType::Markdown => self.markdown(place, value).map(Value::String),
            FieldType::Whole { .. } | FieldType::Minutes => self.whole(place, field, value),
            FieldType::Number { min, max, above_min } => {
                let fits = |n: &f64| *n <= *max && if *above_min { n > min } else { n >= min };
                match value.as_f64().filter(fits) {
                    Some(_) => Some(value.clone()),
                    None => self.unfit(place, field, value),
                }
            }
            FieldType::YesNo => match value {
                Value::Bool(_) => Some(value.clone()),
                _ => self.unfit(place, field, value),
            },
            FieldType::Date { years_ahead } => {
                self.date(place, value, *years_ahead).map(|date| Value::String(date.to_string()))
            }
            FieldType::Choice { options } => match value {
                Value::String(text) if options.iter().any(|option| option.id == *text) => Some(value.clone()),
                _ => self.unfit(place, field, value),
            },
            FieldType::Framework { list, many } => {
                let known = self.books.framework.list(*list);
                let is_known = |value: &Value| known.iter().any(|(id, _)| listed_id(value).as_ref() == Some(id));
                let fits = match value {
                    Value::Array(entries) if *many => entries.iter().all(is_known),
                    _ => !*many && is_known(value),
                };
                if fits { Some(value.clone()) } else { self.unfit(place, field, value) }
            }
            FieldType::Record { .. } => self.uuid(place, value).map(|id| Value::String(id.to_string())),
            FieldType::Answers { .. } => self.answers(place, value),
            FieldType::Group { fields } => match value {
                Value::Object(group) => {
                    let mut kept = self.fields(group, fields, &format!("{place}."));
                    keep_unknown(group, fields, &mut kept);
                    Some(Value::Object(kept))
                }
                _ => self.unfit(place, field, value),
            },
            FieldType::List { fields, .. } => self.rows(place, field, fields, value),
        }
    }

    fn rows(&mut self, place: &str, field: &Field, fields: &[Field], value: &Value) -> Option<Value> {
        let Value::Array(rows) = value else { return self.unfit(place, field, value) };
        let mut kept = Vec::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate() {
            let place = format!("{place}[{index}]");
            let Value::Object(row) = row else {
                self.add(&place, format!("expected an object, found {}", shown(row)));
                continue;
            };
            let mut values = self.fields(row, fields, &format!("{place}."));
            keep_unknown(row, fields, &mut values);
            kept.push(Value::Object(values));
        }
        Some(Value::Array(kept))
    }

    fn answers(&mut self, place: &str, value: &Value) -> Option<Value> {
        let Value::Array(answers) = value else {
            self.add(place, format!("expected a list of prompts and answers, found {}", shown(value)));
            return None;
        };
        for (index, answer) in answers.iter().enumerate() {
            for part in ["prompt", "text"] {
                match answer.get(part) {
                    Some(text @ Value::String(_)) => {
                        self.markdown(&format!("{place}[{index}].{part}"), text);
                    }
                    other => {
                        let found = other.map_or("nothing".to_owned(), shown);
                        self.add(&format!("{place}[{index}].{part}"), format!("expected text, found {found}"));
                    }
                }
            }
        }
        Some(value.clone())
    }

    fn unfit<T>(&mut self, place: &str, field: &Field, value: &Value) -> Option<T> {
        self.add(place, format!("{}: expected {}, found {}", field.label, wants(field), shown(value)));
        None
    }

    fn whole(&mut self, place: &str, field: &Field, value: &Value) -> Option<Value> {
        let (min, max) = match field.holds {
            FieldType::Whole { min, max } => (u64::from(min), u64::from(max)),
            _ => (1, 1_440),
        };
        // 50.0 is a whole number however another program wrote it.
        let whole = value.as_u64().or_else(|| {
            let n = value.as_f64()?;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is whole and in range")]
            (n.fract() == 0.0 && (0.0..=4e9).contains(&n)).then_some(n as u64)
        });
        match whole.filter(|n| (min..=max).contains(n)) {
            Some(n) => Some(Value::Number(Number::from(n))),
            None => self.unfit(place, field, value),
        }
    }

    fn no_nul(&mut self, place: &str, value: &Value) {
        match value {
            Value::String(text) if text.contains('\0') => {
                self.add(place, "There is a NUL character (U+0000) in this text, which no text may hold: remove it.");
            }
            Value::Array(items) => items.iter().for_each(|item| self.no_nul(place, item)),
            Value::Object(map) => map.values().for_each(|item| self.no_nul(place, item)),
            _ => {}
        }
    }

    fn line(&mut self, place: &str, value: &Value, max: usize) -> Option<String> {
        let Value::String(text) = value else {
            self.add(place, format!("expected text, found {}", shown(value)));
            return None;
        };
        self.no_nul(place, value);
        let length = text.chars().count();
        if text.contains(['\n', '\r']) {
            self.add(place, "expected one line of text, found a line break");
        } else if length > max {
            self.add(place, format!("expected at most {max} characters, found {length}"));
        }
        Some(text.clone())
    }

    fn markdown(&mut self, place: &str, value: &Value) -> Option<String> {
        let Value::String(text) = value else {
            self.add(place, format!("expected text, found {}", shown(value)));
            return None;
        };
        self.no_nul(place, value);
        if text.len() > MARKDOWN_MAX {
            self.add(place, format!("expected at most 16 MB of text, found {} bytes", text.len()));
        }
        Some(text.clone())
    }

    fn date(&mut self, place: &str, value: &Value, years_ahead: u8) -> Option<NaiveDate> {
        let date = value.as_str().filter(|text| text.len() == 10).and_then(|text| text.parse::<NaiveDate>().ok());
        let Some(date) = date else {
            self.add(place, format!("expected a day as YYYY-MM-DD, found {}", shown(value)));
            return None;
        };
        let earliest = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap_or(NaiveDate::MIN);
        let months = Months::new(12 * u32::from(years_ahead));
        let latest = self.today.checked_add_months(months).unwrap_or(NaiveDate::MAX);
        if date < earliest || date > latest {
            self.add(
                place,
                format!("expected a day between {earliest} and {latest} (a year from today), found {date}"),
            );
        }
        Some(date)
    }

    fn uuid(&mut self, place: &str, value: &Value) -> Option<Uuid> {
        let id = value.as_str().and_then(|text| Uuid::parse_str(text).ok());
        if id.is_none() {
            self.add(place, format!("expected the id of a record (a UUID), found {}", shown(value)));
        }
        id
    }

    fn moment(&mut self, place: &str, draft: &Draft) -> Option<DateTime<Utc>> {
        let value = draft.get(place).filter(|value| is_filled(value))?;
        let moment = value.as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
        if moment.is_none() {
            self.add(
                place,
                format!("expected a moment such as 2026-03-01T09:30:00Z (RFC 3339), found {}", shown(value)),
            );
        }
        moment.map(|moment| moment.with_timezone(&Utc))
    }

    fn tags(&mut self, value: Option<&Value>) -> Vec<String> {
        match value {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(items)) => {
                let tag = |(index, item): (usize, &Value)| self.line(&format!("tags[{index}]"), item, TITLE_MAX);
                items.iter().enumerate().filter_map(tag).collect()
            }
            Some(other) => {
                self.add("tags", format!("expected a list of words, found {}", shown(other)));
                Vec::new()
            }
        }
    }

    fn attachments(&mut self, value: Option<&Value>) -> Vec<Attachment> {
        let items = match value {
            None | Some(Value::Null) => return Vec::new(),
            Some(Value::Array(items)) => items,
            Some(other) => {
                self.add("attachments", format!("expected a list of attachments, found {}", shown(other)));
                return Vec::new();
            }
        };
        let mut kept = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let place = format!("attachments[{index}]");
            match serde_json::from_value::<Attachment>(item.clone()) {
                Err(error) => self.add(&place, format!("expected name, media_type, sha256 and bytes: {error}")),
                Ok(file) => {
                    let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
                    if file.sha256.len() != 64 || !file.sha256.chars().all(hex) {
                        self.add(&format!("{place}.sha256"), "expected 64 lower-case hexadecimal digits");
                    }
                    // A name with folders could be written outside the folder an export goes to.
                    if file.name.is_empty()
                        || file.name.contains(['/', '\\', '\0', '\n'])
                        || file.name.starts_with("..")
                    {
                        self.add(&format!("{place}.name"), "expected a file's name without folders");
                    }
                    kept.push(file);
                }
            }
        }
        kept
    }

    fn attachment_fields(&mut self, kind: &Kind, fields: &Map<String, Value>, attachments: &[Attachment]) {
        for field in kind.fields.iter().filter(|field| matches!(field.holds, FieldType::Attachment)) {
            let Some(Value::String(name)) = fields.get(&field.id) else { continue };
            if !attachments.iter().any(|file| file.name == *name) {
                self.add(&field.id, format!("{}: no file called \"{name}\" is attached", field.label));
            }
        }
    }

    fn rules(&mut self, kind: &Kind, fields: &Map<String, Value>) {
        for rule in &kind.rules {
            let kept = fields.get(&rule.field) == Some(&rule.must_be);
            let already = self.problems.iter().any(|problem| problem.field == rule.field);
            if rule.when.holds(fields) && !kept && !already {
                self.add(&rule.field, rule.message.clone());
            }
        }
    }

    fn claims(&mut self, value: Option<&Value>, kind: &Kind, fields: &Map<String, Value>) -> Vec<Claim> {
        let items = match value {
            None | Some(Value::Null) => return Vec::new(),
            Some(Value::Array(items)) => items,
            Some(other) => {
                self.add("claims", format!("expected a list of claims, found {}", shown(other)));
                return Vec::new();
            }
        };
        let offered = kind.offered(fields);
        let offered_ids: Vec<&str> = offered.iter().map(|kind| kind.id()).collect();
        let mut kept = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let place = format!("claims[{index}]");
            let Some(item) = item.as_object() else {
                self.add(
                    &place,
                    format!("expected a claim such as {{\"competency\": \"1.3\"}}, found {}", shown(item)),
                );
                continue;
            };
            let number = item.get("competency").and_then(Value::as_str).unwrap_or_default().to_owned();
            if self.books.framework.competency(&number).is_none() {
                let found = item.get("competency").map_or("nothing".to_owned(), shown);
                let title = &self.books.framework.title;
                self.add(
                    &format!("{place}.competency"),
                    format!("expected a competency of \"{title}\", such as \"1.3\", found {found}"),
                );
            }
            let counts_as = item.get("as").filter(|value| is_filled(value));
            let parsed = counts_as.and_then(|value| serde_json::from_value(value.clone()).ok());
            if offered.is_empty() {
                self.add(
                    &place,
                    format!("a {} is not evidence of a competency: remove the claim", kind.title.to_lowercase()),
                );
            } else if let Some(value) = counts_as
                && !parsed.is_some_and(|kind| offered.contains(&kind))
            {
                let expected = offered_ids.join(", ");
                self.add(
                    &format!("{place}.as"),
                    format!("this record can count as {expected}, not as {}", shown(value)),
                );
            }
            let reason = match item.get("reason") {
                None | Some(Value::Null) => String::new(),
                Some(text) => self.markdown(&format!("{place}.reason"), text).unwrap_or_default(),
            };
            kept.push(Claim { competency: number, counts_as: parsed, reason });
        }
        kept
    }
}

/// The id a value names in one of the framework's lists: text, or a number such as a standard's.
fn listed_id(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn keep_unknown(from: &Map<String, Value>, fields: &[Field], kept: &mut Map<String, Value>) {
    for (key, value) in from {
        if !fields.iter().any(|field| field.id == *key) {
            kept.insert(key.clone(), value.clone());
        }
    }
}

/// What a field expects, as the end of "expected …".
fn wants(field: &Field) -> String {
    let or = |ids: Vec<&str>| ids.join(", ");
    match &field.holds {
        FieldType::Text => "a line of text".to_owned(),
        FieldType::Markdown => "text".to_owned(),
        FieldType::Whole { min, max } => format!("a whole number from {min} to {max}"),
        FieldType::Minutes => "whole minutes from 1 to 1,440".to_owned(),
        FieldType::Number { min, max, above_min: true } => format!("a number over {min} and up to {max}"),
        FieldType::Number { min, max, .. } => format!("a number from {min} to {max}"),
        FieldType::YesNo => "yes or no (true or false)".to_owned(),
        FieldType::Date { .. } => "a day as YYYY-MM-DD".to_owned(),
        FieldType::Choice { options } => {
            format!("one of {}", or(options.iter().map(|option| option.id.as_str()).collect()))
        }
        FieldType::Framework { many: true, .. } => "a list of numbers or ids that the framework lists".to_owned(),
        FieldType::Framework { .. } => "an entry of the framework's list".to_owned(),
        FieldType::Record { of } => format!("the id of a {of}"),
        FieldType::Attachment => "the name of an attached file".to_owned(),
        FieldType::Answers { .. } => "a list of prompts and answers".to_owned(),
        FieldType::Group { fields } => {
            format!("an object with {}", or(fields.iter().map(|field| field.id.as_str()).collect()))
        }
        FieldType::List { row, .. } => format!("a list with an object for each {row}"),
    }
}

/// A found value, short enough for a message. Long text is cut: it may hold what should not be repeated in a log.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::String(text) if text.chars().count() > 40 => {
            format!("\"{}…\"", text.chars().take(30).collect::<String>())
        }
        other => other.to_string(),
    }
}

/// Reads what was typed for a field on a command line as the value the open form holds.
///
/// # Errors
/// What was expected, as in [`check()`].
pub fn parse(field: &Field, typed: &str) -> Result<Value, Problem> {
    let refused = || Problem {
        field: field.id.clone(),
        message: format!("{}: expected {}, found \"{typed}\"", field.label, wants(field)),
    };
    match &field.holds {
        FieldType::Whole { .. } | FieldType::Minutes | FieldType::Number { .. } => {
            serde_json::from_str::<Number>(typed).map(Value::Number).map_err(|_| refused())
        }
        FieldType::YesNo => match typed.to_lowercase().as_str() {
            "true" | "yes" => Ok(Value::Bool(true)),
            "false" | "no" => Ok(Value::Bool(false)),
            _ => Err(refused()),
        },
        FieldType::Group { .. }
        | FieldType::List { .. }
        | FieldType::Answers { .. }
        | FieldType::Framework { many: true, .. } => serde_json::from_str(typed).map_err(|_| refused()),
        _ => Ok(Value::String(typed.to_owned())),
    }
}
