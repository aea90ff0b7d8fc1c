//! The events of the Markdown parser as blocks.
//!
//! Nothing a coach wrote is dropped: raw HTML is shown as the text it is, an image as its description, and lists and
//! quotations that are deeper than anyone can follow are drawn flat.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::OPTIONS;
use super::marks::{align, anchor, depth, is_too_large, link, number};
use super::source::folded;
use crate::document::{Block, Cell, Column, Heading, Inline, Item, Link, List, Marker, Note, Style, Table, Voice};

/// How many lists, items and quotations may stand in one another; what is deeper is drawn as if it stood in the last.
const DEEPEST: usize = 24;

/// What an open container will become.
#[derive(Debug, Default)]
enum Kind {
    #[default]
    Root,
    Quote,
    List {
        items: Vec<Item>,
        tight: bool,
    },
    Item(Marker),
    Heading(u8),
    Code(String),
    /// Lines that begin with a tab or four spaces.
    Indented(String),
    Footnote(usize),
    Table(Table),
    Row(Vec<Cell>, bool),
}

#[derive(Debug, Default)]
struct Open {
    kind: Kind,
    blocks: Vec<Block>,
}

/// The addresses and titles of what is referred to, by their labels.
type References = HashMap<String, (String, String)>;

/// A text that was read.
#[derive(Debug, PartialEq)]
pub(super) struct Read {
    pub(super) blocks: Vec<Block>,
    /// The addresses, titles and names of languages behind them, in order, of which not all are shown.
    pub(super) behind: Vec<String>,
    /// How many pictures have no words.
    pub(super) silent_pictures: usize,
}

#[derive(Default)]
pub(super) struct Reader<'s> {
    source: &'s str,
    demote: u8,
    open: Vec<Open>,
    inlines: Vec<Inline>,
    style: Style,
    strong: u32,
    emphasis: u32,
    struck: u32,
    /// Nothing for one that leads nowhere.
    links: Vec<Option<Link>>,
    references: References,
    /// How many containers are open that are too deep to be drawn as such.
    too_deep: usize,
    /// The names of the footnotes in the order of their numbers.
    footnotes: Vec<String>,
    /// What the footnotes say, each with its place among the names.
    notes: Vec<(usize, Vec<Block>)>,
    /// How deep indented lines have just ended: a line right after them goes on with them.
    goes_on: Option<usize>,
    behind: Vec<String>,
    /// Whether a picture is open and has said nothing so far.
    silent: Option<bool>,
    silent_pictures: usize,
    /// Whether a table is open that is shown as it was typed.
    passes_over: bool,
}

impl<'s> Reader<'s> {
    /// Reads a text that was prepared.
    pub(super) fn read(source: &'s str, demote: u8) -> Read {
        let mut reader = Reader { source, demote, open: vec![Open::default()], ..Reader::default() };
        let events = Parser::new_ext(source, OPTIONS).into_offset_iter();
        let known = events.reference_definitions().iter();
        reader.references = known
            .map(|(label, to)| (folded(label), (to.dest.to_string(), to.title.as_deref().unwrap_or("").to_owned())))
            .collect();
        for (event, range) in events {
            if reader.passes_over {
                reader.passes_over = event != Event::End(TagEnd::Table);
            } else {
                reader.event(event, &range);
            }
        }
        while reader.open.len() > 1 {
            reader.close();
        }
        reader.end_paragraph();
        reader.add_notes();
        let blocks = reader.open.pop().map(|open| open.blocks).unwrap_or_default();
        Read { blocks, behind: reader.behind, silent_pictures: reader.silent_pictures }
    }

