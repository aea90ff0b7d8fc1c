//! Draws pages: slabs, running heads, page numbers and bands, each marked with what it is part of, and the places that can
//! be pressed.
//!
//! A page's contents come in two halves: first what the document says, in reading order, then everything that is only
//! furniture or decoration. So a paragraph is one stretch on its page, whatever rules and strokes stand among its words.

use super::chart::{Path, Plot, Shape};
use super::embed::Codes;
use super::lines::{Ink, Line, Piece, Shown, Step};
use super::look;
use super::operators::Operators;
use super::paginate::{Page, Placed};
use super::slab::{Galley, Thing, What};
use super::tags::{NodeIx, Tree};
use crate::document::{Colour, Link};
use domain::coverage::Coverage;

/// A rectangle on a page that leads somewhere; points from the bottom left.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Press {
    pub(super) rect: [f32; 4],
    pub(super) link: Link,
    pub(super) node: NodeIx,
}

/// A page as it will be written.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// The operators.
    pub(super) operators: Vec<u8>,
    /// Whose content each numbered part of the page is.
    pub(super) parts: Vec<NodeIx>,
    pub(super) presses: Vec<Press>,
    /// Shapes that say something, and where they stand.
    pub(super) figures: Vec<(NodeIx, [f32; 4])>,
    /// The numbers of what figures on it show.
    pub(super) shown: Vec<usize>,
}

/// Draws one page after another.
pub(super) struct Pen<'a> {
    pub(super) galleys: &'a [Galley],
    pub(super) codes: &'a Codes,
    pub(super) tree: &'a Tree,
    /// The line at the head of every page but a cover.
    pub(super) head: Option<Line>,
    /// Below it on each page, what the page goes on with.
    pub(super) running: Vec<Option<Line>>,
    /// The line at the foot of each page.
    pub(super) feet: Vec<Line>,
}

/// A page being drawn.
struct Canvas<'a> {
    codes: &'a Codes,
    tree: &'a Tree,
    said: Operators,
    decoration: Operators,
    /// What is open in the first half.
    part: Option<NodeIx>,
    /// What is open in the second half.
    artifact: Option<&'static str>,
    drawn: Drawn,
}

const LAYOUT: &str = "/Type/Layout";
const PAGINATION: &str = "/Type/Pagination";
const HEADER: &str = "/Type/Pagination/Subtype/Header";
const FOOTER: &str = "/Type/Pagination/Subtype/Footer";

impl Pen<'_> {
    /// Draws page `number`, counted from 0.
    pub(super) fn page(&self, number: usize, page: &Page) -> Drawn {
        let mut canvas = Canvas {
            codes: self.codes,
            tree: self.tree,
            said: Operators::default(),
            decoration: Operators::default(),
            part: None,
            artifact: None,
            drawn: Drawn::default(),
        };
        if let Some(galley) = self.galleys.get(page.galley) {
            bands(galley, page, &mut canvas);
            if !galley.cover {
                self.furniture(number, &mut canvas);
            }
            for placed in &page.placed {
                for thing in galley.slabs.get(placed.slab).map_or(&[][..], |slab| &slab.things) {
                    canvas.thing(thing, placed);
                }
            }
        }
        canvas.finish()
    }

    fn furniture(&self, number: usize, canvas: &mut Canvas<'_>) {
        let lines = [
            (self.head.as_ref(), look::HEAD_BASELINE, HEADER),
            (self.running.get(number).and_then(Option::as_ref), look::RUNNING_BASELINE, HEADER),
            (self.feet.get(number), look::FOOT_BASELINE, FOOTER),
        ];
        for (line, baseline, kind) in lines {
            if let Some(line) = line {
                canvas.line(line, look::LEFT, baseline - line.baseline, Some(kind));
            }
        }
    }
}

