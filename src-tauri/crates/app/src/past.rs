//! The vault as it stood on a day: what every answer about that day is made from.
//!
//! Of a day before today, such as an appraisal's last, what was changed or deleted since is as it stood then
//! (docs/framework.md, "an answer for a day before today"); what was written down later about that day is there. Of today,
//! whichever day was asked for as today, it is the vault as it is, by its quick sums.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::period::Period;
use domain::views::{Session, SessionSum, Supervision, Visit};
use domain::{Evidence, Record, Tally};
use uuid::Uuid;
use vault::Filter;

use crate::failure::Failure;
use crate::vault::OpenVault;

/// The vault as it stood on a day.
pub(crate) struct OnDay<'v> {
    vault: &'v OpenVault,
    day: NaiveDate,
    since: Vec<Since>,
}

/// A record that was changed or deleted since the day.
struct Since {
    now: Option<Record>,
    then: Record,
}

impl OpenVault {
    /// The vault as it stood on a day.
    pub(crate) fn on(&self, day: NaiveDate) -> Result<OnDay<'_>, Failure> {
        let mut since = Vec::new();
        if let Some(past) = self.clock.past(day) {
            let versions = self.vault.versions();
            for id in versions.left_behind(past.end(), past.now())? {
                let stood = versions.of(id)?.into_iter().map(|version| version.record);
                // What was not written down yet on the day is told as it is now.
                if let Some(then) = { stood }.find(|record| past.saw(record.modified)) {
                    since.push(Since { now: self.vault.records().get(id)?, then });
                }
            }
        }
        Ok(OnDay { vault: self, day, since })
    }
}

