//! The key file: the data key wrapped twice, with all that is needed to unwrap it except the secret.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::passphrase::{Kdf, check_new};
use super::wrap::Wrapping;
use super::{DataKey, RecoveryKey, random};
use crate::error::VaultError;

const FORMAT: &str = "coachfolio-key/";
/// The newest form of the key file that this version reads, and the one it writes.
const VERSION: u32 = 1;
/// The longest key file that is read, in bytes; ours have about 600.
const LONGEST: usize = 64 * 1024;

/// `vault.key` as it is written.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct KeyFile {
    format: String,
    vault: Uuid,
    kdf: Kdf,
    passphrase: Wrapping,
    recovery: Wrapping,
    /// SHA-256 of the bytes that it was read from.
    #[serde(skip)]
    read_from: Option<[u8; 32]>,
}

/// The part that tells which version the rest is of.
#[derive(Deserialize)]
struct Format {
    format: String,
}

impl KeyFile {
    /// A key file for a new vault, with the data key in it.
    pub(crate) fn generate(passphrase: &str) -> Result<(KeyFile, DataKey, RecoveryKey), VaultError> {
        check_new(passphrase)?;
        KeyFile::around(uuid::Builder::from_random_bytes(random()?).into_uuid(), passphrase)
    }

    /// A key file for the same vault with another data key in it, for which the old recovery key is of no use.
    pub(crate) fn with_new_data_key(&self, passphrase: &str) -> Result<(KeyFile, DataKey, RecoveryKey), VaultError> {
        self.unwrap_by_passphrase(passphrase)?;
        KeyFile::around(self.vault, passphrase)
    }

    fn around(vault: Uuid, passphrase: &str) -> Result<(KeyFile, DataKey, RecoveryKey), VaultError> {
        let key = DataKey::generate()?;
        let kdf = Kdf::generate()?;
        let (shown, recovery) = RecoveryKey::generate()?;
        let format = format!("{FORMAT}{VERSION}");
        let file = KeyFile {
            passphrase: kdf.stretch(passphrase)?.wrap(&key, &passphrase_header(&format, vault, &kdf))?,
            recovery: recovery.wrap(&key, &recovery_header(&format, vault))?,
            format,
            vault,
            kdf,
            read_from: None,
        };
        Ok((file, key, shown))
    }

    /// Reads a key file's bytes.
    pub(crate) fn read(content: &[u8]) -> Result<KeyFile, VaultError> {
        // The parser's message could quote the file, so it is left out.
        let broken = || VaultError::damaged("vault.key is cut short or is not a key file");
        if content.len() > LONGEST {
            return Err(broken());
        }
        let Format { format } = serde_json::from_slice(content).map_err(|_| broken())?;
        let version: u32 = format.strip_prefix(FORMAT).and_then(|n| n.parse().ok()).ok_or_else(broken)?;
        if version > VERSION {
            return Err(VaultError::Newer { found: version, known: VERSION });
        }
        let file: KeyFile = serde_json::from_slice(content).map_err(|_| broken())?;
        Ok(KeyFile { read_from: Some(Sha256::digest(content).into()), ..file })
    }

    /// The bytes to write.
    pub(crate) fn written(&self) -> Result<Vec<u8>, VaultError> {
        let mut text = serde_json::to_vec_pretty(self).map_err(|_| VaultError::damaged("vault.key"))?;
        text.push(b'\n');
        Ok(text)
    }

    /// The vault that it opens.
    pub(crate) fn vault(&self) -> Uuid {
        self.vault
    }

    /// SHA-256 of the bytes that it was read from or will be written as, by which an earlier file or an altered one is told.
    pub(crate) fn sha256(&self) -> Result<[u8; 32], VaultError> {
        match self.read_from {
            Some(sha256) => Ok(sha256),
            None => Ok(Sha256::digest(self.written()?).into()),
        }
    }

    /// The data key, for whoever knows the passphrase.
    pub(crate) fn unwrap_by_passphrase(&self, passphrase: &str) -> Result<DataKey, VaultError> {
        let header = passphrase_header(&self.format, self.vault, &self.kdf);
        let key = self.kdf.stretch(passphrase)?.unwrap(&self.passphrase, &header)?;
        key.ok_or(VaultError::WrongPassphrase)
    }

