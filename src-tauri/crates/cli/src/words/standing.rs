//! Gaps, hours, rhythm and plan in words.

use std::fmt::Write;

use app::Rhythms;
use app::domain::appraisal::Appraisal;
use app::domain::coverage::Status;
use app::domain::framework::{Framework, Need};
use app::domain::gaps::{CompetencyState, Decision, Gaps};
use app::domain::hours::Hours;
use app::domain::needs::NeedState;
use app::domain::plan::Plan;
use app::domain::ratings::Ratings;

use super::{count, day};

pub(crate) fn gaps(gaps: &Gaps, framework: &Framework) -> String {
    let sums = gaps.summary;
    let mut text = format!(
        "{} · {}\nOf {} competencies expected at this point: {} covered, {} partly, {} not yet.\n",
        framework.title,
        day(gaps.today),
        sums.expected,
        sums.evidenced + sums.signed_off,
        sums.partial,
        sums.none
    );
    for area in &framework.areas {
        let _ = writeln!(text, "\n{} {}", area.number, area.title);
        for state in gaps.competencies.iter().filter(|state| state.area == area.number) {
            let (shape, word) = standing(state);
            let stale = if state.stale { ", all of it older than your review period" } else { "" };
            let _ = writeln!(text, "  {shape} {:<5} {} · {word}{stale}", state.competency, state.title);
            for need in &state.needs {
                let mark = if need.met { "✓" } else { " " };
                let _ = writeln!(text, "      {mark} {}: {}", asked(&need.need, framework), there(need));
            }
            if let Some(decision) = &state.sign_off {
                let _ = writeln!(text, "        {}", decided(decision));
            }
        }
    }
    text
}

fn standing(state: &CompetencyState) -> (&'static str, &'static str) {
    match (state.status, state.expected) {
        (Status::None, false) => ("–", "not expected yet"),
        (Status::None, true) => ("○", "not yet"),
        (Status::Partial, _) => ("◐", "partly"),
        (Status::Evidenced, _) => ("●", "covered"),
        (Status::SignedOff, _) => ("✓", "agreed"),
    }
}

fn there(need: &NeedState) -> String {
    let records = count(need.records.len() as u64 + u64::from(need.more), "record");
    match (need.met, need.minutes, need.waiting.is_empty(), need.records.is_empty()) {
        (true, Some(minutes), ..) => format!("there ({})", clock(minutes)),
        (true, None, ..) => format!("there ({records})"),
        (false, None, true, true) => "not yet".to_owned(),
        (false, None, true, false) => "begun, but the rhythm is not kept".to_owned(),
        (false, Some(_), true, _) => "not yet: no session under supervision in that time".to_owned(),
        (false, Some(_), false, _) => "put forward, but not under supervision in that time".to_owned(),
        (false, None, false, _) => "there, but it counts only after the one before it".to_owned(),
    }
}

fn decided(decision: &Decision) -> String {
    let on = day(decision.date);
    match (decision.agreed, decision.changed, decision.sufficient) {
        (false, ..) => format!("a supervisor said \"not yet\" on {on}"),
        (true, true, _) => format!("agreed on {on}, but what was signed has changed since: ask again"),
        (true, false, true) => format!("agreed on {on} to suffice as it is"),
        (true, false, false) => format!("agreed on {on}"),
    }
}

fn asked_rest(need: &Need, framework: &Framework) -> Option<String> {
    if let Some(after) = need.after {
        return Some(format!(", after {}", framework.evidence_title(after).to_lowercase()));
    }
    if let Some(months) = need.first_months {
        return Some(format!(", under supervision in your first {months} months"));
    }
    need.rhythm.map(|_| ", at the expected rhythm".to_owned())
}

pub(super) fn asked(need: &Need, framework: &Framework) -> String {
    let titles: Vec<String> =
        need.accepts().iter().map(|kind| framework.evidence_title(*kind).to_lowercase()).collect();
    titles.join(" or ") + &asked_rest(need, framework).unwrap_or_default()
}

pub(crate) fn hours(hours: &Hours) -> String {
    let mut text = format!(
        "{} of NHS coaching, {} of it supervised.\n",
        clock(hours.nhs_minutes),
        clock(hours.supervised_minutes)
    );
    if hours.other_minutes > 0 {
        let _ = writeln!(text, "{} outside the NHS, which no tier counts.", clock(hours.other_minutes));
    }
    let sums = |title: &str, map: &std::collections::BTreeMap<String, u32>| {
        let parts: Vec<String> = map.iter().map(|(name, minutes)| format!("{name} {}", clock(*minutes))).collect();
        if parts.is_empty() { String::new() } else { format!("{title}: {}\n", parts.join(", ")) }
    };
    text += &sums("By mode", &hours.by_mode);
    text += &sums("By format", &hours.by_format);
    let _ = match hours.tier {
        0 => writeln!(text, "Working towards tier 1."),
        tier => writeln!(text, "The hours of tier {tier} are reached."),
    };
    if hours.agreed_tier > 0 {
        let _ = writeln!(text, "A supervisor agreed to tier {}.", hours.agreed_tier);
    }
    for open in &hours.outstanding {
        let _ = writeln!(text, "  still open: {open}");
    }
    if let Some(next) = &hours.next {
        let _ = write!(text, "Tier {} is {} away", next.tier, clock(next.minutes_left));
        let _ = match next.forecast {
            Some(date) => writeln!(text, ": about {} at the pace of the last 90 days.", day(date)),
            None => writeln!(text, "."),
        };
        for open in &next.open_conditions {
            let _ = writeln!(text, "  it also asks: {open}");
        }
    }
    text + "Contact minutes as they were; a group counts once; no travel, notes, role play or missed appointments.\n"
}

