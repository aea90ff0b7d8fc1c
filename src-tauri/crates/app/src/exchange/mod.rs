//! Records in and out as data: taken in from files, and everything in the open form.

mod holding;
mod import;
mod open_form;
mod uncounted;

pub use exchange::Format;
pub use holding::Imported;
pub use import::Importing;
pub use open_form::WrittenOpenForm;
