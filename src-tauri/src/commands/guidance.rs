//! Putting away what rules of thumb said.

use app::Failure;
use tauri::State;

use crate::desk::Desk;

/// Puts away what a rule of thumb said.
#[tauri::command]
#[specta::specta]
pub(crate) async fn put_guidance_away(desk: State<'_, Desk>, key: String) -> Result<(), Failure> {
    desk.with(move |vault| vault.put_guidance_away(&key)).await
}

/// Brings back what was put away.
#[tauri::command]
#[specta::specta]
pub(crate) async fn bring_guidance_back(desk: State<'_, Desk>, key: String) -> Result<(), Failure> {
    desk.with(move |vault| vault.bring_guidance_back(&key)).await
}
