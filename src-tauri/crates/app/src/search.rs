//! Finding records by a filter or by words, and each as a line of a list.

use chrono::NaiveDate;
use domain::kind::{FieldType, label};
use domain::words::length;
use domain::{Kind, Record};
use serde::Serialize;
use uuid::Uuid;
use vault::{Filter, Found};

use crate::failure::Failure;
use crate::vault::OpenVault;

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RecordPage {
    /// The records of the page.
    pub records: Vec<RecordLine>,
    /// How many the filter finds in all.
    pub total: u32,
}

/// A record as a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RecordLine {
    /// Its id.
    pub id: Uuid,
    /// Its kind's id.
    pub kind: String,
    /// The day it happened.
    pub date: NaiveDate,
    /// Its title.
    pub title: String,
    /// The numbers of the competencies it is put forward for.
    pub competencies: Vec<String>,
    /// "50 minutes · one-to-one".
    pub facts: String,
}

impl OpenVault {
    /// The records a filter finds, newest first, in the open form.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn records(&self, filter: &Filter) -> Result<Vec<Record>, Failure> {
        Ok(self.vault.records().list(filter)?)
    }

    /// The same as lines of a list.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn list(&self, filter: &Filter) -> Result<RecordPage, Failure> {
        let records = self.records(filter)?.iter().map(|record| self.line(record)).collect();
        let total = self.vault.records().count(filter)?;
        Ok(RecordPage { records, total: u32::try_from(total).unwrap_or(u32::MAX) })
    }

    /// These records as lines, in the order asked for; ids that are not there are left out.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn lines(&self, ids: &[Uuid]) -> Result<Vec<RecordLine>, Failure> {
        let mut lines = Vec::with_capacity(ids.len());
        for id in ids {
            lines.extend(self.vault.records().get(*id)?.map(|record| self.line(&record)));
        }
        Ok(lines)
    }

    /// Finds records by words in their title, text, answers and claims.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn search(&self, query: &str, limit: u32) -> Result<Found, Failure> {
        Ok(self.vault.search().find(query, None, limit)?)
    }

    pub(crate) fn line(&self, record: &Record) -> RecordLine {
        let mut competencies: Vec<String> = record.claims.iter().map(|claim| claim.competency.clone()).collect();
        competencies.dedup();
        RecordLine {
            id: record.id,
            kind: record.kind.clone(),
            date: record.date,
            title: record.title.clone(),
            competencies,
            facts: self.kinds.of(record).map(|kind| facts(kind, record)).unwrap_or_default(),
        }
    }
}

/// The minutes and the first two choices of a record, as people read them.
fn facts(kind: &Kind, record: &Record) -> String {
    let mut minutes = Vec::new();
    let mut choices = Vec::new();
    for (_, field, value) in kind.values(&record.fields).visible().shallow() {
        match &field.holds {
            FieldType::Minutes { .. } => minutes.extend(record.whole(&field.id).map(length)),
            FieldType::Choice { options, .. } => {
                choices.extend(value.as_str().map(|chosen| label(options, chosen).to_owned()));
            }
            FieldType::Text
            | FieldType::Markdown
            | FieldType::Whole { .. }
            | FieldType::Number { .. }
            | FieldType::YesNo
            | FieldType::Date { .. }
            | FieldType::Framework { .. }
            | FieldType::Record { .. }
            | FieldType::Attachment
            | FieldType::Answers { .. }
            | FieldType::Group { .. }
            | FieldType::List { .. } => {}
        }
    }
    choices.truncate(2);
    minutes.extend(choices);
    minutes.join(" · ")
}
