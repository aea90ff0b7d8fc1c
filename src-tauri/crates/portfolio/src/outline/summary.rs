//! In short: one page in plain words for a reader with five minutes. Everything on it is counted, nothing is judged.

use std::collections::BTreeMap;

use domain::Record;
use domain::appraisal::Goal;
use domain::coverage::{Coverage, Status};

use super::{Book, competency, placed};
use crate::document::{Block, Inline, Item, List, Marker, Part, Voice};
use domain::words::{self, duration, long_date};

/// More than this many steps, areas or lines would run over the page.
const FEW: usize = 3;

pub(super) fn summary(book: &Book<'_>) -> Part {
    let mut blocks = vec![placed(1, "In short", "summary", true)];
    blocks.push(Block::plain(Voice::Body, practice(book)));
    blocks.push(Block::plain(Voice::Body, competencies(book)));
    blocks.extend(areas(book));
    blocks.push(Block::plain(Voice::Label, "Supervision"));
    blocks.push(bullets(supervision(book)));
    let rests = rests_on(book);
    if !rests.is_empty() {
        blocks.push(Block::plain(Voice::Label, "What this copy holds"));
        blocks.push(Block::plain(Voice::Body, format!("{}.", words::sentence(&words::listed(&rests)))));
    }
    blocks.extend(signed(book));
    blocks.extend(goals(book));
    blocks.extend(next(book));
    Part { blocks, ..Part::default() }
}

fn bullets(lines: Vec<Vec<Inline>>) -> Block {
    let item = |line| Item { marker: Marker::Bullet, blocks: vec![Block::Paragraph(Voice::Body, line)] };
    Block::List(List { items: lines.into_iter().map(item).collect(), tight: true })
}

/// Hours and tier.
fn practice(book: &Book<'_>) -> String {
    let sums = &book.source.hours;
    let since = book.profile("started").and_then(|day| day.parse().ok());
    let since = since.map(|day| format!(" in this role since {}", long_date(day))).unwrap_or_default();
    let sessions = words::count(sums.sessions, "session");
    let mut text = if sums.nhs_minutes == 0 {
        format!("{} has logged no NHS coaching yet.", book.name())
    } else {
        format!(
            "{} has logged {} of NHS coaching{since}, in {sessions} that took place",
            book.name(),
            duration(sums.nhs_minutes)
        )
    };
    if sums.nhs_minutes > 0 {
        match sums.supervised_minutes {
            0 => text.push('.'),
            minutes => text.push_str(&format!(", {} of it under supervision.", duration(minutes))),
        }
    }
    text.push_str(&match sums.tier {
        0 => " The hours of tier 1 are still to come".to_owned(),
        tier => format!(" The hours of tier {tier} are reached"),
    });
    match &sums.next {
        Some(next) => text.push_str(&format!("; {} to go to tier {}.", duration(next.minutes_left), next.tier)),
        None => text.push('.'),
    }
    match sums.agreed_tier {
        0 => {}
        tier => text.push_str(&format!(" Tier {tier} is agreed.")),
    }
    if !sums.outstanding.is_empty() {
        let open = words::counted(sums.outstanding.len(), "condition is", "conditions are");
        text.push_str(&format!(" Hours alone do not make a tier: {open} still open."));
    }
    text
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
        _ => format!("Of the {of} expected at this point: {}.", words::listed(&counts)),
    }
}

/// Each area in a line.
fn areas(book: &Book<'_>) -> Option<Block> {
    let mut lines = Vec::new();
    for area in &book.source.framework.areas {
        let states = || book.source.gaps.competencies.iter().filter(|state| state.area == area.number);
        let expected = states().filter(|state| state.expected).count();
        let covered = states().filter(|state| matches!(state.status, Status::Evidenced | Status::SignedOff)).count();
        let name = Inline::strong(format!("{} {}: ", area.number, area.title));
        let said = match (expected, states().count()) {
            (_, 0) => continue,
            (0, _) if covered == 0 => "not expected yet at this tier".to_owned(),
            (0, all) => format!("not expected yet at this tier; {covered} of {all} covered all the same"),
            (_, all) => format!("{covered} of {all} covered"),
        };
        lines.push(vec![name, Inline::plain(said)]);
    }
    (!lines.is_empty()).then(|| bullets(lines))
}

