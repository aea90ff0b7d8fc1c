//! What a command answers: text for people, one JSON document for programs, an exit status for both.

use app::{Code, Failure};
use serde::Serialize;
use serde_json::Value;

/// The exit statuses of the contract (src-tauri/crates/cli/README.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done.
    Done = 0,
    /// The answer is no: a check found something.
    No = 1,
    /// Wrong usage or refused input.
    Refused = 2,
    /// The vault cannot be opened.
    CannotOpen = 3,
}

impl Exit {
    pub(crate) fn of(failure: &Failure) -> Exit {
        match failure.code {
            Some(Code::WrongPassphrase | Code::InUse | Code::CannotOpen | Code::Torn) => Exit::CannotOpen,
            _ => Exit::Refused,
        }
    }
}

/// An answer in both forms.
pub(crate) struct Answer {
    pub(crate) text: String,
    json: Value,
    pub(crate) exit: Exit,
    /// What goes to standard error beside the answer, a line each.
    pub(crate) notes: Vec<String>,
}

impl Answer {
    pub(crate) fn new(text: impl Into<String>, json: &impl Serialize) -> Answer {
        // What is answered is made of text, numbers and lists, which always serialise.
        let json = serde_json::to_value(json).unwrap_or(Value::Null);
        Answer { text: text.into(), json, exit: Exit::Done, notes: Vec::new() }
    }

    pub(crate) fn told(self, notes: Vec<String>) -> Answer {
        Answer { notes, ..self }
    }

    pub(crate) fn exit(self, exit: Exit) -> Answer {
        Answer { exit, ..self }
    }

    pub(crate) fn json(&self) -> String {
        format!("{:#}\n", self.json)
    }
}
