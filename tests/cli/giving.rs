//! Giving a portfolio out: what it is written as, the report, by what it is known again, and the log.

use std::collections::BTreeSet;
use std::process::Command;

use crate::{Coach, text_of};

#[test]
fn the_report_says_what_goes_in_and_out_before_anything_is_written() {
    let coach = Coach::with_vault();
    coach.does(&["add", "VAULT", "reflection", "--set", "title=Mine alone", "--set", "date=2026-05-06"]);
    coach.does(&["add", "VAULT", "reflection", "--set", "title=Before", "--set", "date=2026-01-06"]);
    let claimed = ["add", "VAULT", "reflection", "--set", "title=Put forward \u{13000}", "--set", "date=2026-05-07"];
    let claimed = coach.json(&[&claimed[..], &["--claim", "1.3"]].concat());
    let export = ["export", "VAULT", "--pdf", "out.pdf", "--for", "appraisal", "--from", "2026-05-01"];
    let checked = coach.json(&[&export[..], &["--check-only"]].concat());
    assert!(!coach.at("out.pdf").exists() && checked["path"].is_null());
    assert_eq!(checked["went_in"], serde_json::json!([{ "kind": "reflection", "title": "Reflections", "records": 1 }]));
    let left_out: Vec<&str> =
        checked["left_out"].as_array().unwrap().iter().map(|left| left["why"].as_str().unwrap()).collect();
    assert_eq!(left_out.len(), 2, "{left_out:?}");
    assert_eq!(left_out[0], "Outside the period: 1 record.");
    assert_eq!(checked["left_out"][1]["records"][0]["title"], "Mine alone");
    let not_shown = &checked["not_shown"][0];
    assert!(not_shown["what"].as_str().unwrap().contains("U+13000"), "{not_shown}");
    assert_eq!(not_shown["record"]["id"], claimed["id"]);
    assert_eq!(coach.json(&["releases", "VAULT"])["releases"], serde_json::json!([]), "nothing was given out");

    let written = coach.json(&export);
    assert_eq!((&written["sha256"], &written["pages"]), (&checked["sha256"], &checked["pages"]));
    let sum = Command::new("sha256sum").arg(coach.at("out.pdf")).output().unwrap();
    assert!(String::from_utf8(sum.stdout).unwrap().starts_with(written["sha256"].as_str().unwrap()));
    let text = crate::squeezed(&text_of(&coach.at("out.pdf")));
    assert!(text.contains(written["fingerprint"].as_str().unwrap()), "its last page says so");
    assert!(!text.contains("Minealone"), "what is left out is not named in the file");

    let releases = coach.json(&["releases", "VAULT"])["releases"].clone();
    let release = &releases[0];
    assert_eq!(releases.as_array().unwrap().len(), 1);
    assert_eq!((&release["sha256"], &release["audience"]), (&written["sha256"], &"appraisal".into()));
    assert_eq!((&release["name"], &release["from"]), (&"out.pdf".into(), &"2026-05-01".into()));
}

#[test]
fn whatever_gives_something_out_notes_the_same_of_it() {
    let coach = Coach::with_vault();
    let reports = [
        coach.json(&["export", "VAULT", "--pdf", "out.pdf"]),
        coach.json(&["export", "VAULT", "--html", "out.txt", "--for", "clinical"]),
        coach.json(&["appraisal", "VAULT", "--from", "2026-01-01", "--to", "2026-05-31", "--pack", "pack"])["portfolio"]
            .clone(),
    ];
    let releases = coach.json(&["releases", "VAULT"])["releases"].clone();
    let releases = releases.as_array().unwrap();
    assert_eq!(releases.len(), reports.len());
    for (report, (name, sheet)) in
        reports.iter().zip([("out.pdf", "pdf"), ("out.txt", "html"), ("portfolio.pdf", "pdf")])
    {
        let noted = releases.iter().find(|release| release["name"] == name).unwrap().as_object().unwrap();
        let keys = ["at", "audience", "fingerprint", "from", "name", "pages", "records", "sha256", "sheet", "to"];
        assert!(noted.keys().collect::<BTreeSet<_>>().into_iter().eq(keys), "{noted:?}");
        assert_eq!((&noted["sheet"], &report["sheet"]), (&sheet.into(), &sheet.into()), "{name}");
        for key in noted.keys().filter(|key| !["at", "name"].contains(&key.as_str())) {
            assert_eq!(noted[key], report[key], "{name}: {key}");
        }
    }
    let text = coach.does(&["releases", "VAULT"]);
    for (name, what) in [("out.pdf", "PDF of "), ("out.txt", "one web page, ")] {
        let line = text.lines().find(|line| line.contains(name)).unwrap();
        assert!(line.contains(what), "whatever the file is called: {line}");
    }
}

#[test]
fn an_export_has_one_target_and_says_which_there_are() {
    let coach = Coach::with_vault();
    let none = coach.refused(2, &["export", "VAULT"]);
    assert!(none.contains("--pdf <OUT>|--html <OUT>|--jsonl <DIR>"), "{none}");
    let two = coach.refused(2, &["export", "VAULT", "--pdf", "a.pdf", "--jsonl", "out"]);
    assert!(two.contains("'--pdf <OUT>' cannot be used with '--jsonl <DIR>'"), "{two}");
    let two = coach.refused(2, &["export", "VAULT", "--html", "a.html", "--pdf", "a.pdf"]);
    assert!(two.contains("--html <OUT>") && two.contains("--pdf <OUT>"), "{two}");
    for choice in [&["--for", "full"][..], &["--to", "2026-05-31"], &["--check-only"]] {
        let said = coach.refused(2, &[&["export", "VAULT", "--jsonl", "out"][..], choice].concat());
        assert!(said.contains("cannot be used with"), "{said}");
    }
    let said = coach.refused(2, &["export", "VAULT", "--html", "a.html", "--originals"]);
    assert!(said.contains("cannot be used with") && said.contains("--originals"), "{said}");
    assert!(!coach.at("out").exists() && !coach.at("a.pdf").exists() && !coach.at("a.html").exists());
}

#[test]
fn the_fingerprint_changes_with_a_record_and_not_with_the_day() {
    let coach = Coach::with_vault();
    coach.does(&["add", "VAULT", "reflection", "--set", "title=One", "--set", "date=2026-05-06"]);
    let fingerprint = |more: &[&str]| {
        let export = ["export", "VAULT", "--html", "out.html", "--check-only"];
        coach.json(&[&export[..], more].concat())["fingerprint"].clone()
    };
    let before = fingerprint(&[]);
    assert_eq!(before, fingerprint(&["--today", "2027-01-01"]));
    coach.does(&["add", "VAULT", "reflection", "--set", "title=Two", "--set", "date=2026-05-06"]);
    assert_ne!(before, fingerprint(&[]));
}
