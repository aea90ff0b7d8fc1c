//! Records: one row each, in the order of their days (day.rs).

use std::collections::BTreeMap;
use std::iter::once;

use chrono::{DateTime, NaiveDate, Utc};
use domain::digest::Sha256Hex;
use domain::signoff::Said;
use domain::{Kinds, Origin, Record};
use rusqlite::{OptionalExtension as _, Row, params};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::bin::{Bin, BinMut};
use super::day::{day_of, first_of, last_of};
use super::row::{COLUMNS, Own, read};
use super::version::{Versions, VersionsMut};
use super::{
    Digest, attachment, claim, count, digest_of, evidence, mention, moment, read_moment, search, session, supervision,
    visit,
};
use crate::database::Database;
use crate::error::VaultError;

/// The records that are not in the bin. An error means that the database cannot be read.
#[derive(Debug, Clone, Copy)]
pub struct Records<'a>(pub(crate) &'a Database);

const WRITTEN_AFTER: &str = "SELECT id FROM record WHERE created > ?1 AND seq <= ?2 ORDER BY created";

impl Records<'_> {
    /// The record with this id, if there is one.
    pub fn get(&self, id: Uuid) -> Result<Option<Record>, VaultError> {
        let mut statement = self.0.prepare_cached(&format!("SELECT {COLUMNS} FROM record WHERE id = ?1"))?;
        let mut rows = statement.query([id.as_bytes()])?;
        rows.next()?.map(|row| read(self.0, row)).transpose()
    }

    /// Those of these ids that no record has.
    pub fn strangers(&self, ids: impl IntoIterator<Item = Uuid>) -> Result<Vec<Uuid>, VaultError> {
        let mut strangers = Vec::new();
        for id in ids {
            if self.known(id)?.is_none() {
                strangers.push(id);
            }
        }
        Ok(strangers)
    }

    /// The SHA-256 of what a record says ([`Record::content`]); of the record nothing is read.
    pub fn content_of(&self, id: Uuid) -> Result<Option<Sha256Hex>, VaultError> {
        Ok(self.known(id)?.map(|(_, said)| said.into()))
    }

    /// The same with the times at which the record was saved.
    pub fn standing(&self, id: Uuid) -> Result<Option<Said>, VaultError> {
        let mut statement = self.0.prepare_cached("SELECT id, said, created, modified FROM record WHERE id = ?1")?;
        let mut rows = statement.query([id.as_bytes()])?;
        rows.next()?.map(read_said).transpose()
    }

    /// The records that claim a competency and are dated until a day, newest first, each with the hash of what it says.
    pub fn claiming(&self, competency: &str, to: NaiveDate) -> Result<Vec<Said>, VaultError> {
        // One record may claim a competency twice.
        let mut statement = self.0.prepare_cached(
            "SELECT id, said, created, modified FROM claim CROSS JOIN record ON record.seq = claim.record
             WHERE competency = ?1 AND claim.record <= ?2 GROUP BY claim.record ORDER BY claim.record DESC",
        )?;
        let mut rows = statement.query(params![competency, last_of(to)])?;
        let mut claiming = Vec::new();
        while let Some(row) = rows.next()? {
            match read_said(row) {
                Ok(one) => claiming.push(one),
                // Listing the records reports it; what others claim is not affected.
                Err(VaultError::Unreadable { .. }) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(claiming)
    }

    /// The records that are dated until a day and were first saved after a moment.
    pub fn written_after(&self, at: DateTime<Utc>, to: NaiveDate) -> Result<Vec<Uuid>, VaultError> {
        let mut statement = self.0.prepare_cached(WRITTEN_AFTER)?;
        let ids = statement.query_map(params![moment(at), last_of(to)], |row| Ok(Uuid::from_bytes(row.get(0)?)))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// What a record was changed from, and that from what, and so on as far as it is known, nearest first: the SHA-256 of
    /// each of these contents. The first that two copies of a vault both have, what the record says itself included, is what
    /// both of them come from.
    pub fn ancestry(&self, id: Uuid) -> Result<Vec<Sha256Hex>, VaultError> {
        let mut wanted = self.base_of(id)?;
        let mut ancestry = Vec::new();
        for (said, base) in Versions(self.0).digests(id)? {
            if wanted == Some(said) {
                ancestry.push(said.into());
                wanted = base;
            }
        }
        Ok(ancestry)
    }

    /// Whether a record says what it said when it was saved, for [`crate::verify`].
    pub(crate) fn fits(&self, record: &Record) -> Result<bool, VaultError> {
        Ok(self.known(record.id)?.is_some_and(|(_, said)| said == digest_of(record)))
    }

    /// Records that were not changed from the version before, as they should have been, for [`crate::verify`]. A
    /// version that cannot be read is told elsewhere.
    pub(crate) fn astray(&self) -> Result<Vec<Uuid>, VaultError> {
        let mut bases: BTreeMap<Uuid, Option<Digest>> =
            Versions(self.0).ids()?.into_iter().map(|id| (id, None)).collect();
        let mut statement = self.0.prepare("SELECT id, base FROM record WHERE base IS NOT NULL")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            bases.insert(Uuid::from_bytes(row.get(0)?), row.get(1)?);
        }
        let mut astray = Vec::new();
        for (id, base) in bases {
            let kept = match Versions(self.0).digests(id) {
                Ok(kept) => kept,
                Err(VaultError::Unreadable { .. }) => continue,
                Err(other) => return Err(other),
            };
            let from = once(base).chain(kept.iter().map(|(_, base)| *base));
            let mut before = kept.iter().map(|(said, _)| Some(*said)).chain(once(None)).zip(from);
            if before.any(|(before, from)| from.is_some() && from != before) {
                astray.push(id);
            }
        }
        Ok(astray)
    }

    /// Every record's id, for [`crate::verify`].
    pub(crate) fn ids(&self) -> Result<Vec<Uuid>, VaultError> {
        let mut statement = self.0.prepare_cached("SELECT id FROM record ORDER BY id")?;
        let ids = statement.query_map([], |row| Ok(Uuid::from_bytes(row.get(0)?)))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Where a record stands, and the hash of what it says.
    fn known(&self, id: Uuid) -> Result<Option<(i64, Digest)>, VaultError> {
        let mut statement = self.0.prepare_cached("SELECT seq, said FROM record WHERE id = ?1")?;
        Ok(statement.query_row([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// Where an id stands, all that writing under it has to know.
    fn place(&self, id: Uuid) -> Result<Place, VaultError> {
        let mut statement = self.0.prepare_cached(
            "SELECT 0, seq, said, base FROM record WHERE id = ?1
             UNION ALL SELECT 1, 0, NULL, NULL FROM bin WHERE record = ?1
             UNION ALL SELECT 2, 0, NULL, NULL FROM tombstone WHERE record = ?1",
        )?;
        let mut rows = statement.query([id.as_bytes()])?;
        let Some(row) = rows.next()? else { return Ok(Place::Free) };
        Ok(match row.get(0)? {
            0 => Place::Taken(Standing { seq: row.get(1)?, said: row.get(2)?, base: row.get(3)? }),
            1 => Place::InBin,
            _ => Place::Grave,
        })
    }

    /// The hash of what it was changed from.
    fn base_of(&self, id: Uuid) -> Result<Option<Digest>, VaultError> {
        let mut statement = self.0.prepare_cached("SELECT base FROM record WHERE id = ?1")?;
        Ok(statement.query_row([id.as_bytes()], |row| row.get(0)).optional()?.flatten())
    }

    /// The next free sequence number of a day.
    fn next_on(&self, date: NaiveDate) -> Result<i64, VaultError> {
        let mut statement = self.0.prepare_cached("SELECT max(seq) FROM record WHERE seq BETWEEN ?1 AND ?2")?;
        let last: Option<i64> = statement.query_row([first_of(date), last_of(date)], |row| row.get(0))?;
        let next = last.map_or(first_of(date), |last| last + 1);
        if next > last_of(date) { Err(VaultError::DayFull { date }) } else { Ok(next) }
    }
}

/// What an id stands for.
enum Place {
    /// Nothing yet.
    Free,
    /// A record.
    Taken(Standing),
    /// A record in the bin.
    InBin,
    /// One that was deleted for good.
    Grave,
}

/// How a record stands.
struct Standing {
    seq: i64,
    /// The hash of what it says.
    said: Digest,
    /// The hash of what it was changed from.
    base: Option<Digest>,
}

/// What happens to a record's former content when it changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    /// It is kept as a version.
    Keep,
    /// It is kept already, or not worth it.
    Forget,
}

/// Saves, deletes and restores records, each with its links and its search entry.
///
/// # Errors
/// Besides I/O errors: [`VaultError::AttachmentMissing`] unless the contents are put first, [`VaultError::DayFull`],
/// [`VaultError::InBin`], [`VaultError::DeletedForGood`], [`VaultError::NotKept`].
#[derive(Debug, Clone, Copy)]
pub struct RecordsMut<'a>(pub(crate) &'a Database);

impl<'a> RecordsMut<'a> {
    /// The records with what this transaction has written so far.
    #[must_use]
    pub fn read(&self) -> Records<'a> {
        Records(self.0)
    }

    /// Inserts a record or replaces the one with its id, exactly as given, `created` and `modified` included. When its
    /// content changes, the former content is kept as a version.
    pub fn save(&self, record: &Record, kinds: &Kinds) -> Result<(), VaultError> {
        self.write(record, kinds, Before::Keep, None).map(|changes| self.note(record, changes))
    }

    /// Saves a record without keeping a version of its former content: for one that is saved repeatedly while it is
    /// being written. What a copy of the vault may have, since it was not saved after the vault was opened or copied
    /// ([`Vault::copy_to`](crate::Vault::copy_to)), is kept all the same.
    pub fn save_on(&self, record: &Record, kinds: &Kinds) -> Result<(), VaultError> {
        let before = if self.0.is_own(record.id) { Before::Forget } else { Before::Keep };
        self.write(record, kinds, before, None).map(|changes| self.note(record, changes))
    }

    fn note(&self, record: &Record, changes: bool) {
        if changes {
            self.0.note_own(record.id);
        }
    }

    /// Moves a record into the bin with its versions and attachments, and says whether there was one.
    pub fn bin(&self, id: Uuid, kinds: &Kinds, now: DateTime<Utc>) -> Result<bool, VaultError> {
        let Some(record) = self.read().get(id)? else { return Ok(false) };
        let Place::Taken(Standing { seq, base, .. }) = self.read().place(id)? else { return Ok(false) };
        let number = VersionsMut(self.0).keep(&record, base)?;
        attachment::unlink(self.0, seq)?;
        self.0.prepare_cached("DELETE FROM record WHERE seq = ?1")?.execute([seq])?;
        BinMut(self.0).put(id, number, now)?;
        count::those_about(self.0, &record, kinds)?;
        Ok(true)
    }

    /// Brings a record back from the bin as it was; nothing when it is not there.
    pub fn restore(&self, id: Uuid, kinds: &Kinds) -> Result<Option<Record>, VaultError> {
        let Some(number) = Bin(self.0).number_of(id)? else { return Ok(None) };
        let record = Versions(self.0).get(id, number)?.ok_or(VaultError::Unreadable { id })?;
        let base = Versions(self.0).base_of(id, number)?;
        BinMut(self.0).take(id)?;
        self.write(&record, kinds, Before::Forget, base)?;
        VersionsMut(self.0).forget(id, number)?;
        Ok(Some(record))
    }

    /// Writes a record over the one that is there or, where there is none, as a new one that was changed from `base`. Says
    /// whether what it says is new.
    fn write(
        &self,
        record: &Record,
        kinds: &Kinds,
        before: Before,
        mut base: Option<Digest>,
    ) -> Result<bool, VaultError> {
        let id = record.id;
        let said = digest_of(record);
        let mut changes = true;
        let old = match self.read().place(id)? {
            Place::InBin => return Err(VaultError::InBin { id }),
            Place::Grave => return Err(VaultError::DeletedForGood { id }),
            Place::Free => None,
            Place::Taken(old) => {
                changes = old.said != said;
                let keeps = before == Before::Keep && changes && self.keep(id, old.base)?;
                base = if keeps { Some(old.said) } else { old.base };
                Some(old.seq)
            }
        };
        let seq = match old {
            Some(seq) if day_of(seq) == Some(record.date) => seq,
            _ => self.read().next_on(record.date)?,
        };
        let sql = match old {
            // A new day moves the row; its links follow (ON UPDATE CASCADE).
            Some(_) => {
                "UPDATE record SET seq = ?1, kind = ?3, date = ?4, created = ?5, modified = ?6, said = ?7, own = ?8,
                 title = ?9, claims_text = ?10, answers = ?11, body = ?12, base = ?13 WHERE id = ?2"
            }
            None => {
                "INSERT INTO record (seq, id, kind, date, created, modified, said, own, title, claims_text, answers, body,
                                     base)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
            }
        };
        self.0.prepare_cached(sql)?.execute(params![
            seq,
            record.id.as_bytes(),
            record.kind,
            record.date.to_string(),
            moment_of(record, record.created)?,
            moment_of(record, record.modified)?,
            said,
            own_of(record)?,
            record.title,
            search::claims_text(record),
            search::answers(record, kinds),
            record.body,
            base,
        ])?;
        self.beside(seq, record, kinds, old.is_none())?;
        Ok(changes)
    }

    /// Writes what other tables hold of a record.
    pub(crate) fn beside(&self, seq: i64, record: &Record, kinds: &Kinds, is_new: bool) -> Result<(), VaultError> {
        claim::put(self.0, seq, record, is_new)?;
        evidence::put(self.0, seq, record, kinds, is_new)?;
        session::put(self.0, seq, record, is_new)?;
        visit::put(self.0, seq, record, is_new)?;
        supervision::put(self.0, seq, record, is_new)?;
        mention::put(self.0, seq, record, kinds, is_new)?;
        attachment::link(self.0, seq, &record.attachments, is_new)?;
        count::those_about(self.0, record, kinds)
    }

    /// Spells out anew what every record counts as: for a vault that was written under other rules
    /// ([`domain::counts_as::COUNTED`]). A record that cannot be read counts as nothing.
    pub fn count_anew(&self, kinds: &Kinds) -> Result<(), VaultError> {
        count::all(self.0, kinds)
    }

    /// Keeps what stands in a record as a version, and says whether it could: what cannot be read cannot be kept, and
    /// writing over it mends the record.
    fn keep(&self, id: Uuid, base: Option<Digest>) -> Result<bool, VaultError> {
        match self.read().get(id) {
            Ok(Some(record)) => VersionsMut(self.0).keep(&record, base).map(|_| true),
            Ok(None) | Err(VaultError::Unreadable { .. }) => Ok(false),
            Err(other) => Err(other),
        }
    }
}

/// What has no column of its own, as text that is known to read back. Anything else must not be stored: the record
/// could never be read again.
fn own_of(record: &Record) -> Result<String, VaultError> {
    let refused = || VaultError::NotKept { id: record.id, what: "its own fields" };
    let kind_version = (record.kind_version > 1).then_some(record.kind_version);
    let own = Own { kind_version, tags: &record.tags, origin: record.origin.as_ref(), fields: &record.fields };
    let text = serde_json::to_string(&own).map_err(|_| refused())?;
    let read: Own<Vec<String>, Origin, Map<String, Value>> = serde_json::from_str(&text).map_err(|_| refused())?;
    let same = read.kind_version == kind_version
        && read.tags == record.tags
        && read.origin == record.origin
        && read.fields == record.fields;
    if same { Ok(text) } else { Err(refused()) }
}

/// The same for a time.
fn moment_of(record: &Record, at: DateTime<Utc>) -> Result<String, VaultError> {
    let text = moment(at);
    let reads = read_moment(&text).is_ok_and(|read| read == at);
    if reads { Ok(text) } else { Err(VaultError::NotKept { id: record.id, what: "a time at which it was saved" }) }
}

/// How a record stands, without what it says.
fn read_said(row: &Row<'_>) -> Result<Said, VaultError> {
    let id = Uuid::from_bytes(row.get(0)?);
    let time = |column| -> Result<DateTime<Utc>, VaultError> {
        let text = row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?;
        read_moment(text).map_err(|_| VaultError::Unreadable { id })
    };
    Ok(Said { record: id, sha256: row.get::<_, [u8; 32]>(1)?.into(), created: time(2)?, modified: time(3)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_later_is_found_without_reading_the_rest() {
        let plan = Database::plan(WRITTEN_AFTER);
        assert!(plan.contains("SEARCH record USING INDEX record_created (created>?"), "{plan}");
    }
}