/// Each kind of supervision in a line.
fn supervision(book: &Book<'_>) -> Vec<Vec<Inline>> {
    let line = |rhythm: &domain::rhythm::Rhythm| {
        let name = Inline::strong(format!("{}: ", super::practice::title(book, rhythm.supervision)));
        let last = rhythm.last.map_or_else(|| "none yet".to_owned(), |day| format!("last on {}", long_date(day)));
        let due = match rhythm.overdue_days {
            0 => format!("the next by {}", long_date(rhythm.due)),
            _ => format!("the next was expected by {}", long_date(rhythm.due)),
        };
        let missed = match rhythm.missed {
            0 => String::new(),
            missed => format!("; {} missed", words::count(missed, "session")),
        };
        vec![name, Inline::plain(format!("{last}, {due}{missed}"))]
    };
    book.source.rhythms.iter().map(line).collect()
}

/// "4 observations by 2 people", "9 reflections", …
fn rests_on(book: &Book<'_>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for record in &book.records {
        *counts.entry(record.kind.as_str()).or_default() += 1;
    }
    let mut out = Vec::new();
    for kind in book.source.kinds.newest() {
        let Some(count) = counts.get(kind.id.as_str()).filter(|_| kind.id != "goal" && kind.id != "sign-off") else {
            continue;
        };
        // "2 reflections", but "2 records of feedback": not every kind can be counted by its name.
        let mut text = match (*count, kind.plural.ends_with('s')) {
            (1, true) => format!("1 {}", kind.title),
            (_, true) => format!("{count} {}", kind.plural),
            _ => format!("{} of {}", words::count(*count, "record"), kind.plural),
        }
        .to_lowercase();
        if kind.id == "observation" {
            let seen = book.records.iter().filter(|record| record.kind == kind.id);
            let mut observers: Vec<_> = seen.filter_map(|record| record.reference("observer")).collect();
            observers.sort_unstable();
            observers.dedup();
            if !observers.is_empty() {
                text.push_str(&format!(" by {}", words::counted(observers.len(), "person", "people")));
            }
        }
        out.push(text);
    }
    out
}

/// Who agreed to what, in numbers.
fn signed(book: &Book<'_>) -> Option<Block> {
    let agreed =
        |record: &&&Record| record.kind == "sign-off" && record.text("decision").is_some_and(|said| said == "agreed");
    let count = book.records.iter().filter(agreed).count();
    (count > 0).then(|| {
        let text =
            format!("{} in it, listed under Sign-offs.", words::counted(count, "agreement is", "agreements are"));
        Block::plain(Voice::Body, text)
    })
}

fn goals(book: &Book<'_>) -> Option<Block> {
    let goals: Vec<Goal> = book.records.iter().filter_map(|record| Goal::of(record, book.source.today)).collect();
    let count = |status: &str| goals.iter().filter(|goal| goal.status == status).count();
    let counts = [(count("open"), "open"), (count("done"), "reached"), (count("dropped"), "set aside")];
    let counts = counts.into_iter().filter(|(number, _)| *number > 0);
    let counts: Vec<String> = counts.map(|(number, words)| format!("{number} {words}")).collect();
    (!counts.is_empty()).then(|| Block::plain(Voice::Body, format!("Goals: {}.", words::listed(&counts))))
}

/// The first steps of the plan.
fn next(book: &Book<'_>) -> Vec<Block> {
    let steps = book.source.plan.steps.iter().take(FEW);
    let line = |step: &domain::plan::Step| {
        let mut line = vec![Inline::plain(super::missing::title(step))];
        if let Some(first) = step.completes.first() {
            line.push(Inline::plain("; first "));
            line.push(competency(&book.source.framework, first));
        }
        line
    };
    let lines: Vec<_> = steps.map(line).collect();
    if lines.is_empty() { Vec::new() } else { vec![Block::plain(Voice::Label, "What comes next"), bullets(lines)] }
}
