//! The operators that draw a page, as bytes: said only when something changes.

use super::embed::Codes;
use super::fonts::{self, FaceIx};
use super::lines::Step;
use super::look;
use crate::document::Colour;

/// Operators being written one after another, with what the reader of the page has been told so far.
#[derive(Debug, Default)]
pub(super) struct Operators {
    pub(super) bytes: Vec<u8>,
    in_text: bool,
    font: Option<(FaceIx, u32)>,
    fill: Option<Colour>,
    /// Where the pen was last set in this text, in hundredths of a point.
    at: (i64, i64),
}

/// Points as hundredths: finer than any printer.
#[allow(clippy::cast_possible_truncation, reason = "a page is small")]
fn hundredths(points: f32) -> i64 {
    (points * 100.0).round() as i64
}

impl Operators {
    /// A number of hundredths, followed by a space.
    fn number(&mut self, hundredths: i64) {
        if hundredths < 0 {
            self.bytes.push(b'-');
        }
        let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
        self.whole(whole);
        if rest > 0 {
            self.bytes.extend([b'.', b'0' + (rest / 10) as u8]);
            if !rest.is_multiple_of(10) {
                self.bytes.push(b'0' + (rest % 10) as u8);
            }
        }
        self.bytes.push(b' ');
    }

    fn whole(&mut self, number: u64) {
        let mut figures = [0_u8; 20];
        let mut at = figures.len();
        let mut rest = number;
        loop {
            at -= 1;
            figures[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.bytes.extend(&figures[at..]);
    }

    fn say(&mut self, words: &str) {
        self.bytes.extend(words.as_bytes());
    }

    /// Begins text, which comes before anything that shows any.
    pub(super) fn begin_text(&mut self) {
        if !self.in_text {
            self.say("BT\n");
            self.in_text = true;
            self.at = (0, 0);
        }
    }

    /// Ends text, which comes before anything drawn.
    pub(super) fn end_text(&mut self) {
        if self.in_text {
            self.say("ET\n");
            self.in_text = false;
        }
    }

    /// Begins content that is part `number` of the page's structure.
    pub(super) fn begin_part(&mut self, tag: &str, number: usize) {
        self.bytes.push(b'/');
        self.say(tag);
        self.say("<</MCID ");
        self.whole(number as u64);
        self.say(">>BDC\n");
    }

    /// Begins content that is decoration.
    pub(super) fn begin_artifact(&mut self, kind: &str) {
        self.say("/Artifact<<");
        self.say(kind);
        self.say(">>BDC\n");
    }

    /// Begins a stretch with text or a language of its own.
    pub(super) fn begin_span(&mut self, text: Option<&str>, language: Option<&str>) {
        self.say("/Span<<");
        if let Some(language) = language {
            self.say("/Lang(");
            self.say(language);
            self.say(")");
        }
        if let Some(text) = text {
            self.say("/ActualText<FEFF");
            for unit in text.encode_utf16() {
                self.say(&format!("{unit:04X}"));
            }
            self.say(">");
        }
        self.say(">>BDC\n");
    }

    /// Begins a stretch whose glyphs are to be read from the last to the first.
    pub(super) fn begin_reversed(&mut self) {
        self.say("/ReversedChars BMC\n");
    }

    /// Ends what was begun last.
    pub(super) fn end_mark(&mut self) {
        self.say("EMC\n");
    }

    /// Sets face, size, ink and place for the text that follows.
    pub(super) fn pen(&mut self, face: FaceIx, size: f32, ink: Colour, x: f32, baseline: f32) {
        if self.font != Some((face, size.to_bits())) {
            self.font = Some((face, size.to_bits()));
            self.bytes.push(b'/');
            self.say(fonts::resource(face));
            self.bytes.push(b' ');
            self.number(hundredths(size));
            self.say("Tf\n");
        }
        self.fill(ink);
        let to = (hundredths(x), hundredths(look::PAGE_HEIGHT - baseline));
        self.number(to.0 - self.at.0);
        self.number(to.1 - self.at.1);
        self.say("Td");
        self.at = to;
    }

    /// Shows glyphs from where the pen stands.
    pub(super) fn show(&mut self, face: FaceIx, steps: &[Step], codes: &Codes) {
        let is_hidden = |step: &Step| matches!(step, Step::Hidden(_));
        for same in steps.chunk_by(|a, b| is_hidden(a) == is_hidden(b)) {
            let hidden = same.first().is_some_and(is_hidden);
            if hidden {
                self.say("\n3 Tr");
            }
            self.show_alike(face, same, codes);
            if hidden {
                self.say("0 Tr\n");
            }
        }
    }

    fn show_alike(&mut self, face: FaceIx, steps: &[Step], codes: &Codes) {
        let moves = steps.iter().any(|step| matches!(step, Step::Back(_)));
        if moves {
            self.bytes.push(b'[');
        }
        let mut open = false;
        for step in steps {
            match step {
                Step::Glyph(glyph) | Step::Hidden(glyph) => {
                    if !open {
                        self.bytes.push(b'(');
                        open = true;
                    }
                    for byte in codes.of(face, *glyph).to_be_bytes() {
                        match byte {
                            b'(' | b')' | b'\\' => self.bytes.extend([b'\\', byte]),
                            b'\r' => self.bytes.extend(b"\\r"),
                            _ => self.bytes.push(byte),
                        }
                    }
                }
                Step::Back(by) => {
                    if open {
                        self.bytes.push(b')');
                        open = false;
                    }
                    if *by < 0 {
                        self.bytes.push(b'-');
                    }
                    self.whole(u64::from(by.unsigned_abs()));
                    self.bytes.push(b' ');
                }
            }
        }
        if open {
            self.bytes.push(b')');
        }
        self.say(if moves { "]TJ\n" } else { "Tj\n" });
    }

    fn fill(&mut self, colour: Colour) {
        if self.fill != Some(colour) {
            self.fill = Some(colour);
            self.colour(colour, "rg\n");
        }
    }

    fn colour(&mut self, Colour(r, g, b): Colour, operator: &str) {
        for channel in [r, g, b] {
            let thousandths = u64::from(channel) * 1000 / 255;
            let text = if thousandths >= 1000 { "1 ".to_owned() } else { format!(".{thousandths:03} ") };
            self.say(&text);
        }
        self.say(operator);
    }

    /// A filled rectangle; `y` from the page's top.
    pub(super) fn rectangle(&mut self, x: f32, y: f32, width: f32, height: f32, colour: Colour) {
        self.fill(colour);
        for side in [x, look::PAGE_HEIGHT - y - height, width, height] {
            self.number(hundredths(side));
        }
        self.say("re f\n");
    }

    /// A line of this thickness for the paths that follow.
    pub(super) fn outline(&mut self, colour: Colour, thickness: f32) {
        self.colour(colour, "RG\n");
        self.number(hundredths(thickness));
        self.say("w\n");
    }

    /// Starts a path.
    pub(super) fn move_to(&mut self, x: f32, y: f32) {
        self.place(x, y);
        self.say("m\n");
    }

    /// A straight line.
    pub(super) fn line_to(&mut self, x: f32, y: f32) {
        self.place(x, y);
        self.say("l\n");
    }

    /// A curve by two handles.
    pub(super) fn curve_to(&mut self, handles: [(f32, f32); 2], x: f32, y: f32) {
        for (x, y) in handles {
            self.place(x, y);
        }
        self.place(x, y);
        self.say("c\n");
    }

    /// Closes and draws the path: filled with a colour, or along its outline.
    pub(super) fn draw(&mut self, path: impl FnOnce(&mut Self), filled: Option<Colour>) {
        if let Some(colour) = filled {
            self.fill(colour);
        }
        path(self);
        self.say(if filled.is_some() { "h f\n" } else { "s\n" });
    }

    /// Shows what the page knows under this number, in a rectangle; `y` from the page's top.
    pub(super) fn show_at(&mut self, number: usize, x: f32, y: f32, width: f32, height: f32) {
        self.say("q ");
        self.number(hundredths(width));
        self.say("0 0 ");
        self.number(hundredths(height));
        self.place(x, y + height);
        self.say("cm /X");
        self.whole(number as u64);
        self.say(" Do Q\n");
    }

    fn place(&mut self, x: f32, y: f32) {
        self.number(hundredths(x));
        self.number(hundredths(look::PAGE_HEIGHT - y));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        let mut operators = Operators::default();
        for hundredths in [0, 5, 50, 100, 1234, -7, -150, 84189] {
            operators.number(hundredths);
        }
        assert_eq!(operators.bytes, b"0 0.05 0.5 1 12.34 -0.07 -1.5 841.89 ");
    }
}
