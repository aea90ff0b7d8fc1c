//! Logs: records that are all facts. Sessions stand in columns, each in a line or added up by month; others in a line each.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use domain::Record;
use domain::views::Session;
use domain::words::{length, short_date, short_duration};

use super::{Book, cell, fields, row, shares};
use crate::document::{Align, Block, Cell, Column, Inline, Table, Voice, words};

/// A log of records that are all facts.
pub(super) fn log(book: &Book<'_>, records: &[&Record]) -> Vec<Block> {
    let sessions: Option<Vec<Session>> = records.iter().map(|record| Session::of(record)).collect();
    match sessions {
        Some(sessions) if book.source.each_session => vec![each(book, records, &sessions)],
        Some(sessions) => by_month(&sessions),
        None => vec![lines(book, records)],
    }
}

/// What a month's sessions come to.
#[derive(Default)]
struct Month {
    sessions: u32,
    groups: u32,
    nhs: u32,
    supervised: u32,
    outside: u32,
    missed: u32,
}

impl Month {
    fn add(&mut self, session: &Session) {
        if !session.attended {
            self.missed += 1;
            return;
        }
        self.sessions += 1;
        self.groups += u32::from(session.format == "group");
        let into = if session.nhs { &mut self.nhs } else { &mut self.outside };
        *into = into.saturating_add(session.minutes);
        if session.supervised {
            self.supervised = self.supervised.saturating_add(session.minutes);
        }
    }

    fn row(&self, name: String) -> Vec<Cell> {
        let time = |minutes: u32| if minutes == 0 { "–".to_owned() } else { short_duration(minutes) };
        let number = |n: u32| if n == 0 { "–".to_owned() } else { n.to_string() };
        row([
            name,
            self.sessions.to_string(),
            number(self.groups),
            time(self.nhs),
            time(self.supervised),
            time(self.outside),
            number(self.missed),
        ])
    }
}

fn by_month(sessions: &[Session]) -> Vec<Block> {
    let mut months: BTreeMap<NaiveDate, Month> = BTreeMap::new();
    let mut all = Month::default();
    for session in sessions {
        months.entry(session.date.with_day(1).unwrap_or(session.date)).or_default().add(session);
        all.add(session);
    }
    let mut rows: Vec<Vec<Cell>> = months.iter().map(|(day, sum)| sum.row(day.format("%b %Y").to_string())).collect();
    rows.push(all.row("All".to_owned()));
    let share = |align, share| Column { align, share: Some(share) };
    let columns = [0.14, 0.13, 0.12, 0.18, 0.18, 0.14, 0.11];
    let columns = columns.iter().enumerate();
    let columns =
        columns.map(|(place, width)| share(if place == 0 { Align::Left } else { Align::Right }, *width)).collect();
    let head = ["Month", "Sessions", "Groups", "NHS", "Supervised", "Other", "Not held"];
    vec![
        Block::Table(Table { columns, head: row(head.map(str::to_owned)), rows }),
        Block::plain(
            Voice::Note,
            "Sessions of which nothing was written down but the facts; those that were put forward stand above. Sessions that \
             were not held, missed or cancelled, have no time.",
        ),
    ]
}

fn each(book: &Book<'_>, records: &[&Record], sessions: &[Session]) -> Block {
    let line = |(record, session): (&&Record, &Session)| {
        let said = |field: &str| fields::shown(record, &book.source.kinds, field).unwrap_or_default();
        let mut more = Vec::new();
        if !session.attended {
            more.push(said("outcome"));
        }
        more.extend((!session.nhs).then(|| "outside the NHS".to_owned()));
        more.extend(session.supervised.then(|| "under supervision".to_owned()));
        row([short_date(record.date), said("format"), said("mode"), length(session.minutes), more.join(", ")])
    };
    Block::Table(Table {
        columns: shares([0.19, 0.17, 0.2, 0.17, 0.27]),
        head: row(["Date", "With", "How", "Time", "Besides"].map(str::to_owned)),
        rows: records.iter().zip(sessions).map(line).collect(),
    })
}

fn lines(book: &Book<'_>, records: &[&Record]) -> Block {
    // Where the names stay with the coach, all are called the same.
    let untitled = records.iter().all(|record| book.kind(record).is_some_and(|kind| record.title == kind.title));
    let line = |record: &&Record| {
        let mut facts = fields::facts(book, record).phrases();
        facts.retain(|fact| !in_title(&words(fact), &record.title));
        facts.extend(fields::lists(book, record));
        let facts = facts.join(&[Inline::plain(" · ")][..]);
        let title = (!untitled).then(|| cell(vec![Inline::plain(&record.title)]));
        [cell(vec![Inline::plain(short_date(record.date))])].into_iter().chain(title).chain([cell(facts)]).collect()
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
