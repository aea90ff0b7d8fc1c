//! The portfolio on paper: records become an outline of blocks, and blocks become a PDF.

mod chart;
pub mod document;
mod figures;
mod foreign;
mod html;
mod language;
pub mod markdown;
mod outline;
pub mod pdf;
mod pictures;
mod refusal;

pub use figures::figures;
pub use foreign::{Flaw, ForeignPdf};
pub use html::{fragment, html};
pub use outline::{BEST, Source, outline};
pub use pdf::render;
pub use pictures::{Picture, thumbnail};
pub use refusal::{Reason, Refusal};
