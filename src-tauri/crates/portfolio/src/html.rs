//! A document as one HTML file: nothing beside it, nothing fetched, readable by any browser and any screen reader.

mod inlines;
mod shown;
#[cfg(test)]
mod tests;
mod typeface;

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use domain::words::{coverage, shape};
use pulldown_cmark_escape::escape_html;

use crate::direction;
use crate::document::{
    Align, Anchor, Block, Cell, Document, Heading, Inline, Item, Levels, List, Marker, Note, Table, Voice, words,
};
use crate::language;

/// The whole look: a measure of about 70 characters, tables that scroll by themselves, dark by the reader's own setting, and
/// a page on paper.
const STYLE: &str = include_str!("html.css");

/// Writes the document as one HTML file. There are no pages, so that page numbers become links to what stands there.
#[must_use]
pub fn html(document: &Document) -> String {
    let mut page = Page {
        contents: contents(document),
        titles: titles(document),
        levels: Some(Levels::default()),
        ..Page::default()
    };
    for part in &document.parts {
        page.out.push_str(if part.runs_on { "<section class=\"runs-on\">\n" } else { "<section>\n" });
        page.blocks(&part.blocks);
        page.out.push_str("</section>\n");
    }
    let (language, title, author) = (text(&document.language), text(&document.title), text(&document.author));
    let (faces, body) = (typeface::style(&page.out), page.out);
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         img-src data:; font-src data:\">\n\
         <meta name=\"author\" content=\"{author}\">\n<title>{title}</title>\n<style>\n{faces}{STYLE}</style>\n</head>\n\
         <body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
}

/// Writes blocks as they stand in the window, which opens nothing from the network: an address is there to be read.
#[must_use]
pub fn fragment(blocks: &[Block]) -> String {
    let mut page = Page { leads_nowhere: true, ..Page::default() };
    page.blocks(blocks);
    page.out
}

#[derive(Default)]
struct Page<'d> {
    out: String,
    contents: Vec<&'d Heading>,
    /// What is headed by each place that can be led to.
    titles: HashMap<&'d Anchor, String>,
    /// How deep headings are, in a whole document.
    levels: Option<Levels>,
    /// Whether what is being written runs from right to left.
    rtl: bool,
    charts: usize,
    /// The places that were written.
    placed: HashSet<Anchor>,
    /// Whether links are written as words, each followed by its address.
    leads_nowhere: bool,
}

fn headings(document: &Document) -> impl Iterator<Item = &Heading> {
    let blocks = document.parts.iter().flat_map(|part| &part.blocks);
    blocks.filter_map(|block| if let Block::Heading(heading) = block { Some(heading) } else { None })
}

/// The headings that the contents list, in order.
fn contents(document: &Document) -> Vec<&Heading> {
    headings(document).filter(|heading| heading.in_contents).collect()
}

fn titles(document: &Document) -> HashMap<&Anchor, String> {
    headings(document).filter_map(|heading| Some((heading.anchor.as_ref()?, words(&heading.text)))).collect()
}

