//! The caseload, each rule as a sentence.

use proptest::prelude::*;

use super::*;
use crate::Framework;

const TODAY: &str = "2026-06-15";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rules() -> CaseloadRules {
    Framework::shipped().decisions.caseload.value
}

fn visit(date: &str, client: &str) -> Visit {
    Visit {
        date: day(date),
        minutes: 50,
        group: false,
        client: Some(client.to_owned()),
        practice: None,
        outcome: Outcome::Attended,
        review: false,
        referred_from: None,
        ended: None,
    }
}

fn missed(date: &str, client: &str) -> Visit {
    Visit { outcome: Outcome::DidNotAttend, ..visit(date, client) }
}

fn ended(date: &str, client: &str) -> Visit {
    Visit { ended: Some("reached".to_owned()), ..visit(date, client) }
}

/// That many sessions with a client, a week apart, the last on that day.
fn weekly(count: u64, last: &str, client: &str) -> Vec<Visit> {
    let back = |week: u64| (day(last) - Days::new(7 * week)).to_string();
    (0..count).rev().map(|week| visit(&back(week), client)).collect()
}

fn told(visits: &[Visit]) -> Caseload {
    caseload(visits, &rules(), day(TODAY))
}

fn topics(caseload: &Caseload) -> Vec<Topic> {
    caseload.to_discuss.iter().map(|point| point.topic).collect()
}

#[test]
fn a_client_is_told_with_first_last_and_how_many() {
    let told =
        told(&[visit("2026-06-01", "Client B"), visit("2026-05-01", "Client A"), visit("2026-06-10", "Client A")]);
    let clients: Vec<_> = told.clients.iter().map(|one| (one.client.as_str(), one.sessions, one.days_since)).collect();
    assert_eq!(clients, [("Client A", 2, 5), ("Client B", 1, 14)]);
    assert_eq!((told.clients[0].first, told.clients[0].last), (day("2026-05-01"), day("2026-06-10")));
    assert_eq!((told.being_seen, told.unnamed, told.waiting.len(), told.finished.len()), (2, 0, 0, 0));
}

#[test]
fn a_review_is_due_at_six_sessions_since_the_last() {
    let mut visits = weekly(6, "2026-06-10", "Client A");
    assert!(!told(&visits[1..]).clients[0].review_due);
    let due = told(&visits);
    assert!(due.clients[0].review_due && topics(&due) == [Topic::Review]);
    let said = "Six sessions or more since you last looked back together: Client A. What has changed, and what would help now?";
    assert_eq!(due.to_discuss[0].text, said);
    visits[0].review = true;
    let later = told(&visits);
    assert!(!later.clients[0].review_due && later.to_discuss.is_empty());
    assert_eq!((later.clients[0].since_review, later.clients[0].reviewed), (5, Some(day("2026-05-06"))));
    // An employer's file can say so otherwise.
    let four = caseload(&visits, &CaseloadRules { review_sessions: 5, ..rules() }, day(TODAY));
    assert!(four.clients[0].review_due && four.to_discuss[0].text.starts_with("Five sessions"));
}

#[test]
fn an_appointment_that_nobody_came_to_is_told_and_is_no_session() {
    let mut visits = weekly(5, "2026-05-20", "Client A");
    visits.extend([missed("2026-05-27", "Client A"), missed("2026-06-03", "Client A")]);
    visits.push(Visit { outcome: Outcome::Cancelled, ..visit("2026-06-10", "Client A") });
    let told = told(&visits);
    let one = &told.clients[0];
    assert_eq!((one.sessions, one.review_due, one.last), (5, false, day("2026-05-20")));
    assert_eq!((one.did_not_attend, one.cancelled, one.missed_since), (2, 1, 2));
    assert_eq!((told.did_not_attend, told.cancelled), (2, 1));
    assert_eq!(topics(&told), [Topic::Missed]);
    assert!(told.to_discuss[0].text.starts_with("Did not come the last two times or more: Client A."));
    visits.push(visit("2026-06-12", "Client A"));
    assert_eq!(super::caseload(&visits, &rules(), day(TODAY)).clients[0].missed_since, 0);
}

#[test]
fn who_never_came_is_waiting_and_not_seen() {
    let told =
        told(&[missed("2026-06-03", "Client Z"), missed("2025-12-14", "Client Y"), missed("2025-12-15", "Client X")]);
    let waiting: Vec<&str> = told.waiting.iter().map(|one| one.client.as_str()).collect();
    assert_eq!((told.clients.len(), told.being_seen), (0, 0));
    assert_eq!(waiting, ["Client Z", "Client X"], "what was half a year ago is over");
    assert_eq!((told.waiting[0].did_not_attend, told.waiting[0].last), (1, day("2026-06-03")));
}

