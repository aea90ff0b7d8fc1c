//! What changed for people, in figures that give nobody away.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::record::Record;
use crate::views::{Better, Feedback, Impact};
use crate::words::folded;

/// A figure over fewer people is not shown where it would leave the vault.
pub const FEWEST_PEOPLE: u32 = 5;

/// Outcome measures and feedback, as figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Impacts {
    /// Meant for others: small figures are withheld.
    pub outward: bool,
    /// Each measure, by name.
    pub measures: Vec<Measure>,
    /// Each instrument of feedback, by name; feedback without one comes last.
    pub feedback: Vec<Answers>,
}

/// One outcome measure; goal attainment is one of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Measure {
    /// Its name.
    pub measure: String,
    /// Too few people to be shown outside: no figure is given.
    pub suppressed: bool,
    /// How many people.
    pub people: Option<u32>,
    /// Their mean before.
    pub before: Option<f64>,
    /// Their mean after.
    pub after: Option<f64>,
    /// After minus before.
    pub change: Option<f64>,
    /// Whether the change is for the better; nothing where nothing changed or nobody said which way is better.
    pub for_the_better: Option<bool>,
}

/// Feedback given by one instrument.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Answers {
    /// The form that was used; nothing for feedback without one.
    pub instrument: Option<String>,
    /// Too few people to be shown outside: no figure is given.
    pub suppressed: bool,
    /// How many records.
    pub answers: Option<u32>,
    /// How many people they come from.
    pub people: Option<u32>,
    /// The mean score as a share of the highest there is, 0 to 1.
    pub mean_share: Option<f64>,
}

/// A sum of means, each weighted by the people behind it.
#[derive(Debug, Clone, Copy, Default)]
struct Mean {
    people: u32,
    sum: f64,
}

impl Mean {
    fn add(&mut self, people: u32, value: f64) {
        self.people += people;
        self.sum += f64::from(people) * value;
    }

    /// The mean, where there is anyone, and outwards only where there are enough.
    fn value(self, outward: bool) -> Option<f64> {
        let least = if outward { FEWEST_PEOPLE } else { 1 };
        (self.people >= least).then(|| self.sum / f64::from(self.people))
    }
}

/// The records of one measure that hold the same values.
struct Group {
    measure: String,
    people: u32,
    before: Mean,
    after: Mean,
    /// Every way that was called better.
    better: Vec<Better>,
}

impl Group {
    fn named(measure: &str) -> Group {
        let (before, after) = (Mean::default(), Mean::default());
        Group { measure: measure.to_owned(), people: 0, before, after, better: Vec::new() }
    }

    fn add(&mut self, one: &Impact) {
        self.people += one.people;
        one.before.into_iter().for_each(|value| self.before.add(one.people, value));
        one.after.into_iter().for_each(|value| self.after.add(one.people, value));
        self.better.extend(one.better);
        self.better.dedup();
    }

    fn measure(self, outward: bool) -> Measure {
        let suppressed = outward && self.people < FEWEST_PEOPLE;
        let (before, after) = (self.before.value(outward), self.after.value(outward));
        let change = after.zip(before).map(|(after, before)| rounded(after - before));
        let for_the_better = change.filter(|change| *change != 0.0).and_then(|change| match self.better[..] {
            [Better::Higher] => Some(change > 0.0),
            [Better::Lower] => Some(change < 0.0),
            // Nobody said, or one record says this and another that.
            _ => None,
        });
        Measure {
            measure: self.measure,
            suppressed,
            people: (!suppressed).then_some(self.people),
            before: before.map(rounded),
            after: after.map(rounded),
            change,
            for_the_better,
        }
    }
}

/// Adds up outcome measures and feedback, weighted by people (docs/records.md; figures over fewer than five people stay
/// in the vault, as is usual for health data).
///
/// A measure's records are put together and only their sum is given, never the parts: from the whole and all parts but
/// one, that one could be worked out. For the same reason a withheld figure comes without its number of people, and no
/// total over several measures is made. Records with both values are held apart from those with one, so that before,
/// after and change are always those of the same people.
#[must_use]
pub fn impacts(measured: &[Impact], feedback: &[Feedback], outward: bool) -> Impacts {
    let mut groups: BTreeMap<(String, bool, bool), Group> = BTreeMap::new();
    for one in measured {
        let key = (folded(&one.measure), one.before.is_none(), one.after.is_none());
        groups.entry(key).or_insert_with(|| Group::named(&one.measure)).add(one);
    }
    let measures = groups.into_values().map(|group| group.measure(outward)).collect();
    Impacts { outward, measures, feedback: answers(feedback, outward) }
}

/// The feedback that was given by one instrument.
struct OneInstrument {
    instrument: Option<String>,
    answers: u32,
    people: u32,
    share: Mean,
}

fn answers(feedback: &[Feedback], outward: bool) -> Vec<Answers> {
    let mut groups: BTreeMap<(bool, String), OneInstrument> = BTreeMap::new();
    for one in feedback {
        let key = (one.instrument.is_none(), one.instrument.as_deref().map(folded).unwrap_or_default());
        let begun =
            || OneInstrument { instrument: one.instrument.clone(), answers: 0, people: 0, share: Mean::default() };
        let said = groups.entry(key).or_insert_with(begun);
        said.answers += 1;
        said.people += one.people;
        one.share.into_iter().for_each(|share| said.share.add(one.people, share));
    }
    let of = |said: OneInstrument| {
        let suppressed = outward && said.people < FEWEST_PEOPLE;
        Answers {
            instrument: said.instrument,
            suppressed,
            answers: (!suppressed).then_some(said.answers),
            people: (!suppressed).then_some(said.people),
            mean_share: said.share.value(outward).map(rounded),
        }
    };
    groups.into_values().map(of).collect()
}

