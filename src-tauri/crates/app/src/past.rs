//! The vault as it stood on a day: what every answer about that day is made from.
//!
//! Of a day before today, such as an appraisal's last, what was changed or deleted since is as it stood then
//! (docs/framework.md, "an answer for a day before today"); what was written down later about that day is there. Of today,
//! whichever day was asked for as today, it is the vault as it is, by its quick sums.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::period::Period;
use domain::views::{Session, SessionSum, Supervision, Visit};
use domain::{Evidence, Record, Tally};
use uuid::Uuid;
use vault::Filter;

use crate::clock::{Past, end_of};
use crate::failure::Failure;
use crate::vault::OpenVault;

/// The vault as it stood on a day.
pub(crate) struct OnDay<'v> {
    vault: &'v OpenVault,
    day: NaiveDate,
    since: Vec<Since>,
}

/// A record that was changed, deleted or written down since.
struct Since {
    id: Uuid,
    now: Option<Record>,
    then: Option<Record>,
}

impl OpenVault {
    /// The vault as it stood on a day.
    pub(crate) fn on(&self, day: NaiveDate) -> Result<OnDay<'_>, Failure> {
        let since = match self.clock.past(day) {
            Some(past) => self.changed_since([past.end(); 2])?,
            None => Vec::new(),
        };
        Ok(OnDay { vault: self, day, since })
    }

    /// The records that were changed or deleted after the first of these moments, each as it stood then or, where it was not
    /// written down yet, at the second; what was not even then is told as it is now.
    fn changed_since(&self, moments: [DateTime<Utc>; 2]) -> Result<Vec<Since>, Failure> {
        let (versions, records, now) = (self.vault.versions(), self.vault.records(), self.clock.now());
        let mut since = Vec::new();
        for id in versions.left_behind(moments[0], now)? {
            let is = records.get(id)?;
            let before = versions.of(id)?.into_iter().map(|version| version.record);
            let stood: Vec<Record> = is.iter().cloned().chain(before).collect();
            // A moment that is still to come, as a file may have it, says nothing.
            let by = |moment: &DateTime<Utc>| stood.iter().find(|one| one.modified <= *moment || one.modified > now);
            let then = moments.iter().find_map(by).cloned();
            if then.is_some() && then != is {
                since.push(Since { id, now: is, then });
            }
        }
        Ok(since)
    }

    /// How many records that were here on a past day were deleted for good since. Only their ids are left, and some of these
    /// say when they were made.
    pub(crate) fn deleted_since(&self, day: NaiveDate) -> Result<usize, Failure> {
        let Some(past) = self.clock.past(day) else { return Ok(0) };
        let made = |id: Uuid| DateTime::from_timestamp_secs(i64::try_from(id.get_timestamp()?.to_unix().0).ok()?);
        let deleted = self.vault.tombstones().all()?.into_iter().filter(|one| !past.saw(one.at));
        Ok(deleted.filter(|one| made(one.record).is_none_or(|made| past.saw(made))).count())
    }

    /// The vault as somebody had it before them who signed something on a day, which was written down at a moment: without
    /// what was written down or changed later, but for the coach and the people, of whom is told what is known now.
    pub(crate) fn seen(&self, day: NaiveDate, written: DateTime<Utc>) -> Result<OnDay<'_>, Failure> {
        let is_of_work = |record: &Record| self.kinds.about_someone().all(|kind| kind != record.kind);
        let mut since = self.changed_since([end_of(day).min(written), written])?;
        since.retain(|one| one.then.as_ref().is_some_and(is_of_work));
        for id in self.vault.records().written_after(written, day)? {
            let now = self.vault.records().get(id)?;
            if now.as_ref().is_some_and(is_of_work) {
                since.retain(|one| one.id != id);
                since.push(Since { id, now, then: None });
            }
        }
        Ok(OnDay { vault: self, day, since })
    }
}

impl OnDay<'_> {
    /// The day.
    pub(crate) fn day(&self) -> NaiveDate {
        self.day
    }

    /// The day, where it is past: what was saved after it is undone.
    pub(crate) fn past(&self) -> Option<Past> {
        self.vault.clock.past(self.day)
    }

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
            records.retain(|record| !self.since.iter().any(|since| since.id == record.id));
            records.extend(self.since.iter().filter_map(|since| since.then.clone()).filter(|record| ours(record)));
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
        match self.since.iter().find(|since| since.id == id).and_then(|since| since.then.clone()) {
            Some(then) => Ok(then),
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
        let then = self.since.iter().filter_map(|since| of(since.then.as_ref()?));
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
        let claimed = self.since.iter().flat_map(|since| since.now.iter().chain(&since.then));
        let mut touched: Vec<String> =
            claimed.flat_map(|record| &record.claims).map(|claim| claim.competency.clone()).collect();
        touched.sort_unstable();
        touched.dedup();
        let mut evidence: Vec<Evidence> = Vec::new();
        for competency in &touched {
            evidence.extend(index.until(competency, self.day)?);
        }
        evidence.retain(|piece| !self.since.iter().any(|since| since.id == piece.record));
        for then in self.since.iter().filter_map(|since| since.then.as_ref()) {
            evidence.extend(self.vault.counts_as(then)?);
        }
        tallies.retain(|tally| !touched.contains(&tally.competency));
        tallies.extend(Tally::of(&evidence, self.day));
        tallies.sort_by(|a, b| (&a.competency, a.kind, &a.remark).cmp(&(&b.competency, b.kind, &b.remark)));
        Ok(tallies)
    }

    fn has_changed(&self, kind: &str) -> bool {
        let is = |record: &Record| record.kind == kind;
        self.since.iter().any(|since| since.then.iter().chain(&since.now).any(is))
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
