use super::*;

use crate::breaks::Breaks;
use crate::coverage::Status;
use crate::framework::{TierCondition, TierConditionKind};
use crate::kind::Kinds;
use crate::signoff::{About, Agreement, Basis};
use crate::views::Session;
use uuid::Uuid;

fn session(date: &str, minutes: u32) -> Session {
    Session {
        date: date.parse().unwrap(),
        minutes,
        format: "one-to-one".into(),
        mode: "video".into(),
        nhs: true,
        supervised: false,
        attended: true,
    }
}

fn ledger(sessions: &[Session]) -> Ledger {
    let today = "2026-11-21".parse().unwrap();
    let framework = Framework::shipped();
    let mut ledger = Ledger::of(&[], &Kinds::shipped(), &framework, today);
    ledger.profile.trained = true;
    ledger.sessions = SessionSum::of(sessions);
    let begun = sessions.iter().map(|session| session.date).min();
    let held_today = sessions.iter().any(|session| session.date == today);
    let (pace, days) = crate::ledger::pace(&framework, begun, &Breaks::default(), (today, held_today));
    ledger.pace = SessionSum::of(sessions.iter().filter(|session| pace.contains(session.date)));
    ledger.pace_days = days;
    ledger
}

fn on_today(sessions: &[Session]) -> Hours {
    hours(&Framework::shipped(), &ledger(sessions), &[])
}

/// So many hours on one day, under supervision or not.
fn worked(hours: u32, supervised: bool) -> Session {
    Session { supervised, ..session("2025-01-02", hours * 60) }
}

fn agreed(tier: u8, independent: bool) -> Agreement {
    let by = By { independent, decides: true, counts: true, ..By::default() };
    Agreement {
        sign_off: Uuid::from_u128(u128::from(tier)),
        date: "2026-10-10".parse().unwrap(),
        about: About::Tier(tier),
        agreed: true,
        sufficient: false,
        by,
        basis: Basis::default(),
    }
}

fn with(sessions: &[Session], agreements: Vec<Agreement>) -> Hours {
    let ledger = Ledger { agreements, ..ledger(sessions) };
    hours(&Framework::shipped(), &ledger, &[])
}

/// The shipped framework, but that no tier asks for evidence.
fn without_evidence() -> Framework {
    let mut framework = Framework::shipped();
    let asked = |condition: &TierCondition| condition.about != TierConditionKind::Evidence;
    framework.tiers.iter_mut().for_each(|tier| tier.conditions.retain(asked));
    framework
}

/// What the open conditions of each tier are about.
fn open(hours: &Hours) -> Vec<(u8, TierConditionKind)> {
    let framework = Framework::shipped();
    let about = |tier: u8, text: &String| {
        let conditions = &framework.tiers.iter().find(|one| one.tier == tier).unwrap().conditions;
        conditions
            .iter()
            .find(|condition| text.starts_with(&condition.still_open()))
            .map(|condition| (tier, condition.about))
    };
    let all = hours.open.iter().flat_map(|of| of.conditions.iter().filter_map(move |text| about(of.tier, text)));
    all.collect()
}

#[test]
fn what_a_tier_asks_for_stays_open_at_every_higher_one() {
    use TierConditionKind::{Agreement, IndependentApproval, Supervised, Training};
    let untrained = |minutes: u32| {
        let mut ledger = ledger(&[session("2025-01-02", minutes)]);
        ledger.profile.trained = false;
        hours(&Framework::shipped(), &ledger, &[])
    };
    for (minutes, tier, reached) in [(49 * 60, 0, 0), (50 * 60, 1, 2), (200 * 60, 2, 3), (1_000 * 60, 4, 5)] {
        let sums = untrained(minutes);
        assert_eq!((sums.tier, sums.outstanding.len()), (tier, reached), "{minutes}");
        assert!(open(&sums).starts_with(&[(1, Training), (1, Supervised)]), "{minutes}");
    }
    let highest = untrained(1_000 * 60);
    let asked = [(1, Training), (1, Supervised), (2, IndependentApproval), (3, Agreement), (4, Agreement)];
    assert_eq!(open(&highest), asked);
    let early = untrained(60);
    assert_eq!(early.next.unwrap().open_conditions.len(), 2);
    let next = untrained(200 * 60).next.unwrap();
    assert_eq!((next.tier, next.open_conditions.len()), (3, 4), "those of tier 3 and of all below it");
}

