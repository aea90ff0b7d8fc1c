//! Who is spoken to: the coach in the window and on the command line, nobody on paper.

use std::fs;

use crate::{Coach, text_of};

fn squeezed_words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn speaks(word: &str) -> bool {
    ["you", "your", "yours", "yourself"].contains(&word)
}

/// The words of an HTML portfolio, block by block.
fn blocks(html: &str) -> Vec<Vec<String>> {
    let body = &html[html.find("<body").unwrap()..];
    let inline = ["<a ", "</a>", "<strong", "</strong", "<em", "</em", "<code", "</code", "<span", "</span", "<br"];
    let mut text = String::new();
    for (at, piece) in body.split('<').enumerate() {
        let (tag, said) = piece.split_once('>').unwrap_or(("", piece));
        let is_inline =
            inline.iter().any(|name| format!("<{tag} ").starts_with(name) || format!("<{tag}>").starts_with(name));
        text.push_str(if at > 0 && !is_inline { "\n" } else { "" });
        text.push_str(&said.replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\""));
    }
    text.lines().map(squeezed_words).collect()
}

/// Rule: on paper Coachfolio speaks to nobody; what the coach wrote stands as it is (docs/framework.md, "Who is spoken to").
#[test]
fn a_reader_is_not_spoken_to_as_if_they_were_the_coach() {
    let coach = Coach::new();
    coach.does(&["demo", "VAULT"]);
    coach.does(&["export", "VAULT", "--jsonl", "out"]);
    let records = fs::read_to_string(coach.at("out/records.jsonl")).unwrap();
    let mut written = String::new();
    fn texts(value: &serde_json::Value, out: &mut String) {
        match value {
            serde_json::Value::String(text) => *out += &format!(" {} ¶", squeezed_words(text).join(" ")),
            serde_json::Value::Array(items) => items.iter().for_each(|item| texts(item, out)),
            serde_json::Value::Object(map) => map.values().for_each(|item| texts(item, out)),
            _ => {}
        }
    }
    records.lines().for_each(|line| texts(&serde_json::from_str(line).unwrap(), &mut written));
    coach.does(&["export", "VAULT", "--html", "out.html"]);
    coach.does(&["export", "VAULT", "--pdf", "out.pdf"]);
    let html = fs::read_to_string(coach.at("out.html")).unwrap();
    let mut said = 0;
    for block in blocks(&html) {
        for (at, _) in block.iter().enumerate().filter(|(_, word)| speaks(word)) {
            let around = &block[at.saturating_sub(2)..(at + 3).min(block.len())];
            assert!(written.contains(&around.join(" ")), "nobody wrote this: {}", block.join(" "));
            said += 1;
        }
    }
    let on_paper = squeezed_words(&text_of(&coach.at("out.pdf"))).iter().filter(|word| speaks(word)).count();
    assert_eq!(on_paper, said, "the PDF says the same");
}

#[test]
fn a_portfolio_with_little_in_it_speaks_to_nobody() {
    let coach = Coach::with_vault();
    let check = |name: &str| {
        coach.does(&["export", "VAULT", "--html", name]);
        let words = squeezed_words(&fs::read_to_string(coach.at(name)).unwrap());
        let near = |(at, _): (usize, &String)| words[at.saturating_sub(8)..(at + 8).min(words.len())].join(" ");
        assert_eq!(words.iter().enumerate().filter(|(_, word)| speaks(word)).map(near).collect::<Vec<_>>(), [""; 0]);
    };
    check("empty.html");
    coach.does(&[
        "add",
        "VAULT",
        "session",
        "--set",
        "title=S",
        "--set",
        "minutes=50",
        "--set",
        "format=one-to-one",
        "--set",
        "mode=video",
    ]);
    coach.does(&["add", "VAULT", "reflection", "--set", "title=Seen", "--claim", "1.3=It shows"]);
    coach.does(&["add", "VAULT", "person", "--set", "name=Rhian", "--set", "role=health-coaching-supervisor"]);
    check("three.html");
}
