//! What can be undone: what records said before, what is in the bin, and what an older copy of the vault has lost.

use app::domain::Record;
use app::{BinnedRecord, EmptiedBin, Failure, RecordLine, Version};
use tauri::State;
use uuid::Uuid;

use crate::desk::Desk;

/// What a record said before it was changed, newest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history(desk: State<'_, Desk>, id: Uuid) -> Result<Vec<Version>, Failure> {
    desk.with(move |vault| vault.history(id)).await
}

/// Makes a record say again what it said once.
#[tauri::command]
#[specta::specta]
pub(crate) async fn bring_back(desk: State<'_, Desk>, id: Uuid, number: u32) -> Result<Record, Failure> {
    desk.with(move |vault| vault.bring_back(id, number)).await
}

/// Moves records into the bin.
#[tauri::command]
#[specta::specta]
pub(crate) async fn move_to_bin(desk: State<'_, Desk>, ids: Vec<Uuid>) -> Result<Vec<RecordLine>, Failure> {
    desk.with(move |vault| vault.delete(&ids)).await
}

/// What is in the bin, last deleted first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn bin(desk: State<'_, Desk>) -> Result<Vec<BinnedRecord>, Failure> {
    desk.with(|vault| vault.bin()).await
}

/// Brings records back from the bin as they were.
#[tauri::command]
#[specta::specta]
pub(crate) async fn restore(desk: State<'_, Desk>, ids: Vec<Uuid>) -> Result<Vec<RecordLine>, Failure> {
    desk.with(move |vault| vault.restore(&ids)).await
}

/// Empties the bin for good.
#[tauri::command]
#[specta::specta]
pub(crate) async fn empty_bin(desk: State<'_, Desk>) -> Result<EmptiedBin, Failure> {
    desk.with(|vault| vault.empty_bin()).await
}

/// How many changes the vault has lost because an older database was put in its place.
#[tauri::command]
#[specta::specta]
pub(crate) async fn lost_changes(desk: State<'_, Desk>) -> Result<u64, Failure> {
    desk.with(|vault| Ok(vault.lost_changes())).await
}

/// The coach knows of the changes that were lost.
#[tauri::command]
#[specta::specta]
pub(crate) async fn acknowledge_loss(desk: State<'_, Desk>) -> Result<(), Failure> {
    desk.with(|vault| vault.acknowledge_loss()).await
}
