//! What records said before, and what was deleted: both can be brought back.

use chrono::{DateTime, TimeDelta, Utc};
use domain::Record;
use serde::Serialize;
use uuid::Uuid;

use crate::failure::{Code, Failure};
use crate::lines::RecordLine;
use crate::open_vault::OpenVault;

/// Saves of one record within this time are one sitting: only what stood before the first of them is kept.
const SITTING: TimeDelta = TimeDelta::minutes(10);

/// What a record said once.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Version {
    /// From 1, in the order in which versions were kept.
    pub number: u32,
    /// When it was saved like this.
    pub saved: DateTime<Utc>,
    /// The record as it was.
    pub record: Record,
}

/// A record in the bin.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct BinnedRecord {
    /// What it was.
    pub record: RecordLine,
    /// When it was deleted.
    pub binned: DateTime<Utc>,
}

/// What emptying the bin did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct EmptiedBin {
    /// How many records are gone for good.
    pub emptied: u32,
    /// Until when copies of the vault still hold them.
    pub note: String,
}

impl OpenVault {
    /// What a record said before it was changed, newest first.
    ///
    /// # Errors
    /// When there is no such record.
    pub fn history(&self, id: Uuid) -> Result<Vec<Version>, Failure> {
        self.record(id)?;
        let version = |kept: vault::Version| Version { number: kept.number, saved: kept.saved, record: kept.record };
        Ok(self.vault.versions(id)?.into_iter().map(version).collect())
    }

    /// Makes a record say again what it said once. What it says now is kept as a version.
    ///
    /// # Errors
    /// When there is no such record or version.
    pub fn bring_back(&mut self, id: Uuid, number: u32) -> Result<Record, Failure> {
        let now = self.record(id)?;
        let kept = self.vault.versions(id)?.into_iter().find(|version| version.number == number);
        let kept = kept.ok_or_else(|| {
            Failure::new(format!("There is no version {number} of this record."))
                .hint("`history` lists those there are.")
        })?;
        let record = Record { created: now.created, modified: self.clock.now(), ..kept.record };
        let kinds = &self.kinds;
        self.vault.transact(|writer| -> Result<(), Failure> { Ok(writer.save(&record, kinds)?) })?;
        self.sittings.remove(&id);
        Ok(record)
    }

    /// Moves records into the bin, all or none: they count nowhere from then on, and can be restored.
    ///
    /// # Errors
    /// When one of them is not there.
    pub fn delete(&mut self, ids: &[Uuid]) -> Result<Vec<RecordLine>, Failure> {
        let mut lines = Vec::with_capacity(ids.len());
        for id in ids {
            lines.push(self.line(&self.record(*id)?));
        }
        let now = self.clock.now();
        self.vault.transact(|writer| -> Result<(), Failure> {
            for id in ids {
                writer.bin(*id, now)?;
            }
            Ok(())
        })?;
        Ok(lines)
    }

