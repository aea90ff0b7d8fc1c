//! What the fields of a form and the notes on a page say, whether a look comes with them or not.

use lopdf::{Dictionary, Document as Pdf, Object, decode_text_string};

use super::resolve;

/// What belongs to the page as it is printed. Links, comments and sounds do not.
const PRINTED: &str = "Widget FreeText Stamp Ink Square Circle Line Highlight Underline StrikeOut Squiggly Polygon PolyLine \
     Caret Watermark";
const HIDDEN: i64 = 2;
const NOT_VIEWED: i64 = 32;

/// A note or a field of a form, as it stands on a page.
#[derive(Clone, Copy)]
pub(super) struct Mark<'a> {
    pub(super) pdf: &'a Pdf,
    pub(super) own: &'a Dictionary,
    /// Such as `Widget`.
    pub(super) kind: &'a str,
}

/// What a field or a note says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Says {
    /// Words, on one line or on several.
    Words(String),
    /// That it is ticked.
    Ticked,
    /// Nothing.
    Nothing,
}

const MULTILINE: i64 = 1 << 12;
const PASSWORD: i64 = 1 << 13;
const PUSH: i64 = 1 << 16;
const COMB: i64 = 1 << 24;

impl<'a> Mark<'a> {
    /// What stands on a page and is seen when it is printed.
    pub(super) fn seen(pdf: &'a Pdf, annotation: &'a Object) -> Option<Self> {
        let own = resolve(annotation, &pdf.objects).as_dict().ok()?;
        let kind = own.get(b"Subtype").and_then(Object::as_name).ok()?;
        let kind = std::str::from_utf8(kind).ok()?;
        let mark = Self { pdf, own, kind };
        let flags = mark.get(b"F").and_then(|flags| flags.as_i64().ok()).unwrap_or(0);
        (PRINTED.split(' ').any(|known| known == kind) && flags & (HIDDEN | NOT_VIEWED) == 0).then_some(mark)
    }

