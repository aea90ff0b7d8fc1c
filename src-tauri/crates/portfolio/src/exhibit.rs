//! What somebody attached, made ready for the page: pictures and certificates, or a clear word why not.

use std::ops::ControlFlow;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use crate::certificates::{self, Sheet};
use crate::document::{Figure, Inline, Shows};
use crate::pictures;

/// An attachment that can be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Exhibit {
    /// What the attachment is called.
    pub name: String,
    /// One for a picture, one for each page of a document. Their words for who does not see them are the name at
    /// first; somebody who knows what they show should say it better.
    pub figures: Vec<Figure>,
}

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
    /// Something that has no pages and is no picture.
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
    /// It takes more memory than there should be need for.
    #[error("is too large to be shown: make it smaller and attach it again")]
    TooLarge,
    /// It takes longer than anyone should wait.
    #[error("takes too long to read")]
    TooSlow,
    /// The caller asked to stop.
    #[error("was not read to its end")]
    Stopped,
}

/// Larger attachments are not read.
const MOST_BYTES: usize = 50 * 1024 * 1024;
/// How long reading may take before it is left alone.
const PATIENCE: Duration = Duration::from_secs(60);
/// What is nested deeply is read by calls nested deeply.
const STACK: usize = 64 * 1024 * 1024;

/// How often a caller is asked while an attachment is read.
const BEAT: Duration = Duration::from_millis(40);

/// Reads an attachment, whatever its name says it is. Files of other people are read on a thread of their own: whatever
/// they make go wrong ends there. `go_on` is asked all the while and may stop it.
///
/// # Errors
/// When it cannot be shown; the words are meant for the person who attached it. [`Reason::Stopped`] when `go_on` said so.
pub fn exhibit(name: &str, bytes: Vec<u8>, go_on: &mut dyn FnMut() -> ControlFlow<()>) -> Result<Exhibit, Refusal> {
    let (sender, receiver) = mpsc::channel();
    let owned = name.to_owned();
    let reader = std::thread::Builder::new().name("exhibit".to_owned()).stack_size(STACK).spawn(move || {
        // Nobody listens any more when it took too long.
        let _ = sender.send(read(&owned, &bytes));
    });
    let begun = Instant::now();
    let figures = loop {
        if reader.is_err() {
            break Err(Reason::TooLarge);
        }
        match receiver.recv_timeout(BEAT) {
            Ok(figures) => break figures,
            Err(mpsc::RecvTimeoutError::Disconnected) => break Err(Reason::Damaged),
            Err(mpsc::RecvTimeoutError::Timeout) if begun.elapsed() > PATIENCE => break Err(Reason::TooSlow),
            Err(mpsc::RecvTimeoutError::Timeout) if go_on().is_break() => break Err(Reason::Stopped),
            Err(mpsc::RecvTimeoutError::Timeout) => {}
        }
    };
    let name = name.to_owned();
    match figures {
        Ok(figures) => Ok(Exhibit { name, figures }),
        Err(reason) => Err(Refusal { name, reason }),
    }
}

fn read(name: &str, bytes: &[u8]) -> Result<Vec<Figure>, Reason> {
    if bytes.is_empty() {
        return Err(Reason::Empty);
    }
    if bytes.len() > MOST_BYTES {
        return Err(Reason::TooLarge);
    }
    if let Some(format) = pictures::format(bytes) {
        let picture = Arc::new(pictures::read(bytes, format)?);
        return Ok(vec![Figure { alt: name.to_owned(), caption: Vec::new(), shows: Shows::Picture(picture) }]);
    }
    if let Some(format) = pictures::foreign_format(bytes) {
        return Err(Reason::Picture(format));
    }
    if !certificates::is_pdf(bytes) {
        return Err(Reason::NoPages);
    }
    let certificate = Arc::new(certificates::read(name, bytes)?);
    let count = certificate.pages.len();
    let figure = |number: usize, page: &Sheet| {
        let place = (count > 1).then(|| format!("page {} of {count}", number + 1));
        let called = place.as_ref().map_or_else(|| name.to_owned(), |place| format!("{name}, {place}"));
        Figure {
            alt: page.words.as_ref().map_or_else(|| called.clone(), |words| format!("{called}: {words}")),
            caption: place.map(|_| Inline::plain(format!("Page {} of {count}", number + 1))).into_iter().collect(),
            shows: Shows::Page(Arc::clone(&certificate), number),
        }
    };
    Ok(certificate.pages.iter().enumerate().map(|(number, page)| figure(number, page)).collect())
}
