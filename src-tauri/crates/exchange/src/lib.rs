//! The open form and every format in and out.

pub mod open_form;

pub use open_form::{LineProblem, Read};
