//! Taking records in from files: all of a file, or none of it.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use domain::Record;
use domain::digest::Sha256Hex;
use exchange::{LineProblem, Read, open_form};
use serde::Serialize;
use uuid::Uuid;

use crate::failure::Failure;
use crate::files;
use crate::vault::OpenVault;

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
    /// Records that were in the bin and are newer in the file: they are back, as the file has them.
    pub restored: u32,
    /// Records that are in the bin; they were left there.
    pub kept_in_bin: u32,
    /// Records that were deleted for good; they were left out.
    pub kept_deleted: u32,
    /// Records that were deleted for good and are back, because it was asked for.
    pub brought_back: u32,
    /// Nothing was stored; this is what would have happened.
    pub dry_run: bool,
}

/// How files are taken in; the default is all that is new or newer, each file in the format that it shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Importing {
    /// The format of all the files.
    pub format: Option<Format>,
    /// Store nothing and say what would happen.
    pub dry_run: bool,
    /// Take what was deleted for good as well.
    pub bring_back: bool,
}

/// From so many records on, the search index is merged once at the end.
const MANY: usize = 500;
/// After so many records it is told how much is done.
const STEP: usize = 250;

/// What was taken of all files so far.
struct Taken {
    how: Importing,
    records: Vec<Record>,
    attachments: Vec<PathBuf>,
    /// Where each id was read first, and what was said there.
    ids: HashMap<Uuid, (String, usize, Sha256Hex)>,
    /// The one record of each kind of which a vault has one.
    singles: HashMap<String, Uuid>,
    /// What is in the bin, and when each was last changed.
    bin: HashMap<Uuid, DateTime<Utc>>,
    restore: Vec<Uuid>,
    /// What was deleted for good.
    deleted: HashSet<Uuid>,
    bring_back: Vec<Uuid>,
    /// There was no record before, so that none has to be looked for.
    is_first: bool,
    sums: Imported,
}

impl OpenVault {
    /// Takes records in. Importing the same file again changes nothing.
    ///
    /// # Errors
    /// Every problem of the first file that has any, with line and field; nothing of any file is stored then.
    pub fn import(&mut self, paths: &[PathBuf], how: Importing) -> Result<Imported, Failure> {
        self.import_telling(paths, how, &mut |_| ())
    }

    /// The same, telling how much is done, from 0 to 1.
    ///
    /// # Errors
    /// As [`OpenVault::import`].
    pub fn import_telling(
        &mut self,
        paths: &[PathBuf],
        how: Importing,
        progress: &mut dyn FnMut(f32),
    ) -> Result<Imported, Failure> {
        let Importing { format, dry_run, .. } = how;
        let mut taken = Taken {
            how,
            records: Vec::new(),
            attachments: Vec::new(),
            ids: HashMap::new(),
            singles: HashMap::new(),
            bin: self.vault.bin().all()?.into_iter().map(|kept| (kept.record.id, kept.record.modified)).collect(),
            restore: Vec::new(),
            deleted: self.vault.tombstones().all()?.into_iter().map(|stone| stone.record).collect(),
            bring_back: Vec::new(),
            is_first: self.vault.records().count(&vault::Filter { limit: Some(1), ..Default::default() })? == 0,
            sums: Imported { dry_run, ..Imported::default() },
        };
        for (number, path) in paths.iter().enumerate() {
            // Reading is the first half of the work, storing the second.
            let mut told = |done: f32| progress((number as f32 + done) / paths.len() as f32 * 0.5);
            match format.or_else(|| guess(path)) {
                Some(Format::JsonLines) => self.take_open_form(path, &mut taken, &mut told)?,
                None => {
                    let failure = Failure::new(format!("{} is in no format that can be imported.", path.display()));
                    return Err(failure.hint("This version reads the open form: a .jsonl file, one record a line."));
                }
            }
        }
        if !dry_run {
            // In the order of days the table grows at its end.
            taken.records.sort_by_key(|record| (record.date, record.id));
            let kinds = &self.kinds;
            self.vault.transact(|writer| -> Result<(), Failure> {
                for path in &taken.attachments {
                    writer.attachments().put(&files::read_whole(path)?)?;
                }
                for id in &taken.restore {
                    writer.records().restore(*id, kinds)?;
                }
                for id in &taken.bring_back {
                    writer.tombstones().remove(*id)?;
                }
                let many = taken.records.len() >= MANY;
                if many {
                    writer.search().in_bulk()?;
                }
                for (number, record) in taken.records.iter().enumerate() {
                    writer.records().save(record, kinds)?;
                    if number.is_multiple_of(STEP) {
                        progress(0.5 + 0.45 * number as f32 / taken.records.len() as f32);
                    }
                }
                if many {
                    writer.search().settle()?;
                }
                Ok(())
            })?;
        }
        Ok(taken.sums)
    }

