//! What does not go into a portfolio although it lies in its period, and is told as left out.

use std::collections::{BTreeMap, HashSet};

use domain::impact::withhold;
use domain::kind::Goes;
use domain::{Kinds, Record, words};
use uuid::Uuid;

use super::choice::PortfolioChoice;
use super::report::{LeftOut, Named};

/// Takes out what was not chosen, where some were.
pub(super) fn not_chosen(choice: &PortfolioChoice, records: &mut Vec<Record>) -> Option<LeftOut> {
    if choice.only.is_empty() {
        return None;
    }
    let all = records.len();
    records.retain(|record| choice.names(record.id));
    let others = all - records.len();
    // A reader need not know which; the coach chose.
    (others > 0)
        .then(|| LeftOut { why: format!("Not chosen: {}.", words::count(others, "record")), records: Vec::new() })
}

/// Takes out what is not for this reader.
pub(super) fn private(kinds: &Kinds, choice: &PortfolioChoice, records: &mut Vec<Record>) -> Vec<LeftOut> {
    let mut kept: Vec<(&str, Vec<Named>)> = kinds.reasons().into_iter().map(|reason| (reason, Vec::new())).collect();
    records.retain(|record| match kinds.goes(record, choice.audience) {
        Goes::Nothing(reason) if !choice.names(record.id) => {
            let of_reason = kept.iter_mut().filter(|(known, _)| *known == reason);
            of_reason.for_each(|(_, records)| records.push(Named::of(record)));
            false
        }
        _ => true,
    });
    kept.into_iter().filter_map(|(reason, records)| left_out(reason, records)).collect()
}

/// Takes out of the records that stay what is the coach's own all the same, and leaves as lines of a log those of which
/// some fields alone are for the reader: that a session was held is for everyone, what was noted about a client is not.
/// A record that was chosen by itself goes with all but the fields that are for the coach alone.
pub(super) fn without_notes(kinds: &Kinds, choice: &PortfolioChoice, records: &mut [Record]) -> Vec<LeftOut> {
    let mut cut: BTreeMap<&str, Vec<Named>> = BTreeMap::new();
    for record in records.iter_mut() {
        if choice.names(record.id) {
            kinds.cut_fields(record, choice.audience);
            continue;
        }
        if let Goes::Only(_, Some(rest)) = kinds.goes(record, choice.audience) {
            cut.entry(rest).or_default().push(Named::of(record));
        }
        kinds.cut(record, choice.audience);
    }
    cut.into_iter().filter_map(|(rest, records)| left_out(rest, records)).collect()
}

fn left_out(what: &str, records: Vec<Named>) -> Option<LeftOut> {
    (!records.is_empty())
        .then(|| LeftOut { why: format!("{what}: {}.", words::count(records.len(), "record")), records })
}

/// Takes small figures out of records that stay.
pub(super) fn withheld(records: &mut [Record]) -> Option<LeftOut> {
    let named: Vec<Named> =
        records.iter_mut().filter_map(|record| withhold(record).then(|| Named::of(record))).collect();
    let why = format!("Figures over fewer than five people were withheld in {}.", words::count(named.len(), "record"));
    (!named.is_empty()).then_some(LeftOut { why, records: named })
}

/// Everyone and everything that records refer to by id.
pub(super) fn named_in(kinds: &Kinds, records: &[Record]) -> HashSet<Uuid> {
    let named = |record: &Record| kinds.of(record).map(|kind| kind.references(&record.fields)).unwrap_or_default();
    records.iter().flat_map(named).map(|(_, id)| id).collect()
}
