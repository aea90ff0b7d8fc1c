//! The PDF read back with other people's tools: every word, every bookmark, every link, the same bytes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "../samples/mod.rs"]
#[allow(dead_code, reason = "examples and benchmarks use the rest")]
mod samples;
#[allow(dead_code, reason = "other tests use the rest")]
mod support;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::process::Command;

use lopdf::{Document as Pdf, Object};
use portfolio::document::{Anchor, Block, Heading, Inline, Note, Voice, words};
use portfolio::pdf::{PdfError, Stage};
use portfolio::{markdown, outline, render};
use support::{RIGHT, document, from_markdown, made, text_of, tool};

#[test]
fn every_word_comes_back_in_order() {
    let source = "# Office hours\n\nHalf**bold**word, run*ning* on; ~~struck~~ `code` difficult affluent fluffy waffle fi ffi.\n\n\
        Llŷr a'r ŵyl yng Nghaerdydd, tŷ, dŵr. Zażółć gęślą jaźń, łódź. Ὀδυσσεύς Привет. আমি ভালো আছি, ক্ষমা করবেন। \
        Emoji 😀 👍🏽 👨‍👩‍👧 here ✅. Arrows -> => 3x4 stay.\n\n- one\n- two\n  1. deep\n\n> quoted words\n\n\
        <script>alert(1)</script>\n\n![a tree](x.png) [a link](https://example.org) end.\n\n```\nfn main() {}\n```\n\n---\n\nlast";
    let (bytes, report) = made(&from_markdown(source));
    let expected = "Office hours Halfboldword, running on; struck code difficult affluent fluffy waffle fi ffi. \
        Llŷr a'r ŵyl yng Nghaerdydd, tŷ, dŵr. Zażółć gęślą jaźń, łódź. Ὀδυσσεύς Привет. আমি ভালো আছি, ক্ষমা করবেন। \
        Emoji 😀 👍🏽 👨‍👩‍👧 here ✅. Arrows -> => 3x4 stay. • one • two 1. deep quoted words \
        <script>alert(1)</script> a tree a link end. fn main() {} last";
    assert_eq!(text_of(&bytes), expected.split_whitespace().collect::<Vec<_>>());
    assert_eq!(report.missing, []);
}

/// As they were typed, letters and marks, although two letters are one shape and marks have none of their own.
#[test]
fn words_from_right_to_left_come_back_letter_by_letter() {
    let source = "قليلاً أولاً مثلاً أهلاً وسهلاً لا إلى الله\n\nقِلَّةٌ مُهِمَّةٌ لَآ الآن لإنسان\n\nآپ کیسے ہیں میں ٹھیک ہوں";
    let (bytes, report) = made(&from_markdown(source));
    let text = tool("pdftotext", &["-enc", "UTF-8", "-"], &bytes);
    let marks = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{200E}' | '\u{200F}');
    let text: String = text.chars().filter(|c| !marks(*c)).collect();
    let said: Vec<&str> = text.lines().filter(|line| line.contains(|c| c > '\u{600}')).collect();
    assert_eq!(said, source.split("\n\n").collect::<Vec<_>>());
    assert_eq!(report.missing, []);
}

#[test]
fn a_character_without_a_glyph_is_reported_with_its_record_and_still_copies() {
    let mut blocks = vec![Block::Heading(Heading {
        level: 2,
        text: vec![Inline::plain("Tifinagh")],
        anchor: Some(Anchor("record-1".into())),
        ..Heading::default()
    })];
    blocks.extend(markdown::blocks("Before ⴰⵣ after ⴰ.", 0));
    let (bytes, report) = made(&document(blocks));
    assert_eq!(text_of(&bytes), ["Tifinagh", "Before", "ⴰⵣ", "after", "ⴰ."]);
    let missing: Vec<_> = report.missing.iter().map(|m| (m.anchor.clone().unwrap().0, m.character)).collect();
    assert_eq!(missing, [("record-1".to_owned(), 'ⴰ'), ("record-1".to_owned(), 'ⵣ')]);
}

#[test]
fn nothing_runs_over_the_right_edge() {
    let long = "x".repeat(400);
    let url = format!("https://example.org/{}", "path/segment-".repeat(40));
    let source = format!(
        "{long}\n\n[{url}]({url})\n\n- > - > - > {long}\n\n| a | b | c |\n|---|--:|:-:|\n| {long} | {long} | {url} |\n\n```\n{long}\n```\n\n### {long}\n\n`{long}`"
    );
    let (bytes, _) = made(&from_markdown(&source));
    let boxes = tool("pdftotext", &["-bbox", "-"], &bytes);
    let right = |line: &str| -> Option<f32> { line.split("xMax=\"").nth(1)?.split('"').next()?.parse().ok() };
    let rightmost = boxes.lines().filter(|line| line.contains("<word")).filter_map(right).fold(0.0, f32::max);
    assert!(rightmost > 400.0 && rightmost <= RIGHT + 0.6, "{rightmost}");
    let letters = text_of(&bytes).concat().chars().filter(|c| *c == 'x').count();
    // And the two addresses.
    assert_eq!(letters, 7 * 400 + 2);
}

