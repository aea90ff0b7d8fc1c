//! What a decision about a competency is worth.

use domain::coverage::Status;
use domain::decision::Outcome;
use domain::signoff::{About, Fate};
use domain::{Framework, Kinds, Ledger, Record, Standing};
use serde_json::{Value, json};

use crate::{TODAY, agreed, decision, id, record, reflection, state, state_on, supervision, worth, wren};

#[test]
fn what_was_all_there_is_signed_off_whatever_comes_later() {
    let mut records = vec![wren(&json!({})), supervision(2, "2026-03-01"), reflection(3, "2026-03-02")];
    records.push(agreed(9, "2026-03-20", &json!({})));
    assert_eq!(worth(&records), (Status::SignedOff, Outcome::SignedOff));
    let said = decision(&records);
    assert_eq!(said.text, "agreed on 20 March 2026 by Wren Okafor");
    assert!(said.by.counts && said.by.decides && !said.by.independent && said.by.marks.is_empty() && !said.changed);
    assert_eq!((said.by.person, said.by.role.as_deref()), (Some(id(1)), Some("health-coaching-supervisor")));
    records.push(reflection(4, "2026-05-02"));
    assert_eq!(worth(&records), (Status::SignedOff, Outcome::SignedOff));
}

#[test]
fn of_nothing_there_is_nothing_to_sign_sufficient_or_not() {
    for sufficient in [false, true] {
        let own = json!({ "sufficient": sufficient });
        let mut records = vec![wren(&json!({})), agreed(9, "2026-03-20", &own)];
        assert_eq!(worth(&records), (Status::None, Outcome::NothingThere));
        records.extend([supervision(2, "2026-04-01"), reflection(3, "2026-04-02")]);
        assert_eq!(worth(&records), (Status::Evidenced, Outcome::NothingThere));
        assert!(decision(&records).text.contains("nothing was there then to agree to"));
    }
}

#[test]
fn what_came_later_does_not_complete_what_was_signed() {
    let mut records = vec![wren(&json!({})), supervision(2, "2026-03-01"), agreed(9, "2026-03-20", &json!({}))];
    assert_eq!(worth(&records), (Status::Partial, Outcome::PartThere));
    assert!(decision(&records).text.contains("not all that is asked for"));
    records.push(reflection(3, "2026-03-21"));
    assert_eq!(worth(&records), (Status::Evidenced, Outcome::MoreSince));
    let said = decision(&records);
    assert_eq!(said.records.iter().map(|one| (one.record, one.how)).collect::<Vec<_>>(), [(id(3), Fate::Since)]);
    assert!(said.text.contains("on what was there on 20 March 2026"), "{}", said.text);
    assert!(!said.changed);
}

#[test]
fn what_was_there_can_be_said_to_suffice() {
    let own = json!({ "sufficient": true });
    let mut records = vec![wren(&json!({})), supervision(2, "2026-03-01"), agreed(9, "2026-03-20", &own)];
    assert_eq!(worth(&records), (Status::SignedOff, Outcome::SignedOff));
    assert!(decision(&records).text.ends_with("to suffice as it is"));
    records[2] = agreed(9, "2026-03-20", &json!({ "sufficient": true, "signed": [] }));
    assert_eq!(worth(&records), (Status::Partial, Outcome::NothingThere), "an empty note is a note");
}

#[test]
fn what_was_written_down_later_was_not_there_and_what_is_dated_that_day_was() {
    let late = Record { created: "2026-03-21T12:00:00Z".parse().unwrap(), ..reflection(3, "2026-03-01") };
    let records = [wren(&json!({})), supervision(2, "2026-03-20"), late, agreed(9, "2026-03-20", &json!({}))];
    assert_eq!(worth(&records).1, Outcome::MoreSince);
    let dated = Record { date: "2026-03-21".parse().unwrap(), ..reflection(3, "2026-03-20") };
    let records = [wren(&json!({})), supervision(2, "2026-03-20"), dated, agreed(9, "2026-03-20", &json!({}))];
    assert_eq!(worth(&records).1, Outcome::MoreSince);
    let same = [
        wren(&json!({})),
        supervision(2, "2026-03-20"),
        reflection(3, "2026-03-20"),
        agreed(9, "2026-03-20", &json!({})),
    ];
    assert_eq!(worth(&same).1, Outcome::SignedOff);
}

