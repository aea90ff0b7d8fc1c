//! When a need is met, each rule as a sentence.

use proptest::prelude::*;

use super::*;
use crate::evidence::Evidence;
use crate::framework::SupervisionType;

fn asks(kind: EvidenceKind) -> Need {
    Need { kind: Some(kind), ..Need::default() }
}

fn piece(record: u128, date: &str, kind: EvidenceKind, remark: Remark) -> Evidence {
    let (record, date) = (Uuid::from_u128(record), date.parse().unwrap());
    Evidence { record, date, competency: "9.1".into(), kind, remark }
}

fn judged(need: &Need, evidence: &[Evidence], judging: &Judging<'_>) -> NeedState {
    let tallies = Tally::of(evidence, "2026-06-12".parse().unwrap());
    by_evidence(need, &tallies.iter().collect::<Vec<_>>(), judging).0
}

static NOBODY: BTreeSet<Uuid> = BTreeSet::new();

fn whys(state: &NeedState) -> Vec<(Why, usize)> {
    state.uncounted.iter().map(|uncounted| (uncounted.why, uncounted.records.len())).collect()
}

fn strictly(accepting: &BTreeSet<Uuid>) -> Judging<'_> {
    Judging { group: false, asks_hours: false, reasons: true, accepting, others: &NOBODY }
}

#[test]
fn a_portfolio_entry_counts_with_a_reason_unless_none_is_asked_for() {
    let bare = [piece(1, "2026-06-01", EvidenceKind::Portfolio, Remark::NoReason)];
    let need = asks(EvidenceKind::Portfolio);
    let state = judged(&need, &bare, &strictly(&NOBODY));
    assert_eq!((state.met, whys(&state), state.has_begun()), (false, vec![(Why::NoReason, 1)], false));
    assert_eq!(state.waiting, [Uuid::from_u128(1)]);
    assert!(judged(&need, &bare, &Judging { reasons: false, ..strictly(&NOBODY) }).met);
    let journal = [piece(1, "2026-06-01", EvidenceKind::ReflectiveJournal, Remark::Plain)];
    assert!(judged(&asks(EvidenceKind::ReflectiveJournal), &journal, &strictly(&NOBODY)).met);
}

#[test]
fn one_of_the_hours_is_no_piece_beside_them() {
    let session = [piece(1, "2026-06-01", EvidenceKind::Portfolio, Remark::AmongHours)];
    let need = asks(EvidenceKind::Portfolio);
    let beside = judged(&need, &session, &Judging { asks_hours: true, ..strictly(&NOBODY) });
    assert_eq!((beside.met, whys(&beside)), (false, vec![(Why::AmongHours, 1)]));
    assert!(judged(&need, &session, &strictly(&NOBODY)).met, "where no hours are asked for");
}

#[test]
fn group_work_is_seen_in_groups() {
    let seen = |remark| [piece(1, "2026-06-01", EvidenceKind::ObservedPractice, remark)];
    let need = asks(EvidenceKind::ObservedPractice);
    let group = Judging { group: true, ..strictly(&NOBODY) };
    for (remark, why) in
        [(Remark::Group, None), (Remark::OneToOne, Some(Why::OneToOne)), (Remark::Plain, Some(Why::SettingUnsaid))]
    {
        let state = judged(&need, &seen(remark.clone()), &group);
        assert_eq!((state.met, state.group), (why.is_none(), true));
        assert_eq!(whys(&state), why.map(|why| (why, 1)).into_iter().collect::<Vec<_>>());
        let elsewhere = judged(&need, &seen(remark), &strictly(&NOBODY));
        assert_eq!((elsewhere.met, elsewhere.group), (true, false));
    }
    let feedback = [piece(1, "2026-06-01", EvidenceKind::ClientFeedback, Remark::Plain)];
    let state = judged(&asks(EvidenceKind::ClientFeedback), &feedback, &group);
    assert_eq!((state.met, state.group), (true, false), "feedback need not say it");
}

#[test]
fn a_certificate_is_of_the_course_that_is_asked_for() {
    let of = |remark| [piece(1, "2026-06-01", EvidenceKind::Certificate, remark)];
    let course = |name: &str| Remark::Accredited(name.into());
    let need = Need { course: Some("universal-model".into()), ..asks(EvidenceKind::Certificate) };
    assert!(judged(&need, &of(course("universal-model")), &strictly(&NOBODY)).met);
    for other in [course("health-coaching"), Remark::Plain] {
        assert_eq!(whys(&judged(&need, &of(other), &strictly(&NOBODY))), [(Why::OtherCourse, 1)]);
    }
    assert!(judged(&asks(EvidenceKind::Certificate), &of(Remark::Plain), &strictly(&NOBODY)).met, "any will do");
}

