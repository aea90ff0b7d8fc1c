//! What setting text begins with and ends in: paragraphs and how they are to be set, and lines of glyphs, each of which
//! keeps what a page needs to draw it so that the words can be read back exactly.

use std::ops::Range;

use crate::document::{Align, Anchor, Link, Style};
use crate::language::Language;
use crate::pdf::fonts::FaceIx;
use crate::pdf::tags::NodeIx;

/// Kerning below this many thousandths of an em is not worth its bytes: 0.03 pt in running text.
pub(super) const SLACK: f32 = 3.0;

/// The few inks there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::pdf) enum Ink {
    /// Text.
    #[default]
    Text,
    /// Notes, labels, furniture.
    Quiet,
    /// What can be followed.
    Link,
}

/// How a paragraph is set; lengths in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::pdf) struct Setting {
    pub(in crate::pdf) size: f32,
    pub(in crate::pdf) leading: f32,
    pub(in crate::pdf) bold: bool,
    pub(in crate::pdf) italic: bool,
    pub(in crate::pdf) ink: Ink,
    pub(in crate::pdf) code: bool,
    pub(in crate::pdf) align: Align,
    /// Words may be parted where a line would be left half empty.
    pub(in crate::pdf) hyphens: bool,
    /// Figures are as wide as each other, so that they stand in columns.
    pub(in crate::pdf) tabular: bool,
}

impl Setting {
    /// Running text.
    pub(in crate::pdf) const BODY: Self = Self {
        size: 11.0,
        leading: 16.0,
        bold: false,
        italic: false,
        ink: Ink::Text,
        code: false,
        align: Align::Left,
        hyphens: true,
        tabular: false,
    };
}

/// One line, measured from its top left.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::pdf) struct Line {
    pub(in crate::pdf) height: f32,
    pub(in crate::pdf) baseline: f32,
    /// Where its ink ends.
    pub(in crate::pdf) width: f32,
    pub(in crate::pdf) pieces: Vec<Piece>,
    pub(in crate::pdf) links: Vec<LinkSpan>,
    pub(in crate::pdf) strokes: Vec<Stroke>,
}

impl Line {
    /// Puts a line that is whole where it belongs, within `width`; its ink begins at `from`. Nothing is set within a width
    /// that has no end.
    pub(super) fn end(&mut self, from: f32, width: f32, align: Align) {
        // A space at the end of a line is not underlined.
        for stroke in &mut self.strokes {
            stroke.to = stroke.to.min(self.width);
        }
        let room = width - (self.width - from);
        let shift = match align {
            Align::Centre if width < f32::MAX => room / 2.0 - from,
            Align::Right if width < f32::MAX => room - from,
            _ => return,
        };
        for piece in &mut self.pieces {
            piece.x += shift;
        }
        for LinkSpan { from, to, .. } in &mut self.links {
            (*from, *to) = (*from + shift, *to + shift);
        }
        for Stroke { from, to, .. } in &mut self.strokes {
            (*from, *to) = (*from + shift, *to + shift);
        }
        self.width += shift;
    }
}

/// Glyphs of one face, size and ink on a line.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::pdf) struct Piece {
    pub(in crate::pdf) x: f32,
    pub(in crate::pdf) face: FaceIx,
    pub(in crate::pdf) size: f32,
    pub(in crate::pdf) ink: Ink,
    /// The language, where the script tells it and it is not the document's.
    pub(in crate::pdf) language: Option<Language>,
    /// Which link it belongs to: the first of the inlines that share it.
    pub(in crate::pdf) link: Option<u16>,
    /// What it is part of; given by the block that the line belongs to.
    pub(in crate::pdf) node: NodeIx,
    /// Its glyphs stand in the order in which they are seen and are read from the last to the first.
    pub(in crate::pdf) reversed: bool,
    /// What it says, where the face's own table does not give that back.
    pub(in crate::pdf) says: Option<Box<str>>,
    pub(in crate::pdf) shown: Shown,
}

/// A step of a reader's pen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pdf) enum Step {
    /// Shows a glyph and moves on by its width.
    Glyph(u16),
    /// Moves on by a glyph's width and does not show it.
    Hidden(u16),
    /// Moves to the left by thousandths of an em.
    Back(i16),
}

/// What a piece shows.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::pdf) enum Shown {
    /// Glyphs in a row.
    Plain(Vec<Step>),
    /// Glyphs at `(x, y)` from the piece's start.
    Placed(Vec<(f32, f32, u16)>),
    /// Room for a page number of up to four figures, filled in when the pages are known.
    PageOf {
        anchor: Anchor,
        width: f32,
        /// The number stands at the right of its room.
        right: bool,
    },
}

