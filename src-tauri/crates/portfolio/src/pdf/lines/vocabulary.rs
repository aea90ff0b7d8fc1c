//! Words that were met before. A vocabulary is small and a portfolio long, so that most words are shaped only once.

use std::collections::HashMap;
use std::iter::Peekable;
use std::ops::Range;
use std::rc::Rc;

use super::chances::{Chance, Kind};
use super::line::{Ink, Line, Paragraph, Piece, Setting, Shown, Span};
use super::shape::Shaper;
use crate::document::{Align, Inline};
use crate::pdf::fonts::FaceIx;

/// A word with the space after it as it is drawn, in thousandths of an em.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) face: FaceIx,
    width: f32,
    pub(super) glyphs: Box<[Sort]>,
}

/// A glyph of a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sort {
    pub(super) glyph: u16,
    /// Where in the word's text what it stands for begins.
    text: u16,
    /// Where it stands.
    pub(super) x: f32,
    /// How far a reader's pen moves after it.
    pub(super) advance: f32,
}

impl Word {
    /// The first glyph of what stands at a place in the word's text, and where that glyph is; none within a ligature.
    fn at(&self, text: usize) -> Option<(usize, f32)> {
        let at = self.glyphs.partition_point(|sort| usize::from(sort.text) < text);
        match self.glyphs.get(at) {
            Some(sort) => (usize::from(sort.text) == text).then_some((at, sort.x)),
            None => Some((at, self.width)),
        }
    }
}

/// Words that were met before, by weight, slope and figures; `None` for those that must go the long way.
#[derive(Default)]
pub(super) struct Vocabulary {
    known: [HashMap<Box<str>, Option<Rc<Word>>>; 8],
    /// Height and baseline of a line, by size and leading.
    metrics: HashMap<(u32, u32), (f32, f32)>,
}

/// A stretch of a word that looks the same all through and within which no line ends.
pub(super) struct Bit {
    pub(super) word: Rc<Word>,
    pub(super) glyphs: Range<usize>,
    /// Where it begins in the word and ends.
    pub(super) from: f32,
    pub(super) to: f32,
    /// Which of the spans it is part of.
    pub(super) span: usize,
    /// Where in the paragraph's text it ends.
    pub(super) end: usize,
    /// A space.
    pub(super) blank: bool,
    pub(super) after: After,
}

/// Whether a line ends after a bit.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    No,
    May(Kind),
    Must,
}

impl Vocabulary {
    /// Cuts ordinary text where its look changes and where a line may end.
    pub(super) fn bits(
        &mut self,
        shaper: &mut Shaper,
        paragraph: &Paragraph<'_>,
        chances: &[Chance],
        setting: &Setting,
    ) -> Option<Vec<Bit>> {
        if !is_settable(paragraph) {
            return None;
        }
        let Paragraph { text, spans, .. } = paragraph;
        let mut cutter = Cutter {
            chances: chances.iter().copied().peekable(),
            looks: spans.iter().map(|span| span.range.end).enumerate().peekable(),
            bits: Vec::with_capacity(text.len() / 3),
        };
        // The room of a page's number is that of any number.
        let face = |span: &Span<'_>| {
            let tabular = setting.tabular || span.page_of.is_some();
            (setting.bold || span.style.strong, setting.italic != span.style.emphasis, tabular)
        };
        for same in spans.chunk_by(|a, b| face(a) == face(b)) {
            let (Some(first), Some(last)) = (same.first(), same.last()) else { continue };
            let (bold, italic, tabular) = face(first);
            let mut start = first.range.start;
            for stretch in text.get(start..last.range.end)?.split_inclusive([' ', '\n']) {
                let shown = stretch.trim_end_matches('\n');
                let letters = shown.trim_end_matches(' ');
                // Space at the end of a line that does not hang is the long way's.
                if letters.ends_with('\u{A0}') {
                    return None;
                }
                if !shown.is_empty() {
                    let word = self.word(shaper, shown, &Setting { bold, italic, tabular, ..*setting })?;
                    cutter.cut(&word, start, start + letters.len(), start + shown.len())?;
                }
                if shown.len() < stretch.len() {
                    cutter.bits.last_mut()?.after = After::Must;
                }
                start += stretch.len();
            }
        }
        Some(cutter.bits)
    }

    fn word(&mut self, shaper: &mut Shaper, text: &str, setting: &Setting) -> Option<Rc<Word>> {
        let Setting { bold, italic, tabular, .. } = *setting;
        let style = usize::from(bold) | usize::from(italic) << 1 | usize::from(tabular) << 2;
        if let Some(known) = self.known[style].get(text) {
            return known.clone();
        }
        let word = shaped(shaper, text, setting).map(Rc::new);
        self.known[style].insert(text.into(), word.clone());
        word
    }

    /// Height and baseline of a line.
    pub(super) fn metrics(&mut self, shaper: &mut Shaper, setting: &Setting) -> Option<(f32, f32)> {
        let key = (setting.size.to_bits(), setting.leading.to_bits());
        if let Some(known) = self.metrics.get(&key) {
            return Some(*known);
        }
        let setting = Setting { align: Align::Left, ..*setting };
        let inlines = [Inline::plain("x")];
        let paragraph = shaper.paragraph(&inlines, &setting);
        let line = shaper.lines(&paragraph, &[], f32::MAX, &setting).lines.pop()?;
        self.metrics.insert(key, (line.height, line.baseline));
        Some((line.height, line.baseline))
    }
}

