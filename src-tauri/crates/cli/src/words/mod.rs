//! Answers in words: plain text for people, one thought a line.

mod record;

pub(crate) use record::record;

use std::fmt::Write;

use app::domain::framework::{Framework, Need};
use app::domain::gaps::{CompetencyState, Gaps, Status};
use app::domain::hours::Hours;
use app::{Failure, Found, RecordPage};
use chrono::NaiveDate;

/// How many problems are listed before the rest is only counted.
const PROBLEMS_SHOWN: usize = 20;

/// "1 record", "2 records".
pub(crate) fn count(n: impl Into<u64>, of: &str) -> String {
    match n.into() {
        1 => format!("1 {of}"),
        n => format!("{n} {of}s"),
    }
}

/// "3 June 2026".
pub(crate) fn day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

pub(crate) fn failure(failure: &Failure) -> String {
    let more = failure.problems.len().saturating_sub(PROBLEMS_SHOWN);
    let shown =
        Failure { problems: failure.problems.iter().take(PROBLEMS_SHOWN).cloned().collect(), ..failure.clone() };
    let more = if more > 0 {
        format!("\n({} not shown; --json lists all)", count(more as u64, "more problem"))
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

pub(crate) fn gaps(gaps: &Gaps, framework: &Framework) -> String {
    let sums = gaps.summary;
    let mut text = format!(
        "{} · {}\nOf {} competencies expected at this point: {} covered, {} partly, {} not yet.\n",
        framework.title,
        day(gaps.today),
        sums.expected,
        sums.evidenced + sums.signed_off,
        sums.partial,
        sums.none
    );
    for area in &framework.areas {
        let _ = writeln!(text, "\n{} {}", area.number, area.title);
        for state in gaps.competencies.iter().filter(|state| state.area == area.number) {
            let (shape, word) = standing(state);
            let stale = if state.stale { ", all of it older than your review period" } else { "" };
            let _ = writeln!(text, "  {shape} {:<5} {} · {word}{stale}", state.competency, state.title);
            for need in &state.needs {
                let there = match (need.met, need.waiting.len(), need.records.len()) {
                    (true, _, n) => format!("there ({})", count(n as u64, "record")),
                    (false, 0, 0) => "not yet".to_owned(),
                    (false, 0, _) => "begun, but the rhythm is not kept".to_owned(),
                    (false, _, _) => "there, but it counts only after the one before it".to_owned(),
                };
                let mark = if need.met { "✓" } else { " " };
                let _ = writeln!(text, "      {mark} {}: {there}", asked(&need.need, framework));
            }
        }
    }
    text
}

fn standing(state: &CompetencyState) -> (&'static str, &'static str) {
    match (state.status, state.expected) {
        (Status::None, false) => ("–", "not expected yet"),
        (Status::None, true) => ("○", "not yet"),
        (Status::Partial, _) => ("◐", "partly"),
        (Status::Evidenced, _) => ("●", "covered"),
        (Status::SignedOff, _) => ("✓", "agreed"),
    }
}

fn asked(need: &Need, framework: &Framework) -> String {
    let titles: Vec<String> =
        need.accepts().iter().map(|kind| framework.evidence_title(*kind).to_lowercase()).collect();
    let after = need.after.map(|after| format!(", after {}", framework.evidence_title(after).to_lowercase()));
    let rhythm = need.rhythm.map(|_| ", at the expected rhythm".to_owned());
    titles.join(" or ") + &after.or(rhythm).unwrap_or_default()
}

pub(crate) fn hours(hours: &Hours) -> String {
    let mut text = format!(
        "{} of NHS coaching, {} of it supervised.\n",
        clock(hours.nhs_minutes),
        clock(hours.supervised_minutes)
    );
    if hours.other_minutes > 0 {
        let _ = writeln!(text, "{} outside the NHS, which no tier counts.", clock(hours.other_minutes));
    }
    let sums = |title: &str, map: &std::collections::BTreeMap<String, u32>| {
        let parts: Vec<String> = map.iter().map(|(name, minutes)| format!("{name} {}", clock(*minutes))).collect();
        if parts.is_empty() { String::new() } else { format!("{title}: {}\n", parts.join(", ")) }
    };
    text += &sums("By mode", &hours.by_mode);
    text += &sums("By format", &hours.by_format);
    let _ = match hours.tier {
        0 => writeln!(text, "Working towards tier 1."),
        tier => writeln!(text, "The hours of tier {tier} are reached."),
    };
    for open in &hours.outstanding {
        let _ = writeln!(text, "  still open: {open}");
    }
    if let Some(next) = &hours.next {
        let _ = write!(text, "Tier {} is {} away", next.tier, clock(next.minutes_left));
        let _ = match next.forecast {
            Some(date) => writeln!(text, ": about {} at the pace of the last 90 days.", day(date)),
            None => writeln!(text, "."),
        };
        for open in &next.open_conditions {
            let _ = writeln!(text, "  it also asks: {open}");
        }
    }
    text + "Contact minutes as they were; a group counts once; no travel, notes, role play or missed appointments.\n"
}

/// "12 h 30 min".
fn clock(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

pub(crate) fn framework(framework: &Framework) -> String {
    let publication = &framework.publication;
    let mut text = format!(
        "{}\n{}, {} ({}, {})\n{}\n",
        framework.title,
        publication.publisher,
        publication.title,
        publication.reference,
        day(publication.published),
        framework.wording
    );
    for area in &framework.areas {
        let _ = writeln!(text, "\n{} {}", area.number, area.title);
        for competency in framework.competencies.iter().filter(|competency| competency.area == area.number) {
            let needs: Vec<String> = competency.needs.iter().map(|need| asked(need, framework)).collect();
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
            "  {}: every {} full time, every {} part time. {}",
            rhythm.title,
            count(rhythm.full_time_months, "month"),
            count(rhythm.part_time_months, "month"),
            rhythm.note
        );
    }
    text += "\nStandards for a health-coaching supervisor\n";
    for standard in &framework.supervisor_standards {
        let _ = writeln!(text, "  {} {} (shown by: {})", standard.number, standard.title, standard.evidenced_by);
    }
    text
}
