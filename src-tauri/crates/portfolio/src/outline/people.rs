//! Those who supervised, observed and taught.

use domain::Record;

use super::{Book, fields, placed, row};
use crate::document::{Block, Column, Table, Voice};

pub(super) fn people(book: &Book<'_>) -> Vec<Block> {
    let mut people: Vec<_> = book.source.people.iter().filter(|person| person.kind == "person").collect();
    people.sort_by_key(|person| (person.text("name").unwrap_or_default(), person.id));
    let line = |person: &&Record| {
        let role = fields::shown(person, &book.source.kinds, "role").unwrap_or_default();
        let mut organisation = person.text("organisation").unwrap_or_default().to_owned();
        if person.yes("independent") == Some(true) {
            organisation.push_str(if organisation.is_empty() { "independent" } else { " (independent)" });
        }
        row([person.text("name").unwrap_or_default().to_owned(), role, organisation])
    };
    let rows: Vec<_> = people.iter().map(line).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![
        placed(2, "People", "people"),
        Block::plain(Voice::Note, "Those who supervised, observed and supported this practice."),
        Block::Table(Table {
            columns: vec![Column::default(); 3],
            head: row(["Name", "Role", "Organisation"].map(str::to_owned)),
            rows,
        }),
    ]
}
