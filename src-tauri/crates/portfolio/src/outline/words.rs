//! The portfolio's own words: dates, durations, statuses. Plain, warm, British; never pass, fail or a percentage.

use chrono::NaiveDate;
use domain::coverage::Status;
use domain::gaps::CompetencyState;

use crate::document::Mark;

pub(super) const TITLE: &str = "Portfolio of evidence";

/// How hours are counted; printed with every total.
pub(super) const RULE: &str = "How hours are counted: contact minutes as they were; a group counts once; no travel, \
                               notes, role play or missed appointments.";

/// "12 June 2026".
pub(super) fn date(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// "12 Jun 2026", for columns.
pub(super) fn short_date(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

/// "1 May 2025 to 30 April 2026".
pub(super) fn period((from, to): (NaiveDate, NaiveDate)) -> String {
    format!("{} to {}", date(from), date(to))
}

/// "1 record", "3 records".
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// "50 minutes".
pub(super) fn minutes(minutes: u64) -> String {
    match (minutes, u32::try_from(minutes)) {
        (1, _) => "1 minute".to_owned(),
        // A course is easier to picture in hours.
        (180.., Ok(long)) => hours(long),
        _ => format!("{minutes} minutes"),
    }
}

/// "62 hours 30 minutes".
pub(super) fn hours(total: u32) -> String {
    let (whole, rest) = (total / 60, total % 60);
    let hours = if whole == 1 { "1 hour".to_owned() } else { format!("{whole} hours") };
    match (whole, rest) {
        (0, _) => minutes(u64::from(rest)),
        (_, 0) => hours,
        _ => format!("{hours} {}", minutes(u64::from(rest))),
    }
}

/// "120 KB".
pub(super) fn size(bytes: u32) -> String {
    match bytes {
        0..=999 => format!("{bytes} bytes"),
        1_000..=999_999 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{:.1} MB", f64::from(bytes) / 1_000_000.0),
    }
}

/// A competency's shape and its words.
pub(super) fn status(state: &CompetencyState) -> (Mark, &'static str) {
    match state.status {
        Status::SignedOff => (Mark::Agreed, "covered, signed off"),
        Status::Evidenced => (Mark::Covered, "covered"),
        Status::Partial => (Mark::Partly, "partly"),
        Status::None if state.expected => (Mark::NotYet, "not yet"),
        Status::None => (Mark::NotExpected, "not expected yet"),
    }
}

/// "a, b and c".
pub(super) fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The first letter large.
pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
