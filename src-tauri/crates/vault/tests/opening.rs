//! Making, opening and losing the keys of a vault; and what stands on the disk.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod common;

use std::path::Path;

use common::{PASSPHRASE, error, kinds, new_vault, now, record, save};
use vault::{Filter, Vault, VaultError};

/// What a closed vault consists of.
const FILES: [&str; 4] = ["vault.db", "vault.key", "vault.lock", "vault.mark"];

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Whether any file of the folder holds these bytes.
fn on_disk(folder: &Path, needle: &[u8]) -> bool {
    names(folder).iter().any(|name| {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        bytes.windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle))
    })
}

#[test]
fn a_vault_opens_again_with_what_was_saved() {
    let (_home, mut vault, _) = new_vault();
    let folder = vault.folder().to_owned();
    let kept = record("reflection", "2026-01-01", "Kept", "");
    save(&mut vault, &kept);
    vault.close().unwrap();
    assert_eq!(names(&folder), FILES);
    let vault = Vault::open(&folder, PASSPHRASE).unwrap();
    assert_eq!(vault.records().get(kept.id).unwrap().unwrap(), kept);
    drop(vault);
    // Dropping leaves one whole file behind, too.
    assert_eq!(names(&folder), FILES);
}

#[test]
fn wrong_keys_are_told_apart() {
    let (_home, vault, recovery) = new_vault();
    let folder = vault.folder().to_owned();
    let (_other_home, _other, other_recovery) = new_vault();
    vault.close().unwrap();
    for wrong in ["", "Quiet lantern under the bridge", &format!("{PASSPHRASE} ")] {
        assert!(matches!(error(Vault::open(&folder, wrong)), VaultError::WrongPassphrase));
    }
    let with = |key: &str| error(Vault::open_with_recovery_key(&folder, key));
    assert!(matches!(with(other_recovery.as_str()), VaultError::WrongRecoveryKey));
    let swapped: String = recovery.as_str().chars().rev().collect();
    for mistyped in ["", &recovery.as_str()[..20], &swapped] {
        assert!(matches!(with(mistyped), VaultError::MistypedRecoveryKey { .. }));
    }
}

#[test]
fn the_recovery_key_opens_and_a_new_passphrase_rewrites_no_record() {
    let (_home, mut vault, recovery) = new_vault();
    let folder = vault.folder().to_owned();
    let kept = record("reflection", "2026-01-01", "Kept", "");
    save(&mut vault, &kept);
    vault.close().unwrap();
    let database = std::fs::read(folder.join("vault.db")).unwrap();

    let typed = recovery.as_str().to_lowercase().replace('-', " ");
    let mut vault = Vault::open_with_recovery_key(&folder, &typed).unwrap();
    assert!(matches!(error(vault.change_passphrase("")), VaultError::WeakPassphrase { found: 0, .. }));
    assert!(matches!(error(vault.change_passphrase("short 7")), VaultError::WeakPassphrase { found: 7, .. }));
    vault.change_passphrase("a different passphrase").unwrap();
    vault.close().unwrap();
    assert_eq!(names(&folder), FILES);
    let now = std::fs::read(folder.join("vault.db")).unwrap();
    let changed = now.chunks(4096).zip(database.chunks(4096)).filter(|(now, before)| now != before).count();
    assert!(now.len() == database.len() && changed <= 4, "{changed} pages: the records are not written anew");

    assert!(matches!(error(Vault::open(&folder, PASSPHRASE)), VaultError::WrongPassphrase));
    let mut vault = Vault::open(&folder, "a different passphrase").unwrap();
    assert_eq!(vault.records().get(kept.id).unwrap().unwrap(), kept);
    let renewed = vault.new_recovery_key().unwrap();
    vault.close().unwrap();
    let old = error(Vault::open_with_recovery_key(&folder, recovery.as_str()));
    assert!(matches!(old, VaultError::WrongRecoveryKey));
    let vault = Vault::open_with_recovery_key(&folder, renewed.as_str()).unwrap();
    vault.close().unwrap();
    Vault::open(&folder, "a different passphrase").unwrap().close().unwrap();
}

#[test]
fn a_folder_that_cannot_become_a_vault_stays_as_it_is() {
    let home = tempfile::tempdir().unwrap();
    let create = |folder: &Path, passphrase: &str| error(Vault::create(folder, passphrase, now()));

    let weak = home.path().join("weak");
    assert!(matches!(create(&weak, "short"), VaultError::WeakPassphrase { found: 5, .. }));
    assert!(!weak.exists());

    let full = home.path().join("full");
    std::fs::create_dir(&full).unwrap();
    std::fs::write(full.join("letter.txt"), "mine").unwrap();
    assert!(matches!(create(&full, PASSPHRASE), VaultError::NotEmpty { .. }));
    assert_eq!(names(&full), ["letter.txt"]);

    let (_home, vault, _) = new_vault();
    let folder = vault.folder().to_owned();
    assert!(matches!(create(&folder, PASSPHRASE), VaultError::Exists { .. }));
    vault.close().unwrap();
    Vault::open(&folder, PASSPHRASE).unwrap();

    let file = home.path().join("file");
    std::fs::write(&file, "mine").unwrap();
    create(&file, PASSPHRASE);
    create(&file.join("below"), PASSPHRASE);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");

    // An empty folder, and one that only looks empty, will do; folders above are made.
    let empty = home.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    std::fs::write(empty.join(".DS_Store"), "").unwrap();
    Vault::create(&empty, PASSPHRASE, now()).unwrap();
    Vault::create(&home.path().join("a/b/c"), PASSPHRASE, now()).unwrap();
}

