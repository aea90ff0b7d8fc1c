//! Records in and out as data.

use app::{Failure, WrittenOpenForm};
use tauri::{AppHandle, State};

use crate::desk::Desk;
use crate::dialogs::{Ask, ask};

/// Asks where to, and writes every record in the open form into a folder there.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_jsonl(app: AppHandle, desk: State<'_, Desk>) -> Result<Option<WrittenOpenForm>, Failure> {
    let title = "Where to write your records in the open form";
    let Some(chosen) = ask(app, Ask::Folder(title)).await? else { return Ok(None) };
    let folder = app::empty_place(&chosen, "Coachfolio records");
    desk.with(move |vault| vault.export_open_form(&folder)).await.map(Some)
}
