//! People who support the coach, and what the coach says of their own practice.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::fields::{day, listed, rows, text, texts, yes};
use crate::record::Record;

/// What one may have to speak to someone about first (B1570, section 4.2.2: a named contact for urgent questions and
/// for safeguarding, and someone for everything at work).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the form's own")]
pub enum Concern {
    Safeguarding,
    UrgentClinical,
    Work,
}

impl Concern {
    /// Every concern, the gravest first.
    pub const ALL: [Concern; 3] = [Concern::Safeguarding, Concern::UrgentClinical, Concern::Work];

    /// The id used in records, such as `urgent-clinical`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Concern::Safeguarding => "safeguarding",
            Concern::UrgentClinical => "urgent-clinical",
            Concern::Work => "work",
        }
    }
}

/// Someone who supports the coach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The record's id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Their role's id, such as `health-coaching-supervisor`.
    pub role: String,
    /// How to reach them.
    pub contact: Option<String>,
    /// Their tier, where it is known.
    pub tier: Option<u8>,
    /// They are recorded as more experienced than the coach.
    pub more_experienced: bool,
    /// What they are the first person to speak to about.
    pub concerns: Vec<Concern>,
    /// Standards for supervisors of which evidence was seen.
    pub standards: Vec<Seen>,
}

/// Evidence of a standard that the coach has seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// 1 to 8.
    pub standard: u8,
    /// How the coach knows.
    pub note: Option<String>,
    /// The day it was seen.
    pub date: Option<NaiveDate>,
}

impl Person {
    /// The person a record is, if it is one.
    #[must_use]
    pub fn of(record: &Record) -> Option<Person> {
        if record.kind != "person" {
            return None;
        }
        let role = record.text("role").unwrap_or_default();
        let mut concerns = texts(&record.fields, "concerns");
        // Whom to ask about safeguarding is what that role is for (B1570, section 5.6): it takes no tick of its own.
        if role == "safeguarding-lead" {
            concerns.push(Concern::Safeguarding.id());
        }
        let seen = |row| {
            let note = text(row, "note").map(str::to_owned);
            Some(Seen { standard: listed(row, "standard")?, note, date: day(row, "date") })
        };
        Some(Person {
            id: record.id,
            name: record.text("name").unwrap_or(&record.title).to_owned(),
            role: role.to_owned(),
            contact: text(&record.fields, "contact").map(str::to_owned),
            tier: record.whole("tier").and_then(|tier| u8::try_from(tier).ok()),
            more_experienced: yes(&record.fields, "more_experienced"),
            concerns: Concern::ALL.into_iter().filter(|concern| concerns.contains(&concern.id())).collect(),
            standards: rows(&record.fields, "standards").filter_map(seen).collect(),
        })
    }
}

/// What the coach wrote on one standard for supervisors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The record's id.
    pub id: Uuid,
    /// The day.
    pub date: NaiveDate,
    /// 1 to 8.
    pub standard: u8,
}

impl Statement {
    /// The statement a record is, if it is one on a standard.
    #[must_use]
    pub fn of(record: &Record) -> Option<Statement> {
        if record.kind != "statement" || record.text("about") != Some("supervisor-standard") {
            return None;
        }
        Some(Statement { id: record.id, date: record.date, standard: listed(&record.fields, "standard")? })
    }
}