#[test]
fn what_is_no_vault_is_named() {
    let home = tempfile::tempdir().unwrap();
    let nowhere = home.path().join("nowhere");
    assert!(matches!(error(Vault::open(&nowhere, PASSPHRASE)), VaultError::Missing { path } if path == nowhere));
    assert!(!nowhere.exists());
    assert!(matches!(error(Vault::open(home.path(), PASSPHRASE)), VaultError::NotAVault { .. }));
    assert!(names(home.path()).is_empty(), "looking leaves no lock behind");
    let file = home.path().join("vault.txt");
    std::fs::write(&file, "text").unwrap();
    assert!(matches!(error(Vault::open(&file, PASSPHRASE)), VaultError::NotAVault { .. }));

    let (_home, vault, _) = new_vault();
    let folder = vault.folder().to_owned();
    vault.close().unwrap();
    for file in ["vault.db", "vault.key"] {
        let aside = folder.join("aside");
        std::fs::rename(folder.join(file), &aside).unwrap();
        let found = error(Vault::open(&folder, PASSPHRASE));
        assert!(matches!(found, VaultError::Incomplete { file: missing, .. } if missing == file), "{found}");
        assert!(!folder.join(file).exists());
        std::fs::rename(&aside, folder.join(file)).unwrap();
    }
    Vault::open(&folder, PASSPHRASE).unwrap();
}

#[test]
fn damage_and_later_versions_are_named() {
    let (_home, vault, _) = new_vault();
    let (_other_home, other, _) = new_vault();
    let folder = vault.folder().to_owned();
    let other_folder = other.folder().to_owned();
    vault.close().unwrap();
    other.close().unwrap();
    let key = std::fs::read(folder.join("vault.key")).unwrap();
    let database = std::fs::read(folder.join("vault.db")).unwrap();
    let open = || error(Vault::open(&folder, PASSPHRASE));
    let put = |file: &str, content: &[u8]| std::fs::write(folder.join(file), content).unwrap();

    for broken in [&key[..key.len() / 2], b"", b"\xff\xfe", b"[]", b"{}"] {
        put("vault.key", broken);
        assert!(matches!(open(), VaultError::Damaged { .. }));
    }
    put(
        "vault.key",
        String::from_utf8(key.clone()).unwrap().replace("coachfolio-key/1", "coachfolio-key/2").as_bytes(),
    );
    assert!(matches!(open(), VaultError::Newer { found: 2, known: 1 }));
    put("vault.key", String::from_utf8(key.clone()).unwrap().replace("65536", "4000000000").as_bytes());
    assert!(matches!(open(), VaultError::ExcessiveKdf { .. }));
    // Lowering the cost is noticed, since the header is vouched for.
    put("vault.key", String::from_utf8(key.clone()).unwrap().replace("65536", "1024").as_bytes());
    assert!(matches!(open(), VaultError::WrongPassphrase));
    put("vault.key", &key);

    let mut flipped = database.clone();
    flipped[100] ^= 1;
    let foreign = std::fs::read(other_folder.join("vault.db")).unwrap();
    for broken in [&flipped, &foreign, &b"SQLite format 3\0".repeat(400), &database[..4096].to_vec()] {
        put("vault.db", broken);
        let found = open();
        assert!(matches!(found, VaultError::Torn { .. } | VaultError::Damaged { .. }), "{found:?}");
        assert!(std::fs::read(folder.join("vault.db")).unwrap() == *broken, "damage is not written over");
    }
    // An empty database file beside a key is not taken for a new vault.
    put("vault.db", b"");
    let found = open();
    assert!(matches!(found, VaultError::Damaged { .. }), "{found:?}");
    put("vault.db", &database);
    Vault::open(&folder, PASSPHRASE).unwrap();
}

#[test]
fn a_second_window_is_told_at_once() {
    let (_home, vault, recovery) = new_vault();
    let folder = vault.folder().to_owned();
    assert!(matches!(error(Vault::open(&folder, PASSPHRASE)), VaultError::InUse { path } if path == folder));
    // Before the passphrase is even looked at.
    assert!(matches!(error(Vault::open(&folder, "wrong")), VaultError::InUse { .. }));
    assert!(matches!(error(Vault::open_with_recovery_key(&folder, recovery.as_str())), VaultError::InUse { .. }));
    drop(vault);
    Vault::open(&folder, PASSPHRASE).unwrap();
}

