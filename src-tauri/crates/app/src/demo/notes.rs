//! Session notes, put together so that no long one is read twice within eighteen months.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::caseload::Client;
use super::texts::SessionTexts;
use super::writing::Writing;

const REST_DAYS: i64 = 550;

/// The notes written so far.
pub(super) struct Notes<'t> {
    texts: &'t SessionTexts,
    used: HashMap<String, NaiveDate>,
    /// How often each list was drawn from, by its first text.
    turns: HashMap<&'t str, usize>,
}

impl<'t> Notes<'t> {
    pub(super) fn new(texts: &'t SessionTexts) -> Notes<'t> {
        Notes { texts, used: HashMap::new(), turns: HashMap::new() }
    }

    /// A note on a session that took place; about one in five has none.
    pub(super) fn on(&mut self, writing: &mut Writing<'_>, client: &Client<'t>, date: NaiveDate) -> String {
        match writing.rng.u32(0..100) {
            0..18 => String::new(),
            18..22 => self.fresh(date, |notes| notes.next(&notes.texts.sparse)),
            _ => self.fresh(date, |notes| notes.written(writing, client)),
        }
    }

    /// A line on a session that did not; the same few words will do.
    pub(super) fn on_missed(&self, writing: &mut Writing<'_>) -> String {
        writing.one_of(&self.texts.missed).cloned().unwrap_or_default()
    }

    /// The text, unless it was read lately.
    pub(super) fn once(&mut self, text: &str, date: NaiveDate) -> Option<String> {
        if self.used.get(text).is_some_and(|used| (date - *used).num_days() <= REST_DAYS) {
            return None;
        }
        self.used.insert(text.to_owned(), date);
        Some(text.to_owned())
    }

    /// The first of a few tries that was not read lately.
    fn fresh(&mut self, date: NaiveDate, mut write: impl FnMut(&mut Self) -> String) -> String {
        let mut tries = 0..6;
        tries
            .find_map(|_| {
                let text = write(self);
                self.once(&text, date)
            })
            .unwrap_or_default()
    }

    fn written(&mut self, writing: &mut Writing<'_>, client: &Client<'t>) -> String {
        let (texts, theme) = (self.texts, client.theme);
        let note = match client.number {
            1 => self.next(&theme.first),
            _ if client.is_last() => theme.last.clone(),
            _ => self.next(&theme.notes),
        };
        match writing.rng.u32(0..10) {
            0..2 => note,
            _ if client.is_last() => format!("{note} {}", self.next(&texts.closing)),
            2..7 => format!("{note} {}", self.next(&texts.agreed)),
            7..9 => format!("{note}\n\n*{}*", self.next(&texts.agreed)),
            _ => format!("- {note}\n- {}\n- {}", self.next(&texts.agreed), self.next(&texts.agreed)),
        }
    }

    /// The texts of a list in turn: the same words come as far apart as they can.
    fn next(&mut self, from: &'t [String]) -> String {
        let turn = self.turns.entry(from.first().map_or("", String::as_str)).or_default();
        *turn += 1;
        from.get((*turn - 1) % from.len().max(1)).cloned().unwrap_or_default()
    }
}
