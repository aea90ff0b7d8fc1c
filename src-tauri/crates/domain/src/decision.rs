//! What was decided about a competency or a statement, and what it is worth today.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use crate::signers::By;
use crate::signoff::{Agreement, Concerned, Fate};
use crate::words::{listed, long_date, number};

/// What someone decided, and what it is worth on the day asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Decision {
    /// The sign-off's record.
    pub record: Uuid,
    /// The day.
    pub date: NaiveDate,
    /// "Agreed", and not "not yet".
    pub agreed: bool,
    /// What is there was agreed to suffice although not every kind of evidence is there.
    pub sufficient: bool,
    /// What was signed has changed or gone since, so that it no longer counts as signed off.
    pub changed: bool,
    /// What it is worth.
    pub outcome: Outcome,
    /// Who decided.
    pub by: By,
    /// The records that the outcome turns on: those that changed or went, or those that came later.
    pub records: Vec<Concerned>,
    /// The same in words that anybody can read: it goes on after the competency's name, without a full stop.
    pub text: String,
}

/// What a decision is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Agreed, and what was signed is still there, says the same, and is enough.
    SignedOff,
    /// They would like to see more first.
    NotYet,
    /// Agreed when nothing was there: there was nothing to agree to.
    NothingThere,
    /// Agreed on what was there, which was not all that is asked for; that is still so.
    PartThere,
    /// Agreed on what was there, which was not all that is asked for; the rest has come since.
    MoreSince,
    /// Something that was signed says something else now.
    Changed,
    /// Something that was signed is gone or no longer put forward.
    Gone,
    /// Someone else decides such a thing.
    NotTheirsToSay,
    /// It is theirs to say, but the framework does not take it while their standards as a supervisor are open.
    UnprovenSupervisor,
}

/// What was there when something was signed, and what is there today, held against what is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight<'a> {
    /// Something was there to be signed.
    pub anything: bool,
    /// What was signed and does not say the same any more, or is gone.
    pub lost: &'a [Concerned],
    /// What was signed, and still says the same, is all that is asked for.
    pub enough_then: bool,
    /// What is there today is all that is asked for.
    pub enough_now: bool,
    /// The records that count today.
    pub counting: &'a [Uuid],
}

impl Decision {
    /// What a decision is worth: a sign-off is of what was there (docs/framework.md, "a sign-off and what was there").
    #[must_use]
    pub fn of(agreement: &Agreement, weight: Weight<'_>) -> Decision {
        let basis = &agreement.basis;
        let outcome = match agreement.by {
            By { decides: false, .. } => Outcome::NotTheirsToSay,
            By { counts: false, .. } => Outcome::UnprovenSupervisor,
            _ if !agreement.agreed => Outcome::NotYet,
            _ if !weight.anything => Outcome::NothingThere,
            _ if weight.lost.iter().any(|one| one.how != Fate::Changed) => Outcome::Gone,
            _ if !weight.lost.is_empty() => Outcome::Changed,
            _ if weight.enough_then || agreement.sufficient => Outcome::SignedOff,
            _ if weight.enough_now => Outcome::MoreSince,
            _ => Outcome::PartThere,
        };
        let since = |record: &Uuid| Concerned { record: *record, title: None, how: Fate::Since };
        let records: Vec<Concerned> = match outcome {
            Outcome::Gone | Outcome::Changed => weight.lost.to_vec(),
            Outcome::MoreSince => weight.counting.iter().filter(|id| !basis.signed.contains(id)).map(since).collect(),
            _ => Vec::new(),
        };
        let mut decision = Decision {
            record: agreement.sign_off,
            date: agreement.date,
            agreed: agreement.agreed,
            sufficient: agreement.sufficient,
            changed: matches!(outcome, Outcome::Changed | Outcome::Gone),
            outcome,
            by: agreement.by.clone(),
            records,
            text: String::new(),
        };
        decision.text = told(&decision);
        decision
    }

