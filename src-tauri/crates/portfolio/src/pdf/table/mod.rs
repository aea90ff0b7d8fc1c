//! Tables: rows as slabs. Rules stand above and below the head and at the end, nowhere else.

mod columns;

pub(super) use columns::Columns;

use super::beat::Beat;
use super::lines::{Line, Setter};
use super::look::{self, ROW_PAD};
use super::slab::{Slab, Thing, Tie, What, accompany, tag};
use super::tags::{NodeIx, Role, Tree};
use crate::document::{Align, Cell, Table, words};
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
    columns: &'a Columns,
    /// The role of its first cell, and of the others.
    roles: [Role; 2],
    node: NodeIx,
}

impl Writer<'_, '_> {
    /// The rows of a table, the head's slabs first; `number` tells this table from others.
    pub(super) fn slabs(&mut self, table: &Table, columns: &Columns, number: u32, parent: NodeIx) -> Vec<Slab> {
        let mut out = Vec::new();
        let rule = |y: f32| Thing::new(columns.x, y, What::Rule(columns.width));
        let node = self.tree.add(parent, Role::Table);
        if !table.head.is_empty() {
            let head = self.tree.add(node, Role::Head);
            let node = self.tree.add(head, Role::Row);
            let place = Row { columns, roles: [Role::ColumnHead; 2], node };
            let mut head = self.row(&table.head, table, true, &place);
            let count = head.len();
            for (index, slab) in head.iter_mut().enumerate() {
                slab.tie = Tie::Firm;
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
        let mut ends = Vec::with_capacity(table.rows.len());
        for cells in &table.rows {
            if self.beat.stopped() {
                break;
            }
            let node = self.tree.add(body, Role::Row);
            let place = Row { columns, roles: [first, Role::Cell], node };
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
            ends.push(out.len().saturating_sub(1));
        }
        accompany(&mut out, &ends);
        if let Some(last) = out.last_mut() {
            // A head alone is still a table.
            last.tie = Tie::Free;
            last.things.push(rule(last.height));
            // Space below: the next block's own space is meant for text above it.
            last.height += 7.0;
        }
        out
    }

    fn row(&mut self, cells: &[Cell], table: &Table, head: bool, place: &Row<'_>) -> Vec<Slab> {
        let spans = &place.columns.spans;
        let mut columns: Vec<(f32, Option<Shape>, std::vec::IntoIter<Line>)> = Vec::with_capacity(spans.len());
        for (index, (left, width)) in spans.iter().enumerate() {
            let cell = cells.get(index);
            let node = self.tree.add(place.node, place.roles[usize::from(index > 0)]);
            let shape = cell.and_then(|cell| Some(self.shape(cell.mark?, cell, node)));
            let indent = if shape.is_some() { MARK } else { 0.0 };
            let align = table.columns.get(index).map_or(Align::Left, |column| column.align);
            let text = cell.map_or(&[][..], |cell| &cell.text);
            let mut lines =
                self.setter.set(text, (width - indent).max(8.0), &look::cell(head, align), &mut || self.beat.goes_on());
            tag(&mut lines, node, self.tree);
            self.tree.speak(node, language::of_block(text));
            columns.push((left + indent, shape, lines.into_iter()));
        }
        let count = columns.iter().map(|(_, _, lines)| lines.len()).max().unwrap_or(1);
        let mut out: Vec<Slab> = Vec::with_capacity(count);
        for index in 0..count {
            let pad = if index == 0 { ROW_PAD } else { 0.0 };
            let mut slab = Slab {
                height: pad,
                tie: Tie::firm_if(count <= WHOLE || index == 0 || index + 2 == count),
                ..Slab::default()
            };
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
            last.tie = Tie::Free;
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
