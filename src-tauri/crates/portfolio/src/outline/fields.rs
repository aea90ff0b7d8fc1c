//! A record's own fields, printed by type. What is empty is left out, and so is what the kind does not know.

use std::collections::HashMap;

use domain::kind::{Field, FieldType, FrameworkList, told};
use domain::models::{self, Model};
use domain::walk::{Place, Values};
use domain::{Kind, Kinds, Record};
use serde_json::Value;
use uuid::Uuid;

use super::{Book, record_anchor};
use crate::document::{Block, Cell, Column, Inline, Table, Voice, words as words_of};
use crate::markdown;
use domain::words;

/// Whether the record is all facts, so that a line of a log says everything: no text, no claims, no files. A list of short
/// fields, such as what was agreed, has room in a line.
pub(super) fn is_brief(record: &Record, kinds: &Kinds) -> bool {
    let Some(kind) = kinds.of(record) else { return false };
    record.body.trim().is_empty()
        && record.claims.is_empty()
        && record.attachments.is_empty()
        && lengthy(kind, record).all(|(_, field, _)| is_short_list(field))
}

fn is_short_list(field: &Field) -> bool {
    matches!(&field.holds, FieldType::List { fields, .. } if fields.iter().all(|field| !field.holds.is_long()))
}

/// A column of a log.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Head<'k> {
    /// What a reader is told it is.
    pub(super) told: &'k str,
    /// What stands in it says by itself what it is.
    pub(super) speaks: bool,
}

/// What a record that is all facts says, for the columns of a log.
pub(super) fn columns<'k>(book: &Book<'k>, record: &'k Record) -> Vec<(Head<'k>, Vec<Inline>)> {
    let Some(kind) = book.kind(record) else { return Vec::new() };
    let said = |fact: Fact<'k>| match words_of(&fact.words) == fact.told {
        // The head of its column asks.
        true => (Head { told: fact.told, speaks: false }, vec![Inline::plain("Yes")]),
        false => (Head { told: fact.told, speaks: fact.label.is_none() }, fact.words),
    };
    let mut columns: Vec<(Head<'_>, Vec<Inline>)> = facts(book, record).facts.into_iter().map(said).collect();
    for (_, field, value) in lengthy(kind, record).filter(|(_, field, _)| is_short_list(field)) {
        columns.extend(
            in_a_line(book, field.holds.fields(), value).map(|line| (Head { told: field.told(), speaks: false }, line)),
        );
    }
    columns
}

/// The rows of a list of short fields, one after another: "Ring the surgery, 20 March 2026; ask Amira".
fn in_a_line(book: &Book<'_>, fields: &[Field], value: &Value) -> Option<Vec<Inline>> {
    let row = |row: &Value| {
        let values = Values::of(fields, row.as_object()?).visible().shallow();
        let words: Vec<Vec<Inline>> = values.filter_map(|(_, field, value)| in_a_cell(book, field, value)).collect();
        (!words.is_empty()).then(|| words.join(&[Inline::plain(", ")][..]))
    };
    let rows: Vec<Vec<Inline>> = value.as_array().into_iter().flatten().filter_map(row).collect();
    (!rows.is_empty()).then(|| rows.join(&[Inline::plain("; ")][..]))
}

/// The value of one choice, line or number, in words.
pub(super) fn shown(record: &Record, kinds: &Kinds, field: &str) -> Option<String> {
    let field = kinds.of(record)?.field(field)?;
    simple(&field.holds, record.fields.get(&field.id)?)
}

/// What the short fields say, in words a reader is told.
pub(super) struct Facts<'k> {
    facts: Vec<Fact<'k>>,
}

/// A short value: by itself, such as "50 minutes", or under a label, such as "Observer".
struct Fact<'k> {
    field: &'k str,
    label: Option<&'k str>,
    /// What a reader is told it is, with or without a label.
    told: &'k str,
    words: Vec<Inline>,
}

pub(super) fn facts<'k>(book: &Book<'k>, record: &'k Record) -> Facts<'k> {
    let mut facts = Vec::new();
    for (place, field, value) in book.kind(record).into_iter().flat_map(|kind| kind.values(&record.fields).shown()) {
        // The rows of a list are a table, a file is shown, and what goes without saying is not worth a line.
        let plain = place.is_in_row() || field.holds == FieldType::Attachment || field.default.as_ref() == Some(value);
        if !plain {
            facts.extend(fact(book, field, value));
        }
    }
    Facts { facts }
}

