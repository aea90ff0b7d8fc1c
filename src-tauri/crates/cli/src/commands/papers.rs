//! Files in and out: import, export.

use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use app::{Failure, Format, PortfolioChoice};
use indicatif::{ProgressBar, ProgressStyle};

use super::open;
use crate::answer::Answer;
use crate::args::{Args, ImportFormat};
use crate::words::count;

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

pub(super) fn export_pdf(args: &Args, folder: &Path, out: &Path, choice: &PortfolioChoice) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    let prepared = vault.prepare_portfolio(choice)?;
    vault.close()?;
    let bar = bar();
    let report = prepared.write(out, &mut |fraction| {
        show(&bar, fraction);
        ControlFlow::Continue(())
    })?;
    bar.finish_and_clear();
    let mut text = format!(
        "{}: {} and {}, {} kB.\n",
        report.path,
        count(report.pages, "page"),
        count(report.records, "record"),
        report.bytes.div_ceil(1_000)
    );
    for note in &report.notes {
        text += &format!("{note}\n");
    }
    Ok(Answer::new(text, &report))
}

pub(super) fn export_html(args: &Args, folder: &Path, out: &Path, choice: &PortfolioChoice) -> Result<Answer, Failure> {
    let vault = open(args, folder)?;
    let report = vault.prepare_portfolio(choice)?.write_html(out)?;
    vault.close()?;
    let mut text =
        format!("{}: {}, {} kB.\n", report.path, count(report.records, "record"), report.bytes.div_ceil(1_000));
    for note in &report.notes {
        text += &format!("{note}\n");
    }
    Ok(Answer::new(text, &report))
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
