//! Pictures of every kind in a document: seen as they are meant, with nothing of what was written around them, or
//! refused with a word that helps.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[allow(dead_code, reason = "other tests use the rest")]
#[path = "../support/mod.rs"]
mod support;

mod camera;
mod refused;

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageBuffer, ImageFormat, Luma, Rgb, RgbImage, Rgba, RgbaImage};
use lopdf::{Dictionary, Document as Pdf, Object};
use page_validation::ValidationProfile;
use portfolio::document::{Block, Figure, Inline, Voice};
use support::{BOTTOM, LEFT, RIGHT, TOP, broken, document, made, read, seen, tool};

const RED: [u8; 3] = [200, 30, 30];
const BLUE: [u8; 3] = [30, 60, 200];
fn file(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// Red on the left, blue on the right.
fn two_colours(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, _| Rgb(if x < width / 2 { RED } else { BLUE })).into()
}

/// No two pixels alike, as with a camera.
fn photo(width: u32, height: u32) -> DynamicImage {
    let mut noise = 7_u32;
    RgbImage::from_fn(width, height, |x, y| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = (noise >> 28) as u8;
        Rgb([(x * 200 / width) as u8 + grain, (y * 200 / height) as u8 + grain, 90 + grain])
    })
    .into()
}

fn figure(name: &str, bytes: Vec<u8>) -> Figure {
    let mut figures = read(name, bytes).unwrap_or_else(|refusal| panic!("{refusal}"));
    assert_eq!(figures.len(), 1);
    figures.remove(0)
}

/// One picture alone on a page.
fn page_with(bytes: Vec<u8>) -> Vec<u8> {
    made(&document(vec![Block::Figure(figure("A picture", bytes))])).0
}

fn conforms(bytes: &[u8]) {
    assert_eq!(broken(bytes, &[ValidationProfile::PdfUa1, ValidationProfile::PdfA2a]), [""; 0]);
}

