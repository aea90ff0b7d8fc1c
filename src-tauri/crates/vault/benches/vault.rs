//! Speed aims: a save within twice a raw fdatasync of the same size, and saving, searching and listing as fast in a
//! vault of 170,000 records as in one of 17,000.
//!
//! `COACHFOLIO_BENCH_RECORDS=17000` runs one size alone; the vaults are built afresh in a temporary folder.
#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark may panic")]

use domain::period::Period;
use std::cell::RefCell;
use std::fs::{File, OpenOptions};
use std::hint::black_box;
use std::io::Write as _;

use chrono::{DateTime, Days, NaiveDate, Utc};
use criterion::{Criterion, criterion_group, criterion_main};
use domain::{Claim, Kinds, Record};
use serde_json::json;
use uuid::Uuid;
use vault::{Filter, Vault, VaultError};

/// Words in a rough order of how often they come.
const WORDS: [&str; 64] = [
    "client",
    "session",
    "question",
    "goal",
    "silence",
    "value",
    "change",
    "listening",
    "week",
    "small",
    "step",
    "confidence",
    "feeling",
    "health",
    "plan",
    "walk",
    "sleep",
    "pain",
    "family",
    "work",
    "support",
    "choice",
    "strength",
    "summary",
    "reflection",
    "affirmation",
    "open",
    "ambivalence",
    "readiness",
    "importance",
    "scale",
    "rapport",
    "agenda",
    "permission",
    "notice",
    "pause",
    "breath",
    "energy",
    "food",
    "garden",
    "neighbour",
    "friend",
    "evening",
    "morning",
    "worry",
    "hope",
    "relief",
    "trust",
    "boundary",
    "pattern",
    "habit",
    "trigger",
    "setback",
    "progress",
    "diary",
    "group",
    "practice",
    "team",
    "surgery",
    "nurse",
    "referral",
    "waiting",
    "phone",
    "video",
];

/// Numbers that look random and are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    /// About 2 KB of text; "client" nearly always in it, "word123" and the like once in 170,000.
    fn text(&mut self, bytes: usize) -> String {
        let mut text = String::with_capacity(bytes + 16);
        while text.len() < bytes {
            if self.below(8) == 0 {
                text.push_str(&format!("word{} ", self.below(20_000)));
            }
            let (a, b) = (self.below(64), self.below(64));
            text.push_str(WORDS[usize::try_from(a.min(b)).unwrap()]);
            text.push(' ');
        }
        text
    }

    fn record(&mut self, number: u64) -> Record {
        let (kind, fields) = match number % 10 {
            0..4 => ("session", json!({ "minutes": 45, "format": "one-to-one", "mode": "video", "supervised": true })),
            4 => ("supervision", json!({ "type": "health-coaching", "format": "individual", "minutes": 60 })),
            _ => {
                ("reflection", json!({ "model": "gibbs", "answers": [{ "prompt": "What?", "text": self.text(120) }] }))
            }
        };
        let claim = |n: u64| Claim {
            competency: format!("{}.{}", 1 + n % 4, 1 + n % 5),
            counts_as: None,
            reason: "it shows in how the question was put".to_owned(),
            other: serde_json::Map::new(),
        };
        let first = NaiveDate::from_ymd_opt(2014, 1, 1).unwrap();
        let moment: DateTime<Utc> = "2026-01-01T12:00:00.123Z".parse().unwrap();
        Record {
            id: Uuid::now_v7(),
            kind: kind.to_owned(),
            kind_version: 1,
            date: first + Days::new(number / 40),
            title: format!("Entry {number}"),
            body: self.text(2_000),
            tags: vec!["tag".to_owned()],
            claims: (number..number + 3).map(claim).collect(),
            attachments: Vec::new(),
            origin: None,
            created: moment,
            modified: moment,
            fields: fields.as_object().unwrap().clone(),
        }
    }
}

