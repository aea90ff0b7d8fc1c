//! The window: how it opens, where it may go, and how it closes without losing a word.

use std::thread;
use std::time::{Duration, Instant};

use tauri::{Manager, RunEvent, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent};
use tauri_specta::Event;

use crate::desk::Desk;
use crate::events::CloseRequested;
use crate::held::Held;
use crate::recent::Recent;
use crate::{bindings, offline};

/// The only window.
const MAIN: &str = "main";
/// How long the page may take to put drafts away before the window closes all the same.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long closing may wait for a command that still holds the vault.
const LONGEST: Duration = Duration::from_secs(60);

/// Opens the window and returns when it has closed and the vault is shut.
pub(crate) fn run() -> tauri::Result<()> {
    let bindings = bindings::builder();
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(bindings.invoke_handler())
        .setup(move |app| {
            bindings.mount_events(app);
            let handle = app.handle().clone();
            app.manage(Desk::new(Recent::within(&app.path().app_config_dir()?), move || opened(&handle)));
            app.manage(Held::default());
            open(app.handle())?;
            Ok(())
        })
        .build(tauri::generate_context!())?
        .run(|app, event| {
            // The process ends without dropping anything: the vault is shut here, and the example deleted.
            if let RunEvent::Exit = event {
                app.state::<Desk>().put_away();
            }
        });
    Ok(())
}

/// A vault lies open, and there is something to write in.
#[cfg(target_os = "linux")]
fn opened(app: &tauri::AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        // Without it nothing is marked as misspelt, which is no reason not to open a vault.
        let _ = crate::desktop::mind_the_spelling(&window);
    }
}

/// Elsewhere the spelling is looked after without being asked.
#[cfg(not(target_os = "linux"))]
fn opened(_app: &tauri::AppHandle) {}

fn open(app: &tauri::AppHandle) -> tauri::Result<()> {
    let mut builder = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title("Coachfolio")
        .inner_size(1200.0, 800.0)
        .min_inner_size(320.0, 400.0)
        // The page takes the content of what is dropped on it, and is told no path.
        .disable_drag_drop_handler()
        .on_navigation(offline::is_ours)
        // What the window is called is said by a screen reader when a page arrives.
        .on_document_title_changed(|window, title| {
            let _ = window.set_title(&title);
        })
        .on_new_window(|_, _| tauri::webview::NewWindowResponse::Deny);
    if cfg!(not(target_os = "macos"))
        && let Ok(proxy) = offline::DEAD_PROXY.parse()
    {
        builder = builder.proxy_url(proxy);
    }
    #[cfg(target_os = "linux")]
    crate::desktop::mind_the_dark();
    let window = builder.build()?;
    let closing = window.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event {
            api.prevent_close();
            ask_to_close(&closing);
        }
    });
    Ok(())
}

fn ask_to_close(window: &WebviewWindow) {
    let held = window.state::<Held>().times();
    // A page that no longer hears this is closed when the patience below runs out.
    let _ = CloseRequested.emit(window);
    let window = window.clone();
    thread::spawn(move || {
        thread::sleep(PATIENCE);
        // While a long command holds the vault, what the page wants to keep waits behind it.
        let begun = Instant::now();
        while window.state::<Desk>().is_busy() && begun.elapsed() < LONGEST {
            thread::sleep(Duration::from_millis(100));
            if !window.state::<Desk>().is_busy() {
                thread::sleep(PATIENCE);
            }
        }
        if window.state::<Held>().times() == held {
            let _ = window.destroy();
        }
    });
}
