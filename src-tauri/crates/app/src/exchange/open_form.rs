//! Everything in the open form, as the coach takes it along.

use std::path::Path;

use exchange::open_form;
use serde::Serialize;

use crate::failure::{Code, Failure};
use crate::files::Filling;
use crate::vault::OpenVault;

/// What was written in the open form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct WrittenOpenForm {
    /// The file with the records.
    pub path: String,
    /// How many records.
    pub records: u32,
    /// How many files lie in `attachments` beside it.
    pub attachments: u32,
    /// What a reader should know, such as records that could not be read.
    pub notes: Vec<String>,
}

impl OpenVault {
    /// Writes every record in the open form into a folder: `records.jsonl`, oldest first, and `attachments`.
    ///
    /// # Errors
    /// When something cannot be written; what was begun is removed again.
    pub fn export_open_form(&self, folder: &Path) -> Result<WrittenOpenForm, Failure> {
        let mut records = self.vault.records().list(&vault::Filter::default())?;
        records.sort_by_key(|record| (record.date, record.id));
        let mut text = String::new();
        let mut names: Vec<&str> = Vec::new();
        for record in &records {
            let line = open_form::write(record);
            text += &line.map_err(|error| Failure::new(format!("Record {} cannot be written: {error}.", record.id)))?;
            names.extend(record.attachments.iter().map(|file| file.sha256.as_str()));
        }
        names.sort_unstable();
        names.dedup();
        let mut filling = Filling::begin(folder)?;
        let attachments = folder.join("attachments");
        if !names.is_empty() {
            filling.folder(&attachments)?;
        }
        for name in &names {
            let content = self.vault.attachments().get(name)?;
            let content = content.ok_or_else(|| {
                Failure::new(format!("The content of attachment {name} is missing from the vault.")).code(Code::Damaged)
            })?;
            filling.write(&attachments.join(name), &content)?;
        }
        let path = folder.join("records.jsonl");
        filling.write(&path, text.as_bytes())?;
        filling.finish();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(WrittenOpenForm {
            path: path.display().to_string(),
            records: count(records.len()),
            attachments: count(names.len()),
            notes: self.left_out(),
        })
    }
}
