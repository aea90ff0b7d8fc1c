//! What cameras, telephones and scanners write around the pixels.

use image::{ImageFormat, Rgb, RgbImage};
use lopdf::{Document as Pdf, Object};
use portfolio::document::Block;

use super::support::{document, made, seen};
use super::{BLUE, RED, colour_at, figure, file, near, page_with, two_colours};

/// Words that stand around the pixels and must go no further.
const SECRET: &str = "53.4808 N, 2.2426 W";

/// A segment of a JPEG.
pub(super) fn segment(kind: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xff, kind], length.as_slice(), content].concat()
}

/// What a camera writes: how it was held, and where it was.
fn exif(orientation: u8) -> Vec<u8> {
    let mut out = b"MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    out.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    // A place, as a list of its own that begins at byte 38.
    out.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
    out.extend([0; 4]);
    // The name of the area, of this many characters, at byte 56.
    out.extend([0, 1, 0, 0x1c, 0, 2, 0, 0, 0, SECRET.len() as u8, 0, 0, 0, 56]);
    out.extend([0; 4]);
    out.extend(SECRET.as_bytes());
    out
}

pub(super) fn from_a_camera(orientation: u8) -> Vec<u8> {
    let plain = file(&two_colours(400, 200), ImageFormat::Jpeg);
    let around = [
        segment(0xe1, &[b"Exif\0\0".as_slice(), &exif(orientation)].concat()),
        segment(0xe1, format!("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>{SECRET}</x:xmpmeta>").as_bytes()),
        segment(0xfe, SECRET.as_bytes()),
    ];
    [&plain[..2], &around.concat(), &plain[2..], SECRET.as_bytes()].concat()
}

fn from_a_scanner() -> Vec<u8> {
    let plain = file(&two_colours(400, 200), ImageFormat::Png);
    let chunk = |kind: &[u8], content: &[u8]| {
        let mut sum = flate2::Crc::new();
        sum.update(&[kind, content].concat());
        let length = u32::try_from(content.len()).unwrap().to_be_bytes();
        [length.as_slice(), kind, content, &sum.sum().to_be_bytes()].concat()
    };
    let text = chunk(b"tEXt", format!("Comment\0{SECRET}").as_bytes());
    // After the head, which takes 33 bytes.
    [&plain[..33], &chunk(b"eXIf", &exif(1)), &text, &plain[33..]].concat()
}

