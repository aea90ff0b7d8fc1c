//! Sets inlines into lines: parley breaks and shapes them, and each line keeps what a page needs to draw it so that the
//! words can be read back exactly.
//!
//! A reader gets words from glyphs through one table per face (`ToUnicode`), which can name only one text a glyph. The
//! first text seen for a glyph is the one in the table; wherever a glyph stands for something else, and wherever glyphs
//! and characters do not correspond one to one (Bengali, joined emoji), the stretch carries its own text along
//! (`ActualText`).

use std::ops::Range;

use parley::{
    Alignment, AlignmentOptions, FontFamily, FontFamilyName, FontFeatures, FontStyle, FontWeight, Layout,
    LayoutContext, LineHeight, OverflowWrap, StyleProperty,
};

use super::fonts::{CODE, FaceIx, Fonts, REPLACEMENT, TEXT};
use super::glyphs::{Canon, Reading, invisible};
use super::tags::NodeIx;
use super::words::Words;
use crate::document::{Align, Anchor, Inline, Link, Style};
use crate::language::Language;

/// The few inks there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Ink {
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
pub(super) struct Setting {
    pub(super) size: f32,
    pub(super) leading: f32,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) ink: Ink,
    pub(super) code: bool,
    pub(super) align: Align,
}

/// One line, measured from its top left.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Line {
    pub(super) height: f32,
    pub(super) baseline: f32,
    /// Where its ink ends.
    pub(super) width: f32,
    pub(super) pieces: Vec<Piece>,
    pub(super) links: Vec<LinkSpan>,
    pub(super) strokes: Vec<Stroke>,
}

/// Glyphs of one face, size and ink on a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) x: f32,
    pub(super) face: FaceIx,
    pub(super) size: f32,
    pub(super) ink: Ink,
    /// The language, where the script tells it and it is not the document's.
    pub(super) language: Option<Language>,
    /// Which link it belongs to: the first of the inlines that share it.
    pub(super) link: Option<u16>,
    /// What it is part of; given by the block that the line belongs to.
    pub(super) node: NodeIx,
    /// Its glyphs stand in the order in which they are seen and are read from the last to the first.
    pub(super) reversed: bool,
    pub(super) shown: Shown,
}

/// A step of a reader's pen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Shows a glyph and moves on by its width.
    Glyph(u16),
    /// Moves to the left by thousandths of an em.
    Back(i16),
}

/// What a piece shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shown {
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
pub(super) struct LinkSpan {
    pub(super) from: f32,
    pub(super) to: f32,
    pub(super) link: Link,
    /// Which link this is a stretch of, as in [`Piece::link`].
    pub(super) number: u16,
    pub(super) node: NodeIx,
}

/// A line under or through words; `y` above the baseline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stroke {
    pub(super) from: f32,
    pub(super) to: f32,
    pub(super) y: f32,
    pub(super) ink: Ink,
}

/// A stretch of the text that parley sees, in one style.
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

/// Sets text; keeps everything that is worth keeping between paragraphs.
pub(super) struct Setter {
    pub(super) fonts: Fonts,
    context: LayoutContext<u16>,
    pub(super) layout: Layout<u16>,
    canon: Canon,
    missing: Vec<char>,
    pub(super) words: Words,
    text: String,
    /// Characters that were replaced, by their place in `text`.
    replaced: Vec<(usize, char)>,
}

impl Setter {
    pub(super) fn new(fonts: Fonts) -> Self {
        Self {
            fonts,
            context: LayoutContext::new(),
            layout: Layout::new(),
            canon: Canon::default(),
            missing: Vec::new(),
            words: Words::default(),
            text: String::new(),
            replaced: Vec::new(),
        }
    }

    /// The faces and the texts of their glyphs, when there is nothing left to set.
    pub(super) fn into_fonts(self) -> (Fonts, Canon) {
        (self.fonts, self.canon)
    }

    /// The glyphs of some figures in a face, which a page number needs whatever else the document holds.
    pub(super) fn figures(&mut self, face: FaceIx, number: usize) -> Vec<Step> {
        let mut steps = Vec::new();
        for figure in number.to_string().chars() {
            if let Some(glyph) = self.fonts.glyph(face, figure) {
                self.canon.keep(face, glyph, figure.encode_utf8(&mut [0; 4]));
                steps.push(Step::Glyph(glyph));
            }
        }
        steps
    }

    /// How far a reader's pen moves, in thousandths of an em.
    pub(super) fn width(&self, face: FaceIx, steps: &[Step]) -> f32 {
        let width = |step: &Step| match step {
            Step::Glyph(glyph) => self.fonts.advance(face, *glyph),
            Step::Back(by) => -f32::from(*by),
        };
        steps.iter().map(width).sum()
    }

    /// The characters no face has that were met since the last call.
    pub(super) fn take_missing(&mut self) -> Vec<char> {
        std::mem::take(&mut self.missing)
    }

    /// Breaks inlines into lines no wider than `width`. At least one line comes back.
    pub(super) fn set(&mut self, inlines: &[Inline], width: f32, setting: &Setting) -> Vec<Line> {
        let spans = self.take(inlines, setting);
        self.quickly(|setter, text| setter.set_quickly(text, &spans, width, setting))
            .unwrap_or_else(|| self.break_slowly(&spans, width, setting))
    }

    /// The same by all the rules of all the scripts.
    pub(super) fn set_slowly(&mut self, inlines: &[Inline], width: f32, setting: &Setting) -> Vec<Line> {
        let spans = self.take(inlines, setting);
        self.break_slowly(&spans, width, setting)
    }

