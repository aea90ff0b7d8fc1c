//! Where the coach stands, on one page: every competency as a shape, hours, supervision; each figure with its word.

use domain::coverage::Coverage;
use domain::rhythm::Rhythm;
use domain::words::{self, duration, short_date, short_duration};

use super::practice::title;
use super::{Book, cell, placed, row, shares};
use crate::document::{Align, Block, Cell, Chart, Column, Drawing, Inline, Part, Table, Voice};

pub(super) fn standing(book: &Book<'_>) -> Part {
    let mut blocks = vec![placed(1, format!("Where {} stands", book.named()), "standing"), map(book), legend()];
    blocks.extend(hours(book));
    blocks.push(supervision(book));
    Part { blocks, ..Part::default() }
}

/// How many shapes of an area stand beside each other.
const ABREAST: usize = 6;

/// The four areas with the shape of each competency, to be seen at a glance.
fn map(book: &Book<'_>) -> Block {
    let mut rows = Vec::new();
    for area in &book.source.framework.areas {
        let states: Vec<_> = book.source.gaps.competencies.iter().filter(|state| state.area == area.number).collect();
        let count = |of: Coverage| states.iter().filter(|state| state.coverage() == of).count();
        let counts = Coverage::ALL.map(|of| (count(of), words::coverage(of)));
        let counts = counts.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}"));
        let counts = Inline::plain(counts.collect::<Vec<_>>().join(", "));
        let name = Inline::strong(format!("{} {}", area.number, area.title));
        // The name stands beside the first row of shapes and the counts beside the second, where there is one.
        let mut beside = if states.len() > ABREAST {
            vec![vec![name], vec![counts]]
        } else {
            vec![vec![name, Inline::Break, counts]]
        }
        .into_iter();
        for part in states.chunks(ABREAST) {
            let shapes = part.iter().map(|state| Cell {
                mark: Some(state.coverage()),
                text: vec![Inline::to(state.competency.clone(), book.place(&state.competency))],
            });
            rows.push(std::iter::once(cell(beside.next().unwrap_or_default())).chain(shapes).collect());
        }
    }
    let share = |share| Column { align: Align::Left, share: Some(share) };
    let columns = std::iter::once(share(0.34)).chain(std::iter::repeat_with(|| share(0.11)).take(ABREAST));
    Block::Table(Table { columns: columns.collect(), head: Vec::new(), rows })
}

/// What the shapes say.
fn legend() -> Block {
    let said = |coverage: Coverage| Cell { mark: Some(coverage), text: vec![Inline::quiet(words::coverage(coverage))] };
    let columns = shares([0.18, 0.18, 0.2, 0.17, 0.27]);
    Block::Table(Table { columns, head: Vec::new(), rows: vec![Coverage::ALL.map(said).to_vec()] })
}

/// The hours in a sentence, and how far they have come on the way of the tiers.
fn hours(book: &Book<'_>) -> Vec<Block> {
    let (sums, framework) = (&book.source.hours, &book.source.framework);
    let mut parts = vec![format!("{} in all", short_duration(sums.nhs_minutes))];
    for (id, words) in [("one-to-one", "with one person"), ("group", "with a group")] {
        if let Some(minutes) = sums.by_format.get(id).filter(|minutes| **minutes > 0) {
            parts.push(format!("{} {words}", short_duration(*minutes)));
        }
    }
    if sums.supervised_minutes > 0 {
        parts.push(format!("{} under supervision", short_duration(sums.supervised_minutes)));
    }
    if let Some(next) = &sums.next {
        parts.push(format!("{} to go to tier {}", short_duration(next.minutes_left), next.tier));
    }
    let reached = duration(sums.nhs_minutes);
    let said = words::listed(&parts);
    let said = vec![Inline::strong("Hours of coaching. "), Inline::plain(format!("{said}."))];
    let mut blocks = vec![Block::Paragraph(Voice::Fine, said)];
    let tiers = &framework.tiers;
    if !tiers.is_empty() {
        let marks = tiers.iter().map(|tier| (f64::from(tier.hours), format!("Tier {}", tier.tier))).collect();
        let listed: Vec<String> =
            tiers.iter().map(|tier| format!("tier {} at {} hours", tier.tier, tier.hours)).collect();
        let alt = format!("{reached} of NHS coaching on the way of the tiers: {}.", words::listed(&listed));
        let drawing = Drawing::Scale { unit: "hours".to_owned(), reached: f64::from(sums.nhs_minutes) / 60.0, marks };
        blocks.push(Block::Chart(Chart { alt, drawing }));
    }
    blocks
}

/// Each kind of supervision in a row.
fn supervision(book: &Book<'_>) -> Block {
    let line = |rhythm: &Rhythm| {
        let next = match rhythm.overdue_days {
            0 => short_date(rhythm.due),
            _ => format!("was due {}", short_date(rhythm.due)),
        };
        row([
            // The column says what it is.
            title(book, rhythm.supervision).trim_end_matches(" supervision").to_owned(),
            words::every_months(rhythm.every_months),
            rhythm.last.map_or_else(|| "none yet".to_owned(), short_date),
            next,
            short_duration(rhythm.minutes_in_period),
            if rhythm.missed == 0 { "none".to_owned() } else { rhythm.missed.to_string() },
        ])
    };
    Block::Table(Table {
        columns: shares([0.22, 0.18, 0.18, 0.18, 0.135, 0.105]),
        head: row(["Supervision", "Expected", "Last", "Next", "Time", "Missed"].map(str::to_owned)),
        rows: book.source.rhythms.iter().map(line).collect(),
    })
}
