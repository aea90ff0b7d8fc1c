//! Those who sign, accept and supervise: who they are, whether it is theirs to say, and what is open about them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use crate::framework::{Framework, StandardRule};
use crate::record::Record;
use crate::standards::supervisor;
use crate::views::Person;
use crate::words::folded;

/// The role of those to whom the standards for supervisors apply.
pub const SUPERVISOR: &str = "health-coaching-supervisor";

/// Someone who may have decided something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// Who, with their tier and the standards that were seen.
    pub person: Person,
    /// From outside the coach's own organisation.
    pub independent: bool,
    /// Recorded as being from outside, and as working for the coach's own employer.
    pub inside: bool,
}

/// Who decided, and what a reader should know of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct By {
    /// The person's record; nothing where the sign-off names nobody.
    pub person: Option<Uuid>,
    /// Their name; nothing where they are not among the people.
    pub name: Option<String>,
    /// Their role, such as `line-manager`.
    pub role: Option<String>,
    /// From outside the coach's own organisation.
    pub independent: bool,
    /// Recorded as being from outside, and as working for the coach's own employer: that is not from outside.
    pub inside: bool,
    /// Whether someone in this role decides such a thing.
    pub decides: bool,
    /// Whether what they said counts: it is theirs to say, and the framework takes it although their standards are open.
    pub counts: bool,
    /// What is open about them as a supervisor.
    pub marks: Vec<Mark>,
    /// The numbers of the standards for supervisors that are open.
    pub open: Vec<u8>,
}

/// What is open about a supervisor who signed something (B1570, section 4.2.3 and appendix 2, part 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// They are below the tier that a supervisor is expected to be at.
    BelowTier,
    /// Their tier is not recorded.
    TierUnknown,
    /// Not every other standard was seen.
    StandardsOpen,
}

/// Those on whose word more rests than a sign-off.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Relied {
    /// Who accepted earlier learning.
    pub accepted: Vec<By>,
    /// Who gave health coaching supervision one to one in the review period.
    pub supervised: Vec<By>,
}

impl Signer {
    /// The signer a person is. Whoever works for the coach's own employer is not from outside, whatever is ticked
    /// (docs/framework.md, "who is from outside"); `employer` is nothing where that makes no difference.
    #[must_use]
    pub fn of(record: &Record, employer: Option<&str>) -> Option<Signer> {
        let person = Person::of(record)?;
        let outside = record.yes("independent") == Some(true);
        let inside = outside && record.text("organisation").is_some_and(|theirs| is_same(theirs, employer));
        Some(Signer { person, independent: outside && !inside, inside })
    }

    /// What is said of them as those who decided something, if it is theirs to say.
    pub(crate) fn by(&self, framework: &Framework, decides: bool, open: Vec<u8>) -> By {
        let of_tier = |number: &u8| {
            let standard = framework.supervisor_standards.iter().find(|standard| standard.number == *number);
            standard.is_some_and(|standard| matches!(standard.rule, Some(StandardRule::Tier { .. })))
        };
        let mut marks = Vec::new();
        if open.iter().any(of_tier) {
            marks.push(if self.person.tier.is_some() { Mark::BelowTier } else { Mark::TierUnknown });
        }
        if !open.iter().all(of_tier) {
            marks.push(Mark::StandardsOpen);
        }
        By {
            person: Some(self.person.id),
            name: Some(self.person.name.clone()),
            role: Some(self.person.role.clone()),
            independent: self.independent,
            inside: self.inside,
            decides,
            counts: decides && (open.is_empty() || framework.decisions.unproven_supervisor_counts.value),
            marks,
            open,
        }
    }

    /// The standards that are open of them as a supervisor: none when they met them on the day on which they signed, or were
    /// seen to meet them since; none of whoever is in another role.
    pub(crate) fn open(&self, framework: &Framework, signed: NaiveDate, today: NaiveDate) -> Vec<u8> {
        if self.person.role != SUPERVISOR {
            return Vec::new();
        }
        let then = supervisor(framework, &self.person, signed).open;
        if then.is_empty() { then } else { supervisor(framework, &self.person, today).open }
    }
}

/// Whether somebody's organisation is the coach's own employer.
fn is_same(organisation: &str, employer: Option<&str>) -> bool {
    let theirs = folded(organisation);
    !theirs.is_empty() && employer.is_some_and(|employer| folded(employer) == theirs)
}

/// What is open about someone who accepted or supervised something, by its last day. Whoever is not among the people is not
/// known well enough for anything to be said of them.
#[must_use]
pub fn relied_on(framework: &Framework, people: &[Signer], gave: &[(Uuid, NaiveDate)], today: NaiveDate) -> Vec<By> {
    let mut last: BTreeMap<Uuid, NaiveDate> = BTreeMap::new();
    for (id, day) in gave.iter().filter(|(_, day)| *day <= today) {
        let known = last.entry(*id).or_insert(*day);
        *known = (*known).max(*day);
    }
    let by = |signer: &Signer| {
        let open = signer.open(framework, *last.get(&signer.person.id)?, today);
        Some(signer.by(framework, true, open))
    };
    people.iter().filter_map(by).collect()
}
