//! What goes into a portfolio, and for whom it is.

use chrono::NaiveDate;
use domain::Audience;
use serde::Deserialize;
use uuid::Uuid;

/// What goes into a portfolio.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct PortfolioChoice {
    /// Records from this day on.
    pub from: Option<NaiveDate>,
    /// Records until this day.
    pub to: Option<NaiveDate>,
    /// These records alone; empty means all of the period.
    #[serde(default)]
    pub only: Vec<Uuid>,
    /// These records too, although they would be kept back from whoever it is for.
    #[serde(default)]
    pub also: Vec<Uuid>,
    /// For whom it is.
    #[serde(default)]
    pub audience: Audience,
    /// The best evidence, in its order: at most [`portfolio::BEST`] records of those that go.
    #[serde(default)]
    pub best: Vec<Uuid>,
    /// Whether each session stands in a line of a log, instead of sums by month.
    #[serde(default)]
    pub each_session: bool,
    /// Whether the attached files themselves go along inside the PDF, with everything that is written in them but for the
    /// place where a picture was taken.
    #[serde(default)]
    pub originals: bool,
}

impl PortfolioChoice {
    /// Whether a record was chosen by itself, so that it goes in although its kind would keep it back.
    pub(super) fn names(&self, id: Uuid) -> bool {
        self.only.contains(&id) || self.also.contains(&id)
    }
}
