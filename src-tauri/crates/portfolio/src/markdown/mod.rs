//! Markdown (CommonMark with tables, task lists and strikethrough) as blocks.
//!
//! Nothing a coach wrote is dropped: raw HTML is shown as the text it is, an image as its description.

#[cfg(test)]
mod tests;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use crate::document::{Align, Block, Cell, Column, Heading, Inline, Item, Link, List, Marker, Style, Table, Voice};

/// Reads Markdown. `demote` is added to the level of every heading, so that a record's own headings stay below the
/// record's; the lowest level is 6.
pub fn blocks(source: &str, demote: u8) -> Vec<Block> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    let mut reader = Reader { demote, open: vec![Open::root()], ..Reader::default() };
    for event in Parser::new_ext(source, options) {
        reader.event(event);
    }
    while reader.open.len() > 1 {
        reader.close();
    }
    reader.end_paragraph();
    reader.open.pop().map(|open| open.blocks).unwrap_or_default()
}

/// What an open container will become.
#[derive(Debug, Default)]
enum Kind {
    #[default]
    Root,
    Quote,
    List {
        next: Option<u64>,
        items: Vec<Item>,
        tight: bool,
    },
    Item(Option<Marker>),
    Heading(u8),
    Code(String),
    Table(Table),
    Row(Vec<Cell>, bool),
}

#[derive(Debug, Default)]
struct Open {
    kind: Kind,
    blocks: Vec<Block>,
}

impl Open {
    fn root() -> Self {
        Self::default()
    }
}

#[derive(Default)]
struct Reader {
    demote: u8,
    open: Vec<Open>,
    inlines: Vec<Inline>,
    style: Style,
    strong: u32,
    emphasis: u32,
    struck: u32,
    /// Nothing for one that leads nowhere.
    links: Vec<Option<Link>>,
    in_paragraph: bool,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text, self.style),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text, Style { code: true, ..self.style });
            }
            Event::FootnoteReference(name) => self.text(&format!("[{name}]"), self.style),
            Event::SoftBreak => self.text(" ", self.style),
            Event::HardBreak => self.inlines.push(Inline::Break),
            Event::Rule => {
                self.end_paragraph();
                self.push(Block::Rule);
            }
            Event::TaskListMarker(done) => {
                if let Some(Open { kind: Kind::Item(marker), .. }) = self.open.last_mut() {
                    *marker = Some(Marker::Task(done));
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strong => self.strong += 1,
            Tag::Strikethrough => self.struck += 1,
            Tag::Link { link_type, dest_url, .. } => self.links.push(link(link_type, &dest_url)),
            // An image is shown as its description, which arrives as text.
            Tag::Image { .. } | Tag::Superscript | Tag::Subscript => {}
            block => {
                self.end_paragraph();
                self.open_block(block);
            }
        }
        self.restyle();
    }

    fn open_block(&mut self, tag: Tag<'_>) {
        let kind = match tag {
            Tag::Paragraph => {
                self.in_paragraph = true;
                if let Some(Open { kind: Kind::List { tight, .. }, .. }) = self.open.iter_mut().rev().nth(1) {
                    *tight = false;
                }
                return;
            }
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::List(next) => Kind::List { next, items: Vec::new(), tight: true },
            Tag::Item => Kind::Item(None),
            Tag::Heading { level, .. } => Kind::Heading(depth(level)),
            Tag::CodeBlock(kind) => {
                let first = match kind {
                    // The words after the fence are the writer's too.
                    CodeBlockKind::Fenced(info) if info.contains(' ') => format!("{info}\n"),
                    _ => String::new(),
                };
                Kind::Code(first)
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
            TagEnd::Image | TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::TableCell => {
                let text = std::mem::take(&mut self.inlines);
                if let Some(Open { kind: Kind::Row(cells, _), .. }) = self.open.last_mut() {
                    cells.push(Cell { mark: None, text });
                }
            }
            TagEnd::Paragraph | TagEnd::HtmlBlock => {
                self.end_paragraph();
                self.in_paragraph = false;
            }
            TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow => self.close(),
            _ => self.end_paragraph(),
        }
        self.restyle();
    }

    fn restyle(&mut self) {
        self.style =
            Style { strong: self.strong > 0, emphasis: self.emphasis > 0, struck: self.struck > 0, ..Style::default() };
    }

    fn text(&mut self, text: &str, style: Style) {
        if let Some(Open { kind: Kind::Code(code), .. }) = self.open.last_mut() {
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
            Kind::List { items, tight, .. } => self.push(Block::List(List { items, tight })),
            Kind::Item(marker) => self.close_item(marker, blocks),
            Kind::Heading(level) => {
                let text = std::mem::take(&mut self.inlines);
                let level = level.saturating_add(self.demote).min(6);
                if !text.is_empty() {
                    self.push(Block::Heading(Heading {
                        level,
                        text,
                        anchor: None,
                        in_contents: false,
                        bookmark: false,
                    }));
                }
            }
            Kind::Code(code) => self.push(Block::Code(code.trim_end_matches('\n').to_owned())),
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

    fn close_item(&mut self, marker: Option<Marker>, blocks: Vec<Block>) {
        if let Some(Open { kind: Kind::List { next, items, .. }, .. }) = self.open.last_mut() {
            let number = next.map(|n| {
                *next = Some(n.saturating_add(1));
                Marker::Number(n)
            });
            items.push(Item { marker: marker.or(number).unwrap_or(Marker::Bullet), blocks });
        }
    }
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None | Alignment::Left => Align::Left,
        Alignment::Center => Align::Centre,
        Alignment::Right => Align::Right,
    }
}

/// Where a link of the coach's leads: only into the web or to a letter. Others run something, open a file of the reader's
/// or lead nowhere; their words stand all the same.
fn link(kind: LinkType, address: &str) -> Option<Link> {
    if kind == LinkType::Email {
        return Some(Link::Web(format!("mailto:{address}")));
    }
    let (scheme, _) = address.split_once(':')?;
    ["https", "http", "mailto"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known))
        .then(|| Link::Web(address.to_owned()))
}
