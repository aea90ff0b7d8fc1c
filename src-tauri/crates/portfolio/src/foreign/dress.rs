//! Looks for what is written on a page and brings none: fields that were filled in by a program that left their look to
//! whoever shows them, and notes. Set in Inter, which is embedded with the letters that are used.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use lopdf::{Document as Pdf, Object, ObjectId, Stream, dictionary};
use printpdf::{FontId, ParsedFont, PdfFont};

use super::MOST_MARKS;
use super::fields::{Mark, Says};
use crate::embedding::{Used, embedded};

const INTER: &[u8] = include_bytes!("../../../../../assets/fonts/Inter-Regular.otf");
const NAME: &str = "INTERF";
/// Of a field that leaves its size open.
const LARGEST_TYPE: f32 = 12.0;
const SMALLEST_TYPE: f32 = 4.0;
const LEADING: f32 = 1.2;
/// How high capitals are, as a share of the size.
const CAPITALS: f32 = 0.727;
/// Between the edge of a field and its words.
const EDGE: f32 = 2.0;

/// A look that is still to be drawn.
struct Bare {
    annotation: ObjectId,
    size: (f32, f32),
    /// Operators that come first: background and frame.
    ground: String,
    /// Operators for the colour of the words.
    colour: String,
    says: Says,
    type_size: f32,
    /// 0 left, 1 middle, 2 right.
    side: i64,
    has_lines: bool,
    boxes: Option<usize>,
}

/// Gives a look to what has none on these pages; what it had is replaced. Gives the letters that could not be written.
pub(super) fn dress(pdf: &mut Pdf, annotations: &[ObjectId]) -> String {
    let bare: Vec<Bare> = annotations.iter().take(MOST_MARKS).filter_map(|id| bare(pdf, *id)).collect();
    if bare.is_empty() {
        return String::new();
    }
    let Some(font) = ParsedFont::from_bytes(INTER, 0, &mut Vec::new()) else { return String::new() };
    let letters =
        bare.iter().flat_map(|one| if let Says::Words(words) = &one.says { words.as_str() } else { "" }.chars());
    let mut face = Face::of(font, letters);
    let Some(fonts) = face.put_into(pdf) else { return String::new() };
    for one in bare {
        let (width, height) = one.size;
        let dictionary = dictionary! {
            "Type" => "XObject", "Subtype" => "Form",
            "BBox" => vec![0.into(), 0.into(), width.into(), height.into()],
            "Resources" => dictionary! { "Font" => fonts },
        };
        let look = pdf.add_object(Stream::new(dictionary, one.drawn(&face).into_bytes()));
        if let Ok(annotation) = pdf.get_object_mut(one.annotation).and_then(Object::as_dict_mut) {
            annotation.set("AP", dictionary! { "N" => look });
        }
    }
    face.lacking
}

fn bare(pdf: &Pdf, annotation: ObjectId) -> Option<Bare> {
    let mark = Mark::seen(pdf, pdf.objects.get(&annotation)?)?;
    let says = mark.says();
    if says == Says::Nothing || !mark.lacks_look() {
        return None;
    }
    let [left, bottom, right, top] = mark.place()?;
    let size = (right - left, top - bottom);
    let style = mark.inherited(b"DA").and_then(|style| style.as_str().ok()).map(String::from_utf8_lossy);
    let style: Vec<&str> = style.as_deref().unwrap_or_default().split_ascii_whitespace().collect();
    let before = |operator: &str, count: usize| {
        let at = style.iter().rposition(|word| *word == operator)?;
        let numbers = style.get(at.checked_sub(count)?..at)?;
        numbers.iter().map(|number| number.parse::<f32>().ok()).collect::<Option<Vec<f32>>>()
    };
    let colour = [("g", 1), ("rg", 3), ("k", 4)].into_iter().find_map(|(operator, count)| {
        Some(before(operator, count)?.iter().fold(String::new(), |out, number| format!("{out}{number} ")) + operator)
    });
    let of_look = |key: &[u8], operators: [&str; 3]| {
        let look = mark.get(b"MK").and_then(|look| look.as_dict().ok());
        let numbers = mark.numbers(look?.get(key).ok()?)?;
        let operator = match numbers.len() {
            1 => operators[0],
            3 => operators[1],
            4 => operators[2],
            _ => return None,
        };
        Some(numbers.iter().fold(String::new(), |out, number| format!("{out}{number} ")) + operator)
    };
    let (width, height) = size;
    let mut ground = String::new();
    if let Some(colour) = of_look(b"BG", ["g", "rg", "k"]) {
        ground.push_str(&format!("{colour} 0 0 {width} {height} re f\n"));
    }
    if let Some(colour) = of_look(b"BC", ["G", "RG", "K"]) {
        ground.push_str(&format!("{colour} 1 w 0.5 0.5 {} {} re S\n", width - 1.0, height - 1.0));
    }
    Some(Bare {
        annotation,
        size,
        ground,
        colour: colour.unwrap_or_else(|| "0 g".to_owned()),
        says,
        type_size: before("Tf", 1).and_then(|size| size.first().copied()).unwrap_or(0.0),
        side: mark.inherited(b"Q").and_then(|side| side.as_i64().ok()).unwrap_or(0),
        has_lines: mark.has_lines(),
        boxes: mark.boxes(),
    })
    .filter(|one| one.size.0 > 0.0 && one.size.1 > 0.0)
}

