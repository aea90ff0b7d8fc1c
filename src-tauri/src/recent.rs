//! The vaults opened recently: folder paths in a small file of the app's own, and nothing about what is in them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// How many are kept.
const MOST: usize = 8;

/// The list and where it is kept.
#[derive(Debug, Clone)]
pub(crate) struct Recent {
    file: PathBuf,
}

impl Recent {
    /// The list kept in this folder, which need not exist yet.
    pub(crate) fn within(folder: &Path) -> Recent {
        Recent { file: folder.join("recent.json") }
    }

    /// Newest first; folders that are no longer there are left out.
    pub(crate) fn list(&self) -> Vec<String> {
        // A list that cannot be read is an empty one: it is a convenience, and the next opening rewrites it.
        let all: Vec<String> =
            fs::read(&self.file).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
        all.into_iter().filter(|folder| Path::new(folder).is_dir()).collect()
    }

    /// Puts a folder at the head of the list. When that cannot be written the list stays as it was, which is no reason
    /// to keep a vault shut.
    pub(crate) fn add(&self, folder: &str) {
        let mut all = self.list();
        all.retain(|known| known != folder);
        all.insert(0, folder.to_owned());
        all.truncate(MOST);
        let _ = self.write(&all);
    }

    fn write(&self, all: &[String]) -> io::Result<()> {
        if let Some(parent) = self.file.parent() {
            fs::create_dir_all(parent)?;
        }
        let beside = self.file.with_extension("new");
        fs::write(&beside, serde_json::to_vec_pretty(all)?)?;
        fs::rename(beside, &self.file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_is_first_and_stands_once() {
        let home = tempfile::tempdir().unwrap();
        let recent = Recent::within(&home.path().join("config"));
        assert!(recent.list().is_empty());
        let folder = |name: &str| {
            let folder = home.path().join(name);
            fs::create_dir_all(&folder).unwrap();
            folder.to_string_lossy().into_owned()
        };
        let (a, b) = (folder("a"), folder("b"));
        for one in [&a, &b, &a] {
            recent.add(one);
        }
        assert_eq!(recent.list(), [a.clone(), b]);
        fs::remove_dir(home.path().join("b")).unwrap();
        assert_eq!(recent.list(), [a]);
    }
}
