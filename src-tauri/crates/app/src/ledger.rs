//! The ledger, filled from narrow rows and counts that the vault keeps beside the records.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use domain::Ledger;
use domain::breaks::Breaks;
use domain::ledger::{accepted_by, accepting, agreed_in, begun, first_windows, last_of_each, others, pace};
use domain::period::Period;
use domain::routes::{Rules, settled};
use domain::signers::{Relied, Signer, relied_on};
use domain::signoff::{About, SignOff, agreements};
use domain::views::{Learning, Profile, TrainingPlan};

use crate::failure::Failure;
use crate::past::OnDay;
use crate::vault::OpenVault;

impl OpenVault {
    pub(crate) fn ledger(&self, today: NaiveDate) -> Result<Ledger, Failure> {
        let on = self.on(today)?;
        let mut ledger = self.ledger_of(&on)?;
        for agreement in ledger.agreements.iter().filter(|agreement| agreement.is_to_a_tier()) {
            let written = on.record(agreement.sign_off)?.created;
            let seen = self.ledger_of(&self.seen(agreement.date, written)?)?;
            ledger.seen.insert(agreement.sign_off, seen);
        }
        Ok(ledger)
    }

    fn ledger_of(&self, on: &OnDay<'_>) -> Result<Ledger, Failure> {
        let today = on.day();
        let written = on.profile()?;
        let mut profile = Profile::of(written.as_ref());
        let people = on.of_kind("person")?;
        let signers: Vec<Signer> =
            people.iter().filter_map(|person| Signer::of(person, profile.employer.as_deref())).collect();
        let accepting = accepting(&self.framework, &signers);
        let others = others(&self.framework, &signers);
        let rules = Rules { decisions: &self.framework.decisions, accepting: &accepting };
        let learnt = on.views("learning", Period::until(today), Learning::of)?;
        profile.trained = settled(&learnt, &TrainingPlan::of(written.as_ref()), rules);
        let sums = |period: Period| on.sums(period);
        let first_session = on.first_session()?;
        let begun = begun(&self.framework, &profile, first_session);
        let mut first = BTreeMap::new();
        for (months, period) in first_windows(&self.framework, begun, today) {
            first.insert(months, sums(period)?);
        }
        let sign_offs: Vec<SignOff> = on.of_kind("sign-off")?.iter().filter_map(SignOff::of).collect();
        let basis = |sign_off: &SignOff, about: &About| self.basis(on, sign_off, about, begun);
        let review = Period::between(profile.review_from(today), today);
        let supervisions = on.supervisions(review, &others)?;
        let mut agreed = HashMap::new();
        for (kind, last) in last_of_each(&supervisions, &others) {
            if let Some(next) = agreed_in(&on.record(last)?) {
                agreed.insert(kind, next);
            }
        }
        let of_late = supervisions.iter().filter(|one| review.contains(one.date));
        let supervised: Vec<_> = of_late.filter_map(|one| one.given_by(&others)).collect();
        let relied = Relied {
            accepted: relied_on(&self.framework, &signers, &accepted_by(&learnt, &accepting), today),
            supervised: relied_on(&self.framework, &signers, &supervised, today),
        };
        let held_today = sums(Period::between(today, today))?.iter().any(|sum| sum.nhs);
        let breaks = Breaks::of(&profile.breaks, today);
        let (pace, pace_days) = pace(&self.framework, begun, &breaks, (today, held_today));
        Ok(Ledger {
            today,
            tallies: on.tallies()?,
            sessions: sums(Period::until(today))?,
            pace: sums(pace)?,
            pace_days,
            first,
            supervisions,
            agreed,
            begun,
            agreements: agreements(&self.framework, &sign_offs, &signers, today, basis)?,
            accepting,
            others,
            relied,
            seen: BTreeMap::new(),
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
            let mut standing = Standing::of(&vault.framework, &plain);
            let title = |id| records.iter().find(|record| record.id == id).map(|record| record.title.clone());
            standing.entitle(|one| one.title.clone().or_else(|| title(one.record)));
            assert_eq!(vault.standing_on(day).unwrap(), standing, "{day}");
        }
    }
}
