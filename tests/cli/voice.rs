//! Who is spoken to: the coach in the window and on the command line, nobody on paper.

use std::fs;

use crate::{Coach, text_below_heads};

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
    // What is strong may be our own label in front of what the coach wrote.
    let inline = ["<a ", "</a>", "<em", "</em", "<code", "</code", "<span", "</span", "<br"];
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
    let on_paper = text_below_heads(&coach.at("out.pdf"));
    let on_paper = squeezed_words(&on_paper).iter().filter(|word| speaks(word)).count();
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

/// Rule: our own words are printed with the marks of print; what a coach typed stands as it was typed.
#[test]
fn our_own_words_have_the_apostrophes_and_quotation_marks_of_print() {
    let coach = Coach::new();
    coach.does(&["demo", "VAULT"]);
    coach.does(&["export", "VAULT", "--jsonl", "out"]);
    let written = fs::read_to_string(coach.at("out/records.jsonl")).unwrap();
    for whom in ["appraisal", "supervision", "line-management", "clinical", "assessor", "whole"] {
        coach.does(&["export", "VAULT", "--html", "out.html", "--for", whom]);
        let page = fs::read_to_string(coach.at("out.html")).unwrap();
        let body = &page[page.find("<body").unwrap()..];
        for piece in body.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, said)| said) {
            let said = piece.replace("&#39;", "'").replace("&quot;", "\"");
            for word in said.split_whitespace().filter(|word| word.contains(['\'', '"'])) {
                let typed = written.contains(&word.replace('"', "\\\""));
                assert!(typed, "{whom}: {word} in “{said}”");
            }
        }
    }
    let mut files: Vec<std::path::PathBuf> = Vec::new();
    let assets = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets");
    for folder in ["framework", "kinds", "models/reflection", "models/supervision"] {
        files.extend(fs::read_dir(assets.join(folder)).unwrap().map(|file| file.unwrap().path()));
    }
    files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
    files.push(assets.join("plan.json"));
    assert!(files.len() > 20, "{files:?}");
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        assert!(!text.contains('\'') && !text.contains("\\\""), "{}", file.display());
    }
}

/// Rule: an answer in words is for people: ids of choices, days as a file has them and fields without their names are not.
#[test]
fn answers_in_words_are_said_as_a_person_would() {
    let coach = Coach::new();
    coach.does(&["demo", "VAULT"]);
    let ids = |kind: &str| -> Vec<String> {
        let list = coach.json(&["list", "VAULT", "--kind", kind]);
        list.as_array().unwrap().iter().take(2).map(|record| record["id"].as_str().unwrap().to_owned()).collect()
    };
    let mut asked: Vec<Vec<String>> =
        ["gaps", "hours", "rhythm", "plan", "learning", "caseload", "standards", "ratings", "impact", "appraisal"]
            .map(|command| vec![command.to_owned(), "VAULT".to_owned()])
            .into();
    for kind in ["supervision", "observation", "sign-off", "learning", "goal", "session", "person", "profile"] {
        asked.extend(ids(kind).into_iter().map(|id| vec!["show".to_owned(), "VAULT".to_owned(), id]));
    }
    let is_day = |word: &str| word.len() == 10 && word.starts_with("20") && word.matches('-').count() == 2;
    let of_a_file =
        ["face-to-face", "one-to-one", "observed-practice", "health-coaching", "line-management", "did-not-attend"];
    for command in asked {
        let said = coach.does(&command.iter().map(String::as_str).collect::<Vec<_>>());
        // What stands with a record is a list of ids and days to go on with.
        let said = said.split("Belongs with:").next().unwrap();
        for word in said.split(|c: char| c.is_whitespace() || ",;:()\"".contains(c)) {
            assert!(!is_day(word) && !of_a_file.contains(&word), "{command:?} says {word}: {said}");
        }
        assert!(!said.contains("expected 1") && !said.contains("null"), "{command:?}: {said}");
    }
    let appraisal = coach.does(&["appraisal", "VAULT"]);
    assert!(appraisal.contains("Line management supervision: ") && !appraisal.contains("dropped"), "{appraisal}");
    assert!(coach.does(&["ratings", "VAULT"]).contains("Małgorzata Wiśniewska, "), "whoever said it is named");
    assert!(coach.does(&["hours", "VAULT"]).contains("\nFace to face "));
    assert!(coach.does(&["plan", "VAULT"]).contains("1.5 Taking part in regular supervision: "));
    assert!(coach.does(&["agenda", "VAULT"]).contains(", in \""));
    let goals = coach.refused(2, &["show", "VAULT", "x"]);
    assert!(goals.contains("give the id of a record"), "{goals}");
}
