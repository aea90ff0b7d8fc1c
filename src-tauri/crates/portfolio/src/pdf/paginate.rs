//! Puts slabs on pages: never a heading at the foot, never a lonely line, a table's head again wherever the table goes on,
//! and a figure a little smaller where that keeps it with its words.

use std::collections::HashMap;
use std::ops::Range;

use super::look;
use super::slab::{Bookmark, Galley, Slab, Tie};
use crate::document::Anchor;

/// A page: which slabs, and where.
#[derive(Debug, PartialEq)]
pub(super) struct Page {
    pub(super) galley: usize,
    pub(super) placed: Vec<Placed>,
}

/// A slab on a page; `y` from the page's top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    pub(super) slab: usize,
    pub(super) y: f32,
    /// A table's head, shown again: decoration to a reader of tags.
    pub(super) repeated: bool,
    /// How much of its size is left to it.
    pub(super) scale: f32,
}

/// Where an anchor came to stand: the page, counted from 0, and the distance from its top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    pub(super) page: usize,
    pub(super) y: f32,
}

/// Fills pages from the galleys; each galley begins one.
pub(super) fn pages(galleys: &[Galley]) -> (Vec<Page>, HashMap<Anchor, Spot>) {
    let mut pages = Vec::new();
    for (index, galley) in galleys.iter().enumerate() {
        let mut filler = Filler { slabs: &galley.slabs, heads: Vec::new(), pages: Vec::new(), y: look::TOP };
        filler.fill();
        pages.extend(filler.pages.into_iter().map(|placed| Page { galley: index, placed }));
    }
    let mut anchors = HashMap::new();
    for (number, page) in pages.iter().enumerate() {
        let slabs = galleys.get(page.galley).map_or(&[][..], |galley| &galley.slabs);
        for placed in page.placed.iter().filter(|placed| !placed.repeated) {
            for anchor in slabs.get(placed.slab).map_or(&[][..], |slab| &slab.anchors) {
                anchors.entry(anchor.clone()).or_insert(Spot { page: number, y: placed.y });
            }
        }
    }
    (pages, anchors)
}

/// What the head of each page names: the heading that what stands first on it belongs to, "continued" where that began
/// before; nothing where no such heading is open.
pub(super) fn running(galleys: &[Galley], pages: &[Page]) -> Vec<Option<String>> {
    let mut open: Option<&Bookmark> = None;
    let mut galley = None;
    let mut heads = Vec::with_capacity(pages.len());
    for page in pages {
        if galley.replace(page.galley) != Some(page.galley) {
            open = None;
        }
        let slabs = galleys.get(page.galley).map_or(&[][..], |galley| &galley.slabs);
        let own = page.placed.iter().filter(|placed| !placed.repeated).filter_map(|placed| slabs.get(placed.slab));
        let mut head = None;
        for (place, slab) in own.enumerate() {
            match &slab.bookmark {
                Some(mark) if mark.running || open.is_some_and(|open| mark.level <= open.level) => {
                    open = mark.running.then_some(mark);
                    head = head.or_else(|| open.map(|open| open.title.clone()));
                }
                _ if place == 0 => head = open.map(|open| format!("{}, continued", open.title)),
                _ => {}
            }
        }
        heads.push(head);
    }
    heads
}

struct Filler<'a> {
    slabs: &'a [Slab],
    /// The head of the table that is going on.
    heads: Vec<usize>,
    pages: Vec<Vec<Placed>>,
    y: f32,
}

/// On a page of its own what yields keeps only so much of its height, rather than be parted from what it belongs to.
const LEAST: f32 = 0.25;

