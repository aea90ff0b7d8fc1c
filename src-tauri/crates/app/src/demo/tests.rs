//! What the demo promises: records that pass every check, the same each time, and a believable mix.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{NaiveDate, TimeZone, Utc};
use domain::coverage::Status;
use domain::framework::SupervisionType;
use domain::gaps::Gaps;
use domain::hours::Hours;
use domain::kind::{FieldType, Kind, Kinds};
use domain::renewals::NOTICE_DAYS;
use domain::rhythm::Rhythm;
use domain::{Books, Draft, Framework, Ledger, Record, Stamp, Standing, check};
use serde_json::Value;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn made(seed: u64, today: NaiveDate, months: u32) -> Vec<Draft> {
    let (kinds, framework) = (Kinds::shipped(), Framework::shipped());
    super::demo(Books { kinds: &kinds, framework: &framework }, seed, today, months).drafts
}

fn records(seed: u64, today: NaiveDate, months: u32) -> Vec<Record> {
    let (kinds, framework) = (Kinds::shipped(), Framework::shipped());
    let books = Books { kinds: &kinds, framework: &framework };
    let now = Utc.from_utc_datetime(&today.and_hms_opt(0, 0, 0).unwrap());
    let stamp = Stamp { today, now, id: Uuid::nil() };
    let checked = |draft: &Draft| match check(draft, books, stamp) {
        Ok(record) => record,
        Err(problems) => panic!("{:?}: {problems:?}", draft.get("title")),
    };
    let records: Vec<Record> = super::demo(books, seed, today, months).drafts.iter().map(checked).collect();
    for record in &records {
        assert!(record.date < today && record.created <= record.modified, "{}", record.title);
        assert!(record.created.date_naive() >= record.date && record.created < now, "{}", record.title);
        assert!((record.created.date_naive() - record.date).num_days() <= 1, "{}", record.title);
        let lines = serde_json::to_string(record).unwrap();
        assert!(!lines.contains("{client}") && !lines.contains("\"\",\"text\""), "{}", record.title);
    }
    records
}

fn standing(records: &[Record], today: NaiveDate) -> (Hours, Vec<Rhythm>, Gaps) {
    let framework = Framework::shipped();
    let Standing { hours, rhythms, gaps } =
        Standing::of(&framework, &Ledger::of(records, &Kinds::shipped(), &framework, today));
    (hours, rhythms, gaps)
}

#[test]
fn every_record_passes_the_check_whenever_it_is_made() {
    for (seed, today, months) in
        [(1, "2026-11-21", 18), (2, "2024-02-29", 18), (3, "2027-01-01", 8), (4, "2026-08-10", 1), (5, "2030-05-31", 3)]
    {
        let records = records(seed, day(today), months);
        assert!(!records.is_empty());
        let ids: HashSet<Uuid> = records.iter().map(|record| record.id).collect();
        assert_eq!(ids.len(), records.len());
        assert!(records.iter().all(|record| record.id.get_version_num() == 7));
        assert!(records.is_sorted_by_key(|record| record.date));
        let kinds = Kinds::shipped();
        for record in &records {
            for (id, of) in named(kinds.of(record).unwrap(), &record.fields) {
                let known = |other: &&Record| other.id == id && of.is_none_or(|of| *of == other.kind);
                assert!(records.iter().any(|other| known(&other)), "{}: {id}", record.title);
                assert_ne!(id, record.id, "{}", record.title);
            }
            assert!(!serde_json::to_string(record).unwrap().contains("\"@"), "{}", record.title);
        }
    }
}

/// The records that these values name, with the kind each should be of.
fn named<'k>(kind: &'k Kind, values: &'k Draft) -> Vec<(Uuid, Option<&'k String>)> {
    let mut found = Vec::new();
    for (_, field, value) in kind.values(values) {
        if let FieldType::Record { of, .. } = &field.holds {
            let ids = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            found.extend(ids.iter().map(|id| (id.as_str().unwrap().parse().unwrap(), of.as_ref())));
        }
    }
    found
}

fn list<'r>(record: &'r Record, field: &str) -> &'r [Value] {
    record.fields.get(field).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

