//! One line typed between two sessions, and the record it is understood as: "A 50 video", "group 7 90", "dna B yesterday",
//! "idea: …".
//!
//! What the line leaves open is remembered from the sessions before: the last with this client, else the last of the same
//! format. It is shown before it is kept, and what was remembered is told apart from what was typed. How long a session took
//! is never made up: hours count towards a tier.

mod habits;
mod read;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};

use crate::check::TITLE_MAX;
use crate::kind::{FieldType, Kind, Kinds};
use crate::record::Draft;
use crate::words::{counted, duration, long_date};

pub use habits::Habits;
use habits::Past;
use read::Line;

/// The most characters of an idea that are its title alone; of a longer one the first words are.
const IDEA_MAX: usize = 80;

/// A line, as it was understood.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Jotting {
    /// The record it becomes: a session, or a reflection that is still to be written.
    pub draft: Draft,
    /// What it says, in reading order.
    pub parts: Vec<Part>,
    /// What a session still needs before it can be kept, each as a sentence.
    pub missing: Vec<String>,
}

/// A piece of what was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Part {
    /// Such as "50 minutes".
    pub text: String,
    /// It was not typed: it is as it was the last time.
    pub remembered: bool,
}

impl Jotting {
    /// Whether it is an idea to write on, and no session to log.
    #[must_use]
    pub fn is_idea(&self) -> bool {
        self.draft.get("kind").and_then(Value::as_str) == Some("reflection")
    }

    /// Reads a line; nothing when it says nothing that makes a session or an idea.
    #[must_use]
    pub fn of(line: &str, habits: &Habits, kinds: &Kinds, today: NaiveDate) -> Option<Jotting> {
        match idea_in(line) {
            Some(idea) => idea_of(idea, kinds, today),
            None => session_of(&Line::read(line, habits, today), habits, kinds, today),
        }
    }
}

fn idea_in(line: &str) -> Option<&str> {
    let (word, rest) = line.split_once(':')?;
    matches!(word.trim().to_lowercase().as_str(), "idea" | "note" | "thought" | "reflection").then(|| rest.trim())
}

fn idea_of(idea: &str, kinds: &Kinds, today: NaiveDate) -> Option<Jotting> {
    let mut draft = kinds.newest_of("reflection")?.begin();
    draft.insert("date".into(), json!(today));
    let short = idea.chars().count() <= IDEA_MAX;
    let title = if short { idea.to_owned() } else { first_words(idea) };
    draft.insert("title".into(), json!(title));
    if !short {
        draft.insert("body".into(), json!(idea));
    }
    let missing = if idea.is_empty() { vec!["Go on: what is the idea?".to_owned()] } else { Vec::new() };
    let parts = ["A reflection to write on".to_owned(), title].into_iter().filter(|text| !text.is_empty());
    Some(Jotting { draft, parts: parts.map(typed).collect(), missing })
}

/// As many whole words as a title can show, and an ellipsis.
fn first_words(text: &str) -> String {
    let cut: String = text.chars().take(IDEA_MAX).collect();
    let whole = cut.rfind(char::is_whitespace).map_or(cut.as_str(), |end| &cut[..end]);
    format!("{}…", whole.trim_end_matches([' ', ',', '.', ';', ':']))
}

fn typed(text: String) -> Part {
    Part { text, remembered: false }
}

