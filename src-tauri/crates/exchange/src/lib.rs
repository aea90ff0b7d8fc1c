//! The formats in which records travel: read into drafts, and held against what is there.

mod format;
mod hold;
pub mod open_form;
mod taken;

pub use format::Format;
pub use hold::{Held, Incoming, There, hold};
pub use taken::{FileProblem, Read, Taken, TakenDraft};
