//! The portfolio for a reader, and the log of what was given out.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::Ordering;

use app::{ExportReport, Failure, PortfolioChoice, PreparedPortfolio, Release};
use serde::{Deserialize, Serialize};
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

/// What a portfolio is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Sheet {
    /// A PDF.
    Pdf,
    /// One page for a browser.
    Html,
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
    let prepared = desk.with(move |vault| vault.prepare_portfolio(&options)).await?;
    let desk = desk.inner().clone();
    away(move || set(&desk, prepared, None, sheet, &on_progress)).await
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
    let prepared = desk.with(move |vault| vault.prepare_portfolio(&options)).await?;
    let ending = if sheet == Sheet::Pdf { "pdf" } else { "html" };
    let name = shown(&prepared.suggested_name().with_extension(ending));
    let Some(path) = ask(app, Ask::Save("Where to write the portfolio", name, ending)).await? else { return Ok(None) };
    let desk = desk.inner().clone();
    let written = away(move || {
        let report = set(&desk, prepared, Some(&path), sheet, &on_progress)?;
        desk.on(|vault| vault.note_release(&report))?;
        Ok(report)
    });
    written.await.map(Some)
}

/// How much of the work it is to read the attached files.
const TAKING_IN: f32 = 0.3;

/// Takes in the attached files, for each of which the vault is held a moment, and sets the portfolio.
fn set(
    desk: &Desk,
    mut prepared: PreparedPortfolio,
    path: Option<&Path>,
    sheet: Sheet,
    on_progress: &Channel<ExportProgress>,
) -> Result<ExportReport, Failure> {
    let stop = desk.stopper();
    let step = |fraction: f32| {
        // A page that no longer listens is no reason to stop.
        let _ = on_progress.send(ExportProgress { fraction });
        if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let before = if prepared.has_attachments() { TAKING_IN } else { 0.0 };
    prepared
        .take_in(&mut |sha256| desk.on(|vault| vault.attachment(sha256)), &mut |fraction| step(fraction * before))?;
    match sheet {
        Sheet::Pdf => prepared.write(path, &mut |fraction| step(before + fraction * (1.0 - before))),
        Sheet::Html => prepared.write_html(path),
    }
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
