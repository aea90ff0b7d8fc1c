//! Why an attachment cannot be shown, in words for whoever reads the portfolio, and what the person who attached it can do.

/// Why an attachment cannot be shown, as the rest of a sentence that begins with its name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// A picture in a format that few programs read.
    #[error("is a {0} picture, which cannot be shown here")]
    Picture(&'static str),
    /// Something that has no pages and is not a picture.
    #[error("is neither a picture nor a PDF")]
    NoPages,
    /// There is nothing in it.
    #[error("is empty")]
    Empty,
    /// It ends early, or is not what it says.
    #[error("is damaged and cannot be shown")]
    Damaged,
    /// It is a PDF that opens with a password only.
    #[error("is locked with a password")]
    Locked,
    /// A PDF with more pages than belong in a portfolio.
    #[error("has {0} pages, more than the {1} that are shown")]
    TooManyPages(usize, usize),
    /// A picture with more pixels than there is memory for.
    #[error("is {0} by {1} pixels, too large to be shown")]
    TooManyPixels(u32, u32),
    /// It takes more memory than should be needed.
    #[error("is too large to be shown")]
    TooLarge,
    /// It takes longer than anyone should wait.
    #[error("takes too long to read")]
    TooSlow,
    /// Its content is not where it should be.
    #[error("is missing from the vault")]
    Missing,
    /// The caller asked to stop.
    #[error("was not read to its end")]
    Stopped,
}

impl Reason {
    /// What the person who attached it can do so that it is shown; nothing where only the file itself can go along.
    #[must_use]
    pub fn advice(&self) -> Option<&'static str> {
        match self {
            Self::Picture(_) => Some("Save it as JPEG and attach it again."),
            Self::Damaged => Some("Open it, save it again and attach that."),
            Self::Locked => Some("Save it without a password and attach it again."),
            Self::TooManyPixels(..) | Self::TooLarge => Some("Make it smaller and attach it again."),
            Self::Missing => Some("Attach it again."),
            Self::NoPages | Self::Empty | Self::TooManyPages(..) | Self::TooSlow | Self::Stopped => None,
        }
    }
}
