//! How far a competency is covered: what is there, and how people are shown it.

use serde::Serialize;

/// How far a competency is evidenced. People are shown a [`Coverage`], which knows what is expected as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Nothing that it asks for is there.
    None,
    /// Something is there, something is missing.
    Partial,
    /// Everything it asks for is there.
    Evidenced,
    /// A supervisor agreed.
    SignedOff,
}

/// How far a competency is covered, as people are shown it; its words are in [`crate::words::coverage`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// A supervisor agreed.
    Agreed,
    /// Everything it asks for is there.
    Covered,
    /// Some of it is there.
    Partly,
    /// Nothing is there.
    NotYet,
    /// Nothing is there, and nothing has to be at the coach's tier.
    NotExpected,
}

impl Coverage {
    /// Every one, the furthest first.
    pub const ALL: [Coverage; 5] =
        [Coverage::Agreed, Coverage::Covered, Coverage::Partly, Coverage::NotYet, Coverage::NotExpected];

    /// How a competency of this status is shown, if it is `expected` at the coach's tier.
    #[must_use]
    pub fn of(status: Status, expected: bool) -> Coverage {
        match status {
            Status::SignedOff => Coverage::Agreed,
            Status::Evidenced => Coverage::Covered,
            Status::Partial => Coverage::Partly,
            Status::None if expected => Coverage::NotYet,
            Status::None => Coverage::NotExpected,
        }
    }
}
