//! The log of what was given out: when, for whom, and by which fingerprint a file can be known again.

use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use domain::Audience;
use serde::{Deserialize, Serialize};

use super::report::ExportReport;
use crate::failure::Failure;
use crate::vault::OpenVault;

/// A file that was given out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Release {
    /// When it was written.
    pub at: DateTime<Utc>,
    /// The file's name, without folders.
    pub name: String,
    /// SHA-256 of the file, in lower-case hexadecimal.
    pub sha256: String,
    /// SHA-256 of what it was made from, in lower-case hexadecimal.
    pub fingerprint: String,
    /// For whom it is.
    pub audience: Audience,
    /// The period's first day, where one was given.
    pub from: Option<NaiveDate>,
    /// The period's last day, where one was given.
    pub to: Option<NaiveDate>,
    /// How many records it holds.
    pub records: u32,
    /// How many pages it has.
    pub pages: u32,
}

impl OpenVault {
    /// Notes in the log what was written; what was only looked at is not noted.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn note_release(&mut self, report: &ExportReport) -> Result<(), Failure> {
        let Some(path) = &report.path else { return Ok(()) };
        let name = Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let release = Release {
            at: self.clock.now(),
            name,
            sha256: report.sha256.clone(),
            fingerprint: report.fingerprint.clone(),
            audience: report.audience,
            from: report.from,
            to: report.to,
            records: report.records,
            pages: report.pages,
        };
        let text = serde_json::json!(release).to_string();
        let noted: Result<(), Failure> = self.vault.transact(|writer| Ok(writer.releases().note(&text)?));
        noted.map_err(|failure| {
            Failure::new(format!("{path} is written, but the log of what was given out was not: {}", failure.message))
        })
    }

    /// Everything that was given out, the latest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn releases(&self) -> Result<Vec<Release>, Failure> {
        let noted = self.vault.releases().all()?;
        // What does not read was written by a later version, and stays in the vault.
        Ok(noted.iter().filter_map(|text| serde_json::from_str(text).ok()).collect())
    }
}