#[test]
fn what_is_still_to_come_is_not_counted() {
    assert_eq!(told(&[visit("2026-06-16", "Client A")]).clients, []);
    let mut visits = vec![visit(TODAY, "Client A")];
    let today = told(&visits);
    assert_eq!((today.clients[0].sessions, today.clients[0].days_since), (1, 0));
    visits.extend([visit("2026-06-16", "Client A"), ended("2026-07-01", "Client A")]);
    assert_eq!(told(&visits), today);
}

#[test]
fn two_spellings_are_one_client_and_the_last_is_told() {
    let told =
        told(&[visit("2026-06-01", " client  a"), visit("2026-06-08", "Client A"), visit("2026-06-09", "ClientA")]);
    let clients: Vec<_> = told.clients.iter().map(|one| (one.client.as_str(), one.sessions)).collect();
    assert_eq!(clients, [("ClientA", 1), ("Client A", 2)]);
    assert_eq!(folded("\u{a0}CLIENT\u{2003}É "), "client é");
}

#[test]
fn a_group_belongs_to_no_client_and_an_unnamed_session_is_told() {
    let group = Visit { group: true, client: None, minutes: 90, ..visit("2026-06-01", "") };
    let nobody = Visit { client: None, ..visit("2026-06-02", "") };
    let blank = visit("2026-06-02", "   ");
    let told = told(&[group, nobody, blank]);
    assert_eq!((told.clients.len(), told.unnamed), (0, 1));
    assert_eq!(
        (told.per_day, told.usual_minutes),
        (1.5, Some(50)),
        "a group is a session of the day, and as long as it is"
    );
}

#[test]
fn a_gap_is_told_after_six_weeks_and_half_a_year_is_long_ago() {
    for (last, seen) in [
        ("2026-05-04", Seen::Lately),
        ("2026-05-03", Seen::Gap),
        ("2025-12-15", Seen::Gap),
        ("2025-12-14", Seen::LongAgo),
    ] {
        let told = told(&[visit(last, "Client A")]);
        assert_eq!((told.clients[0].seen, told.being_seen), (seen, u32::from(seen != Seen::LongAgo)), "{last}");
    }
    let gap = told(&[visit("2026-05-03", "Client A")]);
    let said = "Not seen for more than six weeks: Client A. Is a date agreed, or is the coaching finished?";
    assert_eq!((topics(&gap), gap.to_discuss[0].text.as_str()), (vec![Topic::Gap], said));
    let long_ago = told(&[visit("2025-12-14", "Client A")]);
    let said = "1 client not seen for more than twenty-six weeks. At their last session you can say what came of it.";
    assert_eq!((topics(&long_ago), long_ago.to_discuss[0].text.as_str()), (vec![Topic::LongAgo], said));
    // Of somebody who is long gone nothing else is said.
    assert_eq!(topics(&told(&weekly(9, "2025-12-14", "Client A"))), [Topic::LongAgo]);
}

#[test]
fn what_came_of_it_finishes_and_a_later_session_begins_anew() {
    let mut visits = weekly(6, "2026-03-04", "Client A");
    visits.push(ended("2026-03-11", "client a"));
    let done = told(&visits);
    assert_eq!((done.clients.len(), done.finished.len(), done.usual_sessions), (0, 1, Some(7)));
    let finished = &done.finished[0];
    assert_eq!((finished.sessions, finished.first, finished.finished), (7, Some(day("2026-01-28")), day("2026-03-11")));
    assert_eq!((finished.ended.as_str(), done.came_of_it[0].clients), ("reached", 1));
    assert!(done.to_discuss.is_empty());
    visits.push(missed("2026-04-01", "Client A"));
    assert_eq!(told(&visits).clients.len(), 0, "who does not come does not begin");
    visits.push(visit("2026-06-01", "Client A"));
    let again = told(&visits);
    let one = &again.clients[0];
    assert_eq!((one.sessions, one.earlier_sessions, one.first), (1, 7, day("2026-06-01")));
    assert_eq!(again.finished.len(), 1);
    // Somebody who never came can be finished as well.
    let never = told(&[Visit { outcome: Outcome::DidNotAttend, ..ended("2026-06-01", "Client B") }]);
    assert_eq!((never.waiting.len(), never.usual_sessions, never.finished[0].first), (0, None, None));
}

