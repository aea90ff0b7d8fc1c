//! Part 1, the evidence by competency: a line a claim under the need that it meets. What has nothing yet shares one table.

use std::collections::HashSet;

use domain::coverage::Coverage;
use domain::gaps::CompetencyState;
use domain::needs::NeedState;
use domain::words;
use domain::{Claim, Record};
use uuid::Uuid;

use super::best::cut_to;
use super::{Book, band, cell, fields, placed, record_anchor, row, running, shares};
use crate::document::{Anchor, Block, Cell, Inline, Item, List, Marker, Part, Table, Voice};
use crate::markdown;

/// Where the table of what is not here stands.
pub(super) const OPEN: &str = "open";

/// Where a competency's own heading stands.
pub(super) fn anchor(number: &str) -> Anchor {
    Anchor(format!("competency-{number}"))
}

/// More of a reason than this stands with the exhibit alone.
const LINE: usize = 180;

pub(super) fn by_competency(book: &Book<'_>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for area in &book.source.framework.areas {
        let states = book.source.gaps.competencies.iter().filter(|state| state.area == area.number);
        let shown: Vec<&CompetencyState> = states.filter(|state| has_something(book, state)).collect();
        if shown.is_empty() {
            continue;
        }
        let mut blocks = Vec::new();
        if parts.is_empty() {
            blocks.push(placed(1, "Part 1: the evidence by competency", "evidence"));
            blocks.push(Block::plain(Voice::Note, "After each line stand the number of its exhibit and the page."));
        }
        blocks.push(placed(2, format!("{} {}", area.number, area.title), format!("area-{}", area.number)));
        blocks.extend(shown.into_iter().flat_map(|state| competency_of(book, state)));
        parts.push(Part { runs_on: !parts.is_empty(), band: Some(band(area.number)), blocks, ..Part::default() });
    }
    let blocks = not_there(book);
    if !blocks.is_empty() {
        parts.push(Part { runs_on: !parts.is_empty(), blocks, ..Part::default() });
    }
    parts
}

/// Whether anything of this competency is to be shown: something that counts or waits, a claim, a decision.
pub(super) fn has_something(book: &Book<'_>, state: &CompetencyState) -> bool {
    state.needs.is_empty()
        || state.sign_off.is_some()
        || !state.recorded.is_empty()
        || state.needs.iter().any(begun)
        || book.claimed.contains(state.competency.as_str())
}

/// Whether there is something of what a need asks for, if only on the way.
fn begun(need: &NeedState) -> bool {
    need.met || !need.records.is_empty() || !need.waiting.is_empty() || need.minutes.is_some_and(|minutes| minutes > 0)
}

fn competency_of(book: &Book<'_>, state: &CompetencyState) -> Vec<Block> {
    let title = format!("{} {}", state.competency, state.title);
    let mut blocks = vec![running(3, title, anchor(&state.competency))];
    let described = book.source.framework.competency(&state.competency);
    blocks.extend(described.map(|competency| Block::plain(Voice::Note, &competency.summary)));
    let mut items = vec![Item {
        marker: Marker::Coverage(state.coverage()),
        blocks: vec![Block::Paragraph(Voice::Body, stands(state))],
    }];
    let mut claims = claims(book, state);
    for need in state.needs.iter().filter(|need| begun(need)) {
        let mut inner = vec![Block::Paragraph(Voice::Body, need_line(book, need))];
        let (own, rest): (Vec<Shown<'_>>, Vec<Shown<'_>>) = claims.into_iter().partition(|one| meets(need, one));
        claims = rest;
        inner.extend(lines(own.iter().map(|one| one.line(book))));
        inner.extend(unclaimed(book, state, need).map(|line| Block::Paragraph(Voice::Note, line)));
        let marker = Marker::Coverage(if need.met { Coverage::Covered } else { Coverage::NotYet });
        items.push(Item { marker, blocks: inner });
    }
    blocks.push(Block::List(List { items, tight: true }));
    if !claims.is_empty() {
        blocks
            .push(Block::plain(Voice::Label, "Further evidence, put forward beside what is asked for and not counted"));
        blocks.extend(lines(claims.iter().map(|one| one.line(book))));
    }
    blocks
}

/// How far it is covered, in words, and who agreed.
fn stands(state: &CompetencyState) -> Vec<Inline> {
    let coverage = state.coverage();
    let met = state.needs.iter().filter(|need| need.met).count();
    let mut line = vec![Inline::strong(words::sentence(words::coverage(coverage)))];
    if coverage == Coverage::Partly {
        line.push(Inline::plain(format!(": {met} of the {} things that it asks for", state.needs.len())));
    }
    if state.stale {
        line.push(Inline::quiet("; everything that counts is older than the review period"));
    }
    for decision in state.sign_off.iter().chain(&state.recorded) {
        line.push(Inline::plain(format!(". {}", words::sentence(&decision.text))));
    }
    line.push(Inline::plain("."));
    line
}