#[test]
fn without_a_note_what_was_saved_again_has_changed() {
    let mut again = reflection(3, "2026-03-01");
    let mut records = vec![wren(&json!({})), supervision(2, "2026-03-01"), agreed(9, "2026-03-20", &json!({}))];
    again.modified = "2026-03-20T12:00:00Z".parse().unwrap();
    records.push(again.clone());
    assert_eq!(worth(&records).1, Outcome::SignedOff, "saved again before it was signed");
    again.modified = "2026-03-20T12:00:01Z".parse().unwrap();
    records[3] = again;
    assert_eq!(worth(&records), (Status::Evidenced, Outcome::Changed));
}

#[test]
fn what_changed_went_or_was_withdrawn_is_named() {
    let (held, written) = (supervision(2, "2026-03-01"), reflection(3, "2026-03-02"));
    let signed = json!([
        { "record": held.id, "sha256": held.sha256() }, { "record": written.id, "sha256": written.sha256() },
    ]);
    let sign_off = agreed(9, "2026-03-20", &json!({ "signed": signed }));
    let with = |other: &[Record]| {
        let records: Vec<Record> = [&[wren(&json!({})), held.clone(), sign_off.clone()][..], other].concat();
        let said = decision(&records);
        let named = said.records.iter().map(|one| (one.record, one.title.clone(), one.how)).collect::<Vec<_>>();
        (state(&records).status, said.outcome, said.changed, named, said.text)
    };
    let whole = with(std::slice::from_ref(&written));
    assert_eq!((whole.0, whole.1, whole.2), (Status::SignedOff, Outcome::SignedOff, false));
    let rewritten = Record { body: "Written anew.".into(), ..written.clone() };
    let changed = with(&[rewritten]);
    assert_eq!((changed.0, changed.1, changed.2), (Status::Evidenced, Outcome::Changed, true));
    assert_eq!(changed.3, [(id(3), Some("reflection 3".into()), Fate::Changed)]);
    assert!(changed.4.contains("“reflection 3” says something else"), "{}", changed.4);
    let withdrawn = with(&[Record { claims: Vec::new(), ..written.clone() }]);
    assert_eq!((withdrawn.0, withdrawn.1, withdrawn.2), (Status::Partial, Outcome::Gone, true));
    assert_eq!(withdrawn.3, [(id(3), Some("reflection 3".into()), Fate::Withdrawn)]);
    let gone = with(&[reflection(4, "2026-03-03")]);
    assert_eq!((gone.0, gone.1, gone.2), (Status::Evidenced, Outcome::Gone, true), "another does not stand for it");
    assert_eq!(gone.3, [(id(3), None, Fate::Deleted)]);
    assert!(gone.4.contains("is gone"), "{}", gone.4);
}

/// What became of something later is bookkeeping, wherever a kind's file says so.
#[test]
fn bookkeeping_is_no_part_of_what_was_signed() {
    let (kinds, about) = (Kinds::shipped(), About::Competency("1.3".into()));
    let with = |held: &Record, place: &str, value: Value| {
        let mut fields = Value::Object(held.fields.clone());
        *fields.pointer_mut(place).unwrap() = value;
        Record { fields: fields.as_object().unwrap().clone(), ..held.clone() }
    };
    let question = json!({ "question": "Is it safe?", "answered": null });
    let own = json!({ "actions": [{ "text": "Read", "done": null }], "for_supervision": null, "coded": null, "clinical_question": question });
    let keeps = [
        ("supervision", "/actions/0/done", json!("2026-04-01")),
        ("session", "/for_supervision", json!("clinical")),
        ("session", "/coded", json!(true)),
        ("reflection", "/clinical_question/answered", json!("2026-04-01")),
    ];
    for (kind, place, value) in keeps {
        let held = record(3, kind, "2026-03-01", &own);
        let later = with(&held, place, value);
        assert_ne!(held.sha256(), later.sha256(), "{kind} {place}");
        assert_eq!(held.substance(&about, &kinds), later.substance(&about, &kinds), "{kind} {place}");
        assert!(later.still_says(held.substance(&about, &kinds).as_str(), &about, &kinds));
    }
    for (kind, place) in
        [("supervision", "/actions/0/text"), ("session", "/clinical_question/question"), ("goal", "/coded")]
    {
        let held = record(3, kind, "2026-03-01", &own);
        let other = with(&held, place, json!("Something else"));
        assert_ne!(held.substance(&about, &kinds), other.substance(&about, &kinds), "{kind} {place}");
        assert!(!other.still_says(held.substance(&about, &kinds).as_str(), &about, &kinds));
    }
    let plain = reflection(3, "2026-03-01");
    assert_eq!(plain.substance(&about, &kinds), plain.sha256(), "without any it is the whole");
}

