//! What is written as HTML, read back.

use chrono::NaiveDate;

use super::*;
use crate::document::{Chart, DayRow, Drawing, Inline, Part};
use crate::markdown;

fn of(blocks: Vec<Block>) -> String {
    html(&Document {
        title: "A <title>".into(),
        author: String::new(),
        language: "en-GB".into(),
        made: NaiveDate::default(),
        running_head: String::new(),
        parts: vec![Part { blocks, ..Part::default() }],
        files: Vec::new(),
    })
}

#[test]
fn what_a_coach_wrote_is_text_and_never_markup() {
    let page = of(markdown::blocks("<script>alert(1)</script> & [x](javascript:alert(2)) \"q\"", 2));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp;"), "{page}");
    assert!(!page.contains("<script") && page.contains("<title>A &lt;title&gt;</title>"));
    let links = of(markdown::blocks(
        "[a](javascript:alert(2)) [b](data:text/html,x) [c](file:///etc/passwd) [d](foo/bar) [e](https://example.org) <dee@example.org>",
        2,
    ));
    assert_eq!(links.matches("<a href").count(), 2, "{links}");
    assert!(links.contains("href=\"https://example.org\"") && links.contains("href=\"mailto:dee@example.org\""));
}

#[test]
fn contents_lead_to_the_headings_and_tables_have_heads() {
    let heading = Block::Heading(Heading {
        level: 2,
        text: vec![Inline::plain("Area 1")],
        anchor: Some(Anchor("area-1".into())),
        in_contents: true,
        bookmark: true,
        ..Heading::default()
    });
    let table = markdown::blocks("| a | b |\n|---|--:|\n| 1 | 2 |\n", 2);
    let page = of([vec![Block::Contents, heading], table].concat());
    assert!(page.contains("<a href=\"#area-1\">Area 1</a>") && page.contains("<h1 id=\"area-1\">Area 1</h1>"));
    assert!(page.contains("<th scope=\"col\">a</th>") && page.contains("<td class=\"right\">2</td>"), "{page}");
}

