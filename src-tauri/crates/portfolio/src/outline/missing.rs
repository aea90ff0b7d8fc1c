//! What is missing, what was agreed and is not done, and the plan: one page, in the reader's words.

use chrono::NaiveDate;
use domain::appraisal::Goal;
use domain::coverage::Status;
use domain::plan::Step;
use domain::views::Meeting;
use domain::words::{self, short_date};

use super::competencies::OPEN;
use super::{Book, cell, placed, row, shares};
use crate::document::{Anchor, Block, Cell, Inline, Part, Table, Voice};

/// More actions and goals than this, and more steps, would run over the page; the rest stands after Part 1.
const ACTIONS: usize = 4;
const STEPS: usize = 5;

/// Where the rest stands.
const MORE_ACTIONS: &str = "more-actions";
const MORE_STEPS: &str = "more-steps";

pub(super) fn missing(book: &Book<'_>) -> Part {
    let mut blocks = vec![placed(1, "What is missing, and the plan", "missing"), said(book)];
    blocks.extend(not_done(book));
    blocks.extend(plan(book));
    Part { blocks, ..Part::default() }
}

/// How much is missing, and where it stands in full.
fn said(book: &Book<'_>) -> Block {
    let states = book.source.gaps.competencies.iter().filter(|state| state.expected);
    let of =
        |status: Status| states.clone().filter(move |state| state.status == status).map(|state| &*state.competency);
    let (none, partly): (Vec<&str>, Vec<&str>) = (of(Status::None).collect(), of(Status::Partial).collect());
    let mut line = Vec::new();
    if !none.is_empty() {
        line.push(Inline::plain(format!(
            "Nothing is here yet for {}: ",
            words::counted(none.len(), "competency that is expected", "competencies that are expected")
        )));
        line.extend(book.numbers(none.iter().copied()));
        line.push(Inline::plain(". "));
    }
    if !partly.is_empty() {
        let words = words::counted(partly.len(), "competency is", "competencies are");
        line.push(Inline::plain(format!("{words} partly covered: ")));
        line.extend(book.numbers(partly.iter().copied()));
        line.push(Inline::plain(". "));
    }
    if line.is_empty() {
        return Block::plain(Voice::Body, "Nothing that is expected at this point is missing.");
    }
    line.push(Inline::plain("What each still asks for stands on page\u{a0}"));
    line.push(Inline::PageOf(Anchor(OPEN.to_owned())));
    Block::Paragraph(Voice::Body, line)
}

/// Something that was agreed and is not done.
struct Open<'b> {
    what: Inline,
    agreed: NaiveDate,
    due: Option<NaiveDate>,
    with: &'b str,
}

/// Actions of the supervisions in this copy, and goals, that are open: what is late first, then what is due next, and at last
/// what has no day.
fn open<'b>(book: &'b Book<'_>) -> Vec<Open<'b>> {
    let mut open: Vec<Open<'_>> = Vec::new();
    for record in &book.records {
        if let Some(meeting) = Meeting::of(record) {
            let with = super::practice::title(book, meeting.supervision);
            let actions = meeting.actions.into_iter().filter(|action| action.done.is_none());
            open.extend(actions.map(|action| Open {
                what: Inline::plain(action.text),
                agreed: meeting.date,
                due: action.due,
                with,
            }));
        }
        if let Some(goal) = Goal::of(record, book.source.today).filter(|goal| goal.status == "open") {
            let what = book.exhibits.get(&record.id).map_or_else(
                || Inline::plain(&goal.title),
                |_| Inline::to(goal.title.clone(), super::record_anchor(record.id)),
            );
            open.push(Open { what, agreed: record.date, due: goal.due, with: "Goal" });
        }
    }
    open.sort_by_key(|one| (one.due.is_none(), one.due, one.agreed));
    open
}

