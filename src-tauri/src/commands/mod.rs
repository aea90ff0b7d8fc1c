//! What the page can ask for. Each command passes on to `app` and gives back what it said; its file bears the name of the
//! one in `app` that does the work.

pub(crate) mod agenda;
pub(crate) mod appraisal;
pub(crate) mod attachments;
pub(crate) mod bin;
pub(crate) mod caseload;
pub(crate) mod drafts;
pub(crate) mod example;
pub(crate) mod exchange;
pub(crate) mod guidance;
pub(crate) mod history;
pub(crate) mod jotting;
pub(crate) mod learning;
pub(crate) mod portfolio;
pub(crate) mod prompts;
pub(crate) mod records;
pub(crate) mod rescue;
pub(crate) mod search;
pub(crate) mod standing;
pub(crate) mod today;
pub(crate) mod vault;
pub(crate) mod writing;
