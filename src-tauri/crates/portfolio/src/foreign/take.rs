//! Takes from a foreign file what drawing needs, and nothing else: no object that could do something, and none that tells
//! about anything but the page.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, Stream};

use super::content::scrub;
use super::flaws::{Flaw, Unseen};
use super::looks::Look;
use super::{LARGEST, resolve};
use crate::pictures;

/// Keys that drawing needs, in whatever dictionary. What is not here is left behind: actions, scripts, files, forms,
/// structure, layers, other versions of a picture, words about it.
const KEPT: &str = "Type Subtype FormType BBox Matrix Group S CS I K Width Height ColorSpace BitsPerComponent Intent ImageMask \
     Mask Decode SMask Matte SMaskInData Filter DecodeParms Columns Colors Predictor EarlyChange EndOfLine \
     EncodedByteAlign Rows EndOfBlock BlackIs1 DamagedRowsBeforeError JBIG2Globals ColorTransform BaseFont FirstChar \
     LastChar Widths FontDescriptor Encoding ToUnicode DescendantFonts CIDSystemInfo Registry Ordering Supplement DW W \
     DW2 W2 CIDToGIDMap FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading \
     CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth CharSet FontFile FontFile2 FontFile3 Length1 Length2 Length3 \
     BaseEncoding Differences FontMatrix UseCMap CMapName WMode LW LC LJ ML D RI op OP OPM Font FL SM SA BM CA ca AIS \
     TK G BC PatternType PaintType TilingType XStep YStep Shading ExtGState ShadingType Background AntiAlias Coords \
     Domain Function Extend BitsPerCoordinate BitsPerFlag VerticesPerRow FunctionType Range Size BitsPerSample Order \
     Encode C0 C1 N Functions Bounds WhitePoint BlackPoint Gamma Process Components";

/// What operators may call by a name of the page's own.
const BY_NAME: [&[u8]; 6] = [b"Font", b"XObject", b"ExtGState", b"ColorSpace", b"Pattern", b"Shading"];

/// What was taken so far.
pub(super) struct Take<'a> {
    pub(super) pdf: &'a Pdf,
    hidden: HashSet<ObjectId>,
    pub(super) objects: BTreeMap<ObjectId, Object>,
    pub(super) flaws: Vec<Flaw>,
    pub(super) unseen: BTreeSet<Unseen>,
    /// What was referred to and is not taken yet.
    waiting: Vec<ObjectId>,
    /// Which objects are the shapes of letters, drawn with operators.
    letters: HashSet<ObjectId>,
    /// Resources for forms that have none of their own and rely on the page's.
    page: Dictionary,
    next: u32,
    /// How many bytes may still be unpacked.
    pub(super) room: usize,
}

impl<'a> Take<'a> {
    /// `hidden` are the layers that are not shown.
    pub(super) fn new(pdf: &'a Pdf, hidden: HashSet<ObjectId>) -> Self {
        let next = pdf.objects.keys().map(|(number, _)| *number).max().unwrap_or(0);
        Self {
            pdf,
            hidden,
            objects: BTreeMap::new(),
            flaws: Vec::new(),
            unseen: BTreeSet::new(),
            waiting: Vec::new(),
            letters: HashSet::new(),
            page: Dictionary::new(),
            next,
            room: LARGEST,
        }
    }

