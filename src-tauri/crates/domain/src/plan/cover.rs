//! Which acts, and how many of each, would close every open need with the fewest things to arrange.
//!
//! A covering problem: each need can be closed by one or several sorts of act, and one act holds only so many
//! competencies. Needs that the same acts can close are interchangeable, so that it is enough to decide how many of each
//! such group go to which act; all divisions are tried where there are few, and a greedy choice is made where not.

use std::collections::{BTreeMap, BTreeSet};

/// Divisions that are tried before the greedy choice stands.
const TRIALS: u64 = 50_000;

/// One open need, as covering sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Open {
    /// Which competency it belongs to, by its place.
    pub(super) competency: usize,
    /// The acts that could close it, by their place; never empty.
    pub(super) acts: Vec<usize>,
}

/// For each need the act that closes it, by its place.
pub(super) type Assignment = Vec<usize>;

/// How many things there are to arrange: for each sort of act its competencies, divided by how many one act can hold.
pub(super) fn cost(needs: &[Open], most: &[usize], assignment: &[usize]) -> usize {
    let mut held: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (need, act) in needs.iter().zip(assignment) {
        held.entry(*act).or_default().insert(need.competency);
    }
    held.iter().map(|(act, competencies)| competencies.len().div_ceil(most[*act])).sum()
}

/// The assignment with the fewest things to arrange: exact where there are few ways to divide, and never worse than
/// taking at each step the act that closes most.
pub(super) fn cover(needs: &[Open], most: &[usize]) -> Assignment {
    let greedy = greedy(needs, most);
    let groups = groups(needs);
    let ways: u64 =
        groups.iter().fold(1, |ways, group| ways.saturating_mul(divisions(group.needs.len(), group.acts.len())));
    if ways > TRIALS {
        return greedy;
    }
    let mut best = (cost(needs, most, &greedy), greedy);
    let mut trial: Assignment = needs.iter().map(|need| need.acts[0]).collect();
    try_all(needs, most, &groups, &mut trial, &mut best);
    best.1
}

/// Needs that are interchangeable: the same acts can close them, and those acts speak of the same share of their
/// competencies anyway.
struct Group {
    needs: Vec<usize>,
    acts: Vec<usize>,
}

/// By what needs are told apart: the acts that could close them, those among them that their competency needs anyway, and
/// themselves where they stand alone.
type Alike = (Vec<usize>, Vec<usize>, Option<usize>);

fn groups(needs: &[Open]) -> Vec<Group> {
    // Acts that a competency needs whatever is decided: there another of its needs costs nothing more.
    let mut sure: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for need in needs.iter().filter(|need| need.acts.len() == 1) {
        sure.entry(need.competency).or_default().insert(need.acts[0]);
    }
    // A competency with several needs that are open to choice is a group of its own for each: they could share an act.
    let mut free: BTreeMap<usize, usize> = BTreeMap::new();
    for need in needs.iter().filter(|need| need.acts.len() > 1) {
        *free.entry(need.competency).or_default() += 1;
    }
    let mut groups: BTreeMap<Alike, Vec<usize>> = BTreeMap::new();
    for (place, need) in needs.iter().enumerate().filter(|(_, need)| need.acts.len() > 1) {
        let shared: Vec<usize> =
            sure.get(&need.competency).into_iter().flatten().filter(|act| need.acts.contains(act)).copied().collect();
        let alone = (free[&need.competency] > 1).then_some(place);
        groups.entry((need.acts.clone(), shared, alone)).or_default().push(place);
    }
    groups.into_iter().map(|((acts, _, _), needs)| Group { needs, acts }).collect()
}

/// The number of ways to divide this many interchangeable needs among this many acts.
fn divisions(needs: usize, acts: usize) -> u64 {
    // (needs + acts - 1) over (acts - 1)
    let (needs, acts) = (needs as u64, acts as u64);
    (1..acts).fold(1_u64, |ways, n| ways.saturating_mul(needs + n) / n)
}

fn try_all(needs: &[Open], most: &[usize], groups: &[Group], trial: &mut Assignment, best: &mut (usize, Assignment)) {
    let Some((group, rest)) = groups.split_first() else {
        let cost = cost(needs, most, trial);
        if cost < best.0 {
            *best = (cost, trial.clone());
        }
        return;
    };
    divide(group, 0, 0, trial, &mut |trial| try_all(needs, most, rest, trial, best));
}

