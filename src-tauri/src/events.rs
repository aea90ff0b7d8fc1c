//! What the shell tells the page unasked.

use serde::{Deserialize, Serialize};
use tauri_specta::Event;

/// Tells the page that the coach wants to leave; it keeps its drafts and answers with `close_window`, or with
/// `hold_window` where something could not be kept.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub(crate) struct CloseRequested;
