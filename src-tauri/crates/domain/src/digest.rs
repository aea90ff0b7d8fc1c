//! SHA-256 of what was written or attached, as text.

use std::borrow::Borrow;
use std::fmt::{self, Write as _};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, de};
use sha2::{Digest as _, Sha256};

/// A SHA-256 as 64 lower-case hexadecimal digits: what names the content of a file or a record.
///
/// In JSON, in the vault and for the window it is that text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Sha256Hex(String);

/// A text that is no SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a SHA-256: 64 hexadecimal digits in lower case")]
pub struct NotSha256;

impl Sha256Hex {
    /// Of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Sha256Hex {
        Sha256Hex::of_all([bytes])
    }

    /// Of several pieces one after the other, without putting them together first.
    #[must_use]
    pub fn of_all<P: AsRef<[u8]>>(pieces: impl IntoIterator<Item = P>) -> Sha256Hex {
        let mut hash = Sha256::new();
        pieces.into_iter().for_each(|piece| hash.update(piece));
        Sha256Hex::from(<[u8; 32]>::from(hash.finalize()))
    }

    /// The 64 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<[u8; 32]> for Sha256Hex {
    fn from(digest: [u8; 32]) -> Sha256Hex {
        let mut text = String::with_capacity(64);
        for byte in digest {
            // Writing into a String cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        Sha256Hex(text)
    }
}

impl TryFrom<String> for Sha256Hex {
    type Error = NotSha256;

    fn try_from(text: String) -> Result<Sha256Hex, NotSha256> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        if text.len() == 64 && digits { Ok(Sha256Hex(text)) } else { Err(NotSha256) }
    }
}

impl FromStr for Sha256Hex {
    type Err = NotSha256;

    fn from_str(text: &str) -> Result<Sha256Hex, NotSha256> {
        Sha256Hex::try_from(text.to_owned())
    }
}

impl<'de> Deserialize<'de> for Sha256Hex {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Sha256Hex, D::Error> {
        Sha256Hex::try_from(String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

impl fmt::Display for Sha256Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// So that a map by digests can be asked with a text.
impl Borrow<str> for Sha256Hex {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn it_is_the_digest_that_everyone_knows() {
        assert_eq!(Sha256Hex::of(b"abc").as_str(), ABC);
        assert_eq!(Sha256Hex::of_all(["a", "", "bc"]), Sha256Hex::of(b"abc"));
    }

    #[test]
    fn only_64_lower_case_digits_are_one() {
        assert_eq!(ABC.parse(), Ok(Sha256Hex::of(b"abc")));
        for wrong in ["", &ABC[1..], &ABC.to_uppercase(), &ABC.replace('b', "g"), &format!("{ABC}0")] {
            assert_eq!(wrong.parse::<Sha256Hex>(), Err(NotSha256), "{wrong}");
        }
    }

    #[test]
    fn in_json_it_is_its_text() {
        let json = format!("\"{ABC}\"");
        assert_eq!(serde_json::to_string(&Sha256Hex::of(b"abc")).unwrap(), json);
        assert_eq!(serde_json::from_str::<Sha256Hex>(&json).unwrap().as_str(), ABC);
        assert!(serde_json::from_str::<Sha256Hex>("\"abc\"").is_err());
    }
}
