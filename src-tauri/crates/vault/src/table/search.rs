//! Full-text search: what is indexed of a record, and a coach's words as a query.

use chrono::NaiveDate;
use domain::finding::TextRange;
use domain::walk::TextPlace;
use domain::{Claim, Kinds, Record};
use rusqlite::ErrorCode;
use rusqlite::params;
use serde::Serialize;
use uuid::Uuid;

use crate::database::Database;
use crate::error::VaultError;

/// Hits are counted up to here, more than a coach writes in twenty years; counting further would take longer the larger
/// the vault is.
pub const COUNT_MAX: u32 = 20_000;
/// The most words of a query that are looked for.
const WORDS_MAX: usize = 32;
/// How many words a snippet has.
const SNIPPET_WORDS: u32 = 24;
/// Stand around words that were found until their places are known: characters that are for a program's own use.
const BEGUN: char = '\u{fdd0}';
const ENDED: char = '\u{fdd1}';

/// What a search found, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Found {
    /// As many as were asked for.
    pub hits: Vec<Hit>,
    /// How many there are in all, counted as far as [`vault::COUNT_MAX`].
    pub total: u32,
    /// There are more than were counted.
    pub total_is_more: bool,
}

/// One record that a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[allow(missing_docs, reason = "the fields are those of a record")]
pub struct Hit {
    pub id: Uuid,
    pub kind: String,
    pub date: NaiveDate,
    pub title: String,
    /// Where the words stand, with a little before and after.
    pub snippet: String,
    /// The words in it.
    pub marks: Vec<TextRange>,
}

/// How many bytes of the index are gathered in memory while much is taken in at once.
const BULK_BYTES: u32 = 32 * 1024 * 1024;

/// Records by the words in them. An error means that the database cannot be read; nothing in a query is ever one.
#[derive(Debug, Clone, Copy)]
pub struct Search<'a>(pub(crate) &'a Database);

impl Search<'_> {
    /// Records that hold every word of the query, newest first, `limit` of them at most. A phrase is put in quotation
    /// marks; a word that ends in `*` stands for all that begin like it.
    pub fn find(&self, query: &str, kind: Option<&str>, limit: u32) -> Result<Found, VaultError> {
        let Some(mut matching) = expression(query) else {
            return Ok(Found { hits: Vec::new(), total: 0, total_is_more: false });
        };
        if let Some(kind) = kind {
            matching.push_str(" AND kind_word : ");
            matching.push_str(&quoted(&kind.replace('-', "")));
        }
        // CROSS JOIN: the index leads and streams in its own order; SQLite must not turn the two around.
        let sql = format!(
            "SELECT record.id, record.kind, record.date, record.title,
                    snippet(record_search, -1, '{BEGUN}', '{ENDED}', '…', {SNIPPET_WORDS})
             FROM record_search CROSS JOIN record ON record.seq = record_search.rowid
             WHERE record_search MATCH ?1 ORDER BY record_search.rowid DESC LIMIT ?2"
        );
        let mut statement = self.0.prepare_cached(&sql)?;
        let mut rows = statement.query(params![matching, limit])?;
        let mut hits = Vec::new();
        while let Some(row) = rows.next()? {
            let date = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
            let (snippet, marks) = marked(row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?);
            hits.push(Hit {
                id: Uuid::from_bytes(row.get(0)?),
                kind: row.get(1)?,
                date: date.parse().map_err(|_| VaultError::damaged("a date in vault.db"))?,
                title: row.get(3)?,
                snippet,
                marks,
            });
        }
        let mut statement = self.0.prepare_cached(
            "SELECT count(*) FROM (SELECT 1 FROM record_search WHERE record_search MATCH ?1 LIMIT ?2)",
        )?;
        let counted: u32 = statement.query_row(params![matching, COUNT_MAX + 1], |row| row.get(0))?;
        Ok(Found { hits, total: counted.min(COUNT_MAX), total_is_more: counted > COUNT_MAX })
    }

    /// Whether the index matches the records, for [`crate::verify`].
    pub(crate) fn fits(&self) -> bool {
        let sql = "INSERT INTO record_search (record_search, rank) VALUES ('integrity-check', 1)";
        // It is asked by way of writing, which cannot be done everywhere.
        self.0.execute(sql, []).map_or_else(|error| error.sqlite_error_code() == Some(ErrorCode::ReadOnly), |_| true)
    }
}

