//! What needs an open vault with other kinds than those that are shipped.

mod kind_versions;
mod readers;

use std::ops::ControlFlow;
use std::path::Path;

use domain::{Draft, Kind};
use serde_json::Value;
use tempfile::TempDir;

use crate::clock::Clock;
use crate::portfolio::{ExportReport, PortfolioChoice, Sheet};
use crate::vault::OpenVault;

const PASSPHRASE: &str = "a long passphrase";

fn clock() -> Clock {
    Clock::fixed("2026-06-12".parse().unwrap())
}

/// A new vault; its folder goes when the first is dropped.
fn new_vault() -> (TempDir, OpenVault) {
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

/// Writes a portfolio and notes it.
fn export(vault: &mut OpenVault, choice: &PortfolioChoice, sheet: Sheet, out: &Path) -> ExportReport {
    let prepared = vault.prepare_portfolio(choice, sheet).unwrap();
    let go_on = &mut |_| ControlFlow::Continue(());
    let finished = prepared.finish(Some(out), &mut |sha256| vault.attachment(sha256), go_on).unwrap();
    vault.note_release(finished).unwrap()
}
