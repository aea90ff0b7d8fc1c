//! The recovery key: 160 random bits on paper, for the day the passphrase is forgotten.

use std::fmt;

use hkdf::Hkdf;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::fill;
use super::wrap::WrapKey;
use crate::error::VaultError;

/// Crockford's base32: no I, L, O or U, which are taken for 1, 1, 0 and V on paper or make words.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters that carry the key; 5 bits each.
const KEY: usize = 32;
/// Characters that tell a typing mistake from a wrong key: one mistake in a million slips through.
const CHECK: usize = 4;

/// A recovery key in the form in which it is written down: nine groups of four characters. Shown once, never stored.
pub struct RecoveryKey(Zeroizing<String>);

impl RecoveryKey {
    pub(super) fn generate() -> Result<(RecoveryKey, WrapKey), VaultError> {
        let mut secret = Zeroizing::new([0; 20]);
        fill(secret.as_mut_slice())?;
        let mut text = Zeroizing::new(String::with_capacity(KEY + CHECK + 8));
        let characters = spelled(secret.as_slice());
        let check = check(&secret);
        for (place, character) in characters.chars().chain(check.chars()).enumerate() {
            if place > 0 && place % 4 == 0 {
                text.push('-');
            }
            text.push(character);
        }
        Ok((RecoveryKey(text), wrap_key(&secret)?))
    }

    /// The key as a coach typed it: capitals, spaces and dashes do not matter.
    pub(super) fn read(typed: &str) -> Result<WrapKey, VaultError> {
        let mistyped = |reason: String| VaultError::MistypedRecoveryKey { reason };
        let mut values = Zeroizing::new(Vec::with_capacity(KEY + CHECK));
        for character in typed.chars().filter(|c| !c.is_whitespace() && !is_dash(*c)) {
            let upper = match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let place = values.len() + 1;
            let value = ALPHABET.iter().position(|letter| char::from(*letter) == upper);
            let value = value.and_then(|value| u8::try_from(value).ok());
            values
                .push(value.ok_or_else(|| mistyped(format!("character {place} is not one a recovery key can have")))?);
            if values.len() > KEY + CHECK {
                return Err(mistyped(format!("it has more than {} characters", KEY + CHECK)));
            }
        }
        if values.len() < KEY + CHECK {
            return Err(mistyped(format!("it has {} characters instead of {}", values.len(), KEY + CHECK)));
        }
        let mut secret = Zeroizing::new([0; 20]);
        for (eight, five) in values[..KEY].chunks_exact(8).zip(secret.chunks_exact_mut(5)) {
            let bits = eight.iter().fold(0_u64, |bits, value| bits << 5 | u64::from(*value));
            five.copy_from_slice(&bits.to_be_bytes()[3..]);
        }
        let given: Zeroizing<String> =
            Zeroizing::new(values[KEY..].iter().map(|value| char::from(ALPHABET[usize::from(*value)])).collect());
        if *given != *check(&secret) {
            return Err(mistyped("its last four characters do not fit the others".to_owned()));
        }
        wrap_key(&secret)
    }

    /// The text to show and to write down.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Shows nothing of the key, so that no log can.
impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryKey(…)")
    }
}

fn is_dash(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Bytes in the alphabet, five to eight characters.
fn spelled(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(KEY));
    for five in bytes.chunks_exact(5) {
        let bits = five.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        for place in (0..8).rev() {
            text.push(char::from(ALPHABET[(bits >> (5 * place) & 31) as usize]));
        }
    }
    text
}

/// The check characters: the first of the key's hash.
fn check(secret: &[u8; 20]) -> Zeroizing<String> {
    let hash = Sha256::new().chain_update(b"coachfolio recovery key check").chain_update(secret).finalize();
    let mut text = spelled(&hash[..5]);
    text.truncate(CHECK);
    text
}

/// 160 random bits need no stretching, so HKDF-SHA256 is enough.
fn wrap_key(secret: &[u8; 20]) -> Result<WrapKey, VaultError> {
    let mut key = Zeroizing::new([0; 32]);
    let expanded = Hkdf::<Sha256>::new(None, secret).expand(b"coachfolio recovery key", key.as_mut_slice());
    // Only a key of more than 8,160 bytes fails.
    expanded.map_err(|_| VaultError::damaged("the recovery key could not be used"))?;
    Ok(WrapKey(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_back_however_it_is_typed() {
        let (shown, key) = RecoveryKey::generate().unwrap();
        assert_eq!(shown.as_str().len(), 44);
        assert!(shown.as_str().split('-').all(|group| group.len() == 4));
        let typed = [
            shown.as_str().to_owned(),
            shown.as_str().to_lowercase(),
            shown.as_str().replace('-', ""),
            shown.as_str().replace('-', " – "),
            shown.as_str().replace('0', "o").replace('1', "l"),
            format!("\t{}\r\n", shown.as_str()),
        ];
        for typed in typed {
            assert_eq!(RecoveryKey::read(&typed).unwrap().0, key.0, "{typed}");
        }
    }

    #[test]
    fn every_single_mistake_is_called_a_mistake() {
        let (shown, _) = RecoveryKey::generate().unwrap();
        let mut slipped = 0;
        for place in 0..shown.as_str().len() {
            let old = shown.as_str().as_bytes()[place];
            if old == b'-' {
                continue;
            }
            for new in ALPHABET.iter().filter(|new| **new != old) {
                let mut typed = shown.as_str().as_bytes().to_vec();
                typed[place] = *new;
                match RecoveryKey::read(&String::from_utf8(typed).unwrap()) {
                    Err(VaultError::MistypedRecoveryKey { .. }) => {}
                    _ => slipped += 1,
                }
            }
        }
        // Of 1,116 mistakes one in a million is expected to slip through; more would be a broken check.
        assert!(slipped <= 1);
        for typed in ["", "ABCD", "!!!!", &shown.as_str()[1..], &format!("{shown}0")] {
            assert!(matches!(RecoveryKey::read(typed), Err(VaultError::MistypedRecoveryKey { .. })));
        }
    }

    #[test]
    fn debug_shows_nothing() {
        let (shown, _) = RecoveryKey::generate().unwrap();
        assert_eq!(format!("{shown:?}"), "RecoveryKey(…)");
    }
}
