//! Where the coach stands: what is there and what is missing, what comes next, ratings.

use app::Failure;
use app::domain::gaps::Gaps;
use app::domain::plan::Plan;
use app::domain::ratings::Ratings;
use tauri::State;

use crate::desk::Desk;

/// What each competency asks for, what is there, and what is missing.
#[tauri::command]
#[specta::specta]
pub(crate) async fn gaps(desk: State<'_, Desk>) -> Result<Gaps, Failure> {
    desk.with(|vault| vault.gaps()).await
}

/// What to arrange next, and what it would close.
#[tauri::command]
#[specta::specta]
pub(crate) async fn plan(desk: State<'_, Desk>) -> Result<Plan, Failure> {
    desk.with(|vault| vault.plan()).await
}

/// How the coach and others rate each competency.
#[tauri::command]
#[specta::specta]
pub(crate) async fn ratings(desk: State<'_, Desk>) -> Result<Vec<Ratings>, Failure> {
    desk.with(|vault| vault.ratings()).await
}
