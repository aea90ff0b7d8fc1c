//! Changing what is there, and being told what can be said: `edit`, `add` of what exists, `next`, `fields`.

use std::process::Command;

use serde_json::{Value, json};

use super::{Coach, PASSPHRASE, TODAY};

impl Coach {
    /// Adds a record and gives it back.
    fn adds(&self, kind: &str, said: &[&str]) -> Value {
        self.json(&[&["add", "VAULT", kind], said].concat())
    }

    /// Adds a session and gives back its id.
    fn adds_session(&self) -> String {
        let set = ["--set", "title=Third", "--set", "minutes=50", "--set", "format=one-to-one", "--set", "mode=video"];
        let session = self.adds("session", &[&set[..], &["--set", "client=Client A", "--set", "number=3"]].concat());
        session["id"].as_str().unwrap().to_owned()
    }

    fn edits(&self, id: &str, change: &[&str]) -> Value {
        self.json(&[&["edit", "VAULT", id], change].concat())
    }
}

#[test]
fn an_edit_changes_what_is_named_and_keeps_the_rest() {
    let coach = Coach::with_vault();
    coach.writes("notes.md", "What we agreed.\n");
    let id = coach.adds_session();
    let before = coach.json(&["show", "VAULT", &id]);
    let after = coach.edits(&id, &["--set", "minutes=45", "--unset", "number", "--body-file", "notes.md"]);
    assert_eq!(after["modified"], coach.json(&["show", "VAULT", &id])["modified"]);
    let mut expected = before.clone();
    expected["minutes"] = json!(45);
    expected["body"] = json!("What we agreed.\n");
    expected["modified"] = after["modified"].clone();
    expected.as_object_mut().unwrap().remove("number");
    assert_eq!(after, expected);
    let versions = coach.json(&["history", "VAULT", &id]);
    assert_eq!(versions["versions"][0]["record"], before, "what it said before is kept");
    assert!(coach.does(&["edit", "VAULT", &id, "--set", "minutes=45"]).starts_with("Nothing is different"));
    assert!(coach.does(&["edit", "VAULT", &id, "--set", "mode=Video call"]).starts_with("Nothing is different"));
    assert_eq!(coach.json(&["history", "VAULT", &id])["versions"].as_array().unwrap().len(), 1);
}

#[test]
fn an_edit_reaches_into_groups_claims_and_files() {
    let coach = Coach::with_vault();
    coach.writes("plan.txt", "one");
    let entry = coach.adds("reflection", &["--set", "title=Silence", "--claim", "1.3=it shows", "2.2:portfolio"]);
    let id = entry["id"].as_str().unwrap();
    let question = ["--set", "clinical_question.question=Dizzy?", "--set", "clinical_question.asked=2026-06-01"];
    coach.edits(id, &question);
    let after = coach.edits(id, &["--set", "clinical_question.answer=Rest", "--unset", "clinical_question.asked"]);
    assert_eq!(after["clinical_question"], json!({ "question": "Dizzy?", "answer": "Rest" }));
    let after = coach.edits(id, &["--claim", "1.8=because", "1.3", "--attach", "plan.txt"]);
    let claims = json!([
        { "competency": "1.3", "reason": "it shows" }, { "competency": "2.2", "as": "portfolio" },
        { "competency": "1.8", "reason": "because" },
    ]);
    assert_eq!((&after["claims"], after["attachments"][0]["bytes"].as_u64()), (&claims, Some(3)));
    coach.writes("plan.txt", "another");
    let after = coach.edits(id, &["--unclaim", "1.3", "2.2:portfolio", "--attach", "plan.txt"]);
    assert_eq!(after["claims"], json!([{ "competency": "1.8", "reason": "because" }]));
    let files = after["attachments"].as_array().unwrap();
    assert_eq!((files.len(), files[0]["bytes"].as_u64()), (1, Some(7)), "of one name there is one file");
    assert!(coach.refused(2, &["edit", "VAULT", id, "--unclaim", "1.3"]).contains("it is for 1.8"));
}

