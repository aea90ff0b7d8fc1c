//! Attached files.

use app::Failure;
use app::domain::Attachment;
use tauri::{AppHandle, State};

use crate::desk::Desk;
use crate::dialogs::{Ask, ask};

/// Asks for a file and takes its content into the vault; the draft holds what comes back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn attach(app: AppHandle, desk: State<'_, Desk>) -> Result<Option<Attachment>, Failure> {
    match ask(app, Ask::Open("The file to attach")).await? {
        Some(path) => desk.with(move |vault| vault.attach(&path)).await.map(Some),
        None => Ok(None),
    }
}
