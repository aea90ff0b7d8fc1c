//! The caseload: who is being seen, how often and for how long, and what of it is worth talking over.
//!
//! Everything is told from sessions (B1570, section 5.1; NHS England's questions and answers for coaches on how many
//! sessions are usual). None of it is a limit: how many sessions there are is between coach and client.

mod course;
mod points;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Days, Months, NaiveDate};
use serde::Serialize;

use crate::framework::CaseloadRules;
use crate::views::{Outcome, Visit};
use crate::words::folded;
use course::Course;

pub use points::{Point, Topic};

/// How long a session usually lasts, in minutes (docs/framework.md, "Caseload").
pub const USUAL_MINUTES: (u32, u32) = (45, 50);
/// With how many sessions a client is usually done (docs/framework.md, "Caseload").
pub const USUAL_SESSIONS: (u32, u32) = (6, 8);
/// More sessions than this in a day are a lot (docs/framework.md, "Rules of thumb").
pub const SESSIONS_A_DAY: u32 = 5;
/// The days over which sessions a day and a week are told.
pub const LATELY_DAYS: u64 = 90;
/// The months over which practices, referrals and what came of them are told.
pub const LOOKING_BACK_MONTHS: u32 = 12;

/// The caseload on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Caseload {
    /// The day; what is dated later is not counted.
    pub today: NaiveDate,
    /// Everyone whose coaching is not finished and who came at least once, seen last first.
    pub clients: Vec<Client>,
    /// How many of them are being seen: those whose last session is not too long ago.
    pub being_seen: u32,
    /// Who was to come and has not yet, appointed last first.
    pub waiting: Vec<Waiting>,
    /// Coaching that was finished in the last twelve months, latest first.
    pub finished: Vec<Finished>,
    /// Sessions on a day that had any, over the last 90 days, to one decimal.
    pub per_day: f64,
    /// Sessions a week over the last 90 days, or since the first where these are fewer, to one decimal.
    pub per_week: f64,
    /// Days of these with more than five.
    pub full_days: u32,
    /// Appointments of these 90 days that nobody came to.
    pub did_not_attend: u32,
    /// Appointments of these 90 days that were cancelled.
    pub cancelled: u32,
    /// How long a session with one client usually lasts: the median of the last twelve months.
    pub usual_minutes: Option<u32>,
    /// With how many sessions coaching was usually finished: the median of what finished in the last twelve months.
    pub usual_sessions: Option<u32>,
    /// Sessions of the last twelve months that say for which practice they were, most first.
    pub by_practice: Vec<AtPractice>,
    /// Where those who began in the last twelve months came from, most first.
    pub referred_from: Vec<Share>,
    /// What came of the coaching that finished in the last twelve months, most first.
    pub came_of_it: Vec<Share>,
    /// Sessions with one client in the last twelve months that do not say with whom; they stand in no list above.
    pub unnamed: u32,
    /// What is worth talking over with the line manager.
    pub to_discuss: Vec<Point>,
}

/// A client in a course of coaching.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Client {
    /// The pseudonym, as it was written last.
    pub client: String,
    /// Sessions they came to.
    pub sessions: u32,
    /// The first of them.
    pub first: NaiveDate,
    /// The last of them.
    pub last: NaiveDate,
    /// It is time to look back together.
    pub review_due: bool,
    /// Days since the last session.
    pub days_since: u32,
    /// How long ago that is.
    pub seen: Seen,
    /// Sessions since progress was last looked back at together; that session itself does not count.
    pub since_review: u32,
    /// When that was.
    pub reviewed: Option<NaiveDate>,
    /// Appointments nobody came to.
    pub did_not_attend: u32,
    /// Appointments that were cancelled.
    pub cancelled: u32,
    /// Appointments since the last session that nobody came to.
    pub missed_since: u32,
    /// For which practice, as the last session that says so has it.
    pub practice: Option<String>,
    /// Where the referral came from, by the id of the choice.
    pub referred_from: Option<String>,
    /// Sessions of earlier coaching that was finished.
    pub earlier_sessions: u32,
}

/// How long ago somebody was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// Within what is usual.
    Lately,
    /// Longer ago than is usual: worth asking whether to go on.
    Gap,
    /// So long ago that they do not count as being seen.
    LongAgo,
}

/// Somebody who was to come and has not yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[allow(missing_docs, reason = "as those of a client")]
pub struct Waiting {
    pub client: String,
    pub did_not_attend: u32,
    pub cancelled: u32,
    /// The last appointment.
    pub last: NaiveDate,
}

/// Coaching that is finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[allow(missing_docs, reason = "as those of a client")]
pub struct Finished {
    pub client: String,
    pub sessions: u32,
    pub first: Option<NaiveDate>,
    /// The day of the session that says what came of it.
    pub finished: NaiveDate,
    /// What came of it, by the id of the choice.
    pub ended: String,
}

/// The sessions for one practice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct AtPractice {
    /// The name, as it was written last.
    pub practice: String,
    /// Sessions that took place, groups too.
    pub sessions: u32,
    /// Their minutes.
    pub minutes: u32,
    /// Different clients.
    pub clients: u32,
}

/// How many share an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Share {
    /// The id of the choice.
    pub id: String,
    /// How many courses of coaching.
    pub clients: u32,
}

