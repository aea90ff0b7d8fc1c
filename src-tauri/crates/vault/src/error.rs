//! What can go wrong with a vault, in words for a coach: what happened, where, and what to do next.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why a vault could not be made, opened, read or written. No message holds anything out of the vault.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// There is no folder at the path.
    #[error("There is no vault at {}. Check the folder, or make a new vault there.", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The path is a file, or a folder without `vault.db` and `vault.key`.
    #[error(
        "{} is not a vault: a vault is a folder that holds vault.db and vault.key. Choose the folder itself.",
        path.display()
    )]
    NotAVault {
        /// What was looked at.
        path: PathBuf,
    },
    /// One of the vault's two files is there and the other is not.
    #[error(
        "The vault at {} is incomplete: {file} is missing. If a synchronised folder is still copying, wait for it to \
         finish; otherwise put {file} back from a backup of this vault.",
        path.display()
    )]
    Incomplete {
        /// The vault's folder.
        path: PathBuf,
        /// `vault.db` or `vault.key`.
        file: &'static str,
    },
    /// The passphrase does not unwrap the data key.
    #[error(
        "This passphrase does not open the vault. Check capitals and the keyboard's language and try again, or open \
         it with the recovery key you wrote down."
    )]
    WrongPassphrase,
    /// The recovery key is well formed, and it is not this vault's.
    #[error(
        "This recovery key belongs to another vault, or was replaced by a newer one. Look for the one you wrote down \
         last for this vault."
    )]
    WrongRecoveryKey,
    /// The recovery key's check characters do not fit: it was mistyped.
    #[error(
        "The recovery key has a typing mistake: {reason}. Compare it with your copy; spaces, dashes and capitals do \
         not matter."
    )]
    MistypedRecoveryKey {
        /// What does not fit, without any of the key itself.
        reason: String,
    },
    /// The vault was written by a later version of the app.
    #[error(
        "This vault was last used with a newer version of Coachfolio (format {found}; this version knows up to \
         {known}). Install the newest version to open it; nothing in the vault was changed."
    )]
    Newer {
        /// The format found.
        found: u32,
        /// The newest format this version reads.
        known: u32,
    },
    /// Another window or process has the vault open.
    #[error("The vault at {} is already open in another window. Close it there first, then try again.", path.display())]
    InUse {
        /// The vault's folder.
        path: PathBuf,
    },
    /// A file of the vault is a link.
    #[error(
        "{} is a link to another place, and a vault has none. Put the file itself there if you made the link; otherwise \
         find out who did.",
        path.display()
    )]
    Link {
        /// The link.
        path: PathBuf,
    },
    /// A file of the vault is not what it should be.
    #[error("The vault is damaged: {what}. Keep the folder as it is, and restore your latest backup into a new one.")]
    Damaged {
        /// Which part, and how it was noticed.
        what: String,
    },
    /// Pages of the database are not what was written; others are.
    #[error(
        "A part of the vault's file is damaged ({what}). What is readable can still be saved into another place. Keep the \
         folder as it is, and write nothing more into this vault."
    )]
    Torn {
        /// How it was noticed.
        what: &'static str,
    },
    /// One record's row cannot be read; the others can.
    #[error(
        "The record {id} could not be read: what is stored of it is damaged. The other records are not touched by it."
    )]
    Unreadable {
        /// The record.
        id: uuid::Uuid,
    },
    /// The record is in the bin.
    #[error("The record {id} is in the bin. Bring it back first, then change it.")]
    InBin {
        /// The record.
        id: uuid::Uuid,
    },
    /// The record was deleted for good.
    #[error(
        "The record {id} was deleted for good, and what has its number is not saved in its place. Copy what you wrote \
         into a new record."
    )]
    DeletedForGood {
        /// The record.
        id: uuid::Uuid,
    },
    /// A record that would not read back unchanged.
    #[error("The record {id} cannot be kept as it is: {what} would not read back. Nothing of this change was saved.")]
    NotKept {
        /// The record.
        id: uuid::Uuid,
        /// Which part of it.
        what: &'static str,
    },
    /// The key file asks for more memory or time than any vault of ours would.
    #[error(
        "The key file asks for {asks}, far more than this app ever sets. It may have been tampered with; put back \
         vault.key from a backup of this vault."
    )]
    ExcessiveKdf {
        /// Such as `8388608 KiB of memory`.
        asks: String,
    },
    /// There is a vault already.
    #[error("There is already a vault at {}. Open it, or choose another folder for the new one.", path.display())]
    Exists {
        /// The folder.
        path: PathBuf,
    },
    /// The folder for a new vault holds other things.
    #[error("{} already holds other files. Choose an empty folder or a new one for the vault.", path.display())]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// The new passphrase is too short.
    #[error(
        "The passphrase is too short: it has {found} characters and needs at least {least}. Four or five unrelated \
         words are strong and easy to remember."
    )]
    WeakPassphrase {
        /// How many characters it has.
        found: usize,
        /// How many it needs.
        least: usize,
    },
    /// The new passphrase is among those that are guessed first.
    #[error(
        "The passphrase is too easy to guess. {reason} Four or five unrelated words are strong and easy to remember."
    )]
    GuessedPassphrase {
        /// What makes it so, in a sentence.
        reason: String,
    },
    /// A record names an attachment whose content is not in the vault.
    #[error("The content of the attachment \"{name}\" is not in the vault. Attach the file again and save once more.")]
    AttachmentMissing {
        /// The attachment's name, as the record being saved gives it.
        name: String,
    },
    /// More records on one day than a day has room for.
    #[error("There is no room for more records on {date}: a day holds up to 1,048,575. Give this one another date.")]
    DayFull {
        /// The day.
        date: chrono::NaiveDate,
    },
    /// The disk is full.
    #[error("The disk is full, so nothing of this change was saved. Make some room and save again.")]
    DiskFull,
    /// The vault lies where nothing can be written.
    #[error(
        "This vault lies where nothing can be written, so it can only be read, and nothing of this change was saved. Copy its \
         folder to a disk that can be written to and open it there."
    )]
    OnlyRead,
    /// All was saved, and the vault could not be closed as it should.
    #[error(
        "What you saved is saved. Only tidying up afterwards failed ({0}), and is made up for when the vault is opened next."
    )]
    NotTidied(String),
    /// The bin was emptied, and the file could not be rewritten.
    #[error(
        "The bin is empty. What was in it may still lie in the vault's file, encrypted, because the file could not be \
         rewritten ({0}). Make some room and empty the bin once more."
    )]
    NotRewritten(String),
    /// A file or folder could not be read or written.
    #[error("{} could not be {doing}: {source}. Check that the disk is there and that you may write to it.", path.display())]
    File {
        /// Which file or folder.
        path: PathBuf,
        /// `read`, `written` or the like.
        doing: &'static str,
        /// What the system says.
        source: std::io::Error,
    },
    /// The computer gave no random numbers, so no key could be made.
    #[error("The system gave no random numbers, so no key could be made. Restart the computer and try again.")]
    NoRandomness,
    /// The database refused for another reason.
    #[error("The vault's database could not be read or written ({0}). Nothing of this change was saved; try again.")]
    Storage(#[source] rusqlite::Error),
}

