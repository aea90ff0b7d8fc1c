//! An appraisal: a period, and what was true on its last day.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::cpd::Cpd;
use crate::gaps::Gaps;
use crate::hours::Hours;
use crate::record::Record;
use crate::rhythm::Rhythm;
use crate::words::counted;

/// What was true on the last day of a period.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Appraisal {
    /// First day of the period.
    pub from: NaiveDate,
    /// Its last day, on which everything is worked out.
    pub to: NaiveDate,
    /// The day on which this was noted; what was written down later is not in it.
    pub noted: NaiveDate,
    /// Attended NHS minutes within the period.
    pub minutes_in_period: u32,
    /// Hours in all until the last day, and the tier.
    pub hours: Hours,
    /// The three kinds of supervision.
    pub supervision: Vec<Rhythm>,
    /// Every competency.
    pub gaps: Gaps,
    /// What was learnt in the period.
    pub cpd: Cpd,
    /// Goals that were open in the period or ended in it.
    pub goals: Vec<Goal>,
    /// What was here then and is not known any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed: Option<Removed>,
}

/// Records that were here on a past day and were deleted for good since. Of them nothing is kept but how many they were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Removed {
    /// How many.
    pub records: u32,
    /// The same in a sentence that any reader can be told.
    pub says: String,
}

impl Removed {
    /// So many records; nothing where there are none.
    #[must_use]
    pub fn of(records: usize) -> Option<Removed> {
        let were = counted(records, "record that was here then has", "records that were here then have");
        let says = format!("{were} since been deleted for good; what was in them is not told here.");
        Some(Removed { records: u32::try_from(records).unwrap_or(u32::MAX), says }).filter(|_| records > 0)
    }
}

/// How a goal stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Goal {
    /// The record.
    pub record: Uuid,
    /// What is aimed at.
    pub title: String,
    /// The competencies it is about.
    pub competencies: Vec<String>,
    /// By when.
    pub due: Option<NaiveDate>,
    /// `open`, `done` or `dropped`.
    pub status: String,
    /// Open, and past its day.
    pub overdue: bool,
    /// What it ended in.
    pub evidence: Vec<Uuid>,
    /// What is still missing to tell when it is reached: a way to know, a day, a competency.
    pub missing: Vec<String>,
}

impl Goal {
    /// The goal a record is, on a day.
    #[must_use]
    pub fn of(record: &Record, today: NaiveDate) -> Option<Goal> {
        if record.kind != "goal" {
            return None;
        }
        let texts = |name: &str| -> Vec<String> {
            let list = record.fields.get(name).and_then(Value::as_array);
            list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let due: Option<NaiveDate> = record.text("due").and_then(|text| text.parse().ok());
        let competencies = texts("competencies");
        let status = record.text("status").unwrap_or("open").to_owned();
        let says_success = record.text("success").is_some_and(|text| !text.trim().is_empty());
        let missing = [
            (says_success, "how it will show"),
            (due.is_some(), "a day"),
            (!competencies.is_empty(), "the competencies it is about"),
        ];
        Some(Goal {
            record: record.id,
            title: record.title.clone(),
            competencies,
            due,
            overdue: status == "open" && due.is_some_and(|due| due < today),
            status,
            evidence: texts("ended_in").iter().filter_map(|text| Uuid::parse_str(text).ok()).collect(),
            missing: missing.into_iter().filter(|(there, _)| !there).map(|(_, what)| what.to_owned()).collect(),
        })
    }
}
