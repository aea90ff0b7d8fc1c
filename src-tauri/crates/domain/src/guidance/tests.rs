//! The rules of thumb, each as a sentence.

use uuid::Uuid;

use super::*;
use crate::Framework;
use crate::caseload::caseload;
use crate::views::{Outcome, Visit};

const TODAY: &str = "2026-06-12";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn session(date: &str) -> Practice {
    Practice { id: Uuid::nil(), date: day(date), client: None, attended: true, nhs: true, under_18: false }
}

fn with_client(date: &str) -> Practice {
    Practice { client: Some("Client A".into()), ..session(date) }
}

fn trained() -> Training {
    Training { settled: true, only_said: false, since: None, routes: Vec::new(), coached_before: None }
}

/// What is said about these sessions of a coach who is trained and supervised.
fn keys(sessions: &[Practice]) -> Vec<String> {
    let training = trained();
    guidance(lately(sessions, &training)).into_iter().map(|note| note.key).collect()
}

/// A session with a client, as the caseload sees it.
fn visit(date: &str) -> Visit {
    Visit {
        date: day(date),
        minutes: 50,
        group: false,
        client: Some("Client A".into()),
        practice: None,
        outcome: Outcome::Attended,
        review: false,
        referred_from: None,
        ended: None,
    }
}

/// What is said about these.
fn reviews_of(visits: &[Visit]) -> Vec<String> {
    let training = trained();
    let clients = caseload(visits, &Framework::shipped().decisions.caseload.value, day(TODAY)).clients;
    let notes = guidance(Lately { clients: &clients, ..lately(&[], &training) });
    notes.into_iter().map(|note| note.key).collect()
}

fn lately<'a>(sessions: &'a [Practice], training: &'a Training) -> Lately<'a> {
    Lately {
        today: day(TODAY),
        sessions,
        clients: &[],
        without: &[],
        young_people_since: None,
        training,
        in_two_roles: &[],
        agreements: &[],
        put_away: &[],
    }
}

#[test]
fn five_sessions_are_a_day_and_six_are_a_full_one() {
    let mut sessions = vec![session("2026-06-02"); 5];
    assert!(keys(&sessions).is_empty());
    sessions.push(Practice { attended: false, ..session("2026-06-02") });
    assert!(keys(&sessions).is_empty(), "a missed appointment is a pause");
    sessions.push(session("2026-06-02"));
    assert_eq!(keys(&sessions), ["full-day:2026-06-02"]);
}

#[test]
fn ninety_days_back_is_not_spoken_of_any_more() {
    assert_eq!(keys(&vec![session("2026-03-15"); 6]), ["full-day:2026-03-15"]);
    assert!(keys(&vec![session("2026-03-14"); 6]).is_empty());
    assert!(keys(&vec![session("2026-06-13"); 6]).is_empty(), "nor is what is to come");
}

#[test]
fn six_sessions_with_a_client_ask_for_a_review() {
    let weeks = ["2026-05-01", "2026-05-08", "2026-05-15", "2026-05-22", "2026-05-29", "2026-06-05"];
    let mut visits: Vec<Visit> = weeks.into_iter().map(visit).collect();
    assert!(reviews_of(&visits[..5]).is_empty());
    assert_eq!(reviews_of(&visits), ["review:client a"]);
    visits[0].outcome = Outcome::DidNotAttend;
    assert!(reviews_of(&visits).is_empty(), "only sessions that took place count");
    visits[0].outcome = Outcome::Attended;
    visits[2].review = true;
    assert!(reviews_of(&visits).is_empty(), "three since the review");
    visits[2].review = false;
    visits[5].ended = Some("reached".into());
    assert!(reviews_of(&visits).is_empty(), "nor is there anything to look back on with somebody who is gone");
}

#[test]
fn after_a_review_the_counting_and_the_key_begin_anew() {
    let mut visits = vec![Visit { review: true, ..visit("2026-04-20") }];
    visits.extend(["2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04", "2026-05-05"].map(visit));
    assert!(reviews_of(&visits).is_empty());
    visits.push(visit("2026-05-06"));
    assert_eq!(reviews_of(&visits), ["review:client a:2026-04-20"]);
}

