//! Writing into a folder that an export filled before: what that one left is known, and nothing else is touched.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use domain::Attachment;
use domain::digest::Sha256Hex;
use domain::words::counted;

use super::beside::{ATTACHMENTS, FRAMEWORK, MODELS, RECORDS, VERSIONS};
use crate::files::read_whole;

/// What an earlier export left in a folder.
pub(super) struct Former {
    files: Vec<PathBuf>,
    /// Names in the folder of attached files that are given away, in lower case.
    taken: HashSet<String>,
}

impl Former {
    /// Looks through a folder, which need not be there. An attached file is known by its content, which the records there
    /// name.
    pub(super) fn of(folder: &Path) -> Former {
        let mut former = Former { files: Vec::new(), taken: HashSet::new() };
        let records = [RECORDS, VERSIONS].map(|name| fs::read(folder.join(name)).unwrap_or_default());
        let named: HashSet<&str> = records.iter().flat_map(|text| sums(text)).collect();
        for entry in fs::read_dir(folder.join(ATTACHMENTS)).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let content =
                entry.file_type().ok().filter(fs::FileType::is_file).and_then(|_| read_whole(&entry.path()).ok());
            let sum = content.map(|content| Sha256Hex::of(&content));
            // Earlier versions named them by their sums.
            if sum.is_some_and(|sum| named.contains(sum.as_str()) || sum.as_str() == name) {
                former.files.push(entry.path());
            } else {
                former.taken.insert(name.to_lowercase());
            }
        }
        if folder.join(RECORDS).is_file() {
            let beside = [VERSIONS, MODELS, FRAMEWORK].map(|name| folder.join(name));
            former.files.extend(beside.into_iter().filter(|place| place.is_file()));
        }
        former
    }

    /// A name for an attached file that opens, on any system, and that no other has.
    pub(super) fn name(&mut self, file: &Attachment, content: &[u8]) -> String {
        let (stem, ending) = opens(&file.name, content);
        let numbered =
            |number: u32| if number == 1 { format!("{stem}{ending}") } else { format!("{stem} ({number}){ending}") };
        let free = (1..).map(numbered).find(|name| self.taken.insert(name.to_lowercase()));
        free.unwrap_or_default()
    }

    /// Removes what is not `written` anew, and says so.
    pub(super) fn clear(self, written: &HashSet<PathBuf>) -> Vec<String> {
        let lower = |path: &Path| path.to_string_lossy().to_lowercase();
        let written: HashSet<String> = written.iter().map(|path| lower(path)).collect();
        let left = self.files.iter().filter(|place| !written.contains(&lower(place)));
        let (gone, stay): (Vec<_>, Vec<_>) = left.partition(|place| fs::remove_file(place).is_ok());
        let mut notes = Vec::new();
        if !gone.is_empty() {
            let files = counted(
                gone.len(),
                "file that a former export left there is",
                "files that a former export left there are",
            );
            notes.push(format!("{files} not in the vault any more, and gone."));
        }
        let told = |place: &&PathBuf| format!("{} is not in the vault any more; remove it by hand.", place.display());
        notes.extend(stay.iter().map(told));
        notes
    }
}

/// Every SHA-256 that stands in a text, in quotation marks.
fn sums(text: &[u8]) -> impl Iterator<Item = &str> {
    let is_sum = |word: &&[u8]| word.len() == 64 && word.iter().all(u8::is_ascii_hexdigit);
    text.split(|byte| *byte == b'"').filter(is_sum).filter_map(|word| std::str::from_utf8(word).ok())
}

/// A file's name as every system takes it, and its ending with the full stop; where it has none, one by what it holds.
fn opens(name: &str, content: &[u8]) -> (String, String) {
    /// The longest name, in characters, of which each takes up to four bytes of the 255 there are.
    const MOST: usize = 50;
    /// What Windows keeps for its devices.
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let goes = |c: char| if c.is_control() || turns(c) || "/\\:*?\"<>|".contains(c) { '_' } else { c };
    let plain: String = name.chars().map(goes).collect();
    let plain = plain.trim_matches(|c: char| c.is_whitespace() || c == '.');
    let (stem, ending) = match plain.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 8 && !ending.contains(' ') => (stem, Some(ending.to_owned())),
        _ => (plain, None),
    };
    let known = || infer::get(content).map_or("txt", |kind| kind.extension()).to_owned();
    let is_text = || std::str::from_utf8(content).is_ok() || infer::get(content).is_some();
    let ending = ending.or_else(|| is_text().then(known)).map(|ending| format!(".{ending}")).unwrap_or_default();
    let stem: String = stem.trim_end().chars().take(MOST).collect();
    let device = DEVICES.iter().any(|device| stem.to_lowercase().starts_with(device) && stem.chars().count() <= 4);
    let stem = if stem.is_empty() { "file".to_owned() } else { stem };
    (if device { format!("_{stem}") } else { stem }, ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_opens_on_every_system() {
        for (name, content, wanted) in [
            ("cert.pdf", b"%PDF-1.4".as_slice(), "cert.pdf"),
            ("cert", b"%PDF-1.4", "cert.pdf"),
            ("note", b"a text", "note.txt"),
            ("blob", b"\xff\xfe\x00", "blob"),
            ("../../etc/passwd", b"", "_.._etc_passwd.txt"),
            ("a\u{202e}fdp.exe", b"", "a_fdp.exe"),
            ("CON.txt", b"", "_CON.txt"),
            ("...", b"", "file.txt"),
            ("v1. my notes", b"", "v1. my notes.txt"),
        ] {
            let (stem, ending) = opens(name, content);
            assert_eq!(stem + &ending, wanted);
        }
        assert_eq!(opens(&"é".repeat(200), b"").0.chars().count(), 50);
    }
}
