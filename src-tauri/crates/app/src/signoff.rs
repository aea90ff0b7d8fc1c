//! What someone had in front of them when they signed something: noted when the sign-off is stored, however it came in, and
//! compared with what is there on the day asked about.

use chrono::{DateTime, NaiveDate, Utc};
use domain::counts_as::evidence_of;
use domain::digest::Sha256Hex;
use domain::ledger::{begun, first_windows, is_put_forward};
use domain::logged::{LogOf, held, noted};
use domain::period::Period;
use domain::signoff::{About, Basis, Concerned, Fate, Line, Said, SignOff, Signed};
use domain::views::{Profile, Supervision};
use domain::{Evidence, Framework, Kinds, Record, Tally};
use serde_json::json;
use uuid::Uuid;
use vault::{Bin, Binned, Records, Sessions, Supervisions, VaultError, Versions, Writer};

use crate::clock::{Past, end_of};
use crate::failure::Failure;
use crate::installed::NOTED;
use crate::past::OnDay;
use crate::vault::OpenVault;

/// Where what was there is looked up: in the vault as it is, or inside a transaction.
#[derive(Clone, Copy)]
pub(crate) struct Shelves<'v> {
    records: Records<'v>,
    versions: Versions<'v>,
    bin: Bin<'v>,
    sessions: Sessions<'v>,
    supervisions: Supervisions<'v>,
    kinds: &'v Kinds,
    framework: &'v Framework,
    today: NaiveDate,
}

/// How a record that was signed stands.
enum Stands {
    /// It says the same; this is what it counts as.
    Same(Vec<Evidence>),
    Lost(Concerned),
}

/// Where a record is by now: at most one of the two, and neither once it was deleted for good.
struct Whereabouts {
    now: Option<Record>,
    binned: Option<Binned>,
}

impl Whereabouts {
    /// What has become of a record that does not say any more what was signed; of one that is still here `fate` tells.
    fn concerned(self, id: Uuid, fate: impl Fn(&Record) -> Fate) -> Concerned {
        let how = match (&self.now, &self.binned) {
            (Some(record), _) => fate(record),
            (None, Some(_)) => Fate::InBin,
            (None, None) => Fate::Deleted,
        };
        let title = self.now.or(self.binned.map(|binned| binned.record)).map(|record| record.title);
        Concerned { record: id, title, how }
    }
}

impl OpenVault {
    /// Notes once, when a vault is opened that older versions wrote in, what was there to be signed in the sign-offs without a
    /// note. One that cannot be noted is no reason to keep a vault shut; it is tried again when it is opened the next time.
    pub(crate) fn note_signed_once(&mut self) -> Result<(), Failure> {
        if self.vault.installed().get(NOTED)?.is_none() && self.note_signed()? {
            self.vault.transact(|writer| writer.installed().put(NOTED, "yes"))?;
        }
        Ok(())
    }

    /// Notes in every sign-off that has no note what was there to be signed: from then on nothing that goes for good is
    /// forgotten. Says whether all of them have one now.
    pub(crate) fn note_signed(&mut self) -> Result<bool, Failure> {
        let without = |record: &Record| SignOff::of(record).is_some_and(|one| one.binds() && one.signed.is_none());
        let unnoted: Vec<Record> = self.of_kind("sign-off")?.into_iter().filter(without).collect();
        let (kinds, framework, today) = (&self.kinds, &self.framework, self.clock.today());
        let mut all = true;
        for mut record in unnoted {
            let written = record.created;
            let noted = self.vault.transact(|writer| -> Result<(), Failure> {
                Shelves::of(writer, kinds, framework, today).note(&mut record, None, written)?;
                Ok(writer.records().save(&record, kinds)?)
            });
            all &= noted.is_ok();
        }
        Ok(all)
    }

