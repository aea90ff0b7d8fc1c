//! How a coach stands on a day: everything that follows from a ledger and a framework.

use crate::framework::Framework;
use crate::gaps::Gaps;
use crate::hours::{Hours, hours, rhythms_and_gaps};
use crate::ledger::Ledger;
use crate::plan::{Plan, plan};
use crate::rhythm::Rhythm;
use crate::signoff::Concerned;

/// Hours, rhythms and gaps of one day, which depend on one another.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Hours and tier.
    pub hours: Hours,
    /// In the framework's order.
    pub rhythms: Vec<Rhythm>,
    /// Every competency.
    pub gaps: Gaps,
}

impl Standing {
    /// Computes everything. What is expected follows the tier by hours; the tier's conditions follow the gaps.
    #[must_use]
    pub fn of(framework: &Framework, ledger: &Ledger) -> Standing {
        let (rhythms, gaps) = rhythms_and_gaps(framework, ledger);
        Standing { hours: hours(framework, ledger, &gaps.competencies), rhythms, gaps }
    }

    /// Gives the records that decisions name the titles that a reader may see: of what came later the ledger knows none.
    pub fn entitle(&mut self, mut title: impl FnMut(&Concerned) -> Option<String>) {
        for state in &mut self.gaps.competencies {
            state.sign_off.iter_mut().chain(&mut state.recorded).for_each(|decision| decision.entitle(&mut title));
        }
    }

    /// What to arrange next.
    #[must_use]
    pub fn plan(&self, framework: &Framework, ledger: &Ledger) -> Plan {
        plan(framework, &self.gaps, &ledger.profile)
    }
}
