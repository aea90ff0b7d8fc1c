//! Those who supervised, observed and taught.

use domain::Record;

use super::{Book, bullets, fields, placed};
use crate::document::{Block, Inline, Voice};

pub(super) fn people(book: &Book<'_>) -> Vec<Block> {
    let mut people: Vec<_> = book.source.people.iter().filter(|person| person.kind == "person").collect();
    people.sort_by_key(|person| (person.text("name").unwrap_or_default(), person.id));
    let line = |person: &&Record| {
        let mut said = vec![Inline::strong(person.text("name").unwrap_or(&person.title))];
        let role = fields::shown(person, &book.source.kinds, "role").map(|role| role.to_lowercase());
        let organisation = person.text("organisation").map(str::to_owned);
        let independent = (person.yes("independent") == Some(true)).then(|| "independent".to_owned());
        for more in [role, organisation, independent].into_iter().flatten().filter(|more| !more.trim().is_empty()) {
            said.push(Inline::plain(format!(", {more}")));
        }
        said
    };
    let lines: Vec<Vec<Inline>> = people.iter().map(line).collect();
    if lines.is_empty() {
        return Vec::new();
    }
    vec![
        placed(2, "People", "people"),
        Block::plain(Voice::Note, "Those who supervised, observed and supported this practice."),
        bullets(lines).fine(),
    ]
}
