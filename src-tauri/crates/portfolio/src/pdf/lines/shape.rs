//! The long way to lines: parley breaks and shapes a paragraph by all the rules of all the scripts.

use parley::{
    Alignment, AlignmentOptions, FontFamily, FontFamilyName, FontFeatures, FontStyle, FontWeight, Layout,
    LayoutContext, LineHeight, OverflowWrap, StyleProperty,
};

use super::canon::Canon;
use super::glyphs::{Reading, invisible};
use super::line::{Line, Paragraph, Setting, Span};
use crate::document::{Align, Inline, Style};
use crate::pdf::fonts::{CODE, Fonts, REPLACEMENT, TEXT};

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
    pub(super) fn lines(&mut self, paragraph: &Paragraph<'_>, width: f32, setting: &Setting) -> Vec<Line> {
        self.shape(paragraph, width, setting);
        let reading = Reading {
            fonts: &mut self.fonts,
            paragraph,
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

    /// How wide a paragraph is on one line, and the widest of its words.
    pub(super) fn measure(&mut self, paragraph: &Paragraph<'_>, setting: &Setting) -> (f32, f32) {
        self.shape(paragraph, f32::MAX, setting);
        let widths = self.layout.calculate_content_widths();
        (widths.max, widths.min)
    }

    /// Takes inlines over as a paragraph.
    pub(super) fn paragraph<'a>(&mut self, inlines: &'a [Inline], setting: &Setting) -> Paragraph<'a> {
        let spans = Vec::with_capacity(inlines.len());
        let mut paragraph = Paragraph { text: String::new(), spans, replaced: Vec::new() };
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
        let Paragraph { text, replaced, .. } = paragraph;
        for c in words.chars() {
            match c {
                '\t' => text.push_str("    "),
                '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => text.push(' '),
                ' '..='~' => text.push(c),
                // Control characters, soft hyphens and byte order marks have no shape.
                _ if c.is_control() || c == '\u{AD}' || c == '\u{FEFF}' => {}
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

    fn shape(&mut self, paragraph: &Paragraph<'_>, width: f32, setting: &Setting) {
        let Paragraph { text, spans, .. } = paragraph;
        let text_family: Vec<_> = TEXT.iter().map(|name| FontFamilyName::named(name)).collect();
        let mut builder = self.context.ranged_builder(&mut self.fonts.context, text, 1.0, false);
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
        builder.build_into(&mut self.layout, text);
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
