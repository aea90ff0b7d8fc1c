//! The cover, the page that shows everything at a glance, and the list of people.

use super::words::{self, date, hours};
use super::{Book, competency_anchor, placed};
use crate::document::{Align, Anchor, Block, Cell, Column, Inline, Item, List, Mark, Marker, Part, Table, Voice};

pub(super) fn cover(book: &Book<'_>) -> Part {
    let source = &book.source;
    let mut blocks = vec![Block::plain(Voice::Title, words::TITLE)];
    if let Some(name) = book.profile("name") {
        blocks.push(Block::Paragraph(Voice::Lead, vec![Inline::strong(name)]));
    }
    if let Some(role) = book.profile("role") {
        blocks.push(Block::plain(Voice::Lead, role));
    }
    let mut facts = Vec::new();
    let mut fact = |label: &str, value: String| facts.push((label.to_owned(), vec![Inline::plain(value)]));
    if let Some(employer) = book.profile("employer") {
        fact("Employer", employer.to_owned());
    }
    if let Some(network) = book.profile("network") {
        fact("Network or team", network.to_owned());
    }
    if let Some(started) = book.profile("started").and_then(|day| day.parse().ok()) {
        fact("In this role since", date(started));
    }
    fact("Tier", tier(book));
    if let Some(period) = source.period {
        fact("Period", words::period(period));
    }
    fact("Made on", date(source.today));
    let publication = &source.framework.publication;
    fact("Held against", format!("{} ({}, {})", publication.title, publication.publisher, publication.reference));
    blocks.push(Block::plain(Voice::Lead, ""));
    blocks.push(Block::Facts(facts));
    Part { cover: true, band: Some(super::band(1)), blocks }
}

fn tier(book: &Book<'_>) -> String {
    let hours = book.source.hours;
    let reached = match hours.tier {
        0 => "Working towards tier 1".to_owned(),
        tier if hours.outstanding.is_empty() => format!("Tier {tier} by hours"),
        tier => format!("Tier {tier} by hours, agreement outstanding"),
    };
    format!("{reached} ({} of NHS coaching)", words::hours(hours.nhs_minutes))
}

/// One page that shows the four areas, and what every competency stands at on the pages after it.
pub(super) fn at_a_glance(book: &Book<'_>) -> [Part; 2] {
    let source = &book.source;
    let mut blocks = vec![placed(1, "At a glance".to_owned(), Anchor("at-a-glance".to_owned()), true)];
    blocks.extend(standing(book));
    blocks.push(map(book));
    let mut legend = Vec::new();
    for (mark, words) in [
        (Mark::Agreed, "covered, and a supervisor has signed it off"),
        (Mark::Covered, "covered: everything it asks for is here"),
        (Mark::Partly, "partly: some of what it asks for is here"),
        (Mark::NotYet, "not yet"),
        (Mark::NotExpected, "not expected yet at this tier; it can be shown all the same"),
    ] {
        legend.push(Item { marker: Marker::Mark(mark), blocks: vec![Block::plain(Voice::Note, words)] });
    }
    blocks.push(Block::List(List { items: legend, tight: true }));
    let title = placed(2, "Every competency".to_owned(), Anchor("every-competency".to_owned()), true);
    let mut every = vec![title];
    for area in &source.framework.areas {
        let states = source.gaps.competencies.iter().filter(|state| state.area == area.number);
        let rows = states.map(|state| {
            let (mark, words) = words::status(state);
            let anchor = competency_anchor(&state.competency);
            let older = if state.stale { ", older than the review period" } else { "" };
            vec![
                cell(vec![Inline::to(format!("{}\u{2002}{}", state.competency, state.title), anchor.clone())]),
                Cell { mark: Some(mark), text: vec![Inline::plain(format!("{words}{older}"))] },
                cell(vec![Inline::PageOf(anchor)]),
            ]
        });
        let rows: Vec<Vec<Cell>> = rows.collect();
        if rows.is_empty() {
            continue;
        }
        let head = [format!("{} {}", area.number, area.title), "Where it stands".to_owned(), "Page".to_owned()];
        every.push(Block::Table(Table {
            columns: vec![
                Column { align: Align::Left, share: Some(0.62) },
                Column { align: Align::Left, share: Some(0.28) },
                Column { align: Align::Right, share: Some(0.10) },
            ],
            head: head.into_iter().map(|text| cell(vec![Inline::plain(text)])).collect(),
            rows,
        }));
    }
    [Part { blocks, ..Part::default() }, Part { blocks: every, ..Part::default() }]
}

