//! Who may say so, and what is told of whoever may not.

use domain::coverage::Status;
use domain::decision::Outcome;
use domain::signers::Mark;
use domain::signoff::{About, SignOff};
use domain::{Framework, Kinds, Ledger, Record};
use serde_json::{Value, json};

use crate::{TODAY, agreed, decision, id, record, reflection, state, state_on, supervision, worth, wren};

#[test]
fn whoever_does_not_decide_is_told_so_and_overtakes_nobody() {
    let observer = record(5, "person", "2026-01-05", &json!({ "name": "Tomasz", "role": "observer" }));
    let evidence = [wren(&json!({})), observer, supervision(2, "2026-03-01"), reflection(3, "2026-03-02")];
    let theirs = agreed(9, "2026-04-20", &json!({ "person": id(5) }));
    let records = [&evidence[..], std::slice::from_ref(&theirs)].concat();
    assert_eq!(worth(&records), (Status::Evidenced, Outcome::NotTheirsToSay));
    let text = decision(&records).text;
    assert_eq!(text, "Tomasz agreed on 20 April 2026; it is recorded, but an observer does not decide that");
    let both = [&evidence[..], &[agreed(8, "2026-03-20", &json!({})), theirs]].concat();
    assert_eq!(worth(&both), (Status::SignedOff, Outcome::SignedOff));
    assert_eq!(state(&both).recorded.iter().map(|one| one.record).collect::<Vec<_>>(), [id(9)]);
    for role in ["line-manager", "clinician", "appraiser", "facilitator", "safeguarding-lead"] {
        let someone = record(5, "person", "2026-01-05", &json!({ "name": "Kim", "role": role }));
        let theirs = agreed(9, "2026-04-20", &json!({ "person": id(5), "decision": "not-yet" }));
        let said = decision(&[someone, supervision(2, "2026-03-01"), theirs]);
        assert_eq!(said.outcome, Outcome::NotTheirsToSay, "{role}");
        assert!(said.text.starts_with("Kim said “not yet” on 20 April 2026; it is recorded, but a"), "{}", said.text);
    }
}

/// An employer can let others decide; a supervisor is then told so like anybody, and without a word on their standards.
#[test]
fn a_supervisor_who_does_not_decide_is_told_so_without_a_mark() {
    let mut framework = Framework::shipped();
    framework.decisions.deciders.value.competency = vec!["line-manager".to_owned()];
    let person = wren(&json!({ "tier": 2 }));
    let records =
        [person, supervision(2, "2026-03-01"), reflection(3, "2026-03-02"), agreed(9, "2026-03-20", &json!({}))];
    let said = state_on(&records, &framework, TODAY, "1.3").sign_off.unwrap();
    assert_eq!(
        said.text,
        "Wren Okafor agreed on 20 March 2026; it is recorded, but a health coaching supervisor does not decide that"
    );
}

/// Whose say it is follows from their role; of someone who is not here, or who was deleted, nobody knows it.
#[test]
fn whoever_is_not_among_the_people_signs_nothing_off() {
    let mut records =
        vec![supervision(2, "2026-03-01"), reflection(3, "2026-03-02"), agreed(9, "2026-03-20", &json!({}))];
    assert_eq!(worth(&records), (Status::Evidenced, Outcome::NotTheirsToSay));
    let said = decision(&records);
    assert!(said.by.marks.is_empty() && !said.by.decides && !said.by.counts);
    assert_eq!(
        said.text,
        "someone whose name and role are not here agreed on 20 March 2026; it is recorded, and counts once it is known who they are"
    );
    records.push(wren(&json!({})));
    assert_eq!(worth(&records).1, Outcome::SignedOff);
    records[3] = wren(&json!({ "role": "observer" }));
    assert_eq!(worth(&records).1, Outcome::NotTheirsToSay);
}

#[test]
fn an_unproven_supervisors_word_counts_with_a_mark_unless_the_framework_says_otherwise() {
    let evidence = |person: Record| {
        vec![person, supervision(2, "2026-03-01"), reflection(3, "2026-03-02"), agreed(9, "2026-03-20", &json!({}))]
    };
    let marks = |own: &Value| decision(&evidence(wren(own))).by.marks;
    assert_eq!(marks(&json!({})), []);
    assert_eq!(marks(&json!({ "tier": 2 })), [Mark::BelowTier]);
    assert_eq!(marks(&json!({ "tier": null })), [Mark::TierUnknown]);
    assert_eq!(marks(&json!({ "standards": [] })), [Mark::StandardsOpen]);
    assert_eq!(marks(&json!({ "tier": 1, "standards": [] })), [Mark::BelowTier, Mark::StandardsOpen]);
    let said = decision(&evidence(wren(&json!({ "tier": 1 }))));
    assert_eq!(said.outcome, Outcome::SignedOff);
    assert!(said.text.ends_with("(their standards as a supervisor are not met or not recorded)"), "{}", said.text);

    let mut framework = Framework::shipped();
    framework.decisions.unproven_supervisor_counts.value = false;
    let on = |own: &Value| state_on(&evidence(wren(own)), &framework, TODAY, "1.3");
    assert_eq!(on(&json!({})).status, Status::SignedOff);
    let refused = on(&json!({ "tier": 2 }));
    assert_eq!((refused.status, refused.sign_off.unwrap().outcome), (Status::Evidenced, Outcome::UnprovenSupervisor));
}

