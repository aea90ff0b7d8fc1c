//! Somebody else's PDF, page by page: what drawing needs is taken out of it and everything else left behind.

mod content;
mod dress;
mod fields;
mod flaws;
mod looks;
mod mend;
mod raster;
mod take;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use lopdf::{Dictionary, Document as Pdf, Error, LoadOptions, Object, ObjectId, Stream, dictionary};

pub use flaws::{Flaw, Unseen};

use crate::pictures::Picture;
use crate::refusal::Reason;
use take::Take;

/// The pages of somebody else's document.
#[derive(Debug, Clone, PartialEq)]
pub struct ForeignPdf {
    /// What the pages are drawn with, under the numbers of the file they come from.
    pub(crate) objects: BTreeMap<ObjectId, Object>,
    pub(crate) pages: Vec<ForeignPage>,
    /// What an archive would not take.
    pub flaws: BTreeSet<Flaw>,
    /// What of it is not to be seen although it belongs to it.
    pub unseen: BTreeSet<Unseen>,
}

/// A page of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ForeignPage {
    /// As it stands upright, in points.
    pub(crate) size: (f32, f32),
    /// The object that draws it, into a square whose sides are 1.
    pub(crate) form: ObjectId,
    /// Its words, if they can be read.
    pub(crate) words: Option<String>,
    /// What it looks like, where that was asked for.
    pub(crate) picture: Option<Arc<Picture>>,
}

/// More pages than this are a book, not a certificate or a letter.
const MOST_PAGES: usize = 40;
/// What a file may take unpacked.
const LARGEST: usize = 256 * 1024 * 1024;
/// What one of its parts may take unpacked.
const LARGE: usize = 64 * 1024 * 1024;
/// More notes and fields than this do not stand on a page that anyone reads.
const MOST_MARKS: usize = 2_000;
/// What the words of one may take unpacked.
const MOST_OF_A_FIELD: usize = 1024 * 1024;
/// As many letters as anyone wants to read beside a page.
const MOST_WORDS: usize = 10_000;
/// A page of a PDF is never smaller or larger than this.
const SIDES: std::ops::RangeInclusive<f32> = 3.0..=14_400.0;

/// Whether it is a PDF; there may be a little in front.
pub(crate) fn is_pdf(bytes: &[u8]) -> bool {
    bytes.get(..bytes.len().min(1024)).unwrap_or_default().windows(5).any(|window| window == b"%PDF-")
}

impl ForeignPdf {
    /// The same with a picture of every page.
    pub(crate) fn in_pictures(mut self) -> Self {
        raster::draw(&mut self);
        self
    }

    /// What a screen reader could not use becomes pictures, so that the words beside them are all there is to hear; it stays
    /// as it is where a page cannot be drawn.
    pub(crate) fn for_everyone(self) -> Self {
        if !self.flaws.iter().any(Flaw::is_barrier) {
            return self;
        }
        let mut pdf = self.in_pictures();
        if pdf.pages.iter().all(|page| page.picture.is_some()) {
            pdf.flaws.clear();
            pdf.objects.clear();
        } else {
            pdf.pages.iter_mut().for_each(|page| page.picture = None);
            pdf.unseen.remove(&Unseen::Page);
        }
        pdf
    }

    /// Whether nothing but pictures is left of it.
    pub(crate) fn is_pictures(&self) -> bool {
        self.objects.is_empty()
    }
}

/// Reads a PDF. Where it is damaged, or something in it is not where the file says, what can be found by looking through it
/// counts.
pub(crate) fn read(bytes: &[u8]) -> Result<ForeignPdf, Reason> {
    let said = taken(opened(bytes));
    let lacks = match &said {
        Ok(pdf) => pdf.unseen.contains(&Unseen::Part),
        Err(reason) => *reason == Reason::Damaged,
    };
    if !lacks {
        return said;
    }
    match taken(mend::opened_by_looking(bytes)) {
        Ok(found) if said.is_err() || !found.unseen.contains(&Unseen::Part) => Ok(found),
        _ => said,
    }
}

