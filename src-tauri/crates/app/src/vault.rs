//! An open vault with everything that belongs to it: its framework, the kinds, the clock.

use std::collections::HashMap;
use std::path::Path;

use chrono::{DateTime, Utc};
use domain::prompts::{Model, shipped};
use domain::{Books, Framework, Kind, Kinds, Stamp};
use serde::Serialize;
use uuid::Uuid;
use vault::{Place, Vault, VaultError};

use crate::clock::Clock;
use crate::failure::{Code, Failure, Problem};
use crate::installed;

/// An open vault. It closes when it is dropped.
pub struct OpenVault {
    pub(crate) vault: Vault,
    pub(crate) kinds: Kinds,
    pub(crate) framework: Framework,
    pub(crate) framework_problems: Vec<Problem>,
    pub(crate) own_models: Vec<Model>,
    pub(crate) clock: Clock,
    /// When each record's sitting began (history.rs).
    pub(crate) sittings: HashMap<Uuid, DateTime<Utc>>,
}

/// A vault that was just made.
pub struct Created {
    /// The vault, open.
    pub vault: OpenVault,
    /// Opens the vault when the passphrase is forgotten; shown once and kept nowhere.
    pub recovery_key: String,
}

/// What forms and pages are made from.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Shelf {
    /// Every kind of record, in its newest version.
    pub kinds: Vec<Kind>,
    /// Versions before the newest, in which records may still be written.
    pub earlier_kinds: Vec<Kind>,
    /// Reflective and supervision models with their prompts, the coach's own last.
    pub prompts: Vec<Model>,
    /// The installed framework.
    pub framework: Framework,
}

impl Shelf {
    /// What is built in, for a window without a vault.
    #[must_use]
    pub fn shipped() -> Shelf {
        Shelf::of(&Kinds::shipped(), shipped(), Framework::shipped())
    }

    fn of(kinds: &Kinds, prompts: Vec<Model>, framework: Framework) -> Shelf {
        let (kinds, earlier_kinds) = (kinds.newest().cloned().collect(), kinds.earlier().cloned().collect());
        Shelf { kinds, earlier_kinds, prompts, framework }
    }
}

impl OpenVault {
    /// Makes a new vault in a folder that is empty or not there yet.
    ///
    /// # Errors
    /// When the folder holds something, cannot be written, or the passphrase is too short.
    pub fn create(place: impl Into<Place>, passphrase: &str, clock: Clock) -> Result<Created, Failure> {
        let (vault, recovery_key) = Vault::create(place, passphrase, clock.now())?;
        let vault = OpenVault::around(vault, clock)?;
        Ok(Created { vault, recovery_key: recovery_key.to_string() })
    }

    /// Opens a vault.
    ///
    /// # Errors
    /// When it is missing, damaged, newer, open elsewhere, or the passphrase is wrong: each with its own words.
    pub fn open(place: impl Into<Place>, passphrase: &str, clock: Clock) -> Result<OpenVault, Failure> {
        OpenVault::around(Vault::open(place, passphrase).map_err(not_opened)?, clock)
    }

    /// Opens a vault with its recovery key and gives it a new passphrase.
    ///
    /// # Errors
    /// As [`OpenVault::open`]; also when the new passphrase is too short.
    pub fn recover(
        place: impl Into<Place>,
        key: &str,
        new_passphrase: &str,
        clock: Clock,
    ) -> Result<OpenVault, Failure> {
        let mut vault = Vault::open_with_recovery_key(place, key).map_err(not_opened)?;
        vault.change_passphrase(new_passphrase)?;
        OpenVault::around(vault, clock)
    }

    /// Refuses whoever does not know the passphrase.
    ///
    /// # Errors
    /// When it is another one.
    pub fn check_passphrase(&self, passphrase: &str) -> Result<(), Failure> {
        Ok(self.vault.check_passphrase(passphrase)?)
    }

    /// Gives the vault a new passphrase. Only the key file is rewritten, and the recovery key stays valid.
    ///
    /// # Errors
    /// When the passphrase is too short or the key file cannot be written.
    pub fn change_passphrase(&mut self, new: &str) -> Result<(), Failure> {
        Ok(self.vault.change_passphrase(new)?)
    }

