//! What is added up plainly: the days of a pace, when the role began, what was agreed last, and who and what is remarked on.

use chrono::Days;

use super::*;
use crate::breaks::Break;
use crate::remark::Remark;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The first day of the pace on 15 June 2026, and over how many days it is.
fn pace_of(begun: Option<&str>, breaks: &[(&str, Option<&str>)], held_today: bool) -> (String, u16) {
    let today = day("2026-06-15");
    let away: Vec<Break> = breaks.iter().map(|(from, to)| Break { from: day(from), to: to.map(day) }).collect();
    let breaks = Breaks::of(&away, today);
    let (period, days) = pace(&Framework::shipped(), begun.map(day), &breaks, (today, held_today));
    assert_eq!(period.to(), Some(today));
    (period.from().unwrap().to_string(), days)
}

#[test]
fn a_pace_is_over_the_last_days_or_those_since_the_start() {
    for held_today in [false, true] {
        assert_eq!(pace_of(None, &[], held_today), ("2026-03-18".into(), 90));
        assert_eq!(pace_of(Some("2026-03-17"), &[], held_today), ("2026-03-18".into(), 90));
        assert_eq!(pace_of(Some("2026-06-16"), &[], held_today), ("2026-03-18".into(), 90), "still to come");
    }
    let since = |begun: &str| [false, true].map(|held_today| pace_of(Some(begun), &[], held_today).1);
    assert_eq!(since("2026-03-18"), [89, 90]);
    assert_eq!(since("2026-06-01"), [14, 15], "today is one of them once there was a session on it");
    assert_eq!((since("2026-06-14"), since("2026-06-15")), ([1, 2], [1, 1]));
    assert_eq!(pace_of(Some("2026-06-15"), &[], false).0, "2026-06-15");
}

#[test]
fn days_of_a_break_are_left_out_of_a_pace_and_earlier_ones_taken_for_them() {
    let leave = [("2026-05-01", Some("2026-05-10"))];
    assert_eq!(pace_of(Some("2024-01-01"), &leave, false), ("2026-03-08".into(), 90));
    assert_eq!(pace_of(Some("2026-04-21"), &leave, false), ("2026-04-21".into(), 45));
    assert_eq!(pace_of(Some("2026-04-21"), &leave, true).1, 46);
    assert_eq!(pace_of(Some("2026-06-01"), &[("2026-06-01", None)], true), ("2026-06-01".into(), 1));
    let away = pace_of(Some("2024-01-01"), &[("2026-06-01", None)], false);
    assert_eq!(away, ((day("2026-06-01") - Days::new(90)).to_string(), 90), "away by now, and at work before");
}

#[test]
fn first_months_that_are_still_to_come_are_left_out() {
    let windows = |begun: Option<&str>, today: &str| first_windows(&Framework::shipped(), begun.map(day), day(today));
    assert_eq!(windows(None, "2026-06-15"), []);
    assert_eq!(windows(Some("2026-06-16"), "2026-06-15"), []);
    let period = |from: &str, to: &str| vec![(12, Period::between(day(from), day(to)))];
    assert_eq!(windows(Some("2026-06-15"), "2026-06-15"), period("2026-06-15", "2026-06-15"));
    assert_eq!(windows(Some("2024-02-29"), "2026-06-15"), period("2024-02-29", "2025-02-28"));
}

/// A record with this id, kind, day and fields.
fn record((id, kind, date, fields): &(u128, &str, &str, serde_json::Value)) -> Record {
    let mut all = serde_json::json!({
        "id": Uuid::from_u128(*id), "kind": kind, "date": date, "title": "t",
        "created": "2026-01-05T10:00:00Z", "modified": "2026-01-05T10:00:00Z",
    });
    all.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    serde_json::from_value(all).unwrap()
}

/// A ledger on 15 June 2026 of records with these ids, kinds, days and fields.
fn ledger_of(given: &[(u128, &str, &str, serde_json::Value)]) -> Ledger {
    let records: Vec<Record> = given.iter().map(record).collect();
    Ledger::of(&records, &Kinds::shipped(), &Framework::shipped(), day("2026-06-15"))
}

fn session(outcome: &str, nhs: bool) -> serde_json::Value {
    serde_json::json!({ "minutes": 50, "mode": "video", "format": "one-to-one", "outcome": outcome, "nhs": nhs })
}

#[test]
fn without_a_start_the_first_nhs_session_that_took_place_is_it() {
    let held = [
        (1, "session", "2026-01-01", session("did-not-attend", true)),
        (2, "session", "2026-01-02", session("attended", false)),
        (3, "session", "2026-01-10", session("attended", true)),
        (4, "session", "2026-02-01", session("attended", true)),
    ];
    assert_eq!(ledger_of(&held).begun, Some(day("2026-01-10")));
    assert_eq!(ledger_of(&held[..2]).begun, None);
    assert_eq!(ledger_of(&[(5, "session", "2026-06-16", session("attended", true))]).begun, None, "still to come");
    assert_eq!(ledger_of(&[(5, "session", "2026-06-15", session("attended", true))]).begun, Some(day("2026-06-15")));
}

