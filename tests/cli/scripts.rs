//! Three hundred strings that would run, lead astray or turn the text around somewhere, through every view and export: they
//! come out as the words they are.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::Coach;

/// What would be run, followed or obeyed if anybody took it for more than words.
const HARMFUL: [&str; 30] = [
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script src=//x.test/a.js></script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<iframe src=\"javascript:alert(1)\"></iframe>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<base href=\"https://x.test/\">",
    "<meta http-equiv=refresh content=0;url=https://x.test>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#x3c;script&#x3e;alert(1)",
    "javascript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "file:///etc/passwd",
    "vbscript:msgbox(1)",
    "https://x.test/\" onmouseover=\"alert(1)",
    "' OR 1=1; DROP TABLE record; --",
    "%s%n%x%p%d {0} {} ${x} $(id) `id`",
    "../../../../etc/passwd",
    "=HYPERLINK(\"https://x.test\",\"x\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\u{202e}txt.exe\u{202c}",
    "\u{2066}a\u{2069}\u{200f}b\u{200e}",
    "a\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\u{feff}\u{200b}\u{200d}\u{2060}\u{ad}",
    "/JavaScript (app.alert(1)) /OpenAction << /S /Launch >>",
    ") Tj ET Q endstream endobj",
    "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} \u{10FFFD}",
];

/// What it stands in, as Markdown may have it.
const AROUND: [&str; 10] = [
    "{}",
    "[click]({})",
    "[click](<{}>)",
    "![picture]({})",
    "<{}>",
    "[click][1]\n\n[1]: {}",
    "`{}`",
    "| a |\n|---|\n| {} |",
    "> - **{}**",
    "[^1]\n\n[^1]: {}",
];

/// A record that says a string wherever a record can say something, and in every way.
fn record(number: usize, harmful: &str) -> Value {
    let body = AROUND.map(|around| around.replace("{}", harmful)).join("\n\n");
    // A title is one line of some length.
    let title: String = format!("{number} {harmful}").chars().take(190).collect();
    json!({
        "id": format!("01890000-0000-7000-8000-{number:012}"), "kind": "reflection", "date": "2026-03-01", "title": title,
        "body": body, "tags": [harmful], "model": format!("own:{harmful}"), "answers": [{ "prompt": harmful, "text": body }],
        "claims": [{ "competency": "1.3", "as": "reflective-journal", "reason": body }], "unknown": body,
    })
}

/// The names of all elements and of all attributes in a page, and every address.
fn parts(html: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut names, mut addresses) = (BTreeSet::new(), BTreeSet::new());
    // What the page brings of its own is no markup.
    let style = html.find("<style").map_or(0..0, |from| from..html.find("</style>").unwrap());
    let html = [&html[..style.start], &html[style.end..]].concat();
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap();
        // Between quotation marks stands what an attribute says.
        for (at, part) in tag.split('"').enumerate() {
            if at % 2 == 0 {
                names.extend(part.split_whitespace().map(|name| name.trim_matches(['=', '/']).to_owned()));
            }
        }
        for attribute in ["href=\"", "src=\""] {
            addresses.extend(tag.split(attribute).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()));
        }
    }
    (names, addresses)
}

#[test]
fn three_hundred_strings_go_everywhere_as_the_words_they_are() {
    assert_eq!(HARMFUL.len() * AROUND.len(), 300);
    let records: Vec<Value> = (1..).zip(HARMFUL).map(|(number, harmful)| record(number, harmful)).collect();
    let (coach, plain) = (Coach::with_vault(), Coach::with_vault());
    coach.writes("in.jsonl", records.iter().map(|record| format!("{record}\n")).collect::<String>());
    // The same shapes, with nothing in them.
    plain.writes("in.jsonl", record(1, "https://x.test/").to_string());
    for coach in [&coach, &plain] {
        coach.does(&["import", "VAULT", "in.jsonl"]);
        coach.does(&["export", "VAULT", "--html", "out.html"]);
    }
    let page = |coach: &Coach| parts(&fs::read_to_string(coach.at("out.html")).unwrap());
    let ((names, addresses), (known, _)) = (page(&coach), page(&plain));
    let new: Vec<&String> = names.difference(&known).collect();
    assert!(new.iter().all(|name| !name.contains("script") && !name.starts_with("on")), "{new:?}");
    assert!(new.len() < 10, "{new:?}");
    let leads = |address: &&String| {
        ["#", "http://", "https://", "mailto:", "data:image/", "data:font/"].iter().any(|to| address.starts_with(to))
    };
    assert!(
        addresses.iter().all(|address| leads(&address)),
        "{:?}",
        addresses.iter().filter(|address| !leads(address)).collect::<Vec<_>>()
    );

    coach.does(&["export", "VAULT", "--pdf", "out.pdf"]);
    let pdfinfo = |option: &str| {
        let output = Command::new("pdfinfo").args([option, coach.at("out.pdf").to_str().unwrap()]).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let urls = pdfinfo("-url");
    let urls = urls.lines().skip(1).filter_map(|line| line.split_whitespace().nth(2));
    assert!(urls.into_iter().all(|url| ["http://", "https://", "mailto:"].iter().any(|to| url.starts_with(to))));
    assert_eq!(pdfinfo("-js").trim(), "");

    coach.does(&["export", "VAULT", "--jsonl", "out"]);
    let out = fs::read_to_string(coach.at("out/records.jsonl")).unwrap();
    for (line, given) in out.lines().zip(&records) {
        let got: Value = serde_json::from_str(line).unwrap();
        for (field, value) in given.as_object().unwrap() {
            assert_eq!(&got[field], value, "{field}");
        }
    }
    let obeyed = |text: &str| {
        text.contains(|c: char| {
            c.is_control() && c != '\n' && c != '\t' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        })
    };
    for arguments in
        [&["list", "VAULT"][..], &["gaps", "VAULT"], &["plan", "VAULT"], &["agenda", "VAULT"], &["verify", "VAULT"]]
    {
        assert!(!obeyed(&coach.does(arguments)), "{arguments:?}");
    }
    for given in &records {
        let id = given["id"].as_str().unwrap();
        assert!(!obeyed(&coach.does(&["show", "VAULT", id])), "{id}");
        let words = given["tags"][0].as_str().unwrap();
        assert!(!obeyed(&coach.runs(&["search", "VAULT", words]).out), "{words}");
    }
}

#[test]
fn a_nul_is_refused_wherever_it_stands() {
    let coach = Coach::with_vault();
    for field in ["title", "body", "tags", "unknown"] {
        let mut record = record(1, "words");
        record[field] = if field == "tags" { json!(["a\0b"]) } else { json!("a\0b") };
        coach.writes("in.jsonl", record.to_string());
        let said = coach.runs(&["import", "VAULT", "in.jsonl"]);
        assert!(said.status == 2 && said.err.contains(field), "{field}: {}", said.err);
    }
}
