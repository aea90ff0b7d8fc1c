//! The operators of a foreign page, copied token by token as they are: only marks, which would be taken for ours, what is
//! hidden, and what no reader knows are left out. (Reading them into values and writing them again would change numbers.)

use std::collections::HashSet;

use super::flaws::Flaw;

/// What a stretch of operators became.
#[derive(Debug, Default)]
pub(super) struct Scrubbed {
    pub(super) bytes: Vec<u8>,
    /// What an archive would not take.
    pub(super) flaws: Vec<Flaw>,
}

/// Every operator there is, but for marks.
const KNOWN: &str = "b B b* B* BT BX c cm CS cs d d0 d1 Do ET EX f F f* G g gs h i j J K k l m M n q Q re RG rg ri s S SC \
     sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"";
const PAINTS_A_PATH: &str = "b B b* B* f F f* s S";
const SHOWS: &str = "Do Tj TJ ' \" sh";

/// An archive allows no deeper nesting of saved states than this.
const DEEPEST: usize = 28;

fn among(list: &str, operator: &[u8]) -> bool {
    list.split(' ').any(|known| known.as_bytes() == operator)
}

/// Copies operators. `hidden` are the names of layers that are not shown.
pub(super) fn scrub(from: &[u8], hidden: &HashSet<Vec<u8>>) -> Scrubbed {
    let mut out = Scrubbed { bytes: Vec::with_capacity(from.len()), flaws: Vec::new() };
    let mut tokens = Tokens { bytes: from, at: 0 };
    // Where the operands of the operator to come begin, how many states are saved, and for every open mark whether it
    // hides what is in it.
    let mut start = 0;
    let mut saved = 0_usize;
    let mut marks: Vec<bool> = Vec::new();
    while let Some(token) = tokens.next() {
        if token.kind != Kind::Word {
            continue;
        }
        let operator = &from[token.start..token.end];
        if is_operand(operator) {
            continue;
        }
        let whole = &from[start..token.end];
        let unseen = marks.contains(&true);
        match operator {
            b"BDC" | b"BMC" => marks.push(is_hidden_layer(whole, hidden)),
            b"EMC" => drop(marks.pop()),
            b"BI" => {
                let end = image_end(from, token.end);
                tokens.at = end;
                let image = &from[token.start..end];
                if !unseen {
                    out.flaws.extend(flaws_of_image(image));
                    out.copy(image);
                }
            }
            b"Q" if saved == 0 => {}
            b"q" | b"Q" => {
                saved = if operator == b"q" { saved + 1 } else { saved - 1 };
                if saved > DEEPEST {
                    out.flaws.push(Flaw::Depth);
                }
                out.copy(operator);
            }
            _ if unseen && among(PAINTS_A_PATH, operator) => out.copy(b"n"),
            _ if unseen && among(SHOWS, operator) => {}
            _ if among(KNOWN, operator) => {
                let inks = matches!(operator, b"cs" | b"CS") && whole.windows(10).any(|name| name == b"DeviceCMYK");
                if inks || matches!(operator, b"k" | b"K") {
                    out.flaws.push(Flaw::Inks);
                }
                out.copy(whole);
            }
            _ => {}
        }
        start = tokens.at;
    }
    (0..saved).for_each(|_| out.copy(b"Q"));
    out
}

impl Scrubbed {
    fn copy(&mut self, bytes: &[u8]) {
        self.bytes.extend(bytes.trim_ascii());
        self.bytes.push(b'\n');
    }
}

