//! The open database as every table's handle sees it, and the writer that a transaction hands out.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashSet};
use std::fmt;
use std::ops::Deref;

use rusqlite::Connection;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::error::VaultError;
use crate::keys::DataKey;
use crate::schema::{self, Oldest};
use crate::table::generation;

/// A connection, what could not be read through it, and what only this vault has.
#[derive(Debug)]
pub(crate) struct Database {
    connection: Connection,
    unreadable: RefCell<BTreeSet<Uuid>>,
    /// Records whose present content was saved since the vault was opened or last copied, so that no copy has it.
    own: RefCell<HashSet<Uuid>>,
    /// The number of the change up to which the main file holds everything.
    folded: Cell<u64>,
}

impl Deref for Database {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

impl Database {
    pub(crate) fn around(connection: Connection) -> Database {
        Database { connection, unreadable: RefCell::default(), own: RefCell::default(), folded: Cell::default() }
    }

    /// An empty one of the newest schema, in memory alone.
    pub(crate) fn empty() -> Result<Database, VaultError> {
        let mut connection = Connection::open_in_memory()?;
        schema::migrate(&mut connection, Oldest::New)?;
        Ok(Database::around(connection))
    }

    /// Notes a record that was asked for and could not be read: the others are shown all the same, and whoever shows
    /// the list can say so.
    pub(crate) fn note_unreadable(&self, id: Uuid) {
        self.unreadable.borrow_mut().insert(id);
    }

    /// The records that were noted so far.
    pub(crate) fn unreadable(&self) -> Vec<Uuid> {
        self.unreadable.borrow().iter().copied().collect()
    }

    /// Notes that a record says something that no copy of the vault has.
    pub(crate) fn note_own(&self, id: Uuid) {
        self.own.borrow_mut().insert(id);
    }

    /// Whether a record says something that no copy of the vault has.
    pub(crate) fn is_own(&self, id: Uuid) -> bool {
        self.own.borrow().contains(&id)
    }

    /// From now on there may be a copy that has whatever is here.
    pub(crate) fn share_all(&self) {
        self.own.borrow_mut().clear();
    }

    /// Moves all that was saved out of the log of changes into the main file, and empties the log.
    pub(crate) fn checkpoint(&self) -> Result<(), VaultError> {
        self.fold("TRUNCATE")
    }

    /// The same without emptying the log, which is begun anew by the next change. When it fails, the next one does it.
    pub(crate) fn fold_in(&self) {
        let _ = self.fold("PASSIVE");
    }

    fn fold(&self, how: &str) -> Result<(), VaultError> {
        let whole = self.query_row(&format!("PRAGMA wal_checkpoint({how})"), [], |row| {
            let (busy, pages, folded): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(busy == 0 && pages == folded)
        })?;
        if whole {
            self.folded.set(generation::standing(self)?.newest.0);
        }
        Ok(())
    }

    /// Folds in what an interrupted process left, so that the next change begins a log of its own; where that cannot be
    /// done, the log that is there goes on.
    pub(crate) fn begin(&self) -> Result<(), VaultError> {
        self.folded.set(generation::standing(self)?.log_from);
        self.fold_in();
        Ok(())
    }

    /// The number of the change up to which the main file holds everything; a log of changes begins after it.
    pub(crate) fn folded(&self) -> u64 {
        self.folded.get()
    }

    /// The only column of a query's rows, as text.
    pub(crate) fn texts(&self, sql: &str) -> Result<Vec<String>, VaultError> {
        let mut statement = self.prepare(sql)?;
        let texts = statement.query_map([], |row| row.get(0))?;
        Ok(texts.collect::<Result<_, _>>()?)
    }

    pub(crate) fn close(self) -> Result<(), VaultError> {
        Ok(self.connection.close().map_err(|(_, error)| error)?)
    }
}

/// Gives the connection its key. Exclusive before anything is read: then no shared-memory file is made.
pub(crate) fn unlock(connection: &Connection, key: &DataKey) -> Result<(), VaultError> {
    // Otherwise SQLCipher logs to standard error.
    connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
    let raw = key.raw();
    let mut pragma = Zeroizing::new(String::with_capacity(raw.len() + 32));
    for part in ["PRAGMA key = \"", &raw, "\""] {
        pragma.push_str(part);
    }
    connection.execute_batch(&pragma)?;
    Ok(connection.execute_batch("PRAGMA locking_mode = EXCLUSIVE")?)
}

/// Writes, inside one [`Vault::transact`](crate::Vault::transact). Each table has a handle that writes to it
/// (handles.rs); what one of them cannot do ends the transaction, and nothing of it is kept.
pub struct Writer<'a>(pub(crate) &'a Database);

impl fmt::Debug for Writer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Writer")
    }
}

#[cfg(test)]
impl Database {
    /// An empty database of the newest schema, in memory.
    pub(crate) fn in_memory() -> Database {
        Database::empty().unwrap()
    }

    /// Every page as decrypted, free pages included.
    pub(crate) fn pages(&mut self) -> Vec<u8> {
        self.connection.serialize(rusqlite::MAIN_DB).unwrap().to_vec()
    }

    /// How SQLite goes about a query, step by step.
    pub(crate) fn plan(sql: &str) -> String {
        let database = Database::in_memory();
        let mut statement = database.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let count = statement.parameter_count();
        let nothing = rusqlite::params_from_iter(vec![rusqlite::types::Null; count]);
        let steps = statement.query_map(nothing, |row| row.get::<_, String>(3)).unwrap();
        steps.collect::<Result<Vec<_>, _>>().unwrap().join("\n")
    }
}
