//! Taking records in from files: read, held against what is there, and stored, all of it or none.

use std::path::PathBuf;

use domain::Record;
use domain::prompts::{Model, shipped};
use exchange::Format;

use super::beside::Beside;
use super::holding::{Holding, STEP, ToStore};
use super::imported::{Imported, Importing};
use super::uncounted;
use crate::failure::Failure;
use crate::files;
use crate::installed::{self, written};
use crate::signoff::Shelves;
use crate::vault::OpenVault;

/// From so many records on, the search index is merged once at the end.
const MANY: usize = 500;

impl OpenVault {
    /// Takes records in, from files or from folders that an export filled. Importing the same again changes nothing.
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
        let before = self.framework.clone();
        let done = self.take_in(paths, how, progress);
        if done.is_err() || how.dry_run {
            self.framework = before;
        }
        done
    }

    /// The same; a framework that came along is this open vault's from the beginning, since the records name what is in it.
    fn take_in(
        &mut self,
        paths: &[PathBuf],
        how: Importing,
        progress: &mut dyn FnMut(f32),
    ) -> Result<Imported, Failure> {
        let mut files = paths.iter().map(|path| Beside::of(path)).collect::<Result<Vec<_>, _>>()?;
        let mut notes = Vec::new();
        let framework = self.adopt(&files, &mut notes)?;
        let models = self.joined(&files, &mut notes)?;
        let mut holding = Holding::begin(self, how)?;
        for (number, file) in files.iter_mut().enumerate() {
            let path = &file.file;
            let content = files::read_whole(path)?;
            let Some(format) = how.format.or_else(|| Format::guess(path, &content)) else {
                let failure = Failure::new(format!("{} is in no format that can be imported.", path.display()));
                return Err(failure.hint(
                    "This version reads the open form: a .jsonl file, one record a line, as records.jsonl in a folder that \
                     everything was exported into.",
                ));
            };
            // Reading is the first half of the work, storing the second.
            let mut told = |done: f32| progress((number as f32 + done) / paths.len() as f32 * 0.5);
            holding.take(file, format, format.read(&content), &mut told)?;
        }
        let (store, mut sums) = holding.done();
        let store = ToStore { framework, models, ..store };
        sums.notes.splice(0..0, notes);
        sums.notes.extend(uncounted::told(self, &store.records)?);
        if !how.dry_run {
            self.store(&store, progress)?;
            self.own_models = store.models.unwrap_or_else(|| std::mem::take(&mut self.own_models));
        }
        Ok(Imported { dry_run: how.dry_run, ..sums })
    }

    /// Makes a framework that lies beside the files this open vault's, where it has none of its own; the text to store.
    fn adopt(&mut self, files: &[Beside], notes: &mut Vec<String>) -> Result<Option<String>, Failure> {
        let own = self.vault.installed().get(installed::FRAMEWORK)?;
        for file in files {
            let Some((text, framework)) = file.framework()? else { continue };
            let title = &framework.title;
            let claimed = self.vault.evidence().competencies()?;
            if own.as_ref() == Some(&text) {
                continue;
            } else if own.is_some() || claimed.iter().any(|number| framework.competency(number).is_none()) {
                notes.push(format!("The framework \"{title}\" that came along is not this vault's and was left out."));
                continue;
            }
            notes.push(format!("\"{title}\", which came along, is this vault's framework now."));
            self.framework = framework;
            return Ok(Some(text));
        }
        Ok(None)
    }

    /// The coach's own models with those that lie beside the files; nothing where none of these is new.
    fn joined(&self, files: &[Beside], notes: &mut Vec<String>) -> Result<Option<Vec<Model>>, Failure> {
        let mut models = self.own_models.clone();
        for file in files {
            for model in file.models()? {
                let model = model.owned();
                if models.contains(&model) {
                    continue;
                }
                let title = &model.title;
                let problems = model.problems(&[shipped(), models.clone()].concat(), &self.kinds);
                if let Some(problem) = problems.first() {
                    notes.push(format!("Your model \"{title}\" was left out: {}", problem.message));
                    continue;
                }
                notes.push(format!("Your model \"{title}\" came along."));
                models.push(model);
            }
        }
        Ok((models.len() > self.own_models.len()).then_some(models))
    }

    /// Stores what is to be stored in one transaction.
    fn store(&mut self, store: &ToStore, progress: &mut dyn FnMut(f32)) -> Result<(), Failure> {
        let (kinds, framework, today) = (&self.kinds, &self.framework, self.clock.today());
        self.vault.transact(|writer| -> Result<(), Failure> {
            if let Some(text) = &store.framework {
                writer.installed().put(installed::FRAMEWORK, text)?;
            }
            if let Some(models) = &store.models {
                writer.installed().put(installed::MODELS, &written(models)?)?;
            }
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
                // Each is kept as a version when the next is saved.
                for version in store.versions.get(&record.id).into_iter().flatten() {
                    writer.records().save(version, kinds)?;
                }
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
