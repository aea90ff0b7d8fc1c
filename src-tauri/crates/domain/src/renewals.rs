//! Trainings that have to be renewed: what is there, until when it holds, and what runs out soon.

use std::collections::HashMap;

use chrono::{Months, NaiveDate};
use serde::Serialize;
use uuid::Uuid;

use crate::framework::{Framework, Listed};
use crate::views::{Learning, Renewal, TrainingPlan};

/// How many days before its end a training counts as running out (docs/records.md, "Learning").
pub const NOTICE_DAYS: i64 = 60;

/// Whether a training holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Validity {
    /// It is there, and there is time until it runs out, if it does.
    Current,
    /// It runs out within `NOTICE_DAYS`, or today.
    Expiring,
    /// Its last day has passed.
    Expired,
    /// Nothing was recorded.
    None,
}

/// One general capability.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Capability {
    /// Its id.
    pub capability: String,
    /// Its name.
    pub title: String,
    /// Set by the coach.
    pub mandatory: bool,
    /// Set by the coach: after how many months it has to be renewed.
    pub renewal_months: Option<u32>,
    /// When it was last recorded.
    pub date: Option<NaiveDate>,
    /// That record.
    pub record: Option<Uuid>,
    /// Whether that record has its certificate.
    pub certificate: bool,
    /// The last day it holds.
    pub expires: Option<NaiveDate>,
    /// Days until then; below 0 when it has passed.
    pub days_left: Option<i32>,
    /// How that stands.
    pub state: Validity,
}

/// A training that is not a general capability and has a last day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Renewable {
    /// The record.
    pub record: Uuid,
    /// Its title.
    pub title: String,
    /// When it was taken.
    pub date: NaiveDate,
    /// Whether it has its certificate.
    pub certificate: bool,
    /// The last day it holds.
    pub expires: NaiveDate,
    /// Days until then; below 0 when it has passed.
    pub days_left: i32,
    /// How that stands.
    pub state: Validity,
}

/// Every general capability, in the framework's order, out of what was learnt until `today`, oldest first.
#[must_use]
pub fn capabilities(
    framework: &Framework,
    learning: &[&Learning],
    plan: &TrainingPlan,
    today: NaiveDate,
) -> Vec<Capability> {
    framework.capabilities.iter().map(|item| capability(item, learning, plan, today)).collect()
}

/// What runs out within [`NOTICE_DAYS`] or has run out, general capabilities and other trainings alike, soonest first.
#[must_use]
pub fn running_out(
    framework: &Framework,
    learning: &[Learning],
    plan: &TrainingPlan,
    today: NaiveDate,
) -> Vec<Renewable> {
    let learning = in_order(learning, today);
    let held = capabilities(framework, &learning, plan, today).into_iter().filter_map(|item| {
        Some(Renewable {
            record: item.record?,
            title: item.title,
            date: item.date?,
            certificate: item.certificate,
            expires: item.expires?,
            days_left: item.days_left?,
            state: item.state,
        })
    });
    let ends = |one: &Renewable| matches!(one.state, Validity::Expiring | Validity::Expired);
    let mut ending: Vec<Renewable> = held.chain(others(&learning, today)).filter(ends).collect();
    ending.sort_by(|a, b| (a.expires, &a.title).cmp(&(b.expires, &b.title)));
    ending
}

/// What was learnt until a day, oldest first; of one day what holds longest last.
pub(crate) fn in_order(learning: &[Learning], today: NaiveDate) -> Vec<&Learning> {
    let mut past: Vec<&Learning> = learning.iter().filter(|learnt| learnt.date <= today).collect();
    past.sort_by_key(|learnt| (learnt.date, learnt.expires, learnt.id));
    past
}

fn capability(item: &Listed, learning: &[&Learning], plan: &TrainingPlan, today: NaiveDate) -> Capability {
    let set: Option<&Renewal> = plan.renewals.iter().find(|set| set.capability == item.id);
    let latest = learning.iter().rev().find(|learnt| learnt.capabilities.contains(&item.id));
    let renewal_months = set.and_then(|set| set.months);
    let expires = latest.and_then(|learnt| {
        let by_rule = || {
            renewal_months.map(|months| learnt.date.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX))
        };
        learnt.expires.or_else(by_rule)
    });
    let held = expires.map(|expires| validity(expires, today));
    let unlimited = if latest.is_some() { Validity::Current } else { Validity::None };
    Capability {
        capability: item.id.clone(),
        title: item.title.clone(),
        mandatory: set.is_some_and(|set| set.mandatory),
        renewal_months,
        date: latest.map(|learnt| learnt.date),
        record: latest.map(|learnt| learnt.id),
        certificate: latest.is_some_and(|learnt| learnt.certificate),
        expires,
        days_left: held.map(|(left, _)| left),
        state: held.map_or(unlimited, |(_, state)| state),
    }
}

/// Trainings that are no general capability and have a last day, soonest first; of several with one title the newest.
pub(crate) fn others(learning: &[&Learning], today: NaiveDate) -> Vec<Renewable> {
    let mut newest: HashMap<String, Renewable> = HashMap::new();
    for learnt in learning.iter().filter(|learnt| learnt.capabilities.is_empty()) {
        let Some(expires) = learnt.expires else { continue };
        let (days_left, state) = validity(expires, today);
        let renewable = Renewable {
            record: learnt.id,
            title: learnt.title.clone(),
            date: learnt.date,
            certificate: learnt.certificate,
            expires,
            days_left,
            state,
        };
        newest.insert(learnt.title.trim().to_lowercase(), renewable);
    }
    let mut others: Vec<Renewable> = newest.into_values().collect();
    others.sort_by(|a, b| (a.expires, &a.title).cmp(&(b.expires, &b.title)));
    others
}

/// How a last day compares with today: on the last day itself it still holds.
fn validity(expires: NaiveDate, today: NaiveDate) -> (i32, Validity) {
    let left = (expires - today).num_days();
    let state = match left {
        ..0 => Validity::Expired,
        0..=NOTICE_DAYS => Validity::Expiring,
        _ => Validity::Current,
    };
    (i32::try_from(left).unwrap_or(i32::MAX), state)
}
