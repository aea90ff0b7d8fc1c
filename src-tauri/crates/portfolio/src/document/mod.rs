//! What is to be printed, before anyone has thought about pages: parts, blocks and inlines.
//!
//! Both Markdown and records become this; the PDF writer knows nothing else. A block keeps what it *is* (a heading, a
//! list, a table), never how it looks, so that a tagged PDF and an HTML page can be made from the same value.

mod chart;
mod inline;
mod levels;

use std::sync::Arc;

use chrono::NaiveDate;
use domain::coverage::Coverage;

pub use chart::{Chart, DayRow, Drawing};
pub use inline::{Inline, Link, Style, words};
pub(crate) use levels::Levels;

use crate::foreign::{Flaw, ForeignPdf, Unseen};
use crate::pictures::Picture;

/// A whole document.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The title in the file's properties and in the window of a reader.
    pub title: String,
    /// Who wrote it, for the file's properties; may be empty.
    pub author: String,
    /// BCP 47, such as `en-GB`.
    pub language: String,
    /// The day it was made; the only time stamp that gets into the file.
    pub made: NaiveDate,
    /// The line at the head of every page but the cover.
    pub running_head: String,
    /// The parts in order.
    pub parts: Vec<Part>,
    /// What it was made from and goes with it, inside the PDF, byte for byte.
    pub files: Vec<Attachment>,
}

/// A file inside the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Attachment {
    /// The name it is saved under.
    pub name: String,
    /// Such as `application/pdf`.
    pub media_type: String,
    /// What it is, in a few words.
    pub description: String,
    /// What is in it.
    pub bytes: Arc<[u8]>,
}

/// A stretch of the document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Part {
    /// A cover has no running head and no page number.
    pub cover: bool,
    /// It begins where the part before it ends; otherwise on a page of its own.
    pub runs_on: bool,
    /// The thin band at the outer edge of the pages, beside what is in it.
    pub band: Option<Colour>,
    /// What is in it.
    pub blocks: Vec<Block>,
}

/// An sRGB colour, 0 to 255 a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

/// A place that can be linked to: unique in the document, such as `competency-1.3`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Anchor(pub String);

/// One block of text.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// A paragraph in one of a few voices.
    Paragraph(Voice, Vec<Inline>),
    /// A list; items may hold any blocks.
    List(List),
    /// Somebody else's words.
    Quote(Vec<Block>),
    /// Code, kept line by line.
    Code(String),
    /// A thematic break.
    Rule,
    /// A table with a head that is repeated on every page it reaches.
    Table(Table),
    /// Label and value, side by side: a record's facts.
    Facts(Vec<(String, Vec<Inline>)>),
    /// A drawing of figures that also stand nearby in words or in a table.
    Chart(Chart),
    /// The table of contents of the whole document.
    Contents,
    /// A picture or a page of somebody else's document.
    Figure(Figure),
    /// Lines to write on by hand, side by side, each over what belongs there.
    Blanks(Vec<String>),
    /// A footnote, below the text that it belongs to.
    Note(Note),
}

/// A footnote.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// Where its numbers in the text lead.
    pub anchor: Anchor,
    /// Counted from 1 within the text.
    pub number: usize,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// Something to be looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// What comes below it; may be empty.
    pub caption: Vec<Inline>,
    /// What is to be seen.
    pub shows: Shows,
}

/// What is to be seen in a figure. Many figures may share one.
#[derive(Debug, Clone, PartialEq)]
pub enum Shows {
    /// A picture.
    Picture(Arc<Picture>),
    /// A page of somebody else's document, counted from 0.
    Page(Arc<ForeignPdf>, usize),
}

/// A heading and its places in contents and bookmarks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Heading {
    /// 1 (a part) to 6.
    pub level: u8,
    /// The words.
    pub text: Vec<Inline>,
    /// Where links to it lead.
    pub anchor: Option<Anchor>,
    /// Whether the contents pages list it.
    pub in_contents: bool,
    /// Whether it has a bookmark, nested by level.
    pub bookmark: bool,
    /// Whether every page that it reaches names it at its head; it has a bookmark then.
    pub running: bool,
}

/// How a paragraph speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Voice {
    /// Running text.
    #[default]
    Body,
    /// The document's name on the cover.
    Title,
    /// One size up: who the cover is about.
    Lead,
    /// Running text for looking up: smaller.
    Fine,
    /// Smaller and greyer: dates, sources, notes.
    Note,
    /// A small label that belongs to what follows it.
    Label,
    /// Where the words above it come from; looks like a note and never leaves them.
    Source,
}

/// A list.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// The items.
    pub items: Vec<Item>,
    /// Items stand close together.
    pub tight: bool,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What comes in front.
    pub marker: Marker,
    /// What is in it.
    pub blocks: Vec<Block>,
}

