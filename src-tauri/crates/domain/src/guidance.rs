//! Rules of thumb: never enforced, said once, kindly, and put away when the coach says so.

use std::collections::{BTreeMap, HashSet};

use chrono::{Days, NaiveDate};
use serde::Serialize;
use uuid::Uuid;

use crate::caseload::{Client, SESSIONS_A_DAY};
use crate::decision::{role, who};
use crate::framework::SupervisionType;
use crate::period::Period;
use crate::rhythm::Without;
use crate::routes::Training;
use crate::signers::SUPERVISOR;
use crate::signoff::{About, Agreement};
use crate::views::{Person, Practice};
use crate::words::{day_and_month, folded};

/// Anything further back is no longer mentioned.
pub const LOOKING_BACK_DAYS: u64 = 90;
/// How far back it is looked at who gave which supervision.
pub const COUNTING_MONTHS: u32 = 12;

/// One rule of thumb that has something to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Note {
    /// Rule and subject: the same for as long as it is about the same thing.
    pub key: String,
    /// Which rule.
    pub rule: Rule,
    /// The day it is about: the last, where there are several.
    pub date: NaiveDate,
    /// What it says, in a sentence or two.
    pub text: String,
    /// The coach has put it away.
    pub put_away: bool,
}

/// The rules of thumb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
// The page knows another rule, that of a kind's fields.
#[serde(rename = "RuleOfThumb", rename_all = "kebab-case")]
pub enum Rule {
    /// More than five sessions on a day.
    FullDay,
    /// Six sessions with a client since the last review.
    Review,
    /// A client under 18 without specialist training.
    #[serde(rename = "under-18")]
    Under18,
    /// A stretch of time without the health-coaching supervision that was due.
    Supervision,
    /// Sessions before the training.
    BeforeTraining,
    /// One person who gives both line management and coaching supervision.
    TwoRoles,
    /// An appraisal signed by someone who does not hold it.
    NotTheirs,
}

impl Rule {
    /// The name a key begins with.
    fn id(self) -> &'static str {
        match self {
            Rule::FullDay => "full-day",
            Rule::Review => "review",
            Rule::Under18 => "under-18",
            Rule::Supervision => "supervision",
            Rule::BeforeTraining => "before-training",
            Rule::TwoRoles => "two-roles",
            Rule::NotTheirs => "not-theirs",
        }
    }

    /// What a key begins with, and the subject after it.
    fn key(self, subject: &str) -> String {
        format!("{}:{subject}", self.id())
    }
}

/// Someone who gives both line management and coaching supervision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InTwoRoles {
    /// Their name.
    pub name: String,
    /// The day on which they last gave either, or on which they were noted.
    pub last: NaiveDate,
}

/// What the rules look at.
#[derive(Debug, Clone, Copy)]
pub struct Lately<'a> {
    /// The day.
    pub today: NaiveDate,
    /// Sessions of the days that are looked at.
    pub sessions: &'a [Practice],
    /// Clients whose coaching is not finished, as the caseload has them.
    pub clients: &'a [Client],
    /// The stretches of time without health-coaching supervision, as its rhythm has them.
    pub without: &'a [Without],
    /// When specialist training for coaching people under 18 was first taken.
    pub young_people_since: Option<NaiveDate>,
    /// The training that tier 1 asks for.
    pub training: &'a Training,
    /// Who gives both line management and coaching supervision.
    pub in_two_roles: &'a [InTwoRoles],
    /// Every decision that was recorded.
    pub agreements: &'a [Agreement],
    /// Keys of what was put away.
    pub put_away: &'a [String],
}

impl Lately<'_> {
    fn back(&self) -> NaiveDate {
        self.today.checked_sub_days(Days::new(LOOKING_BACK_DAYS)).unwrap_or(NaiveDate::MIN)
    }

    /// Sessions that took place in the last 90 days, today included.
    fn sessions(&self) -> impl Iterator<Item = &Practice> {
        let (back, today) = (self.back(), self.today);
        self.sessions.iter().filter(move |one| one.attended && one.date > back && one.date <= today)
    }
}

