//! The system's own dialogs: which folder, which file, where to.

use std::path::PathBuf;

use app::Failure;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::DialogExt;

use crate::desk::{away, of_the_window};

/// What is asked.
#[derive(Debug, Clone)]
pub(crate) enum Ask {
    /// A folder, with the dialog's title.
    Folder(&'static str),
    /// A file to read, with the dialog's title.
    Open(&'static str),
    /// Where to write: the dialog's title, the name proposed and its ending.
    Save(&'static str, String, &'static str),
}

/// Asks and waits for the answer, away from the main thread; nothing when the coach thought better of it.
pub(crate) async fn ask(app: AppHandle, ask: Ask) -> Result<Option<PathBuf>, Failure> {
    #[cfg(debug_assertions)]
    if let Some(answer) = for_tests::answer(&ask) {
        return Ok(Some(answer));
    }
    away(move || {
        let mut dialog = app.dialog().file();
        if let Some(window) = app.get_webview_window("main") {
            dialog = dialog.set_parent(&window);
        }
        // Where people keep their own things; the system's first choice is a list of files used lately.
        if let Ok(start) = app.path().document_dir().or_else(|_| app.path().home_dir()) {
            dialog = dialog.set_directory(start);
        }
        let chosen = match ask {
            Ask::Folder(title) => dialog.set_title(title).blocking_pick_folder(),
            Ask::Open(title) => dialog.set_title(title).blocking_pick_file(),
            Ask::Save(title, name, ending) => {
                let kind = ending.to_uppercase();
                dialog.set_title(title).set_file_name(name).add_filter(kind, &[ending]).blocking_save_file()
            }
        };
        chosen.map(|path| path.into_path().map_err(|problem| of_the_window(&problem))).transpose()
    })
    .await
}

/// Lets the tests in the real window answer, in debug builds alone: a release build has none of this.
#[cfg(debug_assertions)]
mod for_tests {
    use std::collections::HashMap;
    use std::path::PathBuf;

    use super::Ask;

    /// `COACHFOLIO_DIALOG_ANSWERS` is a JSON object with a path each for `folder`, `open`, `save-pdf` and so on.
    pub(super) fn answer(ask: &Ask) -> Option<PathBuf> {
        let answers = std::env::var("COACHFOLIO_DIALOG_ANSWERS").ok()?;
        let mut answers: HashMap<String, PathBuf> = serde_json::from_str(&answers).ok()?;
        match ask {
            Ask::Folder(_) => answers.remove("folder"),
            Ask::Open(_) => answers.remove("open"),
            Ask::Save(_, _, ending) => answers.remove(&format!("save-{ending}")),
        }
    }
}
