//! The ledger: the sums on which every computed answer rests, up to a day.
//!
//! A vault fills it out of its indexes, so that it stays small however many records there are. Gaps, hours, rhythm and plan
//! are worked out from it and from the framework alone.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::counting::evidence_of;
use crate::evidence::{Evidence, Tally};
use crate::framework::Framework;
use crate::kind::Kinds;
use crate::period::Period;
use crate::record::Record;
use crate::routes::{Rules, settled};
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
    /// The people who may accept earlier learning.
    pub accepting: BTreeSet<Uuid>,
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
        let signers: Vec<Signer> = records.iter().filter_map(Signer::of).collect();
        let accepting = accepting(framework, &signers);
        let rules = Rules { decisions: &framework.decisions, accepting: &accepting };
        profile.trained = settled(&learnt.collect::<Vec<_>>(), &TrainingPlan::of(written), rules);
        let held = sessions.iter().filter(|session| session.attended && session.nhs);
        let begun = begun(framework, &profile, held.map(|session| session.date).min());
        let session = |id| records.iter().find(|record| record.id == id && record.kind == "session");
        let in_group = |record: &Record| {
            let session = record.reference("session").and_then(session)?;
            Some(session.text("format") == Some("group"))
        };
        let evidence: Vec<Evidence> =
            records.iter().flat_map(|record| evidence_of(record, kinds, in_group(record))).collect();
        let sign_offs: Vec<SignOff> = records.iter().filter_map(SignOff::of).collect();
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
            accepting,
            profile,
        }
    }
}

/// The days over which the pace is taken.
#[must_use]
pub fn pace(today: NaiveDate) -> Period {
    Period::days_until(PACE_DAYS, today)
}

/// The people who may accept earlier learning, by their roles (docs/framework.md, "who may agree").
#[must_use]
pub fn accepting(framework: &Framework, people: &[Signer]) -> BTreeSet<Uuid> {
    let roles = &framework.decisions.deciders.value.prior_learning;
    people.iter().filter(|person| roles.contains(&person.role)).map(|person| person.id).collect()
}

/// The first day in the role: as the profile says or, where it does not, that of the first NHS session that was attended
/// (docs/framework.md, "no start date").
#[must_use]
pub fn begun(framework: &Framework, profile: &Profile, first_session: Option<NaiveDate>) -> Option<NaiveDate> {
    let begins = framework.decisions.first_session_begins.value;
    profile.started.or(first_session.filter(|_| begins))
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
        let first = Period::first_months(u32::from(months), begun?);
        Some((months, Period::new(first.from(), Some(first.to()?.min(today))).ok()?))
    };
    asked.into_iter().filter_map(window).collect()
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