    /// What is in the bin, last deleted first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn bin(&self) -> Result<Vec<BinnedRecord>, Failure> {
        let binned = |kept: vault::Binned| BinnedRecord { record: self.line(&kept.record), binned: kept.binned };
        Ok(self.vault.bin()?.into_iter().map(binned).collect())
    }

    /// Brings records back from the bin as they were, all or none.
    ///
    /// # Errors
    /// When one of them is not in the bin, or is of a kind of which a vault has one and there is another by now.
    pub fn restore(&mut self, ids: &[Uuid]) -> Result<Vec<RecordLine>, Failure> {
        let binned = self.vault.bin()?;
        let mut lines = Vec::with_capacity(ids.len());
        for id in ids {
            let kept = binned.iter().find(|kept| kept.record.id == *id);
            let kept = kept.ok_or_else(|| {
                Failure::new(format!("There is no record {id} in the bin.")).hint("`bin` lists what is in it.")
            })?;
            if let Some(problem) = self.second_of_a_single(&kept.record)? {
                return Err(Failure::new(problem.message).code(Code::Problems));
            }
            lines.push(self.line(&kept.record));
        }
        let kinds = &self.kinds;
        self.vault.transact(|writer| -> Result<(), Failure> {
            for id in ids {
                writer.restore(*id, kinds)?;
            }
            Ok(())
        })?;
        Ok(lines)
    }

    /// Empties the bin for good: nothing of what was in it stays in this vault.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn empty_bin(&mut self) -> Result<EmptiedBin, Failure> {
        let emptied = self.vault.empty_bin()?;
        // Coachfolio makes no backups by itself yet, so that there is no day by which the last copy is gone.
        let note = "Nothing of it is left in this vault. Copies of the vault that were made before now, such as backups or \
                    those of a synchronised folder, hold it for as long as they are kept.";
        Ok(EmptiedBin { emptied: u32::try_from(emptied).unwrap_or(u32::MAX), note: note.to_owned() })
    }

    /// Whether saving this record goes on with a sitting, so that what stood before it is kept already.
    pub(crate) fn goes_on(&self, record: &Record) -> bool {
        let begun = self.sittings.get(&record.id);
        begun.is_some_and(|begun| (TimeDelta::zero()..SITTING).contains(&(record.modified - begun)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use domain::Draft;
    use serde_json::json;

    fn draft(id: Uuid, title: &str) -> Draft {
        let fields = json!({ "id": id, "kind": "reflection", "date": "2026-03-01", "title": title });
        fields.as_object().unwrap().clone()
    }

    fn opened() -> (tempfile::TempDir, OpenVault) {
        let home = tempfile::tempdir().unwrap();
        let clock = Clock::fixed("2026-06-12".parse().unwrap());
        let made = OpenVault::create(&home.path().join("vault"), "a long passphrase", clock).unwrap();
        (home, made.vault)
    }

    #[test]
    fn a_sitting_keeps_what_stood_before_it_and_nothing_between() {
        let (_home, mut vault) = opened();
        let id = Uuid::from_u128(1);
        let titles = |vault: &OpenVault| -> Vec<String> {
            vault.history(id).unwrap().into_iter().map(|version| version.record.title).collect()
        };
        for title in ["O", "On", "One"] {
            vault.save(&draft(id, title)).unwrap();
        }
        assert_eq!(titles(&vault), [""; 0], "nothing stood before the first sitting");
        // As if it were later: sittings are this open vault's alone.
        vault.sittings.clear();
        vault.save(&draft(id, "One")).unwrap();
        assert_eq!(titles(&vault), [""; 0], "saving it unchanged begins nothing");
        for title in ["One, t", "One, two"] {
            vault.save(&draft(id, title)).unwrap();
        }
        assert_eq!(titles(&vault), ["One"]);
        let eleven = Utc::now() - TimeDelta::minutes(11);
        vault.sittings.insert(id, eleven);
        vault.save(&draft(id, "Three")).unwrap();
        assert_eq!(titles(&vault), ["One, two", "One"]);
        vault.bring_back(id, 1).unwrap();
        assert_eq!(vault.record(id).unwrap().title, "One");
        assert_eq!(titles(&vault), ["Three", "One, two", "One"]);
    }

    #[test]
    fn what_is_in_the_bin_cannot_be_saved_over() {
        let (_home, mut vault) = opened();
        let id = Uuid::from_u128(1);
        vault.save(&draft(id, "One")).unwrap();
        vault.keep_draft(id, &draft(id, "One and")).unwrap();
        vault.delete(&[id]).unwrap();
        assert!(vault.save(&draft(id, "Two")).unwrap_err().to_string().contains("in the bin"));
        assert_eq!(vault.drafts().unwrap(), []);
        assert!(vault.delete(&[id]).unwrap_err().to_string().contains("in the bin"));
        vault.restore(&[id]).unwrap();
        assert_eq!((vault.record(id).unwrap().title.as_str(), vault.drafts().unwrap().len()), ("One", 1));
        vault.save(&draft(id, "Two")).unwrap();
    }

    #[test]
    fn a_second_profile_does_not_come_back_beside_the_first() {
        let (_home, mut vault) = opened();
        let profile = |n: u128| {
            let fields =
                json!({ "id": Uuid::from_u128(n), "kind": "profile", "date": "2026-03-01", "name": "Sam Example" });
            fields.as_object().unwrap().clone()
        };
        vault.save(&profile(1)).unwrap();
        vault.delete(&[Uuid::from_u128(1)]).unwrap();
        vault.save(&profile(2)).unwrap();
        let refused = vault.restore(&[Uuid::from_u128(1)]).unwrap_err();
        assert!(refused.to_string().contains("has a profile already"), "{refused}");
    }
}
