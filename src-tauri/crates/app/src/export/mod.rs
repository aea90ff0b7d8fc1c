//! Giving work out: the portfolio as a PDF or a page, everything in the open form, and the log of what was given.

mod choice;
mod open_form;
mod prepare;
mod releases;
mod report;
mod write;

pub use choice::{Audience, PortfolioChoice};
pub use open_form::WrittenOpenForm;
pub use prepare::{PreparedPortfolio, Reading};
pub use releases::Release;
pub use report::{ExportReport, LeftOut, Named, NotShown, WentIn};
