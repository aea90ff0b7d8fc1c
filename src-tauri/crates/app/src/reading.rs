//! How the other modules read records: of a kind, as typed views, and the coach's profile.

use domain::Record;
use domain::period::Period;

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

    /// Views of the records of a kind within a period, newest first.
    pub(crate) fn views<V>(
        &self,
        kind: &str,
        period: Period,
        view: impl Fn(&Record) -> Option<V>,
    ) -> Result<Vec<V>, Failure> {
        let (from, to) = (period.from(), period.to());
        let filter = vault::Filter { kind: Some(kind.to_owned()), from, to, ..Default::default() };
        Ok(self.vault.records().list(&filter)?.iter().filter_map(view).collect())
    }

    pub(crate) fn of_kind(&self, kind: &str) -> Result<Vec<Record>, Failure> {
        Ok(self.vault.records().list(&vault::Filter { kind: Some(kind.to_owned()), ..Default::default() })?)
    }
}
