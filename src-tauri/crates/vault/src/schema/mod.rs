//! The numbered migrations, and bringing a vault up to the newest one.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::VaultError;

/// In order; the place in this list, from 1, is what `user_version` says has been applied.
const MIGRATIONS: [&str; 6] = [
    include_str!("0001_first.sql"),
    include_str!("0002_releases.sql"),
    include_str!("0003_tombstones.sql"),
    include_str!("0004_visits.sql"),
    include_str!("0005_changes.sql"),
    include_str!("0006_written.sql"),
];

/// The schema that this version writes.
pub(crate) const NEWEST: u32 = 6;
const _: () = assert!(MIGRATIONS.len() == NEWEST as usize);

/// The oldest schema that may be there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Oldest {
    /// None: the vault is being made.
    New,
    /// The first: a database without one beside a key has lost its content, and must not pass for a new vault.
    First,
}

/// Applies what is missing, each migration whole or not at all. A vault of a later version is left as it is.
pub(crate) fn migrate(connection: &mut Connection, oldest: Oldest) -> Result<(), VaultError> {
    let found: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > NEWEST {
        return Err(VaultError::Newer { found, known: NEWEST });
    }
    if found == 0 && oldest == Oldest::First {
        return Err(VaultError::damaged("vault.db is empty"));
    }
    for (number, migration) in (1..).zip(MIGRATIONS).skip(found as usize) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", number)?;
        transaction.commit()?;
    }
    Ok(())
}