/// What the rules of thumb say, newest first (B1570 and NHS England's questions and answers for coaches;
/// docs/framework.md, "Rules of thumb"). What was put away is marked, for the caller to leave out.
#[must_use]
pub fn guidance(lately: Lately<'_>) -> Vec<Note> {
    let mut notes = full_days(lately);
    notes.extend(reviews(lately));
    notes.extend(under_18(lately));
    notes.extend(supervision(lately));
    notes.extend(before_training(lately));
    notes.extend(lately.in_two_roles.iter().map(two_roles));
    notes.extend(not_theirs(lately));
    let away: HashSet<&str> = lately.put_away.iter().map(String::as_str).collect();
    for note in &mut notes {
        note.put_away = away.contains(note.key.as_str());
    }
    notes.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.key.cmp(&b.key)));
    notes
}

fn note(rule: Rule, subject: &str, date: NaiveDate, text: String) -> Note {
    Note { key: rule.key(subject), rule, date, text, put_away: false }
}

fn full_days(lately: Lately<'_>) -> Vec<Note> {
    let mut days: BTreeMap<NaiveDate, u32> = BTreeMap::new();
    for session in lately.sessions() {
        *days.entry(session.date).or_default() += 1;
    }
    let said = |(date, count): (NaiveDate, u32)| {
        let text = format!(
            "{count} sessions on {}: a full day. Four or five are usually plenty; is there room to breathe between them?",
            day_and_month(date)
        );
        note(Rule::FullDay, &date.to_string(), date, text)
    };
    days.into_iter().filter(|(_, count)| *count > SESSIONS_A_DAY).map(said).collect()
}

/// Clients seen in the last 90 days, as the caseload counts their sessions since the last review. After a review the count,
/// and the key, start afresh.
fn reviews(lately: Lately<'_>) -> Vec<Note> {
    let due = lately.clients.iter().filter(|client| client.review_due && client.last > lately.back());
    let said = |client: &Client| {
        let subject = match client.reviewed {
            Some(reviewed) => format!("{}:{reviewed}", folded(&client.client)),
            None => folded(&client.client),
        };
        let text = format!(
            "{} sessions with {} since you last looked back together. Every six or so is a good moment to ask what has \
             changed and what would help now.",
            client.since_review, client.client
        );
        note(Rule::Review, &subject, client.last, text)
    };
    due.map(said).collect()
}

/// One note for each young client, or for the day where no client is named.
fn under_18(lately: Lately<'_>) -> Vec<Note> {
    let untrained = |one: &&Practice| one.under_18 && lately.young_people_since.is_none_or(|since| since > one.date);
    let mut subjects: BTreeMap<String, &Practice> = BTreeMap::new();
    for session in lately.sessions().filter(untrained) {
        let subject = session.client.as_ref().map_or_else(|| session.date.to_string(), |client| client.to_lowercase());
        let last = subjects.entry(subject).or_insert(session);
        if session.date > last.date {
            *last = session;
        }
    }
    let said = |(subject, session): (String, &Practice)| {
        let whom = session.client.as_deref().unwrap_or("someone");
        let text = format!(
            "On {} you coached {whom}, under 18. The role is for adults unless you are trained for younger people: if you \
             are, add that training; if not, talk it over with your supervisor.",
            day_and_month(session.date)
        );
        note(Rule::Under18, &subject, session.date, text)
    };
    subjects.into_iter().map(said).collect()
}

/// Stretches without supervision in which the last was due in the last 90 days: one note for each, however many
/// were due.
fn supervision(lately: Lately<'_>) -> Vec<Note> {
    let said = |without: &Without| {
        let text = format!(
            "One-to-one health coaching supervision in your log: {}. If you met, add it; if not, is a date in the diary?",
            without.says
        );
        note(Rule::Supervision, &without.due.format("%Y-%m").to_string(), without.due, text)
    };
    let lately_due = |without: &&Without| without.due > lately.back() && without.due <= lately.today;
    lately.without.iter().filter(lately_due).map(said).collect()
}

