//! What there is to say of a record that does not keep it from being saved: claims that do not count yet.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::Books;
use crate::counts_as::{of_claim, seen};
use crate::finding::Finding;
use crate::framework::{Competency, SupervisionType};
use crate::needs::{Judging, Why};
use crate::record::Record;
use crate::remark::Remark;
use crate::signers::Signer;
use crate::views::Supervision;
use crate::words::sentence;

/// What other records say that a record's claims depend on.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// Whether the session that it names was with a group; nothing where there is no such session.
    pub in_group: Option<bool>,
    /// The people who may accept earlier learning.
    pub accepting: &'a BTreeSet<Uuid>,
    /// The people whose role it is not to give health coaching supervision.
    pub others: &'a BTreeSet<Uuid>,
    /// Who employs the coach, as the profile says.
    pub employer: Option<&'a str>,
}

/// What there is to say of a record: each claim that does not count for what its competency asks of that kind of evidence,
/// at the field that would mend it. By the same rules by which gaps are worked out, so that the two never differ.
#[must_use]
pub fn findings(record: &Record, books: Books<'_>, around: Around<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for (at, competency, why) in uncounted(record, books, around) {
        let found = Finding { place: place(why, at), range: None, message: format!("{competency}: {}.", told(why)) };
        if !findings.contains(&found) {
            findings.push(found);
        }
    }
    let unlike = of_two_minds(record, books, around);
    findings.extend(unlike.filter(|one| findings.iter().all(|known| known.place != one.place)));
    findings.extend(from_inside(record, around));
    let by_another = Supervision::of(record)
        .is_some_and(|one| one.keeps(SupervisionType::HealthCoaching) && one.is_by_another(around.others));
    if by_another {
        let asks = |competency: &&Competency| {
            competency.needs.iter().any(|need| need.rhythm == Some(SupervisionType::HealthCoaching))
        };
        findings.extend(books.framework.competencies.iter().filter(asks).map(|competency| Finding {
            place: place(Why::OtherRole, 0),
            range: None,
            message: format!("{}: {}.", competency.number, told(Why::OtherRole)),
        }));
    }
    findings
}

/// Somebody who is recorded as being from outside, and works for the coach's own employer.
fn from_inside(record: &Record, around: Around<'_>) -> Option<Finding> {
    Signer::of(record, around.employer).filter(|signer| signer.inside).map(|_| Finding {
        place: "independent".to_owned(),
        range: None,
        message: "They work for your own employer, so that their approval of the step to tier 2 is not from outside."
            .to_owned(),
    })
}

/// An observation that says something else than the session that it names, whatever it is put forward for.
fn of_two_minds(record: &Record, books: Books<'_>, around: Around<'_>) -> Option<Finding> {
    let kind = books.kinds.of(record).filter(|kind| kind.id == "observation")?;
    let why = match seen(&kind.said(&record.fields), around.in_group) {
        Remark::SaysGroup => Why::SaysGroup,
        Remark::SaysOneToOne => Why::SaysOneToOne,
        _ => return None,
    };
    Some(Finding { place: place(why, 0), range: None, message: format!("{}.", sentence(why.says())) })
}

/// The claims that do not count, by their places from 0, each with its competency and why.
#[must_use]
pub fn uncounted<'r>(record: &'r Record, books: Books<'_>, around: Around<'_>) -> Vec<(usize, &'r str, Why)> {
    let Some(kind) = books.kinds.of(record).filter(|_| !record.claims.is_empty()) else { return Vec::new() };
    let (said, offered) = (kind.said(&record.fields), kind.offered(&record.fields));
    let mut uncounted = Vec::new();
    for (at, claim) in record.claims.iter().enumerate() {
        let Some(competency) = books.framework.competency(&claim.competency) else { continue };
        let judging = Judging::of(books.framework, competency, around.accepting, around.others);
        let counts = of_claim(claim, &said, &offered, around.in_group);
        for need in &competency.needs {
            let right = || counts.iter().filter(|(kind, _)| need.accepts().contains(kind));
            let objections: Vec<Why> =
                right().filter_map(|(kind, remark)| judging.objection(need, *kind, remark)).collect();
            // What counts as one of several kinds counts.
            let Some(why) = objections.first().filter(|_| objections.len() == right().count()) else { continue };
            uncounted.push((at, claim.competency.as_str(), *why));
        }
    }
    uncounted
}

