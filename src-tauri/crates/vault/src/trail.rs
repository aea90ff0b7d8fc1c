//! The last changes as files beside the database know them, by which an older or another line of changes is told.
//!
//! A synchronised folder can hand back a database without its log, last week's, or one that another machine wrote; every
//! page of it is sound, so neither SQLite nor SQLCipher notices. Each change therefore has a number and a head, made from
//! the head before it and from chance: two lines of changes that parted share no head after that. The last of them are
//! kept outside the database too, authenticated with the data key: in `vault.mark` beside it, and in the app's own folder,
//! which no synchronised folder hands back. They are written after each commit without waiting for the disk: a trail that a
//! power loss left behind the database means nothing; one that knows of changes that the database lacks means that these
//! are gone.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};

use crate::doubt::Doubt;
use crate::keys::DataKey;

/// Which change it is, known to nobody without the data key.
pub(crate) type Head = [u8; 16];

/// How many changes a trail remembers; each has a line at a fixed place, so that the newest overwrites the oldest.
const LINES: u64 = 256;
/// The length of a line in bytes.
const LINE: u64 = 87;

/// Some of the changes on one line, by number, in order.
#[derive(Debug, Default, Clone)]
pub(crate) struct Changes(pub(crate) BTreeMap<u64, Head>);

/// A file of the last changes, and what it said when the vault was opened.
#[derive(Debug)]
pub(crate) struct Trail {
    file: File,
    known: Changes,
}

impl Changes {
    fn oldest(&self) -> u64 {
        self.0.keys().next().copied().unwrap_or(0)
    }

    /// The newest change; nothing where none is known.
    pub(crate) fn latest(&self) -> Option<(u64, Head)> {
        self.0.last_key_value().map(|(number, head)| (*number, *head))
    }

    /// Whether this very change is on the line.
    pub(crate) fn has(&self, (number, head): (u64, Head)) -> bool {
        self.0.get(&number) == Some(&head)
    }

    /// What the database, whose changes these are, lacks of what a trail knows.
    pub(crate) fn lacks(&self, trail: &Changes) -> Option<Doubt> {
        let (Some(here), Some(there)) = (self.latest(), trail.latest()) else { return None };
        // Before the oldest that is still known nothing can be said.
        if self.has(there) || there.0 < self.oldest() {
            return None;
        }
        if there.0 > here.0 && (trail.has(here) || here.0 < trail.oldest()) {
            return Some(Doubt::Older { missing: there.0 - here.0 });
        }
        let shared = self.0.iter().rev().find(|(number, head)| trail.has((**number, **head)));
        let parted = shared.map_or_else(|| self.oldest().max(trail.oldest()).saturating_sub(1), |(number, _)| *number);
        Some(Doubt::Parted { here: here.0 - parted.min(here.0), there: there.0 - parted.min(there.0) })
    }
}

impl Trail {
    /// What a file says; lines that are missing, torn or not of this vault are passed over.
    pub(crate) fn read(mut file: File, key: &DataKey) -> Trail {
        let mut text = Vec::new();
        // What cannot be read says nothing.
        let _ = (&mut file).take(LINES * LINE).read_to_end(&mut text);
        let lines = text.chunks(usize::try_from(LINE).unwrap_or(usize::MAX));
        let known = lines.filter_map(|bytes| {
            let line = std::str::from_utf8(bytes).ok()?;
            let mut words = line.split(' ');
            let number = words.next()?.parse().ok()?;
            let head: Head = data_encoding::HEXLOWER.decode(words.next()?.as_bytes()).ok()?.try_into().ok()?;
            (written(number, head, key) == line).then_some((number, head))
        });
        let known = Changes(known.collect());
        Trail { file, known }
    }

    /// The changes that it knows.
    pub(crate) fn known(&self) -> &Changes {
        &self.known
    }

    /// Notes a change that is safely stored. It is stored by then, so a trail that cannot be written is no reason to report
    /// a failure.
    pub(crate) fn note(&mut self, number: u64, head: Head, key: &DataKey) {
        self.known.0.insert(number, head);
        if self.known.0.len() as u64 > LINES {
            self.known.0.pop_first();
        }
        self.write(number, &written(number, head, key));
    }

    /// Forgets changes that are not on this line: work goes on without them.
    pub(crate) fn keep_to(&mut self, line: &Changes) {
        let others: Vec<u64> = self
            .known
            .0
            .iter()
            .filter(|(number, head)| !line.has((**number, **head)))
            .map(|(number, _)| *number)
            .collect();
        for number in others {
            self.known.0.remove(&number);
            self.write(number, &" ".repeat(usize::try_from(LINE).unwrap_or_default()));
        }
    }

