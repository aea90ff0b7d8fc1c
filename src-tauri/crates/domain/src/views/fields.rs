//! Reading values out of a record's fields, its groups and the rows of its lists.

use chrono::NaiveDate;
use serde_json::{Map, Value};
use uuid::Uuid;

/// A record's own fields, a group's, or those of a row.
pub(crate) type Fields = Map<String, Value>;

/// A text that says something.
pub(super) fn text<'f>(fields: &'f Fields, name: &str) -> Option<&'f str> {
    fields.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

/// A day.
pub(super) fn day(fields: &Fields, name: &str) -> Option<NaiveDate> {
    text(fields, name)?.parse().ok()
}

/// Whether it says yes.
pub(super) fn yes(fields: &Fields, name: &str) -> bool {
    fields.get(name).and_then(Value::as_bool).unwrap_or(false)
}

/// A whole number.
pub(super) fn whole(fields: &Fields, name: &str) -> Option<u32> {
    fields.get(name).and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok())
}

/// Any number.
pub(super) fn number(fields: &Fields, name: &str) -> Option<f64> {
    fields.get(name).and_then(Value::as_f64)
}

/// A number from a framework's list, which a file may hold as text or as a number.
pub(crate) fn listed(fields: &Fields, name: &str) -> Option<u8> {
    let value = fields.get(name)?;
    value.as_str().and_then(|text| text.parse().ok()).or(value.as_u64().and_then(|n| u8::try_from(n).ok()))
}

/// Another record's id.
pub(super) fn reference(fields: &Fields, name: &str) -> Option<Uuid> {
    Uuid::parse_str(text(fields, name)?).ok()
}

/// The texts of a list of them; a single text is a list of one.
pub(super) fn texts<'f>(fields: &'f Fields, name: &str) -> Vec<&'f str> {
    match fields.get(name) {
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(text)) => vec![text],
        _ => Vec::new(),
    }
}

/// The rows of a list, in their order.
pub(super) fn rows<'f>(fields: &'f Fields, name: &str) -> impl Iterator<Item = &'f Fields> {
    fields.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}
