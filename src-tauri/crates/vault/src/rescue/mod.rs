//! What is readable of a damaged vault. SQLCipher refuses a whole database for one page that was altered; this looks at each
//! page by itself, takes what is certainly what was saved, and says what is missing.

mod cells;
mod lost;
pub(crate) mod pages;
mod pour;
mod shelf;

use domain::Kinds;
use serde::Serialize;

use crate::database::Database;
use crate::error::VaultError;
use crate::folder::Folder;
use crate::keys::DataKey;
use pages::Pages;
use shelf::Shelf;

pub use lost::{Lost, Rescued};

/// How many pages are looked at in one go: some eight megabytes.
const IN_ONE_GO: u32 = 2_000;

/// How far a look through the pages of an open vault has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct PagesChecked {
    /// All of them were looked at.
    pub done: bool,
    /// One of those that were looked at is damaged.
    pub damaged: bool,
}

/// Looks at the pages after the first `from`, and says how many these were.
pub(crate) fn look(folder: &Folder, key: &DataKey, from: u32) -> Result<(u32, PagesChecked), VaultError> {
    let pages = Pages::open(&folder.database(), &folder.log(), key)?;
    let to = pages.count.min(from.saturating_add(IN_ONE_GO));
    let damaged = (from + 1..=to).any(|number| !pages.read(number).is_some_and(|page| page.sound)) || pages.unproved;
    Ok((to, PagesChecked { done: to == pages.count, damaged }))
}

/// Puts what is readable of a vault's files into an empty database. Of these files nothing is written to.
pub(crate) fn into(database: &Database, folder: &Folder, key: &DataKey, kinds: &Kinds) -> Result<Rescued, VaultError> {
    let pages = Pages::open(&folder.database(), &folder.log(), key)?;
    let shelf = Shelf::of(&pages);
    pour::pour(&pages, &shelf, database, kinds)
}

#[cfg(test)]
mod tests;
