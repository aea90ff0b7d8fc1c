//! The ledger: the sums on which every computed answer rests, up to a day.
//!
//! A vault fills it out of its indexes, so that it stays small however many records there are. Gaps, hours, rhythm and plan
//! are worked out from it and from the framework alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::convert::Infallible;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::breaks::Breaks;
use crate::counts_as::evidence_of;
use crate::evidence::{Evidence, Tally};
use crate::framework::{Framework, SupervisionType};
use crate::kind::Kinds;
use crate::logged::{LogOf, held};
use crate::period::Period;
use crate::record::Record;
use crate::routes::{Rules, settled};
use crate::signers::{Relied, Signer, relied_on};
use crate::signoff::{self, About, Agreement, Basis, Concerned, Fate, Line, SignOff, Signed};
use crate::views::{Learning, Profile, Session, SessionSum, Statement, Supervision, TrainingPlan};

/// What there is on a day; nothing in it is dated later.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    /// The day.
    pub today: NaiveDate,
    /// What the profile says.
    pub profile: Profile,
    /// The first day in the role or, where nobody noted it and the framework takes that, the day of the first NHS session
    /// (docs/framework.md, "no start date").
    pub begun: Option<NaiveDate>,
    /// What there is of each kind of evidence for each competency.
    pub tallies: Vec<Tally>,
    /// All attended sessions.
    pub sessions: Vec<SessionSum>,
    /// Those over which the pace behind a forecast is taken.
    pub pace: Vec<SessionSum>,
    /// Over how many days that is.
    pub pace_days: u16,
    /// Those of the first months in the role, for each number of months the framework asks about.
    pub first: BTreeMap<u8, Vec<SessionSum>>,
    /// Every supervision.
    pub supervisions: Vec<Supervision>,
    /// The day for the next that was agreed in the last supervision that keeps the rhythm of its kind.
    pub agreed: HashMap<SupervisionType, NaiveDate>,
    /// Every decision that was recorded, by what it is about and then by day.
    pub agreements: Vec<Agreement>,
    /// The people who may accept earlier learning.
    pub accepting: BTreeSet<Uuid>,
    /// The people whose role it is not to give health coaching supervision.
    pub others: BTreeSet<Uuid>,
    /// Those on whose word more rests than a sign-off.
    pub relied: Relied,
    /// What there was, dated and written down, when a tier was agreed, by the sign-off: of each that counts. Of these ledgers
    /// none has any of its own.
    pub seen: BTreeMap<Uuid, Ledger>,
}

impl Ledger {
    /// The same, added up from whole records: the plain way, which says what the vault's quick sums must come to. Tests
    /// hold those against it, and samples without a vault use it; an open vault never does, since it would read everything.
    #[must_use]
    pub fn of(records: &[Record], kinds: &Kinds, framework: &Framework, today: NaiveDate) -> Ledger {
        let mut ledger = Ledger::added_up(records, kinds, framework, today);
        for agreement in ledger.agreements.iter().filter(|agreement| agreement.is_to_a_tier()) {
            let Some(signed) = records.iter().find(|record| record.id == agreement.sign_off) else { continue };
            let there = |record: &&Record| {
                kinds.about_someone().any(|kind| kind == record.kind)
                    || (record.date <= signed.date && record.created <= signed.created)
            };
            let there: Vec<Record> = records.iter().filter(there).cloned().collect();
            ledger.seen.insert(signed.id, Ledger::added_up(&there, kinds, framework, signed.date));
        }
        ledger
    }