impl Filler<'_> {
    fn fill(&mut self) {
        self.pages.push(Vec::new());
        self.place_all(0..self.slabs.len(), Tie::Free);
    }

    /// Places slabs that a page may part where they hold together by no more than `loosest`.
    fn place_all(&mut self, slabs: Range<usize>, loosest: Tie) {
        let mut next = slabs.start;
        while next < slabs.end {
            let held = |slab: &&Slab| slab.tie > loosest;
            let chain = self.slabs.get(next..slabs.end).unwrap_or_default();
            let end = (next + chain.iter().take_while(held).count() + 1).min(slabs.end);
            self.place_chain(next..end, loosest);
            next = end;
        }
    }

    /// What must not be parted goes together, if a page can hold it at all.
    fn place_chain(&mut self, chain: Range<usize>, loosest: Tie) {
        let slabs = self.slabs.get(chain.clone()).unwrap_or_default();
        let height: f32 = slabs.iter().map(|slab| slab.before + slab.height).sum();
        let yields: f32 = slabs.iter().map(|slab| slab.yields).sum();
        let most: f32 = slabs.iter().filter(|slab| slab.yields > 0.0).map(|slab| slab.height * (1.0 - LEAST)).sum();
        let over = self.y + height - self.space_dropped(chain.start) - look::BOTTOM;
        let fits = |over: f32, fresh: bool| over <= 0.01 + if fresh { most } else { yields };
        if !fits(over, self.fresh()) && !self.fresh() {
            let first = slabs.first().map_or(0.0, |slab| slab.before);
            let over = height - first + self.heads_height(chain.start) - (look::BOTTOM - look::TOP);
            if fits(over, true) {
                self.turn(chain.start);
                return self.place_scaled(chain, over, yields);
            }
        } else if fits(over, self.fresh()) {
            return self.place_scaled(chain, over, yields);
        }
        match loosest {
            Tie::Free => self.place_all(chain, Tie::Loose),
            Tie::Loose if chain.len() > 1 => self.place_all(chain, Tie::Firm),
            _ => chain.for_each(|slab| self.place(slab, 1.0)),
        }
    }

    /// Places a chain from which so much has to be taken that can only be taken from figures.
    fn place_scaled(&mut self, chain: Range<usize>, over: f32, yields: f32) {
        let share = (over / yields.max(1.0)).max(0.0);
        for index in chain {
            let scale = self.slabs.get(index).map_or(1.0, |slab| 1.0 - share * slab.yields / slab.height.max(1.0));
            self.place(index, scale);
        }
    }

    fn fresh(&self) -> bool {
        self.pages.last().is_none_or(|page| page.iter().all(|placed| placed.repeated))
    }

    /// The space above the first slab of a page is not used.
    fn space_dropped(&self, slab: usize) -> f32 {
        self.slabs.get(slab).filter(|slab| self.fresh() && !is_cover_space(slab)).map_or(0.0, |slab| slab.before)
    }

    fn heads_height(&self, slab: usize) -> f32 {
        self.heads_of(slab).iter().filter_map(|head| self.slabs.get(*head)).map(|head| head.height).sum()
    }

    /// The head that must stand above this slab when it begins a page.
    fn heads_of(&self, slab: usize) -> &[usize] {
        let table = self.slabs.get(slab).and_then(|slab| slab.table);
        let shown = self.heads.first().and_then(|head| self.slabs.get(*head)).and_then(|head| head.head_of);
        if table.is_some() && table == shown { &self.heads } else { &[] }
    }

    /// Begins a page, with the table's head if `slab` is one of its rows.
    fn turn(&mut self, slab: usize) {
        self.y = look::TOP;
        let mut placed = Vec::new();
        for head in self.heads_of(slab).to_vec() {
            placed.push(Placed { slab: head, y: self.y, repeated: true, scale: 1.0 });
            self.y += self.slabs.get(head).map_or(0.0, |slab| slab.height);
        }
        self.pages.push(placed);
    }

    fn place(&mut self, index: usize, scale: f32) {
        let Some(slab) = self.slabs.get(index) else { return };
        if let Some(table) = slab.head_of {
            let going_on = self.heads.first().and_then(|head| self.slabs.get(*head)).and_then(|head| head.head_of);
            if going_on != Some(table) {
                self.heads.clear();
            }
            self.heads.push(index);
        }
        let height = slab.height * scale;
        let mut before = slab.before - self.space_dropped(index);
        // Only a chain too long for a page gets here without room.
        if self.y + before + height > look::BOTTOM + 0.01 && !self.fresh() {
            self.turn(index);
            before = 0.0;
        }
        self.y += before;
        if let Some(page) = self.pages.last_mut() {
            page.push(Placed { slab: index, y: self.y, repeated: false, scale });
        }
        self.y += height;
    }
}