#[test]
fn the_file_is_sound_and_says_what_it_is() {
    let sample = samples::believable();
    let (bytes, report) = made(&outline(&sample));
    assert!(tool("qpdf", &["--check"], &bytes).contains("No syntax or stream encoding errors"));
    let info = tool("pdfinfo", &[], &bytes);
    assert!(info.contains("Title:           Portfolio of evidence · Amira Osei"), "{info}");
    assert!(info.contains("PDF version:     1.7") && info.contains(&format!("Pages:           {}", report.pages)));
    for font in tool("pdffonts", &[], &bytes).lines().skip(2) {
        let flags: Vec<&str> = font.split_whitespace().rev().skip(2).take(3).collect();
        assert_eq!(flags, ["yes", "yes", "yes"], "embedded, subset, readable: {font}");
        assert_eq!(font.split('+').next().map(str::len), Some(6), "{font}");
    }
    let pdf = Pdf::load_mem(&bytes).unwrap();
    let catalog = pdf.catalog().unwrap();
    assert!(catalog.get(b"Lang").is_ok());
    let preferences = catalog.get(b"ViewerPreferences").and_then(Object::as_dict).unwrap();
    assert!(preferences.get(b"DisplayDocTitle").and_then(Object::as_bool).unwrap());
}

#[test]
fn the_portfolio_holds_every_word_of_its_records() {
    let sample = samples::believable();
    let document = outline(&sample);
    let (bytes, report) = made(&document);
    let text = text_of(&bytes);
    let mut there: BTreeMap<&str, usize> = BTreeMap::new();
    // A line may end after a hyphen.
    for word in text.iter().flat_map(|word| word.split_inclusive('-')) {
        *there.entry(word).or_default() += 1;
    }
    let blocks = document.parts.iter().flat_map(|part| &part.blocks);
    let mut said = Vec::new();
    blocks.for_each(|block| say(block, &mut said));
    for word in said.iter().flat_map(|text| text.split_whitespace()).flat_map(|word| word.split_inclusive('-')) {
        let count = there.get_mut(word);
        assert!(count.as_ref().is_some_and(|count| **count > 0), "{word:?} is missing");
        *count.unwrap() -= 1;
    }
    assert_eq!(report.missing, []);
    for forbidden in ["dee@example.org", "fail", "failed", "passed", "%"] {
        assert!(!text.iter().any(|word| word == forbidden), "{forbidden}");
    }
}

/// A reader of tags hears every word of the outline in the outline's order; only page numbers come between.
#[test]
fn a_screen_reader_hears_everything_in_order() {
    let sample = samples::believable();
    let document = outline(&sample);
    let (bytes, _) = made(&document);
    let tree = tool("pdfinfo", &["-struct-text"], &bytes);
    let heard = tree.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix('"'));
    let heard = heard.map(|words| words.replace("\\\"", "\""));
    // Links stand by themselves, and so may part a word from its comma.
    let heard: String = heard.collect::<String>().split_whitespace().collect();
    let mut said = Vec::new();
    document.parts.iter().flat_map(|part| &part.blocks).for_each(|block| say(block, &mut said));
    // This program does not look at the text that a stretch carries along, which Bengali and emoji need.
    let read = |word: &&str| word.chars().all(|c| c < '\u{590}' || ('\u{2000}'..'\u{2600}').contains(&c));
    let said: Vec<&str> = said.iter().flat_map(|text| text.split_whitespace()).filter(read).collect();
    let (mut left, mut between) = (heard.as_str(), 0);
    for (place, word) in said.iter().enumerate() {
        let at =
            left.find(word).unwrap_or_else(|| panic!("{:?} does not follow", &said[place.saturating_sub(5)..=place]));
        // The contents stand all at once, the words of a chart and page numbers now and then.
        assert!(at < 4_000, "{:?} comes {at} characters later", &said[place.saturating_sub(5)..=place]);
        between += at;
        left = &left[at + word.len()..];
    }
    assert!(between + left.len() < heard.len() / 5, "{between} of {} are not what was written", heard.len());
}

