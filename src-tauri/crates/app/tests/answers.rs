//! What the domain answers about a small invented vault, kept in `tests/golden/answers/` for the window's tests, so that
//! they need not work anything out themselves. `cargo answers` writes the files anew; otherwise this holds them current.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use app::domain::Draft;
use app::{Clock, Filter, OpenVault, PortfolioChoice, Sheet};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/golden/answers")
}

/// What is asked, written by hand.
fn asked() -> Value {
    serde_json::from_str(&fs::read_to_string(folder().join("asked.json")).unwrap()).unwrap()
}

fn value(of: impl Serialize) -> Value {
    serde_json::to_value(of).unwrap()
}

/// A draft as the window sends it: under an id of its own.
fn draft(of: &Value) -> Draft {
    let mut draft = of.as_object().unwrap().clone();
    draft.entry("id").or_insert_with(|| json!(Uuid::from_u128(0xF)));
    draft
}

/// A vault in a folder of its own, which goes with it.
struct Stage {
    vault: OpenVault,
    _home: tempfile::TempDir,
}

impl Stage {
    fn empty() -> Stage {
        let home = tempfile::tempdir().unwrap();
        let clock = Clock::fixed(asked()["today"].as_str().unwrap().parse().unwrap());
        let vault = OpenVault::create(&home.path().join("vault"), "four unrelated small words", clock).unwrap().vault;
        Stage { vault, _home: home }
    }

    fn full() -> Stage {
        let mut stage = Stage::empty();
        for record in asked()["records"].as_array().unwrap() {
            stage.vault.save(&draft(record)).unwrap();
        }
        stage
    }

    /// Everything a page can ask about where the coach stands.
    fn standing(&self) -> Value {
        let vault = &self.vault;
        json!({
            "gaps": vault.gaps().unwrap(),
            "plan": vault.plan().unwrap(),
            "today": vault.today().unwrap(),
            "caseload": vault.caseload().unwrap(),
            "ratings": vault.ratings().unwrap(),
            "trainings": vault.trainings().unwrap(),
            "appraisal": vault.appraisal(None, None).unwrap(),
        })
    }
}

/// Holds the committed answers current, or writes them.
fn hold(name: &str, answers: &Value) {
    let path = folder().join(name);
    let text = serde_json::to_string_pretty(answers).unwrap() + "\n";
    if std::env::var_os("UPDATE_ANSWERS").is_some() {
        fs::write(&path, text).unwrap();
        return;
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == text,
        "{name} is not what the domain answers any more: run `cargo answers` and look at the diff"
    );
}

#[test]
fn the_committed_answers_about_an_empty_vault_are_current() {
    hold("empty.json", &Stage::empty().standing());
}

#[test]
fn the_committed_answers_about_the_example_are_current() {
    let stage = Stage::full();
    let mut answers = stage.standing();
    let page = stage.vault.list(&Filter::default()).unwrap();
    let followups = |id: &Value| {
        let id: Uuid = serde_json::from_value(id.clone()).unwrap();
        (id.to_string(), value(stage.vault.followups(id).unwrap()))
    };
    answers["followups"] = asked()["names"].as_object().unwrap().values().map(followups).collect();
    answers["lines"] = page.records.into_iter().map(|line| (line.id.to_string(), value(line))).collect();
    hold("example.json", &answers);
}

/// The plan's first observed session, taken: its draft as the form begins it, and the plan that is left.
#[test]
fn the_committed_answers_after_an_observed_session_are_current() {
    let mut stage = Stage::full();
    let step = stage.vault.plan().unwrap().steps.into_iter().find(|step| step.kind == "observation").unwrap();
    let mut observed = draft(&asked()["observed"]);
    observed.extend(step.set.into_iter().map(|(field, set)| (field, json!(set))));
    observed.insert("claims".to_owned(), step.competencies.iter().map(|one| json!({ "competency": one })).collect());
    stage.vault.save(&observed).unwrap();
    observed.remove("id");
    hold("observed.json", &json!({ "draft": observed, "plan": stage.vault.plan().unwrap() }));
}

/// How lines are understood beside the example's sessions.
#[test]
fn the_committed_jottings_are_current() {
    let stage = Stage::full();
    let read = |line: &Value| {
        let line = line.as_str().unwrap().to_owned();
        let jotting = value(stage.vault.jotting(&line).unwrap());
        (line, jotting)
    };
    hold("jottings.json", &asked()["jottings"].as_array().unwrap().iter().map(read).collect());
}

