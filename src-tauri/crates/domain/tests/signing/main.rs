//! A sign-off is of what was there, by someone who may say so.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use domain::coverage::Status;
use domain::decision::{Decision, Outcome};
use domain::gaps::CompetencyState;
use domain::{Framework, Kinds, Ledger, Record, Standing};
use serde_json::{Value, json};
use uuid::Uuid;

mod decisions;
mod properties;
mod who;

const TODAY: &str = "2026-06-15";

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

/// A record of a day on which it was saved as well.
fn record(n: u128, kind: &str, date: &str, own: &Value) -> Record {
    let saved = format!("{date}T12:00:00Z");
    let mut record = json!({
        "id": id(n), "kind": kind, "date": date, "title": format!("{kind} {n}"), "created": saved, "modified": saved,
    });
    record.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    serde_json::from_value(record).unwrap()
}

/// The supervisor whose standards are all seen.
fn wren(own: &Value) -> Record {
    let seen = |standard: u8| json!({ "standard": standard.to_string(), "date": "2026-01-05" });
    let mut fields = json!({
        "name": "Wren Okafor", "role": "health-coaching-supervisor", "tier": 3,
        "standards": (2..=8).map(seen).collect::<Vec<_>>(),
    });
    fields.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    record(1, "person", "2026-01-05", &fields)
}

/// A journal entry or a supervision that is put forward for 1.3, which asks for both.
fn reflection(n: u128, date: &str) -> Record {
    record(n, "reflection", date, &json!({ "claims": [{ "competency": "1.3" }] }))
}

fn supervision(n: u128, date: &str) -> Record {
    let own = json!({ "type": "health-coaching", "minutes": 60, "claims": [{ "competency": "1.3" }] });
    record(n, "supervision", date, &own)
}

/// 1.3 agreed by Wren.
fn agreed(n: u128, date: &str, own: &Value) -> Record {
    let mut fields = json!({ "person": id(1), "scope": "competency", "competency": "1.3", "decision": "agreed" });
    fields.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    record(n, "sign-off", date, &fields)
}

fn state_on(records: &[Record], framework: &Framework, today: &str, competency: &str) -> CompetencyState {
    let ledger = Ledger::of(records, &Kinds::shipped(), framework, today.parse().unwrap());
    let standing = Standing::of(framework, &ledger);
    standing.gaps.competencies.into_iter().find(|state| state.competency == competency).unwrap()
}

fn state(records: &[Record]) -> CompetencyState {
    state_on(records, &Framework::shipped(), TODAY, "1.3")
}

fn decision(records: &[Record]) -> Decision {
    state(records).sign_off.unwrap()
}

/// How a competency stands, and what the decision about it is worth.
fn worth(records: &[Record]) -> (Status, Outcome) {
    let state = state(records);
    (state.status, state.sign_off.unwrap().outcome)
}