fn say(block: &Block, out: &mut Vec<String>) {
    match block {
        Block::Heading(heading) => out.push(words(&heading.text)),
        Block::Paragraph(_, text) => out.push(words(text)),
        Block::List(list) => list.items.iter().flat_map(|item| &item.blocks).for_each(|block| say(block, out)),
        Block::Quote(blocks) => blocks.iter().for_each(|block| say(block, out)),
        Block::Code(code) => out.push(code.clone()),
        Block::Table(table) => {
            out.extend(table.head.iter().chain(table.rows.iter().flatten()).map(|cell| words(&cell.text)));
        }
        Block::Facts(facts) => {
            for (label, value) in facts {
                out.extend([label.clone(), words(value)]);
            }
        }
        // What a chart says stands in words beside it.
        Block::Note(note) => {
            out.push(Note::raised(note.number));
            note.blocks.iter().for_each(|block| say(block, out));
        }
        Block::Rule | Block::Chart(_) | Block::Contents | Block::Figure(_) | Block::Blanks(_) => {}
    }
}

/// For every page the lines of its text.
fn pages_of(bytes: &[u8]) -> Vec<String> {
    tool("pdftotext", &["-raw", "-"], bytes).split('\u{c}').map(str::to_owned).collect()
}

#[test]
fn contents_bookmarks_and_links_lead_to_the_right_pages() {
    let sample = samples::believable();
    let (bytes, report) = made(&outline(&sample));
    let pages = pages_of(&bytes);
    let pdf = Pdf::load_mem(&bytes).unwrap();
    let numbers: BTreeMap<_, _> = pdf.get_pages().into_iter().map(|(number, id)| (id, number)).collect();
    assert_eq!(numbers.len(), report.pages);

    // Bookmarks: nested, each on the page that shows its words.
    let toc = pdf.get_toc().unwrap();
    assert!(toc.errors.is_empty(), "{:?}", toc.errors);
    assert!(toc.toc.len() > 40);
    for entry in &toc.toc {
        let page = pages[entry.page - 1].replace('\n', " ");
        let title = entry.title.replace('\u{2002}', " ");
        assert!(page.contains(title.trim()), "{title:?} is not on page {}", entry.page);
    }
    assert_eq!(toc.toc.iter().map(|entry| entry.level).max(), Some(3));

    // Every line of the contents ends with the number of the page its title stands on.
    let contents = pages.iter().find(|page| page.lines().any(|line| line == "Contents")).unwrap();
    let line = contents.lines().find(|line| line.starts_with("2 Communication")).unwrap();
    let (title, number) = line.rsplit_once(' ').unwrap();
    let page: usize = number.parse().unwrap();
    assert!(pages[page - 1].lines().any(|line| line == title), "{title} on {page}");

    // Links: each announces the page it leads to, and lies on it.
    let mut inner = 0;
    for id in numbers.keys() {
        let Ok(annotations) = pdf.get_page_annotations(*id) else { continue };
        for annotation in annotations {
            let Ok(destination) = annotation.get(b"Dest").and_then(Object::as_array) else { continue };
            let to = destination.first().unwrap().as_reference().unwrap();
            let said = lopdf::decode_text_string(annotation.get(b"Contents").unwrap()).unwrap();
            assert!(said.to_lowercase().ends_with(&format!("page {}", numbers[&to])), "{said}");
            inner += 1;
        }
    }
    assert!(inner > 150, "{inner}");
}

#[test]
fn references_say_the_page_that_they_lead_to() {
    let placed = |name: &str, level| {
        Block::Heading(Heading {
            level,
            text: vec![Inline::plain(name)],
            anchor: Some(Anchor(name.into())),
            in_contents: true,
            bookmark: true,
            ..Heading::default()
        })
    };
    let mut blocks = vec![Block::Contents];
    for number in 0..40 {
        blocks.push(placed(&format!("Heading{number}"), 2));
        let to = Anchor(format!("Heading{}", 39 - number));
        blocks.push(Block::Paragraph(Voice::Body, vec![Inline::plain("See page "), Inline::PageOf(to)]));
        blocks.extend(markdown::blocks(&"Some words that fill the page. ".repeat(30), 0));
    }
    let (bytes, _) = made(&document(blocks));
    let pages = pages_of(&bytes);
    let lines: Vec<&str> = pages.iter().flat_map(|page| page.lines()).collect();
    let page_of = |name: &str| pages.iter().rposition(|page| page.lines().any(|line| line == name)).unwrap() + 1;
    for number in 0..40 {
        let name = format!("Heading{number}");
        assert!(lines.contains(&format!("{name} {}", page_of(&name)).as_str()), "contents: {name}");
        let at = lines.iter().rposition(|line| *line == name).unwrap();
        assert_eq!(lines[at + 1], format!("See page {}", page_of(&format!("Heading{}", 39 - number))));
    }
}

