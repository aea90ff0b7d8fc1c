//! What records said before.

use app::domain::Record;
use app::{Failure, Version};
use tauri::State;
use uuid::Uuid;

use crate::desk::Desk;

/// What a record said before it was changed, newest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history(desk: State<'_, Desk>, id: Uuid) -> Result<Vec<Version>, Failure> {
    desk.with(move |vault| vault.history(id)).await
}

/// Brings back what a record once said.
#[tauri::command]
#[specta::specta]
pub(crate) async fn bring_back(desk: State<'_, Desk>, id: Uuid, number: u32) -> Result<Record, Failure> {
    desk.with(move |vault| vault.bring_back(id, number)).await
}
