//! Inter inside a page for a browser: the letters that stand in it and no others.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use allsorts::binary::read::ReadScope;
use allsorts::font_data::FontData;
use allsorts::subset::{CmapTarget, SubsetProfile, subset};
use data_encoding::BASE64;
use printpdf::ParsedFont;

macro_rules! face {
    ($file:literal) => {
        include_bytes!(concat!("../../../../../assets/fonts/", $file))
    };
}

/// The faces, as a style sheet has them, for what is written on the page.
pub(super) fn style(page: &str) -> String {
    let letters: BTreeSet<char> = page.chars().filter(|letter| !letter.is_control()).collect();
    let faces: [(&[u8], &str, bool); 4] = [
        (face!("Inter-Regular.otf"), "", true),
        (face!("Inter-Bold.otf"), "font-weight:700;", true),
        (face!("Inter-Italic.otf"), "font-style:italic;", page.contains("<em>")),
        (face!("Inter-BoldItalic.otf"), "font-weight:700;font-style:italic;", page.contains("<strong><em>")),
    ];
    let mut out = String::new();
    for (face, is, _) in faces.into_iter().filter(|(.., used)| *used) {
        // Without it the reader's own letters are shown.
        if let Some(face) = cut(face, &letters) {
            let data = BASE64.encode(&face);
            let _ = writeln!(out, "@font-face{{font-family:Inter;{is}src:url(data:font/otf;base64,{data})}}");
        }
    }
    out
}

fn cut(face: &[u8], letters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let parsed = ParsedFont::from_bytes(face, 0, &mut Vec::new())?;
    let glyphs = letters.iter().filter_map(|letter| parsed.lookup_glyph_index(u32::from(*letter)));
    // The box for what is missing comes first.
    let glyphs: Vec<u16> = glyphs.chain([0]).collect::<BTreeSet<u16>>().into_iter().collect();
    let font = ReadScope::new(face).read::<FontData<'_>>().ok()?;
    let tables = font.table_provider(0).ok()?;
    subset(&tables, &glyphs, &SubsetProfile::Minimal, CmapTarget::Unicode).ok()
}
