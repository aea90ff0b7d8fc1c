//! Who is being seen: caseload.

use std::path::Path;

use app::Failure;

use super::open;
use crate::answer::Answer;
use crate::args::Args;
use crate::words;

pub(super) fn caseload(args: &Args, folder: &Path) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    let caseload = vault.caseload()?;
    Ok(Answer::new(words::caseload::caseload(&caseload, vault.books().kinds), &caseload))
}
