//! The log that a competency is read from, as a sign-off holds it: the sessions or supervisions that were in it then
//! (docs/framework.md, "a rhythm or first hours, signed").

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use uuid::Uuid;

use crate::framework::{Competency, SupervisionType};
use crate::period::Period;
use crate::record::Record;
use crate::signoff::{Line, Signed};
use crate::views::{Session, SessionSum, Supervision};

/// The log that a competency is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogOf {
    /// Supervision of a kind, one to one.
    Rhythm(SupervisionType),
    /// NHS sessions under supervision in so many first months; so many minutes are asked for.
    First {
        /// The first months.
        months: u8,
        /// The minutes.
        asked: u64,
    },
}

impl LogOf {
    /// The log that a competency is read from, if it is.
    #[must_use]
    pub fn of(competency: &Competency) -> Option<LogOf> {
        let rhythm = competency.needs.iter().find_map(|need| need.rhythm);
        let first = competency.needs.iter().find_map(|need| {
            let asked = need.hours.map_or(1, |hours| u64::from(hours) * 60);
            Some(LogOf::First { months: need.first_months?, asked })
        });
        rhythm.map(LogOf::Rhythm).or(first)
    }

    /// The line that a record is in this log, if it is one.
    #[must_use]
    pub fn line(self, record: &Record) -> Option<Line> {
        match self {
            LogOf::Rhythm(kind) => {
                let held = Supervision::of(record).filter(|one| one.keeps(kind))?;
                Some(Line { date: held.date, minutes: held.minutes })
            }
            LogOf::First { .. } => {
                let held = Session::of(record).filter(|one| one.nhs && one.supervised && one.attended)?;
                Some(Line { date: held.date, minutes: held.minutes })
            }
        }
    }
}

/// The lines of a log that a sign-off notes, so that it can be told later whether they still say so: of first hours no more
/// than make up what is asked for, of a rhythm those since a day and the last before it.
#[must_use]
pub fn noted(of: LogOf, mut lines: Vec<(Uuid, Line)>, since: NaiveDate) -> Vec<Signed> {
    lines.sort_unstable_by_key(|(id, line)| (line.date, *id));
    let wanted = match of {
        LogOf::Rhythm(_) => {
            let begins = lines.partition_point(|(_, line)| line.date < since).saturating_sub(1);
            &lines[begins..]
        }
        LogOf::First { asked, .. } => {
            let mut sum = 0;
            let short = lines.iter().take_while(|(_, line)| {
                let short = sum < asked;
                sum += u64::from(line.minutes);
                short
            });
            let wanted = short.count();
            &lines[..wanted]
        }
    };
    wanted.iter().map(|(record, line)| Signed { record: *record, sha256: String::new(), line: Some(*line) }).collect()
}

/// What has become of the lines that a sign-off noted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// Those that are still in the log, with no more minutes than were noted.
    pub lines: Vec<(Uuid, Line)>,
    /// Those that are not, or of another day, or shorter now.
    pub lost: Vec<Uuid>,
}

/// Holds the noted lines against the log: `now` has its lines, and `stood` what a record was in it on the day asked about.
///
/// # Errors
/// The error of `stood`.
pub fn held<E>(
    noted: &[Signed],
    now: &[(Uuid, Line)],
    mut stood: impl FnMut(Uuid) -> Result<Option<Line>, E>,
) -> Result<Held, E> {
    let now: HashMap<Uuid, Line> = now.iter().copied().collect();
    let mut held = Held::default();
    for (record, then) in noted.iter().filter_map(|one| Some((one.record, one.line?))) {
        let says_so = |line: &Line| line.date == then.date && line.minutes >= then.minutes;
        let line = match now.get(&record).copied().filter(says_so) {
            Some(line) => Some(line),
            None => stood(record)?,
        };
        held.lines.extend(line.map(|line| (record, Line { date: line.date, minutes: line.minutes.min(then.minutes) })));
        held.lost.extend((!line.as_ref().is_some_and(says_so)).then_some(record));
    }
    Ok(held)
}

impl Held {
    /// The first hours that stand: those that were noted or, where more than these were there, those as well.
    #[must_use]
    pub fn hours(&self, asked: u64, noted: &[Signed], now: &[(Uuid, Line)], within: Period) -> Vec<SessionSum> {
        let known: BTreeSet<Uuid> = noted.iter().filter(|one| one.line.is_some()).map(|one| one.record).collect();
        let then: u64 = noted.iter().filter_map(|one| one.line).map(|line| u64::from(line.minutes)).sum();
        let beside = now.iter().filter(|(id, _)| then >= asked && !known.contains(id));
        let all: Vec<&Line> =
            self.lines.iter().chain(beside).map(|(_, line)| line).filter(|line| within.contains(line.date)).collect();
        vec![SessionSum {
            nhs: true,
            supervised: true,
            mode: String::new(),
            format: String::new(),
            minutes: all.iter().map(|line| u64::from(line.minutes)).sum(),
            sessions: u32::try_from(all.len()).unwrap_or(u32::MAX),
        }]
    }

