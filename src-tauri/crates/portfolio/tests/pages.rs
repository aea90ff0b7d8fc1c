//! Pages as a reader of paper sees them: nothing stands alone, lines are of a good length, and nothing leaves the page.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[allow(dead_code, reason = "other tests use the rest")]
mod support;

use std::io::Cursor;

use image::{ImageFormat, RgbImage};
use portfolio::document::{Block, Cell, Colour, Document, Figure, Inline, Item, List, Marker, Part, Table, Voice};
use proptest::prelude::*;
use support::{LEFT, RIGHT, document, from_markdown, made, read, text_of, tool};

/// A line of text as somebody else's program finds it on a page.
#[derive(Debug, Clone)]
struct Seen {
    page: usize,
    left: f32,
    top: f32,
    right: f32,
    words: String,
}

/// The lines of every page from top to bottom, without running heads and page numbers.
fn lines_of(bytes: &[u8]) -> Vec<Seen> {
    let layout = tool("pdftotext", &["-bbox-layout", "-"], bytes);
    let number = |tag: &str, name: &str| -> f32 {
        tag.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    };
    let (mut page, mut out): (usize, Vec<Seen>) = (0, Vec::new());
    for tag in layout.lines().map(str::trim) {
        if tag.starts_with("<page") {
            page += 1;
        } else if tag.starts_with("<word") {
            let word = tag.split('>').nth(1).unwrap().split('<').next().unwrap();
            let (left, top, right) = (number(tag, "xMin"), number(tag, "yMin"), number(tag, "xMax"));
            match out.iter_mut().find(|line| line.page == page && (line.top - top).abs() < 2.0) {
                Some(line) => {
                    line.words = format!("{} {word}", line.words);
                    (line.left, line.right) = (line.left.min(left), line.right.max(right));
                }
                None => out.push(Seen { page, left, top, right, words: word.to_owned() }),
            }
        }
    }
    out.retain(|line| !line.words.contains("RUNNINGHEAD") && !line.words.starts_with("Page "));
    out.sort_by(|a, b| a.page.cmp(&b.page).then(a.top.total_cmp(&b.top)));
    out
}

fn picture(width: u32, height: u32) -> Figure {
    let mut png = Cursor::new(Vec::new());
    RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 90]))
        .write_to(&mut png, ImageFormat::Png)
        .unwrap();
    read("A picture", png.into_inner()).unwrap().remove(0)
}

/// What a document is made of, as one tells it.
#[derive(Debug, Clone)]
enum Kind {
    Heading(u8),
    Label,
    Words(usize),
    Source,
    Items(Vec<usize>),
    Rows(usize, usize),
    Facts(usize),
    Picture(u32, u32),
}

fn kinds() -> impl Strategy<Value = Vec<Kind>> {
    let kind = prop_oneof![
        3 => (2_u8..5).prop_map(Kind::Heading),
        1 => Just(Kind::Label),
        6 => (1_usize..160).prop_map(Kind::Words),
        1 => Just(Kind::Source),
        2 => prop::collection::vec(1_usize..40, 1..6).prop_map(Kind::Items),
        2 => (1_usize..30, 1_usize..20).prop_map(|(rows, words)| Kind::Rows(rows, words)),
        1 => (1_usize..16).prop_map(Kind::Facts),
        1 => (40_u32..900, 40_u32..900).prop_map(|(width, height)| Kind::Picture(width, height)),
    ];
    prop::collection::vec(kind, 8..40)
}

/// Words that say where they stand: `w7` is of the seventh block.
fn words(mark: &str, number: usize, count: usize) -> String {
    vec![format!("{mark}{number}"); count].join(" ")
}

