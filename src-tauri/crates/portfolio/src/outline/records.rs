//! The records themselves, by kind and then by date, each with what it was put forward for.

use domain::{Kind, Record};

use super::fields;
use super::words::{self, date};
use super::{Book, competency_anchor, placed, record_anchor};
use crate::document::{Anchor, Block, Cell, Column, Inline, Item, List, Marker, Part, Table, Voice};
use crate::markdown;

/// With more records than this the contents list only their kinds; the bookmarks always list them all.
const IN_CONTENTS: usize = 120;

pub(super) fn records(book: &Book<'_>) -> Option<Part> {
    let mut blocks = vec![placed(1, "Records".to_owned(), Anchor("records".to_owned()), true)];
    if book.records.is_empty() {
        blocks.push(Block::plain(
            Voice::Body,
            "There are no records yet. What you write, log and collect will stand here, and every competency will point to it.",
        ));
        return Some(Part { blocks, ..Part::default() });
    }
    let known: Vec<&Kind> = book.source.kinds.iter().collect();
    for kind in &known {
        let own: Vec<&Record> = book.records.iter().copied().filter(|record| record.kind == kind.id).collect();
        blocks.extend(group(book, &kind.plural, &kind.id, Some(kind), &own));
    }
    let foreign = |record: &&Record| known.iter().all(|kind| kind.id != record.kind);
    let others: Vec<&Record> = book.records.iter().copied().filter(foreign).collect();
    blocks.extend(group(book, "Other records", "other", None, &others));
    Some(Part { blocks, ..Part::default() })
}

fn group(book: &Book<'_>, title: &str, id: &str, kind: Option<&Kind>, records: &[&Record]) -> Vec<Block> {
    if records.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![placed(2, title.to_owned(), Anchor(format!("kind-{id}")), true)];
    let (full, brief): (Vec<&Record>, Vec<&Record>) =
        records.iter().partition(|record| book.with_place.contains(&record.id));
    for item in &full {
        blocks.extend(record(book, item, kind));
    }
    if let (Some(kind), false) = (kind, brief.is_empty()) {
        if !full.is_empty() {
            blocks.push(Block::heading(3, "The rest of the log"));
        }
        blocks.push(log(book, kind, &brief));
    }
    blocks
}

/// Records that are all facts, a line each.
fn log(book: &Book<'_>, kind: &Kind, records: &[&Record]) -> Block {
    let text = |text: String| Cell { mark: None, text: vec![Inline::plain(text)] };
    let row = |record: &&Record| {
        let said = |fact: &Vec<Inline>| crate::document::words(fact);
        let facts: Vec<String> = fields::facts(book, record, kind).iter().map(said).collect();
        vec![text(words::short_date(record.date)), text(record.title.clone()), text(facts.join(" · "))]
    };
    let column = |share| Column { share: Some(share), ..Column::default() };
    Block::Table(Table {
        columns: vec![column(0.17), column(0.30), column(0.53)],
        head: ["Date", "Title", "Details"].map(|word| text(word.to_owned())).to_vec(),
        rows: records.iter().map(row).collect(),
    })
}

fn record(book: &Book<'_>, record: &Record, kind: Option<&Kind>) -> Vec<Block> {
    let in_contents = book.with_place.len() <= IN_CONTENTS;
    let mut blocks = vec![placed(3, record.title.clone(), record_anchor(record.id), in_contents)];
    let mut line = format!("{} · {}", kind.map_or(record.kind.as_str(), |kind| kind.title.as_str()), date(record.date));
    if !record.tags.is_empty() {
        line.push_str(&format!(" · {}", record.tags.join(", ")));
    }
    blocks.push(Block::plain(Voice::Note, line));
    if let Some(kind) = kind {
        let facts = fields::facts(book, record, kind);
        if !facts.is_empty() {
            blocks.push(Block::Paragraph(Voice::Note, facts.join(&[Inline::plain(" · ")][..])));
        }
    }
    blocks.extend(markdown::blocks(&record.body, 3));
    if let Some(kind) = kind {
        blocks.extend(fields::long(book, record, kind));
    }
    if !record.attachments.is_empty() {
        let files = record.attachments.iter().map(|file| format!("{} ({})", file.name, words::size(file.bytes)));
        let files: Vec<String> = files.collect();
        blocks.push(Block::plain(Voice::Note, format!("Attached: {}", files.join(", "))));
    }
    blocks.extend(put_forward(book, record));
    blocks
}

/// The way back: the competencies the record was put forward for.
fn put_forward(book: &Book<'_>, record: &Record) -> Vec<Block> {
    let mut numbers: Vec<&str> = record.claims.iter().map(|claim| claim.competency.as_str()).collect();
    let mut seen = std::collections::HashSet::new();
    numbers.retain(|number| seen.insert(*number));
    if numbers.is_empty() {
        return Vec::new();
    }
    let item = |number: &&str| {
        let title = book.source.framework.competency(number).map_or("", |competency| competency.title.as_str());
        let anchor = competency_anchor(number);
        let line = vec![
            Inline::to(format!("{number} {title}").trim_end(), anchor.clone()),
            Inline::plain(" · page\u{a0}"),
            Inline::PageOf(anchor),
        ];
        Item { marker: Marker::Bullet, blocks: vec![Block::Paragraph(Voice::Note, line)] }
    };
    vec![
        Block::plain(Voice::Label, "Put forward for"),
        Block::List(List { items: numbers.iter().map(item).collect(), tight: true }),
    ]
}
