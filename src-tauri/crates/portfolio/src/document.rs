//! What is to be printed, before anyone has thought about pages: parts, blocks and inlines.
//!
//! Both Markdown and records become this; the PDF writer knows nothing else. A block keeps what it *is* (a heading, a
//! list, a table), never how it looks, so that a tagged PDF and an HTML page can be made from the same value.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::certificates::Certificate;
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
    /// The parts in order; each begins a page.
    pub parts: Vec<Part>,
    /// What it was made from and goes with it, inside the PDF: every byte, with everything that is written in it.
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

/// A stretch of the document that begins on a page of its own.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Part {
    /// A cover has no running head and no page number.
    pub cover: bool,
    /// The thin band at the page's outer edge.
    pub band: Option<Colour>,
    /// What stands in it.
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
}

/// Something to be looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What it shows, for who does not see it.
    pub alt: String,
    /// What stands below it; may be empty.
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
    Page(Arc<Certificate>, usize),
}

/// A drawing of figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// What it shows, for who does not see it.
    pub alt: String,
    /// What is drawn.
    pub drawing: Drawing,
}

/// What a chart draws.
#[derive(Debug, Clone, PartialEq)]
pub enum Drawing {
    /// A bar for each stretch of time, in two parts that stand on one another.
    Bars {
        /// What is counted, such as "hours".
        unit: String,
        /// The names of the lower and the upper part.
        parts: [String; 2],
        /// Label, lower part, upper part.
        bars: Vec<(String, [f64; 2])>,
    },
    /// How far something has come on a scale with marks.
    Scale {
        /// What is counted, such as "hours".
        unit: String,
        /// How far it has come.
        reached: f64,
        /// Marks on the way: where, and their name.
        marks: Vec<(f64, String)>,
    },
    /// Rows of days over a period.
    Days {
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
        /// Each row: its name, the days on which something was, the days by which something should have been.
        rows: Vec<DayRow>,
    },
}

/// A row of days.
#[derive(Debug, Clone, PartialEq)]
pub struct DayRow {
    /// What the days are of.
    pub name: String,
    /// Days on which it was: a full dot.
    pub held: Vec<NaiveDate>,
    /// Days on which something beside it was: an empty dot.
    pub beside: Vec<NaiveDate>,
    /// Days by which it should have been and was not: a cross.
    pub missed: Vec<NaiveDate>,
}

/// A heading and its places in contents and bookmarks.
#[derive(Debug, Clone, PartialEq)]
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
    /// A claim: the sentence a reader came for.
    Claim,
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
    /// What stands in front.
    pub marker: Marker,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// What stands in front of an item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// A bullet.
    Bullet,
    /// A number.
    Number(u64),
    /// A box, ticked or not.
    Task(bool),
    /// A shape that says how far something is covered.
    Mark(Mark),
}

/// How far a competency is covered: a shape first, a colour second; words always stand beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// ● everything asked for is there.
    Covered,
    /// ● with a tick: and a supervisor has agreed.
    Agreed,
    /// ◐ some of it is there.
    Partly,
    /// ○ nothing yet.
    NotYet,
    /// – not expected at this tier.
    NotExpected,
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
    pub mark: Option<Mark>,
    /// The text.
    pub text: Vec<Inline>,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Words in one style.
    Text {
        /// The words; never contains a line break that counts.
        text: String,
        /// How they are set.
        style: Style,
        /// Where they lead.
        link: Option<Link>,
    },
    /// A line break that the writer meant.
    Break,
    /// The number of the page on which an anchor stands, and a link to it.
    PageOf(Anchor),
}

/// How words are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// Bold.
    pub strong: bool,
    /// Italic.
    pub emphasis: bool,
    /// Struck through.
    pub struck: bool,
    /// Monospaced.
    pub code: bool,
    /// Grey.
    pub quiet: bool,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// Inside the document.
    To(Anchor),
    /// Out of it.
    Web(String),
}

impl Shows {
    /// How large it wants to be, in points.
    pub(crate) fn size(&self) -> (f32, f32) {
        match self {
            Self::Picture(picture) => picture.size,
            Self::Page(certificate, page) => certificate.pages.get(*page).map_or((0.0, 0.0), |page| page.size),
        }
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

impl Inline {
    /// Plain words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), style: Style::default(), link: None }
    }

    /// Bold words.
    pub fn strong(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), style: Style { strong: true, ..Style::default() }, link: None }
    }

    /// Grey words.
    pub fn quiet(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), style: Style { quiet: true, ..Style::default() }, link: None }
    }

    /// Words that lead to a place in the document.
    pub fn to(text: impl Into<String>, anchor: Anchor) -> Self {
        Self::Text { text: text.into(), style: Style::default(), link: Some(Link::To(anchor)) }
    }
}

impl Block {
    /// A paragraph of plain words.
    pub fn plain(voice: Voice, text: impl Into<String>) -> Self {
        Self::Paragraph(voice, vec![Inline::plain(text)])
    }

    /// A heading without a place in contents or bookmarks.
    pub fn heading(level: u8, text: impl Into<String>) -> Self {
        Self::Heading(Heading {
            level,
            text: vec![Inline::plain(text)],
            anchor: None,
            in_contents: false,
            bookmark: false,
        })
    }
}

/// The words of some inlines, without their styles; a break becomes a space.
pub fn words(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text { text, .. } => out.push_str(text),
            Inline::Break => out.push(' '),
            Inline::PageOf(_) => {}
        }
    }
    out
}
