//! The short way to lines: ordinary words are shaped once and set like type. A vocabulary is small and a portfolio long,
//! so most words have been met before.
//!
//! Only what cannot come out otherwise is set this way: words of the main family's own characters, with the spaces after
//! them. Where a line may end is asked of the same library that parley asks, over the whole paragraph. Everything else
//! (other scripts, code, words too long for a line, a line that is filled to a hair's breadth) makes the whole paragraph
//! go the long way through [`super::text`], which knows every rule.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use super::fonts::FaceIx;
use super::glyphs::{SLACK, mark_spans, move_on};
use super::text::{Ink, Line, Piece, Setter, Setting, Shown, Span, Step};
use crate::document::{Align, Inline};

/// A word with the space after it as it is drawn, in thousandths of an em.
#[derive(Debug)]
struct Word {
    face: FaceIx,
    width: f32,
    glyphs: Box<[Sort]>,
}

/// A glyph of a word.
#[derive(Debug, Clone, Copy)]
struct Sort {
    glyph: u16,
    /// Where in the word's text what it stands for begins.
    text: u16,
    /// Where it stands.
    x: f32,
    /// How far a reader's pen moves after it.
    advance: f32,
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

/// Words that were met before, by weight and slope; `None` for those that must go the long way.
#[derive(Default)]
pub(super) struct Words {
    known: [HashMap<Box<str>, Option<Rc<Word>>>; 4],
    /// Height and baseline of a line, by size and leading.
    metrics: HashMap<(u32, u32), (f32, f32)>,
}

/// A stretch of a word that looks the same all through and within which no line ends.
struct Bit {
    word: Rc<Word>,
    glyphs: Range<usize>,
    /// Where it begins in the word and ends.
    from: f32,
    to: f32,
    /// Which of the spans it is part of.
    span: usize,
    /// A space.
    blank: bool,
    after: After,
}

/// Whether a line ends after a bit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    No,
    May,
    Must,
}

