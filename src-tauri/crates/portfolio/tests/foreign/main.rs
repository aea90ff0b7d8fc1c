//! Other people's PDFs in a document: seen as they are, without anything that could do something, and never more claimed
//! than is true.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[allow(dead_code, reason = "other tests use the rest")]
#[path = "../support/mod.rs"]
mod support;

mod claims;
mod filled;
mod left_behind;
mod looks;
mod mended;
mod refused;

use std::process::Command;

use image::RgbImage;
use lopdf::{Dictionary, Document as Pdf, Stream, dictionary};
use page_validation::ValidationProfile;
use portfolio::document::{Block, Document, Figure};
use support::{LEFT, TOP, broken, document, from_markdown, made, read, seen};

const RED: [u8; 3] = [255, 0, 0];
const BLUE: [u8; 3] = [0, 0, 255];
const GREEN: [u8; 3] = [0, 255, 0];
const WHITE: [u8; 3] = [255; 3];

/// A certificate as our own writer makes it: with fonts, structure, links and bookmarks.
fn ours() -> Vec<u8> {
    made(&from_markdown("# Certificate of attendance\n\nAwarded to *Amira Osei*, [see](https://example.org).")).0
}

/// A file of one page, 200 by 100, with these operators; `more` may change the page, the catalog and everything else.
fn page(operators: &str, more: impl FnOnce(&mut Pdf, &mut Dictionary, &mut Dictionary)) -> Vec<u8> {
    let mut pdf = Pdf::with_version("1.7");
    let pages = pdf.new_object_id();
    let contents = pdf.add_object(Stream::new(Dictionary::new(), operators.as_bytes().to_vec()));
    let mut leaf = dictionary! {
        "Type" => "Page",
        "Parent" => pages,
        "MediaBox" => vec![0.into(), 0.into(), 200.into(), 100.into()],
        "Contents" => contents,
        "Resources" => Dictionary::new(),
    };
    let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => pages };
    more(&mut pdf, &mut leaf, &mut catalog);
    let leaf = pdf.add_object(leaf);
    pdf.objects.insert(pages, dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![leaf.into()] }.into());
    let catalog = pdf.add_object(catalog);
    pdf.trailer.set("Root", catalog);
    saved(&mut pdf)
}

fn saved(pdf: &mut Pdf) -> Vec<u8> {
    let mut out = Vec::new();
    pdf.save_to(&mut out).unwrap();
    out
}

/// Red on the left, blue on the right.
const TWO_COLOURS: &str = "1 0 0 rg 0 0 100 100 re f 0 0 1 rg 100 0 100 100 re f";

fn plain_page() -> Vec<u8> {
    page(TWO_COLOURS, |_, _, _| {})
}

/// What qpdf makes of a file.
fn qpdf(options: &[&str], bytes: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("from.pdf"), folder.path().join("to.pdf"));
    std::fs::write(&from, bytes).unwrap();
    assert!(Command::new("qpdf").args(options).arg(&from).arg(&to).status().unwrap().success());
    std::fs::read(&to).unwrap()
}

fn figures(bytes: Vec<u8>) -> Vec<Figure> {
    read("Certificate", bytes).unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// Every page of it in a document.
fn shown(bytes: Vec<u8>) -> Document {
    document(figures(bytes).into_iter().map(Block::Figure).collect())
}

fn colour_at(page: &RgbImage, x: u32, y: u32) -> [u8; 3] {
    page.get_pixel(LEFT as u32 + x, TOP as u32 + y).0
}

fn colours(bytes: Vec<u8>, places: &[(u32, u32)]) -> Vec<[u8; 3]> {
    let page = seen(&made(&shown(bytes)).0, 1);
    places.iter().map(|(x, y)| colour_at(&page, *x, *y)).collect()
}

/// What the file claims to be, and the rules it then breaks.
fn claims(bytes: &[u8]) -> (Vec<&'static str>, Vec<String>) {
    let words = String::from_utf8_lossy(bytes);
    let mut claims = Vec::new();
    let mut profiles = Vec::new();
    let all = [
        ("<pdfuaid:part>1<", "ua1", ValidationProfile::PdfUa1),
        ("<pdfaid:part>2<", "2a", ValidationProfile::PdfA2a),
        ("<pdfaid:part>3<", "3a", ValidationProfile::PdfA3a),
    ];
    for (claim, name, profile) in all {
        if words.contains(claim) {
            claims.push(name);
            profiles.push(profile);
        }
    }
    let breaks = broken(bytes, &profiles);
    (claims, breaks)
}
