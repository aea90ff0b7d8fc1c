//! The vault: one folder with an encrypted database and the key file that opens it.
//!
//! `vault.db` is a SQLCipher database opened with a random data key; `vault.key` holds that key twice, wrapped by the
//! passphrase and by the recovery key, so that a new passphrase rewrites no data and a forgotten one loses none.
//!
//! SQL is in this crate alone, one file per table. Each table gives a handle to read, such as [`Vault::records`], and
//! inside [`Vault::transact`] one to write, such as [`Writer::records`].

mod database;
mod doubt;
mod error;
mod folder;
mod handles;
mod keys;
mod log;
mod open;
mod place;
mod rekey;
mod rescue;
mod schema;
mod table;
mod trail;
mod vault;
mod verify;

pub use database::Writer;
pub use doubt::Doubt;
pub use error::VaultError;
pub use folder::is_vault;
pub use keys::RecoveryKey;
pub use place::Place;
pub use rescue::{Lost, PagesChecked, Rescued};
pub use table::attachment::{Attachments, AttachmentsMut};
pub use table::bin::{Bin, Binned};
pub use table::draft::{Drafts, DraftsMut, KeptDraft};
pub use table::evidence::EvidenceIndex;
pub use table::installed::{Installed, InstalledMut};
pub use table::list::Filter;
pub use table::mention::Mentions;
pub use table::record::{Records, RecordsMut};
pub use table::release::{Releases, ReleasesMut};
pub use table::search::{COUNT_MAX, Found, Hit, Search, SearchMut};
pub use table::session::Sessions;
pub use table::supervision::Supervisions;
pub use table::tombstone::{Tombstone, Tombstones, TombstonesMut};
pub use table::version::{Version, Versions};
pub use table::visit::Visits;
pub use vault::Vault;
pub use verify::Verified;
