//! The system's own dialogs: which folder, which file, where to.

use std::path::PathBuf;

use app::Failure;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, FilePath};

use crate::desk::{away, of_the_window};

/// What is asked.
#[derive(Debug, Clone)]
pub(crate) enum Ask {
    /// A folder, with the dialog's title.
    Folder(&'static str),
    /// Files to read, with the dialog's title.
    Open(&'static str),
    /// Where to write: the dialog's title, the name proposed and its ending.
    Save(&'static str, String, &'static str),
    /// Where to write a copy of a file of any kind: the dialog's title and the file's name.
    Copy(&'static str, String),
}

/// Asks for one place and waits for the answer; nothing when the coach thought better of it.
pub(crate) async fn ask(app: AppHandle, question: Ask) -> Result<Option<PathBuf>, Failure> {
    Ok(ask_for_all(app, question).await?.into_iter().next())
}

/// Asks and waits for the answer, away from the main thread: one place, or several files to read; none when the coach
/// thought better of it.
pub(crate) async fn ask_for_all(app: AppHandle, ask: Ask) -> Result<Vec<PathBuf>, Failure> {
    #[cfg(debug_assertions)]
    if let Some(answers) = for_tests::answers(&ask) {
        return Ok(answers);
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
        let one = |place: Option<FilePath>| place.into_iter().collect::<Vec<_>>();
        let chosen = match ask {
            Ask::Folder(title) => one(dialog.set_title(title).blocking_pick_folder()),
            Ask::Open(title) => dialog.set_title(title).blocking_pick_files().unwrap_or_default(),
            Ask::Save(title, name, ending) => {
                let kind = ending.to_uppercase();
                one(dialog.set_title(title).set_file_name(name).add_filter(kind, &[ending]).blocking_save_file())
            }
            Ask::Copy(title, name) => one(dialog.set_title(title).set_file_name(name).blocking_save_file()),
        };
        chosen.into_iter().map(|path| path.into_path().map_err(|problem| of_the_window(&problem))).collect()
    })
    .await
}

/// Lets the tests in the real window answer, in debug builds alone: a release build has none of this.
#[cfg(debug_assertions)]
mod for_tests {
    use std::collections::HashMap;
    use std::path::PathBuf;

    use super::Ask;

    /// `COACHFOLIO_DIALOG_ANSWERS` is a JSON object with a path each, or a list of them, for `folder`, `open`, `copy`,
    /// `save-pdf` and so on.
    pub(super) fn answers(ask: &Ask) -> Option<Vec<PathBuf>> {
        #[derive(serde::Deserialize)]
        #[serde(untagged)]
        enum Answer {
            One(PathBuf),
            Several(Vec<PathBuf>),
        }
        let answers = std::env::var("COACHFOLIO_DIALOG_ANSWERS").ok()?;
        let mut answers: HashMap<String, Answer> = serde_json::from_str(&answers).ok()?;
        let answer = match ask {
            Ask::Folder(_) => answers.remove("folder"),
            Ask::Open(_) => answers.remove("open"),
            Ask::Save(_, _, ending) => answers.remove(&format!("save-{ending}")),
            Ask::Copy(..) => answers.remove("copy"),
        };
        answer.map(|answer| match answer {
            Answer::One(path) => vec![path],
            Answer::Several(paths) => paths,
        })
    }
}
