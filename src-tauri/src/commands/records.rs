//! Records: read, saved, and what usually follows them.

use app::Failure;
use app::domain::could_show::CouldShow;
use app::domain::finding::Finding;
use app::domain::followup::Followup;
use app::domain::{Draft, Record};
use tauri::State;
use uuid::Uuid;

use crate::desk::Desk;

/// One record, whole.
#[tauri::command]
#[specta::specta]
pub(crate) async fn record(desk: State<'_, Desk>, id: Uuid) -> Result<Record, Failure> {
    desk.with(move |vault| vault.record(id)).await
}

/// Keeps a draft as a record, or says everything that does not fit yet.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_record(desk: State<'_, Desk>, draft: Draft) -> Result<Record, Failure> {
    desk.with(move |vault| vault.save(&draft)).await
}

/// What there is to say of a draft that does not keep it from being saved.
#[tauri::command]
#[specta::specta]
pub(crate) async fn findings(desk: State<'_, Desk>, draft: Draft) -> Result<Vec<Finding>, Failure> {
    desk.with(move |vault| vault.findings(&draft)).await
}

/// What a draft could show of what is still asked for.
#[tauri::command]
#[specta::specta]
pub(crate) async fn could_show(desk: State<'_, Desk>, draft: Draft) -> Result<Vec<CouldShow>, Failure> {
    desk.with(move |vault| vault.could_show(&draft)).await
}

/// An id for a record that is being begun.
#[tauri::command]
#[specta::specta]
pub(crate) fn new_id() -> Result<Uuid, Failure> {
    Ok(Uuid::now_v7())
}

/// What usually follows a record, prefilled from it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn followups(desk: State<'_, Desk>, id: Uuid) -> Result<Vec<Followup>, Failure> {
    desk.with(move |vault| vault.followups(id)).await
}
