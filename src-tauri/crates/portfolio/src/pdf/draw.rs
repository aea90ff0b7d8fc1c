//! Draws pages: slabs, running heads, page numbers and bands as printpdf operations, and the places that can be pressed.

use printpdf::{
    Color, DictItem, LinePoint, Mm, Op, PaintMode, PdfFontHandle, PdfPage, Point, Polygon, PolygonRing, Pt, Rgb,
    TextItem, TextMatrix, WindingOrder,
};
use std::collections::{BTreeMap, HashMap};

use super::flow::{Galley, Thing, What};
use super::fonts::{self, FaceIx};
use super::look;
use super::paginate::{Page, Spot};
use super::text::{Ink, Line, Piece, Setter, Shown};
use crate::document::{Align, Anchor, Colour, Inline, Link, Mark};

/// A rectangle on a page that leads somewhere; points from the bottom left.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Press {
    pub(super) rect: [f32; 4],
    pub(super) link: Link,
}

/// A page as it will be written.
#[derive(Debug)]
pub(super) struct Drawn {
    pub(super) page: PdfPage,
    pub(super) presses: Vec<Press>,
}

/// Draws one page after another.
pub(super) struct Pen<'a> {
    pub(super) setter: &'a mut Setter,
    pub(super) anchors: &'a HashMap<Anchor, Spot>,
    pub(super) running_head: &'a str,
    /// Pages in all.
    pub(super) count: usize,
}

/// A page being drawn; remembers what the reader of the page has set, to say it only when it changes.
#[derive(Default)]
struct Sheet {
    ops: Vec<Op>,
    presses: Vec<Press>,
    in_text: bool,
    font: Option<(FaceIx, u32)>,
    fill: Option<Colour>,
}

impl Pen<'_> {
    /// Draws page `number`, counted from 0, and takes what it draws out of the galley: two copies of a thousand pages
    /// would be one too many.
    pub(super) fn page(&mut self, number: usize, page: &Page, galley: &mut Galley) -> Drawn {
        let mut sheet = Sheet::default();
        if let Some(band) = galley.band {
            sheet.artifact("Layout", |sheet| {
                sheet.rectangle(look::PAGE_WIDTH - look::BAND, 0.0, look::BAND, look::PAGE_HEIGHT, band);
            });
        }
        if !galley.cover {
            self.furniture(number, &mut sheet);
        }
        for placed in &page.placed {
            let Some(slab) = galley.slabs.get_mut(placed.slab) else { continue };
            // A table's head is needed again.
            let things = match slab.head_of {
                Some(_) => slab.things.clone(),
                None => std::mem::take(&mut slab.things),
            };
            if placed.repeated {
                sheet.artifact("Pagination", |sheet| self.things(things, placed.y, sheet));
            } else {
                self.things(things, placed.y, &mut sheet);
            }
        }
        sheet.end_text();
        let size = |points: f32| Mm::from(Pt(points));
        Drawn { page: PdfPage::new(size(look::PAGE_WIDTH), size(look::PAGE_HEIGHT), sheet.ops), presses: sheet.presses }
    }

    fn furniture(&mut self, number: usize, sheet: &mut Sheet) {
        let foot = format!("Page {} of {}", number + 1, self.count);
        let head = [
            (self.running_head.to_owned(), look::HEAD_BASELINE, Align::Left),
            (foot, look::FOOT_BASELINE, Align::Right),
        ];
        for (text, baseline, align) in head {
            let lines = self.setter.set(&[Inline::plain(text)], look::MEASURE, &look::furniture(align));
            if let Some(line) = lines.into_iter().next() {
                let top = baseline - line.baseline;
                sheet.artifact("Pagination", |sheet| self.line(line, look::LEFT, top, sheet));
            }
        }
    }

    fn things(&mut self, things: Vec<Thing>, top: f32, sheet: &mut Sheet) {
        for thing in things {
            let (x, y) = (look::LEFT + thing.x, top + thing.y);
            match thing.what {
                What::Line(line) => self.line(line, x, y, sheet),
                What::Rule(width) => {
                    sheet.artifact("Layout", |s| s.rectangle(x, y - look::HAIR / 2.0, width, look::HAIR, look::INK));
                }
                What::Bar(height) => sheet.artifact("Layout", |s| s.rectangle(x, y, 1.2, height, look::QUIET)),
                What::Mark(mark) => sheet.artifact("Layout", |s| s.mark(mark, x + 4.6, y + 7.2)),
                What::Box(done) => sheet.artifact("Layout", |s| s.tick_box(done, x + 2.0, y + 3.4)),
                What::Press(width, height, link) => sheet.press(x, y, width, height, link),
            }
        }
    }

    fn line(&mut self, line: Line, x: f32, y: f32, sheet: &mut Sheet) {
        for piece in line.pieces {
            let x = x + piece.x;
            self.piece(piece, x, y + line.baseline, sheet);
        }
        for stroke in &line.strokes {
            let at = y + line.baseline - stroke.y;
            sheet.artifact("Layout", |s| {
                s.rectangle(x + stroke.from, at, stroke.to - stroke.from, 0.5, ink(stroke.ink));
            });
        }
        for link in line.links {
            sheet.press(x + link.from, y, link.to - link.from, line.height, link.link);
        }
    }

    fn piece(&mut self, mut piece: Piece, x: f32, baseline: f32, sheet: &mut Sheet) {
        match std::mem::replace(&mut piece.shown, Shown::Plain(Vec::new())) {
            Shown::Plain(items) => {
                sheet.pen(&piece, x, baseline);
                sheet.ops.push(Op::ShowText { items });
            }
            Shown::Actual(glyphs, text) => {
                sheet.end_text();
                sheet.begin_span(&text);
                for (dx, dy, codepoint) in glyphs {
                    sheet.pen(&piece, x + dx, baseline - dy);
                    sheet.ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(vec![codepoint])] });
                }
                sheet.end_text();
                sheet.ops.push(Op::EndMarkedContent);
            }
            Shown::PageOf { anchor, width, right } => {
                let Some(spot) = self.anchors.get(&anchor) else { return };
                let number = (spot.page + 1).to_string();
                let face = piece.face;
                let glyphs = number.chars().filter_map(|figure| self.setter.fonts.glyph(face, figure));
                let advance: f32 = glyphs.map(|glyph| self.setter.fonts.advance(face, glyph)).sum();
                let shift = if right { width - advance * piece.size / 1000.0 } else { 0.0 };
                sheet.pen(&piece, x + shift, baseline);
                let items = vec![TextItem::Text(number)];
                sheet.ops.push(Op::ShowText { items });
            }
        }
    }
}

