//! One thing a competency asks for, and the three ways in which it is met: by evidence, by a rhythm, by first hours.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use crate::evidence::{EvidenceKind, Tally};
use crate::framework::{Competency, Framework, Need};
use crate::remark::Remark;
use crate::rhythm::Rhythm;
use crate::views::SessionSum;
use crate::words::count;

/// One thing a competency asks for, and whether it is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct NeedState {
    /// What is asked for.
    #[serde(flatten)]
    pub need: Need,
    /// Of observations, only those of a group show it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub group: bool,
    /// Whether it is there.
    pub met: bool,
    /// The records that meet it, oldest first; of very many the newest.
    pub records: Vec<Uuid>,
    /// Records of the right kind that are put forward and do not count; why stands in `uncounted`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waiting: Vec<Uuid>,
    /// Why those that wait do not count, each reason with its records.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub uncounted: Vec<Uncounted>,
    /// How many more records there are beside those listed.
    #[serde(skip_serializing_if = "is_zero")]
    pub more: u32,
    /// For a rhythm that is not there although it has begun: why, in words that any reader can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// For a rhythm, what is open about those who gave the supervision; of entries of coaching supervision, that somebody in
    /// another role gave some of them. In words that any reader can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    /// For hours in the first months: the minutes under supervision that were logged in them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
}

/// Records that are put forward and do not count, for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Uncounted {
    /// The reason.
    pub why: Why,
    /// The same in words, which any reader can be told.
    pub says: String,
    /// The records, oldest first.
    pub records: Vec<Uuid>,
}

/// Why a record of the right kind does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// What should come before it is not there yet.
    TooEarly,
    /// It closes another need of the competency already.
    UsedElsewhere,
    /// A session is among the hours: one under supervision, or one that is put forward as all it offers. It is no piece
    /// beside them.
    AmongHours,
    /// A session that is none of the hours under supervision in the first months.
    NotInHours,
    /// A portfolio entry says nothing of why it shows the competency.
    NoReason,
    /// Nobody said whether the observation was of a group.
    SettingUnsaid,
    /// The observation was of a session with one client.
    OneToOne,
    /// The observation says that it was of a group, and its session was with one client.
    SaysGroup,
    /// The observation says that it was of one client, and its session was with a group.
    SaysOneToOne,
    /// A certificate, and not of the course that is asked for.
    OtherCourse,
    /// Earlier learning that was not accepted by someone who may.
    NotAccepted,
    /// Health coaching supervision by someone whose role it is not.
    OtherRole,
}

impl Why {
    /// Every reason, from the one with the least to be done about.
    pub const ALL: [Why; 12] = [
        Why::TooEarly,
        Why::UsedElsewhere,
        Why::AmongHours,
        Why::NotInHours,
        Why::NoReason,
        Why::SettingUnsaid,
        Why::OneToOne,
        Why::SaysGroup,
        Why::SaysOneToOne,
        Why::OtherCourse,
        Why::NotAccepted,
        Why::OtherRole,
    ];

    /// The reason in words: goes on after "not counted:".
    #[must_use]
    pub fn says(self) -> &'static str {
        match self {
            Why::TooEarly => "it comes before what it should follow",
            Why::UsedElsewhere => {
                "it already stands for something else that is asked for here; another record is needed"
            }
            Why::AmongHours => {
                "it is already among the hours, and one record does not stand for both; another one is needed"
            }
            Why::NotInHours => "it is none of the hours under supervision in the first months",
            Why::NoReason => "a reason is missing, in a sentence on how it shows this",
            Why::SettingUnsaid => "it does not say whether it was one to one or a group, and a group is asked for",
            Why::OneToOne => "it was one to one, and a group is asked for",
            Why::SaysGroup => {
                "it says that it was of a group, and its session was one to one; put right whichever of the two is wrong"
            }
            Why::SaysOneToOne => {
                "it says that it was one to one, and its session was with a group; put right whichever of the two is wrong"
            }
            Why::OtherCourse => "it is not the certificate of the accredited e-learning that is asked for",
            Why::NotAccepted => "earlier learning counts once a health coaching supervisor has accepted it",
            Why::OtherRole => "who gave it is not recorded as a health coaching supervisor",
        }
    }

    /// Whether what it is about is some of what is asked for, so that the competency has begun.
    fn is_a_beginning(self) -> bool {
        matches!(self, Why::TooEarly | Why::UsedElsewhere)
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// By what evidence for a competency is judged, beside its kind.
pub(crate) struct Judging<'a> {
    /// The competency is about groups.
    pub(crate) group: bool,
    /// The competency asks for hours in the first months as well.
    pub(crate) asks_hours: bool,
    /// A portfolio entry needs a reason.
    pub(crate) reasons: bool,
    /// Who may accept earlier learning.
    pub(crate) accepting: &'a BTreeSet<Uuid>,
    /// Whose role it is not to give health coaching supervision.
    pub(crate) others: &'a BTreeSet<Uuid>,
}

