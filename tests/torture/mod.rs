//! What a disk, a kill and a full file system can do to a vault, many times over: what was acknowledged is there afterwards, and
//! what was said is so. The short ones run with the others; `tests/torture/run` runs the long ones.
#![allow(clippy::print_stdout, reason = "what was seen is wanted")]

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::portfolio::SmallDisk;
use crate::{Coach, PASSPHRASE, Said, TODAY};

/// Whatever happened, the vault opens, is whole, and holds what was acknowledged.
fn is_whole(coach: &Coach, vault: &str, titles: &[String], where_: &str) {
    let checked = coach.runs(&["verify", vault]);
    assert_eq!(checked.status, 0, "{where_}: {}{}", checked.out, checked.err);
    let listed = coach.does(&["list", vault]);
    for title in titles {
        assert!(listed.contains(title), "{where_}: {title} was acknowledged and is gone");
    }
}

/// Kills an addition at a moment that differs each time.
fn kills(count: u64) {
    let coach = Coach::with_vault();
    let (mut titles, mut random, mut killed) = (Vec::new(), 0x2545_f491_4f6c_dd1d_u64, 0);
    for n in 0..count {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let title = format!("Entry number {n}.");
        let mut adding = coach
            .command(&["add", "VAULT", "reflection", "--set", &format!("title={title}")])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(random >> 33 & 1_023));
        adding.kill().unwrap();
        let output = adding.wait_with_output().unwrap();
        killed += u64::from(!output.status.success());
        // What it printed was saved, whether or not it lived to the end.
        if String::from_utf8_lossy(&output.stdout).contains(&title) {
            titles.push(title);
        }
        if n % 25 == 24 || n + 1 == count {
            is_whole(&coach, "VAULT", &titles, &format!("{n}"));
        }
    }
    println!("{count} additions, {killed} killed, {} acknowledged, none of these lost", titles.len());
}

#[test]
fn what_was_acknowledged_survives_whatever_kill() {
    kills(8);
}

#[test]
#[ignore = "the same with many more"]
fn what_was_acknowledged_survives_a_thousand_kills() {
    kills(1_000);
}

/// The calls by which something reaches the disk.
const CALLS: [&str; 5] =
    ["pwrite64,write", "fdatasync,fsync", "ftruncate", "rename,renameat,renameat2", "unlink,unlinkat"];

/// Runs a command of which one call to the disk fails, the `nth` of its sort, if it makes so many. Nothing without strace.
fn with_failing(coach: &Coach, calls: &str, nth: usize, error: &str, arguments: &[&str]) -> Option<(Said, bool)> {
    let trace = coach.at("trace");
    let inject = format!("inject={calls}:error={error}:when={nth}");
    let output = Command::new("strace")
        .args(["-f", "-qq", "-o"])
        .arg(&trace)
        .args(["-e", &format!("trace={calls}"), "-e", &inject])
        .arg(env!("CARGO_BIN_EXE_coachfolio"))
        .args(["--today", TODAY])
        .args(arguments)
        .current_dir(coach.home.path())
        .env("COACHFOLIO_PASSPHRASE", PASSPHRASE)
        .env("COACHFOLIO_NEW_PASSPHRASE", PASSPHRASE)
        .env("XDG_DATA_HOME", coach.home.path().join("data"))
        .output()
        .ok()?;
    let happened = fs::read_to_string(&trace).is_ok_and(|trace| trace.contains("(INJECTED)"));
    Some((Said::of(&output), happened))
}