impl Bare {
    fn drawn(&self, face: &Face) -> String {
        let (width, height) = self.size;
        let mut out = format!("{}q {} 0 0 {width} {height} re W n\n", self.ground, self.colour);
        match &self.says {
            Says::Words(words) => {
                let (size, lines) = self.set(words, face);
                let _ = writeln!(out, "BT /{NAME} {size} Tf");
                self.write(&lines, size, face, &mut out);
                out.push_str("ET\n");
            }
            Says::Ticked => {
                let (x, y, half) = (width / 2.0, height / 2.0, width.min(height) * 0.3);
                let [left, right, low, high] = [x - half, x + half, y - half, y + half];
                let _ = writeln!(
                    out,
                    "0 G {} w {left} {low} m {right} {high} l {left} {high} m {right} {low} l S",
                    half / 3.0
                );
            }
            Says::Nothing => {}
        }
        out + "Q\n"
    }

    /// The size that it takes to get all of it in, and its lines.
    fn set(&self, words: &str, face: &Face) -> (f32, Vec<String>) {
        let (width, height) = (self.size.0 - 2.0 * EDGE, self.size.1);
        let open = self.type_size <= 0.0;
        let mut size = match (open, self.has_lines) {
            (false, _) => self.type_size,
            (true, true) => LARGEST_TYPE,
            (true, false) => (height * 0.7).clamp(SMALLEST_TYPE, LARGEST_TYPE),
        };
        loop {
            let lines = if self.has_lines {
                words.split('\n').flat_map(|line| face.broken(line, width / size)).collect()
            } else {
                vec![words.replace('\n', " ")]
            };
            let widest = lines.iter().map(|line| face.width(line)).fold(0.0, f32::max);
            let fits = lines.len() as f32 * LEADING * size <= height + size * 0.3 && widest * size <= width;
            // One that says how large it is keeps to it where all of it can be seen.
            if fits || size <= SMALLEST_TYPE || self.boxes.is_some() {
                return (size, lines);
            }
            size = (size * 0.94).max(SMALLEST_TYPE);
        }
    }

    fn write(&self, lines: &[String], size: f32, face: &Face, out: &mut String) {
        let (width, height) = self.size;
        let first = if self.has_lines { height - EDGE - size } else { (height - CAPITALS * size) / 2.0 };
        for (number, line) in (0_u16..).zip(lines) {
            let y = first - f32::from(number) * LEADING * size;
            if let Some(boxes) = self.boxes {
                let step = width / boxes as f32;
                for (place, letter) in (0_u16..).zip(line.chars().map(String::from)) {
                    let x = (f32::from(place) + 0.5) * step - face.width(&letter) * size / 2.0;
                    let _ = writeln!(out, "1 0 0 1 {x} {y} Tm <{}> Tj", face.shown(&letter));
                }
                continue;
            }
            let rest = width - 2.0 * EDGE - face.width(line) * size;
            let x = EDGE + rest.max(0.0) * [0.0, 0.5, 1.0].get(self.side as usize).copied().unwrap_or(0.0);
            let _ = writeln!(out, "1 0 0 1 {x} {y} Tm <{}> Tj", face.shown(line));
        }
    }
}

