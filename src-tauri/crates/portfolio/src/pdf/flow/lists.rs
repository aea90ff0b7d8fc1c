//! Lists, a record's facts, which are a list of labels and values, and lines to write on.

use super::{Flow, Place, Slab, Thing, Tie, What, narrower};
use crate::direction;
use crate::document::{Block, Inline, Item, List, Marker, Voice};
use crate::pdf::look;
use crate::pdf::slab::accompany;
use crate::pdf::tags::{Numbering, Role};

/// How wide a box or a status is.
const SHAPE: f32 = 10.5;

/// As many facts stand side by side at most.
const ABREAST: usize = 3;

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
            let small = matches!(item.blocks.first(), Some(Block::Paragraph(Voice::Fine, _)));
            let above = match (index, list.tight) {
                (0, _) => 5.0,
                (_, true) => look::TIGHT[usize::from(small)],
                (_, false) => 6.0,
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

    /// Labels and values: short ones side by side, longer ones below each other.
    pub(super) fn facts(&mut self, facts: &[(String, Vec<Inline>)], within: Place) {
        let start = self.slabs.len();
        let columns = self.columns_of(facts, within.width);
        let list = self.tree.add(within.node, Role::List(Numbering::None));
        for (index, row) in facts.chunks(columns.len()).enumerate() {
            let mut cells = Vec::with_capacity(columns.len() * 2);
            let (mut x, mut labels) = (within.x, 0);
            for ((label, value), (labelled, wide)) in row.iter().zip(&columns) {
                let item = self.tree.add(list, Role::Item);
                let (name, body) = (self.tree.add(item, Role::Label), self.tree.add(item, Role::Body));
                let label = self.set(&[Inline::plain(label)], *labelled, &look::fact(true), name);
                let value = self.set(value, *wide, &look::fact(false), body);
                labels = labels.max(label.len());
                cells.push((x, label.into_iter()));
                cells.push((x + labelled + look::LABEL_GAP, value.into_iter()));
                x += labelled + look::LABEL_GAP + wide + look::GUTTER;
            }
            let count = cells.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
            for line in 0..count {
                let mut slab = Slab {
                    before: if line > 0 {
                        0.0
                    } else if index == 0 {
                        6.0
                    } else {
                        1.5
                    },
                    tie: Tie::firm_if(line + 1 < labels || (count > 1 && (line == 0 || line + 2 == count))),
                    ..Slab::default()
                };
                for (x, lines) in &mut cells {
                    if let Some(line) = lines.next() {
                        slab.height = slab.height.max(line.height);
                        slab.things.push(Thing::new(*x, 0.0, What::Line(line)));
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

    /// How wide labels and values are: as many columns of them as every fact has room in on a line.
    fn columns_of(&mut self, facts: &[(String, Vec<Inline>)], width: f32) -> Vec<(f32, f32)> {
        let mut wants = Vec::with_capacity(facts.len());
        for (label, value) in facts {
            let label = self.setter.measure(&[Inline::plain(label)], &look::fact(true)).0;
            wants.push((label + 1.0, self.setter.measure(value, &look::fact(false)).0 + 1.0));
        }
        self.setter.take_missing();
        for count in (2..=ABREAST.min(facts.len())).rev() {
            let mut columns = vec![(0.0_f32, 0.0_f32); count];
            for (index, (label, value)) in wants.iter().enumerate() {
                let (labels, values) = &mut columns[index % count];
                (*labels, *values) = (labels.max(*label), values.max(*value));
            }
            let taken = columns.iter().map(|(label, value)| label + look::LABEL_GAP + value).sum::<f32>();
            if taken + look::GUTTER * (count - 1) as f32 <= width {
                return columns;
            }
        }
        let label = wants.iter().map(|(label, _)| *label).fold(0.0, f32::max).min(look::LABELS - look::LABEL_GAP);
        vec![(label, (width - label - look::LABEL_GAP).max(8.0))]
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
