//! The short way to lines: ordinary words are shaped once and set like type.
//!
//! Only what cannot come out otherwise is set this way: words of the main family's own characters, with the spaces after
//! them. Where a line may end is asked of the same library that parley asks, over the whole paragraph. Everything else
//! (other scripts, code, words too long for a line, a line that is filled to a hair's breadth) makes the whole paragraph
//! go the long way through [`super::shape`], which knows every rule.

use super::line::{Ink, Line, Paragraph, Piece, SLACK, Setting, Shown, Span, Step, mark_spans, move_on};
use super::shape::Shaper;
use super::vocabulary::{After, Bit, Vocabulary};
use crate::document::Align;
use crate::pdf::fonts::FaceIx;

/// Breaks a paragraph into lines if it is ordinary enough; `shaper` shapes the words that are new.
pub(super) fn lines(
    vocabulary: &mut Vocabulary,
    shaper: &mut Shaper,
    paragraph: &Paragraph<'_>,
    width: f32,
    setting: &Setting,
) -> Option<Vec<Line>> {
    if setting.align != Align::Left && width >= f32::MAX {
        return None;
    }
    let bits = vocabulary.bits(shaper, paragraph, setting)?;
    let (height, baseline) = vocabulary.metrics(shaper, setting)?;
    let blank = || Line { height, baseline, ..Line::default() };
    let mut composer =
        Composer { line: blank(), x: 0.0, pen: 0.0, em: setting.size / 1000.0, spans: &paragraph.spans, setting };
    let mut lines = Vec::new();
    for together in bits.split_inclusive(|bit| bit.after != After::No) {
        // Spaces may hang over the edge.
        let ink = together.iter().rposition(|bit| !bit.blank).map_or(0, |last| last + 1);
        let wide: f32 = together.iter().take(ink).map(|bit| (bit.to - bit.from) * composer.em).sum();
        // The long way adds the same widths in another order.
        if (composer.x + wide - width).abs() < HAIR {
            return None;
        }
        if ink > 0 && composer.x + wide > width {
            if wide > width - HAIR {
                return None;
            }
            lines.push(composer.turn(blank(), composer.line.width, width));
        }
        together.iter().for_each(|bit| composer.put(bit));
        // Where the writer ended the line, a space still belongs to it if there is room.
        if together.last().is_some_and(|bit| bit.after == After::Must) {
            lines.push(composer.turn(blank(), composer.x.min(width), width));
        }
    }
    lines.push(composer.turn(blank(), composer.x.min(width), width));
    Some(lines)
}

/// How wide an ordinary paragraph is on one line, and the widest of what holds together.
pub(super) fn measure(
    vocabulary: &mut Vocabulary,
    shaper: &mut Shaper,
    paragraph: &Paragraph<'_>,
    setting: &Setting,
) -> Option<(f32, f32)> {
    let bits = vocabulary.bits(shaper, paragraph, setting)?;
    let (mut widest, mut most, mut line) = (0.0_f32, 0.0_f32, 0.0);
    for together in bits.split_inclusive(|bit| bit.after != After::No) {
        let width = |bits: &[Bit]| bits.iter().map(|bit| bit.to - bit.from).sum::<f32>() * setting.size / 1000.0;
        let ink = together.iter().rposition(|bit| !bit.blank).map_or(0, |last| last + 1);
        most = most.max(width(together.get(..ink).unwrap_or_default()));
        line += width(together);
        widest = widest.max(line);
        if together.last().is_some_and(|bit| bit.after == After::Must) {
            line = 0.0;
        }
    }
    Some((widest, most))
}

/// Widths that differ by less than this may be the same: both ways add the same numbers, but in another order.
const HAIR: f32 = 0.01;

/// A line that is being filled.
struct Composer<'a> {
    line: Line,
    /// Where the next word goes.
    x: f32,
    /// Where a reader's pen stands.
    pen: f32,
    /// Points in a thousandth of an em.
    em: f32,
    spans: &'a [Span<'a>],
    setting: &'a Setting,
}

impl Composer<'_> {
    fn put(&mut self, bit: &Bit) {
        let Some(span) = self.spans.get(bit.span) else { return };
        let (face, size, ink) = (bit.word.face, self.setting.size, span.ink(self.setting));
        let (from, to) = (self.x, self.x + (bit.to - bit.from) * self.em);
        self.x = to;
        if !bit.blank {
            self.line.width = to;
        }
        mark_spans(span, from..to, size, ink, &mut self.line);
        if let Some(anchor) = span.page_of {
            let shown =
                Shown::PageOf { anchor: anchor.clone(), width: to - from, right: self.setting.align == Align::Right };
            self.piece(from, face, ink, span.number, shown);
            return;
        }
        let goes_on = self.line.pieces.last().is_some_and(|last| {
            matches!(last.shown, Shown::Plain(_)) && last.face == face && last.ink == ink && last.link == span.number
        });
        if !goes_on {
            self.piece(from, face, ink, span.number, Shown::Plain(Vec::new()));
            self.pen = from;
        }
        if let Some(Piece { shown: Shown::Plain(steps), .. }) = self.line.pieces.last_mut() {
            for sort in bit.word.glyphs.get(bit.glyphs.clone()).unwrap_or_default() {
                let off = (from - self.pen) / self.em + sort.x - bit.from;
                if off.abs() > SLACK {
                    self.pen += move_on(steps, off) * self.em;
                }
                steps.push(Step::Glyph(sort.glyph));
                self.pen += sort.advance * self.em;
            }
        }
    }

    fn piece(&mut self, x: f32, face: FaceIx, ink: Ink, link: Option<u16>, shown: Shown) {
        let size = self.setting.size;
        self.line.pieces.push(Piece { x, face, size, ink, language: None, link, node: 0, reversed: false, shown });
    }

    /// Gives the line away, which reaches to `end`, and begins another.
    fn turn(&mut self, next: Line, end: f32, width: f32) -> Line {
        let mut line = std::mem::replace(&mut self.line, next);
        let room = width - end;
        let shift = match self.setting.align {
            Align::Left => 0.0,
            Align::Centre => room / 2.0,
            Align::Right => room,
        };
        // A space at the end of a line is not underlined.
        for stroke in &mut line.strokes {
            stroke.to = stroke.to.min(line.width);
            (stroke.from, stroke.to) = (stroke.from + shift, stroke.to + shift);
        }
        line.pieces.iter_mut().for_each(|piece| piece.x += shift);
        for link in &mut line.links {
            (link.from, link.to) = (link.from + shift, link.to + shift);
        }
        line.width += shift;
        (self.x, self.pen) = (0.0, 0.0);
        line
    }
}
