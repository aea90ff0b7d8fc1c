//! Charts: what a drawing of figures looks like, on paper and on a screen. Shapes tell things apart and never colour
//! alone, so that a photocopy says the same.

use std::ops::Range;

use chrono::{Datelike, Months, NaiveDate};
use plotters::coord::Shift;
use plotters::coord::ranged1d::Ranged;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::document::{DayRow, Drawing};

/// How many units of a drawing make a point.
pub(crate) const UNITS: i32 = 10;
/// As wide as the column of text.
const WIDTH: u32 = 3920;

const INK: RGBColor = RGBColor(0x21, 0x2b, 0x32);
const QUIET: RGBColor = RGBColor(0x4c, 0x62, 0x72);
const PALE: RGBColor = RGBColor(0xd8, 0xdd, 0xe0);
const BLUE: RGBColor = RGBColor(0x00, 0x5e, 0xb8);

type Area<B> = DrawingArea<B, Shift>;
type Drawn<B> = Result<(), DrawingAreaErrorKind<<B as DrawingBackend>::ErrorType>>;

/// Width and height in units.
pub(crate) fn size(drawing: &Drawing) -> (u32, u32) {
    let height = match drawing {
        Drawing::Bars { .. } => 1500,
        Drawing::Scale { .. } => 700,
        Drawing::Days { rows, .. } => 260 + 270 * u32::try_from(rows.len()).unwrap_or(1),
    };
    (WIDTH, height)
}

/// Draws it.
///
/// # Errors
/// When the backend fails.
pub(crate) fn draw<B: DrawingBackend>(drawing: &Drawing, backend: B) -> Drawn<B> {
    let area = backend.into_drawing_area();
    match drawing {
        Drawing::Bars { unit, parts, bars } => draw_bars(&area, unit, parts, bars)?,
        Drawing::Scale { unit, reached, marks } => draw_scale(&area, unit, *reached, marks)?,
        Drawing::Days { from, to, rows } => draw_days(&area, *from..*to, rows)?,
    }
    area.present()
}

fn words(colour: RGBColor, across: HPos, down: VPos) -> TextStyle<'static> {
    let font = ("sans-serif", 9.0 * f64::from(UNITS)).into_font();
    TextStyle { font, color: colour.to_backend_color(), pos: Pos::new(across, down) }
}

fn line(colour: RGBColor, tenths: u32) -> ShapeStyle {
    ShapeStyle { color: colour.to_rgba(), filled: false, stroke_width: tenths }
}

/// Where the bars stand, from the left and from the top.
const LEFT: i32 = 290;
const TOP: i32 = 210;
const FOOT: i32 = 200;

fn draw_bars<B: DrawingBackend>(
    area: &Area<B>,
    unit: &str,
    parts: &[String; 2],
    bars: &[(String, [f64; 2])],
) -> Drawn<B> {
    let (width, height) = size_of(area);
    let most = bars.iter().map(|(_, [lower, upper])| lower + upper).fold(0.0_f64, f64::max);
    let marks = key_points(most);
    let top = marks.last().copied().unwrap_or(1.0).max(most).max(f64::MIN_POSITIVE);
    let base = height - FOOT;
    let up = |value: f64| base - units(value / top * f64::from(base - TOP));
    legend(area, unit, parts)?;
    for mark in &marks {
        let y = up(*mark);
        area.draw(&PathElement::new([(LEFT, y), (width, y)], line(if *mark == 0.0 { INK } else { PALE }, 5)))?;
        area.draw(&Text::new(number(*mark), (LEFT - 50, y), words(QUIET, HPos::Right, VPos::Center)))?;
    }
    let step = f64::from(width - LEFT) / bars.len().max(1) as f64;
    // A label is some 380 units wide.
    let every = units((380.0 / step).ceil()).max(1);
    for (place, (label, [lower, upper])) in (0..).zip(bars) {
        let middle = LEFT + units((f64::from(place) + 0.5) * step);
        let half = units((step * 0.32).min(130.0));
        let (left, right) = (middle - half, middle + half);
        if *lower > 0.0 {
            area.draw(&Rectangle::new([(left, up(*lower)), (right, up(0.0))], BLUE.filled()))?;
        }
        if *upper > 0.0 {
            let corners = [(left, up(lower + upper)), (right, up(*lower))];
            area.draw(&Rectangle::new(corners, line(BLUE, 8)))?;
        }
        if place % every == 0 {
            area.draw(&Text::new(label.clone(), (middle, base + 50), words(QUIET, HPos::Center, VPos::Top)))?;
        }
    }
    Ok(())
}

