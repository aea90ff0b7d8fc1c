//! Adding records, and finding them again.

use serde_json::json;

use crate::Coach;

#[test]
fn what_is_added_is_found_listed_and_shown() {
    let coach = Coach::with_vault();
    coach.writes("body.md", "She said *nothing*, and that was **enough**.\n");
    let added = coach.json(&[
        "add",
        "VAULT",
        "reflection",
        "--set",
        "title=When silence did the work",
        "--set",
        "date=2026-06-11",
        "--set",
        "tags=silence, listening",
        "--body-file",
        "body.md",
        "--claim",
        "1.3=my wish to help was loud",
        "2.2:portfolio",
    ]);
    assert_eq!(added["tags"], json!(["silence", "listening"]));
    assert_eq!(added["claims"][0], json!({ "competency": "1.3", "reason": "my wish to help was loud" }));
    assert_eq!(added["claims"][1], json!({ "competency": "2.2", "as": "portfolio" }));
    let id = added["id"].as_str().unwrap();

    for query in ["silence", "enough", "LOUD", "\"did the work\"", "sile*", "nothing enough"] {
        let found = coach.json(&["search", "VAULT", query]);
        assert_eq!((found["total"].as_u64(), found["hits"][0]["id"].as_str()), (Some(1), Some(id)), "{query}");
    }
    assert_eq!(coach.json(&["search", "VAULT", "banjo"])["total"], 0);
    for hostile in ["\"", "AND OR NOT", "title:", "*", "(", "a\"b", "NEAR(", "'; DROP TABLE record; --", ""] {
        coach.json(&["search", "VAULT", hostile]);
    }
    assert_eq!(coach.json(&["show", "VAULT", id]), added);
    assert_eq!(coach.json(&["list", "VAULT", "--competency", "2.2"])[0], added);
    assert_eq!(coach.json(&["list", "VAULT", "--competency", "2.3"]), json!([]));
    assert_eq!(coach.json(&["list", "VAULT", "--from", "2026-06-12"]), json!([]));
    let shown = coach.does(&["show", "VAULT", id]);
    assert!(shown.contains("11 June 2026") && shown.contains("Shows 1.3"), "{shown}");
}

#[test]
fn a_record_that_does_not_fit_is_refused_with_every_problem() {
    let coach = Coach::with_vault();
    let err = coach.refused(2, &["add", "VAULT", "session", "--set", "title=x", "--set", "minutes=1441"]);
    for field in ["minutes", "format", "mode"] {
        assert!(err.contains(field), "{err}");
    }
    assert!(coach.refused(2, &["add", "VAULT", "dance", "--set", "title=x"]).contains("reflection"));
    assert!(coach.refused(2, &["add", "VAULT", "session", "--set", "colour=red"]).contains("no such field"));
    assert!(coach.refused(2, &["add", "VAULT", "reflection", "--set", "title=x", "--claim", "7.7"]).contains("7.7"));
    let recording = ["add", "VAULT", "observation", "--set", "title=Heard", "--set", "source=audio", "--set"];
    let recording: Vec<&str> = recording.into_iter().chain(["observer=018f3c1e-0000-7000-8000-000000000002"]).collect();
    assert!(coach.refused(2, &recording).contains("consent"));
    assert_eq!(coach.records(), 0);
}

#[test]
fn a_person_needs_no_other_title_than_their_name() {
    let coach = Coach::with_vault();
    let person = coach.json(&["add", "VAULT", "person", "--set", "name=Ola Nowak", "--set", "role=observer"]);
    assert_eq!(person["title"], "Ola Nowak");
    coach.does(&["add", "VAULT", "profile", "--set", "name=Rhian Ellis"]);
    assert!(coach.refused(2, &["add", "VAULT", "profile", "--set", "name=Someone"]).contains("already"));
}

#[test]
fn a_file_is_kept_with_its_record() {
    let coach = Coach::with_vault();
    coach.writes("day-one.pdf", b"%PDF-1.7 a certificate");
    let added = coach.json(&[
        "add",
        "VAULT",
        "learning",
        "--set",
        "title=The universal model",
        "--set",
        "form=e-learning",
        "--set",
        "course=universal-model",
        "--set",
        "pci_accredited=yes",
        "--set",
        "minutes=420",
        "--set",
        "certificate=day-one.pdf",
        "--attach",
        "day-one.pdf",
        "--claim",
        "3.12:certificate",
    ]);
    assert_eq!(added["attachments"][0]["media_type"], "application/pdf");
    let gaps = coach.json(&["gaps", "VAULT"]);
    let state = gaps["competencies"].as_array().unwrap().iter().find(|state| state["competency"] == "3.12").unwrap();
    assert_eq!(state["status"], "evidenced");

    coach.does(&["export", "VAULT", "--jsonl", "out"]);
    let written = coach.at("out/attachments/day-one.pdf");
    assert_eq!(std::fs::read(&written).unwrap(), b"%PDF-1.7 a certificate");
    coach.does(&["init", "second"]);
    coach.does(&["import", "second", "out/records.jsonl"]);
    assert_eq!(coach.json(&["verify", "second"])["attachments"], 1);

    std::fs::write(&written, "something else").unwrap();
    coach.does(&["init", "third"]);
    assert!(coach.refused(2, &["import", "third", "out/records.jsonl"]).contains("attachments[0]"));
}

