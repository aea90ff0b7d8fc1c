//! Every schema that was ever released left a small vault in `tests/fixtures/vaults`; all of them open, whole.
//!
//! The content is invented. The passphrase is in the `README.md` beside them, the recovery key in each.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod common;

use domain::period::Period;
use std::path::{Path, PathBuf};

use common::{claiming, error, kinds, now, record, session, with};
use domain::Attachment;
use serde_json::json;
use uuid::Uuid;
use vault::{Doubt, Filter, Vault, VaultError};

const PASSPHRASE: &str = "an invented coach's vault";
/// The folder for the schema that this version writes.
const NEWEST: &str = "v6";
const FILES: [&str; 2] = ["vault.db", "vault.key"];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/vaults")
}

/// A copy, since opening one may bring it up to date.
fn copy_of(fixture: &Path) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    for file in FILES {
        std::fs::copy(fixture.join(file), home.path().join(file)).unwrap();
    }
    home
}

#[test]
fn every_released_vault_opens() {
    let mut opened = 0;
    for entry in std::fs::read_dir(fixtures()).unwrap() {
        let fixture = entry.unwrap().path();
        if !fixture.is_dir() {
            continue;
        }
        let home = copy_of(&fixture);
        let vault = Vault::open(home.path(), PASSPHRASE).unwrap();
        assert_eq!(vault.doubts(), [Doubt::Unwitnessed], "its mark is not kept");
        let found = vault.verify(&kinds()).unwrap();
        assert_eq!((found.records, found.attachments, found.problems), (5, 1, Vec::new()), "{}", fixture.display());
        let records = vault.records().list(&Filter::default()).unwrap();
        let titles: Vec<_> = records.iter().map(|record| record.title.as_str()).collect();
        assert_eq!(
            titles,
            ["A first supervision", "A session", "A session", "Zoë and the silence", "Motivation, two days"]
        );
        assert_eq!(records[3].claims.len(), 2);
        assert_eq!(records[3].fields.get("of-a-later-version"), Some(&json!({ "kept": [1.5, null, "💚"] })));
        assert_eq!((records[3].created, records[3].modified), (now(), now()));
        let certificate = &records[4].attachments[0];
        assert_eq!(vault.attachments().get(&certificate.sha256).unwrap().unwrap(), b"an invented certificate");
        assert_eq!(vault.search().find("zoe silences", None, 5).unwrap().total, 1);
        let tallies = vault.evidence().tallies(chrono::NaiveDate::MAX).unwrap();
        assert_eq!(tallies.iter().map(|tally| tally.count).sum::<u32>(), 4);
        assert_eq!(
            (
                vault.sessions().of_period(Period::ALWAYS).unwrap().len(),
                vault.supervisions().of_period(Period::ALWAYS, &std::collections::BTreeSet::new()).unwrap().len()
            ),
            (2, 1)
        );
        let visits = vault.visits().until(chrono::NaiveDate::MAX).unwrap();
        let seen: Vec<_> = visits.iter().map(|visit| (visit.minutes, visit.client.as_deref())).collect();
        assert_eq!(seen, [(45, None), (30, None)], "{}", fixture.display());
        assert_eq!(vault.drafts().all().unwrap().len(), 1);
        assert_eq!(vault.installed().get("settings").unwrap().as_deref(), Some("{}"));
        vault.close().unwrap();
        let recovery = std::fs::read_to_string(fixture.join("recovery-key")).unwrap();
        Vault::open_with_recovery_key(home.path(), &recovery).unwrap();
        opened += 1;
    }
    // One for each numbered migration.
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/schema");
    let is_sql = |entry: &std::fs::DirEntry| entry.path().extension().is_some_and(|extension| extension == "sql");
    let schemas = std::fs::read_dir(schema).unwrap().filter(|entry| is_sql(entry.as_ref().unwrap())).count();
    assert_eq!(opened, schemas, "run make_the_newest");
}

/// Run once when a schema is released: `cargo test -p vault --test fixtures -- --ignored`. It never writes over one.
#[test]
#[ignore = "makes the fixture of the newest schema"]
fn make_the_newest() {
    let fixture = fixtures().join(NEWEST);
    let home = tempfile::tempdir().unwrap();
    let (mut vault, recovery) = Vault::create(&home.path().join("vault"), PASSPHRASE, now()).unwrap();
    let content = b"an invented certificate";
    let silence = with(
        claiming(
            record("reflection", "2025-11-03", "Zoë and the silence", "I *waited*, and she went on."),
            &["1.3", "2.1"],
        ),
        &json!({ "model": "free", "of-a-later-version": { "kept": [1.5, null, "💚"] } }),
    );
    let supervision = json!({ "type": "health-coaching", "format": "individual", "minutes": 60 });
    let given = [
        silence,
        session("2025-11-04", 45),
        session("2025-11-05", 30),
        with(record("supervision", "2025-11-20", "A first supervision", ""), &supervision),
    ];
    let made: Result<(), VaultError> = vault.transact(|writer| {
        let sha256 = writer.attachments().put(content)?;
        let mut learning = record("learning", "2025-02-01", "Motivation, two days", "");
        learning.attachments.push(Attachment {
            name: "Certificate.pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            sha256,
            bytes: u32::try_from(content.len()).unwrap(),
            other: json!({ "of-a-later-version": 1 }).as_object().unwrap().clone(),
        });
        writer.records().save(&learning, &kinds())?;
        given.iter().try_for_each(|record| writer.records().save(record, &kinds()))?;
        writer.installed().put("settings", "{}")?;
        let draft = json!({ "kind": "reflection", "title": "Not finished" });
        writer.drafts().keep(Uuid::now_v7(), draft.as_object().unwrap(), now())
    });
    made.unwrap();
    let folder = vault.folder().to_owned();
    vault.close().unwrap();
    std::fs::create_dir_all(&fixture).unwrap();
    for file in FILES {
        assert!(!fixture.join(file).exists(), "a released fixture is frozen");
        std::fs::copy(folder.join(file), fixture.join(file)).unwrap();
    }
    std::fs::write(fixture.join("recovery-key"), recovery.as_str()).unwrap();
    assert!(matches!(error(Vault::open(&folder, "another one")), VaultError::WrongPassphrase));
}