    /// Takes a page's operators with all they need, as an object that can be drawn.
    pub(super) fn form(
        &mut self,
        mut dictionary: Dictionary,
        content: &[u8],
        resources: &Dictionary,
        looks: &[Look],
    ) -> ObjectId {
        self.page = self.resources(resources);
        let scrubbed = scrub(content, &self.hidden_names(resources));
        self.flaws.extend(scrubbed.flaws);
        // A page begins in black with a thin pen; as a form it would go on with ours.
        let mut content = [b"0 g 0 G 1 w\n".as_slice(), &scrubbed.bytes].concat();
        let mut resources = self.page.clone();
        if !looks.is_empty() {
            // Over the page, and not moved by what it did last.
            content = [b"q\n".as_slice(), &content, b"Q\n"].concat();
            let drawn = resources.get(b"XObject").and_then(Object::as_dict);
            let mut drawn = drawn.cloned().unwrap_or_default();
            for (number, Look { form, matrix: [a, b, c, d, e, f] }) in looks.iter().enumerate() {
                let (name, form) = (format!("Coachfolio{number}"), Object::Reference(*form));
                if self.is_drawn(&form) {
                    content.extend(format!("q {a} {b} {c} {d} {e} {f} cm /{name} Do Q\n").as_bytes());
                    drawn.set(name, self.value(&form));
                }
            }
            resources.set("XObject", drawn);
        }
        dictionary.set("Resources", resources);
        let id = self.add(Stream::new(dictionary, content).into());
        while let Some(id) = self.waiting.pop() {
            if !self.objects.contains_key(&id) {
                // In its place before it is read, as it may refer to itself.
                self.objects.insert(id, Object::Null);
                let pdf = self.pdf;
                match pdf.objects.get(&id) {
                    Some(object) => {
                        let object = self.object(object, id);
                        self.objects.insert(id, object);
                    }
                    None => drop(self.unseen.insert(Unseen::Part)),
                }
            }
        }
        id
    }

    fn add(&mut self, object: Object) -> ObjectId {
        self.next += 1;
        let id = (self.next, 0);
        self.objects.insert(id, object);
        id
    }

    fn object(&mut self, object: &Object, id: ObjectId) -> Object {
        match object {
            Object::Stream(stream) => self.stream(stream, id),
            other => self.value(other),
        }
    }

    fn value(&mut self, value: &Object) -> Object {
        match value {
            Object::Reference(id) => {
                self.waiting.push(*id);
                Object::Reference(*id)
            }
            Object::Array(items) => Object::Array(items.iter().map(|item| self.value(item)).collect()),
            Object::Dictionary(dictionary) => self.dictionary(dictionary).into(),
            Object::Stream(_) => Object::Null,
            other => other.clone(),
        }
    }

