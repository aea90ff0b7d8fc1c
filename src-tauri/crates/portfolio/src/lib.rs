//! The portfolio on paper: records become an outline of blocks, and blocks become a PDF.

mod chart;
mod direction;
pub mod document;
mod embedding;
mod figures;
mod foreign;
mod html;
mod language;
pub mod markdown;
mod outline;
pub mod pdf;
mod pictures;
mod refusal;
mod rehearsal;
mod whereabouts;

pub use figures::{On, figures, is_rehearsal, shows};
pub use foreign::{Flaw, ForeignPdf, Unseen};
pub use html::{fragment, html};
pub use outline::{BEST, NotShown, Source, outline};
pub use pdf::render;
pub use pictures::{Picture, thumbnail};
pub use refusal::Reason;
pub use whereabouts::without_place;