    /// How wide inlines are on one line, and the widest of their words.
    pub(super) fn measure(&mut self, inlines: &[Inline], setting: &Setting) -> (f32, f32) {
        let spans = self.take(inlines, setting);
        self.quickly(|setter, text| setter.measure_quickly(text, &spans, setting)).unwrap_or_else(|| {
            self.shape(&spans, f32::MAX, setting);
            let widths = self.layout.calculate_content_widths();
            (widths.max, widths.min)
        })
    }

    /// Tries the short way. Words that are new to it go the long way, which needs the room that the text is in.
    pub(super) fn quickly<T>(&mut self, way: impl FnOnce(&mut Self, &str) -> Option<T>) -> Option<T> {
        if !self.replaced.is_empty() {
            return None;
        }
        let text = std::mem::take(&mut self.text);
        let done = way(self, &text);
        self.text = text;
        done
    }

    fn break_slowly(&mut self, spans: &[Span<'_>], width: f32, setting: &Setting) -> Vec<Line> {
        self.shape(spans, width, setting);
        let reading = Reading {
            fonts: &mut self.fonts,
            text: &self.text,
            replaced: &self.replaced,
            spans,
            canon: &mut self.canon,
            missing: &mut self.missing,
            setting,
            order: Vec::new(),
        };
        let lines = reading.lines(&self.layout);
        if lines.is_empty() {
            return vec![Line { height: setting.leading, baseline: setting.leading * 0.75, ..Line::default() }];
        }
        lines
    }

    /// Takes the text over and gives its spans.
    pub(super) fn take<'a>(&mut self, inlines: &'a [Inline], setting: &Setting) -> Vec<Span<'a>> {
        self.text.clear();
        self.replaced.clear();
        let mut spans: Vec<Span<'a>> = Vec::with_capacity(inlines.len());
        for (index, inline) in (0..).zip(inlines) {
            let from = self.text.len();
            let (mut style, mut link, mut page_of) = (Style::default(), None, None);
            match inline {
                Inline::Text { text, style: own, link: to } => {
                    self.take_words(text);
                    (style, link) = (*own, to.as_ref());
                }
                Inline::Break => self.text.push('\n'),
                Inline::PageOf(anchor) => {
                    // Figures all have the same width, so this is room for any number up to 9999.
                    self.text.push_str("0000");
                    page_of = Some(anchor);
                }
            }
            if self.text.len() == from {
                continue;
            }
            style.code |= setting.code;
            if style.code {
                self.fonts.need_code();
            }
            // One link may be several inlines.
            let before = spans.last().filter(|before| link.is_some() && before.link == link);
            let number = before.and_then(|before| before.number);
            let number = number.or_else(|| (link.is_some() || page_of.is_some()).then_some(index));
            spans.push(Span { range: from..self.text.len(), style, link, page_of, number });
        }
        spans
    }

    /// Takes words over, leaving out what draws nothing and marking what no face can draw.
    fn take_words(&mut self, words: &str) {
        for c in words.chars() {
            match c {
                '\t' => self.text.push_str("    "),
                '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => self.text.push(' '),
                ' '..='~' => self.text.push(c),
                // Control characters, soft hyphens and byte order marks have no shape.
                _ if c.is_control() || c == '\u{AD}' || c == '\u{FEFF}' => {}
                _ if invisible(c) || self.fonts.has(c) => self.text.push(c),
                _ if c.is_whitespace() => self.text.push(' '),
                _ => {
                    self.fonts.replacement();
                    self.replaced.push((self.text.len(), c));
                    self.missing.push(c);
                    self.text.push(REPLACEMENT);
                }
            }
        }
    }

    pub(super) fn shape(&mut self, spans: &[Span<'_>], width: f32, setting: &Setting) {
        let text_family: Vec<_> = TEXT.iter().map(|name| FontFamilyName::named(name)).collect();
        let mut builder = self.context.ranged_builder(&mut self.fonts.context, &self.text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(text_family.into())));
        builder.push_default(StyleProperty::FontSize(setting.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::Absolute(setting.leading)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
        // Inter's contextual alternates turn "->" into an arrow and "3x4" into a product: not what was written.
        builder.push_default(StyleProperty::FontFeatures(FontFeatures::Source("\"calt\" 0, \"tnum\" 1".into())));
        if setting.bold {
            builder.push_default(StyleProperty::FontWeight(FontWeight::BOLD));
        }
        if setting.italic {
            builder.push_default(StyleProperty::FontStyle(FontStyle::Italic));
        }
        for (brush, span) in spans.iter().enumerate() {
            let range = span.range.clone();
            builder.push(StyleProperty::Brush(u16::try_from(brush).unwrap_or(u16::MAX)), range.clone());
            if span.style.strong {
                builder.push(StyleProperty::FontWeight(FontWeight::BOLD), range.clone());
            }
            if span.style.emphasis {
                let style = if setting.italic { FontStyle::Normal } else { FontStyle::Italic };
                builder.push(StyleProperty::FontStyle(style), range.clone());
            }
            if span.style.code {
                let code_family: Vec<_> = CODE.iter().map(|name| FontFamilyName::named(name)).collect();
                builder.push(StyleProperty::FontFamily(FontFamily::List(code_family.into())), range.clone());
                // The monospace is wide for its size.
                builder.push(StyleProperty::FontSize(setting.size * 0.88), range);
            }
        }
        builder.build_into(&mut self.layout, &self.text);
        self.layout.break_all_lines((width < f32::MAX).then_some(width));
        let alignment = match setting.align {
            // What is written from right to left begins on the right.
            Align::Left if self.layout.is_rtl() && width < f32::MAX => Alignment::Start,
            Align::Left => return,
            Align::Centre => Alignment::Center,
            Align::Right => Alignment::Right,
        };
        self.layout.align(alignment, AlignmentOptions::default());
    }
}
