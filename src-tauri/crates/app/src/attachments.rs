//! Attached files: taken in, and given back by their SHA-256.

use std::fs;
use std::path::Path;

use domain::{Attachment, Draft};

use crate::failure::Failure;
use crate::files::read_whole;
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
        const MOST: u64 = 200 * 1024 * 1024;
        let shown = path.display();
        // Before it is read, since a film would fill the memory. Where the size cannot be asked for, reading says why.
        let bytes = fs::metadata(path).map_or(1, |file| file.len());
        if bytes == 0 {
            return Err(Failure::new(format!("{shown} is empty.")).hint("Choose the file that holds the content."));
        }
        if bytes > MOST {
            let failure = Failure::new(format!("{shown} is over 200 MB, the most a record can hold."));
            return Err(failure.hint("Attach a smaller copy."));
        }
        let content = read_whole(path)?;
        let sha256 =
            self.vault.transact(|writer| -> Result<String, Failure> { Ok(writer.attachments().put(&content)?) })?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let media_type = media_type(&content).to_owned();
        let bytes = u32::try_from(content.len()).unwrap_or(u32::MAX);
        Ok(Attachment { name, media_type, sha256, bytes, other: Draft::new() })
    }
}

/// What a file is, by its first bytes.
fn media_type(content: &[u8]) -> &'static str {
    infer::get(content).map_or_else(
        || if std::str::from_utf8(content).is_ok() { "text/plain" } else { "application/octet-stream" },
        |found| found.mime_type(),
    )
}
