//! Lays blocks out into slabs: strips of the text column that stay whole, with the places between them where a page may
//! end. Nothing here knows about pages.

use super::beat::Beat;
use super::chart::Picture;
use super::look;
use super::tags::{NodeIx, Numbering, Role, Tree};
use super::text::{Ink, Line, Setter, Setting};
use crate::document::{
    Anchor, Block, Chart, Colour, Document, Figure, Heading, Inline, Item, Link, List, Mark, Marker, Part, Shows,
    Style, Voice,
};
use crate::language;
use crate::pictures::fitted;

/// A strip of the column that stays whole.
#[derive(Debug, Default)]
pub(super) struct Slab {
    pub(super) height: f32,
    /// Space above; dropped at the head of a page.
    pub(super) before: f32,
    /// A page must not end below this slab.
    pub(super) keep: bool,
    /// The table whose row this is; its head returns on every page.
    pub(super) table: Option<u32>,
    /// The table whose head this is.
    pub(super) head_of: Option<u32>,
    pub(super) anchors: Vec<Anchor>,
    pub(super) bookmark: Option<Bookmark>,
    pub(super) things: Vec<Thing>,
}

/// An entry of the outline.
#[derive(Debug, Clone)]
pub(super) struct Bookmark {
    pub(super) level: u8,
    pub(super) title: String,
}

/// Something drawn, from the slab's top left.
#[derive(Debug, Clone)]
pub(super) struct Thing {
    pub(super) x: f32,
    pub(super) y: f32,
    /// What it is part of, for what is not a line: a line's pieces know for themselves. Without one it is decoration.
    pub(super) node: Option<NodeIx>,
    pub(super) what: What,
}

impl Thing {
    /// Words, or decoration.
    pub(super) fn new(x: f32, y: f32, what: What) -> Self {
        Self { x, y, node: None, what }
    }
}

/// What is drawn.
#[derive(Debug, Clone)]
pub(super) enum What {
    Line(Line),
    /// A hairline to the right, this long.
    Rule(f32),
    /// An upright bar of this height: somebody else's words.
    Bar(f32),
    Mark(Mark),
    Box(bool),
    Chart(Box<Picture>),
    /// A place to press, of this width and height.
    Press(f32, f32, Link),
    /// What is to be seen under this number, of this width and height.
    Shown(usize, f32, f32),
}

/// A part, laid out.
#[derive(Debug)]
pub(super) struct Galley {
    pub(super) cover: bool,
    pub(super) band: Option<Colour>,
    pub(super) slabs: Vec<Slab>,
}

/// A character that no bundled face has, and where it stands: the nearest anchor above.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// The nearest anchor above, such as that of the record.
    pub anchor: Option<Anchor>,
    /// The character.
    pub character: char,
}

/// Where in the column something stands.
#[derive(Clone, Copy)]
struct Column {
    x: f32,
    width: f32,
    /// What everything in it is part of.
    node: NodeIx,
}

/// Lays out a whole document.
pub(super) struct Flow<'a> {
    pub(super) setter: Setter,
    document: &'a Document,
    beat: Beat<'a>,
    slabs: Vec<Slab>,
    pub(super) missing: Vec<Missing>,
    pub(super) tree: Tree,
    tables: u32,
    /// What figures show, each once.
    pub(super) shown: Vec<Shows>,
    anchor: Option<Anchor>,
    /// Nothing but small print has come since the last heading.
    under_heading: bool,
    /// Upright bars of the quotations that are open.
    bars: Vec<f32>,
}

impl<'a> Flow<'a> {
    pub(super) fn new(setter: Setter, document: &'a Document, beat: Beat<'a>) -> Self {
        Self {
            setter,
            document,
            beat,
            slabs: Vec::new(),
            missing: Vec::new(),
            tree: Tree::new(),
            tables: 0,
            shown: Vec::new(),
            anchor: None,
            under_heading: false,
            bars: Vec::new(),
        }
    }