    fn added_up(records: &[Record], kinds: &Kinds, framework: &Framework, today: NaiveDate) -> Ledger {
        let sessions: Vec<Session> = records.iter().filter_map(Session::of).collect();
        let sums = |period: Period| {
            let within = |session: &&Session| period.contains(session.date);
            SessionSum::of(sessions.iter().filter(within))
        };
        let written = records.iter().find(|record| record.kind == "profile");
        let mut profile = Profile::of(written);
        let learnt = records.iter().filter(|record| record.date <= today).filter_map(Learning::of);
        let learnt: Vec<Learning> = learnt.collect();
        let supervisions: Vec<Supervision> =
            records.iter().filter_map(Supervision::of).filter(|one| one.date <= today).collect();
        let signers: Vec<Signer> =
            records.iter().filter_map(|record| Signer::of(record, profile.employer.as_deref())).collect();
        let others = others(framework, &signers);
        let agreed = last_of_each(&supervisions, &others).into_iter().filter_map(|(kind, last)| {
            let record = records.iter().find(|record| record.id == last)?;
            Some((kind, agreed_in(record)?))
        });
        let accepting = accepting(framework, &signers);
        let rules = Rules { decisions: &framework.decisions, accepting: &accepting };
        profile.trained = settled(&learnt, &TrainingPlan::of(written), rules);
        let held = sessions.iter().filter(|session| session.attended && session.nhs && session.date <= today);
        let begun = begun(framework, &profile, held.map(|session| session.date).min());
        let session = |id| records.iter().find(|record| record.id == id && record.kind == "session");
        let in_group = |record: &Record| {
            let session = record.reference("session").and_then(session)?;
            Some(session.text("format") == Some("group"))
        };
        let counts_as = |record: &Record| evidence_of(record, kinds, in_group(record));
        let evidence: Vec<Evidence> = records.iter().flat_map(counts_as).collect();
        let sign_offs: Vec<SignOff> = records.iter().filter_map(SignOff::of).collect();
        let held_today = sums(Period::between(today, today)).iter().any(|sum| sum.nhs);
        let breaks = Breaks::of(&profile.breaks, today);
        let (pace, pace_days) = pace(framework, begun, &breaks, (today, held_today));
        let back = Period::between(profile.review_from(today), today);
        let supervised: Vec<(Uuid, NaiveDate)> =
            supervisions.iter().filter(|one| back.contains(one.date)).filter_map(|one| one.given_by(&others)).collect();
        let relied = Relied {
            accepted: relied_on(framework, &signers, &accepted_by(&learnt, &accepting), today),
            supervised: relied_on(framework, &signers, &supervised, today),
        };
        let windows = |day| first_windows(framework, begun, day);
        let basis = |sign_off: &SignOff, about: &About| {
            Ok::<_, Infallible>(plain_basis((records, kinds), counts_as, (framework, windows), sign_off, about))
        };
        let agreements = match signoff::agreements(framework, &sign_offs, &signers, today, basis) {
            Ok(agreements) => agreements,
            Err(never) => match never {},
        };
        Ledger {
            today,
            tallies: Tally::of(&evidence, today),
            sessions: sums(Period::until(today)),
            pace: sums(pace),
            pace_days,
            first: first_windows(framework, begun, today)
                .into_iter()
                .map(|(months, period)| (months, sums(period)))
                .collect(),
            agreed: agreed.collect(),
            supervisions,
            begun,
            agreements,
            accepting,
            others,
            relied,
            seen: BTreeMap::new(),
            profile,
        }
    }
}

/// The last supervision of each kind that counts for its rhythm.
#[must_use]
pub fn last_of_each(supervisions: &[Supervision], others: &BTreeSet<Uuid>) -> Vec<(SupervisionType, Uuid)> {
    let last = |kind: SupervisionType| {
        let ours = supervisions.iter().filter(|one| one.counts(kind, others));
        ours.max_by_key(|one| (one.date, one.id)).map(|one| (kind, one.id))
    };
    SupervisionType::ALL.into_iter().filter_map(last).collect()
}

/// The day for the next that was agreed in a supervision.
#[must_use]
pub fn agreed_in(supervision: &Record) -> Option<NaiveDate> {
    let next: NaiveDate = supervision.text("next")?.parse().ok()?;
    (next > supervision.date).then_some(next)
}

