//! Records: checked and saved, read, and what usually follows them.

use domain::check::as_it_stands;
use domain::check::claims::of_one_to_one;
use domain::check::findings::{Around, findings};
use domain::could_show::{CouldShow, could_show};
use domain::finding::Finding;
use domain::followup::{Followup, followups};
use domain::views::Profile;
use domain::{Draft, EvidenceKind, Record, check};
use uuid::Uuid;

use crate::failure::{Code, Failure};
use crate::vault::OpenVault;

impl OpenVault {
    /// Checks a draft and adds it as a new record: what is there already is not written over.
    ///
    /// # Errors
    /// When a record has its id, in the vault or in the bin; every problem of the draft, each with its field.
    pub fn add(&mut self, draft: &Draft) -> Result<Record, Failure> {
        let id = draft.get("id").and_then(|id| Uuid::parse_str(id.as_str()?).ok());
        if let Some(known) = id.map(|id| self.vault.records().get(id)).transpose()?.flatten() {
            let message = format!("There is a record {} already: {} \"{}\".", known.id, known.kind, known.title);
            return Err(Failure::new(message).code(Code::Exists));
        }
        self.save(draft)
    }

    /// Checks a draft and keeps it as a record; the draft that was kept while typing goes.
    ///
    /// A draft with the id of a record changes that record, which keeps the moment it was first saved.
    ///
    /// # Errors
    /// Every problem of the draft, each with its field.
    pub fn save(&mut self, draft: &Draft) -> Result<Record, Failure> {
        let mut record = self.checked(draft)?;
        let before = self.vault.records().get(record.id)?;
        let now = record.modified;
        self.shelves().note(&mut record, before.as_ref(), now)?;
        let goes_on = self.goes_on(&record);
        let changes = self.vault.records().content_of(record.id)?.is_none_or(|said| said != record.sha256());
        let kinds = &self.kinds;
        self.vault.transact(|writer| -> Result<(), Failure> {
            if goes_on {
                writer.records().save_on(&record, kinds)?;
            } else {
                writer.records().save(&record, kinds)?;
            }
            Ok(writer.drafts().forget(record.id)?)
        })?;
        if changes && !goes_on {
            self.sittings.insert(record.id, record.modified);
        }
        Ok(record)
    }

    fn checked(&self, draft: &Draft) -> Result<Record, Failure> {
        let stamp = self.stamp();
        let mut draft = draft.clone();
        if let Some(kind) = self.kinds.of_draft(&draft) {
            kind.entitle(&mut draft);
        }
        let mut record = check(&draft, self.books(), stamp).map_err(Failure::of_draft)?;
        record.modified = stamp.now;
        let known = self.vault.records().get(record.id)?;
        record.created = known.as_ref().map_or(stamp.now, |known| known.created);
        // A form need not hold where it came from.
        record.origin = record.origin.or(known.and_then(|known| known.origin));
        let mut problems = Vec::new();
        for (index, file) in record.attachments.iter().enumerate() {
            let message = match self.vault.attachments().length(&file.sha256)? {
                Some(bytes) if bytes == u64::from(file.bytes) => continue,
                Some(bytes) => {
                    format!("\"{}\" has {bytes} bytes, not {}: attach the file again.", file.name, file.bytes)
                }
                None => format!("The content of \"{}\" is not in this vault: attach the file again.", file.name),
            };
            problems.push(domain::Problem { field: format!("attachments[{index}]"), message });
        }
        problems.extend(self.second_of_a_single(&record)?);
        problems.extend(of_one_to_one(&record, self.books(), self.in_group(&record)?));
        if problems.is_empty() { Ok(record) } else { Err(Failure::of_draft(problems)) }
    }

    /// What there is to say of a draft that does not keep it from being saved, whether it can be saved yet or not.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn findings(&self, draft: &Draft) -> Result<Vec<Finding>, Failure> {
        let Some(record) = as_it_stands(draft, self.books(), self.stamp()) else { return Ok(Vec::new()) };
        let in_group = self.in_group(&record)?;
        let (accepting, others) = &self.by_role()?;
        let profile = Profile::of(self.on(self.clock.today())?.profile()?.as_ref());
        let employer = profile.employer.as_deref();
        Ok(findings(&record, self.books(), Around { in_group, accepting, others, employer }))
    }

    /// What a draft could show of what is still asked for, whether it can be saved yet or not.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn could_show(&self, draft: &Draft) -> Result<Vec<CouldShow>, Failure> {
        let Some(record) = as_it_stands(draft, self.books(), self.stamp()) else { return Ok(Vec::new()) };
        let in_group = self.in_group(&record)?;
        let (accepting, others) = &self.by_role()?;
        let gaps = self.gaps()?;
        Ok(could_show(&record, self.books(), Around { in_group, accepting, others, employer: None }, &gaps))
    }

    /// Whether the session that a record names was with a group; nothing where there is none.
    fn in_group(&self, record: &Record) -> Result<Option<bool>, Failure> {
        let Some(id) = record.reference("session") else { return Ok(None) };
        let session = self.vault.records().get(id)?.filter(|session| session.kind == "session");
        Ok(session.map(|session| session.text("format") == Some("group")))
    }

    /// A vault has one profile: a second one is a problem.
    pub(crate) fn second_of_a_single(&self, record: &Record) -> Result<Option<domain::Problem>, Failure> {
        if self.is_single(record) { self.beside_another(record) } else { Ok(None) }
    }

    /// Whether a vault has one record of this one's kind.
    pub(crate) fn is_single(&self, record: &Record) -> bool {
        self.kinds.of(record).is_some_and(|kind| kind.single)
    }

    /// Of a kind of which a vault has one, such as the profile: another one that is there already is a problem.
    pub(crate) fn beside_another(&self, record: &Record) -> Result<Option<domain::Problem>, Failure> {
        let known =
            self.vault.records().list(&vault::Filter { kind: Some(record.kind.clone()), ..Default::default() })?;
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
        self.vault.records().get(id)?.ok_or_else(|| {
            if self.vault.bin().holds(id).unwrap_or_default() {
                return vault::VaultError::InBin { id }.into();
            }
            Failure::new(format!("There is no record {id} in this vault.")).code(Code::NoRecord)
        })
    }

    /// What usually follows a record, prefilled out of it.
    ///
    /// # Errors
    /// When there is no such record.
    pub fn followups(&self, id: Uuid) -> Result<Vec<Followup>, Failure> {
        Ok(followups(&self.record(id)?, &self.kinds))
    }

    /// What a draft could be put forward as.
    #[must_use]
    pub fn offered(&self, draft: &Draft) -> Vec<EvidenceKind> {
        self.kinds.of_draft(draft).map(|kind| kind.offered(draft)).unwrap_or_default()
    }
}
