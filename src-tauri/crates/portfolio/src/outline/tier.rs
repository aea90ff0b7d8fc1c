//! Towards the next tier: what is to go, what is open beside the hours, and who agreed to what.

use domain::decision::{marked, who};
use domain::hours::{Hours, TierAgreement};
use domain::routes::Training;
use domain::words::{self, duration, long_date};

use super::{Book, bullets};
use crate::document::{Block, Inline, Voice};

pub(super) fn tier(book: &Book<'_>) -> Vec<Block> {
    let sums = &book.source.hours;
    let mut blocks = Vec::new();
    if let Some(next) = &sums.next {
        let forecast = next.forecast.map(|day| {
            format!(
                " At the pace of the last {} ({}) that would be {}.",
                words::count(next.pace_days, "day"),
                duration(next.pace_minutes),
                long_date(day)
            )
        });
        let text = format!(
            "{} to go to tier {}.{}",
            words::sentence(&duration(next.minutes_left)),
            next.tier,
            forecast.unwrap_or_default()
        );
        blocks.push(Block::plain(Voice::Body, text));
    }
    blocks.extend(training(&book.source.training));
    let open = sums.open.iter().flat_map(|open| open.conditions.iter().map(|text| (open.tier, text)));
    let items: Vec<Vec<Inline>> =
        open.map(|(tier, text)| vec![Inline::plain(format!("Tier {tier}: {text}"))]).collect();
    if !items.is_empty() {
        blocks.push(Block::plain(Voice::Label, "What is still open beside the hours"));
        blocks.push(bullets(items));
    }
    let agreed = match sums.agreed_tier {
        0 => "No tier is agreed and supported by hours and evidence yet.".to_owned(),
        tier => format!("Tier {tier} is agreed, and its hours and conditions are there."),
    };
    blocks.push(Block::plain(Voice::Body, agreed));
    if !sums.agreements.is_empty() {
        blocks.push(Block::plain(Voice::Label, "What was decided about tiers"));
        blocks.push(bullets(sums.agreements.iter().map(|of| vec![Inline::plain(agreement(sums, of))])));
    }
    blocks
}

/// The way by which the training of tier 1 is shown, or the one that is only named, with what is open about it.
fn training(training: &Training) -> Option<Block> {
    let shown = training.routes.iter().find(|route| route.shown);
    let route = shown.or_else(|| training.routes.iter().find(|route| route.chosen))?;
    let stands = match route.since {
        Some(since) => format!("there since {}", long_date(since)),
        None => "named in the profile; the record that shows it is not here yet".to_owned(),
    };
    let mut text = format!("The training that tier 1 asks for: {}, {stands}.", route.title.to_lowercase());
    route.marked.iter().for_each(|marked| text.push_str(&format!(" {marked}")));
    Some(Block::plain(Voice::Body, text))
}

/// Who said what of a tier, and why it does not carry it where it does not.
fn agreement(sums: &Hours, of: &TierAgreement) -> String {
    let said = if of.agreed { "agreed to" } else { "said “not yet” to" };
    let outside = if of.independent { ", from outside the coach’s organisation," } else { "" };
    let mut text =
        format!("{}{outside} {said} tier {} on {}", words::sentence(who(&of.by)), of.tier, long_date(of.date));
    if let Some(mark) = marked(&of.by) {
        text.push_str(&format!(" ({mark})"));
    }
    text.push('.');
    if of.agreed && !of.supported {
        text.push_str(" It does not carry the tier yet.");
        // What is open stands above, once.
        let above = |why: &&String| sums.open.iter().any(|open| open.conditions.contains(why));
        of.why_not.iter().filter(|why| !above(why)).for_each(|why| text.push_str(&format!(" {why}")));
    }
    text
}
