//! What a record could show: the competencies that still ask for what it can count as.

use serde::Serialize;
use serde_json::Map;

use crate::check::Books;
use crate::check::findings::Around;
use crate::counts_as::of_claim;
use crate::coverage::Status;
use crate::evidence::EvidenceKind;
use crate::gaps::{CompetencyState, Gaps};
use crate::needs::{Judging, NeedState};
use crate::record::{Claim, Record};

/// A competency that a record could be put forward for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CouldShow {
    /// Its number, such as `1.3`.
    pub competency: String,
    /// As what the record would count there, of what is still asked for.
    pub kinds: Vec<EvidenceKind>,
    /// Whether nothing would be left open of it.
    pub completes: bool,
}

/// The expected competencies that ask for something this record can count as, given a reason, and that it is not put forward
/// for yet; those it would leave least open of come first. By the rules by which gaps are worked out: an observation of one
/// client is not offered for group work, nor what would only wait for something that has to come before it.
#[must_use]
pub fn could_show(record: &Record, books: Books<'_>, around: Around<'_>, gaps: &Gaps) -> Vec<CouldShow> {
    let Some(kind) = books.kinds.of(record) else { return Vec::new() };
    let (said, offered) = (kind.said(&record.fields), kind.offered(&record.fields));
    let open = |state: &&CompetencyState| {
        let asks = state.expected && matches!(state.status, Status::None | Status::Partial);
        asks && record.claims.iter().all(|claim| claim.competency != state.competency)
    };
    let mut found: Vec<(usize, CouldShow)> = Vec::new();
    for state in gaps.competencies.iter().filter(open) {
        let Some(competency) = books.framework.competency(&state.competency) else { continue };
        let judging = Judging::of(books.framework, competency, around.accepting, around.others);
        let claim = Claim {
            competency: state.competency.clone(),
            counts_as: None,
            reason: "given".to_owned(),
            other: Map::new(),
        };
        let counts = of_claim(&claim, &said, &offered, around.in_group);
        let missing: Vec<&NeedState> = state.needs.iter().filter(|need| !need.met).collect();
        let mut kinds: Vec<EvidenceKind> = Vec::new();
        for need in missing.iter().filter(|need| can_be_met(need, state)) {
            let meets = |(kind, remark): &&(EvidenceKind, _)| {
                need.need.accepts().contains(kind) && judging.objection(&need.need, *kind, remark).is_none()
            };
            kinds.extend(counts.iter().find(meets).map(|(kind, _)| *kind).filter(|kind| !kinds.contains(kind)));
        }
        if !kinds.is_empty() {
            // One record closes one need.
            let left = missing.len() - 1;
            found.push((left, CouldShow { competency: state.competency.clone(), kinds, completes: left == 0 }));
        }
    }
    found.sort_by_key(|(left, _)| *left);
    found.into_iter().map(|(_, could)| could).collect()
}

/// Whether one more record can meet a need now: not a log of a year, and not what has to wait for something else.
fn can_be_met(need: &NeedState, of: &CompetencyState) -> bool {
    let comes_first =
        |kind: EvidenceKind| of.needs.iter().any(|other| other.met && other.need.accepts().contains(&kind));
    need.need.rhythm.is_none() && need.need.first_months.is_none() && need.need.after.is_none_or(comes_first)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::{Value, json};
    use uuid::Uuid;

    use super::*;
    use crate::gaps::gaps;
    use crate::{Framework, Kinds, Ledger};

    fn record(fields: &Value) -> Record {
        let mut record = json!({
            "id": Uuid::from_u128(1), "date": "2026-06-01", "title": "t",
            "created": "2026-06-01T10:00:00Z", "modified": "2026-06-01T10:00:00Z",
        });
        record.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        serde_json::from_value(record).unwrap()
    }

    /// What the record could show beside others that are there.
    fn offered(fields: &Value, there: &[Value], tier: u8) -> Vec<CouldShow> {
        let (kinds, framework, accepting) = (Kinds::shipped(), Framework::shipped(), BTreeSet::new());
        let mut there: Vec<Record> = there.iter().map(record).collect();
        for (n, record) in there.iter_mut().enumerate() {
            record.id = Uuid::from_u128(100 + n as u128);
        }
        let ledger = Ledger::of(&there, &kinds, &framework, "2026-11-21".parse().unwrap());
        let gaps = gaps(&framework, &ledger, tier, &[]);
        let books = Books { kinds: &kinds, framework: &framework };
        could_show(
            &record(fields),
            books,
            Around { in_group: None, accepting: &accepting, others: &BTreeSet::new(), employer: None },
            &gaps,
        )
    }

    fn numbers(offered: &[CouldShow]) -> Vec<&str> {
        offered.iter().map(|one| one.competency.as_str()).collect()
    }

    #[test]
    fn a_reflection_is_offered_where_a_journal_is_still_asked_for() {
        let of = |fields: Value, there: &[Value]| offered(&fields, there, 1);
        let reflection = || json!({ "kind": "reflection" });
        let all = of(reflection(), &[]);
        let first = all.iter().find(|one| one.competency == "1.3").unwrap();
        assert_eq!((first.kinds.as_slice(), first.completes), (&[EvidenceKind::ReflectiveJournal][..], false));
        assert!(!numbers(&all).contains(&"1.5"), "a rhythm is no single record");

        let journal = json!({ "kind": "reflection", "claims": [{ "competency": "1.3" }] });
        assert!(!numbers(&of(reflection(), std::slice::from_ref(&journal))).contains(&"1.3"), "its journal is there");
        assert!(!numbers(&of(journal, &[])).contains(&"1.3"), "it is put forward for it already");

        let supervision = json!({
            "kind": "supervision", "type": "health-coaching", "format": "one-to-one", "minutes": 60,
            "claims": [{ "competency": "1.3" }],
        });
        let after = of(reflection(), &[supervision]);
        assert!(after[0].completes && numbers(&after).contains(&"1.3"));
        let places: Vec<bool> = after.iter().map(|one| one.completes).collect();
        assert!(places.is_sorted_by(|one, next| one >= next), "what it would complete comes first: {places:?}");
    }

    #[test]
    fn what_would_only_wait_or_not_count_is_not_offered() {
        let seen = |setting: &str| json!({ "kind": "observation", "source": "live", "setting": setting });
        assert!(!numbers(&offered(&seen("one-to-one"), &[], 1)).contains(&"2.2"), "training comes first");
        let course = json!({
            "kind": "learning", "form": "course", "minutes": 420, "practice_sessions": true, "claims": [{ "competency": "2.2" }],
        });
        let after = offered(&seen("one-to-one"), std::slice::from_ref(&course), 1);
        assert!(after.iter().any(|one| one.competency == "2.2" && one.completes));

        let of_groups =
            |setting: &str| offered(&seen(setting), &[], 2).iter().any(|one| one.competency.starts_with("4."));
        assert!(of_groups("group") && !of_groups("one-to-one"));
        assert!(
            !offered(&seen("group"), &[], 1).iter().any(|one| one.competency.starts_with("4.")),
            "not expected yet"
        );

        let certificate = |course: Value| {
            let fields =
                json!({ "kind": "learning", "form": "e-learning", "certificate": "c.pdf", "pci_accredited": true });
            let mut fields = fields.as_object().unwrap().clone();
            fields.insert("course".to_owned(), course);
            offered(&Value::Object(fields), &[], 1).iter().any(|one| one.competency == "3.12")
        };
        assert!(certificate(json!("universal-model")) && !certificate(Value::Null));
    }
}
