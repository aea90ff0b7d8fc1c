//! A damaged vault: saving what is readable of it, and looking for damage before anybody meets it.

use std::path::PathBuf;

use app::{Failure, OpenVault, PagesChecked, on_this_machine};
use serde::Serialize;
use tauri::State;

use super::vault::Secret;
use crate::desk::{Desk, away};

/// What was saved of a damaged vault.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub(crate) struct RescuedVault {
    /// How many records.
    records: u64,
    /// How many attached files.
    attachments: u64,
    /// What is damaged, a sentence each.
    problems: Vec<String>,
}

/// Saves what is readable of a damaged vault as a new one in another folder.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rescue(folder: PathBuf, passphrase: Secret, into: PathBuf) -> Result<RescuedVault, Failure> {
    away(move || {
        let rescued = OpenVault::rescue(on_this_machine(&folder), &passphrase, on_this_machine(&into))?;
        let problems = rescued.problems();
        Ok(RescuedVault { records: rescued.records, attachments: rescued.attachments, problems })
    })
    .await
}

/// Looks through the next of the open vault's pages.
#[tauri::command]
#[specta::specta]
pub(crate) async fn check_pages(desk: State<'_, Desk>) -> Result<PagesChecked, Failure> {
    desk.with(OpenVault::check_pages).await
}
