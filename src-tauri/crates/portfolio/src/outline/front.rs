//! The first page: who, for whom, of which period, the whole of it in three sentences, and what is asked of the reader.

use domain::coverage::Coverage;
use domain::rhythm::Rhythm;
use domain::words::{self, duration, listed, long_date, sentence};

use super::{Book, TITLE, asked};
use crate::document::{Anchor, Block, Heading, Inline, Part, Voice};

pub(super) fn front(book: &Book<'_>) -> Part {
    let source = book.source;
    let mut blocks = vec![title()];
    let who = [book.profile("name"), book.profile("role")].into_iter().flatten().collect::<Vec<_>>();
    if !who.is_empty() {
        blocks.push(Block::Paragraph(Voice::Lead, vec![Inline::strong(who.join(", "))]));
    }
    let mut facts = Vec::new();
    let mut fact = |label: &str, value: String| facts.push((label.to_owned(), vec![Inline::plain(value)]));
    fact("For", source.audience.words().label.to_owned());
    if let Some((from, to)) = source.period {
        fact("Period", words::period(from, to));
    }
    let employer = book.profile("employer");
    let places: Vec<&str> = employer.into_iter().chain(book.profile("network")).collect();
    if !places.is_empty() {
        fact("Works for", places.join(", "));
    }
    let publication = &source.framework.publication;
    fact("Held against", format!("{} ({}, {})", publication.title, publication.publisher, publication.reference));
    fact("Made on", long_date(source.today));
    blocks.push(Block::Facts(facts));
    for said in [practice(book), competencies(book), supervision(book)] {
        blocks.push(Block::plain(Voice::Body, said));
    }
    blocks.extend(asked::asked(book));
    blocks.push(Block::plain(
        Voice::Note,
        "Confidential: to be kept as other papers about staff are, and shown to nobody who has no part in the purpose it was \
         given for.",
    ));
    Part { cover: true, band: Some(super::band(1)), blocks, ..Part::default() }
}

/// The document's name; a heading, so that contents and bookmarks begin with it.
fn title() -> Block {
    Block::Heading(Heading {
        level: 1,
        text: vec![Inline::plain(TITLE)],
        anchor: Some(Anchor("front".to_owned())),
        in_contents: false,
        bookmark: true,
        running: false,
    })
}

/// Hours and tier.
fn practice(book: &Book<'_>) -> String {
    let sums = &book.source.hours;
    let name = book.name();
    if sums.nhs_minutes == 0 {
        return format!("{name} has logged no NHS coaching yet.");
    }
    let started = book.profile("started").and_then(|day| day.parse().ok());
    let since = started.map(|day| format!(" in this role since {}", long_date(day))).unwrap_or_default();
    let supervised = match sums.supervised_minutes {
        0 => String::new(),
        minutes => format!(", {} of it under supervision", duration(minutes)),
    };
    let sessions = words::count(sums.sessions, "session");
    let hours = duration(sums.nhs_minutes);
    let next = match &sums.next {
        Some(next) => format!("{} to go to tier {}", duration(next.minutes_left), next.tier),
        None => "no tier is above it".to_owned(),
    };
    format!(
        "{name} has logged {hours} of NHS coaching{since}, in {sessions} that took place{supervised}: {}; {next}.",
        tier(book)
    )
}

/// "tier 2 by hours, tier 1 agreed".
pub(super) fn tier(book: &Book<'_>) -> String {
    let sums = &book.source.hours;
    match (sums.tier, sums.agreed_tier) {
        (0, _) => "working towards tier 1".to_owned(),
        (tier, agreed) if agreed >= tier => format!("tier {tier}, agreed"),
        (tier, 0) => format!("tier {tier} by hours, no tier agreed"),
        (tier, agreed) => format!("tier {tier} by hours, tier {agreed} agreed"),
    }
}

fn competencies(book: &Book<'_>) -> String {
    let summary = book.source.gaps.summary;
    let counts = [
        (summary.signed_off, Coverage::Agreed),
        (summary.evidenced, Coverage::Covered),
        (summary.partial, Coverage::Partly),
        (summary.none, Coverage::NotYet),
    ];
    let counts = counts.into_iter().filter(|(number, _)| *number > 0);
    let counts: Vec<String> = counts.map(|(number, of)| format!("{number} {}", words::coverage(of))).collect();
    let of = words::counted(summary.expected, "competency", "competencies");
    match summary.expected {
        0 => "No competency is expected at this point yet.".to_owned(),
        _ => format!("Of the {of} expected at this point: {}.", listed(&counts)),
    }
}

fn supervision(book: &Book<'_>) -> String {
    let rhythms = &book.source.rhythms;
    let title = |rhythm: &Rhythm| lower(super::practice::title(book, rhythm.supervision));
    let said = |rhythm: &Rhythm| match rhythm.last {
        Some(day) => format!("{} was last held on {}", title(rhythm), long_date(day)),
        None => format!("no {} was held yet", title(rhythm)),
    };
    let said: Vec<String> = rhythms.iter().map(said).collect();
    let missed: u32 = rhythms.iter().map(|rhythm| rhythm.missed).sum();
    let missed = match missed {
        0 => "none that was due in the review period was missed".to_owned(),
        _ => format!("{} that were due in the review period were missed", words::number(missed as usize)),
    };
    match rhythms.is_empty() {
        true => "No rhythm of supervision is expected.".to_owned(),
        false => sentence(&format!("{}; {missed}.", listed(&said))),
    }
}

/// A name in the middle of a sentence.
fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
