//! Deleting, bringing back, and what records said before.

use serde_json::json;

use crate::Coach;

const ID: &str = "018f3c1e-0000-7000-8000-000000000001";

fn line(title: &str, modified: &str) -> String {
    format!(
        r#"{{"id":"{ID}","kind":"reflection","date":"2026-03-01","title":"{title}","claims":[{{"competency":"1.3"}}],"created":"2026-03-04T10:00:00Z","modified":"{modified}"}}"#
    )
}

fn importing(coach: &Coach, title: &str, modified: &str) -> serde_json::Value {
    coach.writes("in.jsonl", line(title, modified));
    coach.json(&["import", "VAULT", "in.jsonl"])
}

#[test]
fn what_was_changed_is_in_the_history_and_comes_back() {
    let coach = Coach::with_vault();
    importing(&coach, "One", "2026-03-04T10:00:00Z");
    assert_eq!(coach.json(&["history", "VAULT", ID])["versions"], json!([]));
    importing(&coach, "Two", "2026-03-05T10:00:00Z");
    let versions = &coach.json(&["history", "VAULT", ID])["versions"];
    assert_eq!((versions.as_array().unwrap().len(), &versions[0]["number"]), (1, &json!(1)));
    assert_eq!(
        (&versions[0]["record"]["title"], &versions[0]["saved"]),
        (&json!("One"), &json!("2026-03-04T10:00:00Z"))
    );
    assert!(coach.does(&["history", "VAULT", ID]).contains("4 March 2026, 10:00  One"));
    coach.does(&["history", "VAULT", ID, "--restore", "1"]);
    let shown = coach.json(&["show", "VAULT", ID]);
    assert_eq!((&shown["title"], &shown["created"]), (&json!("One"), &json!("2026-03-04T10:00:00Z")));
    assert_eq!(coach.json(&["history", "VAULT", ID])["versions"][0]["record"]["title"], "Two");
    coach.refused(2, &["history", "VAULT", ID, "--restore", "7"]);
    coach.refused(2, &["history", "VAULT", "018f3c1e-0000-7000-8000-000000000009"]);
}

#[test]
fn a_deleted_record_counts_nowhere_until_it_is_back() {
    let coach = Coach::with_vault();
    importing(&coach, "Heliotrope", "2026-03-04T10:00:00Z");
    let asked: [&[&str]; 4] =
        [&["list", "VAULT"], &["gaps", "VAULT"], &["search", "VAULT", "heliotrope"], &["hours", "VAULT"]];
    let answers = || asked.map(|arguments| coach.json(arguments).to_string());
    let before = answers();
    assert_eq!(coach.json(&["delete", "VAULT", ID])["deleted"][0]["title"], "Heliotrope");
    assert!(answers().iter().all(|answer| !answer.contains("eliotrope") && !answer.contains(ID)));
    coach.does(&["export", "VAULT", "--jsonl", "out"]);
    assert_eq!(std::fs::read_to_string(coach.at("out/records.jsonl")).unwrap(), "");
    assert!(coach.refused(2, &["show", "VAULT", ID]).contains("in the bin"));
    assert!(coach.does(&["bin", "VAULT"]).contains("Heliotrope"));
    assert_eq!(coach.json(&["bin", "VAULT"])["records"][0]["record"]["id"], ID);
    coach.does(&["bin", "VAULT", "--restore", ID]);
    assert_eq!(answers(), before);
    coach.refused(2, &["bin", "VAULT", "--restore", ID]);
    coach.refused(2, &["delete", "VAULT", ID, "018f3c1e-0000-7000-8000-000000000009"]);
    assert_eq!(coach.records(), 1, "all or none");
}

#[test]
fn emptying_is_for_good_and_says_what_copies_hold() {
    let coach = Coach::with_vault();
    importing(&coach, "One", "2026-03-04T10:00:00Z");
    coach.does(&["delete", "VAULT", ID]);
    let said = coach.json(&["bin", "VAULT", "--empty"]);
    assert_eq!(said["emptied"], 1);
    assert!(said["note"].as_str().unwrap().contains("as long as they are kept"), "{said}");
    coach.refused(2, &["bin", "VAULT", "--restore", ID]);
    coach.does(&["verify", "VAULT"]);
}

