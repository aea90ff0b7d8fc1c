//! The eight standards for a health-coaching supervisor: a check on a person.

use chrono::{Months, NaiveDate};
use serde::Serialize;
use uuid::Uuid;

use crate::framework::{Framework, StandardRule};
use crate::views::{Person, Seen};
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
                Some(StandardRule::Supervision { .. } | StandardRule::Signed | StandardRule::Training) | None => {
                    seen.is_none().then(|| "Not seen yet.".to_owned())
                }
            };
            StandardSeen {
                standard: standard.number,
                title: standard.title.clone(),
                evidenced_by: framework.evidenced_by(standard),
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
            more_experienced: false,
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

    #[test]
    fn an_employers_caseload_is_looked_at_as_often_as_it_says() {
        let mut framework = Framework::shipped();
        framework.supervisor_standards[1].rule = Some(StandardRule::Caseload { hours: 100, months: 6 });
        let wren = someone(Some(3), vec![seen(2, Some("2026-01-01"))]);
        let caseload = |today| supervisor(&framework, &wren, day(today)).standards[1].clone();
        assert_eq!(caseload("2026-07-01").expires, Some(day("2026-07-01")));
        assert_eq!(
            caseload("2026-07-02").missing.as_deref(),
            Some("That was more than six months ago. Ask about their caseload again.")
        );
        let undated = someone(Some(3), vec![seen(2, None)]);
        let undated = supervisor(&framework, &undated, day("2026-07-01")).standards[1].missing.clone();
        assert_eq!(
            undated.as_deref(),
            Some("Note the day you saw it: the 100 hours are those of the six months before it.")
        );
    }
}