#[test]
fn what_finished_or_was_held_over_a_year_ago_is_not_told() {
    let mut old = Visit { practice: Some("Mill Lane".into()), ..ended("2025-06-15", "Client A") };
    old.referred_from = Some("self".into());
    let told = |visit: &Visit| super::caseload([visit], &rules(), day(TODAY));
    let gone = told(&old);
    assert!(gone.finished.is_empty() && gone.by_practice.is_empty() && gone.came_of_it.is_empty());
    assert_eq!((gone.referred_from.len(), gone.usual_minutes, gone.unnamed), (0, None, 0));
    let here = told(&Visit { date: day("2025-06-16"), ..old });
    assert_eq!((here.finished.len(), here.by_practice.len(), here.came_of_it.len()), (1, 1, 1));
    assert_eq!((here.referred_from.len(), here.usual_minutes), (1, Some(50)));
}

#[test]
fn sessions_a_week_and_a_day_are_those_of_the_last_ninety_days() {
    let quarter: Vec<Visit> = (0..13)
        .flat_map(|week| [0, 0, 1].map(|by| 7 * week + by))
        .map(|back| visit(&(day(TODAY) - Days::new(back)).to_string(), &format!("Client {back}")))
        .collect();
    let mut visits = vec![visit("2024-01-01", "Client Old")];
    visits.extend(quarter);
    let full = told(&visits);
    assert_eq!((full.per_week, full.per_day), (3.0, 1.5));
    // Who began last week is measured by a week, and no less.
    let begun = told(&[visit("2026-06-14", "Client A"), visit("2026-06-14", "Client B")]);
    assert_eq!((begun.per_week, begun.per_day), (2.0, 2.0));
    let two_weeks = told(&[visit("2026-06-02", "Client A"), visit("2026-06-14", "Client B")]);
    assert_eq!(two_weeks.per_week, 1.0);
    let edge = |date: &str| told(&[visit(date, "Client A"), missed(date, "Client B")]);
    assert_eq!((edge("2026-03-18").per_day, edge("2026-03-18").did_not_attend), (1.0, 1));
    assert_eq!((edge("2026-03-17").per_day, edge("2026-03-17").did_not_attend), (0.0, 0));
    assert_eq!(edge("2026-03-17").per_week, 0.0);
}

#[test]
fn six_sessions_are_a_full_day() {
    let on = |count: usize| -> Caseload {
        let visits: Vec<Visit> = (0..count).map(|n| visit("2026-06-10", &format!("Client {n}"))).collect();
        told(&visits)
    };
    assert_eq!((on(5).full_days, topics(&on(5))), (0, vec![]));
    assert_eq!((on(6).full_days, topics(&on(6))), (1, vec![Topic::FullDays]));
    let said = "One day with more than five sessions in the last 90. Is there room to breathe between them?";
    assert_eq!(on(6).to_discuss[0].text, said);
}

#[test]
fn more_than_eight_sessions_are_worth_a_word() {
    let with_review = |count| {
        let mut visits = weekly(count, "2026-06-10", "Client A");
        visits[5].review = true;
        told(&visits)
    };
    assert_eq!(topics(&with_review(8)), []);
    assert_eq!(topics(&with_review(9)), [Topic::ManySessions]);
    assert!(with_review(9).to_discuss[0].text.contains("six to eight"));
}

#[test]
fn the_usual_is_the_middle_one() {
    assert_eq!(median(vec![]), None);
    assert_eq!(median(vec![7]), Some(7));
    assert_eq!(median(vec![50, 20]), Some(35));
    assert_eq!(median(vec![50, 45]), Some(48));
    assert_eq!(median(vec![90, 45, 50]), Some(50));
    let long = Visit { minutes: 90, ..visit("2026-06-01", "Client A") };
    let not_held = Visit { minutes: 5, ..missed("2026-06-02", "Client A") };
    assert_eq!(told(&[long, not_held, visit("2026-06-03", "Client A")]).usual_minutes, Some(70));
}

#[test]
fn practices_are_told_by_sessions_whatever_their_spelling() {
    let at =
        |date: &str, client: &str, practice: &str| Visit { practice: Some(practice.into()), ..visit(date, client) };
    let group = Visit { group: true, client: None, minutes: 90, ..at("2026-06-05", "", "Harbour") };
    let told = told(&[
        at("2026-06-01", "Client A", "mill  lane"),
        at("2026-06-02", "client a", "Mill Lane"),
        at("2026-06-03", "Client B", "Mill Lane"),
        at("2026-06-04", "Client B", "Harbour"),
        group,
        Visit { outcome: Outcome::Cancelled, ..at("2026-06-06", "Client B", "Harbour") },
        at("2026-06-07", "Client C", "Abbey"),
        visit("2026-06-08", "Client B"),
    ]);
    let practices: Vec<_> =
        told.by_practice.iter().map(|one| (one.practice.as_str(), one.sessions, one.minutes, one.clients)).collect();
    assert_eq!(practices, [("Mill Lane", 3, 150, 2), ("Harbour", 2, 140, 1), ("Abbey", 1, 50, 1)]);
    let b = told.clients.iter().find(|one| one.client == "Client B").unwrap();
    assert_eq!(b.practice.as_deref(), Some("Harbour"), "the last that says so");
}

