//! The clock: the only place that asks what time it is, and in which zone.

use chrono::{DateTime, Days, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _, Utc};

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

    /// The moment of saving. It is the clock's own whatever day was asked for: what is done one after the other, with and
    /// without such a day, was done in that order.
    #[must_use]
    pub fn now(self) -> DateTime<Utc> {
        Utc::now()
    }

    /// A day before the one by which everything is judged; of that one nothing is undone.
    pub(crate) fn past(self, day: NaiveDate) -> Option<Past> {
        (day < self.today()).then(|| Past { end: end_of(day), now: self.now() })
    }
}

/// A day that is past, as far as what was saved since is concerned.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Past {
    end: DateTime<Utc>,
    now: DateTime<Utc>,
}

impl Past {
    /// The moment at which the day was over.
    pub(crate) fn end(self) -> DateTime<Utc> {
        self.end
    }

    /// Whether what was saved at a moment was there on the day. A moment that is still to come, as a file may have it, says
    /// nothing, and what was saved at it is taken as it is.
    pub(crate) fn saw(self, saved: DateTime<Utc>) -> bool {
        saved <= self.end || saved > self.now
    }
}

/// The day and the time of day that the coach's own clock showed at a moment. In summer the two differ from universal time
/// for an hour after midnight.
#[must_use]
pub fn local(moment: DateTime<Utc>) -> NaiveDateTime {
    moment.with_timezone(&Local).naive_local()
}

/// The moment at which the coach's day is over.
pub(crate) fn end_of(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.checked_add_days(Days::new(1)).unwrap_or(day).and_time(NaiveTime::MIN);
    // Where clocks are put forward at midnight, the next day begins an hour later.
    let begins =
        [midnight, midnight + TimeDelta::hours(1)].iter().find_map(|at| Local.from_local_datetime(at).earliest());
    begins.map_or_else(|| midnight.and_utc(), |begins| begins.to_utc())
}