#[test]
fn an_employers_framework_can_ask_of_each_tier_its_own_alone() {
    let mut framework = Framework::shipped();
    framework.decisions.tiers_accumulate.value = false;
    let mut ledger = ledger(&[worked(500, false)]);
    ledger.profile.trained = false;
    let sums = hours(&framework, &ledger, &[]);
    assert_eq!((sums.outstanding.len(), sums.open.len()), (1, 4));
    ledger.agreements = vec![agreed(3, false)];
    assert_eq!(hours(&framework, &ledger, &[]).agreed_tier, 3, "what tier 1 asks for keeps nobody back then");
}

#[test]
fn fifty_hours_under_supervision_are_asked_for_at_any_tier_and_are_enough() {
    let supervised = |hours: u32| open(&on_today(&[worked(hours, true), worked(600, false)]));
    assert!(supervised(49).contains(&(1, TierConditionKind::Supervised)));
    assert!(!supervised(50).contains(&(1, TierConditionKind::Supervised)));
}

#[test]
fn the_move_to_tier_two_takes_an_independent_approver() {
    let approval = (2, TierConditionKind::IndependentApproval);
    let sessions = [worked(200, true)];
    assert_eq!(open(&with(&sessions, vec![])), [approval, (3, TierConditionKind::Agreement)]);
    let own = with(&sessions, vec![agreed(2, false)]);
    assert_eq!((own.outstanding.len(), own.agreed_tier, own.agreements[0].supported), (1, 0, false));
    assert!(own.agreements[0].why_not[0].starts_with("The move from tier 1 has not been approved"));
    let outside = with(&sessions, vec![agreed(2, true)]);
    assert_eq!((outside.outstanding.len(), outside.tier, outside.agreed_tier), (0, 2, 2));
    assert!(outside.agreements[0].supported && outside.agreements[0].independent);
    let later = with(&sessions, vec![agreed(2, true), agreed(2, false)]);
    assert_eq!(later.agreed_tier, 2, "another agreement does not take the approval back");
}

#[test]
fn an_independent_agreement_to_tier_three_does_not_approve_the_move_from_one_to_two() {
    let sums = with(&[worked(500, true)], vec![agreed(3, true)]);
    assert_eq!(open(&sums)[0], (2, TierConditionKind::IndependentApproval));
    assert_eq!(sums.agreed_tier, 0);
    let both = with(&[worked(500, true)], vec![agreed(2, true), agreed(3, false)]);
    assert_eq!((both.agreed_tier, both.outstanding.len()), (3, 0), "anywhere is near enough for tier 3");
}

#[test]
fn a_later_not_yet_overtakes_an_agreement_and_an_agreement_after_it_holds() {
    let not_yet = Agreement { agreed: false, ..agreed(2, true) };
    let again = Agreement { sign_off: Uuid::from_u128(9), ..agreed(2, true) };
    let sessions = [worked(200, true)];
    let overtaken =
        with(&sessions, vec![agreed(2, true), Agreement { sign_off: Uuid::from_u128(8), ..not_yet.clone() }]);
    assert_eq!((overtaken.agreed_tier, overtaken.outstanding.len()), (0, 1));
    assert_eq!(overtaken.agreements[0].why_not, ["A later decision was “not yet”."]);
    assert_eq!(overtaken.agreements[1].why_not, ["The decision was “not yet”."]);
    assert_eq!(with(&sessions, vec![not_yet, again]).agreed_tier, 2);
}

#[test]
fn an_agreement_that_the_hours_do_not_support_is_told_as_just_that() {
    let early = with(&[worked(100, true)], vec![agreed(2, true)]);
    assert_eq!((early.agreed_tier, early.agreements.len()), (0, 1));
    assert_eq!(early.agreements[0].why_not, ["The 200 hours of tier 2 are not there yet."]);
    let then = |minutes| {
        let mut ledger = Ledger { agreements: vec![agreed(2, true)], ..ledger(&[worked(200, true)]) };
        let there = [Session { minutes, ..worked(0, true) }];
        let seen = Ledger { sessions: SessionSum::of(&there), agreements: ledger.agreements.clone(), ..ledger.clone() };
        ledger.seen.insert(ledger.agreements[0].sign_off, seen);
        hours(&without_evidence(), &ledger, &[]).agreements[0].why_not.clone()
    };
    assert_eq!(then(200 * 60), Vec::<String>::new());
    let told = then(190 * 60);
    assert_eq!(told[0], "On that day 190 h were logged, not 200 hours yet: it is time to ask again.");
    assert!(told[1].starts_with("The move from tier 1 has not been approved"), "{told:?}");
    assert_eq!(told.len(), 2);
}