/// The deep space above a cover's title is meant for the head of a page.
fn is_cover_space(slab: &Slab) -> bool {
    slab.before > 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slab(height: f32) -> Slab {
        Slab { height, ..Slab::default() }
    }

    fn kept(height: f32) -> Slab {
        Slab { tie: Tie::Firm, ..slab(height) }
    }

    fn galley(slabs: Vec<Slab>) -> Galley {
        Galley { cover: false, bands: Vec::new(), slabs }
    }

    /// For every page the slabs on it; a repeated head is negative.
    fn filled(slabs: Vec<Slab>) -> Vec<Vec<i64>> {
        let (pages, _) = pages(&[galley(slabs)]);
        let number = |placed: &Placed| placed.slab as i64 * if placed.repeated { -1 } else { 1 };
        for page in &pages {
            let foot = page.placed.last().map_or(0.0, |last| last.y);
            assert!(foot < look::BOTTOM, "{foot}");
        }
        pages.iter().map(|page| page.placed.iter().map(number).collect()).collect()
    }

    /// The room of a page: 704 points.
    const ROOM: f32 = look::BOTTOM - look::TOP;

    #[test]
    fn a_heading_goes_with_what_follows() {
        // Heading, then a paragraph's two first lines: 40 + 30 do not fit where only 50 is left.
        let slabs = vec![slab(ROOM - 50.0), kept(40.0), kept(15.0), slab(15.0), slab(15.0)];
        assert_eq!(filled(slabs), [vec![0], vec![1, 2, 3, 4]]);
    }

    #[test]
    fn two_lines_stay_on_either_side() {
        // Five lines: the first two and the last two are kept together.
        let paragraph = || vec![kept(15.0), slab(15.0), slab(15.0), kept(15.0), slab(15.0)];
        let with_room = |lines: f32| {
            let mut slabs = vec![slab(ROOM - lines * 15.0)];
            slabs.extend(paragraph());
            filled(slabs)
        };
        assert_eq!(with_room(1.0), [vec![0], vec![1, 2, 3, 4, 5]]);
        assert_eq!(with_room(2.0), [vec![0, 1, 2], vec![3, 4, 5]]);
        assert_eq!(with_room(4.0), [vec![0, 1, 2, 3], vec![4, 5]]);
        assert_eq!(with_room(5.0), [vec![0, 1, 2, 3, 4, 5]]);
    }

    #[test]
    fn a_table_shows_its_head_on_every_page() {
        let head = Slab { head_of: Some(1), ..kept(20.0) };
        let row = || Slab { table: Some(1), ..slab(300.0) };
        let slabs = vec![slab(10.0), head, row(), row(), row(), row(), row(), slab(10.0)];
        assert_eq!(filled(slabs), [vec![0, 1, 2, 3], vec![-1, 4, 5], vec![-1, 6, 7]]);
    }

    #[test]
    fn what_is_taller_than_a_page_is_split() {
        let slabs = (0..100).map(|_| kept(15.0)).collect();
        let pages = filled(slabs);
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [46, 46, 8]);
    }

    #[test]
    fn a_page_names_what_it_goes_on_with() {
        let headed = |level, title: &str, running| {
            let title = title.to_owned();
            Slab { bookmark: Some(Bookmark { level, title, running }), ..kept(20.0) }
        };
        let slabs = vec![
            headed(2, "Area", false),
            headed(3, "1.1", true),
            slab(ROOM - 100.0),
            headed(3, "1.2", true),
            slab(300.0),
            slab(ROOM - 300.0),
            headed(2, "Not yet", false),
            slab(ROOM - 20.0),
        ];
        let galleys = [galley(slabs)];
        let (pages, _) = pages(&galleys);
        let heads = running(&galleys, &pages);
        assert_eq!(
            heads.iter().map(Option::as_deref).collect::<Vec<_>>(),
            [Some("1.1"), Some("1.2"), Some("1.2, continued"), None]
        );
    }

    #[test]
    fn an_anchor_knows_its_page() {
        let mut last = slab(100.0);
        last.anchors.push(Anchor("here".into()));
        let slabs = vec![slab(ROOM), last];
        let (_, anchors) = pages(&[galley(slabs)]);
        assert_eq!(anchors[&Anchor("here".into())], Spot { page: 1, y: look::TOP });
    }
}
