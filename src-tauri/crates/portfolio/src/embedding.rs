//! Faces in a file: printpdf subsets and embeds what was used and gives every glyph its code.

use lopdf::content::Content;
use lopdf::{Document as Pdf, Object, ObjectId};
use printpdf::{Codepoint, FontId, Mm, Op, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, TextItem};

/// A face and the glyphs of it that were used, in order, each with the text that it stands for.
pub(crate) struct Used<'t> {
    /// The name under which it is put.
    pub(crate) id: FontId,
    pub(crate) font: PdfFont,
    pub(crate) glyphs: Vec<(u16, &'t str)>,
}

/// A file that holds faces and no page.
pub(crate) struct Faces {
    pub(crate) pdf: Pdf,
    /// Names of faces and where they are.
    pub(crate) fonts: ObjectId,
    /// For each face, and for each of its glyphs in order, by which code a page shows it.
    pub(crate) codes: Vec<Vec<u16>>,
}

/// Embeds faces. printpdf takes glyphs from pages alone, so it is shown one page with every glyph on it; the codes it chose
/// are read off that page, which is then thrown away.
///
/// # Errors
/// When printpdf wrote something else than it does today.
pub(crate) fn embedded(used: Vec<Used<'_>>) -> Result<Faces, lopdf::Error> {
    let mut scratch = PdfDocument::new("");
    let mut ops = vec![Op::StartTextSection];
    for Used { id, font, glyphs } in used {
        ops.push(Op::SetFont { font: PdfFontHandle::External(id.clone()), size: Pt(10.0) });
        let codepoint = |(glyph, text): (u16, &str)| Codepoint::with_cid(glyph, 0.0, text.to_owned());
        let items = vec![TextItem::GlyphIds(glyphs.into_iter().map(codepoint).collect())];
        ops.push(Op::ShowText { items });
        scratch.resources.fonts.map.insert(id, font);
    }
    ops.push(Op::EndTextSection);
    scratch.pages = vec![PdfPage::new(Mm(10.0), Mm(10.0), ops)];
    let options = PdfSaveOptions { optimize: false, subset_fonts: true, secure: true, image_optimization: None };
    let mut pdf = scratch.to_lopdf_document(&options, &mut Vec::new());
    drop(scratch);
    let page = pdf.get_pages().into_values().next().ok_or(lopdf::Error::PageNumberNotFound(1))?;
    let dictionary = pdf.get_dictionary(page)?;
    let contents = dictionary.get(b"Contents")?.as_reference()?;
    let resources = dictionary.get(b"Resources")?.as_reference()?;
    let fonts = pdf.get_dictionary(resources)?.get(b"Font")?.as_reference()?;
    let drawn = Content::decode(&pdf.get_object(contents)?.as_stream()?.content)?;
    let texts = drawn.operations.iter().filter(|operation| operation.operator == "TJ");
    let codes = texts.map(|text| {
        let items = text.operands.first().and_then(|items| items.as_array().ok()).into_iter().flatten();
        let bytes = items.filter_map(|item| if let Object::String(bytes, _) = item { Some(bytes) } else { None });
        let all: Vec<u8> = bytes.flatten().copied().collect();
        all.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect()
    });
    let codes = codes.collect();
    for id in [page, contents, resources] {
        pdf.objects.remove(&id);
    }
    Ok(Faces { pdf, fonts, codes })
}