/// A stretch of a line that can be followed.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::pdf) struct LinkSpan {
    pub(in crate::pdf) from: f32,
    pub(in crate::pdf) to: f32,
    pub(in crate::pdf) link: Link,
    /// Which link this is a stretch of, as in [`Piece::link`].
    pub(in crate::pdf) number: u16,
    pub(in crate::pdf) node: NodeIx,
}

/// A line under or through words; `y` above the baseline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::pdf) struct Stroke {
    pub(in crate::pdf) from: f32,
    pub(in crate::pdf) to: f32,
    pub(in crate::pdf) y: f32,
    pub(in crate::pdf) ink: Ink,
}

/// A paragraph as it is set: one text, without what draws nothing.
#[derive(Default)]
pub(super) struct Paragraph<'a> {
    pub(super) text: String,
    /// Its stretches, in order and without a gap.
    pub(super) spans: Vec<Span<'a>>,
    /// Characters no face can draw, by the place in `text` of what stands for them.
    pub(super) replaced: Vec<(usize, char)>,
    /// Where the writer allows a hyphen.
    pub(super) hyphens: Vec<usize>,
}

/// A stretch of a paragraph in one style.
#[derive(Clone)]
pub(super) struct Span<'a> {
    pub(super) range: Range<usize>,
    pub(super) style: Style,
    pub(super) link: Option<&'a Link>,
    pub(super) page_of: Option<&'a Anchor>,
    /// Which link it belongs to, as in [`Piece::link`].
    pub(super) number: Option<u16>,
}

impl<'a> Paragraph<'a> {
    /// From a place on about so many bytes, up to a space if there is one, and where in the text that ends. Where the
    /// direction of the whole is given, a mark in front holds the stretch to it; how long that is.
    pub(super) fn stretch(&self, from: usize, bytes: usize, rtl: Option<bool>) -> (Self, usize, usize) {
        let most = self.text.floor_char_boundary(from + bytes);
        let text = self.text.get(from..most).unwrap_or_default();
        let to = if most < self.text.len() { text.rfind([' ', '\n']).map_or(most, |at| from + at + 1) } else { most };
        let mark = match rtl {
            Some(true) if from > 0 => "\u{200F}",
            Some(false) if from > 0 => "\u{200E}",
            _ => "",
        };
        let at = |place: usize| place.clamp(from, to) - from + mark.len();
        let span = |span: &Span<'a>| {
            let range = at(span.range.start)..at(span.range.end);
            (!range.is_empty()).then(|| Span { range, ..span.clone() })
        };
        let mut spans: Vec<Span<'a>> = self.spans.iter().filter_map(span).collect();
        if let Some(first) = spans.first_mut() {
            first.range.start = 0;
        }
        let inside = |place: &usize| (from..to).contains(place);
        let replaced = self.replaced.iter().filter(|(place, _)| inside(place)).map(|(place, c)| (at(*place), *c));
        let part = Self {
            text: format!("{mark}{}", self.text.get(from..to).unwrap_or_default()),
            spans,
            replaced: replaced.collect(),
            hyphens: self.hyphens.iter().copied().filter(inside).map(at).collect(),
        };
        (part, to, mark.len())
    }
}

impl Span<'_> {
    pub(super) fn ink(&self, setting: &Setting) -> Ink {
        if self.number.is_some() {
            Ink::Link
        } else if self.style.quiet {
            Ink::Quiet
        } else {
            setting.ink
        }
    }
}

/// Moves the pen to the right by thousandths of an em; how far it really went. Whole numbers are exact enough.
#[allow(clippy::cast_possible_truncation, reason = "held within the range")]
pub(super) fn move_on(steps: &mut Vec<Step>, off: f32) -> f32 {
    let off = off.round().clamp(-32000.0, 32000.0);
    steps.push(Step::Back(-off as i16));
    off
}

/// Notes where links and strokes run on this line.
pub(super) fn mark_spans(span: &Span<'_>, at: Range<f32>, size: f32, ink: Ink, line: &mut Line) {
    let link = span.link.cloned().or_else(|| span.page_of.cloned().map(Link::To));
    if let (Some(link), Some(number)) = (link, span.number) {
        match line.links.last_mut() {
            Some(last) if last.number == number && (last.to - at.start).abs() < 0.1 => last.to = at.end,
            _ => line.links.push(LinkSpan { from: at.start, to: at.end, link, number, node: 0 }),
        }
    }
    let mut stroke = |y: f32| match line.strokes.iter_mut().rev().find(|s| s.y.to_bits() == y.to_bits()) {
        Some(last) if last.ink == ink && (last.to - at.start).abs() < 0.1 => last.to = at.end,
        _ => line.strokes.push(Stroke { from: at.start, to: at.end, y, ink }),
    };
    if span.style.struck {
        stroke(size * 0.28);
    }
    if matches!(span.link, Some(Link::Web(_))) {
        stroke(-size * 0.14);
    }
}
