//! The short way to lines: ordinary words are shaped once and set like type. A vocabulary is small and a portfolio long,
//! so most words have been met before.
//!
//! Only what cannot come out otherwise is set this way: words of the main family's own characters, between single spaces
//! and with hyphens between letters. Everything else (other scripts, addresses, code, words too long for a line) makes the
//! whole paragraph go the long way through [`super::text`], which knows every rule.

use std::collections::HashMap;
use std::rc::Rc;

use super::fonts::FaceIx;
use super::glyphs::{SLACK, move_on};
use super::text::{Ink, Line, LinkSpan, Piece, Setter, Setting, Shown, Step};
use crate::document::{Align, Inline, Link, Style};

/// A word as it is drawn, in thousandths of an em.
#[derive(Debug)]
struct Word {
    face: FaceIx,
    width: f32,
    /// Each glyph, where it stands, and how far a reader's pen moves after it.
    glyphs: Box<[(u16, f32, f32)]>,
}

/// Words that were met before, by weight and slope; `None` for those that must go the long way.
#[derive(Default)]
pub(super) struct Words {
    known: [HashMap<Box<str>, Option<Rc<Word>>>; 4],
    /// Height and baseline of a line, by size and leading.
    metrics: HashMap<(u32, u32), (f32, f32)>,
}

