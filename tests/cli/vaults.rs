//! Making vaults, opening them, and every way in which that can fail.

use std::fs;
use std::process::Stdio;

use crate::portfolio::SmallDisk;
use crate::{Coach, PASSPHRASE};

#[test]
fn a_new_vault_prints_its_recovery_key_once() {
    let coach = Coach::new();
    let made = coach.json(&["init", "VAULT"]);
    assert_eq!(made["records"], 0);
    assert!(made["recovery_key"].as_str().unwrap().len() > 30);
    assert!(coach.refused(2, &["init", "VAULT"]).contains("already"));
    assert!(coach.runs(&["verify", "VAULT"]).out.contains("all is well"));
}

#[test]
fn nothing_is_readable_in_the_folder() {
    let coach = Coach::with_vault();
    coach.does(&["add", "VAULT", "reflection", "--set", "title=Heliotrope", "--set", "tags=heliotrope"]);
    for entry in fs::read_dir(coach.at("VAULT")).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        for word in [&b"eliotrope"[..], b"SQLite format 3", PASSPHRASE.as_bytes()] {
            assert!(!bytes.windows(word.len()).any(|window| window == word));
        }
    }
    let mut left: Vec<String> = fs::read_dir(coach.at("VAULT"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with("-wal") || name.ends_with("-shm") || name.ends_with("-journal"))
        .collect();
    left.sort();
    assert!(left.is_empty(), "left beside the vault: {left:?}");
}

#[test]
fn each_reason_not_to_open_has_its_own_words() {
    let coach = Coach::with_vault();
    coach.writes("letter", "no vault");
    fs::create_dir(coach.at("empty")).unwrap();
    assert!(coach.refused(3, &["gaps", "nowhere"]).contains("There is no vault at nowhere"));
    assert!(coach.refused(3, &["gaps", "letter"]).contains("is not a vault"));
    assert!(coach.refused(3, &["gaps", "empty"]).contains("is not a vault"));

    let wrong = coach.command(&["gaps", "VAULT"]).env("COACHFOLIO_PASSPHRASE", "something else").output().unwrap();
    assert_eq!(wrong.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("does not open the vault"));

    fs::remove_file(coach.at("VAULT/vault.key")).unwrap();
    assert!(coach.refused(3, &["gaps", "VAULT"]).contains("vault.key is missing"));
}

#[test]
fn a_damaged_database_is_told_apart_from_a_wrong_passphrase() {
    let coach = Coach::with_vault();
    let mut bytes = fs::read(coach.at("VAULT/vault.db")).unwrap();
    bytes[..4096].reverse();
    fs::write(coach.at("VAULT/vault.db"), bytes).unwrap();
    assert!(coach.refused(3, &["gaps", "VAULT"]).contains("damaged"));
}

#[test]
fn a_forgotten_passphrase_loses_nothing() {
    let coach = Coach::new();
    let made = coach.json(&["init", "VAULT"]);
    coach.does(&["add", "VAULT", "reflection", "--set", "title=Kept"]);

    coach.writes("new", "another long passphrase\n");
    coach.writes("key", made["recovery_key"].as_str().unwrap().to_lowercase());
    coach.does(&["recover", "VAULT", "--recovery-key-file", "key", "--new-passphrase-file", "new"]);

    assert!(coach.refused(3, &["list", "VAULT"]).contains("does not open the vault"));
    let listed = coach.does(&["list", "VAULT", "--passphrase-file", "new"]);
    assert!(listed.contains("Kept"));

    coach.writes("old", PASSPHRASE);
    coach.does(&["rekey", "VAULT", "--passphrase-file", "new", "--new-passphrase-file", "old"]);
    assert!(coach.does(&["list", "VAULT"]).contains("Kept"));

    coach.writes("key", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA");
    let err = coach.refused(3, &["recover", "VAULT", "--recovery-key-file", "key", "--new-passphrase-file", "new"]);
    assert!(err.contains("typing mistake"), "{err}");
}

#[test]
fn the_second_process_on_a_vault_is_told() {
    let coach = Coach::with_vault();
    // An import from a pipe that nobody writes to yet keeps the vault open.
    let made = std::process::Command::new("mkfifo").arg(coach.at("slow.jsonl")).status().unwrap();
    assert!(made.success());
    let mut first = coach.command(&["import", "VAULT", "slow.jsonl"]).stdout(Stdio::null()).spawn().unwrap();
    // Opening the pipe waits for its reader, who has opened the vault by then.
    let pipe = fs::File::options().write(true).open(coach.at("slow.jsonl")).unwrap();
    let second = coach.runs(&["list", "VAULT"]);
    drop(pipe);
    assert!(first.wait().unwrap().success());
    assert_eq!(second.status, 3);
    assert!(second.err.contains("already open"), "{}", second.err);
    coach.does(&["list", "VAULT"]);
}

#[test]
fn a_short_passphrase_is_refused_and_nothing_is_made() {
    let coach = Coach::new();
    let output = coach.command(&["init", "VAULT"]).env("COACHFOLIO_PASSPHRASE", "short").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(!coach.at("VAULT/vault.key").exists());
    let without = coach.command(&["init", "VAULT"]).env_remove("COACHFOLIO_PASSPHRASE").stdin(Stdio::null()).output();
    let without = without.unwrap();
    assert_eq!(without.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&without.stderr).contains("--passphrase-file"));
}