#[test]
fn what_came_after_an_agreement_is_named_and_does_not_make_it_carry_its_tier() {
    let sessions = [worked(500, true)];
    let why = |seen: &dyn Fn(&mut Ledger)| {
        let mut ledger = Ledger { agreements: vec![agreed(2, true), agreed(3, false)], ..ledger(&sessions) };
        let mut then = ledger.clone();
        seen(&mut then);
        ledger.seen.insert(Uuid::from_u128(3), then);
        let hours = hours(&without_evidence(), &ledger, &[]);
        (hours.agreed_tier, hours.agreements[1].why_not.clone())
    };
    assert_eq!(why(&|_| ()), (3, vec![]));
    let before = |what: &str| (2, vec![format!("Agreed on 10 October 2026, before {what}: it is time to ask again.")]);
    assert_eq!(why(&|then| then.profile.trained = false), before("the training was shown"));
    let unsupervised = |then: &mut Ledger| then.sessions = SessionSum::of(&[worked(500, false)]);
    assert_eq!(why(&unsupervised), before("the 50 hours under supervision were there"));
    let unapproved = |then: &mut Ledger| drop(then.agreements.remove(0));
    assert_eq!(why(&unapproved), before("the move to tier 2 was approved from outside"));
    let neither = |then: &mut Ledger| {
        unsupervised(then);
        then.agreements.clear();
    };
    let both =
        "the 50 hours under supervision were there, the move to tier 2 was approved from outside and tier 3 was agreed";
    assert_eq!(why(&neither), before(both));
}

#[test]
fn of_the_evidence_as_well_what_came_after_an_agreement_is_named() {
    let framework = Framework::shipped();
    let mut ledger = Ledger { agreements: vec![agreed(2, true)], ..ledger(&[worked(200, true)]) };
    ledger.seen.insert(Uuid::from_u128(2), Ledger { agreements: vec![agreed(2, true)], ..ledger.clone() });
    let mut gaps = crate::gaps::gaps(&framework, &ledger, 2, &[]);
    gaps.competencies.iter_mut().for_each(|state| state.status = Status::Evidenced);
    let hours = hours(&framework, &ledger, &gaps.competencies);
    let before =
        "Agreed on 10 October 2026, before the portfolio showed work at the level of tier 2: it is time to ask again.";
    assert_eq!((hours.agreed_tier, &hours.agreements[0].why_not), (0, &vec![before.to_owned()]));
}

#[test]
fn whoever_is_not_from_outside_although_it_is_ticked_is_named() {
    let inside = Agreement {
        by: By { name: Some("wren Okafor".into()), inside: true, ..agreed(2, false).by },
        ..agreed(2, false)
    };
    let why = with(&[worked(200, true)], vec![inside.clone()]).agreements[0].why_not.clone();
    assert_eq!(
        why[0],
        "Wren Okafor works for the coach’s own employer, which is not from outside, whatever is ticked."
    );
    let beside = with(&[worked(200, true)], vec![inside.clone(), agreed(2, true)]).agreements[0].why_not.clone();
    assert_eq!(beside, Vec::<String>::new(), "somebody else approved it");
    let of_three = Agreement { about: About::Tier(3), ..inside };
    let why = with(&[worked(500, true)], vec![agreed(2, true), of_three]).agreements[1].why_not.clone();
    assert_eq!(why, Vec::<String>::new(), "tier 3 asks for nobody from outside");
}

#[test]
fn what_someone_else_says_of_a_tier_is_listed_and_settles_nothing() {
    let mut theirs = agreed(2, true);
    theirs.by = By { role: Some("line-manager".into()), decides: false, counts: false, ..theirs.by };
    let sums = with(&[worked(200, true)], vec![theirs.clone()]);
    assert_eq!((sums.agreed_tier, sums.outstanding.len()), (0, 1));
    assert_eq!(sums.agreements[0].why_not, ["Recorded, but a line manager does not decide about a tier."]);
    let unknown = Agreement { by: By { role: None, ..theirs.by.clone() }, ..theirs.clone() };
    let sums = with(&[worked(200, true)], vec![unknown]);
    assert_eq!((sums.agreed_tier, sums.outstanding.len()), (0, 1));
    assert!(sums.agreements[0].why_not[0].contains("once it is known who they are"), "{:?}", sums.agreements[0]);
    theirs.by.decides = true;
    let sums = with(&[worked(200, true)], vec![theirs]);
    assert!(sums.agreements[0].why_not[0].starts_with("Recorded, but it does not count"));
}

#[test]
fn an_unproven_supervisors_word_counts_and_leaves_a_condition_open() {
    let mut theirs = agreed(2, true);
    theirs.by = By { name: Some("wren Okafor".into()), open: vec![1, 4], ..theirs.by };
    let sums = with(&[worked(200, true)], vec![theirs]);
    assert_eq!(sums.agreed_tier, 2);
    assert_eq!(sums.outstanding.len(), 1);
    assert!(
        sums.outstanding[0].starts_with("Wren Okafor, on whose word this rests, is not recorded"),
        "{:?}",
        sums.outstanding
    );
    assert!(sums.outstanding[0].ends_with("meeting standards 1 (tier 3 or above) and 4 for supervisors."));
}

