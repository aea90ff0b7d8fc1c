//! The portfolio around who reads it: what its first pages say, on a page each, and how what is in it is found.

use serde_json::Value;

use crate::{Coach, squeezed, text_of};

const READERS: [&str; 5] = ["appraisal", "supervision", "line-management", "clinical", "assessor"];

/// The example's vault, and what of it could be the best evidence for anybody.
fn example() -> (Coach, Vec<String>) {
    let coach = Coach::new();
    coach.does(&["demo", "VAULT"]);
    let listed = coach.json(&["list", "VAULT"]);
    let ids = |kind: &str, most: usize| -> Vec<String> {
        let records = listed.as_array().unwrap().iter();
        let right = |one: &&Value| one["kind"] == kind && one["claims"].as_array().is_some_and(|all| !all.is_empty());
        records.filter(right).take(most).map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    let best = [ids("observation", 3), ids("feedback", 1), ids("reflection", 1)].concat();
    assert_eq!(best.len(), 5);
    (coach, best)
}

/// The pages of a PDF as text.
fn pages(coach: &Coach, arguments: &[&str]) -> Vec<String> {
    let command = [&["export", "VAULT", "--pdf", "out.pdf"], arguments].concat();
    coach.does(&command);
    text_of(&coach.at("out.pdf")).split('\u{c}').map(str::to_owned).collect()
}

#[test]
fn the_front_stands_alone_for_every_reader_and_asks_what_is_theirs_to_decide() {
    let (coach, best) = example();
    for whom in READERS {
        let mut arguments = vec!["--for", whom, "--best"];
        arguments.extend(best.iter().map(String::as_str));
        let pages = pages(&coach, &arguments);
        let heads = [
            "Portfolio of evidence",
            "Where Rhian Nowak-Pryce stands",
            "What is missing, and the plan",
            "The best evidence",
            "Contents",
            "Part 1: the evidence by competency",
        ];
        for (page, head) in pages.iter().zip(heads) {
            assert!(
                squeezed(page).contains(&squeezed(head)),
                "{whom}: {head} does not begin the next page but\n{page}"
            );
        }
        assert!(!pages[4].contains("Tomasz again"), "{whom}: exhibits are not in the contents");
        let asked = &pages[0];
        assert!(asked.contains("What is asked of the reader") && asked.contains("Signature"), "{whom}");
        assert_eq!(asked.contains("competencies to be agreed:"), whom == "supervision", "{whom}: {asked}");
        assert_eq!(asked.contains("The appraisal:"), whom == "appraisal", "{whom}: {asked}");
        assert_eq!(asked.contains("Tier 2 to be agreed:"), whom == "assessor", "{whom}: {asked}");
        // On paper it is the head of a page that says where one is.
        let going_on = pages.iter().filter(|page| page.lines().take(4).any(|line| line.ends_with(", continued")));
        assert!(going_on.count() > 5, "{whom}");
        let named = |page: &String| page.lines().take(4).any(|line| line.starts_with("1.4 Reflective practice"));
        assert!(pages.iter().any(named), "{whom}");
        assert!(squeezed(&pages.concat()).contains("MonthSessionsGroups"), "{whom}: sessions are added up");
    }
}

#[test]
fn the_coach_chooses_the_best_evidence_and_how_sessions_are_shown() {
    let (coach, best) = example();
    let title = |id: &str| squeezed(coach.json(&["show", "VAULT", id])["title"].as_str().unwrap());
    let observed = coach.json(&["show", "VAULT", &best[0]]);
    let pages = pages(&coach, &["--for", "supervision", "--log", "sessions", "--best", &best[3], &best[0]]);
    let page = squeezed(&pages[3]);
    let said = squeezed(observed["strengths"].as_str().unwrap());
    let said: String = said.chars().take(60).collect();
    assert!(page.contains(&said), "the observer's own words: {}", pages[3]);
    assert!(
        page.find(&title(&best[3])).unwrap() < page.find(&title(&best[0])).unwrap(),
        "in the order that was chosen"
    );
    let text = pages.concat();
    assert!(squeezed(&text).contains("DateWithHowTime") && text.matches("One to one").count() > 200);
}

#[test]
fn the_coachs_own_copy_asks_nothing_and_chooses_nothing() {
    let coach = Coach::with_vault();
    let pages = pages(&coach, &[]);
    assert!(pages[0].contains("the coach’s own copy") && !pages[0].contains("Signature"));
    assert!(pages[3].contains("Contents"), "without a choice there is no page of the best evidence");
}

#[test]
fn what_cannot_be_the_best_evidence_is_refused() {
    let (coach, best) = example();
    let refused = |arguments: &[&str]| {
        let said = coach.runs(&[&["export", "VAULT", "--pdf", "out.pdf"], arguments].concat());
        assert_eq!(said.status, 2, "{}", said.err);
        said.err
    };
    let six: Vec<&str> = best.iter().chain(&best[..1]).map(String::as_str).collect();
    assert!(refused(&[&["--best"], &six[..]].concat()).contains("five records at most; 6 were chosen"));
    assert!(refused(&["--best", &best[0], &best[0]]).contains("was chosen twice"));
    let listed = coach.json(&["list", "VAULT"]);
    let private = listed.as_array().unwrap().iter();
    let private =
        private.filter(|one| one["kind"] == "reflection" && one["claims"].as_array().is_none_or(Vec::is_empty));
    let private = private.map(|one| one["id"].as_str().unwrap()).next().unwrap();
    let said = refused(&["--for", "appraisal", "--best", private]);
    assert!(said.contains("does not go to this reader"), "{said}");
    coach.does(&["export", "VAULT", "--pdf", "out.pdf", "--for", "appraisal", "--also", private, "--best", private]);
    refused(&["--best", "018f3c1e-0000-7000-8000-00000000dead"]);
}

/// The text of all pages without white space, and its pages one by one.
fn squeezed_pages(coach: &Coach, arguments: &[&str]) -> Vec<String> {
    pages(coach, arguments).iter().map(|page| squeezed(page)).collect()
}

/// The page that a sentence names at its end, counted from 0.
fn page_named(page: &str, sentence: &str) -> usize {
    let said = &page[page.find(sentence).unwrap_or_else(|| panic!("{sentence} is not in {page}")) + sentence.len()..];
    let number: String = said.chars().take_while(char::is_ascii_digit).collect();
    number.parse::<usize>().unwrap() - 1
}

/// Rule: what the third page has no room for stands elsewhere, and the page is named.
#[test]
fn what_was_agreed_and_the_steps_of_the_plan_are_all_to_be_found() {
    let coach = Coach::with_vault();
    let actions: Vec<String> =
        (1..=9).map(|at| format!(r#"{{"text":"Ring the surgery, part {at} of it","due":"2026-07-0{at}"}}"#)).collect();
    let met = format!(
        r#"{{"kind":"supervision","date":"2026-06-02","title":"June","type":"line-management","format":"individual","minutes":60,"actions":[{}]}}"#,
        actions.join(",")
    );
    coach.writes("in.jsonl", met);
    coach.does(&["import", "VAULT", "in.jsonl"]);
    let steps = coach.json(&["plan", "VAULT"])["steps"].as_array().unwrap().len();
    assert!(steps > 5, "{steps} steps have room on the page");
    let pages = squeezed_pages(&coach, &["--for", "line-management"]);
    let third = &pages[2];
    let there = page_named(third, "Fivemorestandonpage");
    for at in 1..=9 {
        let page = if at <= 4 { third } else { &pages[there] };
        assert!(page.contains(&format!("Ringthesurgery,part{at}ofit")), "{at} is not where it should be");
    }
    let closes = if steps == 6 { "steps".len() - 1 } else { "steps".len() };
    let said = &third[third.find("wouldcloseless").unwrap() - closes..];
    let there = page_named(said, if steps == 6 { "andstandsonpage" } else { "andstandonpage" });
    let from_there = pages[there..(there + 2).min(pages.len())].concat();
    for place in 6..=steps {
        assert!(from_there.contains(&format!("{place}.")), "step {place} of {steps} is not from page {} on", there + 1);
    }
}

/// Rule: a year of ordinary work is read in one sitting.
#[test]
fn a_year_of_the_example_takes_about_forty_pages() {
    let (coach, _) = example();
    let year = ["--for", "appraisal", "--from", "2025-06-13", "--to", "2026-06-12"];
    let command = [&["export", "VAULT", "--pdf", "out.pdf"][..], &year].concat();
    let report = coach.json(&command);
    let (pages, records) = (report["pages"].as_u64().unwrap(), report["records"].as_u64().unwrap());
    assert!(records > 300, "{records}");
    assert!(pages <= 46, "{pages} pages for {records} records");
}

/// Rule: the records of a log stand in columns, and what all of them say is said once.
#[test]
fn a_log_has_columns() {
    let coach = Coach::with_vault();
    coach.does(&["add", "VAULT", "person", "--set", "name=Helen Okafor", "--set", "role=line-manager"]);
    let person = coach.json(&["list", "VAULT", "--kind", "person"])[0]["id"].as_str().unwrap().to_owned();
    let met = |day: &str, minutes: u32, mode: &str| {
        format!(
            r#"{{"kind":"supervision","date":"{day}","title":"Room 2","type":"line-management","format":"individual","minutes":{minutes},"mode":"{mode}","supervisor":"{person}"}}"#
        )
    };
    coach.writes("in.jsonl", [met("2026-03-02", 45, "video"), met("2026-04-06", 60, "face-to-face")].join("\n"));
    coach.does(&["import", "VAULT", "in.jsonl"]);
    coach.does(&["export", "VAULT", "--html", "out.html", "--for", "appraisal"]);
    let page = std::fs::read_to_string(coach.at("out.html")).unwrap();
    for words in [
        "<th scope=\"col\">Date</th>",
        "<td>45 minutes</td><td>Video call</td>",
        "<td>60 minutes</td><td>Face to face</td>",
    ] {
        assert!(page.contains(words), "{words} is not in {page}");
    }
    let once = "All of them: Line management · Supervisor: Helen Okafor · One to one";
    assert!(page.contains(once), "what is the same for all is said once: {page}");
    assert!(!page.contains("Room 2"), "the name stays with the coach");
}

/// Rule: a reason's lines are lines wherever it stands, and who is not in the vault any more is missed where they stood.
#[test]
fn a_reason_keeps_its_lines_and_a_missing_supervisor_is_missed() {
    let coach = Coach::with_vault();
    let reason = "First I waited.\\nThen she said it herself.";
    let seen = format!(
        r#"{{"kind":"reflection","date":"2026-03-02","title":"Seen","body":"Words.","claims":[{{"competency":"1.3","reason":"{reason}"}}]}}"#
    );
    let met = r#"{"kind":"supervision","date":"2026-04-06","title":"April","type":"line-management","format":"individual","minutes":60,"body":"A talk.","supervisor":"018f3c1e-0000-7000-8000-00000000dead"}"#;
    coach.writes("in.jsonl", format!("{seen}\n{met}\n"));
    coach.does(&["import", "VAULT", "in.jsonl"]);
    coach.does(&["export", "VAULT", "--html", "out.html", "--for", "line-management"]);
    let page = std::fs::read_to_string(coach.at("out.html")).unwrap();
    assert_eq!(page.matches("First I waited.<br>").count(), 2, "in Part 1 and at the exhibit: {page}");
    assert!(page.contains("Supervisor: somebody whose entry is not here any more"), "{page}");
}