    pub(super) fn get(&self, key: &[u8]) -> Option<&'a Object> {
        found(self.pdf, self.own, key)
    }

    /// A key of its own, of the field that it belongs to, or of the whole form.
    pub(super) fn inherited(&self, key: &[u8]) -> Option<&'a Object> {
        let mut at = self.own;
        // Only a loop goes further than this.
        for _ in 0..16 {
            if let Some(value) = found(self.pdf, at, key) {
                return Some(value);
            }
            let Some(Object::Dictionary(above)) = found(self.pdf, at, b"Parent") else { break };
            at = above;
        }
        found(self.pdf, form(self.pdf)?, key)
    }

    fn flags(&self) -> i64 {
        self.inherited(b"Ff").and_then(|flags| flags.as_i64().ok()).unwrap_or(0)
    }

    pub(super) fn has_lines(&self) -> bool {
        self.kind == "FreeText" || self.flags() & MULTILINE != 0
    }

    /// In how many boxes its letters stand, each in one.
    pub(super) fn boxes(&self) -> Option<usize> {
        let most = self.inherited(b"MaxLen").and_then(|most| most.as_i64().ok());
        most.filter(|_| self.flags() & COMB != 0).and_then(|most| usize::try_from(most).ok()).filter(|most| *most > 0)
    }

    /// Whether how it looks was left to whoever shows it.
    pub(super) fn lacks_look(&self) -> bool {
        let asked = form(self.pdf).and_then(|form| found(self.pdf, form, b"NeedAppearances"));
        let asked = asked.is_some_and(|asked| asked.as_bool().is_ok_and(|asked| asked));
        let looks =
            self.get(b"AP").and_then(|looks| looks.as_dict().ok()).and_then(|looks| found(self.pdf, looks, b"N"));
        let anew = asked && self.kind == "Widget" && matches!(self.says(), Says::Words(_));
        anew || !matches!(looks, Some(Object::Stream(_) | Object::Dictionary(_)))
    }

    pub(super) fn says(&self) -> Says {
        let words = match self.kind {
            "FreeText" => self.get(b"Contents").and_then(text),
            "Widget" => match self.inherited(b"FT").and_then(|kind| kind.as_name().ok()) {
                Some(b"Tx") => self
                    .inherited(b"V")
                    .and_then(text)
                    .map(|text| if self.flags() & PASSWORD == 0 { text } else { "•".repeat(text.chars().count()) }),
                Some(b"Ch") => self.chosen(),
                Some(b"Btn") if self.flags() & PUSH != 0 => {
                    let look = self.get(b"MK").and_then(|look| look.as_dict().ok());
                    look.and_then(|look| found(self.pdf, look, b"CA")).and_then(text)
                }
                Some(b"Btn") => {
                    let state = self.get(b"AS").or_else(|| self.inherited(b"V")).and_then(|state| state.as_name().ok());
                    return if state.is_some_and(|state| state != b"Off") { Says::Ticked } else { Says::Nothing };
                }
                _ => None,
            },
            _ => None,
        };
        words.filter(|words| !words.trim().is_empty()).map_or(Says::Nothing, Says::Words)
    }

    /// What was chosen, as the form shows it.
    fn chosen(&self) -> Option<String> {
        let value = self.inherited(b"V")?;
        let values = value.as_array().map_or_else(|_| std::slice::from_ref(value), Vec::as_slice);
        let options = self.inherited(b"Opt").and_then(|options| options.as_array().ok());
        let shown = |value: &Object| {
            let value = text(resolve(value, &self.pdf.objects))?;
            let pair = options.into_iter().flatten().find_map(|option| {
                let pair = resolve(option, &self.pdf.objects).as_array().ok()?;
                (text(resolve(pair.first()?, &self.pdf.objects))? == value).then_some(pair)
            });
            pair.and_then(|pair| text(resolve(pair.get(1)?, &self.pdf.objects))).or(Some(value))
        };
        Some(values.iter().filter_map(shown).collect::<Vec<_>>().join("\n"))
    }

    /// Numbers, such as where it stands.
    pub(super) fn numbers(&self, from: &Object) -> Option<Vec<f32>> {
        from.as_array().ok()?.iter().map(|number| resolve(number, &self.pdf.objects).as_float().ok()).collect()
    }

    /// Left, bottom, right, top.
    pub(super) fn place(&self) -> Option<[f32; 4]> {
        let [a, b, c, d] = <[f32; 4]>::try_from(self.numbers(self.get(b"Rect")?)?).ok()?;
        Some([a.min(c), b.min(d), a.max(c), b.max(d)])
    }
}

fn form(pdf: &Pdf) -> Option<&Dictionary> {
    found(pdf, pdf.catalog().ok()?, b"AcroForm")?.as_dict().ok()
}

fn found<'a>(pdf: &'a Pdf, within: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    within.get(key).ok().map(|value| resolve(value, &pdf.objects)).filter(|value| !value.is_null())
}

/// A text with one kind of line end.
fn text(value: &Object) -> Option<String> {
    let plain = match value {
        Object::Stream(stream) => {
            let bytes = stream.get_plain_content_with_limit(super::MOST_OF_A_FIELD).ok()?;
            decode_text_string(&Object::string_literal(bytes))
        }
        other => decode_text_string(other),
    };
    Some(plain.ok()?.replace("\r\n", "\n").replace('\r', "\n"))
}

/// The words of everything that stands on a page.
pub(super) fn words(pdf: &Pdf, annotations: &Object) -> Vec<String> {
    let marks = annotations.as_array().map_or(&[][..], Vec::as_slice).iter().take(super::MOST_MARKS);
    let says = marks.filter_map(|annotation| Mark::seen(pdf, annotation)).map(|mark| mark.says());
    says.filter_map(|says| if let Says::Words(words) = says { Some(words) } else { None }).collect()
}
