//! Making a vault and opening one.

use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::database::{Database, unlock};
use crate::doubt::Doubt;
use crate::error::VaultError;
use crate::folder::Folder;
use crate::keys::{DataKey, KeyFile, RecoveryKey};
use crate::log;
use crate::place::Place;
use crate::rekey;
use crate::schema::{self, Oldest};
use crate::table::generation;
use crate::trail::Trail;

/// What an open vault consists of; the database stands first, so that it is closed before the lock is let go.
pub(crate) struct Opened {
    pub(crate) database: Database,
    pub(crate) key: DataKey,
    pub(crate) key_file: KeyFile,
    /// The mark, and what the app's own folder remembers if there is one.
    pub(crate) trails: Vec<Trail>,
    /// A log of changes that was put aside.
    pub(crate) aside: Option<Doubt>,
    /// The data key was just changed: what knew the last changes under the old one knows nothing any more.
    pub(crate) rekeyed: bool,
    pub(crate) folder: Folder,
}

/// Makes a vault and puts the first things in; when it fails, nothing half-made stays behind.
pub(crate) fn create(
    place: &Place,
    passphrase: &str,
    first: impl FnOnce(&Database) -> Result<(), VaultError>,
) -> Result<(Opened, RecoveryKey), VaultError> {
    // Before anything is written: a passphrase that is refused must leave no folder.
    let (key_file, key, shown) = KeyFile::generate(passphrase)?;
    Ok((make(place, key_file, key, first)?, shown))
}

/// Makes a vault that these keys open.
pub(crate) fn make(
    place: &Place,
    key_file: KeyFile,
    key: DataKey,
    first: impl FnOnce(&Database) -> Result<(), VaultError>,
) -> Result<Opened, VaultError> {
    let (folder, made) = Folder::create(&place.folder)?;
    let fill = || {
        folder.make_database()?;
        let database = connect(&folder, &key, Oldest::New)?;
        first(&database)?;
        generation::settle_key_file(&database, key_file.sha256()?)?;
        // All of it is in the main file before the key makes it a vault: on a disk that is full there is none.
        database.checkpoint()?;
        // The key comes last: a folder with both files is a whole vault.
        folder.write_key(&key_file.written()?)?;
        let trails = trails(&folder, place.memory.as_deref(), &key_file, &key)?;
        Ok((database, trails))
    };
    match fill() {
        Ok((database, trails)) => Ok(Opened { database, key, key_file, trails, aside: None, rekeyed: false, folder }),
        Err(error) => {
            folder.clear(made);
            Err(error)
        }
    }
}

/// Opens a vault with whatever unwraps its data key. Nothing is written before it is known that database and log belong
/// together.
pub(crate) fn open(
    place: &Place,
    unwrap: impl FnOnce(&KeyFile) -> Result<DataKey, VaultError>,
) -> Result<Opened, VaultError> {
    let Unlocked { folder, key_file, key, rekeyed } = unlocked(place, unwrap)?;
    let aside = if folder.is_only_read() { None } else { log::settle(&folder, &key)? };
    let database = connect(&folder, &key, Oldest::First)?;
    let trails = trails(&folder, place.memory.as_deref(), &key_file, &key)?;
    Ok(Opened { database, key, key_file, trails, aside, rekeyed, folder })
}

/// A vault's folder, locked, and its keys; of the database nothing was read.
pub(crate) struct Unlocked {
    pub(crate) folder: Folder,
    pub(crate) key_file: KeyFile,
    pub(crate) key: DataKey,
    /// The data key was just changed.
    pub(crate) rekeyed: bool,
}

/// Opens the folder and the key.
pub(crate) fn unlocked(
    place: &Place,
    unwrap: impl FnOnce(&KeyFile) -> Result<DataKey, VaultError>,
) -> Result<Unlocked, VaultError> {
    // The lock first: a second window learns of it at once, not after the passphrase has been stretched.
    let folder = Folder::open(&place.folder)?;
    let content = std::fs::read(folder.key()).map_err(VaultError::file(&folder.key(), "read"))?;
    let key_file = KeyFile::read(&content)?;
    let key = unwrap(&key_file)?;
    let rekeyed = !folder.is_only_read() && rekey::settle(&folder, &key)?;
    Ok(Unlocked { folder, key_file, key, rekeyed })
}

/// The mark and the app's own memory of this vault in this folder: another copy of it elsewhere is remembered apart.
fn trails(folder: &Folder, memory: Option<&Path>, file: &KeyFile, key: &DataKey) -> Result<Vec<Trail>, VaultError> {
    let mark = match folder.open_mark() {
        Err(_) if folder.is_only_read() => None,
        mark => Some(Trail::read(mark?, key)),
    };
    let at = folder.path().canonicalize().unwrap_or_else(|_| folder.path().to_owned());
    let name = data_encoding::HEXLOWER.encode(&key.vouch(&format!("memory {} {}", file.vault(), at.display()))[..16]);
    let memory = memory.and_then(|memory| folder.open_memory(memory, &name));
    Ok(mark.into_iter().chain(memory.map(|file| Trail::read(file, key))).collect())
}

