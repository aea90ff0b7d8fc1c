//! One walk over what a record says: every value of its kind's fields, and every text in it, each with its place.

use std::fmt;
use std::rc::Rc;
use std::slice;

use serde_json::{Map, Value};

use crate::condition::is_filled;
use crate::kind::{Field, FieldType, Kind, Kinds, own_name};
use crate::record::Record;

/// Where a value stands among a record's own, such as `minutes` or `actions[0].text`.
#[derive(Debug, Clone)]
pub struct Place<'k> {
    /// The group or list it stands in.
    pub within: Option<Rc<Place<'k>>>,
    /// The row of that list, from 0.
    pub row: Option<usize>,
    /// The field that holds it.
    pub field: &'k Field,
}

impl Place<'_> {
    /// Whether it stands in a row of a list, however deep.
    #[must_use]
    pub fn is_in_row(&self) -> bool {
        self.row.is_some() || self.within.as_ref().is_some_and(|within| within.is_in_row())
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(within) = &self.within {
            write!(f, "{within}")?;
            if let Some(row) = self.row {
                write!(f, "[{row}]")?;
            }
            f.write_str(".")?;
        }
        f.write_str(&self.field.id)
    }
}

/// The values of some fields that say something, in the order of the form, each with its place and its field: a group
/// and a list come before what is in them. See [`Kind::values`].
pub struct Values<'k> {
    levels: Vec<Level<'k>>,
    admits: fn(&Field, &Map<String, Value>) -> bool,
    is_deep: bool,
}

/// The fields of a record, a group or a row that are still to come.
struct Level<'k> {
    fields: slice::Iter<'k, Field>,
    values: &'k Map<String, Value>,
    within: Option<Rc<Place<'k>>>,
    row: Option<usize>,
}

impl<'k> Values<'k> {
    /// The values of these fields: a kind's, a group's or those of a row.
    #[must_use]
    pub fn of(fields: &'k [Field], values: &'k Map<String, Value>) -> Values<'k> {
        let level = Level { fields: fields.iter(), values, within: None, row: None };
        Values { levels: vec![level], admits: |_, _| true, is_deep: true }
    }

    /// Without fields that the app keeps for itself, and what is in them.
    #[must_use]
    pub fn visible(self) -> Values<'k> {
        Values { admits: |field, _| !field.hidden, ..self }
    }

    /// Only what the form would show with these values.
    #[must_use]
    pub fn shown(self) -> Values<'k> {
        let admits = |field: &Field, values: &Map<String, Value>| {
            !field.hidden && field.when.as_ref().is_none_or(|when| when.holds(values))
        };
        Values { admits, ..self }
    }

    /// Without what is in groups and lists.
    #[must_use]
    pub fn shallow(self) -> Values<'k> {
        Values { is_deep: false, ..self }
    }

    /// Goes on with what is in a value, if it is a group or a list.
    fn enter(&mut self, place: &Place<'k>, field: &'k Field, value: &'k Value) {
        let fields = field.holds.fields();
        if fields.is_empty() || !self.is_deep {
            return;
        }
        let within = Rc::new(place.clone());
        let level = |values: &'k Value, row: Option<usize>| {
            let within = Some(Rc::clone(&within));
            values.as_object().map(|values| Level { fields: fields.iter(), values, within, row })
        };
        match value {
            // The first row is taken from the end.
            Value::Array(rows) => {
                let rows = rows.iter().enumerate().rev();
                self.levels.extend(rows.filter_map(|(row, values)| level(values, Some(row))));
            }
            group => self.levels.extend(level(group, None)),
        }
    }
}

impl<'k> Iterator for Values<'k> {
    type Item = (Place<'k>, &'k Field, &'k Value);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let level = self.levels.last_mut()?;
            let Some(field) = level.fields.next() else {
                self.levels.pop();
                continue;
            };
            let Some(value) = level.values.get(&field.id).filter(|value| is_filled(value)) else { continue };
            if !(self.admits)(field, level.values) {
                continue;
            }
            let place = Place { within: level.within.clone(), row: level.row, field };
            self.enter(&place, field, value);
            return Some((place, field, value));
        }
    }
}

impl Kind {
    /// What a record with these values says in the kind's own fields.
    #[must_use]
    pub fn values<'k>(&'k self, values: &'k Map<String, Value>) -> Values<'k> {
        Values::of(&self.fields, values)
    }
}

