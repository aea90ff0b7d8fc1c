use std::sync::LazyLock;

use super::*;

use chrono::Days;

use crate::breaks::Break;
use crate::framework::Framework;
use crate::kind::Kinds;
use crate::views::Profile;

/// Reading it takes longer than all that is asked of it here.
static FRAMEWORK: LazyLock<Framework> = LazyLock::new(Framework::shipped);

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn on(date: NaiveDate, minutes: u32) -> Supervision {
    Supervision {
        id: Uuid::nil(),
        date,
        supervision: SupervisionType::HealthCoaching,
        individual: true,
        minutes,
        supervisor: None,
    }
}

fn held(dates: &[&str]) -> Vec<Supervision> {
    dates.iter().map(|date| on(day(date), 60)).collect()
}

fn since(started: &str, fte: f64) -> Profile {
    Profile { started: Some(day(started)), fte, ..Profile::of(None) }
}

fn coach(fte: f64) -> Profile {
    since("2026-01-01", fte)
}

fn away(profile: Profile, from: &str, to: Option<&str>) -> Profile {
    let breaks = [profile.breaks.clone(), vec![Break { from: day(from), to: to.map(day) }]].concat();
    Profile { breaks, ..profile }
}

/// The ledger of a coach with these supervisions.
pub(super) fn ledger(supervisions: &[Supervision], profile: &Profile, today: NaiveDate) -> Ledger {
    let mut ledger = Ledger::of(&[], &Kinds::default(), &FRAMEWORK, today);
    ledger.supervisions = supervisions.to_vec();
    ledger.begun = profile.started;
    ledger.profile = profile.clone();
    ledger
}

pub(super) fn of_kind(kind: SupervisionType, ledger: &Ledger) -> Rhythm {
    let of = FRAMEWORK.rhythms.iter().find(|rhythm| rhythm.supervision == kind).unwrap();
    rhythm(of, &FRAMEWORK.decisions, Log::of(ledger))
}

fn of_coach(supervisions: &[Supervision], profile: &Profile, today: &str) -> Rhythm {
    of_kind(SupervisionType::HealthCoaching, &ledger(supervisions, profile, day(today)))
}

fn coaching(supervisions: &[Supervision], fte: f64, today: &str) -> Rhythm {
    of_coach(supervisions, &coach(fte), today)
}

fn days(dates: &[NaiveDate]) -> Vec<String> {
    dates.iter().map(ToString::to_string).collect()
}

#[test]
fn full_time_is_due_every_month() {
    let now = coaching(&held(&["2026-01-20", "2026-02-10", "2026-03-03"]), 0.8, "2026-04-13");
    assert_eq!((now.last, now.due, now.overdue_days), (Some(day("2026-03-03")), day("2026-04-03"), 10));
    assert_eq!((now.every_days, now.every_months), (30, 1));
    assert!(now.kept(), "it is not missed yet");
    let in_time = coaching(&held(&["2026-03-03"]), 0.8, "2026-04-03");
    assert_eq!((in_time.due, in_time.overdue_days), (day("2026-04-03"), 0));
}

#[test]
fn a_session_is_missed_when_it_was_due_more_than_the_days_of_grace_ago() {
    let first = held(&["2026-01-20"]);
    assert_eq!(coaching(&first, 1.0, "2026-03-06").missed, 0, "14 days after it was due");
    assert_eq!(coaching(&first, 1.0, "2026-03-07").missed, 1);
    let late = |next: &str| coaching(&held(&["2026-01-20", next]), 1.0, "2026-03-20").missed;
    assert_eq!((late("2026-03-06"), late("2026-03-07")), (0, 1));
    assert_eq!(coaching(&held(&["2026-01-31", "2026-03-01"]), 1.0, "2026-03-10").missed, 0);
    assert_eq!(coaching(&held(&["2026-01-01", "2026-02-28"]), 1.0, "2026-03-10").missed, 1);
}

#[test]
fn each_period_without_a_session_is_missed_and_they_are_told_together() {
    let now = coaching(&held(&["2026-01-31", "2026-05-20"]), 1.0, "2026-07-10");
    assert_eq!(days(&now.missed_on), ["2026-02-28", "2026-03-31", "2026-04-30", "2026-06-20"]);
    let told = |now: &Rhythm| now.without.iter().map(|one| one.says.clone()).collect::<Vec<_>>();
    let both = ["three missed between 31 January 2026 and 20 May 2026", "one missed since 20 May 2026"];
    assert_eq!(told(&now), both);
    let [first, second] = &now.without[..] else { panic!("two stretches") };
    assert_eq!((first.from, first.met, first.until), (day("2026-01-31"), true, Some(day("2026-05-20"))));
    assert_eq!((first.missed, first.due), (3, day("2026-04-30")));
    assert_eq!((second.until, second.missed, second.due), (None, 1, day("2026-06-20")));
    let nobody = coaching(&[], 1.0, "2026-03-20");
    assert_eq!(told(&nobody), ["two missed since the beginning on 1 January 2026"]);
    let late = coaching(&held(&["2026-03-10"]), 1.0, "2026-03-20");
    assert_eq!(told(&late), ["one missed from the beginning on 1 January 2026 until 10 March 2026"]);
}

