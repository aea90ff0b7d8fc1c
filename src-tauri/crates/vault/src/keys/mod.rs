//! The keys of a vault: the random data key, and the two that wrap it.

mod file;
mod passphrase;
mod recovery;
mod wrap;

pub(crate) use file::KeyFile;
pub use recovery::RecoveryKey;

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::error::VaultError;

/// 256 random bits that open the database; in memory only while the vault is open.
pub(crate) struct DataKey(Zeroizing<[u8; 32]>);

impl DataKey {
    /// A new one.
    pub(crate) fn generate() -> Result<DataKey, VaultError> {
        let mut key = Zeroizing::new([0; 32]);
        fill(key.as_mut_slice())?;
        Ok(DataKey(key))
    }

    /// The same key, for a second vault.
    pub(crate) fn copy(key: &DataKey) -> DataKey {
        DataKey(key.0.clone())
    }

    /// The key itself, for whoever reads or writes pages without SQLCipher.
    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A proof that whoever holds this key has said so (HKDF-SHA256 as a keyed hash); it gives away nothing of the key.
    pub(crate) fn vouch(&self, what: &str) -> [u8; 32] {
        let mut proof = [0; 32];
        let label = [b"coachfolio ", what.as_bytes()].concat();
        // Only a proof of more than 8,160 bytes fails.
        let _ = Hkdf::<Sha256>::new(None, self.0.as_slice()).expand(&label, &mut proof);
        proof
    }

    /// The form in which SQLCipher takes a key as it is, without stretching it: `x'…64 hex…'`.
    pub(crate) fn raw(&self) -> Zeroizing<String> {
        let mut raw = Zeroizing::new(String::with_capacity(67));
        raw.push_str("x'");
        let mut digits = Zeroizing::new([0; 64]);
        data_encoding::HEXLOWER.encode_mut(self.0.as_slice(), digits.as_mut_slice());
        raw.extend(digits.iter().map(|digit| char::from(*digit)));
        raw.push('\'');
        raw
    }
}

/// Random bytes from the system.
fn fill(bytes: &mut [u8]) -> Result<(), VaultError> {
    getrandom::fill(bytes).map_err(|_| VaultError::NoRandomness)
}

/// Random bytes that need not be kept secret: salts and nonces.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    fill(&mut bytes)?;
    Ok(bytes)
}
