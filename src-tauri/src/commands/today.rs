//! The small facts that Today's page begins with.

use app::{Failure, Today};
use tauri::State;

use crate::desk::Desk;

/// The small facts of today.
#[tauri::command]
#[specta::specta]
pub(crate) async fn today(desk: State<'_, Desk>) -> Result<Today, Failure> {
    desk.with(|vault| vault.today()).await
}
