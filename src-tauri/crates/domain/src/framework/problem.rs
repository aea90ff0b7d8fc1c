//! What is wrong with a framework file, and where.

use std::fmt;

use serde::Serialize;

/// One problem of a framework file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileProblem {
    /// Where: a path such as `competencies[3].needs[0].kind`, or a line and column.
    pub place: String,
    /// What is wrong and what was expected.
    pub message: String,
}

impl fmt::Display for FileProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

pub(super) fn problem(place: impl fmt::Display, message: impl fmt::Display) -> FileProblem {
    FileProblem { place: place.to_string(), message: message.to_string() }
}
