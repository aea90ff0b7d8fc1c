//! What is being typed, kept so that it is there after a restart.

use chrono::{DateTime, Utc};
use domain::Draft;
use serde::Serialize;
use uuid::Uuid;

use crate::failure::Failure;
use crate::vault::OpenVault;

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
}
