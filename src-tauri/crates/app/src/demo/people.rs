//! The coach's profile and the people around them.

use std::collections::HashMap;

use serde_json::{Map, Value};
use uuid::Uuid;

use super::calendar::{Span, tell_days};
use super::desk::{Desk, id_of, put};
use super::texts;

/// Ids by the keys the other texts use.
pub(super) struct People(HashMap<String, Uuid>);

impl People {
    /// The id of the person with this key.
    pub(super) fn id(&self, key: &str) -> String {
        self.0.get(key).copied().unwrap_or_default().to_string()
    }
}

/// Writes them all on the first day.
pub(super) fn write(desk: &mut Desk<'_>, texts: &texts::People) -> People {
    let start = desk.span.start;
    let mut profile = desk.begin("profile", start, 8 * 60 + 30, "My profile", "");
    profile.extend(with_days(desk.span, &texts.profile));
    put(&mut profile, "started", start.to_string());
    put(&mut profile, "review_months", 12);
    desk.keep(profile);
    let mut ids = HashMap::new();
    for (minute, person) in (9 * 60..).zip(&texts.people) {
        let mut draft = desk.begin("person", start, minute, &person.title, &person.body);
        draft.extend(with_days(desk.span, &person.fields));
        ids.insert(person.key.clone(), id_of(&draft));
        desk.keep(draft);
    }
    People(ids)
}

fn with_days(span: Span, fields: &Map<String, Value>) -> Map<String, Value> {
    let mut fields = fields.clone();
    fields.values_mut().for_each(|value| tell_days(span, value));
    fields
}
