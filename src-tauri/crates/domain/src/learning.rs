//! Training: what is there, what has to be renewed and when, and the first twelve months.

use std::collections::HashMap;

use chrono::{Months, NaiveDate};
use serde::Serialize;
use uuid::Uuid;

use crate::framework::{Framework, Listed};
use crate::gaps::Status;
use crate::views::{Learning, Renewal, TrainingPlan, TrainingRoute};

/// How many days before its end a training is said to run out (records.md, "Expiry").
pub const NOTICE_DAYS: i64 = 60;
/// From which tier the additional models are desirable (framework.md, "Additional models and approaches").
pub const MODELS_FROM_TIER: u8 = 2;
/// The least a day of training lasts: six hours with the trainer, whatever the breaks. No source sets it; a course that was
/// shorter is settled by the route in the profile.
const TRAINING_DAY: u32 = 6 * 60;
/// Milestones: after how many months in the role, and which competencies are gained by then or settled by it
/// (framework.md, "gained through" of 1.4, 1.6 and 1.9; `practice-hours` of 2.10).
const MILESTONES: [(u32, &str, &[&str]); 3] = [
    (1, "Your first month", &["1.9"]),
    (6, "Your first six months", &["1.4", "1.6"]),
    (12, "Your first twelve months", &["2.10"]),
];

/// Where training stands on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Trainings {
    /// The day.
    pub today: NaiveDate,
    /// Every general capability, in the framework's order.
    pub capabilities: Vec<Capability>,
    /// Other trainings that have to be renewed, the soonest first; of several with one title the newest.
    pub others: Vec<Renewable>,
    /// Whether the additional models are desirable at the coach's tier; they can be covered before.
    pub models_expected: bool,
    /// The additional models, in the framework's order.
    pub models: Vec<ModelCovered>,
    /// The training that tier 1 asks for.
    pub training: Training,
    /// The first twelve months; nothing where the first day in the role is not known.
    pub milestones: Vec<Milestone>,
}

/// Whether a training holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Validity {
    /// It is there, and there is time until it runs out, if it does.
    Current,
    /// It runs out within 60 days, or today.
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

/// A training that is no general capability and has a last day.
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

/// One additional model or approach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ModelCovered {
    /// Its id.
    pub model: String,
    /// Its name.
    pub title: String,
    /// Something that was learnt covers it.
    pub covered: bool,
    /// When last.
    pub date: Option<NaiveDate>,
    /// What covers it, newest first.
    pub records: Vec<Uuid>,
}

/// The training that tier 1 asks for, and what there is for each way to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Training {
    /// The route the profile names, or one whose records are there.
    pub settled: bool,
    /// The first day on which the records of a route were all there; nothing where no records show it.
    pub since: Option<NaiveDate>,
    /// The three routes.
    pub routes: Vec<Route>,
    /// The coach's first NHS session when it was before the training: a gentle warning, nothing more.
    pub coached_before: Option<NaiveDate>,
}

/// One way to the training, and what there is for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Route {
    /// Which.
    pub route: TrainingRoute,
    /// The profile names it.
    pub chosen: bool,
    /// The records that belong to it, oldest first.
    pub records: Vec<Uuid>,
    /// Their minutes.
    pub minutes: u32,
    /// The minutes it takes; 0 where time is not what counts.
    pub needed_minutes: u32,
    /// Its records are all there. Earlier experience has no record of its own and is taken from the profile.
    pub shown: bool,
    /// Since when.
    pub since: Option<NaiveDate>,
}

/// A mark in the first twelve months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Milestone {
    /// After how many months in the role.
    pub months: u32,
    /// "Your first six months".
    pub title: String,
    /// The day it ends.
    pub day: NaiveDate,
    /// That day has come.
    pub passed: bool,
    /// What is gained by then.
    pub competencies: Vec<MilestoneCompetency>,
}

/// A competency that a milestone speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct MilestoneCompetency {
    /// Its number.
    pub competency: String,
    /// Its name.
    pub title: String,
    /// How it stands.
    pub status: Status,
}

/// What else the answer depends on.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// The day.
    pub today: NaiveDate,
    /// The tier held by hours.
    pub tier: u8,
    /// What the profile says.
    pub plan: &'a TrainingPlan,
    /// The coach's first attended NHS session, if there was one.
    pub first_session: Option<NaiveDate>,
    /// How each competency stands; one that is not there stands at nothing yet.
    pub statuses: &'a HashMap<String, Status>,
}

/// Lays out what was learnt against what is asked for (B1570: section 5 on training, appendix 2 on the general
/// capabilities, the additional models and the first months; framework.md, "General capabilities" and "Tiers").
///
/// The newest record of a capability speaks for it. Its own last day comes first; without one it is the day of the
/// training and the months the coach set. What is dated after `today` has not happened yet.
#[must_use]
pub fn trainings(framework: &Framework, learning: &[Learning], standing: Standing<'_>) -> Trainings {
    let mut learning: Vec<&Learning> = learning.iter().filter(|learnt| learnt.date <= standing.today).collect();
    learning.sort_by_key(|learnt| (learnt.date, learnt.expires, learnt.id));
    Trainings {
        today: standing.today,
        capabilities: framework.capabilities.iter().map(|item| capability(item, &learning, standing)).collect(),
        others: others(&learning, standing.today),
        models_expected: standing.tier >= MODELS_FROM_TIER,
        models: framework.models.iter().map(|item| model(item, &learning)).collect(),
        training: training(&learning, standing.plan, standing.first_session),
        milestones: milestones(framework, standing),
    }
}

