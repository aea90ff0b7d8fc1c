//! A file whose table of contents is missing or wrong: its objects are looked for one by one, as poppler does, and written
//! into a file with a right table. What is found twice counts as it stands last.

use std::collections::BTreeMap;

use lopdf::{Document as Pdf, Error, Object, ObjectId, ObjectStream};

use super::{LARGE, LARGEST, opened};

/// More objects than this are no letter.
const MOST: usize = 1_000_000;

/// Where an object stands in the file, from its number to where the next begins at the latest.
struct Found {
    id: ObjectId,
    start: usize,
    /// Past the word `obj`.
    body: usize,
    end: usize,
    /// Where its data begin and end, if it is a stream.
    data: Option<(usize, usize)>,
}

/// Reads what can be found in a file by looking through it.
pub(super) fn opened_by_looking(bytes: &[u8]) -> Result<Pdf, Error> {
    let found = objects(bytes);
    let last: BTreeMap<u32, &Found> = found.iter().map(|one| (one.id.0, one)).collect();
    let mut pdf = opened(&written_anew(bytes, &found, &last))?;
    // Objects within objects: here too, what stands later in the file counts.
    let mut places: BTreeMap<u32, usize> = last.iter().map(|(number, one)| (*number, one.start)).collect();
    let mut in_order: Vec<&Found> = last.into_values().collect();
    in_order.sort_unstable_by_key(|one| one.start);
    let mut room = LARGEST;
    for one in in_order {
        let within = match pdf.objects.get(&one.id) {
            Some(Object::Stream(stream)) if stream.dict.has_type(b"ObjStm") => {
                let mut stream = stream.clone();
                let within = ObjectStream::new_with_limit(&mut stream, Some(LARGE.min(room)));
                room = room.saturating_sub(stream.content.len());
                within
            }
            _ => continue,
        };
        for (id, object) in within.into_iter().flat_map(|within| within.objects) {
            if places.get(&id.0).is_none_or(|start| *start <= one.start) {
                places.insert(id.0, one.start);
                pdf.objects.insert(id, object);
            }
        }
    }
    Ok(pdf)
}

/// Every object that begins outside of another's data, in order.
fn objects(bytes: &[u8]) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let (mut streams, mut ends) = (Next::of(bytes, b"stream"), Next::of(bytes, b"endstream"));
    let mut words = Next::of(bytes, b"obj");
    let mut from = 0;
    while let Some(word) = words.from(from) {
        from = word + 3;
        let Some((id, start)) = numbered(bytes, word) else { continue };
        if out.len() == MOST {
            break;
        }
        if let Some(before) = out.last_mut() {
            before.end = before.end.min(start);
        }
        let mut one = Found { id, start, body: from, end: bytes.len(), data: None };
        let end = words.from(from).unwrap_or(bytes.len());
        if let Some(stream) = streams.from(from).filter(|stream| *stream < end)
            && bytes[from..stream].trim_ascii_end().ends_with(b">>")
        {
            let begin = stream + 6 + line_end(&bytes[stream + 6..]);
            let told = length(&bytes[from..stream]).and_then(|length| begin.checked_add(length));
            let told = told
                .filter(|end| bytes.get(*end..).is_some_and(|rest| rest[line_end(rest)..].starts_with(b"endstream")));
            let stop = told.or_else(|| ends.from(begin)).unwrap_or(bytes.len());
            // The end of a line before the word does not belong to the data.
            let data = &bytes[begin..stop];
            let short = data.strip_suffix(b"\n").map_or(data, |data| data.strip_suffix(b"\r").unwrap_or(data));
            let length = if told.is_some() { data.len() } else { short.len() };
            one.data = Some((begin, begin + length));
            one.end = stop;
            from = stop;
        }
        out.push(one);
    }
    out
}

/// The places of a word, asked for in order.
struct Next<'a> {
    bytes: &'a [u8],
    word: &'static [u8],
    known: Option<usize>,
    looked: usize,
}

impl<'a> Next<'a> {
    fn of(bytes: &'a [u8], word: &'static [u8]) -> Self {
        Self { bytes, word, known: None, looked: 0 }
    }

    /// The first from here on. Nothing is looked through twice.
    fn from(&mut self, at: usize) -> Option<usize> {
        if self.known.is_some_and(|known| known >= at) {
            return self.known;
        }
        let begin = self.looked.max(at);
        let rest = self.bytes.get(begin..).unwrap_or_default();
        self.known = rest.windows(self.word.len()).position(|window| window == self.word).map(|place| begin + place);
        self.looked = self.known.map_or(self.bytes.len(), |known| known + 1);
        self.known
    }
}

