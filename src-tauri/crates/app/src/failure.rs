//! The one error type: what went wrong, what to do next, and every problem with its field.

use std::fmt;

use domain::period::Backwards;
use exchange::{FileProblem, Format};
use serde::Serialize;
use vault::VaultError;

/// Why a use case did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Failure {
    /// Given only where someone acts on it.
    pub code: Option<Code>,
    /// What went wrong and where.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
    /// Every problem of what was handed in.
    pub problems: Vec<Problem>,
}

/// The failures that the window or the command line acts on: it asks again, ends with another status, or says in its own
/// words where to look. What no face acts on has no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// The passphrase or the recovery key does not open this vault: ask again.
    WrongPassphrase,
    /// Another window or program has the vault open.
    InUse,
    /// The vault cannot be opened for another reason: missing, damaged, newer, not a vault.
    CannotOpen,
    /// What was handed in has problems; each is listed.
    Problems,
    /// The vault was locked in the meantime.
    Locked,
    /// Someone asked for it to stop.
    Cancelled,
    /// No record has this id.
    NoRecord,
    /// A record has this id already.
    Exists,
    /// The record is in the bin.
    InBin,
    /// The record was never kept under this number.
    NoVersion,
    /// The record is not in the bin.
    NotInBin,
    /// The record is there and is no person.
    NotAPerson,
    /// The record is no supervision, or has no action of this number.
    NoAction,
    /// No rule of thumb says anything under this key.
    NoNote,
    /// Something of the vault does not read; the rest does.
    Damaged,
    /// A part of the vault's file was altered: what is readable can be saved into another place.
    Torn,
}

/// One problem of something handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Problem {
    /// The file, when several were handed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line of the file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The field, such as `claims[0].competency`.
    pub field: String,
    /// What is wrong and what was expected.
    pub message: String,
}

impl Failure {
    /// A failure nobody acts on but the person who reads it.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Failure {
        Failure { code: None, message: message.into(), hint: None, problems: Vec::new() }
    }

    /// The same with a word on what to do next.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Failure {
        Failure { hint: Some(hint.into()), ..self }
    }

    /// The same with a code.
    #[must_use]
    pub fn code(self, code: Code) -> Failure {
        Failure { code: Some(code), ..self }
    }

    /// A draft that does not fit its kind.
    #[must_use]
    pub fn of_draft(problems: Vec<domain::Problem>) -> Failure {
        let problems = problems.into_iter().map(Problem::from).collect();
        Failure { problems, ..Failure::new("Some of this does not fit yet.").code(Code::Problems) }
    }

    /// A file that does not fit its format; nothing of it was stored.
    #[must_use]
    pub fn of_file(file: &str, format: Format, problems: Vec<FileProblem>) -> Failure {
        let place = |problem: FileProblem| Problem {
            file: Some(file.to_owned()),
            line: u32::try_from(problem.line).ok(),
            field: problem.field,
            message: problem.message,
        };
        let failure = Failure::new(format!("{file} does not fit {}; nothing was stored.", format.words()));
        Failure { problems: problems.into_iter().map(place).collect(), ..failure }
            .code(Code::Problems)
            .hint("Mend the lines named here and import the file again.")
    }
}

impl From<domain::Problem> for Problem {
    fn from(problem: domain::Problem) -> Problem {
        Problem { file: None, line: None, field: problem.field, message: problem.message }
    }
}

impl From<Backwards> for Failure {
    fn from(period: Backwards) -> Failure {
        Failure::new(period.to_string()).hint("Give the earlier day first.")
    }
}

impl From<VaultError> for Failure {
    fn from(error: VaultError) -> Failure {
        let code = match &error {
            VaultError::WrongPassphrase | VaultError::WrongRecoveryKey | VaultError::MistypedRecoveryKey { .. } => {
                Some(Code::WrongPassphrase)
            }
            VaultError::InUse { .. } => Some(Code::InUse),
            VaultError::InBin { .. } => Some(Code::InBin),
            VaultError::Torn { .. } => Some(Code::Torn),
            VaultError::Missing { .. }
            | VaultError::NotAVault { .. }
            | VaultError::Incomplete { .. }
            | VaultError::ExcessiveKdf { .. }
            | VaultError::Newer { .. }
            | VaultError::Damaged { .. } => Some(Code::CannotOpen),
            _ => None,
        };
        Failure { code, ..Failure::new(error.to_string()) }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        for problem in &self.problems {
            let line = problem.line.map(|line| format!("line {line}, ")).unwrap_or_default();
            write!(f, "\n  {line}{}: {}", problem.field, problem.message)?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "\n{hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}
