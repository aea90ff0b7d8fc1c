//! What changed for people, in figures.

use chrono::NaiveDate;
use domain::impact::{Impacts, impacts};
use domain::views::{Feedback, Impact};

use crate::failure::Failure;
use crate::vault::OpenVault;

impl OpenVault {
    /// Outcome measures and feedback of a period, both days included; `outward` where others will read them, so that no
    /// figure over fewer than five people is given.
    ///
    /// # Errors
    /// When the period ends before it begins, or the vault cannot be read.
    pub fn impact(&self, from: Option<NaiveDate>, to: Option<NaiveDate>, outward: bool) -> Result<Impacts, Failure> {
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            return Err(Failure::new("The period ends before it begins.").hint("Give the earlier day first."));
        }
        let today = self.clock.today();
        let until = to.map_or(today, |to| to.min(today));
        let period = Some((from.unwrap_or(NaiveDate::MIN), until));
        let measured = self.views("impact", period, Impact::of)?;
        let feedback = self.views("feedback", period, Feedback::of)?;
        Ok(impacts(&measured, &feedback, outward))
    }
}
