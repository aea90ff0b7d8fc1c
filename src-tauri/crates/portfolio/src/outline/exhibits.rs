//! The exhibits: every record in full, numbered, by kind and then by date; learning, team work, goals and sign-offs in parts
//! of their own, each after a table that shows them all.

use domain::appraisal::Goal;
use domain::decision::Outcome;
use domain::{Kind, Kinds, Record};

use super::fields;
use super::{Book, cell, competency_anchor, placed, record_anchor, row};
use crate::document::{Anchor, Block, Cell, Column, Figure, Inline, Item, List, Marker, Part, Table, Voice};
use crate::markdown;
use domain::words::{self, long_date, short_date};

/// With more exhibits than this the contents list only their kinds; the bookmarks always list them all.
const IN_CONTENTS: usize = 120;

/// Kinds that have a part of their own, after the others.
pub(super) const APART: [&str; 4] = ["learning", "team-work", "goal", "sign-off"];

/// The kinds in the order in which they are printed.
fn ordered(kinds: &Kinds) -> Vec<&Kind> {
    let last = APART.iter().filter_map(|id| kinds.newest_of(id));
    kinds.newest().filter(|kind| !APART.contains(&kind.id.as_str())).chain(last).collect()
}

/// Records in the order in which they are printed; of a kind that nobody knows come before those with a part of their own.
pub(super) fn in_order<'r>(kinds: &Kinds, records: &[&'r Record]) -> impl Iterator<Item = &'r Record> + use<'r> {
    let order = ordered(kinds);
    let unknown = order.len() - APART.iter().filter(|id| kinds.newest_of(id).is_some()).count();
    let place = |record: &Record| match order.iter().position(|kind| kind.id == record.kind) {
        Some(place) if place >= unknown => place + 1,
        Some(place) => place,
        None => unknown,
    };
    let mut records = records.to_vec();
    // Stable: within a kind they stay in the order of their days.
    records.sort_by_key(|record| place(record));
    records.into_iter()
}

