//! The rhythm of supervision: last, next due, missed (B1570, section 4.2.2; docs/framework.md, "Supervision rhythms").

mod calendar;

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;
use uuid::Uuid;

use crate::breaks::Breaks;
use crate::decision::{marked, who};
use crate::framework::{Decisions, SupervisionRhythm, SupervisionType};
use crate::ledger::Ledger;
use crate::signers::By;
use crate::views::{Profile, Supervision};
use crate::words::{counted, duration, listed, long_date, number};
use calendar::Calendar;

/// How one kind of supervision stands on a day. Its sessions are those that keep the rhythm, except
/// where groups are named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Rhythm {
    /// Which kind.
    #[serde(rename = "type")]
    pub supervision: SupervisionType,
    /// About how many days lie between two sessions.
    pub every_days: u32,
    /// The same in months.
    pub every_months: u32,
    /// The last session.
    pub last: Option<NaiveDate>,
    /// The day that was agreed for the next one when they last met.
    pub agreed: Option<NaiveDate>,
    /// The day by which the next is expected.
    pub due: NaiveDate,
    /// Days past that day; 0 when it is still to come. Days away from the role do not count.
    pub overdue_days: u32,
    /// Today lies in a break, in which nothing is due.
    pub away: bool,
    /// Sessions that were due in the review period and were not held, not even within the days of grace.
    pub missed: u32,
    /// The day on which each of them was due, oldest first.
    pub missed_on: Vec<NaiveDate>,
    /// The same, told together for each stretch of time without a session, oldest first.
    pub without: Vec<Without>,
    /// There has been no session in the period that runs today: the next gap, shown before it falls due.
    pub open: bool,
    /// The first day that is looked at: that of the review period, or the first in the role where that came later.
    pub since: NaiveDate,
    /// Minutes of the sessions since then.
    pub minutes_in_period: u32,
    /// The same for an average month since then.
    pub minutes_a_month: u32,
    /// How many minutes a month are recommended, where any are.
    pub minutes_recommended: Option<u32>,
    /// The sessions were long enough: a month's minutes on average, or in each session that the rhythm asks for.
    pub enough: bool,
    /// Minutes of group sessions since then: a supplement, counted separately.
    pub group_minutes_in_period: u32,
    /// In how many months since then there was a session.
    pub months_held: u32,
    /// The sessions since then, oldest first.
    pub records: Vec<Uuid>,
    /// One to one since then, and not among them: those of someone whose role it is not to give such supervision, oldest
    /// first.
    pub uncounted: Vec<Uuid>,
    /// What is open about those who gave it since then, in words that any reader can be told.
    pub mark: Option<String>,
    /// What is worth knowing in the first months in the role.
    pub note: Option<String>,
}

/// A stretch of time without a session in which at least one was missed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Without {
    /// The day of the session before it, or the first day in the role.
    pub from: NaiveDate,
    /// There was a session on that day.
    pub met: bool,
    /// The day of the session that ended it; nothing while it goes on.
    pub until: Option<NaiveDate>,
    /// How many were missed in it.
    pub missed: u32,
    /// When the last of them was due.
    pub due: NaiveDate,
    /// All of it in a few words that any reader can be told: "one missed between 1 March 2026 and 9 May 2026".
    pub says: String,
}

impl Rhythm {
    /// Whether the log shows the expected rhythm over the review period: none missed, and sessions in at least two months,
    /// since one entry is not a rhythm (docs/framework.md, "Competencies", 1.5).
    #[must_use]
    pub fn kept(&self) -> bool {
        self.missed == 0 && self.months_held >= 2
    }

    /// The same for others, who are not told that the coach is away: a break is noted for the coach alone.
    #[must_use]
    pub fn for_readers(self) -> Rhythm {
        Rhythm { away: false, ..self }
    }

    /// Whether competency 1.5 is there: a rhythm that is kept, in sessions that are long enough.
    #[must_use]
    pub fn shown(&self) -> bool {
        self.kept() && self.enough
    }

    /// Why it is not, once there are sessions; any reader can be told.
    #[must_use]
    pub fn why_not(&self) -> Option<String> {
        if self.records.is_empty() || self.shown() {
            return None;
        }
        if self.missed > 0 {
            let missed = counted(self.missed, "session that was due is", "sessions that were due are");
            return Some(format!("begun, but {missed} not in the log"));
        }
        if self.months_held < 2 {
            return Some("begun, and one month with a session is not a rhythm yet".to_owned());
        }
        let recommended = match self.minutes_recommended.unwrap_or(0) {
            60 => "hour".to_owned(),
            30 => "half hour".to_owned(),
            minutes => duration(minutes),
        };
        let average = duration(self.minutes_a_month);
        Some(format!("kept, but with less than the recommended {recommended} a month: {average} on average"))
    }
}

