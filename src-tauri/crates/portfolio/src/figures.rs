//! What somebody attached, made ready for the page: figures of pictures and of other people's PDFs, or a clear word why
//! there are none.

use std::ops::ControlFlow;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use crate::document::{Figure, Inline, Shows};
use crate::foreign;
use crate::pictures;
use crate::refusal::Reason;
use crate::rehearsal;

/// Larger attachments are not read.
const MOST_BYTES: usize = 50 * 1024 * 1024;
/// How long reading may take before it is left alone.
const PATIENCE: Duration = Duration::from_secs(60);
/// What is nested deeply is read by calls nested deeply.
const STACK: usize = 64 * 1024 * 1024;

/// How often the caller is asked while an attachment is read.
const BEAT: Duration = Duration::from_millis(40);

/// What it is shown on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// Pages of other people's PDFs stand on it as they are, or as pictures where they would shut out a screen reader.
    Paper,
    /// They are pictures.
    Screen,
}

impl On {
    fn word(self) -> &'static str {
        match self {
            On::Paper => "paper",
            On::Screen => "screen",
        }
    }
}

/// To be called first of all in `main`: whether this process was started only to find out what somebody else's PDF asks for.
/// Then that is done by now, and there is nothing else to do.
#[must_use]
pub fn is_rehearsal() -> bool {
    rehearsal::is_one(|bytes, on| {
        let on = if on == On::Screen.word() { On::Screen } else { On::Paper };
        // Whatever the file makes go wrong short of the bounds goes wrong again where it can be told.
        let reader = std::thread::Builder::new().stack_size(STACK).spawn(move || drop(read(&bytes, on)));
        reader.map(|reader| reader.join().ok()).ok();
    })
}

/// As many letters of a page as anyone wants to hear of a picture.
const MOST_HEARD: usize = 600;

/// Reads an attachment, whatever its name says it is: one thing to be seen for a picture, one for each page of a PDF. Files of
/// other people are read on a thread of their own: whatever they make go wrong ends there. `go_on` is asked all the while and
/// may stop it.
///
/// # Errors
/// When it cannot be shown. [`Reason::Stopped`] when `go_on` said so.
pub fn shows(bytes: Vec<u8>, on: On, go_on: &mut dyn FnMut() -> ControlFlow<()>) -> Result<Vec<Shows>, Reason> {
    let bytes: Arc<[u8]> = bytes.into();
    if bytes.len() <= MOST_BYTES && pictures::format(&bytes).is_none() && foreign::is_pdf(&bytes) {
        rehearsal::go(Arc::clone(&bytes), on.word(), go_on)?;
    }
    let (sender, receiver) = mpsc::channel();
    let reader = std::thread::Builder::new().name("figures".to_owned()).stack_size(STACK).spawn(move || {
        // Nobody is listening any more if it took too long.
        let _ = sender.send(read(&bytes, on));
    });
    let begun = Instant::now();
    loop {
        if reader.is_err() {
            return Err(Reason::TooLarge);
        }
        match receiver.recv_timeout(BEAT) {
            Ok(shows) => return shows,
            Err(mpsc::RecvTimeoutError::Disconnected) => return Err(Reason::Damaged),
            Err(mpsc::RecvTimeoutError::Timeout) if begun.elapsed() > PATIENCE => return Err(Reason::TooSlow),
            Err(mpsc::RecvTimeoutError::Timeout) if go_on().is_break() => return Err(Reason::Stopped),
            Err(mpsc::RecvTimeoutError::Timeout) => {}
        }
    }
}

fn read(bytes: &[u8], on: On) -> Result<Vec<Shows>, Reason> {
    if bytes.is_empty() {
        return Err(Reason::Empty);
    }
    if bytes.len() > MOST_BYTES {
        return Err(Reason::TooLarge);
    }
    if let Some(format) = pictures::format(bytes) {
        return Ok(vec![Shows::Picture(Arc::new(pictures::read(bytes, format)?))]);
    }
    if let Some(format) = pictures::foreign_format(bytes) {
        return Err(Reason::Picture(format));
    }
    if !foreign::is_pdf(bytes) {
        return Err(Reason::NoPages);
    }
    let pdf = foreign::read(bytes)?;
    let pdf = Arc::new(match on {
        On::Paper => pdf.for_everyone(),
        On::Screen => pdf.in_pictures(),
    });
    Ok((0..pdf.pages.len()).map(|page| Shows::Page(Arc::clone(&pdf), page)).collect())
}

/// What an attached file shows as figures under its name. The words for who does not see a page are its own, where they can
/// be read; whoever knows what else it shows should say so.
#[must_use]
pub fn figures(name: &str, shows: &[Shows]) -> Vec<Figure> {
    let figure = |(number, shown): (usize, &Shows)| {
        let called = match shows.len() {
            1 => name.to_owned(),
            count => format!("{name}, page {number} of {count}"),
        };
        // The name once; what stands below it is of the same file.
        let caption = if number == 1 { called.clone() } else { format!("Page {number} of {}", shows.len()) };
        let (alt, caption) = match shown.words() {
            // What is a picture on paper can be searched and copied by the words below it, and heard there.
            Some(words) if shown.is_all_picture() && begun(words) == words => {
                (format!("{called}, as a picture; its words stand below it"), format!("{caption}: {words}"))
            }
            Some(words) if shown.is_all_picture() => {
                (format!("{called}: {words}"), format!("{caption}: {}", begun(words)))
            }
            Some(words) => (format!("{called}: {}", begun(words)), caption),
            None => (called, caption),
        };
        Figure { alt, caption: vec![Inline::plain(caption)], shows: shown.clone() }
    };
    (1..).zip(shows).map(figure).collect()
}

/// The beginning of a text, to the end of a word.
fn begun(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(MOST_HEARD) else { return text.to_owned() };
    let end = text[..end].rfind(' ').unwrap_or(end);
    format!("{} …", &text[..end])
}
