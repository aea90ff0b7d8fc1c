//! The coach's own case for supervising others, held against the eight standards.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use crate::decision::{Decision, Outcome, Weight};
use crate::framework::{Framework, Standard, StandardRule};
use crate::signoff::{About, Agreement};
use crate::views::{Learning, Statement};
use crate::words::{self, listed, spelled};

/// The coach's own case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct OwnCase {
    /// The tier held by hours.
    pub tier: u8,
    /// The tier that was agreed and is supported; 0 when none.
    pub agreed_tier: u8,
    /// From which tier the case can be made; 0 where the framework asks for none.
    pub from_tier: u8,
    /// It can be made already; below that tier what is there is shown, and nothing is asked for.
    pub begun: bool,
    /// All eight are evidenced.
    pub complete: bool,
    /// The numbers of those that are open.
    pub open: Vec<u8>,
    /// Over how many months the caseload is counted.
    pub caseload_months: u32,
    /// Attended NHS minutes in that time.
    pub caseload_minutes: u32,
    /// Over how many months supervision received is counted.
    pub supervision_months: u32,
    /// How often, in that time, supervision was received that keeps the rhythm of health coaching.
    pub supervision_sessions: u32,
    /// Its minutes.
    pub supervision_minutes: u32,
    /// By whom, by name.
    pub supervised_by: Vec<String>,
    /// Each standard.
    pub standards: Vec<StandardMet>,
}

/// One standard in the coach's own case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct StandardMet {
    /// 1 to 8.
    pub standard: u8,
    /// What is expected.
    pub title: String,
    /// What shows it.
    pub evidenced_by: String,
    /// What is there shows it.
    pub evidenced: bool,
    /// The statements on it, newest first, and the training that shows it.
    pub records: Vec<Uuid>,
    /// What was decided about the statements on it, if anything was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_off: Option<Decision>,
    /// What is missing, in a sentence.
    pub missing: Option<String>,
}

/// What the coach's own practice says.
#[derive(Debug, Clone, Copy)]
pub struct OwnPractice<'a> {
    /// The tier held by hours.
    pub tier: u8,
    /// The tier that was agreed and is supported.
    pub agreed_tier: u8,
    /// Attended NHS minutes of the last [`Framework::caseload_months`] months.
    pub caseload_minutes: u32,
    /// How often supervision was received that keeps the rhythm of health coaching, in the last
    /// [`Framework::supervision_months`] months.
    pub supervision_sessions: u32,
    /// Its minutes.
    pub supervision_minutes: u32,
    /// By whom.
    pub supervised_by: &'a [OwnSupervisor],
    /// What the coach wrote on the standards.
    pub statements: &'a [Statement],
    /// What was learnt.
    pub learning: &'a [Learning],
    /// Every decision that was recorded.
    pub agreements: &'a [Agreement],
}

/// Someone who supervises the coach.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OwnSupervisor {
    /// Their name.
    pub name: String,
    /// Their tier, where it is known.
    pub tier: Option<u8>,
    /// They are recorded as more experienced than the coach.
    pub more_experienced: bool,
}

/// The coach's own case for supervising others (B1570, appendix 2, part 6; docs/framework.md, "Standards for a
/// supervisor").
///
/// A tier is shown when it was agreed, and not by its hours alone; a caseload by the log; supervision received by the log,
/// from someone who is named and at a higher level, and a signed statement; training by its record, or by a statement of
/// the experience that equals it; a standard without a rule by a statement.
#[must_use]
pub fn own_case(framework: &Framework, practice: OwnPractice<'_>, today: NaiveDate) -> OwnCase {
    let standards: Vec<StandardMet> =
        framework.supervisor_standards.iter().map(|standard| met(framework, standard, practice, today)).collect();
    let open: Vec<u8> = standards.iter().filter(|one| !one.evidenced).map(|one| one.standard).collect();
    let from_tier = framework.supervisors_from_tier();
    OwnCase {
        tier: practice.tier,
        agreed_tier: practice.agreed_tier,
        from_tier,
        begun: practice.tier >= from_tier,
        complete: open.is_empty(),
        open,
        caseload_months: framework.caseload_months(),
        caseload_minutes: practice.caseload_minutes,
        supervision_months: framework.supervision_months(),
        supervision_sessions: practice.supervision_sessions,
        supervision_minutes: practice.supervision_minutes,
        supervised_by: practice.supervised_by.iter().map(|one| one.name.clone()).collect(),
        standards,
    }
}

