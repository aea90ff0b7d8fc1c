//! Lines of words on a page for a browser: styles, links, languages; and what stands where paper has a page number.

use std::collections::HashSet;
use std::fmt::Write as _;

use pulldown_cmark_escape::escape_href;

use super::{Page, called_from, text};
use crate::document::{Anchor, Cell, Inline, Link, Style, Table, words};
use crate::language;

impl Page<'_> {
    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        let led = self.without_pages(inlines);
        let inlines = led.as_deref().unwrap_or(inlines);
        let whole = words(inlines);
        for (place, inline) in inlines.iter().enumerate() {
            match inline {
                Inline::Break => self.out.push_str("<br>\n"),
                Inline::PageOf(_) => {}
                Inline::Text { text: number, link: Some(Link::Note(anchor)), .. } => {
                    if self.leads_nowhere {
                        self.out.push_str(number);
                        continue;
                    }
                    let id = self.id(&called_from(anchor));
                    let _ = write!(self.out, "<a role=\"doc-noteref\" href=\"#{}\"{id}>{number}</a>", text(&anchor.0));
                }
                Inline::Text { text: words, style, link: Some(Link::Web(address)) } if self.leads_nowhere => {
                    self.styled(words, *style, &whole);
                    let goes_on =
                        |inline| matches!(inline, &Inline::Text { link: Some(Link::Web(ref to)), .. } if to == address);
                    let is_said =
                        ["mailto:", "https://"].iter().any(|start| address.strip_prefix(start) == Some(words));
                    if !is_said && words != address && !inlines.get(place + 1).is_some_and(goes_on) {
                        let _ = write!(self.out, " ({})", text(address));
                    }
                }
                Inline::Text { text: words, style, link } => {
                    let link = link.as_ref().map(href);
                    if let Some(href) = &link {
                        let _ = write!(self.out, "<a href=\"{href}\">");
                    }
                    self.styled(words, *style, &whole);
                    if link.is_some() {
                        self.out.push_str("</a>");
                    }
                }
            }
        }
    }

    /// Words that stand in a paragraph.
    fn styled(&mut self, words: &str, style: Style, paragraph: &str) {
        let tags = [
            (style.strong, "strong"),
            (style.emphasis, "em"),
            (style.struck, "s"),
            (style.code, "code"),
            (style.quiet, "small"),
        ];
        let on: Vec<&str> = tags.into_iter().filter(|(on, _)| *on).map(|(_, tag)| tag).collect();
        for tag in &on {
            let _ = write!(self.out, "<{tag}>");
        }
        for (language, stretch) in language::stretches(words, paragraph) {
            let _ = match language {
                Some(language) => write!(self.out, "<span lang=\"{language}\">{}</span>", text(stretch)),
                None => write!(self.out, "{}", text(stretch)),
            };
        }
        for tag in on.iter().rev() {
            let _ = write!(self.out, "</{tag}>");
        }
    }

    /// The words without page numbers: nothing stands for one where words beside it lead to the same place, and elsewhere
    /// what is headed there.
    fn without_pages(&self, inlines: &[Inline]) -> Option<Vec<Inline>> {
        inlines.iter().any(|inline| matches!(inline, Inline::PageOf(_))).then(|| {
            let led_to = places(inlines);
            let mut out: Vec<Inline> = Vec::with_capacity(inlines.len());
            for inline in inlines {
                let Inline::PageOf(anchor) = inline else {
                    out.push(inline.clone());
                    continue;
                };
                let known = led_to.contains(anchor);
                if let Some(Inline::Text { text, .. }) = out.last_mut() {
                    let before = text.strip_suffix("page\u{a0}").unwrap_or(text);
                    *text = if known { before.trim_end_matches([' ', '·', ',', ':']) } else { before }.to_owned();
                }
                out.extend(
                    (!known)
                        .then(|| Inline::to(self.titles.get(anchor).map_or("there", String::as_str), anchor.clone())),
                );
            }
            out
        })
    }
}

/// Where words lead to.
fn places(inlines: &[Inline]) -> HashSet<&Anchor> {
    let place =
        |inline| if let &Inline::Text { link: Some(Link::To(ref anchor)), .. } = inline { Some(anchor) } else { None };
    inlines.iter().filter_map(place).collect()
}

/// A table without its columns of page numbers, where every row leads there by its words too.
pub(super) fn without_pages(table: &Table) -> Option<Table> {
    let is_spare = |place: usize| {
        let mut numbers = 0_usize;
        let spare = table.rows.iter().all(|row| match row.get(place).map(|cell| cell.text.as_slice()) {
            Some([Inline::PageOf(anchor)]) => {
                numbers += 1;
                row.iter().any(|cell| places(&cell.text).contains(anchor))
            }
            Some([]) | None => true,
            Some(_) => false,
        });
        spare && numbers > 0
    };
    let spare: Vec<usize> = (0..table.columns.len()).filter(|place| is_spare(*place)).collect();
    (!spare.is_empty()).then(|| {
        let kept = |cells: &Vec<Cell>| -> Vec<Cell> {
            cells.iter().enumerate().filter(|(place, _)| !spare.contains(place)).map(|(_, cell)| cell.clone()).collect()
        };
        let columns = table.columns.iter().enumerate().filter(|(place, _)| !spare.contains(place));
        Table {
            columns: columns.map(|(_, column)| *column).collect(),
            head: kept(&table.head),
            rows: table.rows.iter().map(kept).collect(),
        }
    })
}

fn href(link: &Link) -> String {
    match link {
        Link::To(anchor) | Link::Note(anchor) => format!("#{}", text(&anchor.0)),
        Link::Web(address) => {
            let mut out = String::new();
            // Writing into a String cannot fail.
            let _ = escape_href(&mut out, address);
            out
        }
    }
}
