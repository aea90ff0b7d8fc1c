//! What coaches may write: the CommonMark specification's own examples, languages, the very long and the empty.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use serde_json::{Value, json};

use crate::{Coach, squeezed, text_below_heads};

/// The examples of the CommonMark specification, as the Markdown parser we use brings them in its own tests.
fn specification() -> Vec<String> {
    let asked = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&asked.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let parser = packages.iter().find(|package| package["name"] == "pulldown-cmark").unwrap();
    let manifest = PathBuf::from(parser["manifest_path"].as_str().unwrap());
    let text = fs::read_to_string(manifest.with_file_name("tests/suite/spec.rs")).unwrap();
    let begins = text.split("let original = r##\"").skip(1);
    begins.map(|rest| rest.split_once("\"##;").unwrap().0.to_owned()).collect()
}

/// The words a reader should see of a Markdown text, in order.
fn words(markdown: &str) -> Vec<String> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    let mut text = String::new();
    // Spaces at the beginning of a line make no code here: what the specification takes for it is text like any other.
    let mut indented: Option<String> = None;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => indented = Some(String::new()),
            Event::Text(part) if indented.is_some() => indented.get_or_insert_default().push_str(&part),
            Event::End(TagEnd::CodeBlock) if indented.is_some() => {
                // Signs in it are read as they are elsewhere; its words are all there.
                let lines = indented.take().unwrap_or_default();
                text.push(' ');
                let lines: Vec<&str> = lines.lines().map(str::trim_start).collect();
                let read = words(&lines.join("\n")).join(" ");
                text.extend(read.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }));
                text.push(' ');
            }
            Event::Text(part) | Event::Code(part) | Event::Html(part) | Event::InlineHtml(part) => text += &part,
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image) => {}
            Event::Start(_) | Event::End(_) => text.push(' '),
            _ => {}
        }
    }
    text.split_whitespace().map(str::to_owned).collect()
}

fn entry(number: usize, title: &str, body: &str) -> String {
    let id = format!("018f3c1e-0000-7000-8000-{number:012}");
    json!({ "id": id, "kind": "reflection", "date": "2026-03-01", "title": title, "body": body }).to_string()
}

/// The entry's part of the portfolio, without white space: from its title's last place to the next one's.
fn part<'a>(text: &'a str, title: &str, next: Option<&str>) -> &'a str {
    let begin = text.rfind(&squeezed(title)).unwrap_or_else(|| panic!("{title} is missing"));
    let end = next.and_then(|next| text[begin..].find(&squeezed(next))).map_or(text.len(), |at| begin + at);
    &text[begin..end]
}

fn in_order(part: &str, words: &[String], what: &str) {
    // pdftotext takes a hyphen at the end of a line for a broken word and drops it, so hyphens do not count here.
    let part = part.replace('-', "");
    let mut at = 0;
    for word in words.iter().map(|word| word.replace('-', "")) {
        let found = part[at..].find(&word);
        at += found.unwrap_or_else(|| panic!("{what}: \"{word}\" is missing or out of order in {part}")) + word.len();
    }
}

#[test]
fn the_specifications_examples_are_all_there_with_their_words_in_order() {
    let examples = specification();
    assert!(examples.len() > 600, "only {} examples were found", examples.len());
    let title = |number: usize| format!("Specimen {number:04} begins");
    let line = |(number, body): (usize, &String)| entry(number, &title(number), body);
    let coach = Coach::with_vault();
    coach.writes("in.jsonl", examples.iter().enumerate().map(line).collect::<Vec<_>>().join("\n"));
    coach.does(&["import", "VAULT", "in.jsonl"]);
    coach.does(&["export", "VAULT", "--pdf", "out.pdf"]);
    let text = squeezed(&text_below_heads(&coach.at("out.pdf")));
    for (number, body) in examples.iter().enumerate() {
        let next = (number + 1 < examples.len()).then(|| title(number + 1));
        in_order(part(&text, &title(number), next.as_deref()), &words(body), &format!("example {number}: {body}"));
    }
}

#[test]
fn every_text_a_coach_may_write_is_kept_and_comes_out() {
    let long = (0..10_000).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ");
    let texts = [
        ("Welsh", "Gwrandewais yn dawel; roedd ŵyn a thŷ yn ei stori, a'r tawelwch yn gwneud y gwaith."),
        ("Polish", "Zażółć gęślą jaźń: klientka powiedziała, że łatwiej jej iść niż biec."),
        ("Bengali", "আমি শুধু শুনলাম, আর তিনি নিজেই পথ খুঁজে পেলেন।"),
        ("Emoji", "She drew a 🙂 on the page, then a 🌱."),
        ("Long", &long),
        ("Letters", &"x".repeat(400)),
        ("Empty", ""),
        ("Script", "Before <script>alert('no')</script> after\n\n<div onclick=\"x()\">block</div>"),
    ];
    let coach = Coach::with_vault();
    let lines: Vec<String> = texts
        .iter()
        .enumerate()
        .map(|(number, (title, body))| entry(number, &format!("{title} specimen"), body))
        .collect();
    coach.writes("in.jsonl", lines.join("\n"));
    coach.does(&["import", "VAULT", "in.jsonl"]);
    for (title, body) in texts {
        let found = coach.json(&["search", "VAULT", &format!("\"{title} specimen\"")]);
        let record = coach.json(&["show", "VAULT", found["hits"][0]["id"].as_str().unwrap()]);
        assert_eq!(record["body"], body, "{title}");
    }
    coach.does(&["export", "VAULT", "--pdf", "out.pdf"]);
    let text = squeezed(&text_below_heads(&coach.at("out.pdf")));
    for (number, (title, body)) in texts.iter().enumerate() {
        let next = texts.get(number + 1).map(|(title, _)| format!("{title} specimen"));
        let part = part(&text, &format!("{title} specimen"), next.as_deref());
        if *title == "Letters" {
            assert!(part.matches('x').count() >= 400);
        } else {
            in_order(part, &words(body), title);
        }
    }
}

#[test]
fn words_are_found_without_their_accents() {
    let coach = Coach::with_vault();
    coach.writes("in.jsonl", entry(1, "Tŷ", "Zażółć gęślą jaźń"));
    coach.does(&["import", "VAULT", "in.jsonl"]);
    for query in ["ty", "gesla", "gęślą"] {
        assert_eq!(coach.json(&["search", "VAULT", query])["total"], 1, "{query}");
    }
}
