//! Drawings of figures, before anyone has drawn them.

use chrono::NaiveDate;

/// A drawing of figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// What is drawn.
    pub drawing: Drawing,
}

/// What a chart draws.
#[derive(Debug, Clone, PartialEq)]
pub enum Drawing {
    /// A bar for each stretch of time, in two parts that stand on one another.
    Bars {
        /// What is counted, such as "hours".
        unit: String,
        /// The names of the lower and the upper part.
        parts: [String; 2],
        /// Label, lower part, upper part.
        bars: Vec<(String, [f64; 2])>,
    },
    /// How far something has come on a scale with marks.
    Scale {
        /// What is counted, such as "hours".
        unit: String,
        /// How far it has come.
        reached: f64,
        /// Marks on the way: where, and their name.
        marks: Vec<(f64, String)>,
    },
    /// Rows of days over a period.
    Days {
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
        /// Each row: its name, the days on which something was, the days by which something should have been.
        rows: Vec<DayRow>,
    },
}

/// A row of days.
#[derive(Debug, Clone, PartialEq)]
pub struct DayRow {
    /// What the days are of.
    pub name: String,
    /// Days on which it was: a full dot.
    pub held: Vec<NaiveDate>,
    /// Days on which something beside it was: an empty dot.
    pub beside: Vec<NaiveDate>,
    /// Days by which it should have been and was not: a cross.
    pub missed: Vec<NaiveDate>,
}
