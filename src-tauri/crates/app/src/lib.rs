//! The use cases: what a coach can do with a vault, for the window and the command line alike.

mod agenda;
mod appraisal;
mod attachments;
mod bin;
mod caseload;
mod clock;
mod demo;
mod drafts;
mod example;
mod exchange;
mod failure;
mod files;
mod framework;
mod guidance;
mod history;
mod impact;
mod installed;
mod jotting;
mod learning;
mod ledger;
mod links;
mod memory;
mod past;
mod places;
mod portfolio;
mod prompts;
mod reading;
mod records;
mod rescue;
mod search;
mod signoff;
mod standards;
mod standing;
#[cfg(test)]
mod tests;
mod today;
mod unfinished;
mod vault;
mod writing;

pub use crate::exchange::{Format, Imported, Importing, Profile, WrittenOpenForm};
pub use crate::portfolio::{
    ExportReport, FinishedPortfolio, Imprint, LeftOut, Named, NotShown, PortfolioChoice, PreparedPortfolio, Reading,
    Release, Sheet, WentIn,
};
pub use crate::vault::{Created, OpenVault, Shelf};
pub use ::portfolio::{is_rehearsal, thumbnail};
pub use ::vault::{Filter, Found, Hit, KeptDraft, PagesChecked, Rescued, Verified, Version};
pub use appraisal::AppraisalPack;
pub use attachments::media_type;
pub use bin::{BinnedRecord, Deleted, EmptiedBin};
pub use clock::{Clock, local};
pub use domain;
pub use example::Example;
pub use failure::{Code, Failure, Problem};
pub use files::read_text;
pub use installed::check_framework;
pub use jotting::Jotted;
pub use memory::keep_memory_out_of_dumps;
pub use places::{empty_place, on_this_machine};
pub use prompts::read_model;
pub use search::{RecordLine, RecordPage};
pub use standards::Standards;
pub use standing::Rhythms;
pub use today::Today;
pub use writing::{is_same_reading, reading};
