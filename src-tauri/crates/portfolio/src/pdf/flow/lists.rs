//! Lists, a record's facts, which are a list of labels and values, and lines to write on.

use super::{Flow, Place, Slab, Thing, Tie, What, narrower};
use crate::direction;
use crate::document::{Block, Inline, Item, List, Marker, Voice};
use crate::pdf::look;
use crate::pdf::slab::accompany;
use crate::pdf::tags::{Numbering, Role};

/// How wide a box or a status is.
const SHAPE: f32 = 10.5;

impl Flow<'_> {
    pub(super) fn list(&mut self, list: &List, within: Place) {
        let mut ends = Vec::with_capacity(list.items.len());
        let numbering = match list.items.first().map(|item| item.marker) {
            Some(Marker::Bullet) => Numbering::Disc,
            Some(Marker::Number(_)) => Numbering::Decimal,
            _ => Numbering::None,
        };
        let within = Place { node: self.tree.add(within.node, Role::List(numbering)), ..within };
        let rtl = direction::of_list(list).unwrap_or(false);
        for (index, item) in list.items.iter().enumerate() {
            let above = if index == 0 {
                5.0
            } else if list.tight {
                2.0
            } else {
                6.0
            };
            self.item(item, within, above, rtl);
            ends.push(self.slabs.len().saturating_sub(1));
        }
        accompany(&mut self.slabs, &ends);
    }

    fn item(&mut self, item: &Item, within: Place, above: f32, rtl: bool) {
        let start = self.slabs.len();
        let voice = match item.blocks.first() {
            Some(Block::Paragraph(voice, _)) => *voice,
            _ => Voice::Body,
        };
        let (setting, _) = look::voice(voice);
        let label = match item.marker {
            Marker::Bullet => Some("•".to_owned()),
            Marker::Number(n) => Some(format!("{n}.")),
            Marker::Task(_) | Marker::Coverage(_) => None,
        };
        let node = self.tree.add(within.node, Role::Item);
        // The shape of a status is decoration: the words beside it say the same.
        let marker = (!matches!(item.marker, Marker::Coverage(_))).then(|| self.tree.add(node, Role::Label));
        let label = label.map(|text| self.set(&[Inline::plain(text)], f32::MAX, &setting, marker.unwrap_or(node)));
        let label = label.and_then(|lines| lines.into_iter().next());
        let indent = label.as_ref().map_or(0.0, |line| line.width + 6.0).max(look::INDENT);
        let inner = narrower(within, indent, rtl);
        let inner = Place { node: self.tree.add(node, Role::Body), ..inner };
        if item.blocks.is_empty() {
            self.text(&[], inner, &setting, above);
        }
        for (index, block) in item.blocks.iter().enumerate() {
            self.block(block, inner, (index == 0).then_some(above));
        }
        let Some(first) = self.slabs.get_mut(start) else { return };
        let what = match (item.marker, label) {
            (_, Some(line)) => What::Line(line),
            (Marker::Task(done), None) => What::Box(done),
            (Marker::Coverage(mark), None) => What::Mark(mark),
            _ => return,
        };
        // Shapes stand in the middle of a line of running text.
        let (mut x, y, width) = match &what {
            What::Line(line) => (within.x + 2.0, 0.0, line.width),
            _ => (within.x, (setting.leading - 15.0) / 2.0, SHAPE),
        };
        if rtl {
            x = 2.0 * within.x + within.width - x - width;
        }
        let node = match (item.marker, marker) {
            (Marker::Task(done), Some(marker)) => {
                Some(self.tree.add_figure(marker, if done { "Done" } else { "Not done" }))
            }
            _ => None,
        };
        // In front, so that it is read first.
        first.things.insert(0, Thing { x, y, node, what });
    }

    pub(super) fn facts(&mut self, facts: &[(String, Vec<Inline>)], within: Place) {
        let start = self.slabs.len();
        let values = narrower(within, look::LABELS, false);
        let list = self.tree.add(within.node, Role::List(Numbering::None));
        for (index, (label, value)) in facts.iter().enumerate() {
            let item = self.tree.add(list, Role::Item);
            let (name, body) = (self.tree.add(item, Role::Label), self.tree.add(item, Role::Body));
            let label = self.set(&[Inline::plain(label)], look::LABELS - look::GUTTER, &look::fact(true), name);
            let value = self.set(value, values.width, &look::fact(false), body);
            let (labels, count) = (label.len(), label.len().max(value.len()));
            let (mut label, mut value) = (label.into_iter(), value.into_iter());
            for row in 0..count {
                let mut slab = Slab {
                    before: if row > 0 {
                        0.0
                    } else if index == 0 {
                        6.0
                    } else {
                        1.5
                    },
                    tie: Tie::firm_if(row + 1 < labels || (count > 1 && (row == 0 || row + 2 == count))),
                    ..Slab::default()
                };
                for (x, line) in [(within.x, label.next()), (values.x, value.next())] {
                    if let Some(line) = line {
                        slab.height = slab.height.max(line.height);
                        slab.things.push(Thing::new(x, 0.0, What::Line(line)));
                    }
                }
                self.push(slab);
            }
        }
        // A few facts are read at a glance; many may part, but never a single one.
        let count = self.slabs.len() - start;
        for (index, slab) in self.slabs.iter_mut().skip(start).enumerate() {
            if (count <= 12 && index + 1 < count) || (index == 0 && count > 1) || index + 2 == count {
                slab.tie = slab.tie.max(Tie::Loose);
            }
        }
    }

    /// Lines to write on by hand, side by side, each over its label.
    pub(super) fn blanks(&mut self, labels: &[String], within: Place) {
        let count = labels.len().max(1) as f32;
        let width = (within.width - look::GUTTER * (count - 1.0)) / count;
        let mut slab = Slab { height: look::HAND, before: look::HAND_ABOVE, ..Slab::default() };
        let (setting, _) = look::voice(Voice::Note);
        for (place, label) in labels.iter().enumerate() {
            let x = within.x + (width + look::GUTTER) * place as f32;
            let node = self.tree.add(within.node, Role::P);
            let line = self.set(&[Inline::plain(label)], width, &setting, node).into_iter().next();
            slab.things.push(Thing::new(x, 0.0, What::Rule(width)));
            slab.things.extend(line.map(|line| Thing::new(x, 2.0, What::Line(line))));
        }
        self.push(slab);
    }
}
