//! What is missing, and the plan: what each open competency still asks for, and the few things that would close the most.

use domain::coverage::Status;
use domain::gaps::CompetencyState;
use domain::plan::Step;

use super::{Book, cell, competencies, competency, placed, row};
use crate::document::{Block, Cell, Column, Inline, Item, List, Marker, Part, Table, Voice};
use domain::words;

fn open<'b>(book: &Book<'b>) -> impl Iterator<Item = &'b CompetencyState> {
    let states = book.source.gaps.competencies.iter();
    states.filter(|state| state.expected && matches!(state.status, Status::None | Status::Partial))
}

pub(super) fn missing(book: &Book<'_>) -> Option<Part> {
    let count = open(book).count();
    if count == 0 {
        return None;
    }
    let mut blocks = vec![
        placed(1, "What is missing, and the plan", "missing", true),
        Block::plain(
            Voice::Body,
            format!(
                "{} expected at this point and not covered yet.",
                words::counted(count, "competency is", "competencies are")
            ),
        ),
    ];
    blocks.extend(plan(book));
    blocks.push(placed(2, "Every open competency", "open", true));
    blocks.push(table(book));
    Some(Part { blocks, ..Part::default() })
}

/// "One observed session would close 6 gaps".
pub(super) fn title(step: &Step) -> String {
    format!("{} would close {}", step.what, words::count(step.closes.len(), "gap"))
}

fn plan(book: &Book<'_>) -> Vec<Block> {
    let plan = &book.source.plan;
    if plan.steps.is_empty() && plan.ongoing.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![placed(2, "The plan", "plan", true)];
    if !plan.steps.is_empty() {
        blocks.push(Block::plain(Voice::Body, "Each step closes as much as one thing can."));
    }
    let step = |(number, step): (u64, &Step)| {
        let mut inner = vec![Block::Paragraph(Voice::Body, vec![Inline::strong(title(step))])];
        let mut line = Vec::new();
        for (place, counts) in step.counts_as.iter().enumerate() {
            line.push(Inline::plain(format!("{}{} for ", if place > 0 { "; " } else { "" }, counts.title)));
            for (place, number) in counts.competencies.iter().enumerate() {
                if place > 0 {
                    line.push(Inline::plain(if place + 1 == counts.competencies.len() { " and " } else { ", " }));
                }
                line.push(Inline::to(number.as_str(), super::competency_anchor(number)));
            }
        }
        if !step.after.is_empty() {
            let before: Vec<String> = step.after.iter().map(|place| (place + 1).to_string()).collect();
            let steps = if before.len() == 1 { "step" } else { "steps" };
            line.push(Inline::plain(format!("; after {steps} {}", words::listed(&before))));
        }
        inner.push(Block::Paragraph(Voice::Note, line));
        Item { marker: Marker::Number(number), blocks: inner }
    };
    let items: Vec<Item> = (1..).zip(&plan.steps).map(step).collect();
    if !items.is_empty() {
        blocks.push(Block::List(List { items, tight: false }));
    }
    if !plan.ongoing.is_empty() {
        blocks.push(Block::plain(Voice::Label, "What no single thing settles"));
        let item = |ongoing: &domain::plan::Ongoing| {
            let link = competency(&book.source.framework, &ongoing.competency);
            let line = vec![link, Inline::plain(format!(": {}", ongoing.text))];
            Item { marker: Marker::Bullet, blocks: vec![Block::Paragraph(Voice::Body, line)] }
        };
        blocks.push(Block::List(List { items: plan.ongoing.iter().map(item).collect(), tight: true }));
    }
    blocks
}

fn table(book: &Book<'_>) -> Block {
    let line = |state: &CompetencyState| {
        let said = words::coverage(state.coverage());
        let open = state.needs.iter().filter(|need| !need.met);
        let asked: Vec<String> = open.map(|need| competencies::need_words(book, need)).collect();
        vec![
            cell(vec![competency(&book.source.framework, &state.competency)]),
            Cell { mark: Some(state.coverage()), text: vec![Inline::plain(said)] },
            cell(asked.into_iter().flat_map(|words| [Inline::Break, Inline::plain(words)]).skip(1).collect()),
        ]
    };
    let share = |share| Column { share: Some(share), ..Column::default() };
    Block::Table(Table {
        columns: vec![share(0.44), share(0.16), share(0.40)],
        head: row(["Competency", "Where it stands", "Still asks for"].map(str::to_owned)),
        rows: open(book).map(line).collect(),
    })
}
