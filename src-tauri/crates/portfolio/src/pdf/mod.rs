//! A document as a PDF: laid out, put on pages, drawn, finished. The only module that knows the order of these steps.

mod beat;
mod chart;
mod draw;
mod embed;
mod finish;
mod flow;
mod fonts;
mod lines;
mod look;
mod operators;
mod paginate;
mod slab;
mod table;
mod tags;

use std::collections::{BTreeSet, HashMap};
use std::io::Write as _;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use flate2::Compression;
use flate2::write::ZlibEncoder;

pub use flow::Missing;

use crate::document::{Align, Anchor, Attachment, Document, Inline, Shows};
use crate::foreign::Flaw;
use beat::{Beat, Pace};
use draw::{Drawn, Pen};
use flow::Flow;
use fonts::Fonts;
use lines::{Canon, Line, Setter, Shown};
use paginate::{Page, Spot};
use slab::{Galley, What};
use tags::Tree;

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The caller asked to stop.
    #[error("stopped before the PDF was finished")]
    Cancelled,
    /// A bundled font cannot be read, which the tests rule out.
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
    /// Texts, pages or nodes of the structure done in this stage.
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
            Stage::LayingOut => (0.0, 0.45),
            Stage::Drawing => (0.45, 0.3),
            Stage::Writing => (0.75, 0.25),
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
    /// What in the pages that others made keeps the file from claiming to be made for archiving (PDF/A), or for screen
    /// readers (PDF/UA).
    pub flaws: Vec<Flaw>,
}

/// How often the caller is asked while the file is put together.
const BEAT: Duration = Duration::from_millis(40);

