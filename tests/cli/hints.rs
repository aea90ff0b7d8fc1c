//! What to do next, where another command helps: each failure leads there.

use super::Coach;

#[test]
fn a_failure_names_the_command_that_helps() {
    let coach = Coach::with_vault();
    let nobody = "018f3c1e-0000-7000-8000-000000000001";
    let added = coach.json(&[
        "add",
        "VAULT",
        "session",
        "--set",
        "title=One",
        "--set",
        "minutes=50",
        "--set",
        "format=one-to-one",
        "--set",
        "mode=video",
    ]);
    let id = added["id"].as_str().unwrap();
    let action = format!("{id}:1");
    for (arguments, hint) in [
        (vec!["show", "VAULT", nobody], "`list` and `search` print the ids."),
        (vec!["history", "VAULT", id, "--restore", "7"], "`history` lists those there are."),
        (vec!["bin", "VAULT", "--restore", nobody], "`bin` lists what is in it."),
        (vec!["agenda", "VAULT", "--done", &action], "`agenda` lists what is open, each with its id and number."),
        (vec!["guidance", "VAULT", "--put-away", "none"], "`guidance VAULT --all` prints every note with its key."),
        (vec!["standards", "VAULT", id], "`list VAULT --kind person` prints the ids of people."),
    ] {
        assert!(coach.refused(2, &arguments).ends_with(&format!("{hint}\n")), "{arguments:?}");
        let said = coach.runs(&[arguments.as_slice(), &["--json"]].concat());
        let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!(json["error"]["hint"], hint);
    }
}

#[test]
fn a_framework_that_does_not_fit_is_told_where_a_right_one_is() {
    let coach = Coach::with_vault();
    std::fs::write(coach.at("broken.json"), "{}").unwrap();
    let hint = "`framework --json` prints one that is right.";
    assert!(coach.runs(&["framework", "broken.json"]).out.contains(hint));
    assert!(coach.refused(2, &["framework", "broken.json", "--vault", "VAULT", "--install"]).contains(hint));
}
