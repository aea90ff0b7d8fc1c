//! Tables: how wide the columns are, and rows as slabs. Rules stand above and below the head and at the end, nowhere else.

use super::flow::{Slab, Thing, What};
use super::look::{self, GUTTER, ROW_PAD};
use super::text::{Line, Setter};
use crate::document::{Align, Cell, Column, Table};

/// Rows of more lines than this may be split between pages; shorter ones stay whole.
const WHOLE: usize = 12;
/// Room for a shape before a cell's text.
const MARK: f32 = 14.0;

/// The rows of a table, the head's slabs first; `number` tells this table from others.
pub(super) fn slabs(table: &Table, x: f32, width: f32, number: u32, setter: &mut Setter) -> Vec<Slab> {
    let columns = table.rows.iter().map(Vec::len).chain([table.head.len(), table.columns.len()]).max().unwrap_or(0);
    if columns == 0 {
        return Vec::new();
    }
    let widths = widths(table, columns, width, setter);
    let mut out = Vec::new();
    let rule = |y: f32| Thing { x, y, what: What::Rule(width) };
    if !table.head.is_empty() {
        let mut head = row(&table.head, table, true, x, &widths, setter);
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
    for cells in &table.rows {
        let mut slabs = row(cells, table, false, x, &widths, setter);
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

fn row(cells: &[Cell], table: &Table, head: bool, x: f32, widths: &[f32], setter: &mut Setter) -> Vec<Slab> {
    let mut columns: Vec<(f32, Option<&Cell>, std::vec::IntoIter<Line>)> = Vec::with_capacity(widths.len());
    let mut left = x;
    for (index, width) in widths.iter().enumerate() {
        let cell = cells.get(index);
        let indent = if cell.is_some_and(|cell| cell.mark.is_some()) { MARK } else { 0.0 };
        let align = table.columns.get(index).map_or(Align::Left, |column| column.align);
        let text = cell.map_or(&[][..], |cell| &cell.text);
        let lines = setter.set(text, (width - indent).max(8.0), &look::cell(head, align));
        columns.push((left + indent, cell, lines.into_iter()));
        left += width + GUTTER;
    }
    let count = columns.iter().map(|(_, _, lines)| lines.len()).max().unwrap_or(1);
    let mut out: Vec<Slab> = Vec::with_capacity(count);
    for index in 0..count {
        let pad = if index == 0 { ROW_PAD } else { 0.0 };
        let mut slab =
            Slab { height: pad, keep: count <= WHOLE || index == 0 || index + 2 == count, ..Slab::default() };
        let mut tallest: f32 = 0.0;
        for (x, cell, lines) in &mut columns {
            if let (0, Some(mark)) = (index, cell.and_then(|cell| cell.mark)) {
                slab.things.push(Thing { x: *x - MARK, y: pad, what: What::Mark(mark) });
            }
            if let Some(line) = lines.next() {
                tallest = tallest.max(line.height);
                slab.things.push(Thing { x: *x, y: pad, what: What::Line(line) });
            }
        }
        slab.height += tallest;
        out.push(slab);
    }
    if let Some(last) = out.last_mut() {
        last.height += ROW_PAD;
        last.keep = false;
    }
    out
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
