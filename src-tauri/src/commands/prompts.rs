//! A coach's own models.

use app::Failure;
use app::domain::prompts::Model;
use tauri::State;

use crate::desk::Desk;

/// Keeps a model of the coach's own; its id is made from its title.
#[tauri::command]
#[specta::specta]
pub(crate) async fn keep_model(desk: State<'_, Desk>, model: Model) -> Result<Model, Failure> {
    desk.with(move |vault| vault.keep_model(model).cloned()).await
}

/// Forgets a model of the coach's own; what was answered stays.
#[tauri::command]
#[specta::specta]
pub(crate) async fn drop_model(desk: State<'_, Desk>, id: String) -> Result<Model, Failure> {
    desk.with(move |vault| vault.drop_model(&id)).await
}
