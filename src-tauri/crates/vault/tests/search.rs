//! What a coach types finds what a coach wrote.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod common;

use common::{claiming, day, kinds, new_vault, now, record, save, session, titles, with};
use domain::Record;
use proptest::prelude::*;
use serde_json::json;
use vault::{Vault, VaultError};

fn filled() -> (tempfile::TempDir, Vault) {
    let (home, mut vault, _) = new_vault();
    let given = [
        record("reflection", "2026-01-01", "One", "Zoë reflected on silence; the café was loud."),
        record("reflection", "2026-01-02", "Two", "Reflection after an open question about well-being."),
        with(
            record("reflection", "2026-01-03", "Three", "nothing here"),
            &json!({
                "model": "gibbs",
                "answers": [{ "prompt": "Unfindable prompt", "text": "I counselled instead of listening" }],
                "unknown": "invisible"
            }),
        ),
        claiming(record("reflection", "2026-01-04", "Four", "question open"), &["1.3"]),
        with(
            record("observation", "2026-01-05", "Five", ""),
            &json!({
                "source": "live", "strengths": "warm presence",
                "ratings": [{ "competency": "2.1", "level": "strong", "comment": "paraphrasing throughout" }]
            }),
        ),
        Record { tags: vec!["triage pilot".to_owned()], ..session("2026-01-06", 30) },
    ];
    given.iter().for_each(|record| save(&mut vault, record));
    (home, vault)
}

#[test]
fn words_are_found_in_every_text_and_form() {
    let (_home, mut vault) = filled();
    let none: [&str; 0] = [];
    // Newest first; stems and capitals do not matter, nor do diacritics, composed or not.
    assert_eq!(titles(&vault, "REFLECTING"), ["Two", "One"]);
    assert_eq!(titles(&vault, "zoe cafe"), ["One"]);
    assert_eq!(titles(&vault, "Zoe\u{308}"), ["One"]);
    assert_eq!(titles(&vault, "two"), ["Two"]);
    assert_eq!(titles(&vault, "counsel"), ["Three"]);
    assert_eq!(titles(&vault, "paraphrase presence"), ["Five"]);
    assert_eq!(titles(&vault, "triage"), ["A session"]);
    assert_eq!(titles(&vault, "1.3"), ["Four"]);
    // Words in any order, phrases in theirs.
    assert_eq!(titles(&vault, "question open"), ["Four", "Two"]);
    assert_eq!(titles(&vault, "\"open question\""), ["Two"]);
    assert_eq!(titles(&vault, "“open question”"), ["Two"]);
    assert_eq!(titles(&vault, "well-being"), ["Two"]);
    assert_eq!(titles(&vault, "silence question"), none);
    // Prompts, choices, unknown fields and kinds are not what the coach wrote.
    for query in ["unfindable", "gibbs", "invisible", "observation", "telephone"] {
        assert_eq!(titles(&vault, query), none, "{query}");
    }
    // Beginnings, also beyond the stem that the index holds.
    for beginning in ["re*", "refl*", "reflec*", "reflect*", "reflecti*", "reflectio*", "reflection*"] {
        assert_eq!(titles(&vault, beginning), ["Two", "One"], "{beginning}");
    }
    assert_eq!(titles(&vault, "counselli*"), ["Three"]);
    assert_eq!(titles(&vault, "\"open quest\"*"), ["Two"]);
    assert_eq!(titles(&vault, "counselx*"), none);

    // A new text and a new day replace the old ones.
    let two = vault.search().find("well-being", None, 1).unwrap().hits[0].id;
    let two = vault.records().get(two).unwrap().unwrap();
    save(&mut vault, &Record { date: day("2020-02-02"), body: "Reflection on goals".to_owned(), ..two.clone() });
    assert_eq!(titles(&vault, "reflect"), ["One", "Two"]);
    assert_eq!(titles(&vault, "question"), ["Four"]);
    assert_eq!(vault.search().find("goals", None, 1).unwrap().hits[0].date, day("2020-02-02"));
    vault.transact(|writer| writer.records().bin(two.id, &kinds(), now())).unwrap();
    assert_eq!(titles(&vault, "reflect"), ["One"]);
    assert!(vault.verify(&kinds()).unwrap().problems.is_empty());
}

