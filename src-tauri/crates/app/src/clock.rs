//! The clock: the only place that asks what time it is.

use chrono::{DateTime, Local, NaiveDate, Utc};

/// The day and the moment, with the day fixed where someone asked for that (`--today`).
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    fixed: Option<NaiveDate>,
}

impl Clock {
    /// A clock whose day stands still.
    #[must_use]
    pub fn fixed(today: NaiveDate) -> Clock {
        Clock { fixed: Some(today) }
    }

    /// The day by which everything is judged.
    #[must_use]
    pub fn today(self) -> NaiveDate {
        self.fixed.unwrap_or_else(|| Local::now().date_naive())
    }

    /// The moment of saving.
    #[must_use]
    pub fn now(self) -> DateTime<Utc> {
        Utc::now()
    }
}
