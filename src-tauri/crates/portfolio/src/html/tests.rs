//! What is written as HTML, read back.

use chrono::NaiveDate;

use super::*;
use crate::document::Part;
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
    assert!(page.contains("<a href=\"#area-1\">Area 1</a>") && page.contains("<h2 id=\"area-1\">Area 1</h2>"));
    assert!(page.contains("<th scope=\"col\">a</th>") && page.contains("<td class=\"right\">2</td>"), "{page}");
}

#[test]
fn words_in_another_language_say_which() {
    let welsh = "Roedd y cleient yn teimlo'n **well** yr wythnos hon, ac fe gerddodd i'r farchnad bob bore.";
    let source = format!("# {welsh}\n\nShe said 你好 to us.\n\n- {welsh}\n\n> {welsh}\n\n| a |\n|---|\n| {welsh} |\n");
    let page = of(markdown::blocks(&source, 2));
    for expected in
        ["<h3 lang=\"cy\">Roedd", "<li><p lang=\"cy\">Roedd", "<blockquote>\n<p lang=\"cy\">", "<td lang=\"cy\">"]
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