/// Prepares the index for many records at once.
#[derive(Debug, Clone, Copy)]
pub struct SearchMut<'a>(pub(crate) &'a Database);

impl SearchMut<'_> {
    /// Many records follow in this transaction: gathers more of the index before it is written, and leaves merging what was
    /// written to [`SearchMut::settle`].
    pub fn in_bulk(&self) -> Result<(), VaultError> {
        self.set("automerge", 0)?;
        self.set("hashsize", BULK_BYTES)
    }

    /// All the records are in. Whatever is left unmerged would make a later save wait for it.
    pub fn settle(&self) -> Result<(), VaultError> {
        self.merge()?;
        // FTS5's own defaults.
        self.set("automerge", 4)?;
        self.set("hashsize", 1024 * 1024)
    }

    /// Merges the index into one piece: until then, words that were taken out of it stay in its older pieces.
    pub(crate) fn merge(&self) -> Result<(), VaultError> {
        self.0.execute("INSERT INTO record_search (record_search) VALUES ('optimize')", [])?;
        Ok(())
    }

    fn set(&self, option: &str, value: u32) -> Result<(), VaultError> {
        let sql = "INSERT INTO record_search (record_search, rank) VALUES (?1, ?2)";
        self.0.execute(sql, params![option, value])?;
        Ok(())
    }
}

/// The query in the language of FTS5, or nothing if there is no word in it. Every word is quoted, so that nothing a
/// coach types is an operator; all words must be there.
fn expression(query: &str) -> Option<String> {
    let terms: Vec<String> = terms(query).into_iter().take(WORDS_MAX).map(|term| term.expression()).collect();
    // The words' own columns: a kind's word is not a word of the record.
    (!terms.is_empty()).then(|| format!("({{title body answers claims_text}} : ({}))", terms.join(" AND ")))
}

/// A word, or a phrase between quotation marks.
#[derive(Debug, PartialEq, Eq)]
struct Term {
    text: String,
    /// Ended in `*`: whatever begins like this.
    prefix: bool,
}

/// Endings that the stemmer takes off.
const ENDINGS: [&str; 12] = ["ing", "ion", "ive", "ation", "ment", "ness", "able", "ance", "ence", "ity", "ed", "ly"];

impl Term {
    fn expression(&self) -> String {
        let text = quoted(&self.text);
        // Too many words begin with any one letter for it to be of use, and reading them all would take long.
        if !self.prefix || self.text.chars().count() < 2 {
            return text;
        }
        // The index holds stems: "reflecti*" has to find "reflect", which is all that is left of "reflection".
        let mut any = format!("({text} *");
        for ending in ENDINGS {
            for cut in 1..ending.len() {
                if let Some(base) = self.text.strip_suffix(&ending[..cut]).filter(|base| base.chars().count() >= 3) {
                    any.push_str(" OR ");
                    any.push_str(&quoted(&format!("{base}{ending}")));
                }
            }
        }
        any.push(')');
        any
    }
}

