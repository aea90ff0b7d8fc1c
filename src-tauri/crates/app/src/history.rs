//! What records said before: it can be brought back.

use chrono::TimeDelta;
use domain::Record;
use uuid::Uuid;
use vault::Version;

use crate::failure::{Code, Failure};
use crate::vault::OpenVault;

/// Saves of one record within this time are one sitting: only the content before the first of them is kept.
const SITTING: TimeDelta = TimeDelta::minutes(10);

impl OpenVault {
    /// What a record said before it was changed, newest first.
    ///
    /// # Errors
    /// When there is no such record.
    pub fn history(&self, id: Uuid) -> Result<Vec<Version>, Failure> {
        self.record(id)?;
        Ok(self.vault.versions().of(id)?)
    }

    /// Brings back what a record once said; what it says now is kept as a version.
    ///
    /// # Errors
    /// When there is no such record or version.
    pub fn bring_back(&mut self, id: Uuid, number: u32) -> Result<Record, Failure> {
        let now = self.record(id)?;
        let kept = self.vault.versions().of(id)?.into_iter().find(|version| version.number == number);
        let kept = kept.ok_or_else(|| {
            Failure::new(format!("There is no version {number} of this record.")).code(Code::NoVersion)
        })?;
        let mut record = Record { created: now.created, modified: self.clock.now(), ..kept.record };
        let written = record.created;
        self.shelves().note(&mut record, Some(&now), written)?;
        let kinds = &self.kinds;
        self.vault.transact(|writer| -> Result<(), Failure> { Ok(writer.records().save(&record, kinds)?) })?;
        self.sittings.remove(&id);
        Ok(record)
    }

    /// Whether this save belongs to a sitting, so that the content before it is kept already.
    pub(crate) fn goes_on(&self, record: &Record) -> bool {
        let begun = self.sittings.get(&record.id);
        begun.is_some_and(|begun| (TimeDelta::zero()..SITTING).contains(&(record.modified - begun)))
    }
}

#[cfg(test)]
mod tests {
    use chrono::Utc;

    use super::*;
    use crate::tests::{new_vault, reflection};

    #[test]
    fn a_sitting_keeps_what_stood_before_it_and_nothing_between() {
        let (_home, mut vault) = new_vault();
        let id = Uuid::from_u128(1);
        let titles = |vault: &OpenVault| -> Vec<String> {
            vault.history(id).unwrap().into_iter().map(|version| version.record.title).collect()
        };
        for title in ["O", "On", "One"] {
            vault.save(&reflection(id, title)).unwrap();
        }
        assert_eq!(titles(&vault), [""; 0], "nothing stood before the first sitting");
        // As if it were later: sittings are this open vault's alone.
        vault.sittings.clear();
        vault.save(&reflection(id, "One")).unwrap();
        assert_eq!(titles(&vault), [""; 0], "saving it unchanged begins nothing");
        for title in ["One, t", "One, two"] {
            vault.save(&reflection(id, title)).unwrap();
        }
        assert_eq!(titles(&vault), ["One"]);
        let eleven = Utc::now() - TimeDelta::minutes(11);
        vault.sittings.insert(id, eleven);
        vault.save(&reflection(id, "Three")).unwrap();
        assert_eq!(titles(&vault), ["One, two", "One"]);
        vault.bring_back(id, 1).unwrap();
        assert_eq!(vault.record(id).unwrap().title, "One");
        assert_eq!(titles(&vault), ["Three", "One, two", "One"]);
    }
}