fn connect(folder: &Folder, key: &DataKey, oldest: Oldest) -> Result<Database, VaultError> {
    let prepared = if folder.is_only_read() { only_read(folder, key) } else { prepare(folder, key, oldest) };
    prepared.map(Database::around).map_err(|error| match error {
        VaultError::Storage(error)
            if matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)) =>
        {
            VaultError::InUse { path: folder.path().to_owned() }
        }
        other => other,
    })
}

fn prepare(folder: &Folder, key: &DataKey, oldest: Oldest) -> Result<Connection, VaultError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(folder.database(), flags)?;
    unlock(&connection, key)?;
    // WAL with FULL lost nothing in a thousand power losses,
    // with NORMAL it did. What is deleted is overwritten only where that writes no further page: all of it is
    // encrypted, and ON doubled what merging the search index writes. Temporary tables and sorts stay in memory, since
    // temporary files would not be encrypted. The log is folded in by the vault itself, which notes where it began.
    connection.execute_batch(
        "PRAGMA temp_store = MEMORY;
         PRAGMA secure_delete = FAST;
         PRAGMA foreign_keys = ON;
         PRAGMA cache_size = -65536;
         PRAGMA journal_size_limit = 67108864;
         PRAGMA journal_mode = WAL;
         PRAGMA wal_autocheckpoint = 0;
         PRAGMA synchronous = FULL;",
    )?;
    connection.set_prepared_statement_cache_capacity(64);
    schema::migrate(&mut connection, oldest)?;
    Ok(connection)
}

/// The database where nothing can be written. A log of changes cannot be played there, and without it the newest are missing.
fn only_read(folder: &Folder, key: &DataKey) -> Result<Connection, VaultError> {
    if folder.log_length() > 0 {
        return Err(VaultError::OnlyRead);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let mut connection = Connection::open_with_flags(log::unchanging(&folder.database()), flags)?;
    unlock(&connection, key)?;
    connection.execute_batch("PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536;")?;
    connection.set_prepared_statement_cache_capacity(64);
    // One of an older schema cannot be brought up to date here.
    schema::migrate(&mut connection, Oldest::First)?;
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::NEWEST;

    #[test]
    fn what_loses_nothing_is_in_force() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("vault");
        drop(create(&(&path).into(), "a passphrase", |_| Ok(())).unwrap());
        // Settings are the connection's, so they are looked at after opening again.
        let opened = open(&(&path).into(), |file| file.unwrap_by_passphrase("a passphrase")).unwrap();
        let text = |name: &str| -> String {
            opened.database.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0)).map_or_else(
                |error| error.to_string(),
                |value| match value {
                    rusqlite::types::Value::Integer(number) => number.to_string(),
                    rusqlite::types::Value::Text(text) => text,
                    other => format!("{other:?}"),
                },
            )
        };
        for (name, value) in [
            ("journal_mode", "wal"),
            ("synchronous", "2"),
            ("locking_mode", "exclusive"),
            ("foreign_keys", "1"),
            ("secure_delete", "2"),
            ("temp_store", "2"),
            ("user_version", NEWEST.to_string().as_str()),
            ("cipher_page_size", "4096"),
            ("cipher_use_hmac", "1"),
            ("cipher_hmac_algorithm", "HMAC_SHA512"),
        ] {
            assert_eq!(text(name), value, "{name}");
        }
        assert!(text("cipher_version").starts_with("4."));
    }

    #[test]
    fn a_later_schema_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("vault");
        let later = |database: &Database| Ok(database.pragma_update(None, "user_version", 9)?);
        drop(create(&(&path).into(), "a passphrase", later).unwrap());
        let before = std::fs::read(path.join("vault.db")).unwrap();
        let opened = open(&(&path).into(), |file| file.unwrap_by_passphrase("a passphrase"));
        assert!(matches!(opened.err(), Some(VaultError::Newer { found: 9, known: NEWEST })));
        assert!(std::fs::read(path.join("vault.db")).unwrap() == before);
    }

    #[test]
    fn a_creation_that_fails_leaves_nothing() {
        let home = tempfile::tempdir().unwrap();
        let (new, old) = (home.path().join("new"), home.path().join("old"));
        std::fs::create_dir(&old).unwrap();
        for path in [&new, &old] {
            assert!(matches!(
                create(&path.into(), "a passphrase", |_| Err(VaultError::DiskFull)),
                Err(VaultError::DiskFull)
            ));
        }
        assert!(!new.exists());
        assert_eq!(std::fs::read_dir(&old).unwrap().count(), 0);
    }
}
