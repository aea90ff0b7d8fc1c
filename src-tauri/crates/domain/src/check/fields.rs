//! A kind's own fields: each value checked against what its field can hold.
//!
//! This is not the walk over values (`crate::walk`): it goes through the fields, because it has to notice what is not there,
//! it meets values of any shape, and it makes new ones as it goes.

use serde_json::{Map, Number, Value};

use super::scalars::{DAY, unlike};
use super::{Checker, Problem, TEXT_MAX};
use crate::condition::is_filled;
use crate::kind::{Choice, Field, FieldType, OWN_MAX, own_name};
use crate::words::{either, figures, listed, long_date};

impl Checker<'_> {
    /// The values of these fields, checked, with the defaults where nothing was given.
    pub(super) fn fields(&mut self, draft: &Map<String, Value>, fields: &[Field], within: &str) -> Map<String, Value> {
        let mut kept = Map::new();
        for field in fields {
            let place = format!("{within}{}", field.id);
            match draft.get(&field.id).filter(|value| is_filled(value)) {
                Some(value) => {
                    if let Some(value) = self.value(&place, field, value) {
                        self.order(&place, field, &value, draft);
                        kept.insert(field.id.clone(), value);
                    }
                }
                // In a list that no form shows, nothing is an answer: what was signed, when nothing was there.
                None if field.hidden && draft.get(&field.id).is_some_and(Value::is_array) => {
                    kept.insert(field.id.clone(), Value::Array(Vec::new()));
                }
                None => match &field.default {
                    Some(default) => {
                        kept.insert(field.id.clone(), default.clone());
                    }
                    None if field.required => {
                        self.add(&place, format!("{}: please {}.", field.label, asks_for_something(field)));
                    }
                    None => {}
                },
            }
        }
        kept
    }

    /// A day that would come before the one it may not come before.
    fn order(&mut self, place: &str, field: &Field, value: &Value, beside: &Map<String, Value>) {
        let FieldType::Date { not_before: Some(other), .. } = &field.holds else { return };
        let (Some(day), Some(first)) = (value.as_str(), beside.get(other).and_then(Value::as_str)) else { return };
        // Days as YYYY-MM-DD are in the order of their letters; what is no day was said at its own place.
        if first.len() == day.len() && day < first {
            let said = |day: &str| day.parse().map_or_else(|_| day.to_owned(), long_date);
            let (day, first) = (said(day), said(first));
            self.add(place, format!("{}: {day} comes before {first}; please give a day from then on.", field.label));
        }
    }

    fn value(&mut self, place: &str, field: &Field, value: &Value) -> Option<Value> {
        match &field.holds {
            FieldType::Text | FieldType::Attachment => self.line(place, value, TEXT_MAX).map(Value::String),
            FieldType::Markdown => self.markdown(place, value).map(Value::String),
            FieldType::Whole { min, max } => self.whole((*min, *max), place, field, value),
            FieldType::Minutes { max } => self.whole((1, *max), place, field, value),
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
            FieldType::Date { years_ahead, .. } => {
                self.date(place, value, *years_ahead).map(|date| Value::String(date.to_string()))
            }
            FieldType::Choice { options, many, own } => {
                let fits = |value: &Value| value.as_str().is_some_and(|text| chosen(options, *own, text));
                let fits = match value {
                    Value::Array(entries) if *many => entries.iter().all(fits),
                    _ => !*many && fits(value),
                };
                if fits { Some(value.clone()) } else { self.unfit(place, field, value) }
            }
            FieldType::Framework { list, many } => {
                let known = self.books.framework.list(*list);
                let is_known = |value: &Value| known.iter().any(|(id, _)| listed_id(value).as_ref() == Some(id));
                let fits = match value {
                    Value::Array(entries) if *many => entries.iter().all(is_known),
                    // Several began as one in some fields, and one by itself is a list of one.
                    _ => is_known(value),
                };
                if fits { Some(value.clone()) } else { self.unfit(place, field, value) }
            }
            FieldType::Record { many: true, .. } => match value {
                Value::Array(ids) => {
                    let id = |(index, id): (usize, &Value)| self.uuid(&format!("{place}[{index}]"), id);
                    let ids = ids.iter().enumerate().filter_map(id).map(|id| Value::String(id.to_string()));
                    Some(Value::Array(ids.collect()))
                }
                _ => self.unfit(place, field, value),
            },
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
                self.add(&place, unlike(row, "give an object"));
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
            self.add(place, unlike(value, &format!("give {ANSWERS}")));
            return None;
        };
        for (index, answer) in answers.iter().enumerate() {
            for part in ["prompt", "text"] {
                match answer.get(part) {
                    Some(text @ Value::String(_)) => {
                        self.markdown(&format!("{place}[{index}].{part}"), text);
                    }
                    other => {
                        let message = unlike(other.unwrap_or(&Value::Null), "write text");
                        self.add(&format!("{place}[{index}].{part}"), message);
                    }
                }
            }
        }
        Some(value.clone())
    }

    fn unfit<T>(&mut self, place: &str, field: &Field, value: &Value) -> Option<T> {
        self.add(place, format!("{}: {}", field.label, unlike(value, &asks(field))));
        None
    }

    fn whole(&mut self, (min, max): (u32, u32), place: &str, field: &Field, value: &Value) -> Option<Value> {
        // 50.0 is a whole number however another program wrote it.
        let whole = value.as_u64().or_else(|| {
            let n = value.as_f64()?;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is whole and in range")]
            (n.fract() == 0.0 && (0.0..=4e9).contains(&n)).then_some(n as u64)
        });
        match whole.filter(|n| (u64::from(min)..=u64::from(max)).contains(n)) {
            Some(n) => Some(Value::Number(Number::from(n))),
            None => self.unfit(place, field, value),
        }
    }
}

