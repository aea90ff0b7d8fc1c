//! Values among the arguments, as people type them.

use chrono::{Datelike as _, NaiveDate};
use uuid::Uuid;

pub(crate) fn an_id(text: &str) -> Result<Uuid, String> {
    text.parse().map_err(|_| "give the id of a record, as `list` prints it".to_owned())
}

pub(crate) fn numbered(text: &str) -> Result<(Uuid, u32), String> {
    let parts = text.split_once(':').and_then(|(id, number)| Some((id.parse().ok()?, number.parse().ok()?)));
    parts.ok_or_else(|| "give ID:N, as the agenda prints it".to_owned())
}

/// The id of what is followed, and which of the lines that `next` offers.
pub(crate) fn followed(text: &str) -> Result<(Uuid, Option<u32>), String> {
    match text.parse() {
        Ok(id) => Ok((id, None)),
        Err(_) => numbered(text)
            .map(|(id, number)| (id, Some(number)))
            .map_err(|_| "give the id of a record, or ID:N as `next` prints it".to_owned()),
    }
}

/// A day as of which something can be worked out.
pub(crate) fn a_day(text: &str) -> Result<NaiveDate, String> {
    let day = text.parse::<NaiveDate>().ok().filter(|day| (1990..=2200).contains(&day.year()));
    day.ok_or_else(|| "give a day from 1990-01-01 to 2200-12-31".to_owned())
}
