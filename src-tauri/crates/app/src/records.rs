//! Writing and reading records, and what is being written.

use chrono::{DateTime, NaiveDate, Utc};
use domain::followup::{Followup, followups};
use domain::{Attachment, Draft, EvidenceKind, Record, check};
use serde::Serialize;
use uuid::Uuid;

use crate::failure::{Code, Failure};
use crate::open_vault::OpenVault;

/// Something that is being written and is not a record yet, or a record that is being changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct KeptDraft {
    /// The record's id.
    pub id: Uuid,
    /// What was typed so far.
    pub draft: Draft,
    /// When it was last touched.
    pub touched: DateTime<Utc>,
}

impl OpenVault {
    /// The content of an attached file by its SHA-256, if it is there.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn attachment(&self, sha256: &str) -> Result<Option<Vec<u8>>, Failure> {
        Ok(self.vault.attachment(sha256)?)
    }

    /// Checks a draft and keeps it as a record; the draft that was kept while typing goes.
    ///
    /// A draft with the id of a record changes that record, which keeps the moment it was first saved.
    ///
    /// # Errors
    /// Every problem of the draft, each with its field.
    pub fn save(&mut self, draft: &Draft) -> Result<Record, Failure> {
        let mut record = self.checked(draft)?;
        self.note_what_was_signed(&mut record)?;
        let goes_on = self.goes_on(&record);
        let changes = self.vault.content_of(record.id)?.is_none_or(|said| said != record.sha256());
        let kinds = &self.kinds;
        self.vault.transact(|writer| -> Result<(), Failure> {
            if goes_on {
                writer.save_on(&record, kinds)?;
            } else {
                writer.save(&record, kinds)?;
            }
            Ok(writer.drop_draft(record.id)?)
        })?;
        if changes && !goes_on {
            self.sittings.insert(record.id, record.modified);
        }
        Ok(record)
    }

    /// Saves many records as they are, all or none.
    pub(crate) fn save_all(&mut self, records: &[Record], files: &[Vec<u8>]) -> Result<(), Failure> {
        let kinds = &self.kinds;
        self.vault.transact(|writer| {
            for content in files {
                writer.put_attachment(content)?;
            }
            records.iter().try_for_each(|record| Ok(writer.save(record, kinds)?))
        })
    }

    fn checked(&self, draft: &Draft) -> Result<Record, Failure> {
        let stamp = self.stamp();
        let mut draft = draft.clone();
        if let Some(kind) = draft.get("kind").and_then(|kind| kind.as_str()).and_then(|kind| self.kinds.get(kind)) {
            kind.entitle(&mut draft);
        }
        let mut record = check(&draft, self.books(), stamp).map_err(Failure::of_draft)?;
        record.modified = stamp.now;
        record.created = self.vault.record(record.id)?.map_or(stamp.now, |known| known.created);
        let mut problems = Vec::new();
        for (index, file) in record.attachments.iter().enumerate() {
            let message = match self.vault.attachment_length(&file.sha256)? {
                Some(bytes) if bytes == u64::from(file.bytes) => continue,
                Some(bytes) => {
                    format!("\"{}\" has {bytes} bytes, not {}: attach the file again.", file.name, file.bytes)
                }
                None => format!("The content of \"{}\" is not in this vault: attach the file again.", file.name),
            };
            problems.push(domain::Problem { field: format!("attachments[{index}]"), message });
        }
        problems.extend(self.second_of_a_single(&record)?);
        if problems.is_empty() { Ok(record) } else { Err(Failure::of_draft(problems)) }
    }

    /// A vault has one profile: a second one is a problem.
    pub(crate) fn second_of_a_single(&self, record: &Record) -> Result<Option<domain::Problem>, Failure> {
        let single = self.kinds.get(&record.kind).is_some_and(|kind| kind.single);
        if !single {
            return Ok(None);
        }
        let known = self.vault.records(&vault::Filter { kind: Some(record.kind.clone()), ..Default::default() })?;
        Ok(known.iter().find(|known| known.id != record.id).map(|known| domain::Problem {
            field: "kind".to_owned(),
            message: format!("This vault has a {} already: change that one (its id is {}).", record.kind, known.id),
        }))
    }

    /// The record with this id.
    ///
    /// # Errors
    /// When there is none.
    pub fn record(&self, id: Uuid) -> Result<Record, Failure> {
        self.vault.record(id)?.ok_or_else(|| {
            if self.vault.is_binned(id).unwrap_or_default() {
                return vault::VaultError::InBin { id }.into();
            }
            Failure::new(format!("There is no record {id} in this vault.")).hint("`list` and `search` print the ids.")
        })
    }

    /// What usually follows a record, prefilled out of it.
    ///
    /// # Errors
    /// When there is no such record.
    pub fn followups(&self, id: Uuid) -> Result<Vec<Followup>, Failure> {
        Ok(followups(&self.record(id)?, &self.kinds))
    }

    /// The coach's own details, once they are written.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn profile(&self) -> Result<Option<Record>, Failure> {
        Ok(self.vault.records(&vault::Filter { kind: Some("profile".to_owned()), ..Default::default() })?.pop())
    }

    /// Views of the records of a kind, newest first: of all, or of the days of a period, the first and the last included.
    pub(crate) fn views<V>(
        &self,
        kind: &str,
        period: Option<(NaiveDate, NaiveDate)>,
        view: impl Fn(&Record) -> Option<V>,
    ) -> Result<Vec<V>, Failure> {
        let (from, to) = period.unzip();
        let filter = vault::Filter { kind: Some(kind.to_owned()), from, to, ..Default::default() };
        Ok(self.vault.records(&filter)?.iter().filter_map(view).collect())
    }

    /// What a draft could be put forward as.
    #[must_use]
    pub fn offered(&self, draft: &Draft) -> Vec<EvidenceKind> {
        let kind = draft.get("kind").and_then(|kind| kind.as_str()).and_then(|kind| self.kinds.get(kind));
        kind.map(|kind| kind.offered(draft)).unwrap_or_default()
    }

    /// Keeps what is being typed, so that it is there after a restart.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn keep_draft(&mut self, id: Uuid, draft: &Draft) -> Result<(), Failure> {
        let now = self.clock.now();
        self.vault.transact(|writer| Ok(writer.keep_draft(id, draft, now)?))
    }

    /// Throws away what was being typed.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn drop_draft(&mut self, id: Uuid) -> Result<(), Failure> {
        self.vault.transact(|writer| Ok(writer.drop_draft(id)?))
    }

    /// Everything that is being written, last touched first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn drafts(&self) -> Result<Vec<KeptDraft>, Failure> {
        let kept = self.vault.drafts()?;
        Ok(kept.into_iter().map(|kept| KeptDraft { id: kept.id, draft: kept.draft, touched: kept.touched }).collect())
    }

    /// Takes a file's content into the vault and gives back what a record holds of it.
    ///
    /// # Errors
    /// When the file cannot be read, is empty, or is over 200 MB.
    pub fn attach(&mut self, path: &std::path::Path) -> Result<Attachment, Failure> {
        const MOST: u64 = 200 * 1024 * 1024;
        let shown = path.display();
        // Before it is read: a film would fill the memory. What cannot be asked is told by the reading.
        let bytes = std::fs::metadata(path).map_or(1, |file| file.len());
        if bytes == 0 {
            return Err(Failure::new(format!("{shown} is empty.")).hint("Choose the file that holds the content."));
        }
        if bytes > MOST {
            let failure = Failure::new(format!("{shown} is over 200 MB, the most a record can hold."));
            return Err(failure.hint("Attach a smaller copy.").code(Code::Problems));
        }
        let content = crate::files::read_whole(path)?;
        let sha256 =
            self.vault.transact(|writer| -> Result<String, Failure> { Ok(writer.put_attachment(&content)?) })?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let media_type = media_type(&content).to_owned();
        let bytes = u32::try_from(content.len()).unwrap_or(u32::MAX);
        Ok(Attachment { name, media_type, sha256, bytes, other: Draft::new() })
    }
}

/// What a file is, by its first bytes.
fn media_type(content: &[u8]) -> &'static str {
    infer::get(content).map_or_else(
        || if std::str::from_utf8(content).is_ok() { "text/plain" } else { "application/octet-stream" },
        |found| found.mime_type(),
    )
}