    /// Gives each record that it names the title that a reader may see, and says it anew.
    pub fn entitle(&mut self, mut title: impl FnMut(&Concerned) -> Option<String>) {
        for one in &mut self.records {
            one.title = title(one);
        }
        self.text = told(self);
    }
}

/// More records than this are not named one by one.
const NAMED: usize = 3;

/// Who it was, in the middle of a sentence.
#[must_use]
pub fn who(by: &By) -> &str {
    by.name.as_deref().unwrap_or("someone whose name and role are not here")
}

/// A role with its article, such as "a line manager".
#[must_use]
pub fn role(by: &By) -> &'static str {
    match by.role.as_deref() {
        Some("line-manager") => "a line manager",
        Some("clinician") => "a clinical supervisor",
        Some("health-coaching-supervisor") => "a health coaching supervisor",
        Some("observer") => "an observer",
        Some("facilitator") => "a facilitator",
        Some("appraiser") => "an appraiser",
        Some("safeguarding-lead") => "a safeguarding lead",
        _ => "someone in their role",
    }
}

/// What a reader is told of a supervisor's open standards; nothing when they are met.
#[must_use]
pub fn marked(by: &By) -> Option<&'static str> {
    (!by.marks.is_empty()).then_some(MARKED)
}

/// What is open about a supervisor whose word counts with a mark, in the middle of a sentence.
pub(crate) const MARKED: &str = "their standards as a supervisor are not met or not recorded";

fn told(decision: &Decision) -> String {
    let (by, on) = (who(&decision.by), long_date(decision.date));
    let named = |record: &Concerned| {
        let title = record.title.as_ref().map_or("a record that is not here".to_owned(), |title| format!("“{title}”"));
        match record.how {
            Fate::Changed => format!("{title} says something else"),
            Fate::Withdrawn => format!("{title} is no longer put forward"),
            Fate::InBin => format!("{title} is in the bin"),
            Fate::Deleted => format!("{title} is gone"),
            Fate::Since => title,
        }
    };
    let what = || {
        let mut told: Vec<String> = decision.records.iter().take(NAMED).map(named).collect();
        told.extend(
            (decision.records.len() > NAMED).then(|| format!("{} more", number(decision.records.len() - NAMED))),
        );
        listed(&told)
    };
    let text = match decision.outcome {
        Outcome::SignedOff if decision.sufficient => format!("agreed on {on} by {by} to suffice as it is"),
        Outcome::SignedOff => format!("agreed on {on} by {by}"),
        Outcome::NotYet => format!("“not yet”, {by} said on {on}"),
        Outcome::NothingThere => {
            format!("{by} agreed on {on}, but nothing was there then to agree to: worth asking again once there is")
        }
        Outcome::PartThere => {
            format!("{by} agreed on {on} on what was there then, which is not all that is asked for")
        }
        Outcome::MoreSince => {
            let since = if decision.records.iter().any(|one| one.title.is_some()) {
                format!(" ({})", what())
            } else {
                String::new()
            };
            format!(
                "{by} agreed on what was there on {on}; what completes it came later{since}, so it is time to ask again"
            )
        }
        Outcome::Changed => {
            format!("agreed on {on} by {by}, but what was signed has changed since ({}): ask again", what())
        }
        Outcome::Gone => format!("agreed on {on} by {by}, but what was agreed on is gone ({}): ask again", what()),
        Outcome::NotTheirsToSay => {
            let word = if decision.agreed { "agreed" } else { "said “not yet”" };
            match decision.by.role {
                Some(_) => {
                    format!("{by} {word} on {on}; it is recorded, but {} does not decide that", role(&decision.by))
                }
                None => format!("{by} {word} on {on}; it is recorded, and counts once it is known who they are"),
            }
        }
        Outcome::UnprovenSupervisor => format!("{by} agreed on {on}; it is recorded, and does not count yet"),
    };
    match marked(&decision.by) {
        Some(mark) if decision.outcome != Outcome::NotTheirsToSay => format!("{text} ({mark})"),
        _ => text,
    }
}
