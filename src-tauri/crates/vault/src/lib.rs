//! The vault: one folder with an encrypted database and the key file that opens it.
//!
//! `vault.db` is a SQLCipher database opened with a random data key; `vault.key` holds that key twice, wrapped by the
//! passphrase and by the recovery key, so that a new passphrase rewrites no data and a forgotten one loses none. SQL
//! stands in this crate alone, one file per table, and every write goes through [`Vault::transact`].

mod error;
mod folder;
mod generation;
mod keys;
mod open;
mod schema;
mod table;
mod vault;
mod verify;

pub use error::VaultError;
pub use folder::is_vault;
pub use keys::RecoveryKey;
pub use table::attachment::sha256;
pub use table::bin::Binned;
pub use table::draft::KeptDraft;
pub use table::list::Filter;
pub use table::record::Claimed;
pub use table::search::{COUNT_MAX, Found, Hit};
pub use table::version::Version;
pub use vault::{Vault, Writer};
pub use verify::Verified;
