//! The training that tier 1 asks for: three ways to it, and what there is for each.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};
use serde::Serialize;
use uuid::Uuid;

use crate::decision::{MARKED, who};
use crate::framework::Decisions;
use crate::period::Period;
use crate::signers::By;
use crate::views::{Learning, TrainingPlan, TrainingRoute};
use crate::words::{folded, listed, long_date, number, sentence};

/// What the routes are judged by.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// How long a day is, which days are of one course, whether it has to be shown.
    pub decisions: &'a Decisions,
    /// The people who may accept earlier learning.
    pub accepting: &'a BTreeSet<Uuid>,
}

/// The training that tier 1 asks for, and what there is for each way to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Training {
    /// A route whose records are there.
    pub settled: bool,
    /// The profile names a route, and its records are not there.
    pub only_said: bool,
    /// The first day on which the records of a route were all there; nothing where no records show it.
    pub since: Option<NaiveDate>,
    /// The three routes.
    pub routes: Vec<Route>,
    /// The coach's first NHS session when it was before the training: a gentle warning, nothing more.
    pub coached_before: Option<NaiveDate>,
}

/// One way to the training, and what there is for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Route {
    /// Which.
    pub route: TrainingRoute,
    /// What it is called.
    pub title: &'static str,
    /// What it is worth beside the others, for the coach.
    pub says: &'static str,
    /// The profile names it.
    pub chosen: bool,
    /// The records that belong to it, oldest first; of courses those that come nearest.
    pub records: Vec<Uuid>,
    /// Their minutes.
    pub minutes: u32,
    /// The minutes it takes; 0 where time is not what counts.
    pub needed_minutes: u32,
    /// Their days of training, as they count for one course.
    pub days: u32,
    /// The days it takes; 0 where time is not what counts.
    pub needed_days: u32,
    /// Its records are all there. Earlier experience has no record of its own and is taken from the profile.
    pub shown: bool,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// What it still takes, where it was begun or the profile names it: a sentence for the coach.
    pub missing: Option<String>,
    /// What is open about those who accepted it, although it counts: a sentence for anybody.
    pub marked: Option<String>,
}

/// The three ways are not equal: section 4.1 of B1570 asks for the four days, and section 10.2 of experienced coaches too;
/// NHS England's questions and answers let a supervisor accept earlier learning; two days are named for people who coached
/// before, by the minimum standards of the Personalised Care Institute.
fn says(way: TrainingRoute) -> &'static str {
    match way {
        TrainingRoute::FourDay => "This is the training that is asked for, of experienced coaches too.",
        TrainingRoute::PriorLearning => {
            "In its place only where you can show all that the four days cover, and your health coaching supervisor accepts it \
             before you begin; what is missing you make up in supervision."
        }
        TrainingRoute::ExperienceAndTwoDay => {
            "Only for people who had coached before; NHS England advises the four days all the same."
        }
    }
}

/// Days that count as one course.
#[derive(Default)]
struct Course<'l> {
    parts: Vec<&'l Learning>,
    days: u32,
    certificate: bool,
    /// A date on which several parts lie that would be more days if each had a date of its own, and how many these are.
    crowded: Option<(NaiveDate, usize)>,
    /// The first day on which it was long enough and had its certificate.
    since: Option<NaiveDate>,
}

/// The training that tier 1 asks for (B1570, section 8.2; docs/framework.md, "four days of training"): an accredited course
/// of four days, in one piece or in parts; or earlier learning that a health coaching supervisor accepted; or earlier
/// experience and a skills course of two days. A course has its certificate. Naming a route in the profile shows nothing,
/// unless the framework's file decides that it does.
#[must_use]
pub fn training(
    learning: &[&Learning],
    plan: &TrainingPlan,
    first_session: Option<NaiveDate>,
    rules: Rules<'_>,
) -> Training {
    let routes: Vec<Route> = TrainingRoute::ALL.into_iter().map(|way| route(way, learning, plan, rules)).collect();
    let since = routes.iter().filter_map(|route| route.since).min();
    let said = plan.route.is_some();
    let settled = since.is_some() || (said && !rules.decisions.route_needs_record.value);
    // Where the profile alone speaks, nobody knows the day.
    let before = |first: &NaiveDate| since.map_or(!said, |since| *first < since);
    Training { settled, only_said: said && !settled, since, routes, coached_before: first_session.filter(before) }
}

