//! An invented vault and invented records for the tests.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, reason = "shared between test files; tests may panic")]

pub(crate) mod desk;

use chrono::{DateTime, NaiveDate, Utc};
use domain::counts_as::evidence_of;
use domain::{Claim, Evidence, Kinds, Record};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;
use vault::{Filter, RecoveryKey, Vault, VaultError};

pub(crate) const PASSPHRASE: &str = "quiet lantern under the bridge";

pub(crate) fn now() -> DateTime<Utc> {
    "2026-03-04T09:10:11.123456Z".parse().unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn kinds() -> Kinds {
    Kinds::shipped()
}

/// A vault in a folder of its own; the folder goes when the first is dropped.
pub(crate) fn new_vault() -> (TempDir, Vault, RecoveryKey) {
    let home = tempfile::tempdir().unwrap();
    let (vault, recovery) = Vault::create(&home.path().join("vault"), PASSPHRASE, now()).unwrap();
    (home, vault, recovery)
}

pub(crate) fn record(kind: &str, date: &str, title: &str, body: &str) -> Record {
    Record {
        id: Uuid::now_v7(),
        kind: kind.to_owned(),
        kind_version: 1,
        date: day(date),
        title: title.to_owned(),
        body: body.to_owned(),
        tags: Vec::new(),
        claims: Vec::new(),
        attachments: Vec::new(),
        origin: None,
        created: now(),
        modified: now(),
        fields: serde_json::Map::new(),
    }
}

pub(crate) fn with(mut record: Record, fields: &Value) -> Record {
    record.fields.extend(fields.as_object().unwrap().clone());
    record
}

pub(crate) fn claiming(mut record: Record, competencies: &[&str]) -> Record {
    let claim = |id: &&str| Claim {
        competency: (*id).to_owned(),
        counts_as: None,
        reason: format!("because of {id}"),
        other: serde_json::Map::new(),
    };
    record.claims.extend(competencies.iter().map(claim));
    record
}

pub(crate) fn save(vault: &mut Vault, record: &Record) {
    vault.transact(|writer| writer.records().save(record, &kinds())).unwrap();
}

/// What every record counts as, newest first, read out of the records themselves.
pub(crate) fn evidence(vault: &Vault) -> Vec<Evidence> {
    let records = vault.records().list(&Filter::default()).unwrap();
    let in_group = |record: &Record| {
        let session =
            records.iter().find(|one| record.reference("session") == Some(one.id) && one.kind == "session")?;
        Some(session.text("format") == Some("group"))
    };
    records.iter().flat_map(|record| evidence_of(record, &kinds(), in_group(record))).collect()
}

pub(crate) fn session(date: &str, minutes: u32) -> Record {
    let fields = json!({ "minutes": minutes, "format": "one-to-one", "mode": "telephone", "supervised": true });
    with(record("session", date, "A session", ""), &fields)
}

/// The titles found, in order.
pub(crate) fn titles(vault: &Vault, query: &str) -> Vec<String> {
    let found = vault.search().find(query, None, 100).unwrap();
    assert_eq!(found.total, u32::try_from(found.hits.len()).unwrap(), "{query}");
    found.hits.into_iter().map(|hit| hit.title).collect()
}

pub(crate) fn error<T>(result: Result<T, VaultError>) -> VaultError {
    match result {
        Ok(_) => panic!("expected an error"),
        Err(error) => error,
    }
}