impl Canvas<'_> {
    fn thing(&mut self, thing: &Thing, placed: &Placed) {
        let (x, y, repeated) = (look::LEFT + thing.x, placed.y + thing.y, placed.repeated);
        match &thing.what {
            What::Line(line) => self.line(line, x, y, repeated.then_some(PAGINATION)),
            What::Rule(width) => {
                self.artifact(LAYOUT).rectangle(x, y - look::HAIR / 2.0, *width, look::HAIR, look::INK);
            }
            What::Bar(height) => {
                self.artifact(LAYOUT).rectangle(x, y, look::BAR, height * placed.scale, look::QUIET);
            }
            What::Mark(shape) => {
                self.figure(thing.node, [x, y + 2.6, 9.2, 9.2], |to| mark(to, *shape, x + 4.6, y + 7.2));
            }
            What::Box(done) => self.figure(thing.node, [x + 1.4, y + 2.8, 8.8, 8.8], |to| {
                tick_box(to, *done, x + 2.0, y + 3.4);
            }),
            What::Chart(plot) => self.chart(plot, thing.node, x, y),
            What::Shown(number, width, height) => {
                self.drawn.shown.push(*number);
                let (width, height) = (width * placed.scale, height * placed.scale);
                self.figure(thing.node, [x, y, width, height], |to| to.show_at(*number, x, y, width, height));
                // A white page on a white page needs an edge.
                let to = self.artifact(LAYOUT);
                to.outline(look::QUIET, look::HAIR);
                to.draw(|to| polygon(to, &[(x, y), (x + width, y), (x + width, y + height), (x, y + height)]), None);
            }
            What::Press(width, height, link) => self.press(x, y, *width, *height, link, thing.node),
        }
    }

    /// A line of text: part of the document, or an artifact of this kind.
    fn line(&mut self, line: &Line, x: f32, y: f32, artifact: Option<&'static str>) {
        for piece in &line.pieces {
            let to = match artifact {
                Some(kind) => self.artifact(kind),
                None => self.part(piece.node),
            };
            to.begin_text();
            let codes = self.codes;
            let to = if artifact.is_some() { &mut self.decoration } else { &mut self.said };
            show(to, piece, x + piece.x, y + line.baseline, codes);
        }
        for stroke in &line.strokes {
            let at = y + line.baseline - stroke.y;
            self.artifact(LAYOUT).rectangle(x + stroke.from, at, stroke.to - stroke.from, 0.5, ink(stroke.ink));
        }
        // A head that is shown again is decoration, and nothing can be pressed in it.
        if artifact.is_none() {
            for link in &line.links {
                self.press(x + link.from, y, link.to - link.from, line.height, &link.link, link.node);
            }
        }
    }

    /// What is drawn with the operators that come back belongs to this node.
    fn part(&mut self, node: NodeIx) -> &mut Operators {
        if self.part != Some(node) {
            self.close_part();
            // Text is begun before and ended after the parts in it.
            if self.tree.role(node) == super::tags::Role::Figure {
                self.said.end_text();
            } else {
                self.said.begin_text();
            }
            self.said.begin_part(self.tree.role(node).name(), self.drawn.parts.len());
            self.drawn.parts.push(node);
            self.part = Some(node);
        }
        &mut self.said
    }

    fn close_part(&mut self) {
        if self.part.take().is_some() {
            self.said.end_mark();
        }
    }

    /// What is drawn with the operators that come back is not part of what the document says.
    fn artifact(&mut self, kind: &'static str) -> &mut Operators {
        if self.artifact != Some(kind) {
            self.close_artifact();
            self.decoration.begin_artifact(kind);
            self.artifact = Some(kind);
        }
        // Only text that follows goes on in text.
        self.decoration.end_text();
        &mut self.decoration
    }

    fn close_artifact(&mut self) {
        self.decoration.end_text();
        if self.artifact.take().is_some() {
            self.decoration.end_mark();
        }
    }

    fn chart(&mut self, plot: &Plot, node: Option<NodeIx>, x: f32, y: f32) {
        self.figure(node, [x, y, plot.width, plot.height], |to| {
            for one in &plot.shapes {
                shape(to, one, x, y);
            }
        });
        for (left, top, line) in &plot.words {
            self.line(line, x + left, y + top, None);
        }
        // Its words are text within the part, and not a part within text.
        self.said.end_text();
    }

    /// A shape in this area (from its top left corner, with width and height), which says something when it has a node.
    fn figure(&mut self, node: Option<NodeIx>, area: [f32; 4], draw: impl FnOnce(&mut Operators)) {
        match node {
            Some(node) => {
                let [x, y, width, height] = area;
                let bottom = look::PAGE_HEIGHT - y - height;
                self.drawn.figures.push((node, [x, bottom, x + width, bottom + height].map(round)));
                draw(self.part(node));
            }
            None => draw(self.artifact(LAYOUT)),
        }
    }

    fn press(&mut self, x: f32, y: f32, width: f32, height: f32, link: &Link, node: impl Into<Option<NodeIx>>) {
        let Some(node) = node.into() else { return };
        let bottom = look::PAGE_HEIGHT - y - height;
        let rect = [x, bottom, x + width, bottom + height].map(round);
        self.drawn.presses.push(Press { rect, link: link.clone(), node });
    }

    fn finish(mut self) -> Drawn {
        self.close_part();
        self.said.end_text();
        self.close_artifact();
        let mut drawn = self.drawn;
        drawn.operators = self.said.bytes;
        drawn.operators.extend(self.decoration.bytes);
        drawn
    }
}

fn show(to: &mut Operators, piece: &Piece, x: f32, baseline: f32, codes: &Codes) {
    let span = piece.says.is_some() || piece.language.is_some();
    if span {
        to.begin_span(piece.says.as_deref(), piece.language);
    }
    if piece.reversed {
        to.begin_reversed();
    }
    match &piece.shown {
        Shown::Plain(steps) => {
            to.pen(piece.face, piece.size, ink(piece.ink), x, baseline);
            to.show(piece.face, steps, codes);
        }
        Shown::Placed(glyphs) => {
            for (dx, dy, glyph) in glyphs {
                to.pen(piece.face, piece.size, ink(piece.ink), x + dx, baseline - dy);
                to.show(piece.face, &[Step::Glyph(*glyph)], codes);
            }
        }
        // Numbers are put in when the pages are known.
        Shown::PageOf { .. } => {}
    }
    if piece.reversed {
        to.end_mark();
    }
    if span {
        to.end_mark();
    }
}

