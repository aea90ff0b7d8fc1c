//! What was agreed, put aside or asked: views for the agenda of the next supervision.

use chrono::NaiveDate;
use uuid::Uuid;

use super::fields::{day, reference, rows, text, texts};
use crate::framework::SupervisionType;
use crate::record::Record;

/// A supervision, as far as what was agreed and talked about goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The record's id.
    pub id: Uuid,
    /// The day.
    pub date: NaiveDate,
    /// Its title.
    pub title: String,
    /// Which of the three.
    pub supervision: SupervisionType,
    /// What was agreed, in its order.
    pub actions: Vec<Action>,
    /// The entries that were taken from the agenda.
    pub discussed: Vec<Uuid>,
}

/// Something that was agreed in a supervision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What.
    pub text: String,
    /// By when.
    pub due: Option<NaiveDate>,
    /// Since when it is done.
    pub done: Option<NaiveDate>,
}

impl Meeting {
    /// The supervision a record is, if it is one.
    #[must_use]
    pub fn of(record: &Record) -> Option<Meeting> {
        if record.kind != "supervision" {
            return None;
        }
        let action = |row| Action {
            text: text(row, "text").unwrap_or_default().to_owned(),
            due: day(row, "due"),
            done: day(row, "done"),
        };
        Some(Meeting {
            id: record.id,
            date: record.date,
            title: record.title.clone(),
            supervision: SupervisionType::from_id(record.text("type")?)?,
            actions: rows(&record.fields, "actions").map(action).collect(),
            discussed: texts(&record.fields, "discussed").into_iter().filter_map(|id| id.parse().ok()).collect(),
        })
    }
}

/// An entry that was put aside for a supervision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parked {
    /// The record's id.
    pub id: Uuid,
    /// Its kind's id.
    pub kind: String,
    /// The day it happened.
    pub date: NaiveDate,
    /// Its title.
    pub title: String,
    /// For which of the three.
    pub supervision: SupervisionType,
}

impl Parked {
    /// The entry a record is, if it was put aside.
    #[must_use]
    pub fn of(record: &Record) -> Option<Parked> {
        Some(Parked {
            id: record.id,
            kind: record.kind.clone(),
            date: record.date,
            title: record.title.clone(),
            supervision: SupervisionType::from_id(record.text("for_supervision")?)?,
        })
    }
}

/// A clinical question that could not wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClinicalQuestion {
    /// The id of the record it is in.
    pub id: Uuid,
    /// That record's kind.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// The question.
    pub question: String,
    /// Who was asked.
    pub asked_of: Option<Uuid>,
    /// When; the record's day where that is not said.
    pub asked: NaiveDate,
    /// There is an answer, or the day of one.
    pub answered: bool,
}

impl ClinicalQuestion {
    /// The question a record holds, if it holds one.
    #[must_use]
    pub fn of(record: &Record) -> Option<ClinicalQuestion> {
        let fields = record.fields.get("clinical_question")?.as_object()?;
        Some(ClinicalQuestion {
            id: record.id,
            kind: record.kind.clone(),
            title: record.title.clone(),
            question: text(fields, "question")?.to_owned(),
            asked_of: reference(fields, "asked_of"),
            asked: day(fields, "asked").unwrap_or(record.date),
            answered: text(fields, "answer").is_some() || day(fields, "answered").is_some(),
        })
    }
}