    /// The data key, for whoever holds the recovery key.
    pub(crate) fn unwrap_by_recovery_key(&self, typed: &str) -> Result<DataKey, VaultError> {
        let key = RecoveryKey::read(typed)?.unwrap(&self.recovery, &recovery_header(&self.format, self.vault))?;
        key.ok_or(VaultError::WrongRecoveryKey)
    }

    /// The same file with another passphrase, at today's cost and with a new salt.
    pub(crate) fn with_passphrase(&self, passphrase: &str, key: &DataKey) -> Result<KeyFile, VaultError> {
        check_new(passphrase)?;
        let kdf = Kdf::generate()?;
        let header = passphrase_header(&self.format, self.vault, &kdf);
        let passphrase = kdf.stretch(passphrase)?.wrap(key, &header)?;
        Ok(KeyFile { kdf, passphrase, read_from: None, ..self.clone() })
    }

    /// The same file with a new recovery key; the old one no longer opens it.
    pub(crate) fn with_new_recovery_key(&self, key: &DataKey) -> Result<(KeyFile, RecoveryKey), VaultError> {
        let (shown, recovery) = RecoveryKey::generate()?;
        let recovery = recovery.wrap(key, &recovery_header(&self.format, self.vault))?;
        Ok((KeyFile { recovery, read_from: None, ..self.clone() }, shown))
    }
}

/// What the passphrase's wrapping vouches for: nobody can lower its cost or move it to another vault unnoticed.
fn passphrase_header(format: &str, vault: Uuid, kdf: &Kdf) -> String {
    let Kdf { algorithm, memory_kib, passes, lanes, salt } = kdf;
    format!("{format}\npassphrase\n{vault}\n{algorithm}\n{memory_kib}\n{passes}\n{lanes}\n{salt}")
}

/// What the recovery key's wrapping vouches for. Not the passphrase's cost: that changes while this key is on paper.
fn recovery_header(format: &str, vault: Uuid) -> String {
    format!("{format}\nrecovery\n{vault}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_altered_header_no_longer_unwraps() {
        let (file, _, shown) = KeyFile::generate("correct horse").unwrap();
        assert!(file.unwrap_by_passphrase("correct horse").is_ok());
        let mut cheaper = file.clone();
        cheaper.kdf.memory_kib = 1024;
        assert!(matches!(cheaper.unwrap_by_passphrase("correct horse"), Err(VaultError::WrongPassphrase)));
        let moved = KeyFile { vault: Uuid::nil(), ..file.clone() };
        assert!(matches!(moved.unwrap_by_passphrase("correct horse"), Err(VaultError::WrongPassphrase)));
        assert!(matches!(moved.unwrap_by_recovery_key(shown.as_str()), Err(VaultError::WrongRecoveryKey)));
    }

    #[test]
    fn what_is_no_key_file_is_damage_and_a_later_one_is_newer() {
        let (file, _, _) = KeyFile::generate("correct horse").unwrap();
        let written = file.written().unwrap();
        assert!(KeyFile::read(&written).is_ok());
        for length in 0..written.len() - 2 {
            assert!(matches!(KeyFile::read(&written[..length]), Err(VaultError::Damaged { .. })), "{length}");
        }
        let later = br#"{"format":"coachfolio-key/7","something":"else"}"#;
        assert!(matches!(KeyFile::read(later), Err(VaultError::Newer { found: 7, known: 1 })));
        assert!(matches!(KeyFile::read(br#"{"format":"other/1"}"#), Err(VaultError::Damaged { .. })));
        assert!(matches!(KeyFile::read(&vec![b' '; 70_000]), Err(VaultError::Damaged { .. })));
    }

    #[test]
    fn every_altered_bit_of_a_key_file_is_found() {
        let (file, _, _) = KeyFile::generate("correct horse").unwrap();
        let (written, sha256) = (file.written().unwrap(), file.sha256().unwrap());
        for bit in 0..written.len() * 8 {
            let mut altered = written.clone();
            altered[bit / 8] ^= 1 << (bit % 8);
            // What reads all the same is not the file that the database knows.
            let found = KeyFile::read(&altered).and_then(|file| file.sha256()).is_ok_and(|found| found == sha256);
            assert!(!found, "bit {bit} of {}", written.len() * 8);
        }
    }
}
