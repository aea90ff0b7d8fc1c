//! What in a foreign page an archive would not take. A document that holds such a page must not claim to be made for
//! archiving.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::resolve;

/// The objects of a page, by which they refer to each other.
type Objects = BTreeMap<ObjectId, Object>;

/// What in a page an archive (PDF/A) would not take, or a screen reader (PDF/UA) could not use.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flaw {
    /// The shapes of a font's letters are not in the file.
    FontNotEmbedded(String),
    /// Nobody can tell which letters a font's shapes are.
    FontWithoutLetters(String),
    /// A font is not written down as the rules want it.
    FontWithErrors(String),
    /// Colours are meant for printing inks.
    Inks,
    /// Data are packed in a way that may get lost.
    Packing,
    /// The page is drawn in a way that readers may show differently.
    Drawing,
    /// More is nested than every reader can follow.
    Depth,
    /// Whoever made the file does not say that it is made for archiving.
    Unsaid,
}

impl Flaw {
    /// Whether it troubles screen readers too.
    #[must_use]
    pub fn is_barrier(&self) -> bool {
        matches!(self, Self::FontNotEmbedded(_) | Self::FontWithoutLetters(_) | Self::FontWithErrors(_))
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FontNotEmbedded(name) => write!(out, "font not embedded: {name}"),
            Self::FontWithoutLetters(name) => write!(out, "font whose letters cannot be read: {name}"),
            Self::FontWithErrors(name) => write!(out, "font with errors: {name}"),
            Self::Inks => out.write_str("colours meant for a printing press"),
            Self::Packing => out.write_str("data packed in a way that may get lost"),
            Self::Drawing => out.write_str("drawn in a way that not every reader shows alike"),
            Self::Depth => out.write_str("nested too deeply"),
            Self::Unsaid => out.write_str("not itself marked as made for keeping (PDF/A)"),
        }
    }
}

/// What of a page is not to be seen although it belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unseen {
    /// Something that it is drawn with is not in the file, or not whole.
    Part,
    /// A note that does not say how it looks, by its kind.
    Mark(String),
    /// Letters in fields or notes that no font here has.
    Letters(String),
    /// A page that cannot be made into a picture.
    Page,
}

impl fmt::Display for Unseen {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Part => out.write_str("part of what it is drawn with is not in the file, which may be damaged"),
            Self::Mark(kind) => write!(out, "a note on it ({kind}) does not say how it looks"),
            Self::Page => out.write_str("a page of it cannot be drawn as a picture"),
            Self::Letters(letters) => write!(out, "no font here has these letters of what was filled in: {letters}"),
        }
    }
}

/// What is wrong with these objects.
pub(super) fn of(objects: &Objects) -> BTreeSet<Flaw> {
    let mut out = BTreeSet::new();
    for object in objects.values() {
        look(object, objects, &mut out);
    }
    out
}

fn look(object: &Object, objects: &Objects, out: &mut BTreeSet<Flaw>) {
    let dictionary = match object {
        Object::Name(name) if name == b"DeviceCMYK" => {
            out.insert(Flaw::Inks);
            return;
        }
        Object::Array(items) => {
            items.iter().for_each(|item| look(item, objects, out));
            if let [Object::Name(kind), profile] = items.as_slice()
                && kind == b"ICCBased"
                && !is_profile(resolve(profile, objects))
            {
                out.insert(Flaw::Drawing);
            }
            return;
        }
        Object::Dictionary(dictionary) => dictionary,
        Object::Stream(stream) => {
            let filters = stream.filters().unwrap_or_default();
            if filters.iter().any(|filter| matches!(*filter, b"LZWDecode" | b"Crypt" | b"JPXDecode")) {
                out.insert(Flaw::Packing);
            }
            &stream.dict
        }
        _ => return,
    };
    dictionary.iter().for_each(|(_, value)| look(value, objects, out));
    if dictionary.has_type(b"Font") {
        out.extend(font(dictionary, objects));
    }
    if let Ok(mode) = dictionary.get(b"BM") {
        let known = mode.as_name().is_ok_and(|name| MODES.split(' ').any(|known| known.as_bytes() == name));
        out.extend((!known).then_some(Flaw::Drawing));
    }
    if dictionary.get(b"OPM").and_then(Object::as_i64).is_ok_and(|mode| mode != 0) {
        out.insert(Flaw::Inks);
    }
}

/// Whether a colour profile is one, and has as many colours as it is used for.
fn is_profile(object: &Object) -> bool {
    let Object::Stream(stream) = object else { return false };
    let profile = stream.get_plain_content_with_limit(LARGEST_PROFILE).unwrap_or_default();
    let colours = match profile.get(16..20) {
        Some(b"GRAY") => 1,
        Some(b"RGB " | b"Lab ") => 3,
        Some(b"CMYK") => 4,
        _ => return false,
    };
    stream.dict.get(b"N").and_then(Object::as_i64).is_ok_and(|number| number == colours)
}

const LARGEST_PROFILE: usize = 8 * 1024 * 1024;

const MODES: &str = "Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight \
     Difference Exclusion Hue Saturation Color Luminosity";

