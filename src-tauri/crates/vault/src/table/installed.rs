//! What was installed or set in this vault, by name: an employer's framework, the coach's settings.

use rusqlite::{OptionalExtension as _, params};

use crate::database::Database;
use crate::error::VaultError;

/// Texts by the names under which they were installed. An error means that the database cannot be read.
#[derive(Debug, Clone, Copy)]
pub struct Installed<'a>(pub(crate) &'a Database);

impl Installed<'_> {
    /// The text under a name, such as an employer's framework.
    pub fn get(&self, name: &str) -> Result<Option<String>, VaultError> {
        let mut statement = self.0.prepare_cached("SELECT content FROM installed WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }
}

/// Installs texts by name.
#[derive(Debug, Clone, Copy)]
pub struct InstalledMut<'a>(pub(crate) &'a Database);

impl InstalledMut<'_> {
    /// Installs a text under a name, in place of the one before.
    pub fn put(&self, name: &str, content: &str) -> Result<(), VaultError> {
        let sql = "INSERT INTO installed (name, content) VALUES (?1, ?2)
                   ON CONFLICT (name) DO UPDATE SET content = excluded.content";
        self.0.prepare_cached(sql)?.execute(params![name, content])?;
        Ok(())
    }
}
