//! What was true on the last day of a period.

use app::Failure;
use app::domain::appraisal::Appraisal;
use chrono::NaiveDate;
use tauri::State;

use crate::desk::Desk;

/// What was true on the last day of a period; nothing for the review period that ends today.
#[tauri::command]
#[specta::specta]
pub(crate) async fn appraisal(
    desk: State<'_, Desk>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> Result<Appraisal, Failure> {
    desk.with(move |vault| vault.appraisal(from, to)).await
}