#[test]
fn a_client_not_seen_for_long_needs_no_review() {
    let months = ["2025-08-01", "2025-09-01", "2025-10-01", "2025-11-01", "2025-12-01", "2026-01-05"];
    assert!(reviews_of(&months.map(visit)).is_empty());
    let mut slow = months.map(visit).to_vec();
    slow.push(visit("2026-06-01"));
    assert_eq!(reviews_of(&slow), ["review:client a"], "a slow rhythm is counted as well");
}

#[test]
fn someone_under_18_asks_for_training_on_or_before_the_day() {
    let young = |date| Practice { under_18: true, ..with_client(date) };
    let sessions = [young("2026-06-02"), young("2026-06-03")];
    assert_eq!(keys(&sessions), ["under-18:client a"], "once for a client");
    assert_eq!(keys(&[Practice { client: None, ..young("2026-06-02") }]), ["under-18:2026-06-02"]);
    let training = trained();
    let since = |date| Lately { young_people_since: Some(day(date)), ..lately(&sessions[..1], &training) };
    assert!(guidance(since("2026-06-02")).is_empty());
    assert_eq!(guidance(since("2026-06-03")).len(), 1);
}

#[test]
fn a_stretch_without_supervision_is_said_once_and_while_it_is_recent() {
    let training = trained();
    let stretch = |from: &str, until: Option<&str>, missed, due: &str| Without {
        from: day(from),
        met: true,
        until: until.map(day),
        missed,
        due: day(due),
        says: format!("none since {from}; {missed} due"),
    };
    let without = [
        stretch("2025-01-31", Some("2025-03-20"), 1, "2025-02-28"),
        stretch("2026-02-14", Some("2026-04-01"), 1, "2026-03-14"),
        stretch("2026-02-15", Some("2026-04-02"), 1, "2026-03-15"),
        stretch("2026-04-02", None, 9, "2026-05-02"),
        stretch("2026-05-12", None, 1, "2026-06-12"),
        stretch("2026-05-13", None, 1, "2026-06-13"),
    ];
    let notes = guidance(Lately { without: &without, ..lately(&[], &training) });
    let told: Vec<(&str, String)> = notes.iter().map(|note| (note.key.as_str(), note.date.to_string())).collect();
    let expected = [("06", "2026-06-12"), ("05", "2026-05-02"), ("03", "2026-03-15")];
    assert_eq!(told.len(), expected.len());
    for ((key, date), (month, due)) in told.iter().zip(expected) {
        assert_eq!((*key, date.as_str()), (format!("supervision:2026-{month}").as_str(), due));
    }
    assert_eq!(
        notes[1].text,
        "One-to-one health coaching supervision in your log: none since 2026-04-02; 9 due. If you met, add it; if not, is a \
         date in the diary?"
    );
}

#[test]
fn coaching_before_the_training_is_said_once() {
    let sessions = [session("2026-06-01"), session("2026-06-03")];
    let said = |since: Option<&str>, coached_before| {
        let training = Training { since: since.map(day), coached_before, ..trained() };
        guidance(lately(&sessions, &training)).into_iter().map(|note| note.key).collect::<Vec<_>>()
    };
    let first = Some(day("2026-06-01"));
    assert_eq!(said(None, first), ["before-training:none"]);
    assert_eq!(said(Some("2026-06-02"), first), ["before-training:2026-06-02"]);
    assert!(said(Some("2026-06-01"), None).is_empty());
}

#[test]
fn what_was_put_away_is_marked_and_the_next_of_its_kind_is_not() {
    let training = trained();
    let sessions = [vec![session("2026-06-02"); 6], vec![session("2026-06-03"); 6]].concat();
    let away = ["full-day:2026-06-02".to_owned()];
    let notes = guidance(Lately { put_away: &away, ..lately(&sessions, &training) });
    let told: Vec<_> = notes.iter().map(|note| (note.key.as_str(), note.put_away)).collect();
    assert_eq!(told, [("full-day:2026-06-03", false), ("full-day:2026-06-02", true)], "the newest first");
}

