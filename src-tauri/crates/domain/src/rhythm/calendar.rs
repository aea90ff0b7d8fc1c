//! When the next supervision is due, and the one after it.

use chrono::{Days, Months, NaiveDate};

use crate::breaks::Breaks;
use crate::framework::{Decisions, SupervisionRhythm};
use crate::period::Period;
use crate::views::Profile;

/// The calendar of one kind of supervision for one coach: how often it is expected when, and the days away from the role.
pub(super) struct Calendar<'a> {
    pub(super) of: &'a SupervisionRhythm,
    pub(super) profile: &'a Profile,
    pub(super) decisions: &'a Decisions,
    pub(super) breaks: Breaks,
    pub(super) today: NaiveDate,
}

/// A day on which a session is due: so many months after another day, so that month ends stay month ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Due {
    since: NaiveDate,
    months: u32,
    /// The day.
    pub(super) day: NaiveDate,
}

impl Calendar<'_> {
    /// Whether the coach worked full time on a day.
    pub(super) fn full_time(&self, on: NaiveDate) -> bool {
        self.decisions.is_full_time(self.profile.share(on))
    }

    /// How many months lie between two sessions, as of a day.
    pub(super) fn every(&self, on: NaiveDate) -> u32 {
        self.of.months(self.profile.share(on), self.full_time(on))
    }

    /// The first day of the review period on the calendar, breaks or not, so that a break never brings an older one in.
    pub(super) fn review_begins(&self) -> NaiveDate {
        self.today.checked_sub_months(Months::new(self.profile.review_months)).unwrap_or(NaiveDate::MIN)
    }

    /// The days in the role after a day, until today.
    pub(super) fn days_after(&self, day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        self.breaks.in_role(Period::new(day.succ_opt(), Some(self.today)).unwrap_or_default())
    }

    /// The day itself, as that from which the next one is counted.
    pub(super) fn begin(&self, day: NaiveDate) -> Due {
        Due { since: day, months: 0, day }
    }

    /// When the next is due after another was held, or was due: as many months later as the rhythm then was. Whoever goes
    /// full time in between is due a full-time period after that day, if that is sooner; whoever goes part time has longer.
    pub(super) fn next(&self, before: Due) -> Due {
        let mut every = self.every(before.day);
        let mut due = self.at(before.since, before.months + every);
        let changes = self.profile.fte_changes.iter().map(|(from, _)| *from);
        for from in changes.filter(|from| *from > before.day && *from <= self.today) {
            if from >= due.day {
                break;
            }
            let then = self.every(from);
            if then < every {
                due = [due, self.at(from, then)].into_iter().min_by_key(|due| due.day).unwrap_or(due);
            } else if then > every {
                due = self.at(before.since, before.months + then);
            }
            every = then;
        }
        due
    }

    /// The last day on which a session that was due is not missed yet.
    pub(super) fn last_day(&self, due: Due) -> NaiveDate {
        let grace = Days::new(self.decisions.grace_days.value.into());
        let day = plus(due.since, due.months).checked_add_days(grace).unwrap_or(NaiveDate::MAX);
        self.breaks.put_off(due.since, day)
    }

    fn at(&self, since: NaiveDate, months: u32) -> Due {
        Due { since, months, day: self.breaks.put_off(since, plus(since, months)) }
    }

    /// The days on which sessions were due after one day, and missed before another or before today. Of those that were
    /// missed before `back`, the first day that is looked at, nothing is said: whoever had none for longer begins that
    /// day with one missed.
    pub(super) fn missed(&self, after: NaiveDate, before: NaiveDate, back: NaiveDate) -> Vec<NaiveDate> {
        let mut due = self.next(self.begin(after));
        if self.last_day(due) < back {
            let grace = Days::new(self.decisions.grace_days.value.into());
            due = self.begin(back.checked_sub_days(grace).unwrap_or(NaiveDate::MIN));
        }
        let mut missed = Vec::new();
        while self.last_day(due) < before {
            missed.push(due.day);
            due = self.next(due);
        }
        missed
    }
}

fn plus(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}
