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

fn told(report: &serde_json::Value, what: &str, says: &str) -> Vec<String> {
    let all = report[what].as_array().unwrap().iter().map(|one| one[says].as_str().unwrap().to_owned());
    all.collect()
}

/// Rule: that somebody did not agree is between them and the coach.
#[test]
fn that_feedback_stays_without_its_givers_consent_is_told_to_the_coach_alone() {
    let coach = Coach::with_vault();
    let said = r#"{"kind":"feedback","date":"2026-05-08","title":"Not to be used","from":"client","consent":false,"claims":[{"competency":"1.2"}]}"#;
    coach.writes("in.jsonl", said);
    coach.does(&["import", "VAULT", "in.jsonl"]);
    for whom in ["appraisal", "supervision", "line-management", "clinical", "assessor"] {
        let report = coach.json(&["export", "VAULT", "--html", "out.html", "--for", whom]);
        let left_out = told(&report, "left_out", "why");
        assert!(left_out.iter().any(|why| why.starts_with("Feedback whose giver did not agree")), "{left_out:?}");
        let page = std::fs::read_to_string(coach.at("out.html")).unwrap();
        assert!(!page.contains("did not agree"), "{whom} is told");
    }
}

/// Rule: figures over few people are withheld, and the coach is asked about words that say them too.
#[test]
fn the_coach_is_asked_about_words_that_say_what_was_withheld() {
    let coach = Coach::with_vault();
    let measured = |title: &str, people: u32, body: &str| {
        format!(
            r#"{{"kind":"impact","date":"2026-05-08","title":"{title}","measure":"PAM","people":{people},"before":41.5,"after":52,"body":"{body}","claims":[{{"competency":"1.2","reason":"From 41.5 upwards."}}]}}"#
        )
    };
    let all = [
        measured("Small", 4, "Four filled in both forms."),
        measured("Silent", 4, "They filled in both forms."),
        measured("Many", 9, "Four did not come, five did."),
    ];
    coach.writes("in.jsonl", all.join("\n"));
    coach.does(&["import", "VAULT", "in.jsonl"]);
    let report = coach.json(&["export", "VAULT", "--html", "out.html", "--for", "appraisal"]);
    let asked = report["not_shown"].as_array().unwrap();
    let of =
        |title: &str| asked.iter().find(|one| one["record"]["title"] == title).map(|one| one["what"].as_str().unwrap());
    assert!(of("Small").unwrap().contains("stands in its text and the reason for 1.2"), "{asked:?}");
    assert!(of("Silent").unwrap().contains("stands in the reason for 1.2"), "{asked:?}");
    assert_eq!(of("Many"), None, "nothing was withheld");
    assert!(
        !std::fs::read_to_string(coach.at("out.html")).unwrap().contains("read it again"),
        "the reader is not asked"
    );
    let own = coach.json(&["export", "VAULT", "--html", "out.html", "--for", "full"]);
    assert_eq!(own["not_shown"], serde_json::json!([]), "nothing is withheld from the coach");
}

/// Rule: who assesses from outside knows neither the places nor what clients are called, whatever goes along.
#[test]
fn what_goes_along_to_an_assessor_goes_without_tags_places_and_letters() {
    let coach = Coach::with_vault();
    let held = r#"{"kind":"session","date":"2026-05-08","title":"Client QZ, session 2","minutes":50,"format":"one-to-one","mode":"video","client":"Client QZ","setting":"The Quillroom","tags":["quaytag"],"body":"It went well."}"#;
    let mine = r#"{"kind":"reflection","date":"2026-05-09","title":"Mine","tags":["quaytag"],"body":"Words."}"#;
    coach.writes("in.jsonl", format!("{held}\n{mine}\n"));
    coach.does(&["import", "VAULT", "in.jsonl"]);
    let listed = coach.json(&["list", "VAULT"]);
    let ids: Vec<&str> = listed.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    let export = |whom: &str| {
        coach.does(&[&["export", "VAULT", "--html", "out.html", "--for", whom, "--also"], &ids[..]].concat());
        std::fs::read_to_string(coach.at("out.html")).unwrap()
    };
    let outside = export("assessor");
    assert!(outside.contains("It went well.") && outside.contains("Mine"));
    for private in ["quaytag", "Quillroom", "Client QZ"] {
        assert!(!outside.contains(private), "{private}");
    }
    let inside = export("supervision");
    assert!(inside.contains("quaytag") && inside.contains("Quillroom"));
}
