//! Wrapping the data key with another key: XChaCha20-Poly1305, with the header it stands in authenticated.

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{DataKey, random};
use crate::error::VaultError;

/// A key that wraps the data key.
pub(super) struct WrapKey(pub(super) Zeroizing<[u8; 32]>);

/// The data key, wrapped (both values Base64).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Wrapping {
    nonce: String,
    wrapped: String,
}

impl WrapKey {
    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&(*self.0).into())
    }

    /// Wraps the data key; it unwraps only with the same key beside the same header.
    pub(super) fn wrap(&self, key: &DataKey, header: &str) -> Result<Wrapping, VaultError> {
        let nonce = random::<24>()?;
        let payload = Payload { msg: key.0.as_slice(), aad: header.as_bytes() };
        let wrapped = self.cipher().encrypt(&XNonce::from(nonce), payload);
        // Only a message of many gigabytes fails, and this one has 32 bytes.
        let wrapped = wrapped.map_err(|_| VaultError::damaged("the key could not be wrapped"))?;
        Ok(Wrapping { nonce: BASE64.encode(&nonce), wrapped: BASE64.encode(&wrapped) })
    }

    /// The data key, or nothing if this is the wrong key or the header was altered.
    pub(super) fn unwrap(&self, wrapping: &Wrapping, header: &str) -> Result<Option<DataKey>, VaultError> {
        let broken = |_| VaultError::damaged("the wrapped key in vault.key does not read");
        let nonce = BASE64.decode(wrapping.nonce.as_bytes()).map_err(broken)?;
        let nonce: [u8; 24] =
            nonce.try_into().map_err(|_| VaultError::damaged("the wrapped key in vault.key is cut short"))?;
        let wrapped = BASE64.decode(wrapping.wrapped.as_bytes()).map_err(broken)?;
        let payload = Payload { msg: &wrapped, aad: header.as_bytes() };
        let Ok(plain) = self.cipher().decrypt(&XNonce::from(nonce), payload) else { return Ok(None) };
        let plain = Zeroizing::new(plain);
        let mut key = Zeroizing::new([0; 32]);
        if plain.len() != key.len() {
            return Ok(None);
        }
        key.copy_from_slice(&plain);
        Ok(Some(DataKey(key)))
    }
}