/// Cuts the words of a paragraph, in their order.
struct Cutter<C: Iterator, L: Iterator> {
    /// Where a line may end.
    chances: Peekable<C>,
    /// The spans, and where each ends.
    looks: Peekable<L>,
    bits: Vec<Bit>,
}

impl<C: Iterator<Item = Chance>, L: Iterator<Item = (usize, usize)>> Cutter<C, L> {
    /// Cuts a word that begins at one place in the paragraph, with its letters and then the space after them up to others.
    fn cut(&mut self, word: &Rc<Word>, begin: usize, letters: usize, end: usize) -> Option<()> {
        let mut at = begin;
        while at < end {
            // Within a ligature there is no place for a hyphen.
            let passed = |chance: &Chance| {
                chance.at <= at
                    || (chance.kind != Kind::Plain && chance.at < letters && word.at(chance.at - begin).is_none())
            };
            while self.chances.next_if(passed).is_some() {}
            while self.looks.next_if(|(_, end)| *end <= at).is_some() {}
            let (span, look) = *self.looks.peek()?;
            let chance = self.chances.peek().copied().unwrap_or(Chance { at: end, kind: Kind::Plain });
            let to = if at < letters { letters } else { end }.min(look).min(chance.at);
            let ((first, from), (last, until)) = (word.at(at - begin)?, word.at(to - begin)?);
            self.bits.push(Bit {
                word: Rc::clone(word),
                glyphs: first..last,
                from,
                to: until,
                span,
                end: to,
                blank: at >= letters,
                after: if to == chance.at { After::May(chance.kind) } else { After::No },
            });
            at = to;
        }
        Some(())
    }
}

/// Whether a paragraph is ordinary text; a line with nothing on it is the long way's.
fn is_settable(Paragraph { text, spans, replaced, .. }: &Paragraph<'_>) -> bool {
    let ordinary = replaced.is_empty()
        && !text.is_empty()
        && text.chars().all(is_ordinary)
        && !spans.iter().any(|span| span.style.code);
    ordinary && !text.starts_with('\n') && !text.ends_with('\n') && !text.contains("\n\n")
}

/// Shapes a word by the long way, at a size that makes points thousandths of an em.
fn shaped(shaper: &mut Shaper, text: &str, setting: &Setting) -> Option<Word> {
    let setting = Setting { size: 1000.0, leading: 1500.0, ink: Ink::Text, align: Align::Left, ..*setting };
    let inlines = [Inline::plain(text)];
    let paragraph = shaper.paragraph(&inlines, &setting);
    let set = shaper.lines(&paragraph, &[], f32::MAX, &setting);
    let [Line { pieces, .. }] = set.lines.as_slice() else { return None };
    let [Piece { face, shown: Shown::Plain(_), says: None, language: None, .. }] = pieces.as_slice() else {
        return None;
    };
    let (mut glyphs, mut width) = (Vec::with_capacity(text.len()), 0.0);
    for cluster in shaper.layout.lines().flat_map(|line| line.runs()).flat_map(|run| run.clusters()) {
        for glyph in cluster.glyphs() {
            let (glyph, text) = (u16::try_from(glyph.id).ok()?, u16::try_from(cluster.text_range().start).ok()?);
            glyphs.push(Sort { glyph, text, x: width, advance: shaper.fonts.advance(*face, glyph) });
        }
        width += cluster.advance();
    }
    shaper.fonts.is_text(*face).then(|| Word { face: *face, width, glyphs: glyphs.into() })
}

/// Whether a character looks the same whatever stands beside it, kerning apart, and is written from left to right.
fn is_ordinary(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{24F}' | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205E}' | '€' | '™')
}
