//! The long way to lines: parley breaks and shapes a paragraph by all the rules of all the scripts.

use std::ops::Range;

use parley::layout::Cluster;
use parley::{
    FontFamily, FontFamilyName, FontFeatures, FontStyle, FontWeight, Layout, LayoutContext, LineHeight, OverflowWrap,
    StyleProperty,
};

use super::Set;
use super::breaks::{self, Broken, Chunk, End, Row};
use super::canon::Canon;
use super::chances::{Chance, Kind};
use super::glyphs::{Reading, invisible};
use super::line::{Line, Paragraph, Piece, Setting, Shown, Span, Step};
use crate::document::{Align, Inline, Style};
use crate::pdf::fonts::{FaceIx, Fonts, REPLACEMENT, families};

/// Shapes paragraphs; keeps everything that is worth keeping between them.
pub(super) struct Shaper {
    pub(super) fonts: Fonts,
    pub(super) canon: Canon,
    /// The characters no face has that were met so far.
    pub(super) missing: Vec<char>,
    /// The paragraph shaped last.
    pub(super) layout: Layout<u16>,
    context: LayoutContext<u16>,
}

impl Shaper {
    pub(super) fn new(fonts: Fonts) -> Self {
        Self {
            fonts,
            canon: Canon::default(),
            missing: Vec::new(),
            layout: Layout::new(),
            context: LayoutContext::new(),
        }
    }

    /// Breaks a paragraph into lines no wider than `width`. At least one line comes back.
    pub(super) fn lines(
        &mut self,
        paragraph: &Paragraph<'_>,
        chances: &[Chance],
        width: f32,
        setting: &Setting,
    ) -> Set {
        self.shape(paragraph, setting);
        // Code keeps to its lines as far as it can.
        let even = width < f32::MAX && !setting.code;
        let broken = if even { self.broken(paragraph, chances, width, setting) } else { None };
        match &broken {
            Some(Broken { lines, .. }) => self.end_lines(&paragraph.text, lines),
            None => self.layout.break_all_lines((width < f32::MAX).then_some(width)),
        }
        let Broken { lines: rows, parted, gappy, .. } = broken.unwrap_or_default();
        let reading = Reading {
            fonts: &mut self.fonts,
            paragraph,
            canon: &mut self.canon,
            missing: &mut self.missing,
            setting,
            order: Vec::new(),
            parted: &parted,
            said: None,
            ink: 0.0,
        };
        let mut lines = reading.lines(&self.layout);
        let ends = self.layout.lines().map(|line| line.text_range().end).collect();
        // What is written from right to left begins on the right.
        let align = if self.layout.is_rtl() && setting.align == Align::Left { Align::Right } else { setting.align };
        for (at, (from, line)) in lines.iter_mut().enumerate() {
            if rows.get(at).is_some_and(|row| row.hyphen) {
                end_with_hyphen(&self.fonts, &mut self.canon, line);
            }
            // There a space at the end of a line hangs on the left.
            line.end(if self.layout.is_rtl() { *from } else { 0.0 }, width, align);
        }
        let mut lines: Vec<Line> = lines.into_iter().map(|(_, line)| line).collect();
        if lines.is_empty() {
            lines.push(Line { height: setting.leading, baseline: setting.leading * 0.75, ..Line::default() });
        }
        Set { lines, ends, gappy }
    }

    /// The lines of what was shaped last, as even as they can be.
    fn broken(
        &mut self,
        paragraph: &Paragraph<'_>,
        chances: &[Chance],
        width: f32,
        setting: &Setting,
    ) -> Option<Broken> {
        let clusters = self.clusters();
        let wide = self.fonts.hyphen(FaceIx::of_text(setting.bold, setting.italic)).1 * setting.size / 1000.0;
        let (chunks, torn) = chunks(&paragraph.text, &clusters, chances, wide, width);
        let mut broken = breaks::lines(&chunks, width)?;
        broken.gappy |= torn;
        Some(broken)
    }

    /// Ends the lines of what was shaped last where they are to end.
    fn end_lines(&mut self, text: &str, rows: &[Row]) {
        let mut breaker = self.layout.break_lines();
        let mut from = 0;
        for Row { to, .. } in rows {
            let count = text.get(from..*to).map_or(0, |line| line.chars().count());
            if breaker.break_next_with_length(u32::try_from(count).unwrap_or(u32::MAX)).is_none() {
                break;
            }
            from = *to;
        }
        breaker.finish();
    }