fn ink(ink: Ink) -> Colour {
    match ink {
        Ink::Text => look::INK,
        Ink::Quiet => look::QUIET,
        Ink::Link => look::LINK,
    }
}

/// The bands at the page's edge, each as high as what it stands beside.
fn bands(galley: &Galley, page: &Page, canvas: &mut Canvas<'_>) {
    let mut own =
        page.placed.iter().filter(|placed| !placed.repeated).map(|placed| (galley.band(placed.slab), placed.y));
    let Some((mut band, _)) = own.next() else { return };
    let mut top = 0.0;
    let ends = own.chain([(None, look::PAGE_HEIGHT)]);
    for (next, y) in ends {
        if next == band && y < look::PAGE_HEIGHT {
            continue;
        }
        if let Some(colour) = band {
            let x = look::PAGE_WIDTH - look::BAND;
            canvas.artifact(LAYOUT).rectangle(x, top, look::BAND, y - top, colour);
        }
        (band, top) = (next, y);
    }
}

/// A hundredth of a point is finer than any printer.
fn round(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}

/// A shape of a chart whose top left is here.
fn shape(to: &mut Operators, shape: &Shape, left: f32, top: f32) {
    let filled = if let Some(thickness) = shape.outline {
        to.outline(shape.colour, thickness);
        None
    } else {
        Some(shape.colour)
    };
    match &shape.path {
        Path::Circle(x, y, radius) => to.draw(|to| circle(to, left + x, top + y, *radius), filled),
        Path::Corners(corners) => {
            let corners: Vec<(f32, f32)> = corners.iter().map(|(x, y)| (left + x, top + y)).collect();
            to.draw(|to| polygon(to, &corners), filled);
        }
    }
}

const WHITE: Colour = Colour(255, 255, 255);

/// A status shape around a centre.
fn mark(to: &mut Operators, mark: Coverage, x: f32, y: f32) {
    let radius = 3.6;
    match mark {
        Coverage::Covered => to.draw(|to| circle(to, x, y, radius + 0.5), Some(look::INK)),
        Coverage::Agreed => {
            to.draw(|to| circle(to, x, y, radius + 0.9), Some(look::INK));
            tick(to, x, y, WHITE);
        }
        Coverage::Partly => {
            to.outline(look::INK, 1.1);
            to.draw(|to| circle(to, x, y, radius), None);
            to.draw(|to| left_half(to, x, y, radius), Some(look::INK));
        }
        Coverage::NotYet => {
            to.outline(look::INK, 1.1);
            to.draw(|to| circle(to, x, y, radius), None);
        }
        Coverage::NotExpected => to.rectangle(x - radius, y - 0.55, radius * 2.0, 1.1, look::INK),
    }
}

fn tick_box(to: &mut Operators, done: bool, x: f32, y: f32) {
    let size = 7.6;
    to.outline(look::INK, 1.1);
    let corners = [(x, y), (x + size, y), (x + size, y + size), (x, y + size)];
    to.draw(|to| polygon(to, &corners), None);
    if done {
        tick(to, x + size / 2.0, y + size / 2.0, look::INK);
    }
}

/// A tick of one stroke's thickness, about five points wide.
fn tick(to: &mut Operators, x: f32, y: f32, colour: Colour) {
    let outline = [(-2.6, 0.1), (-1.8, -0.7), (-0.7, 0.5), (1.9, -2.2), (2.7, -1.4), (-0.7, 2.1)];
    to.draw(|to| polygon(to, &outline.map(|(dx, dy)| (x + dx, y + dy))), Some(colour));
}

fn polygon(to: &mut Operators, corners: &[(f32, f32)]) {
    for (index, (x, y)) in corners.iter().enumerate() {
        if index == 0 {
            to.move_to(*x, *y);
        } else {
            to.line_to(*x, *y);
        }
    }
}

/// How far a curve's handles stand out for a quarter of a circle.
const QUARTER: f32 = 0.552_285;

fn circle(to: &mut Operators, x: f32, y: f32, r: f32) {
    let k = r * QUARTER;
    left_half(to, x, y, r);
    to.curve_to([(x + k, y + r), (x + r, y + k)], x + r, y);
    to.curve_to([(x + r, y - k), (x + k, y - r)], x, y - r);
}

/// From the top round the left to the bottom.
fn left_half(to: &mut Operators, x: f32, y: f32, r: f32) {
    let k = r * QUARTER;
    to.move_to(x, y - r);
    to.curve_to([(x - k, y - r), (x - r, y - k)], x - r, y);
    to.curve_to([(x - r, y + k), (x - k, y + r)], x, y + r);
}
