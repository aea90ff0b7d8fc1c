//! What of a caseload is worth talking over, said without blame: numbers that may have a good reason.

use serde::Serialize;

use super::{Client, LATELY_DAYS, SESSIONS_A_DAY, Seen, USUAL_SESSIONS};
use crate::framework::CaseloadRules;
use crate::words::{count, counted, listed, sentence, spelled};

/// How many clients are named before the rest is only counted.
const NAMED: usize = 8;
/// From how many appointments in a row that nobody came to.
const MISSED: u32 = 2;

/// Something worth talking over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Point {
    /// About what.
    pub topic: Topic,
    /// In a sentence or two.
    pub text: String,
    /// The clients it is about, all of them.
    pub clients: Vec<String>,
}

/// What a point is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename = "CaseloadTopic", rename_all = "kebab-case")]
pub enum Topic {
    /// It is time to look back together.
    Review,
    /// Nobody was seen for a while.
    Gap,
    /// More sessions than usual.
    ManySessions,
    /// Appointments that nobody came to.
    Missed,
    /// Days with many sessions.
    FullDays,
    /// Nobody was seen for so long that the coaching is probably over.
    LongAgo,
}

/// What of these clients, seen last first, and of these days is worth talking over (B1570, section 5.1: caseloads and
/// concerns about them are talked over with the supervisors).
pub(super) fn points(clients: &[Client], full_days: u32, rules: &CaseloadRules) -> Vec<Point> {
    let current = || clients.iter().filter(|client| client.seen != Seen::LongAgo);
    let mut points = Vec::new();
    let mut add = |topic: Topic, clients: Vec<&Client>, text: &dyn Fn(&str, usize) -> String| {
        if !clients.is_empty() {
            let names: Vec<String> = clients.iter().map(|client| client.client.clone()).collect();
            points.push(Point { topic, text: text(&named(&names), names.len()), clients: names });
        }
    };
    add(Topic::Review, current().filter(|client| client.review_due).collect(), &|names, _| {
        let six = sentence(&spelled(rules.review_sessions.into()));
        format!(
            "{six} sessions or more since you last looked back together: {names}. What has changed, and what would help now?"
        )
    });
    add(Topic::Gap, current().filter(|client| client.seen == Seen::Gap).collect(), &|names, _| {
        let six_weeks = span(rules.long_gap_days);
        format!("Not seen for more than {six_weeks}: {names}. Is a date agreed, or is the coaching finished?")
    });
    let (least, most) = USUAL_SESSIONS;
    add(Topic::ManySessions, current().filter(|client| client.sessions > most).collect(), &|names, _| {
        let usual = format!("{} to {}", spelled(least), spelled(most));
        format!("More sessions than the {usual} that are usual: {names}. That can be right; is it still what helps?")
    });
    add(Topic::Missed, current().filter(|client| client.missed_since >= MISSED).collect(), &|names, _| {
        format!("Did not come the last {} times or more: {names}. What might stand in the way?", spelled(MISSED))
    });
    add(Topic::LongAgo, clients.iter().filter(|client| client.seen == Seen::LongAgo).collect(), &|_, many| {
        let (whom, half_a_year) = (count(many, "client"), span(rules.long_ago_days));
        format!("{whom} not seen for more than {half_a_year}. At their last session you can say what came of it.")
    });
    if full_days > 0 {
        let days = if full_days == 1 { "day" } else { "days" };
        let text = format!(
            "{} {days} with more than {} sessions in the last {LATELY_DAYS}. Is there room to breathe between them?",
            sentence(&spelled(full_days)),
            spelled(SESSIONS_A_DAY),
        );
        points.push(Point { topic: Topic::FullDays, text, clients: Vec::new() });
    }
    points
}

/// "six weeks", where it comes out even.
fn span(days: u16) -> String {
    let days = u32::from(days);
    match days / 7 {
        0 | 1 => counted(days, "day", "days"),
        weeks if days.is_multiple_of(7) => format!("{} weeks", spelled(weeks)),
        _ => format!("{days} days"),
    }
}

/// "Client A, Client B and Client C"; of many the first, and how many more there are.
fn named(names: &[String]) -> String {
    match names.len().checked_sub(NAMED).filter(|more| *more > 1) {
        Some(more) => format!("{} and {more} more", names[..NAMED].join(", ")),
        None => listed(names),
    }
}
