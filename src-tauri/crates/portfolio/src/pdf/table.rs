//! Tables: how wide the columns are, and rows as slabs. Rules stand above and below the head and at the end, nowhere else.

use super::beat::Beat;
use super::lines::{Line, Setter};
use super::look::{self, GUTTER, ROW_PAD};
use super::slab::{Slab, Thing, What, tag};
use super::tags::{NodeIx, Role, Tree};
use crate::document::{Align, Cell, Column, Table, words};
use crate::language;
use domain::coverage::Coverage;
use domain::words::{coverage, sentence};

/// Rows of more lines than this may be split between pages; shorter ones stay whole.
const WHOLE: usize = 12;
/// Room for a shape before a cell's text.
const MARK: f32 = 14.0;

/// Writes tables.
pub(super) struct Writer<'a, 'b> {
    pub(super) setter: &'a mut Setter,
    pub(super) tree: &'a mut Tree,
    pub(super) beat: &'a mut Beat<'b>,
}

/// Where a row stands.
struct Row<'a> {
    x: f32,
    widths: &'a [f32],
    /// The role of its first cell, and of the others.
    roles: [Role; 2],
    node: NodeIx,
}

impl Writer<'_, '_> {
    /// The rows of a table, the head's slabs first; `number` tells this table from others.
    pub(super) fn slabs(&mut self, table: &Table, x: f32, width: f32, number: u32, parent: NodeIx) -> Vec<Slab> {
        let columns = table.rows.iter().map(Vec::len).chain([table.head.len(), table.columns.len()]).max().unwrap_or(0);
        if columns == 0 {
            return Vec::new();
        }
        let widths = widths(table, columns, width, self.setter);
        let mut out = Vec::new();
        let rule = |y: f32| Thing::new(x, y, What::Rule(width));
        let node = self.tree.add(parent, Role::Table);
        if !table.head.is_empty() {
            let head = self.tree.add(node, Role::Head);
            let node = self.tree.add(head, Role::Row);
            let place = Row { x, widths: &widths, roles: [Role::ColumnHead; 2], node };
            let mut head = self.row(&table.head, table, true, &place);
            let count = head.len();
            for (index, slab) in head.iter_mut().enumerate() {
                slab.keep = true;
                slab.head_of = Some(number);
                if index == 0 {
                    slab.before = 10.0;
                    slab.things.insert(0, rule(0.0));
                }
                if index + 1 == count {
                    slab.things.push(rule(slab.height));
                }
            }
            out.append(&mut head);
        }
        let body = if table.rows.is_empty() { node } else { self.tree.add(node, Role::Rows) };
        // Without a head, what stands first in a row says what the row is about.
        let first = if table.head.is_empty() { Role::RowHead } else { Role::Cell };
        for cells in &table.rows {
            if self.beat.stopped() {
                break;
            }
            let node = self.tree.add(body, Role::Row);
            let place = Row { x, widths: &widths, roles: [first, Role::Cell], node };
            let mut slabs = self.row(cells, table, false, &place);
            for slab in &mut slabs {
                slab.table = (!table.head.is_empty()).then_some(number);
            }
            if out.is_empty()
                && let Some(first) = slabs.first_mut()
            {
                first.before = 10.0;
            }
            out.append(&mut slabs);
        }
        if let Some(last) = out.last_mut() {
            // A head alone is still a table.
            last.keep = false;
            let end = last.height;
            last.things.push(rule(end));
            last.height += 3.0;
        }
        // Space below: the next block's own space is meant for text above it.
        out.push(Slab { height: 4.0, ..Slab::default() });
        out
    }

