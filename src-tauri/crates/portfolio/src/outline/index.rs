//! The index: from each competency to the page where it stands and to its exhibits, which stand in the order of their numbers.

use std::collections::{BTreeSet, HashMap};

use domain::Record;

use super::{Book, bullets, placed, record_anchor};
use crate::document::{Block, Inline};

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
    let mut lines = Vec::new();
    for one in &book.source.framework.competencies {
        let Some(exhibits) = found.get(one.number.as_str()) else { continue };
        let exhibit = if exhibits.len() == 1 { ": exhibit\u{a0}" } else { ": exhibits\u{a0}" };
        let mut line = vec![book.competency(&one.number), Inline::plain(exhibit)];
        for (place, exhibit) in exhibits.iter().enumerate() {
            let Some(record) = numbered.get(exhibit) else { continue };
            line.extend((place > 0).then(|| Inline::plain(", ")));
            line.push(Inline::to(exhibit.to_string(), record_anchor(record.id)));
        }
        // At the end: where a number has more room than it needs, nothing stands after it.
        line.extend([Inline::plain("; page\u{a0}"), Inline::PageOf(book.place(&one.number))]);
        lines.push(line);
    }
    if lines.is_empty() {
        return Vec::new();
    }
    vec![placed(2, "Index of competencies", "index"), bullets(lines).fine()]
}