fn fill(vault: &mut Vault, records: u64, kinds: &Kinds) {
    let mut dice = Dice(88_172_645_463_325_252);
    let done: Result<(), VaultError> = vault.transact(|writer| {
        for number in 0..records {
            let mut record = dice.record(number);
            // In one record of all, wherever the vault ends.
            if number == records / 2 {
                record.body.push_str("zeugma");
            }
            writer.records().save(&record, kinds)?;
        }
        Ok(())
    });
    done.unwrap();
}

fn a_vault(criterion: &mut Criterion, records: u64) {
    let kinds = Kinds::shipped();
    let home = tempfile::tempdir_in(std::env::var_os("COACHFOLIO_BENCH_DIR").unwrap_or("/var/tmp".into())).unwrap();
    let folder = home.path().join("vault");
    let (mut vault, _) = Vault::create(&folder, "a passphrase", Utc::now()).unwrap();
    fill(&mut vault, records, &kinds);
    vault.close().unwrap();
    let vault = RefCell::new(Vault::open(&folder, "a passphrase").unwrap());
    let mut group = criterion.benchmark_group(format!("{records}"));

    // Written over again and again as the log of changes is, so that the file does not grow.
    let mut raw = OpenOptions::new().create(true).truncate(true).write(true).open(home.path().join("raw")).unwrap();
    let page = vec![7_u8; 2_600];
    raw.write_all(&page.repeat(400)).unwrap();
    raw.sync_all().unwrap();
    let mut written = 0;
    group.bench_function("raw fdatasync of 2.6 KB", |bencher| {
        bencher.iter(|| {
            rewind_at(&mut raw, &mut written, 400);
            raw.write_all(&page).unwrap();
            raw.sync_data().unwrap();
        });
    });
    let mut dice = Dice(2_463_534_242);
    let mut number = records;
    group.bench_function("append", |bencher| {
        bencher.iter_batched(
            || {
                number += 1;
                dice.record(number)
            },
            |record| vault.borrow_mut().transact(|writer| writer.records().save(&record, &kinds)).unwrap(),
            criterion::BatchSize::PerIteration,
        );
    });
    let vault = vault.borrow();
    for (name, query, kind) in [
        ("search rare", "zeugma", None),
        ("search common", "client", None),
        ("search common in a kind", "client", Some("supervision")),
        ("search rare in a kind", "zeugma", Some("session")),
        ("search two words", "client word77", None),
        ("search phrase", "\"session question\"", None),
        ("search beginning", "cli*", None),
        ("search long beginning", "confiden*", None),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(vault.search().find(query, kind, 20).unwrap()));
        });
    }
    let newest = Filter { limit: Some(50), ..Filter::default() };
    let of_kind = Filter { kind: Some("supervision".to_owned()), ..newest.clone() };
    let claimed = Filter { competency: Some("1.1".to_owned()), ..newest.clone() };
    for (name, filter) in
        [("list newest 50", newest), ("list 50 of a kind", of_kind), ("list 50 of a competency", claimed)]
    {
        group.bench_function(name, |bencher| bencher.iter(|| black_box(vault.records().list(&filter).unwrap())));
    }
    group.sample_size(10);
    group.bench_function("sessions", |bencher| {
        bencher.iter(|| black_box(vault.sessions().of_period(Period::ALWAYS).unwrap()));
    });
    group.finish();
}

fn rewind_at(file: &mut File, written: &mut u32, end: u32) {
    use std::io::Seek as _;
    if written.is_multiple_of(end) {
        file.rewind().unwrap();
    }
    *written += 1;
}

fn sizes(criterion: &mut Criterion) {
    let one = std::env::var("COACHFOLIO_BENCH_RECORDS").ok().and_then(|text| text.parse().ok());
    for records in one.map_or(vec![17_000, 170_000], |records| vec![records]) {
        a_vault(criterion, records);
    }
}

criterion_group!(benches, sizes);
criterion_main!(benches);
