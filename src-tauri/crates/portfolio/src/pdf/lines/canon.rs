//! Which text each glyph stands for, as readers look it up.

use std::collections::HashMap;

use crate::pdf::fonts::FaceIx;

/// The text each glyph stands for in its face's table: the first it was seen with.
#[derive(Default)]
pub(in crate::pdf) struct Canon(HashMap<(FaceIx, u16), Box<str>>);

impl Canon {
    /// Whether the table gives `text` for this glyph; a glyph not seen before takes it on.
    pub(super) fn agrees(&mut self, face: FaceIx, glyph: u16, text: &str) -> bool {
        &**self.0.entry((face, glyph)).or_insert_with(|| text.into()) == text
    }

    /// Whether the table gives `text` for this glyph or could.
    pub(super) fn could(&self, face: FaceIx, glyph: u16, text: &str) -> bool {
        self.0.get(&(face, glyph)).is_none_or(|own| **own == *text)
    }

    /// A glyph is shown; a text for it if it has none yet.
    pub(super) fn keep(&mut self, face: FaceIx, glyph: u16, otherwise: &str) {
        self.0.entry((face, glyph)).or_insert_with(|| otherwise.into());
    }

    /// The glyphs of a face with their texts, in the order of their numbers.
    pub(in crate::pdf) fn of(&self, face: FaceIx) -> Vec<(u16, &str)> {
        let own = self.0.iter().filter(|((of, _), _)| *of == face);
        let mut own: Vec<(u16, &str)> = own.map(|((_, glyph), text)| (*glyph, &**text)).collect();
        own.sort_unstable();
        own
    }
}
