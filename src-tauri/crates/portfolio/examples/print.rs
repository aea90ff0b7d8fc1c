//! Sets a Markdown file, with contents and bookmarks, for the benchmark beside other programs:
//! `cargo run --release -p portfolio --example print -- FILE out.pdf`.

use std::ops::ControlFlow;

use chrono::NaiveDate;
use portfolio::document::{Anchor, Block, Document, Heading, Part};
use portfolio::markdown;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(from), Some(to)) = (arguments.next(), arguments.next()) else {
        return Err("give a Markdown file and where the PDF goes".into());
    };
    let (bytes, _) = portfolio::render(&document(&std::fs::read_to_string(from)?), &mut |_| ControlFlow::Continue(()))?;
    std::fs::write(to, bytes)?;
    Ok(())
}

/// The Markdown with contents in front; headings of the two upper levels are listed.
fn document(source: &str) -> Document {
    let title = "Portfolio of evidence";
    let mut blocks = vec![Block::heading(1, title), Block::Contents];
    blocks.extend(markdown::blocks(source, 0));
    for (number, block) in blocks.iter_mut().enumerate() {
        if let Block::Heading(Heading { level: 1..=2, anchor, in_contents, bookmark, .. }) = block {
            (*anchor, *in_contents, *bookmark) = (Some(Anchor(format!("heading-{number}"))), true, true);
        }
    }
    Document {
        title: title.to_owned(),
        author: "A Coach".to_owned(),
        language: "en-GB".to_owned(),
        made: NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default(),
        running_head: title.to_owned(),
        parts: vec![Part { blocks, ..Part::default() }],
        files: Vec::new(),
    }
}