/// "12 h 30 min".
pub(super) fn clock(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

pub(crate) fn rhythm(rhythms: &Rhythms, framework: &Framework) -> String {
    let mut text = String::new();
    for kind in &rhythms.kinds {
        let of = framework.rhythms.iter().find(|of| of.supervision == kind.supervision);
        let _ = writeln!(text, "{}", of.map_or(kind.supervision.id(), |of| &of.title));
        let _ = match kind.last {
            Some(last) => writeln!(text, "  last: {}", day(last)),
            None => writeln!(text, "  none yet"),
        };
        let _ = match kind.overdue_days {
            0 => writeln!(text, "  next by: {}", day(kind.due)),
            days => writeln!(text, "  was due by {}: {} ago", day(kind.due), count(days, "day")),
        };
        if kind.open && kind.last.is_some() && kind.overdue_days == 0 {
            let _ = writeln!(text, "  none yet in the period that is running");
        }
        let missed: Vec<String> = kind.missed_on.iter().map(|date| date.format("%B %Y").to_string()).collect();
        if !missed.is_empty() {
            let _ = writeln!(text, "  missed: {}", missed.join(", "));
        }
        let _ = writeln!(
            text,
            "  in your review period: {} one to one ({} a month), {} in groups",
            clock(kind.minutes_in_period),
            clock(kind.minutes_a_month),
            clock(kind.group_minutes_in_period)
        );
    }
    text + "A group session is a good addition; the rhythm is kept by meeting one to one.\n"
}

pub(crate) fn plan(plan: &Plan) -> String {
    if plan.open_needs == 0 {
        return "Nothing that is expected of you at this point is open.\n".to_owned();
    }
    let mut text = String::new();
    for (place, step) in plan.steps.iter().enumerate() {
        let _ = writeln!(text, "{}. {}\n   {}", place + 1, step.title, step.how);
        let _ = writeln!(text, "   Competencies: {}", step.competencies.join(", "));
        if !step.after.is_empty() {
            let first: Vec<String> = step.after.iter().map(|place| format!("{}", place + 1)).collect();
            let _ = writeln!(text, "   Comes after: {}", first.join(", "));
        }
        if !step.completes.is_empty() {
            let _ = writeln!(text, "   Then covered: {}", step.completes.join(", "));
        }
    }
    for ongoing in &plan.ongoing {
        let _ = writeln!(text, "{}: {}", ongoing.competency, ongoing.text);
    }
    text
}

pub(crate) fn ratings(ratings: &[Ratings]) -> String {
    if ratings.is_empty() {
        return "Nobody has said anything of a competency yet. A statement of kind \"self-rating\" is where to begin.\n"
            .to_owned();
    }
    let mut text = String::new();
    for of in ratings {
        let _ = writeln!(text, "{} {}", of.competency, of.title);
        for (who, said) in [("you", &of.own), ("others", &of.others)] {
            for rating in said {
                let reason = rating.reason.split_whitespace().collect::<Vec<_>>().join(" ");
                let because = if reason.is_empty() { String::new() } else { format!(": {reason}") };
                let level = rating.level.replace('-', " ");
                let _ = writeln!(text, "  {who}, {}: {level}{because}", day(rating.date));
            }
        }
    }
    text
}

pub(crate) fn appraisal(appraisal: &Appraisal) -> String {
    let sums = appraisal.gaps.summary;
    let mut text = format!(
        "{} to {}, as it stood on the last day (noted on {}).\n\
         Of {} competencies expected: {} covered, {} partly, {} not yet.\n\
         {} of NHS coaching in the period, {} in all.\n",
        day(appraisal.from),
        day(appraisal.to),
        day(appraisal.noted),
        sums.expected,
        sums.evidenced + sums.signed_off,
        sums.partial,
        sums.none,
        clock(appraisal.minutes_in_period),
        clock(appraisal.hours.nhs_minutes),
    );
    for kind in &appraisal.supervision {
        let missed = match kind.missed {
            0 => String::new(),
            n => format!(", {} missed", count(n, "period")),
        };
        let in_period = clock(kind.minutes_in_period);
        let _ =
            writeln!(text, "{} supervision: {in_period} one to one{missed}.", kind.supervision.id().replace('-', " "));
    }
    for goal in &appraisal.goals {
        let due = goal.due.map(|due| format!(", by {}", day(due))).unwrap_or_default();
        let overdue = if goal.overdue { ", past its day" } else { "" };
        let _ = writeln!(text, "Goal: {} ({}{due}{overdue})", goal.title, goal.status);
        if !goal.missing.is_empty() {
            let _ = writeln!(text, "  it does not say yet: {}", goal.missing.join("; "));
        }
    }
    text
}