/// Width, height, colours and filter of every picture in the file.
fn pictures_in(bytes: &[u8]) -> Vec<(i64, i64, String, String)> {
    let pdf = Pdf::load_mem(bytes).unwrap();
    let streams = pdf.objects.values().filter_map(|object| object.as_stream().ok());
    let name = |object: &Object| String::from_utf8_lossy(object.as_name().unwrap()).into_owned();
    let images =
        streams.filter(|stream| stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Image"));
    images
        .map(|image| {
            let number = |key: &[u8]| image.dict.get(key).unwrap().as_i64().unwrap();
            let (colours, filter) = (image.dict.get(b"ColorSpace").unwrap(), image.dict.get(b"Filter").unwrap());
            (number(b"Width"), number(b"Height"), name(colours), name(filter))
        })
        .collect()
}

fn near(pixel: [u8; 3], colour: [u8; 3]) -> bool {
    pixel.iter().zip(colour).all(|(own, other)| own.abs_diff(other) < 24)
}

/// The colour of a point of the first page, in points from the corner where figures begin.
fn colour_at(page: &RgbImage, x: u32, y: u32) -> [u8; 3] {
    page.get_pixel(LEFT as u32 + x, TOP as u32 + y).0
}

#[test]
fn every_format_is_shown_and_conforms() {
    let colours = two_colours(200, 100);
    let clear = RgbaImage::from_fn(200, 100, |x, _| if x < 100 { Rgba([200, 30, 30, 255]) } else { Rgba([0; 4]) });
    let deep: ImageBuffer<Rgb<u16>, Vec<u16>> =
        ImageBuffer::from_fn(200, 100, |x, _| Rgb((if x < 100 { RED } else { BLUE }).map(|c| u16::from(c) * 257)));
    let grey = GrayImage::from_fn(200, 100, |x, _| Luma([if x < 100 { 40 } else { 200 }]));
    type Case = (&'static str, Vec<u8>, &'static str, [[u8; 3]; 2]);
    let cases: [Case; 9] = [
        ("PNG", file(&colours, ImageFormat::Png), "DeviceRGB", [RED, BLUE]),
        ("PNG with alpha", file(&clear.clone().into(), ImageFormat::Png), "DeviceRGB", [RED, [255; 3]]),
        ("PNG of 16 bits", file(&deep.into(), ImageFormat::Png), "DeviceRGB", [RED, BLUE]),
        ("grey PNG", file(&grey.clone().into(), ImageFormat::Png), "DeviceGray", [[40; 3], [200; 3]]),
        ("JPEG", file(&colours, ImageFormat::Jpeg), "DeviceRGB", [RED, BLUE]),
        ("grey JPEG", file(&grey.into(), ImageFormat::Jpeg), "DeviceGray", [[40; 3], [200; 3]]),
        ("WebP", file(&colours, ImageFormat::WebP), "DeviceRGB", [RED, BLUE]),
        ("WebP with alpha", file(&clear.into(), ImageFormat::WebP), "DeviceRGB", [RED, [255; 3]]),
        ("CMYK JPEG", include_bytes!("../data/cmyk.jpg").to_vec(), "DeviceRGB", [[255, 0, 0]; 2]),
    ];
    for (name, bytes, space, [left, right]) in cases {
        let pdf = page_with(bytes);
        conforms(&pdf);
        assert!(tool("qpdf", &["--check"], &pdf).contains("No syntax or stream encoding errors"), "{name}");
        let pictures = pictures_in(&pdf);
        assert_eq!(pictures.len(), 1, "{name}");
        assert_eq!(pictures[0].2, space, "{name}");
        let page = seen(&pdf, 1);
        let width = if name == "CMYK JPEG" { 24 } else { 150 };
        let colours = [colour_at(&page, width / 6, 4), colour_at(&page, width - 5, 4)];
        assert!(near(colours[0], left) && near(colours[1], right), "{name}: {colours:?}");
    }
}

#[test]
fn photos_are_jpeg_drawings_are_exact_and_neither_is_finer_than_paper() {
    let photo = pictures_in(&page_with(file(&photo(3000, 2000), ImageFormat::Png)));
    // 392 points at 200 dots an inch.
    assert_eq!(photo, [(1089, 726, "DeviceRGB".into(), "DCTDecode".into())]);
    let drawing = pictures_in(&page_with(file(&two_colours(300, 300), ImageFormat::Png)));
    assert_eq!(drawing, [(300, 300, "DeviceRGB".into(), "FlateDecode".into())]);
    let kept = pictures_in(&page_with(file(&two_colours(300, 300), ImageFormat::Jpeg)));
    assert_eq!(kept[0].3, "DCTDecode");
}

#[test]
fn a_small_picture_stays_small_and_a_large_one_stays_on_its_page() {
    for (width, height) in [(1, 1), (64, 64), (3000, 40), (40, 3000), (1200, 5000), (4000, 3000)] {
        let mut figure = figure("A picture", file(&two_colours(width, height), ImageFormat::Png));
        figure.caption = vec![Inline::plain("What it shows. ".repeat(20))];
        let filling = Block::plain(Voice::Body, "Words that fill the page. ".repeat(60));
        let blocks = vec![filling, Block::heading(1, "A heading over it"), Block::heading(2, "And one more")];
        let pdf = made(&document([blocks, vec![Block::Figure(figure)]].concat())).0;
        conforms(&pdf);
        let [left, bottom, right, top] = area(&pdf);
        assert!(left >= LEFT - 0.1 && right <= RIGHT + 0.1, "{width} × {height}: {left} to {right}");
        assert!(bottom >= 841.89 - BOTTOM && top <= 841.89 - TOP, "{width} × {height}: {bottom} to {top}");
        // A pixel of a screen is three quarters of a point; nothing is blown up.
        assert!(right - left <= width as f32 * 0.75 + 0.02 && top - bottom <= height as f32 * 0.75 + 0.02);
        let shape = (right - left) / (top - bottom) / (width as f32 / height as f32);
        assert!((0.97..1.03).contains(&shape) || width.min(height) == 1, "{width} × {height}: {shape}");
        // The heading, the picture and the words below it are on one page.
        let pages: Vec<String> = tool("pdftotext", &["-"], &pdf).split('\u{c}').map(str::to_owned).collect();
        let with_heading = pages.iter().position(|page| page.contains("A heading over it")).unwrap();
        assert!(pages[with_heading].contains("What it shows."), "{width} × {height}");
        assert_eq!(page_with_picture(&pdf), with_heading + 1, "{width} × {height}");
    }
}

/// Where the figure is, as it is told to those who do not see it.
fn area(bytes: &[u8]) -> [f32; 4] {
    let pdf = Pdf::load_mem(bytes).unwrap();
    let mut elements = pdf.objects.values().filter_map(|object| object.as_dict().ok());
    let is_figure =
        |element: &&Dictionary| element.get(b"S").and_then(Object::as_name).is_ok_and(|name| name == b"Figure");
    let figure = elements.find(is_figure).unwrap();
    let area =
        figure.get(b"A").and_then(Object::as_dict).and_then(|a| a.get(b"BBox")).and_then(Object::as_array).unwrap();
    let sides: Vec<f32> = area.iter().map(|side| side.as_float().unwrap()).collect();
    sides.try_into().unwrap()
}

fn page_with_picture(bytes: &[u8]) -> usize {
    let list = tool("pdfimages", &["-list"], bytes);
    list.lines().nth(2).unwrap().split_whitespace().next().unwrap().parse().unwrap()
}

#[test]
fn who_does_not_see_it_is_told_what_it_shows() {
    let mut figure = figure("x", file(&two_colours(200, 100), ImageFormat::Png));
    figure.alt = "Dyfarnwyd i Zoë (50 %) \\ 証明書".into();
    figure.caption = vec![Inline::plain("A certificate of 2025")];
    let pdf = made(&document(vec![Block::Figure(figure)])).0;
    conforms(&pdf);
    let file = Pdf::load_mem(&pdf).unwrap();
    let alts = file.objects.values().filter_map(|object| object.as_dict().ok()?.get(b"Alt").ok());
    let alts: Vec<String> = alts.map(|alt| lopdf::decode_text_string(alt).unwrap()).collect();
    assert_eq!(alts, ["Dyfarnwyd i Zoë (50 %) \\ 証明書"]);
    let structure = tool("pdfinfo", &["-struct-text"], &pdf);
    let caption = structure.split("Caption").nth(1).unwrap();
    assert!(caption.contains("A certificate of 2025"), "{structure}");
}

#[test]
fn the_same_picture_is_in_the_file_once_and_in_the_same_bytes() {
    let bytes = file(&photo(600, 400), ImageFormat::Jpeg);
    let twice = || {
        let figures = [figure("one", bytes.clone()), figure("two", bytes.clone())];
        made(&document(figures.map(Block::Figure).to_vec())).0
    };
    let pdf = twice();
    assert_eq!(pictures_in(&pdf).len(), 1);
    assert_eq!(pdf, twice());
}

#[test]
fn html_shows_the_picture_and_says_what_it_shows() {
    let mut figure = figure("x", file(&two_colours(200, 100), ImageFormat::Png));
    figure.alt = "\"Red\" & blue".into();
    figure.caption = vec![Inline::plain("Two colours")];
    let page = portfolio::html(&document(vec![Block::Figure(figure)]));
    assert!(page.contains("img-src data:"));
    assert!(page.contains("<figure><img src=\"data:image/png;base64,"), "{page}");
    assert!(page.contains("alt=\"&quot;Red&quot; &amp; blue\" width=\"200\" height=\"100\">"), "{page}");
    assert!(page.contains("<figcaption>Two colours</figcaption></figure>"), "{page}");
}