fn opened(bytes: &[u8]) -> Result<Pdf, Error> {
    Pdf::load_mem_with_options(bytes, LoadOptions::with_max_decompressed_size(LARGE))
}

fn taken(pdf: Result<Pdf, Error>) -> Result<ForeignPdf, Reason> {
    let mut pdf = pdf.map_err(|error| match error {
        Error::InvalidPassword | Error::Decryption(_) => Reason::Locked,
        _ => Reason::Damaged,
    })?;
    // What is locked has neither pages nor errors.
    if pdf.is_encrypted() {
        return Err(Reason::Locked);
    }
    let leaves = leaves(&pdf)?;
    let marks = leaves.iter().filter_map(|leaf| resolve(leaf.get(b"Annots").ok()?, &pdf.objects).as_array().ok());
    let marks: Vec<ObjectId> = marks.flatten().filter_map(|mark| mark.as_reference().ok()).collect();
    let lacking = dress::dress(&mut pdf, &marks);
    let mut take = Take::new(&pdf, hidden_layers(&pdf));
    let mut pages = Vec::with_capacity(leaves.len());
    for (number, leaf) in (1_u32..).zip(&leaves) {
        pages.push(page(&pdf, &mut take, leaf, number)?);
    }
    let mut flaws = flaws::of(&take.objects);
    flaws.extend(take.flaws);
    flaws.extend((!says_for_keeping(&pdf)).then_some(Flaw::Unsaid));
    let mut unseen = take.unseen;
    unseen.extend((!lacking.is_empty()).then_some(Unseen::Letters(lacking)));
    Ok(ForeignPdf { objects: take.objects, pages, flaws, unseen })
}

/// The object that a value is or refers to.
fn resolve<'a>(value: &'a Object, objects: &'a BTreeMap<ObjectId, Object>) -> &'a Object {
    let mut value = value;
    // Only a loop goes further than this.
    for _ in 0..16 {
        match value {
            Object::Reference(id) => value = objects.get(id).unwrap_or(&Object::Null),
            _ => return value,
        }
    }
    &Object::Null
}

/// Whether the file says that it is made for archiving. What cannot be seen without drawing it, such as the widths of
/// letters, is then believed.
fn says_for_keeping(pdf: &Pdf) -> bool {
    let metadata = pdf.catalog().and_then(|catalog| catalog.get(b"Metadata"));
    let Ok(Object::Stream(metadata)) = metadata.map(|metadata| resolve(metadata, &pdf.objects)) else { return false };
    let text = metadata.get_plain_content_with_limit(LARGE).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let part = text.split("pdfaid:part").nth(1).and_then(|after| after.chars().find(char::is_ascii_digit));
    // The fourth part allows more than ours.
    matches!(part, Some('1'..='3'))
}

/// What a page takes over from the branch it hangs on.
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];

/// Every page, with what it inherits.
fn leaves(pdf: &Pdf) -> Result<Vec<Dictionary>, Reason> {
    let root = pdf.catalog().and_then(|catalog| catalog.get(b"Pages")).and_then(Object::as_reference);
    let root = root.map_err(|_| Reason::Damaged)?;
    let mut seen = HashSet::new();
    let mut branches = vec![(root, Dictionary::new())];
    let mut out = Vec::new();
    while let Some((id, above)) = branches.pop() {
        if !seen.insert(id) {
            continue;
        }
        let Ok(own) = pdf.get_dictionary(id) else { continue };
        let mut merged = above;
        INHERITED.iter().filter_map(|key| Some((*key, own.get(key).ok()?))).for_each(|(key, value)| {
            merged.set(key, value.clone());
        });
        match own.get(b"Kids").map(|kids| resolve(kids, &pdf.objects)) {
            Ok(Object::Array(kids)) => {
                let kids = kids.iter().rev().filter_map(|kid| kid.as_reference().ok());
                branches.extend(kids.map(|kid| (kid, merged.clone())));
            }
            _ => {
                for key in [b"Contents".as_slice(), b"Group", b"Annots"] {
                    if let Ok(value) = own.get(key) {
                        merged.set(key, value.clone());
                    }
                }
                out.push(merged);
            }
        }
        if branches.len() > 100_000 {
            return Err(Reason::TooLarge);
        }
    }
    match out.len() {
        0 => Err(Reason::Damaged),
        many if many > MOST_PAGES => Err(Reason::TooManyPages(many, MOST_PAGES)),
        _ => Ok(out),
    }
}