#[test]
fn the_same_portfolio_is_the_same_bytes_here_and_in_another_process() {
    let sample = samples::believable();
    let document = outline(&sample);
    let (bytes, _) = made(&document);
    assert!(bytes == made(&document).0, "twice in this process");
    if let Ok(path) = std::env::var("PORTFOLIO_TEST_TWIN") {
        std::fs::write(path, bytes).unwrap();
        return;
    }
    let twin = tempfile::NamedTempFile::new().unwrap();
    let name = "the_same_portfolio_is_the_same_bytes_here_and_in_another_process";
    let run = Command::new(std::env::current_exe().unwrap())
        .args([name, "--exact"])
        .env("PORTFOLIO_TEST_TWIN", twin.path())
        .output()
        .unwrap();
    assert!(run.status.success());
    assert!(bytes == std::fs::read(twin.path()).unwrap(), "in another process");
}

#[test]
fn a_vault_without_records_still_gives_a_good_document() {
    let sample = samples::empty();
    let (bytes, report) = made(&outline(&sample));
    let text = text_of(&bytes).join(" ");
    for words in [
        "Where the coach stands",
        "has logged no NHS coaching yet",
        "There are no records in this copy",
        "not expected yet",
        "a group counts once",
    ] {
        assert!(text.contains(words), "{words}");
    }
    assert!(report.pages >= 6);
}

#[test]
fn progress_is_told_text_by_text_and_ends_at_the_end() {
    let mut blocks = vec![Block::Contents];
    let row = "| a | b | c |\n";
    let source = format!(
        "## One\n\ntext\n\n- a\n- b\n  1. c\n\n     d\n- [ ] e\n\n> f\n>\n> > g\n\n```\nh\ni\n```\n\n---\n\n{row}|---|---|---|\n{}",
        row.repeat(300)
    );
    blocks.extend(markdown::blocks(&source, 0));
    blocks.push(Block::Facts(vec![("label".to_owned(), vec![Inline::plain("value")]); 3]));
    for document in [document(blocks), outline(&samples::many(60)), document(Vec::new())] {
        let (mut last, mut texts, mut stages) = (0.0, 0, Vec::new());
        let done = render(&document, &mut |progress| {
            let now = progress.fraction();
            assert!(now >= last && progress.done <= progress.of, "{progress:?} after {last}");
            if progress.stage == Stage::LayingOut {
                assert!(progress.done <= texts + 1, "{progress:?} after {texts}");
                texts = progress.done;
            } else if stages.last() == Some(&Stage::LayingOut) {
                assert!(now >= 0.44, "{progress:?}");
            }
            last = now;
            if stages.last() != Some(&progress.stage) {
                stages.push(progress.stage);
            }
            ControlFlow::Continue(())
        });
        assert!(done.is_ok() && stages.is_sorted_by_key(|stage| *stage as u8), "{stages:?}");
        assert!((last - 1.0).abs() < f32::EPSILON, "{last}");
    }
}

#[test]
fn a_text_without_end_is_laid_out_in_stretches_that_can_be_stopped_between() {
    for words in ["আমি ভালো আছি ক্ষমা করবেন স্বাস্থ্য ", "When the person had said it we were quiet. ", "سلام آپ کیسے ہیں "]
    {
        let text = words.repeat(60_000 / words.len());
        let whole = document(vec![Block::plain(Voice::Body, text.as_str())]);
        let mut asked = 0;
        let done = render(&whole, &mut |progress| {
            asked += usize::from(progress.stage == Stage::LayingOut);
            ControlFlow::Continue(())
        });
        // Nothing of it is lost where one stretch ends and the next begins.
        // The tool adds marks of direction.
        let read = text_of(&done.unwrap().0).concat().chars().filter(|c| !matches!(c, '\u{202A}'..='\u{202E}')).count();
        assert_eq!(read, text.chars().filter(|c| *c != ' ').count(), "{words}");
        assert!(asked >= 60_000 / 8192, "asked {asked} times");
        let mut left = 5;
        let stopped = render(&whole, &mut |_| {
            left -= 1;
            if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(matches!(stopped, Err(PdfError::Cancelled)) && left == 0, "{left}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 16, ..Default::default() })]

    #[test]
    fn any_text_becomes_pages(source in "(?s).{0,400}") {
        made(&from_markdown(&source));
    }
}