/// What a paragraph is made of.
enum Token<'a> {
    Word(Rc<Word>, Look<'a>),
    /// A space at which a line may end, or one at which it must not.
    Space(Rc<Word>, Look<'a>, bool),
    /// Room for the number of a page.
    Number(Rc<Word>, Look<'a>, &'a crate::document::Anchor),
    /// A place where a line may end without a space.
    Chance,
    Break,
}

/// How a token looks besides its face.
#[derive(Clone, Copy)]
struct Look<'a> {
    ink: Ink,
    link: Option<(u16, &'a Link)>,
}

impl Setter {
    /// Breaks inlines into lines if they are ordinary enough.
    pub(super) fn set_quickly(&mut self, inlines: &[Inline], width: f32, setting: &Setting) -> Option<Vec<Line>> {
        if setting.code || (setting.align != Align::Left && width >= f32::MAX) {
            return None;
        }
        let tokens = self.tokens(inlines, setting)?;
        let (height, baseline) = self.metrics(setting)?;
        let mut lines = Vec::new();
        let blank = || Line { height, baseline, ..Line::default() };
        let mut composer = Composer { line: blank(), x: 0.0, size: setting.size, pen: 0.0 };
        let mut at = 0;
        while at < tokens.len() {
            // What holds together up to the next place where a line may end, and the spaces after it.
            let end = tokens[at..].iter().position(Token::ends).map_or(tokens.len(), |more| at + more);
            let together: f32 = tokens[at..end].iter().map(|token| token.width(setting.size)).sum();
            if composer.x + together > width + 0.01 {
                if together > width {
                    return None;
                }
                lines.push(composer.turn(blank(), width, setting.align));
            }
            tokens[at..end].iter().for_each(|token| composer.put(token, setting));
            if let Some(token) = tokens.get(end) {
                composer.put(token, setting);
                if matches!(token, Token::Break) {
                    lines.push(composer.turn(blank(), width, setting.align));
                }
            }
            at = end + 1;
        }
        if !matches!(tokens.last(), None | Some(Token::Break)) {
            lines.push(composer.turn(blank(), width, setting.align));
        }
        Some(lines)
    }

    /// How wide ordinary inlines are on one line, and the widest of what holds together.
    pub(super) fn measure_quickly(&mut self, inlines: &[Inline], setting: &Setting) -> Option<(f32, f32)> {
        let tokens = self.tokens(inlines, setting)?;
        let (mut widest, mut most, mut line) = (0.0_f32, 0.0_f32, 0.0);
        for together in tokens.split_inclusive(Token::ends) {
            let end = together.last().filter(|last| last.ends());
            let whole: f32 = together.iter().map(|token| token.width(setting.size)).sum();
            most = most.max(whole - end.map_or(0.0, |space| space.width(setting.size)));
            line += whole;
            widest = widest.max(line);
            if matches!(end, Some(Token::Break)) {
                line = 0.0;
            }
        }
        Some((widest, most))
    }

    fn tokens<'a>(&mut self, inlines: &'a [Inline], setting: &Setting) -> Option<Vec<Token<'a>>> {
        let mut tokens = Vec::with_capacity(inlines.len() * 8);
        let mut links: Option<(u16, &Link)> = None;
        for (index, inline) in (0..).zip(inlines) {
            match inline {
                Inline::Break => {
                    links = None;
                    tokens.push(Token::Break);
                }
                Inline::PageOf(anchor) => {
                    links = None;
                    let word = self.word("0000", setting.bold, setting.italic)?;
                    tokens.push(Token::Number(word, Look { ink: Ink::Link, link: Some((index, NOWHERE)) }, anchor));
                }
                Inline::Text { text, style, link } => {
                    if style.code || style.struck || matches!(link, Some(Link::Web(_))) {
                        return None;
                    }
                    links = match (link, links) {
                        (Some(link), Some((first, before))) if link == before => Some((first, link)),
                        (link, _) => link.as_ref().map(|link| (index, link)),
                    };
                    let ink = match (link, style.quiet) {
                        (Some(_), _) => Ink::Link,
                        (None, true) => Ink::Quiet,
                        (None, false) => setting.ink,
                    };
                    self.words(text, *style, setting, Look { ink, link: links }, &mut tokens)?;
                }
            }
        }
        Some(tokens)
    }

    fn words<'a>(
        &mut self,
        text: &str,
        style: Style,
        setting: &Setting,
        look: Look<'a>,
        out: &mut Vec<Token<'a>>,
    ) -> Option<()> {
        let (bold, italic) = (setting.bold || style.strong, setting.italic != style.emphasis);
        let space = self.word(" ", bold, italic)?;
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let glue = first == '\u{a0}';
            if first == ' ' || glue {
                // The rules for several spaces are the long way's.
                if matches!(out.last(), Some(Token::Space(..) | Token::Break)) || (out.is_empty() && !glue) {
                    return None;
                }
                out.push(Token::Space(Rc::clone(&space), look, !glue));
                rest = &rest[first.len_utf8()..];
                continue;
            }
            let end = rest.find([' ', '\u{a0}']).unwrap_or(rest.len());
            let word = &rest[..end];
            rest = &rest[end..];
            let mut from = 0;
            for (at, _) in word.match_indices('-') {
                let next = word[at + 1..].chars().next();
                let before = word[..at].chars().next_back();
                if at > from && before.is_some_and(char::is_alphabetic) && next.is_some_and(char::is_alphabetic) {
                    out.push(Token::Word(self.word(&word[from..=at], bold, italic)?, look));
                    out.push(Token::Chance);
                    from = at + 1;
                }
            }
            out.push(Token::Word(self.word(&word[from..], bold, italic)?, look));
        }
        Some(())
    }

    fn word(&mut self, text: &str, bold: bool, italic: bool) -> Option<Rc<Word>> {
        let style = usize::from(bold) | usize::from(italic) << 1;
        if let Some(known) = self.words.known[style].get(text) {
            return known.clone();
        }
        let word =
            if is_ordinary(text) || text == " " { self.shape_word(text, bold, italic).map(Rc::new) } else { None };
        self.words.known[style].insert(text.into(), word.clone());
        word
    }

    /// Shapes a word by the long way, at a size that makes points thousandths of an em.
    fn shape_word(&mut self, text: &str, bold: bool, italic: bool) -> Option<Word> {
        let setting =
            Setting { size: 1000.0, leading: 1500.0, bold, italic, ink: Ink::Text, code: false, align: Align::Left };
        // Some text around it: a lone space has no width of its own.
        let inlines = [Inline::plain(text)];
        let mut lines = self.set_slowly(&inlines, f32::MAX, &setting);
        let (line, None) = (lines.pop()?, lines.pop()) else { return None };
        let [Piece { face, shown: Shown::Plain(steps), language: None, .. }] = line.pieces.as_slice() else {
            return None;
        };
        let (mut glyphs, mut pen) = (Vec::with_capacity(steps.len()), 0.0);
        for step in steps {
            match step {
                Step::Glyph(glyph) => {
                    let advance = self.fonts.advance(*face, *glyph);
                    glyphs.push((*glyph, pen, advance));
                    pen += advance;
                }
                Step::Back(by) => pen -= f32::from(*by),
            }
        }
        let width = if text == " " { pen } else { line.width };
        Some(Word { face: *face, width, glyphs: glyphs.into() })
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

/// The link of room for a number, which is known by its anchor.
const NOWHERE: &Link = &Link::Web(String::new());

/// Whether nothing can go wrong with this word: the line ends only before or after it, whatever it stands beside.
fn is_ordinary(word: &str) -> bool {
    let core = word.trim_start_matches(['(', '"', '\'', '“', '‘']);
    let core = core.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'', '”', '’', '…']);
    let core = core.strip_suffix('-').unwrap_or(core);
    if core.is_empty() {
        return matches!(word, "–" | "·" | "•" | "-");
    }
    let simple = |c: char| c.is_ascii_alphanumeric() || (('\u{c0}'..'\u{250}').contains(&c) && c.is_alphabetic());
    let within = |c: char| matches!(c, '\'' | '’' | '.' | ',' | ':');
    core.chars().all(|c| simple(c) || within(c)) && core.chars().next().is_some_and(simple)
}