/// To three places: more would claim more than was measured.
fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}

/// Takes the figures out of a record that stand for fewer than five people, before it leaves the vault, and says whether
/// there were any: an outcome measure's values and head count, a feedback's score. Its words stay.
pub fn withhold(record: &mut Record) -> bool {
    let figures: &[&str] = match record.kind.as_str() {
        "impact" => &["people", "before", "after"],
        "feedback" => &["people", "score", "scale_max"],
        _ => return false,
    };
    // One answer is one person's unless the form says otherwise.
    if record.whole("people").unwrap_or(1) >= FEWEST_PEOPLE {
        return false;
    }
    let mut withheld = false;
    for figure in figures {
        // That one person was asked says nothing about them.
        let there = record.fields.shift_remove(*figure).is_some();
        withheld |= there && *figure != "people" && *figure != "scale_max";
    }
    withheld
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pam(people: u32, before: f64, after: f64) -> Impact {
        Impact {
            date: "2026-06-01".parse().unwrap(),
            measure: "PAM".into(),
            people,
            before: Some(before),
            after: Some(after),
            better: Some(Better::Higher),
        }
    }

    fn outward(measured: &[Impact]) -> Vec<Measure> {
        impacts(measured, &[], true).measures
    }

    #[test]
    fn means_are_weighted_by_people() {
        let sums = impacts(&[pam(10, 50.0, 60.0), pam(30, 54.0, 56.0)], &[], false).measures;
        let pam = &sums[0];
        assert_eq!((pam.people, pam.before, pam.after), (Some(40), Some(53.0), Some(57.0)));
        assert_eq!((pam.change, pam.for_the_better), (Some(4.0), Some(true)));
    }

    #[test]
    fn lower_can_be_better_and_no_change_is_neither() {
        let way = |better, after| impacts(&[Impact { better, ..pam(8, 10.0, after) }], &[], false).measures[0].clone();
        assert_eq!(way(Some(Better::Lower), 7.0).for_the_better, Some(true));
        assert_eq!(way(Some(Better::Higher), 7.0).for_the_better, Some(false));
        assert_eq!(way(Some(Better::Higher), 10.0).for_the_better, None);
        assert_eq!(way(None, 7.0).for_the_better, None);
        let torn = [pam(8, 10.0, 12.0), Impact { better: Some(Better::Lower), ..pam(8, 10.0, 12.0) }];
        assert_eq!(impacts(&torn, &[], false).measures[0].for_the_better, None, "two records do not agree");
    }

    #[test]
    fn four_people_are_withheld_outwards_and_five_are_not() {
        let four = &outward(&[pam(4, 50.0, 60.0)])[0];
        let nothing = Measure {
            measure: "PAM".into(),
            suppressed: true,
            people: None,
            before: None,
            after: None,
            change: None,
            for_the_better: None,
        };
        assert_eq!(four, &nothing);
        let five = &outward(&[pam(5, 50.0, 60.0)])[0];
        assert_eq!((five.suppressed, five.people, five.change), (false, Some(5), Some(10.0)));
        let kept = &impacts(&[pam(4, 50.0, 60.0)], &[], false).measures[0];
        assert_eq!((kept.suppressed, kept.people), (false, Some(4)), "the coach sees their own");
    }

    #[test]
    fn small_groups_of_one_measure_reach_five_together_and_their_parts_are_not_given() {
        let named = Impact { measure: " pam ".into(), ..pam(2, 40.0, 60.0) };
        let sums = outward(&[pam(3, 50.0, 60.0), named]);
        assert_eq!(sums.len(), 1);
        assert_eq!((sums[0].people, sums[0].before), (Some(5), Some(46.0)));
    }

    #[test]
    fn a_value_few_people_have_is_not_given_beside_one_that_many_have() {
        let after_only = Impact { before: None, ..pam(3, 0.0, 60.0) };
        let sums = outward(&[pam(9, 50.0, 60.0), after_only]);
        let shown: Vec<_> = sums.iter().map(|sum| (sum.suppressed, sum.people)).collect();
        assert_eq!(shown, [(false, Some(9)), (true, None)]);
    }

    fn said(people: u32, share: Option<f64>) -> Feedback {
        let date = "2026-06-01".parse().unwrap();
        Feedback { date, instrument: Some("Our own form".into()), people, share }
    }

    #[test]
    fn feedback_is_a_share_of_the_highest_score() {
        let sums = impacts(&[], &[said(1, Some(0.8)), said(3, Some(1.0)), said(2, None)], false).feedback;
        assert_eq!((sums[0].answers, sums[0].people, sums[0].mean_share), (Some(3), Some(6), Some(0.95)));
    }

    #[test]
    fn feedback_of_four_is_withheld_and_so_is_a_mean_over_four() {
        let sums = |feedback: &[Feedback]| impacts(&[], feedback, true).feedback[0].clone();
        let four = sums(&[said(4, Some(0.5))]);
        assert_eq!((four.suppressed, four.answers, four.people, four.mean_share), (true, None, None, None));
        let scored_by_four = sums(&[said(4, Some(0.5)), said(6, None)]);
        assert_eq!(
            (scored_by_four.suppressed, scored_by_four.people, scored_by_four.mean_share),
            (false, Some(10), None)
        );
        assert_eq!(sums(&[said(5, Some(0.5))]).mean_share, Some(0.5));
    }

    #[test]
    fn feedback_without_a_form_comes_last() {
        let free = Feedback { instrument: None, ..said(1, None) };
        let sums = impacts(&[], &[free, said(1, None)], false).feedback;
        assert_eq!(sums.iter().map(|sum| sum.instrument.is_none()).collect::<Vec<_>>(), [false, true]);
    }
}
