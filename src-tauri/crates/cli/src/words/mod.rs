//! Answers in words: plain text for people, one thought a line.

pub(crate) mod agenda;
pub(crate) mod caseload;
mod fields;
pub(crate) mod guidance;
pub(crate) mod impact;
pub(crate) mod learning;
pub(crate) mod portfolio;
mod record;
pub(crate) mod standards;
mod standing;

pub(crate) use fields::{fields, fields_json, kind_in_short, kinds};
pub(crate) use record::{belonging, record};
pub(crate) use standing::{appraisal, gaps, hours, plan, ratings, rhythm};

use std::fmt::Write;

use app::domain::Record;
use app::domain::framework::Framework;
use app::domain::words::{count, every_months, long_date};
use app::{Failure, Found, RecordPage, local};

/// How many problems are listed before the rest is only counted.
const PROBLEMS_SHOWN: usize = 20;

/// A text that cannot move the cursor, colour the screen or turn the order of letters around, whatever a record holds.
pub(crate) fn plain(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' || turns(c) { '\u{fffd}' } else { c }).collect()
}

/// A word of a command as a shell takes it.
pub(crate) fn in_a_shell(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:@%+,".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// Whether a record was written on its day: a fact about it, and no judgement.
pub(crate) fn written(record: &Record) -> String {
    match (local(record.created).date() - record.date).num_days() {
        0 => "Written on the day.\n".to_owned(),
        days @ 1.. => format!("Written {} after its date.\n", count(days.unsigned_abs(), "day")),
        days => format!("Written {} before its date.\n", count(days.unsigned_abs(), "day")),
    }
}

pub(crate) fn failure(failure: &Failure) -> String {
    let more = failure.problems.len().saturating_sub(PROBLEMS_SHOWN);
    let shown =
        Failure { problems: failure.problems.iter().take(PROBLEMS_SHOWN).cloned().collect(), ..failure.clone() };
    let more = if more > 0 {
        format!("\n({} not shown; --json lists all)", count(more, "more problem"))
    } else {
        String::new()
    };
    format!("{shown}{more}")
}

pub(crate) fn lines(page: &RecordPage) -> String {
    let mut text = String::new();
    for line in &page.records {
        let shows =
            if line.competencies.is_empty() { String::new() } else { format!("  [{}]", line.competencies.join(" ")) };
        let facts = if line.facts.is_empty() { String::new() } else { format!("  {}", line.facts) };
        let _ = writeln!(text, "{}  {}  {:<11}  {}{facts}{shows}", line.id, line.date, line.kind, line.title);
    }
    let shown = u32::try_from(page.records.len()).unwrap_or(u32::MAX);
    if shown < page.total {
        let _ = writeln!(text, "{shown} of {}.", count(page.total, "record"));
    } else {
        let _ = writeln!(text, "{}.", count(page.total, "record"));
    }
    text
}

pub(crate) fn found(found: &Found) -> String {
    let mut text = String::new();
    for hit in &found.hits {
        let snippet = hit.snippet.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(text, "{}  {}  {:<11}  {}\n    {snippet}", hit.id, hit.date, hit.kind, hit.title);
    }
    let more = if found.total_is_more { "more than " } else { "" };
    text + &format!("{more}{}.\n", count(found.total, "record"))
}

pub(crate) fn framework(framework: &Framework) -> String {
    let publication = &framework.publication;
    let mut text = format!(
        "{}\n{}, {} ({}, {})\n{}\n",
        framework.title,
        publication.publisher,
        publication.title,
        publication.reference,
        long_date(publication.published),
        framework.wording
    );
    for area in &framework.areas {
        let _ = writeln!(text, "\n{} {}", area.number, area.title);
        for competency in framework.competencies.iter().filter(|competency| competency.area == area.number) {
            let asked = |need| standing::asked(need, framework.asks_for_group(competency.area, need), framework);
            let needs: Vec<String> = competency.needs.iter().map(asked).collect();
            let from = match competency.expected_from_tier {
                0 => String::new(),
                tier => format!("\n        expected from tier {tier}"),
            };
            let _ = writeln!(
                text,
                "  {:<5} {}\n        {}\n        evidenced by: {}\n        gained through: {}{from}\n        {}",
                competency.number,
                competency.title,
                competency.summary,
                needs.join(" + "),
                competency.gained_through.join("; "),
                competency.reference
            );
        }
    }
    let listed = |title: &str, items: &[app::domain::framework::Listed]| {
        let titles: Vec<String> = items.iter().map(|item| format!("  {}\n", item.title)).collect();
        format!("\n{title} ({})\n{}", items.len(), titles.concat())
    };
    text += &listed("General capabilities", &framework.capabilities);
    text += &listed("Additional models and approaches", &framework.models);
    text += "\nTiers\n";
    for tier in &framework.tiers {
        let _ = writeln!(text, "  {}: {} hours of NHS coaching", tier.tier, tier.hours);
        for condition in &tier.conditions {
            let _ = writeln!(text, "     {}", condition.text);
        }
    }
    text += "\nSupervision\n";
    for rhythm in &framework.rhythms {
        let _ = writeln!(
            text,
            "  {}: {} full time, {} part time. {}",
            rhythm.title,
            every_months(rhythm.full_time_months.into()),
            every_months(rhythm.part_time_months.into()),
            rhythm.note
        );
    }
    text += "\nStandards for a health-coaching supervisor\n";
    for standard in &framework.supervisor_standards {
        let _ = writeln!(text, "  {} {} (shown by: {})", standard.number, standard.title, standard.evidenced_by);
    }
    text
}
