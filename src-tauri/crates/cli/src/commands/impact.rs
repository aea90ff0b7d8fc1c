//! What changed for people, in figures: impact.

use std::path::Path;

use app::Failure;
use chrono::NaiveDate;

use super::open;
use crate::answer::Answer;
use crate::args::Args;
use crate::words;

pub(super) fn impact(
    args: &Args,
    folder: &Path,
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
    outward: bool,
) -> Result<Answer, Failure> {
    let impact = open(args, folder)?.impact(from, to, outward)?;
    Ok(Answer::new(words::impact::impacts(&impact), &impact))
}