/// Every way to give a group's needs from `place` on to its acts from `act` on.
fn divide(group: &Group, place: usize, act: usize, trial: &mut Assignment, then: &mut dyn FnMut(&mut Assignment)) {
    if act + 1 == group.acts.len() {
        for need in &group.needs[place..] {
            trial[*need] = group.acts[act];
        }
        then(trial);
        return;
    }
    for end in place..=group.needs.len() {
        for need in &group.needs[place..end] {
            trial[*need] = group.acts[act];
        }
        divide(group, end, act + 1, trial, then);
    }
}

/// At each step the act that closes most of what is still open.
fn greedy(needs: &[Open], most: &[usize]) -> Assignment {
    let mut assignment: Vec<Option<usize>> = vec![None; needs.len()];
    while assignment.contains(&None) {
        let open = |act: usize| -> Vec<usize> {
            let mut competencies = BTreeSet::new();
            let closes = |place: &usize| assignment[*place].is_none() && needs[*place].acts.contains(&act);
            (0..needs.len())
                .filter(closes)
                .filter(|place| {
                    let competency = needs[*place].competency;
                    competencies.contains(&competency)
                        || (competencies.len() < most[act] && competencies.insert(competency))
                })
                .collect()
        };
        let fullest = (0..most.len()).map(|act| (act, open(act))).rev().max_by_key(|(_, closed)| closed.len());
        match fullest {
            Some((act, closed)) if !closed.is_empty() => closed.iter().for_each(|place| assignment[*place] = Some(act)),
            // Every need has an act, so this does not happen; a loop without end would be worse than a poor plan.
            _ => break,
        }
    }
    assignment.iter().zip(needs).map(|(act, need)| act.unwrap_or(need.acts[0])).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn need(competency: usize, acts: &[usize]) -> Open {
        Open { competency, acts: acts.to_vec() }
    }

    /// The least cost over every assignment there is.
    fn least(needs: &[Open], most: &[usize]) -> usize {
        let mut all: Vec<Assignment> = vec![Vec::new()];
        for need in needs {
            let with = |done: &Assignment, act: &usize| [done.clone(), vec![*act]].concat();
            all = all.iter().flat_map(|done| need.acts.iter().map(move |act| with(done, act))).collect();
        }
        all.iter().map(|assignment| cost(needs, most, assignment)).min().unwrap()
    }

    #[test]
    fn one_act_that_closes_all_is_enough() {
        let needs = [need(0, &[0, 1]), need(1, &[1]), need(2, &[1, 2])];
        assert_eq!(cover(&needs, &[4, 4, 4]), [1, 1, 1]);
    }

    #[test]
    fn exact_is_better_than_greedy_where_greedy_is_led_astray() {
        // Greedy takes act 0 for the four it closes; two acts of the others would do for all six.
        let needs =
            [need(0, &[0, 1]), need(1, &[0, 1]), need(2, &[1]), need(3, &[0, 2]), need(4, &[0, 2]), need(5, &[2])];
        let most = [4, 3, 3];
        assert_eq!(cost(&needs, &most, &greedy(&needs, &most)), 3);
        assert_eq!(cost(&needs, &most, &cover(&needs, &most)), 2);
    }

    proptest! {
        /// No assignment is better, and none is invented.
        #[test]
        fn no_assignment_takes_fewer(
            drawn in prop::collection::vec((0..4_usize, prop::collection::btree_set(0..4_usize, 1..=3)), 0..7),
            most in prop::collection::vec(1..4_usize, 4),
        ) {
            let needs: Vec<Open> =
                drawn.into_iter().map(|(competency, acts)| need(competency, &acts.into_iter().collect::<Vec<_>>())).collect();
            let found = cover(&needs, &most);
            prop_assert!(needs.iter().zip(&found).all(|(need, act)| need.acts.contains(act)));
            prop_assert_eq!(cost(&needs, &most, &found), least(&needs, &most));
            prop_assert!(cost(&needs, &most, &found) <= cost(&needs, &most, &greedy(&needs, &most)));
        }
    }
}
