//! Reads a broken layout back into lines of glyphs, deciding for each glyph how its text is to be recovered.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use parley::layout::{Cluster, Glyph, Layout, PositionedLayoutItem, Run};
use printpdf::{Codepoint, TextItem};

use super::fonts::{FaceIx, Fonts, REPLACEMENT};
use super::text::{Ink, Line, LinkSpan, Piece, Setting, Shown, Span, Stroke};
use crate::document::{Align, Link};

/// Kerning below this many thousandths of an em is not worth its bytes: 0.03 pt in running text.
const SLACK: f32 = 3.0;

/// The text each glyph stands for in its face's table: the first it was seen with.
#[derive(Default)]
pub(super) struct Canon(HashMap<(FaceIx, u16), Box<str>>);

impl Canon {
    /// Whether the table gives `text` for this glyph; a glyph not seen before takes it on.
    fn agrees(&mut self, face: FaceIx, glyph: u16, text: &str) -> bool {
        &**self.0.entry((face, glyph)).or_insert_with(|| text.into()) == text
    }

    /// A glyph with the table's text for it.
    fn codepoint(&mut self, face: FaceIx, glyph: u16, otherwise: &str) -> Codepoint {
        let text = self.0.entry((face, glyph)).or_insert_with(|| otherwise.into());
        Codepoint::with_cid(glyph, 0.0, text.to_string())
    }
}

/// Joiners, marks of direction and variation selectors: they shape their neighbours and draw nothing.
pub(super) fn invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{E0020}'..='\u{E007F}')
}

/// What is needed to read one layout.
pub(super) struct Reading<'a, 'b> {
    pub(super) fonts: &'a Fonts,
    pub(super) text: &'a str,
    pub(super) replaced: &'a [(usize, char)],
    pub(super) spans: &'a [Span<'b>],
    pub(super) canon: &'a mut Canon,
    pub(super) missing: &'a mut Vec<char>,
    pub(super) setting: &'a Setting,
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

/// A piece that is still growing.
struct Growing {
    piece: Piece,
    /// Where a reader's pen stands, for plain pieces.
    pen: f32,
    /// The text covered, for pieces that carry their own.
    range: Range<usize>,
}

