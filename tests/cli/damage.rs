//! A damaged vault: what is readable is listed, given out and saved, and what is not is named.

use std::fs;

use serde_json::Value;

use crate::Coach;

/// A vault with thirty records, and the bytes of its database.
fn filled() -> (Coach, Vec<u8>) {
    let coach = Coach::with_vault();
    let lines: Vec<String> = (0..30)
        .map(|n| {
            let day = n % 28 + 1;
            let body = "Invented words. ".repeat(60);
            format!(r#"{{"kind":"reflection","date":"2026-03-{day:02}","title":"Entry {n}","body":"{body}"}}"#)
        })
        .collect();
    coach.writes("all.jsonl", lines.join("\n"));
    coach.does(&["import", "VAULT", "all.jsonl"]);
    let bytes = fs::read(coach.at("VAULT/vault.db")).unwrap();
    (coach, bytes)
}

fn json(said: &crate::Said) -> Value {
    serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {}{}", said.out, said.err))
}

#[test]
fn of_a_damaged_vault_the_rest_is_listed_given_out_and_saved_and_what_is_lost_is_named() {
    let (coach, whole) = filled();
    let all: Vec<String> = ids(&coach.json(&["list", "VAULT"]));
    let (mut shut, mut lost_some) = (0, 0);
    for n in 0..12 {
        let bit = whole.len() * 8 / 12 * n + n * 977 + 300;
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        fs::write(coach.at("VAULT/vault.db"), &bytes).unwrap();
        let checked = coach.runs(&["verify", "VAULT", "--json"]);
        assert_eq!(checked.status, 1, "bit {bit}: {}{}", checked.out, checked.err);
        let problems = json(&checked)["problems"].to_string();
        assert!(problems.contains("1 page of the"), "{problems}");
        assert!(!problems.contains("Entry") && !problems.contains("Invented"), "{problems}");

        let out = format!("out{n}");
        let saved = coach.runs(&["rescue", "VAULT", &out, "--json"]);
        assert_eq!(saved.status, 1, "{}", saved.err);
        let rescued = json(&saved);
        let records = rescued["lost"].as_array().unwrap().iter().filter(|one| one["what"] == "record");
        let lost: Vec<String> = records.map(|one| one["id"].as_str().unwrap().to_owned()).collect();
        let lines = fs::read_to_string(coach.at(&out).join("records.jsonl")).unwrap();
        assert_eq!(lines.lines().count(), all.len() - lost.len(), "bit {bit}: {rescued}");
        for id in &all {
            assert!(lines.contains(id.as_str()) != lost.contains(id), "bit {bit}: {id}");
        }
        assert!(lost.iter().all(|id| problems.contains(id.as_str())), "{problems}");
        lost_some += usize::from(!lost.is_empty());

        // Listing and giving out say the same, whether or not the damage is in their way.
        let listed = coach.runs(&["list", "VAULT", "--json"]);
        assert!([0, 1].contains(&listed.status), "bit {bit}: {}", listed.err);
        if listed.status == 1 {
            shut += 1;
            assert!(listed.err.contains("1 page of the") && listed.err.contains("rescue VAULT DIR"), "{}", listed.err);
        }
        assert_eq!(ids(&json(&listed)).len() + if listed.status == 1 { lost.len() } else { 0 }, all.len());
        let given = coach.runs(&["export", "VAULT", "--jsonl", &format!("given{n}")]);
        assert!([0, 1].contains(&given.status), "bit {bit}: {}", given.err);
        assert!(fs::read(coach.at("VAULT/vault.db")).unwrap() == bytes, "bit {bit}: nothing is written");
    }
    assert!(shut > 0 && lost_some > 0, "{shut} {lost_some}");
}

#[test]
fn a_rescued_vault_goes_on_with_the_same_passphrase() {
    let (coach, mut bytes) = filled();
    let id = ids(&coach.json(&["list", "VAULT"]))[0].clone();
    coach.does(&["edit", "VAULT", &id, "--set", "title=Changed"]);
    coach.does(&["delete", "VAULT", &ids(&coach.json(&["list", "VAULT"]))[1]]);
    bytes = fs::read(coach.at("VAULT/vault.db")).map(|now| if now.is_empty() { bytes } else { now }).unwrap();
    // The first page says where everything is.
    bytes[2_000] ^= 4;
    fs::write(coach.at("VAULT/vault.db"), &bytes).unwrap();
    let refused = coach.refused(3, &["gaps", "VAULT"]);
    assert!(refused.contains("damaged") && refused.contains("`rescue VAULT DIR`"), "{refused}");
    let said = coach.runs(&["rescue", "VAULT", "NEW", "--as-vault"]);
    assert_eq!(said.status, 1, "{}{}", said.out, said.err);
    assert!(said.out.contains("29 records and 0 attached files were readable"), "{}", said.out);
    assert!(coach.does(&["verify", "NEW"]).contains("all is well"));
    assert_eq!(coach.json(&["list", "NEW"]).as_array().unwrap().len(), 29);
    assert_eq!(coach.json(&["history", "NEW", &id])["versions"].as_array().unwrap().len(), 1);
    assert_eq!(coach.json(&["bin", "NEW"])["records"].as_array().unwrap().len(), 1);
    assert!(coach.refused(2, &["rescue", "VAULT", "NEW", "--as-vault"]).contains("already a vault"));
    // A sound one is saved as well.
    let sound = coach.runs(&["rescue", "NEW", "AGAIN"]);
    assert!(sound.status == 0 && sound.out.contains("Nothing of the vault is damaged"), "{}{}", sound.out, sound.err);
}

#[test]
fn a_vault_is_encrypted_anew_and_the_old_recovery_key_opens_it_no_more() {
    let (coach, before) = filled();
    let first = coach.json(&["recovery-key", "VAULT"])["recovery_key"].as_str().unwrap().to_owned();
    let second = coach.json(&["rekey", "VAULT", "--data"])["recovery_key"].as_str().unwrap().to_owned();
    let after = fs::read(coach.at("VAULT/vault.db")).unwrap();
    assert!(before.chunks(4096).zip(after.chunks(4096)).all(|(one, other)| one[100..] != other[100..]));
    assert_eq!(coach.records(), 30);
    assert!(coach.does(&["verify", "VAULT"]).contains("all is well"));
    assert_eq!([&first, &second].map(|key| coach.recovers_with(key)), [3, 0]);
}

#[test]
fn a_process_killed_while_it_encrypts_anew_leaves_a_whole_vault() {
    let (coach, _) = filled();
    for milliseconds in [0, 300, 600, 700, 800, 900, 1_000, 1_200] {
        let mut going =
            coach.command(&["rekey", "VAULT", "--data"]).stdout(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        going.kill().unwrap();
        going.wait().unwrap();
        assert_eq!(coach.records(), 30, "after {milliseconds} ms");
        assert!(!coach.at("VAULT/vault.db.new").exists());
    }
    assert!(coach.does(&["verify", "VAULT"]).contains("all is well"));
}

#[test]
fn a_passphrase_that_is_tried_first_is_refused_with_the_reason() {
    let coach = Coach::new();
    for (passphrase, told) in
        [("password1", "easy to guess"), ("            ", "too short"), ("qwertyuiop", "easy to guess")]
    {
        let output = coach.command(&["init", "VAULT"]).env("COACHFOLIO_PASSPHRASE", passphrase).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{passphrase}");
        assert!(said.contains(told) && !said.contains("password1"), "{said}");
        assert!(!coach.at("VAULT").exists());
    }
}

fn ids(records: &Value) -> Vec<String> {
    records.as_array().unwrap().iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect()
}