/// Whether it says which letters a font's shapes are, and none of them is nothing.
fn tells_letters(map: &Stream) -> bool {
    let map = map.get_plain_content_with_limit(LARGEST_MAP).unwrap_or_default();
    let map = String::from_utf8_lossy(&map).to_ascii_uppercase();
    let tells = map.contains("ENDBFCHAR") || map.contains("ENDBFRANGE");
    let nothing = ["> <0000>", "><0000>", "<FEFF>", "<FFFE>"].iter().any(|nothing| map.contains(nothing));
    tells && map.contains("ENDCODESPACERANGE") && map.contains("ENDCMAP") && !nothing
}

const LARGEST_MAP: usize = 4 * 1024 * 1024;
const LARGEST_FONT: usize = 64 * 1024 * 1024;

/// What is wrong with a font of this name.
type FontFlaw = fn(String) -> Flaw;

fn font(font: &Dictionary, objects: &Objects) -> Option<Flaw> {
    let name = String::from_utf8_lossy(name_of(font, b"BaseFont", objects).unwrap_or_default());
    // A subset's name begins with six letters of its own.
    let name = name.split_once('+').map_or(&*name, |(_, name)| name);
    let letters = get(font, b"ToUnicode", objects);
    let has_letters = matches!(letters, Some(Object::Stream(letters)) if tells_letters(letters));
    let flaw: Option<FontFlaw> = match name_of(font, b"Subtype", objects).unwrap_or_default() {
        b"Type0" => composite(font, has_letters, objects),
        // Looked at with the font they belong to.
        b"CIDFontType0" | b"CIDFontType2" => None,
        b"Type3" => (!has_letters).then_some(Flaw::FontWithoutLetters),
        _ if !is_embedded(font, objects) => Some(Flaw::FontNotEmbedded),
        b"TrueType" => true_type(font, has_letters, objects),
        _ => {
            let plain = name_of(font, b"Encoding", objects).is_some();
            (!has_letters && !plain).then_some(Flaw::FontWithoutLetters)
        }
    };
    flaw.map(|flaw| flaw(name.to_owned()))
}

/// What is wrong with a font that is made up of others.
fn composite(font: &Dictionary, has_letters: bool, objects: &Objects) -> Option<FontFlaw> {
    let own = match get(font, b"DescendantFonts", objects) {
        Some(Object::Array(fonts)) => fonts.first().map(|own| resolve(own, objects)),
        _ => None,
    };
    let Some(Object::Dictionary(own)) = own else { return Some(Flaw::FontWithErrors) };
    let identity = name_of(font, b"Encoding", objects).is_some_and(|name| name.starts_with(b"Identity-"));
    if !is_embedded(own, objects) {
        Some(Flaw::FontNotEmbedded)
    } else if !has_letters {
        Some(Flaw::FontWithoutLetters)
    } else if !identity {
        Some(Flaw::FontWithErrors)
    } else {
        None
    }
}

/// What is wrong with a TrueType font: one of letters says which by a known encoding, one of symbols by none.
fn true_type(font: &Dictionary, has_letters: bool, objects: &Objects) -> Option<FontFlaw> {
    let descriptor = dictionary_of(font, b"FontDescriptor", objects);
    let flags = descriptor.and_then(|descriptor| get(descriptor, b"Flags", objects)?.as_i64().ok()).unwrap_or(0);
    let symbolic = flags & 4 != 0;
    let encoding = get(font, b"Encoding", objects);
    let (base, differences) = match encoding {
        Some(Object::Name(base)) => (Some(base.as_slice()), false),
        Some(Object::Dictionary(own)) => (name_of(own, b"BaseEncoding", objects), own.has(b"Differences")),
        _ => (None, false),
    };
    let known = matches!(base, Some(b"WinAnsiEncoding" | b"MacRomanEncoding"));
    if symbolic == encoding.is_some() || (!symbolic && !known) {
        Some(Flaw::FontWithErrors)
    } else if !has_letters && (symbolic || differences) {
        Some(Flaw::FontWithoutLetters)
    } else {
        None
    }
}

/// Whether the shapes of a font's letters are in the file.
fn is_embedded(font: &Dictionary, objects: &Objects) -> bool {
    let Some(descriptor) = dictionary_of(font, b"FontDescriptor", objects) else { return false };
    let shapes = |key: &[u8]| match get(descriptor, key, objects) {
        // What we cannot unpack others may.
        Some(Object::Stream(shapes)) => {
            !shapes.get_plain_content_with_limit(LARGEST_FONT).is_ok_and(|own| own.is_empty())
        }
        _ => false,
    };
    shapes(b"FontFile") || shapes(b"FontFile2") || shapes(b"FontFile3")
}

fn get<'a>(dictionary: &'a Dictionary, key: &[u8], objects: &'a Objects) -> Option<&'a Object> {
    dictionary.get(key).ok().map(|value| resolve(value, objects))
}

fn name_of<'a>(dictionary: &'a Dictionary, key: &[u8], objects: &'a Objects) -> Option<&'a [u8]> {
    match get(dictionary, key, objects) {
        Some(Object::Name(name)) => Some(name),
        _ => None,
    }
}

fn dictionary_of<'a>(dictionary: &'a Dictionary, key: &[u8], objects: &'a Objects) -> Option<&'a Dictionary> {
    match get(dictionary, key, objects) {
        Some(Object::Dictionary(value)) => Some(value),
        _ => None,
    }
}
