//! The open form: JSON Lines, UTF-8, one record per line.

use domain::{Draft, Record, json};
use serde_json::Value;

use crate::taken::{ByContent, FileProblem, Taken, TakenDraft};

/// How records that came without an id say that they came in this form.
const NAME: &str = "jsonl";

/// Without the mark that some editors put at the beginning of a text.
fn unmarked(content: &[u8]) -> &[u8] {
    content.strip_prefix("\u{feff}".as_bytes()).unwrap_or(content)
}

/// The longest line, in bytes: a long text and what it takes to escape all of it.
const LINE_MOST: usize = 64 << 20;
/// The most values of one line, far more than any form asks for.
const LINE_VALUES_MOST: usize = 100_000;
/// The most values of a file: some two hundred thousand records. Each takes a hundred bytes of memory.
const VALUES_MOST: usize = 10_000_000;

/// Whether a content looks like it: its first line is a JSON object, be it one that cannot be taken.
pub(crate) fn is_likely(content: &[u8]) -> bool {
    let first = unmarked(content).split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty());
    let text = first.and_then(|line| std::str::from_utf8(line.trim_ascii()).ok()).filter(|line| line.starts_with('{'));
    text.is_some_and(|line| match json::read(line, LINE_VALUES_MOST) {
        Ok(_) => true,
        Err(error) => error.is_data(),
    })
}

/// Reads a file in the open form. Blank lines are passed over. A line without an id is known by what it says.
pub(crate) fn read(content: &[u8]) -> Taken<'_> {
    let content = unmarked(content);
    let mut by_content = ByContent::begin(NAME);
    let mut left = VALUES_MOST;
    let lines = (1..).zip(content.split(|byte| *byte == b'\n'));
    let drafts = lines.filter_map(move |(line, bytes)| {
        let draft = read_line(bytes, line, &mut left).transpose()?;
        Some(draft.map(|draft| {
            let mut taken = TakenDraft { draft, line, by_content: false };
            by_content.know(&mut taken);
            taken
        }))
    });
    let about = content.split(|byte| *byte == b'\n').count();
    Taken { drafts: Box::new(drafts), about, attached: Vec::new(), notes: Vec::new() }
}

/// One record as a line of the open form, with its line break.
///
/// # Errors
/// None in practice: a record holds only what JSON can say.
pub fn write(record: &Record) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string(record)? + "\n")
}

/// Reads a line; `left` is how many values the file may still hold.
fn read_line(bytes: &[u8], line: usize, left: &mut usize) -> Result<Option<Draft>, FileProblem> {
    let refuse = |field: &str, message: String| FileProblem { line, field: field.to_owned(), message };
    if bytes.len() > LINE_MOST {
        let most = LINE_MOST >> 20;
        return Err(refuse("line", format!("this line is over {most} MB long, and a record takes less than that")));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        refuse(
            "line",
            format!("this is not UTF-8 text: byte {} of the line is something else", error.valid_up_to() + 1),
        )
    })?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    match json::read(text, LINE_VALUES_MOST) {
        Ok((_, values)) if values > *left => {
            *left = 0;
            let message = "there is more in this file than can be taken in at once: divide it into several files";
            Err(refuse("line", message.to_owned()))
        }
        Ok((Value::Object(draft), values)) => {
            *left -= values;
            Ok(Some(draft))
        }
        Ok(_) => Err(refuse("line", "a line holds one record, a JSON object, and this is something else".to_owned())),
        Err(error) => {
            let what = json::what_is_wrong(&error);
            let field = field_before(text, error.column()).unwrap_or_else(|| "line".to_owned());
            if error.is_data() {
                return Err(refuse(&field, what));
            }
            let hint = if what.contains("hex escape") {
                " (a lone surrogate, half of a character: write the whole character, or leave it out)"
            } else {
                ""
            };
            Err(refuse(&field, format!("this is not JSON at column {}: {what}{hint}", error.column())))
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
    use domain::{Books, Framework, Kinds, Stamp};
    use uuid::Uuid;

    use crate::taken::Read;

    fn read_text(text: &str) -> Result<Vec<Read>, Vec<FileProblem>> {
        let (kinds, framework) = (Kinds::shipped(), Framework::shipped());
        let books = Books { kinds: &kinds, framework: &framework };
        let mut next = 0;
        read(text.as_bytes()).checked(books, || {
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

    #[test]
    fn a_file_holds_no_more_than_can_be_taken_in_at_once() {
        let mut left = 8;
        assert!(read_line(GOOD.as_bytes(), 1, &mut left).unwrap().is_some(), "eight values");
        let problem = read_line(b"{}", 2, &mut left).unwrap_err();
        assert!((problem.line, left) == (2, 0) && problem.message.contains("divide it"), "{problem}");
    }

    fn ids(text: &str) -> Vec<Uuid> {
        read_text(text).unwrap().into_iter().map(|read| read.record.id).collect()
    }

    #[test]
    fn a_line_without_an_id_is_known_by_what_it_says_and_how_often() {
        let (one, other) = (GOOD, GOOD.replace("Silence", "Noise"));
        let [first, second, third] = ids(&format!("{one}\n{one}\n{other}\n")).try_into().unwrap();
        assert_ne!(first, second, "two that say the same are two");
        assert_eq!(ids(&format!("{other}\n\n{one}\n{one}\n")), [third, first, second], "in whatever order");
        let same = r#"{ "title": "Silence", "mood": {"of": ["the", 1]}, "date": "2026-03-01", "kind": "reflection",
            "id": null, "modified": "2026-05-01T09:00:00Z" }"#;
        assert_eq!(ids(&same.replace('\n', " ")), [first], "however it is written");
        assert!(read_text(one).unwrap()[0].by_content);
    }

    #[test]
    fn a_line_with_an_origin_is_known_by_that() {
        let from = |id: &str, title: &str| {
            let line = GOOD.replace("Silence", title);
            line.replacen('{', &format!(r#"{{"origin":{{"name":"theirs","id":"{id}"}},"#), 1)
        };
        assert_eq!(ids(&from("7", "One")), ids(&from("7", "Two")), "it can say something else by now");
        assert_ne!(ids(&from("7", "One")), ids(&from("8", "One")));
        let twice = read_text(&format!("{}\n{}", from("7", "One"), from("7", "Two"))).unwrap_err();
        assert_eq!((twice[0].line, twice[0].field.as_str()), (2, "origin"));
        let read = read_text(&from("7", "One")).unwrap();
        assert_eq!(read[0].record.origin.as_ref().unwrap().id, "7");
        assert!(!read[0].by_content);
        let problems = read_text(&GOOD.replacen('{', r#"{"origin":"theirs","#, 1)).unwrap_err();
        assert_eq!(problems[0].field, "origin");
    }
}
