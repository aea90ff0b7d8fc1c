//! What does not go into a portfolio although it lies in its period, and is told as left out.

use std::collections::{BTreeMap, HashSet};

use domain::impact::withhold;
use domain::kind::Goes;
use domain::walk::TextPlace;
use domain::{Kinds, Record, words};
use uuid::Uuid;

use super::choice::PortfolioChoice;
use super::report::{LeftOut, Named, NotShown};

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

/// Takes out what is not for this reader: what they are told of it, and what the coach alone is.
pub(super) fn private(
    kinds: &Kinds,
    choice: &PortfolioChoice,
    records: &mut Vec<Record>,
) -> (Vec<LeftOut>, Vec<LeftOut>) {
    let mut kept: Vec<(&str, Vec<Named>)> = kinds.reasons().into_iter().map(|reason| (reason, Vec::new())).collect();
    records.retain(|record| match kinds.goes(record, choice.audience) {
        Goes::Nothing(reason) if !choice.names(record.id) => {
            let of_reason = kept.iter_mut().filter(|(known, _)| *known == reason);
            of_reason.for_each(|(_, records)| records.push(Named::of(record)));
            false
        }
        _ => true,
    });
    let (untold, told): (Vec<_>, Vec<_>) = kept.into_iter().partition(|(reason, _)| kinds.is_untold(reason));
    let all = |kept: Vec<(&str, Vec<Named>)>| {
        kept.into_iter().filter_map(|(reason, records)| left_out(reason, records)).collect()
    };
    (all(told), all(untold))
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

/// Takes small figures out of records that stay, and asks the coach about those of which the words seem to say them.
pub(super) fn withheld(kinds: &Kinds, records: &mut [Record]) -> (Option<LeftOut>, Vec<NotShown>) {
    let (mut named, mut asked) = (Vec::new(), Vec::new());
    for record in records {
        let figures = figures(record);
        if withhold(record) {
            named.push(Named::of(record));
            asked.extend(said_all_the_same(kinds, record, &figures));
        }
    }
    let why = format!("Figures over fewer than five people were withheld in {}.", words::count(named.len(), "record"));
    ((!named.is_empty()).then_some(LeftOut { why, records: named }), asked)
}

/// How the figures of a record may be written in a text.
fn figures(record: &Record) -> Vec<String> {
    let people = record.whole("people").unwrap_or(1);
    let values = ["before", "after", "score"].into_iter().filter_map(|field| record.fields.get(field));
    let mut figures: Vec<String> = values.map(ToString::to_string).collect();
    figures.extend([people.to_string(), words::number(people as usize)]);
    figures.extend((people == 2).then(|| "both".to_owned()));
    figures
}

/// The places in a record's words where one of these figures stands.
fn said_all_the_same(kinds: &Kinds, record: &Record, figures: &[String]) -> Option<NotShown> {
    let says = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '.').map(|word| word.trim_matches('.'));
        words.map(str::to_lowercase).any(|word| figures.contains(&word))
    };
    let mut places: Vec<String> = Vec::new();
    for (place, _) in kinds.texts(record).filter(|(_, text)| says(text)) {
        let place = match place {
            TextPlace::Title => "its title".to_owned(),
            TextPlace::Body => "its text".to_owned(),
            TextPlace::Tag(_) => "a tag".to_owned(),
            TextPlace::FileName(_) => "the name of a file".to_owned(),
            TextPlace::Reason(at) => {
                format!("the reason for {}", record.claims.get(at).map_or("", |claim| &claim.competency))
            }
            TextPlace::Field(place) | TextPlace::Answer(place, _) => format!("\"{}\"", place.field.label),
        };
        if !places.contains(&place) {
            places.push(place);
        }
    }
    (!places.is_empty()).then(|| NotShown {
        what: format!(
            "Its figures are withheld, since they are of fewer than five people, and a number like them stands in {}: \
             read it again, and take it out there if it says the same.",
            words::listed(&places)
        ),
        record: Some(Named::of(record)),
    })
}

/// Everyone and everything that records refer to by id.
pub(super) fn named_in(kinds: &Kinds, records: &[Record]) -> HashSet<Uuid> {
    let named = |record: &Record| kinds.of(record).map(|kind| kind.references(&record.fields)).unwrap_or_default();
    records.iter().flat_map(named).map(|(_, id)| id).collect()
}
