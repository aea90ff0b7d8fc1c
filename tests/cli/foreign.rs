//! Files from elsewhere: pipes, keys that stand twice, clocks that ran ahead, more than anyone means to hand in.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::json;

use crate::{Coach, Said};

#[test]
fn a_pipe_is_read_like_a_file() {
    let coach = Coach::with_vault();
    let line = json!({ "kind": "reflection", "date": "2026-03-01", "title": "Through a pipe" }).to_string();
    let mut import = coach.command(&["import", "VAULT", "/dev/stdin", "--json"]);
    let mut child = import.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(line.as_bytes()).unwrap();
    let said = Said::of(&child.wait_with_output().unwrap());
    assert!(said.status == 0 && said.out.contains("\"added\": 1"), "{}{}", said.out, said.err);
    assert!(Command::new("mkfifo").arg(coach.at("fifo")).status().unwrap().success());
    let (fifo, again) = (coach.at("fifo"), line.clone());
    let writer = std::thread::spawn(move || fs::write(fifo, again).unwrap());
    assert_eq!(coach.json(&["import", "VAULT", "fifo"])["unchanged"], 1, "the same record by another way");
    writer.join().unwrap();
}

#[test]
fn a_key_that_stands_twice_is_a_problem_of_its_line() {
    let coach = Coach::with_vault();
    let twice = r#"{"kind":"reflection","date":"2026-03-01","title":"First","title":"Second","body":"a"}"#;
    let within =
        r#"{"kind":"reflection","date":"2026-03-01","title":"T","claims":[{"competency":"1.3","competency":"1.4"}]}"#;
    for (line, field) in [(twice, "title"), (within, "claims")] {
        coach.writes("in.jsonl", format!("\n{line}\n"));
        let err = coach.refused(2, &["import", "VAULT", "in.jsonl"]);
        assert!(err.contains(&format!("line 2, {field}: ")) && err.contains("stands twice"), "{err}");
        // Under another name the form is known all the same.
        coach.writes("in.txt", format!("{line}\n"));
        assert!(coach.refused(2, &["import", "VAULT", "in.txt"]).contains("stands twice"));
    }
    let err = coach.refused(2, &["add", "VAULT", "reflection", "--set", "title=one", "--set", "title=two"]);
    assert!(err.contains("title: it is set twice"), "{err}");
    let framework = coach.does(&["framework", "--json"]).replacen('{', "{\"format\": \"x\",", 1);
    coach.writes("framework.json", framework);
    assert!(coach.runs(&["framework", "framework.json"]).out.contains("\"format\" stands twice"));
    coach.writes("model.json", r#"{"title":"A","title":"B","for":"reflection","prompts":[{"prompt":"Here"}]}"#);
    assert!(coach.refused(2, &["prompts", "VAULT", "--add", "model.json"]).contains("title"));
    assert_eq!(coach.records(), 0);
}

#[test]
fn a_clock_that_ran_ahead_undoes_no_later_work() {
    let id = "01890000-0000-7000-8000-000000000001";
    let line = |title: &str, modified: Option<&str>| {
        let created = "2026-03-01T09:00:00Z";
        let mut line =
            json!({ "id": id, "kind": "reflection", "date": "2026-03-01", "title": title, "created": created });
        line["modified"] = json!(modified);
        line.to_string()
    };
    let taken = |coach: &Coach, line: String| {
        coach.writes("in.jsonl", line);
        coach.does(&["import", "VAULT", "in.jsonl"]);
        coach.json(&["list", "VAULT"])[0]["title"].as_str().unwrap().to_owned()
    };
    let ahead = || line("Old", Some("2999-03-01T09:00:00Z"));
    let coach = Coach::with_vault();
    coach.writes("in.jsonl", ahead());
    let said = coach.runs(&["import", "VAULT", "in.jsonl"]);
    assert!(
        said.err.contains("1 record says that it was last changed at a time that is still to come"),
        "{}",
        said.err
    );
    assert_eq!(taken(&coach, line("Corrected here", None)), "Corrected here");
    assert_eq!(taken(&coach, ahead()), "Corrected here", "the old file does not win again");
    let other = Coach::with_vault();
    taken(&other, ahead());
    let later = line("Changed on the other laptop", Some("2026-04-02T09:00:00Z"));
    assert_eq!(taken(&other, later), "Changed on the other laptop");
    assert_eq!(taken(&other, ahead()), "Changed on the other laptop");
}

#[test]
fn more_than_a_record_holds_is_refused_within_a_budget_of_memory() {
    let coach = Coach::with_vault();
    let numbers = "1,".repeat(2_000_000);
    let start = r#"{"kind":"reflection","date":"2026-03-01","title":"Many","n":["#;
    for name in ["in.jsonl", "in.txt"] {
        coach.writes(name, format!("{start}{numbers}1]}}\n"));
        let said = limited(&coach, name);
        assert!(said.status == 2 && said.err.contains("line 1, n: there are more than 100000 values"), "{}", said.err);
    }
    coach.writes("in.jsonl", "{}\n".repeat(20_000));
    assert_eq!(limited(&coach, "in.jsonl").status, 2);
    for endless in [&["framework", "/dev/zero"][..], &["prompts", "VAULT", "--add", "/dev/zero"]] {
        assert!(coach.refused(2, endless).contains("is over 512 MB"));
    }
    assert!(Said::of(&coach.command(&["import", "VAULT", "/dev/zero"]).output().unwrap()).err.contains("over"));
    assert_eq!(coach.records(), 0);
}

/// The import in 2 GB of memory, of which what is mapped and not used counts too.
fn limited(coach: &Coach, file: &str) -> Said {
    let import = coach.command(&["import", "VAULT", file]);
    let mut limited = Command::new("sh");
    limited.current_dir(coach.home.path()).args(["-c", "ulimit -v 2000000; exec \"$0\" \"$@\""]);
    limited.envs(import.get_envs().filter_map(|(name, value)| Some((name, value?))));
    Said::of(&limited.arg(import.get_program()).args(import.get_args()).output().unwrap())
}