/// One note on all such sessions.
fn before_training(lately: Lately<'_>) -> Option<Note> {
    let training = lately.training;
    training.coached_before?;
    let early = |one: &&Practice| one.nhs && training.since.is_none_or(|since| one.date < since);
    let last = lately.sessions().filter(early).map(|one| one.date).max()?;
    let text = match training.since {
        Some(since) => format!(
            "You coached before your training was complete on {}. If you learnt it earlier elsewhere, your profile can say so.",
            day_and_month(since)
        ),
        None => {
            "You are coaching, and your health coaching training is not recorded yet. Add it, or say in your profile \
                 how you trained; until then, keep your supervisor close."
                .to_owned()
        }
    };
    let subject = training.since.map_or_else(|| "none".to_owned(), |since| since.to_string());
    Some(note(Rule::BeforeTraining, &subject, last, text))
}

/// One note for each person, whatever they last gave: B1570, section 4.2.2, has three kinds of supervision with three ends.
fn two_roles(of: &InTwoRoles) -> Note {
    let name = &of.name;
    let text = format!(
        "{name} gives you both line management and health coaching supervision. That can work; some things are easier to say \
         to someone who does not manage you. Is there somebody else you could turn to?"
    );
    note(Rule::TwoRoles, &name.to_lowercase(), of.last, text)
}

/// Appraisals of the last 90 days; what is signed about a competency, a tier or a statement is told where that is.
fn not_theirs(lately: Lately<'_>) -> Vec<Note> {
    let of_late = |one: &&Agreement| one.about == About::Appraisal && !one.by.decides && one.date > lately.back();
    let said = |one: &Agreement| {
        let (who, role, day) = (who(&one.by), role(&one.by), day_and_month(one.date));
        let text = format!(
            "The appraisal of {day} is recorded, but {role} does not decide about it: {who} is not noted as your line manager \
             or appraiser."
        );
        note(Rule::NotTheirs, &one.sign_off.to_string(), one.date, text)
    };
    lately.agreements.iter().filter(of_late).map(said).collect()
}

/// Who gives both line management and coaching supervision: by what the log says that they gave, and by the roles in which
/// they are noted. Someone who is noted twice under one name is one person.
#[must_use]
pub fn in_two_roles(
    people: &[Person],
    gave: &[(Uuid, SupervisionType, NaiveDate)],
    today: NaiveDate,
) -> Vec<InTwoRoles> {
    let mut named: BTreeMap<String, Vec<&Person>> = BTreeMap::new();
    for person in people {
        named.entry(person.name.trim().to_lowercase()).or_default().push(person);
    }
    let both = |same: Vec<&Person>| {
        let given = || gave.iter().filter(|(id, _, day)| *day <= today && same.iter().any(|person| person.id == *id));
        let does = |kind: SupervisionType, role: &str| {
            given().any(|(_, of, _)| *of == kind) || same.iter().any(|person| person.role == role)
        };
        let last = given().map(|(_, _, day)| *day).max();
        let in_both =
            does(SupervisionType::LineManagement, "line-manager") && does(SupervisionType::HealthCoaching, SUPERVISOR);
        in_both.then(|| InTwoRoles { name: same[0].name.trim().to_owned(), last: last.unwrap_or(today) })
    };
    named.into_values().filter_map(both).collect()
}

/// The days whose sessions are looked at.
#[must_use]
pub fn looked_at(today: NaiveDate) -> Period {
    Period::between(today.checked_sub_days(Days::new(LOOKING_BACK_DAYS)).unwrap_or(NaiveDate::MIN), today)
}

#[cfg(test)]
mod tests;
