//! Attachments: their content once, by its hash, and which records hold them under which names.

use std::fmt::Write as _;

use domain::Attachment;
use rusqlite::{Connection, ErrorCode, OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};

use crate::error::VaultError;

/// SHA-256 in lower-case hexadecimal, the name of a content.
#[must_use]
pub fn sha256(content: &[u8]) -> String {
    Sha256::digest(content).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(crate) fn put(connection: &Connection, content: &[u8]) -> Result<String, VaultError> {
    let sha256 = sha256(content);
    let sql = "INSERT INTO attachment (sha256, bytes) VALUES (?1, ?2) ON CONFLICT (sha256) DO NOTHING";
    connection.prepare_cached(sql)?.execute(params![sha256, content])?;
    Ok(sha256)
}

pub(crate) fn get(connection: &Connection, sha256: &str) -> Result<Option<Vec<u8>>, VaultError> {
    let mut statement = connection.prepare_cached("SELECT bytes FROM attachment WHERE sha256 = ?1")?;
    Ok(statement.query_row([sha256], |row| row.get(0)).optional()?)
}

pub(crate) fn is_there(connection: &Connection, sha256: &str) -> Result<bool, VaultError> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM attachment WHERE sha256 = ?1")?;
    Ok(statement.exists([sha256])?)
}

/// Every content's name.
pub(crate) fn names(connection: &Connection) -> Result<Vec<String>, VaultError> {
    let mut statement = connection.prepare_cached("SELECT sha256 FROM attachment ORDER BY sha256")?;
    let names = statement.query_map([], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// What a record holds, in its order.
pub(crate) fn of(connection: &Connection, seq: i64) -> Result<Vec<Attachment>, VaultError> {
    let mut statement = connection.prepare_cached(
        "SELECT name, media_type, sha256, bytes FROM record_attachment WHERE record = ?1 ORDER BY position",
    )?;
    let attachments = statement.query_map([seq], |row| {
        Ok(Attachment { name: row.get(0)?, media_type: row.get(1)?, sha256: row.get(2)?, bytes: row.get(3)? })
    })?;
    Ok(attachments.collect::<Result<_, _>>()?)
}

/// Makes these a record's attachments, and says which contents it held before.
pub(crate) fn link(connection: &Connection, seq: i64, attachments: &[Attachment]) -> Result<Vec<String>, VaultError> {
    let held = unlink(connection, seq)?;
    let mut statement = connection.prepare_cached(
        "INSERT INTO record_attachment (record, position, name, media_type, sha256, bytes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (position, attachment) in (0_i64..).zip(attachments) {
        let Attachment { name, media_type, sha256, bytes } = attachment;
        statement.execute(params![seq, position, name, media_type, sha256, bytes]).map_err(|error| {
            match error.sqlite_error_code() {
                Some(ErrorCode::ConstraintViolation) => VaultError::AttachmentMissing { name: name.clone() },
                _ => error.into(),
            }
        })?;
    }
    Ok(held)
}

/// Takes a record's attachments away from it, and says which contents they were.
pub(crate) fn unlink(connection: &Connection, seq: i64) -> Result<Vec<String>, VaultError> {
    let mut statement =
        connection.prepare_cached("DELETE FROM record_attachment WHERE record = ?1 RETURNING sha256")?;
    let held = statement.query_map([seq], |row| row.get(0))?;
    Ok(held.collect::<Result<_, _>>()?)
}

/// Forgets a content that no record and no draft names any more.
pub(crate) fn forget_if_unused(connection: &Connection, sha256: &str) -> Result<(), VaultError> {
    let sql = "DELETE FROM attachment WHERE sha256 = ?1
               AND NOT EXISTS (SELECT 1 FROM record_attachment WHERE sha256 = ?1)
               AND NOT EXISTS (SELECT 1 FROM draft WHERE instr(content, ?1))";
    connection.prepare_cached(sql)?.execute([sha256])?;
    Ok(())
}