/// The days over which the pace behind a forecast is taken, and how many of them were days in the role: the last that the
/// framework says, or those since the start where these are fewer. Days of a break are left out, and earlier ones taken for
/// them; of the days since the start today is one once a session was `held_today`. A start that is still to come is none.
#[must_use]
pub fn pace(
    framework: &Framework,
    begun: Option<NaiveDate>,
    breaks: &Breaks,
    (today, held_today): (NaiveDate, bool),
) -> (Period, u16) {
    let usual = framework.decisions.pace_days.value;
    let back = Period::days_until(usual.into(), today).from().unwrap_or(NaiveDate::MIN);
    let back = breaks.put_back(back, today);
    match begun.filter(|begun| (back..=today).contains(begun)) {
        Some(begun) => {
            let last = if held_today { Some(today) } else { today.pred_opt() };
            let days = Period::new(Some(begun), last).map_or(0, |days| breaks.in_role(days).count());
            // Of the first day there is nothing to divide by yet.
            (Period::between(begun, today), u16::try_from(days).unwrap_or(usual).max(1))
        }
        None => (Period::between(back, today), usual),
    }
}

/// Who accepted earlier learning, and when, of those who may.
#[must_use]
pub fn accepted_by(learning: &[Learning], accepting: &BTreeSet<Uuid>) -> Vec<(Uuid, NaiveDate)> {
    let accepted = learning.iter().filter(|learnt| learnt.prior);
    let by = accepted.filter_map(|learnt| Some((learnt.accepted_by?, learnt.date)));
    by.filter(|(id, _)| accepting.contains(id)).collect()
}

/// The people who may accept earlier learning, by their roles (docs/framework.md, "who may agree").
#[must_use]
pub fn accepting(framework: &Framework, people: &[Signer]) -> BTreeSet<Uuid> {
    let roles = &framework.decisions.deciders.value.prior_learning;
    people.iter().filter(|signer| roles.contains(&signer.person.role)).map(|signer| signer.person.id).collect()
}

/// The people whose role it is not to give health coaching supervision (docs/framework.md, "who gives health coaching
/// supervision"). Whoever is not among the people is none of them: nothing is known of their role.
#[must_use]
pub fn others(framework: &Framework, people: &[Signer]) -> BTreeSet<Uuid> {
    let roles = &framework.decisions.deciders.value.coaching_supervision;
    people.iter().filter(|signer| !roles.contains(&signer.person.role)).map(|signer| signer.person.id).collect()
}

/// The first day in the role: as the profile says or, where it does not, that of the first NHS session that was attended
/// (docs/framework.md, "no start date").
#[must_use]
pub fn begun(framework: &Framework, profile: &Profile, first_session: Option<NaiveDate>) -> Option<NaiveDate> {
    let begins = framework.decisions.first_session_begins.value;
    profile.started.or(first_session.filter(|_| begins))
}

/// For each number of first months that the framework asks about, their days until `today`: the months begin with the start
/// in the role or, where that is unknown, with the first NHS session. Months that are still to come are left out.
#[must_use]
pub fn first_windows(framework: &Framework, begun: Option<NaiveDate>, today: NaiveDate) -> Vec<(u8, Period)> {
    let mut asked: Vec<u8> =
        framework.competencies.iter().flat_map(|c| &c.needs).filter_map(|need| need.first_months).collect();
    asked.sort_unstable();
    asked.dedup();
    let window = |months: u8| {
        let first = Period::first_months(u32::from(months), begun?);
        Some((months, Period::new(first.from(), Some(first.to()?.min(today))).ok()?))
    };
    asked.into_iter().filter_map(window).collect()
}

