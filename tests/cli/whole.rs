//! Everything out, and in again: a full export is the vault once more, and what is gone is not left in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::Coach;

/// Every file below a folder by its path, with its content.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap());
    let files = files.filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
    files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap())).collect()
}

/// Another coach, with an empty vault, and the export of the first in a folder of that name.
fn given(from: &Coach, folder: &str) -> Coach {
    let other = Coach::with_vault();
    for (name, content) in files(&from.at(folder)) {
        let place = other.at(folder).join(name);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, content).unwrap();
    }
    other
}

const MODEL: &str = r#"{"title":"My own three","for":"reflection","prompts":[{"prompt":"What happened?","help":""}]}"#;

fn titled(coach: &Coach, title: &str, file: &str) -> String {
    let title = format!("title={title}");
    let record = coach.json(&["add", "VAULT", "reflection", "--set", &title, "--attach", file]);
    record["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_full_export_comes_back_whole() {
    let coach = Coach::with_vault();
    coach.writes("model.json", MODEL);
    coach.does(&["prompts", "VAULT", "--add", "model.json"]);
    let mut framework: Value = serde_json::from_str(&coach.does(&["framework", "--json"])).unwrap();
    framework["title"] = json!("Our own");
    framework["competencies"][0]["title"] = json!("Said otherwise");
    coach.writes("own.json", framework.to_string());
    coach.does(&["framework", "own.json", "--vault", "VAULT", "--install"]);
    fs::create_dir(coach.at("b")).unwrap();
    for (name, content) in [("cert.txt", "one"), ("b/cert.txt", "other"), ("b/bare", "a bare text")] {
        coach.writes(name, content);
    }
    let id = titled(&coach, "First", "cert.txt");
    titled(&coach, "Second", "b/cert.txt");
    coach.does(&["edit", "VAULT", &id, "--set", "title=First, changed", "--attach", "b/bare"]);
    coach.does(&["edit", "VAULT", &id, "--set", "title=First, changed again", "--set", "body=* a\n* b"]);
    coach.does(&["add", "VAULT", "profile", "--set", "name=Sam Example"]);
    let written = coach.json(&["export", "VAULT", "--jsonl", "out"]);
    assert_eq!([&written["records"], &written["versions"], &written["models"], &written["attachments"]], [3, 2, 1, 3]);
    let out = files(&coach.at("out"));
    let names: Vec<&str> = out.keys().map(String::as_str).collect();
    let attached = ["attachments/bare.txt", "attachments/cert (2).txt", "attachments/cert.txt"];
    assert_eq!(names, [&attached[..], &["framework.json", "models.json", "records.jsonl", "versions.jsonl"]].concat());

    for as_named in ["out", "out/records.jsonl"] {
        let other = given(&coach, "out");
        let dry = other.json(&["import", "VAULT", as_named, "--dry-run"]);
        assert_eq!((&dry["added"], other.records()), (&json!(3), 0));
        assert!(!other.does(&["framework", "--vault", "VAULT"]).contains("Our own"));
        let sums = other.json(&["import", "VAULT", as_named]);
        assert_eq!((&sums["added"], sums["notes"].as_array().unwrap().len()), (&json!(3), 3), "{sums}");
        other.does(&["export", "VAULT", "--jsonl", "back"]);
        assert!(files(&other.at("back")) == out, "byte for byte");
        let titles = other.json(&["history", "VAULT", &id])["versions"].clone();
        let titles: Vec<&Value> = titles.as_array().unwrap().iter().map(|one| &one["record"]["title"]).collect();
        assert_eq!(titles, ["First, changed", "First"]);
        let again = other.json(&["import", "VAULT", as_named]);
        assert_eq!((&again["unchanged"], &again["notes"]), (&json!(3), &Value::Null), "{again}");
        other.does(&["verify", "VAULT"]);
    }
}

#[test]
fn the_invented_coachs_vault_comes_back_whole() {
    let coach = Coach::new();
    coach.does(&["demo", "VAULT"]);
    let id = coach.json(&["list", "VAULT", "--kind", "reflection", "--limit", "1"])[0]["id"].clone();
    coach.does(&["edit", "VAULT", id.as_str().unwrap(), "--set", "title=Otherwise"]);
    coach.does(&["export", "VAULT", "--jsonl", "out"]);
    let other = given(&coach, "out");
    other.does(&["import", "VAULT", "out"]);
    other.does(&["export", "VAULT", "--jsonl", "back"]);
    let (out, back) = (files(&coach.at("out")), files(&other.at("back")));
    assert!(out.keys().eq(back.keys()), "{:?} {:?}", out.keys(), back.keys());
    for (name, content) in &out {
        assert!(back[name] == *content, "{name}");
    }
    for command in ["gaps", "hours", "rhythm"] {
        assert_eq!(coach.json(&[command, "VAULT"]), other.json(&[command, "VAULT"]), "{command}");
    }
}

#[test]
fn a_folder_filled_twice_holds_nothing_that_is_gone() {
    let coach = Coach::with_vault();
    coach.writes("old.txt", "something that was to be gone");
    coach.writes("kept.txt", "kept");
    let id = titled(&coach, "Old", "old.txt");
    coach.does(&["edit", "VAULT", &id, "--set", "title=Older"]);
    titled(&coach, "Kept", "kept.txt");
    coach.does(&["export", "VAULT", "--jsonl", "out"]);
    // What is the coach's own stays, even under a name that an export would use; an earlier one named files by their sums.
    coach.writes("out/attachments/mine.txt", "mine");
    let sum = "79f076b62eac0d9fa2f2b5a3cf1d1e3b3ee2b3f1c2f0a4d4cbbbd1f0e1dfe1aa";
    coach.writes(&format!("out/attachments/{sum}"), "no content of that sum");
    coach.does(&["delete", "VAULT", &id]);
    coach.does(&["bin", "VAULT", "--empty"]);
    let written = coach.json(&["export", "VAULT", "--jsonl", "out"]);
    assert!(written["notes"][0].as_str().unwrap().starts_with("2 files that a former export left there"), "{written}");
    assert_eq!(written["notes"].as_array().unwrap().len(), 1);
    let out = files(&coach.at("out"));
    let names: Vec<&str> = out.keys().map(String::as_str).collect();
    let sum = format!("attachments/{sum}");
    assert_eq!(names, [&sum, "attachments/kept.txt", "attachments/mine.txt", "records.jsonl"]);
    assert!(out.values().all(|content| !String::from_utf8_lossy(content).contains("to be gone")));
}

#[test]
fn a_full_export_goes_into_a_vault_that_has_a_profile() {
    let coach = Coach::with_vault();
    coach.does(&["add", "VAULT", "profile", "--set", "name=Sam Example", "--set", "role=Coach"]);
    let theirs = json!({ "id": "01890000-0000-7000-8000-0000000000a1", "kind": "profile", "date": "2026-01-01",
        "title": "Me", "name": "Samantha Example", "employer": "A surgery" });
    let entry = json!({ "kind": "reflection", "date": "2026-03-01", "title": "Years of work" });
    coach.writes("in.jsonl", format!("{theirs}\n{entry}\n"));
    let profile = || {
        let list = coach.json(&["list", "VAULT", "--kind", "profile"]);
        assert_eq!(list.as_array().unwrap().len(), 1);
        json!([list[0]["name"], list[0]["role"], list[0]["employer"]])
    };
    let kept = coach.json(&["import", "VAULT", "in.jsonl", "--profile", "keep"]);
    assert_eq!((&kept["added"], profile()), (&json!(1), json!(["Sam Example", "Coach", null])));
    let said = coach.runs(&["import", "VAULT", "in.jsonl"]);
    assert!(said.err.contains("(Name). Yours stays; `import --profile replace`"), "{}", said.err);
    assert_eq!(profile(), json!(["Sam Example", "Coach", "A surgery"]));
    assert_eq!(coach.json(&["import", "VAULT", "in.jsonl"])["unchanged"], 2);
    coach.does(&["import", "VAULT", "in.jsonl", "--profile", "replace"]);
    assert_eq!(profile(), json!(["Samantha Example", null, "A surgery"]));
    let id = coach.json(&["list", "VAULT", "--kind", "profile"])[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(coach.json(&["history", "VAULT", &id])["versions"].as_array().unwrap().len(), 2, "what was is kept");
    let second = theirs.to_string().replace("00a1", "00a2");
    coach.writes("two.jsonl", format!("{theirs}\n{second}\n"));
    assert!(coach.refused(2, &["import", "VAULT", "two.jsonl"]).contains("more than one profile"));
}

#[test]
fn a_file_can_be_had_back_by_its_name() {
    let coach = Coach::with_vault();
    coach.writes("cert.txt", "as it was");
    let id = titled(&coach, "One", "cert.txt");
    coach.does(&["attachment", "VAULT", &id, "cert.txt", "back.txt"]);
    assert_eq!(fs::read(coach.at("back.txt")).unwrap(), b"as it was");
    assert!(
        coach.refused(2, &["attachment", "VAULT", &id, "other.txt", "back.txt"]).contains("Attached to it: cert.txt.")
    );
    coach.refused(2, &["attachment", "VAULT", &id, "cert.txt", "VAULT/vault.db"]);
}

#[test]
fn what_cannot_be_taken_in_says_what_can() {
    let coach = Coach::with_vault();
    coach.writes("list.json", coach.does(&["list", "VAULT", "--json"]));
    assert!(coach.refused(2, &["import", "VAULT", "list.json"]).contains("records.jsonl"));
    fs::create_dir(coach.at("empty")).unwrap();
    assert!(coach.refused(2, &["import", "VAULT", "empty"]).contains("records.jsonl"));
}

#[test]
fn an_attached_file_that_has_no_end_is_not_read() {
    let coach = Coach::with_vault();
    let sum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    fs::create_dir(coach.at("attachments")).unwrap();
    let file = json!([{ "name": "a.txt", "media_type": "text/plain", "sha256": sum, "bytes": 7 }]);
    let line = json!({ "kind": "reflection", "date": "2026-03-01", "title": "T", "attachments": file });
    coach.writes("in.jsonl", line.to_string());
    #[cfg(unix)]
    std::os::unix::fs::symlink("/dev/zero", coach.at("attachments").join(sum)).unwrap();
    assert!(coach.refused(2, &["import", "VAULT", "in.jsonl"]).contains("\"a.txt\" is missing"));
}
