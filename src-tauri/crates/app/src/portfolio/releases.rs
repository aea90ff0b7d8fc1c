//! The log of what was given out: when, for whom, and by which fingerprint a file can be known again.

use std::path::Path;

use chrono::{DateTime, Utc};
use domain::Audience;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::report::{ExportReport, Imprint};
use super::sheet::Sheet;
use super::write::FinishedPortfolio;
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
    /// What it is known by, as its report said.
    #[serde(flatten)]
    pub imprint: Imprint,
}

/// Reads a line of the log. Earlier ones do not say what was written, but for its name, and nothing for the whole.
fn read(noted: &str) -> Option<Release> {
    let mut noted: Map<String, Value> = serde_json::from_str(noted).ok()?;
    let page = noted.get("name").and_then(Value::as_str).is_some_and(|name| name.to_lowercase().ends_with(".html"));
    noted.entry("sheet").or_insert(json!(if page { Sheet::Html } else { Sheet::Pdf }));
    if noted.get("audience").is_none_or(Value::is_null) {
        noted.insert("audience".to_owned(), json!(Audience::default()));
    }
    serde_json::from_value(Value::Object(noted)).ok()
}

impl OpenVault {
    /// Notes in the log what was written, and gives its report; what was only looked at is not noted.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn note_release(&mut self, FinishedPortfolio(report): FinishedPortfolio) -> Result<ExportReport, Failure> {
        let Some(path) = &report.path else { return Ok(report) };
        let name = Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let release = Release { at: self.clock.now(), name, imprint: report.imprint.clone() };
        let text = json!(release).to_string();
        let noted: Result<(), Failure> = self.vault.transact(|writer| Ok(writer.releases().note(&text)?));
        noted.map_err(|failure| {
            Failure::new(format!("{path} is written, but the log of what was given out was not: {}", failure.message))
        })?;
        Ok(report)
    }

    /// Everything that was given out, latest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn releases(&self) -> Result<Vec<Release>, Failure> {
        let noted = self.vault.releases().all()?;
        // What cannot be read was written by a later version, and stays in the vault.
        Ok(noted.iter().filter_map(|noted| read(noted)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_noted_before_the_log_said_what_it_was_is_still_read() {
        let noted = |name: &str, more: Value| {
            let mut line = json!({
                "at": "2026-05-01T12:00:00Z", "name": name, "sha256": "a".repeat(64), "fingerprint": "c".repeat(64),
                "audience": null, "from": null, "to": "2026-04-30", "records": 3, "pages": 1,
            });
            line.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            read(&line.to_string())
        };
        let imprint = |name: &str, more: Value| noted(name, more).unwrap().imprint;
        assert_eq!(imprint("Portfolio.pdf", json!({})).sheet, Sheet::Pdf);
        assert_eq!(imprint("Page.HTML", json!({})).sheet, Sheet::Html);
        assert_eq!(imprint("odd.html", json!({ "sheet": "pdf" })).sheet, Sheet::Pdf);
        assert_eq!(imprint("a.pdf", json!({})).audience, Audience::default());
        assert_eq!(imprint("a.pdf", json!({ "audience": "clinical" })).audience, Audience::Clinical);
        // A later version's.
        assert_eq!(noted("a.zip", json!({ "sheet": "pack" })), None);
    }
}
