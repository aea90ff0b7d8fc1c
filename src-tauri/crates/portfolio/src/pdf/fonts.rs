//! The bundled faces: registered with parley for layout, parsed once for embedding, and asked which characters exist.

use std::collections::BTreeMap;
use std::sync::Arc;

use parley::FontContext;
use parley::fontique::{
    Blob, Collection, CollectionOptions, FontInfoOverride, FontStyle, FontWeight, GenericFamily, SourceCache,
};
use printpdf::{FontId, ParsedFont, PdfFont};

use super::PdfError;

/// The family of running text; its fallbacks follow it in [`TEXT`].
const INTER: &str = "Inter";
const BENGALI: &str = "Noto Sans Bengali";
const SYMBOLS: &str = "Noto Sans Symbols 2";
const EMOJI: &str = "Noto Emoji";
const MONO: &str = "DejaVu Sans Mono";

/// The order in which families are asked for a character in running text.
pub(super) const TEXT: &[&str] = &[INTER, BENGALI, SYMBOLS, EMOJI, MONO];
/// The same for code.
pub(super) const CODE: &[&str] = &[MONO, INTER, BENGALI, SYMBOLS, EMOJI];

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

/// Every face there is. A new script is a line here and its family in [`TEXT`] and [`CODE`].
const FACES: &[Face] = &[
    face!("INTERA", INTER, false, false, "Inter-Regular.otf"),
    face!("INTERB", INTER, true, false, "Inter-Bold.otf"),
    face!("INTERC", INTER, false, true, "Inter-Italic.otf"),
    face!("INTERD", INTER, true, true, "Inter-BoldItalic.otf"),
    face!("BENGAA", BENGALI, false, false, "NotoSansBengali-Regular.ttf"),
    face!("BENGAB", BENGALI, true, false, "NotoSansBengali-Bold.ttf"),
    face!("SYMBOL", SYMBOLS, false, false, "NotoSansSymbols2-Regular.ttf"),
    face!("EMOJIS", EMOJI, false, false, "NotoEmoji-Regular.ttf"),
    face!("MONOSP", MONO, false, false, "DejaVuSansMono.ttf"),
];

/// Which face, as an index into the bundled ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct FaceIx(pub(super) u8);

/// A face with what the writer asks of it for every glyph.
struct Loaded {
    blob: u64,
    parsed: ParsedFont,
    /// Advance of each glyph in thousandths of an em, rounded as printpdf writes it into the file.
    advances: Vec<u16>,
}

/// All faces, ready for layout and for embedding.
pub(super) struct Fonts {
    pub(super) context: FontContext,
    loaded: Vec<Loaded>,
    /// Whether a character below 0x3000 is there at all; asked for every character.
    common: Vec<bool>,
}

impl Fonts {
    /// Reads the bundled faces.
    pub(super) fn load() -> Result<Self, PdfError> {
        let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
        let mut loaded = Vec::with_capacity(FACES.len());
        for face in FACES {
            let blob = Blob::new(Arc::new(face.bytes));
            let id = blob.id();
            let named = FontInfoOverride {
                family_name: Some(face.family),
                weight: Some(if face.bold { FontWeight::BOLD } else { FontWeight::NORMAL }),
                style: Some(if face.italic { FontStyle::Italic } else { FontStyle::Normal }),
                ..FontInfoOverride::default()
            };
            let families = collection.register_fonts(blob, Some(named));
            if face.family == EMOJI {
                collection.set_generic_families(GenericFamily::Emoji, families.iter().map(|(family, _)| *family));
            }
            let parsed =
                ParsedFont::from_bytes(face.bytes, 0, &mut Vec::new()).ok_or(PdfError::Font(face.family.to_owned()))?;
            loaded.push(Loaded { blob: id, advances: advances(&parsed), parsed });
        }
        let common = (0..0x3000).map(|c| loaded.iter().any(|l| l.parsed.lookup_glyph_index(c).is_some())).collect();
        Ok(Self { context: FontContext { collection, source_cache: SourceCache::default() }, loaded, common })
    }

    /// Which face parley chose.
    pub(super) fn face(&self, blob: u64) -> Option<FaceIx> {
        let at = self.loaded.iter().position(|l| l.blob == blob)?;
        u8::try_from(at).ok().map(FaceIx)
    }

    /// Whether any face has this character.
    pub(super) fn has(&self, c: char) -> bool {
        match self.common.get(c as usize) {
            Some(known) => *known,
            None => self.loaded.iter().any(|l| l.parsed.lookup_glyph_index(u32::from(c)).is_some()),
        }
    }

    /// The glyph that a face's own table gives for a character.
    pub(super) fn glyph(&self, face: FaceIx, c: char) -> Option<u16> {
        self.loaded.get(usize::from(face.0))?.parsed.lookup_glyph_index(u32::from(c))
    }

    /// How far a reader moves after this glyph, in thousandths of an em.
    pub(super) fn advance(&self, face: FaceIx, glyph: u16) -> f32 {
        let loaded = self.loaded.get(usize::from(face.0));
        f32::from(loaded.and_then(|l| l.advances.get(usize::from(glyph)).copied()).unwrap_or(0))
    }

    /// The faces as printpdf embeds them; it leaves out those that no page uses.
    pub(super) fn embeddable(self) -> BTreeMap<FontId, PdfFont> {
        let named = FACES.iter().zip(self.loaded);
        named.map(|(face, l)| (FontId(face.tag.to_owned()), PdfFont::new(l.parsed))).collect()
    }
}

/// The name under which a page refers to a face.
pub(super) fn resource(face: FaceIx) -> FontId {
    FontId(FACES.get(usize::from(face.0)).map_or("INTERA", |f| f.tag).to_owned())
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "advances are small and never negative")]
fn advances(font: &ParsedFont) -> Vec<u16> {
    let em = f32::from(font.pdf_font_metrics.units_per_em).max(1.0);
    (0..font.num_glyphs()).map(|glyph| (f32::from(font.get_horizontal_advance(glyph)) * 1000.0 / em) as u16).collect()
}