/// How many shapes of an area stand beside each other.
const ABREAST: usize = 6;

/// The four areas with the shape of each competency, to be seen at one look.
fn map(book: &Book<'_>) -> Block {
    let mut rows = Vec::new();
    for area in &book.source.framework.areas {
        let states: Vec<_> = book.source.gaps.competencies.iter().filter(|state| state.area == area.number).collect();
        let count = |mark: Mark| states.iter().filter(|state| words::status(state).0 == mark).count();
        let counts = [
            (count(Mark::Agreed), "signed off"),
            (count(Mark::Covered), "covered"),
            (count(Mark::Partly), "partly"),
            (count(Mark::NotYet), "not yet"),
            (count(Mark::NotExpected), "not expected yet"),
        ];
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
                mark: Some(words::status(state).0),
                text: vec![Inline::to(state.competency.clone(), competency_anchor(&state.competency))],
            });
            rows.push(std::iter::once(cell(beside.next().unwrap_or_default())).chain(shapes).collect());
        }
    }
    let share = |share| Column { align: Align::Left, share: Some(share) };
    let columns = std::iter::once(share(0.34)).chain(std::iter::repeat_with(|| share(0.11)).take(ABREAST));
    Block::Table(Table { columns: columns.collect(), head: Vec::new(), rows })
}

/// Counts, hours and tier, in a few sentences.
fn standing(book: &Book<'_>) -> Vec<Block> {
    let (summary, sums) = (book.source.gaps.summary, book.source.hours);
    let mut counts = Vec::new();
    for (number, words) in [
        (summary.signed_off, "covered and signed off"),
        (summary.evidenced, "covered"),
        (summary.partial, "partly covered"),
        (summary.none, "not yet"),
    ] {
        if number > 0 {
            counts.push(format!("{number} {words}"));
        }
    }
    let counts =
        format!("Of the {} competencies expected at this point: {}.", summary.expected, words::listed(&counts));
    let mut hours_line = format!("{} of NHS coaching", hours(sums.nhs_minutes));
    if sums.supervised_minutes > 0 {
        hours_line.push_str(&format!(", {} of them under supervision", hours(sums.supervised_minutes)));
    }
    if sums.other_minutes > 0 {
        hours_line.push_str(&format!("; {} outside the NHS, kept apart", hours(sums.other_minutes)));
    }
    let mut standing = match sums.tier {
        0 => "Working towards tier 1".to_owned(),
        tier => format!("The hours of tier {tier} are reached"),
    };
    if let Some(next) = &sums.next {
        standing.push_str(&format!("; {} to go to tier {}", hours(next.minutes_left), next.tier));
    }
    let mut blocks = vec![
        Block::plain(Voice::Body, counts),
        Block::plain(Voice::Body, format!("{hours_line}. {standing}.")),
        Block::plain(Voice::Note, words::RULE),
    ];
    if !sums.outstanding.is_empty() {
        blocks.push(Block::plain(
            Voice::Note,
            format!("Hours alone do not make a tier. Still outstanding: {}", sums.outstanding.join(" ")),
        ));
    }
    blocks
}

pub(super) fn people(book: &Book<'_>) -> Option<Part> {
    let kind = book.source.kinds.get("person");
    let mut people: Vec<_> = book.source.people.iter().filter(|person| person.kind == "person").collect();
    people.sort_by_key(|person| (person.text("name").unwrap_or_default(), person.id));
    let row = |person: &&domain::Record| {
        let role = kind.and_then(|kind| super::fields::shown(person, kind, "role")).unwrap_or_default();
        let mut organisation = person.text("organisation").unwrap_or_default().to_owned();
        if person.yes("independent") == Some(true) {
            organisation.push_str(if organisation.is_empty() { "independent" } else { " (independent)" });
        }
        let name = person.text("name").unwrap_or_default();
        [name.to_owned(), role, organisation].map(|text| cell(vec![Inline::plain(text)])).to_vec()
    };
    let rows: Vec<_> = people.iter().map(row).collect();
    if rows.is_empty() {
        return None;
    }
    let head = ["Name", "Role", "Organisation"].map(|text| cell(vec![Inline::plain(text)])).to_vec();
    let blocks = vec![
        placed(1, "People".to_owned(), Anchor("people".to_owned()), true),
        Block::plain(Voice::Body, "Those who supervised, observed and supported this practice."),
        Block::Table(Table { columns: vec![Column::default(); 3], head, rows }),
    ];
    Some(Part { blocks, ..Part::default() })
}

fn cell(text: Vec<Inline>) -> Cell {
    Cell { mark: None, text }
}
