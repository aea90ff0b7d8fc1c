//! The eight standards for a health-coaching supervisor: a check on a person, and the coach's own case.

use chrono::{Months, NaiveDate};
use serde::Serialize;
use uuid::Uuid;

use crate::framework::Framework;
use crate::views::{Person, Seen, Statement};

/// The tier from which someone may supervise, and a coach can build a case of their own.
pub const FROM_TIER: u8 = 3;
/// A caseload of at least so many minutes in the last twelve months: 50 hours.
pub const CASELOAD_MINUTES: u32 = 50 * 60;
/// For how long a check of the caseload holds.
const CASELOAD_MONTHS: u32 = 12;
/// The standard of experience, which the tier decides.
const EXPERIENCE: u8 = 1;
/// The standard of a recent caseload.
const CASELOAD: u8 = 2;
/// The standard of supervision received.
const RECEIVED: u8 = 4;

/// The check on one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SupervisorCheck {
    /// The person's record.
    pub person: Uuid,
    /// Their name.
    pub name: String,
    /// Their tier, where it is known.
    pub tier: Option<u8>,
    /// All eight are evidenced.
    pub complete: bool,
    /// The numbers of those that are open.
    pub open: Vec<u8>,
    /// Each standard.
    pub standards: Vec<StandardSeen>,
}

/// One standard, held against what the coach has seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct StandardSeen {
    /// 1 to 8.
    pub standard: u8,
    /// What is expected.
    pub title: String,
    /// By what it is shown.
    pub evidenced_by: String,
    /// The coach has seen evidence that holds today.
    pub evidenced: bool,
    /// How the coach knows.
    pub note: Option<String>,
    /// The day it was seen.
    pub date: Option<NaiveDate>,
    /// The last day the check holds; only the caseload's runs out.
    pub expires: Option<NaiveDate>,
    /// What is missing, in a sentence.
    pub missing: Option<String>,
}

/// The coach's own case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct OwnCase {
    /// The tier held by hours.
    pub tier: u8,
    /// From which tier the case can be made.
    pub from_tier: u8,
    /// It can be made already; below that tier what is there is shown, and nothing is asked for.
    pub begun: bool,
    /// All eight are evidenced.
    pub complete: bool,
    /// The numbers of those that are open.
    pub open: Vec<u8>,
    /// Attended NHS minutes of the last twelve months.
    pub caseload_minutes: u32,
    /// Individual health-coaching supervision received in the last twelve months.
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
    /// By what it is shown.
    pub evidenced_by: String,
    /// What is there shows it.
    pub evidenced: bool,
    /// The statements on it, newest first.
    pub records: Vec<Uuid>,
    /// What is missing, in a sentence.
    pub missing: Option<String>,
}

/// What the coach's own practice says.
#[derive(Debug, Clone, Copy)]
pub struct Practice<'a> {
    /// The tier held by hours.
    pub tier: u8,
    /// Attended NHS minutes of the last twelve months.
    pub caseload_minutes: u32,
    /// Individual health-coaching supervision received in the last twelve months.
    pub supervision_sessions: u32,
    /// Its minutes.
    pub supervision_minutes: u32,
    /// By whom, by name.
    pub supervised_by: &'a [String],
}

/// Holds a person against the standards (B1570, "Standards for a health coaching supervisor").
///
/// A standard is evidenced by what the coach has seen of it, with a day that has come. The tier alone decides the first:
/// older guidance asked for five years instead, and what was noted of them is shown and does not count. A caseload is one
/// of the last twelve months, so that its check needs a day and runs out twelve months after it.
#[must_use]
pub fn supervisor(framework: &Framework, person: &Person, today: NaiveDate) -> SupervisorCheck {
    let standards: Vec<StandardSeen> = framework
        .supervisor_standards
        .iter()
        .map(|standard| {
            let rows = person.standards.iter().filter(|row| row.standard == standard.number);
            let seen = rows.filter(|row| row.date.is_none_or(|date| date <= today)).max_by_key(|row| row.date);
            let date = seen.and_then(|row| row.date);
            let expires = date.filter(|_| standard.number == CASELOAD).and_then(caseload_holds_until);
            let missing = match standard.number {
                EXPERIENCE => missing_tier(person.tier),
                CASELOAD => missing_caseload(seen, expires, today),
                _ => seen.is_none().then(|| "Not seen yet.".to_owned()),
            };
            StandardSeen {
                standard: standard.number,
                title: standard.title.clone(),
                evidenced_by: standard.evidenced_by.clone(),
                evidenced: missing.is_none(),
                note: seen.and_then(|row| row.note.clone()),
                date,
                expires,
                missing,
            }
        })
        .collect();
    let open: Vec<u8> = standards.iter().filter(|one| !one.evidenced).map(|one| one.standard).collect();
    let complete = open.is_empty();
    SupervisorCheck { person: person.id, name: person.name.clone(), tier: person.tier, complete, open, standards }
}

