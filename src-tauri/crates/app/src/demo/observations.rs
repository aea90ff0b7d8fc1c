//! Observed sessions: each stands beside a session that took place.

use chrono::{Datelike, NaiveDate};
use serde_json::Value;

use super::calendar::later;
use super::people::People;
use super::sessions::Held;
use super::texts::{About, ObservationText};
use super::writing::{Writing, put};

/// How many days lie between two observations once the texts begin again.
const AGAIN_DAYS: u64 = 170;

/// Writes them, in the order of the texts, and from the second text on again after the last.
pub(super) fn write(writing: &mut Writing<'_>, texts: &[ObservationText], people: &People, held: &[Held]) {
    let begin = writing.span.first_monday();
    let last_day = texts.last().map_or(0, |text| text.at_day);
    let again = texts.iter().skip(1).cycle();
    let again = (1..).zip(again).map(|(times, text)| (text, last_day + times * AGAIN_DAYS, true));
    for (text, day, again) in texts.iter().map(|text| (text, text.at_day, false)).chain(again) {
        let target = later(begin, day);
        if target > writing.span.last {
            break;
        }
        one(writing, text, people, target, again, held);
    }
}

fn one(
    writing: &mut Writing<'_>,
    text: &ObservationText,
    people: &People,
    target: NaiveDate,
    again: bool,
    held: &[Held],
) {
    let session = text.about.and_then(|about| {
        let near = held.iter().filter(|held| held.is(about) && (held.date - target).num_days().abs() <= 28);
        near.min_by_key(|held| ((held.date - target).num_days().abs(), held.id))
    });
    if text.about.is_some() && session.is_none() {
        return;
    }
    let date = session.map_or(target, |session| session.date);
    let title = if again { format!("{}, {}", text.title, date.year()) } else { text.title.clone() };
    let mut draft = writing.begin("observation", date, 16 * 60, &title, &text.body);
    put(&mut draft, "source", text.source.as_str());
    put(&mut draft, "observer", people.id(&text.observer));
    if matches!(text.source.as_str(), "audio" | "film") {
        put(&mut draft, "consent", true);
    }
    if let Some(session) = session {
        put(&mut draft, "session", session.id.to_string());
        put(&mut draft, "setting", if text.about == Some(About::Group) { "group" } else { "one-to-one" });
    }
    if let Some(minutes) = text.minutes.or(session.map(|session| session.minutes)) {
        put(&mut draft, "minutes", minutes);
    }
    put(&mut draft, "strengths", text.strengths.as_str());
    put(&mut draft, "development", text.development.as_str());
    let known = |rating: &&serde_json::Map<String, Value>| {
        let number = rating.get("competency").and_then(Value::as_str).unwrap_or_default();
        writing.lists(domain::kind::FrameworkList::Competencies, number)
    };
    let ratings: Vec<Value> = text.ratings.iter().filter(known).cloned().map(Value::Object).collect();
    put(&mut draft, "ratings", ratings);
    writing.claim(&mut draft, &text.claims);
    writing.keep(draft);
}