    /// Lays every part out; `None` when the work was stopped.
    pub(super) fn galleys(&mut self) -> Option<Vec<Galley>> {
        let document = self.document;
        let mut galleys = Vec::with_capacity(document.parts.len());
        for Part { cover, band, blocks } in &document.parts {
            // Every part is a section, and so is what stands under each of its larger headings.
            let mut sections = vec![(0, self.tree.add(Tree::ROOT, Role::Sect))];
            for block in blocks {
                if let Block::Heading(Heading { level: level @ 2..=3, .. }) = block {
                    sections.retain(|(open, _)| open < level);
                    let parent = sections.last().map_or(Tree::ROOT, |(_, node)| *node);
                    sections.push((*level, self.tree.add(parent, Role::Sect)));
                }
                let node = sections.last().map_or(Tree::ROOT, |(_, node)| *node);
                self.beat.begin(block, document);
                self.block(block, Column { x: 0.0, width: look::MEASURE, node }, None);
                self.beat.end();
                if self.beat.stopped() {
                    return None;
                }
            }
            galleys.push(Galley { cover: *cover, band: *band, slabs: std::mem::take(&mut self.slabs) });
        }
        Some(galleys)
    }

    /// `before` overrules the space above the block's first line.
    fn block(&mut self, block: &Block, column: Column, before: Option<f32>) {
        let start = self.slabs.len();
        self.under_heading &= matches!(block, Block::Paragraph(Voice::Note, _));
        match block {
            Block::Heading(heading) => self.heading(heading, column),
            Block::Paragraph(voice, inlines) => {
                let (setting, above) = look::voice(*voice);
                if let (Voice::Source, Some(last)) = (voice, self.slabs.last_mut()) {
                    last.keep = true;
                }
                let role = if *voice == Voice::Title { Role::Heading(1) } else { Role::P };
                let node = self.tree.add(column.node, role);
                self.text(inlines, Column { node, ..column }, &setting, above);
                // A label belongs to what it labels, and a heading's own small print to what the heading heads.
                if *voice == Voice::Label || self.under_heading {
                    self.keep_with_next(start);
                }
            }
            Block::List(list) => self.list(list, column),
            Block::Quote(blocks) => {
                self.bars.push(column.x);
                let inner = narrower(column, look::INDENT * 0.75);
                let inner = Column { node: self.tree.add(column.node, Role::BlockQuote), ..inner };
                for block in blocks {
                    self.block(block, inner, None);
                }
                self.bars.pop();
            }
            Block::Code(code) => self.code(code, column),
            Block::Rule => {
                let third = column.width / 3.0;
                let thing = Thing::new(column.x + third, 0.0, What::Rule(third));
                self.push(Slab { height: 6.0, before: 12.0, things: vec![thing], ..Slab::default() });
            }
            Block::Table(table) => {
                self.tables += 1;
                let slabs = {
                    let mut writer =
                        super::table::Writer { setter: &mut self.setter, tree: &mut self.tree, beat: &mut self.beat };
                    writer.slabs(table, column.x, column.width, self.tables, column.node)
                };
                for slab in slabs {
                    self.push(slab);
                }
            }
            Block::Facts(facts) => self.facts(facts, column),
            Block::Chart(chart) => self.chart(chart, column),
            Block::Contents => self.contents(column),
            Block::Figure(figure) => self.figure(figure, column),
        }
        self.note_missing();
        if let (Some(before), Some(first)) = (before, self.slabs.get_mut(start)) {
            first.before = before;
        }
    }

    fn push(&mut self, mut slab: Slab) {
        for x in &self.bars {
            // The bar runs through the space above, unless that is where the quotation begins.
            let joined = self.slabs.last().is_some_and(|last| last.things.iter().any(|t| is_bar(t, *x)));
            let up = if joined { slab.before } else { 0.0 };
            slab.things.push(Thing::new(*x, -up, What::Bar(slab.height + up)));
        }
        self.slabs.push(slab);
    }

    fn note_missing(&mut self) {
        for character in self.setter.take_missing() {
            self.missing.push(Missing { anchor: self.anchor.clone(), character });
        }
    }

    /// Lines of text that are part of `node`; none when the work was stopped.
    fn set(&mut self, inlines: &[Inline], width: f32, setting: &Setting, node: NodeIx) -> Vec<Line> {
        if self.beat.stopped() {
            return Vec::new();
        }
        let mut lines = self.setter.set(inlines, width, setting);
        tag(&mut lines, node, &mut self.tree);
        self.tree.speak(node, language::of_block(inlines));
        self.beat.tick();
        lines
    }

    /// Lines of text with no widow and no orphan: the first two lines stay together, and the last two.
    fn text(&mut self, inlines: &[Inline], column: Column, setting: &Setting, before: f32) {
        let lines = self.set(inlines, column.width, setting, column.node);
        let count = lines.len();
        for (index, line) in lines.into_iter().enumerate() {
            let keep = count > 1 && (index == 0 || index + 2 == count);
            self.push(Slab {
                height: line.height,
                before: if index == 0 { before } else { 0.0 },
                keep,
                things: vec![Thing::new(column.x, 0.0, What::Line(line))],
                ..Slab::default()
            });
        }
    }

