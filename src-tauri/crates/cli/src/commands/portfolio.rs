//! The portfolio for a reader: export, releases.

use std::ops::ControlFlow;
use std::path::Path;

use app::{Failure, PortfolioChoice, Sheet};

use super::open;
use crate::answer::Answer;
use crate::args::Args;
use crate::hints::DAMAGED;
use crate::progress::{bar, show};
use crate::words;

pub(super) fn export_portfolio(
    args: &Args,
    folder: &Path,
    (sheet, out): (Sheet, &Path),
    choice: &PortfolioChoice,
    check_only: bool,
) -> Result<Answer, Failure> {
    let mut vault = open(args, folder)?;
    let prepared = vault.prepare_portfolio(choice, sheet)?;
    let damaged = !vault.left_out().is_empty();
    let bar = bar();
    let path = (!check_only).then_some(out);
    let finished = prepared.finish(path, &mut |sha256| vault.attachment(sha256), &mut |fraction| {
        show(&bar, fraction);
        ControlFlow::Continue(())
    })?;
    bar.finish_and_clear();
    let report = vault.note_release(finished)?;
    vault.close()?;
    let look = damaged.then(|| DAMAGED.to_owned());
    Ok(Answer::new(words::portfolio::report(&report), &report).told(look.into_iter().collect()))
}

pub(super) fn releases(args: &Args, folder: &Path) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    let releases = vault.releases()?;
    vault.close()?;
    Ok(Answer::new(words::portfolio::releases(&releases), &serde_json::json!({ "releases": releases })))
}
