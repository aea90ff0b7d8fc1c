//! The first months in the role: what should be gained by when.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::coverage::Status;
use crate::framework::{FirstMonths, Framework};
use crate::period::Period;

/// A mark in the first months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Milestone {
    /// After how many months in the role.
    pub months: u32,
    /// "Your first six months".
    pub title: String,
    /// The last day of these months.
    pub day: NaiveDate,
    /// That day has passed.
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
    let competency = |number: &String| {
        let known = framework.competency(number)?;
        let status = statuses.get(number).copied().unwrap_or(Status::None);
        Some(MilestoneCompetency { competency: known.number.clone(), title: known.title.clone(), status })
    };
    let milestone = |first: &FirstMonths| {
        let months = u32::from(first.months);
        let day = Period::first_months(months, started).to().unwrap_or(NaiveDate::MAX);
        let competencies = first.competencies.iter().filter_map(competency).collect();
        Milestone { months, title: first.title.clone(), day, passed: day < today, competencies }
    };
    framework.milestones.iter().map(milestone).collect()
}
