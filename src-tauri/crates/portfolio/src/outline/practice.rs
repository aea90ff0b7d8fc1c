//! Hours, tier and supervision in full, for whoever wants to check what the second page says.

use chrono::NaiveDate;
use domain::framework::SupervisionType;
use domain::needs::Why;
use domain::rhythm::Rhythm;
use domain::stretch::Worked;
use domain::words::{self, duration, long_date};

use super::{Book, bullets, placed, tier};
use crate::document::{Block, Chart, DayRow, Drawing, Inline, Voice};

pub(super) fn practice(book: &Book<'_>) -> Vec<Block> {
    let mut blocks = vec![placed(2, "Hours, tier and supervision in full", "practice")];
    blocks.extend(over_time(&book.source.worked));
    blocks.push(placed(3, "Towards the next tier", "tier"));
    blocks.extend(tier::tier(book));
    blocks.push(placed(3, "Supervision", "supervision"));
    blocks.extend(days(book));
    blocks.extend(supervision(book));
    blocks.into_iter().map(Block::fine).collect()
}

/// The framework's name for a kind of supervision.
pub(super) fn title<'b>(book: &Book<'b>, kind: SupervisionType) -> &'b str {
    let rhythms = &book.source.framework.rhythms;
    rhythms.iter().find(|rhythm| rhythm.supervision == kind).map_or(kind.id(), |rhythm| rhythm.title.as_str())
}

/// A bar for each month, or for each longer stretch.
fn over_time(worked: &[Worked]) -> Vec<Block> {
    let most = worked.iter().max_by_key(|one| one.nhs_minutes + one.other_minutes);
    let Some(most) = most.filter(|most| most.nhs_minutes + most.other_minutes > 0) else { return Vec::new() };
    let (Some(first), Some(last)) = (worked.first(), worked.last()) else { return Vec::new() };
    let every = match most.stretch.months {
        1 => "month",
        3 => "quarter",
        12 => "year",
        _ => "few years",
    };
    let sum = |minutes: fn(&Worked) -> u32| worked.iter().map(minutes).fold(0, u32::saturating_add);
    let (nhs, other) = (sum(|one| one.nhs_minutes), sum(|one| one.other_minutes));
    let outside = if other > 0 { format!(" and {} outside the NHS", duration(other)) } else { String::new() };
    let alt = format!(
        "Hours of coaching by {every}, {} to {}: {} of NHS coaching{outside}. The most were in {}: {}.",
        long_date(first.stretch.from),
        long_date(last.stretch.to),
        duration(nhs),
        label(most, true),
        duration(most.nhs_minutes + most.other_minutes),
    );
    let bar =
        |one: &Worked| (label(one, false), [f64::from(one.nhs_minutes) / 60.0, f64::from(one.other_minutes) / 60.0]);
    let drawing = Drawing::Bars {
        unit: "hours".to_owned(),
        parts: ["NHS".to_owned(), if other > 0 { "outside the NHS".to_owned() } else { String::new() }],
        bars: worked.iter().map(bar).collect(),
    };
    vec![Block::Chart(Chart { alt: alt.clone(), drawing }), Block::plain(Voice::Note, alt)]
}

fn label(one: &Worked, long: bool) -> String {
    let from = one.stretch.from;
    let format = match (one.stretch.months, long) {
        (1, true) => "%B %Y",
        (1, false) => "%b\n%y",
        (3, true) => "the quarter of %B %Y",
        (3, false) => "%b\n%y",
        _ => "%Y",
    };
    from.format(format).to_string()
}

/// What the second page's table has no room for: what was missed and when, what was too short, what does not count.
fn supervision(book: &Book<'_>) -> Vec<Block> {
    let mut lines = Vec::new();
    for rhythm in &book.source.rhythms {
        let of = title(book, rhythm.supervision);
        lines.extend(rhythm.without.iter().map(|without| format!("{of}: {}.", without.says)));
        let short = rhythm.why_not().filter(|_| rhythm.kept() && !rhythm.enough);
        lines.extend(short.map(|why| format!("{of}: {why}.")));
        if !rhythm.uncounted.is_empty() {
            let held = words::count(rhythm.uncounted.len(), "session");
            lines.push(format!("{of}: {held} not counted: {}.", Why::OtherRole.says()));
        }
        lines.extend(rhythm.mark.as_ref().map(|mark| format!("{of} {mark}.")));
    }
    if lines.is_empty() {
        lines.push("Nothing that was due in the review period was missed.".to_owned());
    }
    let grace = book.source.framework.decisions.grace_days.value;
    vec![
        bullets(lines.into_iter().map(|line| vec![Inline::plain(line)])),
        Block::plain(
            Voice::Note,
            format!(
                "A session is missed when it was due more than {} ago; only sessions for one person alone keep the rhythm, and \
                 groups are a supplement.",
                words::count(grace, "day")
            ),
        ),
    ]
}

/// Every supervision as a dot on its day.
fn days(book: &Book<'_>) -> Vec<Block> {
    let all = &book.source.supervisions;
    let first = all.iter().map(|one| one.date).min();
    let worked = &book.source.worked;
    let span = worked.first().zip(worked.last()).map(|(first, last)| (first.stretch.from, last.stretch.to));
    let (Some(first), Some((from, to))) = (first, span) else { return Vec::new() };
    let from = from.min(first);
    let days_of = |kind: SupervisionType, keeping: bool| -> Vec<NaiveDate> {
        let own = all.iter().filter(|one| one.supervision == kind && one.keeps(kind) == keeping);
        own.map(|one| one.date).filter(|day| *day <= to).collect()
    };
    let day_row = |rhythm: &Rhythm| DayRow {
        name: title(book, rhythm.supervision).to_owned(),
        held: days_of(rhythm.supervision, true),
        beside: days_of(rhythm.supervision, false),
        missed: rhythm.missed_on.iter().copied().filter(|day| *day >= from && *day <= to).collect(),
    };
    let rows: Vec<DayRow> = book.source.rhythms.iter().map(day_row).collect();
    let said: Vec<String> = rows.iter().map(counted).collect();
    let alt = format!("Supervision from {} to {}: {}.", long_date(from), long_date(to), said.join("; "));
    vec![
        Block::Chart(Chart { alt, drawing: Drawing::Days { from, to, rows } }),
        Block::plain(
            Voice::Note,
            "A full dot is a session for one person, an empty one a group, a cross one that was missed.",
        ),
    ]
}

/// "Clinical supervision 4 sessions, 1 session missed".
fn counted(row: &DayRow) -> String {
    let mut text = format!("{} {}", row.name, words::count(row.held.len(), "session"));
    if !row.beside.is_empty() {
        text.push_str(&format!(" and {}", words::count(row.beside.len(), "group")));
    }
    if !row.missed.is_empty() {
        text.push_str(&format!(", {} missed", words::count(row.missed.len(), "session")));
    }
    text
}