/// Splits at white space; quotation marks, straight or curly, keep words together.
fn terms(query: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut rest = query;
    let is_mark = |c: char| matches!(c, '"' | '“' | '”' | '„');
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else { return terms };
        let (text, after) = if is_mark(first) {
            let inner = &rest[first.len_utf8()..];
            // A mark that is not closed yet runs to the end.
            inner.split_once(is_mark).unwrap_or((inner, ""))
        } else {
            rest.split_at(rest.find(|c: char| c.is_whitespace() || is_mark(c)).unwrap_or(rest.len()))
        };
        let (text, prefix, after) = match (text.strip_suffix('*'), after.strip_prefix('*')) {
            (Some(text), _) => (text.trim_end_matches('*'), true, after),
            (None, Some(after)) => (text, true, after),
            (None, None) => (text, false, after),
        };
        // Without a letter or digit there is no word to look for, and FTS5 would find nothing.
        if text.chars().any(char::is_alphanumeric) {
            terms.push(Term { text: text.to_owned(), prefix });
        }
        rest = after;
    }
}

/// A text in quotation marks for FTS5. A NUL would end the query early.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\"").replace('\0', " "))
}

/// A snippet on one line, and where in it the words stand.
fn marked(snippet: &str) -> (String, Vec<TextRange>) {
    let (mut text, mut marks, mut begun) = (String::with_capacity(snippet.len()), Vec::new(), None);
    for word in snippet.split_whitespace() {
        if !text.is_empty() {
            text.push(' ');
        }
        for c in word.chars() {
            match c {
                BEGUN => begun = Some(text.len()),
                ENDED => marks.extend(begun.take().map(|begun: usize| TextRange::of(begun..text.len()))),
                c => text.push(c),
            }
        }
    }
    (text, marks)
}

/// What is indexed of a record's claims.
pub(super) fn claims_text(record: &Record) -> String {
    let lines = record.claims.iter().map(|Claim { competency, reason, .. }| format!("{competency} {reason}\n"));
    lines.collect()
}

/// What is indexed of a record's own fields: the texts a coach wrote, not ids and choices; and the tags.
pub(super) fn answers(record: &Record, kinds: &Kinds) -> String {
    let mut all = String::new();
    for (place, text) in kinds.texts(record) {
        match place {
            TextPlace::Field(_) | TextPlace::Answer(..) | TextPlace::Tag(_) => {
                all.push_str(text);
                all.push('\n');
            }
            // These have columns of their own, and a file's name is no word of a coach's.
            TextPlace::Title | TextPlace::Body | TextPlace::Reason(_) | TextPlace::FileName(_) => {}
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Vec<(String, bool)> {
        terms(query).into_iter().map(|term| (term.text, term.prefix)).collect()
    }

    #[test]
    fn marks_stand_where_the_words_are_on_one_line() {
        let (text, marks) = marked("…\u{fdd0}One\u{fdd1}\n 💚 \u{fdd0}বাংলায়  two\u{fdd1}\t.\u{fdd1}");
        assert_eq!(text, "…One 💚 বাংলায় two .");
        let words: Vec<_> = marks.into_iter().map(|mark| mark.within(&text).unwrap()).collect();
        assert_eq!(words, ["One", "বাংলায় two"]);
    }

    #[test]
    fn words_phrases_and_beginnings_are_told_apart() {
        let word = |text: &str| (text.to_owned(), false);
        let begins = |text: &str| (text.to_owned(), true);
        assert_eq!(read("one  two\tthree"), [word("one"), word("two"), word("three")]);
        assert_eq!(read("a \"b c\" d"), [word("a"), word("b c"), word("d")]);
        assert_eq!(read("“b c” d"), [word("b c"), word("d")]);
        assert_eq!(read("refl* \"open ques\"* x"), [begins("refl"), begins("open ques"), word("x")]);
        assert_eq!(read("open \"unclosed phrase"), [word("open"), word("unclosed phrase")]);
        assert_eq!(read("\"\" * - 💚 ** \""), []);
        assert_eq!(read("it's self-care"), [word("it's"), word("self-care")]);
    }

    #[test]
    fn nothing_a_coach_types_is_an_operator() {
        assert_eq!(
            expression("NOT (a OR b) ^c").unwrap(),
            "({title body answers claims_text} : (\"NOT\" AND \"(a\" AND \"OR\" AND \"b)\" AND \"^c\"))"
        );
        assert_eq!(expression(" \t—"), None);
    }
}
