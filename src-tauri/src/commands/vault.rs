//! The vault as a whole: making, opening, locking, and leaving.

use std::path::PathBuf;

use app::{Failure, OpenVault, Shelf, on_this_machine};
use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};
use tauri::{AppHandle, State, WebviewWindow};
use zeroize::Zeroizing;

use crate::desk::{Desk, Open, away, of_the_window, shown};
use crate::dialogs::{Ask, ask};
use crate::held::Held;

/// A passphrase or key out of the page; it is overwritten when it is not needed any more.
#[derive(specta::Type)]
#[specta(transparent)]
pub(crate) struct Secret(#[specta(type = String)] Zeroizing<String>);

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
        String::deserialize(from).map(|text| Secret(Zeroizing::new(text)))
    }
}

impl std::ops::Deref for Secret {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// What forms and pages are made from: the open vault's, or what is built in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn shelf(desk: State<'_, Desk>) -> Result<Shelf, Failure> {
    if desk.open_folder().folder.is_none() {
        return away(|| Ok(Shelf::shipped())).await;
    }
    desk.with(|vault| Ok(vault.shelf())).await
}

/// The state of things when the page has loaded.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub(crate) struct VaultState {
    /// Whether a vault is open.
    open: bool,
    /// Whether it is the one with invented data.
    example: bool,
    /// The open vault's folder.
    folder: Option<String>,
    /// The folders of vaults opened recently, newest first.
    recent: Vec<String>,
    /// What day it is.
    today: NaiveDate,
}

/// Whether a vault is open, and which were recently.
#[tauri::command]
#[specta::specta]
pub(crate) async fn vault_state(desk: State<'_, Desk>) -> Result<VaultState, Failure> {
    let desk = desk.inner().clone();
    away(move || {
        let open = desk.open_folder();
        Ok(VaultState {
            open: open.folder.is_some(),
            example: open.example,
            folder: open.folder.as_deref().map(shown),
            recent: desk.recent.list(),
            today: desk.clock.today(),
        })
    })
    .await
}

/// What a folder is chosen for.
#[derive(Debug, Clone, Copy, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Purpose {
    /// A new vault goes there, into a folder of its own.
    New,
    /// A vault lies there.
    Open,
}

/// Asks for a folder; nothing when the coach thought better of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_folder(app: AppHandle, purpose: Purpose) -> Result<Option<String>, Failure> {
    let title = match purpose {
        Purpose::New => "Where to keep the new vault",
        Purpose::Open => "The vault’s folder",
    };
    let chosen = ask(app, Ask::Folder(title)).await?;
    let place = |folder: PathBuf| match purpose {
        Purpose::New => app::empty_place(&folder, "Coachfolio"),
        Purpose::Open => folder,
    };
    Ok(chosen.map(|folder| shown(&place(folder))))
}

/// What is shown once after a vault was made, or its recovery key was made anew.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub(crate) struct NewVault {
    /// Opens the vault when the passphrase is forgotten; kept nowhere.
    recovery_key: String,
}

/// Makes a new vault and leaves it open.
#[tauri::command]
#[specta::specta]
pub(crate) async fn create_vault(
    desk: State<'_, Desk>,
    folder: PathBuf,
    passphrase: Secret,
) -> Result<NewVault, Failure> {
    desk.open(move |clock| {
        let made = OpenVault::create(on_this_machine(&folder), &passphrase, clock)?;
        Ok((Open::Own(made.vault), NewVault { recovery_key: made.recovery_key }))
    })
    .await
}

/// Opens a vault.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_vault(desk: State<'_, Desk>, folder: PathBuf, passphrase: Secret) -> Result<(), Failure> {
    desk.open(move |clock| {
        let vault = OpenVault::open(on_this_machine(&folder), &passphrase, clock)?;
        Ok((Open::Own(vault), ()))
    })
    .await
}

/// Opens a vault whose passphrase is forgotten, and gives it a new one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_with_recovery_key(
    desk: State<'_, Desk>,
    folder: PathBuf,
    key: Secret,
    new_passphrase: Secret,
) -> Result<(), Failure> {
    desk.open(move |clock| {
        let vault = OpenVault::recover(on_this_machine(&folder), &key, &new_passphrase, clock)?;
        Ok((Open::Own(vault), ()))
    })
    .await
}

/// Gives the open vault a new passphrase, for whoever knows the present one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn change_passphrase(desk: State<'_, Desk>, passphrase: Secret, next: Secret) -> Result<(), Failure> {
    desk.with(move |vault| {
        vault.check_passphrase(&passphrase)?;
        vault.change_passphrase(&next)
    })
    .await
}

/// Makes a new recovery key, for whoever knows the passphrase.
#[tauri::command]
#[specta::specta]
pub(crate) async fn new_recovery_key(desk: State<'_, Desk>, passphrase: Secret) -> Result<NewVault, Failure> {
    desk.with(move |vault| {
        vault.check_passphrase(&passphrase)?;
        Ok(NewVault { recovery_key: vault.new_recovery_key()? })
    })
    .await
}

/// Locks the vault.
#[tauri::command]
#[specta::specta]
pub(crate) async fn lock_vault(desk: State<'_, Desk>) -> Result<(), Failure> {
    desk.lock().await
}

/// The coach has been told of what Today says of the vault's files.
#[tauri::command]
#[specta::specta]
pub(crate) async fn acknowledge(desk: State<'_, Desk>) -> Result<(), Failure> {
    desk.with(OpenVault::acknowledge).await
}

/// Closes the window: the page's answer to `close-requested`, given when its drafts are kept.
#[tauri::command]
#[specta::specta]
pub(crate) async fn close_window(window: WebviewWindow) -> Result<(), Failure> {
    window.destroy().map_err(|problem| of_the_window(&problem))
}

/// Keeps the window open: the page's other answer to `close-requested`, given when something typed could not be kept.
#[tauri::command]
#[specta::specta]
pub(crate) async fn hold_window(held: State<'_, Held>) -> Result<(), Failure> {
    held.hold();
    Ok(())
}
