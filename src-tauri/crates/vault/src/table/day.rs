//! Days as sequence numbers of records.
//!
//! A number is the day times 2^20 plus a count within the day, so that "newest first" is the order in which the table and
//! the search index lie: the first fifty are read and nothing has to be sorted, whatever the vault's size.

use chrono::{Datelike as _, NaiveDate};
use domain::period::Period;

/// Bits for the count within a day.
const WITHIN_DAY: u32 = 20;

/// A day's first sequence number.
pub(super) fn first_of(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce()) << WITHIN_DAY
}

/// A day's last sequence number.
pub(super) fn last_of(date: NaiveDate) -> i64 {
    first_of(date) + (1 << WITHIN_DAY) - 1
}

/// The day a sequence number lies in.
pub(crate) fn day_of(seq: i64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(seq >> WITHIN_DAY).ok()?)
}

/// The numbers of a period's records.
pub(super) fn bounds(period: Period) -> [i64; 2] {
    [period.from().map_or(i64::MIN, first_of), period.to().map_or(i64::MAX, last_of)]
}
