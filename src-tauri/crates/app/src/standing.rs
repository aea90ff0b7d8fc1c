//! Where the coach stands: what is there and what is missing, hours, supervision, what comes next, ratings.

use chrono::NaiveDate;
use domain::Standing;
use domain::gaps::Gaps;
use domain::hours::Hours;
use domain::plan::Plan;
use domain::ratings::{Ratings, ratings};
use domain::rhythm::Rhythm;
use serde::Serialize;

use crate::failure::Failure;
use crate::vault::OpenVault;

/// The three kinds of supervision on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Rhythms {
    /// The day.
    pub today: NaiveDate,
    /// In the framework's order.
    pub kinds: Vec<Rhythm>,
}

impl OpenVault {
    /// What each competency asks for, what is there, and what is missing.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn gaps(&self) -> Result<Gaps, Failure> {
        Ok(self.standing_on(self.clock.today())?.gaps)
    }

    /// Hours of coaching, the tier they reach, and what else it takes.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn hours(&self) -> Result<Hours, Failure> {
        Ok(self.standing_on(self.clock.today())?.hours)
    }

    /// The three kinds of supervision: last, next due, missed.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn rhythm(&self) -> Result<Rhythms, Failure> {
        let today = self.clock.today();
        Ok(Rhythms { today, kinds: self.standing_on(today)?.rhythms })
    }

    /// The next evidence that closes the most gaps.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn plan(&self) -> Result<Plan, Failure> {
        let ledger = self.ledger(self.clock.today())?;
        Ok(Standing::of(&self.framework, &ledger).plan(&self.framework, &ledger))
    }

    /// How the coach rates themselves on each competency, beside what others said.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn ratings(&self) -> Result<Vec<Ratings>, Failure> {
        let on = self.on(self.clock.today())?;
        let mut records = Vec::new();
        for kind in ["statement", "observation", "sign-off"] {
            records.extend(on.of_kind(kind)?);
        }
        Ok(ratings(&self.framework, &records, self.clock.today()))
    }

    /// Everything that is computed, as it stood on a day, for the coach: it names records that nobody else need know of.
    pub(crate) fn standing_on(&self, day: NaiveDate) -> Result<Standing, Failure> {
        let on = self.on(day)?;
        let mut standing = Standing::of(&self.framework, &self.ledger(day)?);
        // One that cannot be read has no title to be given.
        let title = |id| on.record(id).ok().map(|record| record.title);
        standing.entitle(|one| one.title.clone().or_else(|| title(one.record)));
        Ok(standing)
    }
}