#[test]
fn an_edit_that_cannot_be_is_refused_and_changes_nothing() {
    let coach = Coach::with_vault();
    let id = coach.adds_session();
    let before = coach.json(&["show", "VAULT", &id]);
    let nobody = "018f3c1e-0000-7000-8000-000000000001";
    for (change, words) in [
        (vec!["--set", "id=018f3c1e-0000-7000-8000-000000000002"], "keeps its id"),
        (vec!["--set", "kind=reflection"], "stays of the kind"),
        (vec!["--unset", "kind"], "stays of the kind"),
        (vec!["--unset", "created"], "first saved"),
        (vec!["--unset", "minutes"], "please give whole minutes"),
        (vec!["--unset", "format"], "please choose One to one or Group"),
        (vec!["--unset", "title"], "title"),
        (vec!["--unset", "colour"], "no such field"),
        (vec!["--unset", "clinical_question.colour"], "no such field"),
        (vec!["--set", "minutes=1441"], "from 1 to 1,440"),
        (vec!["--set", "number=4", "--unset", "number"], "one of the two"),
        (vec!["--set", "mode=pigeon"], "face-to-face"),
        (vec!["--claim", "7.7"], "7.7"),
        (vec!["--attach", "nowhere.pdf"], "nowhere.pdf"),
        (vec![], "Nothing was named"),
    ] {
        let said = coach.refused(2, &[&["edit", "VAULT", &id], &change[..]].concat());
        assert!(said.contains(words), "{change:?}: {said}");
        assert_eq!(coach.json(&["show", "VAULT", &id]), before, "{change:?}");
    }
    let unknown = coach.refused(2, &["edit", "VAULT", nobody, "--set", "minutes=4"]);
    assert!(unknown.contains("There is no record") && unknown.contains("`list`"), "{unknown}");
    coach.does(&["delete", "VAULT", &id]);
    assert!(coach.refused(2, &["edit", "VAULT", &id, "--set", "minutes=4"]).contains("`bin VAULT --restore ID`"));
}

#[test]
fn a_person_with_another_name_is_listed_under_it() {
    let coach = Coach::with_vault();
    let person = coach.adds("person", &["--set", "name=Ola Nowak", "--set", "role=observer"]);
    let after = coach.edits(person["id"].as_str().unwrap(), &["--set", "name=Ola Nowak-Reed"]);
    assert_eq!((&after["title"], &after["name"]), (&json!("Ola Nowak-Reed"), &json!("Ola Nowak-Reed")));
}

#[test]
fn what_another_program_added_survives_an_edit() {
    let coach = Coach::with_vault();
    let line = json!({
        "id": "018f3c1e-0000-7000-8000-000000000009", "kind": "reflection", "date": "2026-06-01", "title": "Theirs",
        "mood": "bright", "claims": [{ "competency": "1.3", "weight": 2 }], "origin": { "name": "notes", "id": "7" },
    });
    coach.writes("theirs.jsonl", line.to_string());
    coach.does(&["import", "VAULT", "theirs.jsonl"]);
    let id = line["id"].as_str().unwrap();
    let after = coach.edits(id, &["--set", "title=Mine", "--claim", "1.3=now with a reason"]);
    assert_eq!((&after["mood"], &after["origin"]), (&line["mood"], &line["origin"]));
    assert_eq!(after["claims"], json!([{ "competency": "1.3", "weight": 2, "reason": "now with a reason" }]));
    assert!(coach.edits(id, &["--unset", "mood"]).get("mood").is_none());
}

/// Answers C2: what is there is not written over by `add`.
#[test]
fn what_exists_is_not_added_over() {
    let coach = Coach::with_vault();
    let entry = coach.adds("reflection", &["--set", "title=One", "--claim", "1.3=it shows"]);
    let id = format!("id={}", entry["id"].as_str().unwrap());
    for kind in ["reflection", "goal"] {
        let said = coach.refused(2, &["add", "VAULT", kind, "--set", &id, "--set", "title=Two"]);
        assert!(said.contains("already") && said.contains("`edit "), "{said}");
    }
    // However its letters are written.
    let loud = format!("id={}", entry["id"].as_str().unwrap().to_uppercase());
    coach.refused(2, &["add", "VAULT", "reflection", "--set", &loud, "--set", "title=Two"]);
    assert_eq!(coach.json(&["show", "VAULT", entry["id"].as_str().unwrap()]), entry);
    coach.does(&["delete", "VAULT", entry["id"].as_str().unwrap()]);
    let said = coach.refused(2, &["add", "VAULT", "reflection", "--set", &id, "--set", "title=Two"]);
    assert!(said.contains("in the bin") && said.contains("`bin VAULT --restore ID`"), "{said}");
    let fresh = coach.adds("reflection", &["--set", "id=018f3c1e-0000-7000-8000-000000000001", "--set", "title=New"]);
    assert_eq!(fresh["id"], "018f3c1e-0000-7000-8000-000000000001");
}