#[test]
fn what_is_signed_of_a_record_is_its_claim_for_that_competency_and_no_other() {
    let kinds = Kinds::shipped();
    let claiming = |claims: Value| record(3, "reflection", "2026-03-01", &json!({ "claims": claims }));
    let held = claiming(json!([{ "competency": "1.3", "reason": "Why." }]));
    let more = claiming(json!([{ "competency": "1.4" }, { "competency": "1.3", "reason": "Why." }]));
    let other = claiming(json!([{ "competency": "1.3", "reason": "Another." }]));
    let about = |number: &str| About::Competency(number.to_owned());
    let same = |one: &Record, two: &Record, about: &About| one.substance(about, &kinds) == two.substance(about, &kinds);
    assert!(same(&held, &more, &about("1.3")) && !same(&held, &more, &about("1.4")));
    assert!(!same(&held, &other, &about("1.3")));
    assert!(same(&held, &other, &About::Statement(4)), "a statement is put forward for its standard");
    // What was noted before claims were told apart holds all of them.
    assert!(more.still_says(more.sha256().as_str(), &about("1.3"), &kinds));
    let kept = record(
        3,
        "reflection",
        "2026-03-01",
        &json!({ "for_supervision": "clinical", "claims": [{ "competency": "1.3" }, { "competency": "1.4" }] }),
    );
    let without =
        record(3, "reflection", "2026-03-01", &json!({ "claims": [{ "competency": "1.3" }, { "competency": "1.4" }] }));
    assert!(kept.still_says(without.sha256().as_str(), &about("1.3"), &kinds));
    assert!(!more.still_says(other.substance(&about("1.3"), &kinds).as_str(), &about("1.3"), &kinds));
}

#[test]
fn a_tier_is_agreed_on_what_was_dated_and_written_down_by_then() {
    let work = json!({ "minutes": 1_200, "supervised": true, "format": "one-to-one", "mode": "video" });
    let session = |n: u128, date: &str| record(n, "session", date, &work);
    let note = |date: &str| {
        let own = json!({ "form": "self-directed", "minutes": 60, "prior_learning": true, "accepted_by": id(1) });
        record(60, "learning", date, &own)
    };
    let framework = Framework::shipped();
    let told = |records: &[Record]| {
        let of_tier = agreed(9, "2026-03-20", &json!({ "scope": "tier", "tier": 1 }));
        let all = [&[wren(&json!({})), of_tier], records].concat();
        let ledger = Ledger::of(&all, &Kinds::shipped(), &framework, TODAY.parse().unwrap());
        let hours = Standing::of(&framework, &ledger).hours;
        (hours.agreed_tier, hours.agreements[0].why_not.len())
    };
    let late = |mut record: Record| {
        record.created = "2026-03-20T12:00:01Z".parse().unwrap();
        record
    };
    let all = [session(100, "2026-02-02"), session(101, "2026-02-02"), session(102, "2026-03-20"), note("2026-03-20")];
    assert_eq!(told(&all), (1, 0));
    let with = |at: usize, other: Record| {
        let mut all = all.to_vec();
        all[at] = other;
        told(&all)
    };
    assert_eq!(with(3, note("2026-03-21")), (0, 1));
    assert_eq!(with(3, late(note("2026-03-20"))), (0, 1));
    assert_eq!(with(2, session(102, "2026-03-21")), (0, 2), "neither its hours nor those under supervision");
    assert_eq!(with(2, late(session(102, "2026-03-20"))), (0, 2));
    let supervisor = late(Record { date: "2026-04-01".parse().unwrap(), ..wren(&json!({})) });
    let own = [&[supervisor, agreed(9, "2026-03-20", &json!({ "scope": "tier", "tier": 1 }))], &all[..]].concat();
    let ledger = Ledger::of(&own, &Kinds::shipped(), &framework, TODAY.parse().unwrap());
    assert_eq!(Standing::of(&framework, &ledger).hours.agreed_tier, 1, "who they are is known now");
}

