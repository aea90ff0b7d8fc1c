//! Attached files: in by a dialog, by drop and by paste, and out again.

use app::Failure;
use app::domain::Attachment;
use data_encoding::BASE64;
use serde::Serialize;
use tauri::{AppHandle, State};

use crate::desk::{Desk, away, shown};
use crate::dialogs::{Ask, ask, ask_for_all};

/// What became of the files that were chosen.
#[derive(Debug, Default, Serialize, specta::Type)]
pub(crate) struct Attached {
    /// What a draft holds of each that is in the vault now.
    files: Vec<Attachment>,
    /// Why the others are not.
    refused: Vec<Failure>,
}

/// Asks for files and takes their content into the vault. One that cannot be read keeps none of the others out.
#[tauri::command]
#[specta::specta]
pub(crate) async fn attach(app: AppHandle, desk: State<'_, Desk>) -> Result<Attached, Failure> {
    let paths = ask_for_all(app, Ask::Open("The files to attach")).await?;
    desk.with(move |vault| {
        let mut attached = Attached::default();
        for path in paths {
            match vault.attach(&path) {
                Ok(file) => attached.files.push(file),
                Err(failure) => attached.refused.push(failure),
            }
        }
        Ok(attached)
    })
    .await
}

/// Takes in what was dropped or pasted: a file's name, and its content in base64, as a page reads it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn attach_content(
    desk: State<'_, Desk>,
    name: String,
    content: String,
) -> Result<Attachment, Failure> {
    desk.with(move |vault| {
        let content = BASE64.decode(content.as_bytes()).map_err(|_| {
            Failure::new(format!("{name} did not come through whole.")).hint("Choose it with “Attach files” instead.")
        })?;
        vault.attach_content(name, &content)
    })
    .await
}

/// A small picture of an attached file, as an address that an `img` takes; nothing for what is no picture.
#[tauri::command]
#[specta::specta]
pub(crate) async fn thumbnail(desk: State<'_, Desk>, sha256: String) -> Result<Option<String>, Failure> {
    // The vault is free again while the picture is made: what is typed meanwhile is kept.
    let Some(content) = desk.with(move |vault| vault.attachment(&sha256)).await? else { return Ok(None) };
    away(move || {
        Ok(app::thumbnail(&content).map(|picture| {
            // The policy of the page lets pictures in as data, and as nothing that would have to be fetched.
            format!("data:{};base64,{}", app::media_type(&picture), BASE64.encode(&picture))
        }))
    })
    .await
}

/// Asks where to, and writes a copy of an attached file there; its path, or nothing when the coach thought better of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_attachment(
    app: AppHandle,
    desk: State<'_, Desk>,
    sha256: String,
    name: String,
) -> Result<Option<String>, Failure> {
    let Some(path) = ask(app, Ask::Copy("Where to save the file", name)).await? else { return Ok(None) };
    desk.with(move |vault| vault.save_attachment(&sha256, &path).map(|()| shown(&path))).await.map(Some)
}
