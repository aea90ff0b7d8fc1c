//! What a line holds: words in one style, links, breaks.

use super::Anchor;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Words in one style.
    Text {
        /// The words; never contains a line break that counts.
        text: String,
        /// How they are set.
        style: Style,
        /// Where they lead.
        link: Option<Link>,
    },
    /// A line break that the writer meant.
    Break,
    /// The number of the page on which an anchor stands, and a link to it.
    PageOf(Anchor),
}

/// How words are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// Bold.
    pub strong: bool,
    /// Italic.
    pub emphasis: bool,
    /// Struck through.
    pub struck: bool,
    /// Monospaced.
    pub code: bool,
    /// Grey.
    pub quiet: bool,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// Inside the document.
    To(Anchor),
    /// Out of it.
    Web(String),
    /// To the footnote that these words, its number, stand for.
    Note(Anchor),
}

impl Inline {
    /// Plain words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), style: Style::default(), link: None }
    }

    /// Bold words.
    pub fn strong(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), style: Style { strong: true, ..Style::default() }, link: None }
    }

    /// Grey words.
    pub fn quiet(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), style: Style { quiet: true, ..Style::default() }, link: None }
    }

    /// Words that lead to a place in the document.
    pub fn to(text: impl Into<String>, anchor: Anchor) -> Self {
        Self::Text { text: text.into(), style: Style::default(), link: Some(Link::To(anchor)) }
    }
}

/// The words of some inlines, without their styles; a break becomes a space.
pub fn words(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text { text, .. } => out.push_str(text),
            Inline::Break => out.push(' '),
            Inline::PageOf(_) => {}
        }
    }
    out
}
