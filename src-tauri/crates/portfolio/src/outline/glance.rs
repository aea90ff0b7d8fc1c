//! The page that shows everything at a glance, and where every competency stands.

use super::{Book, cell, competency_anchor, placed, row};
use crate::document::{Align, Block, Cell, Column, Inline, Item, List, Marker, Part, Table, Voice};
use domain::coverage::Coverage;
use domain::words;

/// The four areas at a glance, and below them where every competency stands.
pub(super) fn at_a_glance(book: &Book<'_>) -> Part {
    let source = book.source;
    let mut blocks = vec![placed(1, "At a glance", "at-a-glance", true), map(book)];
    let mut legend = Vec::new();
    for coverage in Coverage::ALL {
        let more = match coverage {
            Coverage::Agreed => ": a supervisor has signed it off",
            Coverage::Covered => ": everything it asks for is here",
            Coverage::Partly => ": some of what it asks for is here",
            Coverage::NotYet => "",
            Coverage::NotExpected => " at this tier; it can be shown all the same",
        };
        let words = format!("{}{more}", words::coverage(coverage));
        legend.push(Item { marker: Marker::Coverage(coverage), blocks: vec![Block::plain(Voice::Note, words)] });
    }
    blocks.push(Block::List(List { items: legend, tight: true }));
    blocks.push(placed(2, "Every competency", "every-competency", true));
    for area in &source.framework.areas {
        let states = source.gaps.competencies.iter().filter(|state| state.area == area.number);
        let rows = states.map(|state| {
            let coverage = state.coverage();
            let anchor = competency_anchor(&state.competency);
            let older = if state.stale { ", older than the review period" } else { "" };
            vec![
                cell(vec![Inline::to(format!("{}\u{2002}{}", state.competency, state.title), anchor.clone())]),
                Cell {
                    mark: Some(coverage),
                    text: vec![Inline::plain(format!("{}{older}", words::coverage(coverage)))],
                },
                cell(vec![Inline::PageOf(anchor)]),
            ]
        });
        let rows: Vec<Vec<Cell>> = rows.collect();
        if rows.is_empty() {
            continue;
        }
        let head = row([format!("{} {}", area.number, area.title), "Where it stands".to_owned(), "Page".to_owned()]);
        blocks.push(Block::Table(Table {
            columns: vec![
                Column { align: Align::Left, share: Some(0.62) },
                Column { align: Align::Left, share: Some(0.28) },
                Column { align: Align::Right, share: Some(0.10) },
            ],
            head,
            rows,
        }));
    }
    Part { blocks, ..Part::default() }
}

/// How many shapes of an area stand beside each other.
const ABREAST: usize = 6;

/// The four areas with the shape of each competency, to be seen at a glance.
fn map(book: &Book<'_>) -> Block {
    let mut rows = Vec::new();
    for area in &book.source.framework.areas {
        let states: Vec<_> = book.source.gaps.competencies.iter().filter(|state| state.area == area.number).collect();
        let count = |of: Coverage| states.iter().filter(|state| state.coverage() == of).count();
        let counts = Coverage::ALL.map(|of| (count(of), words::coverage(of)));
        let counts = counts.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}"));
        let counts = Inline::plain(counts.collect::<Vec<_>>().join(", "));
        let name = Inline::strong(format!("{} {}", area.number, area.title));
        // The name stands beside the first row of shapes and the counts beside the second, where there is one.
        let mut beside = if states.len() > ABREAST {
            vec![vec![name], vec![counts]]
        } else {
            vec![vec![name, Inline::Break, counts]]
        }
        .into_iter();
        for part in states.chunks(ABREAST) {
            let shapes = part.iter().map(|state| Cell {
                mark: Some(state.coverage()),
                text: vec![Inline::to(state.competency.clone(), competency_anchor(&state.competency))],
            });
            rows.push(std::iter::once(cell(beside.next().unwrap_or_default())).chain(shapes).collect());
        }
    }
    let share = |share| Column { align: Align::Left, share: Some(share) };
    let columns = std::iter::once(share(0.34)).chain(std::iter::repeat_with(|| share(0.11)).take(ABREAST));
    Block::Table(Table { columns: columns.collect(), head: Vec::new(), rows })
}
