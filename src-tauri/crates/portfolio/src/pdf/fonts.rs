//! The bundled faces: registered with parley for layout, parsed once for embedding, and asked which characters exist.
//!
//! A family is read when a document first needs it: most never do, and the largest holds fifteen thousand characters.

use std::collections::HashMap;
use std::sync::Arc;

use parley::FontContext;
use parley::fontique::{
    Blob, Collection, CollectionOptions, FontInfoOverride, FontStyle, FontWeight, GenericFamily, SourceCache,
};
use printpdf::{FontId, ParsedFont, PdfFont};

use super::PdfError;

const INTER: &str = "Inter";
const ARABIC: &str = "Noto Sans Arabic";
const BENGALI: &str = "Noto Sans Bengali";
const GURMUKHI: &str = "Noto Sans Gurmukhi";
const DEVANAGARI: &str = "Noto Sans Devanagari";
const GUJARATI: &str = "Noto Sans Gujarati";
const TAMIL: &str = "Noto Sans Tamil";
const HEBREW: &str = "Noto Sans Hebrew";
const THAI: &str = "Noto Sans Thai";
const CHINESE: &str = "Noto Sans SC";
const JAPANESE: &str = "Noto Sans JP";
const KOREAN: &str = "Noto Sans KR";
const SYMBOLS: &str = "Noto Sans Symbols 2";
const EMOJI: &str = "Noto Emoji";
const MONO: &str = "DejaVu Sans Mono";

/// The order in which families are asked for a character.
const FAMILIES: &[&str] = &[
    INTER, ARABIC, BENGALI, GURMUKHI, DEVANAGARI, GUJARATI, TAMIL, HEBREW, THAI, CHINESE, JAPANESE, KOREAN, SYMBOLS,
    EMOJI, MONO,
];

/// The families in the order in which they are asked for what stands in a text, or in code: first those of its scripts,
/// since many share their marks, and Chinese and Japanese most of their signs.
pub(super) fn families(text: &str, code: bool) -> impl Iterator<Item = &'static str> {
    let rank = move |family: &&&str| match **family {
        MONO if code => 0,
        INTER => 1,
        own if !text.is_ascii() && text.contains(|c| is_home(own, c)) => 2,
        _ => 3,
    };
    let mut all: Vec<&&str> = FAMILIES.iter().collect();
    all.sort_by_key(rank);
    all.into_iter().copied()
}

/// Whether a character is one that only this family's script has.
fn is_home(family: &str, c: char) -> bool {
    match family {
        BENGALI => matches!(c, '\u{980}'..='\u{9FF}'),
        DEVANAGARI => matches!(c, '\u{900}'..='\u{963}' | '\u{966}'..='\u{97F}'),
        JAPANESE => matches!(c, '\u{3041}'..='\u{30FF}'),
        KOREAN => matches!(c, '\u{3131}'..='\u{318E}' | '\u{AC00}'..='\u{D7A3}'),
        _ => false,
    }
}

/// Whether a family is worth asking for a character.
fn may_have(family: &str, c: char) -> bool {
    match family {
        ARABIC => {
            matches!(c, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8FF}' | '\u{FB50}'..='\u{FDFF}'
                | '\u{FE70}'..='\u{FEFC}')
        }
        BENGALI => matches!(c, '\u{964}' | '\u{965}' | '\u{980}'..='\u{9FF}' | '\u{25CC}'),
        GURMUKHI => matches!(c, '\u{A00}'..='\u{A7F}' | '\u{A830}'..='\u{A839}' | '\u{262C}'),
        DEVANAGARI => matches!(c, '\u{900}'..='\u{97F}' | '\u{1CD0}'..='\u{1CFF}' | '\u{A8E0}'..='\u{A8FF}'),
        GUJARATI => matches!(c, '\u{A80}'..='\u{AFF}'),
        TAMIL => matches!(c, '\u{B80}'..='\u{BFF}'),
        HEBREW => matches!(c, '\u{590}'..='\u{5FF}' | '\u{FB1D}'..='\u{FB4F}'),
        THAI => matches!(c, '\u{E00}'..='\u{E7F}'),
        CHINESE => matches!(c, '\u{3000}'..='\u{303F}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
            | '\u{FF00}'..='\u{FFEF}'),
        JAPANESE => matches!(c, '\u{3000}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{9FFF}'
            | '\u{FF00}'..='\u{FFEF}'),
        KOREAN => matches!(c, '\u{3131}'..='\u{318E}' | '\u{AC00}'..='\u{D7A3}'),
        SYMBOLS => matches!(c, '\u{2000}'..='\u{2BFF}' | '\u{1D000}'..),
        EMOJI => matches!(c, '\u{2000}'..='\u{2BFF}' | '\u{1F000}'..),
        _ => true,
    }
}

