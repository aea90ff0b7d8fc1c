//! What a file says of itself when it holds pages of others.

use std::ops::ControlFlow;
use std::process::Command;
use std::sync::Arc;

use data_encoding::BASE64;
use lopdf::{Dictionary, Document as Pdf, Object, dictionary};
use page_validation::ValidationProfile;
use portfolio::document::{Anchor, Attachment, Block, Heading, Inline, Voice};
use portfolio::{Flaw, On};

use super::support::{LEFT, TOP, broken, document, made, seen, text_of, tool};
use super::{claims, figures, ours, page, plain_page, saved, shown};

#[test]
fn a_page_of_our_own_making_stays_what_it_is() {
    let figure = figures(ours()).remove(0);
    assert!(figure.alt.starts_with("Certificate: "), "{}", figure.alt);
    assert!(figure.alt.contains("Certificate of attendance") && figure.alt.contains("Amira Osei"), "{}", figure.alt);
    let (bytes, report) = made(&document(vec![Block::Figure(figure)]));
    assert_eq!(report.flaws, []);
    assert_eq!(claims(&bytes), (vec!["ua1", "2a"], Vec::new()));
    assert!(tool("qpdf", &["--check"], &bytes).contains("No syntax or stream encoding errors"));
    assert!(text_of(&bytes).join(" ").contains("Awarded to Amira Osei, see."));
    let pdf = Pdf::load_mem(&bytes).unwrap();
    let mut dictionaries = pdf.objects.values().filter_map(|object| object.as_dict().ok());
    // Neither the link nor the structure of the other file came along.
    assert!(!dictionaries.any(|own| own.has_type(b"Annot") || own.has(b"URI")));
    let structure = tool("pdfinfo", &["-struct-text"], &bytes);
    assert_eq!(structure.matches("Figure").count(), 1, "{structure}");
    assert!(!structure.contains("H1"), "{structure}");
    assert_eq!(made(&shown(ours())).0, made(&shown(ours())).0);
}

#[test]
fn what_would_shut_out_a_screen_reader_is_a_picture_with_its_words() {
    let helvetica = |_: &mut Pdf, leaf: &mut Dictionary, _: &mut Dictionary| {
        let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
        leaf.set("Resources", dictionary! { "Font" => dictionary! { "F1" => font } });
    };
    let written = page("BT /F1 12 Tf 20 40 Td (Certificate of Amira Osei) Tj ET", helvetica);
    let (bytes, report) = made(&shown(written.clone()));
    assert_eq!(report.flaws, []);
    assert_eq!(claims(&bytes), (vec!["ua1", "2a"], Vec::new()));
    assert_eq!(figures(written.clone())[0].alt, "Certificate, as a picture; its words stand below it");
    assert!(text_of(&bytes).join(" ").contains("Certificate: Certificate of Amira Osei"), "to be searched and copied");
    assert!(tool("pdfinfo", &["-struct"], &bytes).contains("Figure"));
    // The words are there to see, about where another program draws them.
    let words = |page: &image::RgbImage, left: u32, top: u32| {
        let dark = |x: u32, y: u32| page.get_pixel(left + x, top + y).0[1] < 140;
        (20..180).filter(|x| (50..62).any(|y| dark(*x, y))).count()
    };
    let (own, theirs) = (words(&seen(&bytes, 1), LEFT as u32, TOP as u32), words(&seen(&written, 1), 0, 0));
    assert!(own > theirs / 2 && theirs > 60, "{own} columns with ink, and {theirs} elsewhere");
}

#[test]
fn what_an_archive_would_not_take_is_told_and_not_claimed() {
    let inks = page("0 1 1 0 k 0 0 100 100 re f", |_, _, _| {});
    let (bytes, report) = made(&shown(inks));
    assert_eq!(report.flaws, [Flaw::Inks, Flaw::Unsaid]);
    assert_eq!(claims(&bytes), (vec!["ua1"], Vec::new()));
    assert!(broken(&bytes, &[ValidationProfile::PdfA2a]).join("\n").contains("DeviceCMYK"));
    // A document that does not hold such a page claims everything.
    assert_eq!(claims(&made(&document(Vec::new())).0).0, ["ua1", "2a"]);
}

#[test]
fn pages_share_what_they_share() {
    let (one, _) = made(&shown(ours()));
    let mut pdf = Pdf::load_mem(&ours()).unwrap();
    let leaf = pdf.get_pages()[&1];
    let pages = pdf.get_dictionary(leaf).unwrap().get(b"Parent").unwrap().as_reference().unwrap();
    let copy = pdf.get_dictionary(leaf).unwrap().clone();
    let kids: Vec<Object> = (0..5).map(|_| pdf.add_object(copy.clone()).into()).collect();
    let root = pdf.get_dictionary_mut(pages).unwrap();
    root.set("Count", 5);
    root.set("Kids", kids);
    let document = shown(saved(&mut pdf));
    assert_eq!(document.parts[0].blocks.len(), 5);
    let Block::Figure(last) = &document.parts[0].blocks[4] else { panic!() };
    assert!(last.alt.starts_with("Certificate, page 5 of 5"), "{}", last.alt);
    let (five, report) = made(&document);
    assert!(report.pages == 5 && five.len() < one.len() * 3 / 2, "{} and {}", one.len(), five.len());
    assert_eq!(claims(&five), (vec!["ua1", "2a"], Vec::new()));
}

