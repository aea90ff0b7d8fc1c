//! The next best evidence: which few things would close the most open needs.

mod acts;
mod cover;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::coverage::Status;
use crate::evidence::EvidenceKind;
use crate::framework::{Competency, Framework};
use crate::gaps::{CompetencyState, Gaps};
use crate::needs::NeedState;
use crate::period::Period;
use crate::views::Profile;
use crate::words;

use acts::{ACTS, Act, Setting};
use cover::{Open, cover};

/// What to arrange next, and what it would close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Plan {
    /// The day.
    pub today: NaiveDate,
    /// Open needs of the competencies that are expected at the coach's tier.
    pub open_needs: u32,
    /// What would close them, the most first; a course comes before the observation that counts only after it.
    pub steps: Vec<Step>,
    /// Needs that no single thing closes.
    pub ongoing: Vec<Ongoing>,
}

/// One thing to arrange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Step {
    /// Such as `observed-session`.
    pub act: String,
    /// "One observed session would close six of your gaps."
    pub title: String,
    /// What it is, without being addressed to anyone: "One observed session", and then "Another observed session".
    pub what: String,
    /// What to do about it, said to the coach.
    pub how: String,
    /// The place of an earlier step (from 0) that takes the same, so that it need not be said again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub like: Option<u32>,
    /// The kind of record it becomes.
    pub kind: String,
    /// What that record's form is prefilled with, as the command line takes it.
    pub set: BTreeMap<String, String>,
    /// The competencies to put on its form.
    pub competencies: Vec<String>,
    /// Each need it closes.
    pub closes: Vec<Closed>,
    /// The same by what it counts as, for whoever reads it.
    pub counts_as: Vec<CountsAs>,
    /// Competencies of which nothing is left open after this step and the ones before it.
    pub completes: Vec<String>,
    /// Places of the steps (from 0) that must come first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<u32>,
}

/// A need that a step closes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Closed {
    /// The competency's number.
    pub competency: String,
    /// What the step counts as there.
    pub kind: EvidenceKind,
}

/// What a step counts as, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CountsAs {
    /// The kind of evidence.
    pub kind: EvidenceKind,
    /// What the framework calls it.
    pub title: String,
    /// For which competencies.
    pub competencies: Vec<String>,
}

/// A need that no single thing closes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Ongoing {
    /// The competency's number.
    pub competency: String,
    /// What to do about it.
    pub text: String,
}

struct Element<'a> {
    competency: &'a str,
    state: &'a NeedState,
    open: Open,
}

/// Plans for every open need of the competencies that are expected and neither covered nor agreed.
#[must_use]
pub fn plan(framework: &Framework, gaps: &Gaps, profile: &Profile) -> Plan {
    let mut elements: Vec<Element<'_>> = Vec::new();
    let mut ongoing = Vec::new();
    let open = |state: &&CompetencyState| state.expected && matches!(state.status, Status::None | Status::Partial);
    for (place, state) in gaps.competencies.iter().enumerate().filter(|(_, state)| open(state)) {
        let Some(competency) = framework.competency(&state.competency) else { continue };
        for need in state.needs.iter().filter(|need| !need.met) {
            let acts: Vec<usize> = if let Some(text) = takes_time(need, gaps.today, profile) {
                ongoing.push(Ongoing { competency: state.competency.clone(), text });
                continue;
            } else {
                acts_for(framework, competency, need)
            };
            if acts.is_empty() {
                let text = "A supervisor can say what would show this.".to_owned();
                ongoing.push(Ongoing { competency: state.competency.clone(), text });
            } else {
                elements.push(Element {
                    competency: &state.competency,
                    state: need,
                    open: Open { competency: place, acts },
                });
            }
        }
    }
    let needs: Vec<Open> = elements.iter().map(|element| element.open.clone()).collect();
    let most: Vec<usize> = ACTS.iter().map(|act| act.most).collect();
    let assignment = cover(&needs, &most);
    let mut steps = steps(&elements, &assignment);
    order(&mut steps, &elements, &ongoing);
    say(&mut steps, framework);
    Plan {
        today: gaps.today,
        open_needs: u32::try_from(elements.len() + ongoing.len()).unwrap_or(u32::MAX),
        steps,
        ongoing,
    }
}

/// What to do about a need that is met over time and not by one thing.
fn takes_time(need: &NeedState, today: NaiveDate, profile: &Profile) -> Option<String> {
    if need.need.rhythm.is_some() {
        return Some(
            "It takes supervision at the expected rhythm: the log shows it over time, and no single entry does."
                .to_owned(),
        );
    }
    let months = need.need.first_months?;
    let last = profile.started.and_then(|day| Period::first_months(u32::from(months), day).to());
    if last.is_some_and(|last| last < today) {
        return Some(format!(
            "The first {} are over. Hours under supervision that are missing from the log can be added; otherwise a \
             supervisor can agree that what is there suffices.",
            words::months(months.into())
        ));
    }
    let so_far = words::short_duration(need.minutes.unwrap_or(0));
    need.need.hours.map(|hours| {
        format!(
            "It grows with the sessions that are logged as under supervision: {so_far} so far, of {hours} h in the first {}.",
            words::months(months.into())
        )
    })
}

/// The acts that could close a need, by their place in [`ACTS`].
fn acts_for(framework: &Framework, competency: &Competency, need: &NeedState) -> Vec<usize> {
    let group = framework.is_of_groups(competency.area);
    let fits = |act: &Act| {
        let setting = match act.setting {
            Setting::Either => true,
            Setting::Alone => !group,
            Setting::Group => group,
        };
        let right = |kind: &EvidenceKind| need.need.accepts().contains(kind) && right_course(act, *kind, need);
        setting && act.offers.iter().any(right)
    };
    ACTS.iter().enumerate().filter(|(_, act)| fits(act)).map(|(place, _)| place).collect()
}

