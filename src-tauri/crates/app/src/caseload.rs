//! Who is being seen, and what of it is worth talking over.

use domain::caseload::{Caseload, caseload};

use crate::failure::Failure;
use crate::vault::OpenVault;

impl OpenVault {
    /// The caseload of today.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn caseload(&self) -> Result<Caseload, Failure> {
        let today = self.clock.today();
        Ok(caseload(&self.on(today)?.visits()?, &self.framework.decisions.caseload.value, today))
    }
}
