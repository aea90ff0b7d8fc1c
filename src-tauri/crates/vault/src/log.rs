//! Whether a log of changes that lies beside the database belongs to it. SQLite plays any it finds: an old one that a
//! synchronised folder handed back would undo what came after it. So both are looked at first, and nothing is written
//! until it is known.

use std::path::Path;

use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::database::unlock;
use crate::doubt::Doubt;
use crate::error::VaultError;
use crate::folder::Folder;
use crate::keys::DataKey;
use crate::table::generation::{self, Standing};
use crate::trail::Changes;

/// What the database says of itself.
struct Seen {
    /// Nothing for a vault of a schema that had no heads.
    standing: Option<Standing>,
    /// The number of the newest change.
    number: u64,
    changes: Changes,
}

/// Moves a log that does not belong to the database out of the way, unread and whole.
pub(crate) fn settle(folder: &Folder, key: &DataKey) -> Result<Option<Doubt>, VaultError> {
    if folder.log_length() == 0 || belongs(folder, key)? {
        return Ok(None);
    }
    Ok(Some(Doubt::LogAside { name: folder.put_log_aside()? }))
}

fn belongs(folder: &Folder, key: &DataKey) -> Result<bool, VaultError> {
    let (without, with) = (without_log(&folder.database(), key), with_log(&folder.database(), key));
    match (without, with) {
        (Ok(without), Ok(with)) => Ok(match (without.standing, with.standing) {
            (Some(base), Some(now)) => base.newest.0 >= now.log_from && with.changes.has(base.newest),
            // Before there were heads only the numbers can be compared; and the log may bring the heads.
            (None, _) => with.number >= without.number,
            (Some(_), None) => false,
        }),
        // A log that was being folded in leaves a main file that cannot be read without it.
        (Err(VaultError::Damaged { .. } | VaultError::Torn { .. }), Ok(_)) => Ok(true),
        (Ok(_), Err(VaultError::Damaged { .. } | VaultError::Torn { .. })) => Ok(false),
        (Err(error), _) | (_, Err(error)) => Err(error),
    }
}

/// The main file alone, as if there were no log.
fn without_log(database: &Path, key: &DataKey) -> Result<Seen, VaultError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    look(Connection::open_with_flags(unchanging(database), flags)?, key)
}

/// Both together, without folding one into the other. It only reads; a file opened for reading alone could not be locked.
fn with_log(database: &Path, key: &DataKey) -> Result<Seen, VaultError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(database, flags)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    look(connection, key)
}

fn look(connection: Connection, key: &DataKey) -> Result<Seen, VaultError> {
    unlock(&connection, key)?;
    let schema: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let seen = if schema < generation::SINCE {
        let number: i64 = connection.query_row("SELECT number FROM generation", [], |row| row.get(0))?;
        Seen { standing: None, number: number.unsigned_abs(), changes: Changes::default() }
    } else {
        let standing = generation::standing(&connection)?;
        let changes = generation::changes(&connection)?;
        Seen { standing: Some(standing), number: standing.newest.0, changes }
    };
    // What cannot be closed was only read.
    let _ = connection.close();
    Ok(seen)
}

/// The address under which SQLite takes a file for one that nobody changes, and does not look beside it.
pub(crate) fn unchanging(database: &Path) -> String {
    let whole = std::path::absolute(database).unwrap_or_else(|_| database.to_owned());
    let path = whole.to_string_lossy().replace('\\', "/");
    let parts: Vec<String> =
        path.split('/').map(|part| percent_encode(part.as_bytes(), NON_ALPHANUMERIC).to_string()).collect();
    let path = parts.join("/");
    // A drive letter stands after one more stroke.
    let root = if path.starts_with('/') { "" } else { "/" };
    format!("file://{root}{path}?immutable=1")
}
