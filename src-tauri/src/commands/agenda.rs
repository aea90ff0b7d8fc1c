//! Ticking off what was agreed in a supervision.

use app::Failure;
use tauri::State;
use uuid::Uuid;

use crate::desk::Desk;

/// Marks something that was agreed in a supervision as done today.
#[tauri::command]
#[specta::specta]
pub(crate) async fn done_action(desk: State<'_, Desk>, supervision: Uuid, number: u32) -> Result<(), Failure> {
    desk.with(move |vault| vault.done_action(supervision, number, vault.clock().today()).map(drop)).await
}