fn block(number: usize, kind: &Kind) -> Block {
    let cell = |text: String| Cell { mark: None, text: vec![Inline::plain(text)] };
    match kind {
        Kind::Heading(level) => Block::heading(*level, words("h", number, 3)),
        Kind::Label => Block::plain(Voice::Label, words("l", number, 2)),
        Kind::Words(count) => Block::plain(Voice::Body, words("w", number, *count)),
        Kind::Source => Block::plain(Voice::Source, words("s", number, 4)),
        Kind::Items(items) => Block::List(List {
            items: items
                .iter()
                .map(|count| Item {
                    marker: Marker::Bullet,
                    blocks: vec![Block::plain(Voice::Body, words("i", number, *count))],
                })
                .collect(),
            tight: true,
        }),
        Kind::Rows(rows, count) => Block::Table(Table {
            head: vec![cell(words("th", number, 1)), cell(words("th", number, 1))],
            rows: (0..*rows)
                .map(|row| vec![cell(format!("r{row}of{number}")), cell(words("td", number, *count))])
                .collect(),
            ..Table::default()
        }),
        Kind::Facts(count) => Block::Facts(
            (0..*count).map(|_| (words("f", number, 1), vec![Inline::plain(words("v", number, 2))])).collect(),
        ),
        Kind::Picture(width, height) => {
            Block::Figure(Figure { caption: vec![Inline::plain(words("c", number, 30))], ..picture(*width, *height) })
        }
    }
}

/// Lines that say the same of one block, page by page.
fn shares<'s>(lines: &'s [Seen], mark: &str, number: usize) -> Vec<(usize, Vec<&'s Seen>)> {
    let own = format!("{mark}{number}");
    let mut out: Vec<(usize, Vec<&Seen>)> = Vec::new();
    for line in lines.iter().filter(|line| line.words.split(' ').any(|word| word == own)) {
        match out.last_mut() {
            Some((page, lines)) if *page == line.page => lines.push(line),
            _ => out.push((line.page, vec![line])),
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..Default::default() })]

    #[test]
    fn nothing_stands_alone(kinds in kinds()) {
        let bytes = made(&document(kinds.iter().enumerate().map(|(number, kind)| block(number, kind)).collect())).0;
        let lines = lines_of(&bytes);
        let pages = lines.last().map_or(0, |line| line.page);
        for page in 1..=pages {
            let own: Vec<&Seen> = lines.iter().filter(|line| line.page == page).collect();
            let (Some(first), Some(last)) = (own.first(), own.last()) else {
                // A page of its own for a picture has its caption; nothing else has no words.
                return Err(TestCaseError::fail(format!("page {page} of {pages} is empty")));
            };
            if page < pages {
                prop_assert!(!last.words.starts_with(['h', 'l']), "page {page} ends with {last:?}");
                prop_assert!(!last.words.starts_with("th"), "page {page} ends with the head {last:?}");
            }
            prop_assert!(!first.words.starts_with('s') || page == 1, "page {page} begins with {first:?}");
        }
        for (number, kind) in kinds.iter().enumerate() {
            let marks: &[&str] = match kind {
                Kind::Heading(_) => &["h"],
                Kind::Words(_) => &["w"],
                Kind::Picture(..) => &["c"],
                _ => &[],
            };
            for mark in marks {
                let shares = shares(&lines, mark, number);
                let parted = shares.len() > 1;
                prop_assert!(!parted || *mark == "w", "{kind:?} is parted");
                for (page, own) in shares {
                    prop_assert!(!parted || own.len() > 1, "a line of {mark}{number} is alone on page {page}");
                }
            }
            if let Kind::Rows(rows, _) = kind {
                for row in 0..*rows {
                    let name = format!("r{row}of{number}");
                    let page = lines.iter().find(|line| line.words.split(' ').any(|word| word == name)).unwrap().page;
                    let head = lines.iter().any(|line| line.page == page && line.words.starts_with(&format!("th{number}")));
                    prop_assert!(head, "row {row} of {number} stands on page {page} without its head");
                }
            }
        }
    }

    #[test]
    fn tables_of_any_width_stay_on_the_page_with_every_word_whole(columns in 1_usize..61, rows in 1_usize..4, seed in any::<u64>()) {
        let long = ["Responsibilities", "2026-03-02", "£1,200.00", "self-compassion", "12 June 2026", "yes", "interdisciplinary"];
        let word = |at: usize| long[(seed as usize).wrapping_add(at * 31) % long.len()];
        let line = |cells: Vec<String>| format!("|{}|\n", cells.join("|"));
        let mut source = line((0..columns).map(|at| format!("Column{at}")).collect()) + &line(vec!["-".to_owned(); columns]);
        for row in 0..rows {
            source += &line((0..columns).map(|at| word(at + row).to_owned()).collect());
        }
        // A cell more than there are columns is kept, too.
        source += &line((0..columns).map(|at| word(at).to_owned()).chain(["Surplus".to_owned()]).collect());
        let (bytes, _) = made(&from_markdown(&source));
        for line in lines_of(&bytes) {
            prop_assert!(line.left >= LEFT - 0.5 && line.right <= RIGHT + 0.5, "{line:?}");
        }
        let text = text_of(&bytes).join(" ");
        let count = |word: &str| text.matches(word).count();
        for word in long {
            let typed = source.matches(word).count();
            prop_assert!(count(word) >= typed, "{word} is there {} times and not {typed}", count(word));
        }
        prop_assert!(text.contains("Surplus"), "{text}");
        for at in 0..columns {
            prop_assert!(text.split(' ').any(|word| word == format!("Column{at}")), "{at} of {columns}");
        }
    }
}