#[test]
fn the_example_is_the_same_for_the_same_seed_and_day() {
    let coach = Coach::new();
    for (vault, seed) in [("one", "3"), ("two", "3"), ("other", "4")] {
        coach.does(&["demo", vault, "--seed", seed]);
        coach.does(&["export", vault, "--jsonl", &format!("{vault}.out")]);
    }
    let lines = |vault: &str| fs::read_to_string(coach.at(&format!("{vault}.out/records.jsonl"))).unwrap();
    assert!(lines("one").lines().count() > 300);
    assert_eq!(lines("one"), lines("two"));
    assert_ne!(lines("one"), lines("other"));
    let summary = coach.json(&["gaps", "one"])["summary"].clone();
    for status in ["none", "partial", "evidenced"] {
        assert!(summary[status].as_u64().unwrap() > 0, "{status}: {summary}");
    }
}

#[test]
fn an_older_vault_that_was_put_back_is_told_until_acknowledged() {
    let coach = Coach::with_vault();
    let older = fs::read(coach.at("VAULT/vault.db")).unwrap();
    coach.does(&["add", "VAULT", "reflection", "--set", "title=Gone"]);
    assert!(!coach.runs(&["gaps", "VAULT"]).err.contains("older"));
    fs::write(coach.at("VAULT/vault.db"), older).unwrap();
    for arguments in
        [&["list", "VAULT", "--json"][..], &["add", "VAULT", "reflection", "--set", "title=New"], &["gaps", "VAULT"]]
    {
        let said = coach.runs(arguments);
        assert_eq!(said.status, 0);
        assert!(
            said.err.contains("older than it was: the last change saved here is missing"),
            "{arguments:?}: {}",
            said.err
        );
    }
    assert_eq!(coach.runs(&["verify", "VAULT", "--acknowledge-loss"]).status, 1);
    assert!(!coach.runs(&["list", "VAULT"]).err.contains("older"));
    coach.does(&["verify", "VAULT"]);
}

#[test]
fn an_older_vault_with_its_own_mark_is_told_by_what_this_machine_remembers() {
    let coach = Coach::with_vault();
    let older: Vec<(&str, Vec<u8>)> =
        ["VAULT/vault.db", "VAULT/vault.mark"].map(|name| (name, fs::read(coach.at(name)).unwrap())).into();
    for title in ["title=One", "title=Two"] {
        coach.does(&["add", "VAULT", "reflection", "--set", title]);
    }
    for (name, content) in &older {
        fs::write(coach.at(name), content).unwrap();
    }
    let said = coach.runs(&["list", "VAULT"]);
    assert!(said.err.contains("the last 2 changes saved here are missing"), "{}", said.err);
    // Nothing in the names or the content of what is remembered says which vault it is of.
    let folder = coach.at("data/coachfolio/last-changes");
    let remembered = fs::read_dir(folder).unwrap().next().unwrap().unwrap();
    let (name, content) = (remembered.file_name().into_string().unwrap(), fs::read(remembered.path()).unwrap());
    assert!(name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name}");
    assert!(!String::from_utf8_lossy(&content).contains("VAULT"));
}

#[test]
fn a_new_recovery_key_can_be_made_and_takes_the_place_of_the_old_one() {
    let coach = Coach::new();
    let first = coach.json(&["init", "VAULT"])["recovery_key"].as_str().unwrap().to_owned();
    let second = coach.json(&["recovery-key", "VAULT"])["recovery_key"].as_str().unwrap().to_owned();
    assert_ne!(first, second);
    assert_eq!([&first, &second].map(|key| coach.recovers_with(key)), [3, 0]);
}

#[test]
fn what_an_editor_adds_to_a_file_is_no_part_of_a_secret() {
    let coach = Coach::new();
    coach.writes("marked", format!("\u{feff}{PASSPHRASE} \t\r\n"));
    coach.does(&["init", "VAULT", "--passphrase-file", "marked"]);
    coach.does(&["list", "VAULT"]);
    coach.does(&["rekey", "VAULT", "--new-passphrase-file", "marked"]);
    coach.does(&["list", "VAULT"]);
}