    fn write(&mut self, number: u64, line: &str) {
        let place = SeekFrom::Start(number % LINES * LINE);
        let _ = self.file.seek(place).and_then(|_| self.file.write_all(line.as_bytes()));
    }
}

/// A line: number, head and their proof, each at a fixed width.
fn written(number: u64, head: Head, key: &DataKey) -> String {
    let head = data_encoding::HEXLOWER.encode(&head);
    let proof = key.vouch(&format!("change {number} {head}"));
    format!("{number:020} {head} {}\n", data_encoding::HEXLOWER.encode(&proof[..16]))
}

/// The head of a change that follows another.
pub(crate) fn after(head: Head, number: u64, chance: Head, key: &DataKey) -> Head {
    let [before, chance] = [head, chance].map(|bytes| data_encoding::HEXLOWER.encode(&bytes));
    let mut next = Head::default();
    next.copy_from_slice(&key.vouch(&format!("head {number} {before} {chance}"))[..16]);
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of changes: a letter each, numbered from `first`.
    fn line(first: u64, letters: &str) -> Changes {
        Changes((first..).zip(letters.bytes().map(|letter| [letter; 16])).collect())
    }

    #[test]
    fn what_is_missing_and_what_parted_is_told_apart() {
        let here = line(1, "abcdef");
        let lacks = |trail: &Changes| here.lacks(trail);
        assert_eq!(lacks(&Changes::default()), None, "nothing is known");
        assert_eq!(lacks(&line(1, "abcdef")), None);
        assert_eq!(lacks(&line(1, "abcd")), None, "a power loss left it behind");
        assert_eq!(lacks(&line(1, "abcdefgh")), Some(Doubt::Older { missing: 2 }));
        assert_eq!(lacks(&line(9, "xyz")), Some(Doubt::Older { missing: 5 }), "it does not reach back so far");
        assert_eq!(lacks(&line(1, "abcdxy")), Some(Doubt::Parted { here: 2, there: 2 }));
        assert_eq!(lacks(&line(1, "abcdx")), Some(Doubt::Parted { here: 2, there: 1 }));
        assert_eq!(lacks(&line(1, "abcxyzuvw")), Some(Doubt::Parted { here: 3, there: 6 }));
        // Where the database no longer knows, nothing is said.
        assert_eq!(line(100, "abc").lacks(&line(1, "xyz")), None);
    }

    #[test]
    fn a_trail_reads_back_its_last_lines_and_passes_over_others() {
        let key = DataKey::generate().unwrap();
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("trail");
        let open = || File::options().create(true).truncate(false).read(true).write(true).open(&path).unwrap();
        let mut trail = Trail::read(open(), &key);
        assert!(trail.known().latest().is_none());
        for number in 1..=LINES + 44 {
            trail.note(number, [u8::try_from(number % 251).unwrap(); 16], &key);
        }
        assert_eq!(written(1, [0; 16], &key).len() as u64, LINE);
        let again = Trail::read(open(), &key);
        assert_eq!((again.known().oldest(), again.known().0.len() as u64), (45, LINES));
        assert_eq!(again.known().latest(), Some((LINES + 44, [u8::try_from((LINES + 44) % 251).unwrap(); 16])));
        assert!(Trail::read(open(), &DataKey::generate().unwrap()).known().latest().is_none(), "of another vault");
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[5 * 87 + 19] ^= 1;
        bytes.truncate(bytes.len() - 3);
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(Trail::read(open(), &key).known().0.len() as u64, LINES - 2);
    }

    #[test]
    fn every_altered_bit_of_a_trail_costs_one_line_and_no_other() {
        let key = DataKey::generate().unwrap();
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("trail");
        let open = || File::options().create(true).truncate(false).read(true).write(true).open(&path).unwrap();
        let mut trail = Trail::read(open(), &key);
        for number in 0..3 {
            trail.note(number, [7; 16], &key);
        }
        let whole = std::fs::read(&path).unwrap();
        for bit in 0..whole.len() * 8 {
            let mut altered = whole.clone();
            altered[bit / 8] ^= 1 << (bit % 8);
            std::fs::write(&path, altered).unwrap();
            let known = Trail::read(open(), &key).known;
            assert_eq!(known.0.len(), 2, "bit {bit}");
            assert!(known.0.values().all(|head| *head == [7; 16]));
        }
    }
}