/// Answers C1: each line has a command of its own, which does what the line says when it is run as it is printed.
#[test]
fn each_line_that_is_offered_has_its_own_command() {
    let coach = Coach::new();
    coach.does(&["init", "my vault"]);
    let set = ["--set", "title=Third", "--set", "minutes=50", "--set", "format=one-to-one", "--set", "mode=video"];
    let session = coach.json(&[&["add", "my vault", "session"], &set[..]].concat());
    let person = coach.json(&["add", "my vault", "person", "--set", "name=Ola Nowak", "--set", "role=observer"]);
    let offered = coach.json(&["next", "my vault", session["id"].as_str().unwrap()]);
    let printed = coach.does(&["next", "my vault", session["id"].as_str().unwrap()]);
    let commands: Vec<&str> = printed.lines().filter_map(|line| line.strip_prefix("  coachfolio ")).collect();
    assert_eq!(commands.len(), 3, "{printed}");
    let program = env!("CARGO_BIN_EXE_coachfolio");
    for (command, offer) in commands.iter().zip(offered.as_array().unwrap()) {
        assert_eq!(offer["command"], format!("coachfolio {command}"));
        let filled = command.replace("observer=…", &format!("observer={}", person["id"].as_str().unwrap()));
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("'{program}' --today {TODAY} --json {filled}")]);
        let output = shell.current_dir(coach.home.path()).env("COACHFOLIO_PASSPHRASE", PASSPHRASE).output().unwrap();
        assert!(output.status.success(), "{filled}: {}", String::from_utf8_lossy(&output.stderr));
        let written: Value = serde_json::from_slice(&output.stdout).unwrap();
        for (field, value) in offer["draft"].as_object().unwrap() {
            assert_eq!(&written[field], value, "{field} of {filled}");
        }
    }
    let id = session["id"].as_str().unwrap();
    for (kind, line) in [("reflection", "9"), ("reflection", "3"), ("observation", "1")] {
        let follows = format!("{id}:{line}");
        coach.refused(2, &["add", "my vault", kind, "--follows", &follows, "--set", "title=x"]);
    }
}

#[test]
fn a_kind_says_what_its_fields_take() {
    let coach = Coach::with_vault();
    let session = coach.json(&["fields", "session"]);
    let field =
        |id: &str| session["fields"].as_array().unwrap().iter().find(|field| field["id"] == id).unwrap().clone();
    let minutes = field("minutes");
    assert_eq!((&minutes["type"], &minutes["min"], &minutes["max"]), (&json!("minutes"), &json!(1), &json!(1440)));
    assert_eq!((&minutes["required"], &field("nhs")["default"]), (&json!(true), &json!(true)));
    assert_eq!(field("mode")["choices"][1], json!({ "id": "telephone", "label": "Telephone" }));
    assert_eq!(field("client")["when_words"], "\"One to one or a group\" is \"One to one\"");
    assert!(field("client")["help"].as_str().unwrap().contains("pseudonym"));
    assert_eq!(field("clinical_question")["fields"][0]["id"], "question");
    let said = coach.does(&["fields", "session"]);
    for words in ["minutes: Minutes (minutes, required)", "whole minutes from 1 to 1,440", "face-to-face  Face to face"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    let observation = coach.does(&["fields", "observation"]);
    assert!(observation.contains("Can count as") && observation.contains("1.3"), "{observation}");
    assert!(!coach.does(&["fields", "sign-off"]).contains("signed:"), "what the app keeps is not typed");

    let refused = coach.refused(2, &["fields", "dance"]);
    let known = coach.json(&["fields"]);
    for kind in known.as_array().unwrap() {
        let id = kind["kind"].as_str().unwrap();
        assert!(refused.contains(id), "{id}: {refused}");
        coach.does(&["fields", id]);
        // Every field that is told can be set: what is refused is the value, never the name.
        let fields = coach.json(&["fields", id])["fields"].as_array().unwrap().clone();
        let set =
            fields.iter().flat_map(|field| ["--set".to_owned(), format!("{}=\u{1}", field["id"].as_str().unwrap())]);
        let set: Vec<String> = set.collect();
        let add: Vec<&str> = ["add", "VAULT", id].into_iter().chain(set.iter().map(String::as_str)).collect();
        assert!(!coach.refused(2, &add).contains("no such field"), "{id}");
    }
}
