//! Training: what is there, what has to be renewed, what comes next.

use std::fmt::Write;

use app::domain::coverage::Coverage;
use app::domain::learning::Trainings;
use app::domain::milestones::Milestone;
use app::domain::renewals::{Capability, Validity};
use app::domain::routes::{Route, Training};
use app::domain::words::{count, coverage, long_date, shape, short_duration};
use chrono::NaiveDate;

pub(crate) fn trainings(trainings: &Trainings) -> String {
    let mut text = format!("Learning · {}\n\n", long_date(trainings.today));
    text += &training(&trainings.training);
    text += "\nInduction, before your first referrals\n";
    for topic in &trainings.induction {
        let done = topic.done.map(|day| format!(" · {}", long_date(day))).unwrap_or_default();
        let _ = writeln!(text, "  {} {}{done}", if topic.done.is_some() { "●" } else { "○" }, topic.title);
    }
    text += "\nGeneral capabilities\n";
    for item in &trainings.capabilities {
        text += &capability(item);
    }
    if !trainings.others.is_empty() {
        text += "\nOther trainings that have to be renewed\n";
        for other in &trainings.others {
            let until = ends(other.state, Some(other.expires), Some(other.days_left));
            let _ =
                writeln!(text, "  {} {} · taken on {}{until}", mark(other.state), other.title, long_date(other.date));
        }
    }
    let covered = trainings.models.iter().filter(|model| model.covered).count();
    let _ = write!(text, "\nAdditional models and approaches: {covered} of {} covered", trainings.models.len());
    text += &match trainings.models_from_tier {
        Some(tier) if !trainings.models_expected => {
            format!("; they are looked for from tier {tier} on, and none has to wait until then.\n")
        }
        _ => ".\n".to_owned(),
    };
    for model in &trainings.models {
        let last = model.date.map(|date| format!(" · last on {}", long_date(date))).unwrap_or_default();
        let _ = writeln!(text, "  {} {}{last}", if model.covered { "●" } else { "○" }, model.title);
    }
    if trainings.milestones.is_empty() {
        text += "\nAdd your first day in the role to your profile to see the marks of your first twelve months.\n";
    } else {
        text += "\nYour first twelve months\n";
        for milestone in &trainings.milestones {
            text += &passed(milestone);
        }
    }
    text
}

fn training(training: &Training) -> String {
    let mut text = String::from(match (training.settled, training.only_said) {
        (true, _) => "The training that tier 1 asks for is there",
        (false, true) => "The training that tier 1 asks for: you said so, and the record that shows it is not here yet",
        (false, false) => "The training that tier 1 asks for is not there yet",
    });
    text += &training.since.map(|since| format!(", since {}", long_date(since))).unwrap_or_default();
    text += ".\n";
    for route in &training.routes {
        text += &way(route, training.settled);
    }
    if let Some(first) = training.coached_before {
        let _ = writeln!(
            text,
            "  You have coached since {}, before that training. Keep your supervisor close until it is done, and add what \
             you learnt earlier if some is missing here.",
            long_date(first)
        );
    }
    text
}

/// One way; what it still takes is said until the training is there, and of the way that the profile names.
fn way(route: &Route, settled: bool) -> String {
    let title = route.title;
    let chosen = if route.chosen { ", the way your profile names" } else { "" };
    let there = match (route.records.len(), route.needed_days) {
        (0, _) => "no record of it".to_owned(),
        (n, 0) => count(n, "record"),
        (n, needed) => {
            let so_far = if route.days < needed { format!(" of {needed}") } else { String::new() };
            let (records, days) = (count(n, "record"), count(route.days, "day"));
            format!("{records}, {days}{so_far} ({})", short_duration(route.minutes))
        }
    };
    let more: String = route
        .missing
        .iter()
        .filter(|_| !settled || route.chosen)
        .chain(&route.marked)
        .map(|sentence| format!("    {sentence}\n"))
        .collect();
    format!("  {} {title}{chosen}: {there}\n    {}\n{more}", if route.shown { "●" } else { "○" }, route.says)
}

fn mark(state: Validity) -> &'static str {
    match state {
        Validity::Current => "●",
        Validity::Expiring => "◐",
        Validity::Expired | Validity::None => "○",
    }
}

fn capability(item: &Capability) -> String {
    let mut text = format!("  {} {}", mark(item.state), item.title);
    if item.mandatory {
        text += " (mandatory)";
    }
    match item.date {
        None => text += " · not yet recorded",
        Some(date) => {
            let _ = write!(text, " · {}", long_date(date));
            text += if item.certificate { ", with certificate" } else { "" };
            text += &ends(item.state, item.expires, item.days_left);
        }
    }
    text + "\n"
}

/// "; runs out on 1 August 2026, in 50 days".
fn ends(state: Validity, expires: Option<NaiveDate>, days_left: Option<i32>) -> String {
    let (Some(expires), Some(left)) = (expires, days_left) else { return String::new() };
    let days = count(left.unsigned_abs(), "day");
    match (state, left) {
        (Validity::Expired, _) => format!("; ran out on {}, {days} ago", long_date(expires)),
        (Validity::Expiring, 0) => "; today is its last day".to_owned(),
        (Validity::Expiring, _) => format!("; runs out on {}, in {days}", long_date(expires)),
        _ => format!("; valid until {}", long_date(expires)),
    }
}

fn passed(milestone: &Milestone) -> String {
    let when = if milestone.passed { "passed on" } else { "until" };
    let mut text = format!("  {}, {when} {}\n", milestone.title, long_date(milestone.day));
    for competency in &milestone.competencies {
        // By its milestone everything is expected.
        let stands = Coverage::of(competency.status, true);
        let (shape, word) = (shape(stands), coverage(stands));
        let _ = writeln!(text, "      {shape} {:<5} {} · {word}", competency.competency, competency.title);
    }
    text
}
