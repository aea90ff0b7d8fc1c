//! What is taken out of a file, whatever its format: drafts, each with its place, which are then checked like any other.

use std::collections::HashMap;
use std::fmt;

use domain::digest::Sha256Hex;
use domain::{Books, Draft, Origin, Problem, Record, Stamp};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

/// After so many problems a file is read no further.
const PROBLEMS_MOST: usize = 1_000;

/// What a file holds. Its drafts are read one by one as they are asked for, so that there are never all of them beside
/// the records they become.
pub struct Taken<'a> {
    /// What may become records, in the order of the file, and what does not read at all.
    pub drafts: Box<dyn Iterator<Item = Result<TakenDraft, FileProblem>> + 'a>,
    /// About how many there are, and no fewer; for telling how much is done.
    pub about: usize,
    /// Contents that came inside the file; drafts name them by their SHA-256.
    pub attached: Vec<Vec<u8>>,
    /// What was passed over, or not taken as it stood: a sentence each.
    pub notes: Vec<String>,
}

/// One draft of a file.
#[derive(Debug)]
pub struct TakenDraft {
    /// What may become a record.
    pub draft: Draft,
    /// The line it begins on, from 1.
    pub line: usize,
    /// Whether it is known by what it says alone, so that it can never come again and say something else.
    pub by_content: bool,
}

/// One problem of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileProblem {
    /// From 1.
    pub line: usize,
    /// Which field, such as `claims[0].competency`; `line` where no field can be named.
    pub field: String,
    /// What is wrong and what was expected.
    pub message: String,
}

impl fmt::Display for FileProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, {}: {}", self.line, self.field, self.message)
    }
}

/// A record of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// The record, checked.
    pub record: Record,
    /// The line it stood on, from 1.
    pub line: usize,
    /// Whether the file itself said when it was created.
    pub has_created: bool,
    /// Whether the file itself said when it was last changed.
    pub has_modified: bool,
    /// Whether it is known by what it says alone.
    pub by_content: bool,
}

/// Gives each draft of a file that has neither an id of ours nor an origin one by what it says. Two that say the same are
/// two: the second is known as the second.
pub(crate) struct ByContent {
    /// The name of the format.
    name: &'static str,
    said: HashMap<Sha256Hex, usize>,
}

impl ByContent {
    /// Before the first draft.
    pub(crate) fn begin(name: &'static str) -> ByContent {
        ByContent { name, said: HashMap::new() }
    }

    /// Sees to the next draft.
    ///
    /// The times of saving are no part of what is said, as in [`Record::content`].
    pub(crate) fn know(&mut self, taken: &mut TakenDraft) {
        let says = |field| taken.draft.get(field).is_some_and(|value: &Value| !value.is_null());
        if says("id") || says("origin") {
            return;
        }
        let mut content = taken.draft.clone();
        content.retain(|field, _| !["id", "origin", "created", "modified"].contains(&field.as_str()));
        let mut content = Value::Object(content);
        content.sort_all_objects();
        let digest = Sha256Hex::of(content.to_string().as_bytes());
        let times = self.said.entry(digest.clone()).or_default();
        *times += 1;
        let origin = Origin { name: self.name.to_owned(), id: format!("{digest}:{times}"), ..Origin::default() };
        taken.draft.insert("origin".to_owned(), serde_json::json!(origin));
        taken.by_content = true;
    }
}

impl Taken<'_> {
    /// Makes records of the drafts. One that has no id gets the one its origin stands for. What says again, word for
    /// word, what an earlier one with its id said is passed over; what says something else under a known id is a problem.
    ///
    /// # Errors
    /// Every problem of every draft, in the order of the file, up to a thousand: a file is taken whole or not at all.
    pub fn checked(self, books: Books<'_>, mut stamp: impl FnMut() -> Stamp) -> Result<Vec<Read>, Vec<FileProblem>> {
        let mut problems = Vec::new();
        let mut records: Vec<Read> = Vec::new();
        let mut by_id: HashMap<Uuid, usize> = HashMap::new();
        for taken in self.drafts {
            if problems.len() >= PROBLEMS_MOST {
                break;
            }
            let TakenDraft { draft, line, by_content } = match taken {
                Ok(taken) => taken,
                Err(problem) => {
                    problems.push(problem);
                    continue;
                }
            };
            let stamp = stamp();
            let origin = draft.get("origin").and_then(|value| serde_json::from_value::<Origin>(value.clone()).ok());
            let id = origin.map_or(stamp.id, |origin| origin.record_id());
            let record = match domain::check(&draft, books, Stamp { id, ..stamp }) {
                Ok(record) => record,
                Err(found) => {
                    problems.extend(found.into_iter().map(|problem| on_line(line, problem)));
                    continue;
                }
            };
            let says = |field| draft.get(field).is_some_and(|value: &Value| !value.is_null());
            if let Some(earlier) = by_id.get(&record.id).map(|at| &records[*at]) {
                if !same_but_for_times(&earlier.record, &record) {
                    let field = if says("id") { "id" } else { "origin" };
                    let message = format!("line {} has the same {field} and says something else", earlier.line);
                    problems.push(FileProblem { line, field: field.to_owned(), message });
                }
                continue;
            }
            by_id.insert(record.id, records.len());
            let (has_created, has_modified) = (says("created"), says("modified"));
            records.push(Read { record, line, has_created, has_modified, by_content });
        }
        problems.sort_by_key(|problem| problem.line);
        if problems.is_empty() { Ok(records) } else { Err(problems) }
    }
}

fn on_line(line: usize, problem: Problem) -> FileProblem {
    FileProblem { line, field: problem.field, message: problem.message }
}

/// Whether two records say the same, whenever each was saved.
fn same_but_for_times(one: &Record, other: &Record) -> bool {
    let other = Record { created: one.created, modified: one.modified, ..other.clone() };
    *one == other
}
