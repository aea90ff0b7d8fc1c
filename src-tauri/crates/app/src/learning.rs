//! What was learnt, against what is asked for.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use domain::cpd::{Cpd, cpd};
use domain::learning::{Coach, Trainings, trainings};
use domain::ledger::accepting;
use domain::period::Period;
use domain::routes::{Rules, Training, training};
use domain::signoff::Signer;
use domain::views::{Learning, ModelShown, TrainingPlan};
use uuid::Uuid;

use crate::failure::Failure;
use crate::vault::OpenVault;

impl OpenVault {
    /// General capabilities and their renewal, additional models, the training that tier 1 asks for, and milestones.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn trainings(&self) -> Result<Trainings, Failure> {
        let on = self.on(self.clock.today())?;
        let learning = on.views("learning", Period::ALWAYS, Learning::of)?;
        let plan = TrainingPlan::of(on.profile()?.as_ref());
        let gaps = self.gaps()?;
        let statuses: HashMap<_, _> = gaps.competencies.into_iter().map(|one| (one.competency, one.status)).collect();
        let shown = on.holding(ModelShown::FIELD)?;
        let shown: Vec<ModelShown> = shown.iter().filter_map(ModelShown::of).collect();
        let coach = Coach {
            today: self.clock.today(),
            tier: gaps.tier,
            plan: &plan,
            first_session: self.early_session(&learning, &plan)?,
            accepting: &self.accepting()?,
            shown: &shown,
            statuses: &statuses,
        };
        Ok(trainings(&self.framework, &learning, coach))
    }

    /// What was learnt in a period that ends on a day.
    pub(crate) fn cpd(&self, period: Period, last: NaiveDate) -> Result<Cpd, Failure> {
        let on = self.on(last)?;
        let learning = on.views("learning", Period::until(last), Learning::of)?;
        let plan = TrainingPlan::of(on.profile()?.as_ref());
        Ok(cpd((&self.framework, &self.kinds), &learning, &plan, (period, last)))
    }

    /// The training that tier 1 asks for, judged by what was learnt up to today.
    pub(crate) fn training(&self, learning: &[Learning]) -> Result<Training, Failure> {
        let plan = TrainingPlan::of(self.on(self.clock.today())?.profile()?.as_ref());
        let first_session = self.early_session(learning, &plan)?;
        let accepting = self.accepting()?;
        let rules = Rules { decisions: &self.framework.decisions, accepting: &accepting };
        Ok(training(&self.until_today(learning), &plan, first_session, rules))
    }

    /// The people who may accept earlier learning.
    pub(crate) fn accepting(&self) -> Result<BTreeSet<Uuid>, Failure> {
        let people: Vec<Signer> = self.on(self.clock.today())?.views("person", Period::ALWAYS, Signer::of)?;
        Ok(accepting(&self.framework, &people))
    }

    fn until_today<'l>(&self, learning: &'l [Learning]) -> Vec<&'l Learning> {
        let mut past: Vec<&Learning> = learning.iter().filter(|learnt| learnt.date <= self.clock.today()).collect();
        past.sort_by_key(|learnt| (learnt.date, learnt.id));
        past
    }

    /// The first NHS session that was attended, where it can be before the training: later ones are not looked for.
    fn early_session(&self, learning: &[Learning], plan: &TrainingPlan) -> Result<Option<NaiveDate>, Failure> {
        let accepting = self.accepting()?;
        let rules = Rules { decisions: &self.framework.decisions, accepting: &accepting };
        let to = match (training(&self.until_today(learning), plan, None, rules).since, plan.route) {
            (Some(since), _) => since,
            // Where the profile alone speaks, nobody knows the day.
            (None, Some(_)) => return Ok(None),
            (None, None) => self.clock.today(),
        };
        let held =
            self.on(self.clock.today())?.sessions(Period::until(to))?.into_iter().filter(|one| one.attended && one.nhs);
        Ok(held.map(|one| one.date).min())
    }
}
