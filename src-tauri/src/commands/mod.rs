//! What the page can ask for. Each command passes on to `app` and gives back what it said.

pub(crate) mod bin;
pub(crate) mod portfolio;
pub(crate) mod records;
pub(crate) mod review;
pub(crate) mod vault;