/// Stands for a character that no bundled face has.
pub(super) const REPLACEMENT: char = '\u{FFFD}';

/// A face as it is bundled.
struct Face {
    /// Six capitals: the resource name and the subset tag, the same in every file.
    tag: &'static str,
    family: &'static str,
    bold: bool,
    italic: bool,
    bytes: &'static [u8],
}

macro_rules! face {
    ($tag:literal, $family:expr, $bold:literal, $italic:literal, $file:literal) => {
        Face {
            tag: $tag,
            family: $family,
            bold: $bold,
            italic: $italic,
            bytes: include_bytes!(concat!("../../../../../assets/fonts/", $file)),
        }
    };
}

/// Every face there is. A new script is a line here, its family in [`FAMILIES`], and its characters above.
const FACES: &[Face] = &[
    face!("INTERA", INTER, false, false, "Inter-Regular.otf"),
    face!("INTERB", INTER, true, false, "Inter-Bold.otf"),
    face!("INTERC", INTER, false, true, "Inter-Italic.otf"),
    face!("INTERD", INTER, true, true, "Inter-BoldItalic.otf"),
    face!("BENGAA", BENGALI, false, false, "NotoSansBengali-Regular.ttf"),
    face!("BENGAB", BENGALI, true, false, "NotoSansBengali-Bold.ttf"),
    face!("ARABIA", ARABIC, false, false, "NotoSansArabic-Regular.ttf"),
    face!("ARABIB", ARABIC, true, false, "NotoSansArabic-Bold.ttf"),
    face!("GURMUA", GURMUKHI, false, false, "NotoSansGurmukhi-Regular.ttf"),
    face!("GURMUB", GURMUKHI, true, false, "NotoSansGurmukhi-Bold.ttf"),
    face!("DEVANA", DEVANAGARI, false, false, "NotoSansDevanagari-Regular.ttf"),
    face!("DEVANB", DEVANAGARI, true, false, "NotoSansDevanagari-Bold.ttf"),
    face!("GUJARA", GUJARATI, false, false, "NotoSansGujarati-Regular.ttf"),
    face!("GUJARB", GUJARATI, true, false, "NotoSansGujarati-Bold.ttf"),
    face!("TAMILA", TAMIL, false, false, "NotoSansTamil-Regular.ttf"),
    face!("TAMILB", TAMIL, true, false, "NotoSansTamil-Bold.ttf"),
    face!("HEBREA", HEBREW, false, false, "NotoSansHebrew-Regular.ttf"),
    face!("HEBREB", HEBREW, true, false, "NotoSansHebrew-Bold.ttf"),
    face!("THAIXA", THAI, false, false, "NotoSansThai-Regular.ttf"),
    face!("THAIXB", THAI, true, false, "NotoSansThai-Bold.ttf"),
    face!("CHINES", CHINESE, false, false, "NotoSansSC-Regular.ttf"),
    face!("JAPANE", JAPANESE, false, false, "NotoSansJP-Regular.ttf"),
    face!("KOREAN", KOREAN, false, false, "NotoSansKR-Regular.ttf"),
    face!("SYMBOL", SYMBOLS, false, false, "NotoSansSymbols2-Regular.ttf"),
    face!("EMOJIS", EMOJI, false, false, "NotoEmoji-Regular.ttf"),
    face!("MONOSP", MONO, false, false, "DejaVuSansMono.ttf"),
];