/// Whether a certificate that an act leaves behind is of the course that is asked for.
fn right_course(act: &Act, kind: EvidenceKind, need: &NeedState) -> bool {
    kind != EvidenceKind::Certificate || need.need.course == act.course
}

/// Packs what is assigned to each act into as few of them as hold it.
fn steps(elements: &[Element<'_>], assignment: &[usize]) -> Vec<Step> {
    let mut steps = Vec::new();
    for (place, act) in ACTS.iter().enumerate() {
        let ours: Vec<&Element<'_>> =
            elements.iter().zip(assignment).filter(|(_, to)| **to == place).map(|(element, _)| element).collect();
        let mut competencies: Vec<&str> = ours.iter().map(|element| element.competency).collect();
        competencies.dedup();
        // What waits for a course stands together, so that the first observations need not wait for it.
        let waits = |number: &str| ours.iter().any(|e| e.competency == number && needs_first(e, elements));
        competencies.sort_by_key(|number| waits(number));
        for some in competencies.chunks(act.most) {
            let here = ours.iter().filter(|element| some.contains(&element.competency));
            let kind = |element: &&&Element<'_>| {
                let right = |kind: &EvidenceKind| {
                    element.state.need.accepts().contains(kind) && right_course(act, *kind, element.state)
                };
                act.offers.iter().copied().find(right)
            };
            let mut closes: Vec<Closed> =
                here.filter_map(|e| Some(Closed { competency: e.competency.to_owned(), kind: kind(&e)? })).collect();
            closes.dedup();
            steps.push(Step {
                act: act.id.clone(),
                title: String::new(),
                what: String::new(),
                how: act.how.clone(),
                like: None,
                kind: act.kind.clone(),
                set: act.set.clone(),
                competencies: some.iter().map(|number| (*number).to_owned()).collect(),
                closes,
                counts_as: Vec::new(),
                completes: Vec::new(),
                after: Vec::new(),
            });
        }
    }
    steps
}

/// Whether what should come before a need is open as well.
fn needs_first(element: &Element<'_>, elements: &[Element<'_>]) -> bool {
    element.state.need.after.is_some_and(|first| {
        elements.iter().any(|e| e.competency == element.competency && e.state.need.accepts().contains(&first))
    })
}

/// Puts the steps into words.
fn say(steps: &mut [Step], framework: &Framework) {
    for place in 0..steps.len() {
        let first = steps[..place].iter().position(|earlier| earlier.act == steps[place].act);
        let step = &mut steps[place];
        let Some(act) = ACTS.iter().find(|act| act.id == step.act) else { continue };
        step.what = if first.is_none() { act.one.clone() } else { act.again.clone() };
        step.like = first.and_then(|place| u32::try_from(place).ok());
        step.title = match step.closes.len() {
            1 => format!("{} would close one gap.", step.what),
            n => format!("{} would close {} of your gaps.", step.what, words::number(n)),
        };
        for closed in &step.closes {
            match step.counts_as.iter_mut().find(|counts| counts.kind == closed.kind) {
                Some(counts) => counts.competencies.push(closed.competency.clone()),
                None => step.counts_as.push(CountsAs {
                    kind: closed.kind,
                    title: framework.evidence_title(closed.kind).to_owned(),
                    competencies: vec![closed.competency.clone()],
                }),
            }
        }
    }
}

/// Puts what closes most first, but nothing before what it counts only after; then says what is complete at each step.
fn order(steps: &mut Vec<Step>, elements: &[Element<'_>], ongoing: &[Ongoing]) {
    let mut left: Vec<Step> = std::mem::take(steps);
    left.sort_by_key(|step| std::cmp::Reverse(step.closes.len()));
    let firsts = |step: &Step| -> Vec<Closed> {
        let waits = elements.iter().filter(|e| step.closes.iter().any(|c| closes(c, e)));
        waits
            .filter(|element| needs_first(element, elements))
            .filter_map(|e| Some(Closed { competency: e.competency.to_owned(), kind: e.state.need.after? }))
            .collect()
    };
    while !left.is_empty() {
        // The one that closes most, or what has to come before it.
        let mut next = 0;
        for _ in 0..left.len() {
            let firsts = firsts(&left[next]);
            let before = |other: &Step| other.closes.iter().any(|closed| firsts.contains(closed));
            match left.iter().position(before) {
                Some(first) if first != next => next = first,
                _ => break,
            }
        }
        let mut step = left.remove(next);
        let firsts = firsts(&step);
        let before = |(_, other): &(usize, &Step)| other.closes.iter().any(|closed| firsts.contains(closed));
        step.after =
            steps.iter().enumerate().filter(before).filter_map(|(place, _)| u32::try_from(place).ok()).collect();
        steps.push(step);
    }
    for place in 0..steps.len() {
        let closed: Vec<Closed> = steps[..=place].iter().flat_map(|step| step.closes.clone()).collect();
        let still_open = |number: &str| {
            elements.iter().any(|e| e.competency == number && !closed.iter().any(|c| closes(c, e)))
                || ongoing.iter().any(|o| o.competency == number)
        };
        let numbers = steps[place].competencies.clone();
        steps[place].completes = numbers.into_iter().filter(|number| !still_open(number)).collect();
    }
}

fn closes(closed: &Closed, element: &Element<'_>) -> bool {
    closed.competency == element.competency && element.state.need.accepts().contains(&closed.kind)
}

#[cfg(test)]
mod tests;