fn page(pdf: &Pdf, take: &mut Take<'_>, leaf: &Dictionary, number: u32) -> Result<ForeignPage, Reason> {
    let get = |key: &[u8]| leaf.get(key).map_or(&Object::Null, |value| resolve(value, &pdf.objects));
    let [left, bottom, right, top] = crop(pdf, get(b"MediaBox"), get(b"CropBox"));
    let (width, height) = (right - left, top - bottom);
    let quarters = get(b"Rotate").as_float().map_or(0, |degrees| (degrees / 90.0).round() as i64).rem_euclid(4);
    // From the page as it is written to a square of side 1, upright.
    let (x, y) = (1.0 / width, 1.0 / height);
    let matrix = match quarters {
        0 => [x, 0.0, 0.0, y, -left * x, -bottom * y],
        1 => [0.0, -x, y, 0.0, -bottom * y, right * x],
        2 => [-x, 0.0, 0.0, -y, right * x, top * y],
        _ => [0.0, x, -y, 0.0, top * y, -left * x],
    };
    let numbers = |numbers: &[f32]| numbers.iter().map(|number| (*number).into()).collect::<Vec<Object>>();
    let mut form = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => numbers(&[left, bottom, right, top]),
        "Matrix" => numbers(&matrix),
    };
    if let Object::Dictionary(group) = get(b"Group") {
        form.set("Group", take.dictionary(group));
    }
    let empty = Dictionary::new();
    let resources = if let Object::Dictionary(resources) = get(b"Resources") { resources } else { &empty };
    let content = contents(take, leaf.get(b"Contents").unwrap_or(&Object::Null))?;
    let (looks, undrawn) = looks::of(pdf, get(b"Annots"));
    take.unseen.extend(undrawn.into_iter().map(Unseen::Mark));
    let form = take.form(form, &content, resources, &looks);
    let words = pdf.extract_text_with_limit(&[number], LARGE).ok().filter(|text| is_readable(text));
    // What was filled in is read where what is printed is.
    let words = words.into_iter().chain(fields::words(pdf, get(b"Annots"))).collect::<Vec<_>>().join(" ");
    let words = Some(on_one_line(&words)).filter(|words| !words.is_empty());
    let size = if quarters % 2 == 0 { (width, height) } else { (height, width) };
    Ok(ForeignPage { size, form, words, picture: None })
}

/// What of the page is seen.
fn crop(pdf: &Pdf, media: &Object, crop: &Object) -> [f32; 4] {
    let sides = |area: &Object| -> Option<[f32; 4]> {
        let sides = area.as_array().ok()?.iter().map(|side| resolve(side, &pdf.objects).as_float());
        let [a, b, c, d] = <[f32; 4]>::try_from(sides.collect::<Result<Vec<_>, _>>().ok()?).ok()?;
        let area = [a.min(c), b.min(d), a.max(c), b.max(d)];
        (SIDES.contains(&(area[2] - area[0])) && SIDES.contains(&(area[3] - area[1]))).then_some(area)
    };
    // Without a size, paper as it is in America.
    let media = sides(media).unwrap_or([0.0, 0.0, 612.0, 792.0]);
    let Some(crop) = sides(crop) else { return media };
    let both = [crop[0].max(media[0]), crop[1].max(media[1]), crop[2].min(media[2]), crop[3].min(media[3])];
    if both[2] - both[0] >= *SIDES.start() && both[3] - both[1] >= *SIDES.start() { both } else { media }
}