#[test]
fn originals_go_along_inside_and_the_file_says_so() {
    let mut document = shown(ours());
    let file = |name: &str, media_type: &str, bytes: &[u8]| Attachment {
        name: name.into(),
        media_type: media_type.into(),
        description: "The original of the certificate".into(),
        bytes: Arc::from(bytes),
    };
    let original = ours();
    document.files = vec![
        file("Tystysgrif ŵyl.pdf", "application/pdf", &original),
        file("../scan.jpg", "image/jpeg", b"\xff\xd8\xff\xd9"),
        file("tystysgrif ŵyl.pdf", "application/pdf", &original),
    ];
    let (bytes, _) = made(&document);
    assert_eq!(claims(&bytes), (vec!["ua1", "3a"], Vec::new()));
    assert!(tool("qpdf", &["--check"], &bytes).contains("No syntax or stream encoding errors"));
    let list = tool("pdfdetach", &["-list"], &bytes);
    for line in ["3 embedded files", ".._scan.jpg", "Tystysgrif ŵyl.pdf", "tystysgrif ŵyl (2).pdf"] {
        assert!(list.contains(line), "{list}");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("portfolio.pdf");
    std::fs::write(&path, &bytes).unwrap();
    let status = Command::new("pdfdetach").arg("-saveall").arg("-o").arg(folder.path()).arg(&path).status();
    assert!(status.unwrap().success());
    assert_eq!(std::fs::read(folder.path().join("Tystysgrif ŵyl.pdf")).unwrap(), original);
    // Taking away what says how a file belongs to the document is noticed.
    let mut worse = Pdf::load_mem(&bytes).unwrap();
    for object in worse.objects.values_mut().filter_map(|object| object.as_dict_mut().ok()) {
        object.remove(b"AFRelationship");
    }
    let said = broken(&saved(&mut worse), &[ValidationProfile::PdfA3a]).join("\n");
    assert!(said.contains("AFRelationship"), "{said}");
}

#[test]
fn html_shows_the_page_as_a_picture_with_its_words() {
    let shows = portfolio::shows(ours(), On::Screen, &mut || ControlFlow::Continue(())).unwrap();
    let html =
        portfolio::html(&document(portfolio::figures("Certificate", &shows).into_iter().map(Block::Figure).collect()));
    let picture =
        html.split("<img src=\"data:image/png;base64,").nth(1).and_then(|data| data.split('"').next()).unwrap();
    let picture = image::load_from_memory(&BASE64.decode(picture.as_bytes()).unwrap()).unwrap().into_rgb8();
    // It looks as somebody else's program draws it.
    let theirs = image::imageops::resize(
        &seen(&ours(), 1),
        picture.width(),
        picture.height(),
        image::imageops::FilterType::Triangle,
    );
    let apart =
        picture.pixels().zip(theirs.pixels()).map(|(one, other)| u64::from(one.0[1].abs_diff(other.0[1]))).sum::<u64>();
    let mean = apart as f64 / f64::from(picture.width() * picture.height());
    assert!(picture.width() > 1_000 && mean < 3.0, "{} wide, {mean} apart", picture.width());
    assert!(html.contains("alt=\"Certificate: Certificate of attendance"), "and says what it shows");
    assert!(html.contains("<summary>The words of this page</summary><p>Certificate of attendance"));
}

#[test]
fn an_exhibit_has_a_heading_that_the_text_can_lead_to() {
    let anchor = Anchor("exhibit-1".into());
    let heading = Block::Heading(Heading {
        level: 2,
        text: vec![Inline::plain("Exhibit 1")],
        anchor: Some(anchor.clone()),
        in_contents: true,
        bookmark: true,
        ..Heading::default()
    });
    let text = Block::Paragraph(Voice::Body, vec![Inline::to("Exhibit 1", anchor)]);
    let figures = figures(plain_page()).into_iter().map(Block::Figure);
    let (bytes, _) = made(&document([text, heading].into_iter().chain(figures).collect()));
    assert_eq!(claims(&bytes), (vec!["ua1"], Vec::new()));
    let pdf = Pdf::load_mem(&bytes).unwrap();
    assert_eq!(pdf.get_page_annotations(pdf.get_pages()[&1]).unwrap().len(), 1);
}
