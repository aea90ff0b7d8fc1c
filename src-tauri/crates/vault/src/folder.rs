//! The vault's folder: its files, who may read them, the lock against a second window, and writing whole or not at all.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::error::VaultError;

/// The encrypted database.
pub(crate) const DATABASE: &str = "vault.db";
/// The wrapped data key.
pub(crate) const KEY: &str = "vault.key";
/// An empty file that the process using the vault holds locked; it stays, since removing it could let two in.
const LOCK: &str = "vault.lock";
/// The database being encrypted with another key, before it takes the name of the old one.
const NEW_DATABASE: &str = "vault.db.new";
/// A key file being written, before it takes the name of the old one.
const NEW_KEY: &str = "vault.key.new";
/// The last changes that were made here (trail.rs).
const MARK: &str = "vault.mark";
/// The log of changes that are not in the database yet; SQLite's own.
const LOG: &str = "vault.db-wal";
/// What a log that does not belong to the database is called from then on, with a number.
const ASIDE: &str = "vault.db-wal.aside-";
/// What file managers leave in folders that look empty.
const LITTER: [&str; 3] = [".DS_Store", "desktop.ini", "Thumbs.db"];

/// Whether a folder holds a vault, open or not.
#[must_use]
pub fn is_vault(folder: &Path) -> bool {
    folder.join(DATABASE).exists() && folder.join(KEY).exists()
}

/// The folder of an open vault. The lock ends when this is dropped, or with the process.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    /// Nothing where nothing can be written, and so nobody has to be kept out.
    lock: Option<File>,
}

impl Folder {
    /// The folder of a vault that exists, locked.
    pub(crate) fn open(path: &Path) -> Result<Folder, VaultError> {
        if !path.try_exists().map_err(VaultError::file(path, "read"))? {
            return Err(VaultError::Missing { path: path.to_owned() });
        }
        // A vault makes no links, and what one leads to is not the vault's to read or to write.
        for name in [DATABASE, KEY, LOCK, NEW_DATABASE, NEW_KEY, MARK, LOG] {
            let file = path.join(name);
            if file.symlink_metadata().is_ok_and(|there| there.is_symlink()) {
                return Err(VaultError::Link { path: file });
            }
        }
        let incomplete = |file| Err(VaultError::Incomplete { path: path.to_owned(), file });
        match (path.join(DATABASE).is_file(), path.join(KEY).is_file()) {
            (true, true) => Folder::lock(path),
            (false, false) => Err(VaultError::NotAVault { path: path.to_owned() }),
            (true, false) => incomplete(KEY),
            (false, true) => incomplete(DATABASE),
        }
    }

    /// A folder for a new vault: made if it is not there, and empty. Says whether it was made.
    pub(crate) fn create(path: &Path) -> Result<(Folder, bool), VaultError> {
        let there = path.try_exists().map_err(VaultError::file(path, "read"))?;
        if there {
            if path.join(DATABASE).exists() || path.join(KEY).exists() {
                return Err(VaultError::Exists { path: path.to_owned() });
            }
            let entries = std::fs::read_dir(path).map_err(VaultError::file(path, "read"))?;
            for entry in entries {
                let name = entry.map_err(VaultError::file(path, "read"))?.file_name();
                if name != LOCK && !LITTER.iter().any(|litter| name == *litter) {
                    return Err(VaultError::NotEmpty { path: path.to_owned() });
                }
            }
        } else {
            std::fs::create_dir_all(path).map_err(VaultError::file(path, "made"))?;
        }
        make_private(path)?;
        Ok((Folder::lock(path)?, !there))
    }

    fn lock(path: &Path) -> Result<Folder, VaultError> {
        let file = path.join(LOCK);
        let lock = match OpenOptions::new().create(true).truncate(false).write(true).open(&file) {
            Err(error) if matches!(error.kind(), ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied) => {
                return Folder::only_read(path);
            }
            lock => lock.map_err(VaultError::file(&file, "opened"))?,
        };
        match lock.try_lock() {
            Ok(()) => Ok(Folder { path: path.to_owned(), lock: Some(lock) }),
            Err(TryLockError::WouldBlock) => Err(VaultError::InUse { path: path.to_owned() }),
            Err(TryLockError::Error(error)) => Err(VaultError::file(&file, "locked")(error)),
        }
    }

    /// The folder where nothing can be written, at least by whoever opens it.
    fn only_read(path: &Path) -> Result<Folder, VaultError> {
        match File::open(path.join(LOCK)).map(|lock| lock.try_lock_shared()) {
            Ok(Err(TryLockError::WouldBlock)) => Err(VaultError::InUse { path: path.to_owned() }),
            _ => Ok(Folder { path: path.to_owned(), lock: None }),
        }
    }

    /// Whether nothing can be written into it.
    pub(crate) fn is_only_read(&self) -> bool {
        self.lock.is_none()
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.path.join(DATABASE)
    }

    /// The database as it was encrypted anew, where that was interrupted.
    pub(crate) fn new_database(&self) -> Option<PathBuf> {
        let path = self.path.join(NEW_DATABASE);
        path.symlink_metadata().is_ok_and(|there| there.is_file()).then_some(path)
    }

    /// An empty file for it, as private as the old one, and its path.
    pub(crate) fn make_new_database(&self) -> Result<(File, PathBuf), VaultError> {
        let path = self.path.join(NEW_DATABASE);
        let file = private(OpenOptions::new().create(true).truncate(true).write(true)).open(&path);
        Ok((file.map_err(VaultError::file(&path, "made"))?, path))
    }

    /// Takes it away again.
    pub(crate) fn drop_new_database(&self) {
        // What cannot be removed is removed by the next opening.
        let _ = std::fs::remove_file(self.path.join(NEW_DATABASE));
    }