/// What was signed, and what has become of it, as far as records alone can tell: they know no earlier version and no bin.
fn plain_basis(
    (records, kinds): (&[Record], &Kinds),
    counts_as: impl Fn(&Record) -> Vec<Evidence>,
    (framework, windows): (&Framework, impl Fn(NaiveDate) -> Vec<(u8, Period)>),
    sign_off: &SignOff,
    about: &About,
) -> Basis {
    let there = |record: &&Record| record.date <= sign_off.date && record.created <= sign_off.created;
    let signed: Vec<Signed> = match &sign_off.signed {
        _ if !sign_off.binds() => Vec::new(),
        Some(signed) => signed.clone(),
        None => {
            let stood = |record: &Record| Signed {
                record: record.id,
                // What it said before it was saved again is not known.
                sha256: if record.modified <= sign_off.created {
                    record.substance(about, kinds).to_string()
                } else {
                    String::new()
                },
                line: None,
            };
            records.iter().filter(there).filter(|record| is_put_forward(record, about)).map(stood).collect()
        }
    };
    let mut basis = Basis { signed: signed.iter().map(|one| one.record).collect(), ..Basis::default() };
    let mut evidence = Vec::new();
    for one in signed.iter().filter(|one| one.line.is_none()) {
        let found = records.iter().find(|record| record.id == one.record);
        let how = match found {
            Some(record) if record.still_says(&one.sha256, about, kinds) => {
                evidence.extend(counts_as(record));
                continue;
            }
            Some(record) if is_put_forward(record, about) => Fate::Changed,
            Some(_) => Fate::Withdrawn,
            None => Fate::Deleted,
        };
        basis.lost.push(Concerned { record: one.record, title: found.map(|record| record.title.clone()), how });
    }
    match about {
        About::Competency(number) => {
            evidence.retain(|piece| piece.competency == *number);
            basis.stands = Tally::of(&evidence, sign_off.date);
            let logged: Vec<Session> = records.iter().filter(there).filter_map(Session::of).collect();
            let within = |period: Period| SessionSum::of(logged.iter().filter(|one| period.contains(one.date)));
            basis.first = windows(sign_off.date).into_iter().map(|(months, period)| (months, within(period))).collect();
            basis.supervisions = records.iter().filter(there).filter_map(Supervision::of).collect();
            if let Some(of) = framework.competency(number).and_then(LogOf::of)
                && signed.iter().any(|one| one.line.is_some())
            {
                let line = |record: &Record| Some((record.id, of.line(record)?));
                let now: Vec<(Uuid, Line)> = records.iter().filter(there).filter_map(line).collect();
                let found = |id| records.iter().find(|record| record.id == id);
                let stood = |id| Ok::<_, Infallible>(found(id).and_then(|record| of.line(record)));
                let Ok(held) = held(&signed, &now, stood);
                basis.unlogged.extend(held.lost.iter().map(|id| Concerned {
                    record: *id,
                    title: found(*id).map(|record| record.title.clone()),
                    how: if found(*id).is_some() { Fate::Changed } else { Fate::Deleted },
                }));
                match of {
                    LogOf::Rhythm(kind) => basis.supervisions = held.supervisions(kind, &basis.supervisions),
                    LogOf::First { months, asked } => {
                        let ours = windows(sign_off.date).into_iter().filter(|(of, _)| *of == months);
                        basis.first.extend(ours.map(|(of, within)| (of, held.hours(asked, &signed, &now, within))));
                    }
                }
            }
        }
        About::Tier(_) | About::Statement(_) | About::Appraisal => {}
    }
    basis
}

/// Whether a record is what a sign-off about this is of: put forward for the competency, or written on the standard.
#[must_use]
pub fn is_put_forward(record: &Record, about: &About) -> bool {
    match about {
        About::Competency(number) => record.claims.iter().any(|claim| claim.competency == *number),
        About::Statement(standard) => Statement::of(record).is_some_and(|written| written.standard == *standard),
        About::Tier(_) | About::Appraisal => false,
    }
}

#[cfg(test)]
mod tests;
