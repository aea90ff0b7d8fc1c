//! Markdown (CommonMark with tables, task lists and strikethrough) as blocks.
//!
//! Nothing a coach wrote is dropped: raw HTML is shown as the text it is, an image as its description.

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::words;

    /// A compact way of writing blocks down, for comparing.
    fn sketch(blocks: &[Block]) -> String {
        let one = |block: &Block| match block {
            Block::Heading(heading) => format!("h{}({})", heading.level, words(&heading.text)),
            Block::Paragraph(_, text) => format!("p({})", runs(text)),
            Block::List(list) => {
                let items = list.items.iter().map(|item| {
                    let marker = match item.marker {
                        Marker::Bullet => "-".to_owned(),
                        Marker::Number(number) => number.to_string(),
                        Marker::Task(done) => if done { "x" } else { "o" }.to_owned(),
                        Marker::Mark(_) => String::new(),
                    };
                    format!("{marker} {}", sketch(&item.blocks))
                });
                format!("{}({})", if list.tight { "tight" } else { "loose" }, items.collect::<Vec<_>>().join(", "))
            }
            Block::Quote(blocks) => format!("q({})", sketch(blocks)),
            Block::Code(code) => format!("code({code})"),
            Block::Rule => "rule".to_owned(),
            Block::Table(table) => {
                let row = |cells: &Vec<Cell>| cells.iter().map(|cell| runs(&cell.text)).collect::<Vec<_>>().join("|");
                let rows: Vec<String> = std::iter::once(&table.head).chain(&table.rows).map(row).collect();
                format!("table({})", rows.join("/"))
            }
            Block::Facts(_) | Block::Chart(_) | Block::Contents | Block::Figure(_) => String::new(),
        };
        blocks.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    fn runs(inlines: &[Inline]) -> String {
        let one = |inline: &Inline| match inline {
            Inline::Text { text, style, link } => {
                let mut out = text.clone();
                for (on, mark) in [(style.strong, "**"), (style.emphasis, "*"), (style.struck, "~"), (style.code, "`")]
                {
                    if on {
                        out = format!("{mark}{out}{mark}");
                    }
                }
                if let Some(Link::Web(to)) = link { format!("[{out}]({to})") } else { out }
            }
            Inline::Break => "⏎".to_owned(),
            Inline::PageOf(_) => String::new(),
        };
        inlines.iter().map(one).collect()
    }

    #[test]
    fn markdown_becomes_blocks() {
        for (source, expected) in [
            ("# One\n\ntwo *three* **four** `five`", "h1(One) p(two *three* **four** `five`)"),
            ("half**bold**word ***both***", "p(half**bold**word ***both***)"),
            ("a\nb  \nc\\\nd", "p(a b⏎c⏎d)"),
            ("- a\n- b\n\n  c", "loose(- p(a), - p(b) p(c))"),
            ("- a\n- b\n  1. c\n  2. d", "tight(- p(a), - p(b) tight(1 p(c), 2 p(d)))"),
            ("3) a\n4) b", "tight(3 p(a), 4 p(b))"),
            ("- [x] a\n- [ ] *b*", "tight(x p(a), o p(*b*))"),
            ("> a\n>\n> > b", "q(p(a) q(p(b)))"),
            ("    code\n      more", "code(code\n  more)"),
            ("```rust\na\n\nb\n```", "code(a\n\nb)"),
            ("a\n\n---\n\nb", "p(a) rule p(b)"),
            ("|a|b|\n|-|-|\n|*c*|d|\n|e|", "table(a|b/*c*|d/e|)"),
            ("~~gone~~ [to](https://x.org)", "p(~gone~ [to](https://x.org))"),
            ("<https://x.org>", "p([https://x.org](https://x.org))"),
            ("![a *tree*](t.png) by [r]\n\n[r]: https://x.org", "p(a *tree* by [r](https://x.org))"),
            ("a <b>c</b> d", "p(a <b>c</b> d)"),
            ("<script>\nalert(1)\n</script>", "p(<script>⏎alert(1)⏎</script>)"),
            ("<div>\n\n*a*\n\n</div>", "p(<div>) p(*a*) p(</div>)"),
            ("Setext\n===\n\n###### six", "h1(Setext) h6(six)"),
            ("&amp; &copy; \\*", "p(& © *)"),
            ("", ""),
        ] {
            assert_eq!(sketch(&blocks(source, 0)), expected, "{source:?}");
        }
    }

    #[test]
    fn headings_stay_below_the_record() {
        assert_eq!(sketch(&blocks("# a\n\n## b\n\n##### c", 3)), "h4(a) h5(b) h6(c)");
    }

    proptest! {
        #[test]
        fn no_word_is_lost(source in "([a-zéŵł]{1,6}|[ \n*_#>`~|<>/\\-\\[\\]().!0-9:]){0,80}") {
            let read = sketch(&blocks(&source, 0)).replace(['*', '`', '~'], "");
            let letters = |text: &str| text.chars().filter(|c| matches!(c, 'é' | 'ŵ' | 'ł')).count();
            // Addresses of links, entities, names of references and the word after a fence are not shown; letters beyond
            // ASCII cannot be part of markup elsewhere.
            prop_assume!(!source.contains("](") && !source.contains("]:") && !source.contains("```") && !source.contains("~~~"));
            prop_assert!(letters(&read) >= letters(&source), "{source:?} {read:?}");
        }
    }
}