/// A claim, with its record.
struct Shown<'b> {
    record: &'b Record,
    claim: &'b Claim,
}

fn claims<'b>(book: &Book<'b>, state: &CompetencyState) -> Vec<Shown<'b>> {
    let own = |record: &&'b Record| {
        let record: &'b Record = record;
        let claims = record.claims.iter().filter(|claim| claim.competency == state.competency);
        claims.map(|claim| Shown { record, claim }).collect::<Vec<_>>()
    };
    book.records.iter().flat_map(own).collect()
}

/// Whether a claim is for what this need asks for: its record counts or waits there, as what the claim says.
fn meets(need: &NeedState, one: &Shown<'_>) -> bool {
    let here = need.records.contains(&one.record.id) || need.waiting.contains(&one.record.id);
    let kinds = need.need.accepts();
    match one.claim.counts_as {
        Some(kind) => kinds.contains(&kind) && (here || need.more > 0),
        None => here,
    }
}

impl Shown<'_> {
    /// "I waited, and she said it herself. 12, page 23".
    fn line(&self, book: &Book<'_>) -> Vec<Inline> {
        let mut line = cut(fields::flat(&markdown::blocks(&self.claim.reason, 0)), LINE);
        if line.is_empty() {
            line.push(Inline::plain(format!("{}.", self.record.title.trim_end_matches('.'))));
        }
        line.push(Inline::plain(" "));
        line.extend(found(book, self.record));
        line
    }
}

/// The beginning of a line, with its breaks; what is left out is marked.
fn cut(line: Vec<Inline>, most: usize) -> Vec<Inline> {
    let (mut left, mut out) = (most, Vec::with_capacity(line.len()));
    for inline in line {
        let Inline::Text { text, style, link } = inline else {
            out.push(inline);
            continue;
        };
        let length = text.chars().count();
        if length > left {
            out.push(Inline::Text { text: cut_to(&text, left), style, link });
            break;
        }
        left -= length;
        out.push(Inline::Text { text, style, link });
    }
    out
}

/// "12, page 23", kept together.
fn found(book: &Book<'_>, record: &Record) -> Vec<Inline> {
    let Some(number) = book.exhibits.get(&record.id) else { return Vec::new() };
    let anchor = record_anchor(record.id);
    vec![Inline::to(number.to_string(), anchor.clone()), Inline::quiet(", page\u{a0}"), Inline::PageOf(anchor)]
}

/// Records that count without a claim of their own, by their numbers.
fn unclaimed(book: &Book<'_>, state: &CompetencyState, need: &NeedState) -> Option<Vec<Inline>> {
    let claimed = |id: &Uuid| {
        let record = book.by_id.get(id);
        record.is_some_and(|record| record.claims.iter().any(|claim| claim.competency == state.competency))
    };
    let mut seen = HashSet::new();
    let ids = need.records.iter().chain(&need.waiting).filter(|id| seen.insert(**id) && !claimed(id));
    let links: Vec<Inline> =
        ids.filter_map(|id| Some(Inline::to(book.exhibits.get(id)?.to_string(), record_anchor(*id)))).collect();
    if links.is_empty() {
        return None;
    }
    let mut line = vec![Inline::plain("From the log: exhibits ")];
    for (place, link) in links.into_iter().enumerate() {
        line.extend((place > 0).then(|| Inline::plain(", ")));
        line.push(link);
    }
    Some(line)
}

fn lines(lines: impl Iterator<Item = Vec<Inline>>) -> Option<Block> {
    let lines: Vec<Vec<Inline>> = lines.collect();
    (!lines.is_empty()).then(|| super::bullets(lines).fine())
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
    let mut line = vec![Inline::strong(need_words(book, state))];
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
    line.push(Inline::quiet(format!(", {words}")));
    line
}

fn need_words(book: &Book<'_>, state: &NeedState) -> String {
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

/// Competencies with nothing, and needs with nothing: one table for all of them.
fn not_there(book: &Book<'_>) -> Vec<Block> {
    let line = |state: &CompetencyState| {
        let open = state.needs.iter().filter(|need| !need.met);
        let mut asked = open.map(|need| need_words(book, need));
        if state.coverage() == Coverage::Agreed {
            return None;
        }
        let first = asked.next()?;
        let asked = asked.fold(first, |said, words| format!("{said}; {}", lower(&words)));
        let stands = Inline::quiet(format!(", {}", words::coverage(state.coverage())));
        Some(vec![
            Cell { mark: Some(state.coverage()), text: vec![book.competency(&state.competency), stands] },
            cell(vec![Inline::plain(asked)]),
        ])
    };
    let rows: Vec<Vec<Cell>> = book.source.gaps.competencies.iter().filter_map(line).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let head = row(["Competency, and where it stands", "Still asks for"].map(str::to_owned));
    vec![placed(2, "What is not here yet", OPEN), Block::Table(Table { columns: shares([0.53, 0.47]), head, rows })]
}