    fn event(&mut self, event: Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text, self.style),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text, Style { code: true, ..self.style });
            }
            Event::FootnoteReference(name) => {
                let number = self.footnote(&name) + 1;
                self.append(&Note::raised(number), self.style, Some(Link::Note(anchor(number))));
            }
            // Coaches write lines: each stays one.
            Event::SoftBreak | Event::HardBreak => self.inlines.push(Inline::Break),
            Event::Rule => {
                self.end_paragraph();
                self.push(Block::Rule);
            }
            Event::TaskListMarker(done) if self.too_deep > 0 => {
                self.text(if done { "☑ " } else { "☐ " }, self.style);
            }
            Event::TaskListMarker(done) => {
                if let Some(Open { kind: Kind::Item(marker), .. }) = self.open.last_mut() {
                    *marker = Marker::Task(done);
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strong => self.strong += 1,
            Tag::Strikethrough => self.struck += 1,
            Tag::Link { link_type, dest_url, title, .. } => {
                self.links.push(link(link_type, &dest_url));
                self.behind.extend([dest_url.to_string(), title.to_string()]);
            }
            // An image is shown as its description, which arrives as text.
            Tag::Image { dest_url, title, .. } => {
                self.behind.extend([format!("!{dest_url}"), title.to_string()]);
                self.silent = Some(true);
            }
            Tag::Superscript | Tag::Subscript => {}
            Tag::Paragraph => {
                self.end_paragraph();
                self.start_paragraph(range.start);
            }
            block => {
                self.end_paragraph();
                self.open_block(block, range);
            }
        }
        self.restyle();
    }

    fn start_paragraph(&mut self, at: usize) {
        if let Some(Open { kind: Kind::List { tight, .. }, .. }) = self.open.iter_mut().rev().nth(1)
            && self.too_deep == 0
        {
            *tight = false;
        }
        let before = self.source.get(..at).unwrap_or_default();
        let between = &before[before.trim_end_matches(|c: char| c.is_whitespace() || c == '>').len()..];
        if self.goes_on.take() == Some(self.open.len())
            && between.matches('\n').count() <= 1
            && let Some(blocks) = self.open.last_mut().map(|open| &mut open.blocks)
            && let Some(Block::Paragraph(_, before)) = blocks.pop_if(|block| matches!(block, Block::Paragraph(..)))
        {
            self.inlines = before;
            self.inlines.push(Inline::Break);
        }
    }

    fn open_block(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        let kind = match tag {
            Tag::BlockQuote(_) | Tag::List(_) | Tag::Item if self.open.len() > DEEPEST => {
                self.too_deep += 1;
                if tag == Tag::Item {
                    let marker = number(self.source, range).map_or_else(|| "• ".to_owned(), |n| format!("{n}. "));
                    self.text(&marker, Style::default());
                }
                return;
            }
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::List(_) => Kind::List { items: Vec::new(), tight: true },
            // The number is the one that was typed, whatever came before it.
            Tag::Item => Kind::Item(number(self.source, range).map_or(Marker::Bullet, Marker::Number)),
            Tag::Heading { level, .. } => Kind::Heading(depth(level)),
            Tag::CodeBlock(CodeBlockKind::Indented) => Kind::Indented(String::new()),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                self.behind.push(info.to_string());
                // The words after the fence are the writer's too.
                Kind::Code(if info.contains(' ') { format!("{info}\n") } else { String::new() })
            }
            Tag::FootnoteDefinition(name) => Kind::Footnote(self.footnote(&name)),
            Tag::Table(aligns) if is_too_large(&aligns, &self.source[range.clone()]) => {
                self.passes_over = true;
                self.push(Block::Code(self.source[range.clone()].trim_end().to_owned()));
                return;
            }
            Tag::Table(aligns) => Kind::Table(Table {
                columns: aligns.iter().map(|a| Column { align: align(*a), share: None }).collect(),
                ..Table::default()
            }),
            Tag::TableHead => Kind::Row(Vec::new(), true),
            Tag::TableRow => Kind::Row(Vec::new(), false),
            // A cell's text is collected until the cell ends; an HTML block's is a paragraph of its own.
            _ => return,
        };
        self.open.push(Open { kind, blocks: Vec::new() });
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Strikethrough => self.struck = self.struck.saturating_sub(1),
            TagEnd::Link => {
                self.links.pop();
            }
            TagEnd::Image => self.silent_pictures += usize::from(self.silent.take() == Some(true)),
            TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::TableCell => {
                let text = std::mem::take(&mut self.inlines);
                if let Some(Open { kind: Kind::Row(cells, _), .. }) = self.open.last_mut() {
                    cells.push(Cell { mark: None, text });
                }
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item if self.too_deep > 0 => {
                self.end_paragraph();
                self.too_deep -= 1;
            }
            TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::Heading(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow => self.close(),
            TagEnd::CodeBlock => {
                self.close();
                self.goes_on = Some(self.open.len());
            }
            _ => self.end_paragraph(),
        }
        self.restyle();
    }

    fn restyle(&mut self) {
        self.style =
            Style { strong: self.strong > 0, emphasis: self.emphasis > 0, struck: self.struck > 0, ..Style::default() };
    }

    fn text(&mut self, text: &str, style: Style) {
        if let Some(Open { kind: Kind::Code(code) | Kind::Indented(code), .. }) = self.open.last_mut() {
            code.push_str(text);
            return;
        }
        let link = self.links.last().cloned().flatten();
        let mut lines = text.split('\n').peekable();
        while let Some(line) = lines.next() {
            if !line.is_empty() {
                self.append(line.trim_end_matches('\r'), style, link.clone());
            }
            // Only raw HTML brings its own line ends.
            if lines.peek().is_some() && !self.inlines.is_empty() {
                self.inlines.push(Inline::Break);
            }
        }
    }

    fn append(&mut self, more: &str, style: Style, link: Option<Link>) {
        self.silent = self.silent.map(|silent| silent && more.trim().is_empty());
        if let Some(Inline::Text { text, style: last, link: to }) = self.inlines.last_mut()
            && *last == style
            && *to == link
        {
            text.push_str(more);
            return;
        }
        self.inlines.push(Inline::Text { text: more.to_owned(), style, link });
    }

    fn end_paragraph(&mut self) {
        let mut inlines = std::mem::take(&mut self.inlines);
        while inlines.last() == Some(&Inline::Break) {
            inlines.pop();
        }
        if !inlines.is_empty() {
            self.push(Block::Paragraph(Voice::Body, inlines));
        }
    }

    fn push(&mut self, block: Block) {
        if let Some(open) = self.open.last_mut() {
            open.blocks.push(block);
        }
    }

    fn close(&mut self) {
        if !matches!(self.open.last(), Some(Open { kind: Kind::Heading(_) | Kind::Row(..), .. })) {
            self.end_paragraph();
        }
        if self.open.len() < 2 {
            return;
        }
        let Some(Open { kind, blocks }) = self.open.pop() else { return };
        match kind {
            Kind::Root => {}
            Kind::Quote => self.push(Block::Quote(blocks)),
            Kind::List { items, tight } => self.push(Block::List(List { items, tight })),
            Kind::Item(marker) => {
                if let Some(Open { kind: Kind::List { items, .. }, .. }) = self.open.last_mut() {
                    items.push(Item { marker, blocks });
                }
            }
            Kind::Heading(level) => {
                let text = std::mem::take(&mut self.inlines);
                let level = level.saturating_add(self.demote).min(6);
                if !text.is_empty() {
                    self.push(Block::Heading(Heading { level, text, ..Heading::default() }));
                }
            }
            Kind::Code(code) => self.push(Block::Code(code.trim_end_matches('\n').to_owned())),
            Kind::Indented(lines) => self.indented(&lines),
            Kind::Footnote(place) => self.notes.push((place, blocks)),
            Kind::Table(table) => self.push(Block::Table(table)),
            Kind::Row(cells, head) => {
                if let Some(Open { kind: Kind::Table(table), .. }) = self.open.last_mut() {
                    if head {
                        table.head = cells;
                    } else {
                        table.rows.push(cells);
                    }
                }
            }
        }
    }

    /// Paragraphs that begin with a tab or four spaces are paragraphs. No line of them is anything else, whatever it looks
    /// like without its indent: a sign that means nothing is put before each and taken away again.
    fn indented(&mut self, lines: &str) {
        let Some(sign) = ('\u{2E00}'..'\u{2E2F}').find(|sign| !lines.contains(*sign)) else {
            self.push(Block::Code(lines.to_owned()));
            return;
        };
        let signed = |line: &str| match line.trim_start() {
            "" => String::new(),
            line => format!("{sign}{line}"),
        };
        let text = lines.lines().map(signed).collect::<Vec<_>>().join("\n");
        let references = std::mem::take(&mut self.references);
        let resolve = |link: BrokenLink<'_>| {
            let (to, title) = references.get(&folded(&link.reference))?;
            Some((to.clone().into(), title.clone().into()))
        };
        for event in Parser::new_with_broken_link_callback(&text, OPTIONS, Some(resolve)) {
            let unsigned = |text: pulldown_cmark::CowStr<'_>| text.replace(sign, "").into();
            match event {
                Event::Start(Tag::Paragraph) => {}
                Event::Text(text) => self.event(Event::Text(unsigned(text)), &(0..0)),
                Event::Code(text) => self.event(Event::Code(unsigned(text)), &(0..0)),
                Event::InlineHtml(text) => self.event(Event::InlineHtml(unsigned(text)), &(0..0)),
                event => self.event(event, &(0..0)),
            }
        }
        self.references = references;
    }

    /// The place of a footnote among the names: the numbers follow the order in which they are met.
    fn footnote(&mut self, name: &str) -> usize {
        let known = self.footnotes.iter().position(|one| one == name);
        known.unwrap_or_else(|| {
            self.footnotes.push(name.to_owned());
            self.footnotes.len() - 1
        })
    }

    /// Footnotes stand at the end of the text, in the order of their numbers.
    fn add_notes(&mut self) {
        self.notes.sort_by_key(|(place, _)| *place);
        for (place, blocks) in std::mem::take(&mut self.notes) {
            let number = place + 1;
            self.push(Block::Note(Note { anchor: anchor(number), number, blocks }));
        }
    }
}
