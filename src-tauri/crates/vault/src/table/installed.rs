//! What was installed or set in this vault, by name: an employer's framework, the coach's settings.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::VaultError;

pub(crate) fn get(connection: &Connection, name: &str) -> Result<Option<String>, VaultError> {
    let mut statement = connection.prepare_cached("SELECT content FROM installed WHERE name = ?1")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

pub(crate) fn put(connection: &Connection, name: &str, content: &str) -> Result<(), VaultError> {
    let sql = "INSERT INTO installed (name, content) VALUES (?1, ?2)
               ON CONFLICT (name) DO UPDATE SET content = excluded.content";
    connection.prepare_cached(sql)?.execute(params![name, content])?;
    Ok(())
}

pub(crate) fn remove(connection: &Connection, name: &str) -> Result<(), VaultError> {
    connection.prepare_cached("DELETE FROM installed WHERE name = ?1")?.execute([name])?;
    Ok(())
}
