//! What is looked at: pictures, pages of other documents, charts.

use super::{Flow, Place, Slab, Thing, Tie, What};
use crate::document::{Chart, Figure, Shows};
use crate::pdf::tags::Role;
use crate::pdf::{chart, look};
use crate::pictures::fitted;

/// So many words are taken in at a glance.
const A_FEW: usize = 120;

/// The share of its height that a figure does without to stay on a page that has begun.
const YIELDS: f32 = 0.28;

impl Flow<'_> {
    pub(super) fn figure(&mut self, figure: &Figure, within: Place) {
        let start = self.slabs.len();
        let (setting, above) = look::caption();
        let node = self.tree.add_figure(within.node, figure.alt.clone());
        // Beside the figure and not within: what is within is not read where the words for it are.
        let caption = self.tree.add(within.node, Role::Caption);
        let lines = if figure.caption.is_empty() {
            Vec::new()
        } else {
            self.set(&figure.caption, within.width, &setting, caption)
        };
        // What has much to read is as large as a page lets it be; a certificate or a photograph says the same when smaller.
        let read = figure.shows.words().is_some_and(|words| words.split_whitespace().count() > A_FEW);
        let most = if read { look::FIGURE } else { look::PLATE };
        let (width, height) = fitted(figure.shows.size(), (within.width, most));
        let number = self.number_of(&figure.shows);
        let shown = Thing { node: Some(node), ..Thing::new(within.x, 0.0, What::Shown(number, width, height)) };
        // It shares its page with what is said below it and with the headings above, if need be a little smaller.
        let yields = height * YIELDS;
        self.push(Slab { height, before: look::ABOVE_FIGURE, yields, things: vec![shown], ..Slab::default() });
        for (index, line) in lines.into_iter().enumerate() {
            self.push(Slab {
                height: line.height,
                before: if index == 0 { above } else { 0.0 },
                things: vec![Thing::new(within.x, 0.0, What::Line(line))],
                ..Slab::default()
            });
        }
        self.keep_with_next(start);
        if let Some(last) = self.slabs.last_mut() {
            last.height += look::BELOW_FIGURE;
            last.tie = Tie::Free;
        }
    }

    fn number_of(&mut self, shows: &Shows) -> usize {
        let known = self.shown.iter().position(|known| known.is(shows));
        known.unwrap_or_else(|| {
            self.shown.push(shows.clone());
            self.shown.len() - 1
        })
    }

    pub(super) fn chart(&mut self, shown: &Chart, within: Place) {
        let node = self.tree.add_figure(within.node, shown.alt.clone());
        let mut plot = chart::plot(&shown.drawing, &mut self.setter);
        for (_, _, line) in &mut plot.words {
            for piece in &mut line.pieces {
                piece.node = node;
            }
        }
        let height = plot.height;
        let thing = Thing { node: Some(node), ..Thing::new(within.x, 0.0, What::Chart(Box::new(plot))) };
        // What it says stands below it.
        self.push(Slab { height, before: 8.0, tie: Tie::Firm, things: vec![thing], ..Slab::default() });
    }
}
