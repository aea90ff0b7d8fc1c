//! What follows from the records: what to do next, what is due, what was said.

use app::domain::agenda::Agenda;
use app::domain::followup::Followup;
use app::domain::plan::Plan;
use app::domain::ratings::Ratings;
use app::{Failure, Rhythms, Today};
use tauri::State;
use uuid::Uuid;

use crate::desk::Desk;

/// What to arrange next, and what it would close.
#[tauri::command]
#[specta::specta]
pub(crate) async fn plan(desk: State<'_, Desk>) -> Result<Plan, Failure> {
    desk.with(|vault| vault.plan()).await
}

/// The three kinds of supervision: last, next due, missed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rhythm(desk: State<'_, Desk>) -> Result<Rhythms, Failure> {
    desk.with(|vault| vault.rhythm()).await
}

/// The small facts of today.
#[tauri::command]
#[specta::specta]
pub(crate) async fn today(desk: State<'_, Desk>) -> Result<Today, Failure> {
    desk.with(|vault| vault.today()).await
}

/// What to bring to the next supervision, of whichever kind.
#[tauri::command]
#[specta::specta]
pub(crate) async fn agenda(desk: State<'_, Desk>) -> Result<Agenda, Failure> {
    desk.with(|vault| vault.agenda(None)).await
}

/// Marks something that was agreed in a supervision as done today.
#[tauri::command]
#[specta::specta]
pub(crate) async fn done_action(desk: State<'_, Desk>, supervision: Uuid, number: u32) -> Result<(), Failure> {
    desk.with(move |vault| vault.done_action(supervision, number, vault.clock().today()).map(drop)).await
}

/// Puts away what a rule of thumb said.
#[tauri::command]
#[specta::specta]
pub(crate) async fn put_guidance_away(desk: State<'_, Desk>, key: String) -> Result<(), Failure> {
    desk.with(move |vault| vault.put_guidance_away(&key)).await
}

/// Takes out again what was put away.
#[tauri::command]
#[specta::specta]
pub(crate) async fn bring_guidance_back(desk: State<'_, Desk>, key: String) -> Result<(), Failure> {
    desk.with(move |vault| vault.bring_guidance_back(&key)).await
}

/// What usually follows a record, prefilled out of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn followups(desk: State<'_, Desk>, id: Uuid) -> Result<Vec<Followup>, Failure> {
    desk.with(move |vault| vault.followups(id)).await
}

/// How the coach and others rate each competency.
#[tauri::command]
#[specta::specta]
pub(crate) async fn ratings(desk: State<'_, Desk>) -> Result<Vec<Ratings>, Failure> {
    desk.with(|vault| vault.ratings()).await
}
