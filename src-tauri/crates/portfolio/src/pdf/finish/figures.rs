//! What figures show, as objects that pages draw: each once, however many pages draw it.

use std::collections::BTreeMap;

use lopdf::{Dictionary, ObjectId, Stream, dictionary};

use super::file::File;
use crate::document::Shows;
use crate::pdf::draw::Drawn;
use crate::pictures::{Coding, Picture};

/// Puts everything shown, and what each page may draw with.
pub(super) fn resources(file: &mut File, fonts: ObjectId, shown: &[Shows], drawn: &[Drawn]) -> Vec<ObjectId> {
    let plain = file.add(dictionary! { "Font" => fonts });
    let mut put: BTreeMap<usize, ObjectId> = BTreeMap::new();
    let mut out = Vec::with_capacity(drawn.len());
    for page in drawn {
        let mut objects = Dictionary::new();
        for number in &page.shown {
            let Some(shows) = shown.get(*number) else { continue };
            let id = *put.entry(*number).or_insert_with(|| match shows {
                Shows::Picture(picture) => put_picture(file, picture),
            });
            objects.set(format!("X{number}"), id);
        }
        out.push(if objects.is_empty() {
            plain
        } else {
            file.add(dictionary! { "Font" => fonts, "XObject" => objects })
        });
    }
    out
}

fn put_picture(file: &mut File, picture: &Picture) -> ObjectId {
    let (width, height) = (i64::from(picture.pixels.0), i64::from(picture.pixels.1));
    let mut dictionary = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => width,
        "Height" => height,
        "BitsPerComponent" => 8,
        "ColorSpace" => if picture.grey { "DeviceGray" } else { "DeviceRGB" },
    };
    let content = match picture.coding {
        Coding::Jpeg => {
            dictionary.set("Filter", "DCTDecode");
            picture.bytes.clone()
        }
        // Both formats compress rows of pixels in one and the same way.
        Coding::Png => {
            let colours = if picture.grey { 1 } else { 3 };
            dictionary.set("Filter", "FlateDecode");
            let rows = dictionary! {
                "Predictor" => 15, "Colors" => colours, "BitsPerComponent" => 8, "Columns" => width,
            };
            dictionary.set("DecodeParms", rows);
            pixels_of_png(&picture.bytes)
        }
    };
    file.add(Stream::new(dictionary, content))
}

/// The compressed pixels of a PNG: what stands in its chunks called `IDAT`.
fn pixels_of_png(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes.get(8..).unwrap_or_default();
    while let Some((&[a, b, c, d, ref kind @ ..], after)) = rest.split_first_chunk::<8>() {
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        if kind == b"IDAT" {
            out.extend(after.get(..length).unwrap_or_default());
        }
        // Past the content and its sum.
        rest = after.get(length + 4..).unwrap_or_default();
    }
    out
}
