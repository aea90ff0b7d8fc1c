//! Taking records in: whole files or nothing, the same file twice without harm, bad input with its place.

use std::fs;

use serde_json::json;

use crate::Coach;

const GOOD: &str = r#"{"id":"018f3c1e-0000-7000-8000-000000000001","kind":"reflection","date":"2026-03-01","title":"Kept","created":"2026-03-01T10:00:00Z","modified":"2026-03-01T10:00:00Z","weather":{"sky":["grey"]}}"#;

#[test]
fn the_same_file_twice_changes_nothing() {
    let coach = Coach::with_vault();
    coach.writes("in.jsonl", GOOD);
    let sums = |n: [u32; 3]| {
        json!({ "added": n[0], "changed": n[1], "unchanged": n[2], "kept_newer": 0, "restored": 0,
                          "kept_in_bin": 0, "kept_deleted": 0, "brought_back": 0, "dry_run": false })
    };
    assert_eq!(coach.json(&["import", "VAULT", "in.jsonl"]), sums([1, 0, 0]));
    assert_eq!(coach.json(&["import", "VAULT", "in.jsonl"]), sums([0, 0, 1]));
    coach.writes(
        "in.jsonl",
        GOOD.replace("Kept", "Kept well").replace("T10:00:00Z\",\"weather", "T11:00:00Z\",\"weather"),
    );
    assert_eq!(coach.json(&["import", "VAULT", "in.jsonl"]), sums([0, 1, 0]));
    assert_eq!(coach.json(&["list", "VAULT"])[0]["title"], "Kept well");
    coach.writes("in.jsonl", GOOD);
    assert_eq!(coach.json(&["import", "VAULT", "in.jsonl"])["kept_newer"], 1, "an older file undoes nothing");
    assert_eq!(coach.json(&["list", "VAULT"])[0]["title"], "Kept well");
}

#[test]
fn a_field_nobody_knows_comes_back_as_it_was() {
    let coach = Coach::with_vault();
    coach.writes("in.jsonl", GOOD);
    coach.does(&["import", "VAULT", "in.jsonl"]);
    coach.does(&["export", "VAULT", "--jsonl", "out"]);
    let line: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(coach.at("out/records.jsonl")).unwrap()).unwrap();
    let given: serde_json::Value = serde_json::from_str(GOOD).unwrap();
    for (field, value) in given.as_object().unwrap() {
        assert_eq!(&line[field], value, "{field}");
    }
}

