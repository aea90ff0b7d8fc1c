//! Records that the texts give whole: what people said, goals, statements, sign-offs. Their values may name other records
//! and days by words that begin with `@`.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::calendar::{at_work, moved};
use super::people::People;
use super::texts::EntryText;
use super::writing::{Writing, id_of, put};

/// Writes them in the order of the texts: an entry can name those before it.
pub(super) fn write(writing: &mut Writing<'_>, texts: &[EntryText], people: &People) {
    let mut written: HashMap<&str, (Uuid, NaiveDate)> = HashMap::new();
    for text in texts {
        let Some(date) = day(writing, text, &written) else { continue };
        let minute = text.minute.unwrap_or_else(|| writing.rng.u32(9 * 60..16 * 60));
        let mut draft = writing.begin(&text.kind, date, minute, &text.title, &text.body);
        let known: HashMap<&str, Uuid> = written.iter().map(|(key, (id, _))| (*key, *id)).collect();
        let names = Names { writing, people, known: &known, date };
        draft.extend(names.fields(&text.fields));
        writing.claim(&mut draft, &text.claims);
        if let Some(key) = &text.key {
            written.insert(key, (id_of(&draft), date));
        }
        writing.keep(draft);
    }
}

/// Counted from the first Monday, back from the last day, or the day of an earlier entry; nothing when it has not come.
fn day(writing: &Writing<'_>, text: &EntryText, written: &HashMap<&str, (Uuid, NaiveDate)>) -> Option<NaiveDate> {
    if let Some(beside) = &text.beside {
        return written.get(beside.as_str()).map(|(_, date)| *date);
    }
    if let Some(days) = text.at_day {
        return writing.span.at(days);
    }
    let day = writing.span.last.checked_sub_days(Days::new(text.before_end?))?;
    let at_work = writing.span.within(day).map(at_work)?;
    Some(writing.span.within(at_work).unwrap_or(day))
}

/// What the words in an entry's values stand for.
struct Names<'n, 'b> {
    writing: &'n Writing<'b>,
    people: &'n People,
    known: &'n HashMap<&'n str, Uuid>,
    /// The entry's day.
    date: NaiveDate,
}

impl Names<'_, '_> {
    /// The values with every name resolved; what names something that is not there is left out.
    fn fields(&self, values: &Map<String, Value>) -> Map<String, Value> {
        values.iter().filter_map(|(field, value)| Some((field.clone(), self.value(value)?))).collect()
    }

    fn value(&self, value: &Value) -> Option<Value> {
        match value {
            Value::String(text) => match text.strip_prefix('@') {
                Some(name) => self.name(name).map(Value::String),
                None => Some(value.clone()),
            },
            Value::Array(items) => Some(items.iter().filter_map(|item| self.value(item)).collect()),
            Value::Object(values) => Some(Value::Object(self.fields(values))),
            other => Some(other.clone()),
        }
    }

    fn name(&self, name: &str) -> Option<String> {
        let (sort, name) = name.split_once(':')?;
        match sort {
            "person" => Some(self.people.id(name)),
            "record" => self.known.get(name).map(Uuid::to_string),
            "until" => self.writing.titled(name).rfind(|(date, _)| *date <= self.date).map(|(_, id)| id),
            "since" => self.writing.titled(name).find(|(date, _)| *date >= self.date).map(|(_, id)| id),
            "day" => moved(self.date, name).map(|day| day.to_string()),
            "end" => self.writing.span.counted(name).map(|day| day.to_string()),
            _ => None,
        }
    }
}

/// Puts what was parked on the agenda of the next supervision of its kind, where there was one.
pub(super) fn discuss(writing: &mut Writing<'_>) {
    let text = |draft: &domain::Draft, key: &str| draft.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let drafts = writing.drafts();
    let mut meetings: Vec<(String, String, usize)> = Vec::new();
    for (at, draft) in drafts.iter().enumerate().filter(|(_, draft)| text(draft, "kind") == "supervision") {
        if text(draft, "format") == "individual" {
            meetings.push((text(draft, "type"), text(draft, "date"), at));
        }
    }
    meetings.sort();
    let mut taken: HashMap<usize, Vec<String>> = HashMap::new();
    for draft in drafts.iter() {
        let (of, date) = (text(draft, "for_supervision"), text(draft, "date"));
        let next = meetings.iter().find(|(supervision, day, _)| *supervision == of && *day >= date);
        if let Some((_, _, at)) = next {
            taken.entry(*at).or_default().push(text(draft, "id"));
        }
    }
    for (at, ids) in taken {
        put(&mut drafts[at], "discussed", ids);
    }
}
