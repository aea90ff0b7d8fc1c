//! Why an attachment cannot be shown, in words for the person who attached it.

/// Why an attachment cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name} {reason}")]
pub struct Refusal {
    /// What the attachment is called.
    pub name: String,
    /// The rest of the sentence.
    pub reason: Reason,
}

/// Why an attachment cannot be shown, as the rest of a sentence that begins with its name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// A picture in a format that few programs read.
    #[error("is a {0} picture, which cannot be shown here: save it as JPEG and attach it again")]
    Picture(&'static str),
    /// Something that has no pages and is not a picture.
    #[error("is neither a picture nor a PDF: it goes with the portfolio as a file of its own")]
    NoPages,
    /// There is nothing in it.
    #[error("is empty")]
    Empty,
    /// It ends early, or is not what it says.
    #[error("is damaged and cannot be shown: open it, save it again and attach that")]
    Damaged,
    /// It is a PDF that opens with a password only.
    #[error("is locked with a password: save it without one and attach it again")]
    Locked,
    /// A PDF with more pages than belong in a portfolio.
    #[error("has {0} pages, more than the {1} that are shown: it goes with the portfolio as a file of its own")]
    TooManyPages(usize, usize),
    /// A picture with more pixels than there is memory for.
    #[error("is {0} by {1} pixels, too large to be shown: make it smaller and attach it again")]
    TooManyPixels(u32, u32),
    /// It takes more memory than should be needed.
    #[error("is too large to be shown: make it smaller and attach it again")]
    TooLarge,
    /// It takes longer than anyone should wait.
    #[error("takes too long to read")]
    TooSlow,
    /// The caller asked to stop.
    #[error("was not read to its end")]
    Stopped,
}
