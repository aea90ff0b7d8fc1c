//! What comments and documents send a reader to is there.

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Parser, Tag};

/// The comments of a file that have a line of their own, those of one block joined.
fn comments(path: &Path) -> String {
    let text = fs::read_to_string(crate::root().join(path)).unwrap();
    let begin = ["//!", "///", "//", "/**", "*", "<!--", "#"];
    let comment = |line: &str| {
        let line = line.trim();
        begin.iter().find_map(|begin| line.strip_prefix(begin)).map_or("\n".to_owned(), |said| format!("{said} "))
    };
    text.lines().map(comment).collect()
}

/// The documents that a text names, each with what stands after the name.
fn named(text: &str) -> Vec<(&str, &str)> {
    let is_path = |c: char| c.is_ascii_alphanumeric() || "./_-".contains(c);
    let name = |(at, _): (usize, &str)| {
        let begin = text[..at].rfind(|c| !is_path(c)).map_or(0, |before| before + 1);
        let after = &text[at + 3..];
        let is_name = begin < at && !text[..begin].ends_with("//") && !after.starts_with(char::is_alphanumeric);
        is_name.then(|| (text[begin..at + 3].trim_start_matches("./"), after))
    };
    text.match_indices(".md").filter_map(name).collect()
}

/// Where a path leads that stands in this file: beside the file, or from the project's root.
fn target(path: &Path, named: &str) -> Option<PathBuf> {
    let root = crate::root().canonicalize().unwrap();
    let beside = root.join(path).with_file_name(named);
    let there = [beside, root.join(named)].into_iter().find_map(|place| place.canonicalize().ok());
    there.filter(|place| place.starts_with(&root))
}

#[test]
fn documents_that_are_cited_are_there() {
    let (mut seen, mut lost) = (0, Vec::new());
    for path in crate::files(&[".rs", ".ts", ".svelte", ".js", ".scss", ".sql", ".toml", "Makefile"]) {
        let text = comments(&path);
        for (named, after) in named(&text) {
            seen += 1;
            let Some(document) = target(&path, named) else {
                lost.push(format!("{}: there is no {named}", path.display()));
                continue;
            };
            // `docs/framework.md, "Tiers"`: these words are there too.
            let words = after.strip_prefix(", \"").and_then(|words| words.split('"').next());
            let words = words.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
            if !fs::read_to_string(document).unwrap().contains(&words) {
                lost.push(format!("{}: {named} does not say \"{words}\"", path.display()));
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
    assert!(seen > 20, "the comments were not read");
}

#[test]
fn links_between_documents_lead_somewhere() {
    for path in crate::files(&[".md"]) {
        let text = fs::read_to_string(crate::root().join(&path)).unwrap();
        for event in Parser::new(&text) {
            let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event else { continue };
            let file = dest_url.split('#').next().unwrap_or_default();
            if !file.is_empty() && !file.contains("://") {
                assert!(target(&path, file).is_some(), "{}: there is no {file}", path.display());
            }
        }
    }
}

#[test]
fn each_test_that_security_is_held_by_is_there() {
    let sources: Vec<String> =
        crate::files(&[".rs"]).iter().map(|path| fs::read_to_string(crate::root().join(path)).unwrap()).collect();
    let is_test = |sources: &[String], name: &str| sources.iter().any(|text| text.contains(&format!("fn {name}()")));
    let text = fs::read_to_string(crate::root().join("SECURITY.md")).unwrap();
    let mut seen = 0;
    for event in Parser::new(&text) {
        let Event::Code(name) = event else { continue };
        if name.matches('_').count() > 1
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        {
            seen += 1;
            assert!(is_test(&sources, &name), "SECURITY.md: there is no test {name}");
        }
    }
    assert!(seen > 10, "no promise was read");
}
