//! The standards for a health-coaching supervisor.

use std::fmt::Write;

use app::Standards;
use app::domain::own_case::OwnCase;
use app::domain::standards::SupervisorCheck;
use app::domain::words::{count, long_date, months, number, short_duration};

pub(crate) fn standards(standards: &Standards) -> String {
    let mut parts: Vec<String> = standards.people.iter().map(check).collect();
    if standards.people.is_empty() {
        parts.push(
            "Nobody is noted as your health coaching supervisor yet. Add them to your people to see how they stand.\n"
                .to_owned(),
        );
    }
    parts.extend(standards.own.as_ref().map(own));
    parts.join("\n")
}

/// "all eight standards are evidenced".
fn sum(open: &[u8], all: usize) -> String {
    match open {
        [] => format!("all {} standards are evidenced", number(all)),
        [one] => format!("standard {one} is open"),
        [rest @ .., last] => {
            let rest: Vec<String> = rest.iter().map(u8::to_string).collect();
            format!("standards {} and {last} are open", rest.join(", "))
        }
    }
}

fn check(check: &SupervisorCheck) -> String {
    let mut text = format!("{}: {}.\n", check.name, sum(&check.open, check.standards.len()));
    for one in &check.standards {
        let _ = writeln!(text, "  {} {} {}", if one.evidenced { "●" } else { "○" }, one.standard, one.title);
        let seen = one.date.map(|date| format!("seen on {}", long_date(date)));
        let until = one.expires.map(|expires| format!("holds until {}", long_date(expires)));
        let facts: Vec<String> = [one.note.clone(), seen, until].into_iter().flatten().collect();
        if !facts.is_empty() {
            let _ = writeln!(text, "      {}", facts.join(" · "));
        }
        if let Some(missing) = &one.missing {
            let _ = writeln!(text, "      {missing} Shown by: {}", one.evidenced_by);
        }
    }
    text
}

fn own(case: &OwnCase) -> String {
    if !case.begun {
        return format!(
            "Your own case as a supervisor can be made from tier {}; your hours are at tier {}. Until then there is nothing to \
             do here.\n",
            case.from_tier, case.tier
        );
    }
    let mut text = format!("Your own case: {}.\n", sum(&case.open, case.standards.len()));
    let (worked, over) = (short_duration(case.caseload_minutes), months(case.caseload_months));
    let _ = writeln!(text, "  {worked} of NHS coaching in the last {over}.");
    let by =
        if case.supervised_by.is_empty() { String::new() } else { format!(" by {}", case.supervised_by.join(", ")) };
    let _ = writeln!(
        text,
        "  Supervised{by} one to one: {}, {}, in the last {}.",
        count(case.supervision_sessions, "session"),
        short_duration(case.supervision_minutes),
        months(case.supervision_months)
    );
    for one in &case.standards {
        let _ = writeln!(text, "  {} {} {}", if one.evidenced { "●" } else { "○" }, one.standard, one.title);
        if let Some(missing) = &one.missing {
            let _ = writeln!(text, "      {missing} Shown by: {}", one.evidenced_by);
        }
    }
    text
}
