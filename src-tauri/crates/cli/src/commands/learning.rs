//! What was learnt, against what is asked for: learning.

use std::path::Path;

use app::Failure;

use super::open;
use crate::answer::Answer;
use crate::args::Args;
use crate::words;

pub(super) fn learning(args: &Args, folder: &Path) -> Result<Answer, Failure> {
    let trainings = open(args, folder)?.trainings()?;
    Ok(Answer::new(words::learning::trainings(&trainings), &trainings))
}
