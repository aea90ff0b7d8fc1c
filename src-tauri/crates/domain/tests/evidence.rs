//! The framework's evidence table, checked against real records: what is just enough covers a competency, one thing
//! less does not. The table is written from docs/framework.md, "Competencies", and not from the shipped file.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::LazyLock;

use chrono::{Days, NaiveDate, TimeZone, Utc};
use domain::coverage::Status;
use domain::gaps::CompetencyState;
use domain::{Books, Draft, Framework, Kinds, Ledger, Record, Stamp, Standing, check};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

/// `+` both are needed, `→` the second on or after the first, `/` one of them; `rhythm` and `first-year` follow the log.
const TABLE: [(&str, &str); 38] = [
    ("1.1", "session-notes-review + observed-practice"),
    ("1.2", "observed-practice + line-management + coaching-supervision"),
    ("1.3", "coaching-supervision + reflective-journal"),
    ("1.4", "reflective-journal + line-management + coaching-supervision + peer-group"),
    ("1.5", "rhythm"),
    ("1.6", "coaching-supervision"),
    ("1.7", "peer-group"),
    ("1.8", "portfolio"),
    ("1.9", "observed-practice + coaching-supervision + client-feedback"),
    ("1.10", "line-management + clinical-supervision + coaching-supervision"),
    ("2.1", "training-practice → observed-practice"),
    ("2.2", "training-practice → observed-practice"),
    ("2.3", "training-practice → observed-practice"),
    ("2.4", "training-practice → observed-practice"),
    ("2.5", "training-practice → observed-practice"),
    ("2.6", "training-record / e-learning"),
    ("2.7", "training-practice → observed-practice"),
    ("2.8", "training-practice → observed-practice"),
    ("2.9", "training-practice → observed-practice"),
    ("2.10", "portfolio + first-year"),
    ("3.1", "training-practice → observed-practice"),
    ("3.2", "observed-practice + coaching-supervision + e-learning / self-directed-learning / training-record"),
    ("3.3", "observed-practice + coaching-supervision + e-learning / self-directed-learning / training-record"),
    ("3.4", "observed-practice + coaching-supervision + e-learning / self-directed-learning / training-record"),
    ("3.5", "observed-practice + coaching-supervision + e-learning / self-directed-learning / training-record"),
    ("3.6", "observed-practice + coaching-supervision + e-learning / self-directed-learning / training-record"),
    ("3.7", "observed-practice + coaching-supervision + e-learning / self-directed-learning / training-record"),
    ("3.8", "observed-practice + coaching-supervision + e-learning / self-directed-learning / training-record"),
    ("3.9", "observed-practice + coaching-supervision + e-learning / self-directed-learning / training-record"),
    ("3.10", "observed-practice + coaching-supervision + e-learning / self-directed-learning / training-record"),
    ("3.11", "observed-practice + coaching-supervision + e-learning / self-directed-learning / training-record"),
    ("3.12", "certificate"),
    ("4.1", "observed-practice + portfolio"),
    ("4.2", "observed-practice + client-feedback"),
    ("4.3", "training-practice → observed-practice"),
    ("4.4", "observed-practice"),
    ("4.5", "observed-practice + client-feedback"),
    ("4.6", "observed-practice + client-feedback"),
];

const TODAY: &str = "2026-11-21";
/// First day in the role.
const STARTED: &str = "2026-01-05";

static KINDS: LazyLock<Kinds> = LazyLock::new(Kinds::shipped);
static FRAMEWORK: LazyLock<Framework> = LazyLock::new(Framework::shipped);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn made(number: u128, mut draft: Value) -> Record {
    let now = Utc.with_ymd_and_hms(2026, 11, 21, 12, 0, 0).unwrap();
    let stamp = Stamp { today: day(TODAY), now, id: Uuid::from_u128(number) };
    draft["title"] = json!(format!("Record {number}"));
    let draft: Draft = draft.as_object().unwrap().clone();
    check(&draft, Books { kinds: &KINDS, framework: &FRAMEWORK }, stamp).unwrap_or_else(|e| panic!("{draft:?}: {e:?}"))
}