#[test]
fn on_a_full_disk_what_is_said_of_saving_is_so() {
    let coach = Coach::new();
    let Some(_disk) = SmallDisk::mount(&coach, "1m") else { return };
    coach.does(&["init", "disk/vault"]);
    coach.writes("file", vec![7_u8; 60_000]);
    let titles = || coach.json(&["list", "disk/vault"]).as_array().unwrap().len();
    let mut saved = 0;
    let refused = loop {
        coach.writes("file", vec![u8::try_from(saved).unwrap(); 60_000]);
        let title = format!("title=Note {saved}");
        let said = coach.runs(&["add", "disk/vault", "reflection", "--set", &title, "--attach", "file"]);
        if said.status != 0 {
            break said;
        }
        saved += 1;
        assert!(saved < 40, "the disk is never full");
    };
    assert!(refused.err.contains("nothing of this change was saved"), "{}", refused.err);
    assert_eq!(titles(), saved);
    // Asking and giving out go on, whether or not there is room to close properly.
    let checked = coach.runs(&["verify", "disk/vault"]);
    assert_eq!(checked.status, 0, "{}{}", checked.out, checked.err);
    coach.does(&["export", "disk/vault", "--jsonl", "out"]);
    let lines = fs::read_to_string(coach.at("out/records.jsonl")).unwrap().lines().count();
    assert_eq!(lines, saved);
}

#[test]
fn on_a_disk_that_is_nearly_full_a_whole_vault_is_made_or_none() {
    let coach = Coach::new();
    let (mut made, mut refused) = (0, 0);
    for kilobytes in (128..=768).step_by(64) {
        let Some(disk) = SmallDisk::mount(&coach, &format!("{kilobytes}k")) else { return };
        let said = coach.runs(&["init", "disk/vault"]);
        if said.status == 0 {
            made += 1;
            assert!(said.out.contains("Recovery key: "), "{kilobytes}");
            coach.does(&["list", "disk/vault"]);
        } else {
            refused += 1;
            assert!(said.err.contains("disk is full"), "{kilobytes}: {}", said.err);
            assert!(!coach.at("disk/vault").exists(), "{kilobytes}");
        }
        drop(disk);
        fs::remove_dir(coach.at("disk")).unwrap();
    }
    assert!(made > 0 && refused > 0, "{made} {refused}");
}

/// `/dev/full` takes nothing, like a disk that is full.
#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_told_and_a_key_nobody_saw_can_be_replaced() {
    let coach = Coach::new();
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = coach.command(&["init", "VAULT"]).stdout(full).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("could not be written") && said.contains("recovery-key VAULT"), "{said}");
    assert!(coach.does(&["recovery-key", "VAULT"]).contains("Recovery key: "));
}

#[test]
fn whatever_keeps_a_vault_shut_is_told_as_that() {
    let coach = Coach::with_vault();
    // A folder in the lock's place cannot be opened as a file, by root neither.
    fs::remove_file(coach.at("VAULT/vault.lock")).unwrap();
    fs::create_dir(coach.at("VAULT/vault.lock")).unwrap();
    assert!(coach.refused(3, &["list", "VAULT"]).contains("vault.lock"));
}

#[test]
fn wrong_usage_is_a_document_too() {
    let coach = Coach::new();
    for arguments in [&["list", "--json"][..], &["--json", "lisst", "V"], &["list", "V", "--json", "--from", "x"]] {
        let said = coach.runs(arguments);
        assert_eq!(said.status, 2);
        let document: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        assert!(!document["error"]["message"].as_str().unwrap().is_empty(), "{document}");
        assert!(said.err.contains("error:"), "{}", said.err);
    }
    assert_eq!(coach.runs(&["list"]).out, "");
    for arguments in [["--help", "--json"], ["--version", "--json"]] {
        let said = coach.runs(&arguments);
        assert!(said.status == 0 && !said.out.starts_with('{'), "{}", said.out);
    }
}

#[test]
fn an_example_that_cannot_be_made_leaves_nothing() {
    let coach = Coach::new();
    // The later day wins over the one every test is given.
    for day in ["1989-12-31", "9999-12-31", "tomorrow"] {
        let said = std::process::Command::new(env!("CARGO_BIN_EXE_coachfolio"))
            .args(["--today", day, "demo"])
            .arg(coach.at("VAULT"))
            .env("COACHFOLIO_PASSPHRASE", PASSPHRASE)
            .output()
            .unwrap();
        assert_eq!(said.status.code(), Some(2), "{day}");
        assert!(!coach.at("VAULT").exists());
    }
}
