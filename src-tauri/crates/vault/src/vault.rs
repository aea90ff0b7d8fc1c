//! An open vault: its keys, its transactions, copying, checking and closing it. What is read and written is with the
//! tables; handles.rs gives the handles.

use std::cell::RefCell;
use std::path::Path;

use chrono::{DateTime, Utc};
use domain::Kinds;
use rusqlite::{Transaction, TransactionBehavior};
use uuid::Uuid;

use crate::database::{Database, Writer};
use crate::doubt::Doubt;
use crate::error::VaultError;
use crate::folder::Folder;
use crate::keys::{self, DataKey, KeyFile, RecoveryKey};
use crate::open::{self, Opened};
use crate::place::Place;
use crate::rescue;
use crate::table::bin::BinMut;
use crate::table::generation;
use crate::table::installed::InstalledMut;
use crate::trail::{self, Head, Trail};
use crate::verify::Verified;

mod pages;

/// The name under which the day a vault was made is installed.
const CREATED: &str = "vault-created";

/// A log of changes longer than this, in bytes, is folded into the main file.
const LOG_LONGEST: u64 = 4 << 20;

/// A vault that is open and locked against other windows until it is closed or dropped.
pub struct Vault {
    // Before the folder: the database is closed before the lock is let go.
    pub(crate) database: Database,
    key: DataKey,
    key_file: RefCell<KeyFile>,
    /// The newest change.
    newest: (u64, Head),
    trails: Vec<Trail>,
    /// What is to be told, and how many of these, from the first, are kept with the next change.
    doubts: Vec<Doubt>,
    unkept: usize,
    /// How many pages were looked at lately ([`Vault::check_pages`]).
    looked_at: u32,
    folder: Folder,
}

/// Shows only the folder: the rest is keys and what they protect.
impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("folder", &self.folder()).finish_non_exhaustive()
    }
}

impl TryFrom<Opened> for Vault {
    type Error = VaultError;

    fn try_from(opened: Opened) -> Result<Vault, VaultError> {
        let Opened { database, key, key_file, mut trails, aside, rekeyed, folder } = opened;
        database.begin()?;
        let changes = generation::changes(&database)?;
        let newest = generation::standing(&database)?.newest;
        if rekeyed {
            trails.iter_mut().for_each(|trail| trail.note(newest.0, newest.1, &key));
        }
        let mut doubts: Vec<Doubt> = Vec::new();
        for doubt in trails.iter().filter_map(|trail| changes.lacks(trail.known())) {
            if !doubts.contains(&doubt) {
                doubts.push(doubt);
            }
        }
        let unkept = doubts.len();
        doubts.extend(generation::doubts(&database)?);
        // One that was just made has nothing to be known yet.
        let unknown = trails.iter().all(|trail| trail.known().latest().is_none());
        doubts.extend((unknown && newest.0 > 0).then_some(Doubt::Unwitnessed));
        doubts.extend(aside);
        let other = !generation::knows_key_file(&database, key_file.sha256()?)?;
        doubts.extend(other.then_some(Doubt::OtherKeyFile));
        let names = folder.strangers();
        doubts.extend((!names.is_empty()).then_some(Doubt::Copies { names }));
        let key_file = RefCell::new(key_file);
        Ok(Vault { database, key, key_file, newest, trails, doubts, unkept, looked_at: 0, folder })
    }
}

impl Vault {
    /// Makes a vault in a new or empty folder. The recovery key is shown once and stored nowhere.
    ///
    /// # Errors
    /// [`VaultError::Exists`], [`VaultError::NotEmpty`], [`VaultError::WeakPassphrase`], or an I/O error; nothing
    /// half-made is left behind.
    pub fn create(
        place: impl Into<Place>,
        passphrase: &str,
        now: DateTime<Utc>,
    ) -> Result<(Vault, RecoveryKey), VaultError> {
        let born = |database: &Database| InstalledMut(database).put(CREATED, &now.to_rfc3339());
        let (opened, shown) = open::create(&place.into(), passphrase, born)?;
        Ok((opened.try_into()?, shown))
    }

    /// Opens a vault with its passphrase, after bringing an older one up to date.
    ///
    /// # Errors
    /// [`VaultError::Missing`], [`VaultError::NotAVault`], [`VaultError::Incomplete`], [`VaultError::InUse`],
    /// [`VaultError::WrongPassphrase`], [`VaultError::Newer`], [`VaultError::Damaged`].
    pub fn open(place: impl Into<Place>, passphrase: &str) -> Result<Vault, VaultError> {
        open::open(&place.into(), |file| file.unwrap_by_passphrase(passphrase))?.try_into()
    }

