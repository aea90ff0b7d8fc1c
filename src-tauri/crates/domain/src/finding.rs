//! Positions in texts, and what there is to say of a record that does not keep it from being saved.

use std::ops::Range;

use serde::Serialize;

/// A stretch of a text. Positions count bytes of its UTF-8, on the command line as well; the window counts UTF-16 code
/// units, as JavaScript does, and [`TextRange::in_utf16`] is the one place that turns the one into the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TextRange {
    /// Where it begins.
    pub start: u32,
    /// Where it has ended: the first position behind it.
    pub end: u32,
}

/// Something to say of a record, beside the problems that keep it from being saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Finding {
    /// Of which field or text, as [`crate::walk::TextPlace`] writes it: `body`, `actions[0].text`, `claims[0].reason`.
    pub place: String,
    /// Where in it; nothing where it is about all of it, or about what is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<TextRange>,
    /// What there is to say, in a sentence for a coach.
    pub message: String,
}

impl TextRange {
    /// The stretch between two bytes. A text is far shorter than 4 GB (`check::MARKDOWN_MAX`).
    #[must_use]
    pub fn of(bytes: Range<usize>) -> TextRange {
        let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        TextRange { start: at(bytes.start), end: at(bytes.end) }
    }

    /// The stretch itself; nothing where the text has no such bytes, or characters are cut.
    #[must_use]
    pub fn within(self, text: &str) -> Option<&str> {
        text.get(self.start as usize..self.end as usize)
    }

    /// The same stretch of the same text, counted in UTF-16 code units. What lies behind the text's end is its end, and a
    /// character that is cut counts to neither side.
    #[must_use]
    pub fn in_utf16(self, text: &str) -> TextRange {
        let units = |byte: u32| {
            let before = text.char_indices().take_while(|(at, c)| at + c.len_utf8() <= byte as usize);
            before.map(|(_, c)| c.len_utf16()).sum::<usize>()
        };
        TextRange::of(units(self.start)..units(self.end))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What JavaScript's `slice` gives.
    fn sliced(text: &str, range: TextRange) -> String {
        let units: Vec<u16> = text.encode_utf16().collect();
        String::from_utf16(&units[range.start as usize..range.end as usize]).unwrap()
    }

    #[test]
    fn words_are_where_they_are_in_every_script() {
        for (text, word) in [
            ("a quiet session", "quiet"),
            ("💚 quiet 👩🏽‍⚕️ session", "session"),
            ("👩🏽‍⚕️", "👩🏽‍⚕️"),
            ("Ŵyn a thŷ, e\u{301}te\u{301} wedyn", "wedyn"),
            ("e\u{301}te\u{301}", "te\u{301}"),
            ("আমি বাংলায় লিখি", "বাংলায়"),
            ("𓀀 then", "then"),
        ] {
            let start = text.find(word).unwrap();
            let range = TextRange::of(start..start + word.len());
            assert_eq!(range.within(text), Some(word));
            assert_eq!(sliced(text, range.in_utf16(text)), word, "{text}");
        }
        assert_eq!(TextRange::of(5..9).in_utf16("💚💚"), TextRange { start: 2, end: 4 }, "a cut character is left out");
        assert_eq!(TextRange::of(0..90).in_utf16("é"), TextRange { start: 0, end: 1 });
        assert_eq!(TextRange::of(1..2).within("é"), None);
    }

    proptest! {
        /// Whatever stretch of whatever text, the window cuts out the same.
        #[test]
        fn the_window_cuts_out_the_same(
            parts in prop::collection::vec(prop_oneof![
                any::<String>(),
                prop::sample::select(vec!["👩🏽‍⚕️", "💚", "ŵ", "e\u{301}", "বাংলায়", " ", "a"]).prop_map(str::to_owned),
            ], 0..12),
            from in any::<prop::sample::Index>(),
            to in any::<prop::sample::Index>(),
        ) {
            let text = parts.concat();
            let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let (from, to) = (ends[from.index(ends.len())], ends[to.index(ends.len())]);
            let range = TextRange::of(from.min(to)..from.max(to));
            prop_assert_eq!(sliced(&text, range.in_utf16(&text)), range.within(&text).unwrap());
        }
    }
}
