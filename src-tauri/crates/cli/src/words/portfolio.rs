//! Exports in words: what went in, what was left out and why, what could not be shown, what was given out before.

use std::fmt::Write as _;

use app::domain::words::count;
use app::{ExportReport, Imprint, Release, Sheet, local};

use super::plain;

/// Only this many of a long list are named; `--json` names them all.
const NAMED: usize = 10;

pub(crate) fn report(report: &ExportReport) -> String {
    let size = format!("{} kB", report.bytes.div_ceil(1_000));
    let imprint = &report.imprint;
    let (pages, records) = (extent(imprint), count(imprint.records, "record"));
    let mut text = match &report.path {
        Some(path) => format!("{path}: {pages}, {records}, {size}.\n"),
        None => format!("Nothing was written. It would be: {pages}, {records}, {size}.\n"),
    };
    // Writing into a String cannot fail.
    let _ = writeln!(text, "SHA-256 {}\nFor: {}.", imprint.sha256, imprint.audience.words().label);
    if !report.went_in.is_empty() {
        text += "\nWhat goes in:\n";
        for part in &report.went_in {
            let _ = writeln!(text, "  {:>5}  {}", part.records, part.title);
        }
    }
    if !report.left_out.is_empty() {
        text += "\nWhat is left out:\n";
        for left in &report.left_out {
            let _ = writeln!(text, "  {}", left.why);
            for record in left.records.iter().take(NAMED) {
                let _ = writeln!(text, "    {}  {}", record.date, plain(&record.title));
            }
            if left.records.len() > NAMED {
                let _ = writeln!(text, "    and {} more", left.records.len() - NAMED);
            }
        }
    }
    if !report.not_shown.is_empty() {
        text += "\nWhat could not be shown:\n";
        for one in &report.not_shown {
            let place = one.record.as_ref().map(|record| format!(" (in \"{}\")", plain(&record.title)));
            let _ = writeln!(text, "  {}{}", plain(&one.what), place.unwrap_or_default());
        }
    }
    text
}

/// What it was written as, and how long: "PDF of 24 pages", "one web page".
fn extent(imprint: &Imprint) -> String {
    match imprint.sheet {
        Sheet::Pdf => format!("PDF of {}", count(imprint.pages, "page")),
        Sheet::Html => "one web page".to_owned(),
    }
}

pub(crate) fn releases(releases: &[Release]) -> String {
    if releases.is_empty() {
        return "Nothing was given out yet.\n".to_owned();
    }
    let mut text = String::new();
    for release in releases {
        let imprint = &release.imprint;
        let whom = imprint.audience.id();
        let day = local(release.at).format("%Y-%m-%d %H:%M");
        let _ = writeln!(
            text,
            "{day}  {}  for {whom}: {}, {}\n  SHA-256 {}",
            plain(&release.name),
            extent(imprint),
            count(imprint.records, "record"),
            imprint.sha256
        );
    }
    text
}
