//! The short way to lines: ordinary words are shaped once and set like type.
//!
//! Only what cannot come out otherwise is set this way: words of the main family's own characters, with the spaces after
//! them. Where a line may end is asked of the same library that parley asks, over the whole paragraph. Everything else
//! (other scripts, code, words too long for a line, a line that is filled to a hair's breadth) makes the whole paragraph
//! go the long way through [`super::shape`], which knows every rule.

use std::ops::Range;

use super::Set;
use super::breaks::{self, Chunk, End, Row};
use super::chances::{Chance, Kind};
use super::line::{Ink, Line, Paragraph, Piece, SLACK, Setting, Shown, Span, Step, mark_spans, move_on};
use super::shape::{Shaper, end_with_hyphen};
use super::vocabulary::{After, Bit, Vocabulary};
use crate::document::Align;
use crate::pdf::fonts::FaceIx;

/// Breaks a paragraph into lines if it is ordinary enough; `shaper` shapes the words that are new.
pub(super) fn lines(
    vocabulary: &mut Vocabulary,
    shaper: &mut Shaper,
    paragraph: &Paragraph<'_>,
    chances: &[Chance],
    width: f32,
    setting: &Setting,
) -> Option<Set> {
    let bits = vocabulary.bits(shaper, paragraph, chances, setting)?;
    let (height, baseline) = vocabulary.metrics(shaper, setting)?;
    let em = setting.size / 1000.0;
    let stretches: Vec<&[Bit]> = bits.split_inclusive(|bit| bit.after != After::No).collect();
    let chunks: Vec<Chunk> = stretches.iter().filter_map(|bits| chunk(bits, shaper, em)).collect();
    // The long way adds the same widths in another order.
    let broken = breaks::lines(&chunks, width).filter(|broken| !broken.close)?;
    let blank = || Line { height, baseline, ..Line::default() };
    let (spans, text) = (&paragraph.spans, &paragraph.text);
    let parted = &broken.parted;
    let mut composer = Composer { line: blank(), x: 0.0, pen: 0.0, em, spans, text, parted, said: None, setting };
    let mut lines = Vec::with_capacity(broken.lines.len());
    for Row { chunks, hyphen, .. } in &broken.lines {
        stretches.get(chunks.clone()).into_iter().flatten().copied().flatten().for_each(|bit| composer.put(bit));
        if *hyphen {
            end_with_hyphen(&shaper.fonts, &mut shaper.canon, &mut composer.line);
        }
        lines.push(composer.turn(blank(), width));
    }
    let ends = broken.lines.iter().map(|row| row.to).collect();
    Some(Set { lines, ends, gappy: broken.gappy })
}

/// What holds together, as it is broken into lines; every stretch has bits.
fn chunk(bits: &[Bit], shaper: &Shaper, em: f32) -> Option<Chunk> {
    let last = bits.last()?;
    let ink = bits.iter().rposition(|bit| !bit.blank).map_or(0, |last| last + 1);
    let wide = |bits: &[Bit]| bits.iter().map(|bit| (bit.to - bit.from) * em).sum();
    let letters = ink.checked_sub(1).and_then(|at| bits.get(at)).map_or(last.end, |bit| bit.end);
    let end = match last.after {
        After::Must => End::Must,
        After::May(Kind::Hyphen { typed }) => End::Hyphen { wide: shaper.fonts.hyphen(last.word.face).1 * em, typed },
        After::May(Kind::Plain) | After::No => End::May,
    };
    Some(Chunk { full: wide(bits), ink: wide(bits.get(..ink)?), to: [letters, last.end], end })
}

/// How wide an ordinary paragraph is on one line, and the widest of what holds together.
pub(super) fn measure(
    vocabulary: &mut Vocabulary,
    shaper: &mut Shaper,
    paragraph: &Paragraph<'_>,
    chances: &[Chance],
    setting: &Setting,
) -> Option<(f32, f32)> {
    let bits = vocabulary.bits(shaper, paragraph, chances, setting)?;
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
    text: &'a str,
    /// Words that are parted by hyphens, as stretches of the text, and which of them has been said.
    parted: &'a [Range<usize>],
    said: Option<usize>,
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
        let word = self.parted.iter().position(|word| !bit.blank && word.start < bit.end && bit.end <= word.end);
        let goes_on = self.line.pieces.last().is_some_and(|last| {
            let same = last.face == face && last.ink == ink && last.link == span.number;
            let word = if word.is_some() { word == self.said } else { last.says.is_none() };
            matches!(last.shown, Shown::Plain(_)) && same && word
        });
        if !goes_on {
            let says = word.map(|word| self.says(word));
            self.piece(from, face, ink, span.number, Shown::Plain(Vec::new()));
            if let (Some(says), Some(last)) = (says, self.line.pieces.last_mut()) {
                last.says = Some(says);
            }
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

    /// A word that is parted is said where it begins and nowhere else.
    fn says(&mut self, word: usize) -> Box<str> {
        let whole = self.parted.get(word).filter(|_| self.said != Some(word)).and_then(|at| self.text.get(at.clone()));
        self.said = Some(word);
        whole.unwrap_or_default().into()
    }

    fn piece(&mut self, x: f32, face: FaceIx, ink: Ink, link: Option<u16>, shown: Shown) {
        let size = self.setting.size;
        self.line.pieces.push(Piece {
            x,
            face,
            size,
            ink,
            language: None,
            link,
            node: 0,
            reversed: false,
            says: None,
            shown,
        });
    }

    /// Gives the line away and begins another.
    fn turn(&mut self, next: Line, width: f32) -> Line {
        let mut line = std::mem::replace(&mut self.line, next);
        line.end(0.0, width, self.setting.align);
        (self.x, self.pen) = (0.0, 0.0);
        line
    }
}