fn ink(ink: Ink) -> Colour {
    match ink {
        Ink::Text => look::INK,
        Ink::Quiet => look::QUIET,
        Ink::Link => look::LINK,
    }
}

fn point(x: f32, y: f32) -> Point {
    Point { x: Pt(x), y: Pt(look::PAGE_HEIGHT - y) }
}

impl Sheet {
    /// Sets face, size, ink and place for the text that follows.
    fn pen(&mut self, piece: &Piece, x: f32, baseline: f32) {
        if !self.in_text {
            self.ops.push(Op::StartTextSection);
            self.in_text = true;
        }
        let font = (piece.face, piece.size.to_bits());
        if self.font != Some(font) {
            self.font = Some(font);
            let handle = PdfFontHandle::External(fonts::resource(piece.face));
            self.ops.push(Op::SetFont { font: handle, size: Pt(piece.size) });
        }
        self.fill(ink(piece.ink));
        let place = TextMatrix::Translate(Pt(round(x)), Pt(round(look::PAGE_HEIGHT - baseline)));
        self.ops.push(Op::SetTextMatrix { matrix: place });
    }

    fn end_text(&mut self) {
        if self.in_text {
            self.ops.push(Op::EndTextSection);
            self.in_text = false;
        }
    }

    fn fill(&mut self, colour: Colour) {
        if self.fill != Some(colour) {
            self.fill = Some(colour);
            self.ops.push(Op::SetFillColor { col: rgb(colour) });
        }
    }