    fn take_open_form(&self, path: &Path, taken: &mut Taken, told: &mut dyn FnMut(f32)) -> Result<(), Failure> {
        let shown = path.display().to_string();
        let content = files::read_whole(path)?;
        let lines = content.split(|byte| *byte == b'\n').count().max(1);
        let mut line = 0;
        let read = open_form::read(&content, self.books(), || {
            line += 1;
            if line % STEP == 0 {
                told(line as f32 / lines as f32);
            }
            self.stamp()
        });
        let read = read.map_err(|problems| Failure::of_file(&shown, problems))?;
        let beside = path.parent().unwrap_or(Path::new("")).join("attachments");
        let mut problems = Vec::new();
        for item in read {
            let line = item.line;
            let mut add = |field: String, message: String| problems.push(LineProblem { line, field, message });
            let said = item.record.sha256();
            if let Some((earlier, at, as_said)) = taken.ids.get(&item.record.id) {
                if *as_said != said {
                    let message = format!("line {at} of {earlier} has the same id and says something else");
                    add("id".to_owned(), message);
                }
                continue;
            }
            taken.ids.insert(item.record.id, (shown.clone(), line, said.clone()));
            // Before its files are looked for: nothing of it is taken into the vault.
            if taken.deleted.contains(&item.record.id) && !taken.how.bring_back {
                taken.sums.kept_deleted += 1;
                continue;
            }
            for (index, file) in item.record.attachments.iter().enumerate() {
                let mut hold = |bytes: u64| {
                    if bytes != u64::from(file.bytes) {
                        add(
                            format!("attachments[{index}].bytes"),
                            format!("expected {bytes}, the length of \"{}\", found {}", file.name, file.bytes),
                        );
                    }
                };
                if let Some(bytes) = self.vault.attachments().length(&file.sha256)? {
                    hold(bytes);
                    continue;
                }
                let place = beside.join(&file.sha256);
                match files::read_whole(&place) {
                    Ok(content) if Sha256Hex::of(&content).as_str() == file.sha256 => {
                        hold(content.len() as u64);
                        taken.attachments.push(place);
                    }
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
            } else if self.kinds.of(&item.record).is_some_and(|kind| kind.single) {
                let earlier = taken.singles.insert(item.record.kind.clone(), item.record.id);
                if earlier.is_some_and(|earlier| earlier != item.record.id) {
                    add("kind".to_owned(), format!("there is more than one {} in what is imported", item.record.kind));
                }
            }
            self.sort_in(item, &said, taken)?;
        }
        if problems.is_empty() { Ok(()) } else { Err(Failure::of_file(&shown, problems)) }
    }

    /// Holds what was read against what is there. The newer of two versions stays: an import never undoes later work.
    fn sort_in(&self, read: Read, said: &Sha256Hex, taken: &mut Taken) -> Result<(), Failure> {
        let mut record = read.record;
        if let Some(modified) = taken.bin.get(&record.id) {
            if read.has_modified && record.modified > *modified {
                taken.sums.restored += 1;
                taken.restore.push(record.id);
                taken.records.push(record);
            } else {
                taken.sums.kept_in_bin += 1;
            }
            return Ok(());
        }
        if taken.deleted.contains(&record.id) {
            taken.sums.brought_back += 1;
            taken.bring_back.push(record.id);
            taken.records.push(record);
            return Ok(());
        }
        let known = if taken.is_first { None } else { self.vault.records().standing(record.id)? };
        let Some(known) = known else {
            taken.sums.added += 1;
            taken.records.push(record);
            return Ok(());
        };
        if known.sha256 == *said {
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