impl Page<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph(Voice::Title, inlines) => {
                let level = self.level(1);
                let _ = write!(self.out, "<h{level} class=\"title\"{}>", self.said(inlines));
                self.inlines(inlines);
                let _ = writeln!(self.out, "</h{level}>");
            }
            Block::Paragraph(voice, inlines) => {
                let _ = write!(self.out, "<p{}{}>", class(*voice), self.said(inlines));
                self.inlines(inlines);
                self.out.push_str("</p>\n");
            }
            Block::List(list) => self.list(list),
            Block::Quote(blocks) => {
                let (dir, before) = self.turned(direction::of_blocks(blocks));
                let _ = writeln!(self.out, "<blockquote{dir}>");
                self.blocks(blocks);
                self.out.push_str("</blockquote>\n");
                self.rtl = before;
            }
            Block::Code(code) => {
                // A line wider than the window is scrolled to, and with the keyboard too.
                let _ = writeln!(
                    self.out,
                    "<pre tabindex=\"0\" role=\"group\" aria-label=\"Code\"><code>{}</code></pre>",
                    text(code)
                );
            }
            Block::Rule => self.out.push_str("<hr>\n"),
            Block::Table(table) => self.table(table),
            Block::Facts(facts) => {
                self.out.push_str("<dl>\n");
                for (label, value) in facts {
                    let _ = write!(self.out, "<div><dt>{}</dt><dd{}>", text(label), self.said(value));
                    self.inlines(value);
                    self.out.push_str("</dd></div>\n");
                }
                self.out.push_str("</dl>\n");
            }
            Block::Chart(chart) => self.chart(chart),
            Block::Contents => {
                self.out.push_str("<nav aria-label=\"Contents\"><ul>\n");
                for heading in self.contents.clone() {
                    let level = heading.level.clamp(1, 6);
                    let _ = write!(self.out, "<li class=\"level-{level}\"{}>", lang(&heading.text));
                    self.linked(heading.anchor.as_ref(), &words(&heading.text));
                    self.out.push_str("</li>\n");
                }
                self.out.push_str("</ul></nav>\n");
            }
            Block::Figure(figure) => self.figure(figure),
            Block::Blanks(labels) => {
                self.out.push_str("<div class=\"blanks\">");
                for label in labels {
                    let _ = write!(self.out, "<p>{}</p>", text(label));
                }
                self.out.push_str("</div>\n");
            }
            Block::Note(note) => self.note(note),
        }
    }

    /// A footnote, with the way back to where it was called for.
    fn note(&mut self, note: &Note) {
        let id = self.id(&note.anchor);
        let _ = writeln!(self.out, "<div class=\"footnote\" role=\"doc-footnote\"{id}>");
        self.blocks(&note.in_small_print());
        if !self.leads_nowhere {
            let back = text(&called_from(&note.anchor).0);
            let _ =
                writeln!(self.out, "<a role=\"doc-backlink\" href=\"#{back}\" aria-label=\"Back to the text\">↩</a>");
        }
        self.out.push_str("</div>\n");
    }

    /// A place that links lead to; one that is met again, as the notes of a text that stands twice, is there already.
    fn id(&mut self, anchor: &Anchor) -> String {
        if self.placed.insert(anchor.clone()) { format!(" id=\"{}\"", text(&anchor.0)) } else { String::new() }
    }

    fn heading(&mut self, heading: &Heading) {
        let level = self.level(heading.level);
        let id = heading.anchor.as_ref().map(|anchor| self.id(anchor)).unwrap_or_default();
        let _ = write!(self.out, "<h{level}{id}{}>", self.said(&heading.text));
        self.inlines(&heading.text);
        let _ = writeln!(self.out, "</h{level}>");
    }

    fn level(&mut self, written: u8) -> u8 {
        self.levels.as_mut().map_or(written, |levels| levels.of(written)).clamp(1, 6)
    }

    /// The language of a block where it is not the document's, and its direction where it is not that of what it stands in.
    fn said(&self, inlines: &[Inline]) -> String {
        lang(inlines) + self.dir(language::runs_left(inlines))
    }

    fn dir(&self, rtl: Option<bool>) -> &'static str {
        match rtl {
            Some(true) if !self.rtl => " dir=\"rtl\"",
            Some(false) if self.rtl => " dir=\"ltr\"",
            _ => "",
        }
    }

    /// The direction of what blocks stand in, which holds until it is put back to what is given beside it.
    fn turned(&mut self, rtl: Option<bool>) -> (&'static str, bool) {
        let (dir, before) = (self.dir(rtl), self.rtl);
        self.rtl = rtl.unwrap_or(before);
        (dir, before)
    }

    fn list(&mut self, list: &List) {
        let numbered = matches!(list.items.first(), Some(Item { marker: Marker::Number(_), .. }));
        let (open, close) = if numbered { ("<ol", "</ol>\n") } else { ("<ul", "</ul>\n") };
        let (dir, before) = self.turned(direction::of_list(list));
        self.out.push_str(open);
        self.out.push_str(dir);
        // WebKit takes a list whose items have shapes of our own for no list.
        if list.items.iter().any(|item| matches!(item.marker, Marker::Task(_) | Marker::Coverage(_))) {
            self.out.push_str(" role=\"list\"");
        }
        if let Some(Item { marker: Marker::Number(first), .. }) = list.items.first().filter(|_| numbered)
            && *first != 1
        {
            let _ = write!(self.out, " start=\"{first}\"");
        }
        self.out.push_str(if list.tight { " class=\"tight\">\n" } else { ">\n" });
        let mut next = None;
        for item in &list.items {
            match item.marker {
                Marker::Number(number) => {
                    // Numbers are those that were typed.
                    let value = next.filter(|next| *next != number).map(|_| format!(" value=\"{number}\""));
                    let _ = write!(self.out, "<li{}>", value.unwrap_or_default());
                    next = Some(number.saturating_add(1));
                }
                Marker::Bullet => self.out.push_str("<li>"),
                Marker::Task(done) => {
                    let (shape, said) = if done { ("☑", "done") } else { ("☐", "to do") };
                    self.marked(shape, said);
                }
                Marker::Coverage(of) => self.marked(shape(of), coverage(of)),
            }
            self.blocks(&item.blocks);
            self.out.push_str("</li>\n");
        }
        self.out.push_str(close);
        self.rtl = before;
    }

    fn marked(&mut self, shape: &str, said: &str) {
        let _ = write!(
            self.out,
            "<li class=\"marked\"><span class=\"mark\" aria-hidden=\"true\">{shape}</span><span class=\"said\">{said}: </span>"
        );
    }

    fn table(&mut self, table: &Table) {
        let without_pages = inlines::without_pages(table);
        let table = without_pages.as_ref().unwrap_or(table);
        // A table wider than the window is scrolled by itself, and with the keyboard too.
        self.out.push_str("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>\n");
        if !table.head.is_empty() {
            self.out.push_str("<thead><tr>");
            for (place, cell) in table.head.iter().enumerate() {
                self.cell("th scope=\"col\"", "th", cell, aligned(table, place));
            }
            self.out.push_str("</tr></thead>\n");
        }
        self.out.push_str("<tbody>\n");
        for row in &table.rows {
            self.out.push_str("<tr>");
            for (place, cell) in row.iter().enumerate() {
                self.cell("td", "td", cell, aligned(table, place));
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody>\n</table></div>\n");
    }

    fn cell(&mut self, open: &str, close: &str, cell: &Cell, align: Align) {
        let class = match align {
            Align::Left => "",
            Align::Centre => " class=\"centre\"",
            Align::Right => " class=\"right\"",
        };
        let _ = write!(self.out, "<{open}{class}{}>", self.said(&cell.text));
        if let Some((shape, said)) = cell.mark.map(|of| (shape(of), coverage(of))) {
            let spoken = if words(&cell.text).trim().is_empty() { said } else { "" };
            let _ = write!(
                self.out,
                "<span class=\"mark\" aria-hidden=\"true\">{shape}</span><span class=\"said\">{spoken}</span> "
            );
        }
        self.inlines(&cell.text);
        let _ = write!(self.out, "</{close}>");
    }

    fn linked(&mut self, anchor: Option<&Anchor>, words: &str) {
        match anchor {
            Some(anchor) => {
                let _ = write!(self.out, "<a href=\"#{}\">{}</a>", text(&anchor.0), text(words));
            }
            None => self.out.push_str(&text(words)),
        }
    }
}

/// Where a footnote was called for.
fn called_from(anchor: &Anchor) -> Anchor {
    Anchor(format!("from-{}", anchor.0))
}

fn aligned(table: &Table, place: usize) -> Align {
    table.columns.get(place).map_or(Align::Left, |column| column.align)
}

fn class(voice: Voice) -> &'static str {
    match voice {
        Voice::Body | Voice::Title => "",
        Voice::Lead => " class=\"lead\"",
        Voice::Fine => " class=\"fine\"",
        Voice::Note => " class=\"note\"",
        Voice::Label => " class=\"label\"",
        Voice::Source => " class=\"source\"",
    }
}

/// The language of a block, where it is known and not the document's.
fn lang(inlines: &[Inline]) -> String {
    language::of_block(inlines).map(|language| format!(" lang=\"{language}\"")).unwrap_or_default()
}

fn text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    // Writing into a String cannot fail.
    let _ = escape_html(&mut out, raw);
    out
}