fn person(id: u128, name: &str, role: &str) -> Person {
    let record = serde_json::from_value(serde_json::json!({
        "id": Uuid::from_u128(id), "kind": "person", "date": "2026-01-01", "title": name, "name": name, "role": role,
        "created": "2026-01-01T00:00:00Z", "modified": "2026-01-01T00:00:00Z",
    }));
    Person::of(&record.unwrap()).unwrap()
}

#[test]
fn one_person_in_both_roles_is_pointed_out_gently() {
    use SupervisionType::{HealthCoaching, LineManagement};
    let both = |people: &[Person], gave: &[(u128, SupervisionType, &str)]| {
        let gave: Vec<_> = gave.iter().map(|(id, of, date)| (Uuid::from_u128(*id), *of, day(date))).collect();
        in_two_roles(people, &gave, day(TODAY)).into_iter().map(|one| (one.name, one.last)).collect::<Vec<_>>()
    };
    let (helen, wren) = (person(1, "Helen Okafor", "line-manager"), person(2, "Wren", "health-coaching-supervisor"));
    let two = [helen.clone(), wren.clone()];
    assert_eq!(both(&two, &[(1, LineManagement, "2026-05-01"), (2, HealthCoaching, "2026-05-02")]), []);
    let helen_does_both = [("Helen Okafor".to_owned(), day("2026-05-02"))];
    assert_eq!(both(&two, &[(1, HealthCoaching, "2026-05-02")]), helen_does_both);
    assert_eq!(both(&two, &[(1, HealthCoaching, "2026-06-13")]), [], "still to come");
    assert_eq!(both(&two, &[(2, LineManagement, "2026-05-02")]), [("Wren".to_owned(), day("2026-05-02"))]);
    let again = [helen.clone(), person(3, " helen okafor", "health-coaching-supervisor")];
    assert_eq!(both(&again, &[]), [("Helen Okafor".to_owned(), day(TODAY))], "noted twice under one name");
    let observer = [person(4, "Kim", "observer")];
    assert_eq!(both(&observer, &[(4, LineManagement, "2026-05-01")]), []);
    let gave_both = [(4, LineManagement, "2026-05-03"), (4, HealthCoaching, "2026-05-01")];
    assert_eq!(both(&observer, &gave_both), [("Kim".to_owned(), day("2026-05-03"))]);

    let training = trained();
    let found = [InTwoRoles { name: "Helen Okafor".into(), last: day("2026-05-02") }];
    let notes = guidance(Lately { in_two_roles: &found, ..lately(&[], &training) });
    assert_eq!((notes[0].key.as_str(), notes[0].rule), ("two-roles:helen okafor", Rule::TwoRoles));
    assert!(notes[0].text.starts_with("Helen Okafor gives you both"));
}

#[test]
fn an_appraisal_that_someone_else_signed_is_said() {
    let signed = |date: &str, decides: bool, about: About| Agreement {
        sign_off: Uuid::from_u128(9),
        date: day(date),
        about,
        agreed: true,
        sufficient: false,
        by: crate::signers::By {
            name: Some("Dr Ash".into()),
            role: Some("clinician".into()),
            decides,
            ..Default::default()
        },
        basis: crate::signoff::Basis::default(),
    };
    let training = trained();
    let said = |one: Agreement| guidance(Lately { agreements: &[one], ..lately(&[], &training) });
    let notes = said(signed("2026-06-01", false, About::Appraisal));
    assert_eq!(notes[0].key, format!("not-theirs:{}", Uuid::from_u128(9)));
    assert!(notes[0].text.contains("1 June is recorded, but a clinical supervisor does not decide about it: Dr Ash"));
    assert!(said(signed("2026-06-01", true, About::Appraisal)).is_empty());
    assert!(said(signed("2026-03-14", false, About::Appraisal)).is_empty(), "long ago");
    assert!(said(signed("2026-06-01", false, About::Tier(2))).is_empty(), "it is told with the tiers");
}
