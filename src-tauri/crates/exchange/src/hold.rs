//! Holding what a file says of a record against what is there: an import never undoes later work, and what was deleted
//! stays deleted.

use chrono::{DateTime, Utc};
use domain::digest::Sha256Hex;

/// What a file says of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Incoming<'a> {
    /// SHA-256 of what the record says ([`domain::Record::sha256`]).
    pub sha256: &'a Sha256Hex,
    /// When it was last changed, where the file says so.
    pub modified: Option<DateTime<Utc>>,
}

/// What is there under the record's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum There<'a> {
    /// Nothing, and never was.
    Nothing,
    /// A record.
    Record {
        /// SHA-256 of what it says.
        sha256: &'a Sha256Hex,
        /// When it was last saved.
        modified: DateTime<Utc>,
        /// Whether it once said what the file says, and was changed here since.
        once_said: bool,
    },
    /// A record that lies in the bin.
    InBin {
        /// When it was last saved.
        modified: DateTime<Utc>,
    },
    /// A record was here and was deleted for good.
    Grave,
}

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// It is new.
    New,
    /// It is there, word for word.
    Same,
    /// It said something else before.
    Changed,
    /// It was changed here after the file was written, so that what is here stays.
    KeptNewer,
    /// It is in the bin, and the file has a later version of it: that comes back.
    Restored,
    /// It is in the bin and stays there.
    LeftInBin,
    /// It was deleted for good and comes back, because that was asked for.
    BroughtBack,
    /// It was deleted for good and stays away.
    LeftInGrave,
}

impl Held {
    /// Whether what the file says is stored.
    #[must_use]
    pub fn is_stored(self) -> bool {
        matches!(self, Held::New | Held::Changed | Held::Restored | Held::BroughtBack)
    }
}

/// What becomes of a record that a file holds; `bring_back` is whether someone asked for what was deleted for good.
///
/// A file that says when a record was changed is believed: the later one stays. Of one that does not, only what the record
/// never said is taken for a change.
#[must_use]
pub fn hold(incoming: Incoming<'_>, there: There<'_>, bring_back: bool) -> Held {
    match (there, incoming.modified) {
        (There::Nothing, _) => Held::New,
        (There::Grave, _) if bring_back => Held::BroughtBack,
        (There::Grave, _) => Held::LeftInGrave,
        (There::InBin { modified }, Some(said)) if said > modified => Held::Restored,
        (There::InBin { .. }, _) => Held::LeftInBin,
        (There::Record { sha256, .. }, _) if sha256 == incoming.sha256 => Held::Same,
        (There::Record { modified, .. }, Some(said)) if said < modified => Held::KeptNewer,
        (There::Record { once_said: true, .. }, None) => Held::KeptNewer,
        (There::Record { .. }, _) => Held::Changed,
    }
}

#[cfg(test)]
mod tests {
    use super::Held::{BroughtBack, Changed, KeptNewer, LeftInBin, LeftInGrave, New, Restored, Same};
    use super::*;

    fn at(hour: u32) -> DateTime<Utc> {
        format!("2026-03-01T{hour:02}:00:00Z").parse().unwrap()
    }

    #[test]
    fn every_case_has_one_answer() {
        let (a, b) = (&Sha256Hex::of(b"a"), &Sha256Hex::of(b"b"));
        let record = |sha256, hour, once_said| There::Record { sha256, modified: at(hour), once_said };
        // What a file of noon says, and one that does not say when.
        let dated = Incoming { sha256: a, modified: Some(at(12)) };
        let undated = Incoming { modified: None, ..dated };
        let cases = [
            (There::Nothing, New, New),
            (record(a, 11, false), Same, Same),
            (record(a, 13, true), Same, Same),
            (record(b, 11, false), Changed, Changed),
            (record(b, 12, false), Changed, Changed),
            (record(b, 13, false), KeptNewer, Changed),
            (record(b, 11, true), Changed, KeptNewer),
            (record(b, 12, true), Changed, KeptNewer),
            (record(b, 13, true), KeptNewer, KeptNewer),
            (There::InBin { modified: at(11) }, Restored, LeftInBin),
            (There::InBin { modified: at(12) }, LeftInBin, LeftInBin),
            (There::InBin { modified: at(13) }, LeftInBin, LeftInBin),
            (There::Grave, LeftInGrave, LeftInGrave),
        ];
        for (there, with_date, without) in cases {
            assert_eq!(hold(dated, there, false), with_date, "{there:?}");
            assert_eq!(hold(undated, there, false), without, "{there:?}");
            // Asking for what was deleted for good changes nothing else.
            let asked = |held| if held == LeftInGrave { BroughtBack } else { held };
            assert_eq!(hold(dated, there, true), asked(with_date), "{there:?}");
            assert_eq!(hold(undated, there, true), asked(without), "{there:?}");
        }
    }

    #[test]
    fn only_what_becomes_part_of_the_vault_is_stored() {
        let all = [New, Same, Changed, KeptNewer, Restored, LeftInBin, BroughtBack, LeftInGrave];
        assert_eq!(
            all.into_iter().filter(|held| held.is_stored()).collect::<Vec<_>>(),
            [New, Changed, Restored, BroughtBack]
        );
    }
}
