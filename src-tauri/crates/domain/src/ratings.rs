//! How a coach rates themselves on a competency over time, beside what observers and supervisors said.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::framework::Framework;
use crate::record::Record;

/// One competency from both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Ratings {
    /// Its number.
    pub competency: String,
    /// Its name.
    pub title: String,
    /// The coach's own ratings, newest first.
    pub own: Vec<Rating>,
    /// What others said: observers' ratings and supervisors' decisions, newest first.
    pub others: Vec<Rating>,
}

/// What was said on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Rating {
    /// The day.
    pub date: NaiveDate,
    /// The level as the form names it (`developing`, `strong`), or a sign-off's decision (`agreed`, `not-yet`).
    pub level: String,
    /// Why, in Markdown; may be empty.
    pub reason: String,
    /// The record it is in.
    pub record: Uuid,
    /// Who said it, when it was not the coach.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<Uuid>,
}

/// Puts together what statements, observations and sign-offs until `today` say of each competency; those of which nothing
/// is said are left out.
#[must_use]
pub fn ratings(framework: &Framework, records: &[Record], today: NaiveDate) -> Vec<Ratings> {
    let said: Vec<(String, bool, Rating)> =
        records.iter().filter(|record| record.date <= today).flat_map(said_in).collect();
    let of = |number: &str, own: bool| {
        let mut found: Vec<Rating> =
            said.iter().filter(|(n, o, _)| n == number && *o == own).map(|(_, _, rating)| rating.clone()).collect();
        found.sort_by_key(|rating| std::cmp::Reverse((rating.date, rating.record)));
        found
    };
    let both = framework.competencies.iter().map(|competency| Ratings {
        competency: competency.number.clone(),
        title: competency.title.clone(),
        own: of(&competency.number, true),
        others: of(&competency.number, false),
    });
    both.filter(|ratings| !ratings.own.is_empty() || !ratings.others.is_empty()).collect()
}

/// The competency each part of a record speaks of, whether it is the coach who speaks, and what is said.
fn said_in(record: &Record) -> Vec<(String, bool, Rating)> {
    let rating = |level: &str, reason: &str, person: Option<Uuid>| Rating {
        date: record.date,
        level: level.to_owned(),
        reason: reason.to_owned(),
        record: record.id,
        person,
    };
    match record.kind.as_str() {
        "statement" if record.text("about") == Some("self-rating") => {
            let both = record.text("competency").zip(record.text("level"));
            both.map(|(number, level)| (number.to_owned(), true, rating(level, &record.body, None)))
                .into_iter()
                .collect()
        }
        "observation" => {
            let observer = record.reference("observer");
            let row = |row: &Value| {
                let text = |name: &str| row.get(name).and_then(Value::as_str);
                let rating = rating(text("level")?, text("comment").unwrap_or_default(), observer);
                Some((text("competency")?.to_owned(), false, rating))
            };
            record.fields.get("ratings").and_then(Value::as_array).into_iter().flatten().filter_map(row).collect()
        }
        "sign-off" => {
            let both = record.text("competency").zip(record.text("decision"));
            let comment = record.text("comment").unwrap_or_default();
            let decided = |(number, decision): (&str, &str)| {
                (number.to_owned(), false, rating(decision, comment, record.reference("person")))
            };
            both.map(decided).into_iter().collect()
        }
        _ => Vec::new(),
    }
}
