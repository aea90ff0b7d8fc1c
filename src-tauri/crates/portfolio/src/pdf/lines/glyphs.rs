//! Reads a broken layout back into lines of glyphs, deciding for each glyph how its text is to be recovered.
//!
//! A reader gets words from glyphs through one table per face (`ToUnicode`), which can name only one text a glyph. The
//! first text seen for a glyph is the one in the table; wherever a glyph stands for something else, and wherever glyphs
//! and characters do not correspond one to one (Bengali, joined emoji), the stretch carries its own text along
//! (`ActualText`).

use std::borrow::Cow;
use std::ops::Range;

use parley::layout::{Cluster, Glyph, Layout, PositionedLayoutItem, Run};

use super::canon::Canon;
use super::carry::carried;
use super::line::{Ink, Line, Paragraph, Piece, SLACK, Setting, Shown, Step, mark_spans, move_on};
use crate::document::{Align, Anchor};
use crate::language::{self, Language, Told};
use crate::pdf::fonts::{FaceIx, Fonts, REPLACEMENT};

/// Joiners, marks of direction and variation selectors: they shape their neighbours and draw nothing.
pub(super) fn invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{E0020}'..='\u{E007F}')
}

/// What is needed to read one layout.
pub(super) struct Reading<'a, 'b> {
    pub(super) fonts: &'a mut Fonts,
    pub(super) paragraph: &'a Paragraph<'b>,
    pub(super) canon: &'a mut Canon,
    pub(super) missing: &'a mut Vec<char>,
    pub(super) setting: &'a Setting,
    /// Where in the text each piece of the line begins, and whether it is of a word that runs from right to left.
    pub(super) order: Vec<(usize, bool)>,
    /// Words that are parted by hyphens, as stretches of the text, and which of them has been said.
    pub(super) parted: &'b [Range<usize>],
    pub(super) said: Option<usize>,
    /// Where the ink of the line begins.
    pub(super) ink: f32,
}

/// A cluster with any that were joined to it.
struct Unit<'u> {
    x: f32,
    advance: f32,
    range: Range<usize>,
    brush: u16,
    first: Option<Glyph>,
    rest: &'u [Glyph],
    rtl: bool,
}

/// A unit as it is drawn.
struct Drawn<'a> {
    face: FaceIx,
    glyph: u16,
    /// Its first glyph where the layout put it.
    first: Glyph,
    /// What the writer wrote.
    text: Cow<'a, str>,
    /// No face has it, and the mark for that stands in its place.
    absent: bool,
    /// What stands before it on the line to carry its other letters and marks.
    before: Vec<Step>,
    /// How far from its place it stands.
    shift: f32,
    /// The face's table gives the text back.
    plain: bool,
}

/// What is the same all through a piece.
#[derive(Clone, Copy, PartialEq)]
struct Look {
    face: FaceIx,
    size: f32,
    ink: Ink,
    link: Option<u16>,
    language: Option<Language>,
    plain: bool,
    rtl: bool,
    /// The parted word that it belongs to.
    word: Option<usize>,
}

impl Look {
    fn piece(self, x: f32, shown: Shown, says: Option<Box<str>>) -> Piece {
        let Look { face, size, ink, link, language, plain, rtl, .. } = self;
        Piece { x, face, size, ink, language, link, node: 0, reversed: plain && rtl, says, shown }
    }
}

/// A piece that is still growing.
struct Growing {
    x: f32,
    look: Look,
    shown: Shown,
    /// Where a reader's pen stands, for plain pieces.
    pen: f32,
    /// Marks above and below, which are only seen.
    marks: Vec<(f32, f32, u16)>,
    /// Nothing but space.
    blank: bool,
    /// The text covered, for pieces that carry their own.
    range: Range<usize>,
}

impl Growing {
    fn begin(unit: &Unit<'_>, look: Look, blank: bool) -> Growing {
        let shown = if look.plain { Shown::Plain(Vec::new()) } else { Shown::Placed(Vec::new()) };
        Growing { x: unit.x, look, shown, pen: unit.x, marks: Vec::new(), blank, range: unit.range.clone() }
    }

