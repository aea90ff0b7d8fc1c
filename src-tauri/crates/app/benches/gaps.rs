//! How long a coach waits for "what is missing?": gaps and hours over ten and a hundred coaches' lifetimes of records.

use std::fmt::Write as _;
use std::path::PathBuf;

use app::{Clock, OpenVault};
use chrono::{Days, NaiveDate};
use criterion::{Criterion, criterion_group, criterion_main};

const SIZES: [usize; 2] = [17_000, 170_000];
const PASSPHRASE: &str = "only for measuring";

/// Of ten records, seven are sessions, two are reflections with three claims, one is a supervision with two.
fn lines(count: usize) -> String {
    let end: NaiveDate = "2026-06-12".parse().expect("a day");
    let mut text = String::new();
    for number in 0..count {
        let date = end.checked_sub_days(Days::new((number % 3_600) as u64)).expect("a day");
        let claim = |n: usize| format!(r#"{{"competency":"{}.{}","reason":"It shows."}}"#, number % 3 + 1, n + 1);
        let own = match number % 10 {
            0..7 => r#""kind":"session","minutes":50,"format":"one-to-one","mode":"telephone""#.to_owned(),
            7..9 => format!(r#""kind":"reflection","claims":[{},{},{}]"#, claim(0), claim(number % 9), claim(3)),
            _ => format!(
                r#""kind":"supervision","type":"health-coaching","format":"individual","minutes":60,"claims":[{},{}]"#,
                claim(2),
                claim(number % 8)
            ),
        };
        let id = format!("018f3c1e-0000-7000-8000-{number:012}");
        writeln!(text, r#"{{"id":"{id}","date":"{date}","title":"Record {number}","body":"A few words.",{own}}}"#)
            .expect("text takes text");
    }
    text
}

fn vault(count: usize, home: &tempfile::TempDir) -> OpenVault {
    let file: PathBuf = home.path().join("records.jsonl");
    std::fs::write(&file, lines(count)).expect("there is room");
    let clock = Clock::fixed("2026-06-12".parse().expect("a day"));
    let mut vault = OpenVault::create(&home.path().join("vault"), PASSPHRASE, clock).expect("a vault").vault;
    vault.import(&[file], None, false).expect("the records fit");
    vault
}

fn measure(criterion: &mut Criterion) {
    for count in SIZES {
        let home = tempfile::tempdir().expect("a folder");
        let vault = vault(count, &home);
        let mut group = criterion.benchmark_group(format!("{count} records"));
        group.sample_size(10);
        group.bench_function("gaps", |bencher| bencher.iter(|| vault.gaps().expect("gaps")));
        group.bench_function("hours", |bencher| bencher.iter(|| vault.hours().expect("hours")));
        group.finish();
    }
}

criterion_group!(benches, measure);
criterion_main!(benches);
