//! Continuing professional development over the period: how the time was spent, what changed, what has to be renewed.

use domain::cpd::Changed;
use domain::renewals::{Renewable, Validity};
use domain::words::{self, duration, long_date};

use super::{Book, row};
use crate::document::{Block, Column, Inline, Item, List, Marker, Table, Voice};
use crate::markdown;

/// Nothing where nothing was learnt and nothing runs out.
pub(super) fn cpd(book: &Book<'_>) -> Vec<Block> {
    let cpd = &book.source.cpd;
    let mut blocks = Vec::new();
    if !cpd.by_form.is_empty() {
        let all = duration(cpd.minutes);
        blocks.push(Block::plain(Voice::Body, format!("{all} of learning over the period, by its form:")));
        let share = |share| Column { share: Some(share), ..Column::default() };
        let line = |time: &domain::cpd::FormTime| {
            row([time.title.clone(), words::count(time.records, "record"), duration(time.minutes)])
        };
        blocks.push(Block::Table(Table {
            columns: vec![share(0.5), share(0.2), share(0.3)],
            head: row(["Form", "Records", "Time"].map(str::to_owned)),
            rows: cpd.by_form.iter().map(line).collect(),
        }));
    }
    // What is said of an entry goes where the entry goes.
    let here: Vec<&Changed> = cpd.changed.iter().filter(|one| book.by_id.contains_key(&one.record)).collect();
    if !here.is_empty() {
        blocks.push(Block::plain(Voice::Label, "What changed in practice because of it"));
        blocks
            .push(Block::List(List { items: here.into_iter().map(|one| changed(book, one)).collect(), tight: false }));
    }
    if !cpd.ending.is_empty() {
        blocks.push(Block::plain(Voice::Label, "To be renewed"));
        let item = |one: &Renewable| Item {
            marker: Marker::Bullet,
            blocks: vec![Block::plain(Voice::Body, format!("{}: {}", one.title, ends(one)))],
        };
        blocks.push(Block::List(List { items: cpd.ending.iter().map(item).collect(), tight: true }));
    }
    blocks
}

fn changed(book: &Book<'_>, one: &Changed) -> Item {
    let mut line =
        vec![book.by_id.get(&one.record).map_or_else(|| Inline::plain(&one.title), |record| book.cited(record))];
    line.push(Inline::quiet(format!(", {}", long_date(one.date))));
    let mut blocks = vec![Block::Paragraph(Voice::Body, line)];
    blocks.extend(markdown::blocks(&one.changed, 3));
    Item { marker: Marker::Bullet, blocks }
}

fn ends(one: &Renewable) -> String {
    match one.state {
        Validity::Expired => format!("ran out on {}", long_date(one.expires)),
        _ => format!("runs out on {}", long_date(one.expires)),
    }
}
