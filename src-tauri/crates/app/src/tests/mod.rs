//! What needs an open vault with other kinds than those that are shipped, and what other tests begin with.

mod kind_versions;
mod old_vaults;
mod readers;

use std::ops::ControlFlow;
use std::path::Path;

use domain::{Draft, Kind};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use crate::clock::Clock;
use crate::portfolio::{ExportReport, PortfolioChoice, Sheet};
use crate::vault::OpenVault;

const PASSPHRASE: &str = "a long passphrase";

fn clock() -> Clock {
    Clock::fixed("2026-06-12".parse().unwrap())
}

/// A new vault; its folder goes when the first is dropped.
pub(crate) fn new_vault() -> (TempDir, OpenVault) {
    let home = tempfile::tempdir().unwrap();
    let made = OpenVault::create(&home.path().join("vault"), PASSPHRASE, clock()).unwrap();
    (home, made.vault)
}

fn kind(text: &str) -> Kind {
    serde_json::from_str(text).unwrap()
}

fn draft(fields: &Value) -> Draft {
    fields.as_object().unwrap().clone()
}

/// A reflection with nothing but its title.
pub(crate) fn reflection(id: Uuid, title: &str) -> Draft {
    draft(&json!({ "id": id, "kind": "reflection", "date": "2026-03-01", "title": title }))
}

/// Writes a portfolio and notes it.
fn export(vault: &mut OpenVault, choice: &PortfolioChoice, sheet: Sheet, out: &Path) -> ExportReport {
    let prepared = vault.prepare_portfolio(choice, sheet).unwrap();
    let go_on = &mut |_| ControlFlow::Continue(());
    let finished = prepared.finish(Some(out), &mut |sha256| vault.attachment(sha256), go_on).unwrap();
    vault.note_release(finished).unwrap()
}
