//! From a passphrase to a key: Argon2id, with its cost kept in the key file so that it can be raised.

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;
use zxcvbn::feedback::Feedback;
use zxcvbn::{Score, zxcvbn};

use super::random;
use super::wrap::WrapKey;
use crate::error::VaultError;

/// The fewest characters a new passphrase may have.
const SHORTEST: usize = 8;
/// The cost of a new or changed passphrase: 64 MiB and three passes take about 0.3 s on a plain laptop.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;
/// A key file that asks for more than this is not one of ours: 1 GiB, 20 passes, 16 lanes.
const MEMORY_KIB_MAX: u32 = 1024 * 1024;
const PASSES_MAX: u32 = 20;
const LANES_MAX: u32 = 16;

/// How a passphrase is stretched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kdf {
    pub(super) algorithm: String,
    pub(super) memory_kib: u32,
    pub(super) passes: u32,
    pub(super) lanes: u32,
    /// Base64.
    pub(super) salt: String,
}

impl Kdf {
    /// Today's cost with a new salt.
    pub(super) fn generate() -> Result<Kdf, VaultError> {
        let salt = data_encoding::BASE64.encode(&random::<16>()?);
        Ok(Kdf { algorithm: "argon2id".to_owned(), memory_kib: MEMORY_KIB, passes: PASSES, lanes: LANES, salt })
    }

    /// The key a passphrase gives.
    pub(super) fn stretch(&self, passphrase: &str) -> Result<WrapKey, VaultError> {
        self.bounds()?;
        let broken = || VaultError::damaged("the parameters in vault.key do not make sense");
        if self.algorithm != "argon2id" {
            return Err(broken());
        }
        let salt = data_encoding::BASE64.decode(self.salt.as_bytes()).map_err(|_| broken())?;
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).map_err(|_| broken())?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(normalised(passphrase).as_bytes(), &salt, key.as_mut_slice())
            .map_err(|_| broken())?;
        Ok(WrapKey(key))
    }

    /// Refuses a cost that would tie the computer up; a cheaper one than today's still opens.
    fn bounds(&self) -> Result<(), VaultError> {
        let asks = if self.memory_kib > MEMORY_KIB_MAX {
            format!("{} MiB of memory", self.memory_kib / 1024)
        } else if self.passes > PASSES_MAX {
            format!("{} passes", self.passes)
        } else if self.lanes > LANES_MAX {
            format!("{} lanes", self.lanes)
        } else {
            return Ok(());
        };
        Err(VaultError::ExcessiveKdf { asks })
    }
}

/// Refuses a new passphrase that is too short to be worth stretching, or among those that are tried first.
pub(super) fn check_new(passphrase: &str) -> Result<(), VaultError> {
    let passphrase = normalised(passphrase);
    // What nobody sees adds nothing.
    let found = passphrase.trim().chars().count();
    if found < SHORTEST {
        return Err(VaultError::WeakPassphrase { found, least: SHORTEST });
    }
    let guessed = zxcvbn(&passphrase, &["coachfolio"]);
    if guessed.score() > Score::One {
        return Ok(());
    }
    let warning = guessed.feedback().and_then(Feedback::warning);
    let reason = warning.map_or_else(|| "Few guesses find it.".to_owned(), |warning| warning.to_string());
    Err(VaultError::GuessedPassphrase { reason })
}

/// The same letters in the same bytes, whichever keyboard typed them (NFC). Spaces count and stay.
fn normalised(passphrase: &str) -> Zeroizing<String> {
    // NFC grows a text to at most three times its bytes, so that no copy is left behind by growing.
    let mut text = Zeroizing::new(String::with_capacity(passphrase.len() * 3));
    text.extend(passphrase.nfc());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cheap() -> Kdf {
        Kdf { memory_kib: 64, passes: 1, ..Kdf::generate().unwrap() }
    }

    #[test]
    fn composed_and_decomposed_letters_are_the_same_passphrase() {
        let kdf = cheap();
        assert_eq!(kdf.stretch("Zoë's café").unwrap().0, kdf.stretch("Zoe\u{308}'s cafe\u{301}").unwrap().0);
        assert_ne!(kdf.stretch("Zoë's café").unwrap().0, kdf.stretch("Zoë's café ").unwrap().0);
    }

    #[test]
    fn a_cost_no_vault_of_ours_sets_is_refused_and_a_low_one_is_not() {
        for kdf in [
            Kdf { memory_kib: 2 * 1024 * 1024, ..cheap() },
            Kdf { passes: 21, ..cheap() },
            Kdf { lanes: 1000, memory_kib: 64 * 1024, ..cheap() },
        ] {
            assert!(matches!(kdf.stretch("anything"), Err(VaultError::ExcessiveKdf { .. })));
        }
        assert!(cheap().stretch("anything").is_ok());
    }

    #[test]
    fn parameters_that_make_no_sense_are_damage_and_never_a_panic() {
        for kdf in [
            Kdf { memory_kib: 0, ..cheap() },
            Kdf { passes: 0, ..cheap() },
            Kdf { lanes: 0, ..cheap() },
            Kdf { salt: "%".to_owned(), ..cheap() },
            Kdf { salt: String::new(), ..cheap() },
            Kdf { algorithm: "md5".to_owned(), ..cheap() },
        ] {
            assert!(matches!(kdf.stretch("anything"), Err(VaultError::Damaged { .. })));
        }
    }

    #[test]
    fn a_new_vault_never_costs_less_than_the_floor() {
        let kdf = Kdf::generate().unwrap();
        assert!(kdf.memory_kib >= 64 * 1024 && kdf.passes >= 3 && kdf.algorithm == "argon2id");
    }

    #[test]
    fn characters_are_counted_not_bytes() {
        assert!(matches!(check_new(""), Err(VaultError::WeakPassphrase { found: 0, .. })));
        assert!(matches!(check_new("éééé"), Err(VaultError::WeakPassphrase { found: 4, .. })));
        assert!(check_new("éäöü ßñç").is_ok());
    }

    #[test]
    fn what_is_tried_first_is_refused_with_the_reason() {
        assert!(matches!(check_new("            "), Err(VaultError::WeakPassphrase { found: 0, .. })));
        assert!(matches!(check_new("   short    "), Err(VaultError::WeakPassphrase { found: 5, .. })));
        for listed in ["password1", "iloveyou", "qwertyuiop", "12345678", "aaaaaaaaaa", "coachfolio", "Password123"] {
            let refused = check_new(listed).unwrap_err();
            assert!(matches!(refused, VaultError::GuessedPassphrase { .. }), "{listed}: {refused}");
            assert!(!refused.to_string().contains(listed), "{refused}");
        }
        let said = check_new("password1").unwrap_err().to_string();
        assert!(said.contains("very common password") || said.contains("commonly used"), "{said}");
        for fine in ["four unrelated small words", "quiet lantern under the bridge", "a passphrase", "correct horse"] {
            assert!(check_new(fine).is_ok(), "{fine}");
        }
    }
}
