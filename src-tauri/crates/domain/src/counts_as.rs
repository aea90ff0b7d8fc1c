//! What a record counts as: its claims, spelled out.

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::evidence::{Evidence, EvidenceKind};
use crate::kind::Kinds;
use crate::record::{Claim, Record};
use crate::remark::Remark;

/// Raised whenever the same record begins to count as something else: a vault that counted by an earlier number counts
/// anew when it is opened.
pub const COUNTED: u32 = 3;

/// What a record counts as: what its claims say, or else all it offers, each kind once for a competency.
///
/// Of some kinds a competency may want to know more: whether a portfolio entry has a reason, whether an observation was of
/// a group, which course a certificate is of, who accepted earlier learning or gave supervision. That is remarked here,
/// once, and judged where needs are ([`crate::needs`]). An observation that does not say whether it was of a group is taken
/// to be of what its session was: whether that was with a group is `in_group`, nothing where there is no such session.
#[must_use]
pub fn evidence_of(record: &Record, kinds: &Kinds, in_group: Option<bool>) -> Vec<Evidence> {
    let kind = kinds.of(record);
    let offered = kind.map(|kind| kind.offered(&record.fields)).unwrap_or_default();
    // A value that the form would not show says nothing.
    let said = kind.map(|kind| kind.said(&record.fields)).unwrap_or_default();
    let of_claim = |claim| (claim, of_claim(claim, &said, &offered, in_group));
    let mut evidence: Vec<Evidence> = Vec::new();
    for (claim, counts) in record.claims.iter().map(of_claim) {
        for (kind, remark) in counts {
            let same = |one: &&mut Evidence| one.kind == kind && one.competency == claim.competency;
            match evidence.iter_mut().find(same) {
                // Of two claims the one with less to object to.
                Some(one) => one.remark = remark.min(std::mem::take(&mut one.remark)),
                None => evidence.push(Evidence {
                    record: record.id,
                    date: record.date,
                    competency: claim.competency.clone(),
                    kind,
                    remark,
                }),
            }
        }
    }
    evidence
}

/// What one claim counts as, out of what its record says and offers.
pub(crate) fn of_claim(
    claim: &Claim,
    said: &Map<String, Value>,
    offered: &[EvidenceKind],
    in_group: Option<bool>,
) -> Vec<(EvidenceKind, Remark)> {
    let counts = claim.counts_as.as_ref().map_or(offered, std::slice::from_ref);
    counts.iter().map(|kind| (*kind, remark(said, claim, *kind, offered, in_group))).collect()
}

/// What an observation was of: as it says itself, else as its session was; where the two differ, just that, and nothing to
/// remark where neither says.
pub(crate) fn seen(said: &Map<String, Value>, in_group: Option<bool>) -> Remark {
    let itself = text(said, "setting").map(|setting| setting == "group");
    match (itself, text(said, "session").and(in_group)) {
        (Some(true), Some(false)) => Remark::SaysGroup,
        (Some(false), Some(true)) => Remark::SaysOneToOne,
        (Some(true), _) | (None, Some(true)) => Remark::Group,
        (Some(false), _) | (None, Some(false)) => Remark::OneToOne,
        (None, None) => Remark::Plain,
    }
}

fn text<'f>(fields: &'f Map<String, Value>, name: &str) -> Option<&'f str> {
    fields.get(name).and_then(Value::as_str)
}

fn person(fields: &Map<String, Value>, name: &str) -> Option<Uuid> {
    text(fields, name).and_then(|id| Uuid::parse_str(id).ok())
}

fn yes(fields: &Map<String, Value>, name: &str) -> bool {
    fields.get(name) == Some(&Value::Bool(true))
}

fn remark(
    said: &Map<String, Value>,
    claim: &Claim,
    kind: EvidenceKind,
    offered: &[EvidenceKind],
    in_group: Option<bool>,
) -> Remark {
    match kind {
        EvidenceKind::Portfolio if !claim.reason.chars().any(char::is_alphanumeric) => Remark::NoReason,
        EvidenceKind::Portfolio
            if offered.contains(&EvidenceKind::PracticeHours)
                && (claim.counts_as.is_none() || yes(said, "supervised")) =>
        {
            Remark::AmongHours
        }
        EvidenceKind::ObservedPractice => seen(said, in_group),
        EvidenceKind::CoachingSupervision => person(said, "supervisor").map_or(Remark::Plain, Remark::GivenBy),
        EvidenceKind::Certificate => match text(said, "course") {
            Some(course) if text(said, "form") == Some("e-learning") && yes(said, "pci_accredited") => {
                Remark::Accredited(course.to_owned())
            }
            _ => Remark::Plain,
        },
        EvidenceKind::TrainingPractice if !yes(said, "practice_sessions") => {
            person(said, "accepted_by").map_or(Remark::Plain, Remark::AcceptedBy)
        }
        _ => Remark::Plain,
    }
}
