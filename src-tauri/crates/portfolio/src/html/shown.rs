//! What is looked at on a page for a browser: pictures, pages of others, charts; each with words for who does not see it.

use std::fmt::Write as _;

use data_encoding::BASE64;

use super::{Page, lang, text};
use crate::chart;
use crate::document::{Align, Cell, Chart, Column, Drawing, Figure, Inline, Table};

impl Page<'_> {
    pub(super) fn figure(&mut self, figure: &Figure) {
        let alt = text(&figure.alt);
        self.out.push_str("<figure>");
        if let Some(picture) = figure.shows.picture() {
            let (media, data) = (picture.media_type(), BASE64.encode(&picture.bytes));
            let (width, height) = picture.pixels;
            let _ = write!(
                self.out,
                "<img src=\"data:{media};base64,{data}\" alt=\"{alt}\" width=\"{width}\" height=\"{height}\">"
            );
        } else {
            let _ = write!(self.out, "<p>{alt}</p>");
        }
        if !figure.caption.is_empty() {
            let _ = write!(self.out, "<figcaption{}>", lang(&figure.caption));
            self.inlines(&figure.caption);
            self.out.push_str("</figcaption>");
        }
        if let Some(words) = figure.shows.words() {
            let _ =
                write!(self.out, "<details><summary>The words of this page</summary><p>{}</p></details>", text(words));
        }
        self.out.push_str("</figure>\n");
    }

    /// A chart as wide as its column, and what it shows as a table for who wants the figures.
    pub(super) fn chart(&mut self, chart: &Chart) {
        self.charts += 1;
        let (number, drawing) = (self.charts, &chart.drawing);
        let (width, height) = chart::size(drawing);
        let drawn = chart::svg(drawing);
        let (_, shapes) = drawn.split_once('>').unwrap_or_default();
        let title = match drawing {
            Drawing::Bars { unit, .. } => format!("Bars of {unit}"),
            Drawing::Scale { unit, .. } => format!("A scale of {unit}"),
            Drawing::Days { .. } => "Days on a line of time".to_owned(),
        };
        let _ = write!(
            self.out,
            "<figure class=\"chart\">\n<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Chart\">\
             <svg viewBox=\"0 0 {width} {height}\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" \
             aria-labelledby=\"chart-{number} chart-{number}-shows\">\
             <title id=\"chart-{number}\">{}</title><desc id=\"chart-{number}-shows\">{}</desc>{shapes}</div>\n\
             <details><summary>The same as a table</summary>\n",
            text(&title),
            text(&chart.alt)
        );
        self.table(&figures(drawing));
        self.out.push_str("</details>\n</figure>\n");
    }
}

/// What a chart draws, in rows.
fn figures(drawing: &Drawing) -> Table {
    let plain = |words: String| Cell { mark: None, text: vec![Inline::plain(words)] };
    let row = |words: Vec<String>| words.into_iter().map(plain).collect::<Vec<Cell>>();
    let (head, rows): (Vec<String>, Vec<Vec<String>>) = match drawing {
        Drawing::Bars { unit, parts, bars } => {
            let named = parts.iter().filter(|part| !part.is_empty()).count();
            let head = parts.iter().take(named).map(|part| format!("{part}, {unit}"));
            let of_bar = |(label, values): &(String, [f64; 2])| {
                let values = values.iter().take(named.max(1)).map(|value| chart::number(*value));
                [label.clone()].into_iter().chain(values).collect()
            };
            let head = if named == 0 { vec![unit.clone()] } else { head.collect() };
            ([String::new()].into_iter().chain(head).collect(), bars.iter().map(of_bar).collect())
        }
        Drawing::Scale { unit, reached, marks } => {
            let mut rows = vec![vec!["Reached".to_owned(), chart::number(reached.floor())]];
            rows.extend(marks.iter().map(|(at, name)| vec![name.clone(), chart::number(*at)]));
            (vec![String::new(), unit.clone()], rows)
        }
        Drawing::Days { rows, .. } => {
            let days = |days: &[chrono::NaiveDate]| {
                days.iter().map(|day| domain::words::short_date(*day)).collect::<Vec<_>>().join(", ")
            };
            let of_row = |row: &crate::document::DayRow| {
                vec![row.name.clone(), days(&row.held), days(&row.beside), days(&row.missed)]
            };
            let head = ["", "Held", "Beside it", "Due and not held"].map(str::to_owned);
            (head.to_vec(), rows.iter().map(of_row).collect())
        }
    };
    let figures_right = !matches!(drawing, Drawing::Days { .. });
    let column = |place: usize| Column {
        align: if figures_right && place > 0 { Align::Right } else { Align::Left },
        share: None,
    };
    Table { columns: (0..head.len()).map(column).collect(), head: row(head), rows: rows.into_iter().map(row).collect() }
}
