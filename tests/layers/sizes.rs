//! A file is short enough to be read in one go.

use std::fs;
use std::path::PathBuf;

/// The most lines a source file has.
const MOST: usize = 400;

/// Longer files, and why each is.
const LONGER: &[(&str, &str)] = &[("ui/src/bindings/index.ts", "generated")];

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    let mut longer: Vec<PathBuf> = crate::files(&[".rs", ".ts", ".svelte"]);
    longer.retain(|path| fs::read_to_string(crate::root().join(path)).unwrap().lines().count() > MOST);
    for (path, why) in LONGER {
        let place = longer.iter().position(|longer| longer == path.as_ref() as &std::path::Path);
        let place = place.unwrap_or_else(|| panic!("{path} is no longer than others ({why}): take it off the list"));
        longer.remove(place);
    }
    assert!(longer.is_empty(), "these have more than {MOST} lines: {longer:?}");
}
