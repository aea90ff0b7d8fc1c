//! Everything in the open form, as the coach takes it along.

use std::collections::HashSet;
use std::path::Path;

use domain::{Attachment, Record};
use exchange::open_form;
use serde::Serialize;

use super::beside::{ATTACHMENTS, FRAMEWORK, MODELS, RECORDS, VERSIONS};
use super::former::Former;
use crate::failure::{Code, Failure};
use crate::files::Filling;
use crate::installed;
use crate::vault::OpenVault;

/// What was written in the open form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct WrittenOpenForm {
    /// The file with the records.
    pub path: String,
    /// How many records.
    pub records: u32,
    /// How many versions that they had before, in a file beside it.
    pub versions: u32,
    /// How many models of the coach's own, in a file beside it.
    pub models: u32,
    /// How many files lie in `attachments` beside it.
    pub attachments: u32,
    /// What a reader should know, such as records that could not be read.
    pub notes: Vec<String>,
}

impl OpenVault {
    /// Writes everything in the open form into a folder: `records.jsonl`, oldest first, and `attachments`; beside them what
    /// the records said before, the coach's own models and the vault's own framework, where there are any. What an earlier
    /// export left there and is not in the vault any more goes.
    ///
    /// # Errors
    /// When something cannot be written; what was begun is removed again.
    pub fn export_open_form(&self, folder: &Path) -> Result<WrittenOpenForm, Failure> {
        let mut records = self.vault.records().list(&vault::Filter::default())?;
        records.sort_by_key(|record| (record.date, record.id));
        let mut notes = self.left_out();
        let versions = self.former_versions(&records, &mut notes)?;
        let mut former = Former::of(folder);
        let mut filling = Filling::begin(folder)?;
        let mut written = HashSet::new();
        let mut seen = HashSet::new();
        let files = records.iter().chain(&versions).flat_map(|record| &record.attachments);
        let files: Vec<&Attachment> = files.filter(|file| seen.insert(&file.sha256)).collect();
        if !files.is_empty() {
            filling.folder(&folder.join(ATTACHMENTS))?;
        }
        for file in &files {
            let content = self.attachment(&file.sha256)?.ok_or_else(|| {
                let name = &file.name;
                Failure::new(format!("The content of \"{name}\" is missing from the vault.")).code(Code::Damaged)
            })?;
            let place = folder.join(ATTACHMENTS).join(former.name(file, &content));
            filling.write(&place, &content)?;
            written.insert(place);
        }
        let models = (!self.own_models.is_empty()).then(|| serde_json::to_string_pretty(&self.own_models)).transpose();
        let models = models.map_err(|error| Failure::new(format!("The models cannot be written: {error}.")))?;
        let beside = [
            (VERSIONS, (!versions.is_empty()).then(|| lines(&versions)).transpose()?),
            (MODELS, models.map(|text| text + "\n")),
            (FRAMEWORK, self.vault.installed().get(installed::FRAMEWORK)?),
        ];
        for (name, text) in beside.into_iter().filter_map(|(name, text)| Some((name, text?))) {
            filling.write(&folder.join(name), text.as_bytes())?;
            written.insert(folder.join(name));
        }
        let path = folder.join(RECORDS);
        filling.write(&path, lines(&records)?.as_bytes())?;
        filling.finish();
        notes.extend(former.clear(&written));
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(WrittenOpenForm {
            path: path.display().to_string(),
            records: count(records.len()),
            versions: count(versions.len()),
            models: count(self.own_models.len()),
            attachments: count(files.len()),
            notes,
        })
    }

    /// What these records said before they were changed, earlier versions of each first.
    fn former_versions(&self, records: &[Record], notes: &mut Vec<String>) -> Result<Vec<Record>, Failure> {
        let with: HashSet<_> = self.vault.versions().ids()?.into_iter().collect();
        let mut versions = Vec::new();
        for record in records.iter().filter(|record| with.contains(&record.id)) {
            match self.vault.versions().of(record.id) {
                Ok(kept) => versions.extend(kept.into_iter().rev().map(|version| version.record)),
                Err(vault::VaultError::Unreadable { id }) => {
                    notes.push(format!("What record {id} said before could not be read and was left out."));
                }
                Err(other) => return Err(other.into()),
            }
        }
        Ok(versions)
    }
}

/// Records, a line each.
fn lines(records: &[Record]) -> Result<String, Failure> {
    let mut text = String::new();
    for record in records {
        let line = open_form::write(record);
        text += &line.map_err(|error| Failure::new(format!("Record {} cannot be written: {error}.", record.id)))?;
    }
    Ok(text)
}