impl Token<'_> {
    /// Whether a line may end here.
    fn ends(&self) -> bool {
        matches!(self, Token::Space(_, _, true) | Token::Chance | Token::Break)
    }

    fn width(&self, size: f32) -> f32 {
        match self {
            Token::Word(word, _) | Token::Space(word, ..) | Token::Number(word, ..) => word.width * size / 1000.0,
            Token::Chance | Token::Break => 0.0,
        }
    }
}

/// A line that is being filled.
struct Composer {
    line: Line,
    /// Where the next word goes.
    x: f32,
    size: f32,
    /// Where a reader's pen stands.
    pen: f32,
}

impl Composer {
    fn put(&mut self, token: &Token<'_>, setting: &Setting) {
        let width = token.width(self.size);
        let (word, look, blank) = match token {
            Token::Word(word, look) => (word, look, false),
            Token::Space(word, look, _) => (word, look, true),
            Token::Number(word, look, anchor) => {
                let right = setting.align == Align::Right;
                let shown = Shown::PageOf { anchor: (*anchor).clone(), width, right };
                self.piece(word.face, look, shown);
                self.link(look, Link::To((*anchor).clone()), width);
                self.x += width;
                self.line.width = self.x;
                return;
            }
            Token::Chance | Token::Break => return,
        };
        let number = look.link.map(|(number, _)| number);
        let goes_on = self.line.pieces.last().is_some_and(|last| {
            matches!(last.shown, Shown::Plain(_))
                && last.face == word.face
                && last.ink == look.ink
                && last.link == number
        });
        if !goes_on {
            self.piece(word.face, look, Shown::Plain(Vec::new()));
            self.pen = self.x;
        }
        if let Some(Piece { shown: Shown::Plain(steps), .. }) = self.line.pieces.last_mut() {
            let em = self.size / 1000.0;
            for (glyph, at, advance) in &word.glyphs {
                let off = (self.x - self.pen) / em + at;
                if off.abs() > SLACK {
                    self.pen += move_on(steps, off) * em;
                }
                steps.push(Step::Glyph(*glyph));
                self.pen += (advance) * em;
            }
        }
        if let Some((_, link)) = look.link {
            self.link(look, link.clone(), width);
        }
        self.x += width;
        if !blank {
            self.line.width = self.x;
        }
    }

    fn piece(&mut self, face: FaceIx, look: &Look<'_>, shown: Shown) {
        let link = look.link.map(|(number, _)| number);
        let piece = Piece {
            x: self.x,
            face,
            size: self.size,
            ink: look.ink,
            language: None,
            link,
            node: 0,
            reversed: false,
            shown,
        };
        self.line.pieces.push(piece);
    }

    fn link(&mut self, look: &Look<'_>, link: Link, width: f32) {
        let Some((number, _)) = look.link else { return };
        let to = self.x + width;
        match self.line.links.last_mut() {
            Some(last) if last.number == number => last.to = to,
            _ => self.line.links.push(LinkSpan { from: self.x, to, link, number, node: 0 }),
        }
    }

    /// Gives the line away and begins another.
    fn turn(&mut self, next: Line, width: f32, align: Align) -> Line {
        let mut line = std::mem::replace(&mut self.line, next);
        let room = width - line.width;
        let shift = match align {
            Align::Left => 0.0,
            Align::Centre => room / 2.0,
            Align::Right => room,
        };
        if align != Align::Left {
            line.pieces.iter_mut().for_each(|piece| piece.x += shift);
            for link in &mut line.links {
                (link.from, link.to) = (link.from + shift, link.to + shift);
            }
            line.width += shift;
        }
        (self.x, self.pen) = (0.0, 0.0);
        line
    }
}