/// A record that counts as this kind of evidence, as a coach would write it.
fn record(number: u128, evidence: &str, competency: &str, date: NaiveDate) -> Record {
    let person = Uuid::from_u128(900).to_string();
    let mut draft = match evidence {
        "observed-practice" => json!({ "kind": "observation", "observer": person, "source": "live",
            "setting": if competency.starts_with("4.") { "group" } else { "one-to-one" } }),
        "training-practice" => json!({ "kind": "observation", "observer": person, "source": "training" }),
        "session-notes-review" => json!({ "kind": "supervision", "type": "health-coaching", "format": "individual",
            "minutes": 60, "session_notes_reviewed": true }),
        "coaching-supervision" => {
            json!({ "kind": "supervision", "type": "health-coaching", "format": "individual", "minutes": 60 })
        }
        "line-management" => {
            json!({ "kind": "supervision", "type": "line-management", "format": "individual", "minutes": 60 })
        }
        "clinical-supervision" => {
            json!({ "kind": "supervision", "type": "clinical", "format": "individual", "minutes": 60 })
        }
        "reflective-journal" => json!({ "kind": "reflection" }),
        "peer-group" => json!({ "kind": "peer-learning", "form": "peer-group", "minutes": 90, "facilitator": person,
            "facilitator_feedback": "You listened." }),
        "client-feedback" => json!({ "kind": "feedback", "from": "client" }),
        "training-record" => json!({ "kind": "learning", "form": "course", "minutes": 300 }),
        "e-learning" => json!({ "kind": "learning", "form": "e-learning", "minutes": 45 }),
        "self-directed-learning" => json!({ "kind": "learning", "form": "self-directed", "minutes": 45 }),
        "certificate" => json!({ "kind": "learning", "form": "e-learning", "minutes": 45, "certificate": "c.pdf",
            "course": "universal-model", "pci_accredited": true,
            "attachments": [{ "name": "c.pdf", "media_type": "application/pdf", "sha256": "0".repeat(64), "bytes": 9 }] }),
        "portfolio" => json!({ "kind": "reflection" }),
        other => panic!("{other}"),
    };
    draft["date"] = json!(date.to_string());
    draft["claims"] = json!([{ "competency": competency, "as": evidence, "reason": "It shows." }]);
    made(number, draft)
}

/// Fifty hours on a day and, however long that day was, in three sessions.
fn fifty_hours(date: &str, supervised: bool) -> Vec<Record> {
    let one = |number: u128| {
        made(
            number,
            json!({ "kind": "session", "date": date, "minutes": 1_000, "format": "one-to-one", "mode": "video",
            "supervised": supervised }),
        )
    };
    (2..5).map(one).collect()
}

/// One to one with the health-coaching supervisor, on the tenth of each of these months of 2026.
fn supervisions(months: impl IntoIterator<Item = u32>) -> Vec<Record> {
    let one = |month: u32| {
        made(
            600 + u128::from(month),
            json!({ "kind": "supervision", "date": format!("2026-{month:02}-10"),
            "type": "health-coaching", "format": "individual", "minutes": 60 }),
        )
    };
    months.into_iter().map(one).collect()
}

fn coach() -> Record {
    made(901, json!({ "kind": "profile", "date": STARTED, "name": "A. Coach", "started": STARTED }))
}

fn standing(records: &[Record]) -> Standing {
    let mut all = records.to_vec();
    all.push(coach());
    Standing::of(&FRAMEWORK, &Ledger::of(&all, &KINDS, &FRAMEWORK, day(TODAY)))
}

fn state(records: &[Record], competency: &str) -> CompetencyState {
    standing(records).gaps.competencies.into_iter().find(|state| state.competency == competency).unwrap()
}

fn status(records: &[Record], competency: &str) -> Status {
    state(records, competency).status
}