    /// Whether what comes next goes on in this piece. A stretch with its own text ends with the word, so that words stay
    /// words; and words that run from right to left are put in order one by one.
    fn takes(&self, look: Look, blank: bool) -> bool {
        self.look == look && if look.rtl { look.plain && self.blank == blank } else { look.plain || !blank }
    }
}

impl<'a> Reading<'a, '_> {
    /// Every line with where its ink begins.
    pub(super) fn lines(mut self, layout: &Layout<u16>) -> Vec<(f32, Line)> {
        let mut lines = Vec::with_capacity(layout.len());
        for line in layout.lines() {
            let metrics = line.metrics();
            let mut out = Line {
                height: metrics.block_max_coord - metrics.block_min_coord,
                baseline: metrics.baseline - metrics.block_min_coord,
                ..Line::default()
            };
            let mut x = line
                .items()
                .next()
                .map_or(0.0, |item| if let PositionedLayoutItem::GlyphRun(run) = item { run.offset() } else { 0.0 });
            let mut growing = None;
            self.order.clear();
            self.ink = f32::MAX;
            for run in line.runs() {
                x = self.run(&run, x, &mut growing, &mut out);
            }
            self.finish(growing, &mut out);
            self.read_in_order(&mut out);
            lines.push((self.ink.min(out.width), out));
        }
        lines
    }

    fn run(&mut self, run: &Run<'_, u16>, mut x: f32, growing: &mut Option<Growing>, line: &mut Line) -> f32 {
        let Some(face) = self.fonts.face(run.font().data.id()) else { return x + run.advance() };
        let size = run.font_size();
        let mut clusters = run.visual_clusters().peekable();
        let mut rest = Vec::new();
        while let Some(cluster) = clusters.next() {
            let mut range = cluster.text_range();
            let mut advance = cluster.advance();
            let mut start = cluster;
            // A ligature's parts follow its start, or come before it where text runs from right to left.
            if start.is_ligature_start() || start.is_ligature_continuation() {
                while let Some(next) = clusters.next_if(|next: &Cluster<'_, u16>| {
                    next.is_ligature_continuation() || (start.is_ligature_continuation() && next.is_ligature_start())
                }) {
                    let more = next.text_range();
                    range = range.start.min(more.start)..range.end.max(more.end);
                    advance += next.advance();
                    if next.is_ligature_start() {
                        start = next;
                    }
                }
            }
            let mut glyphs = start.glyphs();
            let first = glyphs.next();
            rest.clear();
            rest.extend(glyphs);
            let unit = Unit { x, advance, range, brush: start.style().brush, first, rest: &rest, rtl: run.is_rtl() };
            self.unit(&unit, face, size, growing, line);
            x += advance;
        }
        x
    }

    fn unit(&mut self, unit: &Unit<'_>, face: FaceIx, size: f32, growing: &mut Option<Growing>, line: &mut Line) {
        let Some(span) = self.paragraph.spans.get(usize::from(unit.brush)) else { return };
        let source = self.paragraph.text.get(unit.range.clone()).unwrap_or_default();
        if source.starts_with(['\n', '\r']) {
            return;
        }
        let blank = source.chars().all(char::is_whitespace);
        if !blank {
            line.width = unit.x + unit.advance;
            self.ink = self.ink.min(unit.x);
        }
        let (ink, link) = (span.ink(self.setting), span.number);
        mark_spans(span, unit.x..unit.x + unit.advance, size, ink, line);
        let before = growing.as_ref().and_then(|growing| growing.look.language);
        let look = Look {
            face,
            size,
            ink,
            link,
            language: before,
            plain: false,
            rtl: unit.rtl,
            word: self.word(&unit.range).filter(|_| !blank),
        };
        if let Some(anchor) = span.page_of {
            if unit.range.start == span.range.start {
                self.finish(growing.take(), line);
                self.page_of(unit, anchor, Look { language: None, rtl: false, ..look }, line);
            }
            return;
        }
        if source.chars().all(invisible) {
            return;
        }
        let Some(drawn) = self.drawn(unit, face) else { return };
        let language = match language::of_script(&drawn.text, &self.paragraph.text) {
            Told::Nothing => before,
            Told::Default => None,
            Told::Other(language) => Some(language),
        };
        let look = Look { face: drawn.face, language, plain: drawn.plain, ..look };
        if !growing.as_ref().is_some_and(|growing| growing.takes(look, blank)) {
            self.finish(growing.replace(Growing::begin(unit, look, blank)), line);
        }
        if let Some(growing) = growing {
            growing.range = growing.range.start.min(unit.range.start)..growing.range.end.max(unit.range.end);
            self.put(growing, unit, &drawn);
        }
    }

    /// Room for the number of a page, where the first of the figures that keep it stands.
    fn page_of(&mut self, unit: &Unit<'_>, anchor: &Anchor, look: Look, line: &mut Line) {
        let (width, right) = (unit.advance * 4.0, self.setting.align == Align::Right);
        self.order.push((unit.range.start, false));
        line.pieces.push(look.piece(unit.x, Shown::PageOf { anchor: anchor.clone(), width, right }, None));
    }

    /// Which glyph shows a unit, and whether its face's table gives back what that stands for.
    fn drawn(&mut self, unit: &Unit<'_>, face: FaceIx) -> Option<Drawn<'a>> {
        let first = unit.first?;
        let text = self.original(unit.range.clone());
        let glyph = u16::try_from(first.id).unwrap_or(0);
        if glyph == 0 || unit.rest.iter().any(|glyph| glyph.id == 0) {
            // No face had it after all: the mark for that, in the face that has one.
            self.missing.extend(text.chars().filter(|c| !invisible(*c)));
            let (face, glyph) = self.fonts.replacement();
            return Some(Drawn {
                face,
                glyph,
                first,
                text,
                absent: true,
                before: Vec::new(),
                shift: 0.0,
                plain: false,
            });
        }
        // From right to left marks are seen before their letter.
        let base = unit.rest.last().filter(|_| unit.rtl).unwrap_or(&first);
        if unit.rtl && base.y.abs() < 0.01 && text.chars().nth(1).is_some() {
            let glyph = u16::try_from(base.id).unwrap_or(0);
            if let Some(before) = carried(self.fonts, self.canon, face, glyph, &text) {
                return Some(Drawn { face, glyph, first, text, absent: false, before, shift: base.x, plain: true });
            }
        }
        let level = first.x.abs() < 0.01 && first.y.abs() < 0.01;
        let plain = unit.rest.is_empty() && level && self.canon.agrees(face, glyph, &text);
        Some(Drawn { face, glyph, first, text, absent: false, before: Vec::new(), shift: 0.0, plain })
    }

    fn put(&mut self, growing: &mut Growing, unit: &Unit<'_>, drawn: &Drawn<'_>) {
        let size = growing.look.size;
        match &mut growing.shown {
            Shown::Plain(steps) => {
                let off = (unit.x + drawn.shift - growing.pen) * 1000.0 / size;
                if off.abs() > SLACK {
                    growing.pen += move_on(steps, off) * size / 1000.0;
                }
                growing.pen += self.fonts.advance(drawn.face, drawn.glyph) * size / 1000.0;
                steps.extend(&drawn.before);
                steps.push(Step::Glyph(drawn.glyph));
                if !unit.rest.is_empty() {
                    self.put_marks(growing, unit, drawn);
                }
            }
            Shown::Placed(glyphs) => self.put_actual(glyphs, unit.x - growing.x, unit, drawn),
            Shown::PageOf { .. } => {}
        }
    }

    /// Glyphs of a stretch that carries its own text, which begin at `x` in it.
    fn put_actual(&mut self, glyphs: &mut Vec<(f32, f32, u16)>, mut x: f32, unit: &Unit<'_>, drawn: &Drawn<'_>) {
        let Drawn { face, text, .. } = drawn;
        if drawn.absent {
            self.canon.keep(*face, drawn.glyph, "\u{FFFD}");
            glyphs.push((x, 0.0, drawn.glyph));
            return;
        }
        // From right to left each mark has a glyph of its own, and the last is seen first.
        let one_each = unit.rtl && text.chars().count() == unit.rest.len() + 1;
        let mut own = text.chars().rev();
        for glyph in std::iter::once(&drawn.first).chain(unit.rest) {
            let id = u16::try_from(glyph.id).unwrap_or(0);
            match own.next() {
                Some(c) if one_each => self.canon.keep(*face, id, c.encode_utf8(&mut [0; 4])),
                _ => self.canon.keep(*face, id, text),
            }
            glyphs.push((x + glyph.x, glyph.y, id));
            x += glyph.advance;
        }
    }

    /// Marks that are carried by others are only seen here.
    fn put_marks(&mut self, growing: &mut Growing, unit: &Unit<'_>, drawn: &Drawn<'_>) {
        let mut x = unit.x - growing.x;
        let seen = std::iter::once(&drawn.first).chain(unit.rest);
        for glyph in seen.take(unit.rest.len()) {
            let id = u16::try_from(glyph.id).unwrap_or(0);
            self.canon.keep(drawn.face, id, drawn.text.trim_start_matches(char::is_alphabetic));
            growing.marks.push((x + glyph.x, glyph.y, id));
            x += glyph.advance;
        }
    }

    /// What the writer wrote in this range, before characters without a glyph were replaced.
    fn original(&self, range: Range<usize>) -> Cow<'a, str> {
        let text: &'a str = self.paragraph.text.get(range.clone()).unwrap_or_default();
        if self.paragraph.replaced.is_empty() || !text.contains(REPLACEMENT) {
            return Cow::Borrowed(text);
        }
        let written = |(at, c): (usize, char)| {
            let at = range.start + at;
            self.paragraph.replaced.iter().find(|(place, _)| *place == at).map_or(c, |(_, was)| *was)
        };
        Cow::Owned(text.char_indices().map(written).collect())
    }

    fn finish(&mut self, growing: Option<Growing>, line: &mut Line) {
        let Some(Growing { x, look, shown, marks, range, blank, .. }) = growing else { return };
        let says = match (look.word, &shown) {
            // A word that is parted is said where it begins and nowhere else.
            (Some(word), _) if self.said == Some(word) => Some("".into()),
            (Some(word), _) => {
                self.said = Some(word);
                self.parted.get(word).map(|range| self.original(range.clone()).into())
            }
            (None, Shown::Placed(_)) => Some(self.original(range.clone()).into()),
            (None, _) => None,
        };
        self.order.push((range.start, look.rtl && !blank));
        line.pieces.push(look.piece(x, shown, says));
        if !marks.is_empty() {
            self.order.push((range.start, look.rtl && !blank));
            line.pieces.push(Look { plain: false, ..look }.piece(x, Shown::Placed(marks), Some("".into())));
        }
    }

    /// The parted word that a stretch of the text belongs to.
    fn word(&self, range: &Range<usize>) -> Option<usize> {
        self.parted.iter().position(|word| word.start <= range.start && range.end <= word.end)
    }

    /// Words in the order in which they are read, not seen: what runs from right to left turns round. The pieces of such a
    /// word stay as they are seen, as readers expect.
    fn read_in_order(&mut self, line: &mut Line) {
        for word in self.order.chunk_by_mut(|a, b| a.1 && b.1) {
            let start = word.iter().map(|(start, _)| *start).min().unwrap_or(0);
            word.iter_mut().for_each(|piece| piece.0 = start);
        }
        if self.order.is_sorted_by_key(|(start, _)| *start) {
            return;
        }
        let mut pieces: Vec<_> = self.order.iter().zip(std::mem::take(&mut line.pieces)).collect();
        pieces.sort_by_key(|((start, _), _)| *start);
        line.pieces = pieces.into_iter().map(|(_, piece)| piece).collect();
    }
}

/// How far a reader's pen moves, in thousandths of an em.
pub(super) fn width(fonts: &Fonts, face: FaceIx, steps: &[Step]) -> f32 {
    let width = |step: &Step| match step {
        Step::Glyph(glyph) | Step::Hidden(glyph) => fonts.advance(face, *glyph),
        Step::Back(by) => -f32::from(*by),
    };
    steps.iter().map(width).sum()
}
