//! What the signer of a competency had in front of them: noted when the sign-off is saved, and compared with what is
//! there now.

use chrono::NaiveDate;
use domain::Record;
use domain::signoff::{About, Said, SignOff};
use serde_json::json;

use crate::failure::Failure;
use crate::vault::OpenVault;

impl OpenVault {
    /// Notes in a competency's sign-off what the signer had in front of them, so that a later change can be recognised.
    /// What was noted once stays, unless the sign-off is now about another competency.
    pub(crate) fn note_what_was_signed(&self, record: &mut Record) -> Result<(), Failure> {
        let Some(SignOff { about: Some(About::Competency(number)), agreed: true, signed, .. }) = SignOff::of(record)
        else {
            return Ok(());
        };
        let about = |record: &Record| record.text("competency").map(str::to_owned);
        let before = self.vault.records().get(record.id)?;
        let of_another = before.is_some_and(|before| about(&before) != about(record));
        if signed.is_empty() || of_another {
            let said = self.claimed(&number, self.clock.today())?;
            let noted = said.into_iter().map(|said| json!({ "record": said.record, "sha256": said.sha256 }));
            record.fields.insert("signed".to_owned(), noted.collect());
        }
        Ok(())
    }

    /// The records that are put forward for a competency until a day, as a sign-off sees them.
    pub(crate) fn claimed(&self, competency: &str, to: NaiveDate) -> Result<Vec<Said>, Failure> {
        Ok(self.vault.records().claiming(competency, to)?)
    }
}
