//! Words are said as `tests/golden/words.json` has them; the window's are held to the same file.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;

use domain::coverage::{Coverage, Status};
use domain::words;
use serde_json::{Value, json};

/// What the examples of a sort hold; each is told with what is said of it.
fn examples(sort: &str, said: impl Fn(&Value) -> Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/golden/words.json");
    let all: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let examples = all[sort].as_array().unwrap();
    assert!(examples.len() > 2, "{sort}");
    for example in examples {
        let said = said(example);
        for (form, words) in said.as_object().unwrap() {
            assert_eq!(words, &example[form], "{form} of {example}");
        }
    }
}

fn number(example: &Value, field: &str) -> u32 {
    u32::try_from(example[field].as_u64().unwrap()).unwrap()
}

#[test]
fn counts() {
    examples("count", |example| {
        let (n, one, many) = (number(example, "number"), &example["one"], &example["many"]);
        json!({ "words": words::counted(n, one.as_str().unwrap(), many.as_str().unwrap()) })
    });
    assert_eq!(words::count(3_usize, "record"), "3 records");
}

#[test]
fn durations() {
    examples("duration", |example| {
        let minutes = number(example, "minutes");
        let (words, short) = (words::duration(minutes), words::short_duration(minutes));
        json!({ "words": words, "short": short, "length": words::length(minutes) })
    });
}

#[test]
fn sizes() {
    examples("size", |example| json!({ "words": words::size(u64::from(number(example, "bytes"))) }));
}

#[test]
fn dates() {
    examples("date", |example| {
        let day = example["day"].as_str().unwrap().parse().unwrap();
        json!({
            "long": words::long_date(day),
            "short": words::short_date(day),
            "day_and_month": words::day_and_month(day),
            "month": words::month(day),
        })
    });
}

#[test]
fn lists() {
    examples("listed", |example| {
        let items: Vec<String> = serde_json::from_value(example["items"].clone()).unwrap();
        json!({ "words": words::listed(&items) })
    });
}

#[test]
fn how_far_a_competency_is_covered() {
    examples("coverage", |example| {
        let statuses = [Status::None, Status::Partial, Status::Evidenced, Status::SignedOff];
        let status = statuses.into_iter().find(|status| json!(status) == example["status"]).unwrap();
        let coverage = Coverage::of(status, example["expected"].as_bool().unwrap());
        json!({ "words": words::coverage(coverage), "shape": words::shape(coverage) })
    });
}

#[test]
fn numbers_that_a_rule_is_known_by() {
    let said = [0, 1, 10, 12, 19, 20, 21, 50, 99, 100].map(words::spelled);
    let expected = ["no", "one", "ten", "twelve", "nineteen", "twenty", "twenty-one", "fifty", "ninety-nine", "100"];
    assert_eq!(said, expected);
    assert_eq!([10, 11].map(words::number), ["ten", "11"]);
    assert_eq!([1, 12].map(words::months), ["one month", "twelve months"]);
}