/// Where a text stands in a record.
#[derive(Debug, Clone)]
pub enum TextPlace<'k> {
    /// The title.
    Title,
    /// The free text.
    Body,
    /// One of the tags, from 0.
    Tag(usize),
    /// The reason of a claim, from 0.
    Reason(usize),
    /// The name of an attached file, from 0.
    FileName(usize),
    /// A field of its kind.
    Field(Place<'k>),
    /// An answer in such a field, from 0.
    Answer(Place<'k>, usize),
}

impl fmt::Display for TextPlace<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TextPlace::Title => f.write_str("title"),
            TextPlace::Body => f.write_str("body"),
            TextPlace::Tag(tag) => write!(f, "tags[{tag}]"),
            TextPlace::Reason(claim) => write!(f, "claims[{claim}].reason"),
            TextPlace::FileName(file) => write!(f, "attachments[{file}].name"),
            TextPlace::Field(place) => write!(f, "{place}"),
            TextPlace::Answer(place, answer) => write!(f, "{place}[{answer}].text"),
        }
    }
}

impl Kinds {
    /// Every text in a record that a person wrote and may read, without ids and choices. Of a kind that nobody knows these
    /// are the texts that all records have.
    pub fn texts<'k>(&'k self, record: &'k Record) -> impl Iterator<Item = (TextPlace<'k>, &'k str)> {
        let title = [(TextPlace::Title, record.title.as_str()), (TextPlace::Body, record.body.as_str())];
        let own = self.of(record).into_iter().flat_map(|kind| kind.values(&record.fields).visible());
        let tags = record.tags.iter().enumerate().map(|(at, tag)| (TextPlace::Tag(at), tag.as_str()));
        let reasons = record.claims.iter().enumerate();
        let reasons = reasons.map(|(at, claim)| (TextPlace::Reason(at), claim.reason.as_str()));
        let files = record.attachments.iter().enumerate();
        let files = files.map(|(at, file)| (TextPlace::FileName(at), file.name.as_str()));
        let all = title.into_iter().chain(own.flat_map(texts_of)).chain(tags).chain(reasons).chain(files);
        all.filter(|(_, text)| !text.is_empty())
    }
}