    /// The supervisions of a rhythm that stand; `now` knows who gave them.
    #[must_use]
    pub fn supervisions(&self, kind: SupervisionType, now: &[Supervision]) -> Vec<Supervision> {
        let by = |id: &Uuid| now.iter().find(|one| one.id == *id).and_then(|one| one.supervisor);
        let held = self.lines.iter().map(|(id, line)| Supervision {
            id: *id,
            date: line.date,
            supervision: kind,
            individual: true,
            minutes: line.minutes,
            supervisor: by(id),
        });
        held.collect()
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    const HOURS: LogOf = LogOf::First { months: 12, asked: 120 };

    fn line(n: u128, day: u32, minutes: u32) -> (Uuid, Line) {
        (Uuid::from_u128(n), Line { date: NaiveDate::from_ymd_opt(2026, 1, day).unwrap(), minutes })
    }

    fn ids(signed: &[Signed]) -> Vec<u128> {
        signed.iter().map(|one| one.record.as_u128()).collect()
    }

    /// The lines that are lost, and the minutes that stand.
    fn now(noted: &[Signed], log: &[(Uuid, Line)]) -> (Vec<u128>, u64) {
        let found = |id| Ok::<_, Infallible>(log.iter().find(|(one, _)| *one == id).map(|(_, line)| *line));
        let Ok(held) = held(noted, &[], found);
        let sums = held.hours(120, noted, log, Period::ALWAYS);
        (held.lost.iter().map(Uuid::as_u128).collect(), sums[0].minutes)
    }

    #[test]
    fn of_first_hours_no_more_is_noted_than_makes_up_what_is_asked_for() {
        let log = vec![line(4, 4, 60), line(1, 1, 60), line(3, 3, 60), line(2, 2, 59)];
        assert_eq!(ids(&noted(HOURS, log.clone(), NaiveDate::MAX)), [1, 2, 3]);
        assert_eq!(ids(&noted(HOURS, log[..2].to_vec(), NaiveDate::MAX)), [1, 4]);
        assert!(noted(HOURS, Vec::new(), NaiveDate::MIN).is_empty());
    }

    #[test]
    fn of_a_rhythm_those_since_a_day_are_noted_and_the_last_before_it() {
        let of = LogOf::Rhythm(SupervisionType::HealthCoaching);
        let log = || vec![line(4, 4, 60), line(1, 1, 60), line(3, 3, 60), line(2, 2, 60)];
        assert_eq!(ids(&noted(of, log(), line(0, 3, 0).1.date)), [2, 3, 4]);
        assert_eq!(ids(&noted(of, log(), NaiveDate::MIN)), [1, 2, 3, 4]);
        assert_eq!(ids(&noted(of, log(), NaiveDate::MAX)), [4]);
    }

    #[test]
    fn a_line_counts_with_no_more_than_was_noted_and_what_is_less_is_lost() {
        let whole = noted(HOURS, vec![line(1, 1, 60), line(2, 2, 60)], NaiveDate::MIN);
        assert_eq!(now(&whole, &[line(1, 1, 90), line(2, 2, 60)]), (vec![], 120));
        assert_eq!(now(&whole, &[line(1, 1, 59), line(2, 2, 60)]), (vec![1], 119));
        assert_eq!(now(&whole, &[line(2, 2, 60)]), (vec![1], 60));
        assert_eq!(
            now(&whole, &[line(1, 3, 60), line(2, 2, 60)]),
            (vec![1], 120),
            "of another day, and there all the same"
        );
    }

    #[test]
    fn what_is_beside_the_noted_lines_counts_only_where_they_were_enough() {
        let whole = noted(HOURS, vec![line(1, 1, 60), line(2, 2, 60), line(3, 3, 60)], NaiveDate::MIN);
        assert_eq!(now(&whole, &[line(2, 2, 60), line(3, 3, 60)]), (vec![1], 120));
        let short = noted(HOURS, vec![line(1, 1, 60)], NaiveDate::MIN);
        assert_eq!(now(&short, &[line(1, 1, 60), line(3, 3, 60)]), (vec![], 60));
    }

    #[test]
    fn a_note_of_a_line_reads_back_and_one_of_a_record_has_none() {
        let whole = noted(HOURS, vec![line(1, 1, 60)], NaiveDate::MIN);
        let text = serde_json::to_value(&whole).unwrap();
        assert_eq!(text[0], serde_json::json!({ "logged": Uuid::from_u128(1), "date": "2026-01-01", "minutes": 60 }));
        assert_eq!(serde_json::from_value::<Vec<Signed>>(text).unwrap(), whole);
        let plain = serde_json::json!({ "record": Uuid::from_u128(1), "sha256": "a" });
        assert_eq!(serde_json::from_value::<Signed>(plain).unwrap().line, None);
    }
}