pub(super) fn exhibits(book: &Book<'_>) -> Vec<Part> {
    let mut main = vec![placed(1, "Exhibits", "exhibits", true)];
    if book.records.is_empty() {
        main.push(Block::plain(Voice::Body, "There are no records in this copy."));
        return vec![Part { blocks: main, ..Part::default() }];
    }
    let kinds = ordered(&book.source.kinds);
    let of = |kind: &Kind| -> Vec<&Record> {
        book.records.iter().copied().filter(|record| record.kind == kind.id).collect()
    };
    for kind in kinds.iter().filter(|kind| !APART.contains(&kind.id.as_str())) {
        main.extend(group(book, &kind.plural, &kind.id, &of(kind)));
    }
    let foreign = |record: &&Record| kinds.iter().all(|kind| kind.id != record.kind);
    let others: Vec<&Record> = book.records.iter().copied().filter(foreign).collect();
    main.extend(group(book, "Other records", "other", &others));
    if main.len() == 1 {
        main.push(Block::plain(Voice::Body, "All of them stand in the parts that follow."));
    }
    let mut parts = vec![Part { blocks: main, ..Part::default() }];
    for (id, title, overview) in [
        ("learning", "Learning and certificates", learning as fn(&Book<'_>, &[&Record]) -> Table),
        ("team-work", "Team work", team_work),
        ("goal", "Goals", goals),
        ("sign-off", "Sign-offs", sign_offs),
    ] {
        let Some(kind) = book.source.kinds.newest_of(id) else { continue };
        let records = of(kind);
        if records.is_empty() {
            continue;
        }
        let mut blocks = vec![placed(1, title, format!("kind-{id}"), true), Block::Table(overview(book, &records))];
        for record in records {
            blocks.extend(exhibit(book, record, 2));
        }
        parts.push(Part { blocks, ..Part::default() });
    }
    parts
}

fn group(book: &Book<'_>, title: &str, id: &str, records: &[&Record]) -> Vec<Block> {
    if records.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![placed(2, title, format!("kind-{id}"), true)];
    let (full, brief): (Vec<&Record>, Vec<&Record>) =
        records.iter().partition(|record| book.exhibits.contains_key(&record.id));
    for record in &full {
        blocks.extend(exhibit(book, record, 3));
    }
    if !brief.is_empty() {
        if !full.is_empty() {
            blocks.push(Block::heading(3, "The rest of the log"));
        }
        blocks.push(log(book, &brief));
    }
    blocks
}

/// Records that are all facts, a line each.
fn log(book: &Book<'_>, records: &[&Record]) -> Block {
    // Sessions whose names stay with the coach are all called the same.
    let untitled = records.iter().all(|record| book.kind(record).is_some_and(|kind| record.title == kind.title));
    let line = |record: &&Record| {
        let said = |fact: &Vec<Inline>| crate::document::words(fact);
        let mut facts = fields::facts(book, record);
        facts.retain(|fact| !in_title(&said(fact), &record.title));
        let facts = cell(facts.join(&[Inline::plain(" · ")][..]));
        let mut row = vec![plain(short_date(record.date)), plain(record.title.clone()), facts];
        if untitled {
            row.remove(1);
        }
        row
    };
    let (columns, head) = if untitled {
        (shares([0.17, 0.83]), row(["Date", "Details"].map(str::to_owned)))
    } else {
        (shares([0.17, 0.29, 0.54]), row(["Date", "Title", "Details"].map(str::to_owned)))
    };
    Block::Table(Table { columns, head, rows: records.iter().map(line).collect() })
}

/// Whether the title says it already: "Client: Client A" beside "Client A, session 3".
fn in_title(fact: &str, title: &str) -> bool {
    let plain = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let there = plain(title);
    fact.split_once(": ").is_some_and(|(_, value)| plain(value).iter().all(|word| there.contains(word)))
}

fn shares<const N: usize>(shares: [f32; N]) -> Vec<Column> {
    shares.map(|share| Column { share: Some(share), ..Column::default() }).to_vec()
}

/// The exhibit in a table over all of its kind.
fn title(book: &Book<'_>, record: &Record) -> Cell {
    let number = book.exhibits.get(&record.id).map(|number| format!("{number}\u{2002}")).unwrap_or_default();
    cell(vec![Inline::to(format!("{number}{}", record.title), record_anchor(record.id))])
}

fn plain(text: impl Into<String>) -> Cell {
    cell(vec![Inline::plain(text)])
}

/// A field that holds a day, as columns show it.
fn day(record: &Record, field: &str) -> String {
    let day = record.text(field).and_then(|text| text.parse().ok());
    day.map(short_date).unwrap_or_default()
}

fn learning(book: &Book<'_>, records: &[&Record]) -> Table {
    let line = |record: &&Record| {
        let minutes = record.whole("minutes").map(words::length).unwrap_or_default();
        let certificate = match (record.text("certificate"), day(record, "expires")) {
            (Some(name), until) if !name.is_empty() && until.is_empty() => "yes".to_owned(),
            (Some(name), until) if !name.is_empty() => format!("yes, until {until}"),
            (_, until) if until.is_empty() => String::new(),
            (_, until) => format!("until {until}"),
        };
        vec![plain(short_date(record.date)), title(book, record), plain(minutes), plain(certificate)]
    };
    Table {
        columns: shares([0.175, 0.445, 0.16, 0.22]),
        head: row(["Date", "Exhibit", "Time", "Certificate"].map(str::to_owned)),
        rows: records.iter().map(line).collect(),
    }
}

fn team_work(book: &Book<'_>, records: &[&Record]) -> Table {
    let line = |record: &&Record| {
        let form = fields::shown(record, &book.source.kinds, "form").unwrap_or_default();
        let minutes = record.whole("minutes").map(words::length).unwrap_or_default();
        vec![plain(short_date(record.date)), title(book, record), plain(form), plain(minutes)]
    };
    Table {
        columns: shares([0.17, 0.42, 0.25, 0.16]),
        head: row(["Date", "Exhibit", "What it was", "Time"].map(str::to_owned)),
        rows: records.iter().map(line).collect(),
    }
}

fn goals(book: &Book<'_>, records: &[&Record]) -> Table {
    let line = |record: &&Record| {
        let mut stands = fields::shown(record, &book.source.kinds, "status").unwrap_or_default();
        if Goal::of(record, book.source.today).is_some_and(|goal| goal.overdue) {
            stands.push_str(", past its day");
        }
        vec![plain(short_date(record.date)), title(book, record), plain(day(record, "due")), plain(stands)]
    };
    Table {
        columns: shares([0.17, 0.45, 0.17, 0.21]),
        head: row(["Set on", "Exhibit", "By when", "Where it stands"].map(str::to_owned)),
        rows: records.iter().map(line).collect(),
    }
}

fn sign_offs(book: &Book<'_>, records: &[&Record]) -> Table {
    let line = |record: &&Record| {
        let by = record.reference("person").and_then(|id| book.by_id.get(&id));
        let by = by.map(|person| person.text("name").unwrap_or(&person.title).to_owned()).unwrap_or_default();
        let mut decision = fields::shown(record, &book.source.kinds, "decision").unwrap_or_default();
        if let Some(worth) = worth(book, record) {
            decision = format!("{decision}{worth}");
        }
        vec![plain(short_date(record.date)), title(book, record), plain(by), plain(decision)]
    };
    Table {
        columns: shares([0.17, 0.42, 0.23, 0.18]),
        head: row(["Date", "Exhibit", "By", "Decision"].map(str::to_owned)),
        rows: records.iter().map(line).collect(),
    }
}

/// What a reader has to know of a decision that does not hold as it was made; nothing of one that does.
fn worth(book: &Book<'_>, record: &Record) -> Option<&'static str> {
    let source = book.source;
    let tier = source.hours.agreements.iter().find(|one| one.record == record.id);
    if let Some(of_tier) = tier.filter(|one| one.agreed && !one.supported) {
        return Some(if of_tier.by.decides {
            ", and not all of it is there"
        } else {
            ", by someone who does not decide it"
        });
    }
    let mut decisions = source.gaps.competencies.iter().flat_map(|state| state.sign_off.iter().chain(&state.recorded));
    match decisions.find(|decision| decision.record == record.id)?.outcome {
        Outcome::SignedOff | Outcome::NotYet => None,
        Outcome::NothingThere => Some(", when nothing was there"),
        Outcome::PartThere | Outcome::MoreSince => Some(", on part of it"),
        Outcome::Changed => Some("; changed since"),
        Outcome::Gone => Some("; gone since"),
        Outcome::NotTheirsToSay => Some(", by someone who does not decide it"),
        Outcome::UnprovenSupervisor => Some(", and does not count yet"),
    }
}

fn exhibit(book: &Book<'_>, record: &Record, level: u8) -> Vec<Block> {
    let in_contents = book.exhibits.len() <= IN_CONTENTS;
    let number = book.exhibits.get(&record.id).copied().unwrap_or_default();
    let mut blocks =
        vec![placed(level, format!("{number}\u{2002}{}", record.title), record_anchor(record.id).0, in_contents)];
    let mut line = format!("Exhibit {number} · {} · {}", book.kind_title(record), long_date(record.date));
    if !record.tags.is_empty() {
        line.push_str(&format!(" · {}", record.tags.join(", ")));
    }
    blocks.push(Block::plain(Voice::Note, line));
    let facts = fields::facts(book, record);
    if !facts.is_empty() {
        blocks.push(Block::Paragraph(Voice::Note, facts.join(&[Inline::plain(" · ")][..])));
    }
    blocks.extend(markdown::blocks(&record.body, level));
    blocks.extend(fields::long(book, record, level + 1));
    for file in &record.attachments {
        let figures = book.source.figures.get(&file.sha256).map_or(&[][..], Vec::as_slice);
        for (page, figure) in (1..).zip(figures) {
            let caption = match figures.len() {
                1 => file.name.clone(),
                pages => format!("{}, page {page} of {pages}", file.name),
            };
            blocks.push(Block::Figure(Figure {
                alt: format!("Attached to exhibit {number}, {}: {}", record.title, figure.alt),
                caption: vec![Inline::plain(caption)],
                shows: figure.shows.clone(),
            }));
        }
    }
    if !record.attachments.is_empty() {
        let files =
            record.attachments.iter().map(|file| format!("{} ({})", file.name, words::size(u64::from(file.bytes))));
        let files: Vec<String> = files.collect();
        blocks.push(Block::plain(Voice::Note, format!("Attached: {}", files.join(", "))));
    }
    blocks.extend(put_forward(book, record));
    blocks
}

/// The way back: the competencies the record was put forward for.
fn put_forward(book: &Book<'_>, record: &Record) -> Vec<Block> {
    let mut numbers: Vec<&str> = record.claims.iter().map(|claim| claim.competency.as_str()).collect();
    let mut seen = std::collections::HashSet::new();
    numbers.retain(|number| seen.insert(*number));
    if numbers.is_empty() {
        return Vec::new();
    }
    let item = |number: &&str| {
        let anchor: Anchor = competency_anchor(number);
        let line = vec![
            super::competency(&book.source.framework, number),
            Inline::plain(" · page\u{a0}"),
            Inline::PageOf(anchor),
        ];
        Item { marker: Marker::Bullet, blocks: vec![Block::Paragraph(Voice::Note, line)] }
    };
    vec![
        Block::plain(Voice::Label, "Put forward for"),
        Block::List(List { items: numbers.iter().map(item).collect(), tight: true }),
    ]
}
