//! The pages of contents: a line for each heading that has a place there.

use super::{Flow, Place, Thing, Tie, What};
use crate::document::{Align, Anchor, Block, Heading, Inline, Link, words};
use crate::pdf::lines::{Ink, Setting};
use crate::pdf::look;
use crate::pdf::tags::{NodeIx, Role};

impl Flow<'_> {
    pub(super) fn contents(&mut self, within: Place) {
        let document = self.document;
        let blocks = document.parts.iter().flat_map(|part| &part.blocks);
        let entries: Vec<(&Heading, &Anchor)> = blocks.filter_map(listed).collect();
        let level = |at: usize| entries.get(at).map_or(0, |(heading, _)| heading.level);
        // A list in the list for what stands under an entry.
        let mut open: Vec<(u8, NodeIx)> = Vec::new();
        for (at, (heading, anchor)) in entries.iter().enumerate() {
            while open.len() > 1 && open.last().is_some_and(|(level, _)| *level > heading.level) {
                open.pop();
            }
            if open.last().is_none_or(|(level, _)| *level < heading.level) {
                let parent = open.last().map_or(within.node, |(_, node)| *node);
                open.push((heading.level, self.tree.add(parent, Role::Toc)));
            }
            let node = open.last().map_or(within.node, |(_, node)| *node);
            self.contents_line(heading, anchor, Place { node, ..within });
            // An entry keeps to the first of those under it, and none of those stands alone.
            let (before, own, next) = (at.checked_sub(1).map_or(0, level), level(at), level(at + 1));
            let tie = if next > own {
                Tie::Firm
            } else if next == own && (before < own || level(at + 2) < own) {
                Tie::Loose
            } else {
                Tie::Free
            };
            if let Some(last) = self.slabs.last_mut() {
                last.tie = tie;
            }
        }
    }

    fn contents_line(&mut self, heading: &Heading, anchor: &Anchor, within: Place) {
        let (setting, before, indent) = look::contents(heading.level);
        let numbers = 42.0;
        let item = self.tree.add(within.node, Role::TocItem);
        let reference = self.tree.add(item, Role::Reference);
        let node = self.tree.add(reference, Role::Link);
        let inner = Place { x: within.x + indent, width: within.width - indent - numbers, node };
        let start = self.slabs.len();
        let text = words(&heading.text);
        // A space, so that the words and the number do not run into each other when they are heard.
        self.text(&[Inline::plain(format!("{text} "))], inner, &setting, before);
        self.keep_with_next(start);
        for slab in self.slabs.iter_mut().skip(start) {
            let press = What::Press(within.width - indent, slab.height, Link::To(anchor.clone()));
            slab.things.push(Thing { node: Some(node), ..Thing::new(inner.x, 0.0, press) });
        }
        let number = Setting { ink: Ink::Text, align: Align::Right, ..setting };
        let number =
            self.setter.set(&[Inline::PageOf(anchor.clone())], numbers, &number, &mut || true).into_iter().next();
        if let (Some(slab), Some(mut number)) = (self.slabs.last_mut(), number) {
            // The whole line can be pressed already.
            number.links.clear();
            for piece in &mut number.pieces {
                piece.ink = Ink::Text;
                piece.node = node;
            }
            slab.things.push(Thing::new(within.x + within.width - numbers, 0.0, What::Line(number)));
        }
    }
}

/// A heading that has a place in the contents.
fn listed(block: &Block) -> Option<(&Heading, &Anchor)> {
    match block {
        Block::Heading(heading @ Heading { in_contents: true, anchor: Some(anchor), .. }) => Some((heading, anchor)),
        _ => None,
    }
}
