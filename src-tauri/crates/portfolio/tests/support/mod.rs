//! What tests of the PDF share: making one, and asking other people's tools about it.

use std::ops::ControlFlow;
use std::process::Command;

use chrono::NaiveDate;
use portfolio::document::{Block, Document, Part};
use portfolio::pdf::Report;
use portfolio::{markdown, render};

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
    }
}

/// Runs a tool on the file; its output.
pub(crate) fn tool(name: &str, options: &[&str], bytes: &[u8]) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let mut command = Command::new(name);
    let (before, after): (Vec<&&str>, Vec<&&str>) = options.iter().partition(|option| **option != "-");
    let output = command.args(before).arg(file.path()).args(after).output();
    let output = output.unwrap_or_else(|error| panic!("{name} is needed ({error}): run .ci/setup test"));
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The words of every page in the order in which they are drawn, without running heads and page numbers.
pub(crate) fn text_of(bytes: &[u8]) -> Vec<String> {
    let text = tool("pdftotext", &["-raw", "-enc", "UTF-8", "-"], bytes);
    let furniture = |line: &&str| !line.contains("RUNNINGHEAD") && !line.starts_with("Page ");
    text.lines().filter(furniture).flat_map(str::split_whitespace).map(str::to_owned).collect()
}