fn met(framework: &Framework, standard: &Standard, practice: OwnPractice<'_>, today: NaiveDate) -> StandardMet {
    let about = |one: &&Statement| one.standard == standard.number && one.date <= today;
    let mut written: Vec<&Statement> = practice.statements.iter().filter(about).collect();
    written.sort_by_key(|one| std::cmp::Reverse((one.date, one.id)));
    let trained = |one: &&Learning| one.supervising && one.date <= today;
    let training: Vec<&Learning> = match standard.rule {
        Some(StandardRule::Training) => practice.learning.iter().filter(trained).collect(),
        _ => Vec::new(),
    };
    let sign_off = decided(standard.number, practice.agreements);
    let unwritten = written.is_empty();
    let unsigned = || missing_signature(unwritten, sign_off.as_ref());
    let missing = match standard.rule {
        Some(StandardRule::Tier { from }) => missing_tier(practice, from),
        Some(StandardRule::Caseload { hours, months }) => {
            (practice.caseload_minutes < hours.saturating_mul(60)).then(|| {
                let (hours, months) = (spelled(hours), words::months(u32::from(months)));
                format!("You have not logged {hours} NHS hours in the last {months} yet.")
            })
        }
        Some(StandardRule::Supervision { months }) => {
            missing_supervision(practice, u32::from(months)).or_else(unsigned)
        }
        Some(StandardRule::Signed) => unsigned(),
        Some(StandardRule::Training) => (unwritten && training.is_empty()).then(|| {
            "Add the training in supervising others, or write a statement of the experience that equals it.".to_owned()
        }),
        None => unwritten.then(|| "Write a statement on it.".to_owned()),
    };
    StandardMet {
        standard: standard.number,
        title: standard.title.clone(),
        evidenced_by: framework.evidenced_by(standard),
        evidenced: missing.is_none(),
        records: written.iter().map(|one| one.id).chain(training.iter().map(|one| one.id)).collect(),
        sign_off,
        missing,
    }
}

/// What holds of the decisions about the statements on a standard; where none counts, the latest that was recorded.
fn decided(standard: u8, agreements: &[Agreement]) -> Option<Decision> {
    let about = About::Statement(standard);
    let ours: Vec<&Agreement> = agreements.iter().filter(|agreement| agreement.about == about).collect();
    let holds = ours.iter().rfind(|agreement| agreement.by.counts).or(ours.last())?;
    let anything = !holds.basis.signed.is_empty();
    let lost = &holds.basis.lost;
    Some(Decision::of(holds, Weight { anything, lost, enough_then: anything, enough_now: anything, counting: &[] }))
}

fn missing_tier(practice: OwnPractice<'_>, from: u8) -> Option<String> {
    if practice.tier < from {
        return Some(format!("This is shown by tier {from}; your hours are at tier {}.", practice.tier));
    }
    (practice.agreed_tier < from).then(|| {
        format!(
            "Your hours are at tier {}; that tier {from} was agreed, and all it asks for, is not there yet.",
            practice.tier
        )
    })
}

fn missing_signature(unwritten: bool, sign_off: Option<&Decision>) -> Option<String> {
    match sign_off {
        Some(decision) if decision.outcome == Outcome::SignedOff => None,
        _ if unwritten => Some("Write a statement on it, and ask your supervisor to sign it.".to_owned()),
        Some(decision) => Some(words::sentence(&format!("{}.", decision.text))),
        None => Some("Your statement is there and not signed yet; ask your supervisor to sign it.".to_owned()),
    }
}

/// What the log of supervision received does not show. "A higher level" (B1570, appendix 2, part 6) is a tier above the
/// coach's own, or what the coach recorded of them: above tier 4 there is none.
fn missing_supervision(practice: OwnPractice<'_>, months: u32) -> Option<String> {
    if practice.supervision_sessions == 0 {
        let last = words::months(months);
        return Some(format!("No health coaching supervision of your own is logged in the last {last}."));
    }
    let by = practice.supervised_by;
    if by.is_empty() {
        return Some("Say in your supervision log who supervised you.".to_owned());
    }
    if by.iter().any(|one| one.more_experienced || one.tier.is_some_and(|tier| tier > practice.agreed_tier)) {
        return None;
    }
    let names = listed(&by.iter().map(|one| one.name.clone()).collect::<Vec<_>>());
    Some(if by.iter().any(|one| one.tier.is_none()) {
        format!("It is not recorded whether {names} is more experienced than you: note their tier, or that they are.")
    } else {
        format!("{names} is not at a higher tier than you: note it if they are more experienced all the same.")
    })
}

#[cfg(test)]
mod tests;
