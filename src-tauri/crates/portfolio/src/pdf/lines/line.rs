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
    pub(in crate::pdf) shown: Shown,
}

/// A step of a reader's pen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pdf) enum Step {
    /// Shows a glyph and moves on by its width.
    Glyph(u16),
    /// Moves to the left by thousandths of an em.
    Back(i16),
}

/// What a piece shows.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::pdf) enum Shown {
    /// Glyphs whose text the face's own table gives back.
    Plain(Vec<Step>),
    /// Glyphs at `(x, y)` from the piece's start, with the text they stand for.
    Actual(Vec<(f32, f32, u16)>, String),
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
pub(super) struct Paragraph<'a> {
    pub(super) text: String,
    /// Its stretches, in order and without a gap.
    pub(super) spans: Vec<Span<'a>>,
    /// Characters no face can draw, by the place in `text` of what stands for them.
    pub(super) replaced: Vec<(usize, char)>,
}

/// A stretch of a paragraph in one style.
pub(super) struct Span<'a> {
    pub(super) range: Range<usize>,
    pub(super) style: Style,
    pub(super) link: Option<&'a Link>,
    pub(super) page_of: Option<&'a Anchor>,
    /// Which link it belongs to, as in [`Piece::link`].
    pub(super) number: Option<u16>,
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
