//! What a coach wrote, as it is read.

use app::Failure;

use crate::desk::away;

/// The text as HTML, in which nothing leads anywhere or runs.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reading(text: String) -> Result<String, Failure> {
    away(move || Ok(app::reading(&text))).await
}

/// Whether two texts are read as the same.
#[tauri::command]
#[specta::specta]
pub(crate) async fn same_reading(one: String, other: String) -> Result<bool, Failure> {
    away(move || Ok(app::is_same_reading(&one, &other))).await
}
