//! Whether the page holds the window open when it is asked to close.

use std::sync::atomic::{AtomicU32, Ordering};

/// How often the page has held the window open, because something that was typed could not be kept.
#[derive(Debug, Default)]
pub(crate) struct Held(AtomicU32);

impl Held {
    /// The page holds the window: it asks the coach what to do, and closes it itself once they have said.
    pub(crate) fn hold(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    /// How often so far: more than before it was asked means that it holds the window now.
    pub(crate) fn times(&self) -> u32 {
        self.0.load(Ordering::SeqCst)
    }
}
