//! What was learnt over the period: how the time was spent, and what has to be renewed.

use domain::renewals::{Renewable, Validity};
use domain::words::{self, duration, long_date};

use super::{Book, bullets, row, shares};
use crate::document::{Block, Inline, Table, Voice};

/// Nothing where nothing was learnt and nothing runs out.
pub(super) fn over_the_period(book: &Book<'_>) -> Vec<Block> {
    let cpd = &book.source.cpd;
    let mut blocks = Vec::new();
    if !cpd.by_form.is_empty() {
        let all = duration(cpd.minutes);
        blocks.push(Block::plain(
            Voice::Body,
            format!("{} of learning over the period, by its form:", words::sentence(&all)),
        ));
        let line = |time: &domain::cpd::FormTime| {
            row([time.title.clone(), words::count(time.records, "record"), duration(time.minutes)])
        };
        blocks.push(Block::Table(Table {
            columns: shares([0.5, 0.2, 0.3]),
            head: row(["Form", "Records", "Time"].map(str::to_owned)),
            rows: cpd.by_form.iter().map(line).collect(),
        }));
    }
    if !cpd.ending.is_empty() {
        blocks.push(Block::plain(Voice::Label, "To be renewed"));
        let line = |one: &Renewable| vec![Inline::plain(format!("{}: {}", one.title, ends(one)))];
        blocks.push(bullets(cpd.ending.iter().map(line)));
    }
    blocks
}

fn ends(one: &Renewable) -> String {
    match one.state {
        Validity::Expired => format!("ran out on {}", long_date(one.expires)),
        _ => format!("runs out on {}", long_date(one.expires)),
    }
}
