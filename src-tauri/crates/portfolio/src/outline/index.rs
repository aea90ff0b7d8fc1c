//! The index: from each competency to its exhibits.

use std::collections::{BTreeSet, HashMap};

use domain::Record;

use super::{Book, cell, competency, competency_anchor, placed, record_anchor, row};
use crate::document::{Align, Block, Cell, Column, Inline, Part, Table, Voice};

/// For each competency the numbers of the exhibits that were put forward for it or count for it.
fn found<'b>(book: &Book<'b>) -> HashMap<&'b str, BTreeSet<usize>> {
    let claims = book
        .records
        .iter()
        .flat_map(|record| record.claims.iter().map(move |claim| (claim.competency.as_str(), record.id)));
    let counted = book.source.gaps.competencies.iter().flat_map(|state| {
        let records = state.needs.iter().flat_map(|need| need.records.iter().chain(&need.waiting));
        records.map(move |id| (state.competency.as_str(), *id))
    });
    let mut found: HashMap<&str, BTreeSet<usize>> = HashMap::new();
    for (competency, record) in claims.chain(counted) {
        if let Some(exhibit) = book.exhibits.get(&record) {
            found.entry(competency).or_default().insert(*exhibit);
        }
    }
    found
}

pub(super) fn index(book: &Book<'_>) -> Option<Part> {
    let mut blocks = vec![
        placed(1, "Index of competencies", "index", true),
        Block::plain(Voice::Body, "From each competency to the exhibits that were put forward for it or count for it."),
    ];
    let found = found(book);
    let numbered: HashMap<usize, &Record> =
        book.records.iter().filter_map(|record| Some((*book.exhibits.get(&record.id)?, *record))).collect();
    for area in &book.source.framework.areas {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for one in book.source.framework.competencies.iter().filter(|one| one.area == area.number) {
            let exhibits = found.get(one.number.as_str()).into_iter().flatten();
            let exhibits = exhibits.filter_map(|exhibit| Some((*exhibit, *numbered.get(exhibit)?)));
            for (place, (exhibit, record)) in exhibits.enumerate() {
                let anchor = record_anchor(record.id);
                // The number stands in every row, so that no row is heard without it; the title once.
                let first = match place {
                    0 => competency(&book.source.framework, &one.number),
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
