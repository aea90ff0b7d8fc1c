//! What changed for people, and what they said, as numbers.

use chrono::NaiveDate;

use super::fields::{number, text};
use crate::record::Record;

/// Which way a measure gets better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// An outcome measure over a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Impact {
    /// The day.
    pub date: NaiveDate,
    /// Such as "PAM" or "goal attainment".
    pub measure: String,
    /// How many people.
    pub people: u32,
    /// Their mean before.
    pub before: Option<f64>,
    /// Their mean after.
    pub after: Option<f64>,
    /// Which way is better.
    pub better: Option<Better>,
}

impl Impact {
    /// The measure a record is, if it is one.
    #[must_use]
    pub fn of(record: &Record) -> Option<Impact> {
        if record.kind != "impact" {
            return None;
        }
        let better = match record.text("better") {
            Some("higher") => Some(Better::Higher),
            Some("lower") => Some(Better::Lower),
            _ => None,
        };
        Some(Impact {
            date: record.date,
            measure: text(&record.fields, "measure")?.to_owned(),
            people: record.whole("people").unwrap_or(0),
            before: number(&record.fields, "before"),
            after: number(&record.fields, "after"),
            better,
        })
    }
}

/// Feedback, as far as numbers go.
#[derive(Debug, Clone, PartialEq)]
pub struct Feedback {
    /// The day.
    pub date: NaiveDate,
    /// The form that was used.
    pub instrument: Option<String>,
    /// How many people it comes from.
    pub people: u32,
    /// The score as a share of the highest there is.
    pub share: Option<f64>,
}

impl Feedback {
    /// The feedback a record is, if it is some.
    #[must_use]
    pub fn of(record: &Record) -> Option<Feedback> {
        let share = match (number(&record.fields, "score"), number(&record.fields, "scale_max")) {
            (Some(score), Some(most)) if most > 0.0 => Some(score / most),
            _ => None,
        };
        (record.kind == "feedback").then(|| Feedback {
            date: record.date,
            instrument: text(&record.fields, "instrument").map(str::to_owned),
            people: record.whole("people").unwrap_or(1),
            share,
        })
    }
}