fn is_operand(word: &[u8]) -> bool {
    matches!(word, b"true" | b"false" | b"null")
        || word.first().is_some_and(|first| first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.'))
}

/// Whether what is marked so is a layer that is not shown.
fn is_hidden_layer(mark: &[u8], hidden: &HashSet<Vec<u8>>) -> bool {
    let mut tokens = Tokens { bytes: mark, at: 0 };
    let mut names = std::iter::from_fn(|| tokens.next()).filter(|token| token.kind == Kind::Name);
    let mut name = || names.next().and_then(|token| mark.get(token.start + 1..token.end));
    name() == Some(b"OC") && name().is_some_and(|layer| hidden.contains(layer))
}

/// Where a picture in the middle of operators ends. Its pixels may look like anything, so what follows the end must look
/// like operators again.
fn image_end(bytes: &[u8], from: usize) -> usize {
    let mut tokens = Tokens { bytes, at: from };
    while let Some(token) = tokens.next() {
        if &bytes[token.start..token.end] == b"ID" {
            break;
        }
    }
    let mut at = tokens.at;
    while let Some(window) = bytes.get(at..at + 3) {
        let after = &bytes[at + 3..bytes.len().min(at + 20)];
        let ends = is_space(window[0]) && &window[1..] == b"EI" && after.first().is_none_or(|byte| is_space(*byte));
        if ends && after.iter().all(|byte| is_space(*byte) || (0x20..0x7f).contains(byte)) {
            return at + 3;
        }
        at += 1;
    }
    bytes.len()
}

fn flaws_of_image(image: &[u8]) -> Vec<Flaw> {
    let mut tokens = Tokens { bytes: image, at: 0 };
    let mut out = Vec::new();
    while let Some(token) = tokens.next() {
        match &image[token.start..token.end] {
            b"/CMYK" | b"/DeviceCMYK" => out.push(Flaw::Inks),
            b"/LZW" | b"/LZWDecode" => out.push(Flaw::Packing),
            b"ID" => break,
            _ => {}
        }
    }
    out
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Name,
    /// A number, an operator.
    Word,
    Other,
}

#[derive(Debug, Clone, Copy)]
struct Token {
    kind: Kind,
    start: usize,
    end: usize,
}

/// Cuts operators into tokens.
struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl Tokens<'_> {
    fn next(&mut self) -> Option<Token> {
        let bytes = self.bytes;
        while let Some(byte) = bytes.get(self.at) {
            if *byte == b'%' {
                self.skip(|byte| !matches!(byte, b'\n' | b'\r'));
            } else if is_space(*byte) {
                self.at += 1;
            } else {
                break;
            }
        }
        let start = self.at;
        self.at += 1;
        let kind = match bytes.get(start)? {
            b'/' => {
                self.skip(is_regular);
                Kind::Name
            }
            b'(' => {
                self.string();
                Kind::Other
            }
            b'<' if bytes.get(self.at) != Some(&b'<') => {
                self.skip(|byte| byte != b'>');
                self.at = bytes.len().min(self.at + 1);
                Kind::Other
            }
            b'<' => {
                self.at += 1;
                Kind::Other
            }
            byte if is_regular(*byte) => {
                self.skip(is_regular);
                Kind::Word
            }
            _ => Kind::Other,
        };
        Some(Token { kind, start, end: self.at })
    }

    fn skip(&mut self, while_true: impl Fn(u8) -> bool) {
        while self.bytes.get(self.at).is_some_and(|byte| while_true(*byte)) {
            self.at += 1;
        }
    }

    /// Past a string, whose brackets may nest.
    fn string(&mut self) {
        let mut open = 1;
        while let (Some(byte), true) = (self.bytes.get(self.at), open > 0) {
            match byte {
                b'\\' => self.at += 1,
                b'(' => open += 1,
                b')' => open -= 1,
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.at.min(self.bytes.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scrubbed(from: &str) -> String {
        let hidden = HashSet::from([b"Off".to_vec()]);
        String::from_utf8(scrub(from.as_bytes(), &hidden).bytes).unwrap().replace('\n', " ").trim().to_owned()
    }

    #[test]
    fn marks_are_left_out_and_nothing_else_changes() {
        assert_eq!(scrubbed("/P <</MCID 0>> BDC BT (EMC \\) (x) BDC) Tj ET EMC"), "BT (EMC \\) (x) BDC) Tj ET");
        assert_eq!(scrubbed("/Span<</ActualText<FEFF>>>BDC 1.00000001 0 0 rg EMC f"), "1.00000001 0 0 rg f");
        assert_eq!(scrubbed("/A MP /B /C DP 0 0 m % EMC\n1 1 l S"), "0 0 m % EMC 1 1 l S");
        assert_eq!(scrubbed("[(a) -3 <4142>] TJ 5 0 d0 (x)' 1 2(y)\""), "[(a) -3 <4142>] TJ 5 0 d0 (x)' 1 2(y)\"");
    }

    #[test]
    fn what_is_saved_is_restored_and_no_more() {
        assert_eq!(scrubbed("Q q q 1 w Q Q Q q"), "q q 1 w Q Q q Q");
    }

    #[test]
    fn pictures_among_operators_stay_whole() {
        let image = "BI /W 2 /H 1 /BPC 8 /CS /G ID \u{1}EI EMC\u{2} EI";
        assert_eq!(scrubbed(&format!("q {image} Q EMC")), format!("q {image} Q"));
    }

    #[test]
    fn a_layer_that_is_not_shown_stays_hidden() {
        let from = "/OC /Off BDC 0 0 9 9 re f /P BMC (x) Tj EMC 2 w EMC (y) Tj /OC /On BDC (z) Tj EMC";
        assert_eq!(scrubbed(from), "0 0 9 9 re n 2 w (y) Tj (z) Tj");
    }

    #[test]
    fn what_no_reader_knows_is_left_out_with_its_operands() {
        assert_eq!(scrubbed("1 2 (x) zz 3 w"), "3 w");
        assert_eq!(scrubbed("(never closed"), "");
        assert_eq!(scrubbed("<<<<[[ >> q"), "q Q");
    }
}
