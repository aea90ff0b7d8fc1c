//! A document as one HTML file: nothing beside it, nothing fetched, readable by any browser and any screen reader.

#[cfg(test)]
mod tests;

use domain::words::{coverage, shape};
use std::fmt::Write as _;

use data_encoding::BASE64;
use pulldown_cmark_escape::{escape_href, escape_html};

use crate::document::{
    Align, Anchor, Block, Cell, Document, Figure, Heading, Inline, Item, Link, List, Marker, Shows, Style, Table,
    Voice, words,
};
use crate::language;

/// The whole look: a measure of about 70 characters, tables that scroll by themselves, dark by the reader's own setting.
const STYLE: &str = include_str!("html.css");

/// Writes the document as one HTML file. Page numbers become links, since there are no pages.
#[must_use]
pub fn html(document: &Document) -> String {
    let mut page = Page { contents: contents(document), ..Page::default() };
    let (language, title) = (text(&document.language), text(&document.title));
    let author = text(&document.author);
    let _ = write!(
        page.out,
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n\
         <meta name=\"author\" content=\"{author}\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
    );
    for part in &document.parts {
        page.out.push_str("<section>\n");
        page.blocks(&part.blocks);
        page.out.push_str("</section>\n");
    }
    page.out.push_str("</main>\n</body>\n</html>\n");
    page.out
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
    /// Whether links are written as words, each followed by its address.
    leads_nowhere: bool,
}

/// The headings that the contents list, in order.
fn contents(document: &Document) -> Vec<&Heading> {
    let blocks = document.parts.iter().flat_map(|part| &part.blocks);
    blocks
        .filter_map(|block| if let Block::Heading(heading) = block { Some(heading) } else { None })
        .filter(|heading| heading.in_contents)
        .collect()
}

impl Page<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) => {
                let level = heading.level.clamp(1, 6);
                let id =
                    heading.anchor.as_ref().map(|anchor| format!(" id=\"{}\"", text(&anchor.0))).unwrap_or_default();
                let _ = write!(self.out, "<h{level}{id}{}>", lang(&heading.text));
                self.inlines(&heading.text);
                let _ = writeln!(self.out, "</h{level}>");
            }
            Block::Paragraph(voice, inlines) => {
                let _ = write!(self.out, "<p{}{}>", class(*voice), lang(inlines));
                self.inlines(inlines);
                self.out.push_str("</p>\n");
            }
            Block::List(list) => self.list(list),
            Block::Quote(blocks) => {
                self.out.push_str("<blockquote>\n");
                self.blocks(blocks);
                self.out.push_str("</blockquote>\n");
            }
            Block::Code(code) => {
                let _ = writeln!(self.out, "<pre><code>{}</code></pre>", text(code));
            }
            Block::Rule => self.out.push_str("<hr>\n"),
            Block::Table(table) => self.table(table),
            Block::Facts(facts) => {
                self.out.push_str("<dl>\n");
                for (label, value) in facts {
                    let _ = write!(self.out, "<div><dt>{}</dt><dd{}>", text(label), lang(value));
                    self.inlines(value);
                    self.out.push_str("</dd></div>\n");
                }
                self.out.push_str("</dl>\n");
            }
            Block::Chart(chart) => {
                let _ = writeln!(
                    self.out,
                    "<div class=\"chart\" role=\"img\" aria-label=\"{}\">{}</div>",
                    text(&chart.alt),
                    crate::chart::svg(&chart.drawing)
                );
            }
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
        }
    }

    fn figure(&mut self, figure: &Figure) {
        let alt = text(&figure.alt);
        self.out.push_str("<figure>");
        match &figure.shows {
            Shows::Picture(picture) => {
                let (media, data) = (picture.media_type(), BASE64.encode(&picture.bytes));
                let (width, height) = picture.pixels;
                let _ = write!(
                    self.out,
                    "<img src=\"data:{media};base64,{data}\" alt=\"{alt}\" width=\"{width}\" height=\"{height}\">"
                );
            }
            Shows::Page(..) => {
                let _ = write!(
                    self.out,
                    "<p>{alt}</p>\n<p class=\"note\">The page itself is in the portfolio as a PDF.</p>"
                );
            }
        }
        if !figure.caption.is_empty() {
            let _ = write!(self.out, "<figcaption{}>", lang(&figure.caption));
            self.inlines(&figure.caption);
            self.out.push_str("</figcaption>");
        }
        self.out.push_str("</figure>\n");
    }

    fn list(&mut self, list: &List) {
        let numbered = matches!(list.items.first(), Some(Item { marker: Marker::Number(_), .. }));
        let (open, close) = if numbered { ("<ol", "</ol>\n") } else { ("<ul", "</ul>\n") };
        self.out.push_str(open);
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
    }

    fn marked(&mut self, shape: &str, said: &str) {
        let _ = write!(
            self.out,
            "<li class=\"marked\"><span class=\"mark\" aria-hidden=\"true\">{shape}</span><span class=\"said\">{said}: </span>"
        );
    }

    fn table(&mut self, table: &Table) {
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
        let _ = write!(self.out, "<{open}{class}{}>", lang(&cell.text));
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

    fn inlines(&mut self, inlines: &[Inline]) {
        let whole = words(inlines);
        for (place, inline) in inlines.iter().enumerate() {
            match inline {
                Inline::Break => self.out.push_str("<br>\n"),
                Inline::PageOf(anchor) => self.linked(Some(anchor), "in this file"),
                Inline::Text { text: words, style, link: Some(Link::Web(address)) } if self.leads_nowhere => {
                    self.styled(words, *style, &whole);
                    let goes_on =
                        |inline| matches!(inline, &Inline::Text { link: Some(Link::Web(ref to)), .. } if to == address);
                    let is_said = address.strip_prefix("mailto:").unwrap_or(address) == words;
                    if !is_said && !inlines.get(place + 1).is_some_and(goes_on) {
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

    fn linked(&mut self, anchor: Option<&Anchor>, words: &str) {
        match anchor {
            Some(anchor) => {
                let _ = write!(self.out, "<a href=\"#{}\">{}</a>", text(&anchor.0), text(words));
            }
            None => self.out.push_str(&text(words)),
        }
    }
}

fn aligned(table: &Table, place: usize) -> Align {
    table.columns.get(place).map_or(Align::Left, |column| column.align)
}

fn href(link: &Link) -> String {
    let mut out = String::new();
    match link {
        Link::To(anchor) => out = format!("#{}", text(&anchor.0)),
        Link::Web(address) => {
            // Writing into a String cannot fail.
            let _ = escape_href(&mut out, address);
        }
    }
    out
}

fn class(voice: Voice) -> &'static str {
    match voice {
        Voice::Body => "",
        Voice::Title => " class=\"title\"",
        Voice::Lead => " class=\"lead\"",
        Voice::Claim => " class=\"claim\"",
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