impl Training {
    /// Says at its route what is open about those who accepted earlier learning: it counts, with a mark that everybody sees
    /// (docs/framework.md, "a supervisor whose own standards are open").
    #[must_use]
    pub fn marked(mut self, accepted: &[By]) -> Training {
        let names: Vec<String> =
            accepted.iter().filter(|by| !by.marks.is_empty()).map(|by| who(by).to_owned()).collect();
        let route = self.routes.iter_mut().find(|route| route.route == TrainingRoute::PriorLearning);
        if let Some(route) = route.filter(|route| route.shown && !names.is_empty()) {
            route.marked = Some(sentence(&format!(
                "{} accepted it, and {MARKED}. It counts with this mark, and leaves a condition of tier 1 open until they are.",
                listed(&names)
            )));
        }
        self
    }
}

/// Whether the training that tier 1 asks for is there by one of its routes.
#[must_use]
pub fn settled(learning: &[Learning], plan: &TrainingPlan, rules: Rules<'_>) -> bool {
    training(&learning.iter().collect::<Vec<_>>(), plan, None, rules).settled
}

fn route(way: TrainingRoute, learning: &[&Learning], plan: &TrainingPlan, rules: Rules<'_>) -> Route {
    let chosen = plan.route == Some(way);
    let of = |wanted: &dyn Fn(&Learning) -> bool| -> Vec<&Learning> {
        let mut found: Vec<&Learning> = learning.iter().copied().filter(|learnt| wanted(learnt)).collect();
        found.sort_by_key(|learnt| (learnt.date, learnt.id));
        found
    };
    match way {
        TrainingRoute::FourDay => {
            of_days(way, chosen, 4, &of(&|learnt| learnt.is_in_coaching() && learnt.accredited), rules)
        }
        // A two-day course alone says nothing of the experience before it.
        TrainingRoute::ExperienceAndTwoDay => {
            of_days(way, chosen, 2, &of(&|learnt| learnt.is_in_coaching() && learnt.practised), rules)
        }
        TrainingRoute::PriorLearning => {
            let notes = of(&|learnt| learnt.prior);
            let accepted = |note: &&&Learning| note.accepted_by.is_some_and(|by| rules.accepting.contains(&by));
            let since = notes.iter().find(accepted).map(|note| note.date);
            let missing = match (notes.is_empty(), since) {
                (_, Some(_)) => None,
                (true, None) => chosen.then_some(
                    "You said so; a note on what you learnt before, with your supervisor’s acceptance, is not here yet.",
                ),
                (false, None) if notes.iter().any(|note| note.accepted_by.is_some()) => Some(
                    "Someone accepted your earlier learning, and it takes a health coaching supervisor: ask yours, and name them as who accepted it.",
                ),
                (false, None) => Some("Ask your health coaching supervisor to accept it, and name them as who accepted it."),
            };
            Route {
                route: way,
                title: way.title(),
                says: says(way),
                chosen,
                minutes: minutes(&notes),
                records: notes.iter().map(|note| note.id).collect(),
                needed_minutes: 0,
                days: 0,
                needed_days: 0,
                shown: since.is_some(),
                since,
                missing: missing.map(str::to_owned),
                marked: None,
            }
        }
    }
}

