//! The open form: JSON Lines, UTF-8, one record per line (records.md).

use std::collections::HashMap;
use std::fmt;

use domain::{Books, Draft, Problem, Record, Stamp, check};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

/// One problem of a file in the open form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineProblem {
    /// From 1.
    pub line: usize,
    /// Which field, such as `claims[0].competency`; `line` where no field can be named.
    pub field: String,
    /// What is wrong and what was expected.
    pub message: String,
}

impl fmt::Display for LineProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, {}: {}", self.line, self.field, self.message)
    }
}

/// A record as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// The record, checked.
    pub record: Record,
    /// The line it stood on, from 1.
    pub line: usize,
    /// Whether the line itself said when it was created.
    pub has_created: bool,
    /// Whether the line itself said when it was last changed.
    pub has_modified: bool,
}

/// Reads a file in the open form. Blank lines are passed over, and so is a line that says again, word for word, what an
/// earlier one with its id said; a line that says something else under a known id is a problem.
///
/// # Errors
/// Every problem of every line: a file is taken whole or not at all.
pub fn read(content: &[u8], books: Books<'_>, mut stamp: impl FnMut() -> Stamp) -> Result<Vec<Read>, Vec<LineProblem>> {
    let content = content.strip_prefix("\u{feff}".as_bytes()).unwrap_or(content);
    let mut records: Vec<Read> = Vec::new();
    let mut by_id: HashMap<Uuid, usize> = HashMap::new();
    let mut problems = Vec::new();
    for (index, bytes) in content.split(|byte| *byte == b'\n').enumerate() {
        let line = index + 1;
        let draft = match read_line(bytes, line) {
            Ok(None) => continue,
            Ok(Some(draft)) => draft,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        match check(&draft, books, stamp()) {
            Err(found) => problems.extend(found.into_iter().map(|problem| on_line(line, problem))),
            Ok(record) => {
                let says = |field| draft.get(field).is_some_and(|value: &Value| !value.is_null());
                if let Some(earlier) = by_id.get(&record.id).map(|at| &records[*at]) {
                    if !same_but_for_times(&earlier.record, &record) {
                        problems.push(LineProblem {
                            line,
                            field: "id".to_owned(),
                            message: format!("line {} has the same id and says something else", earlier.line),
                        });
                    }
                    continue;
                }
                by_id.insert(record.id, records.len());
                records.push(Read { record, line, has_created: says("created"), has_modified: says("modified") });
            }
        }
    }
    if problems.is_empty() { Ok(records) } else { Err(problems) }
}

/// Whether two records say the same, whenever each was saved.
#[must_use]
pub fn same_but_for_times(one: &Record, other: &Record) -> bool {
    let other = Record { created: one.created, modified: one.modified, ..other.clone() };
    *one == other
}

/// One record as a line of the open form, with its line break.
///
/// # Errors
/// None in practice: a record holds only what JSON can say.
pub fn write(record: &Record) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string(record)? + "\n")
}

fn on_line(line: usize, problem: Problem) -> LineProblem {
    LineProblem { line, field: problem.field, message: problem.message }
}

fn read_line(bytes: &[u8], line: usize) -> Result<Option<Draft>, LineProblem> {
    let refuse = |field: &str, message: String| LineProblem { line, field: field.to_owned(), message };
    let text = std::str::from_utf8(bytes).map_err(|error| {
        refuse("line", format!("expected UTF-8 text; byte {} of the line is not", error.valid_up_to() + 1))
    })?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(draft)) => Ok(Some(draft)),
        Ok(_) => Err(refuse("line", "expected one JSON object, a record".to_owned())),
        Err(error) => {
            let message = error.to_string();
            let what = message.rfind(" at line ").map_or(message.as_str(), |end| &message[..end]);
            let field = field_before(text, error.column()).unwrap_or_else(|| "line".to_owned());
            let hint = if what.contains("hex escape") {
                " (a lone surrogate, half of a character: write the whole character, or leave it out)"
            } else {
                ""
            };
            Err(refuse(&field, format!("expected JSON; at column {}: {what}{hint}", error.column())))
        }
    }
}

/// The name of the record's field in which a column lies: the last key of the outermost object that begins before it.
fn field_before(text: &str, column: usize) -> Option<String> {
    let (mut depth, mut in_text, mut escaped, mut begun) = (0_u32, false, false, 0);
    let mut last = None;
    for (at, byte) in text.bytes().enumerate().take(column) {
        if in_text {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => {
                    in_text = false;
                    let is_key = text[at + 1..].trim_start().starts_with(':');
                    if depth == 1 && is_key {
                        last = Some(text[begun..at].to_owned());
                    }
                }
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => (in_text, begun) = (true, at + 1),
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Framework, Kinds};

    fn read_text(text: &str) -> Result<Vec<Read>, Vec<LineProblem>> {
        let (kinds, framework) = (Kinds::shipped(), Framework::shipped());
        let books = Books { kinds: &kinds, framework: &framework };
        let mut next = 0;
        read(text.as_bytes(), books, || {
            next += 1;
            let today = "2026-11-21".parse().unwrap();
            Stamp { today, now: "2026-11-21T09:00:00Z".parse().unwrap(), id: Uuid::from_u128(next) }
        })
    }

    const GOOD: &str = r#"{"kind":"reflection","date":"2026-03-01","title":"Silence","mood":{"of":["the",1]}}"#;

    #[test]
    fn unknown_fields_are_kept_and_given_back() {
        let read = read_text(GOOD).unwrap();
        let line = write(&read[0].record).unwrap();
        assert!(line.contains(r#""mood":{"of":["the",1]}"#), "{line}");
        assert_eq!(read_text(&line).unwrap()[0].record, read[0].record);
    }

    #[test]
    fn a_bad_line_is_named_with_its_field_and_nothing_is_read() {
        let text = format!("{GOOD}\n\n{}\n", GOOD.replace("2026-03-01", "2090-01-01"));
        let problems = read_text(&text).unwrap_err();
        assert_eq!((problems[0].line, problems[0].field.as_str()), (3, "date"));
        assert!(problems[0].message.contains("2090-01-01"), "{}", problems[0]);
    }

    #[test]
    fn broken_json_names_the_field_it_broke_in() {
        let problems = read_text(r#"{"kind":"reflection","title":"a","body":"half \ud800 pair"}"#).unwrap_err();
        assert_eq!((problems[0].line, problems[0].field.as_str()), (1, "body"));
        assert!(problems[0].message.contains("surrogate"), "{}", problems[0]);
        assert_eq!(read_text("{\"kind\": \"reflection\", \"tags\": [}").unwrap_err()[0].field, "tags");
        assert_eq!(read_text("[1]").unwrap_err()[0].field, "line");
    }

    #[test]
    fn nul_in_a_text_is_refused() {
        let problems = read_text(&GOOD.replace("Silence", "Si\\u0000lence")).unwrap_err();
        assert_eq!(problems[0].field, "title");
    }

    #[test]
    fn the_same_id_twice_must_say_the_same() {
        let one = GOOD.replacen('{', r#"{"id":"018f3c1e-0000-7000-8000-000000000001","#, 1);
        assert_eq!(read_text(&format!("{one}\n{one}\n")).unwrap().len(), 1);
        let problems = read_text(&format!("{one}\n{}\n", one.replace("Silence", "Noise"))).unwrap_err();
        assert_eq!((problems[0].line, problems[0].field.as_str()), (2, "id"));
    }
}
