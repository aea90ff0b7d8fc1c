//! How far the work is, and whether it is to stop.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::{Progress, Stage};
use crate::document::{Block, Document, Heading, Marker};

/// Tells the caller about every text that is laid out: a long table or list is many of them.
pub(super) struct Beat<'a> {
    tell: &'a mut dyn FnMut(Progress) -> ControlFlow<()>,
    done: usize,
    /// Where the block that is being laid out ends.
    end: usize,
    of: usize,
    stopped: bool,
}

impl<'a> Beat<'a> {
    pub(super) fn new(document: &Document, tell: &'a mut dyn FnMut(Progress) -> ControlFlow<()>) -> Self {
        let of = document.parts.iter().flat_map(|part| &part.blocks).map(|block| texts(block, document)).sum();
        Self { tell, done: 0, end: 0, of, stopped: false }
    }

    /// A top-level block begins.
    pub(super) fn begin(&mut self, block: &Block, document: &Document) {
        self.end = self.done + texts(block, document);
    }

    /// A text was laid out.
    pub(super) fn tick(&mut self) {
        self.go_to((self.done + 1).min(self.end));
    }

    /// A part of a long text was laid out; whether the caller wants more.
    pub(super) fn goes_on(&mut self) -> bool {
        self.go_to(self.done);
        !self.stopped
    }

    /// A top-level block ends.
    pub(super) fn end(&mut self) {
        self.go_to(self.end);
    }

    /// Whether the caller wants no more; then nothing more is laid out.
    pub(super) fn stopped(&self) -> bool {
        self.stopped
    }

    fn go_to(&mut self, done: usize) {
        self.done = done;
        self.stopped = self.stopped || (self.tell)(Progress { stage: Stage::LayingOut, done, of: self.of }).is_break();
    }
}

/// How many texts a block lays out; one without any counts as one.
fn texts(block: &Block, document: &Document) -> usize {
    let all = |blocks: &[Block]| blocks.iter().map(|block| texts(block, document)).sum::<usize>();
    match block {
        Block::List(list) => {
            let marker = |marker| usize::from(matches!(marker, Marker::Bullet | Marker::Number(_)));
            list.items.iter().map(|item| marker(item.marker) + all(&item.blocks).max(1)).sum()
        }
        Block::Quote(blocks) => all(blocks),
        Block::Code(code) => code.split('\n').count(),
        Block::Table(table) => table.rows.len() + usize::from(!table.head.is_empty()),
        Block::Facts(facts) => facts.len() * 2,
        Block::Contents => {
            let blocks = document.parts.iter().flat_map(|part| &part.blocks);
            let listed =
                |block: &&Block| matches!(block, Block::Heading(Heading { in_contents: true, anchor: Some(_), .. }));
            blocks.filter(listed).count()
        }
        _ => 1,
    }
}

/// The same for the threads that draw and write.
#[derive(Debug, Default)]
pub(super) struct Pace {
    stopped: AtomicBool,
    /// Pages drawn.
    pub(super) drawn: AtomicUsize,
    /// Nodes of the tree written.
    pub(super) written: AtomicUsize,
}

impl Pace {
    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    pub(super) fn stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}