/// The field that would mend it.
fn place(why: Why, claim: usize) -> String {
    match why {
        Why::NoReason => format!("claims[{claim}].reason"),
        Why::AmongHours => format!("claims[{claim}].as"),
        Why::SettingUnsaid | Why::SaysGroup | Why::SaysOneToOne => "setting".to_owned(),
        Why::OtherCourse => "course".to_owned(),
        Why::NotAccepted => "accepted_by".to_owned(),
        Why::OtherRole => "supervisor".to_owned(),
        Why::OneToOne | Why::TooEarly | Why::UsedElsewhere | Why::NotInHours => format!("claims[{claim}]"),
    }
}

fn told(why: Why) -> String {
    format!("it does not count yet. {}", sentence(why.says()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{Framework, Kinds};

    fn found(fields: &Value, in_group: Option<bool>) -> Vec<(String, String)> {
        let (kinds, framework) = (Kinds::shipped(), Framework::shipped());
        let accepting = BTreeSet::from([Uuid::from_u128(7)]);
        let others = BTreeSet::from([Uuid::from_u128(8)]);
        let mut record = json!({
            "id": Uuid::from_u128(1), "date": "2026-06-01", "title": "t",
            "created": "2026-06-01T10:00:00Z", "modified": "2026-06-01T10:00:00Z",
        });
        record.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        let record: Record = serde_json::from_value(record).unwrap();
        let books = Books { kinds: &kinds, framework: &framework };
        let found = findings(
            &record,
            books,
            Around { in_group, accepting: &accepting, others: &others, employer: Some("Fern  surgery") },
        );
        found.into_iter().map(|finding| (finding.place, finding.message)).collect()
    }

    fn places(fields: &Value, in_group: Option<bool>) -> Vec<String> {
        found(fields, in_group).into_iter().map(|(place, _)| place).collect()
    }

    #[test]
    fn a_claim_that_does_not_count_says_so_at_the_field_that_would_mend_it() {
        let reading = |reason: &str| json!({ "kind": "learning", "form": "self-directed", "claims": [{ "competency": "1.1" }, { "competency": "1.8", "reason": reason }] });
        let told = found(&reading(" "), None);
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].0, "claims[1].reason");
        assert_eq!(told[0].1, "1.8: it does not count yet. A reason is missing, in a sentence on how it shows this.");
        assert!(found(&reading("Why."), None).is_empty());

        let session =
            |claim: Value| json!({ "kind": "session", "minutes": 50, "outcome": "attended", "claims": [claim] });
        assert_eq!(places(&session(json!({ "competency": "2.10", "reason": "Why." })), None), ["claims[0].as"]);
        assert!(
            places(&session(json!({ "competency": "2.10", "as": "portfolio", "reason": "Why." })), None).is_empty()
        );

        let seen = |setting: Option<&str>, session: bool| {
            let mut seen = json!({ "kind": "observation", "source": "live", "claims": [{ "competency": "4.4" }, { "competency": "1.9" }] });
            let fields = seen.as_object_mut().unwrap();
            fields.extend(setting.map(|setting| ("setting".to_owned(), json!(setting))));
            fields.extend(session.then(|| ("session".to_owned(), json!(Uuid::from_u128(2)))));
            seen
        };
        assert_eq!(places(&seen(None, false), Some(true)), ["setting"], "it names no session");
        assert_eq!(places(&seen(Some("one-to-one"), true), Some(false)), ["claims[0]"]);
        for (setting, in_group) in [(None, true), (Some("group"), true)] {
            assert!(places(&seen(setting, true), Some(in_group)).is_empty());
        }

        let course = |more: Value| {
            let mut course = json!({ "kind": "learning", "form": "e-learning", "certificate": "c.pdf", "claims": [{ "competency": "3.12" }] });
            course.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            course
        };
        assert_eq!(places(&course(json!({})), None), ["course"]);
        assert!(places(&course(json!({ "course": "universal-model", "pci_accredited": true })), None).is_empty());

        let note = |by: u128| json!({ "kind": "learning", "form": "self-directed", "prior_learning": true, "accepted_by": Uuid::from_u128(by), "claims": [{ "competency": "2.2", "as": "training-practice" }, { "competency": "2.3", "as": "training-practice" }] });
        assert_eq!(places(&note(8), None), ["accepted_by", "accepted_by"]);
        assert!(places(&note(7), None).is_empty());
    }

    #[test]
    fn an_observation_that_says_something_else_than_its_session_says_so_whatever_it_is_put_forward_for() {
        let seen = |setting: &str, claims: Value, session: bool| {
            let mut seen = json!({ "kind": "observation", "source": "live", "setting": setting, "claims": claims });
            seen.as_object_mut().unwrap().extend(session.then(|| ("session".to_owned(), json!(Uuid::from_u128(2)))));
            seen
        };
        for (setting, in_group, says) in [
            ("group", false, "t says that it was of a group, and its session was one to one"),
            ("one-to-one", true, "t says that it was one to one, and its session was with a group"),
        ] {
            for claims in [json!([]), json!([{ "competency": "1.9" }]), json!([{ "competency": "4.4" }])] {
                let told = found(&seen(setting, claims, true), Some(in_group));
                assert_eq!((told.len(), told[0].0.as_str()), (1, "setting"));
                assert!(told[0].1.contains(says), "{told:?}");
            }
        }
        assert!(found(&seen("group", json!([]), false), Some(false)).is_empty(), "it names no session");
        let reflection = json!({ "kind": "reflection", "setting": "group", "session": Uuid::from_u128(2) });
        assert!(found(&reflection, Some(false)).is_empty());
    }

    #[test]
    fn someone_from_outside_who_works_for_the_coachs_employer_is_pointed_out() {
        let person = |organisation: &str, independent: bool| {
            found(
                &json!({ "kind": "person", "name": "Wren", "organisation": organisation, "independent": independent }),
                None,
            )
        };
        let told = person(" FERN Surgery", true);
        assert_eq!((told.len(), told[0].0.as_str()), (1, "independent"));
        assert!(
            person("Fern Surgery", false).is_empty()
                && person("Heron Trust", true).is_empty()
                && person(" ", true).is_empty()
        );
    }

    #[test]
    fn health_coaching_supervision_by_someone_whose_role_it_is_not_is_told_at_the_supervisor() {
        let held = |of: &str, format: &str, by: u128| {
            found(
                &json!({ "kind": "supervision", "type": of, "format": format, "supervisor": Uuid::from_u128(by) }),
                None,
            )
        };
        let told = held("health-coaching", "individual", 8);
        let says = "1.5: it does not count yet. Who gave it is not recorded as a health coaching supervisor.";
        assert_eq!(told, [("supervisor".to_owned(), says.to_owned())]);
        assert!(held("health-coaching", "individual", 7).is_empty() && held("clinical", "individual", 8).is_empty());
        assert!(held("health-coaching", "group", 8).is_empty(), "a group keeps no rhythm");
    }

    #[test]
    fn what_counts_as_one_of_several_kinds_counts() {
        let course = json!({ "kind": "learning", "form": "e-learning", "claims": [{ "competency": "3.2" }, { "competency": "9.9" }] });
        assert!(found(&course, None).is_empty());
    }
}
