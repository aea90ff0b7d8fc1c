//! How acts read records: of a kind, and the coach's profile. What answers are made from is in past.rs.

use domain::Record;

use crate::failure::Failure;
use crate::vault::OpenVault;

impl OpenVault {
    /// The coach's own details, once they are written.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn profile(&self) -> Result<Option<Record>, Failure> {
        Ok(self.vault.records().list(&vault::Filter { kind: Some("profile".to_owned()), ..Default::default() })?.pop())
    }

    pub(crate) fn of_kind(&self, kind: &str) -> Result<Vec<Record>, Failure> {
        Ok(self.vault.records().list(&vault::Filter { kind: Some(kind.to_owned()), ..Default::default() })?)
    }
}