impl OnDay<'_> {
    /// The records of a kind, newest first.
    pub(crate) fn of_kind(&self, kind: &str) -> Result<Vec<Record>, Failure> {
        self.within(kind, Period::ALWAYS)
    }

    /// Views of the records of a kind within a period, newest first.
    pub(crate) fn views<V>(
        &self,
        kind: &str,
        period: Period,
        view: impl Fn(&Record) -> Option<V>,
    ) -> Result<Vec<V>, Failure> {
        Ok(self.within(kind, period)?.iter().filter_map(view).collect())
    }

    fn within(&self, kind: &str, period: Period) -> Result<Vec<Record>, Failure> {
        let filter = Filter { kind: Some(kind.to_owned()), from: period.from(), to: period.to(), ..Filter::default() };
        let now = self.vault.vault.records().list(&filter)?;
        Ok(self.instead(now, |record| record.kind == kind && period.contains(record.date)))
    }

    /// These records as they stood, with those of this sort that are not among them any more.
    fn instead(&self, mut records: Vec<Record>, ours: impl Fn(&Record) -> bool) -> Vec<Record> {
        if !self.since.is_empty() {
            records.retain(|record| !self.since.iter().any(|since| since.then.id == record.id));
            records.extend(self.since.iter().map(|since| &since.then).filter(|record| ours(record)).cloned());
            records.sort_by_key(|record| Reverse(record.date));
        }
        records
    }

    /// The coach's own details, once they are written.
    pub(crate) fn profile(&self) -> Result<Option<Record>, Failure> {
        Ok(self.of_kind("profile")?.pop())
    }

    /// The record with this id.
    pub(crate) fn record(&self, id: Uuid) -> Result<Record, Failure> {
        match self.since.iter().find(|since| since.then.id == id) {
            Some(since) => Ok(since.then.clone()),
            None => self.vault.record(id),
        }
    }

    /// The records that say something in one of these fields, newest first.
    pub(crate) fn holding(&self, fields: &[&str]) -> Result<Vec<Record>, Failure> {
        let now = self.vault.vault.records().holding(fields)?;
        Ok(self.instead(now, |record| fields.iter().any(|field| record.fields.contains_key(*field))))
    }

    /// What changed records were as something else, and what they are as that now.
    fn turned<V>(&self, of: impl Fn(&Record) -> Option<V>) -> (Vec<V>, Vec<V>) {
        let then = self.since.iter().filter_map(|since| of(&since.then));
        let now = self.since.iter().filter_map(|since| of(since.now.as_ref()?));
        (then.collect(), now.collect())
    }

    /// The sessions of a period.
    pub(crate) fn sessions(&self, period: Period) -> Result<Vec<Session>, Failure> {
        let (then, now) = self.turned(|record| Session::of(record).filter(|one| period.contains(one.date)));
        Ok(exchanged(self.vault.vault.sessions().of_period(period)?, then, now))
    }

    /// The sessions of a period that were attended, added up by sort.
    pub(crate) fn sums(&self, period: Period) -> Result<Vec<SessionSum>, Failure> {
        if self.has_changed("session") {
            return Ok(SessionSum::of(&self.sessions(period)?));
        }
        Ok(self.vault.vault.sessions().sums(period)?)
    }

    /// The day of the first NHS session that was attended, if it was not later.
    pub(crate) fn first_session(&self) -> Result<Option<NaiveDate>, Failure> {
        if !self.has_changed("session") {
            return Ok(self.vault.vault.sessions().first()?.filter(|first| *first <= self.day));
        }
        let held = self.sessions(Period::until(self.day))?.into_iter().filter(|one| one.attended && one.nhs);
        Ok(held.map(|one| one.date).min())
    }

    /// The sessions until the day as the caseload looks at them, oldest first.
    pub(crate) fn visits(&self) -> Result<Vec<Visit>, Failure> {
        let visits = self.vault.vault.visits().until(self.day)?;
        if !self.has_changed("session") {
            return Ok(visits);
        }
        let (then, now) = self.turned(|record| Visit::of(record).filter(|one| one.date <= self.day));
        let mut visits = exchanged(visits, then, now);
        visits.sort_by_key(|one| one.date);
        Ok(visits)
    }

    /// The supervisions of a period with the last before it of each sort, newest first; where some were changed since, all of
    /// those before it as well.
    pub(crate) fn supervisions(&self, period: Period, others: &BTreeSet<Uuid>) -> Result<Vec<Supervision>, Failure> {
        let logged = self.vault.vault.supervisions();
        if !self.has_changed("supervision") {
            return Ok(logged.of_period(period, others)?);
        }
        let all = period.to().map_or(Period::ALWAYS, Period::until);
        let (then, now) = self.turned(|record| Supervision::of(record).filter(|one| all.contains(one.date)));
        let mut supervisions = exchanged(logged.of_period(all, others)?, then, now);
        supervisions.sort_by_key(|one| Reverse(one.date));
        Ok(supervisions)
    }

    /// What there is of each kind of evidence.
    pub(crate) fn tallies(&self) -> Result<Vec<Tally>, Failure> {
        let index = self.vault.vault.evidence();
        let mut tallies = index.tallies(self.day)?;
        if self.since.is_empty() {
            return Ok(tallies);
        }
        let claimed = self.since.iter().flat_map(|since| since.now.iter().chain([&since.then]));
        let mut touched: Vec<String> =
            claimed.flat_map(|record| &record.claims).map(|claim| claim.competency.clone()).collect();
        touched.sort_unstable();
        touched.dedup();
        let mut evidence: Vec<Evidence> = Vec::new();
        for competency in &touched {
            evidence.extend(index.until(competency, self.day)?);
        }
        evidence.retain(|piece| !self.since.iter().any(|since| since.then.id == piece.record));
        for since in &self.since {
            evidence.extend(self.vault.counts_as(&since.then)?);
        }
        tallies.retain(|tally| !touched.contains(&tally.competency));
        tallies.extend(Tally::of(&evidence, self.day));
        tallies.sort_by(|a, b| (&a.competency, a.kind, &a.remark).cmp(&(&b.competency, b.kind, &b.remark)));
        Ok(tallies)
    }

    fn has_changed(&self, kind: &str) -> bool {
        let is = |record: &Record| record.kind == kind;
        self.since.iter().any(|since| is(&since.then) || since.now.as_ref().is_some_and(is))
    }
}

/// With each of `then` in the place of one that is as one of `now` is.
fn exchanged<V: PartialEq>(mut all: Vec<V>, then: Vec<V>, now: Vec<V>) -> Vec<V> {
    for one in now {
        if let Some(at) = all.iter().position(|other| *other == one) {
            all.remove(at);
        }
    }
    all.extend(then);
    all
}
