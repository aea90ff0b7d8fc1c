//! What was deleted, and having it back.

use app::{BinnedRecord, Deleted, EmptiedBin, Failure, RecordLine};
use tauri::State;
use uuid::Uuid;

use crate::desk::Desk;

/// Moves records into the bin.
#[tauri::command]
#[specta::specta]
pub(crate) async fn move_to_bin(desk: State<'_, Desk>, ids: Vec<Uuid>) -> Result<Vec<Deleted>, Failure> {
    desk.with(move |vault| vault.delete(&ids)).await
}

/// What is in the bin, most recently deleted first.
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