    /// A dictionary with the keys that drawing needs.
    pub(super) fn dictionary(&mut self, from: &Dictionary) -> Dictionary {
        let mut out = Dictionary::new();
        let pdf = self.pdf;
        for (key, value) in from {
            match key.as_slice() {
                b"Resources" => {
                    if let Object::Dictionary(resources) = resolve(value, &pdf.objects) {
                        out.set("Resources", self.resources(resources));
                    }
                }
                // Names of the file's own lead to what is wanted.
                b"CharProcs" | b"Colorants" => {
                    if let Object::Dictionary(named) = resolve(value, &pdf.objects) {
                        if key == b"CharProcs" {
                            self.letters.extend(named.iter().filter_map(|(_, letter)| letter.as_reference().ok()));
                        }
                        let named = named.iter().map(|(name, value)| (name.clone(), self.value(value)));
                        let named: Dictionary = named.collect();
                        out.set(key.clone(), named);
                    }
                }
                _ if KEPT.split(' ').any(|kept| kept.as_bytes() == key.as_slice()) => {
                    out.set(key.clone(), self.value(value));
                }
                _ => {}
            }
        }
        // The first of several ways to mix colours that a reader knows.
        if let Some(first) = from.get(b"BM").and_then(Object::as_array).ok().and_then(|modes| modes.first()) {
            out.set("BM", self.value(first));
        }
        if from.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"CIDFontType2")
            && !from.has(b"CIDToGIDMap")
        {
            out.set("CIDToGIDMap", "Identity");
        }
        out
    }

    fn resources(&mut self, from: &Dictionary) -> Dictionary {
        let mut out = Dictionary::new();
        let pdf = self.pdf;
        for kind in BY_NAME {
            let Some(Object::Dictionary(named)) = from.get(kind).ok().map(|value| resolve(value, &pdf.objects)) else {
                continue;
            };
            let mut taken = Dictionary::new();
            for (name, value) in named {
                if kind != b"XObject" || self.is_drawn(value) {
                    taken.set(name.clone(), self.value(value));
                } else if !matches!(resolve(value, &pdf.objects), Object::Stream(_)) {
                    self.unseen.insert(Unseen::Part);
                }
            }
            if !taken.is_empty() {
                out.set(kind, taken);
            }
        }
        out
    }

    /// Pictures and forms that are not in a hidden layer; an old kind is a program.
    fn is_drawn(&self, value: &Object) -> bool {
        let Object::Stream(stream) = resolve(value, &self.pdf.objects) else { return false };
        let drawn = matches!(stream.dict.get(b"Subtype").and_then(Object::as_name), Ok(b"Image" | b"Form"));
        drawn && !stream.dict.get(b"OC").is_ok_and(|layer| self.is_hidden(layer))
    }

    /// Whether a layer, or every layer of a group of them, is not shown.
    fn is_hidden(&self, layer: &Object) -> bool {
        if layer.as_reference().is_ok_and(|id| self.hidden.contains(&id)) {
            return true;
        }
        let Object::Dictionary(group) = resolve(layer, &self.pdf.objects) else { return false };
        match group.get(b"OCGs").map(|layers| resolve(layers, &self.pdf.objects)) {
            Ok(Object::Array(layers)) => {
                let hidden = |layer: &Object| layer.as_reference().is_ok_and(|id| self.hidden.contains(&id));
                !layers.is_empty() && layers.iter().all(hidden)
            }
            Ok(Object::Dictionary(_)) => {
                group.get(b"OCGs").and_then(Object::as_reference).is_ok_and(|id| self.hidden.contains(&id))
            }
            _ => false,
        }
    }

    /// By which names operators call layers that are not shown.
    fn hidden_names(&self, resources: &Dictionary) -> HashSet<Vec<u8>> {
        match resources.get(b"Properties").map(|named| resolve(named, &self.pdf.objects)) {
            Ok(Object::Dictionary(named)) => {
                named.iter().filter(|(_, layer)| self.is_hidden(layer)).map(|(name, _)| name.clone()).collect()
            }
            _ => HashSet::new(),
        }
    }

    fn stream(&mut self, stream: &Stream, id: ObjectId) -> Object {
        let mut dictionary = self.dictionary(&stream.dict);
        let form = dictionary.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form");
        let pattern = dictionary.get(b"PatternType").and_then(Object::as_i64).is_ok_and(|kind| kind == 1);
        let drawn = form || pattern || self.letters.contains(&id);
        let lzw = stream.filters().is_ok_and(|filters| filters.contains(&b"LZWDecode".as_slice()));
        let plain = if drawn || lzw { super::plain(stream, &mut self.room, &self.pdf.objects) } else { None };
        let content = match plain {
            Some(plain) => {
                dictionary.remove(b"Filter");
                dictionary.remove(b"DecodeParms");
                if drawn {
                    if form && !dictionary.has(b"Resources") {
                        dictionary.set("Resources", self.page.clone());
                    }
                    let own = stream.dict.get(b"Resources").map(|own| resolve(own, &self.pdf.objects));
                    let names = match own {
                        Ok(Object::Dictionary(own)) => self.hidden_names(own),
                        _ => HashSet::new(),
                    };
                    let scrubbed = scrub(&plain, &names);
                    self.flaws.extend(scrubbed.flaws);
                    scrubbed.bytes
                } else {
                    plain
                }
            }
            // What cannot be unpacked is drawn as it is, if a reader can.
            None => {
                self.flaws.extend(drawn.then_some(Flaw::Packing));
                let photo = stream.filters().is_ok_and(|filters| filters == [b"DCTDecode".as_slice()]);
                if photo { pictures::without_words(&stream.content) } else { stream.content.clone() }
            }
        };
        Stream::new(dictionary, content).into()
    }
}