/// Has every call of these commands fail once, or every `step`th of them.
fn failing_calls(commands: &[&[&str]], errors: &[&str], step: usize) {
    let coach = Coach::with_vault();
    coach.writes("file", vec![7_u8; 40_000]);
    coach.writes("in.jsonl", r#"{"kind":"reflection","date":"2026-03-01","title":"Out of a file"}"#);
    coach.does(&["add", "VAULT", "reflection", "--set", "title=Before", "--attach", "file"]);
    let mut titles = vec!["Before".to_owned()];
    let (mut injected, mut refused) = (0, 0);
    for (number, command) in commands.iter().enumerate() {
        for calls in CALLS {
            for error in errors {
                for nth in (1..).step_by(step) {
                    if command[0] == "bin" {
                        let added = coach.json(&["add", "VAULT", "reflection", "--set", "title=To be emptied"]);
                        coach.does(&["delete", "VAULT", added["id"].as_str().unwrap()]);
                    }
                    let title = format!("Entry {number} {} {nth} {error}.", calls.split(',').next().unwrap());
                    let arguments: Vec<String> = command.iter().map(|word| word.replace("TITLE", &title)).collect();
                    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
                    let Some((said, happened)) = with_failing(&coach, calls, nth, error, &arguments) else { return };
                    let where_ = format!("{arguments:?}, {calls} number {nth}: {error}: {}", said.err);
                    assert!(!said.err.contains("panicked"), "{where_}");
                    let there = coach.does(&["list", "VAULT"]).contains(&title);
                    if said.err.contains("othing of this change was saved") {
                        assert!(!there, "{where_}");
                        let emptied = command[0] == "bin" && coach.does(&["bin", "VAULT"]).contains("empty");
                        assert!(!emptied, "{where_}");
                    }
                    if command[0] == "add" && (said.status == 0 || said.err.contains("saved is saved")) {
                        titles.push(title);
                    }
                    is_whole(&coach, "VAULT", &titles, &where_);
                    refused += usize::from(said.status != 0);
                    if !happened {
                        break;
                    }
                    injected += 1;
                }
            }
        }
    }
    println!(
        "{injected} calls failed, {refused} commands were refused, nothing acknowledged is lost, nothing false was said"
    );
}

#[test]
fn a_call_that_fails_loses_nothing_and_is_told_truly() {
    failing_calls(&[&["add", "VAULT", "reflection", "--set", "title=TITLE"]], &["ENOSPC"], 7);
}

#[test]
#[ignore = "the same with every call of every command that writes"]
fn whichever_call_fails_nothing_is_lost_and_it_is_told_truly() {
    let commands: [&[&str]; 6] = [
        &["add", "VAULT", "reflection", "--set", "title=TITLE"],
        &["import", "VAULT", "in.jsonl"],
        &["bin", "VAULT", "--empty"],
        &["rekey", "VAULT"],
        &["rekey", "VAULT", "--data"],
        &["recovery-key", "VAULT"],
    ];
    failing_calls(&commands, &["ENOSPC", "EIO"], 1);
}

/// Fills disks of many sizes, and looks at what is there afterwards.
fn full_disks(sizes: impl Iterator<Item = u32>) {
    let coach = Coach::new();
    coach.writes("file", vec![7_u8; 30_000]);
    let (mut disks, mut made, mut saved) = (0, 0, 0);
    for kilobytes in sizes {
        let Some(disk) = SmallDisk::mount(&coach, &format!("{kilobytes}k")) else { return };
        disks += 1;
        if coach.runs(&["init", "disk/vault"]).status == 0 {
            made += 1;
            let mut titles = Vec::new();
            for n in 0..20_u8 {
                coach.writes("file", vec![n; 30_000]);
                let title = format!("Note {n}.");
                let set = format!("title={title}");
                let said = coach.runs(&["add", "disk/vault", "reflection", "--set", &set, "--attach", "file"]);
                assert!(!said.err.contains("panicked"), "{kilobytes}: {}", said.err);
                if said.status != 0 {
                    assert!(said.err.contains("full") || said.err.contains("saved is saved"), "{}", said.err);
                    break;
                }
                titles.push(title);
            }
            is_whole(&coach, "disk/vault", &titles, &format!("{kilobytes} KB"));
            saved += titles.len();
        } else {
            assert!(!coach.at("disk/vault").exists(), "{kilobytes}");
        }
        drop(disk);
        fs::remove_dir(coach.at("disk")).unwrap();
    }
    println!("{disks} disks, {made} vaults made, {saved} records acknowledged, none lost");
}

#[test]
fn on_disks_that_fill_up_what_was_acknowledged_is_there() {
    full_disks([320, 512].into_iter());
}

#[test]
#[ignore = "the same with many more"]
fn on_two_hundred_disks_that_fill_up_what_was_acknowledged_is_there() {
    full_disks((0..200).map(|n| 96 + 4 * n));
}
