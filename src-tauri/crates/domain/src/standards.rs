//! The eight standards for a health-coaching supervisor: a check on a person, and the coach's own case.

use chrono::{Months, NaiveDate};
use serde::Serialize;
use uuid::Uuid;

use crate::framework::{Framework, StandardRule};
use crate::views::{Person, Seen, Statement};
use crate::words::{self, spelled};

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

/// One standard, checked against what the coach has seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct StandardSeen {
    /// 1 to 8.
    pub standard: u8,
    /// What is expected.
    pub title: String,
    /// What shows it.
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
    /// Individual health-coaching supervision received in that time.
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
    /// The statements on it, newest first.
    pub records: Vec<Uuid>,
    /// What is missing, in a sentence.
    pub missing: Option<String>,
}

/// What the coach's own practice says.
#[derive(Debug, Clone, Copy)]
pub struct OwnPractice<'a> {
    /// The tier held by hours.
    pub tier: u8,
    /// Attended NHS minutes of the last [`Framework::caseload_months`] months.
    pub caseload_minutes: u32,
    /// Individual health-coaching supervision received in the last [`Framework::supervision_months`] months.
    pub supervision_sessions: u32,
    /// Its minutes.
    pub supervision_minutes: u32,
    /// By whom, by name.
    pub supervised_by: &'a [String],
}

/// Checks a person against the standards (B1570, appendix 2, part 6).
///
/// A standard is evidenced by what the coach has seen of it, with a day that has come, unless the framework gives it a rule.
/// A tier decides alone: older guidance asked for five years instead, and what was noted of them is shown and does not
/// count. A caseload is one of the last months, so that its check needs a day and runs out as many months after it.
#[must_use]
pub fn supervisor(framework: &Framework, person: &Person, today: NaiveDate) -> SupervisorCheck {
    let standards: Vec<StandardSeen> = framework
        .supervisor_standards
        .iter()
        .map(|standard| {
            let rows = person.standards.iter().filter(|row| row.standard == standard.number);
            let seen = rows.filter(|row| row.date.is_none_or(|date| date <= today)).max_by_key(|row| row.date);
            let date = seen.and_then(|row| row.date);
            let mut expires = None;
            let missing = match standard.rule {
                Some(StandardRule::Tier { from }) => missing_tier(person.tier, from),
                Some(StandardRule::Caseload { hours, months }) => {
                    expires = date.and_then(|date| date.checked_add_months(Months::new(u32::from(months))));
                    missing_caseload(seen, expires, today, (hours, u32::from(months)))
                }
                Some(StandardRule::Supervision { .. }) | None => seen.is_none().then(|| "Not seen yet.".to_owned()),
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

fn missing_tier(tier: Option<u8>, from: u8) -> Option<String> {
    match tier {
        Some(tier) if tier >= from => None,
        Some(tier) => Some(format!("They are at tier {tier}; tier {from} or above is expected.")),
        None => Some("Their tier is not noted yet.".to_owned()),
    }
}

fn missing_caseload(
    seen: Option<&Seen>,
    expires: Option<NaiveDate>,
    today: NaiveDate,
    (hours, months): (u32, u32),
) -> Option<String> {
    match (seen, expires) {
        (None, _) => Some("Not seen yet.".to_owned()),
        (Some(_), None) => Some(format!(
            "Note the day you saw it: the {} hours are those of the {} before it.",
            spelled(hours),
            words::months(months)
        )),
        (Some(_), Some(expires)) if expires < today => {
            Some(format!("That was more than {} ago. Ask about their caseload again.", words::months(months)))
        }
        _ => None,
    }
}

/// The coach's own case for supervising others (B1570, appendix 2, part 6; docs/framework.md, "Standards for a
/// supervisor").
///
/// A tier and a caseload are shown by the log; supervision received by the log, from someone who is named, and a
/// statement; a standard without a rule by a statement.
#[must_use]
pub fn own_case(
    framework: &Framework,
    statements: &[Statement],
    practice: OwnPractice<'_>,
    today: NaiveDate,
) -> OwnCase {
    let standards: Vec<StandardMet> = framework
        .supervisor_standards
        .iter()
        .map(|standard| {
            let about = |one: &&Statement| one.standard == standard.number && one.date <= today;
            let mut written: Vec<&Statement> = statements.iter().filter(about).collect();
            written.sort_by_key(|one| std::cmp::Reverse((one.date, one.id)));
            let missing = match standard.rule {
                Some(StandardRule::Tier { from }) => (practice.tier < from)
                    .then(|| format!("This is shown by tier {from}; your hours are at tier {}.", practice.tier)),
                Some(StandardRule::Caseload { hours, months }) => {
                    (practice.caseload_minutes < hours.saturating_mul(60)).then(|| {
                        let (hours, months) = (spelled(hours), words::months(u32::from(months)));
                        format!("You have not logged {hours} NHS hours in the last {months} yet.")
                    })
                }
                Some(StandardRule::Supervision { months }) => {
                    missing_supervision(practice, u32::from(months), written.is_empty())
                }
                None => written.is_empty().then(|| "Write a statement on it.".to_owned()),
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
    let from_tier = framework.supervisors_from_tier();
    OwnCase {
        tier: practice.tier,
        from_tier,
        begun: practice.tier >= from_tier,
        complete: open.is_empty(),
        open,
        caseload_months: framework.caseload_months(),
        caseload_minutes: practice.caseload_minutes,
        supervision_months: framework.supervision_months(),
        supervision_sessions: practice.supervision_sessions,
        supervision_minutes: practice.supervision_minutes,
        supervised_by: practice.supervised_by.to_vec(),
        standards,
    }
}

fn missing_supervision(practice: OwnPractice<'_>, months: u32, unwritten: bool) -> Option<String> {
    if practice.supervision_sessions == 0 {
        let last = words::months(months);
        return Some(format!("No health coaching supervision of your own is logged in the last {last}."));
    }
    if practice.supervised_by.is_empty() {
        return Some("Say in your supervision log who supervised you.".to_owned());
    }
    unwritten.then(|| "Your log is there; write a statement on it for your supervisor to sign.".to_owned())
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
        let practice = OwnPractice {
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

    #[test]
    fn an_employers_framework_decides_by_rules_of_its_own_or_by_none() {
        let mut framework = Framework::shipped();
        framework.supervisor_standards[1].rule = Some(StandardRule::Caseload { hours: 100, months: 6 });
        let wren = someone(Some(3), vec![seen(2, Some("2026-01-01"))]);
        let caseload = |today| supervisor(&framework, &wren, day(today)).standards[1].clone();
        assert_eq!(caseload("2026-07-01").expires, Some(day("2026-07-01")));
        assert_eq!(
            caseload("2026-07-02").missing.as_deref(),
            Some("That was more than six months ago. Ask about their caseload again.")
        );

        let practice = OwnPractice {
            tier: 0,
            caseload_minutes: 0,
            supervision_sessions: 0,
            supervision_minutes: 0,
            supervised_by: &[],
        };
        let case = own_case(&framework, &[], practice, day("2026-06-12"));
        let missing = case.standards[1].missing.as_deref();
        assert_eq!(missing, Some("You have not logged 100 NHS hours in the last six months yet."));
        assert_eq!((case.caseload_months, case.supervision_months), (6, 12));

        framework.supervisor_standards.iter_mut().for_each(|standard| standard.rule = None);
        let case = own_case(&framework, &statements(), practice, day("2026-06-12"));
        assert_eq!((case.from_tier, case.begun, case.open), (0, true, vec![1, 2]), "statements alone decide");
    }
}