/// The file as it is and with everything in it unpacked.
fn everything_in(bytes: &[u8]) -> Vec<u8> {
    let unpacked = Pdf::load_mem(bytes).unwrap().objects.into_values().filter_map(|object| match object {
        Object::Stream(stream) => stream.decompressed_content().ok(),
        other => Some(format!("{other:?}").into_bytes()),
    });
    [bytes.to_vec(), unpacked.collect::<Vec<_>>().concat()].concat()
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

#[test]
fn where_a_picture_was_taken_goes_no_further() {
    for (name, bytes) in [("camera", from_a_camera(1)), ("scanner", from_a_scanner())] {
        assert!(holds(&bytes, SECRET), "{name}");
        let shown = document(vec![Block::Figure(figure("x", bytes))]);
        let pdf = everything_in(&made(&shown).0);
        let html = portfolio::html(&shown);
        let data = html.split("<img src=").nth(1).unwrap().split("base64,").nth(1).unwrap().split('"').next().unwrap();
        let picture = data_encoding::BASE64.decode(data.as_bytes()).unwrap();
        assert_eq!(image::load_from_memory(&picture).unwrap().width(), 400, "{name}");
        for place in [&pdf, &picture] {
            for words in [SECRET, "Exif", "eXIf", "xmpmeta>5", "tEXt"] {
                assert!(!holds(place, words), "{name}: {words}");
            }
        }
    }
}

#[test]
fn a_picture_stands_upright_however_the_camera_was_held() {
    // Where red comes to stand of a picture that has it on the left.
    let red = |orientation| match orientation {
        1 | 4 => (10, 10),
        2 | 3 => (290, 140),
        5 | 6 => (10, 10),
        _ => (140, 290),
    };
    for orientation in 1..=8 {
        let bytes = from_a_camera(orientation);
        let pdf = page_with(bytes);
        let page = seen(&pdf, 1);
        let (width, height) = if orientation < 5 { (300, 150) } else { (150, 300) };
        let (x, y) = red(orientation);
        assert!(near(colour_at(&page, x, y), RED), "{orientation}");
        assert!(near(colour_at(&page, width - x, height - y), BLUE), "{orientation}");
        assert!(near(colour_at(&page, width + 4, 4), [255; 3]), "{orientation}");
        assert!(near(colour_at(&page, 4, height + 4), [255; 3]), "{orientation}");
    }
}

#[test]
fn colours_of_another_space_are_seen_as_they_were_meant() {
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let plain = file(&RgbImage::from_pixel(200, 100, Rgb([200, 100, 60])).into(), ImageFormat::Jpeg);
    let marked = segment(0xe2, &[b"ICC_PROFILE\0\x01\x01".as_slice(), &profile].concat());
    let seen_as = |bytes: Vec<u8>| colour_at(&seen(&page_with(bytes), 1), 20, 20);
    let (own, meant) = (seen_as(plain.clone()), seen_as([&plain[..2], &marked, &plain[2..]].concat()));
    // The same numbers mean a stronger red on a telephone.
    assert!(own[0].abs_diff(200) < 4 && meant[0] > 206 && meant[1] < 100, "{own:?} {meant:?}");
    let pdf = page_with([&plain[..2], &marked, &plain[2..]].concat());
    assert!(!holds(&everything_in(&pdf), "Display P3"));
}

#[test]
fn an_original_that_goes_along_loses_its_place_and_nothing_else() {
    let plain = file(&two_colours(400, 200), ImageFormat::Jpeg);
    let property = format!(
        "<x:xmpmeta><rdf:D exif:GPSLatitude=\"{SECRET}\" dc:title=\"Kept\"><exif:GPSAltitude>{SECRET}</exif:GPSAltitude></rdf:D></x:xmpmeta>"
    );
    let around = [
        segment(0xe1, &[b"Exif\0\0".as_slice(), &exif(6)].concat()),
        segment(0xe1, [b"http://ns.adobe.com/xap/1.0/\0", property.as_bytes()].concat().as_slice()),
        segment(0xfe, b"A comment"),
    ];
    let camera = [&plain[..2], &around.concat(), &plain[2..]].concat();
    let without = portfolio::without_place(&camera).unwrap();
    assert!(holds(&camera, SECRET) && !holds(&without, SECRET) && without.len() == camera.len());
    assert!(holds(&without, "Kept") && holds(&without, "A comment"));
    // It is still to be held upright.
    let turned = seen(&page_with(without.clone()), 1);
    assert_eq!(turned, seen(&page_with(camera), 1));
    assert_eq!(portfolio::without_place(&without), None, "there is nothing left to take out");
    let scanner = from_a_scanner();
    let without = portfolio::without_place(&scanner).unwrap();
    assert_eq!(String::from_utf8_lossy(&without).matches(SECRET).count(), 1, "what was commented stays");
    assert_eq!(image::load_from_memory(&without).unwrap(), image::load_from_memory(&scanner).unwrap());
    let telephone =
        [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x06Exif\0\0".as_slice(), &exif(1), b"II*\0MM\0*"].concat();
    let without = portfolio::without_place(&telephone).unwrap();
    assert!(!holds(&without, SECRET) && without.len() == telephone.len());
    for untouched in [plain, format!("A text :GPSLatitude=\"{SECRET}\"").into_bytes()] {
        assert_eq!(portfolio::without_place(&untouched), None);
    }
}
