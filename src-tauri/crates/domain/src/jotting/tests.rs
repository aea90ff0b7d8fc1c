use super::*;

use proptest::prelude::*;
use uuid::Uuid;

use crate::record::Record;

const TODAY: &str = "2026-06-12"; // a Friday

fn today() -> NaiveDate {
    TODAY.parse().unwrap()
}

fn session(n: u128, date: &str, fields: &Value) -> Record {
    let mut record = json!({
        "id": Uuid::from_u128(n), "kind": "session", "date": date, "title": "x", "created": "2026-06-01T09:00:00Z",
        "modified": "2026-06-01T09:00:00Z", "format": "one-to-one", "mode": "video", "minutes": 50,
    });
    record.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    serde_json::from_value(record).unwrap()
}

fn habits() -> Habits {
    Habits::of(&[
        session(1, "2026-06-10", &json!({ "client": "Client A", "minutes": 45, "number": 3, "setting": "Library" })),
        session(2, "2026-06-09", &json!({ "client": "Sparrow", "mode": "telephone", "minutes": 30 })),
        session(3, "2026-06-08", &json!({ "client": "Client B", "outcome": "did-not-attend", "minutes": 5 })),
        session(
            4,
            "2026-06-07",
            &json!({ "format": "group", "mode": "face-to-face", "minutes": 90, "participants": 8 }),
        ),
    ])
}

fn read(line: &str) -> Jotting {
    Jotting::of(line, &habits(), &Kinds::shipped(), today()).unwrap_or_else(|| panic!("{line} is not understood"))
}

fn values(jotting: &Jotting, fields: &[&str]) -> Vec<Value> {
    fields.iter().map(|field| jotting.draft.get(*field).cloned().unwrap_or_default()).collect()
}

const ALL: [&str; 7] = ["client", "format", "minutes", "mode", "outcome", "date", "participants"];

#[test]
fn a_line_says_who_how_long_and_how() {
    let full = read("A 50 video");
    assert_eq!(
        values(&full, &ALL),
        [json!("Client A"), json!("one-to-one"), json!(50), json!("video"), json!(null), json!(TODAY), json!(null)]
    );
    assert_eq!((full.missing.len(), full.is_idea()), (0, false));
    assert_eq!(
        values(&read("group 7 90"), &["format", "participants", "minutes"]),
        [json!("group"), json!(7), json!(90)]
    );
    let missed = read("dna B yesterday");
    assert_eq!(
        values(&missed, &["client", "outcome", "date"]),
        [json!("Client B"), json!("did-not-attend"), json!("2026-06-11")]
    );
    assert!(missed.missing.is_empty());
}

#[test]
fn the_words_come_in_any_order_and_are_written_as_people_write_them() {
    let same = |lines: &[&str]| {
        let first = values(&read(lines[0]), &ALL);
        for line in &lines[1..] {
            assert_eq!(values(&read(line), &ALL), first, "{line}");
        }
    };
    same(&["A 50 video", "video a, 50", "50min A zoom", "Client A 50 minutes Teams", "client a · 50 m video"][..4]);
    same(&["A 90 f2f", "A 1h30 face to face", "A 1:30 in person", "A 90 mins face-to-face"]);
    same(&["group 7 90 phone", "Group of 7 90 telephone", "group 90min 7 tel"]);
    same(&["dna B yesterday", "B DNA 11 June", "no-show b 11/6", "dna B thursday", "dna B 2026-06-11", "dna B thu"]);
}