impl Facts<'_> {
    /// Leaves the fields that are wanted.
    pub(super) fn retain(&mut self, wanted: impl Fn(&str) -> bool) {
        self.facts.retain(|fact| wanted(fact.field));
    }

    /// Takes out what says by itself what it is, and a single fact, which makes no table: "50 minutes", "Observer: Tomasz".
    pub(super) fn said_in_passing(&mut self) -> Vec<Vec<Inline>> {
        let (mut said, named): (Vec<Fact<'_>>, Vec<Fact<'_>>) =
            std::mem::take(&mut self.facts).into_iter().partition(|fact| fact.label.is_none());
        match named.len() {
            1 => said.extend(named),
            _ => self.facts = named,
        }
        let phrase = |fact: Fact<'_>| {
            let label = fact.label.map(|label| Inline::plain(format!("{label}: ")));
            label.into_iter().chain(fact.words).collect()
        };
        said.into_iter().map(phrase).collect()
    }

    /// A small table with a row for each label.
    pub(super) fn table(self) -> Option<Block> {
        let row = |fact: Fact<'_>| Some((fact.label?.to_owned(), fact.words));
        let rows: Vec<(String, Vec<Inline>)> = self.facts.into_iter().filter_map(row).collect();
        (!rows.is_empty()).then_some(Block::Facts(rows))
    }
}

/// A short value with its label, where it needs one.
fn fact<'k>(book: &Book<'_>, field: &'k Field, value: &Value) -> Option<Fact<'k>> {
    let mut words = value_words(book, field, value)?;
    let mut label = None;
    match &field.holds {
        // A choice and a time say by themselves what they are; "yes" says nothing without its question.
        FieldType::Choice { many: false, .. } | FieldType::Minutes { .. } if field.told.is_none() => {}
        FieldType::YesNo if *value == Value::Bool(true) => words = vec![Inline::plain(field.told())],
        FieldType::Text
        | FieldType::Markdown
        | FieldType::Whole { .. }
        | FieldType::Number { .. }
        | FieldType::YesNo
        | FieldType::Date { .. }
        | FieldType::Choice { .. }
        | FieldType::Minutes { .. }
        | FieldType::Framework { .. }
        | FieldType::Record { .. }
        | FieldType::Attachment
        | FieldType::Answers { .. }
        | FieldType::Group { .. }
        | FieldType::List { .. } => label = Some(field.told()),
    }
    Some(Fact { field: &field.id, label, told: field.told(), words })
}

/// The long fields: texts and answers, each after its label or prompt, and lists under theirs as a heading of this level.
pub(super) fn long(book: &Book<'_>, record: &Record, level: u8) -> Vec<Block> {
    let mut blocks = Vec::new();
    let Some(kind) = book.kind(record) else { return blocks };
    for (place, field, value) in lengthy(kind, record) {
        let rows = value.as_array().map_or(&[][..], Vec::as_slice);
        let inner: Vec<Block> = match &field.holds {
            FieldType::Markdown => markdown::blocks(value.as_str().unwrap_or_default(), level),
            FieldType::Answers { model } => {
                let model = record.text(model).and_then(|id| models::of(&record.kind, id));
                rows.iter().flat_map(|one| answer(one, model, level)).collect()
            }
            // One row is a line.
            FieldType::List { fields, .. } if rows.len() == 1 => {
                in_a_line(book, fields, value).map(|line| Block::Paragraph(Voice::Body, line)).into_iter().collect()
            }
            FieldType::List { fields, .. } => list(book, fields, rows),
            FieldType::Text
            | FieldType::Whole { .. }
            | FieldType::Minutes { .. }
            | FieldType::Number { .. }
            | FieldType::YesNo
            | FieldType::Date { .. }
            | FieldType::Choice { .. }
            | FieldType::Framework { .. }
            | FieldType::Record { .. }
            | FieldType::Attachment
            | FieldType::Group { .. } => Vec::new(),
        };
        if inner.is_empty() {
            continue;
        }
        match field.holds {
            // Prompts are headings enough for answers.
            FieldType::Answers { .. } => blocks.extend(inner),
            _ if matches!(inner[..], [Block::Paragraph(..)]) || field.holds == FieldType::Markdown => {
                blocks.extend(headed_by(&headed(&place), inner));
            }
            _ => {
                blocks.push(Block::heading(level, headed(&place)));
                blocks.extend(inner);
            }
        }
    }
    blocks
}

