//! Where a line may end: where Unicode's rules say so (UAX 14), but not within a date or a number, and with a hyphen where
//! the writer or the patterns of the language allow one.

use std::sync::LazyLock;

use hypher::Lang;
use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use super::line::Paragraph;

/// A place in a paragraph's text before which a line may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chance {
    pub(super) at: usize,
    pub(super) kind: Kind,
}

/// How the line before it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// With what stands there.
    Plain,
    /// With a hyphen, which the writer allowed or the patterns do.
    Hyphen { typed: bool },
}

/// Thai has no spaces; its words are found by a model that comes with the library.
static SEGMENTER: LazyLock<LineSegmenterBorrowed<'static>> =
    LazyLock::new(|| LineSegmenter::new_lstm(LineBreakOptions::default()));

/// Shorter words are never parted.
const SHORTEST: usize = 7;
/// So many gaps in a row within one number; beyond that it is a row of numbers.
const GAPS: usize = 3;

/// All chances of a paragraph in order, the end of its text included; with those of a language's patterns if one is given.
/// Unless words may be `parted`, not even those with a hyphen of their own are.
pub(super) fn chances(paragraph: &Paragraph<'_>, parted: bool, patterns: Option<Lang>) -> Vec<Chance> {
    let text = paragraph.text.as_str();
    let mut out: Vec<Chance> = Vec::with_capacity(text.len() / 5 + 1);
    let mut gaps = 0;
    for at in SEGMENTER.segment_str(text).filter(|at| *at > 0) {
        let holds = gaps < GAPS && at < text.len() && holds_together(text, at);
        gaps = if holds { gaps + 1 } else { 0 };
        if !holds && (parted || !is_within_word(text, at)) {
            out.push(Chance { at, kind: Kind::Plain });
        }
    }
    let plain = out.len();
    out.extend(paragraph.hyphens.iter().map(|at| Chance { at: *at, kind: Kind::Hyphen { typed: true } }));
    if let Some(language) = patterns {
        for end in 0..plain {
            let from = end.checked_sub(1).map_or(0, |before| out[before].at);
            by_patterns(text, from, out[end].at, language, &mut out);
        }
    }
    if out.len() > plain {
        // Of two at one place the plain one, and then the writer's, comes first and stays.
        out.sort_by_key(|chance| chance.at);
        out.dedup_by_key(|chance| chance.at);
    }
    out
}

/// Hyphens between the syllables of what stands between two chances, if it is a plain word: not a name, an address or a
/// part of a word that has a hyphen already.
fn by_patterns(text: &str, from: usize, to: usize, language: Lang, out: &mut Vec<Chance>) {
    let stretch = text.get(from..to).unwrap_or_default();
    let word = stretch.trim_start_matches(|c: char| !c.is_alphabetic());
    let mut at = to - word.len();
    let word = word.trim_end_matches(|c: char| !c.is_alphabetic());
    let parted = stretch.trim_end().ends_with('-') || text.get(..from).is_some_and(|before| before.ends_with('-'));
    if parted || word.chars().count() < SHORTEST || !word.chars().all(char::is_lowercase) {
        return;
    }
    let end = at + word.len();
    for syllable in hypher::hyphenate(word, language) {
        at += syllable.len();
        if at < end {
            out.push(Chance { at, kind: Kind::Hyphen { typed: false } });
        }
    }
}

/// Whether a word goes on after its own hyphen.
fn is_within_word(text: &str, at: usize) -> bool {
    let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
    let joint = before.strip_suffix('-').is_some_and(|before| before.ends_with(char::is_alphabetic));
    joint && after.starts_with(char::is_alphabetic)
}

/// Whether the space before this place stands within a date ("12 June 2026") or a number ("£ 50", "999 123 4567", "50 minutes"), or before
/// a dash or a dot.
fn holds_together(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else { return false };
    let Some(before) = before.strip_suffix(' ') else { return false };
    let first = |text: &str| text.chars().next();
    // What parts two things stands after the first, as a comma does.
    if matches!(first(after), Some('·' | '–' | '—')) {
        return true;
    }
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let word = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
    let next = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if first(after).is_some_and(|c| c.is_ascii_digit()) {
        let whole = word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty();
        let of_hours = word == "h" && before.trim_end_matches("h").trim_end().ends_with(|c: char| c.is_ascii_digit());
        return is_month(word)
            || of_hours
            || matches!(word, "£" | "€" | "$" | "page")
            || (whole && matches!(digits(after), 3 | 4));
    }
    if matches!(next, "hour" | "hours" | "minute" | "minutes" | "h" | "min") {
        return word.ends_with(|c: char| c.is_ascii_digit());
    }
    let day = word.trim_start_matches('(').trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
    (1..=2).contains(&day.len()) && digits(day) == day.len() && is_month(next)
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    MONTHS.iter().any(|month| *month == word || (word.len() == 3 && month.starts_with(word)) || word == "Sept")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text as it may be broken: `|` for plain chances, `-` for hyphens.
    fn broken(text: &str, patterns: bool) -> String {
        let paragraph = Paragraph { text: text.to_owned(), ..Paragraph::default() };
        let (mut out, mut from) = (String::new(), 0);
        for chance in chances(&paragraph, patterns, patterns.then_some(Lang::English)) {
            out += &paragraph.text[from..chance.at];
            from = chance.at;
            if from < paragraph.text.len() {
                out.push(if chance.kind == Kind::Plain { '|' } else { '-' });
            }
        }
        out
    }

    #[test]
    fn dates_and_numbers_stay_whole() {
        for (text, expected) in [
            ("on 12 June 2026 we", "on |12 June 2026 |we"),
            ("on 1st May, then", "on |1st May, |then"),
            ("June 2026", "June 2026"),
            ("May I go", "May |I |go"),
            ("call 999 123 4567 now", "call |999 123 4567 |now"),
            ("£ 50 or € 60", "£ 50 |or |€ 60"),
            ("took 12 marches", "took |12 |marches"),
            ("1 hour 30 minutes, page 12 of it", "1 hour |30 minutes, |page 12 |of |it"),
            ("in 15 h 30 min of it", "in |15 h 30 min |of |it"),
            ("100 200 300 400 500 600", "100 200 300 400 |500 600"),
            ("2026-03-02 £1,200.00", "2026-03-02 |£1,200.00"),
            ("a self-made list", "a |self-made |list"),
            ("a session · by video – or not", "a |session · |by |video – |or |not"),
        ] {
            assert_eq!(broken(text, false), expected);
        }
    }

    #[test]
    fn only_plain_words_are_hyphenated_by_patterns() {
        assert_eq!(
            broken("a responsibility, self-compassion Responsibility iPhoneresponsibility", true),
            "a |re-spon-si-bil-ity, |self-|compassion |Responsibility |iPhoneresponsibility"
        );
        assert_eq!(broken("responsibility", false), "responsibility");
    }
}
