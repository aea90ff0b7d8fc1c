//! What figures show, as objects that pages draw: each once, however many pages draw it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};

use super::file::File;
use crate::document::Shows;
use crate::foreign::ForeignPdf;
use crate::pdf::draw::Drawn;
use crate::pictures::{Coding, Picture};

/// Puts everything shown, and what each page may draw with.
pub(super) fn resources(file: &mut File, fonts: ObjectId, shown: &[Shows], drawn: &[Drawn]) -> Vec<ObjectId> {
    let plain = file.add(dictionary! { "Font" => fonts });
    let mut put: BTreeMap<usize, ObjectId> = BTreeMap::new();
    // What pages of one document share is put once.
    let mut taken: HashMap<*const ForeignPdf, HashMap<ObjectId, ObjectId>> = HashMap::new();
    let mut out = Vec::with_capacity(drawn.len());
    for page in drawn {
        let mut objects = Dictionary::new();
        for number in &page.shown {
            let Some(shows) = shown.get(*number) else { continue };
            let id = *put.entry(*number).or_insert_with(|| match shows {
                Shows::Picture(picture) => put_picture(file, picture),
                Shows::Page(foreign, page) => {
                    if let Some(picture) = foreign.pages.get(*page).and_then(|page| page.picture.as_deref()) {
                        return put_picture(file, picture);
                    }
                    let known = taken.entry(Arc::as_ptr(foreign)).or_default();
                    put_page(file, foreign, *page, known)
                }
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

/// Puts a page of another document with all it needs, but for what is in `known` already.
fn put_page(file: &mut File, foreign: &ForeignPdf, page: usize, known: &mut HashMap<ObjectId, ObjectId>) -> ObjectId {
    let mut waiting = Vec::new();
    let form = foreign.pages.get(page).map_or((0, 0), |page| page.form);
    let id = renumbered(form, file, known, &mut waiting);
    while let Some((from, to)) = waiting.pop() {
        let mut object = foreign.objects.get(&from).cloned().unwrap_or(Object::Null);
        renumber(&mut object, file, known, &mut waiting);
        file.put(to, &object);
    }
    id
}

fn renumbered(
    id: ObjectId,
    file: &mut File,
    known: &mut HashMap<ObjectId, ObjectId>,
    waiting: &mut Vec<(ObjectId, ObjectId)>,
) -> ObjectId {
    *known.entry(id).or_insert_with(|| {
        let own = file.id();
        waiting.push((id, own));
        own
    })
}

fn renumber(
    object: &mut Object,
    file: &mut File,
    known: &mut HashMap<ObjectId, ObjectId>,
    waiting: &mut Vec<(ObjectId, ObjectId)>,
) {
    match object {
        Object::Reference(id) => *id = renumbered(*id, file, known, waiting),
        Object::Array(items) => items.iter_mut().for_each(|item| renumber(item, file, known, waiting)),
        Object::Dictionary(dictionary) => {
            dictionary.iter_mut().for_each(|(_, value)| renumber(value, file, known, waiting));
        }
        Object::Stream(stream) => {
            stream.dict.iter_mut().for_each(|(_, value)| renumber(value, file, known, waiting));
        }
        _ => {}
    }
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