    fn keep_with_next(&mut self, from: usize) {
        for slab in self.slabs.iter_mut().skip(from) {
            slab.keep = true;
        }
    }

    fn heading(&mut self, heading: &Heading, column: Column) {
        let (setting, above, below) = look::heading(heading.level);
        let start = self.slabs.len();
        if let Some(anchor) = &heading.anchor {
            self.anchor = Some(anchor.clone());
        }
        self.under_heading = true;
        // Two headings in a row stand close, as one.
        let after_heading = self.slabs.last().is_some_and(|last| last.bookmark.is_some());
        let node = self.tree.add(column.node, Role::Heading(heading.level));
        self.text(&heading.text, Column { node, ..column }, &setting, if after_heading { above * 0.45 } else { above });
        self.keep_with_next(start);
        if let Some(first) = self.slabs.get_mut(start) {
            first.anchors.extend(heading.anchor.clone());
            first.bookmark = heading
                .bookmark
                .then(|| Bookmark { level: heading.level, title: crate::document::words(&heading.text) });
        }
        if let Some(last) = self.slabs.last_mut() {
            last.height += below;
        }
    }

    fn list(&mut self, list: &List, column: Column) {
        let mut ends = Vec::with_capacity(list.items.len());
        let numbering = match list.items.first().map(|item| item.marker) {
            Some(Marker::Bullet) => Numbering::Disc,
            Some(Marker::Number(_)) => Numbering::Decimal,
            _ => Numbering::None,
        };
        let column = Column { node: self.tree.add(column.node, Role::List(numbering)), ..column };
        for (index, item) in list.items.iter().enumerate() {
            let above = if index == 0 {
                5.0
            } else if list.tight {
                2.0
            } else {
                6.0
            };
            let start = self.slabs.len();
            self.item(item, column, above);
            // Only short items can be lonely.
            ends.push((self.slabs.len() - start <= 2).then(|| self.slabs.len().saturating_sub(1)));
        }
        // As with lines: no single item before a page ends or after it begins.
        let pairs = [ends.first(), ends.len().checked_sub(2).and_then(|before| ends.get(before))];
        for end in pairs.into_iter().flatten().flatten() {
            if let (true, Some(slab)) = (ends.len() > 1, self.slabs.get_mut(*end)) {
                slab.keep = true;
            }
        }
    }

    fn item(&mut self, item: &Item, column: Column, above: f32) {
        let start = self.slabs.len();
        let voice = match item.blocks.first() {
            Some(Block::Paragraph(voice, _)) => *voice,
            _ => Voice::Body,
        };
        let (setting, _) = look::voice(voice);
        let label = match item.marker {
            Marker::Bullet => Some("•".to_owned()),
            Marker::Number(n) => Some(format!("{n}.")),
            Marker::Task(_) | Marker::Mark(_) => None,
        };
        let node = self.tree.add(column.node, Role::Item);
        // The shape of a status is decoration: the words beside it say the same.
        let marker = (!matches!(item.marker, Marker::Mark(_))).then(|| self.tree.add(node, Role::Label));
        let label = label.map(|text| self.set(&[Inline::plain(text)], f32::MAX, &setting, marker.unwrap_or(node)));
        let label = label.and_then(|lines| lines.into_iter().next());
        let indent = label.as_ref().map_or(0.0, |line| line.width + 6.0).max(look::INDENT);
        let inner = narrower(column, indent);
        let inner = Column { node: self.tree.add(node, Role::Body), ..inner };
        if item.blocks.is_empty() {
            self.text(&[], inner, &setting, above);
        }
        for (index, block) in item.blocks.iter().enumerate() {
            self.block(block, inner, (index == 0).then_some(above));
        }
        let Some(first) = self.slabs.get_mut(start) else { return };
        let what = match (item.marker, label) {
            (_, Some(line)) => What::Line(line),
            (Marker::Task(done), None) => What::Box(done),
            (Marker::Mark(mark), None) => What::Mark(mark),
            _ => return,
        };
        // Shapes stand in the middle of a line of running text.
        let (x, y) = match what {
            What::Line(_) => (column.x + 2.0, 0.0),
            _ => (column.x, (setting.leading - 15.0) / 2.0),
        };
        let node = match (item.marker, marker) {
            (Marker::Task(done), Some(marker)) => {
                Some(self.tree.add_figure(marker, if done { "Done" } else { "Not done" }))
            }
            _ => None,
        };
        // In front, so that it is read first.
        first.things.insert(0, Thing { x, y, node, what });
    }

