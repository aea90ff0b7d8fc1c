//! The index: from each competency to its exhibits.

use domain::Record;

use super::{Book, cell, competency, competency_anchor, placed, record_anchor, row};
use crate::document::{Align, Block, Cell, Column, Inline, Part, Table, Voice};

/// The exhibits that were put forward for a competency or count for it, oldest first.
fn exhibits<'b>(book: &Book<'b>, number: &str) -> Vec<(usize, &'b Record)> {
    let state = book.source.gaps.competencies.iter().find(|state| state.competency == number);
    let counted = |record: &Record| {
        let mut needs = state.into_iter().flat_map(|state| &state.needs);
        needs.any(|need| need.records.contains(&record.id) || need.waiting.contains(&record.id))
    };
    let ours = |record: &&&Record| record.claims.iter().any(|claim| claim.competency == number) || counted(record);
    let numbered = |record: &&'b Record| book.exhibits.get(&record.id).map(|exhibit| (*exhibit, *record));
    let mut found: Vec<(usize, &Record)> = book.records.iter().filter(ours).filter_map(numbered).collect();
    found.sort_unstable_by_key(|(exhibit, _)| *exhibit);
    found
}

/// Whether there is anything to point to.
pub(super) fn any(book: &Book<'_>) -> bool {
    let mut numbers = book.source.framework.competencies.iter().map(|competency| &competency.number);
    numbers.any(|number| !exhibits(book, number).is_empty())
}

pub(super) fn index(book: &Book<'_>) -> Option<Part> {
    let mut blocks = vec![
        placed(1, "Index of competencies", "index", true),
        Block::plain(Voice::Body, "From each competency to the exhibits that were put forward for it or count for it."),
    ];
    for area in &book.source.framework.areas {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for one in book.source.framework.competencies.iter().filter(|one| one.area == area.number) {
            for (place, (exhibit, record)) in exhibits(book, &one.number).into_iter().enumerate() {
                let anchor = record_anchor(record.id);
                // The number stands in every row, so that no row is heard without it; the title once.
                let first = match place {
                    0 => competency(book.source.framework, &one.number),
                    _ => Inline::to(one.number.clone(), competency_anchor(&one.number)),
                };
                rows.push(vec![
                    cell(vec![first]),
                    cell(vec![Inline::to(format!("{exhibit}\u{2002}{}", record.title), anchor.clone())]),
                    cell(vec![Inline::PageOf(anchor)]),
                ]);
            }
        }
        if rows.is_empty() {
            continue;
        }
        let share = |align, share| Column { align, share: Some(share) };
        blocks.push(placed(2, format!("{} {}", area.number, area.title), format!("index-{}", area.number), false));
        blocks.push(Block::Table(Table {
            columns: vec![share(Align::Left, 0.42), share(Align::Left, 0.48), share(Align::Right, 0.10)],
            head: row(["Competency", "Exhibit", "Page"].map(str::to_owned)),
            rows,
        }));
    }
    (blocks.len() > 2).then(|| Part { blocks, ..Part::default() })
}
