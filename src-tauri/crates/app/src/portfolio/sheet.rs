//! What a portfolio is written as.

use serde::{Deserialize, Serialize};

/// What a portfolio is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Sheet {
    /// A PDF.
    Pdf,
    /// One page for a browser.
    Html,
}

impl Sheet {
    /// How the names of such files end, without the dot.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Sheet::Pdf => "pdf",
            Sheet::Html => "html",
        }
    }
}
