//! How long a coach waits for "what is missing?" and "whom am I seeing?": gaps, hours and caseload over ten and a hundred
//! coaches' lifetimes of records; for taking that many records in, and for the first saves after it.
//!
//! `COACHFOLIO_BENCH_RECORDS=17000` runs one size alone.
#![allow(clippy::print_stdout, reason = "the longest save is a figure that criterion has no place for")]

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use app::{Clock, Importing, OpenVault};
use chrono::{Days, NaiveDate};
use criterion::{Criterion, criterion_group, criterion_main};

const SIZES: [usize; 2] = [17_000, 170_000];
const PASSPHRASE: &str = "only for measuring";

/// Of ten records, seven are sessions, two are reflections with three claims, one is a supervision with two.
fn lines(count: usize) -> String {
    let end: NaiveDate = "2026-06-12".parse().expect("a day");
    let mut text = String::new();
    for number in 0..count {
        let words = format!("A few words of the {number}th, as short as most notes are. ").repeat(8);
        let date = end.checked_sub_days(Days::new((number % 3_600) as u64)).expect("a day");
        let claim = |n: usize| format!(r#"{{"competency":"{}.{}","reason":"It shows."}}"#, number % 3 + 1, n + 1);
        let own = match number % 10 {
            0..7 => format!(
                r#""kind":"session","minutes":50,"format":"one-to-one","mode":"telephone","client":"Client {}""#,
                number % 1_700
            ),
            7..9 => format!(r#""kind":"reflection","claims":[{},{},{}]"#, claim(0), claim(number % 9), claim(3)),
            _ => format!(
                r#""kind":"supervision","type":"health-coaching","format":"individual","minutes":60,"claims":[{},{}]"#,
                claim(2),
                claim(number % 8)
            ),
        };
        let id = format!("018f3c1e-0000-7000-8000-{number:012}");
        writeln!(text, r#"{{"id":"{id}","date":"{date}","title":"Record {number}","body":"{words}",{own}}}"#)
            .expect("text takes text");
    }
    text
}

fn vault(count: usize, home: &tempfile::TempDir) -> OpenVault {
    let file: PathBuf = home.path().join("records.jsonl");
    std::fs::write(&file, lines(count)).expect("there is room");
    let clock = Clock::fixed("2026-06-12".parse().expect("a day"));
    let mut vault = OpenVault::create(&home.path().join("vault"), PASSPHRASE, clock).expect("a vault").vault;
    vault.import(&[file], Importing::default()).expect("the records fit");
    vault
}

/// The longest of 300 saves, each a new record of some hundred words.
fn worst_save(vault: &mut OpenVault) -> Duration {
    let mut worst = Duration::ZERO;
    for number in 0..300 {
        let draft = serde_json::json!({
            "kind": "reflection", "date": "2026-06-11", "title": format!("After it {number}"),
            "body": format!("A few words of number {number}. ").repeat(40), "claims": [{ "competency": "1.3" }],
        });
        let begun = Instant::now();
        vault.save(draft.as_object().expect("an object")).expect("it fits");
        worst = worst.max(begun.elapsed());
    }
    worst
}

fn measure(criterion: &mut Criterion) {
    let one = std::env::var("COACHFOLIO_BENCH_RECORDS").ok().and_then(|text| text.parse().ok());
    for count in one.map_or(SIZES.to_vec(), |count| vec![count]) {
        let home = tempfile::tempdir().expect("a folder");
        let file = home.path().join("records.jsonl");
        std::fs::write(&file, lines(count)).expect("there is room");
        for round in 0..3 {
            let clock = Clock::fixed("2026-06-12".parse().expect("a day"));
            let folder = home.path().join(format!("round {round}"));
            let mut vault = OpenVault::create(&folder, PASSPHRASE, clock).expect("a vault").vault;
            let begun = Instant::now();
            vault.import(std::slice::from_ref(&file), Importing::default()).expect("the records fit");
            let (taken, worst) = (begun.elapsed(), worst_save(&mut vault));
            #[allow(clippy::cast_precision_loss, reason = "a figure for people")]
            let rate = count as f64 / taken.as_secs_f64();
            println!(
                "import of {count}: {taken:.2?}, {rate:.0} a second; the longest of 300 saves after it: {worst:.1?}"
            );
        }
        let vault = vault(count, &home);
        let mut group = criterion.benchmark_group(format!("{count} records"));
        group.sample_size(10);
        group.bench_function("gaps", |bencher| bencher.iter(|| vault.gaps().expect("gaps")));
        group.bench_function("hours", |bencher| bencher.iter(|| vault.hours().expect("hours")));
        group.bench_function("caseload", |bencher| bencher.iter(|| vault.caseload().expect("a caseload")));
        group.finish();
    }
}

criterion_group!(benches, measure);
criterion_main!(benches);
