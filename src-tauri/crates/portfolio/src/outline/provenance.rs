//! How this was made: what it is measured against, what it counts and how, what was left out, and the fingerprint of it
//! all.

use super::{Book, NotShown, bullets, placed};
use crate::document::{Block, Inline, Part, Style, Voice};
use domain::Audience;
use domain::words::{self, long_date};

/// How hours are counted; what every total rests on.
const RULE: &str = "How hours are counted: contact minutes as they were; a group counts once; no travel, notes, role play or \
                    missed appointments.";

pub(super) fn provenance(book: &Book<'_>) -> Part {
    let source = book.source;
    let publication = &source.framework.publication;
    let mut facts = Vec::new();
    let mut fact = |label: &str, value: Vec<Inline>| facts.push((label.to_owned(), value));
    fact("Made by", vec![Inline::plain(format!("Coachfolio {}", env!("CARGO_PKG_VERSION")))]);
    fact("Made on", vec![Inline::plain(long_date(source.today))]);
    fact("Counted to", vec![Inline::plain(long_date(source.gaps.today))]);
    let period = source.period.map_or_else(|| "everything there is".to_owned(), |(from, to)| words::period(from, to));
    fact("Period", vec![Inline::plain(period)]);
    fact("For", vec![Inline::plain(source.audience.words().label)]);
    let held = format!("{}, {}, {}", publication.title, publication.publisher, publication.reference);
    fact("Framework", vec![Inline::plain(format!("{held} ({})", source.framework.id))]);
    let (exhibits, records) = (book.exhibits.len(), book.records.len());
    let lines = records - exhibits;
    let mut holds = words::count(exhibits, "exhibit");
    if lines > 0 {
        holds.push_str(&format!(" and {} of a log", words::count(lines, "line")));
    }
    fact("Holds", vec![Inline::plain(holds)]);
    // In groups, so that it can be compared by eye.
    let figures: Vec<char> = source.fingerprint.as_str().chars().collect();
    let groups: Vec<String> = figures.chunks(8).map(|group| group.iter().collect()).collect();
    let style = Style { code: true, ..Style::default() };
    fact("Fingerprint", vec![Inline::Text { text: groups.join(" "), style, link: None }]);
    let mut blocks = vec![
        placed(2, "How this was made", "provenance"),
        Block::Facts(facts),
        Block::plain(
            Voice::Note,
            "The fingerprint is the SHA-256 of what this portfolio was made from: its records, its people, its period and \
             its framework. The same choice on the same day gives the same file; a record in it that is changed gives \
             another fingerprint.",
        ),
        Block::heading(3, "Who is in it"),
        Block::plain(
            Voice::Body,
            format!(
                "People who were coached should not be named. Where one is met more than once, a letter such as Client A \
                 stands for them, and figures that rest on fewer than five people are left out unless this is the coach’s own \
                 copy. Supervisors, observers and teachers are named with their roles, because their word counts as evidence. \
                 {} would like to hear if someone in it can be recognised.",
                book.name()
            ),
        ),
        Block::heading(3, "How it is counted"),
        Block::plain(Voice::Body, RULE),
        Block::plain(
            Voice::Body,
            "What a competency asks for is taken from the framework. It is covered when every kind of evidence it asks for \
             is there, partly covered when some is. Hours, supervision and where each competency stands rest on everything \
             that was recorded until the day it is counted to, also on what is not in this copy; what is in it is said \
             beside each. A sign-off is of what was there on its day: it falls back to what is there when a record that \
             was signed has changed or gone, and is not completed by what came later.",
        ),
        Block::heading(3, "What was decided"),
    ];
    // Whoever judges the counting from outside gets the reasons; to others they are pages of small print.
    let reasons = source.audience.is_coach() || source.audience == Audience::Assessor;
    let told = if reasons { ", and why." } else { ". The reasons stand in the coach’s own copy." };
    let told = format!("Where the publication is silent, or says two things, this is how it is counted here{told}");
    blocks.push(Block::plain(Voice::Body, told));
    blocks.push(bullets(source.framework.decisions.told().map(|(says, because)| {
        let says = says.trim_end_matches('.');
        let because = if reasons { format!("; decided because {because}") } else { ".".to_owned() };
        vec![Inline::plain(format!("{says}{because}"))]
    })));
    blocks.extend(without(book));
    Part { runs_on: true, blocks: blocks.into_iter().map(Block::fine).collect(), ..Part::default() }
}

/// What is not in it, or not to be seen.
fn without(book: &Book<'_>) -> Vec<Block> {
    let source = book.source;
    let mut blocks = vec![Block::heading(3, "What was left out")];
    if source.left_out.is_empty() {
        blocks.push(Block::plain(Voice::Body, "Nothing."));
    } else {
        blocks.push(bullets(source.left_out.iter().map(|why| vec![Inline::plain(why)])));
    }
    if !source.not_shown.is_empty() {
        blocks.push(Block::heading(3, "What could not be shown"));
        blocks.push(bullets(source.not_shown.iter().map(|one| not_shown(book, one))));
    }
    blocks
}

/// Where it is, what and why.
fn not_shown(book: &Book<'_>, one: &NotShown) -> Vec<Inline> {
    let mut line = vec![Inline::plain(&one.what)];
    if let Some(record) = book.by_id.get(&one.record) {
        line.insert(0, Inline::plain(": "));
        line.insert(0, book.cited(record));
    }
    line
}
