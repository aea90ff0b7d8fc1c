//! Making a vault and opening one.

use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags};
use zeroize::Zeroizing;

use crate::database::Database;
use crate::error::VaultError;
use crate::folder::Folder;
use crate::generation::Mark;
use crate::keys::{DataKey, KeyFile, RecoveryKey};
use crate::schema::{self, Oldest};

/// What an open vault consists of; the database stands first, so that it is closed before the lock is let go.
pub(crate) struct Opened {
    pub(crate) database: Database,
    pub(crate) key: DataKey,
    pub(crate) key_file: KeyFile,
    pub(crate) mark: Mark,
    pub(crate) folder: Folder,
}

/// Makes a vault and puts the first things in; when it fails, nothing half-made stays behind.
pub(crate) fn create(
    path: &Path,
    passphrase: &str,
    first: impl FnOnce(&Database) -> Result<(), VaultError>,
) -> Result<(Opened, RecoveryKey), VaultError> {
    // Before anything is written: a passphrase that is refused must leave no folder.
    let (key_file, key, shown) = KeyFile::generate(passphrase)?;
    let (folder, made) = Folder::create(path)?;
    let fill = || {
        folder.make_database()?;
        let database = connect(&folder, &key, Oldest::New)?;
        first(&database)?;
        // The key comes last: a folder with both files is a whole vault.
        folder.write_key(&key_file.written()?)?;
        Ok((database, Mark::open(&folder, &key)?))
    };
    match fill() {
        Ok((database, mark)) => Ok((Opened { database, key, key_file, mark, folder }, shown)),
        Err(error) => {
            folder.clear(made);
            Err(error)
        }
    }
}

/// Opens a vault with whatever unwraps its data key.
pub(crate) fn open(
    path: &Path,
    unwrap: impl FnOnce(&KeyFile) -> Result<DataKey, VaultError>,
) -> Result<Opened, VaultError> {
    // The lock first: a second window learns of it at once, not after the passphrase has been stretched.
    let folder = Folder::open(path)?;
    let content = std::fs::read(folder.key()).map_err(VaultError::file(&folder.key(), "read"))?;
    let key_file = KeyFile::read(&content)?;
    let key = unwrap(&key_file)?;
    let database = connect(&folder, &key, Oldest::First)?;
    let mark = Mark::open(&folder, &key)?;
    Ok(Opened { database, key, key_file, mark, folder })
}

fn connect(folder: &Folder, key: &DataKey, oldest: Oldest) -> Result<Database, VaultError> {
    prepare(folder, key, oldest).map(Database::around).map_err(|error| match error {
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
    // Otherwise SQLCipher logs to standard error.
    connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
    let raw = key.raw();
    let mut pragma = Zeroizing::new(String::with_capacity(raw.len() + 32));
    for part in ["PRAGMA key = \"", &raw, "\""] {
        pragma.push_str(part);
    }
    connection.execute_batch(&pragma)?;
    // Exclusive before WAL: then no shared-memory file is made. WAL with FULL lost nothing in a thousand power losses,
    // with NORMAL it did. What is deleted is overwritten only where that writes no further page: all of it is
    // encrypted, and ON doubled what merging the search index writes. Temporary tables and sorts stay in memory, since
    // temporary files would not be encrypted.
    connection.execute_batch(
        "PRAGMA locking_mode = EXCLUSIVE;
         PRAGMA temp_store = MEMORY;
         PRAGMA secure_delete = FAST;
         PRAGMA foreign_keys = ON;
         PRAGMA cache_size = -65536;
         PRAGMA journal_size_limit = 67108864;
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;",
    )?;
    connection.set_prepared_statement_cache_capacity(64);
    schema::migrate(&mut connection, oldest)?;
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
        drop(create(&path, "a passphrase", |_| Ok(())).unwrap());
        // Settings are the connection's, so they are looked at after opening again.
        let opened = open(&path, |file| file.unwrap_by_passphrase("a passphrase")).unwrap();
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
        drop(create(&path, "a passphrase", later).unwrap());
        let before = std::fs::read(path.join("vault.db")).unwrap();
        let opened = open(&path, |file| file.unwrap_by_passphrase("a passphrase"));
        assert!(matches!(opened.err(), Some(VaultError::Newer { found: 9, known: NEWEST })));
        assert!(std::fs::read(path.join("vault.db")).unwrap() == before);
    }

    #[test]
    fn a_creation_that_fails_leaves_nothing() {
        let home = tempfile::tempdir().unwrap();
        let (new, old) = (home.path().join("new"), home.path().join("old"));
        std::fs::create_dir(&old).unwrap();
        for path in [&new, &old] {
            assert!(matches!(create(path, "a passphrase", |_| Err(VaultError::DiskFull)), Err(VaultError::DiskFull)));
        }
        assert!(!new.exists());
        assert_eq!(std::fs::read_dir(&old).unwrap().count(), 0);
    }
}