    /// Lets it take the place of the old one.
    pub(crate) fn put_new_database_in_place(&self) -> Result<(), VaultError> {
        let path = self.path.join(NEW_DATABASE);
        std::fs::rename(&path, self.database()).map_err(VaultError::file(&path, "moved"))?;
        self.sync()
    }

    /// The log of changes; there need not be one.
    pub(crate) fn log(&self) -> PathBuf {
        self.path.join(LOG)
    }

    pub(crate) fn key(&self) -> PathBuf {
        self.path.join(KEY)
    }

    /// An empty file for the database, which only the owner may read; the files that SQLite puts beside it are as
    /// private.
    pub(crate) fn make_database(&self) -> Result<(), VaultError> {
        let path = self.database();
        private(OpenOptions::new().create_new(true).write(true))
            .open(&path)
            .map_err(VaultError::file(&path, "made"))?;
        Ok(())
    }

    /// The mark, made if it is not there.
    pub(crate) fn open_mark(&self) -> Result<File, VaultError> {
        let path = self.path.join(MARK);
        if self.is_only_read() {
            return File::open(&path).map_err(VaultError::file(&path, "opened"));
        }
        open_private(&path).map_err(VaultError::file(&path, "opened"))
    }

    /// What the app's own folder remembers of the vault under this name, made if it is not there. A folder that cannot be
    /// written is no reason not to open a vault.
    pub(crate) fn open_memory(&self, memory: &Path, name: &str) -> Option<File> {
        std::fs::create_dir_all(memory).ok()?;
        let file = memory.join(name);
        if file.symlink_metadata().is_ok_and(|there| there.is_symlink()) {
            return None;
        }
        open_private(&file).ok()
    }

    /// The length of the log of changes in bytes; 0 where there is none.
    pub(crate) fn log_length(&self) -> u64 {
        std::fs::metadata(self.path.join(LOG)).map_or(0, |log| log.len())
    }

    /// Gives the log of changes another name, under which SQLite does not find it, and says which.
    pub(crate) fn put_log_aside(&self) -> Result<String, VaultError> {
        let log = self.path.join(LOG);
        let mut names = (1_u32..).map(|number| format!("{ASIDE}{number}"));
        let free = names.find(|name| self.path.join(name).symlink_metadata().is_err()).unwrap_or_default();
        std::fs::rename(&log, self.path.join(&free)).map_err(VaultError::file(&log, "moved aside"))?;
        self.sync()?;
        Ok(free)
    }

    /// The names of files that look like a vault's and are not this one's, in order.
    pub(crate) fn strangers(&self) -> Vec<String> {
        let own = |name: &str| {
            [DATABASE, KEY, LOCK, NEW_DATABASE, NEW_KEY, MARK, LOG, "vault.db-journal"].contains(&name)
                || name.starts_with(ASIDE)
        };
        let entries = std::fs::read_dir(&self.path).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<String> =
            names.filter(|name| name.to_lowercase().starts_with("vault") && !own(name)).collect();
        names.sort();
        names
    }

    /// Copies the vault's files into this folder; nobody writes to them meanwhile. Reading the database beside SQLite
    /// ends SQLite's own lock on some systems; ours on the lock file is the one that keeps others out.
    pub(crate) fn copy_from(&self, other: &Folder) -> Result<(), VaultError> {
        // The key comes last: a folder with both files is a whole vault.
        for (from, to) in [(other.database(), self.database()), (other.key(), self.key())] {
            std::fs::copy(&from, &to)
                .and_then(|_| OpenOptions::new().write(true).open(&to)?.sync_all())
                .map_err(VaultError::file(&to, "written"))?;
        }
        self.sync()
    }

    /// Replaces the key file: after a power loss either the old or the new one is there, whole.
    pub(crate) fn write_key(&self, content: &[u8]) -> Result<(), VaultError> {
        let new = self.path.join(NEW_KEY);
        let write = || {
            let mut file = private(OpenOptions::new().create(true).truncate(true).write(true)).open(&new)?;
            file.write_all(content)?;
            file.sync_all()?;
            drop(file);
            std::fs::rename(&new, self.key())
        };
        write().map_err(VaultError::file(&new, "written"))?;
        self.sync()
    }

    /// Makes new names in the folder durable, and the folder's own; Windows does so by itself.
    pub(crate) fn sync(&self) -> Result<(), VaultError> {
        #[cfg(unix)]
        if let Some(parent) = self.path.parent() {
            // Not every folder above may be opened, and the vault inside is what counts.
            let _ = File::open(parent).and_then(|parent| parent.sync_all());
        }
        #[cfg(unix)]
        File::open(&self.path).and_then(|folder| folder.sync_all()).map_err(VaultError::file(&self.path, "written"))?;
        Ok(())
    }

    /// Removes what a failed creation left behind, and the folder too if it was made for it.
    pub(crate) fn clear(self, made: bool) {
        for name in [DATABASE, NEW_DATABASE, LOG, "vault.db-journal", KEY, NEW_KEY, MARK, LOCK] {
            // Nothing more can be done about what cannot be removed; the first error is the one to report.
            let _ = std::fs::remove_file(self.path.join(name));
        }
        if made {
            let _ = std::fs::remove_dir(&self.path);
        }
    }
}

/// For the owner's eyes only, where the system knows of owners.
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// A file to read and to write in place, made if it is not there.
fn open_private(path: &Path) -> std::io::Result<File> {
    private(OpenOptions::new().create(true).truncate(false).read(true).write(true)).open(path)
}

/// The same for a folder.
fn make_private(folder: &Path) -> Result<(), VaultError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let permissions = std::fs::Permissions::from_mode(0o700);
        std::fs::set_permissions(folder, permissions).map_err(VaultError::file(folder, "made private"))?;
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
