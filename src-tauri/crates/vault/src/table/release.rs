//! The log of what was given out.

use rusqlite::Connection;

use crate::error::VaultError;

/// The latest first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<String>, VaultError> {
    let mut statement = connection.prepare_cached("SELECT content FROM release ORDER BY seq DESC")?;
    let noted = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(noted)
}

pub(crate) fn add(connection: &Connection, content: &str) -> Result<(), VaultError> {
    connection.prepare_cached("INSERT INTO release (content) VALUES (?1)")?.execute([content])?;
    Ok(())
}
