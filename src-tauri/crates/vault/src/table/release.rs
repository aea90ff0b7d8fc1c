//! The log of what was given out.

use crate::database::Database;
use crate::error::VaultError;

/// What was given out, each as it was noted. An error means that the database cannot be read.
#[derive(Debug, Clone, Copy)]
pub struct Releases<'a>(pub(crate) &'a Database);

impl Releases<'_> {
    /// All of it, latest first.
    pub fn all(&self) -> Result<Vec<String>, VaultError> {
        self.0.texts("SELECT content FROM release ORDER BY seq DESC")
    }
}

/// Adds to the log.
#[derive(Debug, Clone, Copy)]
pub struct ReleasesMut<'a>(pub(crate) &'a Database);

impl ReleasesMut<'_> {
    /// Notes what was given out; nothing is ever taken out of the log.
    pub fn note(&self, content: &str) -> Result<(), VaultError> {
        self.0.prepare_cached("INSERT INTO release (content) VALUES (?1)")?.execute([content])?;
        Ok(())
    }
}
