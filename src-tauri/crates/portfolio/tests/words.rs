//! Nothing that a coach typed disappears: whatever is typed in whatever order, every word is on the page, in order.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[allow(dead_code, reason = "other tests use the rest")]
#[path = "support/mod.rs"]
mod support;

use portfolio::markdown;
use proptest::prelude::*;
use support::{from_markdown, made, text_of};

/// What a coach may type; `w` stands for a word that is nowhere else, and a line that begins with `^` for one that is
/// moved to the end.
const TYPED: [&str; 34] = [
    "w w, *w* **w** ***w*** ~~w~~ `w`",
    "w\nw\nw  \nw\\\nw",
    "# w w",
    "#### w",
    "w\n===",
    "- w\n- w\n  - w\n\n    w\n- w",
    "1. w\n3. w\n1986. w",
    "7) w\n\n   > w",
    "- [ ] w\n- [x] *w*",
    "> w\n> > w\n> - w\n\n> w",
    "```\nw w\n    w\n```",
    "```w w\nw\n```",
    "\tw w\n\tw",
    "    w\nw\n\n    w",
    "|w|w|\n|-|:-:|\n|w|*w*|\n|w|w|w|",
    "w | w\n- | -\nw",
    "[w]: w\n[w]:\nw",
    "[w](https://example.org) <w> &amp; w",
    "![w](x.png) ![*w*](y)",
    "w[w] [w][] w",
    "<div>\nw\n</div>\n\n<!-- w -->",
    "---\nw: w\n---",
    "w\u{b}w\u{c}w\r\nw\rw",
    "\u{f0b7}\tw\n\u{f0b7} w",
    "w_w_w *w",
    "\\*w\\* 3\\. w",
    "- w\n\n\n* w\n+ w",
    "* * *\nw\n***",
    "w[^a] w[^w]\n\n^[^a]: w w",
    "• w\n• w",
    "   w\n  w\n w",
    ">w\nw\n>\n>     w",
    "1. - > w\n        w\n    w",
    "www.example.org/w (w) https://example.org/w.",
];

/// Each `w` becomes a word of its own; the words in the order in which they are read, those of footnotes last.
fn typed(pieces: &[usize], joints: &[bool]) -> (String, Vec<String>) {
    let (mut text, mut words) = (String::new(), Vec::new());
    let (mut below, mut notes) = (String::new(), Vec::new());
    let mut count = 0_usize;
    for (place, piece) in pieces.iter().enumerate() {
        for line in TYPED[*piece].split_inclusive('\n') {
            let is_note = line.starts_with('^');
            let line = line.strip_prefix('^').unwrap_or(line);
            let (text, words) = if is_note { (&mut below, &mut notes) } else { (&mut text, &mut words) };
            // One footnote of each name.
            let line = line.replace("[^a]", &format!("[^n{place}]"));
            let letters: Vec<char> = line.chars().collect();
            for (at, letter) in letters.iter().enumerate() {
                let near = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|c| c.is_alphanumeric());
                if *letter != 'w' || near(at.checked_sub(1)) || near(Some(at + 1)) {
                    text.push(*letter);
                    continue;
                }
                let word = format!(
                    "q{}z",
                    count.to_string().chars().map(|c| char::from(b'a' + c as u8 - b'0')).collect::<String>()
                );
                count += 1;
                text.push_str(&word);
                words.push(word);
            }
        }
        text.push_str(if joints[place] { "\n\n" } else { "\n" });
        below.push_str("\n\n");
    }
    words.extend(notes);
    (text + "\n" + &below, words)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..Default::default() })]

    #[test]
    fn every_word_of_a_text_is_on_the_page_in_order(
        pieces in prop::collection::vec(0..TYPED.len(), 1..14),
        joints in prop::collection::vec(prop::bool::weighted(0.8), 14),
    ) {
        let (source, words) = typed(&pieces, &joints);
        // A piece that leads somewhere because of another one gives its words to that.
        prop_assume!(markdown::pictures_without_words(&source) == 0);
        let page = text_of(&made(&from_markdown(&source)).0).concat().replace('-', "");
        let mut from = 0;
        for word in &words {
            let found = page[from..].find(word);
            prop_assert!(found.is_some(), "{word} in {source:?}\n{page}");
            from += found.unwrap() + word.len();
        }
    }
}