#[test]
fn earlier_learning_stands_for_practice_once_it_is_accepted_and_opens_no_door_before() {
    let supervisor = BTreeSet::from([Uuid::from_u128(7)]);
    let note = |by| piece(1, "2026-05-01", EvidenceKind::TrainingPractice, Remark::AcceptedBy(Uuid::from_u128(by)));
    let need = asks(EvidenceKind::TrainingPractice);
    assert!(judged(&need, &[note(7)], &strictly(&supervisor)).met);
    assert_eq!(whys(&judged(&need, &[note(8)], &strictly(&supervisor))), [(Why::NotAccepted, 1)]);
    let seen = piece(2, "2026-06-01", EvidenceKind::ObservedPractice, Remark::OneToOne);
    let after = Need { after: Some(EvidenceKind::TrainingPractice), ..asks(EvidenceKind::ObservedPractice) };
    assert!(judged(&after, &[note(7), seen.clone()], &strictly(&supervisor)).met);
    let early = judged(&after, &[note(8), seen], &strictly(&supervisor));
    assert_eq!((early.met, whys(&early), early.has_begun()), (false, vec![(Why::TooEarly, 1)], true));
}

#[test]
fn supervision_by_someone_in_another_role_counts_with_a_mark() {
    let others = BTreeSet::from([Uuid::from_u128(8)]);
    let held = |n, by| piece(n, "2026-05-01", EvidenceKind::CoachingSupervision, Remark::GivenBy(Uuid::from_u128(by)));
    let need = asks(EvidenceKind::CoachingSupervision);
    let told = |evidence: &[Evidence]| {
        let state = judged(&need, evidence, &Judging { others: &others, ..strictly(&NOBODY) });
        (state.met, state.records.len(), state.mark)
    };
    let by_another =
        |records: &str| Some(format!("{records} by someone who is not recorded as a health coaching supervisor"));
    assert_eq!(told(&[held(1, 7)]), (true, 1, None));
    assert_eq!(told(&[held(1, 7), held(2, 8)]), (true, 2, by_another("1 record")));
    assert_eq!(told(&[held(1, 8), held(2, 8)]), (true, 2, by_another("2 records")));
}

#[test]
fn an_observation_that_says_something_else_than_its_session_is_none_of_a_group() {
    let group = Judging { group: true, ..strictly(&NOBODY) };
    let need = asks(EvidenceKind::ObservedPractice);
    for (remark, why) in [(Remark::SaysGroup, Why::SaysGroup), (Remark::SaysOneToOne, Why::SaysOneToOne)] {
        let seen = [piece(1, "2026-05-01", EvidenceKind::ObservedPractice, remark)];
        let state = judged(&need, &seen, &group);
        assert_eq!((state.met, whys(&state)), (false, vec![(why, 1)]));
        assert!(judged(&need, &seen, &strictly(&NOBODY)).met, "where no group is asked for");
    }
}

#[test]
fn what_counts_is_not_told_as_uncounted_as_well_and_each_is_told_once() {
    let need = Need {
        any_of: vec![EvidenceKind::Portfolio, EvidenceKind::Certificate],
        course: Some("x".into()),
        ..Need::default()
    };
    let both = [
        piece(1, "2026-06-01", EvidenceKind::Portfolio, Remark::NoReason),
        piece(1, "2026-06-01", EvidenceKind::Certificate, Remark::Accredited("x".into())),
        piece(2, "2026-06-02", EvidenceKind::Portfolio, Remark::NoReason),
        piece(2, "2026-06-02", EvidenceKind::Certificate, Remark::Plain),
    ];
    let state = judged(&need, &both, &strictly(&NOBODY));
    assert_eq!((&state.records, &state.waiting), (&vec![Uuid::from_u128(1)], &vec![Uuid::from_u128(2)]));
    assert_eq!(state.uncounted.len(), 1);
}

