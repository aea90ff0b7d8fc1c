//! The file as bytes. Small objects go into packs, which are compressed on a thread of their own while the next ones are
//! written; so a long portfolio's structure is never in memory as a whole.

use std::io::Write as _;
use std::sync::mpsc::{Receiver, Sender};

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, Stream, dictionary};

use crate::pdf::beat::Pace;
use crate::pdf::compressed;

/// Where an object is.
#[derive(Debug, Clone, Copy, Default)]
enum Entry {
    #[default]
    Nowhere,
    At(usize),
    In(u32, usize),
}

/// How many objects make a pack.
const PACK: usize = 200;

/// Objects one after another, before and after they are compressed.
#[derive(Debug, Default)]
pub(super) struct Pack {
    id: u32,
    bytes: Vec<u8>,
    /// Number of each object, and where it begins.
    index: Vec<(u32, usize)>,
    /// What stands before the first object.
    head: usize,
}

/// A file being written.
pub(super) struct File {
    bytes: Vec<u8>,
    entries: Vec<Entry>,
    pack: Pack,
    packer: Sender<Pack>,
}

impl File {
    /// Begins a file; full packs go to `packer`.
    pub(super) fn new(packer: Sender<Pack>) -> Self {
        // Bytes beyond ASCII tell everyone that this is not text.
        let bytes = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
        Self { bytes, entries: vec![Entry::Nowhere], pack: Pack::default(), packer }
    }

    /// A number for an object that will be put later.
    pub(super) fn id(&mut self) -> ObjectId {
        self.entries.push(Entry::Nowhere);
        (self.entries.len() as u32 - 1, 0)
    }

    /// Puts an object.
    pub(super) fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        let id = self.id();
        self.put(id, &object.into());
        id
    }

    /// Puts an object that has a number already.
    pub(super) fn put(&mut self, id: ObjectId, object: &Object) {
        if let Object::Stream(stream) = object {
            self.put_stream(id, stream);
        } else {
            self.put_with(id, |out| write(out, object));
        }
    }

    /// Puts an object that writes itself.
    pub(super) fn put_with(&mut self, id: ObjectId, write: impl FnOnce(&mut Vec<u8>)) {
        self.pack.index.push((id.0, self.pack.bytes.len()));
        write(&mut self.pack.bytes);
        self.pack.bytes.push(b'\n');
        if self.pack.index.len() >= PACK {
            self.close_pack();
        }
    }

    fn close_pack(&mut self) {
        let id = self.id().0;
        let pack = std::mem::take(&mut self.pack);
        for (place, (number, _)) in pack.index.iter().enumerate() {
            self.entries[*number as usize] = Entry::In(id, place);
        }
        // The packer lives as long as the file.
        let _ = self.packer.send(Pack { id, ..pack });
    }

    /// Puts a stream, compressed unless it must not or cannot be.
    pub(super) fn put_stream(&mut self, id: ObjectId, stream: &Stream) {
        let mut dictionary = stream.dict.clone();
        let smaller = (stream.allows_compression && !dictionary.has(b"Filter"))
            .then(|| compressed(&stream.content))
            .filter(|smaller| smaller.len() < stream.content.len());
        if smaller.is_some() {
            dictionary.set("Filter", "FlateDecode");
        }
        self.put_bytes(id, &mut dictionary, smaller.as_deref().unwrap_or(&stream.content));
    }

    fn put_bytes(&mut self, (number, _): ObjectId, dictionary: &mut Dictionary, content: &[u8]) {
        dictionary.set("Length", content.len() as i64);
        self.entries[number as usize] = Entry::At(self.bytes.len());
        // Writing to memory does not fail.
        let _ = writeln!(self.bytes, "{number} 0 obj");
        write_dictionary(&mut self.bytes, dictionary);
        self.bytes.extend(b"stream\r\n");
        self.bytes.extend(content);
        // Both characters: were it only the second, a stream that ends with the first would seem to be one shorter.
        self.bytes.extend(b"\r\nendstream\nendobj\n");
    }

    /// Takes over an object of another file with everything that it refers to.
    pub(super) fn adopt(&mut self, pdf: &mut Pdf, id: ObjectId) -> ObjectId {
        let Some(mut object) = pdf.objects.remove(&id) else { return id };
        self.adopt_within(pdf, &mut object);
        self.add(object)
    }

    fn adopt_within(&mut self, pdf: &mut Pdf, object: &mut Object) {
        match object {
            Object::Reference(id) => *id = self.adopt(pdf, *id),
            Object::Array(items) => items.iter_mut().for_each(|item| self.adopt_within(pdf, item)),
            Object::Dictionary(dictionary) => {
                dictionary.iter_mut().for_each(|(_, value)| self.adopt_within(pdf, value));
            }
            Object::Stream(stream) => stream.dict.iter_mut().for_each(|(_, value)| self.adopt_within(pdf, value)),
            _ => {}
        }
    }

    /// Closes what is open, so that the packer can end.
    pub(super) fn close(mut self) -> Closed {
        if !self.pack.index.is_empty() {
            self.close_pack();
        }
        Closed(self.bytes, self.entries)
    }
}

