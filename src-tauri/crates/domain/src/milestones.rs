//! The first months in the role: what should be gained by when.

use std::collections::HashMap;

use chrono::{Months, NaiveDate};
use serde::Serialize;

use crate::coverage::Status;
use crate::framework::Framework;

/// Milestones: after how many months in the role, and which competencies are gained by then or settled by it
/// (framework.md, "gained through" of 1.4, 1.6 and 1.9; `practice-hours` of 2.10).
const MILESTONES: [(u32, &str, &[&str]); 3] = [
    (1, "Your first month", &["1.9"]),
    (6, "Your first six months", &["1.4", "1.6"]),
    (12, "Your first twelve months", &["2.10"]),
];

/// A mark in the first months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Milestone {
    /// After how many months in the role.
    pub months: u32,
    /// "Your first six months".
    pub title: String,
    /// The day it ends.
    pub day: NaiveDate,
    /// That day has come.
    pub passed: bool,
    /// What is gained by then.
    pub competencies: Vec<MilestoneCompetency>,
}

/// A competency that a milestone speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct MilestoneCompetency {
    /// Its number.
    pub competency: String,
    /// Its name.
    pub title: String,
    /// How it stands.
    pub status: Status,
}

/// Each mark of the first months in the role, with how its competencies stand; a competency without a status stands at
/// nothing yet. Nothing where the first day in the role is not known.
#[must_use]
pub fn milestones(
    framework: &Framework,
    started: Option<NaiveDate>,
    statuses: &HashMap<String, Status>,
    today: NaiveDate,
) -> Vec<Milestone> {
    let Some(started) = started else { return Vec::new() };
    let competency = |number: &&str| {
        let known = framework.competency(number)?;
        let status = statuses.get(*number).copied().unwrap_or(Status::None);
        Some(MilestoneCompetency { competency: known.number.clone(), title: known.title.clone(), status })
    };
    let milestone = |(months, title, competencies): (u32, &str, &[&str])| {
        let day = started.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX);
        let competencies = competencies.iter().filter_map(competency).collect();
        Milestone { months, title: title.to_owned(), day, passed: day <= today, competencies }
    };
    MILESTONES.into_iter().map(milestone).collect()
}
