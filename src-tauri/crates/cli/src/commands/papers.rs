//! Files in and out: import, export.

use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use app::{Failure, Format, PortfolioChoice};
use indicatif::{ProgressBar, ProgressStyle};

use super::open;
use crate::answer::Answer;
use crate::args::{Args, ImportFormat};
use crate::words::{self, count};

pub(super) fn import(
    args: &Args,
    folder: &Path,
    files: &[PathBuf],
    format: Option<ImportFormat>,
    dry_run: bool,
) -> Result<Answer, Failure> {
    let format = format.map(|ImportFormat::Jsonl| Format::JsonLines);
    let mut vault = open(args, folder)?;
    let bar = bar();
    let sums = vault.import_telling(files, format, dry_run, &mut |fraction| show(&bar, fraction))?;
    bar.finish_and_clear();
    vault.close()?;
    let mut text = if dry_run { "Nothing was stored. It would have been:\n" } else { "" }.to_owned();
    text += &format!("{} added, {} changed, {} there already", sums.added, sums.changed, sums.unchanged);
    if sums.kept_newer > 0 {
        text += &format!(", {} left as they are because they were changed here since", sums.kept_newer);
    }
    if sums.restored > 0 {
        text += &format!(", {} back from the bin because they are newer in the file", sums.restored);
    }
    if sums.kept_in_bin > 0 {
        text += &format!(", {} left in the bin (`bin --restore ID` brings them back)", sums.kept_in_bin);
    }
    Ok(Answer::new(text + ".\n", &sums))
}

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
    Ok(Answer::new(words::export::report(&report), &report))
}

pub(super) fn releases(args: &Args, folder: &Path) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    let releases = vault.releases()?;
    vault.close()?;
    Ok(Answer::new(words::export::releases(&releases), &serde_json::json!({ "releases": releases })))
}

pub(super) fn export_open_form(args: &Args, folder: &Path, out: &Path) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    let written = vault.export_open_form(out)?;
    vault.close()?;
    let text = format!(
        "{}: {}, with {} beside.\nThis copy is not encrypted: keep it where nobody else reads it.\n",
        written.path,
        count(written.records, "record"),
        count(written.attachments, "attachment")
    );
    Ok(Answer::new(text, &written).told(written.notes.clone()))
}

/// A bar on standard error, where that is a terminal.
fn bar() -> ProgressBar {
    let bar = if std::io::stderr().is_terminal() { ProgressBar::new(1_000) } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {percent} %") {
        bar.set_style(style);
    }
    bar
}

fn show(bar: &ProgressBar, fraction: f32) {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a fraction of a thousand")]
    bar.set_position((fraction.clamp(0.0, 1.0) * 1_000.0) as u64);
}
