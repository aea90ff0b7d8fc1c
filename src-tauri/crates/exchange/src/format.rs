//! Which formats there are, and telling them apart.

use std::path::Path;

use crate::open_form;
use crate::taken::Taken;

/// A format that records can be taken in from. Each is read by a file of its own in this crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The open form: JSON Lines, one record a line.
    OpenForm,
}

impl Format {
    /// The format of a file, by its name or, under any other name, by how its content begins.
    #[must_use]
    pub fn guess(path: &Path, content: &[u8]) -> Option<Format> {
        let extension = path.extension().and_then(|extension| extension.to_str()).map(str::to_lowercase);
        let by_name = matches!(extension.as_deref(), Some("jsonl" | "ndjson"));
        (by_name || open_form::is_likely(content)).then_some(Format::OpenForm)
    }

    /// What it is called, in the middle of a sentence.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Format::OpenForm => "the open form",
        }
    }

    /// Reads a file of this format, draft by draft as they are asked for.
    #[must_use]
    pub fn read(self, content: &[u8]) -> Taken<'_> {
        match self {
            Format::OpenForm => open_form::read(content),
        }
    }
}
