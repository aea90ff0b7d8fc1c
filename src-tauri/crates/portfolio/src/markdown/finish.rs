//! What is done to a text once it is read: bare addresses become links, and footnotes get places that no other text of the
//! document has.

use domain::digest::Sha256Hex;
use linkify::{LinkFinder, LinkKind};

use crate::document::{Anchor, Block, Inline, Item, Link, Note};

pub(super) fn finish(blocks: &mut [Block], source: &str) {
    let digest = Sha256Hex::of(source.as_bytes());
    // Of so many texts hardly two begin alike, and two that are the same have the same notes.
    let text = digest.as_str().get(..12).unwrap_or_default();
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    Finish { text, finder }.blocks(blocks);
}

struct Finish<'t> {
    text: &'t str,
    finder: LinkFinder,
}

impl Finish<'_> {
    fn blocks(&self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Heading(heading) => self.inlines(&mut heading.text),
                Block::Paragraph(_, inlines) => self.inlines(inlines),
                Block::List(list) => list.items.iter_mut().for_each(|Item { blocks, .. }| self.blocks(blocks)),
                Block::Quote(blocks) => self.blocks(blocks),
                Block::Table(table) => {
                    let cells = table.head.iter_mut().chain(table.rows.iter_mut().flatten());
                    cells.for_each(|cell| self.inlines(&mut cell.text));
                }
                Block::Note(Note { anchor, blocks, .. }) => {
                    *anchor = self.placed(anchor);
                    self.blocks(blocks);
                }
                Block::Code(_)
                | Block::Rule
                | Block::Facts(_)
                | Block::Chart(_)
                | Block::Contents
                | Block::Figure(_)
                | Block::Blanks(_) => {}
            }
        }
    }

    fn placed(&self, anchor: &Anchor) -> Anchor {
        Anchor(format!("{}-{}", anchor.0, self.text))
    }

    fn inlines(&self, inlines: &mut Vec<Inline>) {
        let parts = std::mem::take(inlines).into_iter().flat_map(|inline| match inline {
            Inline::Text { text, style, link: None } if !style.code => {
                let part = |(words, to): (&str, Option<Link>)| Inline::Text { text: words.to_owned(), style, link: to };
                self.parts(&text).into_iter().map(part).collect()
            }
            Inline::Text { text, style, link: Some(Link::Note(anchor)) } => {
                vec![Inline::Text { text, style, link: Some(Link::Note(self.placed(&anchor))) }]
            }
            other => vec![other],
        });
        *inlines = parts.collect();
    }

    /// A text in parts, of which some are addresses.
    fn parts<'s>(&self, text: &'s str) -> Vec<(&'s str, Option<Link>)> {
        // Nothing without one of these is an address.
        if !text.contains(['@', ':']) && !text.contains("www.") {
            return vec![(text, None)];
        }
        let mut parts = Vec::new();
        let mut from = 0;
        for link in self.finder.links(text) {
            if let Some(to) = to(link.kind(), link.as_str()) {
                parts.extend([(&text[from..link.start()], None), (link.as_str(), Some(to))]);
                from = link.end();
            }
        }
        parts.push((&text[from..], None));
        parts.retain(|(words, _)| !words.is_empty());
        parts
    }
}

/// Where an address leads that was typed as it is: into the web, also without saying so, or to a letter.
fn to(kind: &LinkKind, address: &str) -> Option<Link> {
    let is = |start: &str| address.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
    match kind {
        LinkKind::Email => Some(Link::Web(format!("mailto:{address}"))),
        _ if is("http://") || is("https://") => Some(Link::Web(address.to_owned())),
        _ if is("www.") => Some(Link::Web(format!("https://{address}"))),
        // A word with a dot in it is more often a slip of the keys.
        _ => None,
    }
}
