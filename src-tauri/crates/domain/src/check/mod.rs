//! Holds a draft against its kind: either a record, or every problem at once, each with its field.

pub mod claims;
mod fields;
pub mod findings;
mod links;
mod scalars;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::condition::is_filled;
use crate::framework::Framework;
use crate::kind::{Kind, Kinds};
use crate::record::{COMMON, Draft, Record};
use crate::words::either;

pub use fields::{parse, wants};
use scalars::unlike;

/// The longest title, in characters.
pub const TITLE_MAX: usize = 200;
/// The longest one-line text, in characters.
pub const TEXT_MAX: usize = 1_000;
/// The longest free text, in bytes: some two hundred times what a long entry takes.
pub const MARKDOWN_MAX: usize = 16 * 1024 * 1024;

/// What a draft is checked against.
#[derive(Debug, Clone, Copy)]
pub struct Books<'a> {
    /// The kinds that exist.
    pub kinds: &'a Kinds,
    /// The installed framework: claims name its competencies.
    pub framework: &'a Framework,
}

/// What the outside world adds to a new record.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    /// The day dates are judged by.
    pub today: NaiveDate,
    /// The moment of saving.
    pub now: DateTime<Utc>,
    /// The id for a draft that has none.
    pub id: Uuid,
}

/// One problem of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Problem {
    /// Which field, such as `minutes` or `ratings[1].level`.
    pub field: String,
    /// What is wrong and what was expected, in a sentence for a coach.
    pub message: String,
}

/// How deep lists and objects may lie in one another: far deeper than any form, and still readable everywhere.
pub const DEPTH_MAX: usize = 100;

struct Checker<'a> {
    books: Books<'a>,
    today: NaiveDate,
    problems: Vec<Problem>,
}

/// Checks a draft and makes it a record. Fields the kind does not know are kept as they are.
///
/// The rules are those of the open form (docs/records.md): durations are whole minutes from 1 on, dates lie between
/// 1990 and a year from today, a claim names a competency of the framework and an evidence kind the record offers, a
/// recording needs consent.
///
/// # Errors
/// Every problem, in the order of the form.
pub fn check(draft: &Draft, books: Books<'_>, stamp: Stamp) -> Result<Record, Vec<Problem>> {
    let mut checker = Checker { books, today: stamp.today, problems: Vec::new() };
    let Some(kind) = books.kinds.of_draft(draft) else {
        checker.no_kind(draft);
        return Err(checker.problems);
    };
    let record = checker.record(draft, kind, stamp);
    if checker.problems.is_empty() { Ok(record) } else { Err(checker.problems) }
}

/// What a draft would be as a record, with what of it fits, for what there is to say of it before it can be saved; nothing
/// where it is of no kind.
#[must_use]
pub fn as_it_stands(draft: &Draft, books: Books<'_>, stamp: Stamp) -> Option<Record> {
    let kind = books.kinds.of_draft(draft)?;
    Some(Checker { books, today: stamp.today, problems: Vec::new() }.record(draft, kind, stamp))
}

impl Checker<'_> {
    fn add(&mut self, field: &str, message: impl Into<String>) {
        self.problems.push(Problem { field: field.to_owned(), message: message.into() });
    }

    /// Says why there is no kind for a draft.
    fn no_kind(&mut self, draft: &Draft) {
        let named = draft.get("kind").and_then(Value::as_str);
        let Some(newest) = named.and_then(|id| self.books.kinds.newest_of(id)) else {
            let known: Vec<String> = self.books.kinds.newest().map(|kind| kind.id.clone()).collect();
            let asked = format!("choose {}", either(&known));
            return self.add("kind", unlike(draft.get("kind").unwrap_or(&Value::Null), &asked));
        };
        let title = newest.title.to_lowercase();
        let version = draft.get("kind_version");
        match version.and_then(Value::as_u64) {
            Some(version) if version > u64::from(newest.version) => self.add(
                "kind_version",
                format!(
                    "A newer Coachfolio wrote this {title} (version {version}; this one knows up to {}). Update Coachfolio, \
                     then open or import it again.",
                    newest.version
                ),
            ),
            _ => {
                let asked = format!("give a version of {title} from 1 to {}", newest.version);
                self.add("kind_version", unlike(version.unwrap_or(&Value::Null), &asked));
            }
        }
    }

    fn record(&mut self, draft: &Draft, kind: &Kind, stamp: Stamp) -> Record {
        for (key, value) in draft {
            self.keepable(key, value);
        }
        let id = match draft.get("id") {
            None | Some(Value::Null) => stamp.id,
            Some(value) => self.uuid("id", value).unwrap_or(stamp.id),
        };
        let date = match draft.get("date").filter(|value| is_filled(value)) {
            None => {
                self.add("date", "Say on which day it happened, as YYYY-MM-DD.");
                self.today
            }
            Some(value) => self.date("date", value, 1).unwrap_or(self.today),
        };
        let title = match draft.get("title").filter(|value| is_filled(value)) {
            None => {
                self.add("title", "Give it a title, so that it can be found again.");
                String::new()
            }
            Some(value) => self.line("title", value, TITLE_MAX).unwrap_or_default(),
        };
        let body = match draft.get("body") {
            None | Some(Value::Null) => String::new(),
            Some(value) => self.markdown("body", value).unwrap_or_default(),
        };
        let tags = self.tags(draft.get("tags"));
        let mut fields = self.fields(draft, &kind.fields, "");
        for (key, value) in draft {
            if !COMMON.contains(&key.as_str()) && kind.field(key).is_none() {
                self.no_nul(key, value);
                fields.insert(key.clone(), value.clone());
            }
        }
        let attachments = self.attachments(draft.get("attachments"));
        self.attachment_fields(kind, &fields, &attachments);
        self.rules(kind, &fields);
        let claims = self.claims(draft.get("claims"), kind, &fields);
        let origin = self.origin(draft.get("origin"));
        let created = self.moment("created", draft).unwrap_or(stamp.now);
        let modified = self.moment("modified", draft).unwrap_or(stamp.now);
        Record {
            id,
            kind: kind.id.clone(),
            kind_version: kind.version,
            date,
            title,
            body,
            tags,
            claims,
            attachments,
            origin,
            created,
            modified,
            fields,
        }
    }

    fn tags(&mut self, value: Option<&Value>) -> Vec<String> {
        match value {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(items)) => {
                let tag = |(index, item): (usize, &Value)| self.line(&format!("tags[{index}]"), item, TITLE_MAX);
                items.iter().enumerate().filter_map(tag).collect()
            }
            Some(other) => {
                self.add("tags", unlike(other, "give a list of words"));
                Vec::new()
            }
        }
    }
}