/// Every set of records that is just enough, and every one that just is not.
fn enough_and_not(competency: &str, asked: &str) -> (Vec<Vec<Record>>, Vec<Vec<Record>>) {
    let on = day("2026-06-10");
    let before = on.checked_sub_days(Days::new(1)).unwrap();
    match asked {
        "rhythm" => {
            // The start was in January, after its first day, and November is not over: February to October.
            let monthly = supervisions(2..=10);
            let one_missing = supervisions((2..=10).filter(|month| *month != 6));
            (vec![monthly], vec![one_missing, supervisions([11]), Vec::new()])
        }
        "portfolio + first-year" => {
            let written = record(1, "portfolio", competency, on);
            let with = |sessions: &[Record]| [std::slice::from_ref(&written), sessions].concat();
            let (first, last) = (fifty_hours(STARTED, true), fifty_hours(TODAY, true));
            (
                vec![with(&first), with(&last)],
                vec![
                    with(&fifty_hours(STARTED, false)),
                    with(&fifty_hours("2026-01-04", true)),
                    with(&first[1..]),
                    first,
                    vec![written.clone()],
                ],
            )
        }
        pair if pair.contains('→') => {
            let (first, second) = pair.split_once(" → ").unwrap();
            let both = |first_on, second_on| {
                vec![record(1, first, competency, first_on), record(2, second, competency, second_on)]
            };
            let alone = |kind| vec![record(1, kind, competency, on)];
            (vec![both(on, on), both(before, on)], vec![both(on, before), alone(first), alone(second)])
        }
        list => {
            let parts: Vec<Vec<&str>> = list.split(" + ").map(|part| part.split(" / ").collect()).collect();
            // Every way to pick one of each part.
            let mut picks: Vec<Vec<&str>> = vec![Vec::new()];
            for part in &parts {
                picks = picks
                    .iter()
                    .flat_map(|pick| part.iter().map(|kind| [pick.clone(), vec![*kind]].concat()))
                    .collect();
            }
            let records = |kinds: &[&str]| -> Vec<Record> {
                kinds.iter().zip(1..).map(|(kind, number)| record(number, kind, competency, on)).collect()
            };
            let without = |pick: &Vec<&str>, at: usize| {
                let left: Vec<&str> =
                    pick.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, kind)| *kind).collect();
                records(&left)
            };
            let missed = picks.iter().flat_map(|pick| (0..pick.len()).map(move |at| without(pick, at))).collect();
            (picks.iter().map(|pick| records(pick)).collect(), missed)
        }
    }
}

#[test]
fn what_is_just_enough_covers_and_one_thing_less_does_not() {
    for (competency, asked) in TABLE {
        let (enough, not) = enough_and_not(competency, asked);
        assert!(!enough.is_empty() && !not.is_empty());
        for records in enough {
            assert_eq!(status(&records, competency), Status::Evidenced, "{competency} {asked}: {records:?}");
        }
        for records in not {
            let found = status(&records, competency);
            let expected = if records.is_empty() { Status::None } else { Status::Partial };
            assert!(found == expected || found == Status::None, "{competency} {asked}: {found:?} {records:?}");
        }
    }
    assert_eq!(TABLE.len(), FRAMEWORK.competencies.len());
}

#[test]
fn the_first_twelve_months_end_the_day_before_the_anniversary() {
    let written = record(1, "portfolio", "2.10", day("2026-06-10"));
    for (started, date, counts) in [
        ("2025-11-20", "2026-11-19", true),
        ("2025-11-20", "2026-11-20", false),
        ("2024-02-29", "2025-02-28", true),
        ("2024-02-29", "2025-03-01", false),
    ] {
        let profile = made(901, json!({ "kind": "profile", "date": started, "name": "A", "started": started }));
        let all = [vec![written.clone(), profile], fifty_hours(date, true)].concat();
        let ledger = Ledger::of(&all, &KINDS, &FRAMEWORK, day(TODAY));
        let gaps = Standing::of(&FRAMEWORK, &ledger).gaps;
        let state = gaps.competencies.iter().find(|state| state.competency == "2.10").unwrap();
        assert_eq!(state.status == Status::Evidenced, counts, "{started} {date}");
    }
}

#[test]
fn area_four_is_expected_from_tier_two() {
    let long: Vec<Record> = (0..10)
        .map(|n| {
            made(
                n,
                json!({ "kind": "session", "date": "2026-05-05", "minutes": 1200, "format": "one-to-one",
                "mode": "video" }),
            )
        })
        .collect();
    let expected = |records: &[Record]| state(records, "4.1").expected;
    assert!(!expected(&long[..9]) && expected(&long), "200 hours are ten times 1,200 minutes");
}