#[test]
fn a_kind_narrows_the_search_and_the_limit_does_not_change_the_total() {
    let (_home, mut vault) = filled();
    for n in 0..30 {
        save(&mut vault, &record("learning", "2025-05-05", &format!("Course {n}"), "a question of listening"));
        save(&mut vault, &record("peer-learning", "2025-05-06", &format!("Group {n}"), "a question of learning"));
    }
    let found = vault.search().find("question", Some("learning"), 7).unwrap();
    assert_eq!((found.hits.len(), found.total, found.total_is_more), (7, 30, false));
    assert!(found.hits.iter().all(|hit| hit.kind == "learning" && hit.snippet == "a question of listening"));
    assert_eq!(vault.search().find("question", Some("peer-learning"), 7).unwrap().total, 30);
    assert_eq!(vault.search().find("question", Some("reflection"), 7).unwrap().total, 2);
    assert_eq!(vault.search().find("question", Some("no\" OR kind"), 7).unwrap().total, 0);
    assert_eq!(vault.search().find("question", None, 0).unwrap().total, 62);
}

#[test]
fn a_snippet_shows_the_passage_on_one_line() {
    let (_home, mut vault, _) = new_vault();
    let body = format!("{}\n\nThe *turning\tpoint* came late.\n\n{}", "before ".repeat(200), "after ".repeat(200));
    save(&mut vault, &record("reflection", "2026-01-01", "Long", &body));
    let hit = vault.search().find("turn", None, 1).unwrap().hits.remove(0);
    let (snippet, words) = (&hit.snippet, hit.marks.iter().map(|mark| mark.within(&hit.snippet)));
    assert_eq!(words.collect::<Vec<_>>(), [Some("turning")]);
    assert!(snippet.contains("The *turning point* came late."), "{snippet}");
    assert!(snippet.starts_with('…') && snippet.ends_with('…') && snippet.len() < 300, "{snippet}");
}

#[test]
fn hostile_queries_are_only_words() {
    let (_home, vault) = filled();
    let long = "word ".repeat(5_000);
    let nested = "(".repeat(3_000);
    for query in [
        "",
        "\"",
        "\"\"",
        "*",
        "AND",
        "NOT",
        "OR OR",
        "NEAR(a b)",
        "title:one",
        "{title}:one",
        "^one",
        "a\0b",
        "'",
        ";--",
        "one) OR (two",
        "-one",
        "+",
        "\\",
        "%_",
        "💚",
        "\u{feff}",
        "one\"two",
        "\"*",
        "**",
        &long,
        &nested,
    ] {
        vault.search().find(query, None, 10).unwrap();
        vault.search().find(query, Some("reflection"), 10).unwrap();
    }
    // Punctuation around and inside words does not hide them.
    assert_eq!(titles(&vault, "(silence)"), ["One"]);
    assert_eq!(titles(&vault, "silence;"), ["One"]);
    let vault = std::cell::RefCell::new(vault);
    proptest!(|(query in any::<String>())| {
        vault.borrow().search().find(&query, None, 5).unwrap();
    });
    proptest!(|(query in "[a-z\"*()^:+ -]{0,40}")| {
        vault.borrow().search().find(&query, None, 5).unwrap();
    });
}

#[test]
fn many_records_at_once_are_found_like_any() {
    let (_home, mut vault, _) = new_vault();
    let kinds = common::kinds();
    let many: Vec<Record> = (0..600)
        .map(|n| record("reflection", "2026-01-01", &format!("Title {n}"), &format!("quoin{n} words")))
        .collect();
    let failed: Result<(), VaultError> = vault.transact(|writer| {
        writer.search().in_bulk()?;
        many.iter().try_for_each(|record| writer.records().save(record, &kinds))?;
        Err(VaultError::DiskFull)
    });
    assert!(failed.is_err());
    assert_eq!(vault.search().find("words", None, 1).unwrap().total, 0);
    save(&mut vault, &many[7]);
    let done: Result<(), VaultError> = vault.transact(|writer| {
        writer.search().in_bulk()?;
        many.iter().try_for_each(|record| writer.records().save(record, &kinds))?;
        writer.search().settle()
    });
    done.unwrap();
    save(&mut vault, &record("reflection", "2026-01-02", "After", "words"));
    assert_eq!(vault.search().find("words", None, 1).unwrap().total, 601);
    assert_eq!(titles(&vault, "quoin7"), ["Title 7"]);
    assert_eq!(vault.verify(&kinds).unwrap().problems, Vec::<String>::new());
}
