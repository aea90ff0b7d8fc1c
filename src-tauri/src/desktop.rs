//! What WebKit leaves to the shell on Linux: looking after the spelling, and a dark desktop of strong contrast.

use std::time::Duration;

use gtk::glib;
use gtk::prelude::*;
use tauri::WebviewWindow;
use webkit2gtk::{WebContextExt as _, WebViewExt as _};

/// The dark desktop of strong contrast, which WebKit takes for a light one.
const INVERSE: &str = "HighContrastInverse";

/// How long after a vault was opened the dictionaries are read.
const A_MOMENT: Duration = Duration::from_secs(1);

/// Marks what is misspelt, in British English and in the desktop's own language, where their dictionaries are installed.
///
/// Reading one holds the window up for some 300 ms and stays in memory, so it waits until a vault is open, where there is
/// something to write in, and its first page has been drawn.
pub(crate) fn mind_the_spelling(window: &WebviewWindow) -> tauri::Result<()> {
    window.with_webview(|view| {
        glib::timeout_add_local_once(A_MOMENT, move || mind(&view.inner()));
    })
}

fn mind(view: &webkit2gtk::WebView) {
    let Some(context) = view.context().filter(|context| !context.is_spell_checking_enabled()) else { return };
    let own = glib::language_names();
    let own = own.iter().map(glib::GString::as_str).find(|name| name.len() == 5 && !name.starts_with("en"));
    let languages: Vec<&str> = ["en_GB"].into_iter().chain(own).collect();
    context.set_spell_checking_languages(&languages);
    context.set_spell_checking_enabled(true);
}

/// Says of that desktop that it is dark, as soon as it is looked at and whenever another is chosen.
pub(crate) fn mind_the_dark() {
    let Some(settings) = gtk::Settings::default() else { return };
    let look = |settings: &gtk::Settings| {
        let named = std::env::var("GTK_THEME").ok().or_else(|| settings.gtk_theme_name().map(Into::into));
        if named.is_some_and(|name| name.starts_with(INVERSE)) {
            settings.set_gtk_application_prefer_dark_theme(true);
        }
    };
    look(&settings);
    settings.connect_gtk_theme_name_notify(look);
}
