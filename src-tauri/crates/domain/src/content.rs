//! What a record says, as one canonical text: what a sign-off, a version and an import hold it by.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Map, Value, json};

use crate::digest::Sha256Hex;
use crate::kind::{Field, Kinds};
use crate::record::Record;
use crate::signoff::About;

/// A part of what is said; texts, which may be long, are not copied.
enum Part<'a> {
    Text(&'a str),
    Value(&'a Value),
    Made(Value),
}

impl Record {
    /// What the record says, as one canonical text: its open form with the fields of every object in the order of their
    /// names, without the times at which it was saved. Two records that say the same give the same text, so that a sign-off
    /// can tell whether what was signed has changed since.
    #[must_use]
    pub fn content(&self) -> String {
        let mut parts: BTreeMap<&str, Part<'_>> = BTreeMap::from([
            ("id", Part::Made(json!(self.id))),
            ("kind", Part::Text(&self.kind)),
            ("date", Part::Made(json!(self.date))),
            ("title", Part::Text(&self.title)),
            ("body", Part::Text(&self.body)),
            ("tags", Part::Made(json!(self.tags))),
            ("claims", Part::Made(json!(self.claims))),
            ("attachments", Part::Made(json!(self.attachments))),
        ]);
        if self.kind_version != 1 {
            parts.insert("kind_version", Part::Made(json!(self.kind_version)));
        }
        if let Some(origin) = &self.origin {
            parts.insert("origin", Part::Made(json!(origin)));
        }
        parts.extend(self.fields.iter().map(|(field, value)| (field.as_str(), Part::Value(value))));
        parts.retain(|field, _| !["created", "modified"].contains(field));
        // Texts, numbers and lists of them always serialise.
        serde_json::to_string(&parts).unwrap_or_default()
    }

    /// SHA-256 of [`Record::content`].
    #[must_use]
    pub fn sha256(&self) -> Sha256Hex {
        Sha256Hex::of(self.content().as_bytes())
    }

    /// SHA-256 of what somebody signs who agrees to something: of what the record says without its bookkeeping, such as
    /// whether an action is done by now, and without what it is put forward for beside that (docs/framework.md, "a sign-off and
    /// later changes").
    #[must_use]
    pub fn substance(&self, about: &About, kinds: &Kinds) -> Sha256Hex {
        let mut signed = self.without_bookkeeping(kinds);
        signed.claims.retain(|claim| matches!(about, About::Competency(number) if claim.competency == *number));
        signed.sha256()
    }

    /// Whether it says what was signed. Sign-offs that were noted before bookkeeping, or other claims, were told apart hold
    /// these as well.
    #[must_use]
    pub fn still_says(&self, signed: &str, about: &About, kinds: &Kinds) -> bool {
        self.substance(about, kinds).as_str() == signed
            || self.sha256().as_str() == signed
            || self.without_bookkeeping(kinds).sha256().as_str() == signed
    }

    fn without_bookkeeping(&self, kinds: &Kinds) -> Record {
        let mut record = self.clone();
        if let Some(kind) = kinds.of(self) {
            leave_out(&mut record.fields, &kind.fields);
        }
        record
    }
}

/// Takes bookkeeping out of the values of these fields.
fn leave_out(values: &mut Map<String, Value>, fields: &[Field]) {
    for field in fields {
        let within = field.holds.fields();
        match values.get_mut(&field.id) {
            Some(_) if field.bookkeeping => drop(values.remove(&field.id)),
            Some(Value::Object(group)) => leave_out(group, within),
            Some(Value::Array(rows)) => {
                rows.iter_mut().filter_map(Value::as_object_mut).for_each(|row| leave_out(row, within));
            }
            _ => {}
        }
    }
}

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Part::Text(text) => serializer.serialize_str(text),
            Part::Value(value) => Sorted(value).serialize(serializer),
            Part::Made(value) => Sorted(value).serialize(serializer),
        }
    }
}

/// A value with the fields of its objects in the order of their names.
struct Sorted<'a>(&'a Value);

impl Serialize for Sorted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Object(object) => {
                let mut fields: Vec<(&String, &Value)> = object.iter().collect();
                fields.sort_unstable_by_key(|(name, _)| *name);
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, &Sorted(value))?;
                }
                map.end()
            }
            Value::Array(items) => serializer.collect_seq(items.iter().map(Sorted)),
            other => other.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Map;

    use super::*;

    /// The same by way of a tree that is sorted afterwards.
    fn by_tree(record: &Record) -> String {
        let mut said = record.to_draft();
        said.retain(|field, _| field != "created" && field != "modified");
        let mut said = Value::Object(said);
        said.sort_all_objects();
        said.to_string()
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            "\\PC{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 12, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                prop::collection::vec(("[a-z\u{e9}\"]{0,3}", inner), 0..3)
                    .prop_map(|fields| Value::from(fields.into_iter().collect::<Map<_, _>>())),
            ]
        })
    }

    fn fields() -> impl Strategy<Value = Map<String, Value>> {
        prop::collection::vec(("x[a-z]{1,3}|created|kind_version", value()), 0..4)
            .prop_map(|fields| fields.into_iter().collect())
    }

    proptest! {
        #[test]
        fn the_canonical_text_is_that_of_the_sorted_tree(
            (title, body, tags) in ("\\PC{0,9}", "[a-z\n\"\\\\\u{0}-\u{1f}\u{2028}]{0,9}", prop::collection::vec("[a-z ]{0,3}", 0..3)),
            (own, of_claim, of_file) in (fields(), fields(), fields()),
            (version, reason, from) in (1..3_u8, "[a-z]{0,3}", prop::option::of(fields())),
        ) {
            let claim = |competency: &str| {
                let mut claim = of_claim.clone();
                claim.extend([("competency".into(), json!(competency)), ("reason".into(), json!(reason))]);
                claim
            };
            let mut file = of_file.clone();
            file.extend(
                [("name", "a.txt"), ("media_type", "text/plain"), ("sha256", "0")].map(|(k, v)| (k.into(), json!(v))),
            );
            file.insert("bytes".into(), json!(5));
            let mut record: Record = serde_json::from_value(json!({
                "id": "018f3c1e-0000-7000-8000-000000000001", "kind": "reflection", "date": "2026-03-01", "title": title,
                "body": body, "tags": tags, "claims": [claim("1.3"), claim("1.10")], "attachments": [file],
                "created": "2026-03-01T09:00:00Z", "modified": "2026-03-02T09:00:00Z",
            })).unwrap();
            record.kind_version = version;
            record.fields = own;
            record.origin = from.map(|mut from| {
                from.extend([("name", "theirs"), ("id", "7")].map(|(k, v)| (k.into(), json!(v))));
                serde_json::from_value(Value::from(from)).unwrap()
            });
            prop_assert_eq!(record.content(), by_tree(&record));
        }
    }
}