impl<'a> Judging<'a> {
    pub(crate) fn of(
        framework: &Framework,
        competency: &Competency,
        accepting: &'a BTreeSet<Uuid>,
        others: &'a BTreeSet<Uuid>,
    ) -> Judging<'a> {
        Judging {
            group: framework.is_of_groups(competency.area),
            asks_hours: competency.needs.iter().any(|need| need.first_months.is_some()),
            reasons: framework.decisions.claim_needs_reason.value,
            accepting,
            others,
        }
    }

    /// Whether somebody gave it whose role it is not: it counts, and says so (docs/framework.md, "who gives health coaching
    /// supervision").
    fn is_by_another(&self, remark: &Remark) -> bool {
        matches!(remark, Remark::GivenBy(person) if self.others.contains(person))
    }

    /// Why evidence of a sort does not count for a need of its kind; nothing where it does.
    pub(crate) fn objection(&self, need: &Need, kind: EvidenceKind, remark: &Remark) -> Option<Why> {
        match kind {
            EvidenceKind::Portfolio => match remark {
                Remark::NoReason if self.reasons => Some(Why::NoReason),
                Remark::AmongHours if self.asks_hours => Some(Why::AmongHours),
                _ => None,
            },
            EvidenceKind::ObservedPractice if self.group => match remark {
                Remark::Group => None,
                Remark::OneToOne => Some(Why::OneToOne),
                Remark::SaysGroup => Some(Why::SaysGroup),
                Remark::SaysOneToOne => Some(Why::SaysOneToOne),
                _ => Some(Why::SettingUnsaid),
            },
            EvidenceKind::Certificate => {
                let asked = need.course.as_ref()?;
                let right = matches!(remark, Remark::Accredited(course) if course == asked);
                (!right).then_some(Why::OtherCourse)
            }
            EvidenceKind::TrainingPractice => match remark {
                Remark::AcceptedBy(person) if !self.accepting.contains(person) => Some(Why::NotAccepted),
                _ => None,
            },
            _ => None,
        }
    }
}

impl NeedState {
    fn of(need: &Need) -> NeedState {
        NeedState {
            need: need.clone(),
            group: false,
            met: false,
            records: Vec::new(),
            waiting: Vec::new(),
            uncounted: Vec::new(),
            more: 0,
            why: None,
            mark: None,
            minutes: None,
        }
    }

    /// Whether some of what it asks for is there.
    pub(crate) fn has_begun(&self) -> bool {
        self.met
            || !self.records.is_empty()
            || self.minutes.is_some_and(|minutes| minutes > 0)
            || self.uncounted.iter().any(|uncounted| uncounted.why.is_a_beginning())
    }

    /// Sets records aside that do not count.
    fn set_aside(&mut self, mut aside: Vec<(Why, NaiveDate, Uuid)>) {
        aside.sort_unstable();
        for (why, _, record) in aside {
            self.waiting.push(record);
            match self.uncounted.iter_mut().find(|uncounted| uncounted.why == why) {
                Some(uncounted) => uncounted.records.push(record),
                None => self.uncounted.push(Uncounted { why, says: why.says().to_owned(), records: vec![record] }),
            }
        }
    }
}

/// A need that is met by evidence, with the day of the newest that counts.
pub(crate) fn by_evidence(need: &Need, there: &[&Tally], judging: &Judging<'_>) -> (NeedState, Option<NaiveDate>) {
    let right = || there.iter().filter(|tally| need.accepts().contains(&tally.kind));
    let counts = |tally: &&&Tally| judging.objection(need, tally.kind, &tally.remark).is_none();
    let before = |after: EvidenceKind| {
        let good =
            |tally: &&&Tally| tally.kind == after && judging.objection(need, tally.kind, &tally.remark).is_none();
        there.iter().filter(good).map(|tally| tally.first).min()
    };
    // The first day from which it counts; nothing where it never does.
    let from = need.after.map_or(Some(NaiveDate::MIN), before);
    let good: Vec<&&Tally> = right().filter(counts).collect();
    let mut listed: Vec<(NaiveDate, Uuid)> = good.iter().flat_map(|tally| tally.newest.iter().copied()).collect();
    listed.sort_unstable();
    // A record that is put forward as two kinds for one competency is one record.
    listed.dedup();
    let truncated = good.iter().any(|tally| tally.count as usize > tally.newest.len());
    let all: u32 = good.iter().map(|tally| tally.count).sum();
    let more = if truncated { all.saturating_sub(u32::try_from(listed.len()).unwrap_or(all)) } else { 0 };
    let (counting, early): (Vec<_>, Vec<_>) =
        listed.into_iter().partition(|(date, _)| from.is_some_and(|from| *date >= from));
    let mut aside: Vec<(Why, NaiveDate, Uuid)> =
        early.into_iter().map(|(date, record)| (Why::TooEarly, date, record)).collect();
    for tally in right() {
        if let Some(why) = judging.objection(need, tally.kind, &tally.remark) {
            let counted = |record: &Uuid| counting.iter().any(|(_, counting)| counting == record);
            let told =
                |(_, record): &&(NaiveDate, Uuid)| !counted(record) && !aside.iter().any(|(_, _, one)| one == record);
            let new: Vec<_> = tally.newest.iter().filter(told).map(|(date, record)| (why, *date, *record)).collect();
            aside.extend(new);
        }
    }
    let last = counting.last().map(|(date, _)| *date);
    let by_another = |counted: &&(NaiveDate, Uuid)| {
        good.iter().any(|tally| judging.is_by_another(&tally.remark) && tally.newest.contains(*counted))
    };
    let marked = counting.iter().filter(by_another).count();
    let mut state = NeedState {
        group: judging.group && need.accepts().contains(&EvidenceKind::ObservedPractice),
        // Whatever counts, the newest does.
        met: last.is_some(),
        records: counting.into_iter().map(|(_, id)| id).collect(),
        more,
        mark: (marked > 0).then(|| {
            format!("{} by someone who is not recorded as a health coaching supervisor", count(marked, "record"))
        }),
        ..NeedState::of(need)
    };
    state.set_aside(aside);
    (state, last)
}

