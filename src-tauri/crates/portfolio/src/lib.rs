//! The portfolio on paper: records become an outline of blocks, and blocks become a PDF.

#![cfg_attr(not(test), warn(clippy::expect_used))]

pub mod document;
pub mod markdown;
pub mod pdf;