#[test]
fn part_time_is_due_every_two_months() {
    let supervisions = held(&["2026-01-20", "2026-03-12"]);
    assert_eq!(coaching(&supervisions, 1.0, "2026-04-13").missed, 1);
    let part = coaching(&supervisions, 0.6, "2026-04-13");
    assert_eq!((part.missed, part.due, part.every_months), (0, day("2026-05-12"), 2));
}

#[test]
fn a_group_does_not_keep_the_rhythm() {
    let mut supervisions = held(&["2026-01-20", "2026-02-10"]);
    supervisions[1].individual = false;
    let now = coaching(&supervisions, 1.0, "2026-03-07");
    assert_eq!((now.missed, now.minutes_in_period, now.group_minutes_in_period), (1, 60, 60));
    let line = SupervisionType::LineManagement;
    assert_eq!(of_kind(line, &ledger(&supervisions, &coach(1.0), day("2026-03-07"))).group_minutes_in_period, 0);
}

#[test]
fn one_entry_is_no_rhythm_and_two_months_are() {
    let first = coaching(&held(&["2026-01-20", "2026-01-25"]), 1.0, "2026-01-25");
    assert!(!first.kept());
    assert_eq!(first.why_not().unwrap(), "begun, and one month with a session is not a rhythm yet");
    let both = coaching(&held(&["2026-01-20", "2026-02-03"]), 1.0, "2026-02-20");
    assert!(both.shown() && both.why_not().is_none());
    let unknown = Profile { started: None, ..coach(1.0) };
    assert!(!of_coach(&held(&["2026-01-20"]), &unknown, "2026-01-25").kept());
}

#[test]
fn the_running_period_is_open_until_there_is_a_session_in_it() {
    let supervisions = held(&["2026-01-20", "2026-02-10"]);
    assert!(!coaching(&supervisions, 1.0, "2026-02-28").open);
    assert!(coaching(&supervisions, 1.0, "2026-03-01").open, "told before it falls due");
    assert!(!coaching(&supervisions, 0.5, "2026-03-01").open);
    assert!(coaching(&[], 1.0, "2026-01-05").open);
}

#[test]
fn going_full_time_in_the_middle_of_a_period_brings_the_next_session_forward() {
    let supervisions = held(&["2026-01-10"]);
    let full_from = |from: &str| Profile { fte_changes: vec![(day(from), 1.0)], ..coach(0.5) };
    let due = |profile: &Profile, today| of_coach(&supervisions, profile, today).due;
    assert_eq!(due(&coach(0.5), "2026-02-20"), day("2026-03-10"));
    assert_eq!(due(&full_from("2026-02-01"), "2026-02-20"), day("2026-03-01"));
    assert_eq!(due(&full_from("2026-02-01"), "2026-01-31"), day("2026-03-10"), "on its day, not before");
    assert_eq!(due(&full_from("2026-03-01"), "2026-03-05"), day("2026-03-10"), "never later than it was");
    let part_from = |from: &str| Profile { fte_changes: vec![(day(from), 0.5)], ..coach(1.0) };
    assert_eq!(due(&part_from("2026-02-01"), "2026-02-20"), day("2026-03-10"));
    assert_eq!(due(&part_from("2026-02-10"), "2026-02-20"), day("2026-02-10"), "it was due already");
    let missed = |profile: &Profile| days(&of_coach(&supervisions, profile, "2026-05-01").missed_on);
    assert_eq!(missed(&full_from("2026-02-01")), ["2026-03-01", "2026-04-01"]);
    assert_eq!(missed(&full_from("2026-03-05")), ["2026-03-10", "2026-04-10"]);
    let there_and_back =
        Profile { fte_changes: vec![(day("2026-01-20"), 0.5), (day("2026-02-01"), 1.0)], ..coach(1.0) };
    assert_eq!(due(&there_and_back, "2026-02-20"), day("2026-03-01"));
}

#[test]
fn month_ends_and_leap_days_stay_in_their_month() {
    let due = |last: &str| of_coach(&held(&[last]), &Profile { started: None, ..coach(1.0) }, last).due;
    assert_eq!(due("2028-01-31"), day("2028-02-29"));
    assert_eq!(due("2027-01-31"), day("2027-02-28"));
    assert_eq!(due("2028-02-29"), day("2028-03-29"));
}