/// A need that is met by a rhythm of supervision.
pub(crate) fn by_rhythm(need: &Need, rhythm: Option<&Rhythm>) -> (NeedState, Option<NaiveDate>) {
    let mut state = NeedState {
        met: rhythm.is_some_and(Rhythm::shown),
        why: rhythm.and_then(Rhythm::why_not),
        mark: rhythm.and_then(|rhythm| rhythm.mark.clone()),
        records: rhythm.map(|rhythm| rhythm.records.clone()).unwrap_or_default(),
        ..NeedState::of(need)
    };
    let by_others = rhythm.iter().flat_map(|rhythm| &rhythm.uncounted);
    state.set_aside(by_others.map(|record| (Why::OtherRole, NaiveDate::MIN, *record)).collect());
    (state, rhythm.filter(|rhythm| !rhythm.records.is_empty()).and_then(|rhythm| rhythm.last))
}

/// A need that is met by hours under supervision in the first months in the role: as many as it names, and with fewer it has
/// begun (docs/framework.md, "hours in the first twelve months"). They do not grow old: there is only one beginning.
pub(crate) fn by_first_hours(
    need: &Need,
    there: &[&Tally],
    first: Option<&Vec<SessionSum>>,
    judging: &Judging<'_>,
) -> (NeedState, Option<NaiveDate>) {
    let supervised = first.into_iter().flatten().filter(|sum| sum.nhs && sum.supervised);
    let minutes: u64 = supervised.map(|sum| sum.minutes).sum();
    let asked = need.hours.map_or(1, |hours| u64::from(hours) * 60);
    let (mut state, _) = by_evidence(need, there, judging);
    state.met = minutes >= asked;
    state.minutes = Some(u32::try_from(minutes).unwrap_or(u32::MAX));
    if minutes == 0 {
        let records = std::mem::take(&mut state.records);
        state.set_aside(records.into_iter().map(|record| (Why::NotInHours, NaiveDate::MIN, record)).collect());
    }
    (state, None)
}

/// One record closes one need of a competency. Where a record could close several and there are too few for all, the needs
/// that stand first are closed, and what is left is told that its records are taken.
///
/// Needs are matched with records along augmenting paths (Kuhn): a further record then only ever closes more.
pub(crate) fn one_need_each(needs: &mut [NeedState]) {
    let by_evidence = |state: &NeedState| state.need.rhythm.is_none() && state.need.first_months.is_none();
    let mut taken: Vec<(Uuid, usize)> = Vec::new();
    for place in 0..needs.len() {
        // Of records that are not even listed there are more than enough.
        if !needs[place].met || !by_evidence(&needs[place]) || needs[place].more > 0 {
            continue;
        }
        if !takes(place, needs, &mut taken, &mut BTreeSet::new()) {
            let state = &mut needs[place];
            state.met = false;
            let records = std::mem::take(&mut state.records);
            state.set_aside(records.into_iter().map(|record| (Why::UsedElsewhere, NaiveDate::MIN, record)).collect());
        }
    }
}

/// Whether a need finds a record of its own, perhaps after another need has taken another.
fn takes(place: usize, needs: &[NeedState], taken: &mut Vec<(Uuid, usize)>, tried: &mut BTreeSet<Uuid>) -> bool {
    for record in &needs[place].records {
        if !tried.insert(*record) {
            continue;
        }
        let holder = taken.iter().position(|(one, _)| one == record);
        let free = holder.is_none_or(|holder| takes(taken[holder].1, needs, taken, tried));
        if free {
            taken.retain(|(one, by)| one != record && *by != place);
            taken.push((*record, place));
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests;
