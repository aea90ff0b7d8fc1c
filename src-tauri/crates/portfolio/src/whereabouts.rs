//! Where a picture was taken, as cameras and telephones write it into the file: taken out of a copy that goes along, and
//! nothing else. Exif (CIPA DC-008) keeps it in a table of its own, XMP in properties whose names begin with `GPS`. What is
//! there is written over, so that a file of any format stays as long as it was; in a PNG, packed words about it are dropped.

use flate2::Crc;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The field of the first table that leads to the one of places.
const TO_PLACES: u16 = 0x8825;
/// A camera writes a few dozen fields.
const MOST_FIELDS: usize = 512;

/// Whether a file is a picture, of a kind that is shown or not.
fn is_picture(bytes: &[u8]) -> bool {
    crate::pictures::format(bytes).is_some() || crate::pictures::foreign_format(bytes).is_some()
}

/// The file without the place where it was taken; nothing where it is no picture, or none was in it.
#[must_use]
pub fn without_place(bytes: &[u8]) -> Option<Vec<u8>> {
    if !is_picture(bytes) {
        return None;
    }
    let mut out = bytes.to_vec();
    for header in 0..bytes.len().saturating_sub(8) {
        if let Some(Fields { bytes, at, big }) = Fields::at(bytes, header) {
            blank_places(&mut out, &Fields { bytes, at, big });
        }
    }
    blank_properties(&mut out);
    if bytes.starts_with(PNG) {
        out = png(&out);
    }
    (out != bytes).then_some(out)
}

/// What Exif writes down: a small TIFF file within the file.
struct Fields<'a> {
    bytes: &'a [u8],
    /// Where it begins; every place in it is counted from there.
    at: usize,
    /// Whether the large half of a number comes first.
    big: bool,
}

impl<'a> Fields<'a> {
    fn at(bytes: &'a [u8], at: usize) -> Option<Self> {
        let big = match bytes.get(at..at + 4)? {
            b"MM\0*" => true,
            b"II*\0" => false,
            _ => return None,
        };
        Some(Self { bytes, at, big })
    }

    fn short(&self, place: usize) -> Option<u16> {
        let two = self.bytes.get(self.at.checked_add(place)?..)?.first_chunk::<2>()?;
        Some(if self.big { u16::from_be_bytes(*two) } else { u16::from_le_bytes(*two) })
    }

    fn long(&self, place: usize) -> Option<usize> {
        let four = self.bytes.get(self.at.checked_add(place)?..)?.first_chunk::<4>()?;
        usize::try_from(if self.big { u32::from_be_bytes(*four) } else { u32::from_le_bytes(*four) }).ok()
    }

    /// The fields of a table: where each stands, and its number.
    fn table(&self, place: usize) -> Option<Vec<(usize, u16)>> {
        let count = usize::from(self.short(place)?);
        let field = |number| {
            let place = place + 2 + number * 12;
            Some((place, self.short(place)?))
        };
        (count > 0 && count <= MOST_FIELDS).then(|| (0..count).map(field).collect()).flatten()
    }

    /// Where the value of a field lies, and how long it is.
    fn value(&self, field: usize) -> Option<(usize, usize)> {
        let size = match self.short(field + 2)? {
            1 | 2 | 6 | 7 => 1,
            3 | 8 => 2,
            4 | 9 | 11 => 4,
            5 | 10 | 12 => 8,
            _ => return None,
        };
        let length = self.long(field + 4)?.checked_mul(size)?;
        Some((if length > 4 { self.long(field + 8)? } else { field + 8 }, length))
    }
}

/// Writes noughts over the table of places and everything that it leads to.
fn blank_places(out: &mut [u8], fields: &Fields<'_>) {
    let Some(first) = fields.long(4).and_then(|first| fields.table(first)) else { return };
    for (field, _) in first.into_iter().filter(|(_, number)| *number == TO_PLACES) {
        let Some(place) = fields.long(field + 8) else { continue };
        let Some(table) = fields.table(place) else { continue };
        let mut blank = |from: usize, length: usize| {
            let from = fields.at.saturating_add(from);
            if let Some(bytes) = out.get_mut(from..from.saturating_add(length)) {
                bytes.fill(0);
            }
        };
        for (field, _) in &table {
            if let Some((value, length)) = fields.value(*field) {
                blank(value, length);
            }
        }
        // A table without fields, which no other follows.
        blank(place, 2 + table.len() * 12 + 4);
    }
}

/// Writes blanks over the values of properties such as `exif:GPSLatitude`.
fn blank_properties(out: &mut [u8]) {
    const NAME: &[u8] = b":GPS";
    let mut from = 0;
    while let Some(found) = out[from..].windows(NAME.len()).position(|window| window == NAME) {
        let name = from + found + NAME.len();
        let letters = out[name..].iter().take_while(|letter| letter.is_ascii_alphabetic()).count();
        from = name + letters;
        let (start, end) = match out.get(from..) {
            Some([b'=', quote @ (b'"' | b'\''), ..]) => (from + 2, *quote),
            Some([b'>', ..]) => (from + 1, b'<'),
            _ => continue,
        };
        let length = out[start..].iter().take_while(|byte| **byte != end).count();
        out[start..start + length].fill(b' ');
        from = start + length;
    }
}

/// A PNG without packed words about where it was taken, and with right sums.
fn png(bytes: &[u8]) -> Vec<u8> {
    let mut out = PNG.to_vec();
    let mut rest = &bytes[PNG.len()..];
    while let Some((head, after)) = rest.split_first_chunk::<8>() {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let (Some(content), Some(next)) = (after.get(..length), after.get(length + 4..)) else { break };
        let is_packed = match &head[4..] {
            b"zTXt" | b"tEXt" => content.starts_with(b"Raw profile type"),
            // One that is packed says so behind its name.
            b"iTXt" => content.starts_with(b"XML:com.adobe.xmp\0\x01"),
            _ => false,
        };
        if !is_packed {
            let mut sum = Crc::new();
            sum.update(&head[4..]);
            sum.update(content);
            out.extend([head.as_slice(), content, &sum.sum().to_be_bytes()].concat());
        }
        rest = next;
    }
    out.extend(rest);
    out
}
