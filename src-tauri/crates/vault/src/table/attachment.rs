//! Attachments: their content once, by its hash, and which records hold them under which names.

use chrono::{DateTime, TimeDelta, Utc};
use domain::Attachment;
use domain::digest::Sha256Hex;
use rusqlite::{Connection, ErrorCode, OptionalExtension as _, params};

use super::{moment, other_text, read_other};
use crate::database::Database;
use crate::error::VaultError;

/// The content of attached files, each by its SHA-256 in lower-case hexadecimal. An error means that the database
/// cannot be read.
#[derive(Debug, Clone, Copy)]
pub struct Attachments<'a>(pub(crate) &'a Database);

impl Attachments<'_> {
    /// The content with this hash, if it is there.
    pub fn get(&self, sha256: &str) -> Result<Option<Vec<u8>>, VaultError> {
        let mut statement = self.0.prepare_cached("SELECT bytes FROM attachment WHERE sha256 = ?1")?;
        Ok(statement.query_row([sha256], |row| row.get(0)).optional()?)
    }

    /// The length of a content in bytes, if it is there, without reading it.
    pub fn length(&self, sha256: &str) -> Result<Option<u64>, VaultError> {
        let mut statement = self.0.prepare_cached("SELECT length(bytes) FROM attachment WHERE sha256 = ?1")?;
        Ok(statement.query_row([sha256], |row| row.get::<_, i64>(0)).optional()?.map(i64::unsigned_abs))
    }

    /// The hashes of all contents.
    pub(crate) fn names(&self) -> Result<Vec<String>, VaultError> {
        self.0.texts("SELECT sha256 FROM attachment ORDER BY sha256")
    }
}

/// Keeps the content of attached files.
#[derive(Debug, Clone, Copy)]
pub struct AttachmentsMut<'a>(pub(crate) &'a Database);

impl AttachmentsMut<'_> {
    /// Keeps a content and gives its SHA-256; the same content is kept once.
    pub fn put(&self, content: &[u8]) -> Result<String, VaultError> {
        let sha256 = Sha256Hex::of(content).to_string();
        let sql = "INSERT INTO attachment (sha256, bytes) VALUES (?1, ?2) ON CONFLICT (sha256) DO NOTHING";
        self.0.prepare_cached(sql)?.execute(params![sha256, content])?;
        Ok(sha256)
    }

    /// Forgets one content if nothing names it any more.
    pub(crate) fn forget_if_unused(&self, sha256: &str) -> Result<(), VaultError> {
        let sql = format!("DELETE FROM attachment WHERE sha256 = ?1 AND {UNUSED}");
        self.0.prepare_cached(&sql)?.execute([sha256])?;
        Ok(())
    }

    /// Forgets the content that nothing has named for thirty days, and notes since when nothing names the rest: a draft that
    /// was discarded or a file that was taken away can be brought back until then.
    pub(crate) fn forget_unused(&self, now: DateTime<Utc>) -> Result<(), VaultError> {
        let long_ago = moment(now - UNUSED_FOR);
        self.0.execute(
            &format!("DELETE FROM unused WHERE sha256 NOT IN (SELECT sha256 FROM attachment WHERE {UNUSED})"),
            [],
        )?;
        let forgotten = "DELETE FROM attachment WHERE sha256 IN (SELECT sha256 FROM unused WHERE since < ?1)";
        self.0.execute(forgotten, [long_ago])?;
        let noted =
            format!("INSERT OR IGNORE INTO unused (sha256, since) SELECT sha256, ?1 FROM attachment WHERE {UNUSED}");
        self.0.execute(&noted, [moment(now)])?;
        Ok(())
    }
}

/// How long a content stays that nothing names any more.
const UNUSED_FOR: TimeDelta = TimeDelta::days(30);

/// What no record, no version of one and no draft names. The tables themselves are asked and not their indexes: a page of
/// an index that is out of date must not cost a file.
const UNUSED: &str = "sha256 NOT IN (SELECT +sha256 FROM record_attachment NOT INDEXED)
     AND sha256 NOT IN (SELECT +sha256 FROM version_attachment NOT INDEXED)
     AND NOT EXISTS (SELECT 1 FROM draft WHERE instr(content, attachment.sha256))";

/// What a record holds, in its order.
pub(super) fn of(connection: &Connection, seq: i64) -> Result<Vec<Attachment>, VaultError> {
    let mut statement = connection.prepare_cached(
        "SELECT name, media_type, sha256, bytes, other FROM record_attachment WHERE record = ?1 ORDER BY position",
    )?;
    let mut rows = statement.query([seq])?;
    let mut attachments = Vec::new();
    while let Some(row) = rows.next()? {
        attachments.push(Attachment {
            name: row.get(0)?,
            media_type: row.get(1)?,
            sha256: row.get(2)?,
            bytes: row.get(3)?,
            other: read_other(row.get_ref(4)?)?,
        });
    }
    Ok(attachments)
}

/// Makes these a record's attachments.
pub(super) fn link(
    connection: &Connection,
    seq: i64,
    attachments: &[Attachment],
    is_new: bool,
) -> Result<(), VaultError> {
    if !is_new {
        unlink(connection, seq)?;
    }
    if attachments.is_empty() {
        return Ok(());
    }
    let mut statement = connection.prepare_cached(
        "INSERT INTO record_attachment (record, position, name, media_type, sha256, bytes, other)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (position, attachment) in (0_i64..).zip(attachments) {
        let Attachment { name, media_type, sha256, bytes, other } = attachment;
        let other = other_text(other)?;
        statement.execute(params![seq, position, name, media_type, sha256, bytes, other]).map_err(
            |error| match error.sqlite_error_code() {
                Some(ErrorCode::ConstraintViolation) => VaultError::AttachmentMissing { name: name.clone() },
                _ => error.into(),
            },
        )?;
    }
    Ok(())
}

/// Takes a record's attachments away from it; their content stays for a while.
pub(super) fn unlink(connection: &Connection, seq: i64) -> Result<(), VaultError> {
    connection.prepare_cached("DELETE FROM record_attachment WHERE record = ?1")?.execute([seq])?;
    Ok(())
}
