//! Part 2, the exhibits: every record in full, numbered, by kind and then by date, the claims before the record; learning,
//! team work, goals and sign-offs come last, each after a table that shows them all.

use domain::appraisal::Goal;
use domain::decision::Outcome;
use domain::views::Impact;
use domain::{Kind, Kinds, Record};

use super::{Book, cell, fields, learning, log, placed, record_anchor, row, running, shares};
use crate::document::{Align, Block, Cell, Column, Figure, Inline, Item, List, Marker, Table, Voice};
use crate::markdown;
use domain::words::{self, long_date, short_date};

/// Kinds that come after the others, each after a table that shows them all.
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

/// So many exhibits need no table before them.
const FEW: usize = 3;

/// All of them, one section after another.
pub(super) fn exhibits(book: &Book<'_>) -> Vec<Block> {
    let mut main = vec![placed(1, "Part 2: for looking up", "exhibits")];
    if book.records.is_empty() {
        main.push(Block::plain(Voice::Body, "There are no records in this copy."));
        return main;
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
    for (id, title, overview) in [
        ("learning", "Learning and certificates", learnt as fn(&Book<'_>, &[&Record]) -> Table),
        ("team-work", "Team work", team_work),
        ("goal", "Goals", goals),
        ("sign-off", "Sign-offs", sign_offs),
    ] {
        let Some(kind) = book.source.kinds.newest_of(id) else { continue };
        let records = of(kind);
        if records.is_empty() {
            continue;
        }
        main.push(placed(2, title, format!("kind-{id}")));
        if id == "learning" {
            main.extend(learning::over_the_period(book));
        }
        // Few are seen at a glance as they are; what a sign-off is worth stands in its table alone.
        if records.len() > FEW || id == "sign-off" {
            main.push(Block::Table(overview(book, &records)));
        }
        main.extend(records.into_iter().flat_map(|record| exhibit(book, record)));
    }
    main
}

fn group(book: &Book<'_>, title: &str, id: &str, records: &[&Record]) -> Vec<Block> {
    if records.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![placed(2, title, format!("kind-{id}"))];
    let (full, brief): (Vec<&Record>, Vec<&Record>) =
        records.iter().partition(|record| book.exhibits.contains_key(&record.id));
    for record in &full {
        blocks.extend(exhibit(book, record));
    }
    if !brief.is_empty() {
        if !full.is_empty() {
            blocks.push(Block::heading(3, "The rest of the log"));
        }
        blocks.extend(log::log(book, &brief));
    }
    blocks
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

fn learnt(book: &Book<'_>, records: &[&Record]) -> Table {
    let line = |record: &&Record| {
        let minutes = record.whole("minutes").map(words::short_duration).unwrap_or_default();
        let certificate = record.text("certificate").is_some_and(|name| !name.is_empty());
        let (what, until) = (if certificate { ", certificate" } else { "" }, day(record, "expires"));
        let more = if until.is_empty() { what.to_owned() } else { format!("{what}, until {until}") };
        let mut title = title(book, record);
        title.text.extend((!more.is_empty()).then(|| Inline::quiet(more)));
        vec![plain(short_date(record.date)), title, plain(minutes)]
    };
    Table {
        columns: shares([0.175, 0.665, 0.16]),
        head: row(["Date", "Exhibit", "Time"].map(str::to_owned)),
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

/// The level of an exhibit's heading.
const LEVEL: u8 = 3;

fn exhibit(book: &Book<'_>, record: &Record) -> Vec<Block> {
    let number = book.exhibits.get(&record.id).copied().unwrap_or_default();
    let mut blocks = vec![running(LEVEL, format!("{number}\u{2002}{}", record.title), record_anchor(record.id))];
    let mut facts = fields::facts(book, record);
    let figures = figures(record);
    if figures.is_some() {
        // What stands in the table of figures.
        facts.retain(|field| !["measure", "people", "before", "after"].contains(&field));
    }
    let mut line = vec![Inline::plain(format!("{} · {}", book.kind_title(record), long_date(record.date)))];
    for said in facts.said_in_passing() {
        line.push(Inline::plain(" · "));
        line.extend(said);
    }
    line.extend((!record.tags.is_empty()).then(|| Inline::plain(format!(" · {}", record.tags.join(", ")))));
    blocks.push(Block::Paragraph(Voice::Note, line));
    blocks.extend(put_forward(book, record));
    blocks.extend(facts.table());
    blocks.extend(figures);
    blocks.extend(markdown::blocks(&record.body, LEVEL));
    blocks.extend(fields::long(book, record, LEVEL + 1));
    for file in &record.attachments {
        let shows = book.source.shown.get(&file.sha256).map_or(&[][..], Vec::as_slice);
        let figures = crate::figures(&file.name, shows).into_iter();
        blocks.extend(figures.map(|figure| {
            let alt = format!("Attached to exhibit {number}, {}: {}", record.title, figure.alt);
            Block::Figure(Figure { alt, ..figure })
        }));
    }
    // What is shown is named below it already.
    let unseen = record.attachments.iter().filter(|file| !book.source.shown.contains_key(&file.sha256));
    let unseen: Vec<String> =
        unseen.map(|file| format!("{} ({})", file.name, words::size(u64::from(file.bytes)))).collect();
    if !unseen.is_empty() {
        blocks.push(Block::plain(Voice::Note, format!("Attached: {}", unseen.join(", "))));
    }
    let not_shown = book.source.not_shown.iter().filter(|one| one.record == record.id);
    blocks.extend(not_shown.map(|one| Block::plain(Voice::Note, &one.what)));
    blocks.into_iter().map(Block::fine).collect()
}

/// An outcome in figures, where they are not withheld.
fn figures(record: &Record) -> Option<Block> {
    let impact = Impact::of(record).filter(|impact| impact.before.or(impact.after).is_some())?;
    let said = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| value.to_string());
    // As exact as two means are printed.
    let change = impact.before.zip(impact.after);
    let change = change.map(|(before, after)| format!("{:+}", ((after - before) * 100.0).round() / 100.0));
    let share = |align, share| Column { align, share: Some(share) };
    Some(Block::Table(Table {
        columns: vec![
            share(Align::Left, 0.48),
            share(Align::Right, 0.13),
            share(Align::Right, 0.13),
            share(Align::Right, 0.13),
            share(Align::Right, 0.13),
        ],
        head: row(["Measure", "People", "Before", "After", "Change"].map(str::to_owned)),
        rows: vec![row([
            impact.measure.clone(),
            impact.people.to_string(),
            said(impact.before),
            said(impact.after),
            change.unwrap_or_default(),
        ])],
    }))
}

/// What the record was put forward for, each reason once: "1.3 and 2.2: I waited, and she said it herself."
fn put_forward(book: &Book<'_>, record: &Record) -> Vec<Block> {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for claim in &record.claims {
        let reason = claim.reason.trim();
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, numbers)) if numbers.contains(&claim.competency.as_str()) => {}
            Some((_, numbers)) => numbers.push(&claim.competency),
            None => reasons.push((reason, vec![&claim.competency])),
        }
    }
    let mut items = Vec::new();
    for (reason, numbers) in reasons {
        let mut said = markdown::blocks(reason, LEVEL);
        let mut line = vec![Inline::strong("Put forward for ")];
        line.extend(book.numbers(numbers));
        match said.first_mut() {
            Some(Block::Paragraph(_, first)) => {
                line.push(Inline::plain(": "));
                line.append(first);
                *first = line;
            }
            _ => said.insert(0, Block::Paragraph(Voice::Body, line)),
        }
        items.push(Item { marker: Marker::Bullet, blocks: said });
    }
    if items.is_empty() { Vec::new() } else { vec![Block::List(List { items, tight: true })] }
}
