//! What changed for people, in figures.

use chrono::NaiveDate;
use domain::impact::{Impacts, impacts};
use domain::period::Period;
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
        // What is still to come has not changed anything yet.
        let Some(period) = Period::new(from, to)?.by(self.clock.today()) else {
            return Ok(impacts(&[], &[], outward));
        };
        let on = self.on(self.clock.today())?;
        let measured = on.views("impact", period, Impact::of)?;
        let feedback = on.views("feedback", period, Feedback::of)?;
        Ok(impacts(&measured, &feedback, outward))
    }
}
