//! Lays blocks out into slabs: strips of the text column that stay whole, with the places between them where a page may
//! end. Nothing here knows about pages.

mod contents;
mod figures;
mod lists;
mod tables;

use super::beat::Beat;
use super::lines::{Line, Setter, Setting};
use super::look;
use super::slab::{Bookmark, Galley, Slab, Thing, Tie, What, tag};
use super::tags::{NodeIx, Role, Tree};
use crate::direction;
use crate::document::{Anchor, Block, Document, Heading, Inline, Part, Shows, Style, Voice, words};
use crate::language;

/// A character that no bundled face has, and where it stands: the nearest anchor above.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// The nearest anchor above, such as that of the record.
    pub anchor: Option<Anchor>,
    /// The character.
    pub character: char,
}

/// Where in the text column something stands.
#[derive(Clone, Copy)]
struct Place {
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
        let mut galleys: Vec<Galley> = Vec::with_capacity(document.parts.len());
        for Part { cover, runs_on, band, blocks } in &document.parts {
            let before = galleys.pop_if(|_| *runs_on);
            let mut galley = before.unwrap_or(Galley { cover: *cover, bands: Vec::new(), slabs: Vec::new() });
            self.slabs = galley.slabs;
            galley.bands.push((self.slabs.len(), *band));
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
                self.block(block, Place { x: 0.0, width: look::MEASURE, node }, None);
                self.beat.end();
                if self.beat.stopped() {
                    return None;
                }
            }
            galley.slabs = std::mem::take(&mut self.slabs);
            galleys.push(galley);
        }
        Some(galleys)
    }

    /// `before` overrules the space above the block's first line.
    fn block(&mut self, block: &Block, within: Place, before: Option<f32>) {
        let start = self.slabs.len();
        self.under_heading &= matches!(block, Block::Paragraph(Voice::Note, _));
        match block {
            Block::Heading(heading) => self.heading(heading, within),
            Block::Paragraph(voice, inlines) => {
                let (setting, above) = look::voice(*voice);
                // A source never leaves what it is the source of, and a note hardly ever.
                if let (Voice::Source | Voice::Note, Some(last)) = (voice, self.slabs.last_mut()) {
                    let tie = if *voice == Voice::Source { Tie::Firm } else { Tie::Loose };
                    last.tie = last.tie.max(tie);
                }
                let role = if *voice == Voice::Title { Role::Heading(1) } else { Role::P };
                let node = self.tree.add(within.node, role);
                self.text(inlines, Place { node, ..within }, &setting, above);
                if let (Some(Inline::Text { text, .. }), Some(last)) = (inlines.last(), self.slabs.last_mut())
                    && text.trim_end().ends_with(':')
                {
                    last.tie = Tie::Loose;
                }
                // A label belongs to what it labels, and a heading's own small print to what the heading heads.
                if *voice == Voice::Label || self.under_heading {
                    self.keep_with_next(start);
                }
            }
            Block::List(list) => self.list(list, within),
            Block::Quote(blocks) => {
                let rtl = direction::of_blocks(blocks).unwrap_or(false);
                self.bars.push(if rtl { within.x + within.width - look::BAR } else { within.x });
                let inner = narrower(within, look::INDENT * 0.75, rtl);
                let inner = Place { node: self.tree.add(within.node, Role::BlockQuote), ..inner };
                for block in blocks {
                    self.block(block, inner, None);
                }
                self.bars.pop();
            }
            Block::Code(code) => self.code(code, within),
            Block::Rule => {
                let third = within.width / 3.0;
                let thing = Thing::new(within.x + third, 0.0, What::Rule(third));
                self.push(Slab { height: 6.0, before: 12.0, things: vec![thing], ..Slab::default() });
            }
            Block::Table(table) => self.table(table, within),
            Block::Facts(facts) => self.facts(facts, within),
            Block::Chart(chart) => self.chart(chart, within),
            Block::Contents => self.contents(within),
            Block::Figure(figure) => self.figure(figure, within),
            Block::Blanks(labels) => self.blanks(labels, within),
            Block::Note(note) => {
                for block in &note.in_small_print() {
                    self.block(block, within, None);
                }
                if let Some(first) = self.slabs.get_mut(start) {
                    first.anchors.push(note.anchor.clone());
                }
            }
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
        let Self { setter, beat, .. } = self;
        let mut lines = setter.set(inlines, width, setting, &mut || beat.goes_on());
        tag(&mut lines, node, &mut self.tree);
        self.tree.speak(node, language::of_block(inlines));
        self.beat.tick();
        lines
    }

    /// Lines of text with no widow and no orphan: the first two lines stay together, and the last two.
    fn text(&mut self, inlines: &[Inline], within: Place, setting: &Setting, before: f32) {
        let lines = self.set(inlines, within.width, setting, within.node);
        let count = lines.len();
        for (index, line) in lines.into_iter().enumerate() {
            let tie = Tie::firm_if(count > 1 && (index == 0 || index + 2 == count));
            self.push(Slab {
                height: line.height,
                before: if index == 0 { before } else { 0.0 },
                tie,
                things: vec![Thing::new(within.x, 0.0, What::Line(line))],
                ..Slab::default()
            });
        }
    }

    fn keep_with_next(&mut self, from: usize) {
        for slab in self.slabs.iter_mut().skip(from) {
            slab.tie = Tie::Firm;
        }
    }

    fn heading(&mut self, heading: &Heading, within: Place) {
        let (setting, above, below) = look::heading(heading.level);
        let start = self.slabs.len();
        if let Some(anchor) = &heading.anchor {
            self.anchor = Some(anchor.clone());
        }
        self.under_heading = true;
        // Two headings in a row stand close, as one.
        let after_heading = self.slabs.last().is_some_and(|last| last.bookmark.is_some());
        let node = self.tree.add(within.node, Role::Heading(heading.level));
        self.text(&heading.text, Place { node, ..within }, &setting, if after_heading { above * 0.45 } else { above });
        self.keep_with_next(start);
        if let Some(first) = self.slabs.get_mut(start) {
            first.anchors.extend(heading.anchor.clone());
            let title = || words(&heading.text);
            let bookmark = || Bookmark { level: heading.level, title: title(), running: heading.running };
            first.bookmark = heading.bookmark.then(bookmark);
        }
        if let Some(last) = self.slabs.last_mut() {
            last.height += below;
        }
    }

    fn code(&mut self, code: &str, within: Place) {
        let setting = look::code();
        let inner = narrower(within, look::INDENT * 0.5, false);
        let node = self.tree.add(within.node, Role::P);
        let inner = Place { node: self.tree.add(node, Role::Code), ..inner };
        let last = code.split('\n').count() - 1;
        for (index, line) in code.split('\n').enumerate() {
            let style = Style { code: true, ..Style::default() };
            // Spaces at the head of a line are part of code; at others it may go on below.
            let rest = line.trim_start_matches(' ');
            let mut text = "\u{a0}".repeat(line.len() - rest.len()) + rest;
            if index < last {
                // Heard as a pause, not as one long word.
                text.push(' ');
            }
            let text = vec![Inline::Text { text, style, link: None }];
            self.text(&text, inner, &setting, if index == 0 { 8.0 } else { 0.0 });
        }
    }
}

/// Moves in from the side on which lines begin.
fn narrower(within: Place, by: f32, rtl: bool) -> Place {
    // Nesting without end must leave room for words.
    let by = by.min((within.width - 60.0).max(0.0));
    Place { x: if rtl { within.x } else { within.x + by }, width: within.width - by, ..within }
}

fn is_bar(thing: &Thing, x: f32) -> bool {
    matches!(thing.what, What::Bar(_)) && thing.x.to_bits() == x.to_bits()
}