/// Which face, as an index into the bundled ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct FaceIx(pub(super) u8);

impl FaceIx {
    /// A face of the main family.
    pub(super) fn of_text(bold: bool, italic: bool) -> Self {
        Self(u8::from(bold) + 2 * u8::from(italic))
    }
}

/// A face with what the writer asks of it for every glyph.
struct Loaded {
    blob: u64,
    parsed: ParsedFont,
    /// Advance of each glyph in thousandths of an em, rounded as printpdf writes it into the file.
    advances: Vec<u16>,
}

/// The faces that were needed so far, ready for layout and for embedding.
pub(super) struct Fonts {
    pub(super) context: FontContext,
    /// One for each of [`FACES`].
    loaded: Vec<Option<Loaded>>,
    /// Families that have been read.
    families: Vec<&'static str>,
    /// Whether a character below 0x250 is there; asked for every character.
    common: Vec<bool>,
    /// The same for others that were asked for.
    known: HashMap<char, bool>,
}

impl Fonts {
    /// Reads the faces of running text.
    pub(super) fn load() -> Result<Self, PdfError> {
        let collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
        let mut fonts = Self {
            context: FontContext { collection, source_cache: SourceCache::default() },
            loaded: FACES.iter().map(|_| None).collect(),
            families: Vec::new(),
            common: Vec::new(),
            known: HashMap::new(),
        };
        fonts.need(INTER);
        if fonts.loaded.first().is_none_or(Option::is_none) {
            return Err(PdfError::Font(INTER.to_owned()));
        }
        fonts.common = (0..0x250).filter_map(char::from_u32).map(|c| fonts.glyph(FaceIx(0), c).is_some()).collect();
        Ok(fonts)
    }

    /// Reads a family unless that has been done. A face that cannot be read is passed over; tests hold that all do.
    fn need(&mut self, family: &'static str) {
        if self.families.contains(&family) {
            return;
        }
        self.families.push(family);
        for (face, place) in FACES.iter().zip(&mut self.loaded).filter(|(face, _)| face.family == family) {
            let Some(parsed) = ParsedFont::from_bytes(face.bytes, 0, &mut Vec::new()) else { continue };
            let blob = Blob::new(Arc::new(face.bytes));
            *place = Some(Loaded { blob: blob.id(), advances: advances(&parsed), parsed });
            let named = FontInfoOverride {
                family_name: Some(face.family),
                weight: Some(if face.bold { FontWeight::BOLD } else { FontWeight::NORMAL }),
                style: Some(if face.italic { FontStyle::Italic } else { FontStyle::Normal }),
                ..FontInfoOverride::default()
            };
            let families = self.context.collection.register_fonts(blob, Some(named));
            if family == EMOJI {
                let families = families.iter().map(|(family, _)| *family);
                self.context.collection.set_generic_families(GenericFamily::Emoji, families);
            }
        }
    }

    /// Reads the family of code.
    pub(super) fn need_code(&mut self) {
        self.need(MONO);
    }

    /// Which face parley chose.
    pub(super) fn face(&self, blob: u64) -> Option<FaceIx> {
        let at = self.loaded.iter().position(|l| l.as_ref().is_some_and(|l| l.blob == blob))?;
        u8::try_from(at).ok().map(FaceIx)
    }

