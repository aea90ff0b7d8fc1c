//! What stands on a page of SQLite's trees (https://www.sqlite.org/fileformat2.html), read without trusting any of it: what
//! does not make sense is passed over.

use rusqlite::types::Value;

use super::pages::{Page, Pages, USABLE, word};

/// What a page is, by its first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Rows of a table, by number.
    TableLeaf,
    /// Where rows of a table are found.
    TableBranch,
    /// Rows of an index, or of a table without numbers.
    IndexLeaf,
    /// The same, and where more of them are found.
    IndexBranch,
}

/// A row, as far as it could be read.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Its number; 0 in an index.
    pub(super) number: i64,
    pub(super) values: Vec<Value>,
    /// All that belongs to it was read.
    pub(super) whole: bool,
    /// It was read from pages that are what was written.
    pub(super) sound: bool,
}

/// What a page is; nothing for one that is not of a tree.
pub(super) fn sort_of(page: &Page, number: u32) -> Option<Sort> {
    match page.content.get(start(number))? {
        13 => Some(Sort::TableLeaf),
        5 => Some(Sort::TableBranch),
        10 => Some(Sort::IndexLeaf),
        2 => Some(Sort::IndexBranch),
        _ => None,
    }
}

/// The pages below a branch.
pub(super) fn below(page: &Page, number: u32) -> Vec<u32> {
    let Some(Sort::TableBranch | Sort::IndexBranch) = sort_of(page, number) else { return Vec::new() };
    let cells = cells(page, number).filter_map(|at| word(&page.content, at));
    cells.chain(word(&page.content, start(number) + 8)).collect()
}

/// The rows on a page.
pub(super) fn rows(pages: &Pages, page: &Page, number: u32) -> Vec<Row> {
    let (prefix, numbered) = match sort_of(page, number) {
        Some(Sort::TableLeaf) => (0, true),
        Some(Sort::IndexLeaf) => (0, false),
        Some(Sort::IndexBranch) => (4, false),
        _ => return Vec::new(),
    };
    cells(page, number).filter_map(|at| row(pages, page, at + prefix, numbered)).collect()
}

/// The list of free pages: the next part of it, and the pages that it names.
pub(super) fn free(page: &Page) -> (u32, Vec<u32>) {
    let next = word(&page.content, 0).unwrap_or(0);
    let count = word(&page.content, 4).unwrap_or(0) as usize;
    (next, (0..count.min(USABLE / 4 - 2)).filter_map(|n| word(&page.content, 8 + 4 * n)).collect())
}

/// Where the tree's part of a page begins: the first page has the database's own words before it.
fn start(number: u32) -> usize {
    if number == 1 { 100 } else { 0 }
}

/// Where the cells of a page stand.
fn cells(page: &Page, number: u32) -> impl Iterator<Item = usize> {
    let short = |at: usize| Some(usize::from(u16::from_be_bytes(page.content.get(at..at + 2)?.try_into().ok()?)));
    let first =
        start(number) + if matches!(sort_of(page, number), Some(Sort::TableLeaf | Sort::IndexLeaf)) { 8 } else { 12 };
    let count = short(start(number) + 3).unwrap_or(0).min(USABLE / 2);
    (0..count).filter_map(move |n| short(first + 2 * n))
}

fn row(pages: &Pages, page: &Page, at: usize, numbered: bool) -> Option<Row> {
    let (length, at) = varint(&page.content, at)?;
    let length = usize::try_from(length).ok().filter(|length| *length <= pages.count as usize * USABLE)?;
    let (number, at) = if numbered { varint(&page.content, at)? } else { (0, at) };
    let largest = if numbered { USABLE - 35 } else { (USABLE - 12) * 64 / 255 - 23 };
    let smallest = (USABLE - 12) * 32 / 255 - 23;
    let local = if length <= largest {
        length
    } else {
        let spilt = smallest + (length - smallest) % (USABLE - 4);
        if spilt <= largest { spilt } else { smallest }
    };
    let mut payload = page.content.get(at..at + local)?.to_vec();
    let mut sound = page.sound;
    let mut next = if local < length { word(&page.content, at + local)? } else { 0 };
    while payload.len() < length {
        // Without one of its pages the row ends there.
        let Some(more) = pages.read(next) else { break };
        sound &= more.sound;
        let take = (length - payload.len()).min(USABLE - 4);
        payload.extend_from_slice(&more.content[4..4 + take]);
        next = word(&more.content, 0)?;
    }
    let (values, whole) = values(&payload)?;
    Some(Row { number, values, whole: whole && payload.len() == length, sound })
}

/// The values of a row, and whether these are all of them.
fn values(payload: &[u8]) -> Option<(Vec<Value>, bool)> {
    let (head, mut at) = varint(payload, 0)?;
    let head = usize::try_from(head).ok()?;
    let (mut body, mut values) = (head, Vec::new());
    while at < head {
        let (sort, after) = varint(payload, at)?;
        at = after;
        let length = match sort {
            0 | 8 | 9 => 0,
            1..=4 => usize::try_from(sort).ok()?,
            5 => 6,
            6 | 7 => 8,
            12.. => usize::try_from((sort - 12) / 2).ok()?,
            _ => return Some((values, false)),
        };
        let Some(bytes) = body.checked_add(length).and_then(|end| payload.get(body..end)) else {
            return Some((values, false));
        };
        body += length;
        values.push(match sort {
            0 => Value::Null,
            7 => Value::Real(f64::from_be_bytes(bytes.try_into().ok()?)),
            8 => Value::Integer(0),
            9 => Value::Integer(1),
            1..=6 => Value::Integer(integer(bytes)),
            even if even % 2 == 0 => Value::Blob(bytes.to_vec()),
            _ => match std::str::from_utf8(bytes) {
                Ok(text) => Value::Text(text.to_owned()),
                Err(_) => return Some((values, false)),
            },
        });
    }
    Some((values, true))
}

/// A whole number of one to eight bytes, with its sign.
fn integer(bytes: &[u8]) -> i64 {
    let negative = bytes.first().is_some_and(|first| first & 0x80 != 0);
    bytes.iter().fold(if negative { -1 } else { 0 }, |number, byte| number << 8 | i64::from(*byte))
}

/// A number of one to nine bytes, and where it ends.
fn varint(bytes: &[u8], at: usize) -> Option<(i64, usize)> {
    let mut number = 0_i64;
    for n in 0..8 {
        let byte = *bytes.get(at + n)?;
        number = number << 7 | i64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((number, at + n + 1));
        }
    }
    Some((number << 8 | i64::from(*bytes.get(at + 8)?), at + 9))
}
