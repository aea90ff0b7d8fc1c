//! Who comes when: clients with a theme, a way of meeting, and an end.

use chrono::NaiveDate;

use super::calendar::later;
use super::texts::Theme;
use super::writing::Writing;

/// After how many missed appointments no other is made.
const MISSED_MOST: u32 = 3;

/// A client, known by a pseudonym.
pub(super) struct Client<'t> {
    pub(super) name: String,
    pub(super) theme: &'t Theme,
    /// Which session is next.
    pub(super) number: u32,
    /// How many sessions there will be.
    pub(super) planned: u32,
    /// Which client this is, from 0.
    pub(super) index: usize,
    mode: &'static str,
    missed: u32,
    due: NaiveDate,
}

/// Everyone being seen.
pub(super) struct Caseload<'t> {
    themes: &'t [Theme],
    /// The themes not met yet in this round, so that one does not come three times running.
    ahead: Vec<&'t Theme>,
    clients: Vec<Client<'t>>,
    begun: usize,
}

impl<'t> Caseload<'t> {
    pub(super) fn new(themes: &'t [Theme]) -> Caseload<'t> {
        Caseload { themes, ahead: Vec::new(), clients: Vec::new(), begun: 0 }
    }

    /// Takes out those who come in a week, longest waiting first; new clients fill the places that are left.
    pub(super) fn coming(&mut self, writing: &mut Writing<'_>, monday: NaiveDate, places: usize) -> Vec<Client<'t>> {
        self.clients.sort_by(|a, b| a.due.cmp(&b.due).then_with(|| a.name.cmp(&b.name)));
        let due = self.clients.iter().take_while(|client| client.due <= later(monday, 3)).count().min(places);
        let mut coming: Vec<Client<'t>> = self.clients.drain(..due).collect();
        while coming.len() < places {
            let Some(client) = self.begin(writing, monday) else { break };
            coming.push(client);
        }
        coming
    }

    /// Makes the next appointment: a week or more away, sooner when this one was missed.
    pub(super) fn back(&mut self, writing: &mut Writing<'_>, client: Client<'t>, date: NaiveDate, attended: bool) {
        let mut client = client;
        let weeks = if attended { 1 + writing.rng.u64(0..3) } else { 1 };
        client.due = later(date, weeks * 7);
        client.number += u32::from(attended);
        client.missed += u32::from(!attended);
        if client.number <= client.planned && client.missed < MISSED_MOST {
            self.clients.push(client);
        }
    }

    fn begin(&mut self, writing: &mut Writing<'_>, monday: NaiveDate) -> Option<Client<'t>> {
        if self.ahead.is_empty() {
            self.ahead.extend(self.themes);
            writing.rng.shuffle(&mut self.ahead);
        }
        let theme = self.ahead.pop()?;
        let (name, index) = (format!("Client {}", letters(self.begun)), self.begun);
        self.begun += 1;
        let mode = ["face-to-face", "face-to-face", "telephone", "telephone", "video"][writing.rng.usize(0..5)];
        Some(Client { name, theme, number: 1, planned: writing.rng.u32(3..9), index, mode, missed: 0, due: monday })
    }
}

impl Client<'_> {
    /// How this session takes place: mostly as always, the first more often in the room.
    pub(super) fn mode(&self, writing: &mut Writing<'_>) -> &'static str {
        match writing.rng.u32(0..100) {
            0..12 => "telephone",
            12..18 => "video",
            18..40 if self.number == 1 => "face-to-face",
            _ => self.mode,
        }
    }

    /// Whether the coaching ends when this appointment is missed.
    pub(super) fn is_given_up(&self) -> bool {
        self.missed + 1 >= MISSED_MOST
    }

    /// Whether this is meant to be the last session.
    pub(super) fn is_last(&self) -> bool {
        self.number == self.planned
    }
}

/// A, B, … Z, AA, AB, … as in a spreadsheet.
pub(super) fn letters(index: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(index % 26).unwrap_or(0));
    if index < 26 { letter.to_string() } else { format!("{}{letter}", letters(index / 26 - 1)) }
}