#[test]
fn every_sample_of_every_kind_goes_in_and_comes_out_the_same() {
    let coach = Coach::with_vault();
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/golden");
    let mut lines = Vec::new();
    let entries = fs::read_dir(golden).unwrap().map(|entry| entry.unwrap().path());
    for file in entries.filter(|path| path.is_file()) {
        let sample: serde_json::Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
        // Beside the samples lie the examples of how things are said.
        lines.extend(sample.get("record").map(ToString::to_string));
    }
    assert!(lines.len() >= 13, "a sample of every kind");
    lines.sort();
    coach.writes("in.jsonl", lines.join("\n"));
    // The sample's certificate is the empty file.
    fs::create_dir(coach.at("attachments")).unwrap();
    coach.writes("attachments/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "");
    coach.does(&["import", "VAULT", "in.jsonl"]);
    coach.does(&["export", "VAULT", "--jsonl", "out"]);
    let as_values = |text: &str| {
        let mut values: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        values.sort_by_key(|value| value["id"].to_string());
        values
    };
    let out = as_values(&fs::read_to_string(coach.at("out/records.jsonl")).unwrap());
    for (given, got) in as_values(&lines.join("\n")).iter().zip(&out) {
        for (field, value) in given.as_object().unwrap() {
            assert_eq!(&got[field], value, "{}: {field}", given["kind"]);
        }
    }
    assert_eq!(out.len(), lines.len());
}

#[test]
fn bad_lines_are_named_with_line_and_field_and_nothing_is_stored() {
    let coach = Coach::with_vault();
    for (bad, field) in [
        (GOOD.replace("2026-03-01\",\"title", "2090-01-01\",\"title"), "date"),
        (GOOD.replace("\"title\":\"Kept\"", "\"title\":\"\""), "title"),
        (GOOD.replace("Kept", "Ke\\u0000pt"), "title"),
        (GOOD.replace("\"weather\"", "\"body\":\"half \\ud83d a pair\",\"weather\""), "body"),
        (GOOD.replace("\"weather\"", "\"claims\":[{\"competency\":\"8.1\"}],\"weather\""), "claims[0].competency"),
        (GOOD.replace("reflection", "dream"), "kind"),
        (GOOD.replace("\"weather\"", "\"claims\":[}],\"weather\""), "claims"),
        (GOOD.replacen('{', "", 1), "line"),
        ("[]".to_owned(), "line"),
    ] {
        let good = GOOD.replace("0001\"", "0009\"");
        coach.writes("in.jsonl", format!("{good}\n\n{bad}\n"));
        let said = coach.runs(&["import", "VAULT", "in.jsonl", "--json"]);
        assert_eq!(said.status, 2, "{bad}");
        let error: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        let problem = &error["error"]["problems"][0];
        assert_eq!((problem["line"].as_u64(), problem["field"].as_str()), (Some(3), Some(field)), "{error}");
        assert!(said.err.contains("line 3"), "{}", said.err);
        assert_eq!(coach.records(), 0, "{bad}");
    }
}

#[test]
fn bytes_that_are_no_text_are_named_by_their_line() {
    let coach = Coach::with_vault();
    let mut bytes = GOOD.as_bytes().to_vec();
    bytes.extend(b"\n{\"kind\":\"\xff\xfe\"}\n");
    coach.writes("in.jsonl", bytes);
    assert!(coach.refused(2, &["import", "VAULT", "in.jsonl"]).contains("line 2"));
    coach.writes("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0");
    assert!(coach.refused(2, &["import", "VAULT", "picture.png"]).contains("no format"));
    coach.refused(2, &["import", "VAULT", "nothing-here.jsonl"]);
    assert_eq!(coach.records(), 0);
}

#[test]
fn a_dry_run_stores_nothing() {
    let coach = Coach::with_vault();
    coach.writes("in.jsonl", GOOD);
    let sums = coach.json(&["import", "VAULT", "in.jsonl", "--dry-run"]);
    assert_eq!((sums["added"].as_u64(), sums["dry_run"].as_bool()), (Some(1), Some(true)));
    assert_eq!(coach.records(), 0);
}

#[test]
fn what_could_not_be_read_back_is_refused_before_it_is_stored() {
    let coach = Coach::with_vault();
    let deep = format!("{}1{}", "[".repeat(101), "]".repeat(101));
    for (bad, field) in [
        (GOOD.replace("[\"grey\"]", &deep), "weather"),
        (GOOD.replace("[\"grey\"]", "12345678901234567890123"), "weather"),
        (
            GOOD.replace(
                "\"weather\"",
                "\"claims\":[{\"competency\":\"1.3\",\"n\":-99999999999999999999}],\"weather\"",
            ),
            "claims",
        ),
        (GOOD.replace("2026-03-01T10:00:00Z\",\"weather", "0000-01-01T00:00:00+14:00\",\"weather"), "modified"),
        (GOOD.replace("2026-03-01T10:00:00Z\",\"modified", "9999-12-31T23:59:59-14:00\",\"modified"), "created"),
    ] {
        coach.writes("in.jsonl", format!("{bad}\n"));
        let said = coach.runs(&["import", "VAULT", "in.jsonl", "--json"]);
        assert_eq!(said.status, 2, "{bad}");
        let error: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!(error["error"]["problems"][0]["field"], field, "{error}");
    }
    assert_eq!(coach.records(), 0);
    // One level less, and numbers that are held exactly, come back as they were.
    let deep = format!("{}18446744073709551615{}", "[".repeat(99), "]".repeat(99));
    coach.writes("in.jsonl", GOOD.replace("[\"grey\"]", &deep));
    coach.does(&["import", "VAULT", "in.jsonl"]);
    let back = coach.json(&["list", "VAULT"])[0]["weather"]["sky"].to_string();
    assert!(back == deep);
}

#[test]
fn unknown_fields_of_claims_and_attachments_come_back_too() {
    let coach = Coach::with_vault();
    let sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    fs::create_dir(coach.at("attachments")).unwrap();
    coach.writes(&format!("attachments/{sha256}"), "");
    let mut given: serde_json::Value = serde_json::from_str(GOOD).unwrap();
    given["claims"] = json!([{ "competency": "1.3", "reason": "so", "seen_by": { "role": ["peer"] } }]);
    given["attachments"] =
        json!([{ "name": "a.txt", "media_type": "text/plain", "sha256": sha256, "bytes": 0, "page": 3 }]);
    coach.writes("in.jsonl", given.to_string());
    coach.does(&["import", "VAULT", "in.jsonl"]);
    let back = &coach.json(&["list", "VAULT"])[0];
    assert_eq!((&back["claims"], &back["attachments"]), (&given["claims"], &given["attachments"]));
    assert_eq!(coach.json(&["import", "VAULT", "in.jsonl"])["unchanged"], 1);
}

/// The profile of some coach, under an id of its own.
fn profile(number: u8) -> String {
    format!(
        r#"{{"id":"018f3c1e-0000-7000-8000-00000000010{number}","kind":"profile","date":"2026-01-01","title":"p","name":"Sam Example"}}"#
    )
}

#[test]
fn files_of_one_import_are_held_against_each_other() {
    let coach = Coach::with_vault();
    coach.writes("a.jsonl", profile(1));
    coach.writes("b.jsonl", profile(2));
    assert!(coach.refused(2, &["import", "VAULT", "a.jsonl", "b.jsonl"]).contains("more than one profile"));
    coach.writes("a.jsonl", GOOD);
    coach.writes("b.jsonl", GOOD.replace("Kept", "Kept otherwise"));
    let err = coach.refused(2, &["import", "VAULT", "a.jsonl", "b.jsonl"]);
    assert!(err.contains("b.jsonl") && err.contains("line 1 of a.jsonl has the same id"), "{err}");
    assert_eq!(coach.records(), 0);
    coach.writes("b.jsonl", GOOD);
    assert_eq!(coach.json(&["import", "VAULT", "a.jsonl", "b.jsonl"])["added"], 1);
    assert_eq!(coach.json(&["import", "VAULT", "a.jsonl", "b.jsonl"])["unchanged"], 1);
}

#[test]
fn an_attachments_length_is_that_of_its_content() {
    let coach = Coach::with_vault();
    let sha256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    fs::create_dir(coach.at("attachments")).unwrap();
    coach.writes(&format!("attachments/{sha256}"), "hello");
    let line = |bytes: u32, id: u8| {
        let file = json!([{ "name": "a.txt", "media_type": "text/plain", "sha256": sha256, "bytes": bytes }]);
        GOOD.replace("0001\"", &format!("000{id}\""))
            .replace("\"weather\"", &format!("\"attachments\":{file},\"weather\""))
    };
    for round in 0..2 {
        coach.writes("in.jsonl", line(6, 1));
        let err = coach.refused(2, &["import", "VAULT", "in.jsonl"]);
        assert!(
            err.contains("attachments[0].bytes") && err.contains("\"a.txt\" has 5 bytes, and the file says 6"),
            "{round}: {err}"
        );
        // The second time the content is in the vault already.
        coach.writes("in.jsonl", line(5, 2));
        coach.does(&["import", "VAULT", "in.jsonl"]);
    }
}

#[test]
fn a_reference_that_leads_nowhere_is_a_note_and_no_damage() {
    let coach = Coach::with_vault();
    let session = "018f3c1e-0000-7000-8000-0000000000aa";
    coach.writes("in.jsonl", GOOD.replace("\"weather\"", &format!("\"session\":\"{session}\",\"weather\"")));
    coach.does(&["import", "VAULT", "in.jsonl"]);
    let verified = coach.json(&["verify", "VAULT"]);
    assert_eq!((verified["ok"].as_bool(), verified["problems"].as_array().unwrap().len()), (Some(true), 0));
    assert!(verified["notes"][0].as_str().unwrap().contains(session), "{verified}");
    coach.writes(
        "in.jsonl",
        json!({ "id": session, "kind": "session", "date": "2026-03-01", "title": "s", "minutes": 30,
                "format": "one-to-one", "mode": "video" })
        .to_string(),
    );
    coach.does(&["import", "VAULT", "in.jsonl"]);
    assert_eq!(coach.json(&["verify", "VAULT"])["notes"], json!([]));
}

#[test]
fn control_characters_are_refused_in_lines_and_harmless_where_texts_are_printed() {
    let coach = Coach::with_vault();
    for (bad, field) in [
        (GOOD.replace("Kept", "Ke\\u001b[2Jpt"), "title"),
        (GOOD.replace("Kept", "Ke\u{9b}2Jpt"), "title"),
        (GOOD.replace("\"weather\"", "\"tags\":[\"a\\u0007\"],\"weather\""), "tags[0]"),
    ] {
        coach.writes("in.jsonl", bad);
        let err = coach.refused(2, &["import", "VAULT", "in.jsonl"]);
        assert!(err.contains(field) && err.contains("control character"), "{err}");
        assert!(!err.contains(['\u{1b}', '\u{9b}', '\u{7}']), "{err:?}");
    }
    coach.writes("in.jsonl", GOOD.replace("\"weather\"", "\"body\":\"a\\u001b[2Jb \\u202ec\",\"weather\""));
    coach.does(&["import", "VAULT", "in.jsonl"]);
    let id = "018f3c1e-0000-7000-8000-000000000001";
    let shown = coach.does(&["show", "VAULT", id]);
    assert!(!shown.contains(['\u{1b}', '\u{202e}']) && shown.contains("[2Jb"), "{shown:?}");
    assert_eq!(coach.json(&["show", "VAULT", id])["body"], "a\u{1b}[2Jb \u{202e}c");
}

/// A session as another program writes it, without an id.
fn held(client: &str, minutes: u32) -> String {
    format!(
        r#"{{"kind":"session","date":"2026-03-02","title":"Session","minutes":{minutes},"format":"one-to-one","mode":"video","client":"{client}"}}"#
    )
}

#[test]
fn lines_without_an_id_are_known_when_they_come_again() {
    let coach = Coach::with_vault();
    let imported = |lines: &[String]| {
        coach.writes("in.jsonl", lines.join("\n"));
        let sums = coach.json(&["import", "VAULT", "in.jsonl"]);
        (sums["added"].as_u64().unwrap(), sums["unchanged"].as_u64().unwrap(), coach.records())
    };
    let (one, two) = (held("A", 50), held("B", 30));
    assert_eq!(imported(&[one.clone(), one.clone(), two.clone()]), (3, 0, 3), "two alike on one day are two");
    assert_eq!(imported(&[one.clone(), one.clone(), two.clone()]), (0, 3, 3));
    assert_eq!(imported(&[two.clone(), one.clone(), one.clone()]), (0, 3, 3), "in another order");
    assert_eq!(imported(&[one.clone(), held("C", 20), one.clone(), two.clone()]), (1, 3, 4), "one put between");
    assert_eq!(imported(&[one.clone(), one.clone(), one.clone()]), (1, 2, 5), "a third of the same");
    assert_eq!(imported(&[one.clone(), held("B", 35)]), (1, 1, 6), "what was changed in the file is another record");
    coach.writes("in.jsonl", held("B", 40));
    let said = coach.runs(&["import", "VAULT", "in.jsonl"]);
    assert!(
        said.out.contains("1 added") && said.err.contains("1 new record has no id. What is changed in the file"),
        "{}{}",
        said.out,
        said.err
    );
}

#[test]
fn what_is_known_by_its_line_is_never_undone_by_it() {
    let coach = Coach::with_vault();
    coach.writes("in.jsonl", held("A", 50));
    coach.does(&["import", "VAULT", "in.jsonl"]);
    let mut record = coach.json(&["list", "VAULT"])[0].clone();
    // The coach corrects it here, by way of the open form.
    record["minutes"] = json!(45);
    coach.writes("corrected.jsonl", record.to_string());
    assert_eq!(coach.json(&["import", "VAULT", "corrected.jsonl"])["changed"], 1);
    assert_eq!(coach.json(&["import", "VAULT", "in.jsonl"])["kept_newer"], 1);
    assert_eq!(coach.json(&["list", "VAULT"])[0]["minutes"], 45);
    let id = record["id"].as_str().unwrap();
    coach.does(&["delete", "VAULT", id]);
    assert_eq!(coach.json(&["import", "VAULT", "in.jsonl"])["kept_in_bin"], 1);
    coach.does(&["bin", "VAULT", "--empty"]);
    assert_eq!(coach.json(&["import", "VAULT", "in.jsonl"])["kept_deleted"], 1, "a grave has an id, and so has a line");
    assert_eq!(coach.records(), 0);
    assert_eq!(coach.json(&["import", "VAULT", "in.jsonl", "--bring-back"])["brought_back"], 1);
    assert_eq!(coach.json(&["show", "VAULT", id])["minutes"], 50);
}

#[test]
fn where_a_record_came_from_goes_along_with_it_and_to_no_reader() {
    let coach = Coach::with_vault();
    let line = held("A", 50).replacen('{', r#"{"origin":{"name":"Their diary","id":"entry-4711"},"#, 1);
    coach.writes("in.jsonl", &line);
    coach.does(&["import", "VAULT", "in.jsonl"]);
    coach.writes("in.jsonl", line.replace("50", "55"));
    assert_eq!(coach.json(&["import", "VAULT", "in.jsonl"])["changed"], 1, "the same entry, corrected there");
    coach.writes("older.jsonl", &line);
    assert_eq!(coach.json(&["import", "VAULT", "older.jsonl"])["kept_newer"], 1, "what it said before is no news");
    coach.does(&["export", "VAULT", "--jsonl", "out"]);
    assert!(fs::read_to_string(coach.at("out/records.jsonl")).unwrap().contains("entry-4711"));
    let other = Coach::with_vault();
    fs::copy(coach.at("out/records.jsonl"), other.at("theirs.jsonl")).unwrap();
    other.does(&["import", "VAULT", "theirs.jsonl"]);
    other.writes("in.jsonl", line.replace("50", "55"));
    assert_eq!(other.json(&["import", "VAULT", "in.jsonl"])["unchanged"], 1, "another copy knows it too");
    coach.does(&["export", "VAULT", "--for", "full", "--html", "out.html"]);
    let html = fs::read_to_string(coach.at("out.html")).unwrap();
    assert!(html.contains("55") && !html.contains("4711") && !html.contains("Their diary"));
}
