//! What somebody attached, made ready for the page: figures of pictures and of other people's PDFs, or a clear word why
//! there are none.

use std::ops::ControlFlow;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use crate::document::{Figure, Inline, Shows};
use crate::foreign::{self, ForeignPage};
use crate::pictures;
use crate::refusal::{Reason, Refusal};

/// Larger attachments are not read.
const MOST_BYTES: usize = 50 * 1024 * 1024;
/// How long reading may take before it is left alone.
const PATIENCE: Duration = Duration::from_secs(60);
/// What is nested deeply is read by calls nested deeply.
const STACK: usize = 64 * 1024 * 1024;

/// How often the caller is asked while an attachment is read.
const BEAT: Duration = Duration::from_millis(40);

/// Reads an attachment, whatever its name says it is: one figure for a picture, one for each page of a PDF. The words
/// for who does not see them are the name at first; whoever knows what they show should say it better. Files of other
/// people are read on a thread of their own: whatever they make go wrong ends there. `go_on` is asked all the while and
/// may stop it.
///
/// # Errors
/// When it cannot be shown; the words are meant for the person who attached it. [`Reason::Stopped`] when `go_on` said so.
pub fn figures(name: &str, bytes: Vec<u8>, go_on: &mut dyn FnMut() -> ControlFlow<()>) -> Result<Vec<Figure>, Refusal> {
    let (sender, receiver) = mpsc::channel();
    let owned = name.to_owned();
    let reader = std::thread::Builder::new().name("figures".to_owned()).stack_size(STACK).spawn(move || {
        // Nobody is listening any more if it took too long.
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
    figures.map_err(|reason| Refusal { name: name.to_owned(), reason })
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
    if !foreign::is_pdf(bytes) {
        return Err(Reason::NoPages);
    }
    let pdf = Arc::new(foreign::read(name, bytes)?);
    let count = pdf.pages.len();
    let figure = |number: usize, page: &ForeignPage| {
        let place = (count > 1).then(|| format!("page {} of {count}", number + 1));
        let called = place.as_ref().map_or_else(|| name.to_owned(), |place| format!("{name}, {place}"));
        Figure {
            alt: page.words.as_ref().map_or_else(|| called.clone(), |words| format!("{called}: {words}")),
            caption: place.map(|_| Inline::plain(format!("Page {} of {count}", number + 1))).into_iter().collect(),
            shows: Shows::Page(Arc::clone(&pdf), number),
        }
    };
    Ok(pdf.pages.iter().enumerate().map(|(number, page)| figure(number, page)).collect())
}
