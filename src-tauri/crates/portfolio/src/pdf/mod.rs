//! A document as a PDF: laid out, put on pages, drawn, finished. The only module that knows the order of these steps.

mod draw;
mod finish;
mod flow;
mod fonts;
mod glyphs;
mod look;
mod paginate;
mod table;
mod text;

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use printpdf::{PdfDocument, PdfSaveOptions};

pub use flow::Missing;

use crate::document::Document;
use draw::{Drawn, Pen};
use flow::Flow;
use fonts::Fonts;
use text::Setter;

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The caller asked to stop.
    #[error("stopped before the PDF was finished")]
    Cancelled,
    /// A bundled font does not read, which the tests rule out.
    #[error("the bundled font {0} cannot be read")]
    Font(String),
    /// The writer failed.
    #[error("the PDF could not be written: {0}")]
    Write(String),
}

/// How far the work is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// Blocks, pages or objects done in this stage.
    pub done: usize,
    /// How many there are in this stage.
    pub of: usize,
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Blocks are laid out.
    LayingOut,
    /// Pages are drawn.
    Drawing,
    /// The file is put together.
    Writing,
}

impl Progress {
    /// Of the whole work, 0 to 1; the stages weigh what they were measured to take.
    #[must_use]
    pub fn fraction(&self) -> f32 {
        let (from, weight) = match self.stage {
            Stage::LayingOut => (0.0, 0.55),
            Stage::Drawing => (0.55, 0.05),
            Stage::Writing => (0.6, 0.4),
        };
        from + weight * (self.done as f32 / self.of.max(1) as f32).min(1.0)
    }
}

/// What the caller should know about a PDF that was made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// How many pages there are.
    pub pages: usize,
    /// Characters that no bundled font has, each once for each place; they are drawn as a mark and still copy as
    /// themselves.
    pub missing: Vec<Missing>,
}

/// How often a caller is asked while the file is put together.
const BEAT: Duration = Duration::from_millis(40);

/// Makes the PDF. `progress` is told how far the work is and may stop it; the work then ends within a fifth of a second.
/// The same document always gives the same bytes.
///
/// # Errors
/// [`PdfError::Cancelled`] when `progress` said so.
pub fn render(
    document: &Document,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<(Vec<u8>, Report), PdfError> {
    let mut flow = Flow::new(Setter::new(Fonts::load()?), document);
    let of = document.parts.iter().map(|part| part.blocks.len()).sum();
    let mut done = 0;
    let galleys = flow.galleys(&mut || {
        done += 1;
        progress(Progress { stage: Stage::LayingOut, done, of })
    });
    let mut galleys = galleys.ok_or(PdfError::Cancelled)?;
    let (pages, anchors) = paginate::pages(&galleys);
    let outline = finish::outline(&galleys, &pages);

    let mut drawn = Vec::with_capacity(pages.len());
    let (mut setter, missing) = (flow.setter, flow.missing);
    let mut pen =
        Pen { setter: &mut setter, anchors: &anchors, running_head: &document.running_head, count: pages.len() };
    for (number, page) in pages.iter().enumerate() {
        if let Some(galley) = galleys.get_mut(page.galley) {
            drawn.push(pen.page(number, page, galley));
        }
        if progress(Progress { stage: Stage::Drawing, done: number + 1, of: pages.len() }).is_break() {
            return Err(PdfError::Cancelled);
        }
    }
    drop(galleys);
    let report = Report { pages: drawn.len(), missing: distinct(missing) };
    let facts = finish::Facts::of(document);
    let bytes = write(drawn, setter, outline, anchors, facts, progress)?;
    Ok((bytes, report))
}

fn distinct(mut missing: Vec<Missing>) -> Vec<Missing> {
    missing.sort();
    missing.dedup();
    missing
}

/// Puts the file together on a thread of its own, because printpdf does this in one long step that cannot be stopped: a
/// caller who cancels is let go at once, and the thread ends by itself soon after.
fn write(
    drawn: Vec<Drawn>,
    setter: Setter,
    outline: Vec<finish::Entry>,
    anchors: std::collections::HashMap<crate::document::Anchor, paginate::Spot>,
    facts: finish::Facts,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Vec<u8>, PdfError> {
    let (sender, receiver) = mpsc::channel();
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = Arc::clone(&stop);
    let of = drawn.len() * 2;
    let worker = std::thread::Builder::new().name("portfolio-pdf".to_owned()).spawn(move || {
        let count = drawn.len();
        let mut pdf = PdfDocument::new(&facts.title);
        pdf.resources.fonts.map = setter.into_fonts().embeddable();
        let (pages, presses) = drawn.into_iter().map(|d| (d.page, d.presses)).unzip();
        pdf.pages = pages;
        let options = PdfSaveOptions { optimize: false, subset_fonts: true, secure: true, image_optimization: None };
        let lopdf = pdf.to_lopdf_document(&options, &mut Vec::new());
        drop(pdf);
        let told = sender.clone();
        let mut each = |done: usize| {
            // Nobody listening any more means the same as being asked to stop.
            let heard = told.send(Step::At(count + done)).is_ok();
            if heard && !stopped.load(Ordering::Relaxed) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        let bytes = finish::bytes(lopdf, presses, &outline, &anchors, &facts, &mut each);
        // The receiver is gone only when the caller cancelled.
        let _ = sender.send(Step::Ready(bytes));
    });
    worker.map_err(|error| PdfError::Write(error.to_string()))?;
    let mut done = 0;
    loop {
        match receiver.recv_timeout(BEAT) {
            Ok(Step::Ready(bytes)) => return bytes,
            Ok(Step::At(at)) => done = at,
            Err(mpsc::RecvTimeoutError::Timeout) => {}
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                return Err(PdfError::Write("the writer stopped early".to_owned()));
            }
        }
        if progress(Progress { stage: Stage::Writing, done, of }).is_break() {
            stop.store(true, Ordering::Relaxed);
            return Err(PdfError::Cancelled);
        }
    }
}

/// What the writing thread says.
enum Step {
    At(usize),
    Ready(Result<Vec<u8>, PdfError>),
}