/// All operators of a page.
fn contents(take: &mut Take<'_>, contents: &Object) -> Result<Vec<u8>, Reason> {
    let objects = &take.pdf.objects;
    let streams = match resolve(contents, objects) {
        Object::Array(streams) => streams.as_slice(),
        _ => std::slice::from_ref(contents),
    };
    let mut out = Vec::new();
    for stream in streams {
        match resolve(stream, objects) {
            Object::Stream(stream) => {
                let plain = plain(stream, &mut take.room, objects);
                // The end of one is a space before the next.
                out.extend(plain.ok_or(if take.room == 0 { Reason::TooLarge } else { Reason::Damaged })?);
                out.push(b'\n');
            }
            _ => take.unseen.extend((!stream.is_null()).then_some(Unseen::Part)),
        }
    }
    Ok(out)
}

/// A stream unpacked, if that is known how. What it takes is taken from `room`, which becomes nothing where it would be
/// too much.
fn plain(stream: &Stream, room: &mut usize, objects: &BTreeMap<ObjectId, Object>) -> Option<Vec<u8>> {
    let mut stream = stream.clone();
    // Values may stand elsewhere, and one filter's parameters in a list of one.
    for key in [b"Filter".as_slice(), b"DecodeParms"] {
        if let Ok(value) = stream.dict.get(key) {
            let value = match resolve(value, objects) {
                Object::Array(items) => match items.as_slice() {
                    [] => Object::Null,
                    [one] => resolve(one, objects).clone(),
                    _ if key == b"DecodeParms" => return None,
                    _ => Object::Array(items.iter().map(|item| resolve(item, objects).clone()).collect()),
                },
                other => other.clone(),
            };
            if value.is_null() {
                stream.dict.remove(key);
            } else {
                stream.dict.set(key, value);
            }
        }
    }
    match stream.get_plain_content_with_limit(LARGE.min(*room)) {
        Ok(plain) => {
            *room -= plain.len();
            Some(plain)
        }
        Err(Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
            *room = 0;
            None
        }
        Err(_) => None,
    }
}

/// The layers that are not shown when the file is opened.
fn hidden_layers(pdf: &Pdf) -> HashSet<ObjectId> {
    let get = |from: &Dictionary, key: &[u8]| from.get(key).map(|value| resolve(value, &pdf.objects).clone());
    let Some(Object::Dictionary(layers)) = pdf.catalog().ok().and_then(|catalog| get(catalog, b"OCProperties").ok())
    else {
        return HashSet::new();
    };
    let Ok(Object::Dictionary(view)) = get(&layers, b"D") else { return HashSet::new() };
    let ids = |from: &Dictionary, key: &[u8]| match get(from, key) {
        Ok(Object::Array(items)) => items.iter().filter_map(|item| item.as_reference().ok()).collect(),
        _ => HashSet::new(),
    };
    let all_off = matches!(get(&view, b"BaseState"), Ok(Object::Name(state)) if state == b"OFF");
    let mut hidden: HashSet<ObjectId> = if all_off { ids(&layers, b"OCGs") } else { HashSet::new() };
    let shown: HashSet<ObjectId> = ids(&view, b"ON");
    hidden.retain(|layer| !shown.contains(layer));
    hidden.extend::<HashSet<ObjectId>>(ids(&view, b"OFF"));
    hidden
}

/// Whether what was read of a page are words.
fn is_readable(text: &str) -> bool {
    let all = text.chars().filter(|c| !c.is_whitespace()).count();
    let good = text.chars().filter(|c| c.is_alphanumeric() || c.is_ascii_punctuation()).count();
    all >= 4 && good * 10 >= all * 9 && !text.contains("Unimplemented?")
}

/// As many of the words as anyone wants to hear.
fn on_one_line(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if out.len() + word.len() > MOST_WORDS {
            out.push('…');
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