fn caseload_holds_until(seen: NaiveDate) -> Option<NaiveDate> {
    seen.checked_add_months(Months::new(CASELOAD_MONTHS))
}

fn missing_tier(tier: Option<u8>) -> Option<String> {
    match tier {
        Some(tier) if tier >= FROM_TIER => None,
        Some(tier) => Some(format!("They are at tier {tier}; tier {FROM_TIER} or above is expected.")),
        None => Some("Their tier is not noted yet.".to_owned()),
    }
}

fn missing_caseload(seen: Option<&Seen>, expires: Option<NaiveDate>, today: NaiveDate) -> Option<String> {
    match (seen, expires) {
        (None, _) => Some("Not seen yet.".to_owned()),
        (Some(_), None) => {
            Some("Note the day you saw it: the fifty hours are those of the twelve months before it.".to_owned())
        }
        (Some(_), Some(expires)) if expires < today => {
            Some("That was more than twelve months ago. Ask about their caseload again.".to_owned())
        }
        _ => None,
    }
}

/// The coach's own case for supervising others (B1570, "Standards for a health coaching supervisor"; framework.md: a
/// coach can build it from tier 3).
///
/// The tier shows the first standard and the hours of the last twelve months the second; supervision received, from
/// someone who is named, and a statement show the fourth; a statement shows each of the others.
#[must_use]
pub fn own_case(framework: &Framework, statements: &[Statement], practice: Practice<'_>, today: NaiveDate) -> OwnCase {
    let standards: Vec<StandardMet> = framework
        .supervisor_standards
        .iter()
        .map(|standard| {
            let about = |one: &&Statement| one.standard == standard.number && one.date <= today;
            let mut written: Vec<&Statement> = statements.iter().filter(about).collect();
            written.sort_by_key(|one| std::cmp::Reverse((one.date, one.id)));
            let missing = match standard.number {
                EXPERIENCE => (practice.tier < FROM_TIER)
                    .then(|| format!("This is shown by tier {FROM_TIER}; your hours are at tier {}.", practice.tier)),
                CASELOAD => (practice.caseload_minutes < CASELOAD_MINUTES)
                    .then(|| "You have not logged fifty NHS hours in the last twelve months yet.".to_owned()),
                RECEIVED => missing_supervision(practice, written.is_empty()),
                _ => written.is_empty().then(|| "Write a statement on it.".to_owned()),
            };
            StandardMet {
                standard: standard.number,
                title: standard.title.clone(),
                evidenced_by: standard.evidenced_by.clone(),
                evidenced: missing.is_none(),
                records: written.iter().map(|one| one.id).collect(),
                missing,
            }
        })
        .collect();
    let open: Vec<u8> = standards.iter().filter(|one| !one.evidenced).map(|one| one.standard).collect();
    OwnCase {
        tier: practice.tier,
        from_tier: FROM_TIER,
        begun: practice.tier >= FROM_TIER,
        complete: open.is_empty(),
        open,
        caseload_minutes: practice.caseload_minutes,
        supervision_sessions: practice.supervision_sessions,
        supervision_minutes: practice.supervision_minutes,
        supervised_by: practice.supervised_by.to_vec(),
        standards,
    }
}