/// What the two parts of a bar are, and what is counted.
fn legend<B: DrawingBackend>(area: &Area<B>, unit: &str, parts: &[String; 2]) -> Drawn<B> {
    let mut x = LEFT;
    area.draw(&Text::new(unit.to_owned(), (LEFT - 50, 40), words(QUIET, HPos::Right, VPos::Center)))?;
    for (part, style) in parts.iter().zip([BLUE.filled(), line(BLUE, 8)]).filter(|(part, _)| !part.is_empty()) {
        area.draw(&Rectangle::new([(x, 5), (x + 70, 75)], style))?;
        area.draw(&Text::new(part.clone(), (x + 110, 40), words(INK, HPos::Left, VPos::Center)))?;
        x += 110 + 54 * i32::try_from(part.chars().count()).unwrap_or(20) + 120;
    }
    Ok(())
}

fn draw_scale<B: DrawingBackend>(area: &Area<B>, unit: &str, reached: f64, marks: &[(f64, String)]) -> Drawn<B> {
    let (width, _) = size_of(area);
    let (left, right, y) = (20, width - 400, 320);
    let end = marks.iter().map(|(at, _)| *at).fold(reached, f64::max).max(1.0);
    let along = |value: f64| left + units((value / end).max(0.0) * f64::from(right - left));
    area.draw(&Rectangle::new([(left, y - 45), (right, y + 45)], line(QUIET, 6)))?;
    if reached > 0.0 {
        area.draw(&Rectangle::new([(left, y - 45), (along(reached), y + 45)], BLUE.filled()))?;
    }
    let mut free = i32::MIN;
    for (at, name) in marks {
        let mark = along(*at);
        area.draw(&PathElement::new([(mark, y - 100), (mark, y + 100)], line(INK, 10)))?;
        // Where marks lie close together their words go on to the right.
        let x = mark.max(free);
        free = x + 450;
        area.draw(&Text::new(name.clone(), (x, y + 130), words(INK, HPos::Center, VPos::Top)))?;
        let hours = format!("{} {unit}", number(*at));
        area.draw(&Text::new(hours, (x, y + 240), words(QUIET, HPos::Center, VPos::Top)))?;
    }
    let here = along(reached);
    area.draw(&Polygon::new([(here - 45, y - 150), (here + 45, y - 150), (here, y - 70)], INK.filled()))?;
    let across = if here < left + 400 { HPos::Left } else { HPos::Center };
    let at = if here < left + 400 { left } else { here };
    area.draw(&Text::new(
        format!(
            "{} {}",
            number(reached.floor()),
            if reached.floor() == 1.0 { unit.trim_end_matches('s') } else { unit }
        ),
        (at, y - 175),
        words(INK, across, VPos::Bottom),
    ))
}

fn draw_days<B: DrawingBackend>(area: &Area<B>, days: Range<NaiveDate>, rows: &[DayRow]) -> Drawn<B> {
    let (width, height) = size_of(area);
    let (left, base) = (1500, height - 180);
    let coord = RangedDate::from(days.start..days.end);
    let along = |day: &NaiveDate| coord.map(day, (left, width - 60));
    for first in firsts(&days) {
        let x = along(&first);
        area.draw(&PathElement::new([(x, 30), (x, base)], line(PALE, 5)))?;
        let label = first.format(if long(&days) { "%Y" } else { "%b %y" }).to_string();
        area.draw(&Text::new(label, (x, base + 40), words(QUIET, HPos::Center, VPos::Top)))?;
    }
    for (place, row) in (0..).zip(rows) {
        let y = 30 + (base - 30) * (2 * place + 1) / (2 * i32::try_from(rows.len()).unwrap_or(1));
        area.draw(&PathElement::new([(left, y), (width - 60, y)], line(PALE, 5)))?;
        area.draw(&Text::new(row.name.clone(), (0, y), words(INK, HPos::Left, VPos::Center)))?;
        let missed = row.missed.iter().map(|day| (along(day), Dot::Missed));
        let beside = row.beside.iter().map(|day| (along(day), Dot::Beside));
        let held = row.held.iter().map(|day| (along(day), Dot::Held));
        for (x, lane, dot) in apart(missed.chain(beside).chain(held).collect()) {
            let y = y + lane;
            match dot {
                Dot::Missed => area.draw(&Cross::new((x, y), 34, line(INK, 11)))?,
                Dot::Beside => {
                    area.draw(&Circle::new((x, y), 36, WHITE.filled()))?;
                    area.draw(&Circle::new((x, y), 36, line(BLUE, 10)))?;
                }
                Dot::Held => area.draw(&Circle::new((x, y), 40, BLUE.filled()))?,
            }
        }
    }
    Ok(())
}

/// What a day is drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Dot {
    Held,
    Beside,
    Missed,
}

/// How wide a dot is, with a little room around it.
const DOT: i32 = 84;

/// Dots from the left to the right, each with how far above or below its line it stands, so that none covers another: what
/// was on one day, or a few days apart, stands side by side.
fn apart(mut dots: Vec<(i32, Dot)>) -> Vec<(i32, i32, Dot)> {
    dots.sort_unstable();
    let mut lanes = [(0, i32::MIN), (-DOT, i32::MIN), (DOT, i32::MIN)];
    let placed = dots.into_iter().map(|(x, dot)| {
        let free = lanes.iter().position(|(_, taken)| *taken <= x);
        let last = || (0..lanes.len()).min_by_key(|lane| lanes[*lane].1).unwrap_or(0);
        let lane = &mut lanes[free.unwrap_or_else(last)];
        // More than there is room for above one another goes on to the right.
        let x = x.max(lane.1);
        lane.1 = x + DOT;
        (x, lane.0, dot)
    });
    placed.collect()
}