impl<'a> Reading<'a, '_> {
    pub(super) fn lines(mut self, layout: &Layout<u16>) -> Vec<Line> {
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
            for run in line.runs() {
                x = self.run(&run, x, &mut growing, &mut out);
            }
            self.finish(growing, &mut out);
            // A space at the end of a line is not underlined.
            for stroke in &mut out.strokes {
                stroke.to = stroke.to.min(out.width);
            }
            lines.push(out);
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
        let Some(span) = self.spans.get(usize::from(unit.brush)) else { return };
        let source = self.text.get(unit.range.clone()).unwrap_or_default();
        if source.starts_with(['\n', '\r']) {
            return;
        }
        let blank = source.chars().all(char::is_whitespace);
        if !blank {
            line.width = unit.x + unit.advance;
        }
        let ink = self.ink(span);
        mark_spans(span, unit, size, ink, line);
        if let Some(anchor) = span.page_of {
            if unit.range.start == span.range.start {
                self.finish(growing.take(), line);
                let width = unit.advance * 4.0;
                let right = self.setting.align == Align::Right;
                let shown = Shown::PageOf { anchor: anchor.clone(), width, right };
                line.pieces.push(Piece { x: unit.x, face, size, ink, shown });
            }
            return;
        }
        if source.chars().all(invisible) {
            return;
        }
        let Some(glyph) = unit.first else { return };
        let original = self.original(unit.range.clone());
        let glyph_id = u16::try_from(glyph.id).unwrap_or(0);
        if glyph_id == 0 {
            // No face had it after all: the mark for that, in the face that has one.
            self.missing.extend(original.chars().filter(|c| !invisible(*c)));
        }
        let plain = unit.rest.is_empty()
            && !unit.rtl
            && glyph_id != 0
            && glyph.x.abs() < 0.01
            && glyph.y.abs() < 0.01
            && self.canon.agrees(face, glyph_id, &original);
        let fits = growing.as_ref().is_some_and(|g| {
            g.piece.face == face
                && g.piece.size.to_bits() == size.to_bits()
                && g.piece.ink == ink
                && plain == matches!(g.piece.shown, Shown::Plain(_))
                // A stretch with its own text ends with the word, so that words stay words.
                && (plain || !blank)
        });
        if !fits {
            self.finish(growing.take(), line);
            let shown = if plain { Shown::Plain(Vec::new()) } else { Shown::Actual(Vec::new(), String::new()) };
            *growing = Some(Growing {
                piece: Piece { x: unit.x, face, size, ink, shown },
                pen: unit.x,
                range: unit.range.clone(),
            });
        }
        let Some(growing) = growing else { return };
        growing.range = growing.range.start.min(unit.range.start)..growing.range.end.max(unit.range.end);
        match &mut growing.piece.shown {
            Shown::Plain(items) => {
                let off = (unit.x - growing.pen) * 1000.0 / size;
                if off.abs() > SLACK {
                    // Whole numbers are exact enough and half as long.
                    let off = off.round();
                    items.push(TextItem::Offset(-off));
                    growing.pen += off * size / 1000.0;
                }
                growing.pen += self.fonts.advance(face, glyph_id) * size / 1000.0;
                push_plain(items, face, glyph_id, &original, self.fonts);
            }
            Shown::Actual(glyphs, _) => {
                let mut x = unit.x - growing.piece.x;
                for glyph in std::iter::once(&glyph).chain(unit.rest) {
                    let id = u16::try_from(glyph.id).unwrap_or(0);
                    glyphs.push((x + glyph.x, glyph.y, self.canon.codepoint(face, id, &original)));
                    x += glyph.advance;
                }
            }
            Shown::PageOf { .. } => {}
        }
    }

    fn ink(&self, span: &Span<'_>) -> Ink {
        if span.link.is_some() || span.page_of.is_some() {
            Ink::Link
        } else if span.style.quiet {
            Ink::Quiet
        } else {
            self.setting.ink
        }
    }

    /// What the writer wrote in this range, before characters without a glyph were replaced.
    fn original(&self, range: Range<usize>) -> Cow<'a, str> {
        let text: &'a str = self.text.get(range.clone()).unwrap_or_default();
        if self.replaced.is_empty() || !text.contains(REPLACEMENT) {
            return Cow::Borrowed(text);
        }
        let written = |(at, c): (usize, char)| {
            let at = range.start + at;
            self.replaced.iter().find(|(place, _)| *place == at).map_or(c, |(_, was)| *was)
        };
        Cow::Owned(text.char_indices().map(written).collect())
    }

    fn finish(&self, growing: Option<Growing>, line: &mut Line) {
        let Some(Growing { mut piece, range, .. }) = growing else { return };
        if let Shown::Actual(_, text) = &mut piece.shown {
            *text = self.original(range).into_owned();
        }
        line.pieces.push(piece);
    }
}

/// Adds a glyph: as a character where the face's own table leads to it, which is short, and by number otherwise.
fn push_plain(items: &mut Vec<TextItem>, face: FaceIx, glyph: u16, text: &str, fonts: &Fonts) {
    let mut chars = text.chars();
    if let (Some(c), None) = (chars.next(), chars.next())
        && fonts.glyph(face, c) == Some(glyph)
    {
        if let Some(TextItem::Text(last)) = items.last_mut() {
            last.push(c);
        } else {
            items.push(TextItem::Text(c.to_string()));
        }
        return;
    }
    let codepoint = Codepoint::with_cid(glyph, 0.0, text.to_owned());
    if let Some(TextItem::GlyphIds(last)) = items.last_mut() {
        last.push(codepoint);
    } else {
        items.push(TextItem::GlyphIds(vec![codepoint]));
    }
}

/// Notes where links and strokes run on this line.
fn mark_spans(span: &Span<'_>, unit: &Unit<'_>, size: f32, ink: Ink, line: &mut Line) {
    let end = unit.x + unit.advance;
    let link = span.link.cloned().or_else(|| span.page_of.cloned().map(Link::To));
    if let Some(link) = link {
        match line.links.last_mut() {
            Some(last) if last.link == link && (last.to - unit.x).abs() < 0.1 => last.to = end,
            _ => line.links.push(LinkSpan { from: unit.x, to: end, link }),
        }
    }
    let mut stroke = |y: f32| match line.strokes.iter_mut().rev().find(|s| s.y.to_bits() == y.to_bits()) {
        Some(last) if last.ink == ink && (last.to - unit.x).abs() < 0.1 => last.to = end,
        _ => line.strokes.push(Stroke { from: unit.x, to: end, y, ink }),
    };
    if span.style.struck {
        stroke(size * 0.28);
    }
    if matches!(span.link, Some(Link::Web(_))) {
        stroke(-size * 0.14);
    }
}
