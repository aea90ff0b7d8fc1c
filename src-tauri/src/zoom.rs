//! How large everything in the window is.

use app::Failure;
use tauri::WebviewWindow;

use crate::desk::of_the_window;

/// Makes everything in the window larger or smaller, up to four times.
#[tauri::command]
#[specta::specta]
pub(crate) async fn zoom(window: WebviewWindow, factor: f64) -> Result<(), Failure> {
    window.set_zoom(factor.clamp(0.5, 4.0)).map_err(|problem| of_the_window(&problem))
}