    /// What is drawn here is decoration: it is not part of what the document says.
    fn artifact(&mut self, kind: &str, draw: impl FnOnce(&mut Self)) {
        self.end_text();
        let kind = DictItem::Name(kind.as_bytes().to_vec());
        let properties = DictItem::Dict { map: BTreeMap::from([("Type".to_owned(), kind)]) };
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: "Artifact".to_owned(), properties });
        draw(self);
        self.end_text();
        self.ops.push(Op::EndMarkedContent);
    }

    fn begin_span(&mut self, text: &str) {
        let mut data = vec![0xFE, 0xFF];
        data.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
        let text = DictItem::String { data, literal: false };
        let properties = DictItem::Dict { map: BTreeMap::from([("ActualText".to_owned(), text)]) };
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties });
    }

    fn press(&mut self, x: f32, y: f32, width: f32, height: f32, link: Link) {
        let bottom = look::PAGE_HEIGHT - y - height;
        self.presses.push(Press { rect: [round(x), round(bottom), round(x + width), round(bottom + height)], link });
    }

    fn rectangle(&mut self, x: f32, y: f32, width: f32, height: f32, colour: Colour) {
        let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
        self.polygon(corners.map(|(x, y)| corner(x, y)).to_vec(), colour, PaintMode::Fill);
    }

    fn polygon(&mut self, points: Vec<LinePoint>, colour: Colour, mode: PaintMode) {
        if mode == PaintMode::Stroke {
            self.ops.push(Op::SetOutlineColor { col: rgb(colour) });
            self.ops.push(Op::SetOutlineThickness { pt: Pt(1.1) });
        } else {
            self.fill(colour);
        }
        let rings = vec![PolygonRing { points }];
        let polygon = Polygon { rings, mode, winding_order: WindingOrder::NonZero };
        self.ops.push(Op::DrawPolygon { polygon });
    }

    /// A status shape around a centre.
    fn mark(&mut self, mark: Mark, x: f32, y: f32) {
        let radius = 3.6;
        match mark {
            Mark::Covered => self.polygon(circle(x, y, radius + 0.5), look::INK, PaintMode::Fill),
            Mark::Agreed => {
                self.polygon(circle(x, y, radius + 0.9), look::INK, PaintMode::Fill);
                self.tick(x, y, Colour(255, 255, 255));
            }
            Mark::Partly => {
                self.polygon(circle(x, y, radius), look::INK, PaintMode::Stroke);
                self.polygon(left_half(x, y, radius), look::INK, PaintMode::Fill);
            }
            Mark::NotYet => self.polygon(circle(x, y, radius), look::INK, PaintMode::Stroke),
            Mark::NotExpected => self.rectangle(x - radius, y - 0.55, radius * 2.0, 1.1, look::INK),
        }
    }

    fn tick_box(&mut self, done: bool, x: f32, y: f32) {
        let size = 7.6;
        let corners = [(x, y), (x + size, y), (x + size, y + size), (x, y + size)];
        self.polygon(corners.map(|(x, y)| corner(x, y)).to_vec(), look::INK, PaintMode::Stroke);
        if done {
            self.tick(x + size / 2.0, y + size / 2.0, look::INK);
        }
    }

    /// A tick of one stroke's thickness, about five points wide.
    fn tick(&mut self, x: f32, y: f32, colour: Colour) {
        let outline = [(-2.6, 0.1), (-1.8, -0.7), (-0.7, 0.5), (1.9, -2.2), (2.7, -1.4), (-0.7, 2.1)];
        self.polygon(outline.map(|(dx, dy)| corner(x + dx, y + dy)).to_vec(), colour, PaintMode::Fill);
    }
}

fn rgb(Colour(r, g, b): Colour) -> Color {
    let part = |channel: u8| (f32::from(channel) / 255.0 * 1000.0).round() / 1000.0;
    Color::Rgb(Rgb { r: part(r), g: part(g), b: part(b), icc_profile: None })
}

/// A hundredth of a point is finer than any printer.
fn round(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}

fn corner(x: f32, y: f32) -> LinePoint {
    LinePoint { p: point(round(x), round(y)), bezier: false }
}

fn handle(x: f32, y: f32) -> LinePoint {
    LinePoint { p: point(round(x), round(y)), bezier: true }
}

/// How far a curve's handles stand out for a quarter of a circle.
const QUARTER: f32 = 0.552_285;

fn circle(x: f32, y: f32, r: f32) -> Vec<LinePoint> {
    let k = r * QUARTER;
    let mut points = left_half(x, y, r);
    points.extend([
        handle(x + k, y + r),
        handle(x + r, y + k),
        corner(x + r, y),
        handle(x + r, y - k),
        handle(x + k, y - r),
        corner(x, y - r),
    ]);
    points
}

/// From the top round the left to the bottom.
fn left_half(x: f32, y: f32, r: f32) -> Vec<LinePoint> {
    let k = r * QUARTER;
    vec![
        corner(x, y - r),
        handle(x - k, y - r),
        handle(x - r, y - k),
        corner(x - r, y),
        handle(x - r, y + k),
        handle(x - k, y + r),
        corner(x, y + r),
    ]
}
