//! What single marks of the Markdown parser stand for.

use std::ops::Range;

use pulldown_cmark::{Alignment, HeadingLevel, LinkType};

use crate::document::{Align, Anchor, Link};

/// A table with more cells than this, of which a text of a few kilobytes can have a million, is nobody's: its lines are shown as
/// they were typed.
const MOST_CELLS: usize = 20_000;
/// The same for its columns.
const MOST_COLUMNS: usize = 100;

/// The number that an item of a list begins with.
pub(super) fn number(source: &str, item: &Range<usize>) -> Option<u64> {
    let text = source.get(item.clone())?.trim_start();
    text[..text.find(|c: char| !c.is_ascii_digit())?].parse().ok()
}

pub(super) fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

pub(super) fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None | Alignment::Left => Align::Left,
        Alignment::Center => Align::Centre,
        Alignment::Right => Align::Right,
    }
}

/// Whether a table is larger than any that someone writes.
pub(super) fn is_too_large(columns: &[Alignment], source: &str) -> bool {
    columns.len() > MOST_COLUMNS || columns.len() * source.lines().count() > MOST_CELLS
}

/// Where a link of the coach's leads: only into the web or to a letter. Others run something, open a file of the reader's
/// or lead nowhere; their words stand all the same.
pub(super) fn link(kind: LinkType, address: &str) -> Option<Link> {
    if kind == LinkType::Email {
        return Some(Link::Web(format!("mailto:{address}")));
    }
    let (scheme, _) = address.split_once(':')?;
    ["https", "http", "mailto"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known))
        .then(|| Link::Web(address.to_owned()))
}

/// Where a footnote is within its text.
pub(super) fn anchor(number: usize) -> Anchor {
    Anchor(format!("note-{number}"))
}