    /// How wide a paragraph is on one line, and the widest of its words.
    pub(super) fn measure(&mut self, paragraph: &Paragraph<'_>, chances: &[Chance], setting: &Setting) -> (f32, f32) {
        self.shape(paragraph, setting);
        let clusters = self.clusters();
        let (chunks, _) = chunks(&paragraph.text, &clusters, chances, 0.0, f32::MAX);
        let most = chunks.iter().map(|chunk| chunk.ink).fold(0.0, f32::max);
        let lines = chunks.split_inclusive(|chunk| chunk.end == End::Must);
        let widest = lines.map(|line| line.iter().map(|chunk| chunk.full).sum()).fold(0.0, f32::max);
        (widest, most)
    }

    /// The clusters of what was shaped last, in the order in which they are read.
    fn clusters(&mut self) -> Vec<Sized> {
        self.layout.break_all_lines(None);
        let sized = |cluster: Cluster<'_, u16>| Sized {
            range: cluster.text_range(),
            wide: cluster.advance(),
            joined: cluster.is_ligature_continuation(),
        };
        let mut clusters = Vec::new();
        for run in self.layout.lines().flat_map(|line| line.runs()) {
            clusters.extend(run.clusters().map(sized));
        }
        clusters.sort_by_key(|cluster| cluster.range.start);
        clusters
    }

    /// Takes inlines over as a paragraph.
    pub(super) fn paragraph<'a>(&mut self, inlines: &'a [Inline], setting: &Setting) -> Paragraph<'a> {
        let spans = Vec::with_capacity(inlines.len());
        let mut paragraph = Paragraph { spans, ..Paragraph::default() };
        for (index, inline) in (0..).zip(inlines) {
            let from = paragraph.text.len();
            let (mut style, mut link, mut page_of) = (Style::default(), None, None);
            match inline {
                Inline::Text { text, style: own, link: to } => {
                    self.take_words(text, &mut paragraph);
                    (style, link) = (*own, to.as_ref());
                }
                Inline::Break => paragraph.text.push('\n'),
                Inline::PageOf(anchor) => {
                    // Figures all have the same width, so this is room for any number up to 9999.
                    paragraph.text.push_str("0000");
                    page_of = Some(anchor);
                }
            }
            if paragraph.text.len() == from {
                continue;
            }
            style.code |= setting.code;
            if style.code {
                self.fonts.need_code();
            }
            // One link may be several inlines.
            let before = paragraph.spans.last().filter(|before| link.is_some() && before.link == link);
            let number = before.and_then(|before| before.number);
            let number = number.or_else(|| (link.is_some() || page_of.is_some()).then_some(index));
            paragraph.spans.push(Span { range: from..paragraph.text.len(), style, link, page_of, number });
        }
        paragraph
    }

    /// Takes words over, leaving out what draws nothing and marking what no face can draw.
    fn take_words(&mut self, words: &str, paragraph: &mut Paragraph<'_>) {
        let Paragraph { text, replaced, hyphens, .. } = paragraph;
        for c in words.chars() {
            match c {
                '\t' => text.push_str("    "),
                '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => text.push(' '),
                ' '..='~' => text.push(c),
                '\u{AD}' => hyphens.push(text.len()),
                // Control characters and byte order marks have no shape.
                _ if c.is_control() || c == '\u{FEFF}' => {}
                _ if invisible(c) || self.fonts.has(c) => text.push(c),
                _ if c.is_whitespace() => text.push(' '),
                _ => {
                    self.fonts.replacement();
                    replaced.push((text.len(), c));
                    self.missing.push(c);
                    text.push(REPLACEMENT);
                }
            }
        }
    }

    fn shape(&mut self, paragraph: &Paragraph<'_>, setting: &Setting) {
        let Paragraph { text, spans, .. } = paragraph;
        let family =
            |code| FontFamily::List(families(text, code).map(FontFamilyName::named).collect::<Vec<_>>().into());
        let mut builder = self.context.ranged_builder(&mut self.fonts.context, text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(family(false)));
        builder.push_default(StyleProperty::FontSize(setting.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::Absolute(setting.leading)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
        // Inter's contextual alternates turn "->" into an arrow and "3x4" into a product: not what was written.
        let figures =
            |tabular| FontFeatures::Source(if tabular { "\"calt\" 0, \"tnum\" 1" } else { "\"calt\" 0" }.into());
        builder.push_default(StyleProperty::FontFeatures(figures(setting.tabular)));
        if setting.bold {
            builder.push_default(StyleProperty::FontWeight(FontWeight::BOLD));
        }
        if setting.italic {
            builder.push_default(StyleProperty::FontStyle(FontStyle::Italic));
        }
        for (brush, span) in spans.iter().enumerate() {
            let range = span.range.clone();
            builder.push(StyleProperty::Brush(u16::try_from(brush).unwrap_or(u16::MAX)), range.clone());
            if span.page_of.is_some() {
                builder.push(StyleProperty::FontFeatures(figures(true)), range.clone());
            }
            if span.style.strong {
                builder.push(StyleProperty::FontWeight(FontWeight::BOLD), range.clone());
            }
            if span.style.emphasis {
                let style = if setting.italic { FontStyle::Normal } else { FontStyle::Italic };
                builder.push(StyleProperty::FontStyle(style), range.clone());
            }
            if span.style.code {
                builder.push(StyleProperty::FontFamily(family(true)), range.clone());
                // The monospace is wide for its size.
                builder.push(StyleProperty::FontSize(setting.size * 0.88), range);
            }
        }
        builder.build_into(&mut self.layout, text);
    }
}

/// A cluster of a layout, and whether it is the second part of a ligature.
struct Sized {
    range: Range<usize>,
    wide: f32,
    joined: bool,
}

/// Clusters in the order in which they are read, as chunks; a word that is wider than a line is torn into its clusters. Whether
/// one was.
fn chunks(text: &str, clusters: &[Sized], chances: &[Chance], hyphen: f32, width: f32) -> (Vec<Chunk>, bool) {
    let (mut out, mut torn, mut next) = (Vec::with_capacity(chances.len()), false, 0);
    for chance in chances {
        let count = clusters.iter().skip(next).take_while(|cluster| cluster.range.start < chance.at).count();
        let Some(own) = clusters.get(next..next + count).filter(|own| !own.is_empty()) else { continue };
        // Within a ligature there is no place for a hyphen.
        if chance.kind != Kind::Plain && clusters.get(next + count).is_some_and(|cluster| cluster.joined) {
            continue;
        }
        next += count;
        let said = |cluster: &Sized| text.get(cluster.range.clone()).unwrap_or_default();
        let hangs = |cluster: &&Sized| said(cluster).chars().all(|c| c.is_whitespace() && c != '\u{A0}');
        let letters = own.len() - own.iter().rev().take_while(hangs).count();
        let wide = |own: &[Sized]| own.iter().map(|cluster| cluster.wide).sum::<f32>();
        let (full, ink) = (wide(own), wide(own.get(..letters).unwrap_or_default()));
        let end = match chance.kind {
            Kind::Hyphen { typed } => End::Hyphen { wide: hyphen, typed },
            Kind::Plain if own.last().is_some_and(|last| said(last).ends_with('\n')) => End::Must,
            Kind::Plain => End::May,
        };
        let to = |at: usize| at.checked_sub(1).and_then(|at| own.get(at)).map_or(0, |cluster| cluster.range.end);
        if ink + end.wide() <= width {
            out.push(Chunk { full, ink, to: [to(letters), to(own.len())], end });
            continue;
        }
        torn = true;
        for (at, cluster) in (1..).zip(own) {
            let ink = if at > letters { 0.0 } else { cluster.wide };
            let end = if at == own.len() { end } else { End::Torn };
            out.push(Chunk { full: cluster.wide, ink, to: [to(at); 2], end });
        }
    }
    (out, torn)
}

/// Ends a line with a hyphen, which belongs to the word that it parts.
pub(super) fn end_with_hyphen(fonts: &Fonts, canon: &mut Canon, line: &mut Line) {
    let Some(Piece { x, face, size, shown, .. }) = line.pieces.last_mut() else { return };
    let (glyph, advance) = fonts.hyphen(*face);
    canon.keep(*face, glyph, "\u{AD}");
    match shown {
        Shown::Plain(steps) => steps.push(Step::Glyph(glyph)),
        Shown::Placed(glyphs) => glyphs.push((line.width - *x, 0.0, glyph)),
        Shown::PageOf { .. } => return,
    }
    line.width += advance * *size / 1000.0;
}
