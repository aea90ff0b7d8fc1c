//! Files that cannot be shown, by accident or by intent, are refused with a word that helps.

use std::io::Cursor;
use std::ops::ControlFlow;

use image::ImageFormat;
use page_validation::ValidationProfile;
use portfolio::document::Block;
use portfolio::{On, Reason};
use proptest::prelude::*;

use super::camera::{from_a_camera, segment};
use super::support::{broken, document, made, read};
use super::{file, photo, two_colours};

fn refused(bytes: &[u8]) -> Reason {
    read("scan.jpg", bytes.to_vec()).unwrap_err()
}

#[test]
fn what_cannot_be_shown_is_refused_with_a_reason() {
    let png = file(&two_colours(400, 200), ImageFormat::Png);
    let jpeg = file(&photo(400, 200), ImageFormat::Jpeg);
    let webp = file(&two_colours(400, 200), ImageFormat::WebP);
    for whole in [&png, &jpeg, &webp] {
        for cut in [whole.len() / 2, whole.len() - 14] {
            assert_eq!(refused(&whole[..cut]), Reason::Damaged);
        }
    }
    // A camera's file keeps a small picture with an end of its own before the large one.
    let preview = segment(0xe1, &[b"Exif\0\0MM", jpeg.as_slice()].concat());
    assert_eq!(refused(&[&jpeg[..2], &preview, &jpeg[2..jpeg.len() / 2]].concat()), Reason::Damaged);
    assert_eq!(refused(b""), Reason::Empty);
    assert_eq!(refused(b"PK\x03\x04 a letter"), Reason::NoPages);
    assert_eq!(refused(b"plain words"), Reason::NoPages);
    let heic = read("IMG_1.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec()).unwrap_err();
    assert_eq!(heic.to_string(), "is a HEIC picture, which cannot be shown here");
    assert_eq!(heic.advice(), Some("Save it as JPEG and attach it again."));
    assert_eq!(refused(b"\0\0\0\x18ftypavif\0\0\0\0mif1avif"), Reason::Picture("AVIF"));
    assert_eq!(refused(b"GIF89a\x01\0\x01\0"), Reason::Picture("GIF"));
    assert_eq!(refused(&vec![0; 50 * 1024 * 1024 + 1]), Reason::TooLarge);
}

#[test]
fn a_small_file_that_promises_a_huge_picture_is_refused_at_once() {
    let mut png = file(&two_colours(4, 4), ImageFormat::Png);
    png[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    let mut sum = flate2::Crc::new();
    sum.update(&png[12..29]);
    png[29..33].copy_from_slice(&sum.sum().to_be_bytes());
    assert_eq!(refused(&png), Reason::TooManyPixels(0xffff, 0xffff));
    let mut jpeg = file(&two_colours(16, 16), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xf0, 0xff, 0xf0]);
    assert_eq!(refused(&jpeg), Reason::TooManyPixels(0xfff0, 0xfff0));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..Default::default() })]

    #[test]
    fn nothing_attached_is_more_than_shown_or_refused(
        which in 0..6_usize,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in prop::option::of(any::<prop::sample::Index>()),
        noise in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let image = two_colours(40, 20);
        let mut bytes = match which {
            0 => noise,
            1 => [b"\x89PNG\r\n\x1a\n".as_slice(), &noise].concat(),
            2 => file(&image, ImageFormat::Png),
            3 => file(&image, ImageFormat::WebP),
            4 => from_a_camera(6),
            _ => file(&image, ImageFormat::Jpeg),
        };
        for (place, value) in damage {
            if !bytes.is_empty() {
                let place = place.index(bytes.len());
                bytes[place] = value;
            }
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len() + 1));
        }
        if let Ok(figures) = read("attached", bytes) {
            let blocks = figures.into_iter().map(Block::Figure).collect();
            let (pdf, _) = made(&document(blocks));
            prop_assert_eq!(broken(&pdf, &[ValidationProfile::PdfA2a]), [""; 0]);
        }
    }
}

#[test]
fn reading_can_be_stopped() {
    let picture = image::GrayImage::from_fn(5_000, 5_000, |x, y| image::Luma([(x * y % 251) as u8]));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    let stopped = portfolio::shows(bytes.into_inner(), On::Paper, &mut || ControlFlow::Break(()));
    assert_eq!(stopped.unwrap_err(), Reason::Stopped);
}
