//! Taking records in from files: read, held against what is there, and stored, all of it or none.

use std::path::PathBuf;

use domain::Record;
use exchange::Format;

use super::holding::{Holding, Imported, STEP, ToStore};
use super::uncounted;
use crate::failure::Failure;
use crate::files;
use crate::signoff::Shelves;
use crate::vault::OpenVault;

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
        let mut holding = Holding::begin(self, how.bring_back)?;
        for (number, path) in paths.iter().enumerate() {
            let content = files::read_whole(path)?;
            let Some(format) = how.format.or_else(|| Format::guess(path, &content)) else {
                let failure = Failure::new(format!("{} is in no format that can be imported.", path.display()));
                return Err(failure.hint("This version reads the open form: a .jsonl file, one record a line."));
            };
            // Reading is the first half of the work, storing the second.
            let mut told = |done: f32| progress((number as f32 + done) / paths.len() as f32 * 0.5);
            holding.take(path, format, format.read(&content), &mut told)?;
        }
        let (store, mut sums) = holding.done();
        sums.notes.extend(uncounted::told(self, &store.records)?);
        if !how.dry_run {
            self.store(&store, progress)?;
        }
        Ok(Imported { dry_run: how.dry_run, ..sums })
    }

    /// Stores what is to be stored in one transaction.
    fn store(&mut self, store: &ToStore, progress: &mut dyn FnMut(f32)) -> Result<(), Failure> {
        let (kinds, framework, today) = (&self.kinds, &self.framework, self.clock.today());
        self.vault.transact(|writer| -> Result<(), Failure> {
            for content in store.contents.values() {
                writer.attachments().put(content)?;
            }
            for path in &store.beside {
                writer.attachments().put(&files::read_whole(path)?)?;
            }
            for id in &store.restore {
                writer.records().restore(*id, kinds)?;
            }
            for id in &store.bring_back {
                writer.tombstones().remove(*id)?;
            }
            let many = store.records.len() >= MANY;
            if many {
                writer.search().in_bulk()?;
            }
            // Of a sign-off is noted what was there to be signed, so that all of that comes first.
            let (signed, others): (Vec<&Record>, Vec<&Record>) =
                store.records.iter().partition(|record| record.kind == "sign-off");
            for (number, record) in others.into_iter().chain(signed).enumerate() {
                if record.kind == "sign-off" {
                    let mut record = record.clone();
                    let before = writer.records().read().get(record.id)?;
                    let written = record.created;
                    Shelves::of(writer, kinds, framework, today).note(&mut record, before.as_ref(), written)?;
                    writer.records().save(&record, kinds)?;
                } else {
                    writer.records().save(record, kinds)?;
                }
                if number.is_multiple_of(STEP) {
                    progress(0.5 + 0.45 * number as f32 / store.records.len() as f32);
                }
            }
            if many {
                writer.search().settle()?;
            }
            Ok(())
        })
    }
}
