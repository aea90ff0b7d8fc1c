//! What an opened vault does not know of itself: whether it is the newest there was.

use std::fmt;

/// Something about the vault's files that the coach should know of, in words for them. Nothing is lost by it that was not
/// lost before, and nothing is written because of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// An older database was put back.
    Older {
        /// How many changes that were saved are not in it.
        missing: u64,
    },
    /// The database is on another line of changes: it was written to in two places.
    Parted {
        /// How many changes are in this database alone.
        here: u64,
        /// How many are in the other one alone.
        there: u64,
    },
    /// Neither the mark nor the app's own folder knows this vault.
    Unwitnessed,
    /// A log of changes that does not belong to the database was moved out of the way.
    LogAside {
        /// Its name now.
        name: String,
    },
    /// The key file is not the one that was written last.
    OtherKeyFile,
    /// Files that are not the vault's own lie in its folder, as synchronising makes them when two machines write.
    Copies {
        /// Their names.
        names: Vec<String>,
    },
}

impl Doubt {
    /// Whether something is not as it was left; otherwise it is only worth a look.
    #[must_use]
    pub fn is_loss(&self) -> bool {
        matches!(self, Doubt::Older { .. } | Doubt::Parted { .. } | Doubt::OtherKeyFile)
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Doubt::Older { missing } => write!(
                f,
                "This vault is older than it was: the last {} saved here {} missing. Look for a newer vault.db where the \
                 folder is synchronised from, or in a backup.",
                changes(*missing),
                if *missing == 1 { "is" } else { "are" },
            ),
            Doubt::Parted { here, there } => write!(
                f,
                "This vault was written to in two places, and each has what the other lacks: {} in this copy alone and {} \
                 in the other alone. Keep both folders. Look for the other vault.db on the other computer or among the \
                 synchronised folder's earlier versions, open it in a folder of its own with a copy of vault.key, export \
                 everything from it as data, and import that here: what both have stays as it is.",
                changes(*here),
                changes(*there),
            ),
            Doubt::Unwitnessed => f.write_str(
                "Nothing on this computer can say whether this is the newest state of the vault: its vault.mark is missing \
                 or does not belong to it. Look whether your latest entries are there.",
            ),
            Doubt::LogAside { name } => write!(
                f,
                "The vault's folder held changes that do not belong to this database, as a synchronised folder or a \
                 careless copy can leave them. They were not taken in, and lie in {name} now. Look whether your latest \
                 entries are there; if they are, that file can be deleted.",
            ),
            Doubt::OtherKeyFile => f.write_str(
                "vault.key is not the one that was written last: an earlier one was put back, or it was altered. An old \
                 passphrase may open the vault again, and the recovery key may not. Set the passphrase anew, and make a \
                 new recovery key.",
            ),
            Doubt::Copies { names } => write!(
                f,
                "In the vault's folder {} not its own: {}. Synchronising makes such copies when two computers wrote at \
                 the same time. They are left alone; to look into a copy of vault.db, put it into a folder of its own \
                 under that name, with a copy of vault.key.",
                if names.len() == 1 { "lies a file that is" } else { "lie files that are" },
                names.join(", "),
            ),
        }
    }
}

fn changes(number: u64) -> String {
    if number == 1 { "change".to_owned() } else { format!("{number} changes") }
}