/// What drafts that are only begun could show, beside the example's records.
#[test]
fn the_committed_answers_on_what_a_draft_could_show_are_current() {
    let stage = Stage::full();
    let begun = asked()["begun"].as_array().unwrap().clone();
    let could_show =
        |begun: &Value| json!({ "draft": begun, "could_show": stage.vault.could_show(&draft(begun)).unwrap() });
    hold("could-show.json", &begun.iter().map(could_show).collect());
}

/// What is said of drafts that do not fit: of each, all of its problems.
#[test]
fn the_committed_problems_are_current() {
    let mut stage = Stage::full();
    let misfits: Vec<Value> = asked()["misfits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|misfit| json!({ "draft": misfit, "failure": stage.vault.save(&draft(misfit)).unwrap_err() }))
        .collect();
    let model = serde_json::from_value(asked()["model"].clone()).unwrap();
    let model = stage.vault.keep_model(model).unwrap_err();
    hold("problems.json", &json!({ "records": misfits, "model": model }));
}

/// What is known of exports before anything is written, with private journal entries beside the example's records. How
/// long the file is hangs on its typesetting, which is nothing to the window: it is given round figures.
#[test]
fn the_committed_export_reports_are_current() {
    let private = |number: u64| Uuid::from_u128(0xA000 + u128::from(number));
    let mut reports = Vec::new();
    let asked = asked();
    for export in asked["exports"].as_array().unwrap() {
        let many = export["private"].as_u64().unwrap();
        let mut stage = Stage::full();
        for number in 1..=many {
            let title = format!("Kept to myself {number}");
            let entry = json!({ "id": private(number), "kind": "reflection", "date": "2026-05-01", "title": title });
            stage.vault.save(&draft(&entry)).unwrap();
        }
        let mut options = export["options"].clone();
        if let Some(also) = options.get("also") {
            options["also"] =
                also.as_array().unwrap().iter().map(|one| json!(private(one.as_u64().unwrap()))).collect();
        }
        let mut report = report(&mut stage.vault, &serde_json::from_value(options).unwrap());
        report["pages"] = json!(42);
        report["bytes"] = json!(812_345);
        report["sha256"] = json!("a".repeat(64));
        report["fingerprint"] = json!("b".repeat(64));
        reports.push(json!({ "private": many, "options": export["options"], "report": report }));
    }
    let mut text = json!(reports).to_string();
    for number in (1..=22).rev() {
        text = text.replace(&private(number).to_string(), &format!("private-{number}"));
    }
    hold("exports.json", &serde_json::from_str(&text).unwrap());
}

fn report(vault: &mut OpenVault, choice: &PortfolioChoice) -> Value {
    let prepared = vault.prepare_portfolio(choice, Sheet::Html).unwrap();
    let finished = prepared.finish(None, &mut |_| Ok(None), &mut |_| ControlFlow::Continue(())).unwrap();
    value(vault.note_release(finished).unwrap())
}

/// How texts are read: those of the example and those that are asked for, and which pairs are read as the same.
#[test]
fn the_committed_readings_are_current() {
    fn strings(of: &Value, found: &mut Vec<String>) {
        match of {
            Value::String(text) => found.push(text.clone()),
            Value::Array(of) => of.iter().for_each(|one| strings(one, found)),
            Value::Object(of) => of.values().for_each(|one| strings(one, found)),
            _ => {}
        }
    }
    let asked = asked();
    let mut texts = Vec::new();
    strings(&asked["records"], &mut texts);
    texts.retain(|text| text.contains(' '));
    strings(&asked["texts"], &mut texts);
    texts.sort_unstable();
    let readings: Value = texts.iter().map(|text| (text.clone(), json!(app::reading(text)))).collect();
    let same = asked["pairs"].as_array().unwrap().iter().map(|pair| {
        let same = app::is_same_reading(pair[0].as_str().unwrap(), pair[1].as_str().unwrap());
        json!({ "pair": pair, "same": same })
    });
    hold("readings.json", &json!({ "readings": readings, "same": same.collect::<Vec<_>>() }));
}

/// The order in which kinds and models are offered.
#[test]
fn the_committed_order_of_the_shelf_is_current() {
    let shelf = app::Shelf::shipped();
    let kinds: Vec<&str> = shelf.kinds.iter().map(|kind| kind.id.as_str()).collect();
    let prompts: Vec<Value> = shelf.prompts.iter().map(|one| json!({ "id": one.id, "for": one.kind })).collect();
    hold("shelf.json", &json!({ "kinds": kinds, "prompts": prompts }));
}