/// What runs out within 60 days or has run out, general capabilities and other trainings alike, the soonest first.
#[must_use]
pub fn running_out(
    framework: &Framework,
    learning: &[Learning],
    plan: &TrainingPlan,
    today: NaiveDate,
) -> Vec<Renewable> {
    let statuses = HashMap::new();
    let standing = Standing { today, tier: 0, plan, first_session: None, statuses: &statuses };
    let all = trainings(framework, learning, standing);
    let held = all.capabilities.into_iter().filter_map(|item| {
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
    let mut ending: Vec<Renewable> = held.chain(all.others).filter(ends).collect();
    ending.sort_by(|a, b| (a.expires, &a.title).cmp(&(b.expires, &b.title)));
    ending
}

/// How a last day stands to today: the last day itself still holds.
fn validity(expires: NaiveDate, today: NaiveDate) -> (i32, Validity) {
    let left = (expires - today).num_days();
    let state = match left {
        ..0 => Validity::Expired,
        0..=NOTICE_DAYS => Validity::Expiring,
        _ => Validity::Current,
    };
    (i32::try_from(left).unwrap_or(i32::MAX), state)
}

/// So many months later: on the same day, or on the last of the month where it has no such day.
fn months_after(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

fn capability(item: &Listed, learning: &[&Learning], standing: Standing<'_>) -> Capability {
    let set: Option<&Renewal> = standing.plan.renewals.iter().find(|set| set.capability == item.id);
    let latest = learning.iter().rev().find(|learnt| learnt.capability.as_deref() == Some(item.id.as_str()));
    let renewal_months = set.and_then(|set| set.months);
    let expires = latest.and_then(|learnt| {
        let reckoned = || renewal_months.map(|months| months_after(learnt.date, months));
        learnt.expires.or_else(reckoned)
    });
    let held = expires.map(|expires| validity(expires, standing.today));
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

fn others(learning: &[&Learning], today: NaiveDate) -> Vec<Renewable> {
    let mut newest: HashMap<String, Renewable> = HashMap::new();
    for learnt in learning.iter().filter(|learnt| learnt.capability.is_none()) {
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

fn model(item: &Listed, learning: &[&Learning]) -> ModelCovered {
    let about = learning.iter().rev().filter(|learnt| learnt.model.as_deref() == Some(item.id.as_str()));
    let about: Vec<&&Learning> = about.collect();
    ModelCovered {
        model: item.id.clone(),
        title: item.title.clone(),
        covered: !about.is_empty(),
        date: about.first().map(|learnt| learnt.date),
        records: about.iter().map(|learnt| learnt.id).collect(),
    }
}

/// The training that tier 1 asks for: accredited courses that add up to four days; or earlier learning that someone
/// accepted; or earlier experience and a skills course of two days. What the profile says settles it as well.
#[must_use]
pub fn training(learning: &[&Learning], plan: &TrainingPlan, first_session: Option<NaiveDate>) -> Training {
    let course = |learnt: &Learning| learnt.form == "course";
    let route = |route: TrainingRoute| {
        let chosen = plan.route == Some(route);
        let (days, records): (u32, Vec<&Learning>) = match route {
            TrainingRoute::FourDay => (4, of(learning, |learnt| course(learnt) && learnt.accredited)),
            TrainingRoute::PriorLearning => (0, of(learning, |learnt| learnt.prior && learnt.accepted_by.is_some())),
            TrainingRoute::ExperienceAndTwoDay => (2, of(learning, |learnt| course(learnt) && learnt.practised)),
        };
        let needed_minutes = days * TRAINING_DAY;
        let mut minutes = 0;
        let mut since = None;
        for learnt in &records {
            minutes += learnt.minutes;
            if since.is_none() && minutes >= needed_minutes {
                since = Some(learnt.date);
            }
        }
        // A two-day course alone says nothing of the experience before it.
        let since = since.filter(|_| chosen || route != TrainingRoute::ExperienceAndTwoDay);
        let records = records.iter().map(|learnt| learnt.id).collect();
        Route { route, chosen, records, minutes, needed_minutes, shown: since.is_some(), since }
    };
    let routes: Vec<Route> = TrainingRoute::ALL.into_iter().map(route).collect();
    let since = routes.iter().filter_map(|route| route.since).min();
    let settled = plan.route.is_some() || since.is_some();
    // Where the profile alone speaks, nobody knows the day.
    let before = |first: &NaiveDate| since.map_or(!settled, |since| *first < since);
    Training { settled, since, routes, coached_before: first_session.filter(before) }
}

/// Whether the training that tier 1 asks for is there by one of its routes.
#[must_use]
pub fn settled(learning: &[Learning], plan: &TrainingPlan) -> bool {
    let mut learning: Vec<&Learning> = learning.iter().collect();
    learning.sort_by_key(|learnt| (learnt.date, learnt.id));
    training(&learning, plan, None).settled
}

fn of<'l>(learning: &[&'l Learning], wanted: impl Fn(&Learning) -> bool) -> Vec<&'l Learning> {
    learning.iter().copied().filter(|learnt| wanted(learnt)).collect()
}

fn milestones(framework: &Framework, standing: Standing<'_>) -> Vec<Milestone> {
    let Some(started) = standing.plan.started else { return Vec::new() };
    let competency = |number: &&str| {
        let known = framework.competency(number)?;
        let status = standing.statuses.get(*number).copied().unwrap_or(Status::None);
        Some(MilestoneCompetency { competency: known.number.clone(), title: known.title.clone(), status })
    };
    let milestone = |(months, title, competencies): (u32, &str, &[&str])| {
        let day = months_after(started, months);
        let competencies = competencies.iter().filter_map(competency).collect();
        Milestone { months, title: title.to_owned(), day, passed: day <= standing.today, competencies }
    };
    MILESTONES.into_iter().map(milestone).collect()
}

#[cfg(test)]
mod tests;
