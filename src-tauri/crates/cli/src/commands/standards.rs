//! The standards for a health-coaching supervisor: standards.

use std::path::Path;

use app::Failure;
use uuid::Uuid;

use super::open;
use crate::answer::Answer;
use crate::args::Args;
use crate::words;

pub(super) fn standards(args: &Args, folder: &Path, person: Option<Uuid>) -> Result<Answer, Failure> {
    let standards = open(args, folder)?.standards(person)?;
    Ok(Answer::new(words::standards::standards(&standards), &standards))
}
