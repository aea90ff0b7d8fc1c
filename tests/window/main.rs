//! The app in a real window: driven through WebKit's own driver, on a screen of its own when there is none.
//!
//! Pictures of every page are left in `target/window-pictures` for people to look at.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop, helpers included")]

mod browser;
mod closing;
mod ear;
mod entry;
mod files;
mod giving;
mod hearing;
mod journey;
mod keys;
mod large;
mod measures;
mod offline;
mod page;
mod pages;
mod screen;
mod stage;
mod writing;
