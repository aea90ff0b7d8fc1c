//! The ledger, filled from narrow rows and counts that the vault keeps beside the records.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use domain::Ledger;
use domain::ledger::{accepting, begun, first_windows, pace};
use domain::period::Period;
use domain::routes::{Rules, settled};
use domain::signoff::{SignOff, Signer, agreements};
use domain::views::{Learning, Profile, TrainingPlan};

use crate::failure::Failure;
use crate::vault::OpenVault;

impl OpenVault {
    pub(crate) fn ledger(&self, today: NaiveDate) -> Result<Ledger, Failure> {
        let written = self.profile()?;
        let mut profile = Profile::of(written.as_ref());
        let signers: Vec<Signer> = self.of_kind("person")?.iter().filter_map(Signer::of).collect();
        let accepting = accepting(&self.framework, &signers);
        let rules = Rules { decisions: &self.framework.decisions, accepting: &accepting };
        let learnt = self.views("learning", Period::until(today), Learning::of)?;
        profile.trained = settled(&learnt, &TrainingPlan::of(written.as_ref()), rules);
        let sums = |period: Period| self.vault.sessions().sums(period);
        let begun = begun(&self.framework, &profile, self.vault.sessions().first()?);
        let mut first = BTreeMap::new();
        for (months, period) in first_windows(&self.framework, begun, today) {
            first.insert(months, sums(period)?);
        }
        let sign_offs: Vec<SignOff> = self.of_kind("sign-off")?.iter().filter_map(SignOff::of).collect();
        let back = today.checked_sub_months(Months::new(profile.review_months));
        let back = back.map_or(Period::until(today), |back| Period::between(back, today));
        Ok(Ledger {
            today,
            tallies: self.vault.evidence().tallies(today)?,
            sessions: sums(Period::until(today))?,
            pace: sums(pace(today))?,
            first,
            supervisions: self.vault.supervisions().of_period(back)?,
            agreements: agreements(&sign_offs, &signers, today, |number| self.claimed(number, today))?,
            accepting,
            profile,
        })
    }
}

#[cfg(test)]
mod tests {
    use domain::Standing;
    use vault::Filter;

    use super::*;
    use crate::clock::Clock;

    #[test]
    fn quick_sums_come_to_what_all_records_add_up_to() {
        let home = tempfile::tempdir().unwrap();
        let clock = Clock::fixed("2026-06-12".parse().unwrap());
        let made = OpenVault::create_demo(&home.path().join("vault"), "four unrelated small words", clock, 1, 8);
        let vault = made.unwrap().vault;
        let records = vault.vault.records().list(&Filter::default()).unwrap();
        for day in ["2025-10-20", "2025-12-31", "2026-03-01", "2026-06-12", "2027-01-01"] {
            let day = day.parse().unwrap();
            let plain = Ledger::of(&records, &vault.kinds, &vault.framework, day);
            assert_eq!(vault.standing_on(day).unwrap(), Standing::of(&vault.framework, &plain), "{day}");
        }
    }
}