/// A record that counts towards something, or does not: without a reason, as all it offers, of one client, of another course.
fn any_record() -> impl Strategy<Value = Record> {
    const EVIDENCE: [&str; 14] = [
        "observed-practice",
        "training-practice",
        "session-notes-review",
        "coaching-supervision",
        "line-management",
        "clinical-supervision",
        "reflective-journal",
        "peer-group",
        "client-feedback",
        "training-record",
        "e-learning",
        "self-directed-learning",
        "portfolio",
        "certificate",
    ];
    let what = (0..EVIDENCE.len(), 0..TABLE.len());
    (1..1_000_000_u128, what, 0..700_u64, any::<[bool; 3]>()).prop_map(
        |(number, (kind, competency), ago, [reasoned, as_all, plain])| {
            let date = day(TODAY).checked_sub_days(Days::new(ago)).unwrap();
            let mut record = record(number + 1_000, EVIDENCE[kind], TABLE[competency].0, date);
            if !reasoned {
                record.claims[0].reason.clear();
            }
            if as_all {
                record.claims[0].counts_as = None;
            }
            if plain {
                record.fields.shift_remove("setting");
                record.fields.shift_remove("course");
            }
            record
        },
    )
}

const MODES: [&str; 3] = ["face-to-face", "telephone", "video"];
const FORMATS: [&str; 2] = ["one-to-one", "group"];

fn any_session() -> impl Strategy<Value = Record> {
    (1..1_000_000_u128, 1..1_440_u32, 0..3_usize, 0..2_usize, any::<(bool, bool)>(), 0..700_u64).prop_map(
        |(number, minutes, mode, format, (nhs, supervised), ago)| {
            let date = day(TODAY).checked_sub_days(Days::new(ago)).unwrap();
            made(
                number + 2_000_000,
                json!({ "kind": "session", "date": date.to_string(), "minutes": minutes, "nhs": nhs,
                "mode": MODES[mode], "format": FORMATS[format],
                "supervised": supervised }),
            )
        },
    )
}

fn rank(status: Status) -> u8 {
    match status {
        Status::None => 0,
        Status::Partial => 1,
        Status::Evidenced => 2,
        Status::SignedOff => 3,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Adding evidence never takes a status down nor opens a need, so that deleting some never meets one.
    #[test]
    fn more_evidence_is_never_less(
        records in prop::collection::vec(prop_oneof![any_record(), any_session()], 0..12),
        more in prop_oneof![any_record(), any_session()],
    ) {
        let before = standing(&records);
        let mut with = records;
        with.push(more);
        let after = standing(&with);
        for (before, after) in before.gaps.competencies.iter().zip(&after.gaps.competencies) {
            prop_assert!(rank(after.status) >= rank(before.status), "{before:?} {after:?}");
            let needs = || before.needs.iter().zip(&after.needs);
            prop_assert!(needs().all(|(before, after)| after.met >= before.met), "{before:?} {after:?}");
        }
    }

    /// The order in which records came in does not matter.
    #[test]
    fn order_never_matters(
        records in prop::collection::vec(prop_oneof![any_record(), any_session()], 0..14).prop_shuffle()
    ) {
        let mut sorted = records.clone();
        sorted.sort_by_key(|record| record.id);
        prop_assert_eq!(standing(&records), standing(&sorted));
    }

    /// Hours by mode and by format add up to the whole.
    #[test]
    fn parts_add_up_to_the_whole(sessions in prop::collection::vec(any_session(), 0..14)) {
        let hours = standing(&sessions).hours;
        prop_assert_eq!(hours.by_mode.values().sum::<u32>(), hours.nhs_minutes);
        prop_assert_eq!(hours.by_format.values().sum::<u32>(), hours.nhs_minutes);
        prop_assert!(hours.supervised_minutes <= hours.nhs_minutes);
        let all: u32 = sessions.iter().filter_map(|record| record.whole("minutes")).sum();
        prop_assert_eq!(hours.nhs_minutes + hours.other_minutes, all);
    }
}