#[test]
fn what_is_left_open_is_as_it_was_the_last_time_with_this_client() {
    let usual = read("a");
    assert_eq!(
        values(&usual, &["client", "minutes", "mode", "setting", "number"]),
        [json!("Client A"), json!(45), json!("video"), json!("Library"), json!(4)]
    );
    assert_eq!(usual.draft["title"], "Client A, session 4");
    let remembered: Vec<&str> = usual.parts.iter().filter(|p| p.remembered).map(|p| p.text.as_str()).collect();
    assert_eq!(remembered, ["45 minutes", "video call", "Library", "today"]);
    assert_eq!(
        values(&read("sparrow"), &["client", "minutes", "mode"]),
        [json!("Sparrow"), json!(30), json!("telephone")]
    );
    assert_eq!(values(&read("C"), &["client", "minutes"]), [json!("Client C"), json!(45)], "the last of this format");
    assert_eq!(values(&read("group 6"), &["participants", "minutes"]), [json!(6), json!(90)]);
    assert_eq!(values(&read("group 120"), &["participants", "minutes"]), [json!(null), json!(120)]);
}

#[test]
fn how_long_a_session_took_is_never_made_up() {
    let first = Jotting::of("A", &Habits::default(), &Kinds::shipped(), today()).unwrap();
    assert_eq!((first.missing.len(), first.draft.contains_key("minutes")), (2, false));
    let missed = Jotting::of("dna A", &Habits::default(), &Kinds::shipped(), today()).unwrap();
    assert!(missed.missing.is_empty(), "what did not take place counts nowhere");
    assert_eq!(values(&read("A 2000"), &["minutes", "title"]), [json!(45), json!("Client A: 2000")]);
}

#[test]
fn what_else_is_said_is_what_it_was_about() {
    let about = read("A 50 video the long way home review supervised @GP_surgery");
    assert_eq!(about.draft["title"], "Client A: the long way home");
    assert_eq!(read("with A for 50").draft["title"], "Client A, session 4");
    assert_eq!(read("group of 7").draft["title"], "Group session with 7 people");
    assert_eq!(values(&about, &["review", "supervised", "setting"]), [json!(true), json!(true), json!("GP surgery")]);
}

#[test]
fn an_idea_becomes_a_reflection_to_write_on() {
    let idea = read("idea: ask what a good week looks like");
    assert!(idea.is_idea());
    assert_eq!(values(&idea, &["title", "body"]), [json!("ask what a good week looks like"), json!(null)]);
    let long = format!("idea: {}", "one more word ".repeat(20));
    let long = read(&long);
    assert!(long.draft["title"].as_str().unwrap().ends_with("one more…"), "{}", long.draft["title"]);
    assert!(long.draft["body"].as_str().unwrap().len() > 200);
    assert_eq!(read("Idea:").missing.len(), 1);
}

#[test]
fn a_line_that_says_neither_is_not_understood() {
    for line in ["", "   ", "hello there", "video", "yesterday", "12 June"] {
        assert_eq!(Jotting::of(line, &habits(), &Kinds::shipped(), today()), None, "{line}");
    }
}

#[test]
fn a_day_without_a_year_is_the_last_one_there_was() {
    for (said, date) in [
        ("13/6", "2025-06-13"),
        ("12/6", "2026-06-12"),
        ("friday", "2026-06-12"),
        ("saturday", "2026-06-06"),
        ("29 feb", "2024-02-29"),
        ("3rd june", "2026-06-03"),
        ("12/6/24", "2024-06-12"),
    ] {
        assert_eq!(read(&format!("A 50 {said}")).draft["date"], date, "{said}");
    }
    assert_eq!(read("A 50 31/2").draft["date"], TODAY, "no such day");
}

proptest! {
    /// Whatever is typed, reading it neither fails nor gives what no session can hold, and what is understood is a session
    /// of the kind.
    #[test]
    fn any_line_is_read(line in "\\PC{0,60}|([a-zA-Z0-9:/@]{1,6} ){0,8}") {
        if let Some(jotting) = Jotting::of(&line, &habits(), &Kinds::shipped(), today()) {
            let title = jotting.draft["title"].as_str().unwrap();
            prop_assert!(title.chars().count() <= TITLE_MAX);
            let minutes = jotting.draft.get("minutes").and_then(Value::as_u64);
            prop_assert!(minutes.is_none_or(|minutes| (1..=1440).contains(&minutes)));
        }
    }
}