/// The number and generation that stand before the word `obj`, and where they begin.
fn numbered(bytes: &[u8], word: usize) -> Option<(ObjectId, usize)> {
    let before = bytes[..word].trim_ascii_end();
    let (rest, generation) = digits(before, 5)?;
    let spaced = rest.trim_ascii_end();
    let (rest, number) = digits(spaced, 10)?;
    let apart = spaced.len() < before.len() - generation.len() && !rest.last().is_some_and(u8::is_ascii_alphanumeric);
    let id = (read(number)?, read(generation)?);
    apart.then_some((id, rest.len()))
}

fn read<N: std::str::FromStr>(digits: &[u8]) -> Option<N> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// Splits digits off the end.
fn digits(bytes: &[u8], most: usize) -> Option<(&[u8], &[u8])> {
    let count = bytes.iter().rev().take(most).take_while(|byte| byte.is_ascii_digit()).count();
    (count > 0).then(|| bytes.split_at(bytes.len() - count))
}

fn line_end(bytes: &[u8]) -> usize {
    match bytes {
        [b'\r', b'\n', ..] => 2,
        [b'\n' | b'\r', ..] => 1,
        _ => 0,
    }
}

/// The length that a dictionary gives for its data, if it stands there and not elsewhere.
fn length(dictionary: &[u8]) -> Option<usize> {
    let place = dictionary.windows(7).rposition(|window| window == b"/Length")?;
    let rest = dictionary[place + 7..].trim_ascii_start();
    let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let after = rest[count..].trim_ascii_start();
    let elsewhere = after.first().is_some_and(u8::is_ascii_digit);
    read(&rest[..count]).filter(|_| !elsewhere)
}

/// A file of these objects, each as it stood last.
fn written_anew(bytes: &[u8], found: &[Found], last: &BTreeMap<u32, &Found>) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut table = b"xref\n".to_vec();
    for (number, one) in last {
        table.extend(format!("{number} 1\n{:010} {:05} n \n", out.len(), one.id.1).as_bytes());
        out.extend(format!("{} {} obj\n", one.id.0, one.id.1).as_bytes());
        match one.data {
            Some((begin, end)) => {
                // What is written twice counts as it stands last.
                let dictionary = bytes[one.body..begin].trim_ascii_end();
                let dictionary = dictionary.strip_suffix(b"stream").unwrap_or(dictionary).trim_ascii_end();
                out.extend(dictionary.strip_suffix(b">>").unwrap_or(dictionary));
                out.extend(format!("/Length {}>>\nstream\n", end - begin).as_bytes());
                out.extend(&bytes[begin..end]);
                out.extend(b"\nendstream\nendobj\n");
            }
            None => {
                out.extend(&bytes[one.body..one.end]);
                out.extend(b"\nendobj\n");
            }
        }
    }
    let at = out.len();
    out.extend(table);
    out.extend(b"trailer\n<<");
    out.extend(trailer(bytes, found));
    let size = last.keys().last().map_or(1, |number| number.saturating_add(1));
    out.extend(format!("/Size {size}/Prev null>>\nstartxref\n{at}\n%%EOF").as_bytes());
    out
}

/// What leads to everything: the last trailer that names a root, as a table has it or a stream that stands for one, or else
/// the last catalog.
fn trailer(bytes: &[u8], found: &[Found]) -> Vec<u8> {
    let has = |within: &[u8], word: &[u8]| within.windows(word.len()).any(|window| window == word);
    let mut words = Next::of(bytes, b"trailer");
    let mut ends = Next::of(bytes, b"startxref");
    let mut best: Option<(usize, &[u8])> = None;
    let mut from = 0;
    while let Some(word) = words.from(from) {
        from = word + 7;
        let end = words.from(from).unwrap_or(bytes.len()).min(ends.from(from).unwrap_or(bytes.len()));
        best = within(&bytes[from..end]).filter(|own| has(own, b"/Root")).map(|own| (word, own)).or(best);
    }
    for one in found {
        if let Some((begin, _)) = one.data
            && let Some(own) =
                within(bytes[one.body..begin].trim_ascii_end().strip_suffix(b"stream").unwrap_or_default())
            && has(own, b"/XRef")
            && has(own, b"/Root")
            && best.is_none_or(|(place, _)| place < one.start)
        {
            best = Some((one.start, own));
        }
    }
    if let Some((_, own)) = best {
        return own.to_vec();
    }
    let catalog = found.iter().rev().find(|one| one.data.is_none() && has(&bytes[one.body..one.end], b"/Catalog"));
    catalog.map(|one| format!("/Root {} {} R", one.id.0, one.id.1).into_bytes()).unwrap_or_default()
}

/// What stands between the outermost double brackets.
fn within(bytes: &[u8]) -> Option<&[u8]> {
    let begin = bytes.windows(2).position(|pair| pair == b"<<")? + 2;
    let end = bytes.windows(2).rposition(|pair| pair == b">>")?;
    bytes.get(begin..end)
}