#[test]
fn the_date_agreed_is_that_of_the_last_supervision() {
    let of = |kind: &str, next: &str| serde_json::json!({ "type": kind, "format": "individual", "minutes": 60, "next": next });
    let given = [
        (1, "supervision", "2026-02-01", of("clinical", "2026-03-01")),
        (2, "supervision", "2026-05-01", of("clinical", "2026-08-01")),
        (3, "supervision", "2026-04-01", of("clinical", "2026-07-01")),
        // A date that is no later was not agreed on.
        (4, "supervision", "2026-05-02", of("line-management", "2026-05-02")),
    ];
    let agreed = ledger_of(&given).agreed;
    assert_eq!(agreed.into_iter().collect::<Vec<_>>(), [(SupervisionType::Clinical, day("2026-08-01"))]);
}

#[test]
fn an_observation_that_does_not_say_is_of_what_its_own_session_was() {
    let held =
        |format: &str| serde_json::json!({ "minutes": 50, "mode": "video", "format": format, "outcome": "attended" });
    let seen_in = |session: Option<u128>| {
        let given = [
            (1, "session", "2026-05-01", held("one-to-one")),
            (2, "session", "2026-05-01", held("group")),
            (3, "reflection", "2026-05-01", serde_json::json!({ "format": "group" })),
            (
                4,
                "observation",
                "2026-05-02",
                serde_json::json!({ "source": "live", "session": session.map(Uuid::from_u128) }),
            ),
        ];
        let claimed = serde_json::json!([{ "competency": "1.3", "reason": "It shows." }]);
        let mut records: Vec<Record> = given.iter().map(record).collect();
        records[3].claims = serde_json::from_value(claimed).unwrap();
        let ledger = Ledger::of(&records, &Kinds::shipped(), &Framework::shipped(), day("2026-06-15"));
        ledger.tallies.into_iter().map(|tally| tally.remark).collect::<Vec<_>>()
    };
    assert_eq!(seen_in(None), [Remark::Plain]);
    assert_eq!(seen_in(Some(1)), [Remark::OneToOne]);
    assert_eq!(seen_in(Some(2)), [Remark::Group]);
    assert_eq!(seen_in(Some(3)), [Remark::Plain], "not a session, whatever it says");
    assert_eq!(seen_in(Some(9)), [Remark::Plain], "not there any more");
}

#[test]
fn whoever_has_another_role_gives_no_coaching_supervision() {
    let person = |role: &str| serde_json::json!({ "name": "N", "role": role });
    let people = [
        (1, "person", "2026-01-05", person("health-coaching-supervisor")),
        (2, "person", "2026-01-05", person("line-manager")),
        (3, "person", "2026-01-05", person("gp")),
    ];
    let others: Vec<u128> = ledger_of(&people).others.into_iter().map(|id| id.as_u128()).collect();
    assert_eq!(others, [2, 3]);
}

#[test]
fn what_was_there_is_kept_of_agreements_to_a_tier_alone() {
    let signed = |fields: serde_json::Value| {
        let mut all = serde_json::json!({ "decision": "agreed", "person": Uuid::from_u128(1) });
        all.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        all
    };
    let supervisor = serde_json::json!({ "name": "Rhian", "role": "health-coaching-supervisor" });
    let stranger = serde_json::json!({ "name": "Noor", "role": "gp" });
    let given = [
        (1, "person", "2026-01-05", supervisor),
        (2, "person", "2026-01-05", stranger),
        (3, "sign-off", "2026-05-01", signed(serde_json::json!({ "scope": "tier", "tier": 1 }))),
        (4, "sign-off", "2026-05-02", signed(serde_json::json!({ "scope": "competency", "competency": "1.3" }))),
        (5, "sign-off", "2026-05-03", signed(serde_json::json!({ "scope": "tier", "tier": 1, "decision": "not-yet" }))),
        (
            6,
            "sign-off",
            "2026-05-04",
            signed(serde_json::json!({ "scope": "tier", "tier": 1, "person": Uuid::from_u128(2) })),
        ),
    ];
    let ledger = ledger_of(&given);
    assert_eq!(ledger.agreements.len(), 4);
    assert_eq!(ledger.seen.into_keys().collect::<Vec<_>>(), [Uuid::from_u128(3)]);
}

#[test]
fn a_statement_is_put_forward_for_its_own_standard() {
    let written =
        record(&(1, "statement", "2026-05-01", serde_json::json!({ "about": "supervisor-standard", "standard": "5" })));
    let for_standard = |standard| is_put_forward(&written, &About::Statement(standard));
    assert_eq!([4, 5, 6].map(for_standard), [false, true, false]);
}

#[test]
fn an_appraisal_is_bound_to_nothing_whatever_its_record_names() {
    let gone = serde_json::json!([{ "record": Uuid::from_u128(8), "sha256": "0".repeat(64) }]);
    let fields =
        serde_json::json!({ "decision": "agreed", "person": Uuid::from_u128(1), "scope": "appraisal", "signed": gone });
    let manager = serde_json::json!({ "name": "Ewan", "role": "line-manager" });
    let given = [(1, "person", "2026-01-05", manager), (2, "sign-off", "2026-05-01", fields)];
    let agreements = ledger_of(&given).agreements;
    assert!(agreements[0].agreed && agreements[0].by.counts);
    assert_eq!(agreements[0].basis, signoff::Basis::default());
}
