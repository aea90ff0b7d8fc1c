//! Hours and supervision: how much, how often, and what it adds up to. Every drawing has its figures beside it in words.

use chrono::NaiveDate;
use domain::decision::{marked, who};
use domain::framework::SupervisionType;
use domain::hours::{Hours, TierAgreement};
use domain::needs::Why;
use domain::rhythm::Rhythm;
use domain::routes::Training;
use domain::stretch::Worked;

use super::{Book, RULE, cpd, placed, row};
use crate::document::{Align, Block, Chart, Column, DayRow, Drawing, Inline, Item, List, Marker, Part, Table, Voice};
use domain::words::{self, duration, long_date, short_date};

pub(super) fn practice(book: &Book<'_>) -> Part {
    let mut blocks = vec![placed(1, "Hours and supervision", "practice", true)];
    blocks.push(placed(2, "Hours of coaching", "hours", true));
    blocks.extend(coaching(book));
    blocks.push(placed(2, "Towards the next tier", "tier", false));
    blocks.extend(tier(book));
    blocks.push(placed(2, "Supervision", "supervision", true));
    blocks.extend(supervision(book));
    let learnt = cpd::cpd(book);
    if !learnt.is_empty() {
        blocks.push(placed(2, "Continuing professional development", "cpd", true));
        blocks.extend(learnt);
    }
    Part { blocks, ..Part::default() }
}

/// The framework's name for a kind of supervision.
pub(super) fn title<'b>(book: &Book<'b>, kind: SupervisionType) -> &'b str {
    let rhythms = &book.source.framework.rhythms;
    rhythms.iter().find(|rhythm| rhythm.supervision == kind).map_or(kind.id(), |rhythm| rhythm.title.as_str())
}