/// Makes the PDF. `progress` receives how far the work is and may stop it; the work then ends within a fifth of a
/// second. The same document always gives the same bytes.
///
/// # Errors
/// [`PdfError::Cancelled`] when `progress` said so.
pub fn render(
    document: &Document,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<(Vec<u8>, Report), PdfError> {
    let mut flow = Flow::new(Setter::new(Fonts::load()?), document, Beat::new(document, progress));
    let mut galleys = flow.galleys().ok_or(PdfError::Cancelled)?;
    let (pages, anchors) = paginate::pages(&galleys);
    let outline = finish::outline(&galleys, &pages);
    let flaws = flaws(&flow.shown);
    let facts = finish::Facts::of(document, &flaws);
    let report = Report { pages: pages.len(), missing: distinct(flow.missing), flaws };
    let (mut setter, mut tree, shown) = (flow.setter, flow.tree, flow.shown);
    tree.settle_headings();
    put_numbers(&mut galleys, &anchors, &mut setter);
    let set = |text: String, align, setter: &mut Setter| {
        setter.set(&[Inline::plain(text)], look::MEASURE, &look::furniture(align), &mut || true).into_iter().next()
    };
    let head = set(document.running_head.clone(), Align::Left, &mut setter);
    let count = pages.len();
    let mut feet = Vec::with_capacity(count);
    let mut running = Vec::with_capacity(count);
    for (number, named) in (1..).zip(paginate::running(&galleys, &pages)) {
        running.push(named.and_then(|named| set(named, Align::Left, &mut setter)));
        feet.extend(set(format!("Page {number} of {count}"), Align::Right, &mut setter));
        // Thousands of them take a while.
        if progress(Progress { stage: Stage::Drawing, done: 0, of: count }).is_break() {
            return Err(PdfError::Cancelled);
        }
    }
    let files = document.files.clone();
    let job = Job { galleys, pages, anchors, tree, outline, shown, files, head, running, feet, facts };
    Ok((write(job, setter, progress)?, report))
}

/// Puts page numbers into the room kept for them.
fn put_numbers(galleys: &mut [Galley], anchors: &HashMap<Anchor, Spot>, setter: &mut Setter) {
    let things = galleys.iter_mut().flat_map(|galley| &mut galley.slabs).flat_map(|slab| &mut slab.things);
    let lines = things.filter_map(|thing| if let What::Line(line) = &mut thing.what { Some(line) } else { None });
    for piece in lines.flat_map(|line| &mut line.pieces) {
        let Shown::PageOf { anchor, width, right } = &piece.shown else { continue };
        let steps = anchors.get(anchor).map(|spot| setter.digits(piece.face, spot.page + 1)).unwrap_or_default();
        if *right {
            piece.x += width - setter.width(piece.face, &steps) * piece.size / 1000.0;
        }
        piece.shown = Shown::Plain(steps);
    }
}

fn flaws(shown: &[Shows]) -> Vec<Flaw> {
    shown.iter().flat_map(Shows::flaws).cloned().collect::<BTreeSet<_>>().into_iter().collect()
}

fn distinct(mut missing: Vec<Missing>) -> Vec<Missing> {
    missing.sort();
    missing.dedup();
    missing
}

/// What is left to do when everything has its page.
struct Job {
    galleys: Vec<Galley>,
    pages: Vec<Page>,
    anchors: HashMap<Anchor, Spot>,
    tree: Tree,
    outline: Vec<finish::Entry>,
    /// What figures show.
    shown: Vec<Shows>,
    files: Vec<Attachment>,
    head: Option<Line>,
    running: Vec<Option<Line>>,
    feet: Vec<Line>,
    facts: finish::Facts,
}

/// Puts the file together on a thread of its own, because some of its steps cannot be stopped: a caller who cancels is let
/// go at once, and the thread ends by itself soon after.
fn write(job: Job, setter: Setter, progress: &mut dyn FnMut(Progress) -> ControlFlow<()>) -> Result<Vec<u8>, PdfError> {
    let (fonts, canon) = setter.into_fonts();
    let (sender, receiver) = mpsc::channel();
    let pace = Arc::new(Pace::default());
    let (pages, nodes, own) = (job.pages.len(), job.tree.nodes.len(), Arc::clone(&pace));
    let worker = std::thread::Builder::new().name("portfolio-pdf".to_owned()).spawn(move || {
        // The receiver is gone only when the caller cancelled.
        let _ = sender.send(job.bytes(fonts, &canon, &own));
    });
    worker.map_err(|error| PdfError::Write(error.to_string()))?;
    loop {
        let done = pace.drawn.load(Ordering::Relaxed);
        let told = if done < pages {
            Progress { stage: Stage::Drawing, done, of: pages }
        } else {
            Progress { stage: Stage::Writing, done: pace.written.load(Ordering::Relaxed), of: nodes + 1 }
        };
        if progress(told).is_break() {
            pace.stop();
            return Err(PdfError::Cancelled);
        }
        match receiver.recv_timeout(BEAT) {
            Ok(bytes) => {
                let end = progress(Progress { stage: Stage::Writing, done: nodes + 1, of: nodes + 1 });
                return if end.is_break() { Err(PdfError::Cancelled) } else { bytes };
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {}
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                return Err(PdfError::Write("the writer stopped early".to_owned()));
            }
        }
    }
}

impl Job {
    fn bytes(self, fonts: Fonts, canon: &Canon, pace: &Pace) -> Result<Vec<u8>, PdfError> {
        let embedded = embed::faces(fonts, canon)?;
        let Self { galleys, pages, anchors, tree, outline, shown, files, head, running, feet, facts } = self;
        let pen = Pen { galleys: &galleys, codes: &embedded.codes, tree: &tree, head, running, feet };
        let drawn = draw(&pen, &pages, pace)?;
        drop(galleys);
        let (outline, anchors, files) = (&outline, &anchors, &files);
        let work = finish::Work { drawn, shown: &shown, tree: &tree, outline, anchors, files, facts: &facts };
        finish::bytes(embedded.pdf, embedded.fonts, work, pace).ok_or(PdfError::Cancelled)
    }
}

/// Pages that one thread takes at a time.
const STACK: usize = 16;

/// Draws all pages, on every core there is; which thread draws a page makes no difference to it.
fn draw(pen: &Pen<'_>, pages: &[Page], pace: &Pace) -> Result<Vec<Drawn>, PdfError> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut stacks = Vec::new();
        while !pace.stopped() {
            let from = next.fetch_add(STACK, Ordering::Relaxed);
            let Some(stack) = pages.get(from..pages.len().min(from + STACK)).filter(|stack| !stack.is_empty()) else {
                break;
            };
            let mut drawn = Vec::with_capacity(stack.len());
            for (page, number) in stack.iter().zip(from..) {
                let mut page = pen.page(number, page);
                page.operators = compressed(&page.operators);
                drawn.push(page);
                pace.drawn.fetch_add(1, Ordering::Relaxed);
            }
            stacks.push((from, drawn));
        }
        stacks
    };
    let others = std::thread::available_parallelism().map_or(0, |all| all.get().min(8) - 1);
    let mut stacks = std::thread::scope(|scope| {
        let others: Vec<_> = (0..others).map(|_| scope.spawn(work)).collect();
        let mut stacks = work();
        for other in others {
            stacks.extend(other.join().unwrap_or_default());
        }
        stacks
    });
    stacks.sort_unstable_by_key(|(from, _)| *from);
    let drawn: Vec<Drawn> = stacks.into_iter().flat_map(|(_, drawn)| drawn).collect();
    if pace.stopped() {
        return Err(PdfError::Cancelled);
    }
    if drawn.len() == pages.len() { Ok(drawn) } else { Err(PdfError::Write("a page was not drawn".to_owned())) }
}

/// Beyond this the file gets hardly smaller and the work much longer.
const LEVEL: u32 = 6;

/// Compresses, as PDF's `FlateDecode` undoes it.
fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(LEVEL));
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}