/// Whether a text is one of the options, or a name of the coach's own where that is accepted.
fn chosen(options: &[Choice], own: bool, text: &str) -> bool {
    let named = |name: &str| {
        let length = name.chars().count();
        !name.trim().is_empty() && length <= OWN_MAX && !name.contains(char::is_control)
    };
    options.iter().any(|option| option.id == text) || own && own_name(text).is_some_and(named)
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

/// What a field takes, as the end of "please give …" or "takes …".
#[must_use]
pub fn wants(field: &Field) -> String {
    match &field.holds {
        FieldType::Text => "a line of text of up to 1,000 characters".to_owned(),
        FieldType::Markdown => "text".to_owned(),
        FieldType::Whole { min, max } => format!("a whole number from {min} to {max}"),
        FieldType::Minutes { max } => format!("whole minutes from 1 to {}", figures(u64::from(*max))),
        FieldType::Number { min, max, above_min: true } => format!("a number over {min} and up to {max}"),
        FieldType::Number { min, max, .. } => format!("a number from {min} to {max}"),
        FieldType::YesNo => "yes or no (true or false)".to_owned(),
        FieldType::Date { years_ahead, .. } => {
            let ahead = if *years_ahead == 1 { "a year".to_owned() } else { format!("{years_ahead} years") };
            format!("{DAY}, from 1990 to {ahead} from today")
        }
        FieldType::Choice { options, many, own } => {
            let ids: Vec<String> = options.iter().map(|option| option.id.clone()).collect();
            let ids = if *many { format!("a list of any of {}", listed(&ids)) } else { either(&ids) };
            let own = if *own { format!(", or own: and a name of up to {OWN_MAX} characters") } else { String::new() };
            format!("{ids}{own}")
        }
        FieldType::Framework { many: true, .. } => "a list of numbers or ids that the framework has".to_owned(),
        FieldType::Framework { .. } => "a number or id that the framework has".to_owned(),
        FieldType::Record { of, many: true } => {
            format!("a list of the ids of {}", of.as_ref().map_or("records".to_owned(), |of| format!("{of} records")))
        }
        FieldType::Record { of, .. } => format!("the id of a {}", of.as_deref().unwrap_or("record")),
        FieldType::Attachment => "the name of an attached file".to_owned(),
        FieldType::Answers { .. } => ANSWERS.to_owned(),
        FieldType::Group { fields } => {
            let ids: Vec<String> = fields.iter().map(|field| field.id.clone()).collect();
            format!("an object with {}", listed(&ids))
        }
        FieldType::List { row, .. } => format!("a list with an object for each {row}"),
    }
}

/// The same with its verb, as the end of "please …".
fn asks(field: &Field) -> String {
    let verb = match &field.holds {
        FieldType::Text | FieldType::Markdown => "write",
        FieldType::Choice { many: false, .. } => "choose",
        _ => "give",
    };
    format!("{verb} {}", wants(field))
}

/// The same where nothing was given: whoever fills in a form chooses, and sees words but no ids.
fn asks_for_something(field: &Field) -> String {
    match &field.holds {
        FieldType::Choice { options, many: false, .. } => {
            format!("choose {}", either(&options.iter().map(|option| option.label.clone()).collect::<Vec<_>>()))
        }
        FieldType::YesNo => "say yes or no".to_owned(),
        FieldType::Date { .. } => "give a day".to_owned(),
        FieldType::Record { of, many: false } => format!("choose a {}", of.as_deref().unwrap_or("record")),
        FieldType::Choice { .. } | FieldType::Record { many: true, .. } | FieldType::Framework { many: true, .. } => {
            "choose at least one".to_owned()
        }
        FieldType::Framework { .. } => "choose one of the framework's".to_owned(),
        FieldType::Attachment => "choose an attached file".to_owned(),
        _ => asks(field),
    }
}

const ANSWERS: &str = "a list of prompts and answers";

/// Reads what was typed for a field on a command line as the value the open form holds.
///
/// # Errors
/// What was asked for, as in [`check()`].
pub fn parse(field: &Field, typed: &str) -> Result<Value, Problem> {
    let refused = || Problem {
        field: field.id.clone(),
        message: format!("{}: {}", field.label, unlike(&Value::from(typed), &asks(field))),
    };
    match &field.holds {
        FieldType::Whole { .. } | FieldType::Minutes { .. } | FieldType::Number { .. } => {
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
        | FieldType::Choice { many: true, .. }
        | FieldType::Record { many: true, .. } => serde_json::from_str(typed).map_err(|_| refused()),
        // A number such as 1.10 would not survive being read as one.
        FieldType::Framework { many: true, .. } if !typed.trim_start().starts_with('[') => {
            Ok(typed.split(',').map(|id| Value::String(id.trim().to_owned())).collect())
        }
        FieldType::Framework { many: true, .. } => serde_json::from_str(typed).map_err(|_| refused()),
        // What a form calls it will do.
        FieldType::Choice { many: false, options, .. } => {
            let called = options.iter().find(|option| option.label.eq_ignore_ascii_case(typed));
            Ok(Value::from(called.map_or(typed, |option| &option.id)))
        }
        FieldType::Text
        | FieldType::Markdown
        | FieldType::Date { .. }
        | FieldType::Framework { many: false, .. }
        | FieldType::Record { many: false, .. }
        | FieldType::Attachment => Ok(Value::String(typed.to_owned())),
    }
}
