//! Whether a framework file that reads makes sense: numbers that point somewhere, order, uniqueness, reason.

use std::collections::HashSet;

use super::problem::{FileProblem, problem};
use super::{Competency, Framework, StandardRule};
use crate::evidence::EvidenceKind;
use crate::words::spelled;

/// The most hours a tier may ask for: more than a working life.
const HOURS_MAX: u32 = 100_000;
/// The most months a rhythm or a beginning may span.
const MONTHS_MAX: u8 = 60;

/// Every problem that the form of the file does not show, in the order of its lists.
pub(super) fn problems_of_sense(framework: &Framework) -> Vec<FileProblem> {
    let mut problems = Vec::new();
    let mut areas = HashSet::new();
    for (index, area) in framework.areas.iter().enumerate() {
        if !areas.insert(area.number) {
            problems.push(problem(format!("areas[{index}].number"), format!("area {} stands twice", area.number)));
        }
    }
    let mut numbers = HashSet::new();
    for (index, competency) in framework.competencies.iter().enumerate() {
        let place = format!("competencies[{index}]");
        if !numbers.insert(&competency.number) {
            let message = format!("competency {} stands twice", competency.number);
            problems.push(problem(format!("{place}.number"), message));
        }
        of_competency(competency, &place, areas.contains(&competency.area), &mut problems);
    }
    twice_or_empty(framework, &mut problems);
    of_tiers(framework, &mut problems);
    for (index, rhythm) in framework.rhythms.iter().enumerate() {
        if !is_span(rhythm.full_time_months) || !is_span(rhythm.part_time_months) {
            let message = format!("give 1 to {MONTHS_MAX} months between sessions");
            problems.push(problem(format!("rhythms[{index}]"), message));
        }
        if rhythm.pro_rata && rhythm.part_time_months < rhythm.full_time_months {
            let message = "give at least as many months below full time as at full time";
            problems.push(problem(format!("rhythms[{index}].part_time_months"), message));
        }
        if rhythm.early.as_ref().is_some_and(|early| !is_span(early.months)) {
            let message = format!("give 1 to {MONTHS_MAX} months");
            problems.push(problem(format!("rhythms[{index}].early.months"), message));
        }
    }
    of_first_months(framework, &numbers, &mut problems);
    of_standards(framework, &mut problems);
    of_decisions(framework, &mut problems);
    problems
}

/// A reader is told a decision in its sentence, while the rules go by its value: the two must not part.
fn of_decisions(framework: &Framework, problems: &mut Vec<FileProblem>) {
    for (name, value, (least, most), says) in framework.decisions.figures() {
        let place = format!("decisions.{name}");
        if !(least..=most).contains(&value) {
            problems.push(problem(format!("{place}.value"), format!("give {least} to {most}")));
        }
        let told = if name == "training_day_minutes" && value.is_multiple_of(60) { value / 60 } else { value };
        let says = says.to_lowercase();
        let words: Vec<&str> = says.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
        if !words.contains(&spelled(told).as_str()) && !words.contains(&told.to_string().as_str()) {
            problems.push(problem(format!("{place}.says"), format!("give a sentence that names the value, {told}")));
        }
    }
    if framework.decisions.told().any(|(says, because)| says.trim().is_empty() || because.trim().is_empty()) {
        problems.push(problem("decisions", "every decision needs a sentence and a reason"));
    }
}

fn is_span(months: u8) -> bool {
    (1..=MONTHS_MAX).contains(&months)
}

fn of_competency(competency: &Competency, place: &str, has_area: bool, problems: &mut Vec<FileProblem>) {
    let number = &competency.number;
    if !has_area {
        problems.push(problem(format!("{place}.area"), format!("there is no area {}", competency.area)));
    }
    if !number.starts_with(&format!("{}.", competency.area)) {
        let expected =
            format!("\"{number}\" does not fit; give a number in area {}, such as \"{0}.1\"", competency.area);
        problems.push(problem(format!("{place}.number"), expected));
    }
    if competency.title.trim().is_empty() {
        problems.push(problem(format!("{place}.title"), "a competency needs a title"));
    }
    if competency.expected_from_tier > 4 {
        problems.push(problem(format!("{place}.expected_from_tier"), "give a tier from 0 to 4"));
    }
    if competency.needs.is_empty() {
        problems.push(problem(format!("{place}.needs"), "give at least one kind of evidence"));
    }
    for (at, need) in competency.needs.iter().enumerate() {
        if need.kind.is_some() != need.any_of.is_empty() {
            problems.push(problem(format!("{place}.needs[{at}]"), "give either \"kind\" or \"any_of\""));
        }
        if need.first_months.is_some_and(|months| !is_span(months)) {
            let message = format!("give 1 to {MONTHS_MAX} months");
            problems.push(problem(format!("{place}.needs[{at}].first_months"), message));
        }
        if need.hours.is_some_and(|hours| need.first_months.is_none() || !(1..=HOURS_MAX).contains(&hours)) {
            let message = format!("give 1 to {HOURS_MAX} hours, beside \"first_months\"");
            problems.push(problem(format!("{place}.needs[{at}].hours"), message));
        }
        if need.course.is_some() && !need.accepts().contains(&EvidenceKind::Certificate) {
            let message = "give a need that a certificate meets";
            problems.push(problem(format!("{place}.needs[{at}].course"), message));
        }
        let earlier = |after| competency.needs.iter().any(|other| other.accepts().contains(after));
        if let Some(after) = need.after.as_ref().filter(|after| !earlier(after)) {
            let message = format!("\"{}\" is not among what this competency asks for", after.id());
            problems.push(problem(format!("{place}.needs[{at}].after"), message));
        }
    }
}

