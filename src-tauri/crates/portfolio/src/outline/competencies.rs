//! The areas: each competency, what it asks for, and the evidence, claim first.

use domain::coverage::Coverage;
use std::collections::HashSet;

use domain::framework::Competency;
use domain::gaps::CompetencyState;
use domain::needs::NeedState;
use domain::{Claim, Record};
use uuid::Uuid;

use super::{Book, band, competency_anchor, placed, record_anchor};
use crate::document::{Block, Inline, Item, List, Marker, Part, Voice};
use crate::markdown;
use domain::words::{self, long_date};

pub(super) fn areas(book: &Book<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    for area in &book.source.framework.areas {
        let title = format!("{} {}", area.number, area.title);
        let mut blocks = vec![placed(1, title, format!("area-{}", area.number), true)];
        for state in book.source.gaps.competencies.iter().filter(|state| state.area == area.number) {
            blocks.extend(competency(book, state));
        }
        if blocks.len() > 1 {
            parts.push(Part { cover: false, band: Some(band(area.number)), blocks });
        }
    }
    parts
}

fn competency(book: &Book<'_>, state: &CompetencyState) -> Vec<Block> {
    let described = book.source.framework.competency(&state.competency);
    let title = format!("{} {}", state.competency, state.title);
    let mut blocks = vec![placed(2, title, competency_anchor(&state.competency).0, true)];
    blocks.extend(described.map(|competency: &Competency| Block::plain(Voice::Body, &competency.summary)));
    let coverage = state.coverage();
    let mut line = vec![Inline::strong(words::sentence(words::coverage(coverage)))];
    if state.stale {
        line.push(Inline::quiet("; everything that counts is older than the review period"));
    }
    blocks.push(marked(coverage, line));
    for decision in state.sign_off.iter().chain(&state.recorded) {
        blocks.push(Block::plain(Voice::Note, words::sentence(&format!("{}.", decision.text))));
    }
    blocks.push(Block::plain(Voice::Label, "What it asks for"));
    let needs = state.needs.iter().map(|need| Item {
        marker: Marker::Coverage(if need.met { Coverage::Covered } else { Coverage::NotYet }),
        blocks: vec![Block::Paragraph(Voice::Body, need_line(book, need))],
    });
    blocks.push(Block::List(List { items: needs.collect(), tight: true }));
    blocks.extend(evidence(book, state));
    blocks
}

fn marked(mark: Coverage, line: Vec<Inline>) -> Block {
    let item = Item { marker: Marker::Coverage(mark), blocks: vec![Block::Paragraph(Voice::Body, line)] };
    Block::List(List { items: vec![item], tight: true })
}

/// "3 records, 2 of them not in this copy".
fn there(book: &Book<'_>, state: &NeedState) -> String {
    let all = state.records.len() + state.more as usize;
    let elsewhere = all - state.records.iter().filter(|id| book.by_id.contains_key(id)).count();
    let mut text = words::count(all, "record");
    match elsewhere {
        // Of very many only the newest are listed.
        _ if state.more > 0 => text.push_str(", not all of them in this copy"),
        0 => {}
        _ if elsewhere == all => text.push_str(", not in this copy"),
        some => text.push_str(&format!(", {some} of them not in this copy")),
    }
    text
}

fn need_line(book: &Book<'_>, state: &NeedState) -> Vec<Inline> {
    let mut line = vec![Inline::plain(need_words(book, state))];
    let mut words = match (state.met, state.minutes, state.need.hours) {
        (false, ..) if state.why.is_some() => state.why.clone().unwrap_or_default(),
        (true, ..) if state.need.rhythm.is_some() => "kept".to_owned(),
        (true, Some(minutes), Some(hours)) => {
            format!("{}; {} are asked for", words::duration(minutes), words::count(hours, "hour"))
        }
        (false, Some(minutes), Some(hours)) => {
            format!("{} so far of {}", words::duration(minutes), words::count(hours, "hour"))
        }
        (true, Some(minutes), None) => words::duration(minutes),
        (true, ..) => there(book, state),
        (false, ..) => "not yet".to_owned(),
    };
    for uncounted in &state.uncounted {
        let records = words::count(uncounted.records.len(), "record");
        words.push_str(&format!("; {records} not counted: {}", uncounted.says));
    }
    if let Some(mark) = &state.mark {
        words.push_str(&format!("; {mark}"));
    }
    line.push(Inline::quiet(format!(" – {words}")));
    line
}