/// Adds to the number of everything that is referred to.
fn renumber(object: &mut Object, by: u32) {
    match object {
        Object::Reference((number, _)) => *number += by,
        Object::Array(items) => items.iter_mut().for_each(|item| renumber(item, by)),
        Object::Dictionary(own) => own.iter_mut().for_each(|(_, value)| renumber(value, by)),
        Object::Stream(own) => own.dict.iter_mut().for_each(|(_, value)| renumber(value, by)),
        _ => {}
    }
}

/// The letters that are used, and what they take.
struct Face {
    font: ParsedFont,
    /// Glyph and code of each letter.
    letters: BTreeMap<char, (u16, u16)>,
    /// Letters that it does not have.
    lacking: String,
}

impl Face {
    fn of(font: ParsedFont, used: impl Iterator<Item = char>) -> Self {
        let mut face = Self { font, letters: BTreeMap::new(), lacking: String::new() };
        for letter in used.filter(|letter| !letter.is_control()).chain(['?']) {
            let glyph = face.font.lookup_glyph_index(u32::from(letter)).filter(|glyph| *glyph > 0);
            match glyph {
                Some(glyph) => drop(face.letters.insert(letter, (glyph, 0))),
                None if face.lacking.contains(letter) => {}
                None => face.lacking.push(letter),
            }
        }
        face
    }

    /// Puts the letters into a file; gives where the font is named.
    fn put_into(&mut self, pdf: &mut Pdf) -> Option<ObjectId> {
        let texts: BTreeMap<u16, String> =
            self.letters.iter().map(|(letter, (glyph, _))| (*glyph, letter.to_string())).collect();
        let glyphs = texts.iter().map(|(glyph, text)| (*glyph, text.as_str())).collect();
        let used = Used { id: FontId(NAME.to_owned()), font: PdfFont::new(self.font.clone()), glyphs };
        let mut faces = embedded(vec![used]).ok()?;
        let codes: BTreeMap<u16, u16> = texts.keys().copied().zip(faces.codes.pop()?).collect();
        for (glyph, code) in self.letters.values_mut() {
            *code = codes.get(glyph).copied().unwrap_or(0);
        }
        let first = pdf.objects.keys().map(|(number, _)| *number).max().unwrap_or(0).max(pdf.max_id) + 1;
        for ((number, generation), mut object) in faces.pdf.objects {
            renumber(&mut object, first);
            pdf.max_id = pdf.max_id.max(first + number);
            pdf.objects.insert((first + number, generation), object);
        }
        Some((first + faces.fonts.0, faces.fonts.1))
    }

    fn letter(&self, letter: char) -> (u16, u16) {
        self.letters.get(&letter).or_else(|| self.letters.get(&'?')).copied().unwrap_or_default()
    }

    /// As a share of the size.
    fn width(&self, text: &str) -> f32 {
        let em = f32::from(self.font.pdf_font_metrics.units_per_em).max(1.0);
        let letters = text.chars().filter(|letter| !letter.is_control());
        letters.map(|letter| f32::from(self.font.get_horizontal_advance(self.letter(letter).0)) / em).sum()
    }

    fn shown(&self, text: &str) -> String {
        let letters = text.chars().filter(|letter| !letter.is_control());
        letters.map(|letter| format!("{:04X}", self.letter(letter).1)).collect()
    }

    /// A line broken at spaces so that each is at most this wide, as a share of the size.
    fn broken(&self, line: &str, width: f32) -> Vec<String> {
        let mut out = vec![String::new()];
        for word in line.split_inclusive(' ') {
            let last = out
                .last_mut()
                .filter(|last| last.is_empty() || self.width(&format!("{last}{}", word.trim_end())) <= width);
            match last {
                Some(last) => last.push_str(word),
                None => out.push(word.to_owned()),
            }
        }
        out
    }
}
