//! The portfolio for a reader, and the log of what was given out.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::Ordering;

use app::{ExportReport, Failure, PortfolioChoice, PreparedPortfolio, Release, Sheet};
use serde::Serialize;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};

use crate::desk::{Desk, away, shown};
use crate::dialogs::{Ask, ask};

/// How far an export is.
#[derive(Debug, Clone, Copy, Serialize, specta::Type)]
pub(crate) struct ExportProgress {
    /// From 0 to 1.
    #[specta(type = specta_typescript::Number)]
    fraction: f32,
}

/// Says what would go in, what would be left out and why, and what could not be shown; nothing is written.
#[tauri::command]
#[specta::specta]
pub(crate) async fn check_export(
    desk: State<'_, Desk>,
    options: PortfolioChoice,
    sheet: Sheet,
    on_progress: Channel<ExportProgress>,
) -> Result<ExportReport, Failure> {
    let prepared = desk.with(move |vault| vault.prepare_portfolio(&options, sheet)).await?;
    finish(&desk, prepared, None, on_progress).await
}

/// Asks where to, writes the portfolio there and notes it in the log of what was given out; the vault can be used
/// meanwhile.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_portfolio(
    app: AppHandle,
    desk: State<'_, Desk>,
    options: PortfolioChoice,
    sheet: Sheet,
    on_progress: Channel<ExportProgress>,
) -> Result<Option<ExportReport>, Failure> {
    let prepared = desk.with(move |vault| vault.prepare_portfolio(&options, sheet)).await?;
    let name = shown(&prepared.suggested_name());
    let asked = ask(app, Ask::Save("Where to write the portfolio", name, sheet.ending())).await?;
    let Some(path) = asked else { return Ok(None) };
    finish(&desk, prepared, Some(path), on_progress).await.map(Some)
}

/// Finishes a portfolio away from the window and notes it. The vault is held a moment for each attached file, and for the
/// log.
async fn finish(
    desk: &Desk,
    prepared: PreparedPortfolio,
    path: Option<PathBuf>,
    on_progress: Channel<ExportProgress>,
) -> Result<ExportReport, Failure> {
    let desk = desk.clone();
    away(move || {
        let stop = desk.stopper();
        let mut step = |fraction| {
            // A page that no longer listens is no reason to stop.
            let _ = on_progress.send(ExportProgress { fraction });
            if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let mut read = |sha256: &str| desk.on(|vault| vault.attachment(sha256));
        let finished = prepared.finish(path.as_deref(), &mut read, &mut step)?;
        desk.on(|vault| vault.note_release(finished))
    })
    .await
}

/// What was given out: when, for whom, and by which fingerprint a file is known again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn releases(desk: State<'_, Desk>) -> Result<Vec<Release>, Failure> {
    desk.with(|vault| vault.releases()).await
}

/// Stops the export that is running.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_export(desk: State<'_, Desk>) -> Result<(), Failure> {
    desk.stop();
    Ok(())
}