/// What comes in front of an item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// A bullet.
    Bullet,
    /// A number.
    Number(u64),
    /// A box, ticked or not.
    Task(bool),
    /// A shape that says how far something is covered, with its colour second; words are always beside it.
    Coverage(Coverage),
}

/// A table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// One for each column.
    pub columns: Vec<Column>,
    /// The head; empty for a table without one.
    pub head: Vec<Cell>,
    /// The rows; each as long as `columns`, shorter ones are filled up.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Column {
    /// Where its text stands.
    pub align: Align,
    /// Its share of the width; `None` lets the contents decide.
    pub share: Option<f32>,
}

/// Where a column's text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Ragged right.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// Figures.
    Right,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// A shape before the text.
    pub mark: Option<Coverage>,
    /// The text.
    pub text: Vec<Inline>,
}

impl Shows {
    /// How large it wants to be, in points.
    pub(crate) fn size(&self) -> (f32, f32) {
        match self {
            Self::Picture(picture) => picture.size,
            Self::Page(pdf, page) => pdf.pages.get(*page).map_or((0.0, 0.0), |page| page.size),
        }
    }

    /// What it looks like on a screen, where that is known.
    pub(crate) fn picture(&self) -> Option<&Picture> {
        match self {
            Self::Picture(picture) => Some(picture),
            Self::Page(pdf, page) => pdf.pages.get(*page)?.picture.as_deref(),
        }
    }

    /// Its words, where they can be read.
    pub(crate) fn words(&self) -> Option<&str> {
        match self {
            Self::Picture(_) => None,
            Self::Page(pdf, page) => pdf.pages.get(*page)?.words.as_deref(),
        }
    }

    /// Whether it is a page of which only the picture is left.
    pub(crate) fn is_all_picture(&self) -> bool {
        matches!(self, Self::Page(pdf, _) if pdf.is_pictures())
    }

    /// What of it an archive would not take, or a screen reader could not use.
    pub fn flaws(&self) -> impl Iterator<Item = &Flaw> {
        let pdf = if let Self::Page(pdf, _) = self { Some(pdf) } else { None };
        pdf.into_iter().flat_map(|pdf| &pdf.flaws)
    }

    /// What of it is not to be seen although it belongs to it.
    pub fn unseen(&self) -> impl Iterator<Item = &Unseen> {
        let pdf = if let Self::Page(pdf, _) = self { Some(pdf) } else { None };
        pdf.into_iter().flat_map(|pdf| &pdf.unseen)
    }

    /// Whether both are one and the same.
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Picture(own), Self::Picture(other)) => Arc::ptr_eq(own, other) || own == other,
            (Self::Page(own, page), Self::Page(other, at)) => page == at && Arc::ptr_eq(own, other),
            _ => false,
        }
    }
}

impl Note {
    /// Its number as the text shows it.
    #[must_use]
    pub fn raised(number: usize) -> String {
        const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
        let digits = number.to_string().into_bytes();
        digits.into_iter().map(|digit| RAISED[usize::from(digit - b'0')]).collect()
    }

    /// What it says in small print, after its number.
    #[must_use]
    pub(crate) fn in_small_print(&self) -> Vec<Block> {
        let mut number = Some(Inline::plain(format!("{} ", Self::raised(self.number))));
        let mut out = Vec::with_capacity(self.blocks.len() + 1);
        if !matches!(self.blocks.first(), Some(Block::Paragraph(..))) {
            out.push(Block::Paragraph(Voice::Note, number.take().into_iter().collect()));
        }
        out.extend(self.blocks.iter().map(|block| match block {
            Block::Paragraph(_, text) => {
                Block::Paragraph(Voice::Note, number.take().into_iter().chain(text.iter().cloned()).collect())
            }
            other => other.clone(),
        }));
        out
    }
}

impl Block {
    /// Its running text made smaller, for looking up.
    pub(crate) fn fine(self) -> Self {
        let all = |blocks: Vec<Block>| blocks.into_iter().map(Block::fine).collect();
        match self {
            Self::Paragraph(Voice::Body, line) => Self::Paragraph(Voice::Fine, line),
            Self::Quote(blocks) => Self::Quote(all(blocks)),
            Self::List(list) => {
                let item = |item: Item| Item { blocks: all(item.blocks), ..item };
                Self::List(List { items: list.items.into_iter().map(item).collect(), ..list })
            }
            other => other,
        }
    }

    /// A paragraph of plain words.
    pub fn plain(voice: Voice, text: impl Into<String>) -> Self {
        Self::Paragraph(voice, vec![Inline::plain(text)])
    }

    /// A heading without a place in contents or bookmarks.
    pub fn heading(level: u8, text: impl Into<String>) -> Self {
        Self::Heading(Heading { level, text: vec![Inline::plain(text)], ..Heading::default() })
    }
}
