//! What Markdown becomes, written down as a sketch.

use proptest::prelude::*;

use super::*;
use crate::document::words;

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
        Block::Facts(_) | Block::Chart(_) | Block::Contents | Block::Figure(_) => String::new(),
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
            if let Some(Link::Web(to)) = link { format!("[{out}]({to})") } else { out }
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
        ("a\nb  \nc\\\nd", "p(a b⏎c⏎d)"),
        ("- a\n- b\n\n  c", "loose(- p(a), - p(b) p(c))"),
        ("- a\n- b\n  1. c\n  2. d", "tight(- p(a), - p(b) tight(1 p(c), 2 p(d)))"),
        ("3) a\n4) b", "tight(3 p(a), 4 p(b))"),
        ("- [x] a\n- [ ] *b*", "tight(x p(a), o p(*b*))"),
        ("> a\n>\n> > b", "q(p(a) q(p(b)))"),
        ("    code\n      more", "code(code\n  more)"),
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

proptest! {
    #[test]
    fn no_word_is_lost(source in "([a-zéŵł]{1,6}|[ \n*_#>`~|<>/\\-\\[\\]().!0-9:]){0,80}") {
        let read = sketch(&blocks(&source, 0)).replace(['*', '`', '~'], "");
        let letters = |text: &str| text.chars().filter(|c| matches!(c, 'é' | 'ŵ' | 'ł')).count();
        // Addresses of links, entities, names of references and the word after a fence are not shown; letters beyond
        // ASCII cannot be part of markup elsewhere.
        prop_assume!(!source.contains("](") && !source.contains("]:") && !source.contains("```") && !source.contains("~~~"));
        prop_assert!(letters(&read) >= letters(&source), "{source:?} {read:?}");
    }
}
