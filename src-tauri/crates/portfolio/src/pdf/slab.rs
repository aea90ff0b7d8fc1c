//! What layout makes and pages are filled with: strips of the text column that stay whole, with the things drawn in them.

use super::chart::Plot;
use super::lines::Line;
use super::tags::{NodeIx, Role, Tree};
use crate::document::{Anchor, Colour, Link};
use domain::coverage::Coverage;

/// A strip of the column that stays whole.
#[derive(Debug, Default)]
pub(super) struct Slab {
    pub(super) height: f32,
    /// Space above; dropped at the head of a page.
    pub(super) before: f32,
    /// How it holds to the slab below.
    pub(super) tie: Tie,
    /// So much of its height it can do without, drawn smaller, so that it shares a page with what it belongs to.
    pub(super) yields: f32,
    /// The table whose row this is; its head returns on every page.
    pub(super) table: Option<u32>,
    /// The table whose head this is.
    pub(super) head_of: Option<u32>,
    pub(super) anchors: Vec<Anchor>,
    pub(super) bookmark: Option<Bookmark>,
    pub(super) things: Vec<Thing>,
}

/// How a slab holds to the next one: whether a page may end between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Tie {
    /// A page may end here.
    #[default]
    Free,
    /// Better not: a few facts, the first rows of a table.
    Loose,
    /// Only when no page holds all of it: a heading and its text, a label, a caption, two lines.
    Firm,
}

impl Tie {
    /// Firm if it is so.
    pub(super) fn firm_if(firm: bool) -> Self {
        if firm { Self::Firm } else { Self::Free }
    }
}

/// Ties the first of some rows or items to the second and the last but one to the last, as with the lines of a paragraph:
/// none stands alone on a page. `ends` are their last slabs.
pub(super) fn accompany(slabs: &mut [Slab], ends: &[usize]) {
    let pairs =
        [ends.first().filter(|_| ends.len() > 1), ends.len().checked_sub(2).and_then(|before| ends.get(before))];
    for end in pairs.into_iter().flatten() {
        if let Some(slab) = slabs.get_mut(*end) {
            slab.tie = slab.tie.max(Tie::Loose);
        }
    }
}

/// An entry of the outline.
#[derive(Debug, Clone)]
pub(super) struct Bookmark {
    pub(super) level: u8,
    pub(super) title: String,
    /// The pages that what it heads reaches name it at their head.
    pub(super) running: bool,
}

/// Something drawn, from the slab's top left.
#[derive(Debug, Clone)]
pub(super) struct Thing {
    pub(super) x: f32,
    pub(super) y: f32,
    /// What it is part of, for what is not a line: a line's pieces know for themselves. Without one it is decoration.
    pub(super) node: Option<NodeIx>,
    pub(super) what: What,
}

impl Thing {
    /// Words, or decoration.
    pub(super) fn new(x: f32, y: f32, what: What) -> Self {
        Self { x, y, node: None, what }
    }
}

/// What is drawn.
#[derive(Debug, Clone)]
pub(super) enum What {
    Line(Line),
    /// A hairline to the right, this long.
    Rule(f32),
    /// An upright bar of this height: somebody else's words.
    Bar(f32),
    Mark(Coverage),
    Box(bool),
    Chart(Box<Plot>),
    /// A place to press, of this width and height.
    Press(f32, f32, Link),
    /// What is to be seen under this number, of this width and height.
    Shown(usize, f32, f32),
}

/// A part that begins a page, laid out, with those that run on after it.
#[derive(Debug)]
pub(super) struct Galley {
    pub(super) cover: bool,
    /// From which slab on there is which band.
    pub(super) bands: Vec<(usize, Option<Colour>)>,
    pub(super) slabs: Vec<Slab>,
}

impl Galley {
    /// The band beside a slab.
    pub(super) fn band(&self, slab: usize) -> Option<Colour> {
        let next = self.bands.partition_point(|(from, _)| *from <= slab);
        next.checked_sub(1).and_then(|own| self.bands.get(own)).and_then(|(_, band)| *band)
    }
}

/// Tells lines that they are part of `node`, and their links that they are links in it.
pub(super) fn tag(lines: &mut [Line], node: NodeIx, tree: &mut Tree) {
    let mut links: Vec<(u16, NodeIx)> = Vec::new();
    let mut of = |number: Option<u16>| match number {
        None => node,
        Some(number) => match links.iter().find(|(known, _)| *known == number) {
            Some((_, link)) => *link,
            None => {
                let link = tree.add(node, Role::Link);
                links.push((number, link));
                link
            }
        },
    };
    for line in lines {
        for piece in &mut line.pieces {
            piece.node = of(piece.link);
        }
        for link in &mut line.links {
            link.node = of(Some(link.number));
        }
    }
}
