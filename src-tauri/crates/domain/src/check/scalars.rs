//! Single values that every kind has: a line, a text, a day, an id, a moment.

use chrono::{DateTime, Datelike as _, Months, NaiveDate, Utc};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{Checker, DEPTH_MAX, MARKDOWN_MAX};
use crate::condition::is_filled;
use crate::record::Draft;

impl Checker<'_> {
    pub(super) fn no_nul(&mut self, place: &str, value: &Value) {
        match value {
            Value::String(text) if text.contains('\0') => {
                self.add(place, "There is a NUL character (U+0000) in this text, which no text may hold: remove it.");
            }
            Value::Array(items) => items.iter().for_each(|item| self.no_nul(place, item)),
            Value::Object(map) => map.values().for_each(|item| self.no_nul(place, item)),
            _ => {}
        }
    }

    /// Unknown fields of the item at a place.
    pub(super) fn unknown(&mut self, place: &str, fields: &Map<String, Value>) {
        for (field, value) in fields {
            self.no_nul(&format!("{place}.{field}"), value);
        }
    }

    /// Whatever a value is, it must come back as it was given.
    pub(super) fn keepable(&mut self, place: &str, value: &Value) {
        if depth(value) > DEPTH_MAX {
            self.add(
                place,
                format!(
                    "There are lists and objects more than {DEPTH_MAX} deep in one another here: keep them flatter."
                ),
            );
        } else if !is_exact(value) {
            self.add(
                place,
                "There is a number in this that is too large to be kept exactly: write it as text, in quotation marks.",
            );
        }
    }

    pub(super) fn line(&mut self, place: &str, value: &Value, max: usize) -> Option<String> {
        let Value::String(text) = value else {
            self.add(place, unlike(value, "write text"));
            return None;
        };
        self.no_nul(place, value);
        let length = text.chars().count();
        if text.contains(['\n', '\r']) {
            self.add(place, "There is a line break in this text: keep it to one line.");
        } else if let Some(control) = text.chars().find(|c| c.is_control() && *c != '\0') {
            let code = u32::from(control);
            self.add(place, format!("There is a control character (U+{code:04X}) in this text: remove it."));
        } else if length > max {
            self.add(place, format!("This is {length} characters long: keep it to {max}."));
        }
        Some(text.clone())
    }

    pub(super) fn markdown(&mut self, place: &str, value: &Value) -> Option<String> {
        let Value::String(text) = value else {
            self.add(place, unlike(value, "write text"));
            return None;
        };
        self.no_nul(place, value);
        if text.len() > MARKDOWN_MAX {
            self.add(place, format!("This text is {} bytes long: keep it to 16 MB.", text.len()));
        }
        Some(text.clone())
    }

    pub(super) fn date(&mut self, place: &str, value: &Value, years_ahead: u8) -> Option<NaiveDate> {
        let date = value.as_str().filter(|text| text.len() == 10).and_then(|text| text.parse::<NaiveDate>().ok());
        let Some(date) = date else {
            self.add(place, unlike(value, &format!("give {DAY}")));
            return None;
        };
        let earliest = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap_or(NaiveDate::MIN);
        let months = Months::new(12 * u32::from(years_ahead));
        let latest = self.today.checked_add_months(months).unwrap_or(NaiveDate::MAX);
        if date < earliest || date > latest {
            let ahead = if years_ahead == 1 { "a year".to_owned() } else { format!("{years_ahead} years") };
            self.add(
                place,
                format!("{date} is out of reach: please give a day from {earliest} to {latest} ({ahead} from today)."),
            );
        }
        Some(date)
    }

    pub(super) fn uuid(&mut self, place: &str, value: &Value) -> Option<Uuid> {
        let id = value.as_str().and_then(|text| Uuid::parse_str(text).ok());
        if id.is_none() {
            self.add(place, unlike(value, "give the id of a record"));
        }
        id
    }

    pub(super) fn moment(&mut self, place: &str, draft: &Draft) -> Option<DateTime<Utc>> {
        let value = draft.get(place).filter(|value| is_filled(value))?;
        let moment = value.as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
        let moment = moment.map(|moment| moment.with_timezone(&Utc));
        // Outside these years a time could not be written down in the form in which times are read.
        let moment = moment.filter(|moment| (1990..=9998).contains(&moment.year()));
        if moment.is_none() {
            let wanted = "give a moment such as 2026-03-01T09:30:00Z (RFC 3339), in the years 1990 to 9998";
            self.add(place, unlike(value, wanted));
        }
        moment
    }
}

/// How deeply lists and objects are nested; 0 for a plain value.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(map) => 1 + map.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// Whether every number is held exactly. A whole number beyond 64 bits was rounded when it was read.
fn is_exact(value: &Value) -> bool {
    const WHOLE_MAX: f64 = 9.223_372_036_854_775e18;
    match value {
        Value::Number(number) => !number.is_f64() || number.as_f64().is_some_and(|n| n.abs() < WHOLE_MAX),
        Value::Array(items) => items.iter().all(is_exact),
        Value::Object(map) => map.values().all(is_exact),
        _ => true,
    }
}

/// What a day looks like.
pub(super) const DAY: &str = "a day as YYYY-MM-DD";

/// Says that a value is not what was asked for: "\"pair\" does not fit; please choose one-to-one or group."
pub(super) fn unlike(value: &Value, asked: &str) -> String {
    match value {
        Value::Null => format!("please {asked}."),
        value => format!("{} does not fit; please {asked}.", shown(value)),
    }
}

/// A found value, short enough for a message. Long text is cut: it may hold what should not be repeated in a log.
pub(super) fn shown(value: &Value) -> String {
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