#[test]
fn the_latest_decision_that_counts_holds_whatever_the_order_it_came_in() {
    let evidence = [wren(&json!({})), supervision(2, "2026-03-01"), reflection(3, "2026-03-02")];
    let (yes, no) = (agreed(9, "2026-03-20", &json!({})), agreed(8, "2026-04-20", &json!({ "decision": "not-yet" })));
    for order in [[yes.clone(), no.clone()], [no.clone(), yes.clone()]] {
        let records = [&evidence[..], &order].concat();
        assert_eq!(worth(&records), (Status::Evidenced, Outcome::NotYet));
        assert!(!decision(&records).agreed && decision(&records).text.contains("not yet"));
        assert!(state(&records).recorded.is_empty(), "an earlier one that counted is overtaken");
        assert_eq!(state_on(&records, &Framework::shipped(), "2026-04-19", "1.3").status, Status::SignedOff);
    }
    let again = Record {
        created: "2026-03-20T13:00:00Z".parse().unwrap(),
        ..agreed(7, "2026-03-20", &json!({ "decision": "not-yet" }))
    };
    assert_eq!(worth(&[&evidence[..], &[again, yes]].concat()).1, Outcome::NotYet, "of two on a day the later written");
}

/// What is there and does not count is nothing to agree to, sufficient or not.
#[test]
fn what_does_not_count_is_nothing_to_sign() {
    let own = json!({ "form": "course", "minutes": 60, "certificate": "c.pdf", "claims": [{ "competency": "3.12" }] });
    let fire = record(2, "learning", "2026-03-01", &own);
    let of = |own: &Value| {
        let mut fields = json!({ "competency": "3.12" });
        fields.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
        let records = [wren(&json!({})), fire.clone(), agreed(9, "2026-03-20", &fields)];
        let state = state_on(&records, &Framework::shipped(), TODAY, "3.12");
        (state.status, state.sign_off.unwrap().outcome)
    };
    assert_eq!(of(&json!({})), (Status::None, Outcome::NothingThere));
    assert_eq!(of(&json!({ "sufficient": true })), (Status::None, Outcome::NothingThere));
}

/// A log of monthly supervision that was kept by the day of the sign-off.
fn log(days: &[&str]) -> Vec<Record> {
    let held = |(n, day): (usize, &&str)| {
        record(20 + n as u128, "supervision", day, &json!({ "type": "health-coaching", "minutes": 60 }))
    };
    let profile = record(2, "profile", "2026-01-01", &json!({ "name": "Sam", "started": "2026-01-01" }));
    let mut records: Vec<Record> = days.iter().enumerate().map(held).collect();
    records.extend([profile, wren(&json!({}))]);
    records
}

