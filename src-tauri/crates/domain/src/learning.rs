//! What was learnt, laid out against what is asked for.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use crate::coverage::Status;
use crate::framework::{Framework, Listed};
use crate::induction::{Topic, induction};
use crate::milestones::{Milestone, milestones};
use crate::renewals::{Capability, Renewable, capabilities, in_order, others};
use crate::routes::{Rules, Training, training};
use crate::views::{Learning, ModelShown, TrainingPlan};

/// Where training stands on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Trainings {
    /// The day.
    pub today: NaiveDate,
    /// Every general capability, in the framework's order.
    pub capabilities: Vec<Capability>,
    /// Other trainings that have to be renewed, soonest first; of several with one title the newest.
    pub others: Vec<Renewable>,
    /// Whether the additional models are desirable at the coach's tier; they can be covered before.
    pub models_expected: bool,
    /// From which tier they are; nothing where the framework does not say.
    pub models_from_tier: Option<u8>,
    /// The additional models, in the framework's order.
    pub models: Vec<ModelCovered>,
    /// The training that tier 1 asks for.
    pub training: Training,
    /// What the induction before the first referrals covers, and what of it was done.
    pub induction: Vec<Topic>,
    /// The marks of the first months; nothing where the first day in the role is not known.
    pub milestones: Vec<Milestone>,
}

/// One additional model or approach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ModelCovered {
    /// Its id.
    pub model: String,
    /// Its name.
    pub title: String,
    /// Something that was learnt about it or shows it covers it.
    pub covered: bool,
    /// When last.
    pub date: Option<NaiveDate>,
    /// What covers it, newest first.
    pub records: Vec<Uuid>,
}

/// What else the answer depends on: the coach on a day.
#[derive(Debug, Clone, Copy)]
pub struct Coach<'a> {
    /// The day.
    pub today: NaiveDate,
    /// The tier held by hours.
    pub tier: u8,
    /// What the profile says.
    pub plan: &'a TrainingPlan,
    /// The coach's first attended NHS session, if there was one.
    pub first_session: Option<NaiveDate>,
    /// The people who may accept earlier learning.
    pub accepting: &'a BTreeSet<Uuid>,
    /// Work that shows an additional model, whenever it was.
    pub shown: &'a [ModelShown],
    /// How each competency stands; one that is missing has no evidence yet.
    pub statuses: &'a HashMap<String, Status>,
}

/// Lays out what was learnt against what is asked for (B1570: sections 4.1 and 8.2 on training, appendix 2 on the
/// general capabilities, the additional models and the first months; docs/framework.md, "General capabilities" and
/// "Tiers").
///
/// The newest record of a capability speaks for it. Its own last day comes first; without one it is the day of the
/// training and the months the coach set. What is dated after `today` has not happened yet.
#[must_use]
pub fn trainings(framework: &Framework, learning: &[Learning], coach: Coach<'_>) -> Trainings {
    let learning = in_order(learning, coach.today);
    let rules = Rules { decisions: &framework.decisions, accepting: coach.accepting };
    Trainings {
        today: coach.today,
        capabilities: capabilities(framework, &learning, coach.plan, coach.today),
        others: others(&learning, coach.today),
        models_expected: framework.models_from_tier.is_some_and(|from| coach.tier >= from),
        models_from_tier: framework.models_from_tier,
        models: framework.models.iter().map(|item| model(item, &learning, coach.shown, coach.today)).collect(),
        training: training(&learning, coach.plan, coach.first_session, rules),
        induction: induction(framework, coach.plan, coach.today),
        milestones: milestones(framework, coach.plan.started, coach.statuses, coach.today),
    }
}

fn model(item: &Listed, learning: &[&Learning], shown: &[ModelShown], today: NaiveDate) -> ModelCovered {
    let learnt = learning.iter().filter(|learnt| learnt.model.as_deref() == Some(item.id.as_str()));
    let shown = shown.iter().filter(|shown| shown.date <= today && shown.models.contains(&item.id));
    let learnt = learnt.map(|learnt| (learnt.date, learnt.id));
    let mut about: Vec<(NaiveDate, Uuid)> = learnt.chain(shown.map(|shown| (shown.date, shown.id))).collect();
    about.sort_unstable_by_key(|one| std::cmp::Reverse(*one));
    ModelCovered {
        model: item.id.clone(),
        title: item.title.clone(),
        covered: !about.is_empty(),
        date: about.first().map(|(date, _)| *date),
        records: about.into_iter().map(|(_, id)| id).collect(),
    }
}

#[cfg(test)]
mod tests;
