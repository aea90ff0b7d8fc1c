//! Attached files: taken in, and given back by their SHA-256.

use std::fs;
use std::path::Path;

use domain::{Attachment, Draft};
use uuid::Uuid;

use crate::failure::{Code, Failure};
use crate::files::{read_whole, write_whole};
use crate::vault::OpenVault;

impl OpenVault {
    /// The content of an attached file by its SHA-256, if it is there.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn attachment(&self, sha256: &str) -> Result<Option<Vec<u8>>, Failure> {
        Ok(self.vault.attachments().get(sha256)?)
    }

    /// Takes a file's content into the vault and gives back what a record holds of it.
    ///
    /// # Errors
    /// When the file cannot be read, is empty, or is over 200 MB.
    pub fn attach(&mut self, path: &Path) -> Result<Attachment, Failure> {
        let shown = path.display().to_string();
        // Before it is read, since a film would fill the memory. Where the size cannot be asked for, reading says why.
        fits(&shown, fs::metadata(path).map_or(1, |file| file.len()))?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        self.attach_content(name, &read_whole(path)?)
    }

    /// The same for content that was dropped or pasted and lies in no file that could be asked for.
    ///
    /// # Errors
    /// When it is empty or over 200 MB.
    pub fn attach_content(&mut self, name: String, content: &[u8]) -> Result<Attachment, Failure> {
        fits(&name, content.len() as u64)?;
        let sha256 =
            self.vault.transact(|writer| -> Result<String, Failure> { Ok(writer.attachments().put(content)?) })?;
        let bytes = u32::try_from(content.len()).unwrap_or(u32::MAX);
        Ok(Attachment { name, media_type: media_type(content).to_owned(), sha256, bytes, other: Draft::new() })
    }

    /// Writes the file of this name that a record has where the coach wants it.
    ///
    /// # Errors
    /// As [`OpenVault::save_attachment`]; also when there is no such record, or it has no such file.
    pub fn save_attachment_of(&self, id: Uuid, name: &str, path: &Path) -> Result<Attachment, Failure> {
        let record = self.record(id)?;
        // Two files of one name can come from elsewhere; each has its own sum.
        let is_it = |file: &&Attachment| file.name == name || file.sha256 == name;
        let Some(file) = record.attachments.iter().find(is_it) else {
            let failure = Failure::new(format!("\"{}\" has no file called \"{name}\".", record.title));
            let names: Vec<&str> = record.attachments.iter().map(|file| file.name.as_str()).collect();
            return Err(failure.hint(match names.as_slice() {
                [] => "Nothing is attached to it.".to_owned(),
                names => format!("Attached to it: {}.", names.join("; ")),
            }));
        };
        self.save_attachment(&file.sha256, path)?;
        Ok(file.clone())
    }

    /// Writes an attached file where the coach wants it, as it was when it was attached.
    ///
    /// # Errors
    /// When its content is missing from the vault, or the place cannot be written to.
    pub fn save_attachment(&self, sha256: &str, path: &Path) -> Result<(), Failure> {
        match self.attachment(sha256)? {
            Some(content) => write_whole(path, &content),
            None => Err(Failure::new("The content of this file is missing from the vault.").code(Code::Damaged)),
        }
    }
}

/// Whether a record can hold so many bytes.
fn fits(name: &str, bytes: u64) -> Result<(), Failure> {
    const MOST: u64 = 200 * 1024 * 1024;
    if bytes == 0 {
        return Err(Failure::new(format!("{name} is empty.")).hint("Choose the file that holds the content."));
    }
    if bytes > MOST {
        let failure = Failure::new(format!("{name} is over 200 MB, the most a record can hold."));
        return Err(failure.hint("Attach a smaller copy."));
    }
    Ok(())
}

/// What a file is, by its first bytes.
pub fn media_type(content: &[u8]) -> &'static str {
    infer::get(content).map_or_else(
        || if std::str::from_utf8(content).is_ok() { "text/plain" } else { "application/octet-stream" },
        |found| found.mime_type(),
    )
}
