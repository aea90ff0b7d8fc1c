//! What is being typed.

use app::domain::Draft;
use app::{Failure, KeptDraft};
use tauri::State;
use uuid::Uuid;

use crate::desk::Desk;

/// Keeps what is being typed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn keep_draft(desk: State<'_, Desk>, id: Uuid, draft: Draft) -> Result<(), Failure> {
    desk.with(move |vault| vault.keep_draft(id, &draft)).await
}

/// Throws away what was being typed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn drop_draft(desk: State<'_, Desk>, id: Uuid) -> Result<(), Failure> {
    desk.with(move |vault| vault.drop_draft(id)).await
}

/// Everything that is being typed, most recently touched first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn drafts(desk: State<'_, Desk>) -> Result<Vec<KeptDraft>, Failure> {
    desk.with(|vault| vault.drafts()).await
}