fn twice_or_empty(framework: &Framework, problems: &mut Vec<FileProblem>) {
    for (list, ids) in [
        ("evidence", framework.evidence.iter().map(|entry| entry.id.id().to_owned()).collect::<Vec<_>>()),
        ("capabilities", framework.capabilities.iter().map(|entry| entry.id.clone()).collect()),
        ("models", framework.models.iter().map(|entry| entry.id.clone()).collect()),
        ("values", framework.values.iter().map(|entry| entry.id.clone()).collect()),
        ("induction", framework.induction.iter().map(|entry| entry.id.clone()).collect()),
        ("supervisor_standards", framework.supervisor_standards.iter().map(|s| s.number.to_string()).collect()),
        ("rhythms", framework.rhythms.iter().map(|entry| entry.supervision.id().to_owned()).collect()),
    ] {
        let mut seen = HashSet::new();
        for (index, id) in ids.iter().enumerate() {
            if !seen.insert(id) {
                problems.push(problem(format!("{list}[{index}]"), format!("\"{id}\" stands twice")));
            }
        }
    }
    for (list, empty) in [
        ("areas", framework.areas.is_empty()),
        ("competencies", framework.competencies.is_empty()),
        ("tiers", framework.tiers.is_empty()),
        ("rhythms", framework.rhythms.is_empty()),
    ] {
        if empty {
            problems.push(problem(list, "give at least one entry"));
        }
    }
}

fn of_tiers(framework: &Framework, problems: &mut Vec<FileProblem>) {
    for (index, tier) in framework.tiers.iter().enumerate() {
        if !(1..=4).contains(&tier.tier) {
            problems.push(problem(format!("tiers[{index}].tier"), "give a tier from 1 to 4"));
        }
        if tier.hours > HOURS_MAX {
            problems.push(problem(format!("tiers[{index}].hours"), format!("give at most {HOURS_MAX} hours")));
        }
    }
    for (index, pair) in framework.tiers.windows(2).enumerate() {
        if pair[1].tier.checked_sub(1) != Some(pair[0].tier) || pair[1].hours <= pair[0].hours {
            let message = "put tiers in order, each with more hours than the one before";
            problems.push(problem(format!("tiers[{}]", index + 1), message));
        }
    }
    if framework.models_from_tier.is_some_and(|tier| tier > 4) {
        problems.push(problem("models_from_tier", "give a tier from 0 to 4"));
    }
}

fn of_first_months(framework: &Framework, numbers: &HashSet<&String>, problems: &mut Vec<FileProblem>) {
    for (index, first) in framework.milestones.iter().enumerate() {
        let place = format!("milestones[{index}]");
        if !is_span(first.months) {
            problems.push(problem(format!("{place}.months"), format!("give 1 to {MONTHS_MAX} months")));
        }
        if first.title.trim().is_empty() {
            problems.push(problem(format!("{place}.title"), "a milestone needs a title"));
        }
        for (at, number) in first.competencies.iter().enumerate() {
            // Where there are no competencies at all, that was said already.
            if !numbers.is_empty() && !numbers.contains(number) {
                let message = format!("there is no competency {number}");
                problems.push(problem(format!("{place}.competencies[{at}]"), message));
            }
        }
    }
    for (index, pair) in framework.milestones.windows(2).enumerate() {
        if pair[1].months <= pair[0].months {
            let message = "put milestones in order, each after more months than the one before";
            problems.push(problem(format!("milestones[{}]", index + 1), message));
        }
    }
}

fn of_standards(framework: &Framework, problems: &mut Vec<FileProblem>) {
    let mut known = HashSet::new();
    for (index, standard) in framework.supervisor_standards.iter().enumerate() {
        let Some(rule) = standard.rule else { continue };
        let place = format!("supervisor_standards[{index}].rule");
        if rule != StandardRule::Signed && !known.insert(std::mem::discriminant(&rule)) {
            problems.push(problem(&place, "another standard has this rule; give it to one at most"));
        }
        let (tier, hours, months) = match rule {
            StandardRule::Tier { from } => (from, 1, 1),
            StandardRule::Caseload { hours, months } => (1, hours, months),
            StandardRule::Supervision { months } => (1, 1, months),
            StandardRule::Signed | StandardRule::Training => (1, 1, 1),
        };
        if !(1..=4).contains(&tier) {
            problems.push(problem(&place, "give a tier from 1 to 4"));
        }
        if !(1..=HOURS_MAX).contains(&hours) {
            problems.push(problem(&place, format!("give 1 to {HOURS_MAX} hours")));
        }
        if !is_span(months) {
            problems.push(problem(&place, format!("give 1 to {MONTHS_MAX} months")));
        }
    }
}
