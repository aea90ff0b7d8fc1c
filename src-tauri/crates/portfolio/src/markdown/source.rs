//! What is put right in a text before it is read: the characters that word processors leave, the head of a note from a notes
//! app, definitions that nothing refers to, and cells beyond the columns of their table.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};

use super::OPTIONS;

/// How often a text is looked through again after something in it was put right. One or two rounds suffice for any text that
/// was not made to need more.
const ROUNDS: usize = 16;

/// The text as it is read.
pub(super) fn prepared(source: &str) -> Cow<'_, str> {
    let mut text = without_head(characters(source));
    for _ in 0..ROUNDS {
        let mut insertions = unused_definitions(&text);
        insertions.extend(wider_heads(&text));
        if insertions.is_empty() {
            break;
        }
        insertions.sort_unstable();
        let mut out = String::with_capacity(text.len() + insertions.len());
        let mut from = 0;
        for (at, words) in insertions {
            out.push_str(&text[from..at]);
            out.push_str(&words);
            from = at;
        }
        out.push_str(&text[from..]);
        text = Cow::Owned(out);
    }
    text
}

/// Line ends of every kind become one kind, Word's bullet one that is known, and a byte-order mark goes.
fn characters(source: &str) -> Cow<'_, str> {
    const BULLET: char = '\u{F0B7}';
    let source = source.trim_start_matches('\u{FEFF}');
    let is_line_end = |c| matches!(c, '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    if !source.contains(|c| is_line_end(c) || c == BULLET) {
        return Cow::Borrowed(source);
    }
    let text = source.replace("\r\n", "\n").replace(is_line_end, "\n");
    let line = |line: &str| match line.trim_start().strip_prefix(BULLET) {
        Some(rest) if rest.starts_with(char::is_whitespace) => format!("- {}", rest.trim_start().replace(BULLET, "•")),
        _ => line.replace(BULLET, "•"),
    };
    Cow::Owned(text.split('\n').map(line).collect::<Vec<_>>().join("\n"))
}

/// What a notes app keeps at the head of a note, between two lines of dashes, is lines and no heading.
fn without_head(text: Cow<'_, str>) -> Cow<'_, str> {
    let Some(rest) = text.strip_prefix("---\n") else { return text };
    let is_named = rest.split_once(':').is_some_and(|(name, _)| {
        name.starts_with(char::is_alphabetic)
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '))
    });
    let end = rest.match_indices("\n---").map(|(at, _)| at).find(|at| {
        let after = &rest[at + 4..];
        after.is_empty() || after.starts_with('\n')
    });
    match end {
        Some(end) if is_named && !rest[..end].contains("\n\n") => {
            Cow::Owned(format!("{}\n{}", &rest[..end], &rest[end + 4..]))
        }
        _ => text,
    }
}

/// A line such as `[Mood]: better` defines a reference, and would not be seen. Where nothing refers to it, it is what it
/// looks like: a backslash is put before it.
fn unused_definitions(text: &str) -> Vec<(usize, String)> {
    if !text.contains("]:") {
        return Vec::new();
    }
    let events = Parser::new_ext(text, OPTIONS).into_offset_iter();
    let spans: Vec<(String, Range<usize>)> =
        events.reference_definitions().iter().map(|(label, known)| (folded(label), known.span.clone())).collect();
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut used: Vec<String> = Vec::new();
    let mut indented = String::new();
    for (event, range) in events {
        match event {
            Event::Start(Tag::List(_) | Tag::Item | Tag::BlockQuote(_)) | Event::End(_) => {}
            Event::Start(Tag::FootnoteDefinition(_)) => taken.push(range.start..range.start + 1),
            Event::Start(Tag::Link { link_type, ref id, .. } | Tag::Image { link_type, ref id, .. }) => {
                if matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut) {
                    used.push(folded(id));
                }
                taken.push(range);
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                // Indented lines are no code here, and can refer to something.
                indented.push_str(&folded(&text[range.clone()]));
                taken.push(range);
            }
            _ => taken.push(range),
        }
    }
    used.extend(spans.iter().map(|(label, _)| label.clone()).filter(|label| indented.contains(&format!("[{label}]"))));
    used.sort_unstable();
    taken.extend(spans.into_iter().filter(|(label, _)| used.binary_search(label).is_ok()).map(|(_, span)| span));
    let taken = joined(taken);
    let is_taken = |at: usize| {
        let next = taken.partition_point(|range| range.start <= at);
        next > 0 && taken[next - 1].end > at
    };
    let mut begin = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let first = line.match_indices('[').map(|(at, _)| begin + at).find(|at| !is_taken(*at));
        found.extend(first.map(|at| (at, "\\".to_owned())));
        begin += line.len();
    }
    found
}

/// A label as labels are compared.
pub(super) fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Ranges in order, those that touch as one.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| range.start);
    let mut out: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

/// Cells that a row has beyond the columns of its table would be dropped: the table's head is given empty ones above them.
fn wider_heads(text: &str) -> Vec<(usize, String)> {
    if !text.contains('|') {
        return Vec::new();
    }
    let mut found = Vec::new();
    let (mut head, mut cell_end, mut surplus) = (0, 0, 0);
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::TableHead) => (head, surplus) = (range.start, 0),
            Event::Start(Tag::TableCell) => cell_end = range.end,
            Event::End(TagEnd::TableRow) => {
                surplus = surplus.max(cells(text[cell_end.min(range.end)..range.end].trim()));
            }
            Event::End(TagEnd::Table) if surplus > 0 => {
                let head_end = line_end(text, head);
                found.push((head_end, widening(&text[..head_end], " |", surplus)));
                let rule_end = line_end(text, (head_end + 1).min(text.len()));
                found.push((rule_end, widening(&text[..rule_end], "-|", surplus)));
            }
            _ => {}
        }
    }
    found
}

/// How many cells stand in what a row has beyond its last column.
fn cells(rest: &str) -> usize {
    let rest = rest.strip_prefix('|').unwrap_or(rest);
    let rest = rest.strip_suffix('|').filter(|shorter| !shorter.ends_with('\\')).unwrap_or(rest);
    if rest.trim().is_empty() { 0 } else { rest.replace("\\|", "").matches('|').count() + 1 }
}

fn widening(line: &str, cell: &str, times: usize) -> String {
    let trimmed = line.trim_end();
    let open = if trimmed.ends_with('|') && !trimmed.ends_with("\\|") { "" } else { "|" };
    format!("{open}{}", cell.repeat(times))
}

fn line_end(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |at| from + at)
}
