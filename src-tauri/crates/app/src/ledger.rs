//! The ledger, filled from narrow rows and counts that the vault keeps beside the records.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use domain::ledger::{accepted_by, accepting, agreed_in, begun, first_windows, last_of_each, pace, supervised_by};
use domain::period::Period;
use domain::routes::{Rules, settled};
use domain::signoff::{About, Relied, SignOff, Signer, agreements, relied_on};
use domain::views::{Learning, Profile, TrainingPlan};
use domain::{Evidence, Ledger, Record, Tally};

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
        let first_session = self.vault.sessions().first()?.filter(|first| *first <= today);
        let begun = begun(&self.framework, &profile, first_session);
        let mut first = BTreeMap::new();
        for (months, period) in first_windows(&self.framework, begun, today) {
            first.insert(months, sums(period)?);
        }
        let sign_offs: Vec<SignOff> = self.as_they_stood("sign-off", today)?.iter().filter_map(SignOff::of).collect();
        let basis = |sign_off: &SignOff, about: &About| self.basis(sign_off, about, begun, today);
        let review = Period::between(profile.review_from(today), today);
        let supervisions = self.vault.supervisions().of_period(review)?;
        let mut agreed = HashMap::new();
        for (kind, last) in last_of_each(&supervisions) {
            if let Some(next) = agreed_in(&self.record(last)?) {
                agreed.insert(kind, next);
            }
        }
        let supervised = self.views("supervision", review, supervised_by)?;
        let relied = Relied {
            accepted: relied_on(&self.framework, &signers, &accepted_by(&learnt, &accepting), today),
            supervised: relied_on(&self.framework, &signers, &supervised, today),
        };
        let (pace, pace_days) = pace(&self.framework, begun, today);
        Ok(Ledger {
            today,
            tallies: self.tallies(today)?,
            sessions: sums(Period::until(today))?,
            pace: sums(pace)?,
            pace_days,
            first,
            supervisions,
            agreed,
            begun,
            agreements: agreements(&self.framework, &sign_offs, &signers, today, basis)?,
            accepting,
            relied,
            profile,
        })
    }

    /// What there is of each kind of evidence. Of a past day also what stood on it and was changed or deleted since: what
    /// held on a day is not taken away by what came later.
    fn tallies(&self, day: NaiveDate) -> Result<Vec<Tally>, Failure> {
        let mut tallies = self.vault.evidence().tallies(day)?;
        let Some(by) = self.end_of_past(day) else { return Ok(tallies) };
        for id in self.vault.versions().ids()? {
            let versions = self.vault.versions().of(id)?;
            let Some(stood) = versions.into_iter().map(|version| version.record).find(|one| one.modified <= by) else {
                continue;
            };
            let now = self.vault.records().get(id)?;
            let gone = now.is_none() && self.vault.bin().get(id)?.is_none_or(|binned| binned.binned <= by);
            if stood.date > day || gone || now.as_ref().is_some_and(|now| now.modified <= by) {
                continue;
            }
            let counted = now.map_or_else(|| Ok(Vec::new()), |now| self.counts_as(&now))?;
            for piece in self.counts_as(&stood)? {
                let same = |one: &Evidence| {
                    (&one.competency, one.kind, &one.remark) == (&piece.competency, piece.kind, &piece.remark)
                };
                if !counted.iter().any(same) {
                    Tally::add(&mut tallies, &piece);
                }
            }
        }
        Ok(tallies)
    }

    /// The records of a kind as they stood on a day that is past: changes since are undone, and what was deleted since is
    /// there. What was written down later is told as it is now.
    fn as_they_stood(&self, kind: &str, day: NaiveDate) -> Result<Vec<Record>, Failure> {
        let now = self.of_kind(kind)?;
        let Some(by) = self.end_of_past(day) else { return Ok(now) };
        let deleted = self.vault.bin().all()?.into_iter().filter(|one| one.binned > by && one.record.created <= by);
        let deleted = deleted.map(|binned| binned.record).filter(|record| record.kind == kind);
        let mut stood = Vec::with_capacity(now.len());
        for record in now.into_iter().chain(deleted) {
            let before = if record.modified > by { self.vault.versions().of(record.id)? } else { Vec::new() };
            let held = before.into_iter().map(|version| version.record).find(|one| one.modified <= by);
            stood.push(held.unwrap_or(record));
        }
        Ok(stood)
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
