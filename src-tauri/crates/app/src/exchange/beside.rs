//! What lies beside a file of records: attached files, former versions, a coach's own models and framework.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use domain::digest::Sha256Hex;
use domain::prompts::Model;
use domain::{Attachment, Books, Framework, Record, Stamp, check};
use exchange::Format;
use uuid::Uuid;

use crate::failure::Failure;
use crate::files::read_whole;
use crate::installed::check_framework;

/// The records, a line each.
pub(super) const RECORDS: &str = "records.jsonl";
/// What records said before they were changed, a line each, earlier ones first.
pub(super) const VERSIONS: &str = "versions.jsonl";
/// The coach's own models, a JSON list.
pub(super) const MODELS: &str = "models.json";
/// The framework that was installed in the vault.
pub(super) const FRAMEWORK: &str = "framework.json";
/// The folder of attached files.
pub(super) const ATTACHMENTS: &str = "attachments";

/// A file of records and its neighbours.
pub(super) struct Beside {
    /// The file of records.
    pub(super) file: PathBuf,
    folder: PathBuf,
    /// The attached files there by their lengths; looked for when the first is wanted.
    by_length: Option<HashMap<u64, Vec<PathBuf>>>,
}

/// The content of an attached file, as it was looked for.
pub(super) enum Content {
    /// Here it is.
    At(PathBuf),
    /// What bears its SHA-256 as its name is so many bytes long.
    OfLength(u64),
    /// What bears its SHA-256 as its name has another one.
    Other,
    Missing,
}

impl Beside {
    /// A file that is handed in, or the one in a folder that an export filled.
    pub(super) fn of(path: &Path) -> Result<Beside, Failure> {
        let file = if path.is_dir() { path.join(RECORDS) } else { path.to_owned() };
        if path.is_dir() && !file.exists() {
            let failure = Failure::new(format!("There is no {RECORDS} in the folder {}.", path.display()));
            return Err(failure.hint("Give the folder that an export of everything filled, or a file."));
        }
        let folder = file.parent().unwrap_or(Path::new("")).to_owned();
        Ok(Beside { file, folder, by_length: None })
    }

    /// A neighbour, which only a whole export has.
    fn neighbour(&self, name: &str) -> Result<Option<Vec<u8>>, Failure> {
        let place = self.folder.join(name);
        let is_there = self.file.file_name().is_some_and(|name| name == RECORDS) && place.is_file();
        is_there.then(|| read_whole(&place)).transpose()
    }

    /// Where the content of an attached file lies: under its SHA-256 or, as an export writes it, under a name that opens.
    pub(super) fn content(&mut self, file: &Attachment) -> Result<Content, Failure> {
        let is_it = |place: &Path| read_whole(place).map(|content| Sha256Hex::of(&content).as_str() == file.sha256);
        let folder = self.folder.join(ATTACHMENTS);
        let place = folder.join(&file.sha256);
        // What is no file, such as a link to a device, need not end; nothing is read that has another length.
        match fs::metadata(&place).ok().filter(fs::Metadata::is_file).map(|there| there.len()) {
            Some(length) if length != u64::from(file.bytes) => return Ok(Content::OfLength(length)),
            Some(_) => return Ok(if is_it(&place)? { Content::At(place) } else { Content::Other }),
            None => {}
        }
        let by_length = self.by_length.get_or_insert_with(|| by_length(&folder));
        for place in by_length.get(&file.bytes.into()).into_iter().flatten() {
            if is_it(place)? {
                return Ok(Content::At(place.clone()));
            }
        }
        Ok(Content::Missing)
    }

    /// The framework, with the text of its file.
    pub(super) fn framework(&self) -> Result<Option<(String, Framework)>, Failure> {
        let Some(content) = self.neighbour(FRAMEWORK)? else { return Ok(None) };
        let text = String::from_utf8_lossy(&content).into_owned();
        let framework = check_framework(&text).map_err(|failure| self.in_neighbour(FRAMEWORK, failure))?;
        Ok(Some((text, framework)))
    }

    /// The coach's own models.
    pub(super) fn models(&self) -> Result<Vec<Model>, Failure> {
        let Some(content) = self.neighbour(MODELS)? else { return Ok(Vec::new()) };
        serde_json::from_slice(&content).map_err(|error| {
            let failure = Failure::new(format!("it is no list of models: {error}."));
            self.in_neighbour(MODELS, failure)
        })
    }

    /// What records said before they were changed, by their ids, earlier ones first; and how many lines say nothing that a
    /// record could have said.
    pub(super) fn versions(
        &self,
        books: Books<'_>,
        stamp: Stamp,
    ) -> Result<(HashMap<Uuid, Vec<Record>>, usize), Failure> {
        let (mut versions, mut strange): (HashMap<Uuid, Vec<Record>>, usize) = (HashMap::new(), 0);
        let content = self.neighbour(VERSIONS)?.unwrap_or_default();
        for taken in Format::OpenForm.read(&content).drafts {
            let draft = taken.ok().map(|taken| taken.draft).filter(|draft| draft.contains_key("id"));
            match draft.and_then(|draft| check(&draft, books, stamp).ok()) {
                Some(record) => versions.entry(record.id).or_default().push(record),
                None => strange += 1,
            }
        }
        Ok((versions, strange))
    }

    fn in_neighbour(&self, name: &str, failure: Failure) -> Failure {
        let place = self.folder.join(name);
        let message =
            format!("{}, which lies beside the records, cannot be read: {}", place.display(), failure.message);
        Failure { message, ..failure }.hint("Mend it, or take it away from there to do without it.")
    }
}

fn by_length(folder: &Path) -> HashMap<u64, Vec<PathBuf>> {
    let mut by_length: HashMap<u64, Vec<PathBuf>> = HashMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if let Ok(there) = fs::metadata(entry.path())
            && there.is_file()
        {
            by_length.entry(there.len()).or_default().push(entry.path());
        }
    }
    by_length
}