#[test]
fn every_kind_every_model_and_every_turn_of_events_can_be_seen() {
    for (seed, today) in [(1, "2026-11-21"), (2, "2025-03-03"), (3, "2028-07-14")] {
        let today = day(today);
        let records = records(seed, today, 18);
        let of = |kind: &'static str| records.iter().filter(move |record| record.kind == kind);
        let has =
            |kind: &'static str, field: &str, value: &str| of(kind).any(|record| record.text(field) == Some(value));
        for kind in Kinds::shipped().newest() {
            assert!(records.iter().any(|record| record.kind == kind.id), "{}", kind.id);
        }
        for model in domain::prompts::shipped() {
            let answered = |record: &&Record| record.kind == model.kind && !list(record, "answers").is_empty();
            let used = |record: &Record| record.text("model") == Some(&model.id);
            assert!(records.iter().filter(answered).any(used), "{} for {}", model.id, model.kind);
        }
        for (kind, field, values) in [
            ("feedback", "from", &["client", "carer", "group", "colleague", "referrer"][..]),
            ("peer-learning", "form", &["peer-group", "action-learning-set", "buddy", "network"]),
            ("team-work", "form", &["meeting", "case-discussion", "teaching", "shadowing", "referrer-feedback"]),
            ("session", "ended", &["reached", "goes-on", "lost-touch"]),
            ("session", "referred_from", &["clinician", "self", "voluntary"]),
            ("goal", "status", &["open", "done", "dropped"]),
            ("statement", "about", &["values", "practice", "supervisor-standard", "appraisal", "self-rating"]),
            ("sign-off", "decision", &["agreed", "not-yet"]),
            ("sign-off", "scope", &["competency", "tier", "appraisal"]),
            ("reflection", "phase", &["before", "during", "after", "supervision-preparation", "peer-learning"]),
        ] {
            for value in values {
                assert!(has(kind, field, value), "{kind} {field} {value}");
            }
        }
        assert!(of("impact").any(|record| record.whole("people") < Some(5)), "few people");
        assert!(of("sign-off").any(|record| record.yes("sufficient") == Some(true)));
        assert!(of("goal").any(|record| !list(record, "ended_in").is_empty()), "a goal ended in evidence");
        assert!(of("goal").any(|record| record.reference("from").is_some()), "a goal came out of something");
        let rated = of("statement").filter(|record| record.text("competency") == Some("2.9"));
        let levels: Vec<_> = rated.filter_map(|record| record.text("level")).collect();
        assert_eq!(levels, ["not-yet", "developing", "confident"]);

        let actions: Vec<&Value> = of("supervision").flat_map(|record| list(record, "actions")).collect();
        let (done, open): (Vec<&Value>, Vec<&Value>) = actions.into_iter().partition(|one| one.get("done").is_some());
        assert!(done.len() >= 3 && open.len() >= 2, "{} done, {} open", done.len(), open.len());
        let carried = of("supervision").any(|record| {
            let later =
                of("supervision").any(|other| other.text("type") == record.text("type") && other.date > record.date);
            later && list(record, "actions").iter().any(|action| action.get("done").is_none())
        });
        assert!(carried, "an action stays open over a later meeting");
        let discussed: HashSet<&str> =
            of("supervision").flat_map(|record| list(record, "discussed")).filter_map(Value::as_str).collect();
        let parked: Vec<&Record> = records.iter().filter(|record| record.text("for_supervision").is_some()).collect();
        let waiting = parked.iter().filter(|record| !discussed.contains(record.id.to_string().as_str())).count();
        assert!(waiting >= 1 && parked.len() - waiting >= 3, "{waiting} of {} wait", parked.len());

        let asked: Vec<&Value> = records.iter().filter_map(|record| record.fields.get("clinical_question")).collect();
        assert!(asked.iter().any(|one| one.get("answered").is_some()), "an urgent question was answered");
        assert!(asked.iter().any(|one| one.get("answered").is_none()), "and one is open");
        let young = of("session").find(|record| record.yes("under_18") == Some(true)).unwrap();
        let beside = of("reflection").filter(|record| record.reference("session") == Some(young.id));
        let phases: HashSet<_> = beside.filter_map(|record| record.text("phase")).collect();
        assert_eq!(phases, HashSet::from(["before", "during", "after"]));
        assert!(of("session").any(|record| record.yes("review") == Some(true)), "progress was looked at together");
        let soon = today + chrono::TimeDelta::days(NOTICE_DAYS);
        let ends = |record: &Record| record.text("expires").map(day).is_some_and(|day| day >= today && day <= soon);
        assert!(of("learning").any(ends), "a training that is about to run out");
        assert!(of("person").any(|record| !list(record, "concerns").is_empty()));
        assert!(of("person").any(|record| list(record, "standards").iter().any(|row| row.get("date").is_some())));
        let profile = of("profile").next().unwrap();
        assert!(!list(profile, "fte_changes").is_empty() && !list(profile, "renewals").is_empty());
    }
}

