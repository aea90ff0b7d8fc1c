//! What the sessions before were like: what a line need not say again.

use std::collections::BTreeMap;

use crate::record::Record;

/// The newest sessions, as far as the next one may be like them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Habits {
    past: Vec<Past>,
}

/// A session that took place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Past {
    client: Option<String>,
    number: Option<u32>,
    format: String,
    pub(super) minutes: u32,
    pub(super) mode: String,
    /// Where: by field, such as `setting`.
    pub(super) places: BTreeMap<String, String>,
}

impl Habits {
    /// Out of the newest records, newest first; those that are no attended session are passed over.
    #[must_use]
    pub fn of<'r>(newest: impl IntoIterator<Item = &'r Record>) -> Habits {
        let past = |record: &Record| {
            let attended = record.text("outcome").unwrap_or("attended") == "attended";
            let place = |field: &str| Some((field.to_owned(), record.text(field)?.to_owned()));
            (record.kind == "session" && attended).then_some(())?;
            Some(Past {
                client: record.text("client").map(str::to_owned),
                number: record.whole("number"),
                format: record.text("format")?.to_owned(),
                minutes: record.whole("minutes")?,
                mode: record.text("mode")?.to_owned(),
                places: ["setting", "practice"].into_iter().filter_map(place).collect(),
            })
        };
        Habits { past: newest.into_iter().filter_map(past).collect() }
    }

    /// The session that the next one is most like: the last with this client, else the last of this format.
    pub(super) fn last(&self, client: Option<&str>, format: &str) -> Option<&Past> {
        let with = |past: &&Past| client.is_some() && past.client.as_deref() == client && past.format == format;
        let of_format = |past: &&Past| past.format == format;
        self.past.iter().find(with).or_else(|| self.past.iter().find(of_format))
    }

    /// The client who is meant: "a" is "Client A" when there is one, and any pseudonym can be named by its last word.
    pub(super) fn client(&self, said: &str) -> Option<&str> {
        let said = said.to_lowercase();
        let named = |name: &&str| {
            let name = name.to_lowercase();
            name == said || name.rsplit(' ').next() == Some(said.as_str())
        };
        self.past.iter().filter_map(|past| past.client.as_deref()).find(named)
    }

    /// Which session with this client the next one is, where the last one with them says which it was.
    pub(super) fn next_number(&self, client: &str) -> Option<u32> {
        let last = self.past.iter().find(|past| past.client.as_deref() == Some(client))?;
        last.number?.checked_add(1)
    }
}
