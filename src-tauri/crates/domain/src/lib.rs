//! Kinds, records and the framework as data, and everything that is computed from them.
//!
//! This crate has never heard of SQL, PDF, files, the clock or the window: the day and the moment are passed in.

pub mod agenda;
pub mod appraisal;
pub mod audience;
pub mod breaks;
pub mod caseload;
pub mod check;
pub mod condition;
mod content;
pub mod counting;
pub mod coverage;
pub mod decision;
pub mod digest;
pub mod evidence;
pub mod finding;
pub mod followup;
pub mod framework;
pub mod gaps;
pub mod guidance;
pub mod hours;
pub mod impact;
pub mod jotting;
pub mod kind;
pub mod learning;
pub mod ledger;
pub mod milestones;
pub mod needs;
pub mod origin;
pub mod own_case;
pub mod period;
pub mod plan;
pub mod prompts;
pub mod ratings;
pub mod record;
pub mod remark;
pub mod renewals;
pub mod rhythm;
pub mod routes;
pub mod schema;
pub mod signoff;
pub mod standards;
pub mod standing;
pub mod stretch;
pub mod views;
pub mod walk;
pub mod words;

pub use audience::Audience;
pub use check::{Books, Problem, Stamp, check};
pub use evidence::{Evidence, EvidenceKind, Tally};
pub use framework::Framework;
pub use kind::{Kind, Kinds};
pub use ledger::Ledger;
pub use origin::Origin;
pub use record::{Attachment, Claim, Draft, Record};
pub use standing::Standing;