#[test]
fn running_text_is_eleven_on_sixteen_with_sixty_to_seventy_five_characters_a_line() {
    let said = "When the person had said what mattered to them we were both quiet for a while, and then they went on by \
        themselves, without a question of mine, to the very thing that had been in the way all along. ";
    let bytes = made(&from_markdown(&[said.repeat(5), said.repeat(4)].join("\n\n"))).0;
    let lines = lines_of(&bytes);
    // All but the last of each paragraph, which is as long as it is.
    let full = || lines.windows(2).filter(|pair| !pair[0].words.ends_with("along."));
    let counts: Vec<usize> = full().map(|pair| pair[0].words.chars().count()).collect();
    let mean = counts.iter().sum::<usize>() as f32 / counts.len() as f32;
    assert!(
        (62.0..=72.0).contains(&mean) && counts.iter().all(|count| (58..=75).contains(count)),
        "{mean} of {counts:?}"
    );
    for pair in full() {
        assert!((pair[1].top - pair[0].top - 16.0).abs() < 0.1, "{pair:?}");
    }
}

#[test]
fn a_certificate_goes_on_the_page_that_has_begun() {
    let few = Block::plain(Voice::Body, "Words of four lines. ".repeat(12));
    let certificate = Figure { caption: vec![Inline::plain("The certificate")], ..picture(827, 1170) };
    let blocks =
        vec![Block::heading(2, "Learning"), few, Block::heading(3, "A certificate"), Block::Figure(certificate)];
    let (bytes, report) = made(&document(blocks));
    assert_eq!(report.pages, 1);
    let lines = lines_of(&bytes);
    assert_eq!(lines.last().unwrap().words, "The certificate");
}

#[test]
fn certificates_share_pages_each_in_a_frame() {
    let exhibit = |title: &str, width, height| {
        let figure = Figure { caption: vec![Inline::plain(format!("File of {title}"))], ..picture(width, height) };
        [Block::heading(3, title), Block::plain(Voice::Fine, "A few words of it."), Block::Figure(figure)]
    };
    let lying = [exhibit("One", 1170, 827), exhibit("Two", 1170, 827)].concat();
    let (bytes, report) = made(&document(lying));
    assert_eq!(report.pages, 1, "two that lie have room on a page");
    let page = support::seen(&bytes, 1);
    let is_frame = |x: u32, y: u32| page.get_pixel(x, y).0.iter().all(|channel| *channel < 200);
    // A line from one edge of the measure to the other, four times: above and below each.
    let rows = (80..780).filter(|y| (LEFT as u32 + 20..LEFT as u32 + 300).all(|x| is_frame(x, *y)));
    assert!(rows.count() >= 4, "each has a frame");
    let more = [Block::heading(3, "After it"), Block::plain(Voice::Body, "Words of four lines. ".repeat(36))];
    let standing = exhibit("Three", 827, 1170).into_iter().chain(more).collect();
    assert_eq!(made(&document(standing)).1.pages, 1, "one that stands leaves room for what comes next");
}

#[test]
fn short_facts_stand_side_by_side_and_long_ones_below_each_other() {
    let fact = |label: &str, value: &str| (label.to_owned(), vec![Inline::plain(value)]);
    let facts =
        vec![fact("From", "A client"), fact("People", "11"), fact("Form", "Three questions"), fact("Score", "8.1")];
    let lines = lines_of(&made(&document(vec![Block::Facts(facts)])).0);
    let words: Vec<&str> = lines.iter().map(|line| line.words.as_str()).collect();
    assert_eq!(words, ["From A client People 11 Form Three questions", "Score 8.1"]);
    let long = vec![fact("Provider", &"The learning platform of the network ".repeat(4)), fact("Tier", "1")];
    let lines = lines_of(&made(&document(vec![Block::Facts(long)])).0);
    assert!(lines.len() > 2 && lines.last().unwrap().words == "Tier 1", "{lines:?}");
    assert!(lines.iter().all(|line| line.right <= RIGHT + 0.5), "{lines:?}");
}