    fn row(&mut self, cells: &[Cell], table: &Table, head: bool, place: &Row<'_>) -> Vec<Slab> {
        let mut columns: Vec<(f32, Option<Shape>, std::vec::IntoIter<Line>)> = Vec::with_capacity(place.widths.len());
        let mut left = place.x;
        for (index, width) in place.widths.iter().enumerate() {
            let cell = cells.get(index);
            let node = self.tree.add(place.node, place.roles[usize::from(index > 0)]);
            let shape = cell.and_then(|cell| Some(self.shape(cell.mark?, cell, node)));
            let indent = if shape.is_some() { MARK } else { 0.0 };
            let align = table.columns.get(index).map_or(Align::Left, |column| column.align);
            let text = cell.map_or(&[][..], |cell| &cell.text);
            let mut lines = self.setter.set(text, (width - indent).max(8.0), &look::cell(head, align));
            tag(&mut lines, node, self.tree);
            self.tree.speak(node, language::of_block(text));
            columns.push((left + indent, shape, lines.into_iter()));
            left += width + GUTTER;
        }
        let count = columns.iter().map(|(_, _, lines)| lines.len()).max().unwrap_or(1);
        let mut out: Vec<Slab> = Vec::with_capacity(count);
        for index in 0..count {
            let pad = if index == 0 { ROW_PAD } else { 0.0 };
            let mut slab =
                Slab { height: pad, keep: count <= WHOLE || index == 0 || index + 2 == count, ..Slab::default() };
            let mut tallest: f32 = 0.0;
            for (x, shape, lines) in &mut columns {
                if let (0, Some(Shape { mark, node })) = (index, &shape) {
                    slab.things.push(Thing { node: *node, ..Thing::new(*x - MARK, pad, What::Mark(*mark)) });
                }
                if let Some(line) = lines.next() {
                    tallest = tallest.max(line.height);
                    slab.things.push(Thing::new(*x, pad, What::Line(line)));
                }
            }
            slab.height += tallest;
            out.push(slab);
        }
        if let Some(last) = out.last_mut() {
            last.height += ROW_PAD;
            last.keep = false;
        }
        self.beat.tick();
        out
    }

    /// A shape says something where no words beside it do.
    fn shape(&mut self, mark: Coverage, cell: &Cell, node: NodeIx) -> Shape {
        let said = words(&cell.text).chars().any(char::is_alphabetic);
        Shape { mark, node: (!said).then(|| self.tree.add_figure(node, sentence(coverage(mark)))) }
    }
}

/// A shape before a cell's text.
struct Shape {
    mark: Coverage,
    node: Option<NodeIx>,
}

/// Columns with a share get it; the others divide what is left by what they hold, never narrower than their longest
/// word if that can be helped.
fn widths(table: &Table, columns: usize, width: f32, setter: &mut Setter) -> Vec<f32> {
    let gutters = GUTTER * (columns.saturating_sub(1)) as f32;
    let room = (width - gutters).max(columns as f32 * 8.0);
    let share = |index: usize| table.columns.get(index).and_then(|Column { share, .. }| *share);
    let mut out: Vec<f32> = (0..columns).map(|index| share(index).map_or(0.0, |share| share * room)).collect();
    let free: Vec<usize> = (0..columns).filter(|index| share(*index).is_none()).collect();
    if free.is_empty() {
        return out;
    }
    let left = (room - out.iter().sum::<f32>()).max(free.len() as f32 * 8.0);
    let mut wants = Vec::with_capacity(free.len());
    for index in &free {
        let (mut most, mut least): (f32, f32) = (16.0, 8.0);
        // A long table's first rows say enough about its columns.
        for (row, cells) in std::iter::once(&table.head).chain(table.rows.iter().take(60)).enumerate() {
            if let Some(cell) = cells.get(*index) {
                let (whole, word) = setter.measure(&cell.text, &look::cell(row == 0, Align::Left));
                let mark = if cell.mark.is_some() { MARK } else { 0.0 };
                most = most.max(whole + mark + 1.0);
                least = least.max(word + mark + 1.0);
            }
        }
        wants.push((most, least.min(left / free.len() as f32)));
    }
    setter.take_missing();
    let most: f32 = wants.iter().map(|(most, _)| most).sum();
    let least: f32 = wants.iter().map(|(_, least)| least).sum();
    // Long columns get more, but by the root of their length: a column of essays must not starve the rest.
    let weight = |(want, word): (f32, f32)| (want - word).max(1.0).sqrt();
    let weights: f32 = wants.iter().map(|want| weight(*want)).sum();
    for (index, (want, word)) in free.into_iter().zip(wants) {
        if let Some(width) = out.get_mut(index) {
            *width = if most <= left {
                want + (left - most) * want / most
            } else {
                word + (left - least).max(0.0) * weight((want, word)) / weights
            };
        }
    }
    out
}
