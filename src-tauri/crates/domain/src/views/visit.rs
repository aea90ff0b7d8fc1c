//! A session, as far as the caseload looks at it.

use chrono::NaiveDate;

use super::fields::{text, yes};
use crate::record::Record;

/// A session that was held or should have been, as far as the caseload looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The day.
    pub date: NaiveDate,
    /// Contact minutes.
    pub minutes: u32,
    /// With a group, which has no single client.
    pub group: bool,
    /// A pseudonym, as it was written; nothing for a group.
    pub client: Option<String>,
    /// For which practice, as it was written.
    pub practice: Option<String>,
    /// Whether it took place.
    pub outcome: Outcome,
    /// Progress was looked back at together.
    pub review: bool,
    /// Where the referral came from, by the id of the choice; nothing for a group.
    pub referred_from: Option<String>,
    /// What came of the coaching, by the id of the choice: with it the coaching is finished. Nothing for a group.
    pub ended: Option<String>,
}

/// Whether a session took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Outcome {
    Attended,
    DidNotAttend,
    Cancelled,
}

impl Outcome {
    /// The outcome with this id; a session that says nothing was attended.
    #[must_use]
    pub fn from_id(id: Option<&str>) -> Outcome {
        match id {
            Some("did-not-attend") => Outcome::DidNotAttend,
            Some("cancelled") => Outcome::Cancelled,
            _ => Outcome::Attended,
        }
    }

    /// The id in the open form.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Outcome::Attended => "attended",
            Outcome::DidNotAttend => "did-not-attend",
            Outcome::Cancelled => "cancelled",
        }
    }
}

impl Visit {
    /// The visit a record is, if it is a session. What the form would not show of a group counts for nothing.
    #[must_use]
    pub fn of(record: &Record) -> Option<Visit> {
        if record.kind != "session" {
            return None;
        }
        let group = record.text("format") == Some("group");
        let own = |field: &str| text(&record.fields, field).map(str::to_owned).filter(|_| !group);
        Some(Visit {
            date: record.date,
            minutes: record.whole("minutes").unwrap_or(0),
            group,
            client: own("client"),
            practice: text(&record.fields, "practice").map(str::to_owned),
            outcome: Outcome::from_id(record.text("outcome")),
            review: yes(&record.fields, "review"),
            referred_from: own("referred_from"),
            ended: own("ended"),
        })
    }
}
