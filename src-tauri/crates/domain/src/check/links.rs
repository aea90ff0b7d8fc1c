//! What a record points at: attachments, claims, where it came from, and the rules between its fields.

use serde_json::{Map, Value};

use super::scalars::{shown, unlike};
use super::{Checker, TEXT_MAX, TITLE_MAX};
use crate::condition::is_filled;
use crate::digest::Sha256Hex;
use crate::kind::{FieldType, Kind};
use crate::origin::Origin;
use crate::record::{Attachment, Claim};
use crate::words::either;

impl Checker<'_> {
    pub(super) fn attachments(&mut self, value: Option<&Value>) -> Vec<Attachment> {
        let items = match value {
            None | Some(Value::Null) => return Vec::new(),
            Some(Value::Array(items)) => items,
            Some(other) => {
                self.add("attachments", unlike(other, "give a list of attachments"));
                return Vec::new();
            }
        };
        let mut kept = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let place = format!("attachments[{index}]");
            match serde_json::from_value::<Attachment>(item.clone()) {
                Err(error) => {
                    self.add(&place, format!("An attachment needs name, media_type, sha256 and bytes: {error}"));
                }
                Ok(file) => {
                    if file.sha256.parse::<Sha256Hex>().is_err() {
                        self.add(&format!("{place}.sha256"), "A SHA-256 has 64 hexadecimal digits, in lower case.");
                    }
                    // A name with folders could be written outside the folder an export goes to.
                    if file.name.is_empty()
                        || file.name.contains(['/', '\\'])
                        || file.name.chars().any(char::is_control)
                        || file.name.starts_with("..")
                    {
                        self.add(
                            &format!("{place}.name"),
                            "Give the file's name alone, without folders or control characters.",
                        );
                    }
                    self.unknown(&place, &file.other);
                    kept.push(file);
                }
            }
        }
        kept
    }

    pub(super) fn origin(&mut self, value: Option<&Value>) -> Option<Origin> {
        let item = match value {
            None | Some(Value::Null) => return None,
            Some(Value::Object(item)) => item,
            Some(other) => {
                self.add("origin", unlike(other, "say where it came from, with name and id"));
                return None;
            }
        };
        let mut text = |field: &str, max| match item.get(field).filter(|value| is_filled(value)) {
            Some(value) => self.line(&format!("origin.{field}"), value, max),
            None => {
                self.add(&format!("origin.{field}"), "please write text.");
                None
            }
        };
        let (name, id) = (text("name", TITLE_MAX), text("id", TEXT_MAX));
        let mut other = item.clone();
        other.retain(|field, _| field != "name" && field != "id");
        self.unknown("origin", &other);
        Some(Origin { name: name?, id: id?, other })
    }

    pub(super) fn attachment_fields(&mut self, kind: &Kind, fields: &Map<String, Value>, attachments: &[Attachment]) {
        for field in kind.fields.iter().filter(|field| matches!(field.holds, FieldType::Attachment)) {
            let Some(Value::String(name)) = fields.get(&field.id) else { continue };
            if !attachments.iter().any(|file| file.name == *name) {
                self.add(&field.id, format!("{}: no file called \"{name}\" is attached", field.label));
            }
        }
    }

    pub(super) fn rules(&mut self, kind: &Kind, fields: &Map<String, Value>) {
        for rule in &kind.rules {
            let already = self.problems.iter().any(|problem| problem.field == rule.field);
            if !rule.is_kept(fields) && !already {
                self.add(&rule.field, rule.message.clone());
            }
        }
    }

    pub(super) fn claims(&mut self, value: Option<&Value>, kind: &Kind, fields: &Map<String, Value>) -> Vec<Claim> {
        let items = match value {
            None | Some(Value::Null) => return Vec::new(),
            Some(Value::Array(items)) => items,
            Some(other) => {
                self.add("claims", unlike(other, "give a list of claims"));
                return Vec::new();
            }
        };
        let offered = kind.offered(fields);
        let mut kept = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let place = format!("claims[{index}]");
            let Some(item) = item.as_object() else {
                self.add(&place, unlike(item, "give a claim such as {\"competency\": \"1.3\"}"));
                continue;
            };
            let number = item.get("competency").and_then(Value::as_str).unwrap_or_default().to_owned();
            if self.books.framework.competency(&number).is_none() {
                let named = item.get("competency").unwrap_or(&Value::Null);
                let asked = format!("name a competency of \"{}\", such as \"1.3\"", self.books.framework.title);
                self.add(&format!("{place}.competency"), unlike(named, &asked));
            }
            let counts_as = item.get("as").filter(|value| is_filled(value));
            let parsed = counts_as.and_then(|value| serde_json::from_value(value.clone()).ok());
            if offered.is_empty() {
                self.add(
                    &place,
                    format!("A {} is not evidence of a competency: remove the claim.", kind.title.to_lowercase()),
                );
            } else if let Some(value) = counts_as
                && !parsed.is_some_and(|kind| offered.contains(&kind))
            {
                let offered: Vec<String> = offered.iter().map(|kind| kind.id().to_owned()).collect();
                let message = format!("This record can count as {}, not as {}.", either(&offered), shown(value));
                self.add(&format!("{place}.as"), message);
            }
            let reason = match item.get("reason") {
                None | Some(Value::Null) => String::new(),
                Some(text) => self.markdown(&format!("{place}.reason"), text).unwrap_or_default(),
            };
            let mut other = item.clone();
            other.retain(|field, _| !["competency", "as", "reason"].contains(&field.as_str()));
            self.unknown(&place, &other);
            kept.push(Claim { competency: number, counts_as: parsed, reason, other });
        }
        kept
    }
}