    fn code(&mut self, code: &str, column: Column) {
        let setting = look::code();
        let inner = narrower(column, look::INDENT * 0.5);
        let node = self.tree.add(column.node, Role::P);
        let inner = Column { node: self.tree.add(node, Role::Code), ..inner };
        let last = code.split('\n').count() - 1;
        for (index, line) in code.split('\n').enumerate() {
            let style = Style { code: true, ..Style::default() };
            // Spaces at the head of a line are part of code.
            let mut text = line.replace(' ', "\u{a0}");
            if index < last {
                // Heard as a pause, not as one long word.
                text.push(' ');
            }
            let text = vec![Inline::Text { text, style, link: None }];
            self.text(&text, inner, &setting, if index == 0 { 8.0 } else { 0.0 });
        }
    }

    fn facts(&mut self, facts: &[(String, Vec<Inline>)], column: Column) {
        let start = self.slabs.len();
        let values = narrower(column, look::LABELS);
        let list = self.tree.add(column.node, Role::List(Numbering::None));
        for (index, (label, value)) in facts.iter().enumerate() {
            let item = self.tree.add(list, Role::Item);
            let (name, body) = (self.tree.add(item, Role::Label), self.tree.add(item, Role::Body));
            let label = self.set(&[Inline::plain(label)], look::LABELS - look::GUTTER, &look::fact(true), name);
            let value = self.set(value, values.width, &look::fact(false), body);
            let (labels, count) = (label.len(), label.len().max(value.len()));
            let (mut label, mut value) = (label.into_iter(), value.into_iter());
            for row in 0..count {
                let mut slab = Slab {
                    before: if row > 0 {
                        0.0
                    } else if index == 0 {
                        6.0
                    } else {
                        1.5
                    },
                    keep: row + 1 < labels || (count > 1 && (row == 0 || row + 2 == count)),
                    ..Slab::default()
                };
                for (x, line) in [(column.x, label.next()), (values.x, value.next())] {
                    if let Some(line) = line {
                        slab.height = slab.height.max(line.height);
                        slab.things.push(Thing::new(x, 0.0, What::Line(line)));
                    }
                }
                self.push(slab);
            }
        }
        // A few facts are read at one look; many may part, but never a single one.
        let count = self.slabs.len() - start;
        for (index, slab) in self.slabs.iter_mut().skip(start).enumerate() {
            slab.keep |= (count <= 12 && index + 1 < count) || (index == 0 && count > 1) || index + 2 == count;
        }
    }

    fn figure(&mut self, figure: &Figure, column: Column) {
        let start = self.slabs.len();
        let (setting, above) = look::caption();
        let node = self.tree.add_figure(column.node, figure.alt.clone());
        // Beside the figure and not within: what is within is not read where the words for it are.
        let caption = self.tree.add(column.node, Role::Caption);
        let lines = if figure.caption.is_empty() {
            Vec::new()
        } else {
            self.set(&figure.caption, column.width, &setting, caption)
        };
        // It shares its page with what is said below it and with the headings above.
        let said: f32 = lines.iter().map(|line| line.height).sum::<f32>() + above;
        let headings: f32 = self.slabs.iter().rev().take_while(|s| s.keep).map(|s| s.before + s.height).sum();
        let others = headings + look::ABOVE_FIGURE + said + look::BELOW_FIGURE;
        let room = (look::BOTTOM - look::TOP - others).clamp(look::FIGURE / 4.0, look::FIGURE);
        let (width, height) = fitted(figure.shows.size(), (column.width, room));
        let number = self.number_of(&figure.shows);
        let shown = Thing { node: Some(node), ..Thing::new(column.x, 0.0, What::Shown(number, width, height)) };
        self.push(Slab { height, before: look::ABOVE_FIGURE, things: vec![shown], ..Slab::default() });
        for (index, line) in lines.into_iter().enumerate() {
            self.push(Slab {
                height: line.height,
                before: if index == 0 { above } else { 0.0 },
                things: vec![Thing::new(column.x, 0.0, What::Line(line))],
                ..Slab::default()
            });
        }
        self.keep_with_next(start);
        if let Some(last) = self.slabs.last_mut() {
            last.height += look::BELOW_FIGURE;
            last.keep = false;
        }
    }

