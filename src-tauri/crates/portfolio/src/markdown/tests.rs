//! What Markdown becomes, written down as a sketch.

use proptest::prelude::*;

use super::*;
use crate::document::{Cell, Inline, Link, Marker, words};

/// A compact way of writing blocks down, for comparing.
fn sketch(blocks: &[Block]) -> String {
    let one = |block: &Block| match block {
        Block::Heading(heading) => format!("h{}({})", heading.level, words(&heading.text)),
        Block::Paragraph(_, text) => format!("p({})", runs(text)),
        Block::List(list) => {
            let items = list.items.iter().map(|item| {
                let marker = match item.marker {
                    Marker::Bullet => "-".to_owned(),
                    Marker::Number(number) => number.to_string(),
                    Marker::Task(done) => if done { "x" } else { "o" }.to_owned(),
                    Marker::Coverage(_) => String::new(),
                };
                format!("{marker} {}", sketch(&item.blocks))
            });
            format!("{}({})", if list.tight { "tight" } else { "loose" }, items.collect::<Vec<_>>().join(", "))
        }
        Block::Quote(blocks) => format!("q({})", sketch(blocks)),
        Block::Code(code) => format!("code({code})"),
        Block::Rule => "rule".to_owned(),
        Block::Table(table) => {
            let row = |cells: &Vec<Cell>| cells.iter().map(|cell| runs(&cell.text)).collect::<Vec<_>>().join("|");
            let rows: Vec<String> = std::iter::once(&table.head).chain(&table.rows).map(row).collect();
            format!("table({})", rows.join("/"))
        }
        Block::Note(note) => format!("note({} {})", note.number, sketch(&note.blocks)),
        Block::Facts(_) | Block::Chart(_) | Block::Contents | Block::Figure(_) | Block::Blanks(_) => String::new(),
    };
    blocks.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn runs(inlines: &[Inline]) -> String {
    let one = |inline: &Inline| match inline {
        Inline::Text { text, style, link } => {
            let mut out = text.clone();
            for (on, mark) in [(style.strong, "**"), (style.emphasis, "*"), (style.struck, "~"), (style.code, "`")] {
                if on {
                    out = format!("{mark}{out}{mark}");
                }
            }
            match link {
                Some(Link::Web(to)) => format!("[{out}]({to})"),
                Some(Link::Note(_)) => format!("^{out}"),
                _ => out,
            }
        }
        Inline::Break => "⏎".to_owned(),
        Inline::PageOf(_) => String::new(),
    };
    inlines.iter().map(one).collect()
}

#[test]
fn markdown_becomes_blocks() {
    for (source, expected) in [
        ("# One\n\ntwo *three* **four** `five`", "h1(One) p(two *three* **four** `five`)"),
        ("half**bold**word ***both***", "p(half**bold**word ***both***)"),
        ("a\nb  \nc\\\nd", "p(a⏎b⏎c⏎d)"),
        ("- a\n- b\n\n  c", "loose(- p(a), - p(b) p(c))"),
        ("- a\n- b\n  1. c\n  2. d", "tight(- p(a), - p(b) tight(1 p(c), 2 p(d)))"),
        ("3) a\n4) b", "tight(3 p(a), 4 p(b))"),
        ("- [x] a\n- [ ] *b*", "tight(x p(a), o p(*b*))"),
        ("> a\n>\n> > b", "q(p(a) q(p(b)))"),
        ("```rust\na\n\nb\n```", "code(a\n\nb)"),
        ("a\n\n---\n\nb", "p(a) rule p(b)"),
        ("|a|b|\n|-|-|\n|*c*|d|\n|e|", "table(a|b/*c*|d/e|)"),
        ("~~gone~~ [to](https://x.org)", "p(~gone~ [to](https://x.org))"),
        ("<https://x.org>", "p([https://x.org](https://x.org))"),
        ("![a *tree*](t.png) by [r]\n\n[r]: https://x.org", "p(a *tree* by [r](https://x.org))"),
        ("a <b>c</b> d", "p(a <b>c</b> d)"),
        ("<script>\nalert(1)\n</script>", "p(<script>⏎alert(1)⏎</script>)"),
        ("<div>\n\n*a*\n\n</div>", "p(<div>) p(*a*) p(</div>)"),
        ("Setext\n===\n\n###### six", "h1(Setext) h6(six)"),
        ("&amp; &copy; \\*", "p(& © *)"),
        ("", ""),
    ] {
        assert_eq!(sketch(&blocks(source, 0)), expected, "{source:?}");
    }
}

#[test]
fn headings_stay_below_the_record() {
    assert_eq!(sketch(&blocks("# a\n\n## b\n\n##### c", 3)), "h4(a) h5(b) h6(c)");
}

/// The rules of docs/reading.md, in its order.
#[test]
fn lines_are_kept_as_they_were_typed() {
    for (source, expected) in [
        ("First\nSecond\n• one\n• two", "p(First⏎Second⏎• one⏎• two)"),
        (
            "[Mood]: better\n[Mood]: worse\n\n- [Sleep]: worse\n> [Pain]: 4/10\n",
            "p([Mood]: better⏎[Mood]: worse) tight(- p([Sleep]: worse)) q(p([Pain]: 4/10))",
        ),
        (
            "see [a]\n\n[a]: https://x.org\n[b]: https://y.org\n[a]: again",
            "p(see [a](https://x.org)) p([b]: [https://y.org](https://y.org)⏎[a]: again)",
        ),
        ("[a]:\n/url\n\"title\"", "p([a]:⏎/url⏎\"title\")"),
        ("[a]: [b]\n\n[b]: https://x.org", "p([a]: [b]) p([b]: [https://x.org](https://x.org))"),
        ("1. One\n\n3. Three\n\n1986. That was the year.", "loose(1 p(One), 3 p(Three), 1986 p(That was the year.))"),
        ("1986. That was the year.", "tight(1986 p(That was the year.))"),
        ("Before.\n\n\tA *paragraph*\n\tof two\n\n    # and one", "p(Before.) p(A *paragraph*⏎of two) p(# and one)"),
        ("\tA\nB\n\n\tC\n\nD", "p(A⏎B) p(C) p(D)"),
        (">     A\n> B\n>\n>     C\n>\n> D", "q(p(A⏎B) p(C) p(D))"),
        ("- a\n\n      b [c]\n\n[c]: https://x.org", "loose(- p(a) p(b [c](https://x.org)))"),
        ("before\u{b}after\u{c}on\r\nand\rend", "p(before⏎after⏎on⏎and⏎end)"),
        ("\u{f0b7}\tlistened\n\u{f0b7} asked \u{f0b7}", "tight(- p(listened), - p(asked •))"),
        ("\u{feff}# Heading", "h1(Heading)"),
        ("---\ntitle: My note\ntags: [walk]\n---\n\n# Heading", "p(title: My note⏎tags: [walk]) h1(Heading)"),
        ("---\n\na: b\n\n---", "rule p(a: b) rule"),
        ("|a|b|\n|-|-|\n|c|d|and e|*f*|", "table(a|b||/c|d|and e|*f*)"),
        ("a | b\n- | -\nc | d | e \\| f", "table(a|b|/c|d|e | f)"),
        (
            "b[^2] a[^1]\n\n[^1]: one\n[^2]: two\n\n    more\n[^3]: three",
            "p(b^¹ a^²) note(1 p(two) p(more)) note(2 p(one)) note(3 p(three))",
        ),
        ("a[^1]", "p(a[^1])"),
    ] {
        assert_eq!(sketch(&blocks(source, 0)), expected, "{source:?}");
    }
}

#[test]
fn addresses_that_were_typed_as_they_are_are_links() {
    for (source, expected) in [
        (
            "See https://www.example.nhs.uk/bare_a_b.",
            "p(See [https://www.example.nhs.uk/bare_a_b](https://www.example.nhs.uk/bare_a_b).)",
        ),
        ("(www.example.org/a(b)) etc.", "p(([www.example.org/a(b)](https://www.example.org/a(b))) etc.)"),
        ("*ask dee@example.org*", "p(*ask *[*dee@example.org*](mailto:dee@example.org))"),
        ("`https://x.org` [a https://y.org](https://x.org)", "p(`https://x.org` [a https://y.org](https://x.org))"),
        (
            "ftp://x.org file:///etc/passwd javascript:alert(1) well.then e.g. 3.12",
            "p(ftp://x.org file:///etc/passwd javascript:alert(1) well.then e.g. 3.12)",
        ),
        (
            "- a\n  > http://x.org\n\n|b|\n|-|\n|http://y.org|",
            "tight(- p(a) q(p([http://x.org](http://x.org)))) table(b/[http://y.org](http://y.org))",
        ),
    ] {
        assert_eq!(sketch(&blocks(source, 0)), expected, "{source:?}");
    }
}

#[test]
fn footnotes_of_two_texts_have_places_of_their_own() {
    let places = |source: &str| {
        let blocks = blocks(source, 0);
        let note = blocks
            .iter()
            .find_map(|block| if let Block::Note(note) = block { Some(note.anchor.clone()) } else { None });
        let Block::Paragraph(_, text) = &blocks[0] else { panic!("{blocks:?}") };
        let to = text.iter().find_map(|one| {
            if let Inline::Text { link: Some(Link::Note(to)), .. } = one { Some(to.clone()) } else { None }
        });
        (note.unwrap(), to.unwrap())
    };
    let (one, other) = (places("a[^1]\n\n[^1]: b"), places("a[^1]\n\n[^1]: c"));
    assert!(one.0 == one.1 && other.0 == other.1 && one != other);
}

#[test]
fn pictures_that_say_nothing_are_counted() {
    for (source, count) in [("![](x.png) ![ ](y)", 2), ("![a *b*](x) [![](y)](z)", 1), ("a", 0)] {
        assert_eq!(pictures_without_words(source), count, "{source:?}");
    }
}

#[test]
fn what_is_nested_too_deep_is_drawn_flat() {
    for deep in [">".repeat(10_000) + " deep", "- ".repeat(10_000) + "deep"] {
        let read = sketch(&blocks(&deep, 0));
        assert!(read.len() < 100_000 && read.contains("deep)"), "{}", read.len());
        assert!(is_same(&deep, &format!("{deep}\n")) && !is_same(&deep, &deep.replace("deep", "other")));
    }
    let item = (1..200).map(|n| format!("{}{n}. item\n", "   ".repeat(n))).collect::<String>();
    let read = sketch(&blocks(&item, 0));
    assert!((1..200).all(|n| read.contains(&n.to_string())), "{read}");
}

#[test]
fn two_texts_are_the_same_when_nothing_of_them_differs() {
    for (one, other) in [
        ("*a*\nb", "_a_  \nb"),
        ("* a\n* b", "- a\n- b\n"),
        ("[a]: b", "\\[a]: b"),
        ("x[^n]\n\n[^n]: y", "x[^1]\n\n[^1]: y"),
        ("[a][b]\n\n[b]: https://x.org", "[a](https://x.org)"),
    ] {
        assert!(is_same(one, other), "{one:?} {other:?}");
    }
    for (one, other) in [
        ("a\nb", "a b"),
        ("3. a", "1. a"),
        ("[a](b)", "[a](c)"),
        ("[a](b 't')", "[a](b)"),
        ("![a](b)", "a"),
        ("![a](b)", "[a](b)"),
        ("```rust\na\n```", "```\na\n```"),
        ("- [ ] a", "- [x] a"),
        ("- a\n- b", "- a\n\n- b"),
    ] {
        assert!(!is_same(one, other), "{one:?} {other:?}");
    }
}

proptest! {
    /// A letter that can only be text is there however it stands among the marks.
    #[test]
    fn no_definition_swallows_a_word(source in "([éŵł]{1,3}|\\[[éŵł]\\]:|[ \n>\\-\\[\\]:|\t]){0,60}") {
        let letters = |text: &str| text.chars().filter(|c| matches!(c, 'é' | 'ŵ' | 'ł')).count();
        let read = sketch(&blocks(&source, 0));
        // A reference that leads somewhere keeps its address to itself.
        prop_assume!(!read.contains("](") && Reader::read(&source::prepared(&source), 0).behind.is_empty());
        prop_assert!(letters(&read) >= letters(&source), "{source:?} {read:?}");
    }

    #[test]
    fn no_word_is_lost(source in "([a-zéŵł]{1,6}|[ \n*_#>`~|<>/\\-\\[\\]().!0-9:]){0,80}") {
        let read = sketch(&blocks(&source, 0)).replace(['*', '`', '~'], "");
        let letters = |text: &str| text.chars().filter(|c| matches!(c, 'é' | 'ŵ' | 'ł')).count();
        // Addresses of links, names of references that lead somewhere, and the word after a fence are not shown; letters
        // beyond ASCII cannot be part of markup elsewhere.
        prop_assume!(!source.contains("](") && !source.contains("]: ") && !source.contains("```") && !source.contains("~~~"));
        prop_assert!(letters(&read) >= letters(&source), "{source:?} {read:?}");
    }
}
