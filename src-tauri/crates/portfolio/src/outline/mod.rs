//! Records become a document around who reads it. Four pages stand alone: who this is and what is asked of the reader,
//! where the coach stands, what is missing and planned, and the best evidence. Then the evidence by competency, a line a
//! claim, and at last everything there is to look up. It speaks of the coach in the third person throughout.

mod asked;
mod best;
mod competencies;
mod exhibits;
mod fields;
mod front;
mod index;
mod learning;
mod log;
mod missing;
mod people;
mod practice;
mod provenance;
mod standing;
mod tier;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use domain::cpd::Cpd;
use domain::digest::Sha256Hex;
use domain::gaps::Gaps;
use domain::hours::Hours;
use domain::plan::Plan;
use domain::rhythm::Rhythm;
use domain::routes::Training;
use domain::stretch::Worked;
use domain::views::Supervision;
use domain::words::period;
use domain::{Audience, Framework, Kind, Kinds, Record};
use uuid::Uuid;

pub use best::BEST;

use crate::document::{
    Anchor, Attachment, Block, Cell, Colour, Column, Document, Heading, Inline, Item, List, Marker, Part, Shows, Voice,
};

const TITLE: &str = "Portfolio of evidence";

/// What a portfolio is made from.
#[derive(Debug, Clone)]
pub struct Source {
    /// What the coach is measured against.
    pub framework: Framework,
    /// What records consist of.
    pub kinds: Kinds,
    /// The coach; without one the cover has no name.
    pub profile: Option<Record>,
    /// `person` records: for names, and for the list of people.
    pub people: Vec<Record>,
    /// The records to print, in any order; people and the profile are passed over.
    pub records: Vec<Record>,
    /// Where each competency stands.
    pub gaps: Gaps,
    /// Hours and tier.
    pub hours: Hours,
    /// The three kinds of supervision.
    pub rhythms: Vec<Rhythm>,
    /// The supervisions of the period, which the chart of them shows.
    pub supervisions: Vec<Supervision>,
    /// Hours over the period.
    pub worked: Vec<Worked>,
    /// What was learnt over the period.
    pub cpd: Cpd,
    /// The training that tier 1 asks for.
    pub training: Training,
    /// What to arrange next.
    pub plan: Plan,
    /// What the attached files show, by the SHA-256 of their content.
    pub shown: HashMap<String, Vec<Shows>>,
    /// What could not be shown, in order.
    pub not_shown: Vec<NotShown>,
    /// The attached files themselves, where they go along.
    pub files: Vec<Attachment>,
    /// The day it is made.
    pub today: NaiveDate,
    /// First and last day, printed where given; what lies outside is the caller's to leave out.
    pub period: Option<(NaiveDate, NaiveDate)>,
    /// For whom it is.
    pub audience: Audience,
    /// The records that the coach chose as the best evidence, in their order; those that are not among the records are
    /// passed over.
    pub best: Vec<Uuid>,
    /// Sessions that are all facts stand each in a line of a log, and not added up by month.
    pub each_session: bool,
    /// What was left out and why, each a sentence.
    pub left_out: Vec<String>,
    /// SHA-256 of what it is made from, by which two exports can be told apart.
    pub fingerprint: Sha256Hex,
}

/// Something in a record that is not shown, or not all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotShown {
    /// The record it is in.
    pub record: Uuid,
    /// What and why, in sentences for whoever reads the portfolio.
    pub what: String,
}

/// Makes the document.
#[must_use]
pub fn outline(source: &Source) -> Document {
    let book = Book::of(source);
    let name = book.profile("name").unwrap_or_default();
    let mut parts = vec![front::front(&book), standing::standing(&book), missing::missing(&book)];
    parts.extend(best::best(&book));
    parts.push(contents());
    let evidence = competencies::by_competency(&book);
    let evidence_is_there = !evidence.is_empty();
    let more = Part { runs_on: evidence_is_there, blocks: missing::in_full(&book), ..Part::default() };
    parts.extend(evidence.into_iter().chain([more]).filter(|part| !part.blocks.is_empty()));
    let mut blocks = exhibits::exhibits(&book);
    blocks.extend(practice::practice(&book));
    blocks.extend(people::people(&book));
    blocks.extend(index::index(&book));
    parts.push(Part { runs_on: evidence_is_there, blocks, ..Part::default() });
    parts.push(provenance::provenance(&book));
    let mut head: Vec<String> = Vec::new();
    head.extend((!name.is_empty()).then(|| name.to_owned()));
    head.push("Portfolio".to_owned());
    head.extend(source.period.map(|(from, to)| period(from, to)));
    let title = if name.is_empty() { TITLE.to_owned() } else { format!("{TITLE} · {name}") };
    Document {
        title,
        author: name.to_owned(),
        language: "en-GB".to_owned(),
        made: source.today,
        running_head: head.join(" · "),
        parts,
        files: source.files.clone(),
    }
}

/// A source, with what is looked up again and again.
struct Book<'a> {
    source: &'a Source,
    /// Every record that can be referred to by id, people too.
    by_id: HashMap<Uuid, &'a Record>,
    /// The records to print, oldest first.
    records: Vec<&'a Record>,
    /// The numbers of the exhibits: records that get a heading of their own and can be linked to; the others are lines of
    /// a log. They count from 1 in the order in which they are printed.
    exhibits: HashMap<Uuid, usize>,
    /// The competencies that something was put forward for.
    claimed: HashSet<&'a str>,
}

