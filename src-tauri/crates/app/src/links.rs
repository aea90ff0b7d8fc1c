//! References from record to record, and those that lead nowhere.

use std::collections::BTreeMap;

use domain::Record;
use uuid::Uuid;

use crate::failure::Failure;
use crate::search::RecordLine;
use crate::vault::OpenVault;

/// How many records are held at a time.
const PAGE: u32 = 2_000;

impl OpenVault {
    /// References to records that are not there, a sentence each. They are not damage: a record may name one that is
    /// imported later, or that was never given away with it.
    pub(crate) fn references_to_nothing(&self) -> Result<Vec<String>, Failure> {
        let mut named: BTreeMap<Uuid, Vec<(Uuid, String)>> = BTreeMap::new();
        let total = u32::try_from(self.vault.records().count(&vault::Filter::default())?).unwrap_or(u32::MAX);
        for offset in (0..total).step_by(PAGE as usize) {
            let page = self.vault.records().list(&vault::Filter { limit: Some(PAGE), offset, ..Default::default() })?;
            for record in &page {
                for (field, id) in self.references(record) {
                    named.entry(id).or_default().push((record.id, field));
                }
            }
        }
        let strangers = self.vault.records().strangers(named.keys().copied())?;
        let mut told = Vec::new();
        for id in strangers {
            for (by, field) in named.get(&id).into_iter().flatten() {
                told.push(format!("Record {by} names a record that is not in this vault ({field}: {id})."));
            }
        }
        Ok(told)
    }

    /// The records that belong with one: those that it names and those that name it, oldest first; people are named on its
    /// own page anyway.
    ///
    /// # Errors
    /// When there is no such record, or the vault cannot be read.
    pub fn linked(&self, id: Uuid) -> Result<Vec<RecordLine>, Failure> {
        /// A session that a hundred entries name is listed with the first of them.
        const MOST: u32 = 100;
        let record = self.record(id)?;
        let mut ids: Vec<Uuid> = self.references(&record).into_iter().map(|(_, id)| id).collect();
        ids.extend(self.vault.mentions().of(id, MOST)?);
        // What was written before, in and after one session belongs together, whichever of them one looks at.
        if let Some(session) = record.reference("session") {
            ids.extend(self.vault.mentions().of(session, MOST)?);
        }
        ids.sort_unstable();
        ids.dedup();
        ids.retain(|other| *other != id);
        let there = self.vault.records().strangers(ids.iter().copied())?;
        ids.retain(|id| !there.contains(id));
        let mut lines = self.lines(&ids)?;
        lines.retain(|line| line.kind != "person");
        lines.sort_by_key(|line| (line.date, line.id));
        Ok(lines)
    }

    /// The records that a record names in its kind's fields, each with the field.
    fn references(&self, record: &Record) -> Vec<(String, Uuid)> {
        self.kinds.of(record).map(|kind| kind.references(&record.fields)).unwrap_or_default()
    }
}