#[test]
fn a_referral_has_one_source_for_each_course() {
    let from =
        |date: &str, client: &str, source: &str| Visit { referred_from: Some(source.into()), ..visit(date, client) };
    let told = told(&[
        from("2026-05-01", "Client A", "self"),
        from("2026-05-08", "Client A", "clinician"),
        from("2026-05-08", "Client B", "clinician"),
        from("2026-05-08", "Client C", "clinician"),
        visit("2026-05-08", "Client D"),
    ]);
    let shares: Vec<_> = told.referred_from.iter().map(|share| (share.id.as_str(), share.clients)).collect();
    assert_eq!(shares, [("clinician", 2), ("self", 1)]);
}

#[test]
fn of_many_clients_the_first_are_named_and_the_rest_counted() {
    let of = |count: u32| -> Caseload {
        let visits: Vec<Visit> = (0..count).map(|n| visit("2026-05-03", &format!("Client {n:05}"))).collect();
        told(&visits)
    };
    assert!(of(9).to_discuss[0].text.contains("Client 00007 and Client 00008."));
    assert!(of(10).to_discuss[0].text.contains("Client 00007 and 2 more."));
    let many = of(10_000);
    assert_eq!((many.clients.len(), many.to_discuss[0].clients.len()), (10_000, 10_000));
}

/// Sessions of a few clients over some two years, of every sort.
fn visits() -> impl Strategy<Value = Vec<Visit>> {
    let client = prop::sample::select(vec!["Client A", "client a ", "Client B", "C", " ", "D"]);
    let outcome =
        prop::sample::select(vec![Outcome::Attended, Outcome::Attended, Outcome::DidNotAttend, Outcome::Cancelled]);
    let one =
        (0_u64..800, client, outcome, 0_u32..100, 1_u32..120).prop_map(|(back, client, outcome, dice, minutes)| {
            Visit {
                date: day("2026-07-15") - Days::new(back),
                client: (dice > 5).then(|| client.to_owned()),
                outcome,
                minutes,
                review: dice % 7 == 0,
                ended: (dice % 11 == 0).then(|| "reached".to_owned()),
                ..visit(TODAY, "")
            }
        });
    prop::collection::vec(one, 0..60)
}

proptest! {
    /// Every session that was attended is told once: with a client, in coaching that is finished, or as one of nobody.
    #[test]
    fn no_session_is_lost_or_told_twice(visits in visits()) {
        let told = told(&visits);
        let held = |visit: &&Visit| visit.date <= day(TODAY) && visit.outcome == Outcome::Attended;
        let named = visits.iter().filter(held).filter(|visit| visit.client.as_ref().is_some_and(|name| !folded(name).is_empty()));
        let open: u32 = told.clients.iter().map(|one| one.sessions).sum();
        let courses: Vec<Visit> = visits.iter().map(|visit| Visit { ended: None, ..visit.clone() }).collect();
        let all: u32 = super::caseload(&courses, &rules(), day(TODAY)).clients.iter().map(|one| one.sessions).sum();
        prop_assert_eq!(all as usize, named.count());
        prop_assert!(open <= all);
        for one in &told.clients {
            prop_assert!(one.first <= one.last && one.last <= day(TODAY) && one.sessions > 0);
            prop_assert!(one.since_review <= one.sessions);
            prop_assert_eq!(i64::from(one.days_since), (day(TODAY) - one.last).num_days());
        }
    }

    /// An answer for a day is the same whatever is dated later, and in whatever order the days are given.
    #[test]
    fn what_comes_later_changes_nothing(visits in visits()) {
        let until: Vec<Visit> = visits.iter().filter(|visit| visit.date <= day(TODAY)).cloned().collect();
        prop_assert_eq!(told(&visits), told(&until));
        let mut sorted = visits.clone();
        sorted.sort_by_key(|visit| visit.date);
        prop_assert_eq!(told(&visits), told(&sorted));
    }

    /// A missed appointment makes nobody's coaching longer.
    #[test]
    fn a_missed_appointment_counts_as_no_session(visits in visits()) {
        let sessions = |told: &Caseload| told.clients.iter().map(|one| (folded(&one.client), one.sessions, one.last)).collect::<Vec<_>>();
        let before = told(&visits);
        let mut more = visits.clone();
        more.push(missed(TODAY, "Client B"));
        let after = told(&more);
        prop_assert_eq!(sessions(&before), sessions(&after));
        prop_assert_eq!(before.did_not_attend + 1, after.did_not_attend);
    }
}