    pub(crate) fn shelves(&self) -> Shelves<'_> {
        Shelves {
            records: self.vault.records(),
            versions: self.vault.versions(),
            bin: self.vault.bin(),
            sessions: self.vault.sessions(),
            supervisions: self.vault.supervisions(),
            kinds: &self.kinds,
            framework: &self.framework,
            today: self.clock.today(),
        }
    }

    /// What was signed, and what has become of it by a day. Of a past day it is told what held on it: later changes are
    /// undone with the versions that the vault keeps.
    pub(crate) fn basis(
        &self,
        on: &OnDay<'_>,
        sign_off: &SignOff,
        about: &About,
        begun: Option<NaiveDate>,
    ) -> Result<Basis, Failure> {
        let shelves = self.shelves();
        let signed = match &sign_off.signed {
            _ if !sign_off.binds() => Vec::new(),
            Some(signed) => signed.clone(),
            None => shelves.there(about, sign_off.date, sign_off.created)?,
        };
        let mut basis = Basis { signed: signed.iter().map(|one| one.record).collect(), ..Basis::default() };
        let mut evidence = Vec::new();
        for one in signed.iter().filter(|one| one.line.is_none()) {
            match self.stands(one, about, on.past())? {
                Stands::Same(counts) => evidence.extend(counts),
                Stands::Lost(lost) => basis.lost.push(lost),
            }
        }
        match about {
            About::Competency(number) => {
                basis.stands = Tally::of(&evidence, sign_off.date);
                if signed.iter().any(|one| one.line.is_some()) {
                    self.hold_log(on, &mut basis, (sign_off, number), &signed, begun)?;
                    return Ok(basis);
                }
                let needs = self.framework.competency(number).map_or(&[][..], |competency| &competency.needs);
                if needs.iter().any(|need| need.rhythm.is_some()) {
                    basis.supervisions = self.vault.supervisions().written_by(sign_off.date, sign_off.created)?;
                }
                if needs.iter().any(|need| need.first_months.is_some()) {
                    for (months, period) in first_windows(&self.framework, begun, sign_off.date) {
                        let sums = self.vault.sessions().sums_written_by(period, sign_off.created)?;
                        basis.first.insert(months, sums);
                    }
                }
            }
            About::Tier(_) | About::Statement(_) | About::Appraisal => {}
        }
        Ok(basis)
    }

    /// Holds the lines of the log that were noted against the log as it stood on a day.
    fn hold_log(
        &self,
        on: &OnDay<'_>,
        basis: &mut Basis,
        (sign_off, competency): (&SignOff, &str),
        signed: &[Signed],
        begun: Option<NaiveDate>,
    ) -> Result<(), Failure> {
        let Some(of) = self.framework.competency(competency).and_then(LogOf::of) else { return Ok(()) };
        let Shelves { sessions, supervisions, .. } = self.shelves();
        // What still says the same is known by its row; only of the rest is asked what it was on the day.
        let stood =
            |id| -> Result<Option<Line>, Failure> { Ok(on.record(id).ok().and_then(|record| of.line(&record))) };
        let held = match of {
            LogOf::Rhythm(kind) => {
                let now = supervisions.written_by(sign_off.date, sign_off.created)?;
                let keeping = now.iter().filter(|one| one.keeps(kind));
                let line = |one: &Supervision| (one.id, Line { date: one.date, minutes: one.minutes });
                let held = held(signed, &keeping.map(line).collect::<Vec<_>>(), stood)?;
                basis.supervisions = held.supervisions(kind, &now);
                held
            }
            LogOf::First { months, asked } => {
                let windows = first_windows(&self.framework, begun, sign_off.date);
                let within = windows.into_iter().find(|(of, _)| *of == months).map(|(_, within)| within);
                let now = match within {
                    Some(within) => sessions.supervised_by(within, sign_off.created)?,
                    None => Vec::new(),
                };
                let held = held(signed, &now, stood)?;
                basis.first.extend(within.map(|within| (months, held.hours(asked, signed, &now, within))));
                held
            }
        };
        for id in held.lost {
            let whereabouts = self.whereabouts(id)?;
            basis.unlogged.push(whereabouts.concerned(id, |_| Fate::Changed));
        }
        Ok(())
    }

    fn whereabouts(&self, id: Uuid) -> Result<Whereabouts, Failure> {
        let now = self.vault.records().get(id)?;
        let binned = if now.is_none() { self.vault.bin().get(id)? } else { None };
        Ok(Whereabouts { now, binned })
    }

    fn stands(&self, one: &Signed, about: &About, past: Option<Past>) -> Result<Stands, Failure> {
        let Shelves { records, versions, kinds, .. } = self.shelves();
        let as_it_is = || match about {
            About::Competency(number) => self.vault.evidence().of(one.record, number),
            _ => Ok(Vec::new()),
        };
        // Usually this is all there is to ask, and no record is read for it.
        if records.content_of(one.record)?.is_some_and(|said| said.as_str() == one.sha256) {
            return Ok(Stands::Same(as_it_is()?));
        }
        let whereabouts = self.whereabouts(one.record)?;
        let Whereabouts { now, binned } = &whereabouts;
        let mut stood: Vec<Record> = versions.of(one.record)?.into_iter().map(|version| version.record).rev().collect();
        stood.extend(now.clone());
        let signed = stood.iter().rposition(|record| record.still_says(&one.sha256, about, kinds));
        if let (Some(now), Some(at)) = (now, signed)
            && now.substance(about, kinds) == stood[at].substance(about, kinds)
        {
            return Ok(Stands::Same(as_it_is()?));
        }
        if let Some(past) = past
            && (now.is_some() || binned.as_ref().is_some_and(|binned| !past.saw(binned.binned)))
        {
            let held = stood.iter().rposition(|record| past.saw(record.modified));
            if let Some(at) = signed.filter(|signed| held.is_none_or(|held| held <= *signed)) {
                let ours = |piece: &Evidence| matches!(about, About::Competency(number) if piece.competency == *number);
                return Ok(Stands::Same(self.counts_as(&stood[at])?.into_iter().filter(ours).collect()));
            }
        }
        let fate = |record: &Record| if is_put_forward(record, about) { Fate::Changed } else { Fate::Withdrawn };
        Ok(Stands::Lost(whereabouts.concerned(one.record, fate)))
    }

    /// What a record counts as that need not be what stands in the vault now.
    pub(crate) fn counts_as(&self, record: &Record) -> Result<Vec<Evidence>, Failure> {
        let session = match record.reference("session") {
            Some(session) => self.vault.records().get(session)?,
            None => None,
        };
        let session = session.filter(|session| session.kind == "session");
        let in_group = session.map(|session| session.text("format") == Some("group"));
        Ok(evidence_of(record, &self.kinds, in_group))
    }
}