    /// Whether any face has this character; the first family that has is read.
    pub(super) fn has(&mut self, c: char) -> bool {
        if self.common.get(c as usize) == Some(&true) {
            return true;
        }
        if let Some(known) = self.known.get(&c) {
            return *known;
        }
        // What is for private use is nobody's character, whatever a face draws for it.
        let private = matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..);
        let found = !private
            && FAMILIES.iter().filter(|family| may_have(family, c)).any(|family| {
                self.need(family);
                (0..).map(FaceIx).zip(FACES).any(|(face, f)| f.family == *family && self.glyph(face, c).is_some())
            });
        self.known.insert(c, found);
        found
    }

    fn get(&self, face: FaceIx) -> Option<&Loaded> {
        self.loaded.get(usize::from(face.0))?.as_ref()
    }

    /// The glyph that a face's own table gives for a character.
    pub(super) fn glyph(&self, face: FaceIx, c: char) -> Option<u16> {
        self.get(face)?.parsed.lookup_glyph_index(u32::from(c)).filter(|glyph| *glyph > 0)
    }

    /// Whether a face is of the main family.
    pub(super) fn is_text(&self, face: FaceIx) -> bool {
        FACES.get(usize::from(face.0)).is_some_and(|face| face.family == INTER)
    }

    /// How far a reader moves after this glyph, in thousandths of an em.
    pub(super) fn advance(&self, face: FaceIx, glyph: u16) -> f32 {
        f32::from(self.get(face).and_then(|l| l.advances.get(usize::from(glyph)).copied()).unwrap_or(0))
    }

    /// Glyphs that draw nothing and take no room.
    pub(super) fn blanks(&self, face: FaceIx) -> impl Iterator<Item = u16> {
        let own = FACES.get(usize::from(face.0)).is_some_and(|f| f.family == ARABIC);
        let blanks = ['\u{200B}', '\u{34F}', '\0', '\u{200C}', '\u{200D}', '\u{200E}', '\u{200F}', '\u{2060}'];
        let blanks = blanks.into_iter().filter(move |_| own);
        blanks.filter_map(move |c| self.glyph(face, c)).filter(move |glyph| self.advance(face, *glyph) < 0.5)
    }

    /// The glyph of a hyphen at the end of a line, and how wide it is in thousandths of an em.
    pub(super) fn hyphen(&self, face: FaceIx) -> (u16, f32) {
        let glyph = ['\u{2010}', '-'].into_iter().find_map(|c| self.glyph(face, c)).unwrap_or(0);
        (glyph, self.advance(face, glyph))
    }

    /// The mark for a character that no face has.
    pub(super) fn replacement(&mut self) -> (FaceIx, u16) {
        self.need(MONO);
        let found = (0..self.loaded.len()).rev().filter_map(|at| u8::try_from(at).ok()).map(FaceIx);
        let mut found = found.filter_map(|face| Some((face, self.glyph(face, REPLACEMENT)?)));
        found.next().unwrap_or((FaceIx(0), 0))
    }

    /// The faces by number, as printpdf embeds them.
    pub(super) fn embeddable(self) -> Vec<(FaceIx, FontId, PdfFont)> {
        let named = FACES.iter().zip(self.loaded).zip(0..);
        let own = named.filter_map(|((face, l), at)| Some((FaceIx(at), FontId(face.tag.to_owned()), l?)));
        own.map(|(face, id, l)| (face, id, PdfFont::new(l.parsed))).collect()
    }
}

/// The name under which a page refers to a face.
pub(super) fn resource(face: FaceIx) -> &'static str {
    FACES.get(usize::from(face.0)).map_or("INTERA", |f| f.tag)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "advances are small and never negative")]
fn advances(font: &ParsedFont) -> Vec<u16> {
    let em = f32::from(font.pdf_font_metrics.units_per_em).max(1.0);
    (0..font.num_glyphs()).map(|glyph| (f32::from(font.get_horizontal_advance(glyph)) * 1000.0 / em) as u16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_reads_and_is_read_when_it_is_needed() {
        let mut fonts = Fonts::load().unwrap();
        assert_eq!(fonts.families, [INTER]);
        for (c, family) in [
            ('ر', ARABIC),
            ('ਪ', GURMUKHI),
            ('আ', BENGALI),
            ('न', DEVANAGARI),
            ('ન', GUJARATI),
            ('த', TAMIL),
            ('ש', HEBREW),
            ('ก', THAI),
            ('好', CHINESE),
            ('の', JAPANESE),
            ('한', KOREAN),
            ('☐', SYMBOLS),
            ('😀', EMOJI),
        ] {
            assert!(fonts.has(c), "{c}");
            assert_eq!(fonts.families.last(), Some(&family), "{c}");
        }
        fonts.need_code();
        assert!(fonts.loaded.iter().all(Option::is_some));
        assert!(!fonts.has('\u{E000}') && !fonts.has('ⴰ'));
    }
}