#[test]
fn words_in_another_language_say_which() {
    let welsh = "Roedd y cleient yn teimlo'n **well** yr wythnos hon, ac fe gerddodd i'r farchnad bob bore.";
    let source = format!("# {welsh}\n\nShe said 你好 to us.\n\n- {welsh}\n\n> {welsh}\n\n| a |\n|---|\n| {welsh} |\n");
    let page = of(markdown::blocks(&source, 2));
    for expected in
        ["<h1 lang=\"cy\">Roedd", "<li><p lang=\"cy\">Roedd", "<blockquote>\n<p lang=\"cy\">", "<td lang=\"cy\">"]
    {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert!(page.contains("<p>She said <span lang=\"zh\">你好 </span>to us.</p>"), "{page}");
}

#[test]
fn the_window_spells_out_where_a_link_leads() {
    let read = |source| fragment(&markdown::blocks(source, 2));
    for (source, expected) in [
        ("[**the** page](https://x.org?a&b)", "<p><strong>the</strong> page (https://x.org?a&amp;b)</p>\n"),
        ("<https://x.org> <dee@x.org> [x](javascript:y)", "<p>https://x.org dee@x.org x</p>\n"),
        ("![a face](https://x.org/x.png)<b onclick=x>", "<p>a face&lt;b onclick=x&gt;</p>\n"),
        ("# One", "<h3>One</h3>\n"),
    ] {
        assert_eq!(read(source), expected, "{source:?}");
    }
}

#[test]
fn numbers_are_those_that_were_typed() {
    let page = of(markdown::blocks("3. a\n4. b\n1986. c\n1987. d\n2. e", 2));
    assert!(page.contains("<ol start=\"3\""), "{page}");
    assert!(page.contains("<li value=\"1986\">") && page.contains("<li value=\"2\">"), "{page}");
    assert_eq!(page.matches("<li>").count(), 3, "{page}");
}

#[test]
fn a_shape_is_said_in_words_where_no_words_stand_beside_it() {
    let cell = Cell { mark: Some(domain::coverage::Coverage::Partly), text: Vec::new() };
    let page = of(vec![Block::Table(Table { rows: vec![vec![cell]], ..Table::default() })]);
    assert!(page.contains("aria-hidden=\"true\">◐</span><span class=\"said\">partly</span>"));
}

#[test]
fn what_runs_from_right_to_left_says_so() {
    let page = of(markdown::blocks(
        "- وہ کہتی ہے\n- دوسرا\n  - in English\n\n1. پہلا\n\n> اقتباس\n\nOne وہ\n\n## وہ\n\n|a|وہ|\n|-|-|\n",
        2,
    ));
    for expected in [
        "<ul dir=\"rtl\" class=\"tight\">",
        "<ol dir=\"rtl\" class=\"tight\">",
        "<ul dir=\"ltr\" class=\"tight\">",
        "<blockquote dir=\"rtl\">",
        "<p>One ",
        "<h1 dir=\"rtl\">",
        "<th scope=\"col\" dir=\"rtl\">",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert_eq!(page.matches("dir=").count(), 6, "nothing says again what holds already: {page}");
}

#[test]
fn no_heading_is_deeper_than_one_below_the_last() {
    let heads = |source: &str| {
        let page = of([
            vec![Block::heading(1, "Part"), Block::heading(2, "Kind"), Block::heading(3, "Entry")],
            markdown::blocks(source, 3),
        ]
        .concat());
        page.split("<h").skip(1).filter_map(|head| head.chars().next()).filter(char::is_ascii_digit).collect::<String>()
    };
    assert_eq!(heads("# One\n\ntext\n\n#### Four after one\n\n## Two\n\n### Three\n\n#\n\nend"), "1234556");
    assert_eq!(heads("#### Four"), "1234");
}

#[test]
fn footnotes_lead_there_and_back() {
    let page = of(markdown::blocks("Note[^1]\n\n[^1]: The note.", 2));
    let id = page.split("role=\"doc-noteref\" href=\"#").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert!(page.contains(&format!("role=\"doc-footnote\" id=\"{id}\">\n<p class=\"note\">¹ The note.</p>")), "{page}");
    assert!(
        page.contains(&format!("id=\"from-{id}\">¹</a>")) && page.contains(&format!("href=\"#from-{id}\"")),
        "{page}"
    );
    assert_eq!(fragment(&markdown::blocks("Note[^1]", 2)), "<p>Note[^1]</p>\n");
    let window = fragment(&markdown::blocks("Note[^1] www.x.org\n\n[^1]: The note.", 2));
    assert!(window.starts_with("<p>Note¹ www.x.org</p>") && !window.contains("<a "), "{window}");
}

#[test]
fn page_numbers_are_not_spoken_of_where_there_are_no_pages() {
    let anchor = || Anchor("area-1".into());
    let heading = Block::Heading(Heading {
        level: 2,
        text: vec![Inline::plain("Area 1")],
        anchor: Some(anchor()),
        in_contents: false,
        bookmark: false,
        running: false,
    });
    let beside =
        vec![Inline::to("Area 1", anchor()), Inline::plain(" · a kind · page\u{a0}"), Inline::PageOf(anchor())];
    let alone = vec![Inline::plain("See page\u{a0}"), Inline::PageOf(anchor()), Inline::plain(".")];
    let cells =
        |texts: Vec<Vec<Inline>>| texts.into_iter().map(|text| Cell { mark: None, text }).collect::<Vec<Cell>>();
    let table = Table {
        columns: vec![Default::default(); 2],
        head: cells(vec![vec![Inline::plain("Where")], vec![Inline::plain("Page")]]),
        rows: vec![cells(vec![vec![Inline::to("Area 1", anchor())], vec![Inline::PageOf(anchor())]])],
    };
    let text = |inlines| Block::Paragraph(Voice::Body, inlines);
    let page = of(vec![heading, text(beside), text(alone), Block::Table(table)]);
    assert!(page.contains("<p><a href=\"#area-1\">Area 1</a> · a kind</p>"), "{page}");
    assert!(page.contains("<p>See <a href=\"#area-1\">Area 1</a>.</p>"), "{page}");
    let body = page.split("<main>").nth(1).unwrap();
    assert!(!body.contains("age\u{a0}") && !body.contains("Page</th>") && body.contains("Where</th>"), "{body}");
}

#[test]
fn a_chart_is_as_wide_as_its_column_in_the_colours_of_the_page_and_read_out() {
    let bars = vec![("May 25".to_owned(), [12.5, 2.0])];
    let parts = ["NHS".to_owned(), "outside the NHS".to_owned()];
    let day = |text: &str| text.parse().unwrap();
    let rows = vec![DayRow {
        name: "Peer".into(),
        held: vec![day("2026-01-05")],
        beside: vec![day("2026-02-05")],
        missed: vec![day("2026-03-05")],
    }];
    for drawing in [
        Drawing::Bars { unit: "hours".to_owned(), parts, bars },
        Drawing::Scale { unit: "hours".to_owned(), reached: 40.0, marks: vec![(50.0, "Tier 1".to_owned())] },
        Drawing::Days { from: day("2026-01-01"), to: day("2026-04-01"), rows },
    ] {
        let page = of(vec![Block::Chart(Chart { alt: "What it shows".into(), drawing })]);
        let drawn = page.split("<svg").nth(1).and_then(|rest| rest.split("</svg>").next()).unwrap();
        let (tag, shapes) = drawn.split_once('>').unwrap();
        assert!(tag.contains("viewBox=") && !tag.contains("width=") && tag.contains("role=\"img\""), "{tag}");
        assert!(shapes.contains("<desc id=\"chart-1-shows\">What it shows</desc>"), "{shapes}");
        for colour in shapes.split(['"']).filter(|value| value.starts_with('#')) {
            for property in ["fill", "stroke"] {
                assert!(STYLE.contains(&format!(".chart [{property}=\"{colour}\"]")), "{property} {colour}");
            }
        }
        let table = page.split("<summary>The same as a table</summary>").nth(1).unwrap();
        assert!(table.contains("<th scope=\"col\">"), "{table}");
    }
}

#[test]
fn the_letters_of_the_page_come_with_it() {
    let page = of(markdown::blocks("Zażółć *gęślą* **jaźń**", 2));
    let faces: Vec<&str> =
        page.split("data:font/otf;base64,").skip(1).filter_map(|face| face.split(')').next()).collect();
    assert_eq!(faces.len(), 3, "upright, bold and italic");
    for face in faces {
        let bytes = data_encoding::BASE64.decode(face.as_bytes()).unwrap();
        assert!(bytes.starts_with(b"OTTO") && bytes.len() < 40_000, "{}", bytes.len());
        let font = printpdf::ParsedFont::from_bytes(&bytes, 0, &mut Vec::new()).unwrap();
        assert!(
            "Zażółćgęśląjaźń"
                .chars()
                .all(|letter| font.lookup_glyph_index(u32::from(letter)).is_some_and(|glyph| glyph > 0))
        );
        assert!(font.lookup_glyph_index(u32::from('Ω')).is_none_or(|glyph| glyph == 0), "and no others");
    }
}
