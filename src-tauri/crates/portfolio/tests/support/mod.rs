//! What tests of the PDF share: making one, and asking other people's tools about it.

use std::ops::ControlFlow;
use std::process::Command;

use chrono::NaiveDate;
use page_validation::{SafetyLimits, ValidationOptions, ValidationProfile, validate_pdf_bytes};
use portfolio::document::{Block, Document, Figure, Part};
use portfolio::pdf::Report;
use portfolio::{On, Reason, markdown, render};

/// Where text begins and ends on a page: from the left, and from the top, in points.
pub(crate) const LEFT: f32 = 100.0;
pub(crate) const RIGHT: f32 = 492.0;
pub(crate) const TOP: f32 = 80.0;
pub(crate) const BOTTOM: f32 = 784.0;

pub(crate) fn made(document: &Document) -> (Vec<u8>, Report) {
    render(document, &mut |_| ControlFlow::Continue(())).unwrap()
}

pub(crate) fn from_markdown(source: &str) -> Document {
    document(markdown::blocks(source, 0))
}

pub(crate) fn document(blocks: Vec<Block>) -> Document {
    Document {
        title: "Test".into(),
        author: "Amira Osei".into(),
        language: "en-GB".into(),
        made: NaiveDate::from_ymd_opt(2026, 6, 12).unwrap(),
        running_head: "RUNNINGHEAD".into(),
        parts: vec![Part { blocks, ..Part::default() }],
        files: Vec::new(),
    }
}

/// An attachment, read to its end.
pub(crate) fn read(name: &str, bytes: Vec<u8>) -> Result<Vec<Figure>, Reason> {
    Ok(portfolio::figures(name, &portfolio::shows(bytes, On::Paper, &mut || ControlFlow::Continue(()))?))
}

/// Runs a tool on the file; its output as text.
pub(crate) fn tool(name: &str, options: &[&str], bytes: &[u8]) -> String {
    String::from_utf8_lossy(&output(name, options, bytes)).into_owned()
}

/// A page, counted from 1, as somebody else's program draws it: a pixel a point.
pub(crate) fn seen(bytes: &[u8], page: usize) -> image::RgbImage {
    let page = page.to_string();
    let png = output("pdftoppm", &["-r", "72", "-png", "-f", &page, "-l", &page], bytes);
    image::load_from_memory(&png).unwrap().into_rgb8()
}

/// Every rule of these standards that the file breaks.
pub(crate) fn broken(bytes: &[u8], profiles: &[ValidationProfile]) -> Vec<String> {
    let mut out = Vec::new();
    for profile in profiles {
        // Our bookmarks and structure are long chains, not deep nests.
        let limits = SafetyLimits::default().with_max_reference_depth(100_000);
        let options = ValidationOptions::default().profile(*profile).limits(limits);
        let report = validate_pdf_bytes(bytes, &options).unwrap();
        assert!(report.rules.total > 50, "the validator looked at {} rules", report.rules.total);
        out.extend(report.failures.iter().map(|failure| format!("{}: {}", failure.rule_id, failure.message)));
    }
    out
}

fn output(name: &str, options: &[&str], bytes: &[u8]) -> Vec<u8> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let mut command = Command::new(name);
    let (before, after): (Vec<&&str>, Vec<&&str>) = options.iter().partition(|option| **option != "-");
    let output = command.args(before).arg(file.path()).args(after).output();
    let output = output.unwrap_or_else(|error| panic!("{name} is needed ({error}): run .ci/setup test"));
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// The words of every page in the order in which they are drawn, without running heads and page numbers.
pub(crate) fn text_of(bytes: &[u8]) -> Vec<String> {
    let text = tool("pdftotext", &["-raw", "-enc", "UTF-8", "-"], bytes);
    let furniture = |line: &&str| !line.contains("RUNNINGHEAD") && !line.starts_with("Page ");
    text.lines().filter(furniture).flat_map(str::split_whitespace).map(str::to_owned).collect()
}