#[test]
fn standards_met_on_the_day_or_seen_since_leave_no_mark() {
    let mut seen: Vec<Value> =
        (2..=8).map(|n: u8| json!({ "standard": n.to_string(), "date": "2025-01-05" })).collect();
    let on = |seen: &[Value], date: &str| {
        let person = wren(&json!({ "standards": seen }));
        decision(&[person, supervision(2, "2025-03-01"), agreed(9, date, &json!({}))]).by.marks
    };
    assert_eq!(on(&seen, "2026-01-05"), [], "the caseload held until that day");
    assert_eq!(on(&seen, "2026-01-06"), [Mark::StandardsOpen]);
    seen[0]["date"] = json!("2026-06-01");
    assert_eq!(on(&seen, "2026-01-06"), [], "seen since");
}

#[test]
fn independence_is_the_persons_own() {
    let agreed = agreed(9, "2026-03-20", &json!({}));
    assert!(decision(&[wren(&json!({ "independent": true })), agreed.clone()]).by.independent);
    assert!(!decision(&[wren(&json!({})), agreed]).by.independent);
}

#[test]
fn whoever_works_for_the_coachs_employer_is_not_from_outside_whatever_is_ticked() {
    let by = |own: &Value, employer: Option<&str>| {
        let profile = record(70, "profile", "2026-01-05", &json!({ "name": "Sam Poole", "employer": employer }));
        let by = decision(&[wren(own), profile, agreed(9, "2026-03-20", &json!({}))]).by;
        (by.independent, by.inside)
    };
    let ticked = |organisation: &str| json!({ "independent": true, "organisation": organisation });
    assert_eq!(by(&ticked("Fern Surgery"), Some("fern  surgery ")), (false, true));
    assert_eq!(by(&ticked("Heron Trust"), Some("Fern Surgery")), (true, false));
    assert_eq!(by(&ticked("Fern Surgery"), None), (true, false));
    assert_eq!(by(&ticked(" "), Some("")), (true, false), "nothing is nobody's name");
    assert_eq!(by(&json!({ "organisation": "Fern Surgery" }), Some("Fern Surgery")), (false, false));
}

#[test]
fn which_standards_are_open_is_told_of_supervisors_and_never_of_an_appraisal() {
    let by = |person: &Value, scope: &Value| {
        let records = [wren(person), agreed(9, "2026-03-20", scope)];
        let ledger = Ledger::of(&records, &Kinds::shipped(), &Framework::shipped(), TODAY.parse().unwrap());
        let by = ledger.agreements[0].by.clone();
        (by.open, by.marks)
    };
    let competency = json!({});
    assert_eq!(by(&json!({}), &competency), (vec![], vec![]));
    assert_eq!(by(&json!({ "tier": 2 }), &competency), (vec![1], vec![Mark::BelowTier]));
    let open = json!({ "tier": null, "standards": [{ "standard": "3" }] });
    let marks = vec![Mark::TierUnknown, Mark::StandardsOpen];
    assert_eq!(by(&open, &competency), (vec![1, 2, 4, 5, 6, 7, 8], marks));
    assert_eq!(by(&open, &json!({ "scope": "appraisal" })), (vec![], vec![]));
    assert_eq!(by(&json!({ "role": "line-manager", "tier": null }), &competency), (vec![], vec![]));
}

/// What is agreed about a competency or a statement is bound to what was there; nothing else is.
#[test]
fn a_sign_off_says_what_it_is_about_and_whether_it_binds() {
    let of = |own: &Value| {
        let sign_off = SignOff::of(&agreed(9, "2026-03-20", own)).unwrap();
        (sign_off.about.clone().unwrap(), sign_off.binds())
    };
    assert_eq!(of(&json!({})), (About::Competency("1.3".into()), true));
    assert_eq!(of(&json!({ "decision": "not-yet" })), (About::Competency("1.3".into()), false));
    assert_eq!(of(&json!({ "scope": "supervisor-statement", "standard": "4" })), (About::Statement(4), true));
    assert_eq!(of(&json!({ "scope": "tier", "tier": 2 })), (About::Tier(2), false));
    assert_eq!(of(&json!({ "scope": "appraisal" })), (About::Appraisal, false));
}
