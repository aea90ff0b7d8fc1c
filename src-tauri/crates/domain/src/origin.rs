//! Where a record came from, when it came from somewhere else.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

/// What a record was before it came here, so that it is known when it comes again. It goes to no reader.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Origin {
    /// What it came out of: a program, a calendar, or the form of a file.
    pub name: String,
    /// Which one it is there.
    pub id: String,
    /// Fields that nobody knows, kept and given back.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Origin {
    /// The id of the record that stands for it here. It is always the same, so that what came before, was deleted or lies
    /// in another copy of the vault is known without keeping a list.
    #[must_use]
    pub fn record_id(&self) -> Uuid {
        let hash = Sha256::new().chain_update(&self.name).chain_update([0]).chain_update(&self.id).finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        Builder::from_custom_bytes(bytes).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_stands_for_one_id_for_ever() {
        let origin = |name: &str, id: &str| Origin { name: name.to_owned(), id: id.to_owned(), ..Origin::default() };
        // Frozen: another id would bring everything in again.
        assert_eq!(origin("jsonl", "1").record_id().to_string(), "d90a019c-bc3a-83da-bcdd-d9df5dff3dcd");
        assert_ne!(origin("a", "bc").record_id(), origin("ab", "c").record_id());
    }
}
