//! The portfolio for a reader: export, releases.

use std::ops::ControlFlow;
use std::path::Path;

use app::{Failure, PortfolioChoice};

use super::open;
use crate::answer::Answer;
use crate::args::Args;
use crate::hints::DAMAGED;
use crate::progress::{bar, show};
use crate::words;

/// What a portfolio is written on.
#[derive(Clone, Copy)]
pub(super) enum Sheet<'p> {
    /// A PDF at this place.
    Pdf(&'p Path),
    /// One HTML file at this place.
    Html(&'p Path),
}

/// How much of the work it is to read the attached files.
const TAKING_IN: f32 = 0.3;

pub(super) fn export_portfolio(
    args: &Args,
    folder: &Path,
    sheet: Sheet<'_>,
    choice: &PortfolioChoice,
    check_only: bool,
) -> Result<Answer, Failure> {
    let mut vault = open(args, folder)?;
    let mut prepared = vault.prepare_portfolio(choice)?;
    let damaged = !vault.left_out().is_empty();
    let bar = bar();
    let before = if prepared.has_attachments() { TAKING_IN } else { 0.0 };
    prepared.take_in(&mut |sha256| vault.attachment(sha256), &mut |fraction| {
        show(&bar, fraction * before);
        ControlFlow::Continue(())
    })?;
    let there = |path| (!check_only).then_some(path);
    let report = match sheet {
        Sheet::Pdf(out) => prepared.write(there(out), &mut |fraction| {
            show(&bar, before + fraction * (1.0 - before));
            ControlFlow::Continue(())
        })?,
        Sheet::Html(out) => prepared.write_html(there(out))?,
    };
    bar.finish_and_clear();
    vault.note_release(&report)?;
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
