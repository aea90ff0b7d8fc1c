//! Records in and out as data: taken in from files, and everything in the open form.

mod import;
mod open_form;

pub use import::{Format, Imported, Importing};
pub use open_form::WrittenOpenForm;
