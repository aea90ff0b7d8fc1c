//! What goes by the pages of a vault and not by its tables: past damage, looking for it, and encrypting all anew.

use std::cell::RefCell;

use domain::Kinds;

use super::Vault;
use crate::database::Database;
use crate::error::VaultError;
use crate::keys::{DataKey, RecoveryKey};
use crate::open::{self, Unlocked};
use crate::place::Place;
use crate::rescue::{self, PagesChecked, Rescued};
use crate::table::generation;
use crate::{log, rekey};

impl Vault {
    /// What is readable of a damaged vault, in memory: what is written into it goes with it. Its files are not written to,
    /// but for a log of changes that does not belong to them and is put aside, as [`Vault::open`] does.
    ///
    /// # Errors
    /// As [`Vault::open`], except for damage to the database.
    pub fn readable(place: impl Into<Place>, passphrase: &str, kinds: &Kinds) -> Result<(Vault, Rescued), VaultError> {
        let Unlocked { folder, key_file, key, .. } =
            open::unlocked(&place.into(), |file| file.unwrap_by_passphrase(passphrase))?;
        // Where that cannot be known for damage, the log is taken as it is.
        let aside = if folder.is_only_read() { None } else { log::settle(&folder, &key).ok().flatten() };
        let database = Database::empty()?;
        let rescued = rescue::into(&database, &folder, &key, kinds)?;
        let newest = generation::standing(&database)?.newest;
        let (key_file, trails, doubts) = (RefCell::new(key_file), Vec::new(), aside.into_iter().collect());
        Ok((Vault { database, key, key_file, newest, trails, doubts, unkept: 0, looked_at: 0, folder }, rescued))
    }

    /// Puts what is readable of a damaged vault into a new vault with the same passphrase and recovery key.
    ///
    /// # Errors
    /// As [`Vault::readable`], and as [`Vault::create`] for the new one's folder; nothing half-made is left behind.
    pub fn rescue(
        place: impl Into<Place>,
        passphrase: &str,
        new: impl Into<Place>,
        kinds: &Kinds,
    ) -> Result<Rescued, VaultError> {
        let Unlocked { folder, key_file, key, .. } =
            open::unlocked(&place.into(), |file| file.unwrap_by_passphrase(passphrase))?;
        if !folder.is_only_read() {
            log::settle(&folder, &key).ok();
        }
        let mut rescued = Rescued::default();
        let copy = DataKey::copy(&key);
        let opened = open::make(&new.into(), key_file, copy, |database| {
            rescued = rescue::into(database, &folder, &key, kinds)?;
            Ok(())
        })?;
        Vault::try_from(opened)?.close()?;
        Ok(rescued)
    }

    /// Gives the vault another data key and encrypts all of it anew; gives a new recovery key, since the old one is of no use
    /// any more, and says how far it is, from 0 to 1. Whenever it is interrupted, the vault is whole under the old key or the
    /// new one, and the passphrase opens it.
    ///
    /// # Errors
    /// [`VaultError::WrongPassphrase`], [`VaultError::Torn`], or an I/O error such as a full disk: there is the vault a second
    /// time while this goes on. The vault is as it was then.
    pub fn change_data_key(
        mut self,
        passphrase: &str,
        progress: &mut dyn FnMut(f32),
    ) -> Result<RecoveryKey, VaultError> {
        let (file, new, shown) = self.key_file.borrow().with_new_data_key(passphrase)?;
        let sha256 = file.sha256()?;
        // The new database is to know the new key file.
        self.transact(|writer| generation::announce_key_file(writer.0, sha256))?;
        self.database.checkpoint()?;
        let Vault { database, key, trails, newest, folder, .. } = self;
        database.close()?;
        let written =
            rekey::encrypt_anew(&folder, &key, &new, progress).and_then(|()| folder.write_key(&file.written()?));
        if let Err(error) = written {
            // Should the key file have changed all the same, the new database is needed.
            if std::fs::read(folder.key()).ok() != file.written().ok() {
                folder.drop_new_database();
            }
            return Err(error);
        }
        folder.put_new_database_in_place()?;
        for mut trail in trails {
            trail.note(newest.0, newest.1, &new);
        }
        Ok(shown)
    }

    /// Looks through the next of the pages, from the first again once all were looked at.
    ///
    /// # Errors
    /// When the database cannot be opened.
    pub fn check_pages(&mut self) -> Result<PagesChecked, VaultError> {
        let (to, found) = rescue::look(&self.folder, &self.key, self.looked_at)?;
        self.looked_at = if found.done { 0 } else { to };
        Ok(found)
    }
}
