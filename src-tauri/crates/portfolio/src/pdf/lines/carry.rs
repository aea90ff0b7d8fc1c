//! Words that run from right to left, so that every reader gets them back letter by letter.
//!
//! Some readers take the text that a stretch carries along for glyphs as they are seen, and turn it round. So each glyph
//! stands for one letter, and what has no glyph of its own on the line (the second letter of a ligature, marks above and
//! below) is carried by one that takes no room and is not seen.

use super::canon::Canon;
use super::line::Step;
use crate::pdf::fonts::{FaceIx, Fonts};

/// The glyphs that carry all but the first character of what `glyph` shows, as they stand before it on the line; none when
/// the face has not enough of them.
pub(super) fn carried(fonts: &Fonts, canon: &mut Canon, face: FaceIx, glyph: u16, text: &str) -> Option<Vec<Step>> {
    let mut own = [0; 4];
    let mut chars = text.chars();
    let first = chars.next()?;
    if !canon.could(face, glyph, first.encode_utf8(&mut own)) {
        return None;
    }
    let mut steps = Vec::new();
    for c in chars {
        let said: &str = c.encode_utf8(&mut own);
        let free = |glyph: &u16| fonts.advance(face, *glyph) < 0.5 && canon.could(face, *glyph, said);
        let mark = fonts.glyph(face, c).filter(free).map(Step::Hidden);
        let step = mark.or_else(|| fonts.blanks(face).find(free).map(Step::Glyph))?;
        if let Step::Glyph(glyph) | Step::Hidden(glyph) = step {
            canon.keep(face, glyph, said);
        }
        steps.push(step);
    }
    canon.keep(face, glyph, first.encode_utf8(&mut own));
    steps.reverse();
    Some(steps)
}