#[test]
fn the_same_seed_day_and_months_give_the_same_records() {
    let today = day("2026-11-21");
    assert_eq!(made(7, today, 18), made(7, today, 18));
    assert_ne!(made(7, today, 18), made(8, today, 18));
}

#[test]
fn eighteen_months_are_a_believable_mix() {
    for seed in 1..=5 {
        for today in ["2026-11-21", "2025-03-03", "2028-07-14"] {
            let today = day(today);
            let records = records(seed, today, 18);
            let (hours, rhythms, gaps) = standing(&records, today);
            let summary = gaps.summary;
            assert!(
                summary.evidenced + summary.signed_off >= 12
                    && summary.signed_off >= 1
                    && summary.partial >= 8
                    && summary.none >= 2,
                "{seed} {today}: {summary:?}"
            );
            assert!((1..=4).contains(&summary.stale), "{seed} {today}: {summary:?}");
            assert!(hours.nhs_minutes > 190 * 60 && hours.supervised_minutes >= 60 * 60, "{}", hours.nhs_minutes);
            assert!(hours.other_minutes > 0 && hours.by_mode.len() == 3 && hours.by_format.len() == 2);
            let coaching = rhythms.iter().find(|r| r.supervision == SupervisionType::HealthCoaching).unwrap();
            assert!((1..=2).contains(&coaching.missed), "{seed} {today}: {}", coaching.missed);
            let status = |number: &str| gaps.competencies.iter().find(|c| c.competency == number).unwrap().status;
            assert_eq!(
                (status("1.3"), status("1.4"), status("3.12")),
                (Status::Evidenced, Status::Partial, Status::None)
            );
        }
    }
}

#[test]
fn nothing_is_read_twice_within_eighteen_months() {
    let long = |record: &Record| {
        let answers = record.fields.get("answers").map_or(String::new(), ToString::to_string);
        (format!("{}{answers}", record.body).chars().count() > 60).then(|| format!("{}{answers}", record.body))
    };
    for (months, rest) in [(18, 548), (120, 500)] {
        let mut seen: HashMap<String, NaiveDate> = HashMap::new();
        for record in records(1, day("2026-11-21"), months) {
            let Some(text) = long(&record) else { continue };
            if let Some(before) = seen.insert(text, record.date) {
                assert!((record.date - before).num_days() > rest, "{} {}: {before}", record.date, record.title);
            }
        }
    }
}

#[test]
fn session_numbers_run_on_for_each_client() {
    let mut next: HashMap<String, u32> = HashMap::new();
    for record in records(1, day("2026-11-21"), 18) {
        let Some(client) = record.text("client") else { continue };
        let number = next.entry(client.to_owned()).or_insert(1);
        assert_eq!(record.whole("number"), Some(*number), "{}", record.title);
        *number += u32::from(record.text("outcome") == Some("attended"));
    }
    assert!(next.len() > 40);
}

#[test]
fn reflections_answer_their_own_model_and_stand_beside_their_session() {
    let records = records(1, day("2026-11-21"), 18);
    let models = domain::prompts::shipped();
    let reflections: Vec<&Record> = records.iter().filter(|record| record.kind == "reflection").collect();
    assert!(reflections.len() >= 70, "{}", reflections.len());
    let linked = reflections.iter().filter_map(|record| record.reference("session")).collect::<HashSet<_>>();
    assert!(linked.len() > reflections.len() / 2);
    for record in reflections {
        let answers = record.fields.get("answers").and_then(|answers| answers.as_array());
        let model = models.iter().find(|model| model.kind == "reflection" && record.text("model") == Some(&model.id));
        assert_eq!(answers.map(Vec::len), model.map(|model| model.prompts.len()), "{}", record.title);
    }
}

#[test]
fn ten_years_reach_the_highest_tier() {
    let today = day("2026-11-21");
    let records = records(1, today, 120);
    assert_eq!(standing(&records, today).0.tier, 4);
    let mut titles: BTreeMap<&str, u32> = BTreeMap::new();
    for record in records.iter().filter(|record| !matches!(record.kind.as_str(), "session" | "person")) {
        *titles.entry(&record.title).or_default() += 1;
    }
    let twice: Vec<_> = titles.iter().filter(|(_, count)| **count > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
}
