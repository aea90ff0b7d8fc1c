//! What is asked of the reader: who may decide what (docs/framework.md, "who may agree"), what would be good to hear from
//! them, and lines to sign on paper.

use std::collections::HashSet;

use domain::coverage::Coverage;
use domain::framework::TierConditionKind;
use domain::{Audience, Record, words};

use super::{Book, record_anchor};
use crate::document::{Anchor, Block, Inline, Item, List, Marker, Voice};

pub(super) fn asked(book: &Book<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::heading(2, "What is asked of the reader")];
    if book.source.audience.is_coach() {
        blocks.push(Block::plain(Voice::Body, "Nothing: this is the coach’s own copy."));
        return blocks;
    }
    let mut asked = match book.source.audience {
        Audience::Supervision => supervisor(book),
        Audience::Assessor => approval(book),
        Audience::Appraisal => vec![appraisal(book)],
        Audience::LineManagement | Audience::Clinical | Audience::Whole | Audience::Full => Vec::new(),
    };
    let decides = !asked.is_empty();
    asked.push(comment(book));
    let item = |line| Item { marker: Marker::Task(false), blocks: vec![Block::Paragraph(Voice::Body, line)] };
    blocks.push(Block::List(List { items: asked.into_iter().map(item).collect(), tight: true }));
    blocks.push(Block::Blanks(vec!["Comment".to_owned()]));
    blocks.push(Block::Blanks(vec![String::new()]));
    let signed = if decides { "Decided by" } else { "Read by" };
    blocks.push(Block::Blanks([signed, "Signature", "Date"].map(str::to_owned).to_vec()));
    blocks
}

/// What a health coaching supervisor decides: competencies, tiers, statements.
fn supervisor(book: &Book<'_>) -> Vec<Vec<Inline>> {
    let mut asked = Vec::new();
    let ready: Vec<&str> = ready(book).collect();
    if !ready.is_empty() {
        let mut line = vec![Inline::strong(format!(
            "{} to be agreed: ",
            words::counted(ready.len(), "competency", "competencies")
        ))];
        line.extend(book.numbers(ready));
        line.push(Inline::plain(". What each asks for is there, from page\u{a0}"));
        line.push(Inline::PageOf(Anchor("evidence".to_owned())));
        asked.push(line);
    }
    let sums = &book.source.hours;
    for tier in &book.source.framework.tiers {
        let from_outside = tier.conditions.iter().any(|one| one.about == TierConditionKind::IndependentApproval);
        if tier.tier <= sums.tier && tier.tier > sums.agreed_tier && !from_outside {
            asked.push(of_tier(book, tier.tier));
        }
    }
    let standard = |record: &&&Record| record.fields.get("standard").map(ToString::to_string);
    let agreed = |record: &&&Record| record.kind == "sign-off" && record.text("decision") == Some("agreed");
    let signed: HashSet<String> = book.records.iter().filter(agreed).filter_map(|one| standard(&one)).collect();
    let unsigned = |one: &&&Record| one.kind == "statement" && standard(one).is_some_and(|own| !signed.contains(&own));
    for record in book.records.iter().filter(unsigned) {
        asked.push(vec![
            Inline::strong("A statement to be signed: "),
            book.cited(record),
            Inline::plain(", page\u{a0}"),
            Inline::PageOf(record_anchor(record.id)),
        ]);
    }
    asked
}

/// Competencies of which everything is there and that nobody has agreed.
fn ready<'b>(book: &Book<'b>) -> impl Iterator<Item = &'b str> {
    let states = book.source.gaps.competencies.iter();
    states.filter(|state| state.coverage() == Coverage::Covered).map(|state| state.competency.as_str())
}

/// The move that somebody from outside approves.
fn approval(book: &Book<'_>) -> Vec<Vec<Inline>> {
    let sums = &book.source.hours;
    let asks = |tier: &&domain::framework::Tier| {
        tier.conditions.iter().any(|one| one.about == TierConditionKind::IndependentApproval)
    };
    let Some(tier) = book.source.framework.tiers.iter().find(asks) else { return Vec::new() };
    if sums.agreed_tier >= tier.tier {
        return Vec::new();
    }
    if sums.tier >= tier.tier {
        return vec![of_tier(book, tier.tier)];
    }
    let left = tier.hours.saturating_mul(60).saturating_sub(sums.nhs_minutes);
    let text = format!("No decision yet: {} are still to go to tier {}.", words::duration(left), tier.tier);
    vec![vec![Inline::plain(text)]]
}

/// A tier whose hours are there and that is not agreed.
fn of_tier(book: &Book<'_>, tier: u8) -> Vec<Inline> {
    let open = book.source.hours.open.iter().find(|open| open.tier == tier).map_or(0, |open| open.conditions.len());
    let rest = match open {
        0 => "its hours are there, and so is what it asks for beside them".to_owned(),
        _ => format!(
            "its hours are there, and {} beside them",
            words::counted(open, "condition is open", "conditions are open")
        ),
    };
    vec![
        Inline::strong(format!("Tier {tier} to be agreed: ")),
        Inline::plain(format!("{rest}, page\u{a0}")),
        Inline::PageOf(Anchor("tier".to_owned())),
    ]
}

fn appraisal(book: &Book<'_>) -> Vec<Inline> {
    let of = book.source.period.map_or_else(String::new, |(from, to)| format!(" of {}", words::period(from, to)));
    vec![
        Inline::strong(format!("The appraisal{of}: ")),
        Inline::plain("whether it is agreed, and which goals and actions the next period begins with."),
    ]
}

/// What every reader can say something to.
fn comment(book: &Book<'_>) -> Vec<Inline> {
    let about = match book.source.audience {
        Audience::Clinical => "on referral and handover, and on what is missing and planned",
        Audience::Assessor => "on what is missing, and on the best that is here",
        _ => "on what is missing and on the plan",
    };
    vec![
        Inline::strong("A comment "),
        Inline::plain(format!("{about}, page\u{a0}")),
        Inline::PageOf(Anchor("missing".to_owned())),
    ]
}