    /// Opens a vault with its recovery key; capitals, spaces and dashes do not matter.
    ///
    /// # Errors
    /// As [`Vault::open`], with [`VaultError::MistypedRecoveryKey`] and [`VaultError::WrongRecoveryKey`].
    pub fn open_with_recovery_key(place: impl Into<Place>, key: &str) -> Result<Vault, VaultError> {
        open::open(&place.into(), |file| file.unwrap_by_recovery_key(key))?.try_into()
    }

    /// Refuses whoever does not know the passphrase.
    ///
    /// # Errors
    /// [`VaultError::WrongPassphrase`].
    pub fn check_passphrase(&self, passphrase: &str) -> Result<(), VaultError> {
        self.key_file.borrow().unwrap_by_passphrase(passphrase).map(drop)
    }

    /// Sets another passphrase, at today's cost. Rewrites the key file and none of the records.
    ///
    /// # Errors
    /// [`VaultError::WeakPassphrase`], or an I/O error; the old passphrase then still opens the vault.
    pub fn change_passphrase(&mut self, new: &str) -> Result<(), VaultError> {
        let file = self.key_file.borrow().with_passphrase(new, &self.key)?;
        self.replace_key_file(file)
    }

    /// Makes a new recovery key; the one before no longer opens the vault. Rewrites the key file and none of the records.
    ///
    /// # Errors
    /// An I/O error; the old recovery key then still opens the vault.
    pub fn new_recovery_key(&mut self) -> Result<RecoveryKey, VaultError> {
        let (file, shown) = self.key_file.borrow().with_new_recovery_key(&self.key)?;
        self.replace_key_file(file)?;
        Ok(shown)
    }

    /// The database is told before and after, so that whichever file is there after a power loss is known to it.
    fn replace_key_file(&mut self, file: KeyFile) -> Result<(), VaultError> {
        let sha256 = file.sha256()?;
        self.transact(|writer| generation::announce_key_file(writer.0, sha256))?;
        self.folder.write_key(&file.written()?)?;
        self.key_file.replace(file);
        self.doubts.retain(|doubt| *doubt != Doubt::OtherKeyFile);
        // It is written; a database that does not hear of it at once knows both.
        let _ = self.transact(|writer| generation::settle_key_file(writer.0, sha256));
        Ok(())
    }

    /// The vault's folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What the coach should know of the vault's files, worth a warning whenever it is opened; nothing when all is well.
    /// An older database and one of another line stay in doubt until [`Vault::acknowledge`].
    #[must_use]
    pub fn doubts(&self) -> &[Doubt] {
        &self.doubts
    }

    /// The coach has been told: no more warnings about what is kept of these.
    ///
    /// # Errors
    /// When the vault's files cannot be read or written.
    pub fn acknowledge(&mut self) -> Result<(), VaultError> {
        // A change first notes what is lost; only then is that acknowledged, in a change of its own.
        self.transact(|_| Ok::<_, VaultError>(()))?;
        self.transact(|writer| generation::acknowledge(writer.0))?;
        self.doubts.retain(|doubt| matches!(doubt, Doubt::OtherKeyFile | Doubt::Copies { .. }));
        Ok(())
    }

    /// Copies the vault, open as it is, into a new or empty folder: a vault of its own with the same passphrase and
    /// recovery key. What it has is kept as a version when it changes here, even where a sitting goes on
    /// ([`RecordsMut::save_on`](crate::RecordsMut::save_on)), so that both still find what they come from.
    ///
    /// # Errors
    /// [`VaultError::Exists`], [`VaultError::NotEmpty`], or an I/O error; nothing half-made is left behind.
    pub fn copy_to(&self, dir: &Path) -> Result<(), VaultError> {
        self.database.checkpoint()?;
        self.database.share_all();
        let (folder, made) = Folder::create(dir)?;
        let copied = folder.copy_from(&self.folder).and_then(|()| {
            Trail::read(folder.open_mark()?, &self.key).note(self.newest.0, self.newest.1, &self.key);
            Ok(())
        });
        if copied.is_err() {
            folder.clear(made);
        }
        copied
    }

