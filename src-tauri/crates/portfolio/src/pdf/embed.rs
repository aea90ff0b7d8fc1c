//! The faces in the file: which glyphs the layout used, and by which code a page shows each.

use lopdf::{Document as Pdf, ObjectId};

use super::PdfError;
use super::fonts::{FaceIx, Fonts};
use super::lines::Canon;
use crate::embedding::{Faces, Used, embedded};

/// A file that holds the faces and no page yet.
pub(super) struct Embedded {
    pub(super) pdf: Pdf,
    /// Names of faces and where they are.
    pub(super) fonts: ObjectId,
    pub(super) codes: Codes,
}

/// By which code a page shows a glyph.
#[derive(Debug, Default)]
pub(super) struct Codes(Vec<Vec<u16>>);

impl Codes {
    /// The code, or that of the empty box if the glyph was never kept.
    pub(super) fn of(&self, face: FaceIx, glyph: u16) -> u16 {
        self.0.get(usize::from(face.0)).and_then(|codes| codes.get(usize::from(glyph))).copied().unwrap_or(0)
    }

    fn note(&mut self, face: FaceIx, glyphs: &[u16], own: &[u16]) {
        let at = usize::from(face.0);
        self.0.resize_with(self.0.len().max(at + 1), Vec::new);
        let table = &mut self.0[at];
        table.resize(usize::from(glyphs.last().copied().unwrap_or(0)) + 1, 0);
        for (glyph, code) in glyphs.iter().zip(own) {
            table[usize::from(*glyph)] = *code;
        }
    }
}

/// Embeds the faces that were used.
pub(super) fn faces(fonts: Fonts, canon: &Canon) -> Result<Embedded, PdfError> {
    let mut used = Vec::new();
    let mut shown: Vec<(FaceIx, Vec<u16>)> = Vec::new();
    for (face, id, font) in fonts.embeddable() {
        let glyphs = canon.of(face);
        if !glyphs.is_empty() {
            shown.push((face, glyphs.iter().map(|(glyph, _)| *glyph).collect()));
            used.push(Used { id, font, glyphs });
        }
    }
    let Faces { pdf, fonts, codes: own } = embedded(used).map_err(|error| PdfError::Write(error.to_string()))?;
    let mut codes = Codes::default();
    for ((face, glyphs), own) in shown.iter().zip(&own) {
        codes.note(*face, glyphs, own);
    }
    Ok(Embedded { pdf, fonts, codes })
}
