//! Logs: records that are all facts, in columns: sessions each in a line or added up by month, others in a line each.

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
        None => lines(book, records),
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

/// A column of a log: its head, and what stands in each row.
struct Facts<'b> {
    head: fields::Head<'b>,
    cells: Vec<Vec<Inline>>,
}

/// Each record in a row, each of its facts in a column. What is the same for all of them is said once, above.
fn lines(book: &Book<'_>, records: &[&Record]) -> Vec<Block> {
    // Where the names stay with the coach, all are called the same.
    let untitled = records.iter().all(|record| book.kind(record).is_some_and(|kind| record.title == kind.title));
    let mut columns: Vec<Facts<'_>> = Vec::new();
    for (place, record) in records.iter().enumerate() {
        for (head, said) in fields::columns(book, record) {
            if in_title(&words(&said), &record.title) {
                continue;
            }
            let at = columns.iter().position(|column| column.head == head).unwrap_or_else(|| {
                columns.push(Facts { head, cells: vec![Vec::new(); records.len()] });
                columns.len() - 1
            });
            columns[at].cells[place] = said;
        }
    }
    let same = |column: &Facts<'_>| records.len() > 1 && column.cells.iter().all(|cell| *cell == column.cells[0]);
    let (same, columns): (Vec<Facts<'_>>, Vec<Facts<'_>>) = columns.into_iter().partition(same);
    let mut blocks = Vec::new();
    if !same.is_empty() {
        let mut line = vec![Inline::plain("All of them: ")];
        for (place, column) in same.into_iter().enumerate() {
            line.extend((place > 0).then(|| Inline::plain(" · ")));
            line.extend((!column.head.speaks).then(|| Inline::plain(format!("{}: ", column.head.told))));
            line.extend(column.cells.into_iter().next().unwrap_or_default());
        }
        blocks.push(Block::Paragraph(Voice::Note, line));
    }
    let title = (!untitled).then_some("Title");
    let heads = ["Date"].into_iter().chain(title).chain(columns.iter().map(|column| column.head.told));
    let head: Vec<Cell> = heads.map(|head| cell(vec![Inline::plain(head)])).collect();
    let line = |(place, record): (usize, &&Record)| {
        let title = (!untitled).then(|| cell(vec![Inline::plain(&record.title)]));
        let date = cell(vec![Inline::plain(short_date(record.date))]);
        let facts = columns.iter().map(|column| cell(column.cells[place].clone()));
        [date].into_iter().chain(title).chain(facts).collect()
    };
    let rows = records.iter().enumerate().map(line).collect();
    blocks.push(Block::Table(Table { columns: vec![Column::default(); head.len()], head, rows }));
    blocks
}

/// Whether the title says it already: "Client A" beside "Client A, session 3".
fn in_title(fact: &str, title: &str) -> bool {
    let plain = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let there = plain(title);
    let said = plain(fact);
    !said.is_empty() && said.iter().all(|word| there.contains(word))
}
