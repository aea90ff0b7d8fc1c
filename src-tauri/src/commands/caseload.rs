//! Who is being seen.

use app::Failure;
use app::domain::caseload::Caseload;
use tauri::State;

use crate::desk::Desk;

/// The caseload of today.
#[tauri::command]
#[specta::specta]
pub(crate) async fn caseload(desk: State<'_, Desk>) -> Result<Caseload, Failure> {
    desk.with(|vault| vault.caseload()).await
}
