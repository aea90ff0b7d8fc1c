//! What was learnt, against what is asked for.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use domain::cpd::{Cpd, cpd};
use domain::learning::{Coach, Trainings, trainings};
use domain::ledger::{accepted_by, accepting, others};
use domain::period::Period;
use domain::routes::{Rules, Training, training};
use domain::signers::{By, Signer, relied_on};
use domain::views::{Learning, ModelShown, TrainingPlan};
use uuid::Uuid;

use crate::failure::Failure;
use crate::vault::OpenVault;

/// What the training that tier 1 asks for is judged by, as it stood on a day.
struct Trained {
    /// What was learnt until the day, oldest first.
    learning: Vec<Learning>,
    plan: TrainingPlan,
    people: Vec<Signer>,
    accepting: BTreeSet<Uuid>,
    first_session: Option<NaiveDate>,
}

impl OpenVault {
    /// General capabilities and their renewal, additional models, the training that tier 1 asks for, and milestones.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn trainings(&self) -> Result<Trainings, Failure> {
        let today = self.clock.today();
        let trained = self.trained(today)?;
        let gaps = self.gaps()?;
        let statuses: HashMap<_, _> = gaps.competencies.into_iter().map(|one| (one.competency, one.status)).collect();
        let shown = self.on(today)?.holding(&[ModelShown::FIELD])?;
        let shown: Vec<ModelShown> = shown.iter().filter_map(ModelShown::of).collect();
        let coach = Coach {
            today,
            tier: gaps.tier,
            plan: &trained.plan,
            first_session: trained.first_session,
            accepting: &trained.accepting,
            shown: &shown,
            statuses: &statuses,
        };
        let told = trainings(&self.framework, &trained.learning, coach);
        Ok(Trainings { training: told.training.marked(&self.accepted(&trained, today)), ..told })
    }

    /// What was learnt in a period that ends on a day.
    pub(crate) fn cpd(&self, period: Period, last: NaiveDate) -> Result<Cpd, Failure> {
        let on = self.on(last)?;
        let learning = on.views("learning", Period::until(last), Learning::of)?;
        let plan = TrainingPlan::of(on.profile()?.as_ref());
        Ok(cpd((&self.framework, &self.kinds), &learning, &plan, (period, last)))
    }

    /// The training that tier 1 asks for, judged by what was learnt up to a day.
    pub(crate) fn training(&self, day: NaiveDate) -> Result<Training, Failure> {
        let trained = self.trained(day)?;
        let rules = Rules { decisions: &self.framework.decisions, accepting: &trained.accepting };
        let learning: Vec<&Learning> = trained.learning.iter().collect();
        let told = training(&learning, &trained.plan, trained.first_session, rules);
        Ok(told.marked(&self.accepted(&trained, day)))
    }

    /// The people who may accept earlier learning, and those whose role it is not to give health coaching supervision.
    pub(crate) fn by_role(&self) -> Result<(BTreeSet<Uuid>, BTreeSet<Uuid>), Failure> {
        let people = self.on(self.clock.today())?.views("person", Period::ALWAYS, |person| Signer::of(person, None))?;
        Ok((accepting(&self.framework, &people), others(&self.framework, &people)))
    }

    fn trained(&self, day: NaiveDate) -> Result<Trained, Failure> {
        let on = self.on(day)?;
        let mut learning = on.views("learning", Period::until(day), Learning::of)?;
        learning.sort_by_key(|learnt| (learnt.date, learnt.id));
        let plan = TrainingPlan::of(on.profile()?.as_ref());
        let people = on.views("person", Period::ALWAYS, |person| Signer::of(person, None))?;
        let accepting = accepting(&self.framework, &people);
        let rules = Rules { decisions: &self.framework.decisions, accepting: &accepting };
        let since = training(&learning.iter().collect::<Vec<_>>(), &plan, None, rules).since;
        // The first NHS session, where it can be before the training: later ones are not looked for. Where the profile alone
        // speaks, nobody knows the day of the training.
        let first_session = if since.is_none() && plan.route.is_some() {
            None
        } else {
            let held = on.sessions(Period::until(since.unwrap_or(day)))?;
            held.into_iter().filter(|one| one.attended && one.nhs).map(|one| one.date).min()
        };
        Ok(Trained { learning, plan, people, accepting, first_session })
    }

    /// Who accepted earlier learning, and what is open about them.
    fn accepted(&self, trained: &Trained, day: NaiveDate) -> Vec<By> {
        let gave = accepted_by(&trained.learning, &trained.accepting);
        relied_on(&self.framework, &trained.people, &gave, day)
    }
}