#[test]
fn hours_are_progress_and_sessions_outside_them_are_told() {
    let need = Need { first_months: Some(12), hours: Some(2), ..asks(EvidenceKind::PracticeHours) };
    let put = [piece(1, "2026-06-01", EvidenceKind::PracticeHours, Remark::Plain)];
    let tallies = Tally::of(&put, "2026-06-12".parse().unwrap());
    let there: Vec<&Tally> = tallies.iter().collect();
    let state = |minutes: &[(bool, bool, u64)]| {
        let sum = |(nhs, supervised, minutes): &(bool, bool, u64)| SessionSum {
            nhs: *nhs,
            supervised: *supervised,
            mode: "video".into(),
            format: "group".into(),
            minutes: *minutes,
            sessions: 1,
        };
        by_first_hours(&need, &there, Some(&minutes.iter().map(sum).collect()), &strictly(&NOBODY))
    };
    let (none, last) = state(&[(true, false, 500), (false, true, 500)]);
    assert_eq!(
        (none.met, none.minutes, whys(&none), none.has_begun(), last),
        (false, Some(0), vec![(Why::NotInHours, 1)], false, None)
    );
    let (some, _) = state(&[(true, true, 119)]);
    assert_eq!((some.met, some.minutes, some.records.len(), some.has_begun()), (false, Some(119), 1, true));
    assert!(state(&[(true, true, 60), (true, true, 60)]).0.met);
    let any = Need { hours: None, ..need.clone() };
    let sums = vec![SessionSum {
        nhs: true,
        supervised: true,
        mode: "video".into(),
        format: "group".into(),
        minutes: 1,
        sessions: 1,
    }];
    assert!(by_first_hours(&any, &[], Some(&sums), &strictly(&NOBODY)).0.met);
    assert!(!by_first_hours(&any, &[], None, &strictly(&NOBODY)).0.met);
}

fn state_of(need: &Need, records: &[u128]) -> NeedState {
    let records: Vec<Uuid> = records.iter().copied().map(Uuid::from_u128).collect();
    NeedState { met: !records.is_empty(), records, ..NeedState::of(need) }
}

#[test]
fn one_record_closes_one_need() {
    let journal = || asks(EvidenceKind::ReflectiveJournal);
    let mut needs = [state_of(&journal(), &[1]), state_of(&asks(EvidenceKind::Portfolio), &[1])];
    one_need_each(&mut needs);
    assert_eq!((needs[0].met, needs[1].met, whys(&needs[1])), (true, false, vec![(Why::UsedElsewhere, 1)]));
    assert!(needs[1].records.is_empty() && needs[1].has_begun());
    // The first makes way where it can be closed by another.
    let mut needs = [state_of(&journal(), &[1, 2]), state_of(&asks(EvidenceKind::Portfolio), &[1])];
    one_need_each(&mut needs);
    assert!(needs.iter().all(|need| need.met && need.uncounted.is_empty()));
    // The log and the rhythm need no record of their own, nor does what has more than are listed.
    let hours = Need { first_months: Some(12), ..asks(EvidenceKind::PracticeHours) };
    let rhythm = Need { rhythm: Some(SupervisionType::HealthCoaching), ..asks(EvidenceKind::CoachingSupervision) };
    let many = NeedState { more: 3, ..state_of(&journal(), &[1]) };
    let mut needs =
        [state_of(&hours, &[1]), state_of(&rhythm, &[1]), many, state_of(&asks(EvidenceKind::Portfolio), &[1])];
    one_need_each(&mut needs);
    assert!(needs.iter().all(|need| need.met));
}

proptest! {
    /// As many needs are closed as there are records for, and a further record opens none that was closed.
    #[test]
    fn a_further_record_never_opens_a_need(
        drawn in prop::collection::vec(prop::collection::btree_set(1..5_u128, 0..4), 1..5),
        fits in prop::collection::vec(any::<bool>(), 5),
    ) {
        let closed = |more: bool| {
            let need = |(place, records): (usize, &BTreeSet<u128>)| {
                let mut records: Vec<u128> = records.iter().copied().collect();
                if more && fits[place] {
                    records.push(9);
                }
                state_of(&asks(EvidenceKind::Portfolio), &records)
            };
            let mut needs: Vec<NeedState> = drawn.iter().enumerate().map(need).collect();
            one_need_each(&mut needs);
            needs.iter().map(|need| need.met).collect::<Vec<_>>()
        };
        let (fewer, more) = (closed(false), closed(true));
        prop_assert!(fewer.iter().zip(&more).all(|(fewer, more)| more >= fewer), "{fewer:?} {more:?}");
        // As many as by trying every way to give out the records.
        let most = most(&drawn.iter().map(|set| set.iter().copied().collect()).collect::<Vec<Vec<u128>>>(), &mut Vec::new());
        prop_assert_eq!(fewer.iter().filter(|met| **met).count(), most);
    }
}

fn most(needs: &[Vec<u128>], taken: &mut Vec<u128>) -> usize {
    let Some((first, rest)) = needs.split_first() else { return 0 };
    let mut best = most(rest, taken);
    for record in first {
        if !taken.contains(record) {
            taken.push(*record);
            best = best.max(1 + most(rest, taken));
            taken.pop();
        }
    }
    best
}