impl VaultError {
    /// For `map_err` on file operations.
    pub(crate) fn file(path: &Path, doing: &'static str) -> impl FnOnce(std::io::Error) -> VaultError {
        move |source| match source.kind() {
            std::io::ErrorKind::StorageFull => VaultError::DiskFull,
            _ => VaultError::File { path: path.to_owned(), doing, source },
        }
    }

    /// In a few words, for a sentence that says what was done all the same.
    pub(crate) fn reason(&self) -> String {
        match self {
            VaultError::DiskFull => "the disk is full".to_owned(),
            VaultError::File { source, .. } => source.to_string(),
            VaultError::Storage(error) => error.to_string(),
            other => other.to_string(),
        }
    }

    /// A part of the vault that cannot be read.
    pub(crate) fn damaged(what: impl Into<String>) -> VaultError {
        VaultError::Damaged { what: what.into() }
    }
}

impl From<rusqlite::Error> for VaultError {
    fn from(error: rusqlite::Error) -> VaultError {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => {
                VaultError::Torn { what: "the first page of vault.db was altered, or it belongs to another vault.key" }
            }
            Some(ErrorCode::DatabaseCorrupt) => VaultError::Torn { what: "vault.db has pages that do not read" },
            // Our queries are all known to be well formed: this is how SQLCipher says that a page was altered.
            Some(ErrorCode::Unknown) if error.sqlite_error().is_some_and(|error| error.extended_code == 1) => {
                VaultError::Torn { what: "vault.db has a page that was altered" }
            }
            Some(ErrorCode::DiskFull) => VaultError::DiskFull,
            Some(ErrorCode::ReadOnly) => VaultError::OnlyRead,
            _ => VaultError::Storage(error),
        }
    }
}
