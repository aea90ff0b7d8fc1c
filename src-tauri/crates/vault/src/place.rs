//! Where a vault lies, and where the app remembers it.

use std::path::{Path, PathBuf};

/// The folder of a vault and, if there is one, the app's own folder, in which it is remembered what was changed last. The
/// second lies outside of what is synchronised or copied with the vault, so that it knows when an older vault comes back.
#[derive(Debug, Clone)]
pub struct Place {
    /// The vault's folder.
    pub folder: PathBuf,
    /// The app's own folder; it is made when it is not there.
    pub memory: Option<PathBuf>,
}

impl From<&Path> for Place {
    fn from(folder: &Path) -> Self {
        Place { folder: folder.to_owned(), memory: None }
    }
}

impl From<&PathBuf> for Place {
    fn from(folder: &PathBuf) -> Self {
        folder.as_path().into()
    }
}
