//! One line between two sessions: how it is understood, and keeping it.

use app::domain::jotting::Jotting;
use app::{Failure, Jotted};
use tauri::State;

use crate::desk::Desk;

/// How a line is understood.
#[tauri::command]
#[specta::specta]
pub(crate) async fn jotting(desk: State<'_, Desk>, line: String) -> Result<Option<Jotting>, Failure> {
    desk.with(move |vault| vault.jotting(&line)).await
}

/// Keeps what a line is understood as: a session, or a draft.
#[tauri::command]
#[specta::specta]
pub(crate) async fn jot(desk: State<'_, Desk>, line: String) -> Result<Jotted, Failure> {
    desk.with(move |vault| vault.jot(&line)).await
}