#[test]
fn a_part_that_runs_on_begins_on_the_page_where_the_one_before_it_ends() {
    let part = |title: &str, runs_on: bool, band: Colour| Part {
        runs_on,
        band: Some(band),
        blocks: vec![Block::heading(2, title), Block::plain(Voice::Body, "A few words of it.")],
        ..Part::default()
    };
    let (red, blue) = (Colour(200, 0, 0), Colour(0, 0, 200));
    let with =
        |runs_on| Document { parts: vec![part("One", false, red), part("Two", runs_on, blue)], ..document(Vec::new()) };
    assert_eq!(made(&with(false)).1.pages, 2);
    let (bytes, report) = made(&with(true));
    assert_eq!(report.pages, 1);
    let page = support::seen(&bytes, 1);
    let band: Vec<[u8; 3]> = [20, 90, 200, 800].map(|y| page.get_pixel(592, y).0).to_vec();
    assert_eq!(band, [[200, 0, 0], [200, 0, 0], [0, 0, 200], [0, 0, 200]], "each has its own band beside it");
}

#[test]
fn what_is_written_from_right_to_left_has_its_bullets_numbers_and_bars_on_the_right() {
    let bytes = made(&from_markdown("- وہ کہتی ہے\n- دوسرا نکتہ\n\n7. پہلا\n\n> اقتباس\n\n- left\n\n> quoted")).0;
    let words = tool("pdftotext", &["-bbox", "-"], &bytes);
    let at = |word: &str| -> Vec<f32> {
        let own = words.lines().filter(|line| line.contains(&format!(">{word}<")));
        own.map(|line| line.split("xMin=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap()).collect()
    };
    let bullets = at("•");
    assert!(bullets[..2].iter().all(|x| *x > RIGHT - 19.0) && bullets[2] < LEFT + 19.0, "{bullets:?}");
    assert!(at("7.")[0] > RIGHT - 19.0, "{words}");
    let page = support::seen(&bytes, 1);
    // Bars are the only upright strokes as tall as a line: where most of a column of pixels is not white.
    let dark = |x: u32, from: u32, to: u32| (from..to).filter(|y| page.get_pixel(x, *y).0[0] < 200).count();
    let strokes: Vec<u32> = (80..520).filter(|x| dark(*x, 84, 300) >= 15).collect();
    assert!(strokes.iter().any(|x| (*x as f32 - RIGHT).abs() < 3.0), "{strokes:?}");
    assert!(strokes.iter().any(|x| (*x as f32 - LEFT).abs() < 3.0), "{strokes:?}");
}

#[test]
fn code_goes_on_below_after_a_space_and_keeps_the_spaces_at_its_head() {
    let code = "    let answer = question.asked(\"what would a good week look like for you\").then(|said| said.listened()).kept();";
    let bytes = made(&from_markdown(&format!("```\n{code}\n```"))).0;
    let lines = lines_of(&bytes);
    assert!(lines.len() > 1 && lines[0].left > LEFT + 25.0, "{lines:?}");
    for line in &lines {
        assert!(line.right <= RIGHT && code.contains(&line.words.replace("&quot;", "\"")), "{line:?}");
    }
}

#[test]
fn a_word_that_is_parted_is_still_one_word() {
    let typed = "inter\u{ad}dis\u{ad}cip\u{ad}li\u{ad}nar\u{ad}i\u{ad}ly";
    let source = format!(
        "{} {}",
        "We met at the surgery and spoke of this for a long time with them",
        vec![typed; 40].join(" ")
    );
    let bytes = made(&from_markdown(&source)).0;
    let whole = source.replace('\u{ad}', "");
    assert_eq!(text_of(&bytes), whole.split(' ').collect::<Vec<_>>());
    let lines = lines_of(&bytes);
    // Some are: the lines would be much shorter otherwise.
    assert!(lines.iter().filter(|line| line.right > RIGHT - 40.0).count() > lines.len() / 2, "{lines:?}");
}
