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
    /// The certificate of the accredited e-learning on this subject.
    Accredited(String),
    /// Practice in training for which a note of earlier learning stands, and who accepted it.
    AcceptedBy(Uuid),
}

const ACCREDITED: &str = "accredited-";
const ACCEPTED: &str = "accepted-by-";

impl fmt::Display for Remark {
    /// As a vault keeps it; nothing to remark is nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Remark::Plain => Ok(()),
            Remark::AmongHours => f.write_str("among-hours"),
            Remark::NoReason => f.write_str("no-reason"),
            Remark::Group => f.write_str("group"),
            Remark::OneToOne => f.write_str("one-to-one"),
            Remark::Accredited(subject) => write!(f, "{ACCREDITED}{subject}"),
            Remark::AcceptedBy(person) => write!(f, "{ACCEPTED}{person}"),
        }
    }
}

impl Remark {
    /// What was kept; nothing where it is none.
    #[must_use]
    pub fn read(text: &str) -> Option<Remark> {
        Some(match text {
            "" => Remark::Plain,
            "among-hours" => Remark::AmongHours,
            "no-reason" => Remark::NoReason,
            "group" => Remark::Group,
            "one-to-one" => Remark::OneToOne,
            _ => match (text.strip_prefix(ACCREDITED), text.strip_prefix(ACCEPTED)) {
                (Some(subject), _) => Remark::Accredited(subject.to_owned()),
                (_, Some(person)) => Remark::AcceptedBy(Uuid::parse_str(person).ok()?),
                (None, None) => return None,
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
        ] {
            assert_eq!(Remark::read(&remark.to_string()), Some(remark));
        }
        assert_eq!((Remark::read("hearsay"), Remark::read("accepted-by-someone")), (None, None));
    }
}