/// The long fields that say something; what is long in a row of a list stands in its table.
fn lengthy<'v>(kind: &'v Kind, record: &'v Record) -> impl Iterator<Item = (Place<'v>, &'v Field, &'v Value)> {
    let values = kind.values(&record.fields).visible();
    values.filter(|(place, field, _)| field.holds.is_long() && !place.is_in_row())
}

/// A field's label; within a group that of the group stands before it.
fn headed(place: &Place<'_>) -> String {
    let label = place.field.told();
    place.within.as_ref().map_or_else(|| label.to_owned(), |within| format!("{}: {label}", headed(within)))
}

/// An answer under its prompt; a prompt that speaks to the coach as a reader is told it.
fn answer(answer: &Value, model: Option<&Model>, level: u8) -> Vec<Block> {
    let text = |key: &str| answer.get(key).and_then(Value::as_str).unwrap_or_default().trim();
    if text("text").is_empty() {
        return Vec::new();
    }
    let asked = text("prompt");
    let asked = model.map_or(asked, |model| model.told(asked));
    headed_by(asked, markdown::blocks(text("text"), level))
}

/// A text with what it answers in front of its first words, so that a page of short answers is no page of headings.
fn headed_by(asked: &str, mut blocks: Vec<Block>) -> Vec<Block> {
    match blocks.first_mut() {
        Some(Block::Paragraph(_, line)) => {
            let stop = if asked.ends_with(['.', '?', '!', ':']) { " " } else { ". " };
            line.splice(0..0, [Inline::strong(asked), Inline::plain(stop)]);
        }
        _ => blocks.insert(0, Block::Paragraph(Voice::Body, vec![Inline::strong(asked)])),
    }
    blocks
}

/// Rows of short fields as a table. Markdown in a cell keeps its words and its emphasis.
fn list(book: &Book<'_>, fields: &[Field], rows: &[Value]) -> Vec<Block> {
    let said = |row| Values::of(fields, row).visible().shallow().map(|(_, field, value)| (&field.id, value)).collect();
    let rows: Vec<HashMap<&String, &Value>> = rows.iter().filter_map(Value::as_object).map(said).collect();
    let has = |field: &&Field| rows.iter().any(|row| row.contains_key(&field.id));
    let fields: Vec<&Field> = fields.iter().filter(has).collect();
    if fields.is_empty() {
        return Vec::new();
    }
    let cell = |field: &&Field, row: &HashMap<&String, &Value>| {
        let words = row.get(&field.id).and_then(|value| in_a_cell(book, field, value));
        Cell { mark: None, text: words.unwrap_or_default() }
    };
    let head = fields.iter().map(|field| Cell { mark: None, text: vec![Inline::plain(field.told())] });
    vec![Block::Table(Table {
        columns: vec![Column::default(); fields.len()],
        head: head.collect(),
        rows: rows.iter().map(|row| fields.iter().map(|field| cell(field, row)).collect()).collect(),
    })]
}

/// A value where there is no room for blocks.
fn in_a_cell(book: &Book<'_>, field: &Field, value: &Value) -> Option<Vec<Inline>> {
    match value {
        Value::String(text) if field.holds == FieldType::Markdown => Some(flat(&markdown::blocks(text, 0))),
        _ => value_words(book, field, value),
    }
}

/// Blocks on one line after another, for a cell.
pub(super) fn flat(blocks: &[Block]) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for block in blocks {
        if !out.is_empty() {
            out.push(Inline::Break);
        }
        match block {
            Block::Paragraph(_, inlines) => out.extend(inlines.iter().cloned()),
            Block::Heading(heading) => out.extend(heading.text.iter().cloned()),
            Block::Quote(inner) => out.extend(flat(inner)),
            Block::Code(code) => out.push(Inline::plain(code.clone())),
            Block::List(list) => {
                for (index, item) in list.items.iter().enumerate() {
                    if index > 0 {
                        out.push(Inline::Break);
                    }
                    out.push(Inline::plain("• "));
                    out.extend(flat(&item.blocks));
                }
            }
            Block::Table(table) => {
                for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                    out.extend(cell.text.iter().cloned());
                    out.push(Inline::plain(" "));
                }
            }
            Block::Note(note) => out.extend(flat(&note.in_small_print())),
            Block::Rule | Block::Facts(_) | Block::Chart(_) | Block::Contents | Block::Figure(_) | Block::Blanks(_) => {
            }
        }
    }
    out
}

