//! What to bring to the next supervision, and ticking off what was agreed.

use app::Failure;
use app::domain::agenda::Agenda;
use tauri::State;
use uuid::Uuid;

use crate::desk::Desk;

/// What to bring to the next supervision, of whichever kind.
#[tauri::command]
#[specta::specta]
pub(crate) async fn agenda(desk: State<'_, Desk>) -> Result<Agenda, Failure> {
    desk.with(|vault| vault.agenda(None)).await
}

/// Marks something that was agreed in a supervision as done today.
#[tauri::command]
#[specta::specta]
pub(crate) async fn done_action(desk: State<'_, Desk>, supervision: Uuid, number: u32) -> Result<(), Failure> {
    desk.with(move |vault| vault.done_action(supervision, number, vault.clock().today()).map(drop)).await
}
