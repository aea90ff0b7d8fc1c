//! Small typed views of records, so that sums are typed while forms stay data.

mod agenda;
mod fields;
mod impact;
mod learning;
mod people;
mod practice;
mod supervision;
mod visit;

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use serde_json::Value;

use crate::breaks::{Break, Breaks};
use crate::record::Record;

pub(crate) use fields::listed;

pub use agenda::{Action, ClinicalQuestion, Meeting, Parked};
pub use impact::{Better, Feedback, Impact};
pub use learning::{Learning, ModelShown, Renewal, TrainingPlan, TrainingRoute};
pub use people::{Concern, Person, Seen, Statement};
pub use practice::Practice;
pub use supervision::Supervision;
pub use visit::{Outcome, Visit};

/// Minutes of coaching, as far as hours are concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The day.
    pub date: NaiveDate,
    /// Contact minutes.
    pub minutes: u32,
    /// `one-to-one` or `group`.
    pub format: String,
    /// `face-to-face`, `telephone` or `video`.
    pub mode: String,
    /// NHS coaching; other coaching is kept and shown apart.
    pub nhs: bool,
    /// Worked under supervision.
    pub supervised: bool,
    /// The client came; only then the minutes count.
    pub attended: bool,
}

impl Session {
    /// The session a record is, if it is one.
    #[must_use]
    pub fn of(record: &Record) -> Option<Session> {
        (record.kind == "session").then(|| Session {
            date: record.date,
            minutes: record.whole("minutes").unwrap_or(0),
            format: record.text("format").unwrap_or("one-to-one").to_owned(),
            mode: record.text("mode").unwrap_or("face-to-face").to_owned(),
            nhs: record.yes("nhs").unwrap_or(true),
            supervised: record.yes("supervised").unwrap_or(false),
            attended: record.text("outcome").unwrap_or("attended") == "attended",
        })
    }
}

/// Attended sessions of one sort, added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionSum {
    /// NHS coaching.
    pub nhs: bool,
    /// Worked under supervision.
    pub supervised: bool,
    /// `face-to-face`, `telephone` or `video`.
    pub mode: String,
    /// `one-to-one` or `group`.
    pub format: String,
    /// Contact minutes.
    pub minutes: u64,
    /// How many sessions.
    pub sessions: u32,
}

impl SessionSum {
    /// Adds up the sessions that were attended.
    #[must_use]
    pub fn of<'s>(sessions: impl IntoIterator<Item = &'s Session>) -> Vec<SessionSum> {
        let mut sums: BTreeMap<(bool, bool, &str, &str), (u64, u32)> = BTreeMap::new();
        for session in sessions.into_iter().filter(|session| session.attended) {
            let sum = sums.entry((session.nhs, session.supervised, &session.mode, &session.format)).or_default();
            *sum = (sum.0 + u64::from(session.minutes), sum.1 + 1);
        }
        let sum = |((nhs, supervised, mode, format), (minutes, sessions)): ((bool, bool, &str, &str), (u64, u32))| {
            SessionSum { nhs, supervised, mode: mode.to_owned(), format: format.to_owned(), minutes, sessions }
        };
        sums.into_iter().map(sum).collect()
    }
}

/// What the coach's profile says that sums depend on.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// First day in the role.
    pub started: Option<NaiveDate>,
    /// Who employs the coach, as it was written.
    pub employer: Option<String>,
    /// Share of full time at the start, over 0 to 1.
    pub fte: f64,
    /// What the share has been from these days on, oldest first.
    pub fte_changes: Vec<(NaiveDate, f64)>,
    /// Leave, sickness and gaps between posts, as they were noted.
    pub breaks: Vec<Break>,
    /// How many months back evidence counts as current.
    pub review_months: u32,
    /// The training that tier 1 asks for is shown, or what was accepted in its place: what was learnt tells, and not the
    /// profile ([`crate::routes`]).
    pub trained: bool,
}

impl Profile {
    /// The view of the profile record; the defaults of the form where there is none yet.
    #[must_use]
    pub fn of(record: Option<&Record>) -> Profile {
        let field = |name: &str| record.and_then(|record| record.fields.get(name));
        let change = |row: &Value| Some((row.get("from")?.as_str()?.parse().ok()?, row.get("fte")?.as_f64()?));
        let rows = field("fte_changes").and_then(Value::as_array);
        let mut fte_changes: Vec<(NaiveDate, f64)> = rows.into_iter().flatten().filter_map(change).collect();
        fte_changes.sort_by_key(|(from, _)| *from);
        let away = |row| Some(Break { from: fields::day(row, "from")?, to: fields::day(row, "to") });
        let breaks = record.into_iter().flat_map(|record| fields::rows(&record.fields, "breaks")).filter_map(away);
        Profile {
            started: field("started").and_then(|value| value.as_str()).and_then(|text| text.parse().ok()),
            employer: record.and_then(|record| fields::text(&record.fields, "employer")).map(str::to_owned),
            fte: field("fte").and_then(Value::as_f64).unwrap_or(1.0),
            fte_changes,
            breaks: breaks.collect(),
            review_months: record.and_then(|record| record.whole("review_months")).unwrap_or(12),
            trained: false,
        }
    }

    /// The share of full time on a day.
    #[must_use]
    pub fn share(&self, on: NaiveDate) -> f64 {
        let holds = self.fte_changes.iter().rev().find(|(from, _)| *from <= on);
        holds.map_or(self.fte, |(_, fte)| *fte)
    }

    /// The first day of the review period that ends `today`: so many months back, with the days away from the role beside
    /// them, so that nothing grows old in a break.
    #[must_use]
    pub fn review_from(&self, today: NaiveDate) -> NaiveDate {
        let back = today.checked_sub_months(Months::new(self.review_months)).unwrap_or(NaiveDate::MIN);
        Breaks::of(&self.breaks, today).put_back(back, today)
    }
}
