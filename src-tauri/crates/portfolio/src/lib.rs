//! The portfolio on paper: records become an outline of blocks, and blocks become a PDF.

mod certificates;
mod chart;
pub mod document;
mod exhibit;
mod html;
mod language;
pub mod markdown;
mod outline;
pub mod pdf;
mod pictures;

pub use certificates::{Certificate, Flaw};
pub use exhibit::{Exhibit, Reason, Refusal, exhibit};
pub use html::html;
pub use outline::{Source, outline};
pub use pdf::render;
pub use pictures::Picture;