    /// Makes a new recovery key, to be shown once; the one before no longer opens the vault.
    ///
    /// # Errors
    /// When the key file cannot be written; the recovery key then still is the one it was.
    pub fn new_recovery_key(&mut self) -> Result<String, Failure> {
        Ok(self.vault.new_recovery_key()?.to_string())
    }

    /// Gives the vault another data key and encrypts all of it anew; gives the new recovery key, to be shown once. Says how far
    /// it is, from 0 to 1; whenever it is interrupted, the vault opens with its passphrase.
    ///
    /// # Errors
    /// When the passphrase is another one, a page is damaged, or there is no room for the vault a second time; the vault is as
    /// it was then.
    pub fn change_data_key(self, passphrase: &str, progress: &mut dyn FnMut(f32)) -> Result<String, Failure> {
        Ok(self.vault.change_data_key(passphrase, progress)?.to_string())
    }

    /// Checks everything in the vault against its own checksums.
    ///
    /// # Errors
    /// When the vault cannot be read at all; what is merely wrong is listed in the answer.
    pub fn verify(&self) -> Result<vault::Verified, Failure> {
        let mut found = self.vault.verify(&self.kinds)?;
        match self.references_to_nothing() {
            Ok(notes) => found.notes.extend(notes),
            // Of a damaged one nothing more can be asked.
            Err(failure) if failure.code == Some(Code::Torn) => {}
            Err(failure) => return Err(failure),
        }
        Ok(found)
    }

    /// What the coach should know of the vault's files, a sentence or two each; nothing when all is well. Warned of whenever
    /// the vault is opened.
    #[must_use]
    pub fn doubts(&self) -> Vec<String> {
        self.vault.doubts().iter().map(ToString::to_string).collect()
    }

    /// The coach has been told: no more warnings about these.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn acknowledge(&mut self) -> Result<(), Failure> {
        Ok(self.vault.acknowledge()?)
    }

    /// What a reader should know of what could not be read since the vault was opened, a sentence for each record; what
    /// could be read was given all the same.
    #[must_use]
    pub fn left_out(&self) -> Vec<String> {
        let told = |id| format!("Record {id} could not be read and was left out.");
        self.vault.unreadable().into_iter().map(told).collect()
    }

    /// Closes the vault and leaves nothing beside it. Dropping does the same, but cannot say when it fails.
    ///
    /// # Errors
    /// When the last changes cannot be moved into the main file; they are saved all the same.
    pub fn close(self) -> Result<(), Failure> {
        Ok(self.vault.close()?)
    }

    /// The vault's folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.vault.folder()
    }

    /// The clock the vault was opened with.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// What forms and pages are made from, with this vault's framework and the coach's own models after those built in.
    #[must_use]
    pub fn shelf(&self) -> Shelf {
        Shelf::of(&self.kinds, [shipped(), self.own_models.clone()].concat(), self.framework.clone())
    }

    /// What drafts are checked against.
    #[must_use]
    pub fn books(&self) -> Books<'_> {
        Books { kinds: &self.kinds, framework: &self.framework }
    }

    pub(crate) fn stamp(&self) -> Stamp {
        Stamp { today: self.clock.today(), now: self.clock.now(), id: Uuid::now_v7() }
    }

    pub(crate) fn around(mut vault: Vault, clock: Clock) -> Result<OpenVault, Failure> {
        let kinds = Kinds::shipped();
        installed::counted(&mut vault, &kinds)?;
        let (framework, framework_problems) = installed::framework(&vault)?;
        let own_models = installed::models(&vault)?;
        let mut open =
            OpenVault { vault, kinds, framework, framework_problems, own_models, clock, sittings: HashMap::new() };
        open.note_signed_once()?;
        Ok(open)
    }
}

/// Whatever keeps a vault from being opened, it is not open.
pub(crate) fn not_opened(error: VaultError) -> Failure {
    let failure = Failure::from(error);
    Failure { code: failure.code.or(Some(Code::CannotOpen)), ..failure }
}
