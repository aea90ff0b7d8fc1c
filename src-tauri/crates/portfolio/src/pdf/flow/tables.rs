//! Tables: side by side where there is room for every word, and otherwise row by row.

use super::{Flow, Place, Slab, Thing, Tie, What};
use crate::document::{Cell, Inline, Table, words};
use crate::pdf::look;
use crate::pdf::table::{Columns, Writer};
use domain::words::{coverage, sentence};

impl Flow<'_> {
    pub(super) fn table(&mut self, table: &Table, within: Place) {
        self.tables += 1;
        let Some(columns) = Columns::side_by_side(table, within.x, within.width, &mut self.setter) else {
            return self.rows(table, within);
        };
        let (setter, tree, beat) = (&mut self.setter, &mut self.tree, &mut self.beat);
        for slab in (Writer { setter, tree, beat }).slabs(table, &columns, self.tables, within.node) {
            self.push(slab);
        }
    }

    /// Each row as a list of what stands in its cells, by the heads of their columns.
    fn rows(&mut self, table: &Table, within: Place) {
        let name = |index: usize| table.head.get(index).map(|cell| words(&cell.text)).filter(|name| !name.is_empty());
        let fact = |(index, cell): (usize, &Cell)| {
            let said = match cell.mark {
                Some(mark) if cell.text.is_empty() => vec![Inline::plain(sentence(coverage(mark)))],
                _ => cell.text.clone(),
            };
            (name(index).unwrap_or_else(|| format!("Column {}", index + 1)), said)
        };
        // A head without rows says what it has to say all the same.
        let alone = [table.head.iter().map(|_| Cell::default()).collect()];
        let rows = if table.rows.is_empty() { &alone[..] } else { &table.rows };
        for cells in rows {
            let rule = Thing::new(within.x, 0.0, What::Rule(within.width));
            self.push(Slab { before: look::ROW_PAD * 2.0, tie: Tie::Firm, things: vec![rule], ..Slab::default() });
            let shown =
                |(_, cell): &(usize, &Cell)| table.rows.is_empty() || !cell.text.is_empty() || cell.mark.is_some();
            let facts: Vec<_> = cells.iter().enumerate().filter(shown).map(fact).collect();
            self.facts(&facts, within);
        }
        if let Some(last) = self.slabs.last_mut() {
            last.height += look::ROW_PAD;
            last.things.push(Thing::new(within.x, last.height, What::Rule(within.width)));
        }
    }
}
