//! The cover, and the page that says what this is, how to read it, and who is in it.

use super::{Book, TITLE, placed};
use crate::document::{Anchor, Block, Heading, Inline, Item, List, Marker, Part, Voice};
use domain::words::{self, long_date};

pub(super) fn cover(book: &Book<'_>) -> Part {
    let source = book.source;
    let mut blocks = vec![Block::plain(Voice::Title, TITLE)];
    if let Some(name) = book.profile("name") {
        blocks.push(Block::Paragraph(Voice::Lead, vec![Inline::strong(name)]));
    }
    if let Some(role) = book.profile("role") {
        blocks.push(Block::plain(Voice::Lead, role));
    }
    let mut facts = Vec::new();
    let mut fact = |label: &str, value: String| facts.push((label.to_owned(), vec![Inline::plain(value)]));
    fact("For", source.reader.clone());
    if let Some(employer) = book.profile("employer") {
        fact("Employer", employer.to_owned());
    }
    if let Some(network) = book.profile("network") {
        fact("Network or team", network.to_owned());
    }
    if let Some(started) = book.profile("started").and_then(|day| day.parse().ok()) {
        fact("In this role since", long_date(started));
    }
    fact("Tier", tier(book));
    if let Some((from, to)) = source.period {
        fact("Period", words::period(from, to));
    }
    fact("Made on", long_date(source.today));
    let publication = &source.framework.publication;
    fact("Held against", format!("{} ({}, {})", publication.title, publication.publisher, publication.reference));
    blocks.push(Block::plain(Voice::Lead, ""));
    blocks.push(Block::Facts(facts));
    Part { cover: true, band: Some(super::band(1)), blocks }
}

fn tier(book: &Book<'_>) -> String {
    let hours = &book.source.hours;
    let reached = match hours.tier {
        0 => "Working towards tier 1".to_owned(),
        tier if hours.agreed_tier >= tier => format!("Tier {tier}, agreed"),
        tier if hours.agreed_tier > 0 => format!("Tier {tier} by hours, tier {} agreed", hours.agreed_tier),
        tier => format!("Tier {tier} by hours, no tier agreed"),
    };
    format!("{reached} ({} of NHS coaching)", words::duration(hours.nhs_minutes))
}

/// What this is, how to read it, and who is in it; `parts` are the others, of which it says what they are for.
pub(super) fn about(book: &Book<'_>, parts: &[Part]) -> Part {
    let source = book.source;
    let count = source.framework.competencies.len();
    let (name, kept) = (book.name(), words::count(book.exhibits.len(), "exhibit"));
    let what = format!(
        "{name} keeps this portfolio to show how a health and wellbeing coach works and learns. It holds what was written, \
         logged and heard about that work against the {count} competencies of the framework named on the cover. This copy \
         holds {kept}."
    );
    let reading = [
        ("summary", "In short", "one page for whoever has five minutes"),
        ("at-a-glance", "At a glance", "every competency as a shape: covered, partly, not yet"),
        ("practice", "Hours and supervision", "how much, how often, and what that adds up to"),
        ("missing", "What is missing, and the plan", "what each open competency still asks for"),
        ("area-1", "The evidence, area by area", "the claim first, then the reason, then where to find the record"),
        ("exhibits", "Exhibits", "the records themselves, numbered"),
        ("index", "Index", "from each competency to its exhibits"),
        ("provenance", "How this was made", "what is counted and how, and what was left out"),
    ];
    let there = |anchor: &str| {
        let mut blocks = parts.iter().flat_map(|part| &part.blocks);
        blocks.any(|block| matches!(block, Block::Heading(Heading { anchor: Some(own), .. }) if own.0 == anchor))
    };
    let item = |(anchor, title, what): &(&str, &str, &str)| {
        let anchor = Anchor((*anchor).to_owned());
        let line = vec![
            Inline::to(*title, anchor.clone()),
            Inline::plain(format!(": {what}, page\u{a0}")),
            Inline::PageOf(anchor),
        ];
        Item { marker: Marker::Bullet, blocks: vec![Block::Paragraph(Voice::Body, line)] }
    };
    let items = reading.iter().filter(|(anchor, ..)| there(anchor)).map(item).collect();
    let blocks = vec![
        placed(1, "About this portfolio", "about", true),
        Block::plain(Voice::Body, what),
        Block::heading(2, "How to read it"),
        Block::List(List { items, tight: true }),
        Block::plain(
            Voice::Body,
            "The words are those of a journey: covered, partly, not yet, and agreed where a supervisor signed it off. \
             Nothing here is a grade.",
        ),
        Block::heading(2, "Who is in it"),
        Block::plain(
            Voice::Body,
            "People who were coached should not be named. Where one is met more than once, a letter such as Client A stands \
             for them, and figures that rest on fewer than five people are left out unless this is the coach's own copy. \
             Supervisors, observers and teachers are named with their roles, because their word counts as evidence.",
        ),
        Block::plain(
            Voice::Body,
            format!(
                "It is confidential all the same. Please keep it as other papers about staff are kept, show it to nobody \
                 who has no part in the purpose it was given for, and tell {name} if someone in it can be recognised."
            ),
        ),
    ];
    Part { blocks, ..Part::default() }
}
