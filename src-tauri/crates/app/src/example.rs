//! Vaults with invented data: one to keep, and one to look around in that is thrown away again.

use std::path::Path;

use domain::{Books, Framework, Kinds, Record, Stamp, check};
use tempfile::TempDir;
use uuid::Uuid;

use crate::clock::Clock;
use crate::demo::{self, Demo};
use crate::failure::Failure;
use crate::signoff::Shelves;
use crate::vault::{Created, OpenVault};

/// The example: an open vault and the private folder it lies in. Dropping it deletes the folder.
pub struct Example {
    // Dropped in this order: the vault lets go of its files before their folder goes.
    /// The vault, open.
    pub vault: OpenVault,
    folder: TempDir,
}

impl OpenVault {
    /// Makes a new vault filled with an invented coach's work over some months, the same for the same seed and day.
    ///
    /// # Errors
    /// As [`OpenVault::create`].
    pub fn create_demo(
        folder: &Path,
        passphrase: &str,
        clock: Clock,
        seed: u64,
        months: u32,
    ) -> Result<Created, Failure> {
        let (kinds, framework) = (Kinds::shipped(), Framework::shipped());
        let books = Books { kinds: &kinds, framework: &framework };
        let Demo { drafts, files } = demo::demo(books, seed, clock.today(), months);
        let stamp = || Stamp { today: clock.today(), now: clock.now(), id: Uuid::now_v7() };
        let checked = |draft| check(draft, books, stamp()).map_err(Failure::of_draft);
        let records = drafts.iter().map(checked).collect::<Result<Vec<_>, Failure>>()?;
        let was_there = folder.exists();
        let mut created = OpenVault::create(folder, passphrase, clock)?;
        match created.vault.save_all(&records, &files) {
            Ok(()) => Ok(created),
            Err(failure) => {
                created.vault.vault.discard(!was_there);
                Err(failure)
            }
        }
    }

    /// Saves many records as they are, all or none.
    fn save_all(&mut self, records: &[Record], files: &[Vec<u8>]) -> Result<(), Failure> {
        let (kinds, framework, today) = (&self.kinds, &self.framework, self.clock.today());
        // Of a sign-off is noted what was there to be signed, so that all of that comes first.
        let (signed, others): (Vec<&Record>, Vec<&Record>) =
            records.iter().partition(|record| record.kind == "sign-off");
        self.vault.transact(|writer| -> Result<(), Failure> {
            for content in files {
                writer.attachments().put(content)?;
            }
            for record in others.into_iter().chain(signed) {
                let (mut record, written) = (record.clone(), record.created);
                Shelves::of(writer, kinds, framework, today).note(&mut record, None, written)?;
                writer.records().save(&record, kinds)?;
            }
            Ok(())
        })
    }
}

impl Example {
    /// Makes a new one, with the work of some months up to today.
    ///
    /// # Errors
    /// When there is no room for it among the system's temporary files.
    pub fn make(clock: Clock) -> Result<Example, Failure> {
        let folder = tempfile::Builder::new().prefix("coachfolio-example-").tempdir();
        let folder = folder.map_err(|error| {
            Failure::new(format!("There is no place for the example: {error}."))
                .hint("Make room on the disk that holds temporary files.")
        })?;
        // Nobody is meant to know it: what is typed into an example must not stay readable if the computer stops.
        let passphrase = format!("{} {}", Uuid::now_v7(), Uuid::now_v7());
        let made = OpenVault::create_demo(&folder.path().join("vault"), &passphrase, clock, 1, 8)?;
        Ok(Example { vault: made.vault, folder })
    }

    /// Closes the vault and deletes it.
    ///
    /// # Errors
    /// When it cannot be closed or deleted.
    pub fn close(self) -> Result<(), Failure> {
        let place = self.folder.path().display().to_string();
        self.vault.close()?;
        let gone = self.folder.close();
        gone.map_err(|error| Failure::new(format!("The example in {place} could not be deleted: {error}.")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_when_it_is_closed() {
        let example = Example::make(Clock::fixed("2026-06-12".parse().unwrap())).unwrap();
        let folder = example.vault.folder().to_owned();
        assert!(folder.is_dir());
        example.close().unwrap();
        assert!(!folder.exists());
    }
}