#[test]
fn the_first_day_of_the_review_period_counts_and_the_day_before_does_not() {
    let minutes = |date: &str| of_coach(&held(&[date]), &since("2024-01-01", 1.0), "2026-04-13").minutes_in_period;
    assert_eq!((minutes("2025-04-13"), minutes("2025-04-12"), minutes("2026-04-14")), (60, 0, 0));
    let last = |date: &str| of_coach(&held(&[date]), &since("2024-01-01", 1.0), "2026-04-13").last;
    assert_eq!((last("2026-04-13"), last("2026-04-14")), (Some(day("2026-04-13")), None));
}

#[test]
fn whoever_had_no_supervision_for_years_missed_those_of_the_review_period() {
    let none = |months| of_coach(&[], &Profile { review_months: months, ..since("2020-03-20", 1.0) }, "2026-06-15");
    assert_eq!((none(12).missed, none(6).missed), (12, 6));
    assert_eq!((none(12).due, none(12).overdue_days), (day("2020-04-20"), 2_247));
    // A gap that reaches into the period is told of what was missed in it.
    let gap = |last: &str| {
        let now = of_coach(&held(&[last, "2025-08-10"]), &since("2020-03-20", 1.0), "2026-06-15");
        now.without.iter().filter(|one| one.until == Some(day("2025-08-10"))).map(|one| one.missed).sum::<u32>()
    };
    assert_eq!(["2024-04-15", "2025-05-01", "2025-06-26", "2025-06-27"].map(gap), [2, 2, 1, 0]);
}

#[test]
fn no_supervision_at_all_is_no_rhythm() {
    let now = coaching(&[], 1.0, "2026-01-15");
    assert!(!now.kept() && now.why_not().is_none());
    assert_eq!((now.due, now.missed, now.enough), (day("2026-02-01"), 0, false));
    let begun = coaching(&held(&["2026-01-10"]), 1.0, "2026-03-20");
    assert_eq!(begun.why_not().unwrap(), "begun, but 1 session that was due is not in the log");
    let longer = coaching(&held(&["2026-01-10"]), 1.0, "2026-04-20");
    assert_eq!(longer.why_not().unwrap(), "begun, but 2 sessions that were due are not in the log");
}

#[test]
fn supervision_from_before_the_start_of_the_role_is_of_another_post() {
    let now = coaching(&held(&["2025-11-20", "2025-12-20"]), 1.0, "2026-02-01");
    assert_eq!((now.last, now.due, now.overdue_days), (Some(day("2025-12-20")), day("2026-02-01"), 0));
    assert_eq!((now.minutes_in_period, now.months_held, now.since), (0, 0, day("2026-01-01")));
    let to_come = of_coach(&[], &since("2026-03-01", 1.0), "2026-02-01");
    assert_eq!((to_come.due, to_come.missed, to_come.since), (day("2026-04-01"), 0, day("2026-02-01")));
    assert_eq!(to_come.note, None);
}

#[test]
fn an_average_is_over_the_months_since_the_start_when_these_are_fewer() {
    let month =
        |supervisions: &[Supervision], profile: &Profile, today| of_coach(supervisions, profile, today).minutes_a_month;
    let two = held(&["2026-05-10", "2026-06-10"]);
    assert_eq!(month(&two, &since("2026-04-15", 1.0), "2026-06-15"), 60);
    assert_eq!(month(&two, &since("2024-04-15", 1.0), "2026-06-15"), 10);
    assert_eq!(month(&two[1..], &since("2026-06-08", 1.0), "2026-06-15"), 60, "over one month at least");
    let months_off = away(since("2024-04-15", 1.0), "2025-07-01", Some("2026-04-30"));
    assert_eq!(of_coach(&two, &months_off, "2026-06-15").since, day("2024-08-15"), "the breaks are made up for");
    let begun = away(since("2025-06-15", 1.0), "2025-07-01", Some("2026-04-30"));
    assert_eq!(month(&two, &begun, "2026-06-15"), 60);
}

