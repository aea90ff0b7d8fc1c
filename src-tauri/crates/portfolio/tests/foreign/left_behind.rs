//! Nothing but what is drawn comes along.

use image::RgbImage;
use lopdf::{Dictionary, Document as Pdf, Object, Stream, dictionary};
use portfolio::document::{Block, Voice};

use super::support::{document, made, seen, tool};
use super::{BLUE, GREEN, RED, TWO_COLOURS, claims, colour_at, colours, figures, page, shown};

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