impl<'a> Book<'a> {
    fn of(source: &'a Source) -> Self {
        let mut records: Vec<&Record> = source.records.iter().filter(|record| source.kinds.is_work(record)).collect();
        records.sort_by_key(|record| (record.date, record.created, record.id));
        let by_id = source.people.iter().chain(&source.records).map(|record| (record.id, record)).collect();
        let needs = source.gaps.competencies.iter().flat_map(|state| &state.needs);
        let counted: HashSet<Uuid> = needs.flat_map(|need| need.records.iter().chain(&need.waiting)).copied().collect();
        let printed = exhibits::in_order(&source.kinds, &records);
        let with_place = printed.filter(|record| {
            let own = exhibits::APART.contains(&record.kind.as_str());
            own || source.best.contains(&record.id)
                || counted.contains(&record.id)
                || !fields::is_brief(record, &source.kinds)
        });
        let exhibits = with_place.zip(1..).map(|(record, number)| (record.id, number)).collect();
        let claims = records.iter().flat_map(|record| &record.claims);
        let claimed = claims.map(|claim| claim.competency.as_str()).collect();
        Self { source, by_id, records, exhibits, claimed }
    }

    /// The kind a record is of, in the version it was written with.
    fn kind(&self, record: &Record) -> Option<&'a Kind> {
        self.source.kinds.of(record)
    }

    /// What records of its kind are called, whichever version they are of.
    fn kind_title<'r>(&self, record: &'r Record) -> &'r str
    where
        'a: 'r,
    {
        self.source.kinds.newest_of(&record.kind).map_or(record.kind.as_str(), |kind| kind.title.as_str())
    }

    /// A text of the profile that is not empty.
    fn profile(&self, field: &str) -> Option<&'a str> {
        self.source
            .profile
            .as_ref()
            .and_then(|profile| profile.text(field))
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }

    /// How the coach is called at the head of a sentence.
    fn name(&self) -> &'a str {
        self.profile("name").unwrap_or("The coach")
    }

    /// How the coach is called within a sentence.
    fn named(&self) -> &'a str {
        self.profile("name").unwrap_or("the coach")
    }

    /// "Exhibit 12: Title", as a link; only the title for a record that is not an exhibit.
    fn cited(&self, record: &Record) -> Inline {
        match self.exhibits.get(&record.id) {
            Some(number) => Inline::to(format!("Exhibit\u{a0}{number}: {}", record.title), record_anchor(record.id)),
            None => Inline::plain(record.title.clone()),
        }
    }

    /// Where a competency stands: under its heading, or in the table of those with nothing.
    fn place(&self, number: &str) -> Anchor {
        let shown = self.source.gaps.competencies.iter().find(|state| state.competency == number);
        match shown.filter(|state| competencies::has_something(self, state)) {
            Some(_) => competencies::anchor(number),
            None => Anchor(competencies::OPEN.to_owned()),
        }
    }

    /// "1.3 Title", as a link to where the competency stands.
    fn competency(&self, number: &str) -> Inline {
        let title = self.source.framework.competency(number).map_or("", |competency| competency.title.as_str());
        Inline::to(format!("{number} {title}").trim_end().to_owned(), self.place(number))
    }

    /// Links to competencies by their numbers: "1.3, 2.2 and 2.8".
    fn numbers<'n>(&self, numbers: impl IntoIterator<Item = &'n str>) -> Vec<Inline> {
        let links: Vec<Inline> = numbers.into_iter().map(|number| Inline::to(number, self.place(number))).collect();
        let last = links.len().saturating_sub(1);
        let between = |place: usize| match place {
            0 => None,
            place if place == last => Some(Inline::plain(" and ")),
            _ => Some(Inline::plain(", ")),
        };
        links.into_iter().enumerate().flat_map(|(place, link)| between(place).into_iter().chain([link])).collect()
    }
}

fn record_anchor(id: Uuid) -> Anchor {
    Anchor(format!("record-{id}"))
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

/// A heading with a place in the contents and the bookmarks.
fn placed(level: u8, text: impl Into<String>, anchor: impl Into<String>) -> Block {
    let text = vec![Inline::plain(text)];
    let anchor = Some(Anchor(anchor.into()));
    Block::Heading(Heading { level, text, anchor, in_contents: true, bookmark: true, running: false })
}

/// A heading that is not in the contents: the pages that it reaches name it at their head, and the bookmarks list it.
fn running(level: u8, text: impl Into<String>, anchor: Anchor) -> Block {
    let text = vec![Inline::plain(text)];
    Block::Heading(Heading { level, text, anchor: Some(anchor), in_contents: false, bookmark: true, running: true })
}

/// A list of lines.
fn bullets(lines: impl IntoIterator<Item = Vec<Inline>>) -> Block {
    let item = |line| Item { marker: Marker::Bullet, blocks: vec![Block::Paragraph(Voice::Body, line)] };
    Block::List(List { items: lines.into_iter().map(item).collect(), tight: true })
}

/// Columns of these shares of the width.
fn shares<const N: usize>(shares: [f32; N]) -> Vec<Column> {
    shares.map(|share| Column { share: Some(share), ..Column::default() }).to_vec()
}

fn cell(text: Vec<Inline>) -> Cell {
    Cell { mark: None, text }
}

/// A row of plain words.
fn row<const N: usize>(words: [String; N]) -> Vec<Cell> {
    words.into_iter().map(|text| cell(vec![Inline::plain(text)])).collect()
}
