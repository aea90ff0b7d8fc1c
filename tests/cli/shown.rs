//! What attached files and the names of people become in a portfolio, and that the report tells the truth about the rest.

use std::process::Command;

use serde_json::Value;

use crate::{Coach, squeezed, text_of};

const COURSE: [&str; 8] = ["add", "VAULT", "learning", "--set", "form=course", "--set", "minutes=60", "--attach"];

fn course(coach: &Coach, title: &str, file: &str) -> Value {
    coach.json(&[&COURSE[..], &[file, "--set", &format!("title={title}")]].concat())
}

fn not_shown(report: &Value) -> Vec<&str> {
    report["not_shown"].as_array().unwrap().iter().map(|one| one["what"].as_str().unwrap()).collect()
}

#[test]
fn a_file_that_is_not_shown_is_named_wherever_one_looks_for_it() {
    let coach = Coach::with_vault();
    coach.writes("notes.docx", b"PK\x03\x04 not a picture");
    course(&coach, "Word course", "notes.docx");
    let why = "notes.docx is neither a picture nor a PDF.";
    for (more, place) in [
        (&[][..], "The file itself does not go with this copy."),
        (&["--originals"][..], "The file itself is inside this PDF."),
    ] {
        let report = coach.json(&[&["export", "VAULT", "--pdf", "out.pdf"][..], more].concat());
        let told = not_shown(&report);
        assert!(told.len() == 1 && told[0].starts_with(&format!("{why} {place}")), "{told:?}");
        assert_eq!(told[0].contains("send it by itself"), more.is_empty(), "{told:?}");
        let text = squeezed(&text_of(&coach.at("out.pdf")));
        assert_eq!(
            text.matches(&squeezed(&format!("{why} {place}"))).count(),
            2,
            "at its exhibit and on the last page"
        );
        let last = text.split("Whatcouldnotbeshown").nth(1).unwrap();
        assert!(last.starts_with("•Exhibit1:Wordcourse:notes.docx"), "{last}");
        let list = Command::new("pdfdetach").arg("-list").arg(coach.at("out.pdf")).output().unwrap();
        let list = String::from_utf8_lossy(&list.stdout).into_owned();
        assert_eq!(list.contains("notes.docx"), !more.is_empty(), "{list}");
    }
    let report = coach.json(&["export", "VAULT", "--html", "out.html"]);
    assert!(not_shown(&report)[0].contains("does not go with this copy"), "{report}");
}

#[test]
fn one_content_under_two_names_is_told_by_each() {
    let coach = Coach::with_vault();
    let png = include_bytes!("../../assets/icons/32x32.png").as_slice();
    for (name, content) in [("first.png", png), ("second.png", png), ("a.txt", b"x"), ("b.txt", b"x")] {
        coach.writes(name, content);
        course(&coach, &format!("On {name}"), name);
    }
    let report = coach.json(&["export", "VAULT", "--pdf", "out.pdf"]);
    let told = not_shown(&report);
    assert!(told.len() == 2 && told[0].starts_with("a.txt is") && told[1].starts_with("b.txt is"), "{told:?}");
    coach.does(&["export", "VAULT", "--html", "out.html"]);
    let page = std::fs::read_to_string(coach.at("out.html")).unwrap();
    for words in ["On first.png: first.png\"", "On second.png: second.png\""] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn who_is_named_and_gone_is_said_when_they_go_and_in_the_report() {
    let coach = Coach::with_vault();
    let ann =
        coach.json(&["add", "VAULT", "person", "--set", "name=Ann Lee", "--set", "role=health-coaching-supervisor"]);
    let ann = ann["id"].as_str().unwrap();
    let met = ["add", "VAULT", "supervision", "--set", "title=On ending", "--set", "type=health-coaching"];
    let with = format!("supervisor={ann}");
    let more = ["--set", "format=individual", "--set", "minutes=60", "--set", &with];
    let met = coach.json(&[&met[..], &more[..]].concat());
    assert_eq!(not_shown(&coach.json(&["export", "VAULT", "--pdf", "out.pdf"])), [""; 0]);
    let said = coach.does(&["delete", "VAULT", ann]);
    assert!(said.contains("1 record names \"Ann Lee\""), "{said}");
    let report = coach.json(&["export", "VAULT", "--pdf", "out.pdf"]);
    assert!(not_shown(&report)[0].starts_with("\"Supervisor\" names a record that is not here any more"), "{report}");
    assert_eq!(report["not_shown"][0]["record"]["id"], met["id"]);
    let shown = coach.does(&["show", "VAULT", met["id"].as_str().unwrap()]);
    assert!(shown.contains("a record that is not here any more") && !shown.contains(ann), "{shown}");
    coach.does(&["bin", "VAULT", "--restore", ann]);
    assert_eq!(not_shown(&coach.json(&["export", "VAULT", "--pdf", "out.pdf"])), [""; 0]);
}
