//! A vault that this machine remembers, and its files, to be put back as they were at another time.

use std::collections::BTreeMap;
use std::path::PathBuf;

use vault::{Doubt, Filter, Place, Vault};

use super::{PASSPHRASE, new_vault, record, save};

/// What lies in a vault's folder, its lock aside.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// A vault's folder, and the folder in which this machine remembers it.
pub(crate) struct Desk {
    _home: tempfile::TempDir,
    pub(crate) folder: PathBuf,
    pub(crate) memory: PathBuf,
}

impl Desk {
    pub(crate) fn new() -> Desk {
        let (home, vault, _) = new_vault();
        let folder = vault.folder().to_owned();
        vault.close().unwrap();
        let memory = home.path().join("memory");
        Desk { _home: home, folder, memory }
    }

    pub(crate) fn place(&self) -> Place {
        Place { folder: self.folder.clone(), memory: Some(self.memory.clone()) }
    }

    pub(crate) fn open(&self) -> Vault {
        Vault::open(self.place(), PASSPHRASE).unwrap()
    }

    pub(crate) fn doubts(&self) -> Vec<Doubt> {
        self.open().doubts().to_vec()
    }

    /// Saves records with these titles, a change each, and closes.
    pub(crate) fn add(&self, titles: &[&str]) {
        let mut vault = self.open();
        for title in titles {
            save(&mut vault, &record("reflection", "2026-01-01", title, ""));
        }
        vault.close().unwrap();
    }

    /// The same, and then the process ends without closing: the files as it leaves them.
    pub(crate) fn add_and_die(&self, titles: &[&str]) -> Files {
        let mut vault = self.open();
        for title in titles {
            save(&mut vault, &record("reflection", "2026-01-01", title, ""));
        }
        let files = self.files();
        vault.close().unwrap();
        files
    }

    pub(crate) fn files(&self) -> Files {
        let entries = std::fs::read_dir(&self.folder).unwrap().map(Result::unwrap);
        let files =
            entries.map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap()));
        files.filter(|(name, _)| name != "vault.lock").collect()
    }

    /// Puts these of the files back, leaving the others as they are.
    pub(crate) fn put(&self, files: &Files, names: &[&str]) {
        for name in names {
            match files.get(*name) {
                Some(content) => std::fs::write(self.folder.join(name), content).unwrap(),
                None => drop(std::fs::remove_file(self.folder.join(name))),
            }
        }
    }

    pub(crate) fn count(&self) -> u64 {
        self.open().records().count(&Filter::default()).unwrap()
    }

    pub(crate) fn database(&self) -> Vec<u8> {
        std::fs::read(self.folder.join("vault.db")).unwrap()
    }
}

/// The files that a vault has, its lock aside.
pub(crate) const ALL: [&str; 4] = ["vault.db", "vault.db-wal", "vault.mark", "vault.key"];
