//! A damaged vault: what is readable of it, to be looked at, or saved as a new vault.

use vault::{PagesChecked, Place, Rescued, Vault, VaultError, Verified};

use crate::clock::Clock;
use crate::failure::Failure;
use crate::vault::{OpenVault, not_opened};

impl OpenVault {
    /// Opens what is readable of a damaged vault, in memory: what is changed in it is not kept.
    ///
    /// # Errors
    /// As [`OpenVault::open`], except for damage to the database.
    pub fn readable(place: impl Into<Place>, passphrase: &str, clock: Clock) -> Result<(OpenVault, Rescued), Failure> {
        let (vault, rescued) = Vault::readable(place, passphrase, &domain::Kinds::shipped()).map_err(not_opened)?;
        Ok((OpenVault::around(vault, clock)?, rescued))
    }

    /// Puts what is readable of a damaged vault into a new one, which opens with the same passphrase and recovery key.
    ///
    /// # Errors
    /// As [`OpenVault::readable`], and when the new vault's folder holds something or cannot be written.
    pub fn rescue(place: impl Into<Place>, passphrase: &str, new: impl Into<Place>) -> Result<Rescued, Failure> {
        Vault::rescue(place, passphrase, new, &domain::Kinds::shipped()).map_err(|error| match error {
            // It is the new one's folder that this is about.
            VaultError::Exists { .. } | VaultError::NotEmpty { .. } | VaultError::DiskFull => error.into(),
            error => not_opened(error),
        })
    }

    /// Looks through the next of the open vault's pages for damage, so that it is found before anybody needs what stands there.
    ///
    /// # Errors
    /// When the vault's file cannot be opened.
    pub fn check_pages(&mut self) -> Result<PagesChecked, Failure> {
        Ok(self.vault.check_pages()?)
    }

    /// Checks a vault that cannot be opened for damage.
    ///
    /// # Errors
    /// As [`OpenVault::readable`].
    pub fn verify_torn(place: impl Into<Place>, passphrase: &str) -> Result<Verified, Failure> {
        let (_, rescued) = Vault::readable(place, passphrase, &domain::Kinds::shipped()).map_err(not_opened)?;
        let problems = rescued.problems();
        Ok(Verified { records: rescued.records, attachments: rescued.attachments, problems, notes: Vec::new() })
    }
}
