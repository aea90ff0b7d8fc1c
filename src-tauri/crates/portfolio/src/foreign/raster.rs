//! Pages of somebody else's document as pictures, for where they cannot stand as they are: in a browser.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf as Drawable;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::RgbImage;
use lopdf::{Document as Pdf, Object, Stream, dictionary};

use super::{ForeignPdf, Unseen};
use crate::pictures;

/// Draws every page of what was taken, so that the picture shows what the page would; one that cannot be drawn is noted.
pub(super) fn draw(pdf: &mut ForeignPdf) {
    let drawn = file_of(pdf).and_then(|file| Drawable::new(file).ok());
    let cache = RenderCache::new();
    for (number, page) in pdf.pages.iter_mut().enumerate() {
        let size = pictures::on_page(page.size);
        let scale = pictures::dots_to_a_point() * size.0 / page.size.0;
        let drawn = drawn.as_ref().and_then(|drawn| drawn.pages().get(number));
        // Whatever a page of somebody else's makes go wrong is no reason to end.
        let picture = drawn.and_then(|own| {
            let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
            let draw = || render(own, &cache, &InterpreterSettings::default(), &RenderSettings::default(), &settings);
            let pixels = catch_unwind(AssertUnwindSafe(draw)).ok()?;
            let (width, height) = (u32::from(pixels.width()), u32::from(pixels.height()));
            let colours = pixels.data_as_u8_slice().chunks_exact(4).flat_map(|pixel| &pixel[..3]).copied().collect();
            pictures::of(&RgbImage::from_raw(width, height, colours)?.into(), size, true).ok()
        });
        pdf.unseen.extend(picture.is_none().then_some(Unseen::Page));
        page.picture = picture.map(Arc::new);
    }
}

/// A file of these pages.
fn file_of(pdf: &ForeignPdf) -> Option<Vec<u8>> {
    let mut file = Pdf::with_version("1.7");
    file.objects = pdf.objects.clone();
    file.max_id = pdf.objects.keys().map(|(number, _)| *number).max().unwrap_or(0);
    let pages = file.new_object_id();
    let kids: Vec<Object> = pdf
        .pages
        .iter()
        .map(|page| {
            let (width, height) = page.size;
            let operators = format!("{width} 0 0 {height} 0 0 cm /P Do");
            let contents = file.add_object(Stream::new(dictionary! {}, operators.into_bytes()));
            let resources = dictionary! { "XObject" => dictionary! { "P" => page.form } };
            let area: Vec<Object> = vec![0.into(), 0.into(), width.into(), height.into()];
            let leaf = dictionary! {
                "Type" => "Page", "Parent" => pages, "MediaBox" => area, "Contents" => contents, "Resources" => resources,
            };
            file.add_object(leaf).into()
        })
        .collect();
    let count = i64::try_from(kids.len()).ok()?;
    file.objects.insert(pages, dictionary! { "Type" => "Pages", "Count" => count, "Kids" => kids }.into());
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    file.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).ok()?;
    Some(bytes)
}