impl Setter {
    /// Breaks `text` into lines if it is ordinary enough.
    pub(super) fn set_quickly(
        &mut self,
        text: &str,
        spans: &[Span<'_>],
        width: f32,
        setting: &Setting,
    ) -> Option<Vec<Line>> {
        if setting.align != Align::Left && width >= f32::MAX {
            return None;
        }
        let bits = self.bits(text, spans, setting)?;
        let (height, baseline) = self.metrics(setting)?;
        let blank = || Line { height, baseline, ..Line::default() };
        let mut composer = Composer { line: blank(), x: 0.0, pen: 0.0, em: setting.size / 1000.0, spans, setting };
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

    /// How wide ordinary text is on one line, and the widest of what holds together.
    pub(super) fn measure_quickly(&mut self, text: &str, spans: &[Span<'_>], setting: &Setting) -> Option<(f32, f32)> {
        let bits = self.bits(text, spans, setting)?;
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

    /// Cuts ordinary text where its look changes and where a line may end.
    fn bits(&mut self, text: &str, spans: &[Span<'_>], setting: &Setting) -> Option<Vec<Bit>> {
        let ordinary = !text.is_empty() && text.chars().all(is_ordinary) && !spans.iter().any(|span| span.style.code);
        // A line with nothing on it is the long way's.
        if !ordinary || text.starts_with('\n') || text.ends_with('\n') || text.contains("\n\n") {
            return None;
        }
        let mut chances = segmenter().segment_str(text).peekable();
        let face = |span: &Span<'_>| (setting.bold || span.style.strong, setting.italic != span.style.emphasis);
        let mut bits: Vec<Bit> = Vec::with_capacity(text.len() / 3);
        let mut ends = spans.iter().map(|span| span.range.end).enumerate().peekable();
        for same in spans.chunk_by(|a, b| face(a) == face(b)) {
            let (Some(first), Some(last)) = (same.first(), same.last()) else { continue };
            let (bold, italic) = face(first);
            let mut start = first.range.start;
            for stretch in text.get(start..last.range.end)?.split_inclusive([' ', '\n']) {
                let (from, mut at) = (start, start);
                start += stretch.len();
                let shown = stretch.trim_end_matches('\n');
                let letters = shown.trim_end_matches(' ');
                // Space at the end of a line that does not hang is the long way's.
                if letters.ends_with('\u{A0}') {
                    return None;
                }
                if !shown.is_empty() {
                    let word = self.word(shown, bold, italic)?;
                    let (letters, end) = (from + letters.len(), from + shown.len());
                    while at < end {
                        while chances.next_if(|chance| *chance <= at).is_some() {}
                        while ends.next_if(|(_, end)| *end <= at).is_some() {}
                        let (span, look) = *ends.peek()?;
                        let chance = chances.peek().copied().unwrap_or(end);
                        let to = if at < letters { letters } else { end }.min(look).min(chance);
                        let ((first, x), (last, end)) = (word.at(at - from)?, word.at(to - from)?);
                        bits.push(Bit {
                            word: Rc::clone(&word),
                            glyphs: first..last,
                            from: x,
                            to: end,
                            span,
                            blank: at >= letters,
                            after: if to == chance { After::May } else { After::No },
                        });
                        at = to;
                    }
                }
                if at < start {
                    bits.last_mut()?.after = After::Must;
                }
            }
        }
        Some(bits)
    }

    fn word(&mut self, text: &str, bold: bool, italic: bool) -> Option<Rc<Word>> {
        let style = usize::from(bold) | usize::from(italic) << 1;
        if let Some(known) = self.words.known[style].get(text) {
            return known.clone();
        }
        let word = self.shape_word(text, bold, italic).map(Rc::new);
        self.words.known[style].insert(text.into(), word.clone());
        word
    }

    /// Shapes a word by the long way, at a size that makes points thousandths of an em.
    fn shape_word(&mut self, text: &str, bold: bool, italic: bool) -> Option<Word> {
        let setting =
            Setting { size: 1000.0, leading: 1500.0, bold, italic, ink: Ink::Text, code: false, align: Align::Left };
        let lines = self.set_slowly(&[Inline::plain(text)], f32::MAX, &setting);
        let [Line { pieces, .. }] = lines.as_slice() else { return None };
        let [Piece { face, shown: Shown::Plain(_), language: None, .. }] = pieces.as_slice() else { return None };
        let (mut glyphs, mut width) = (Vec::with_capacity(text.len()), 0.0);
        for cluster in self.layout.lines().flat_map(|line| line.runs()).flat_map(|run| run.clusters()) {
            for glyph in cluster.glyphs() {
                let (glyph, text) = (u16::try_from(glyph.id).ok()?, u16::try_from(cluster.text_range().start).ok()?);
                glyphs.push(Sort { glyph, text, x: width, advance: self.fonts.advance(*face, glyph) });
            }
            width += cluster.advance();
        }
        self.fonts.is_text(*face).then(|| Word { face: *face, width, glyphs: glyphs.into() })
    }

    fn metrics(&mut self, setting: &Setting) -> Option<(f32, f32)> {
        let key = (setting.size.to_bits(), setting.leading.to_bits());
        if let Some(known) = self.words.metrics.get(&key) {
            return Some(*known);
        }
        let setting = Setting { align: Align::Left, ..*setting };
        let line = self.set_slowly(&[Inline::plain("x")], f32::MAX, &setting).pop()?;
        self.words.metrics.insert(key, (line.height, line.baseline));
        Some((line.height, line.baseline))
    }
}

/// Asks just what parley asks.
fn segmenter() -> LineSegmenterBorrowed<'static> {
    const { LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default()) }
}

/// Widths that differ by less than this may be the same: both ways add the same numbers, but in another order.
const HAIR: f32 = 0.01;

/// Whether a character looks the same whatever stands beside it, kerning apart, and is written from left to right.
fn is_ordinary(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{24F}' | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205E}' | '€' | '™')
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
#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::{Anchor, Link, Style};
    use crate::pdf::fonts::Fonts;
    use crate::pdf::text::LinkSpan;

    const BODY: Setting = Setting {
        size: 10.0,
        leading: 15.0,
        bold: false,
        italic: false,
        ink: Ink::Text,
        code: false,
        align: Align::Left,
    };

    fn quick(setter: &mut Setter, inlines: &[Inline], width: f32, setting: &Setting) -> Option<Vec<Line>> {
        let spans = setter.take(inlines, setting);
        setter.quickly(|setter, text| setter.set_quickly(text, &spans, width, setting))
    }

    /// A glyph with its face, ink and link.
    type Seen = (u16, FaceIx, Ink, Option<u16>);

    /// Every glyph of a line and where it stands.
    fn seen(setter: &Setter, line: &Line) -> Vec<(Seen, f32)> {
        let mut out = Vec::new();
        for piece in &line.pieces {
            let look = |glyph| (glyph, piece.face, piece.ink, piece.link);
            match &piece.shown {
                Shown::Plain(steps) => {
                    for (at, step) in steps.iter().enumerate() {
                        if let Step::Glyph(glyph) = step {
                            let x = piece.x + setter.width(piece.face, &steps[..at]) * piece.size / 1000.0;
                            out.push((look(*glyph), x));
                        }
                    }
                }
                Shown::Actual(..) => out.push((look(0), piece.x)),
                Shown::PageOf { width, .. } => out.extend([(look(1), piece.x), (look(1), piece.x + width)]),
            }
        }
        out
    }

    /// Both ways give the same lines; whether there was a short one.
    fn agree(setter: &mut Setter, inlines: &[Inline], width: f32, setting: &Setting) -> bool {
        let Some(quick) = quick(setter, inlines, width, setting) else { return false };
        let slow = setter.set_slowly(inlines, width, setting);
        assert_eq!(quick.len(), slow.len(), "{inlines:?} within {width}");
        let near = |a: f32, b: f32| (a - b).abs() < 0.05;
        for (quick, slow) in quick.iter().zip(&slow) {
            let (q, s) = (seen(setter, quick), seen(setter, slow));
            assert!(
                q.iter().map(|(look, _)| look).eq(s.iter().map(|(look, _)| look)),
                "{inlines:?} {quick:?} {slow:?}"
            );
            assert!(q.iter().zip(&s).all(|((_, a), (_, b))| near(*a, *b)), "{inlines:?} {q:?} {s:?}");
            assert!(near(quick.width, slow.width), "{inlines:?}: a line ends at {} or {}", quick.width, slow.width);
            assert!(near(quick.height, slow.height) && near(quick.baseline, slow.baseline));
            let link = |span: &LinkSpan| (span.link.clone(), span.number);
            assert!(quick.links.iter().map(link).eq(slow.links.iter().map(link)));
            let links = quick.links.iter().zip(&slow.links);
            assert!(links.into_iter().all(|(a, b)| near(a.from, b.from) && near(a.to, b.to)), "{inlines:?}");
            assert_eq!(quick.strokes.len(), slow.strokes.len(), "{inlines:?}");
            for (a, b) in quick.strokes.iter().zip(&slow.strokes) {
                assert!(near(a.from, b.from) && near(a.to, b.to) && near(a.y, b.y) && a.ink == b.ink, "{a:?} {b:?}");
            }
        }
        true
    }

    #[test]
    fn ordinary_text_goes_the_short_way_and_other_text_does_not() {
        let mut setter = Setter::new(Fonts::load().unwrap());
        for (text, quick) in [
            ("When the person had said it, we were quiet (for a while); \"yes\", I said.", true),
            ("Llŷr a'r ŵyl yng Nghaerdydd. Zażółć gęślą jaźń – self-care.", true),
            ("12 June 2026 · 1.3 and 2.10: 50 minutes, and/or wait—what … (so)", true),
            ("page\u{a0}12", true),
            ("two  spaces", true),
            ("https://example.org/a-b?c=d", true),
            ("আমি", false),
            ("good 😀", false),
            ("e\u{301}", false),
            ("ab\u{200d}c", false),
            ("سلام", false),
            ("", false),
        ] {
            assert_eq!(agree(&mut setter, &[Inline::plain(text)], 320.0, &BODY), quick, "{text:?}");
        }
        // A word that is wider than the line is broken, by the long way.
        assert!(quick(&mut setter, &[Inline::plain("abcdefghijklmnopqrstuvwxyz")], 60.0, &BODY).is_none());
        assert!(
            quick(&mut setter, &[Inline::plain("a"), Inline::Break, Inline::Break, Inline::plain("b")], 60.0, &BODY)
                .is_none()
        );
    }

    /// Words, marks and spaces in every order.
    const ANY: &str = "[A-Za-zéŵł]{1,9}[,.;:!?]?|self-[a-z]{1,6}|well-known,|[0-9]{1,3}[%)]?|\\([a-z]{2,5}\\)|it's|’t|–|—|…|\
        |1\\.[0-9]|[ -~]{1,7}|[ -~–—…“”‘’·•€«»¿¡§°½†‡‰™\u{a0}]{1,4}|https://[a-z]{1,9}\\.org/[a-z/?=&-]{0,12}|";

    fn pieces() -> impl Strategy<Value = Vec<Inline>> {
        let text = prop::collection::vec(ANY, 0..14).prop_map(|words| words.join(" "));
        let link = prop_oneof![
            4 => Just(None),
            1 => Just(Some(Link::To(Anchor("there".to_owned())))),
            1 => Just(Some(Link::Web("https://example.org".to_owned()))),
        ];
        let styled = (text, any::<[bool; 4]>(), link).prop_map(|(text, [strong, emphasis, struck, quiet], link)| {
            Inline::Text { text, style: Style { strong, emphasis, struck, quiet, code: false }, link }
        });
        let piece = prop_oneof![
            8 => styled,
            1 => Just(Inline::Break),
            1 => Just(Inline::PageOf(Anchor("there".to_owned()))),
        ];
        prop::collection::vec(piece, 1..7)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..Default::default() })]

        #[test]
        fn the_short_way_is_the_same_way(
            inlines in pieces(),
            width in 60.0_f32..400.0,
            align in prop_oneof![Just(Align::Left), Just(Align::Right), Just(Align::Centre)],
            bold in any::<bool>(),
            italic in any::<bool>(),
        ) {
            let mut setter = Setter::new(Fonts::load().unwrap());
            agree(&mut setter, &inlines, width, &Setting { align, bold, italic, ..BODY });
        }

        #[test]
        fn both_ways_measure_the_same(inlines in pieces(), bold in any::<bool>()) {
            let mut setter = Setter::new(Fonts::load().unwrap());
            let setting = Setting { bold, ..BODY };
            let (whole, word) = setter.measure(&inlines, &setting);
            let spans = setter.take(&inlines, &setting);
            setter.shape(&spans, f32::MAX, &setting);
            let slow = setter.layout.calculate_content_widths();
            prop_assert!((whole - slow.max).abs() < 0.1 && (word - slow.min).abs() < 0.1, "{whole} {word} {slow:?}");
        }
    }
}
