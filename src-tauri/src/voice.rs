//! What happens away from the focus, said by a screen reader.
//!
//! A page has live regions for that. But of what is added to one, WebKitGTK says no more than that something was added, and
//! Orca, as far as Debian 12 has it, then says nothing; not even of an alert. A notification of the window's own is said by
//! every Orca: so on Linux the window has a label that nobody sees, is called what is to be said, and is shown again and
//! again to those who listen.

use app::Failure;
use tauri::WebviewWindow;

#[cfg(target_os = "linux")]
use crate::desk::of_the_window;

/// Has these words said, and answers whether it can: where it cannot, the page has ways of its own.
#[tauri::command]
#[specta::specta]
#[cfg(target_os = "linux")]
pub(crate) async fn say(window: WebviewWindow, words: String) -> Result<bool, Failure> {
    let there = window.clone();
    window
        .run_on_main_thread(move || {
            if let Ok(column) = there.default_vbox() {
                linux::notify(&column, &words);
            }
        })
        .map_err(|problem| of_the_window(&problem))?;
    Ok(true)
}

/// Has these words said, and answers whether it can: where it cannot, the page has ways of its own.
#[tauri::command]
#[specta::specta]
#[cfg(not(target_os = "linux"))]
pub(crate) async fn say(_window: WebviewWindow, _words: String) -> Result<bool, Failure> {
    Ok(false)
}

#[cfg(target_os = "linux")]
mod linux {
    use gtk::atk;
    use gtk::glib::translate::IntoGlib as _;
    use gtk::prelude::*;

    /// What each is called among the window's parts.
    const NOTE: &str = "note";
    /// How many stay: a screen reader asks for the words a moment after it was told that there are some.
    const MOST: usize = 8;

    pub(super) fn notify(column: &gtk::Box, words: &str) {
        let label = gtk::Label::new(None);
        label.set_widget_name(NOTE);
        label.set_no_show_all(true);
        column.pack_start(&label, false, false, 0);
        if let Some(note) = label.accessible() {
            note.set_role(atk::Role::Notification);
            note.set_name(words);
            if let Ok(showing) = u64::try_from(atk::StateType::Showing.into_glib()) {
                note.notify_state_change(showing, true);
            }
        }
        let notes: Vec<_> = column.children().into_iter().filter(|part| part.widget_name() == NOTE).collect();
        for old in notes.iter().rev().skip(MOST) {
            column.remove(old);
        }
    }
}