    /// Does all of the work or none of it. When this returns, what was written survives a power loss.
    ///
    /// # Errors
    /// The work's own error, or a [`VaultError`] when it could not be stored; either way nothing of it is kept.
    pub fn transact<T, E: From<VaultError>>(&mut self, work: impl FnOnce(&Writer<'_>) -> Result<T, E>) -> Result<T, E> {
        let done = self.attempt(work);
        if done.is_err() {
            // What it said of records that only this vault has may not have come true.
            self.database.share_all();
        }
        done
    }

    fn attempt<T, E: From<VaultError>>(&mut self, work: impl FnOnce(&Writer<'_>) -> Result<T, E>) -> Result<T, E> {
        // Unchecked by the library, since handles share the connection; `&mut self` keeps transactions apart.
        let begun = Transaction::new_unchecked(&self.database, TransactionBehavior::Immediate);
        let transaction = begun.map_err(VaultError::from)?;
        let done = work(&Writer(&self.database))?;
        let next = self.note_change()?;
        transaction.commit().map_err(VaultError::from)?;
        self.newest = next;
        // It is stored by now, so that nothing from here on may report a failure.
        if std::mem::take(&mut self.unkept) > 0
            && let Ok(line) = generation::changes(&self.database)
        {
            self.trails.iter_mut().for_each(|trail| trail.keep_to(&line));
        }
        for trail in &mut self.trails {
            trail.note(next.0, next.1, &self.key);
        }
        if self.folder.log_length() > LOG_LONGEST {
            self.database.fold_in();
        }
        Ok(done)
    }

    /// Counts one change, beyond every one that was seen here before, and keeps what is in doubt.
    fn note_change(&self) -> Result<(u64, Head), VaultError> {
        for doubt in &self.doubts[..self.unkept] {
            generation::keep(&self.database, doubt)?;
        }
        let seen = self.trails.iter().filter_map(|trail| trail.known().latest()).map(|(number, _)| number).max();
        let number = self.newest.0.max(seen.unwrap_or(0)) + 1;
        let next = (number, trail::after(self.newest.1, number, keys::random()?, &self.key));
        generation::next(&self.database, next, self.database.folded())?;
        Ok(next)
    }

    /// The records that were asked for since the vault was opened and could not be read, if there were any.
    #[must_use]
    pub fn unreadable(&self) -> Vec<Uuid> {
        self.database.unreadable()
    }

    /// Empties the bin: of what was in it, and of any former version of it, no trace stays in the vault's files but each
    /// record's id and the time ([`Vault::tombstones`]). Files that nothing has named for thirty days go as well. Takes a moment, since the file is written anew. Gives how many
    /// records that were.
    ///
    /// # Errors
    /// When the vault cannot be written. If only the rewriting failed, the bin is empty and the next emptying makes up
    /// for it.
    pub fn empty_bin(&mut self, now: DateTime<Utc>) -> Result<u64, VaultError> {
        // What is in doubt may be lacking the record that names a file.
        let sure = self.doubts.is_empty();
        let emptied = self.transact(|writer| {
            let emptied = BinMut(writer.0).empty(now)?;
            if sure {
                writer.attachments().forget_unused(now)?;
            }
            writer.search().merge()?;
            Ok::<_, VaultError>(emptied)
        })?;
        // This changes no row. What is deleted is overwritten only in part as it goes (open.rs), so that saving stays
        // fast; now the file is rewritten, page by page, in memory and not in a temporary file, and the log of changes,
        // which holds what stood on the pages before, is emptied.
        let rewritten = self.database.execute_batch("VACUUM").map_err(VaultError::from);
        let rewritten = rewritten.and_then(|()| self.database.checkpoint());
        rewritten.map_err(|error| VaultError::NotRewritten(error.reason()))?;
        Ok(emptied)
    }

    /// Checks every page, row, link, attachment and search entry, and whatever is made from them.
    ///
    /// # Errors
    /// When the check itself could not run; what it finds is in the answer.
    pub fn verify(&self, kinds: &Kinds) -> Result<Verified, VaultError> {
        let mut found = Verified::doubted(&self.doubts);
        found.fold(&self.database);
        if found.pages(&self.database) {
            found.tables(&self.database, kinds)?;
        } else {
            // SQLCipher reads nothing more once it has met a page that was altered.
            found.rescued(&rescue::into(&Database::empty()?, &self.folder, &self.key, kinds)?);
        }
        Ok(found)
    }

    /// Removes a vault that was just made and could not be filled, and its folder if that was made for it.
    pub fn discard(self, folder_too: bool) {
        let Vault { database, folder, .. } = self;
        // What is thrown away need not close cleanly.
        drop(database);
        folder.clear(folder_too);
    }

    /// Closes the vault and leaves one whole file behind. Dropping it does the same, but cannot report what went wrong.
    ///
    /// # Errors
    /// [`VaultError::NotTidied`] when the vault's files cannot be written; what was saved before stays saved.
    pub fn close(self) -> Result<(), VaultError> {
        let Vault { database, folder, .. } = self;
        let folded = database.checkpoint();
        let closed = database.close();
        drop(folder);
        folded.and(closed).map_err(|error| VaultError::NotTidied(error.reason()))
    }
}

#[cfg(test)]
mod tests;