#[test]
fn sessions_shorter_than_the_recommended_hour_a_month_do_not_show_the_rhythm() {
    let monthly = |minutes, fte| {
        let every = (1..=14).map(|n| day("2025-04-10").checked_add_months(Months::new(n)).unwrap());
        let supervisions: Vec<Supervision> = every.map(|date| on(date, minutes)).collect();
        of_coach(&supervisions, &since("2025-04-01", fte), "2026-06-15")
    };
    let short = monthly(10, 1.0);
    assert!(short.kept() && !short.enough && !short.shown());
    assert_eq!(
        short.why_not().unwrap(),
        "kept, but with less than the recommended hour a month: 10 minutes on average"
    );
    assert_eq!((short.minutes_recommended, monthly(60, 0.5).minutes_recommended), (Some(60), Some(30)));
    let shown = [(59, 1.0), (60, 1.0), (29, 0.5), (30, 0.5)].map(|(minutes, fte)| monthly(minutes, fte).shown());
    assert_eq!(shown, [false, true, false, true]);
    assert!(monthly(20, 0.5).why_not().unwrap().contains("recommended half hour a month: 20 minutes"));
    let other = of_kind(SupervisionType::Clinical, &ledger(&[], &coach(1.0), day("2026-02-01")));
    assert_eq!((other.minutes_recommended, other.enough), (None, true));
}

#[test]
fn an_hour_each_time_is_enough_although_they_are_a_few_days_more_than_a_month_apart() {
    let every = |days: u64, minutes| {
        let held = (1..).map(|n| day("2025-01-01") + Days::new(n * days)).take_while(|date| *date <= day("2026-06-15"));
        of_coach(&held.map(|date| on(date, minutes)).collect::<Vec<_>>(), &since("2025-01-01", 1.0), "2026-06-15")
    };
    assert_eq!((every(36, 60).missed, every(36, 60).minutes_a_month, every(36, 60).shown()), (0, 50, true));
    assert!(!every(36, 59).shown());
    assert!(every(14, 30).shown(), "half an hour every fortnight is more than an hour a month");
    // Whoever changed from half time to full time in the middle is asked for something in between.
    let changed = Profile { fte_changes: vec![(day("2025-12-15"), 1.0)], ..since("2025-01-01", 0.5) };
    assert_eq!(of_coach(&[], &changed, "2026-06-15").minutes_recommended, Some(45));
}

#[test]
fn in_a_break_nothing_is_due_and_the_period_is_longer_by_it() {
    let first = held(&["2026-01-20"]);
    let planned = away(coach(1.0), "2026-02-10", Some("2026-03-11"));
    let before = of_coach(&first, &planned, "2026-02-01");
    assert_eq!((before.due, before.away), (day("2026-03-22"), false));
    let within = of_coach(&first, &planned, "2026-03-11");
    assert_eq!((within.due, within.away, within.open, within.overdue_days), (day("2026-03-22"), true, false, 0));
    assert_eq!(of_coach(&first, &planned, "2026-04-05").missed, 0);
    assert_eq!(of_coach(&first, &planned, "2026-04-06").missed, 1);
    let going_on = away(coach(1.0), "2026-02-10", None);
    for (today, due) in [("2026-02-10", "2026-02-21"), ("2026-09-30", "2026-10-11")] {
        let now = of_coach(&first, &going_on, today);
        assert_eq!((now.due, now.missed, now.away), (day(due), 0, true), "{today}");
    }
}

#[test]
fn days_of_grace_and_days_overdue_stand_still_in_a_break() {
    let first = held(&["2026-01-20"]);
    let sick = away(coach(1.0), "2026-02-25", Some("2026-03-26"));
    let now = |today| of_coach(&first, &sick, today);
    assert_eq!((now("2026-02-24").due, now("2026-02-24").overdue_days), (day("2026-02-20"), 4));
    assert_eq!((now("2026-03-20").overdue_days, now("2026-03-20").missed), (4, 0));
    assert_eq!((now("2026-04-05").overdue_days, now("2026-04-05").missed), (14, 0));
    assert_eq!((now("2026-04-06").overdue_days, now("2026-04-06").missed), (15, 1));
}

#[test]
fn clinical_supervision_is_due_pro_rata_below_full_time() {
    let due = |fte| of_kind(SupervisionType::Clinical, &ledger(&[], &coach(fte), day("2026-02-01"))).due.to_string();
    assert_eq!([1.0, 0.8, 0.6, 0.5].map(due), ["2026-04-01", "2026-04-01", "2026-06-01", "2026-07-01"]);
}

#[test]
fn what_was_agreed_and_what_helps_in_the_first_months_is_told() {
    let mut ledger = ledger(&held(&["2026-01-20"]), &coach(1.0), day("2026-06-30"));
    ledger.agreed.insert(SupervisionType::HealthCoaching, day("2026-02-14"));
    let now = of_kind(SupervisionType::HealthCoaching, &ledger);
    assert_eq!(now.agreed, Some(day("2026-02-14")));
    assert!(now.note.unwrap().contains("first six months"));
    assert_eq!(of_kind(SupervisionType::Clinical, &ledger).agreed, None);
    ledger.today = day("2026-07-01");
    assert_eq!(of_kind(SupervisionType::HealthCoaching, &ledger).note, None);
}
