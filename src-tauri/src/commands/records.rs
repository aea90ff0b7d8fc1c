//! Records: found, read and written, and what is being typed.

use app::domain::prompts::Model;
use app::domain::{Attachment, Draft, Record};
use app::{Failure, Filter, Found, KeptDraft, RecordLine, RecordPage};
use tauri::{AppHandle, State};
use uuid::Uuid;

use crate::desk::Desk;
use crate::dialogs::{Ask, ask};

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
    desk.with(move |vault| vault.search(&query, limit)).await
}

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

/// Keeps what is being typed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn keep_draft(desk: State<'_, Desk>, id: Uuid, draft: Draft) -> Result<(), Failure> {
    desk.with(move |vault| vault.keep_draft(id, &draft)).await
}

/// Throws away what was being typed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn drop_draft(desk: State<'_, Desk>, id: Uuid) -> Result<(), Failure> {
    desk.with(move |vault| vault.drop_draft(id)).await
}

/// Everything that is being typed, last touched first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn drafts(desk: State<'_, Desk>) -> Result<Vec<KeptDraft>, Failure> {
    desk.with(|vault| vault.drafts()).await
}

/// An id for a record that is being begun.
#[tauri::command]
#[specta::specta]
pub(crate) fn new_id() -> Result<Uuid, Failure> {
    Ok(Uuid::now_v7())
}

/// Asks for a file and takes its content into the vault; the draft holds what comes back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn attach(app: AppHandle, desk: State<'_, Desk>) -> Result<Option<Attachment>, Failure> {
    match ask(app, Ask::Open("The file to attach")).await? {
        Some(path) => desk.with(move |vault| vault.attach(&path)).await.map(Some),
        None => Ok(None),
    }
}

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
