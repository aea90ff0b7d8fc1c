//! How wide the columns of a table are, and whether there is room for all of them side by side.

use super::MARK;
use crate::document::{Align, Cell, Column, Table};
use crate::language::is_rtl;
use crate::pdf::lines::Setter;
use crate::pdf::look::{self, GUTTER, LABELS, NARROW_GUTTER};

/// The columns of a table.
pub(in crate::pdf) struct Columns {
    /// Where the table begins, and how wide it is.
    pub(super) x: f32,
    pub(super) width: f32,
    /// Of each its left edge and its width.
    pub(super) spans: Vec<(f32, f32)>,
}

impl Columns {
    /// The columns side by side, within `width` from `x` on; nothing when a word would have to be broken for that.
    pub(in crate::pdf) fn side_by_side(table: &Table, x: f32, width: f32, setter: &mut Setter) -> Option<Self> {
        let count = table.rows.iter().map(Vec::len).chain([table.head.len(), table.columns.len()]).max().unwrap_or(0);
        let wants = Wants::of(table, count, (width - LABELS).max(0.0), setter);
        setter.take_missing();
        let widths =
            |gutter: f32| Some((gutter, wants.widths(table, width - gutter * count.saturating_sub(1) as f32)?));
        let (gutter, widths) = widths(GUTTER).or_else(|| widths(NARROW_GUTTER))?;
        let first = table.head.iter().chain(table.rows.iter().flatten()).map(|cell| cell.text.as_slice());
        let rtl = first.map(is_rtl).next().unwrap_or(false);
        let mut from = 0.0;
        let span = |wide| {
            let span = (if rtl { x + width - from - wide } else { x + from }, wide);
            from += wide + gutter;
            span
        };
        Some(Self { x, width, spans: widths.into_iter().map(span).collect() })
    }
}

/// How wide each column wants to be: all of it on one line, and its longest word.
struct Wants(Vec<(f32, f32)>);

impl Wants {
    /// A word that is longer than `longest` is broken wherever it stands, and so counts no more than that.
    fn of(table: &Table, count: usize, longest: f32, setter: &mut Setter) -> Self {
        let mut wants = vec![(16.0_f32, 8.0_f32); count];
        let head = std::iter::once((true, &table.head));
        for (head, cells) in head.chain(table.rows.iter().map(|row| (false, row))) {
            for (Cell { mark, text }, (most, least)) in cells.iter().zip(&mut wants) {
                let (whole, word) = setter.measure(text, &look::cell(head, Align::Left));
                let mark = if mark.is_some() { MARK } else { 0.0 };
                *most = most.max(whole + mark + 1.0);
                *least = least.max(word.min(longest) + mark + 1.0);
            }
        }
        Self(wants)
    }

    /// Columns with a share of the room get it; the others divide what is left by what they hold. None is narrower than
    /// its longest word.
    fn widths(&self, table: &Table, room: f32) -> Option<Vec<f32>> {
        if self.0.iter().map(|(_, least)| least).sum::<f32>() > room + 0.01 || room <= 0.0 {
            return None;
        }
        let share = |index: usize| table.columns.get(index).and_then(|Column { share, .. }| *share);
        let shared: f32 = (0..self.0.len()).filter_map(share).sum();
        let free = || self.0.iter().enumerate().filter(|(index, _)| share(*index).is_none()).map(|(_, want)| *want);
        let left = room * (1.0 - shared).max(0.0);
        let (most, least) = free().fold((0.0, 0.0), |(most, least), want| (most + want.0, least + want.1));
        // Long columns get more, but by the root of their length: a column of essays must not starve the rest.
        let weight = |(want, word): (f32, f32)| (want - word).max(1.0).sqrt();
        let weights: f32 = free().map(weight).sum();
        let width = |(index, want): (usize, &(f32, f32))| match share(index) {
            Some(share) => share * room,
            None if most <= left => want.0 + (left - most) * want.0 / most,
            None => want.1 + (left - least).max(0.0) * weight(*want) / weights,
        };
        let mut widths: Vec<f32> = self.0.iter().enumerate().map(width).collect();
        self.widen(&mut widths, room);
        Some(widths)
    }

    /// Widens the columns that are too narrow for their longest word at the cost of the others, which have enough together.
    fn widen(&self, widths: &mut [f32], room: f32) {
        let mut narrow = vec![false; widths.len()];
        loop {
            let least = |at: usize| self.0.get(at).map_or(0.0, |(_, least)| *least);
            let more: Vec<usize> = (0..widths.len()).filter(|at| !narrow[*at] && widths[*at] < least(*at)).collect();
            if more.is_empty() {
                break;
            }
            for at in more {
                (narrow[at], widths[at]) = (true, least(at));
            }
            let (kept, others) = widths.iter().zip(&narrow).fold((0.0, 0.0), |(kept, others), (width, narrow)| {
                if *narrow { (kept + width, others) } else { (kept, others + width) }
            });
            for (width, _) in widths.iter_mut().zip(&narrow).filter(|(_, narrow)| !**narrow) {
                *width *= (room - kept) / others;
            }
        }
    }
}
