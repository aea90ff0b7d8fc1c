//! What is being typed, kept so that it is there after a restart.

use domain::Draft;
use uuid::Uuid;
use vault::KeptDraft;

use crate::failure::Failure;
use crate::vault::OpenVault;

impl OpenVault {
    /// Keeps what is being typed, so that it is there after a restart.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn keep_draft(&mut self, id: Uuid, draft: &Draft) -> Result<(), Failure> {
        let now = self.clock.now();
        self.vault.transact(|writer| Ok(writer.drafts().keep(id, draft, now)?))
    }

    /// Throws away what was being typed.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn drop_draft(&mut self, id: Uuid) -> Result<(), Failure> {
        self.vault.transact(|writer| Ok(writer.drafts().forget(id)?))
    }

    /// Everything that is being written, most recently touched first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn drafts(&self) -> Result<Vec<KeptDraft>, Failure> {
        Ok(self.vault.drafts().all()?)
    }
}
