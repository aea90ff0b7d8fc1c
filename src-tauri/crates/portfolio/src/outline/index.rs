//! The index: from each competency to the page where it stands and to its exhibits, which stand in the order of their numbers.

use std::collections::{BTreeSet, HashMap};

use domain::Record;

use super::{Book, cell, placed, record_anchor, row};
use crate::document::{Align, Block, Cell, Column, Inline, Table};

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

pub(super) fn index(book: &Book<'_>) -> Vec<Block> {
    let found = found(book);
    let numbered: HashMap<usize, &Record> =
        book.records.iter().filter_map(|record| Some((*book.exhibits.get(&record.id)?, *record))).collect();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for one in &book.source.framework.competencies {
        let Some(exhibits) = found.get(one.number.as_str()) else { continue };
        let mut line = Vec::new();
        for exhibit in exhibits {
            let Some(record) = numbered.get(exhibit) else { continue };
            line.extend((!line.is_empty()).then(|| Inline::plain(", ")));
            line.push(Inline::to(exhibit.to_string(), record_anchor(record.id)));
        }
        let place = Inline::PageOf(book.place(&one.number));
        rows.push(vec![cell(vec![book.competency(&one.number)]), cell(vec![place]), cell(line)]);
    }
    let share = |align, share| Column { align, share: Some(share) };
    if rows.is_empty() {
        return Vec::new();
    }
    let table = Table {
        columns: vec![share(Align::Left, 0.55), share(Align::Right, 0.08), share(Align::Left, 0.37)],
        head: row(["Competency", "Page", "Exhibits"].map(str::to_owned)),
        rows,
    };
    vec![placed(2, "Index of competencies", "index"), Block::Table(table)]
}
