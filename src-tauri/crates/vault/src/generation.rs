//! Notices when an older state of the database has come back.
//!
//! A synchronised folder can hand back a database without its log of changes, or last week's; every page of it is
//! sound, so neither SQLite nor SQLCipher notices. The number of changes is therefore kept a second time, in
//! `vault.mark`, authenticated with the data key. It is written after each commit without waiting for the disk: a mark
//! that a power loss left behind the database means nothing; one that is ahead of it means that changes are gone.

use std::fs::File;
use std::io::{Read as _, Seek as _, Write as _};

use crate::error::VaultError;
use crate::folder::Folder;
use crate::keys::DataKey;

/// The file beside the database, and what it said when the vault was opened.
#[derive(Debug)]
pub(crate) struct Mark {
    file: File,
    seen: u64,
}

impl Mark {
    /// The folder's mark; one that is missing, torn or not of this vault counts as none.
    pub(crate) fn open(folder: &Folder, key: &DataKey) -> Result<Mark, VaultError> {
        let mut file = folder.open_mark()?;
        let mut text = String::new();
        let said = (&mut file).take(256).read_to_string(&mut text);
        let number = text.split(' ').next().and_then(|number| number.parse().ok());
        let vouched = |number: &u64| said.is_ok() && text == line(*number, key);
        Ok(Mark { file, seen: number.filter(vouched).unwrap_or(0) })
    }

    /// The newest generation that was seen in this folder.
    pub(crate) fn seen(&self) -> u64 {
        self.seen
    }

    /// Notes a generation that is safely stored. The change is stored by then, so a mark that cannot be written is no
    /// reason to report a failure.
    pub(crate) fn note(&mut self, number: u64, key: &DataKey) {
        self.seen = number;
        let _ = self.file.rewind().and_then(|()| self.file.write_all(line(number, key).as_bytes()));
    }
}

/// The number at a fixed width, so that each line overwrites the one before, and its proof.
fn line(number: u64, key: &DataKey) -> String {
    format!("{number:020} {}\n", data_encoding::HEXLOWER.encode(&key.vouch(&format!("generation {number}"))))
}
