//! The portfolio as a PDF or a page for a reader, and the log of what was given out.

mod choice;
mod prepare;
mod releases;
mod report;
mod write;

pub use choice::PortfolioChoice;
pub use prepare::{PreparedPortfolio, Reading};
pub use releases::Release;
pub use report::{ExportReport, LeftOut, Named, NotShown, WentIn};
