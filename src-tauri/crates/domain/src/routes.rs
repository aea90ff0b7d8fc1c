//! The training that tier 1 asks for: three ways to it, and what there is for each.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use crate::views::{Learning, TrainingPlan, TrainingRoute};

/// The least a day of training lasts: six hours with the trainer, whatever the breaks. No source sets it; a course that was
/// shorter is settled by the route in the profile.
const TRAINING_DAY: u32 = 6 * 60;

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