#[test]
fn a_rhythm_is_signed_as_the_log_was_then() {
    let outcome = |records: &[Record]| {
        let state = state_on(records, &Framework::shipped(), TODAY, "1.5");
        state.sign_off.unwrap().outcome
    };
    let own = json!({ "competency": "1.5" });
    let kept = ["2026-01-10", "2026-02-10", "2026-03-10"];
    assert_eq!(outcome(&[log(&kept), vec![agreed(9, "2026-03-20", &own)]].concat()), Outcome::SignedOff);
    assert_eq!(outcome(&[log(&[]), vec![agreed(9, "2026-03-20", &own)]].concat()), Outcome::NothingThere);
    let later = ["2026-04-10", "2026-05-10", "2026-06-10"];
    assert_eq!(outcome(&[log(&later), vec![agreed(9, "2026-03-20", &own)]].concat()), Outcome::NothingThere);
    let one = outcome(&[log(&kept[..1]), vec![agreed(9, "2026-01-20", &own)]].concat());
    assert_eq!(one, Outcome::PartThere, "one entry is not a rhythm");
    let mut late = log(&kept);
    late.iter_mut().for_each(|record| record.created = "2026-05-01T00:00:00Z".parse().unwrap());
    assert_eq!(outcome(&[late, vec![agreed(9, "2026-03-20", &own)]].concat()), Outcome::NothingThere);
}

#[test]
fn tiers_and_what_supports_them_are_read_from_the_records() {
    let session = |n: u128, date: &str| {
        let own = json!({ "minutes": 1_200, "supervised": true, "format": "one-to-one", "mode": "video" });
        record(n, "session", date, &own)
    };
    let mut records = vec![wren(&json!({ "independent": true }))];
    records.extend((100..105).map(|n| session(n, "2026-02-02")));
    records.extend((105..111).map(|n| session(n, "2026-04-02")));
    let of_tier = |n, date| agreed(n, date, &json!({ "scope": "tier", "tier": 2 }));
    records.extend([of_tier(8, "2026-03-20"), of_tier(9, "2026-04-02")]);
    let framework = Framework::shipped();
    let ledger = Ledger::of(&records, &Kinds::shipped(), &framework, TODAY.parse().unwrap());
    let hours = Standing::of(&framework, &ledger).hours;
    assert_eq!((hours.tier, hours.agreements.len()), (2, 2));
    assert!(hours.agreements[0].why_not[0].starts_with("On that day 100 h were logged"), "{:?}", hours.agreements[0]);
    assert!(hours.agreements[1].why_not.iter().all(|why| hours.outstanding.contains(why)), "{:?}", hours.agreements[1]);
}

#[test]
fn whoever_supervises_or_accepts_learning_is_looked_at_as_well() {
    let outstanding = |own: &Value, more: &[Record]| {
        let mut records = vec![wren(own)];
        let hours = json!({ "minutes": 1_200, "supervised": true, "format": "one-to-one", "mode": "video" });
        records.extend((100..103).map(|n| record(n, "session", "2026-02-02", &hours)));
        records.extend(more.iter().cloned());
        let framework = Framework::shipped();
        let ledger = Ledger::of(&records, &Kinds::shipped(), &framework, TODAY.parse().unwrap());
        let hours = Standing::of(&framework, &ledger).hours;
        let about = |tier: usize| hours.open[tier - 1].conditions.iter().any(|text| text.contains("on whose word"));
        (about(1), about(2))
    };
    let (proven, open) = (json!({}), json!({ "tier": 2 }));
    let learnt = |accepted_by: u128| {
        let own =
            json!({ "form": "self-directed", "minutes": 60, "prior_learning": true, "accepted_by": id(accepted_by) });
        record(60, "learning", "2026-01-20", &own)
    };
    assert_eq!(outstanding(&proven, &[learnt(1)]), (false, false));
    assert_eq!(outstanding(&open, &[learnt(1)]), (true, false));
    assert_eq!(outstanding(&open, &[learnt(7)]), (false, false), "it was somebody else");

    let held = |n: u128, date: &str, own: &Value| {
        let mut fields = json!({ "type": "health-coaching", "minutes": 60, "supervisor": id(1) });
        fields.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
        record(n, "supervision", date, &fields)
    };
    let log = |own: &Value| {
        let days = ["2026-02-10", "2026-03-10", "2026-04-10", "2026-05-10", "2026-06-10"];
        (70..).zip(days).map(|(n, day)| held(n, day, own)).collect::<Vec<_>>()
    };
    assert_eq!(outstanding(&open, &log(&json!({}))), (false, true));
    assert_eq!(outstanding(&proven, &log(&json!({}))), (false, false));
    assert_eq!(outstanding(&open, &log(&json!({ "supervisor": null }))), (false, false), "nobody is named");
    assert_eq!(outstanding(&open, &[held(70, "2026-06-10", &json!({}))]), (false, false), "1.5 rests on nobody yet");
    let theirs = [log(&json!({ "supervisor": null })), vec![held(90, "2026-06-01", &json!({ "type": "clinical" }))]];
    assert_eq!(outstanding(&open, &theirs.concat()), (false, false), "of another kind");
    let group = [log(&json!({ "supervisor": null })), vec![held(90, "2026-06-01", &json!({ "format": "group" }))]];
    assert_eq!(outstanding(&open, &group.concat()), (false, false), "a supplement");
    let later = [log(&json!({ "supervisor": null })), vec![held(90, "2026-06-16", &json!({}))]];
    assert_eq!(outstanding(&open, &later.concat()), (false, false), "still to come");
}