impl Without {
    fn of(from: NaiveDate, met: bool, until: Option<NaiveDate>, missed: &[NaiveDate]) -> Option<Without> {
        let due = *missed.last()?;
        let missed = count(missed.len());
        let (first, many) = (long_date(from), number(missed as usize));
        let says = match (met, until.map(long_date)) {
            (true, Some(last)) => format!("{many} missed between {first} and {last}"),
            (true, None) => format!("{many} missed since {first}"),
            (false, Some(last)) => format!("{many} missed from the beginning on {first} until {last}"),
            (false, None) => format!("{many} missed since the beginning on {first}"),
        };
        Some(Without { from, met, until, missed, due, says })
    }
}

/// What a rhythm is worked out from: the supervision log, and the coach it belongs to, on a day.
#[derive(Debug, Clone, Copy)]
pub struct Log<'a> {
    /// The day.
    pub today: NaiveDate,
    /// What the profile says.
    pub profile: &'a Profile,
    /// The first day in the role, where it is known.
    pub begun: Option<NaiveDate>,
    /// The supervisions, in any order.
    pub supervisions: &'a [Supervision],
    /// The day that was agreed for the next of each kind.
    pub agreed: &'a HashMap<SupervisionType, NaiveDate>,
    /// The people whose role it is not to give health coaching supervision.
    pub others: &'a BTreeSet<Uuid>,
    /// Who gave health coaching supervision in the review period.
    pub by: &'a [By],
}

impl Log<'_> {
    /// The log as a ledger has it.
    #[must_use]
    pub fn of(ledger: &Ledger) -> Log<'_> {
        Log {
            today: ledger.today,
            profile: &ledger.profile,
            begun: ledger.begun,
            supervisions: &ledger.supervisions,
            agreed: &ledger.agreed,
            others: &ledger.others,
            by: &ledger.relied.supervised,
        }
    }
}

/// Works out one rhythm on the log's day.
///
/// A session is due a period after the last, and again a period after that, and so on; before the first the count begins
/// with the first day in the role or, where that is not known, with the first NHS session. It is missed when it was due
/// longer ago than the days of grace, by the next session or by today. In a break nothing is due: its days are added to
/// the period. [`Supervision::counts`] says which sessions keep the rhythm. Missed is told of the review period, counted on
/// the calendar; minutes and averages are of the review period with the breaks in it made up for, or of the time since the
/// first day in the role where that is shorter.
#[must_use]
pub fn rhythm(of: &SupervisionRhythm, decisions: &Decisions, log: Log<'_>) -> Rhythm {
    let Log { today, profile, .. } = log;
    let breaks = Breaks::of(&profile.breaks, today);
    let calendar = Calendar { of, profile, decisions, breaks, today };
    let ours = |one: &&Supervision| one.date <= today && one.supervision == of.supervision;
    let all: Vec<&Supervision> = log.supervisions.iter().filter(ours).collect();
    let (mut keeping, mut by_others): (Vec<&Supervision>, Vec<&Supervision>) =
        all.iter().copied().filter(|one| one.keeps(of.supervision)).partition(|one| !one.is_by_another(log.others));
    keeping.sort_by_key(|one| (one.date, one.id));
    by_others.sort_by_key(|one| (one.date, one.id));
    let begun = log.begun.or(keeping.first().map(|one| one.date)).unwrap_or(today);
    let since = begun.max(profile.review_from(today)).min(today);
    let counting: Vec<&Supervision> = keeping.iter().copied().filter(|one| one.date >= since).collect();
    let without = without(&calendar, &keeping, begun);
    let missed_on: Vec<NaiveDate> = without.iter().flat_map(|(_, missed)| missed.iter().copied()).collect();
    let last = keeping.last().map(|one| one.date);
    let due = calendar.next(calendar.begin(last.map_or(begun, |last| last.max(begun)))).day;
    let every = calendar.every(today);
    let mut held: Vec<i32> = counting.iter().map(|one| month(one.date)).collect();
    held.dedup();
    let length = Length::of(&calendar, &counting, since);
    let groups = all.iter().filter(|one| !one.keeps(of.supervision) && one.date >= since);
    let away = calendar.breaks.contains(today);
    let early = of.early.as_ref().filter(|early| {
        let until = begun.checked_add_months(Months::new(early.months.into()));
        until.is_some_and(|until| begun <= today && today < until)
    });
    Rhythm {
        supervision: of.supervision,
        every_days: every * 365 / 12,
        every_months: every,
        last,
        agreed: log.agreed.get(&of.supervision).copied(),
        due,
        overdue_days: if due < today { count(calendar.days_after(due).count()) } else { 0 },
        away,
        missed: count(missed_on.len()),
        missed_on,
        without: without.into_iter().map(|(without, _)| without).collect(),
        open: !away && last.is_none_or(|last| month(last) + i32::try_from(every).unwrap_or(1) <= month(today)),
        since,
        minutes_in_period: length.minutes,
        minutes_a_month: length.a_month,
        minutes_recommended: length.recommended,
        enough: length.enough,
        group_minutes_in_period: groups.map(|one| one.minutes).fold(0, u32::saturating_add),
        months_held: count(held.len()),
        records: counting.iter().map(|one| one.id).collect(),
        uncounted: by_others.iter().filter(|one| one.date >= since).map(|one| one.id).collect(),
        mark: (of.supervision == SupervisionType::HealthCoaching).then(|| mark(log.by)).flatten(),
        note: early.map(|early| early.note.clone()),
    }
}

