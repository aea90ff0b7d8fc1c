//! The best evidence: what the coach chose for this reader, with the words of whoever saw or met them.

use domain::Record;
use domain::words::long_date;

use super::{Book, placed, record_anchor};
use crate::document::{Block, Inline, Part, Voice, words};
use crate::markdown;

/// So many can be chosen.
pub const BEST: usize = 5;

/// About so many characters of what somebody said fit beside four others.
const QUOTED: usize = 330;

/// The page; nothing where nothing of what was chosen is in this copy.
pub(super) fn best(book: &Book<'_>) -> Option<Part> {
    let chosen = book.source.best.iter().filter_map(|id| book.by_id.get(id).copied());
    let chosen: Vec<&Record> = chosen.filter(|record| book.exhibits.contains_key(&record.id)).take(BEST).collect();
    if chosen.is_empty() {
        return None;
    }
    let mut blocks = vec![
        placed(1, "The best evidence", "best"),
        Block::plain(Voice::Note, format!("Chosen by {} for this reader.", book.named())),
    ];
    for record in chosen {
        blocks.extend(shown(book, record));
    }
    Some(Part { blocks, ..Part::default() })
}

fn shown(book: &Book<'_>, record: &Record) -> Vec<Block> {
    let mut blocks = vec![Block::heading(3, record.title.clone())];
    let (said, by) = said(book, record);
    if !said.is_empty() {
        blocks.push(Block::Quote(vec![Block::plain(Voice::Body, said)]));
    }
    let number = book.exhibits.get(&record.id).copied().unwrap_or_default();
    let mut line = Vec::new();
    if let Some(by) = by {
        line.push(Inline::plain(format!("{by} · ")));
    }
    line.push(Inline::plain(format!("{} · {} · ", book.kind_title(record), long_date(record.date))));
    let shows: Vec<&str> = {
        let mut numbers: Vec<&str> = record.claims.iter().map(|claim| claim.competency.as_str()).collect();
        numbers.dedup();
        numbers
    };
    if !shows.is_empty() {
        line.push(Inline::plain("put forward for "));
        line.extend(book.numbers(shows));
        line.push(Inline::plain(" · "));
    }
    line.push(Inline::to(format!("exhibit\u{a0}{number}"), record_anchor(record.id)));
    line.push(Inline::plain(", page\u{a0}"));
    line.push(Inline::PageOf(record_anchor(record.id)));
    blocks.push(Block::Paragraph(Voice::Source, line));
    blocks
}

/// What is quoted, and whose words they are: an observer's or facilitator's, then what somebody said within the text, then
/// why the coach put it forward, then how it begins.
fn said(book: &Book<'_>, record: &Record) -> (String, Option<String>) {
    let name = |field: &str| {
        let person = book.by_id.get(&record.reference(field)?)?;
        Some(person.text("name").unwrap_or(&person.title).to_owned())
    };
    for (field, person) in [("strengths", "observer"), ("facilitator_feedback", "facilitator"), ("comment", "person")] {
        if let Some(text) = record.text(field).filter(|text| !text.trim().is_empty()) {
            return (cut(&plain(&markdown::blocks(text, 0))), name(person));
        }
    }
    let blocks = markdown::blocks(&record.body, 0);
    let quotes: Vec<Block> = blocks
        .iter()
        .filter_map(|block| if let Block::Quote(inner) = block { Some(inner) } else { None })
        .flatten()
        .cloned()
        .collect();
    if !quotes.is_empty() {
        return (cut(&plain(&quotes)), None);
    }
    if let Some(claim) = record.claims.iter().find(|claim| !claim.reason.trim().is_empty()) {
        return (cut(&plain(&markdown::blocks(&claim.reason, 0))), None);
    }
    (cut(&plain(&blocks)), None)
}

/// The words of some blocks, one after another.
fn plain(blocks: &[Block]) -> String {
    let said: Vec<String> = blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(_, line) => words(line),
            Block::Heading(heading) => words(&heading.text),
            Block::Quote(inner) => plain(inner),
            Block::List(list) => list.items.iter().map(|item| plain(&item.blocks)).collect::<Vec<_>>().join(" "),
            _ => String::new(),
        })
        .filter(|said| !said.is_empty())
        .collect();
    said.join(" ")
}

/// The beginning, up to the end of a sentence or a word; what is left out is marked.
pub(super) fn cut_to(text: &str, most: usize) -> String {
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let head = &text[..end];
    let sentence =
        head.rmatch_indices(['.', '?', '!', '”']).map(|(at, found)| at + found.len()).find(|at| *at > end / 2);
    match sentence.or_else(|| head.rfind(' ')) {
        Some(at) => format!("{} […]", head[..at].trim_end()),
        None => format!("{head}[…]"),
    }
}

fn cut(text: &str) -> String {
    cut_to(text, QUOTED)
}

#[cfg(test)]
mod tests {
    use super::cut_to;

    #[test]
    fn what_is_long_ends_with_a_sentence_or_a_word_and_says_so() {
        assert_eq!(cut_to(" Short. ", 20), "Short.");
        assert_eq!(cut_to("It held. It held when it mattered most.", 14), "It held. […]");
        assert_eq!(cut_to("no sentence ends in here", 14), "no sentence […]");
        assert_eq!(cut_to("ŵŵŵŵŵŵŵŵŵŵ", 4), "ŵŵŵŵ[…]");
    }
}
