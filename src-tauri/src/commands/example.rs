//! A vault with invented data to look around in.

use app::{Example, Failure};
use tauri::State;

use crate::desk::{Desk, Open};

/// Opens a vault with invented data to look around in; it is deleted when it is locked.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_example(desk: State<'_, Desk>) -> Result<(), Failure> {
    desk.open(|clock| Ok((Open::Example(Example::make(clock)?), ()))).await
}