fn actions(book: &Book<'_>, open: &[Open<'_>]) -> Block {
    let line = |one: &Open<'_>| {
        let by = match one.due {
            Some(due) if due < book.source.today => format!("{}, past", short_date(due)),
            Some(due) => short_date(due),
            None => "no day".to_owned(),
        };
        vec![
            cell(vec![one.what.clone()]),
            cell(vec![Inline::plain(format!("{}, {}", one.with, short_date(one.agreed)))]),
            cell(vec![Inline::plain(by)]),
        ]
    };
    Block::Table(Table {
        columns: shares([0.44, 0.34, 0.22]),
        head: row(["What", "Where and when", "By"].map(str::to_owned)),
        rows: open.iter().map(line).collect(),
    })
}

fn not_done(book: &Book<'_>) -> Vec<Block> {
    let open = open(book);
    if open.is_empty() {
        return Vec::new();
    }
    let (first, more) = open.split_at(open.len().min(ACTIONS));
    let mut blocks = vec![Block::heading(3, "Agreed, and not done"), actions(book, first)];
    blocks.extend(rest(more.len(), "stands", "stand", MORE_ACTIONS));
    blocks
}

/// How much there was no room for, and where it stands.
fn rest(more: usize, one: &str, many: &str, place: &str) -> Option<Block> {
    (more > 0).then(|| {
        let verb = if more == 1 { one } else { many };
        let said = format!("{} more {verb} on page\u{a0}", words::sentence(&words::number(more)));
        let place = Inline::PageOf(Anchor(place.to_owned()));
        Block::Paragraph(Voice::Note, vec![Inline::plain(said), place])
    })
}

/// Steps in rows, and what goes on over time, which is no step.
fn steps(rows: Vec<Vec<Cell>>) -> Block {
    let head = row(["Step", "What it would close"].map(str::to_owned));
    Block::Table(Table { columns: shares([0.4, 0.6]), head, rows })
}

/// The steps of the plan, each as a row.
fn numbered(book: &Book<'_>) -> impl Iterator<Item = Vec<Cell>> {
    (1..).zip(&book.source.plan.steps).map(|(place, one)| step(book, place, one))
}

fn plan(book: &Book<'_>) -> Vec<Block> {
    let plan = &book.source.plan;
    if plan.steps.is_empty() && plan.ongoing.is_empty() {
        return Vec::new();
    }
    let mut rows: Vec<Vec<Cell>> = numbered(book).take(STEPS).collect();
    rows.extend(plan.ongoing.iter().map(|ongoing| {
        let number = Inline::to(ongoing.competency.as_str(), book.place(&ongoing.competency));
        vec![cell(vec![Inline::plain("Over time")]), cell(vec![number, Inline::plain(format!(": {}", ongoing.text))])]
    }));
    let mut blocks = vec![Block::heading(3, "The plan"), steps(rows)];
    let more = plan.steps.len().saturating_sub(STEPS);
    blocks.extend(rest(more, "step would close less and stands", "steps would close less and stand", MORE_STEPS));
    blocks
}

/// What the page has no room for.
pub(super) fn in_full(book: &Book<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let open = open(book);
    if let Some(more) = open.get(ACTIONS..).filter(|more| !more.is_empty()) {
        blocks.push(placed(2, "More that was agreed and is not done", MORE_ACTIONS));
        blocks.push(actions(book, more));
    }
    let more: Vec<Vec<Cell>> = numbered(book).skip(STEPS).collect();
    if !more.is_empty() {
        blocks.push(placed(2, "More steps of the plan", MORE_STEPS));
        blocks.push(steps(more));
    }
    blocks
}

fn step(book: &Book<'_>, place: usize, step: &Step) -> Vec<Cell> {
    let mut line = Vec::new();
    for (place, counts) in step.counts_as.iter().enumerate() {
        line.push(Inline::plain(format!("{}{} for ", if place > 0 { "; " } else { "" }, counts.title)));
        line.extend(book.numbers(counts.competencies.iter().map(String::as_str)));
    }
    if !step.after.is_empty() {
        let before: Vec<String> = step.after.iter().map(|place| (place + 1).to_string()).collect();
        let steps = if before.len() == 1 { "step" } else { "steps" };
        line.push(Inline::plain(format!("; after {steps} {}", words::listed(&before))));
    }
    vec![cell(vec![Inline::plain(format!("{place}. {}", step.what))]), cell(line)]
}
