//! Taking records in from files: all of a file, or none of it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use domain::Record;
use exchange::open_form::same_but_for_times;
use exchange::{LineProblem, Read, open_form};
use serde::Serialize;

use crate::failure::Failure;
use crate::files;
use crate::open_vault::OpenVault;

/// The formats that can be taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The open form: JSON Lines.
    JsonLines,
}

/// What an import did, or with a dry run would do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Imported {
    /// Records that were new.
    pub added: u32,
    /// Records that said something else before.
    pub changed: u32,
    /// Records that stood here already, word for word.
    pub unchanged: u32,
    /// Records that were changed here after the file was written; they were left as they are.
    pub kept_newer: u32,
    /// Nothing was stored; this is what would have happened.
    pub dry_run: bool,
}

struct Taken {
    records: Vec<Record>,
    attachments: Vec<PathBuf>,
    sums: Imported,
}

impl OpenVault {
    /// Takes records in. Importing the same file again changes nothing.
    ///
    /// # Errors
    /// Every problem of the first file that has any, with line and field; nothing of any file is stored then.
    pub fn import(&mut self, paths: &[PathBuf], format: Option<Format>, dry_run: bool) -> Result<Imported, Failure> {
        let mut taken =
            Taken { records: Vec::new(), attachments: Vec::new(), sums: Imported { dry_run, ..Imported::default() } };
        for path in paths {
            match format.or_else(|| guess(path)) {
                Some(Format::JsonLines) => self.take_open_form(path, &mut taken)?,
                None => {
                    let failure = Failure::new(format!("{} is in no format that can be imported.", path.display()));
                    return Err(failure.hint("This version reads the open form: a .jsonl file, one record a line."));
                }
            }
        }
        if !dry_run {
            let kinds = &self.kinds;
            self.vault.transact(|writer| -> Result<(), Failure> {
                for path in &taken.attachments {
                    writer.put_attachment(&files::read_whole(path)?)?;
                }
                for record in &taken.records {
                    writer.save(record, kinds)?;
                }
                Ok(())
            })?;
        }
        Ok(taken.sums)
    }

    fn take_open_form(&self, path: &Path, taken: &mut Taken) -> Result<(), Failure> {
        let shown = path.display().to_string();
        let content = files::read_whole(path)?;
        let read = open_form::read(&content, self.books(), || self.stamp());
        let read = read.map_err(|problems| Failure::of_file(&shown, problems))?;
        let beside = path.parent().unwrap_or(Path::new("")).join("attachments");
        let mut problems = Vec::new();
        let mut singles: HashMap<String, Record> = HashMap::new();
        for item in read {
            let line = item.line;
            let mut add = |field: String, message: String| problems.push(LineProblem { line, field, message });
            for (index, file) in item.record.attachments.iter().enumerate() {
                if self.vault.has_attachment(&file.sha256)? {
                    continue;
                }
                let place = beside.join(&file.sha256);
                match files::read_whole(&place) {
                    Ok(content) if vault::sha256(&content) == file.sha256 => taken.attachments.push(place),
                    Ok(_) => add(
                        format!("attachments[{index}].sha256"),
                        format!("attachments/{} beside this file holds something else than its name says", file.sha256),
                    ),
                    Err(_) => add(
                        format!("attachments[{index}]"),
                        format!(
                            "expected the content of \"{}\" in attachments/{} beside this file",
                            file.name, file.sha256
                        ),
                    ),
                }
            }
            let second = self.second_of_a_single(&item.record)?;
            if let Some(problem) = second {
                add(problem.field, problem.message);
            } else if self.kinds.get(&item.record.kind).is_some_and(|kind| kind.single) {
                let earlier = singles.insert(item.record.kind.clone(), item.record.clone());
                if earlier.is_some_and(|earlier| earlier.id != item.record.id) {
                    add("kind".to_owned(), format!("this file has more than one {}", item.record.kind));
                }
            }
            self.sort_in(item, taken)?;
        }
        if problems.is_empty() { Ok(()) } else { Err(Failure::of_file(&shown, problems)) }
    }

    /// Holds what was read against what is there. The newer of two versions stays: an import never undoes later work.
    fn sort_in(&self, read: Read, taken: &mut Taken) -> Result<(), Failure> {
        let mut record = read.record;
        let Some(known) = self.vault.record(record.id)? else {
            taken.sums.added += 1;
            taken.records.push(record);
            return Ok(());
        };
        if same_but_for_times(&known, &record) {
            taken.sums.unchanged += 1;
        } else if read.has_modified && record.modified < known.modified {
            taken.sums.kept_newer += 1;
        } else {
            if !read.has_created {
                record.created = known.created;
            }
            taken.sums.changed += 1;
            taken.records.push(record);
        }
        Ok(())
    }
}

/// The open form by its name or, under any other name, by a first line that is a JSON object.
fn guess(path: &Path) -> Option<Format> {
    let extension = path.extension().and_then(|extension| extension.to_str()).map(str::to_lowercase);
    if matches!(extension.as_deref(), Some("jsonl" | "ndjson")) {
        return Some(Format::JsonLines);
    }
    let content = std::fs::read(path).ok()?;
    let first = content.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty())?;
    let is_object = serde_json::from_slice::<serde_json::Value>(first).is_ok_and(|value| value.is_object());
    is_object.then_some(Format::JsonLines)
}
