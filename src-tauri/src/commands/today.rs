//! Today's page.

use app::{Failure, Today};
use tauri::State;

use crate::desk::Desk;

/// All of Today's page.
#[tauri::command]
#[specta::specta]
pub(crate) async fn today(desk: State<'_, Desk>) -> Result<Today, Failure> {
    desk.with(|vault| vault.today()).await
}
