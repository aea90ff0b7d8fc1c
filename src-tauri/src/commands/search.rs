//! Records found by a filter or by words.

use app::{Failure, Filter, Found, RecordLine, RecordPage};
use tauri::State;
use uuid::Uuid;

use crate::desk::Desk;

/// A page of the records a filter finds, newest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn list_records(desk: State<'_, Desk>, filter: Filter) -> Result<RecordPage, Failure> {
    desk.with(move |vault| vault.list(&filter)).await
}

/// These records as lines, in this order.
#[tauri::command]
#[specta::specta]
pub(crate) async fn record_lines(desk: State<'_, Desk>, ids: Vec<Uuid>) -> Result<Vec<RecordLine>, Failure> {
    desk.with(move |vault| vault.lines(&ids)).await
}

/// Records that hold these words.
#[tauri::command]
#[specta::specta]
pub(crate) async fn search(desk: State<'_, Desk>, query: String, limit: u32) -> Result<Found, Failure> {
    let mut found = desk.with(move |vault| vault.search(&query, limit)).await?;
    for hit in &mut found.hits {
        hit.marks.iter_mut().for_each(|mark| *mark = mark.in_utf16(&hit.snippet));
    }
    Ok(found)
}