#[test]
fn nothing_readable_stands_on_the_disk() {
    let (_home, mut vault, recovery) = new_vault();
    let folder = vault.folder().to_owned();
    let body = "A word nobody else would use: floccinaucinihilipilification. ".repeat(200);
    for n in 0..50 {
        save(&mut vault, &record("reflection", "2026-01-01", &format!("Xylophonist {n}"), &body));
    }
    vault.transact(|writer| writer.attachments().put(b"%PDF-1.7 hippopotomonstrosesquippedaliophobia")).unwrap();
    let found = vault.search().find("floccinaucinihilipilification", None, 50).unwrap();
    assert_eq!(found.hits.len(), 50);
    let secrets: [&[u8]; 7] = [
        b"floccinaucinihilipilification",
        b"xylophonist",
        b"hippopotomonstrosesquippedaliophobia",
        b"SQLite format 3",
        b"CREATE TABLE",
        PASSPHRASE.as_bytes(),
        recovery.as_str().as_bytes(),
    ];
    // Once while the log of changes is there, and once when it is closed.
    assert!(names(&folder).contains(&"vault.db-wal".to_owned()));
    assert!(!secrets.iter().any(|secret| on_disk(&folder, secret)));
    vault.close().unwrap();
    assert!(!secrets.iter().any(|secret| on_disk(&folder, secret)));
    assert!(on_disk(&folder, b"argon2id"), "the search itself works");
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_look() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_home, mut vault, _) = new_vault();
    save(&mut vault, &record("reflection", "2026-01-01", "One", ""));
    let folder = vault.folder().to_owned();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for name in ["vault.db", "vault.db-wal", "vault.key"] {
        assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
    }
}

#[test]
fn messages_are_for_a_coach_and_hold_no_secret() {
    let (_home, vault, _) = new_vault();
    let folder = vault.folder().to_owned();
    let in_use = error(Vault::open(&folder, PASSPHRASE)).to_string();
    assert!(in_use.contains(&folder.display().to_string()) && in_use.contains("another window"), "{in_use}");
    drop(vault);
    let wrong = error(Vault::open(&folder, "tell nobody this")).to_string();
    assert!(wrong.contains("recovery key") && !wrong.contains("tell nobody"), "{wrong}");
    let debug = format!("{:?}", Vault::open(&folder, PASSPHRASE).unwrap());
    assert!(debug.starts_with("Vault { folder:") && debug.ends_with(", .. }"), "{debug}");
}

/// In the process that is started below: saves, says so, and waits to be killed.
#[test]
#[ignore = "started by the test below"]
fn saves_until_it_is_killed() {
    use std::io::Write as _;
    let folder = std::env::var_os("COACHFOLIO_TEST_VAULT").unwrap();
    let mut vault = Vault::open(Path::new(&folder), PASSPHRASE).unwrap();
    for n in 0..1000 {
        let saved = record("reflection", "2026-01-01", &format!("Title {n}"), "body");
        vault.transact(|writer| writer.records().save(&saved, &kinds())).unwrap();
        let mut out = std::io::stdout();
        writeln!(out, "\nsaved {n}").unwrap();
        out.flush().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
}

#[test]
fn a_killed_process_loses_nothing_and_lets_the_next_one_in() {
    use std::io::{BufRead as _, BufReader};
    use std::process::{Command, Stdio};
    let (_home, vault, _) = new_vault();
    let folder = vault.folder().to_owned();
    vault.close().unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["saves_until_it_is_killed", "--exact", "--ignored", "--nocapture"])
        .env("COACHFOLIO_TEST_VAULT", &folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let saved = |line: &str| line.strip_prefix("saved ").and_then(|n| n.parse::<u64>().ok());
    let last = lines.map_while(Result::ok).filter_map(|line| saved(&line)).find(|n| *n >= 20).unwrap();
    // Another process is told that the vault is in use.
    assert!(matches!(error(Vault::open(&folder, PASSPHRASE)), VaultError::InUse { .. }));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(folder.join("vault.db-wal").exists(), "it was killed and did not close");

    let vault = Vault::open(&folder, PASSPHRASE).unwrap();
    let count = vault.records().count(&Filter::default()).unwrap();
    assert!(count > last, "{count} records after saying that number {last}, from 0, was saved");
    assert_eq!(vault.search().find("title", None, 1).unwrap().total, u32::try_from(count).unwrap());
    assert!(vault.verify(&kinds()).unwrap().problems.is_empty());
}

#[test]
fn a_vault_moves_between_threads() {
    fn is_send<T: Send>(_: &T) {}
    let (_home, vault, _) = new_vault();
    is_send(&vault);
    assert_eq!(std::thread::spawn(move || vault.records().count(&Filter::default()).unwrap()).join().unwrap(), 0);
}