#[test]
fn tier_three_takes_a_supervisors_agreement_from_anywhere() {
    let agreement = (3, TierConditionKind::Agreement);
    let sessions = [worked(500, true)];
    assert!(open(&with(&sessions, vec![agreed(2, true)])).contains(&agreement));
    assert!(!open(&with(&sessions, vec![agreed(2, true), agreed(3, false)])).contains(&agreement));
}

#[test]
fn evidence_of_the_level_is_everything_that_was_expected_before() {
    let framework = Framework::shipped();
    let ledger = ledger(&[worked(200, true)]);
    let mut gaps = crate::gaps::gaps(&framework, &ledger, 2, &[]);
    assert_eq!(hours(&framework, &ledger, &gaps.competencies).outstanding.len(), 2);
    for state in gaps.competencies.iter_mut().filter(|state| state.area < 4) {
        state.status = Status::Evidenced;
    }
    assert_eq!(hours(&framework, &ledger, &gaps.competencies).outstanding.len(), 1, "area 4 comes with tier 2");
    gaps.competencies[0].status = Status::Partial;
    assert_eq!(hours(&framework, &ledger, &gaps.competencies).outstanding.len(), 2);
}

#[test]
fn hours_by_mode_and_by_format_add_up_to_the_whole() {
    let group = Session { format: "group".into(), mode: "face-to-face".into(), ..session("2026-11-03", 90) };
    let sums = on_today(&[session("2026-11-02", 50), group]);
    assert_eq!((sums.by_mode.values().sum::<u32>(), sums.by_format.values().sum::<u32>()), (140, 140));
}

#[test]
fn only_attended_nhs_minutes_count_towards_a_tier() {
    let missed = Session { attended: false, ..session("2026-11-01", 600) };
    let private = Session { nhs: false, ..session("2026-11-01", 45) };
    let sums = on_today(&[session("2026-11-02", 50), missed, private]);
    assert_eq!((sums.nhs_minutes, sums.other_minutes, sums.tier), (50, 45, 0));
}

#[test]
fn fifty_hours_to_the_minute_is_tier_one() {
    assert_eq!(on_today(&[session("2025-01-02", 49 * 60 + 59)]).tier, 0);
    assert_eq!(on_today(&[session("2025-01-02", 50 * 60)]).tier, 1);
}

#[test]
fn hours_do_not_promote_by_themselves() {
    let sums = on_today(&[session("2025-01-02", 200 * 60)]);
    assert_eq!(sums.tier, 2);
    assert!(!sums.outstanding.is_empty());
}

#[test]
fn the_forecast_keeps_the_pace_of_the_last_ninety_days() {
    let sums = on_today(&[session("2026-01-01", 0), session("2026-11-01", 1_500)]);
    let next = sums.next.unwrap();
    assert_eq!((next.minutes_left, next.forecast), (1_500, Some("2027-02-19".parse().unwrap())));
    assert_eq!(on_today(&[session("2026-08-23", 60)]).next.unwrap().forecast, None);
}

#[test]
fn the_pace_is_over_the_days_since_the_start_where_these_are_fewer() {
    let next = on_today(&[session("2026-11-07", 350), session("2026-11-20", 350)]).next.unwrap();
    assert_eq!((next.pace_days, next.pace_minutes, next.minutes_left), (14, 700, 2_300));
    assert_eq!(next.forecast, Some("2027-01-06".parse().unwrap()), "46 days at 50 minutes a day");
    assert_eq!(on_today(&[session("2026-11-21", 60)]).next.unwrap().pace_days, 1, "the first day");
    assert_eq!(on_today(&[session("2026-08-23", 60)]).next.unwrap().pace_days, 90);
    assert_eq!(on_today(&[session("2026-08-24", 60)]).next.unwrap().pace_days, 89);
}

#[test]
fn there_is_nothing_after_tier_four() {
    assert_eq!(on_today(&[session("2025-01-02", 1_000 * 60)]).next, None);
}

#[test]
fn a_forecast_is_told_up_to_twenty_years_ahead() {
    let forecast = |minutes| {
        let sessions = [session("2025-01-02", 60), session("2026-09-01", minutes)];
        on_today(&sessions).next.unwrap().forecast
    };
    let years = forecast(120).unwrap();
    assert!(years > "2031-01-01".parse().unwrap() && years < "2034-01-01".parse().unwrap(), "{years}");
    assert_eq!(forecast(10), None, "a hundred years off");
}
