//! Records become a document: cover, contents, at a glance, the areas with their evidence, the records, the people.
//!
//! The order is a supervisor's: first where the coach stands, then why, then everything it rests on.

mod competencies;
mod cover;
mod fields;
mod records;
mod words;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use domain::gaps::Gaps;
use domain::hours::Hours;
use domain::{Framework, Kinds, Record};
use uuid::Uuid;

use crate::document::{Anchor, Block, Colour, Document, Heading, Inline, Part};

/// What a portfolio is made from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// What the coach is held against.
    pub framework: &'a Framework,
    /// What records consist of.
    pub kinds: &'a Kinds,
    /// The coach; without one the cover has no name.
    pub profile: Option<&'a Record>,
    /// `person` records: for names, and for the list of people.
    pub people: &'a [Record],
    /// The records to print, in any order; people and the profile are passed over.
    pub records: &'a [Record],
    /// Where each competency stands.
    pub gaps: &'a Gaps,
    /// Hours and tier.
    pub hours: &'a Hours,
    /// The day it is made.
    pub today: NaiveDate,
    /// First and last day, printed where given; what lies outside is the caller's to leave out.
    pub period: Option<(NaiveDate, NaiveDate)>,
}

/// Makes the document.
#[must_use]
pub fn outline(source: &Source<'_>) -> Document {
    let book = Book::of(source);
    let name = book.profile("name").unwrap_or_default();
    let mut parts = vec![cover::cover(&book), contents()];
    parts.extend(cover::at_a_glance(&book));
    parts.extend(competencies::areas(&book));
    parts.extend(records::records(&book));
    parts.extend(cover::people(&book));
    let mut head: Vec<String> = Vec::new();
    head.extend((!name.is_empty()).then(|| name.to_owned()));
    head.push("Portfolio".to_owned());
    head.extend(source.period.map(words::period));
    let title = if name.is_empty() { words::TITLE.to_owned() } else { format!("{} · {name}", words::TITLE) };
    Document {
        title,
        author: name.to_owned(),
        language: "en-GB".to_owned(),
        made: source.today,
        running_head: head.join(" · "),
        parts,
        files: Vec::new(),
    }
}

/// A source, with what is looked up again and again.
struct Book<'a> {
    source: Source<'a>,
    /// Every record that can be referred to by id, people too.
    by_id: HashMap<Uuid, &'a Record>,
    /// The records to print, oldest first.
    records: Vec<&'a Record>,
    /// Those that get a heading of their own and can be linked to; the others are lines of a log.
    with_place: HashSet<Uuid>,
}

impl<'a> Book<'a> {
    fn of(source: &Source<'a>) -> Self {
        let apart = |record: &&Record| record.kind != "person" && record.kind != "profile";
        let mut records: Vec<&Record> = source.records.iter().filter(apart).collect();
        records.sort_by_key(|record| (record.date, record.created, record.id));
        let by_id = source.people.iter().chain(source.records).map(|record| (record.id, record)).collect();
        let needs = source.gaps.competencies.iter().flat_map(|state| &state.needs);
        let counted: HashSet<Uuid> = needs.flat_map(|need| need.records.iter().chain(&need.waiting)).copied().collect();
        let with_place = records
            .iter()
            .filter(|record| counted.contains(&record.id) || !fields::is_brief(record, source.kinds))
            .map(|record| record.id)
            .collect();
        Self { source: *source, by_id, records, with_place }
    }

    /// A text of the profile that is not empty.
    fn profile(&self, field: &str) -> Option<&'a str> {
        self.source.profile.and_then(|profile| profile.text(field)).map(str::trim).filter(|text| !text.is_empty())
    }
}

fn record_anchor(id: Uuid) -> Anchor {
    Anchor(format!("record-{id}"))
}

fn competency_anchor(number: &str) -> Anchor {
    Anchor(format!("competency-{number}"))
}

/// The band of an area; areas beyond the colours begin again.
fn band(area: u8) -> Colour {
    const BANDS: [Colour; 4] =
        [Colour(0x00, 0x5e, 0xb8), Colour(0x00, 0x7f, 0x6e), Colour(0x7c, 0x28, 0x55), Colour(0xb8, 0x6b, 0x00)];
    BANDS[usize::from(area.saturating_sub(1)) % BANDS.len()]
}

fn contents() -> Part {
    Part { blocks: vec![Block::heading(1, "Contents"), Block::Contents], ..Part::default() }
}

/// A heading with a place in the bookmarks, and in the contents if it is wanted there.
fn placed(level: u8, text: String, anchor: Anchor, in_contents: bool) -> Block {
    Block::Heading(Heading {
        level,
        text: vec![Inline::plain(text)],
        anchor: Some(anchor),
        in_contents,
        bookmark: true,
    })
}
