//! What was learnt over the period: how the time was spent, and what has to be renewed.

use domain::renewals::{Renewable, Validity};
use domain::words::{self, duration, long_date, short_duration};

use super::{Book, bullets};
use crate::document::{Block, Inline, Voice};

/// Nothing where nothing was learnt and nothing runs out.
pub(super) fn over_the_period(book: &Book<'_>) -> Vec<Block> {
    let cpd = &book.source.cpd;
    let mut blocks = Vec::new();
    if !cpd.by_form.is_empty() {
        let line = |time: &domain::cpd::FormTime| {
            format!("{}, {} in {}", time.title, short_duration(time.minutes), words::count(time.records, "record"))
        };
        let forms: Vec<String> = cpd.by_form.iter().map(line).collect();
        let all = words::sentence(&duration(cpd.minutes));
        let said = format!("{all} of learning over the period. {}.", forms.join("; "));
        blocks.push(Block::plain(Voice::Fine, said));
    }
    if !cpd.ending.is_empty() {
        blocks.push(Block::plain(Voice::Label, "To be renewed"));
        let line = |one: &Renewable| vec![Inline::plain(format!("{}: {}", one.title, ends(one)))];
        blocks.push(bullets(cpd.ending.iter().map(line)).fine());
    }
    blocks
}

fn ends(one: &Renewable) -> String {
    match one.state {
        Validity::Expired => format!("ran out on {}", long_date(one.expires)),
        _ => format!("runs out on {}", long_date(one.expires)),
    }
}