/// Compresses packs until there are no more, or the work was stopped.
pub(super) fn packer(packs: &Receiver<Pack>, pace: &Pace) -> Vec<Pack> {
    let squeeze = |mut pack: Pack| {
        let mut all = Vec::with_capacity(pack.bytes.len() + pack.index.len() * 12);
        for (number, at) in &pack.index {
            let _ = write!(all, "{number} {at} ");
        }
        pack.head = all.len();
        all.append(&mut pack.bytes);
        pack.bytes = compressed(&all);
        pack
    };
    packs.iter().take_while(|_| !pace.stopped()).map(squeeze).collect()
}

/// A file to which only its packs and its table of contents are missing.
pub(super) struct Closed(Vec<u8>, Vec<Entry>);

impl Closed {
    /// The whole file. Its identity is made from what is in it, so that the same portfolio is the same file.
    pub(super) fn end(self, packs: Vec<Pack>, catalog: ObjectId, info: ObjectId) -> Vec<u8> {
        let Self(bytes, entries) = self;
        let mut file = File { bytes, entries, pack: Pack::default(), packer: std::sync::mpsc::channel().0 };
        file.bytes.reserve(packs.iter().map(|pack| pack.bytes.len() + 120).sum());
        for pack in packs {
            let mut dictionary = dictionary! {
                "Type" => "ObjStm",
                "N" => pack.index.len() as i64,
                "First" => pack.head as i64,
                "Filter" => "FlateDecode",
            };
            file.put_bytes((pack.id, 0), &mut dictionary, &pack.bytes);
        }
        let table = file.id();
        let start = file.bytes.len();
        let mut rows = Vec::with_capacity(file.entries.len() * 7);
        for (number, entry) in file.entries.iter().enumerate() {
            let (kind, first, second) = match entry {
                _ if number == table.0 as usize => (1, start as u32, 0),
                Entry::Nowhere => (0, 0, 0xffff),
                Entry::At(at) => (1, *at as u32, 0),
                Entry::In(pack, place) => (2, *pack, *place as u16),
            };
            rows.push(kind);
            rows.extend(first.to_be_bytes());
            rows.extend(second.to_be_bytes());
        }
        let id = Object::string_literal(fingerprint(&file.bytes));
        let mut dictionary = dictionary! {
            "Type" => "XRef",
            "Size" => file.entries.len() as i64,
            "W" => vec![1.into(), 4.into(), 2.into()],
            "Root" => catalog,
            "Info" => info,
            "ID" => vec![id.clone(), id],
            "Filter" => "FlateDecode",
        };
        file.put_bytes(table, &mut dictionary, &compressed(&rows));
        let _ = write!(file.bytes, "startxref\n{start}\n%%EOF\n");
        file.bytes
    }
}

/// Sixteen bytes that differ when anything differs.
fn fingerprint(bytes: &[u8]) -> Vec<u8> {
    let mut lanes = [0xcbf2_9ce4_8422_2325_u64, 0x8422_2325_cbf2_9ce4];
    for byte in bytes {
        for (lane, state) in lanes.iter_mut().enumerate() {
            *state = (*state ^ (u64::from(*byte) + lane as u64)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    lanes.iter().flat_map(|lane| lane.to_be_bytes()).collect()
}

pub(super) fn write(out: &mut Vec<u8>, object: &Object) {
    // Writing to memory does not fail.
    let _ = match object {
        Object::Null => out.write_all(b"null"),
        Object::Boolean(value) => write!(out, "{value}"),
        Object::Integer(value) => write!(out, "{value}"),
        Object::Real(value) => write!(out, "{value}"),
        Object::Name(name) => {
            write_name(out, name);
            Ok(())
        }
        Object::String(bytes, _) => {
            write_string(out, bytes);
            Ok(())
        }
        Object::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                write(out, item);
            }
            out.push(b']');
            Ok(())
        }
        Object::Dictionary(dictionary) => {
            write_dictionary(out, dictionary);
            Ok(())
        }
        Object::Reference((number, generation)) => write!(out, "{number} {generation} R"),
        // Streams are never inside anything.
        Object::Stream(_) => out.write_all(b"null"),
    };
}

fn write_dictionary(out: &mut Vec<u8>, dictionary: &Dictionary) {
    out.extend(b"<<");
    for (key, value) in dictionary {
        write_name(out, key);
        if matches!(
            value,
            Object::Null | Object::Boolean(_) | Object::Integer(_) | Object::Real(_) | Object::Reference(_)
        ) {
            out.push(b' ');
        }
        write(out, value);
    }
    out.extend(b">>");
}

fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            let _ = write!(out, "#{byte:02X}");
        }
    }
}

fn write_string(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'(');
    for byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => out.extend([b'\\', *byte]),
            b'\r' => out.extend(b"\\r"),
            _ => out.push(*byte),
        }
    }
    out.push(b')');
}
