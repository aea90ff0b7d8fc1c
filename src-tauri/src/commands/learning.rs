//! Trainings and their renewal.

use app::Failure;
use app::domain::learning::Trainings;
use tauri::State;

use crate::desk::Desk;

/// Where training stands today.
#[tauri::command]
#[specta::specta]
pub(crate) async fn trainings(desk: State<'_, Desk>) -> Result<Trainings, Failure> {
    desk.with(|vault| vault.trainings()).await
}
