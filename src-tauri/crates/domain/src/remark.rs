//! What there is to know of a piece of evidence beside its kind, where a rule asks for more than the kind.

use std::fmt;

use uuid::Uuid;

/// What there is to know of a piece of evidence beside its kind. A vault counts pieces of each sort apart, so that a rule can
/// leave some of them out without reading a record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Remark {
    /// Nothing: its kind says it all.
    #[default]
    Plain,
    /// A portfolio entry that is a session among the hours: one under supervision, or one put forward as all it offers.
    AmongHours,
    /// A portfolio entry without a reason.
    NoReason,
    /// An observation of a group.
    Group,
    /// An observation of a session with one client.
    OneToOne,
    /// An observation that says it was of a group, and names a session with one client.
    SaysGroup,
    /// An observation that says it was of one client, and names a session with a group.
    SaysOneToOne,
    /// The certificate of the accredited e-learning on this subject.
    Accredited(String),
    /// Practice in training for which a note of earlier learning stands, and who accepted it.
    AcceptedBy(Uuid),
    /// Health coaching supervision, and who gave it.
    GivenBy(Uuid),
}

const ACCREDITED: &str = "accredited-";
const ACCEPTED: &str = "accepted-by-";
const GIVEN: &str = "given-by-";

impl fmt::Display for Remark {
    /// As a vault keeps it; nothing to remark is nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Remark::Plain => Ok(()),
            Remark::AmongHours => f.write_str("among-hours"),
            Remark::NoReason => f.write_str("no-reason"),
            Remark::Group => f.write_str("group"),
            Remark::OneToOne => f.write_str("one-to-one"),
            Remark::SaysGroup => f.write_str("says-group"),
            Remark::SaysOneToOne => f.write_str("says-one-to-one"),
            Remark::Accredited(subject) => write!(f, "{ACCREDITED}{subject}"),
            Remark::AcceptedBy(person) => write!(f, "{ACCEPTED}{person}"),
            Remark::GivenBy(person) => write!(f, "{GIVEN}{person}"),
        }
    }
}

impl Remark {
    /// What was kept; nothing where it is none.
    #[must_use]
    pub fn read(text: &str) -> Option<Remark> {
        let person = |prefix: &str| text.strip_prefix(prefix).map(Uuid::parse_str);
        Some(match text {
            "" => Remark::Plain,
            "among-hours" => Remark::AmongHours,
            "no-reason" => Remark::NoReason,
            "group" => Remark::Group,
            "one-to-one" => Remark::OneToOne,
            "says-group" => Remark::SaysGroup,
            "says-one-to-one" => Remark::SaysOneToOne,
            _ => match (text.strip_prefix(ACCREDITED), person(ACCEPTED), person(GIVEN)) {
                (Some(subject), _, _) => Remark::Accredited(subject.to_owned()),
                (_, Some(person), _) => Remark::AcceptedBy(person.ok()?),
                (_, _, Some(person)) => Remark::GivenBy(person.ok()?),
                (None, None, None) => return None,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_remark_reads_back_as_it_was_kept() {
        let person = Uuid::from_u128(7);
        for remark in [
            Remark::Plain,
            Remark::AmongHours,
            Remark::NoReason,
            Remark::Group,
            Remark::OneToOne,
            Remark::Accredited("universal-model".into()),
            Remark::AcceptedBy(person),
            Remark::SaysGroup,
            Remark::SaysOneToOne,
            Remark::GivenBy(person),
        ] {
            assert_eq!(Remark::read(&remark.to_string()), Some(remark));
        }
        for unknown in ["hearsay", "accepted-by-someone", "given-by-someone"] {
            assert_eq!(Remark::read(unknown), None);
        }
    }
}
