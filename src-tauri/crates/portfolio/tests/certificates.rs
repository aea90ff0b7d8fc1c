//! Other people's PDFs in a document: seen as they are, without anything that could do something, and never more claimed
//! than is true.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[allow(dead_code, reason = "other tests use the rest")]
mod support;

use std::process::Command;
use std::sync::Arc;

use image::RgbImage;
use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, Stream, dictionary};
use page_validation::ValidationProfile;
use portfolio::document::{Anchor, Attachment, Block, Document, Figure, Heading, Inline, Voice};
use portfolio::{Flaw, Reason, Refusal};
use proptest::prelude::*;
use support::{broken, document, exhibit, from_markdown, made, seen, text_of, tool};

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
    exhibit("Certificate", bytes).unwrap_or_else(|refusal| panic!("{refusal}")).figures
}

/// Every page of it in a document.
fn shown(bytes: Vec<u8>) -> Document {
    document(figures(bytes).into_iter().map(Block::Figure).collect())
}

fn colour_at(page: &RgbImage, x: u32, y: u32) -> [u8; 3] {
    page.get_pixel(92 + x, 86 + y).0
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
fn however_the_file_is_put_together_the_page_looks_the_same() {
    let plain = plain_page();
    let expected = [RED, BLUE];
    let ways: [&[&str]; 5] = [
        &["--object-streams=generate"],
        &["--linearize"],
        &["--stream-data=uncompress"],
        &["--encrypt", "", "owner", "256", "--print=none", "--"],
        &["--allow-weak-crypto", "--encrypt", "", "owner", "128", "--"],
    ];
    for way in ways {
        assert_eq!(colours(qpdf(way, &plain), &[(20, 20), (180, 20)]), expected, "{way:?}");
    }
    // Something in front, as mail programs put it there.
    let late = [b"\n\n".as_slice(), &plain].concat();
    assert_eq!(colours(late, &[(20, 20), (180, 20)]), expected);
}

#[test]
fn a_page_stands_upright_and_only_what_is_cropped_is_seen() {
    let turned = |degrees: i64| {
        page(TWO_COLOURS, move |_, leaf, _| {
            leaf.set("Rotate", degrees);
        })
    };
    // Where red and blue come to stand when the page is turned clockwise.
    assert_eq!(colours(turned(0), &[(5, 50), (195, 50), (205, 50)]), [RED, BLUE, WHITE]);
    assert_eq!(colours(turned(90), &[(50, 5), (50, 195), (50, 205), (105, 5)]), [RED, BLUE, WHITE, WHITE]);
    assert_eq!(colours(turned(180), &[(5, 50), (195, 50), (5, 105)]), [BLUE, RED, WHITE]);
    assert_eq!(colours(turned(-90), &[(50, 5), (50, 195), (105, 5)]), [BLUE, RED, WHITE]);
    let cropped = page(TWO_COLOURS, |_, leaf, _| {
        leaf.set("CropBox", vec![90.into(), 10.into(), 150.into(), 60.into()]);
    });
    assert_eq!(colours(cropped, &[(4, 25), (16, 25), (56, 25), (66, 25), (4, 55)]), [RED, BLUE, BLUE, WHITE, WHITE]);
}

#[test]
fn a_page_is_not_coloured_by_what_stands_before_it() {
    let black = page("0 0 100 100 re f 150 0 m 150 100 l S", |_, _, _| {});
    let link = Block::Paragraph(Voice::Body, vec![Inline::to("Blue words", Anchor("nowhere".into()))]);
    let shown = figures(black).into_iter().map(Block::Figure);
    let seen = seen(&made(&document([link].into_iter().chain(shown).collect())).0, 1);
    // Below a line of words and the space above a figure.
    let at = |x| colour_at(&seen, x, 15 + 12 + 50);
    assert_eq!([at(20), at(145), at(155)], [[0; 3], WHITE, WHITE]);
}

#[test]
fn what_a_page_inherits_comes_with_it() {
    let mut pdf = Pdf::load_mem(&page("/Look gs /Red Do", |_, _, _| {})).unwrap();
    let red = pdf.add_object(Stream::new(
        dictionary! { "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 900.into(), 900.into()] },
        b"1 0 0 rg 0 0 900 900 re f".to_vec(),
    ));
    let (leaf, pages) = (pdf.get_pages()[&1], pdf.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap());
    for key in [b"MediaBox".as_slice(), b"Resources"] {
        pdf.get_dictionary_mut(leaf).unwrap().remove(key);
    }
    let root = pdf.get_dictionary_mut(pages).unwrap();
    root.set("MediaBox", vec![300.into(), 300.into(), 100.into(), 100.into()]);
    root.set("Resources", dictionary! { "XObject" => dictionary! { "Red" => red } });
    root.set("Rotate", 450);
    assert_eq!(colours(saved(&mut pdf), &[(5, 5), (195, 195), (205, 100)]), [RED, RED, WHITE]);
}

/// A word that stands wherever nobody should find it.
const SECRET: &str = "ring home at noon";

#[test]
fn nothing_that_could_do_something_comes_along() {
    let script = || dictionary! { "S" => "JavaScript", "JS" => Object::string_literal(SECRET) };
    let busy = page(&format!("{TWO_COLOURS} /Form Do"), |pdf, leaf, catalog| {
        let file = pdf.add_object(Stream::new(dictionary! { "Type" => "EmbeddedFile" }, SECRET.as_bytes().to_vec()));
        let spec = dictionary! { "Type" => "Filespec", "F" => Object::string_literal("a"), "EF" => dictionary! { "F" => file } };
        let link = pdf.add_object(dictionary! {
            "Type" => "Annot", "Subtype" => "Link", "A" => script(),
            "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()],
        });
        leaf.set("Annots", vec![link.into()]);
        leaf.set("AA", dictionary! { "O" => script() });
        leaf.set("StructParents", 0);
        leaf.set("Metadata", pdf.add_object(Stream::new(Dictionary::new(), SECRET.as_bytes().to_vec())));
        catalog.set("OpenAction", script());
        catalog.set("AcroForm", dictionary! { "XFA" => Object::string_literal(SECRET) });
        catalog.set("Names", dictionary! { "EmbeddedFiles" => dictionary! { "Names" => vec![Object::string_literal("a"), spec.into()] } });
        // A picture that leads back to everything.
        let form = pdf.new_object_id();
        let way_back = dictionary! {
            "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()],
            "StructParent" => 3, "AA" => script(), "PieceInfo" => dictionary! { "X" => file },
            "Resources" => dictionary! { "XObject" => dictionary! { "Self" => form, "Page" => link } },
            "OPI" => dictionary! { "F" => file }, "Ref" => dictionary! { "F" => file },
        };
        pdf.objects
            .insert(form, Stream::new(way_back, b"/P <</MCID 0>> BDC 0 1 0 rg 0 0 9 9 re f EMC".to_vec()).into());
        let resources = dictionary! {
            "XObject" => dictionary! { "Form" => form, "Page" => link },
            "Properties" => dictionary! { "MC0" => dictionary! { "X" => file } },
        };
        leaf.set("Resources", resources);
    });
    let (bytes, _) = made(&shown(busy));
    assert_eq!(colour_at(&seen(&bytes, 1), 4, 96), GREEN);
    let pdf = Pdf::load_mem(&bytes).unwrap();
    let everything = format!("{:?}", pdf.objects);
    for word in ["JavaScript", "OpenAction", "EmbeddedFile", "AcroForm", "PieceInfo", "MC0", "OPI", "JS"] {
        assert!(!everything.contains(&format!("/{word}")), "{word}");
    }
    for stream in pdf.objects.values().filter_map(|object| object.as_stream().ok()) {
        let plain = stream.get_plain_content().unwrap();
        assert!(!plain.windows(SECRET.len()).any(|window| window == SECRET.as_bytes()));
    }
    assert!(!everything.contains(SECRET));
    assert!(tool("qpdf", &["--check"], &bytes).contains("No syntax or stream encoding errors"));
}

#[test]
fn where_a_photo_in_a_page_was_taken_goes_no_further() {
    let red = image::DynamicImage::from(RgbImage::from_pixel(64, 64, image::Rgb(RED)));
    let mut photo = std::io::Cursor::new(Vec::new());
    red.write_to(&mut photo, image::ImageFormat::Jpeg).unwrap();
    let plain = photo.into_inner();
    let word = [&[0xff, 0xe1, 0, (SECRET.len() + 8) as u8], b"Exif\0\0".as_slice(), SECRET.as_bytes()].concat();
    // And behind the picture another one, as telephones put it there.
    let photo = [&plain[..2], &word, &plain[2..], &plain[..2], &word, &plain[2..]].concat();
    let scanned = page("200 0 0 100 0 0 cm /Scan Do", |pdf, leaf, _| {
        let image = dictionary! {
            "Subtype" => "Image", "Width" => 64, "Height" => 64, "BitsPerComponent" => 8,
            "ColorSpace" => "DeviceRGB", "Filter" => "DCTDecode",
        };
        let image = pdf.add_object(Stream::new(image, photo));
        leaf.set("Resources", dictionary! { "XObject" => dictionary! { "Scan" => image } });
    });
    assert!(scanned.windows(SECRET.len()).any(|window| window == SECRET.as_bytes()));
    let (bytes, _) = made(&shown(scanned.clone()));
    for word in [SECRET, "Exif"] {
        assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word}");
    }
    let seen = colours(scanned, &[(5, 5), (195, 95)]);
    assert!(seen.iter().all(|[r, g, b]| *r > 240 && *g < 16 && *b < 16), "{seen:?}");
}

#[test]
fn foreign_marks_do_not_get_among_ours() {
    let marked = page(&format!("/P <</MCID 0>> BDC {TWO_COLOURS} EMC EMC /Artifact BMC q"), |_, _, _| {});
    assert_eq!(colours(marked.clone(), &[(20, 20), (180, 20)]), [RED, BLUE]);
    let after = Block::plain(Voice::Body, "Words after it.");
    let blocks = figures(marked).into_iter().map(Block::Figure).chain([after]).collect();
    let (bytes, _) = made(&document(blocks));
    assert_eq!(claims(&bytes), (vec!["ua1"], Vec::new()));
    let structure = tool("pdfinfo", &["-struct-text"], &bytes);
    assert!(structure.contains("Words after it."), "{structure}");
}

#[test]
fn what_is_filled_in_is_seen_and_what_is_hidden_is_not() {
    let filled = page("1 0 0 rg 0 0 50 50 re f 9 0 0 9 5 5 cm", |pdf, leaf, _| {
        let look = pdf.add_object(Stream::new(
            dictionary! { "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 10.into(), 10.into()] },
            b"0 1 0 rg 0 0 10 10 re f".to_vec(),
        ));
        let mut field = |left: i64, kind: &str, flags: i64| -> ObjectId {
            let rect: Vec<Object> = [left, 0, left + 40, 40].map(Object::from).to_vec();
            pdf.add_object(dictionary! {
                "Type" => "Annot", "Subtype" => kind, "Rect" => rect, "F" => flags,
                "AP" => dictionary! { "N" => look },
            })
        };
        let fields = [field(60, "Widget", 4), field(110, "Widget", 2), field(150, "Link", 4)];
        leaf.set("Annots", fields.map(Object::from).to_vec());
    });
    let places = [(20, 90), (62, 98), (98, 62), (62, 55), (130, 90), (170, 90)];
    assert_eq!(colours(filled, &places), [RED, GREEN, GREEN, WHITE, WHITE, WHITE]);
}

#[test]
fn a_layer_that_is_switched_off_stays_off() {
    let layered = page(
        "/OC /L BDC 1 0 0 rg 0 0 99 99 re f EMC /Logo Do 0 0 1 rg 100 0 100 100 re f",
        |pdf, leaf, catalog| {
            let layer = pdf.add_object(dictionary! { "Type" => "OCG", "Name" => Object::string_literal("Draft") });
            let logo = pdf.add_object(Stream::new(
            dictionary! { "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 90.into(), 90.into()], "OC" => layer },
            b"0 1 0 rg 0 0 90 90 re f".to_vec(),
        ));
            let resources = dictionary! { "Properties" => dictionary! { "L" => layer }, "XObject" => dictionary! { "Logo" => logo } };
            leaf.set("Resources", resources);
            let view = dictionary! { "OFF" => vec![layer.into()] };
            catalog.set("OCProperties", dictionary! { "OCGs" => vec![layer.into()], "D" => view });
        },
    );
    assert_eq!(colours(layered, &[(20, 80), (150, 20)]), [WHITE, BLUE]);
}

#[test]
fn what_an_archive_would_not_take_is_told_and_not_claimed() {
    let helvetica = |_: &mut Pdf, leaf: &mut Dictionary, _: &mut Dictionary| {
        let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
        leaf.set("Resources", dictionary! { "Font" => dictionary! { "F1" => font } });
    };
    let written = page("BT /F1 12 Tf 20 40 Td (Certificate of Amira Osei) Tj ET", helvetica);
    let (bytes, report) = made(&shown(written.clone()));
    let told: Vec<String> = report.flaws.iter().map(ToString::to_string).collect();
    let unsaid = "Certificate: not itself marked as made for keeping (PDF/A)";
    assert_eq!(told, ["Certificate: font not embedded: Helvetica", unsaid]);
    assert_eq!(claims(&bytes), (Vec::new(), Vec::new()));
    // The validator sees the same.
    let seen = broken(&bytes, &[ValidationProfile::PdfA2a]).join("\n");
    assert!(seen.contains("font program is not embedded"), "{seen}");
    assert!(figures(written)[0].alt.contains("Certificate of Amira Osei"));

    let inks = page("0 1 1 0 k 0 0 100 100 re f", |_, _, _| {});
    let (bytes, report) = made(&shown(inks));
    let flaws: Vec<&Flaw> = report.flaws.iter().map(|flawed| &flawed.flaw).collect();
    assert_eq!(flaws, [&Flaw::Inks, &Flaw::Unsaid]);
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
fn html_says_what_the_page_shows_and_where_it_is() {
    let html = portfolio::html(&shown(ours()));
    assert!(html.contains("<figure><p>Certificate: "), "{html}");
    assert!(html.contains("The page itself is in the portfolio as a PDF."));
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
    });
    let text = Block::Paragraph(Voice::Body, vec![Inline::to("Exhibit 1", anchor)]);
    let figures = figures(plain_page()).into_iter().map(Block::Figure);
    let (bytes, _) = made(&document([text, heading].into_iter().chain(figures).collect()));
    assert_eq!(claims(&bytes), (vec!["ua1"], Vec::new()));
    let pdf = Pdf::load_mem(&bytes).unwrap();
    assert_eq!(pdf.get_page_annotations(pdf.get_pages()[&1]).unwrap().len(), 1);
}

fn refused(bytes: Vec<u8>) -> Reason {
    let Refusal { name, reason } = exhibit("scan.pdf", bytes).unwrap_err();
    assert_eq!(name, "scan.pdf");
    reason
}

#[test]
fn what_cannot_be_shown_is_refused_with_a_reason() {
    let plain = plain_page();
    let locked = qpdf(&["--encrypt", "secret", "owner", "256", "--"], &plain);
    assert_eq!(refused(locked), Reason::Locked);
    assert_eq!(refused(plain[..plain.len() / 2].to_vec()), Reason::Damaged);
    assert_eq!(refused(b"%PDF-1.7\n".to_vec()), Reason::Damaged);
    let empty = page("", |_, leaf, _| {
        leaf.remove(b"Type");
        leaf.set("Kids", Vec::<Object>::new());
    });
    assert_eq!(refused(empty), Reason::Damaged);
    let mut pdf = Pdf::load_mem(&plain).unwrap();
    let leaf = pdf.get_pages()[&1];
    let copy = pdf.get_dictionary(leaf).unwrap().clone();
    let kids: Vec<Object> = (0..41).map(|_| pdf.add_object(copy.clone()).into()).collect();
    let pages = copy.get(b"Parent").unwrap().as_reference().unwrap();
    pdf.get_dictionary_mut(pages).unwrap().set("Kids", kids);
    assert_eq!(refused(saved(&mut pdf)), Reason::TooManyPages(41, 40));
    let words = exhibit("Report.pdf", saved(&mut pdf)).unwrap_err().to_string();
    assert!(words.starts_with("Report.pdf has 41 pages, more than the 40"), "{words}");
}

#[test]
fn loops_depth_and_bombs_end() {
    // A tree that bites its tail, and names that lead to themselves.
    let looped = page(TWO_COLOURS, |pdf, leaf, _| {
        let (one, two) = (pdf.new_object_id(), pdf.new_object_id());
        pdf.objects.insert(one, Object::Reference(two));
        pdf.objects.insert(two, Object::Reference(one));
        leaf.set("Rotate", one);
        leaf.set("Resources", dictionary! { "Font" => one, "XObject" => dictionary! { "A" => two } });
    });
    assert_eq!(colours(looped, &[(20, 20), (180, 20)]), [RED, BLUE]);
    let mut pdf = Pdf::load_mem(&plain_page()).unwrap();
    let pages = pdf.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
    pdf.get_dictionary_mut(pages).unwrap().set("Kids", vec![pages.into(), pages.into()]);
    assert_eq!(refused(saved(&mut pdf)), Reason::Damaged);
    // A long chain of forms in forms, and arrays in arrays.
    let deep = page("/F Do", |pdf, leaf, _| {
        let mut inner = pdf.add_object(Stream::new(
            dictionary! { "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()] },
            Vec::new(),
        ));
        for _ in 0..20_000 {
            let resources = dictionary! { "XObject" => dictionary! { "F" => inner } };
            inner = pdf.add_object(Stream::new(
                dictionary! { "Subtype" => "Form", "Resources" => resources, "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()] },
                b"/F Do".to_vec(),
            ));
        }
        leaf.set("Resources", dictionary! { "XObject" => dictionary! { "F" => inner } });
    });
    let _ = exhibit("deep", deep);
    let nested = page(&format!("{} 0 0 9 9 re f", "[".repeat(200_000)), |_, _, _| {});
    let _ = exhibit("nested", nested);
    let mut tower = b"%PDF-1.7\n1 0 obj\n".to_vec();
    tower.extend(b"[".repeat(100_000));
    tower.extend(
        b"\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer<</Root 1 0 R/Size 2>>\nstartxref\n",
    );
    tower.extend(format!("{}\n%%EOF", 9 + 8 + 100_000 + 8).as_bytes());
    assert_eq!(refused(tower), Reason::Damaged);
    // A little that becomes very much.
    let bomb = page("", |pdf, leaf, _| {
        let mut much = Stream::new(Dictionary::new(), vec![b' '; 80 * 1024 * 1024]);
        much.compress().unwrap();
        leaf.set("Contents", pdf.add_object(much));
    });
    assert!(bomb.len() < 200_000);
    assert_eq!(refused(bomb), Reason::TooLarge);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..Default::default() })]

    #[test]
    fn damage_never_does_more_than_be_refused(
        which in 0..3_usize,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..30),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = match which {
            0 => ours(),
            1 => plain_page(),
            _ => qpdf(&["--linearize"], &plain_page()),
        };
        for (place, value) in damage {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len() + 1));
        }
        if let Ok(exhibit) = exhibit("attached", bytes) {
            let (pdf, _) = made(&document(exhibit.figures.into_iter().map(Block::Figure).collect()));
            prop_assert!(Pdf::load_mem(&pdf).is_ok());
        }
    }

    #[test]
    fn operators_of_any_kind_never_break_our_own(
        operators in prop::collection::vec(
            "q|Q|BT|ET|BMC|EMC|/A /B BDC|BI|ID|EI|\\(a|\\)|<<|>>|\\[|\\]|<4|%|\n|1|/X Do|re f|Tj|\\\\|\u{1}| ", 0..40),
    ) {
        let bytes = page(&operators.join(" "), |_, _, _| {});
        let after = Block::plain(Voice::Body, "Words after it.");
        let (pdf, _) = made(&document(figures(bytes).into_iter().map(Block::Figure).chain([after]).collect()));
        prop_assert_eq!(broken(&pdf, &[ValidationProfile::PdfUa1]), [""; 0]);
        prop_assert!(text_of(&pdf).ends_with(&["Words".into(), "after".into(), "it.".into()]));
    }
}
