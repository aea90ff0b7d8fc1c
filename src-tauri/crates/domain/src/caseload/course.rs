//! A course of coaching: from somebody's first appointment to the session that says what came of it.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Client, Finished, Seen, Waiting};
use crate::framework::CaseloadRules;
use crate::views::{Outcome, Visit};
use crate::words::folded;

/// What sessions with one client add up to, until the coaching was finished.
pub(super) struct Course<'v> {
    client: &'v str,
    /// The first appointment, whether they came or not.
    pub(super) begun: NaiveDate,
    /// The last.
    appointed: NaiveDate,
    /// The first and the last session they came to.
    came: Option<(NaiveDate, NaiveDate)>,
    sessions: u32,
    since_review: u32,
    reviewed: Option<NaiveDate>,
    did_not_attend: u32,
    cancelled: u32,
    missed_since: u32,
    practice: Option<&'v str>,
    referred_from: Option<&'v str>,
    /// When it was finished, and what came of it.
    pub(super) ended: Option<(NaiveDate, &'v str)>,
    earlier_sessions: u32,
}

/// The courses of all clients that are named; the sessions come oldest first.
///
/// A session after the one that says what came of it begins a new course; an appointment that nobody came to does not.
pub(super) fn courses<'v>(visits: &[&'v Visit]) -> Vec<Course<'v>> {
    let mut courses: Vec<Course<'v>> = Vec::new();
    // The course each client is in, by the key of the name, and by each way in which it was written.
    let mut running: HashMap<String, usize> = HashMap::new();
    let mut written: HashMap<&'v str, String> = HashMap::new();
    for visit in visits {
        let Some(client) = visit.client.as_deref() else { continue };
        let key = written.entry(client).or_insert_with(|| folded(client));
        if key.is_empty() {
            continue;
        }
        let at = running.get(key).copied();
        let anew = |at: usize| courses[at].ended.is_some() && visit.outcome == Outcome::Attended;
        let at = match at {
            Some(at) if !anew(at) => at,
            other => {
                let earlier = other.map_or(0, |at| courses[at].earlier_sessions + courses[at].sessions);
                courses.push(Course::begin(client, visit.date, earlier));
                running.insert(key.clone(), courses.len() - 1);
                courses.len() - 1
            }
        };
        courses[at].take(client, visit);
    }
    courses
}

impl<'v> Course<'v> {
    fn begin(client: &'v str, begun: NaiveDate, earlier_sessions: u32) -> Course<'v> {
        Course {
            client,
            begun,
            appointed: begun,
            came: None,
            sessions: 0,
            since_review: 0,
            reviewed: None,
            did_not_attend: 0,
            cancelled: 0,
            missed_since: 0,
            practice: None,
            referred_from: None,
            ended: None,
            earlier_sessions,
        }
    }

    fn take(&mut self, client: &'v str, visit: &'v Visit) {
        self.client = client;
        self.appointed = visit.date;
        match visit.outcome {
            Outcome::Attended => {
                self.sessions += 1;
                self.came = Some((self.came.map_or(visit.date, |(first, _)| first), visit.date));
                self.missed_since = 0;
                if visit.review {
                    self.reviewed = Some(visit.date);
                    self.since_review = 0;
                } else {
                    self.since_review += 1;
                }
            }
            Outcome::DidNotAttend => {
                self.did_not_attend += 1;
                self.missed_since += 1;
            }
            Outcome::Cancelled => self.cancelled += 1,
        }
        self.practice = visit.practice.as_deref().or(self.practice);
        // The first that says so: a referral has one source.
        self.referred_from = self.referred_from.or(visit.referred_from.as_deref());
        if let Some(ended) = &visit.ended {
            self.ended = Some((visit.date, ended));
        }
    }

    /// Where the referral came from.
    pub(super) fn referred_from(&self) -> Option<&'v str> {
        self.referred_from
    }

    /// The client as the caseload tells them, once they came.
    pub(super) fn client(&self, rules: &CaseloadRules, today: NaiveDate) -> Option<Client> {
        let (first, last) = self.came?;
        let days_since = days(last, today);
        let seen = match days_since {
            since if since > u32::from(rules.long_ago_days) => Seen::LongAgo,
            since if since > u32::from(rules.long_gap_days) => Seen::Gap,
            _ => Seen::Lately,
        };
        Some(Client {
            client: self.client.to_owned(),
            sessions: self.sessions,
            first,
            last,
            review_due: self.since_review >= u32::from(rules.review_sessions),
            days_since,
            seen,
            since_review: self.since_review,
            reviewed: self.reviewed,
            did_not_attend: self.did_not_attend,
            cancelled: self.cancelled,
            missed_since: self.missed_since,
            practice: self.practice.map(str::to_owned),
            referred_from: self.referred_from.map(str::to_owned),
            earlier_sessions: self.earlier_sessions,
        })
    }

    /// Somebody who has not come yet, and was to come not too long ago.
    pub(super) fn waiting(&self, rules: &CaseloadRules, today: NaiveDate) -> Option<Waiting> {
        let recent = days(self.appointed, today) <= u32::from(rules.long_ago_days);
        (self.came.is_none() && self.ended.is_none() && recent).then(|| Waiting {
            client: self.client.to_owned(),
            did_not_attend: self.did_not_attend,
            cancelled: self.cancelled,
            last: self.appointed,
        })
    }

    /// What came of it, once it is finished.
    pub(super) fn finished(&self) -> Option<Finished> {
        let (finished, ended) = self.ended?;
        Some(Finished {
            client: self.client.to_owned(),
            sessions: self.sessions,
            first: self.came.map(|(first, _)| first),
            finished,
            ended: ended.to_owned(),
        })
    }
}

fn days(from: NaiveDate, to: NaiveDate) -> u32 {
    u32::try_from((to - from).num_days()).unwrap_or(0)
}