pub(super) fn need_words(book: &Book<'_>, state: &NeedState) -> String {
    let need = &state.need;
    let framework = &book.source.framework;
    let titles: Vec<&str> = need.accepts().iter().map(|kind| framework.evidence_title(*kind)).collect();
    let mut words = titles.first().map_or_else(String::new, |first| (*first).to_owned());
    for title in titles.iter().skip(1) {
        words.push_str(&format!(" or {}", lower(title)));
    }
    if state.group {
        words.push_str(" of a group");
    }
    if need.course.is_some() {
        words.push_str(" of the accredited e-learning on it");
    }
    if let Some(months) = need.first_months {
        words.push_str(&format!(" under supervision in the first {}", words::months(months.into())));
    }
    if let Some(first) = need.after {
        words.push_str(&format!(", after {}", lower(framework.evidence_title(first))));
    }
    if need.rhythm.is_some() {
        words.push_str(", at the expected rhythm over the review period");
    }
    words
}

/// A title in the middle of a sentence; an abbreviation keeps its capitals.
fn lower(title: &str) -> String {
    let mut chars = title.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == '-' => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => title.to_owned(),
    }
}

/// Every claim made for the competency with its record, and the records that count without one.
fn evidence(book: &Book<'_>, state: &CompetencyState) -> Vec<Block> {
    let counted: Vec<Uuid> =
        state.needs.iter().flat_map(|need| need.records.iter().chain(&need.waiting)).copied().collect();
    let wanted: HashSet<Uuid> = counted.iter().copied().collect();
    let mut blocks = Vec::new();
    let mut without_claim = Vec::new();
    for record in &book.records {
        let claims: Vec<&Claim> = record.claims.iter().filter(|claim| claim.competency == state.competency).collect();
        if claims.is_empty() && wanted.contains(&record.id) {
            without_claim.push(*record);
        }
        for claim in claims {
            blocks.push(Block::Paragraph(Voice::Label, vec![Inline::plain(claim_label(book, state, record, claim))]));
            blocks.extend(markdown::blocks(&claim.reason, 3));
            blocks.push(Block::Paragraph(Voice::Source, reference(book, record)));
        }
    }
    if !without_claim.is_empty() {
        blocks.push(Block::plain(Voice::Label, "Counted from the log"));
        let item = |record: &&Record| Item {
            marker: Marker::Bullet,
            blocks: vec![Block::Paragraph(Voice::Note, reference(book, record))],
        };
        blocks.push(Block::List(List { items: without_claim.iter().map(item).collect(), tight: true }));
    }
    blocks
}

/// What the record counts as here: what the claim says, or whichever needs it meets.
fn claim_label(book: &Book<'_>, state: &CompetencyState, record: &Record, claim: &Claim) -> String {
    let framework = &book.source.framework;
    if let Some(kind) = claim.counts_as {
        return framework.evidence_title(kind).to_owned();
    }
    let offered = book.kind(record).map(|kind| kind.offered(&record.fields)).unwrap_or_default();
    let asked = |kind: &&domain::EvidenceKind| {
        state.needs.iter().any(|need| need.need.accepts().contains(kind) || need.need.after == Some(**kind))
    };
    let titles: Vec<String> =
        offered.iter().filter(asked).map(|kind| framework.evidence_title(*kind).to_owned()).collect();
    if titles.is_empty() { "Further evidence".to_owned() } else { titles.join(", ") }
}

/// Number, title, kind, date and page of a record, with links.
fn reference(book: &Book<'_>, record: &Record) -> Vec<Inline> {
    let kind = book.kind_title(record);
    vec![
        book.cited(record),
        Inline::plain(format!(" · {kind} · {} · page\u{a0}", long_date(record.date))),
        Inline::PageOf(record_anchor(record.id)),
    ]
}