fn session_of(line: &Line, habits: &Habits, kinds: &Kinds, today: NaiveDate) -> Option<Jotting> {
    if line.client.is_none() && line.minutes.is_none() && !line.group && line.outcome.is_none() {
        return None;
    }
    let kind = kinds.newest_of("session")?;
    let label = |field: &str, id: &str| option_label(kind, field, id);
    let format = if line.group { "group" } else { "one-to-one" };
    let usual = habits.last(line.client.as_deref(), format);
    let date = line.date.unwrap_or(today);
    let mut session = Jotting { draft: kind.begin(), parts: Vec::new(), missing: Vec::new() };
    session.draft.insert("date".into(), json!(date));
    session.draft.insert("format".into(), json!(format));
    let who = session.put_who(line, habits);
    if let Some(outcome) = line.outcome {
        session.put("outcome", outcome, label("outcome", outcome), false);
    }
    // What was planned for a session that did not take place counts nowhere, so that it may be guessed.
    let guessed = line.outcome.map(|_| (50, "face-to-face"));
    match line.minutes.or(usual.map(|past| past.minutes)).or(guessed.map(|(minutes, _)| minutes)) {
        Some(minutes) => session.put("minutes", minutes, duration(minutes), line.minutes.is_none()),
        None => session.missing.push("How long did it take? Add the minutes, such as 50.".to_owned()),
    }
    match line.mode.or(usual.map(|past| past.mode.as_str())).or(guessed.map(|(_, mode)| mode)) {
        Some(mode) => session.put("mode", mode, label("mode", mode), line.mode.is_none()),
        None => session.missing.push("How did you meet? Add video, phone or face to face.".to_owned()),
    }
    session.put_places(line, usual, kind);
    for (is_marked, field, value, words) in [
        (line.supervised, "supervised", true, "under supervision"),
        (line.review, "review", true, "looked back at progress"),
        (line.outside_nhs, "nhs", false, "outside the NHS"),
    ] {
        if is_marked {
            session.put(field, value, words.to_owned(), false);
        }
    }
    session.parts.push(Part { text: day(date, today), remembered: line.date.is_none() });
    let about = (!line.rest.is_empty()).then(|| line.rest.join(" "));
    if let Some(about) = &about {
        session.parts.push(typed(format!("“{about}”")));
    }
    let title = about.map_or_else(|| named(&who, line, habits), |about| format!("{who}: {about}"));
    session.draft.insert("title".into(), json!(title.chars().take(TITLE_MAX).collect::<String>()));
    Some(session)
}

impl Jotting {
    /// Fills a field, and says so.
    fn put(&mut self, field: &str, value: impl Into<Value>, text: String, remembered: bool) {
        self.draft.insert(field.into(), value.into());
        self.parts.push(Part { text, remembered });
    }

    /// Who was seen, and what they are called.
    fn put_who(&mut self, line: &Line, habits: &Habits) -> String {
        let who = match (&line.client, line.group, line.participants) {
            (Some(client), false, _) => client.clone(),
            (_, true, Some(people)) => format!("Group of {people}"),
            (_, true, None) => "Group".to_owned(),
            (None, false, _) => "Session".to_owned(),
        };
        if let (Some(client), false) = (&line.client, line.group) {
            self.draft.insert("client".into(), json!(client));
            if let (None, Some(number)) = (line.outcome, habits.next_number(client)) {
                self.draft.insert("number".into(), json!(number));
            }
        }
        if let (true, Some(people)) = (line.group, line.participants) {
            self.draft.insert("participants".into(), json!(people));
        }
        self.parts.push(typed(who.clone()));
        who
    }

    /// Where it was; what was remembered is of sessions that took place alone.
    fn put_places(&mut self, line: &Line, usual: Option<&Past>, kind: &Kind) {
        let usual = usual.filter(|_| line.outcome.is_none());
        for (field, said) in [("setting", line.setting.as_ref()), ("practice", None)] {
            let before = usual.and_then(|past| past.places.get(field));
            if let (Some(place), true) = (said.or(before), kind.field(field).is_some()) {
                self.put(field, place.as_str(), place.clone(), said.is_none());
            }
        }
    }
}

/// What a session is called when the line says nothing of it.
fn named(who: &str, line: &Line, habits: &Habits) -> String {
    match (&line.client, line.outcome) {
        (Some(client), None) if !line.group => match habits.next_number(client) {
            Some(number) => format!("{client}, session {number}"),
            None => format!("Session with {client}"),
        },
        (_, None) if line.group => {
            let people = line.participants.map(|people| format!(" with {}", counted(people, "person", "people")));
            format!("Group session{}", people.unwrap_or_default())
        }
        (_, None) => "Session".to_owned(),
        (_, Some("cancelled")) => format!("{who}: cancelled"),
        (_, Some(_)) => format!("{who}: did not attend"),
    }
}

fn day(date: NaiveDate, today: NaiveDate) -> String {
    match (today - date).num_days() {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        _ => long_date(date),
    }
}

/// What the form calls an option of a field.
fn option_label(kind: &Kind, field: &str, id: &str) -> String {
    let label = match kind.field(field).map(|field| &field.holds) {
        Some(FieldType::Choice { options, .. }) => options.iter().find(|option| option.id == id),
        _ => None,
    };
    label.map_or_else(|| id.to_owned(), |option| option.label.to_lowercase())
}

#[cfg(test)]
mod tests;
