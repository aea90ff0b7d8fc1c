//! The portfolio as a PDF or a page for a reader, and the log of what was given out.

mod attached;
mod choice;
mod kept_back;
mod prepare;
mod releases;
mod report;
mod sheet;
mod write;

pub use attached::Reading;
pub use choice::PortfolioChoice;
pub use prepare::PreparedPortfolio;
pub use releases::Release;
pub use report::{ExportReport, Imprint, LeftOut, Named, NotShown, WentIn};
pub use sheet::Sheet;
pub use write::FinishedPortfolio;