/// A short value in words, with links where it refers to something.
fn value_words(book: &Book<'_>, field: &Field, value: &Value) -> Option<Vec<Inline>> {
    match &field.holds {
        FieldType::Framework { list: FrameworkList::Competencies, .. }
            if value.as_array().is_some_and(|many| many.len() > 1) =>
        {
            Some(book.numbers(value.as_array()?.iter().filter_map(Value::as_str)))
        }
        FieldType::Framework { list, .. } => {
            let ids: Vec<&Value> = value.as_array().map_or_else(|| vec![value], |many| many.iter().collect());
            Some(vec![Inline::plain(ids.into_iter().map(|id| entry(book, *list, id)).collect::<Vec<_>>().join("; "))])
        }
        FieldType::Record { many: true, .. } => {
            let words: Vec<Vec<Inline>> = value.as_array()?.iter().filter_map(|id| referred(book, id)).collect();
            let joined = words.join(&Inline::plain("; "));
            (!joined.is_empty()).then_some(joined)
        }
        // Everyone who is named goes along, so that who is not here is nowhere.
        FieldType::Record { of: Some(of), .. } if of == "person" => {
            referred(book, value).or_else(|| Some(vec![Inline::plain("somebody whose entry is not here any more")]))
        }
        FieldType::Record { .. } => referred(book, value),
        holds => simple(holds, value).map(|text| vec![Inline::plain(text)]),
    }
}

/// An entry of one of the framework's lists: a competency with its number, others by title.
fn entry(book: &Book<'_>, list: FrameworkList, id: &Value) -> String {
    let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
    let entries = book.source.framework.list(list);
    match entries.iter().find(|(own, _)| *own == id) {
        Some((_, title)) if list == FrameworkList::Competencies => format!("{id} {title}"),
        Some((_, title)) => (*title).to_owned(),
        None => id,
    }
}

/// Another record: a person by name, anything else by title, date and a link. What is not in the portfolio is passed over.
fn referred(book: &Book<'_>, value: &Value) -> Option<Vec<Inline>> {
    let id = Uuid::parse_str(value.as_str()?).ok()?;
    let record = book.by_id.get(&id)?;
    if record.kind == "person" {
        return Some(vec![Inline::plain(record.text("name").unwrap_or(&record.title))]);
    }
    // A line of a log whose name stays with the coach says nothing but its kind.
    if book.kind(record).is_some_and(|kind| kind.title == record.title) && !book.exhibits.contains_key(&id) {
        return None;
    }
    let day = Inline::plain(format!(", {}", words::long_date(record.date)));
    if !book.exhibits.contains_key(&id) {
        return Some(vec![book.cited(record), day]);
    }
    Some(vec![book.cited(record), day, Inline::plain(", page\u{a0}"), Inline::PageOf(record_anchor(id))])
}

fn simple(holds: &FieldType, value: &Value) -> Option<String> {
    match holds {
        FieldType::Minutes { .. } => {
            value.as_u64().map(|minutes| words::length(u32::try_from(minutes).unwrap_or(u32::MAX)))
        }
        FieldType::YesNo => value.as_bool().map(|yes| if yes { "Yes" } else { "No" }.to_owned()),
        FieldType::Date { .. } => {
            let text = value.as_str()?;
            Some(text.parse().map_or_else(|_| text.to_owned(), words::long_date))
        }
        FieldType::Choice { options, many: true, .. } => {
            let chosen = value.as_array()?.iter().filter_map(Value::as_str);
            Some(chosen.map(|id| told(options, id)).collect::<Vec<_>>().join("; "))
        }
        FieldType::Choice { options, .. } => Some(told(options, value.as_str()?).to_owned()),
        FieldType::Text | FieldType::Attachment => value.as_str().map(str::to_owned),
        FieldType::Whole { .. } | FieldType::Number { .. } => value.is_number().then(|| value.to_string()),
        FieldType::Markdown
        | FieldType::Framework { .. }
        | FieldType::Record { .. }
        | FieldType::Answers { .. }
        | FieldType::Group { .. }
        | FieldType::List { .. } => None,
    }
}
