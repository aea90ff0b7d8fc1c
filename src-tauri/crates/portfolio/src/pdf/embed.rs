//! The faces in the file: printpdf subsets and embeds what the layout used and gives every glyph its code.

use lopdf::content::Content;
use lopdf::{Document as Pdf, Object, ObjectId};
use printpdf::{Codepoint, Mm, Op, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, TextItem};

use super::PdfError;
use super::fonts::{FaceIx, Fonts};
use super::lines::Canon;

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
}

/// Embeds the faces that were used. printpdf takes glyphs from pages alone, so it is shown one page with every glyph on
/// it; the codes it chose are read off that page, which is then thrown away.
pub(super) fn faces(fonts: Fonts, canon: &Canon) -> Result<Embedded, PdfError> {
    let mut scratch = PdfDocument::new("");
    let mut ops = vec![Op::StartTextSection];
    let mut shown: Vec<(FaceIx, Vec<u16>)> = Vec::new();
    for (face, id, font) in fonts.embeddable() {
        let glyphs = canon.of(face);
        if glyphs.is_empty() {
            continue;
        }
        ops.push(Op::SetFont { font: PdfFontHandle::External(id.clone()), size: Pt(10.0) });
        let codepoint = |(glyph, text): &(u16, &str)| Codepoint::with_cid(*glyph, 0.0, (*text).to_owned());
        let items = vec![TextItem::GlyphIds(glyphs.iter().map(codepoint).collect())];
        ops.push(Op::ShowText { items });
        shown.push((face, glyphs.into_iter().map(|(glyph, _)| glyph).collect()));
        scratch.resources.fonts.map.insert(id, font);
    }
    ops.push(Op::EndTextSection);
    scratch.pages = vec![PdfPage::new(Mm(10.0), Mm(10.0), ops)];
    let options = PdfSaveOptions { optimize: false, subset_fonts: true, secure: true, image_optimization: None };
    let mut pdf = scratch.to_lopdf_document(&options, &mut Vec::new());
    drop(scratch);
    read(&mut pdf, &shown).map_err(|error| PdfError::Write(error.to_string()))
}

fn read(pdf: &mut Pdf, shown: &[(FaceIx, Vec<u16>)]) -> Result<Embedded, lopdf::Error> {
    let page = pdf.get_pages().into_values().next().ok_or(lopdf::Error::PageNumberNotFound(1))?;
    let dictionary = pdf.get_dictionary(page)?;
    let contents = dictionary.get(b"Contents")?.as_reference()?;
    let resources = dictionary.get(b"Resources")?.as_reference()?;
    let fonts = pdf.get_dictionary(resources)?.get(b"Font")?.as_reference()?;
    let drawn = Content::decode(&pdf.get_object(contents)?.as_stream()?.content)?;
    let mut codes = Codes::default();
    let texts = drawn.operations.iter().filter(|operation| operation.operator == "TJ");
    for (text, (face, glyphs)) in texts.zip(shown) {
        let items = text.operands.first().and_then(|items| items.as_array().ok()).into_iter().flatten();
        let bytes = items.filter_map(|item| if let Object::String(bytes, _) = item { Some(bytes) } else { None });
        let all: Vec<u8> = bytes.flatten().copied().collect();
        let own = all.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        let at = usize::from(face.0);
        codes.0.resize_with(codes.0.len().max(at + 1), Vec::new);
        let table = &mut codes.0[at];
        table.resize(usize::from(glyphs.last().copied().unwrap_or(0)) + 1, 0);
        for (glyph, code) in glyphs.iter().zip(own) {
            table[usize::from(*glyph)] = code;
        }
    }
    for id in [page, contents, resources] {
        pdf.objects.remove(&id);
    }
    Ok(Embedded { pdf: std::mem::take(pdf), fonts, codes })
}
