//! The use cases: what a coach can do with a vault, for the window and the command line alike.

mod agenda;
mod appraisal;
mod clock;
mod demo;
mod example;
mod export;
mod failure;
mod files;
mod frameworks;
mod guidance;
mod history;
mod impact;
mod import;
mod lines;
mod open_vault;
mod places;
mod prompts;
mod records;
mod references;
mod review;
mod standards;
mod today;
mod training;

pub use appraisal::AppraisalPack;
pub use clock::Clock;
pub use domain;
pub use example::Example;
pub use export::{
    Audience, ExportReport, LeftOut, Named, NotShown, PortfolioChoice, PreparedPortfolio, Reading, Release, WentIn,
    WrittenOpenForm,
};
pub use failure::{Code, Failure, Problem};
pub use frameworks::check_framework;
pub use history::{BinnedRecord, EmptiedBin, Version};
pub use import::{Format, Imported};
pub use lines::{Filter, Found, Hit, RecordLine, RecordPage};
pub use open_vault::{Created, OpenVault, Shelf};
pub use places::empty_place;
pub use prompts::read_model;
pub use records::KeptDraft;
pub use review::Rhythms;
pub use standards::Standards;
pub use today::Today;
pub use vault::Verified;
