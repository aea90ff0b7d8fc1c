//! An invented coach's work over some months, to look around in: everything is made up, and nothing is left to chance.
//!
//! The words are in `assets/demo`; this module decides who was seen when and which of the words stand where. The same
//! seed, day and number of months give the same records, down to their ids.

mod calendar;
mod caseload;
mod certificate;
mod entries;
mod learning;
mod notes;
mod observations;
mod people;
mod reflections;
mod sessions;
mod supervisions;
#[cfg(test)]
mod tests;
mod texts;
mod writing;

use chrono::NaiveDate;
use domain::{Books, Draft};

use texts::Texts;
use writing::Writing;

/// What an invented coach has written.
pub(crate) struct Demo {
    /// The records, oldest first.
    pub(crate) drafts: Vec<Draft>,
    /// What is in the files that are attached to them.
    pub(crate) files: Vec<Vec<u8>>,
}

/// The records of the last `months` months (1 to 240), all before `today`, oldest first.
///
/// Claims, capabilities and models that the installed framework does not know are left out.
pub(crate) fn demo(books: Books<'_>, seed: u64, today: NaiveDate, months: u32) -> Demo {
    let texts = Texts::shipped();
    let mut writing = Writing::new(books, seed, today, months.clamp(1, 240));
    let people = people::write(&mut writing, &texts.people);
    let coach = texts.people.profile.get("name").and_then(serde_json::Value::as_str).unwrap_or_default();
    learning::write(&mut writing, &texts.learning, coach);
    let mut held = sessions::write(&mut writing, &texts.sessions);
    supervisions::write(&mut writing, &texts.supervisions, &people);
    observations::write(&mut writing, &texts.observations, &people, &held);
    reflections::write(&mut writing, &texts.reflections, &mut held);
    entries::write(&mut writing, &texts.entries, &people);
    entries::discuss(&mut writing);
    writing.into_demo()
}