    fn number_of(&mut self, shows: &Shows) -> usize {
        let known = self.shown.iter().position(|known| known.is(shows));
        known.unwrap_or_else(|| {
            self.shown.push(shows.clone());
            self.shown.len() - 1
        })
    }

    fn chart(&mut self, chart: &Chart, column: Column) {
        let node = self.tree.add_figure(column.node, chart.alt.clone());
        let mut picture = super::chart::picture(&chart.drawing, &mut self.setter);
        for (_, _, line) in &mut picture.words {
            for piece in &mut line.pieces {
                piece.node = node;
            }
        }
        let height = picture.height;
        let thing = Thing { node: Some(node), ..Thing::new(column.x, 0.0, What::Chart(Box::new(picture))) };
        // What it says stands below it.
        self.push(Slab { height, before: 8.0, keep: true, things: vec![thing], ..Slab::default() });
    }

    fn contents(&mut self, column: Column) {
        let document = self.document;
        let blocks = document.parts.iter().flat_map(|part| &part.blocks);
        // A list in the list for what stands under an entry.
        let mut open: Vec<(u8, NodeIx)> = Vec::new();
        for block in blocks {
            if let Block::Heading(heading @ Heading { in_contents: true, anchor: Some(anchor), .. }) = block {
                while open.len() > 1 && open.last().is_some_and(|(level, _)| *level > heading.level) {
                    open.pop();
                }
                if open.last().is_none_or(|(level, _)| *level < heading.level) {
                    let parent = open.last().map_or(column.node, |(_, node)| *node);
                    open.push((heading.level, self.tree.add(parent, Role::Toc)));
                }
                let node = open.last().map_or(column.node, |(_, node)| *node);
                self.contents_line(heading, anchor, Column { node, ..column });
            }
        }
    }

    fn contents_line(&mut self, heading: &Heading, anchor: &Anchor, column: Column) {
        let (setting, before, indent) = look::contents(heading.level);
        let numbers = 42.0;
        let item = self.tree.add(column.node, Role::TocItem);
        let reference = self.tree.add(item, Role::Reference);
        let node = self.tree.add(reference, Role::Link);
        let inner = Column { x: column.x + indent, width: column.width - indent - numbers, node };
        let start = self.slabs.len();
        let text = crate::document::words(&heading.text);
        // A space, so that the words and the number do not run into each other when they are heard.
        self.text(&[Inline::plain(format!("{text} "))], inner, &setting, before);
        self.keep_with_next(start);
        if heading.level > 1
            && let Some(last) = self.slabs.last_mut()
        {
            last.keep = false;
        }
        for slab in self.slabs.iter_mut().skip(start) {
            let press = What::Press(column.width - indent, slab.height, Link::To(anchor.clone()));
            slab.things.push(Thing { node: Some(node), ..Thing::new(inner.x, 0.0, press) });
        }
        let number = Setting { ink: Ink::Text, align: crate::document::Align::Right, ..setting };
        let number = self.setter.set(&[Inline::PageOf(anchor.clone())], numbers, &number).into_iter().next();
        if let (Some(slab), Some(mut number)) = (self.slabs.last_mut(), number) {
            // The whole line can be pressed already.
            number.links.clear();
            for piece in &mut number.pieces {
                piece.ink = Ink::Text;
                piece.node = node;
            }
            slab.things.push(Thing::new(column.x + column.width - numbers, 0.0, What::Line(number)));
        }
    }
}

fn narrower(column: Column, by: f32) -> Column {
    // Nesting without end must leave room for words.
    let by = by.min((column.width - 60.0).max(0.0));
    Column { x: column.x + by, width: column.width - by, ..column }
}

fn is_bar(thing: &Thing, x: f32) -> bool {
    matches!(thing.what, What::Bar(_)) && thing.x.to_bits() == x.to_bits()
}

/// Tells lines that they are part of `node`, and their links that they are links in it.
pub(super) fn tag(lines: &mut [Line], node: NodeIx, tree: &mut Tree) {
    let mut links: Vec<(u16, NodeIx)> = Vec::new();
    let mut of = |number: Option<u16>| match number {
        None => node,
        Some(number) => match links.iter().find(|(known, _)| *known == number) {
            Some((_, link)) => *link,
            None => {
                let link = tree.add(node, Role::Link);
                links.push((number, link));
                link
            }
        },
    };
    for line in lines {
        for piece in &mut line.pieces {
            piece.node = of(piece.link);
        }
        for link in &mut line.links {
            link.node = of(Some(link.number));
        }
    }
}
