//! Certificates of the invented coach: a page each, set by our own writer.

use std::ops::ControlFlow;

use chrono::NaiveDate;
use portfolio::document::{Block, Document, Inline, Part, Voice};

/// A certificate as a PDF; the same words give the same bytes.
pub(super) fn certificate(coach: &str, course: &str, provider: &str, date: NaiveDate) -> Option<Vec<u8>> {
    let day = domain::words::long_date(date);
    let blocks = vec![
        Block::plain(Voice::Title, "Certificate of completion"),
        Block::plain(Voice::Lead, "This is to say that"),
        Block::Paragraph(Voice::Lead, vec![Inline::strong(coach)]),
        Block::plain(Voice::Lead, format!("completed {course}")),
        Block::plain(Voice::Lead, format!("on {day}.")),
        Block::plain(Voice::Lead, provider),
        Block::plain(Voice::Note, "An example. The person, the course and this certificate are made up."),
    ];
    let document = Document {
        title: format!("Certificate: {course}"),
        author: provider.to_owned(),
        language: "en-GB".to_owned(),
        made: date,
        running_head: String::new(),
        parts: vec![Part { cover: true, blocks, ..Part::default() }],
        files: Vec::new(),
    };
    // The fonts are built in, and nobody asks it to stop.
    portfolio::render(&document, &mut |_| ControlFlow::Continue(())).ok().map(|(bytes, _)| bytes)
}