#[test]
fn what_was_deleted_for_good_stays_away_until_it_is_asked_for() {
    let coach = Coach::with_vault();
    importing(&coach, "One", "2026-03-04T10:00:00Z");
    coach.does(&["export", "VAULT", "--jsonl", "before"]);
    coach.does(&["delete", "VAULT", ID]);
    coach.does(&["bin", "VAULT", "--empty"]);
    // Neither the old file nor a newer one brings it back, nor what was exported before.
    for modified in ["2026-03-04T10:00:00Z", "2026-03-09T10:00:00Z"] {
        let sums = importing(&coach, "One", modified);
        assert_eq!((&sums["kept_deleted"], &sums["added"], &sums["brought_back"]), (&json!(1), &json!(0), &json!(0)));
    }
    assert_eq!(coach.json(&["import", "VAULT", "before/records.jsonl"])["kept_deleted"], 1);
    let told = coach.does(&["import", "VAULT", "in.jsonl"]);
    assert!(told.contains("1 left out because it was deleted for good (`--bring-back` takes it)"), "{told}");
    assert_eq!(coach.records(), 0);

    let asked = ["import", "VAULT", "before/records.jsonl", "--bring-back"];
    let dry = coach.json(&[&asked[..], &["--dry-run"]].concat());
    assert_eq!((&dry["brought_back"], coach.records()), (&json!(1), 0));
    let sums = coach.json(&asked);
    assert_eq!((&sums["brought_back"], &sums["kept_deleted"], &sums["added"]), (&json!(1), &json!(0), &json!(0)));
    assert_eq!(coach.json(&["show", "VAULT", ID])["title"], "One");
    coach.does(&["verify", "VAULT"]);
    // Back is back: it changes, goes out and comes in like any other.
    assert_eq!(importing(&coach, "Two", "2026-03-10T10:00:00Z")["changed"], 1);
    coach.does(&["export", "VAULT", "--jsonl", "after"]);
    assert_eq!(coach.json(&["import", "VAULT", "after/records.jsonl"])["unchanged"], 1);
    assert_eq!(coach.json(&["import", "VAULT", "before/records.jsonl"])["kept_newer"], 1);
    // And can go for good once more.
    coach.does(&["delete", "VAULT", ID]);
    coach.does(&["bin", "VAULT", "--empty"]);
    assert_eq!(coach.json(&["import", "VAULT", "after/records.jsonl"])["kept_deleted"], 1);
    coach.does(&["verify", "VAULT"]);
}

#[test]
fn files_of_what_was_deleted_for_good_are_not_needed() {
    let coach = Coach::with_vault();
    let sha256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    std::fs::create_dir(coach.at("attachments")).unwrap();
    coach.writes(&format!("attachments/{sha256}"), "hello");
    let file = json!([{ "name": "a.txt", "media_type": "text/plain", "sha256": sha256, "bytes": 5 }]);
    let attached =
        line("One", "2026-03-04T10:00:00Z").replace("\"claims\"", &format!("\"attachments\":{file},\"claims\""));
    coach.writes("in.jsonl", attached);
    coach.does(&["import", "VAULT", "in.jsonl"]);
    coach.does(&["delete", "VAULT", ID]);
    coach.does(&["bin", "VAULT", "--empty"]);
    coach.does(&["import", "VAULT", "in.jsonl"]);
    assert_eq!(coach.json(&["verify", "VAULT"])["attachments"], 0, "nothing of it is taken in");
    std::fs::remove_file(coach.at(&format!("attachments/{sha256}"))).unwrap();
    assert_eq!(coach.json(&["import", "VAULT", "in.jsonl"])["kept_deleted"], 1);
    assert!(coach.refused(2, &["import", "VAULT", "in.jsonl", "--bring-back"]).contains("attachments[0]"));
    coach.writes(&format!("attachments/{sha256}"), "hello");
    coach.does(&["import", "VAULT", "in.jsonl", "--bring-back"]);
    assert_eq!(coach.json(&["verify", "VAULT"])["attachments"], 1);
}

#[test]
fn an_import_leaves_the_bin_alone_unless_it_is_newer() {
    let coach = Coach::with_vault();
    importing(&coach, "One", "2026-03-04T10:00:00Z");
    coach.does(&["delete", "VAULT", ID]);
    let sums = importing(&coach, "One", "2026-03-04T10:00:00Z");
    assert_eq!((&sums["kept_in_bin"], &sums["added"]), (&json!(1), &json!(0)));
    assert_eq!(coach.records(), 0);
    assert!(coach.does(&["import", "VAULT", "in.jsonl"]).contains("left in the bin"));
    assert_eq!(importing(&coach, "Newer", "2026-03-06T10:00:00Z")["restored"], 1);
    assert_eq!(coach.json(&["list", "VAULT"])[0]["title"], "Newer");
    assert_eq!(coach.json(&["history", "VAULT", ID])["versions"][0]["record"]["title"], "One");
}

#[test]
fn it_is_told_whether_a_record_was_written_on_its_day() {
    let coach = Coach::with_vault();
    importing(&coach, "One", "2026-03-04T10:00:00Z");
    assert!(coach.does(&["show", "VAULT", ID]).contains("Written 3 days after its date."));
    let written = line("One", "2026-03-04T10:00:00Z").replace("0001\"", "0002\"").replace("03-04T10", "03-01T10");
    coach.writes("in.jsonl", written);
    coach.does(&["import", "VAULT", "in.jsonl"]);
    assert!(coach.does(&["show", "VAULT", "018f3c1e-0000-7000-8000-000000000002"]).contains("Written on the day."));
}
