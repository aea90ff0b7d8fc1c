//! One thing a competency asks for, and the three ways in which it is met: by evidence, by a rhythm, by first hours.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use crate::evidence::{EvidenceKind, Tally};
use crate::framework::Need;
use crate::rhythm::Rhythm;
use crate::views::SessionSum;

/// One thing a competency asks for, and whether it is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct NeedState {
    /// What is asked for.
    #[serde(flatten)]
    pub need: Need,
    /// Whether it is there.
    pub met: bool,
    /// The records that meet it, oldest first; of very many the newest.
    pub records: Vec<Uuid>,
    /// Records of the right kind that do not count yet, because what should come before them is not there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waiting: Vec<Uuid>,
    /// How many more records there are beside those listed.
    #[serde(skip_serializing_if = "is_zero")]
    pub more: u32,
    /// For hours in the first months: the minutes under supervision that were logged in them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// A need that is met by evidence, with the day of the newest that counts.
pub(crate) fn by_evidence(need: &Need, there: &[&Tally]) -> (NeedState, Option<NaiveDate>) {
    let of_kinds =
        |kinds: &[EvidenceKind]| there.iter().filter(|tally| kinds.contains(&tally.kind)).collect::<Vec<_>>();
    let right = of_kinds(need.accepts());
    let first = need.after.map(|after| of_kinds(&[after]).iter().map(|tally| tally.first).min());
    let counts = |date: NaiveDate| match first {
        None => true,
        Some(first) => first.is_some_and(|first| date >= first),
    };
    let mut listed: Vec<(NaiveDate, Uuid)> = right.iter().flat_map(|tally| tally.newest.iter().copied()).collect();
    listed.sort_unstable();
    // A record that is put forward as two kinds for one competency is one record.
    listed.dedup();
    let truncated = right.iter().any(|tally| tally.count as usize > tally.newest.len());
    let all: u32 = right.iter().map(|tally| tally.count).sum();
    let more = if truncated { all.saturating_sub(u32::try_from(listed.len()).unwrap_or(all)) } else { 0 };
    let (counting, waiting): (Vec<_>, Vec<_>) = listed.into_iter().partition(|(date, _)| counts(*date));
    let last = counting.last().map(|(date, _)| *date);
    let ids = |items: Vec<(NaiveDate, Uuid)>| items.into_iter().map(|(_, id)| id).collect::<Vec<_>>();
    let state = NeedState {
        need: need.clone(),
        // Whatever counts, the newest does.
        met: last.is_some(),
        records: ids(counting),
        waiting: ids(waiting),
        more,
        minutes: None,
    };
    (state, last)
}

/// A need that is met by a rhythm of supervision.
pub(crate) fn by_rhythm(need: &Need, rhythm: Option<&Rhythm>) -> (NeedState, Option<NaiveDate>) {
    let state = NeedState {
        need: need.clone(),
        met: rhythm.is_some_and(Rhythm::kept),
        records: rhythm.map(|rhythm| rhythm.records.clone()).unwrap_or_default(),
        waiting: Vec::new(),
        more: 0,
        minutes: None,
    };
    (state, rhythm.filter(|rhythm| !rhythm.records.is_empty()).and_then(|rhythm| rhythm.last))
}

/// A need that is met by hours under supervision in the first months in the role. They do not grow old: there is only one
/// beginning.
pub(crate) fn by_first_hours(
    need: &Need,
    there: &[&Tally],
    first: Option<&Vec<SessionSum>>,
) -> (NeedState, Option<NaiveDate>) {
    let supervised = first.into_iter().flatten().filter(|sum| sum.nhs && sum.supervised);
    let minutes: u64 = supervised.map(|sum| sum.minutes).sum();
    let (claimed, _) = by_evidence(need, there);
    let met = minutes > 0;
    let (records, waiting) = if met { (claimed.records, Vec::new()) } else { (Vec::new(), claimed.records) };
    let state =
        NeedState { met, records, waiting, minutes: Some(u32::try_from(minutes).unwrap_or(u32::MAX)), ..claimed };
    (state, None)
}
