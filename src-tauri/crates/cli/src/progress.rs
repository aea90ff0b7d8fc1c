//! How far a long command is, on standard error.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

/// A bar on standard error, where that is a terminal.
pub(crate) fn bar() -> ProgressBar {
    let bar = if std::io::stderr().is_terminal() { ProgressBar::new(1_000) } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {percent} %") {
        bar.set_style(style);
    }
    bar
}

/// Shows how much is done, from 0 to 1.
pub(crate) fn show(bar: &ProgressBar, fraction: f32) {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a fraction of a thousand")]
    bar.set_position((fraction.clamp(0.0, 1.0) * 1_000.0) as u64);
}