#[test]
fn first_hours_that_were_noted_are_held_against_the_log() {
    let line = |n: u128| json!({ "logged": id(n), "date": "2026-02-01", "minutes": 1_500 });
    let session = |n: u128, minutes: u32| {
        let own = json!({ "minutes": minutes, "format": "group", "mode": "video", "supervised": true });
        record(n, "session", "2026-02-01", &own)
    };
    let piece = json!({ "claims": [{ "competency": "2.10", "as": "portfolio", "reason": "Why." }] });
    let of = |noted: &Value, sessions: &[Record]| {
        let piece = record(3, "reflection", "2026-02-01", &piece);
        let whole = json!({ "record": id(3), "sha256": piece.sha256() });
        let signed: Vec<&Value> = [&whole].into_iter().chain(noted.as_array().unwrap()).collect();
        let sign_off = agreed(9, "2026-03-20", &json!({ "competency": "2.10", "signed": signed }));
        let all = [&[wren(&json!({})), piece, sign_off], sessions].concat();
        let sign_off = state_on(&all, &Framework::shipped(), TODAY, "2.10").sign_off.unwrap();
        let records: Vec<uuid::Uuid> = sign_off.records.iter().map(|one| one.record).collect();
        (sign_off.outcome, records)
    };
    let noted = json!([line(4), line(5)]);
    assert_eq!(of(&noted, &[session(4, 1_500), session(5, 1_500)]), (Outcome::SignedOff, vec![]));
    assert_eq!(of(&noted, &[session(4, 1_500), session(5, 1_499)]), (Outcome::Changed, vec![id(5)]));
    assert_eq!(of(&noted, &[session(4, 1_500)]), (Outcome::Gone, vec![id(5)]));
    assert_eq!(
        of(&noted, &[session(4, 1_500), session(6, 1_500)]),
        (Outcome::SignedOff, vec![]),
        "it was enough all along"
    );
    assert_eq!(of(&json!([]), &[session(4, 1_500)]), (Outcome::PartThere, vec![]), "older notes have no log");
    let less = |n: u128| json!({ "logged": id(n), "date": "2026-02-01", "minutes": 1_000 });
    let grown = of(&json!([less(4), less(5)]), &[session(4, 1_500), session(5, 1_500)]);
    assert_eq!(grown, (Outcome::MoreSince, vec![]), "what was added to a session since was not signed");
}

/// What grew old is counted, of what is expected.
#[test]
fn evidence_that_grew_old_is_counted() {
    let of = |records: &[Record]| {
        let framework = Framework::shipped();
        let ledger = Ledger::of(records, &Kinds::shipped(), &framework, TODAY.parse().unwrap());
        Standing::of(&framework, &ledger).gaps.summary
    };
    let old = reflection(3, "2020-03-02");
    let other =
        Record { id: id(4), claims: serde_json::from_value(json!([{ "competency": "1.4" }])).unwrap(), ..old.clone() };
    let (none, one, two) = (of(&[]), of(std::slice::from_ref(&old)), of(&[old, other]));
    assert_eq!((none.stale, one.stale, two.stale), (0, 1, 2));
    assert_eq!(of(&[reflection(3, "2026-03-02")]).stale, 0);
}