fn coaching(book: &Book<'_>) -> Vec<Block> {
    let sums = &book.source.hours;
    let mut facts = Vec::new();
    let mut fact = |label: &str, minutes: u32| {
        facts.push((label.to_owned(), vec![Inline::plain(duration(minutes))]));
    };
    fact("NHS coaching in all", sums.nhs_minutes);
    for (group, names) in [
        (&sums.by_format, [("one-to-one", "with one person"), ("group", "with a group")].as_slice()),
        (&sums.by_mode, &[("face-to-face", "face to face"), ("telephone", "by telephone"), ("video", "by video")]),
    ] {
        for (id, words) in names {
            if let Some(minutes) = group.get(*id).filter(|minutes| **minutes > 0) {
                fact(&format!("of it {words}"), *minutes);
            }
        }
    }
    if sums.supervised_minutes > 0 {
        fact("of it under supervision", sums.supervised_minutes);
    }
    if sums.other_minutes > 0 {
        fact("Outside the NHS, kept apart", sums.other_minutes);
    }
    let mut blocks = vec![Block::Facts(facts), Block::plain(Voice::Note, RULE)];
    blocks.extend(over_time(&book.source.worked));
    blocks
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
    vec![
        Block::plain(Voice::Label, format!("Hours by {every}")),
        Block::Chart(Chart { alt: alt.clone(), drawing }),
        Block::plain(Voice::Note, alt),
    ]
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

fn tier(book: &Book<'_>) -> Vec<Block> {
    let (sums, framework) = (&book.source.hours, &book.source.framework);
    let marks: Vec<(f64, String)> =
        framework.tiers.iter().map(|tier| (f64::from(tier.hours), format!("Tier {}", tier.tier))).collect();
    let reached = f64::from(sums.nhs_minutes) / 60.0;
    let listed: Vec<String> =
        framework.tiers.iter().map(|tier| format!("tier {} at {} hours", tier.tier, tier.hours)).collect();
    let alt =
        format!("{} of NHS coaching on the way of the tiers: {}.", duration(sums.nhs_minutes), words::listed(&listed));
    let mut blocks = Vec::new();
    if !marks.is_empty() {
        let drawing = Drawing::Scale { unit: "hours".to_owned(), reached, marks };
        blocks.push(Block::Chart(Chart { alt: alt.clone(), drawing }));
        blocks.push(Block::plain(Voice::Note, alt));
    }
    if let Some(next) = &sums.next {
        let forecast = next.forecast.map(|day| {
            format!(
                " At the pace of the last {} ({}) that would be {}.",
                words::count(next.pace_days, "day"),
                duration(next.pace_minutes),
                long_date(day)
            )
        });
        let text = format!(
            "{} to go to tier {}.{}",
            words::sentence(&duration(next.minutes_left)),
            next.tier,
            forecast.unwrap_or_default()
        );
        blocks.push(Block::plain(Voice::Body, text));
    }
    blocks.extend(training(&book.source.training));
    let open = sums.open.iter().flat_map(|open| open.conditions.iter().map(|text| (open.tier, text)));
    let item = |(tier, text): (u8, &String)| Item {
        marker: Marker::Bullet,
        blocks: vec![Block::plain(Voice::Body, format!("Tier {tier}: {text}"))],
    };
    let items: Vec<Item> = open.map(item).collect();
    if !items.is_empty() {
        blocks.push(Block::plain(Voice::Label, "What is still open beside the hours"));
        blocks.push(Block::List(List { items, tight: true }));
    }
    let agreed = match sums.agreed_tier {
        0 => "No tier is agreed and supported by hours and evidence yet.".to_owned(),
        tier => format!("Tier {tier} is agreed, and its hours and conditions are there."),
    };
    blocks.push(Block::plain(Voice::Body, agreed));
    let told: Vec<Item> = sums.agreements.iter().map(|of| agreement(sums, of)).collect();
    if !told.is_empty() {
        blocks.push(Block::plain(Voice::Label, "What was decided about tiers"));
        blocks.push(Block::List(List { items: told, tight: true }));
    }
    blocks
}

/// The way by which the training of tier 1 is shown, or the one that is only named, with what is open about it.
fn training(training: &Training) -> Option<Block> {
    let shown = training.routes.iter().find(|route| route.shown);
    let route = shown.or_else(|| training.routes.iter().find(|route| route.chosen))?;
    let stands = match route.since {
        Some(since) => format!("there since {}", long_date(since)),
        None => "named in the profile; the record that shows it is not here yet".to_owned(),
    };
    let mut text = format!("The training that tier 1 asks for: {}, {stands}.", route.title.to_lowercase());
    route.marked.iter().for_each(|marked| text.push_str(&format!(" {marked}")));
    Some(Block::plain(Voice::Body, text))
}

/// Who said what of a tier, and why it does not carry it where it does not.
fn agreement(sums: &Hours, of: &TierAgreement) -> Item {
    let said = if of.agreed { "agreed to" } else { "said “not yet” to" };
    let outside = if of.independent { ", from outside the coach’s organisation," } else { "" };
    let mut text =
        format!("{}{outside} {said} tier {} on {}", words::sentence(who(&of.by)), of.tier, long_date(of.date));
    if let Some(mark) = marked(&of.by) {
        text.push_str(&format!(" ({mark})"));
    }
    text.push('.');
    if of.agreed && !of.supported {
        text.push_str(" It does not carry the tier yet.");
        // What is open stands above, once.
        let above = |why: &&String| sums.open.iter().any(|open| open.conditions.contains(why));
        of.why_not.iter().filter(|why| !above(why)).for_each(|why| text.push_str(&format!(" {why}")));
    }
    Item { marker: Marker::Bullet, blocks: vec![Block::plain(Voice::Body, text)] }
}

fn supervision(book: &Book<'_>) -> Vec<Block> {
    let line = |rhythm: &Rhythm| {
        let every = words::every_months(rhythm.every_months);
        let next = match rhythm.overdue_days {
            0 => short_date(rhythm.due),
            _ => format!("was due {}", short_date(rhythm.due)),
        };
        row([
            // The column says what it is.
            title(book, rhythm.supervision).trim_end_matches(" supervision").to_owned(),
            every,
            rhythm.last.map_or_else(|| "none yet".to_owned(), short_date),
            next,
            duration(rhythm.minutes_in_period),
            rhythm.missed.to_string(),
        ])
    };
    let share = |align, share| Column { align, share: Some(share) };
    let table = Table {
        columns: vec![
            share(Align::Left, 0.22),
            share(Align::Left, 0.17),
            share(Align::Left, 0.175),
            share(Align::Left, 0.175),
            share(Align::Left, 0.15),
            share(Align::Right, 0.11),
        ],
        head: row(["Supervision", "Expected", "Last", "Next", "Time", "Missed"].map(str::to_owned)),
        rows: book.source.rhythms.iter().map(line).collect(),
    };
    let mut blocks = vec![Block::Table(table)];
    let said = book.source.rhythms.iter().flat_map(|rhythm| {
        let of = title(book, rhythm.supervision);
        rhythm.without.iter().map(move |without| format!("{of}: {}.", without.says))
    });
    blocks.extend(said.map(|text| Block::plain(Voice::Body, text)));
    let enough = book.source.rhythms.iter().filter(|rhythm| rhythm.kept() && !rhythm.enough);
    let short = enough.filter_map(|rhythm| {
        let why = rhythm.why_not()?;
        Some(format!("{}: {why}.", title(book, rhythm.supervision)))
    });
    blocks.extend(short.map(|text| Block::plain(Voice::Body, text)));
    for rhythm in &book.source.rhythms {
        let of = title(book, rhythm.supervision);
        if !rhythm.uncounted.is_empty() {
            let held = words::count(rhythm.uncounted.len(), "session");
            let text = format!("{of}: {held} not counted: {}.", Why::OtherRole.says());
            blocks.push(Block::plain(Voice::Body, text));
        }
        let mark = rhythm.mark.as_ref().map(|mark| format!("{of} {mark}."));
        blocks.extend(mark.map(|text| Block::plain(Voice::Body, text)));
    }
    blocks.extend(days(book));
    let grace = book.source.framework.decisions.grace_days.value;
    blocks.push(Block::plain(
        Voice::Note,
        format!(
            "Time and missed sessions are those of the review period. A session is missed when it was due more than {} ago; \
             only sessions for one person alone keep the rhythm, and groups are a supplement.",
            words::count(grace, "day")
        ),
    ));
    blocks
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
    let rows: Vec<DayRow> = book
        .source
        .rhythms
        .iter()
        .map(|rhythm| DayRow {
            name: title(book, rhythm.supervision).to_owned(),
            held: days_of(rhythm.supervision, true),
            beside: days_of(rhythm.supervision, false),
            missed: rhythm.missed_on.iter().copied().filter(|day| *day >= from && *day <= to).collect(),
        })
        .collect();
    let said: Vec<String> = rows
        .iter()
        .map(|row| {
            let mut text = format!("{} {}", row.name, words::count(row.held.len(), "session"));
            if !row.beside.is_empty() {
                text.push_str(&format!(" and {}", words::count(row.beside.len(), "group")));
            }
            if !row.missed.is_empty() {
                text.push_str(&format!(", {} missed", words::count(row.missed.len(), "session")));
            }
            text
        })
        .collect();
    let alt = format!("Supervision from {} to {}: {}.", long_date(from), long_date(to), said.join("; "));
    vec![
        Block::Chart(Chart { alt, drawing: Drawing::Days { from, to, rows } }),
        Block::plain(
            Voice::Note,
            "A full dot is a session for one person, an empty one a group, a cross the day by which one was due that was missed.",
        ),
    ]
}