#[test]
fn records_are_shown_with_the_titles_of_those_they_name_and_without_what_the_app_keeps() {
    let coach = Coach::with_vault();
    let person = coach.json(&["add", "VAULT", "person", "--set", "name=Agnieszka Wójcik", "--set", "role=observer"]);
    let person = person["id"].as_str().unwrap();
    let entry = coach.json(&["add", "VAULT", "reflection", "--set", "title=A quiet session"]);
    let entry = entry["id"].as_str().unwrap();
    let (discussed, supervisor) = (format!("discussed=[\"{entry}\"]"), format!("supervisor={person}"));
    let supervision = coach.json(&[
        "add",
        "VAULT",
        "supervision",
        "--set",
        "title=June",
        "--set",
        "type=clinical",
        "--set",
        "format=individual",
        "--set",
        "minutes=60",
        "--set",
        &supervisor,
        "--set",
        &discussed,
        "--set",
        "actions=[{\"text\": \"Ring the surgery\", \"due\": \"2026-06-20\"}]",
    ]);
    let shown = coach.does(&["show", "VAULT", supervision["id"].as_str().unwrap()]);
    for words in ["Supervisor: Agnieszka Wójcik", "A quiet session", "Action: Ring the surgery; By when: 20 June 2026"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let (who, signed) =
        (format!("person={person}"), format!("signed=[{{\"record\": \"{entry}\", \"sha256\": \"{sha256}\"}}]"));
    let sign_off = [
        "add",
        "VAULT",
        "sign-off",
        "--set",
        "title=1.3 agreed",
        "--set",
        &who,
        "--set",
        "scope=competency",
        "--set",
        "competency=1.3",
        "--set",
        "decision=agreed",
        "--set",
        &signed,
        "--set",
        "sufficient=yes",
    ];
    assert!(coach.refused(2, &sign_off).contains("comment"), "less suffices only with a reason");
    let sign_off = coach.json(&[&sign_off[..], &["--set", "comment=Two observations say enough."]].concat());
    let shown = coach.does(&["show", "VAULT", sign_off["id"].as_str().unwrap()]);
    assert!(shown.contains("What was decided: Agreed") && !shown.contains(&sha256[..8]), "{shown}");
    coach.does(&["export", "VAULT", "--jsonl", "out"]);
    let exported = std::fs::read_to_string(coach.at("out/records.jsonl")).unwrap();
    assert!(exported.contains(sha256), "the open form has everything");
}

#[test]
fn one_act_offers_the_records_that_follow_it() {
    let coach = Coach::with_vault();
    let session = coach.json(&[
        "add",
        "VAULT",
        "session",
        "--set",
        "title=Client A, third",
        "--set",
        "minutes=50",
        "--set",
        "format=one-to-one",
        "--set",
        "mode=video",
        "--set",
        "date=2026-06-10",
    ]);
    let id = session["id"].as_str().unwrap();
    let next = coach.json(&["next", "VAULT", id]);
    let offered: Vec<&str> = next.as_array().unwrap().iter().map(|n| n["label"].as_str().unwrap()).collect();
    assert!(offered.contains(&"Put it on the agenda of your next supervision"), "{offered:?}");
    let written = coach.json(&["add", "VAULT", "reflection", "--follows", id, "--set", "title=What I noticed"]);
    assert_eq!((&written["session"], &written["phase"]), (&session["id"], &serde_json::json!("after")));
    assert_eq!((&written["date"], &written["title"]), (&session["date"], &serde_json::json!("What I noticed")));
    coach.refused(2, &["add", "VAULT", "profile", "--follows", id]);

    // What was written before, in and after one session is shown together, from wherever one looks.
    let session = format!("session={id}");
    let before = coach.json(&[
        "add",
        "VAULT",
        "reflection",
        "--set",
        "title=Before it",
        "--set",
        "phase=before",
        "--set",
        &session,
    ]);
    for (of, others) in
        [(id, ["Before it", "What I noticed"]), (before["id"].as_str().unwrap(), ["Client A, third", "What I noticed"])]
    {
        let shown = coach.does(&["show", "VAULT", of]);
        let belonging = shown.split("Belongs with:").nth(1).unwrap();
        assert!(others.iter().all(|title| belonging.contains(title)), "{shown}");
    }
}

#[test]
fn a_group_set_as_something_else_is_a_problem() {
    let coach = Coach::with_vault();
    let err = coach
        .refused(2, &["add", "VAULT", "supervision", "--set", "safeguarding=5", "--set", "safeguarding.raised=yes"]);
    assert!(err.contains("safeguarding"), "{err}");
}