/// More than two years: years are marked, else months.
fn long(days: &Range<NaiveDate>) -> bool {
    (days.end - days.start).num_days() > 800
}

/// The first days of years, or of some of the months, within a period: not more than a dozen.
fn firsts(days: &Range<NaiveDate>) -> impl Iterator<Item = NaiveDate> {
    let months = if long(days) { 12 } else { 1 };
    let begin = days.start.with_day(1).filter(|_| months == 1).or_else(|| days.start.with_ordinal(1));
    let steps = (days.end - days.start).num_days() / (28 * i64::from(months)) + 2;
    let every = u32::try_from((steps + 7) / 8).unwrap_or(1) * months;
    let (from, to) = (days.start, days.end);
    let all = (0..).map_while(move |step: u32| begin?.checked_add_months(Months::new(step.checked_mul(every)?)));
    all.take_while(move |day| *day <= to).filter(move |day| *day >= from)
}

/// Some even numbers from 0 on that a reader can count with; the last is not below `most`.
fn key_points(most: f64) -> Vec<f64> {
    let range: plotters::coord::types::RangedCoordf64 = (0.0..most.max(1.0)).into();
    let mut points = range.key_points(5_usize);
    if let [.., before, last] = points[..] {
        points.extend((last < most).then_some(last + last - before));
    }
    points
}

fn size_of<B: DrawingBackend>(area: &Area<B>) -> (i32, i32) {
    let (width, height) = area.dim_in_pixel();
    (i32::try_from(width).unwrap_or(i32::MAX), i32::try_from(height).unwrap_or(i32::MAX))
}

#[allow(clippy::cast_possible_truncation, reason = "a drawing is small")]
fn units(value: f64) -> i32 {
    value.round() as i32
}

/// Without a fraction where there is none.
pub(crate) fn number(value: f64) -> String {
    if value.fract().abs() < 0.05 { format!("{value:.0}") } else { format!("{value:.1}") }
}

/// The drawing as an image for a page on a screen, in the colours of its text.
pub(crate) fn svg(drawing: &Drawing) -> String {
    let mut out = String::new();
    // Writing into a String cannot fail.
    let _ = draw(drawing, SVGBackend::with_string(&mut out, size(drawing)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn numbers_beside_the_bars_reach_over_the_highest() {
        for most in [0.3, 1.0, 7.5, 31.0, 99.9, 1234.0] {
            let points = key_points(most);
            assert!(points[0] == 0.0 && points[points.len() - 1] >= most && points.len() <= 7, "{most}: {points:?}");
        }
    }

    #[test]
    fn a_period_of_any_length_has_few_marks() {
        for (from, to) in [("2026-01-01", "2026-01-01"), ("2025-05-01", "2026-04-30"), ("1990-02-28", "2026-11-21")] {
            let marks: Vec<NaiveDate> = firsts(&(day(from)..day(to))).collect();
            assert!(marks.len() <= 12 && marks.iter().all(|mark| *mark >= day(from)), "{marks:?}");
        }
    }

    #[test]
    fn what_is_drawn_has_its_words_in_it() {
        let bars = vec![("May 25".to_owned(), [12.0, 2.0]), ("Jun 25".to_owned(), [0.0, 0.0])];
        let parts = ["NHS".to_owned(), "outside the NHS".to_owned()];
        let picture = svg(&Drawing::Bars { unit: "hours".to_owned(), parts, bars });
        for words in ["May 25", "outside the NHS", "hours"] {
            assert!(picture.contains(words), "{picture}");
        }
    }

    #[test]
    fn no_dot_covers_another() {
        let dots: Vec<(i32, Dot)> = [100, 100, 100, 100, 110, 150, 400, 401].map(|x| (x, Dot::Held)).to_vec();
        let placed = apart(dots.clone());
        assert_eq!(placed.len(), dots.len());
        for (place, (x, y, _)) in placed.iter().enumerate() {
            for (left, top, _) in &placed[..place] {
                assert!((x - left).abs() >= 80 || (y - top).abs() >= 80, "{placed:?}");
            }
        }
        assert_eq!(apart(vec![(5, Dot::Missed), (500, Dot::Beside)]), [(5, 0, Dot::Missed), (500, 0, Dot::Beside)]);
    }

    #[test]
    fn nothing_to_show_is_drawn_as_nothing() {
        svg(&Drawing::Bars { unit: String::new(), parts: Default::default(), bars: Vec::new() });
        svg(&Drawing::Scale { unit: String::new(), reached: 0.0, marks: Vec::new() });
        svg(&Drawing::Days { from: day("2026-01-01"), to: day("2026-01-01"), rows: Vec::new() });
    }
}
