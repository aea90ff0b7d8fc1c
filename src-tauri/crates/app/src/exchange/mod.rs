//! Records in and out as data: taken in from files, and everything in the open form.

mod beside;
mod former;
mod holding;
mod import;
mod imported;
mod open_form;
mod single;
mod uncounted;

pub use exchange::Format;
pub use imported::{Imported, Importing};
pub use open_form::WrittenOpenForm;
pub use single::Profile;