fn missing_supervision(practice: Practice<'_>, unwritten: bool) -> Option<String> {
    let missing = if practice.supervision_sessions == 0 {
        "No health coaching supervision of your own is logged in the last twelve months."
    } else if practice.supervised_by.is_empty() {
        "Say in your supervision log who supervised you."
    } else if unwritten {
        "Your log is there; write a statement on it for your supervisor to sign."
    } else {
        return None;
    };
    Some(missing.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn seen(standard: u8, date: Option<&str>) -> Seen {
        Seen { standard, note: Some("she showed me".into()), date: date.map(day) }
    }

    fn someone(tier: Option<u8>, standards: Vec<Seen>) -> Person {
        Person {
            id: Uuid::from_u128(1),
            name: "Wren Okafor".into(),
            role: "health-coaching-supervisor".into(),
            contact: None,
            tier,
            concerns: Vec::new(),
            standards,
        }
    }

    fn check(tier: Option<u8>, standards: Vec<Seen>, today: &str) -> SupervisorCheck {
        supervisor(&Framework::shipped(), &someone(tier, standards), day(today))
    }

    #[test]
    fn all_eight_are_looked_at_and_the_open_ones_named() {
        let all = (2..=8).map(|standard| seen(standard, Some("2026-01-10"))).collect();
        let complete = check(Some(3), all, "2026-06-12");
        assert!(complete.complete && complete.open.is_empty() && complete.standards.len() == 8);
        let some = check(Some(4), vec![seen(5, None)], "2026-06-12");
        assert_eq!((some.complete, some.open), (false, vec![2, 3, 4, 6, 7, 8]));
    }

    #[test]
    fn tier_three_decides_the_first_and_five_years_are_only_a_note() {
        let open = |tier| check(tier, vec![seen(1, Some("2026-01-10"))], "2026-06-12").standards[0].clone();
        assert!(open(Some(3)).evidenced);
        assert!(!open(Some(2)).evidenced);
        assert_eq!((open(None).evidenced, open(None).note.as_deref()), (false, Some("she showed me")));
    }

    #[test]
    fn the_check_of_a_caseload_runs_out_after_twelve_months() {
        let on = |today| check(Some(3), vec![seen(2, Some("2025-06-12"))], today).standards[1].clone();
        assert_eq!((on("2026-06-12").evidenced, on("2026-06-12").expires), (true, Some(day("2026-06-12"))));
        assert!(!on("2026-06-13").evidenced);
        let leap = check(Some(3), vec![seen(2, Some("2024-02-29"))], "2024-03-01").standards[1].clone();
        assert_eq!(leap.expires, Some(day("2025-02-28")));
    }

    #[test]
    fn a_caseload_without_a_day_cannot_be_judged() {
        let undated = check(Some(3), vec![seen(2, None)], "2026-06-12").standards[1].clone();
        assert!(!undated.evidenced && undated.missing.is_some());
    }

    #[test]
    fn the_latest_of_several_rows_counts_and_one_to_come_does_not() {
        let rows = vec![seen(2, Some("2026-05-01")), seen(2, Some("2024-01-01")), seen(2, Some("2026-07-01"))];
        assert_eq!(check(Some(3), rows, "2026-06-12").standards[1].date, Some(day("2026-05-01")));
    }

    fn case(statements: &[Statement], tier: u8, minutes: u32, by: &[String]) -> OwnCase {
        let practice = Practice {
            tier,
            caseload_minutes: minutes,
            supervision_sessions: 12,
            supervision_minutes: 720,
            supervised_by: by,
        };
        own_case(&Framework::shipped(), statements, practice, day("2026-06-12"))
    }

    fn statements() -> Vec<Statement> {
        let one = |standard| Statement { id: Uuid::from_u128(1), date: day("2026-06-12"), standard };
        (3..=8).map(one).collect()
    }

    #[test]
    fn a_case_is_made_of_hours_supervision_and_statements() {
        let wren = ["Wren Okafor".to_owned()];
        assert!(case(&statements(), 3, 3_000, &wren).complete);
        assert_eq!(case(&statements(), 3, 2_999, &wren).open, [2], "a minute short of fifty hours");
        assert_eq!(case(&statements(), 3, 3_000, &[]).open, [4], "nobody is named");
        assert_eq!(case(&[], 3, 3_000, &wren).open, [3, 4, 5, 6, 7, 8]);
    }

    #[test]
    fn below_tier_three_it_has_not_begun() {
        let early = case(&[], 2, 3_000, &[]);
        assert_eq!((early.begun, early.from_tier), (false, 3));
        assert!(!early.standards[0].evidenced);
    }

    #[test]
    fn a_statement_to_come_is_not_there_yet() {
        let later = Statement { id: Uuid::from_u128(1), date: day("2026-06-13"), standard: 7 };
        assert!(!case(&[later], 3, 3_000, &[]).standards[6].evidenced);
    }
}