/// The texts that one value holds.
fn texts_of<'k>(
    (place, field, value): (Place<'k>, &'k Field, &'k Value),
) -> impl Iterator<Item = (TextPlace<'k>, &'k str)> {
    let (text, answers): (Option<&str>, &[Value]) = match &field.holds {
        FieldType::Text | FieldType::Markdown => (value.as_str(), &[]),
        FieldType::Choice { own: true, .. } => (value.as_str().and_then(own_name), &[]),
        FieldType::Answers { .. } => (None, value.as_array().map_or(&[], Vec::as_slice)),
        FieldType::Whole { .. }
        | FieldType::Minutes { .. }
        | FieldType::Number { .. }
        | FieldType::YesNo
        | FieldType::Date { .. }
        | FieldType::Choice { own: false, .. }
        | FieldType::Framework { .. }
        | FieldType::Record { .. }
        // The name of the file stands with the file.
        | FieldType::Attachment
        // What is in these comes by itself.
        | FieldType::Group { .. }
        | FieldType::List { .. } => (None, &[]),
    };
    let answer = answers.iter().enumerate().filter_map(|(at, answer)| Some((at, answer.get("text")?.as_str()?)));
    let answers: Vec<_> = answer.map(|(at, text)| (TextPlace::Answer(place.clone(), at), text)).collect();
    text.map(|text| (TextPlace::Field(place), text)).into_iter().chain(answers)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn kind(fields: &Value) -> Kind {
        let kind = json!({
            "id": "walked", "version": 1, "title": "", "plural": "", "summary": "", "empty": "", "title_example": "",
            "offers": [], "fields": fields,
        });
        serde_json::from_value(kind).unwrap()
    }

    fn walked() -> Kind {
        kind(&json!([
            { "id": "minutes", "label": "", "type": "minutes" },
            { "id": "secret", "label": "", "hidden": true, "type": "list", "row": "", "fields": [
                { "id": "of", "label": "", "type": "record" },
            ] },
            { "id": "asked", "label": "", "when": { "field": "minutes", "filled": true }, "type": "group", "fields": [
                { "id": "question", "label": "", "type": "markdown" },
                { "id": "people", "label": "", "type": "list", "row": "", "fields": [
                    { "id": "who", "label": "", "type": "record" },
                    { "id": "said", "label": "", "type": "text" },
                ] },
            ] },
            { "id": "model", "label": "", "type": "choice", "own": true, "options": [{ "id": "free", "label": "" }] },
            { "id": "answers", "label": "", "type": "answers", "model": "model" },
        ]))
    }

    const WHO: &str = "018f3c1e-0000-7000-8000-000000000002";

    fn values() -> Map<String, Value> {
        let said = json!({
            "answers": [{ "prompt": "First", "text": "One" }, { "prompt": "Then", "text": "Two" }],
            "model": "own:Three words", "minutes": 50, "secret": [{ "of": WHO }], "unknown": "nobody knows",
            "asked": {
                "question": "What now?", "unknown": "either",
                "people": [{ "who": WHO, "said": "Wait" }, {}, "no row", { "said": " ", "who": WHO }],
            },
        });
        said.as_object().unwrap().clone()
    }

    fn places<'k>(values: Values<'k>) -> Vec<String> {
        values.map(|(place, ..)| place.to_string()).collect()
    }

    #[test]
    fn every_value_comes_once_in_the_order_of_the_form() {
        let (kind, values) = (walked(), values());
        let inside = ["asked.question", "asked.people", "asked.people[0].who", "asked.people[0].said"];
        let mut all = vec!["minutes", "secret", "secret[0].of", "asked"];
        all.extend(inside);
        all.extend(["asked.people[3].who", "model", "answers"]);
        assert_eq!(places(kind.values(&values)), all);
        all.retain(|place| !place.starts_with("secret"));
        assert_eq!(places(kind.values(&values).visible()), all);
        assert_eq!(places(kind.values(&values).shown()), all);
        assert_eq!(places(kind.values(&values).visible().shallow()), ["minutes", "asked", "model", "answers"]);
        let in_rows = kind.values(&values).filter(|(place, ..)| place.is_in_row()).count();
        assert_eq!(in_rows, 4);
        for (place, field, value) in kind.values(&values) {
            assert_eq!(place.field, field);
            let pointer = format!("/{}", place.to_string().replace(['.', '['], "/").replace(']', ""));
            assert_eq!(Value::Object(values.clone()).pointer(&pointer), Some(value), "{place}");
        }
    }

    #[test]
    fn what_the_form_would_not_show_is_there_all_the_same() {
        let (kind, mut values) = (walked(), values());
        values.remove("minutes");
        assert!(places(kind.values(&values).visible()).contains(&"asked.question".to_owned()));
        assert_eq!(places(kind.values(&values).shown()), ["model", "answers"], "nor what is in it");
    }

    #[test]
    fn what_says_nothing_does_not_come() {
        let kind = walked();
        for nothing in [json!(null), json!(""), json!(" \n"), json!([]), json!({}), json!({ "question": "" })] {
            let values = Map::from_iter([("asked".to_owned(), nothing.clone()), ("model".to_owned(), nothing.clone())]);
            assert_eq!(places(kind.values(&values)), [""; 0], "{nothing}");
        }
        // What does not fit is walked over and entered where it can be.
        let odd = Map::from_iter([("asked".to_owned(), json!("text")), ("minutes".to_owned(), json!([7]))]);
        assert_eq!(places(kind.values(&odd)), ["minutes", "asked"]);
    }

    #[test]
    fn texts_are_those_a_person_wrote() {
        let kinds = Kinds::default().with(walked());
        let mut record = json!({
            "id": WHO, "kind": "walked", "date": "2026-03-20", "title": "A title", "body": "A body", "tags": ["a tag"],
            "claims": [{ "competency": "1.3" }, { "competency": "1.4", "reason": "because" }],
            "attachments": [{ "name": "a.pdf", "media_type": "x", "sha256": "y", "bytes": 1 }],
            "created": "2026-03-20T10:00:00Z", "modified": "2026-03-20T10:00:00Z",
        });
        record.as_object_mut().unwrap().extend(values());
        let record: Record = serde_json::from_value(record).unwrap();
        let found: Vec<(String, &str)> = kinds.texts(&record).map(|(place, text)| (place.to_string(), text)).collect();
        let expected = [
            ("title", "A title"),
            ("body", "A body"),
            ("asked.question", "What now?"),
            ("asked.people[0].said", "Wait"),
            ("model", "Three words"),
            ("answers[0].text", "One"),
            ("answers[1].text", "Two"),
            ("tags[0]", "a tag"),
            ("claims[1].reason", "because"),
            ("attachments[0].name", "a.pdf"),
        ];
        assert_eq!(found, expected.map(|(place, text)| (place.to_owned(), text)));
        let unknown = Record { kind: "of-a-later-version".to_owned(), ..record };
        assert_eq!(kinds.texts(&unknown).count(), 5, "title, body, tag, reason, file");
    }
}
