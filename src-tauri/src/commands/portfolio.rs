//! What is there, what is missing, and giving it out.

use std::ops::ControlFlow;
use std::sync::atomic::Ordering;

use app::domain::gaps::Gaps;
use app::domain::hours::Hours;
use app::{ExportReport, Failure, PortfolioChoice, WrittenOpenForm};
use serde::Serialize;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};

use crate::desk::{Desk, away, shown};
use crate::dialogs::{Ask, ask};

/// What each competency asks for, what is there, and what is missing.
#[tauri::command]
#[specta::specta]
pub(crate) async fn gaps(desk: State<'_, Desk>) -> Result<Gaps, Failure> {
    desk.with(|vault| vault.gaps()).await
}

/// Hours of coaching and the tier they reach.
#[tauri::command]
#[specta::specta]
pub(crate) async fn hours(desk: State<'_, Desk>) -> Result<Hours, Failure> {
    desk.with(|vault| vault.hours()).await
}

/// How far an export is.
#[derive(Debug, Clone, Copy, Serialize, specta::Type)]
pub(crate) struct ExportProgress {
    /// From 0 to 1.
    #[specta(type = specta_typescript::Number)]
    fraction: f32,
}

/// Asks where to, and writes the portfolio there; the vault can be used meanwhile.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_pdf(
    app: AppHandle,
    desk: State<'_, Desk>,
    options: PortfolioChoice,
    on_progress: Channel<ExportProgress>,
) -> Result<Option<ExportReport>, Failure> {
    let prepared = desk.with(move |vault| vault.prepare_portfolio(&options)).await?;
    let name = shown(&prepared.suggested_name());
    let Some(path) = ask(app, Ask::Save("Where to write the portfolio", name, "pdf")).await? else { return Ok(None) };
    let stop = desk.stopper();
    let mut step = move |fraction: f32| {
        // A page that no longer listens is no reason to stop.
        let _ = on_progress.send(ExportProgress { fraction });
        if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    away(move || prepared.write(&path, &mut step)).await.map(Some)
}

/// Stops the export that is running.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_export(desk: State<'_, Desk>) -> Result<(), Failure> {
    desk.stop();
    Ok(())
}

/// Asks where to, and writes every record in the open form into a folder there.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_jsonl(app: AppHandle, desk: State<'_, Desk>) -> Result<Option<WrittenOpenForm>, Failure> {
    let title = "Where to write your records in the open form";
    let Some(chosen) = ask(app, Ask::Folder(title)).await? else { return Ok(None) };
    let folder = app::empty_place(&chosen, "Coachfolio records");
    desk.with(move |vault| vault.export_open_form(&folder)).await.map(Some)
}