fn of_days(way: TrainingRoute, chosen: bool, needed: u32, parts: &[&Learning], rules: Rules<'_>) -> Route {
    let courses = courses(parts, needed, rules.decisions);
    let since = courses.iter().filter_map(|course| course.since).min();
    let since = since.filter(|_| chosen || way != TrainingRoute::ExperienceAndTwoDay);
    let nearest = courses.into_iter().max_by_key(|course| (course.since.is_some(), course.days, course.certificate));
    let nearest = nearest.unwrap_or_default();
    let missing = match (since, nearest.parts.is_empty()) {
        (Some(_), _) => None,
        (None, true) => chosen.then(|| "You said so; the certificate is not here yet.".to_owned()),
        (None, false) if nearest.days < needed => {
            let days = |n: u32| number(n as usize);
            let are = if nearest.days == 1 { "is" } else { "are" };
            let here = format!("{} of {} days {are} here.", sentence(&days(nearest.days)), days(needed));
            Some(match nearest.crowded {
                Some((date, parts)) => {
                    let which = match (parts == nearest.parts.len(), parts) {
                        (true, 2) => "Both".to_owned(),
                        (true, _) => format!("All {}", number(parts)),
                        (false, _) => sentence(&number(parts)),
                    };
                    format!("{here} {which} are dated {}: give each its own day.", long_date(date))
                }
                None => {
                    let months = number(rules.decisions.course_parts_months.value.into());
                    format!(
                        "{here} They are one course, or parts of one from the same provider within {months} months."
                    )
                }
            })
        }
        (None, false) if !nearest.certificate => {
            Some("The certificate is not here yet: attach it to the record.".to_owned())
        }
        (None, false) => Some("If you had coaching experience before it, say so in your profile.".to_owned()),
    };
    Route {
        route: way,
        title: way.title(),
        says: says(way),
        chosen,
        minutes: minutes(&nearest.parts),
        records: nearest.parts.iter().map(|part| part.id).collect(),
        needed_minutes: needed * u32::from(rules.decisions.training_day_minutes.value),
        days: nearest.days,
        needed_days: needed,
        shown: since.is_some(),
        since,
        missing,
        marked: None,
    }
}

/// What may be one course: from each part on, the parts of the same provider within the months in which one is held. A part
/// whose provider nobody named is a course of its own. A day counts when it is long enough, and parts of one date are one day
/// however many they are, unless one of them was of more; a certificate of one part is that of the course.
fn courses<'l>(parts: &[&'l Learning], needed: u32, decisions: &Decisions) -> Vec<Course<'l>> {
    let months = Months::new(decisions.course_parts_months.value.into());
    let day = u32::from(decisions.training_day_minutes.value);
    let from = |first: &&'l Learning| {
        let held = Period::between(first.date, first.date.checked_add_months(months).unwrap_or(NaiveDate::MAX));
        let together =
            |part: &&&'l Learning| part.id == first.id || (held.contains(part.date) && same_provider(first, part));
        let mut course = Course::default();
        let mut by_date: BTreeMap<NaiveDate, Vec<u32>> = BTreeMap::new();
        for part in parts.iter().filter(together) {
            course.parts.push(part);
            course.certificate |= part.certificate;
            by_date.entry(part.date).or_default().push(part.minutes);
            course.days = by_date.values().map(|parts| days_of(parts, day)).sum();
            if course.since.is_none() && course.certificate && course.days >= needed {
                course.since = Some(part.date);
            }
        }
        let more = |parts: &[u32]| parts.iter().map(|part| part / day).sum::<u32>() > days_of(parts, day);
        course.crowded = by_date.iter().find(|(_, parts)| more(parts)).map(|(date, parts)| (*date, parts.len()));
        course
    };
    parts.iter().map(from).collect()
}

/// How many days of training parts of one date are, each so many minutes long.
fn days_of(parts: &[u32], day: u32) -> u32 {
    let longest = parts.iter().max().map_or(0, |longest| longest / day);
    let together = parts.iter().copied().fold(0, u32::saturating_add) / day;
    longest.max(together.min(1))
}

fn same_provider(one: &Learning, other: &Learning) -> bool {
    match (&one.provider, &other.provider) {
        (Some(one), Some(other)) => folded(one) == folded(other),
        _ => false,
    }
}

fn minutes(learning: &[&Learning]) -> u32 {
    learning.iter().map(|learnt| learnt.minutes).fold(0, u32::saturating_add)
}

#[cfg(test)]
mod tests;
