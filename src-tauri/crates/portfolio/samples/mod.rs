//! A believable portfolio for examples, tests and benchmarks. Everyone in it is made up.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::cpd::cpd;
use domain::digest::Sha256Hex;
use domain::framework::Framework;
use domain::period::Period;
use domain::routes::{Rules, training};
use domain::stretch::{Worked, stretches};
use domain::views::{Learning, Session, SessionSum, TrainingPlan};
use domain::{Audience, Kinds, Ledger, Record, Standing};
use portfolio::Source;

/// The year before the sample's day.
const PERIOD: (NaiveDate, NaiveDate) =
    (NaiveDate::from_ymd_opt(2025, 5, 1).expect("a day"), NaiveDate::from_ymd_opt(2026, 4, 30).expect("a day"));

/// The coach of `portfolio.jsonl`.
pub(crate) fn believable() -> Source {
    let lines = include_str!("portfolio.jsonl").lines();
    of(lines.map(|line| serde_json::from_str(line).expect("a sample line reads")).collect())
}

/// A vault with nothing in it.
pub(crate) fn empty() -> Source {
    of(Vec::new())
}

/// `count` reflections of 250 words, each put forward for a competency.
pub(crate) fn many(count: usize) -> Source {
    let framework = Framework::shipped();
    let mut records = believable().records;
    for number in 0..count {
        let competency = &framework.competencies[number % framework.competencies.len()];
        let day = NaiveDate::from_ymd_opt(2025, 5, 1).unwrap_or_default() + chrono::Days::new(number as u64 % 360);
        let record = serde_json::json!({
            "id": format!("00000000-0000-7000-9000-{number:012}"),
            "kind": "reflection",
            "date": day,
            "title": format!("Entry {number}: what the week left behind"),
            "body": words(number),
            "claims": [{"competency": competency.number, "reason": "It shows *how* I went about it, and what I changed."}],
            "created": "2025-05-01T12:00:00Z",
            "modified": "2025-05-01T12:00:00Z",
            "phase": "after",
            "model": "free",
        });
        records.push(serde_json::from_value(record).expect("a made record reads"));
    }
    of(records)
}

/// The coach with these records.
pub(crate) fn of(records: Vec<Record>) -> Source {
    let (framework, kinds) = (Framework::shipped(), Kinds::shipped());
    let today = NaiveDate::from_ymd_opt(2026, 4, 30).unwrap_or_default();
    let ledger = Ledger::of(&records, &kinds, &framework, today);
    let standing = Standing::of(&framework, &ledger);
    let plan = standing.plan(&framework, &ledger);
    let Standing { gaps, hours, rhythms } = standing;
    let (from, to) = PERIOD;
    let within = |day: NaiveDate| from <= day && day <= to;
    let supervisions = ledger.supervisions.into_iter().filter(|one| within(one.date)).collect();
    let sessions: Vec<Session> = records.iter().filter_map(Session::of).collect();
    let worked = stretches(from, to).into_iter().map(|stretch| {
        let own = sessions.iter().filter(|one| stretch.from <= one.date && one.date <= stretch.to);
        Worked::of(stretch, &SessionSum::of(own))
    });
    let worked = worked.collect();
    let learning: Vec<Learning> = records.iter().filter_map(Learning::of).collect();
    let period = Period::between(from, to);
    let plan_of = TrainingPlan::of(records.iter().find(|record| record.kind == "profile"));
    let rules = Rules { decisions: &framework.decisions, accepting: &ledger.accepting };
    let training = training(&learning.iter().collect::<Vec<_>>(), &plan_of, None, rules);
    let cpd = cpd((&framework, &kinds), &learning, &TrainingPlan::default(), (period, to));
    let people = records.iter().filter(|record| record.kind == "person").cloned().collect();
    Source {
        framework,
        kinds,
        profile: records.iter().find(|record| record.kind == "profile").cloned(),
        people,
        records,
        gaps,
        hours,
        rhythms,
        supervisions,
        worked,
        cpd,
        training,
        plan,
        shown: HashMap::new(),
        not_shown: Vec::new(),
        files: Vec::new(),
        today,
        period: Some(PERIOD),
        audience: Audience::Appraisal,
        best: Vec::new(),
        each_session: false,
        left_out: Vec::new(),
        fingerprint: Sha256Hex::of(b""),
    }
}

/// 250 words in a few paragraphs, different for each number.
fn words(number: usize) -> String {
    const WORDS: [&str; 40] = [
        "client",
        "listening",
        "walk",
        "office",
        "again",
        "the",
        "a",
        "question",
        "quiet",
        "plan",
        "morning",
        "and",
        "difficult",
        "feeling",
        "goal",
        "we",
        "they",
        "asked",
        "changed",
        "small",
        "step",
        "week",
        "with",
        "of",
        "story",
        "family",
        "sleep",
        "kitchen",
        "because",
        "surgery",
        "noticed",
        "hope",
        "first",
        "later",
        "talk",
        "slowly",
        "in",
        "to",
        "was",
        "is",
    ];
    let mut out = String::new();
    for place in 0..250 {
        let word = WORDS[(number * 7 + place * 13 + place * place / 3) % WORDS.len()];
        match place % 25 {
            0 if place > 0 => out.push_str(".\n\n"),
            11 => out.push_str(", "),
            _ if place > 0 => out.push(' '),
            _ => {}
        }
        if place % 50 == 20 {
            out.push_str(&format!("*{word}*"));
        } else {
            out.push_str(word);
        }
    }
    out.push('.');
    out
}
