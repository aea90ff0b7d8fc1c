//! How numbers, days, times and standings are said: plain, warm, British; never pass, fail or a percentage.
//!
//! Paper, command line and computed answers take their words from here. The window has its own in `ui/src/words.ts`; both
//! are held to the examples in `tests/golden/words.json`.

use chrono::NaiveDate;

use crate::coverage::Coverage;

/// A number in words up to ten, in figures above.
#[must_use]
pub fn number(n: usize) -> String {
    u32::try_from(n).ok().filter(|n| *n <= 10).map_or_else(|| n.to_string(), spelled)
}

/// A number in words up to ninety-nine, in figures above: for the few that a rule is known by, such as fifty hours.
#[must_use]
pub fn spelled(n: u32) -> String {
    const SMALL: [&str; 20] = [
        "no",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let at = |list: &[&str], place: u32| list.get(place as usize).map(|word| (*word).to_owned());
    let tens = || at(&TENS, (n / 10).checked_sub(2)?);
    let said = match n % 10 {
        _ if n < 20 => at(&SMALL, n),
        0 => tens(),
        rest => tens().and_then(|tens| Some(format!("{tens}-{}", at(&SMALL, rest)?))),
    };
    said.unwrap_or_else(|| n.to_string())
}

/// "twelve months".
#[must_use]
pub fn months(n: u32) -> String {
    format!("{} {}", spelled(n), if n == 1 { "month" } else { "months" })
}

/// "every month", "every two months".
#[must_use]
pub fn every_months(n: u32) -> String {
    if n == 1 { "every month".to_owned() } else { format!("every {}", months(n)) }
}

/// "1 record", "2 records", "1,234 records".
#[must_use]
pub fn count(number: impl TryInto<u64>, one: &str) -> String {
    counted(number, one, &format!("{one}s"))
}

/// The same where the plural is another word: "1 person", "3 people".
#[must_use]
pub fn counted(number: impl TryInto<u64>, one: &str, many: &str) -> String {
    match number.try_into().unwrap_or(u64::MAX) {
        1 => format!("1 {one}"),
        n => format!("{} {many}", figures(n)),
    }
}

/// "1,234": in groups of three.
#[must_use]
pub fn figures(n: u64) -> String {
    match n / 1_000 {
        0 => n.to_string(),
        thousands => format!("{},{:03}", figures(thousands), n % 1_000),
    }
}

/// "12 June 2026".
#[must_use]
pub fn long_date(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// "12 Jun 2026", for columns.
#[must_use]
pub fn short_date(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

/// "1 May 2025 to 30 April 2026".
#[must_use]
pub fn period(from: NaiveDate, to: NaiveDate) -> String {
    format!("{} to {}", long_date(from), long_date(to))
}

/// "12 June", of a day not long ago.
#[must_use]
pub fn day_and_month(date: NaiveDate) -> String {
    date.format("%-d %B").to_string()
}

/// "June 2026".
#[must_use]
pub fn month(date: NaiveDate) -> String {
    date.format("%B %Y").to_string()
}

/// "1 hour 5 minutes".
#[must_use]
pub fn duration(minutes: u32) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (hours, rest) {
        (0, _) => count(rest, "minute"),
        (_, 0) => count(hours, "hour"),
        _ => format!("{} {}", count(hours, "hour"), count(rest, "minute")),
    }
}

/// "1 h 5 min", for columns and the command line.
#[must_use]
pub fn short_duration(minutes: u32) -> String {
    let hours = figures(u64::from(minutes / 60));
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest} min"),
        (_, 0) => format!("{hours} h"),
        (_, rest) => format!("{hours} h {rest} min"),
    }
}

/// How long one session, meeting or course was: "50 minutes", as it is written down, and from three hours on "7 hours",
/// since a course is easier to picture in hours.
#[must_use]
pub fn length(minutes: u32) -> String {
    if minutes < 180 { count(minutes, "minute") } else { duration(minutes) }
}

/// "120 KB", of thousand bytes each.
#[must_use]
pub fn size(bytes: u64) -> String {
    match bytes {
        0..=999 => count(bytes, "byte"),
        1_000..=999_499 => format!("{} KB", (bytes + 500) / 1_000),
        _ => {
            let tenths = (bytes + 50_000) / 100_000;
            format!("{}.{} MB", figures(tenths / 10), tenths % 10)
        }
    }
}

/// "a, b and c".
#[must_use]
pub fn listed(items: &[String]) -> String {
    joined(items, "and")
}

/// "a, b or c".
#[must_use]
pub fn either(items: &[String]) -> String {
    joined(items, "or")
}

fn joined(items: &[String], word: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} {word} {last}", most.join(", ")),
    }
}

/// What two ways of writing a name have in common: capitals and spaces between words make no difference, so that "client  a "
/// is "Client A" (docs/framework.md, "one client, two spellings").
#[must_use]
pub fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The first letter large.
#[must_use]
pub fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// How far a competency is covered.
#[must_use]
pub fn coverage(coverage: Coverage) -> &'static str {
    match coverage {
        Coverage::Agreed => "agreed",
        Coverage::Covered => "covered",
        Coverage::Partly => "partly",
        Coverage::NotYet => "not yet",
        Coverage::NotExpected => "not expected yet",
    }
}

/// The shape that stands before those words where shapes are letters.
#[must_use]
pub fn shape(coverage: Coverage) -> &'static str {
    match coverage {
        Coverage::Agreed => "✓",
        Coverage::Covered => "●",
        Coverage::Partly => "◐",
        Coverage::NotYet => "○",
        Coverage::NotExpected => "–",
    }
}
