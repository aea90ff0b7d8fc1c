//! What is there and what is missing: the ledger out of the vault, and everything that is reckoned from it.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use domain::gaps::Gaps;
use domain::hours::Hours;
use domain::learning::settled;
use domain::ledger::{first_windows, pace_from};
use domain::plan::Plan;
use domain::rhythm::Rhythm;
use domain::signoff::{About, Said, SignOff, Signer, agreements};
use domain::views::{Learning, Profile, TrainingPlan};
use domain::{Ledger, Record, Standing};
use serde::Serialize;
use serde_json::json;

use crate::failure::Failure;
use crate::open_vault::OpenVault;

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

    /// Everything that is reckoned, as it stood on a day.
    pub(crate) fn standing_on(&self, day: NaiveDate) -> Result<Standing, Failure> {
        Ok(Standing::of(&self.framework, &self.ledger(day)?))
    }

    pub(crate) fn ledger(&self, today: NaiveDate) -> Result<Ledger, Failure> {
        let written = self.profile()?;
        let mut profile = Profile::of(written.as_ref());
        // What the profile settles needs no reading of every course.
        if !profile.trained {
            let learnt = self.of_kind("learning")?;
            let learnt: Vec<Learning> = learnt.iter().filter(|r| r.date <= today).filter_map(Learning::of).collect();
            profile.trained = settled(&learnt, &TrainingPlan::of(written.as_ref()));
        }
        let sums = |from: Option<NaiveDate>, to: NaiveDate| self.vault.session_sums(from, Some(to));
        let begun = match profile.started {
            Some(started) => Some(started),
            None => self.vault.first_session()?,
        };
        let mut first = BTreeMap::new();
        for (months, from, to) in first_windows(&self.framework, begun, today) {
            first.insert(months, sums(Some(from), to)?);
        }
        let sign_offs: Vec<SignOff> = self.of_kind("sign-off")?.iter().filter_map(SignOff::of).collect();
        let signers: Vec<Signer> = self.of_kind("person")?.iter().filter_map(Signer::of).collect();
        let back = today.checked_sub_months(Months::new(profile.review_months));
        Ok(Ledger {
            today,
            tallies: self.vault.tallies(today)?,
            sessions: sums(None, today)?,
            pace: sums(Some(pace_from(today)), today)?,
            first,
            supervisions: self.vault.supervisions(back, today)?,
            agreements: agreements(&sign_offs, &signers, today, |number| self.claimed(number, today))?,
            profile,
        })
    }

    pub(crate) fn of_kind(&self, kind: &str) -> Result<Vec<Record>, Failure> {
        Ok(self.vault.records(&vault::Filter { kind: Some(kind.to_owned()), ..Default::default() })?)
    }

    /// The records that are put forward for a competency until a day, as a sign-off sees them.
    fn claimed(&self, competency: &str, to: NaiveDate) -> Result<Vec<Said>, Failure> {
        let said = |claimed: vault::Claimed| Said {
            record: claimed.id,
            sha256: claimed.sha256,
            created: claimed.created,
            modified: claimed.modified,
        };
        Ok(self.vault.claimed(competency, to)?.into_iter().map(said).collect())
    }

    /// Notes in a sign-off of a competency what lay before whoever signed, so that a later change can be told. What was
    /// noted once stays, unless the sign-off is now about another competency.
    pub(crate) fn note_what_was_signed(&self, record: &mut Record) -> Result<(), Failure> {
        let Some(SignOff { about: Some(About::Competency(number)), agreed: true, signed, .. }) = SignOff::of(record)
        else {
            return Ok(());
        };
        let about = |record: &Record| record.text("competency").map(str::to_owned);
        let before = self.vault.record(record.id)?;
        let of_another = before.is_some_and(|before| about(&before) != about(record));
        if signed.is_empty() || of_another {
            let said = self.claimed(&number, self.clock.today())?;
            let noted = said.into_iter().map(|said| json!({ "record": said.record, "sha256": said.sha256 }));
            record.fields.insert("signed".to_owned(), noted.collect());
        }
        Ok(())
    }
}
