//! The ledger: the sums on which every computed answer rests, up to a day.
//!
//! A vault fills it out of its indexes, so that it stays small however many records there are. Gaps, hours, rhythm and plan
//! are worked out from it and from the framework alone.

use std::collections::BTreeMap;
use std::convert::Infallible;

use chrono::{Months, NaiveDate};

use crate::evidence::{Evidence, Tally};
use crate::framework::Framework;
use crate::kind::Kinds;
use crate::period::Period;
use crate::record::Record;
use crate::routes::settled;
use crate::signoff::{self, Agreement, Said, SignOff, Signer};
use crate::views::{Learning, Profile, Session, SessionSum, Supervision, TrainingPlan};

/// The number of days over which the pace behind a forecast is taken (docs/records.md, "Hours and tier").
pub const PACE_DAYS: u64 = 90;

/// What there is on a day; nothing in it is dated later.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    /// The day.
    pub today: NaiveDate,
    /// What the profile says.
    pub profile: Profile,
    /// What there is of each kind of evidence for each competency.
    pub tallies: Vec<Tally>,
    /// All attended sessions.
    pub sessions: Vec<SessionSum>,
    /// Those of the last [`PACE_DAYS`] days.
    pub pace: Vec<SessionSum>,
    /// Those of the first months in the role, for each number of months the framework asks about.
    pub first: BTreeMap<u8, Vec<SessionSum>>,
    /// Every supervision.
    pub supervisions: Vec<Supervision>,
    /// The latest decisions of supervisors.
    pub agreements: Vec<Agreement>,
}

impl Ledger {
    /// The same, added up from whole records: the plain way, which says what the vault's quick sums must come to. Tests
    /// hold those against it, and samples without a vault use it; an open vault never does, since it would read everything.
    #[must_use]
    pub fn of(records: &[Record], kinds: &Kinds, framework: &Framework, today: NaiveDate) -> Ledger {
        let sessions: Vec<Session> = records.iter().filter_map(Session::of).collect();
        let sums = |period: Period| {
            let within = |session: &&Session| period.contains(session.date);
            SessionSum::of(sessions.iter().filter(within))
        };
        let written = records.iter().find(|record| record.kind == "profile");
        let mut profile = Profile::of(written);
        let learnt = records.iter().filter(|record| record.date <= today).filter_map(Learning::of);
        profile.trained = settled(&learnt.collect::<Vec<_>>(), &TrainingPlan::of(written));
        let attended = sessions.iter().filter(|session| session.attended);
        let begun = profile.started.or(attended.map(|session| session.date).min());
        let evidence: Vec<Evidence> = records.iter().flat_map(|record| evidence_of(record, kinds)).collect();
        let sign_offs: Vec<SignOff> = records.iter().filter_map(SignOff::of).collect();
        let signers: Vec<Signer> = records.iter().filter_map(Signer::of).collect();
        let said = |number: &str| Ok::<_, Infallible>(claimed(records, number, today));
        let agreements = match signoff::agreements(&sign_offs, &signers, today, said) {
            Ok(agreements) => agreements,
            Err(never) => match never {},
        };
        Ledger {
            today,
            tallies: Tally::of(&evidence, today),
            sessions: sums(Period::until(today)),
            pace: sums(pace(today)),
            first: first_windows(framework, begun, today)
                .into_iter()
                .map(|(months, period)| (months, sums(period)))
                .collect(),
            supervisions: records.iter().filter_map(Supervision::of).filter(|s| s.date <= today).collect(),
            agreements,
            profile,
        }
    }
}

/// The days over which the pace is taken.
#[must_use]
pub fn pace(today: NaiveDate) -> Period {
    Period::days_until(PACE_DAYS, today)
}

/// For each number of first months that the framework asks about, their days until `today`: the months begin with the start
/// in the role or, where that is unknown, with the first session. Months that are still to come are left out.
#[must_use]
pub fn first_windows(framework: &Framework, begun: Option<NaiveDate>, today: NaiveDate) -> Vec<(u8, Period)> {
    let mut asked: Vec<u8> =
        framework.competencies.iter().flat_map(|c| &c.needs).filter_map(|need| need.first_months).collect();
    asked.sort_unstable();
    asked.dedup();
    let window = |months: u8| {
        let from = begun?;
        let end = from.checked_add_months(Months::new(u32::from(months)))?.pred_opt()?;
        Some((months, Period::new(Some(from), Some(end.min(today))).ok()?))
    };
    asked.into_iter().filter_map(window).collect()
}

/// What a record counts as: what its claims say, or else all it offers.
pub fn evidence_of(record: &Record, kinds: &Kinds) -> Vec<Evidence> {
    let offered = kinds.of(record).map(|kind| kind.offered(&record.fields)).unwrap_or_default();
    let mut evidence = Vec::new();
    for claim in &record.claims {
        let counts = claim.counts_as.as_ref().map_or(offered.as_slice(), std::slice::from_ref);
        evidence.extend(counts.iter().map(|kind| Evidence {
            record: record.id,
            date: record.date,
            competency: claim.competency.clone(),
            kind: *kind,
        }));
    }
    evidence
}

fn claimed(records: &[Record], number: &str, today: NaiveDate) -> Vec<Said> {
    let claims = |record: &&Record| record.claims.iter().any(|claim| claim.competency == number);
    let said = |record: &Record| Said {
        record: record.id,
        sha256: record.sha256(),
        created: record.created,
        modified: record.modified,
    };
    records.iter().filter(|record| record.date <= today).filter(claims).map(said).collect()
}
