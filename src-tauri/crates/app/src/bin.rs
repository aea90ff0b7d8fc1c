//! What was deleted: it can be brought back until the bin is emptied.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::failure::{Code, Failure};
use crate::search::RecordLine;
use crate::vault::OpenVault;

// The vault gives the whole record; a list shows its line.
/// A record in the bin.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct BinnedRecord {
    /// What it was.
    pub record: RecordLine,
    /// When it was deleted.
    pub binned: DateTime<Utc>,
}

/// A record that went into the bin.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Deleted {
    /// What it was.
    #[serde(flatten)]
    pub line: RecordLine,
    /// How many records that are still there name it. They keep their place for it, and show nobody there until it is back.
    pub named_by: u32,
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
    /// Moves records into the bin, all or none: they count nowhere from then on, and can be restored.
    ///
    /// # Errors
    /// When one of them is not there.
    pub fn delete(&mut self, ids: &[Uuid]) -> Result<Vec<Deleted>, Failure> {
        let mut lines = Vec::with_capacity(ids.len());
        for id in ids {
            lines.push(self.line(&self.record(*id)?));
        }
        let (kinds, now) = (&self.kinds, self.clock.now());
        self.vault.transact(|writer| -> Result<(), Failure> {
            for id in ids {
                writer.records().bin(*id, kinds, now)?;
            }
            Ok(())
        })?;
        // Counted afterwards, so that none of those that went along is among them.
        let mut deleted = Vec::with_capacity(lines.len());
        for line in lines {
            let named_by = self.vault.mentions().of(line.id, u32::MAX)?.len();
            deleted.push(Deleted { line, named_by: u32::try_from(named_by).unwrap_or(u32::MAX) });
        }
        Ok(deleted)
    }

    /// What is in the bin, most recently deleted first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn bin(&self) -> Result<Vec<BinnedRecord>, Failure> {
        let binned = |kept: vault::Binned| BinnedRecord { record: self.line(&kept.record), binned: kept.binned };
        Ok(self.vault.bin().all()?.into_iter().map(binned).collect())
    }

    /// Brings records back from the bin as they were, all or none.
    ///
    /// # Errors
    /// When one of them is not in the bin, or is of a kind of which a vault has one and there is another by now.
    pub fn restore(&mut self, ids: &[Uuid]) -> Result<Vec<RecordLine>, Failure> {
        let binned = self.vault.bin().all()?;
        let mut lines = Vec::with_capacity(ids.len());
        for id in ids {
            let kept = binned.iter().find(|kept| kept.record.id == *id);
            let kept =
                kept.ok_or_else(|| Failure::new(format!("There is no record {id} in the bin.")).code(Code::NotInBin))?;
            if let Some(problem) = self.second_of_a_single(&kept.record)? {
                return Err(Failure::new(problem.message));
            }
            lines.push(self.line(&kept.record));
        }
        let kinds = &self.kinds;
        self.vault.transact(|writer| -> Result<(), Failure> {
            for id in ids {
                writer.records().restore(*id, kinds)?;
            }
            Ok(())
        })?;
        // One that was deleted before sign-offs were noted has no note.
        self.note_signed()?;
        Ok(lines)
    }

    /// Empties the bin for good: nothing of what was in it stays in this vault but each record's id and the time, so that no
    /// old file brings it back unasked.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn empty_bin(&mut self) -> Result<EmptiedBin, Failure> {
        let emptied = self.vault.empty_bin(self.clock.now())?;
        // Coachfolio makes no backups by itself yet, so that there is no day by which the last copy is gone.
        let note = "Nothing of it is left in this vault but its number, so that importing an old file does not bring it \
                    back unasked. Copies of the vault that were made before now, such as backups or those of a \
                    synchronised folder, hold it for as long as they are kept.";
        Ok(EmptiedBin { emptied: u32::try_from(emptied).unwrap_or(u32::MAX), note: note.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{new_vault, reflection};
    use serde_json::json;

    #[test]
    fn what_is_in_the_bin_cannot_be_saved_over() {
        let (_home, mut vault) = new_vault();
        let id = Uuid::from_u128(1);
        vault.save(&reflection(id, "One")).unwrap();
        vault.keep_draft(id, &reflection(id, "One and")).unwrap();
        vault.delete(&[id]).unwrap();
        assert!(vault.save(&reflection(id, "Two")).unwrap_err().to_string().contains("in the bin"));
        assert_eq!(vault.drafts().unwrap(), []);
        assert!(vault.delete(&[id]).unwrap_err().to_string().contains("in the bin"));
        vault.restore(&[id]).unwrap();
        assert_eq!((vault.record(id).unwrap().title.as_str(), vault.drafts().unwrap().len()), ("One", 1));
        vault.save(&reflection(id, "Two")).unwrap();
    }

    #[test]
    fn a_second_profile_does_not_come_back_beside_the_first() {
        let (_home, mut vault) = new_vault();
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
