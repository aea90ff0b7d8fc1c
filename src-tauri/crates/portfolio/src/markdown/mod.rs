//! Markdown as blocks: the one reading of what a coach wrote, for the window, the PDF and the HTML alike.
//!
//! CommonMark with tables, task lists, strikethrough and footnotes, but coaches write lines, and nothing they typed
//! disappears; docs/reading.md has the rules. What can be put right in the text before it is read is in `source`, the rest in
//! `reader`.

mod finish;
mod marks;
mod reader;
mod source;
#[cfg(test)]
mod tests;

use pulldown_cmark::Options;

use crate::document::Block;
use reader::Reader;

/// What is understood beside CommonMark.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_FOOTNOTES);

/// Reads Markdown. `demote` is added to the level of every heading, so that a record's own headings stay below the
/// record's; the lowest level is 6.
pub fn blocks(source: &str, demote: u8) -> Vec<Block> {
    let mut blocks = Reader::read(&source::prepared(source), demote).blocks;
    finish::finish(&mut blocks, source);
    blocks
}

/// How many pictures a text has that say nothing, so that nothing of them is shown.
#[must_use]
pub fn pictures_without_words(source: &str) -> usize {
    if source.contains("![") { Reader::read(&source::prepared(source), 0).silent_pictures } else { 0 }
}

/// Whether two texts say the same: the same blocks, and behind them the same addresses, titles and names of languages,
/// which are not all shown.
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    one == other || Reader::read(&source::prepared(one), 0) == Reader::read(&source::prepared(other), 0)
}