impl<'v> Shelves<'v> {
    pub(crate) fn of(writer: &Writer<'v>, kinds: &'v Kinds, framework: &'v Framework, today: NaiveDate) -> Shelves<'v> {
        Shelves {
            records: writer.records().read(),
            versions: writer.versions(),
            bin: writer.bin(),
            sessions: writer.sessions(),
            supervisions: writer.supervisions(),
            kinds,
            framework,
            today,
        }
    }

    /// Notes in a sign-off what the signer had in front of them, so that a later change can be recognised. What was noted
    /// once stays, unless the sign-off is now about something else; `before` is what it said before. Nothing is a note as
    /// well. `written` is the moment by which something has to have been written down to be there.
    pub(crate) fn note(
        &self,
        record: &mut Record,
        before: Option<&Record>,
        written: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let Some(sign_off) = SignOff::of(record).filter(SignOff::binds) else { return Ok(()) };
        let Some(about) = &sign_off.about else { return Ok(()) };
        let before = before.and_then(SignOff::of);
        let of_another = before.as_ref().is_some_and(|before| before.about != sign_off.about);
        let noted = match before.and_then(|before| before.signed) {
            _ if of_another => None,
            Some(noted) => sign_off.signed.or(Some(noted)),
            None => sign_off.signed,
        };
        let noted = match noted {
            Some(noted) => noted,
            None => self.there(about, sign_off.date, written)?,
        };
        record.fields.insert("signed".to_owned(), json!(noted));
        Ok(())
    }

    /// What was there to be signed on a day: put forward, dated until then, and written down by the time at which the
    /// sign-off was. It is taken as it stood on that day; what was saved after it, as it stood when the sign-off was
    /// written. What went into the bin after that day was there.
    fn there(&self, about: &About, date: NaiveDate, written: DateTime<Utc>) -> Result<Vec<Signed>, Failure> {
        let given = if date < self.today { end_of(date).min(written) } else { written };
        let live: Vec<Said> = match about {
            About::Competency(number) => self.records.claiming(number, date)?,
            About::Statement(_) => {
                let filter = vault::Filter { kind: Some("statement".to_owned()), to: Some(date), ..Default::default() };
                let written = self.records.list(&filter)?;
                let said = |record: Record| Said {
                    record: record.id,
                    sha256: record.sha256(),
                    created: record.created,
                    modified: record.modified,
                };
                written.into_iter().filter(|record| is_put_forward(record, about)).map(said).collect()
            }
            About::Tier(_) | About::Appraisal => Vec::new(),
        };
        let mut there = Vec::new();
        for said in live.into_iter().filter(|said| said.created <= written) {
            let sha256 = self.said_then(&said, about, given, written)?;
            there.push(Signed { record: said.record, sha256, line: None });
        }
        let binned = self.bin.all()?.into_iter().filter(|one| one.binned > given && one.record.created <= written);
        let binned: Vec<Record> = binned.map(|binned| binned.record).collect();
        for record in binned.iter().filter(|record| record.date <= date && is_put_forward(record, about)) {
            let sha256 = record.substance(about, self.kinds).to_string();
            there.push(Signed { record: record.id, sha256, line: None });
        }
        there.extend(self.logged(about, date, written, &binned)?);
        Ok(there)
    }

    /// The lines of the log that a competency was read from on a day, where it is read from one; `binned` are records that
    /// went into the bin since.
    fn logged(
        &self,
        about: &About,
        date: NaiveDate,
        written: DateTime<Utc>,
        binned: &[Record],
    ) -> Result<Vec<Signed>, Failure> {
        let About::Competency(number) = about else { return Ok(Vec::new()) };
        let Some(of) = self.framework.competency(number).and_then(LogOf::of) else { return Ok(Vec::new()) };
        let filter = vault::Filter { kind: Some("profile".to_owned()), ..Default::default() };
        let profile = Profile::of(self.records.list(&filter)?.last());
        let (within, mut lines) = match of {
            LogOf::Rhythm(kind) => {
                let held = self.supervisions.written_by(date, written)?;
                let keeping = held.iter().filter(|one| one.keeps(kind));
                let lines = keeping.map(|one| (one.id, Line { date: one.date, minutes: one.minutes }));
                (Period::until(date), lines.collect())
            }
            LogOf::First { months, .. } => {
                let begun = begun(self.framework, &profile, self.sessions.first()?);
                let mut windows = first_windows(self.framework, begun, date).into_iter();
                let Some((_, within)) = windows.find(|(of, _)| *of == months) else { return Ok(Vec::new()) };
                (within, self.sessions.supervised_by(within, written)?)
            }
        };
        let ours = |record: &Record| Some((record.id, of.line(record).filter(|line| within.contains(line.date))?));
        lines.extend(binned.iter().filter_map(ours));
        Ok(noted(of, lines, profile.review_from(date)))
    }

    /// The hash of what a record said when it was signed; of what is not known any more, none that anything could have.
    fn said_then(
        &self,
        said: &Said,
        about: &About,
        given: DateTime<Utc>,
        written: DateTime<Utc>,
    ) -> Result<String, Failure> {
        if said.modified <= given {
            return Ok(self.substance(said, about)?.to_string());
        }
        let versions = self.versions.of(said.record)?;
        let kept = |by: DateTime<Utc>| {
            let mut versions = versions.iter().map(|version| &version.record);
            versions
                .find(|record| record.modified <= by && is_put_forward(record, about))
                .map(|record| record.substance(about, self.kinds))
        };
        let known = match kept(given) {
            Some(known) => Some(known),
            None if said.modified <= written => Some(self.substance(said, about)?),
            None => kept(written),
        };
        Ok(known.map_or_else(String::new, |known| known.to_string()))
    }

    /// The hash of what is signed in a record; of one that cannot be read, what it said when it was saved.
    fn substance(&self, said: &Said, about: &About) -> Result<Sha256Hex, Failure> {
        match self.records.get(said.record) {
            Ok(Some(record)) => Ok(record.substance(about, self.kinds)),
            Ok(None) | Err(VaultError::Unreadable { .. }) => Ok(said.sha256.clone()),
            Err(other) => Err(other.into()),
        }
    }
}
