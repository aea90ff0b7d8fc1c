//! Conditions hold as `tests/golden/conditions.json` says, to which the window's own answers are held too.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use domain::Draft;
use domain::condition::{Condition, is_filled};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Cases {
    holds: Vec<Held>,
    filled: Vec<Filled>,
}

#[derive(Deserialize)]
struct Held {
    when: Condition,
    values: Draft,
    holds: bool,
}

#[derive(Deserialize)]
struct Filled {
    value: Value,
    filled: bool,
}

fn cases() -> Cases {
    serde_json::from_str(include_str!("../../../../tests/golden/conditions.json")).unwrap()
}

#[test]
fn conditions_hold_as_the_table_says() {
    for Held { when, values, holds } in cases().holds {
        assert_eq!(when.holds(&values), holds, "{when:?} of {values:?}");
    }
}

#[test]
fn what_is_filled_is_as_the_table_says() {
    for Filled { value, filled } in cases().filled {
        assert_eq!(is_filled(&value), filled, "{value}");
    }
}
