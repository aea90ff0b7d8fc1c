//! Sets inlines into lines: the short way where that is enough, and otherwise the long way.

mod breaks;
mod canon;
mod carry;
mod chances;
mod glyphs;
mod line;
mod quick;
mod shape;
mod vocabulary;

use super::fonts::{FaceIx, Fonts};
use crate::document::Inline;
use crate::language;
use chances::{Chance, chances};
use line::Paragraph;
use shape::Shaper;
use vocabulary::Vocabulary;

pub(super) use canon::Canon;
pub(super) use line::{Ink, Line, Piece, Setting, Shown, Step};

/// Lines as they were set.
struct Set {
    lines: Vec<Line>,
    /// Where in the paragraph's text each ends.
    ends: Vec<usize>,
    /// One of them would look better with a hyphen in a word.
    gappy: bool,
}

/// How many bytes of a text are set at once.
const STRETCH: usize = 4096;

/// Sets text.
pub(super) struct Setter {
    shaper: Shaper,
    vocabulary: Vocabulary,
}

impl Setter {
    pub(super) fn new(fonts: Fonts) -> Self {
        Self { shaper: Shaper::new(fonts), vocabulary: Vocabulary::default() }
    }

    /// Breaks inlines into lines no wider than `width`. At least one line comes back, unless the work is to stop: a very
    /// long text is set in stretches, and `goes_on` is asked before each.
    pub(super) fn set(
        &mut self,
        inlines: &[Inline],
        width: f32,
        setting: &Setting,
        goes_on: &mut dyn FnMut() -> bool,
    ) -> Vec<Line> {
        let paragraph = self.shaper.paragraph(inlines, setting);
        if paragraph.text.len() <= STRETCH {
            return self.even(inlines, &paragraph, width, setting).lines;
        }
        let (mut out, mut from) = (Vec::new(), 0);
        let rtl = language::is_mixed(&paragraph.text).then(|| language::is_rtl(inlines));
        while from < paragraph.text.len() && goes_on() {
            let (part, to, mark) = paragraph.stretch(from, STRETCH, rtl);
            let Set { mut lines, mut ends, .. } = self.even(inlines, &part, width, setting);
            // The last line of a stretch is only begun: the next stretch begins with it.
            if to < paragraph.text.len() && lines.len() > 1 {
                lines.pop();
                ends.pop();
            }
            out.append(&mut lines);
            from = ends.last().map_or(to, |end| from + end - mark);
        }
        out
    }

    /// Lines that are as even as they can be, with hyphens where that helps.
    fn even(&mut self, inlines: &[Inline], paragraph: &Paragraph<'_>, width: f32, setting: &Setting) -> Set {
        let set = self.broken(paragraph, &chances(paragraph, setting.hyphens, None), width, setting);
        let patterns = if set.gappy && setting.hyphens { language::patterns(inlines) } else { None };
        match patterns {
            Some(language) => self.broken(paragraph, &chances(paragraph, true, Some(language)), width, setting),
            None => set,
        }
    }

    fn broken(&mut self, paragraph: &Paragraph<'_>, chances: &[Chance], width: f32, setting: &Setting) -> Set {
        let quick = quick::lines(&mut self.vocabulary, &mut self.shaper, paragraph, chances, width, setting);
        quick.unwrap_or_else(|| self.shaper.lines(paragraph, chances, width, setting))
    }

    /// How wide inlines are on one line, and the widest of their words; of a very long text, its beginning.
    pub(super) fn measure(&mut self, inlines: &[Inline], setting: &Setting) -> (f32, f32) {
        let whole = self.shaper.paragraph(inlines, setting);
        let beginning = (whole.text.len() > STRETCH).then(|| whole.stretch(0, STRETCH, None).0);
        let paragraph = beginning.as_ref().unwrap_or(&whole);
        let chances = chances(paragraph, setting.hyphens, None);
        let quick = quick::measure(&mut self.vocabulary, &mut self.shaper, paragraph, &chances, setting);
        quick.unwrap_or_else(|| self.shaper.measure(paragraph, &chances, setting))
    }

    /// The glyphs of a number in a face, which a page number needs whatever else the document holds.
    pub(super) fn digits(&mut self, face: FaceIx, number: usize) -> Vec<Step> {
        let Shaper { fonts, canon, .. } = &mut self.shaper;
        let mut steps = Vec::new();
        for digit in number.to_string().chars() {
            if let Some(glyph) = fonts.glyph(face, digit) {
                canon.keep(face, glyph, digit.encode_utf8(&mut [0; 4]));
                steps.push(Step::Glyph(glyph));
            }
        }
        steps
    }

    /// How far a reader's pen moves, in thousandths of an em.
    pub(super) fn width(&self, face: FaceIx, steps: &[Step]) -> f32 {
        glyphs::width(&self.shaper.fonts, face, steps)
    }

    /// The characters no face has that were met since the last call.
    pub(super) fn take_missing(&mut self) -> Vec<char> {
        std::mem::take(&mut self.shaper.missing)
    }

    /// The faces and the texts of their glyphs, when there is nothing left to set.
    pub(super) fn into_fonts(self) -> (Fonts, Canon) {
        (self.shaper.fonts, self.shaper.canon)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::line::LinkSpan;
    use super::*;
    use crate::document::{Align, Anchor, Link, Style};

    fn quick(setter: &mut Setter, inlines: &[Inline], width: f32, setting: &Setting) -> Option<Vec<Line>> {
        let paragraph = setter.shaper.paragraph(inlines, setting);
        let chances = chances(&paragraph, setting.hyphens, None);
        let set = quick::lines(&mut setter.vocabulary, &mut setter.shaper, &paragraph, &chances, width, setting)?;
        Some(set.lines)
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
                Shown::Placed(_) => out.push((look(0), piece.x)),
                Shown::PageOf { width, .. } => out.extend([(look(1), piece.x), (look(1), piece.x + width)]),
            }
        }
        out
    }

    /// Both ways give the same lines; whether there was a short one.
    fn agree(setter: &mut Setter, inlines: &[Inline], width: f32, setting: &Setting) -> bool {
        let Some(quick) = quick(setter, inlines, width, setting) else { return false };
        let paragraph = setter.shaper.paragraph(inlines, setting);
        let slow = setter.shaper.lines(&paragraph, &chances(&paragraph, setting.hyphens, None), width, setting).lines;
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
            assert_eq!(agree(&mut setter, &[Inline::plain(text)], 320.0, &Setting::BODY), quick, "{text:?}");
        }
        // A word that is wider than the line is broken, by the long way.
        assert!(quick(&mut setter, &[Inline::plain("abcdefghijklmnopqrstuvwxyz")], 60.0, &Setting::BODY).is_none());
        assert!(
            quick(
                &mut setter,
                &[Inline::plain("a"), Inline::Break, Inline::Break, Inline::plain("b")],
                60.0,
                &Setting::BODY
            )
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
            agree(&mut setter, &inlines, width, &Setting { align, bold, italic, ..Setting::BODY });
        }

        #[test]
        fn both_ways_measure_the_same(inlines in pieces(), bold in any::<bool>()) {
            let mut setter = Setter::new(Fonts::load().unwrap());
            let setting = Setting { bold, ..Setting::BODY };
            let (whole, word) = setter.measure(&inlines, &setting);
            let paragraph = setter.shaper.paragraph(&inlines, &setting);
            let slow = setter.shaper.measure(&paragraph, &chances(&paragraph, setting.hyphens, None), &setting);
            prop_assert!((whole - slow.0).abs() < 0.1 && (word - slow.1).abs() < 0.1, "{whole} {word} {slow:?}");
        }
    }
}
