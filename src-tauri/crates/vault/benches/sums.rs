//! Sums as fast in a large vault as in a small one: 20,000 claims in 17,000 records, 200,000 in 170,000; each beside the
//! way without its index, which reads the records.
//!
//! `COACHFOLIO_BENCH_RECORDS=17000` runs one size alone.
#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark may panic")]

use domain::period::Period;
use std::hint::black_box;

use chrono::{DateTime, Days, NaiveDate, Utc};
use criterion::{Criterion, criterion_group, criterion_main};
use domain::counts_as::evidence_of;
use domain::views::{Session, SessionSum};
use domain::{Claim, Framework, Kinds, Record, Tally};
use serde_json::json;
use uuid::Uuid;
use vault::{Filter, Vault, VaultError};

/// Seven of ten are sessions; of the others every record claims four competencies, all 38 in turn.
fn record(number: u64, competencies: &[String]) -> Record {
    let (kind, fields, claims) = match number % 10 {
        0..7 => (
            "session",
            json!({ "minutes": 45, "format": "one-to-one", "mode": "video", "nhs": !number.is_multiple_of(3) }),
            0,
        ),
        _ => ("reflection", json!({ "model": "free" }), 4),
    };
    let claim = |n: u64| Claim {
        competency: competencies[usize::try_from(number / 10 * 12 + number % 10 * 4 + n).unwrap() % competencies.len()]
            .clone(),
        counts_as: None,
        reason: "it shows in how the question was put".to_owned(),
        other: serde_json::Map::new(),
    };
    let moment: DateTime<Utc> = "2026-01-01T12:00:00.123Z".parse().unwrap();
    Record {
        id: Uuid::now_v7(),
        kind: kind.to_owned(),
        kind_version: 1,
        date: NaiveDate::from_ymd_opt(2014, 1, 1).unwrap() + Days::new(number / 40),
        title: format!("Entry {number}"),
        body: "some of the invented words that stand in it ".repeat(20),
        tags: Vec::new(),
        claims: (0..claims).map(claim).collect(),
        attachments: Vec::new(),
        origin: None,
        created: moment,
        modified: moment,
        fields: fields.as_object().unwrap().clone(),
    }
}

fn sizes(criterion: &mut Criterion) {
    let competencies: Vec<String> =
        Framework::shipped().competencies.iter().map(|competency| competency.number.clone()).collect();
    let kinds = Kinds::shipped();
    let one = std::env::var("COACHFOLIO_BENCH_RECORDS").ok().and_then(|text| text.parse().ok());
    for records in one.map_or(vec![17_000, 170_000], |records| vec![records]) {
        let home = tempfile::tempdir_in(std::env::var_os("COACHFOLIO_BENCH_DIR").unwrap_or("/var/tmp".into())).unwrap();
        let (mut vault, _) = Vault::create(&home.path().join("vault"), "a passphrase", Utc::now()).unwrap();
        let done: Result<(), VaultError> = vault.transact(|writer| {
            writer.search().in_bulk()?;
            (0..records).try_for_each(|number| writer.records().save(&record(number, &competencies), &kinds))?;
            writer.search().settle()
        });
        done.unwrap();
        // The last tenth of the records is dated later than this.
        let today = NaiveDate::from_ymd_opt(2014, 1, 1).unwrap() + Days::new(records / 40 / 10 * 9);
        let year = today - Days::new(365);
        let sessions = Filter { kind: Some("session".to_owned()), ..Filter::default() };
        let mut group = criterion.benchmark_group(format!("{records}"));
        group.sample_size(20);
        let now = today + Days::new(records / 40);
        group.bench_function("tallies", |bencher| bencher.iter(|| black_box(vault.evidence().tallies(now).unwrap())));
        group.bench_function("tallies, a tenth dated later", |bencher| {
            bencher.iter(|| black_box(vault.evidence().tallies(today).unwrap()));
        });
        group.bench_function("session sums", |bencher| {
            bencher.iter(|| black_box(vault.sessions().sums(Period::ALWAYS).unwrap()));
        });
        group.bench_function("session sums of a year", |bencher| {
            bencher.iter(|| black_box(vault.sessions().sums(Period::between(year, today)).unwrap()));
        });
        group.sample_size(10);
        group.bench_function("tallies, out of the records", |bencher| {
            bencher.iter(|| {
                let records = vault.records().list(&Filter::default()).unwrap();
                let evidence: Vec<_> = records.iter().flat_map(|record| evidence_of(record, &kinds, None)).collect();
                black_box(Tally::of(&evidence, now))
            });
        });
        group.bench_function("session sums, out of the records", |bencher| {
            bencher.iter(|| {
                let records = vault.records().list(&sessions).unwrap();
                let sessions: Vec<Session> = records.iter().filter_map(Session::of).collect();
                black_box(SessionSum::of(&sessions))
            });
        });
        group.finish();
    }
}

criterion_group!(benches, sizes);
criterion_main!(benches);