/// What is open about those who gave supervision; nothing where nothing is.
fn mark(by: &[By]) -> Option<String> {
    let open: Vec<String> = by.iter().filter(|by| marked(by).is_some()).map(|by| who(by).to_owned()).collect();
    let is = by.iter().find_map(marked)?;
    Some(format!("by {}: {is}", listed(&open)))
}

/// Each stretch of time without a session in which one was missed, with the days on which they were due. What was held
/// before the first day in the role belongs to another post.
fn without(calendar: &Calendar<'_>, keeping: &[&Supervision], begun: NaiveDate) -> Vec<(Without, Vec<NaiveDate>)> {
    let today = calendar.today;
    let back = calendar.review_begins();
    let held: Vec<NaiveDate> = keeping.iter().map(|one| one.date).filter(|day| *day >= begun).collect();
    let begins = std::iter::once((begun, false)).chain(held.iter().map(|day| (*day, true)));
    let ends = held.iter().map(|day| Some(*day)).chain([None]);
    let stretch = |((from, met), until): ((NaiveDate, bool), Option<NaiveDate>)| {
        let missed = calendar.missed(from, until.unwrap_or(today), back);
        Some((Without::of(from, met, until, &missed)?, missed))
    };
    begins.zip(ends).filter_map(stretch).collect()
}

/// How long the sessions since a day were, beside what is recommended.
struct Length {
    minutes: u32,
    a_month: u32,
    recommended: Option<u32>,
    enough: bool,
}

impl Length {
    /// An average is over one month at least, and a recommendation over days at full time and below is weighed by them.
    fn of(calendar: &Calendar<'_>, sessions: &[&Supervision], since: NaiveDate) -> Length {
        let minutes = sessions.iter().map(|one| one.minutes).fold(0, u32::saturating_add);
        let days: Vec<NaiveDate> = calendar.days_after(since).collect();
        let a_month = rounded(u64::from(minutes) * 365, (days.len() as u64 * 12).max(365));
        let asked =
            |day: NaiveDate| u32::from(calendar.decisions.supervision_minutes.value.at(calendar.full_time(day)));
        let recommended = (calendar.of.supervision == SupervisionType::HealthCoaching).then(|| {
            let all: u64 = days.iter().map(|day| u64::from(asked(*day))).sum();
            if days.is_empty() { asked(calendar.today) } else { rounded(all, days.len() as u64) }
        });
        let recommended = recommended.filter(|minutes| *minutes > 0);
        let in_each: u32 = sessions.iter().map(|one| asked(one.date) * calendar.every(one.date)).sum();
        let enough = recommended.is_none_or(|asked| a_month >= asked || (!sessions.is_empty() && minutes >= in_each));
        Length { minutes, a_month, recommended, enough }
    }
}

/// To the nearest whole number.
fn rounded(all: u64, parts: u64) -> u32 {
    u32::try_from((all + parts / 2) / parts).unwrap_or(u32::MAX)
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Months since year 0.
fn month(date: NaiveDate) -> i32 {
    date.year() * 12 + i32::try_from(date.month0()).unwrap_or(0)
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