/// Tells the caseload of a day from all sessions until then, in any order.
#[must_use]
pub fn caseload<'v>(visits: impl IntoIterator<Item = &'v Visit>, rules: &CaseloadRules, today: NaiveDate) -> Caseload {
    let mut visits: Vec<&Visit> = visits.into_iter().filter(|visit| visit.date <= today).collect();
    // Stable: those of one day stay in the order in which they were written.
    visits.sort_by_key(|visit| visit.date);
    let year = today.checked_sub_months(Months::new(LOOKING_BACK_MONTHS)).unwrap_or(NaiveDate::MIN);
    let courses = course::courses(&visits);
    let mut clients: Vec<Client> = courses
        .iter()
        .filter(|course| course.ended.is_none())
        .filter_map(|course| course.client(rules, today))
        .collect();
    clients.sort_by(|a, b| b.last.cmp(&a.last).then_with(|| a.client.cmp(&b.client)));
    let mut waiting: Vec<Waiting> = courses.iter().filter_map(|course| course.waiting(rules, today)).collect();
    waiting.sort_by(|a, b| b.last.cmp(&a.last).then_with(|| a.client.cmp(&b.client)));
    let mut finished: Vec<Finished> =
        courses.iter().filter_map(Course::finished).filter(|done| done.finished > year).collect();
    finished.sort_by(|a, b| b.finished.cmp(&a.finished).then_with(|| a.client.cmp(&b.client)));
    let lately = Lately::of(&visits, today);
    let of_year = || visits.iter().copied().filter(|visit| visit.date > year && visit.outcome == Outcome::Attended);
    let to_discuss = points::points(&clients, lately.full_days, rules);
    Caseload {
        today,
        being_seen: many(clients.iter().filter(|client| client.seen != Seen::LongAgo).count()),
        per_day: lately.per_day,
        per_week: lately.per_week,
        full_days: lately.full_days,
        did_not_attend: lately.did_not_attend,
        cancelled: lately.cancelled,
        usual_minutes: median(of_year().filter(|visit| !visit.group).map(|visit| visit.minutes).collect()),
        usual_sessions: median(finished.iter().map(|done| done.sessions).filter(|sessions| *sessions > 0).collect()),
        by_practice: by_practice(of_year()),
        referred_from: shares(courses.iter().filter(|course| course.begun > year).filter_map(Course::referred_from)),
        came_of_it: shares(finished.iter().map(|done| done.ended.as_str())),
        unnamed: many(of_year().filter(|visit| !visit.group && visit.client.is_none()).count()),
        clients,
        waiting,
        finished,
        to_discuss,
    }
}

fn many(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// How the last 90 days went.
struct Lately {
    per_day: f64,
    per_week: f64,
    full_days: u32,
    did_not_attend: u32,
    cancelled: u32,
}

impl Lately {
    fn of(visits: &[&Visit], today: NaiveDate) -> Lately {
        let back = today.checked_sub_days(Days::new(LATELY_DAYS)).unwrap_or(NaiveDate::MIN);
        let of = |outcome: Outcome| visits.iter().filter(move |visit| visit.outcome == outcome);
        let since = |visit: &&&Visit| visit.date > back;
        let mut days: BTreeMap<NaiveDate, u32> = BTreeMap::new();
        for visit in of(Outcome::Attended).filter(since) {
            *days.entry(visit.date).or_default() += 1;
        }
        let sessions: u32 = days.values().sum();
        // Somebody who began last week has not had ninety days.
        let begun = of(Outcome::Attended).next().map_or(today, |visit| visit.date);
        let span = (today - begun).num_days().saturating_add(1).clamp(7, 90);
        Lately {
            per_day: if days.is_empty() { 0.0 } else { tenths(f64::from(sessions) / f64::from(many(days.len()))) },
            #[allow(clippy::cast_precision_loss, reason = "at most ninety")]
            per_week: tenths(f64::from(sessions) * 7.0 / span as f64),
            full_days: many(days.values().filter(|sessions| **sessions > SESSIONS_A_DAY).count()),
            did_not_attend: many(of(Outcome::DidNotAttend).filter(since).count()),
            cancelled: many(of(Outcome::Cancelled).filter(since).count()),
        }
    }
}

fn tenths(n: f64) -> f64 {
    (n * 10.0).round() / 10.0
}

/// The middle of them; of two in the middle the mean, rounded up.
fn median(mut of: Vec<u32>) -> Option<u32> {
    of.sort_unstable();
    let (low, high) = (of.get(of.len().checked_sub(1)? / 2)?, of.get(of.len() / 2)?);
    Some(low + (high - low).div_ceil(2))
}

fn by_practice<'v>(visits: impl Iterator<Item = &'v Visit>) -> Vec<AtPractice> {
    let mut found: BTreeMap<String, (AtPractice, BTreeSet<String>)> = BTreeMap::new();
    for visit in visits {
        let Some(name) = &visit.practice else { continue };
        let none = || (AtPractice { practice: String::new(), sessions: 0, minutes: 0, clients: 0 }, BTreeSet::new());
        let (practice, clients) = found.entry(folded(name)).or_insert_with(none);
        practice.practice.clone_from(name);
        practice.sessions += 1;
        practice.minutes = practice.minutes.saturating_add(visit.minutes);
        clients.extend(visit.client.as_deref().map(folded));
    }
    let told =
        |(practice, clients): (AtPractice, BTreeSet<String>)| AtPractice { clients: many(clients.len()), ..practice };
    let mut all: Vec<AtPractice> = found.into_values().map(told).collect();
    // Stable: those with as many stay in the order of their names.
    all.sort_by_key(|practice| std::cmp::Reverse(practice.sessions));
    all
}

fn shares<'v>(ids: impl Iterator<Item = &'v str>) -> Vec<Share> {
    let mut found: HashMap<&str, u32> = HashMap::new();
    for id in ids {
        *found.entry(id).or_default() += 1;
    }
    let mut all: Vec<Share> = found.into_iter().map(|(id, clients)| Share { id: id.to_owned(), clients }).collect();
    all.sort_by(|a, b| b.clients.cmp(&a.clients).then_with(|| a.id.cmp(&b.id)));
    all
}
