//! Where things lie outside of a vault: what the app remembers, and where something new can go.

use std::path::{Path, PathBuf};

use vault::Place;

/// A vault's folder beside the app's own, in which it is remembered on this machine what was changed last in each vault, by
/// names that say nothing.
#[must_use]
pub fn on_this_machine(folder: &Path) -> Place {
    let memory = dirs::data_local_dir().map(|own| own.join("coachfolio").join("last-changes"));
    Place { folder: folder.to_owned(), memory }
}

/// The chosen folder itself when it is empty or not there yet; otherwise a new folder of this name in it, numbered when
/// there is one already.
#[must_use]
pub fn empty_place(chosen: &Path, name: &str) -> PathBuf {
    let numbered = (2..100).map(|number| chosen.join(format!("{name} {number}")));
    let mut places = [chosen.to_owned(), chosen.join(name)].into_iter().chain(numbered);
    // A folder that cannot be looked into is not empty as far as anyone can tell.
    let free = |place: &PathBuf| match place.read_dir() {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    };
    places.find(free).unwrap_or_else(|| chosen.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_holds_something_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let place = || empty_place(home.path(), "Coachfolio");
        assert_eq!(place(), home.path());
        for name in ["Coachfolio", "Coachfolio 2", "Coachfolio 3"] {
            std::fs::write(home.path().join("a letter"), "x").unwrap();
            assert_eq!(place(), home.path().join(name));
            std::fs::create_dir(place()).unwrap();
            std::fs::write(home.path().join(name).join("something"), "x").unwrap();
        }
    }
}
