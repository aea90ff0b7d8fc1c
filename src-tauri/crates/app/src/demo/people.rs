//! The coach's profile and the people around them.

use std::collections::HashMap;

use serde_json::{Map, Value};
use uuid::Uuid;

use super::calendar::{Span, tell_days};
use super::texts;
use super::writing::{Writing, id_of, put};

/// Ids by the keys the other texts use.
pub(super) struct People(HashMap<String, Uuid>);

impl People {
    /// The id of the person with this key.
    pub(super) fn id(&self, key: &str) -> String {
        self.0.get(key).copied().unwrap_or_default().to_string()
    }
}

/// Writes them all on the first day.
pub(super) fn write(writing: &mut Writing<'_>, texts: &texts::People) -> People {
    let start = writing.span.start;
    let mut profile = writing.begin("profile", start, 8 * 60 + 30, "My profile", "");
    profile.extend(with_days(writing.span, &texts.profile));
    put(&mut profile, "started", start.to_string());
    put(&mut profile, "review_months", 12);
    writing.keep(profile);
    let mut ids = HashMap::new();
    for (minute, person) in (9 * 60..).zip(&texts.people) {
        let mut draft = writing.begin("person", start, minute, &person.title, &person.body);
        draft.extend(with_days(writing.span, &person.fields));
        ids.insert(person.key.clone(), id_of(&draft));
        writing.keep(draft);
    }
    People(ids)
}

fn with_days(span: Span, fields: &Map<String, Value>) -> Map<String, Value> {
    let mut fields = fields.clone();
    fields.values_mut().for_each(|value| tell_days(span, value));
    fields
}
