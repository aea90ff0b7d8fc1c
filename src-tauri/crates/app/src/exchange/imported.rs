//! What an import is asked for, and what it did, in figures and a few sentences.

use exchange::Format;
use serde::Serialize;

use super::single::Profile;

/// How files are taken in; the default is all that is new or newer, each file in the format that it shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Importing {
    /// The format of all the files.
    pub format: Option<Format>,
    /// Store nothing and say what would happen.
    pub dry_run: bool,
    /// Take what was deleted for good as well.
    pub bring_back: bool,
    /// What becomes of a profile where the vault has one.
    pub profile: Profile,
}

/// What an import did, or with a dry run would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Imported {
    /// Records that were new.
    pub added: u32,
    /// Records that said something else before.
    pub changed: u32,
    /// Records that stood here already, word for word.
    pub unchanged: u32,
    /// Records that were changed here after the file was written; they were left as they are.
    pub kept_newer: u32,
    /// Records that were in the bin and are newer in the file: they are back, as the file has them.
    pub restored: u32,
    /// Records that are in the bin; they were left there.
    pub kept_in_bin: u32,
    /// Records that were deleted for good; they were left out.
    pub kept_deleted: u32,
    /// Records that were deleted for good and are back, because it was asked for.
    pub brought_back: u32,
    /// What a profile here and the one in the file say differently, where there are both.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub profile_differs: Vec<String>,
    /// Nothing was stored; this is what would have happened.
    pub dry_run: bool,
    /// What a reader should know, a sentence each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}
