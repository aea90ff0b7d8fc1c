//! Sign-offs: what was agreed, by whom, whether it is theirs to say, and what they had in front of them.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::digest::Sha256Hex;
use crate::evidence::Tally;
use crate::framework::Framework;
use crate::record::Record;
use crate::signers::{By, Signer};
use crate::views::{SessionSum, Supervision, listed};

/// A sign-off, as far as what is computed depends on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    /// The record's id.
    pub id: Uuid,
    /// The day of the decision.
    pub date: NaiveDate,
    /// When it was first saved.
    pub created: DateTime<Utc>,
    /// Who decided.
    pub person: Option<Uuid>,
    /// What it is about; nothing where it does not say.
    pub about: Option<About>,
    /// "Agreed", and not "not yet".
    pub agreed: bool,
    /// What is there is agreed to suffice although not every kind of evidence is there.
    pub sufficient: bool,
    /// What the signer had in front of them, where that was noted. Empty is a note as well: there was nothing.
    pub signed: Option<Vec<Signed>>,
}

/// What a sign-off decides about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// A competency, by its number.
    Competency(String),
    /// A tier, 1 to 4.
    Tier(u8),
    /// What the coach wrote on a standard for supervisors, 1 to 8.
    Statement(u8),
    /// An appraisal: that it was held.
    Appraisal,
}

/// A record as it stood when it was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Note", into = "Note")]
pub struct Signed {
    /// The record.
    pub record: Uuid,
    /// SHA-256 of what it said ([`Record::content`]), as it was written down: of a file from elsewhere it can be anything,
    /// and what is none fits no record. Of a line of a log there is none.
    pub sha256: String,
    /// Of a competency that is read from a log: what the log said of it. Nothing of a record that was put forward.
    pub line: Option<Line>,
}

/// The same as it is written down. A line of a log is no record that the sign-off names: sixty sessions do not belong to it.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Note {
    Line {
        logged: Uuid,
        #[serde(flatten)]
        line: Line,
    },
    Record {
        record: Uuid,
        sha256: String,
    },
}

impl From<Note> for Signed {
    fn from(note: Note) -> Signed {
        match note {
            Note::Line { logged, line } => Signed { record: logged, sha256: String::new(), line: Some(line) },
            Note::Record { record, sha256 } => Signed { record, sha256, line: None },
        }
    }
}

impl From<Signed> for Note {
    fn from(Signed { record, sha256, line }: Signed) -> Note {
        match line {
            Some(line) => Note::Line { logged: record, line },
            None => Note::Record { record, sha256 },
        }
    }
}

/// A line of a log: what it says of one session or supervision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Line {
    /// The day.
    pub date: NaiveDate,
    /// How long.
    pub minutes: u32,
}

/// A record as it stands now, for the same comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The record.
    pub record: Uuid,
    /// SHA-256 of what it says.
    pub sha256: Sha256Hex,
    /// When it was first saved.
    pub created: DateTime<Utc>,
    /// When it was last saved.
    pub modified: DateTime<Utc>,
}

/// What was signed, and what has become of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Basis {
    /// The records that were there to be signed.
    pub signed: Vec<Uuid>,
    /// What those that still say the same count as, for the competency that the sign-off is about.
    pub stands: Vec<Tally>,
    /// Those that do not say the same any more, or are gone.
    pub lost: Vec<Concerned>,
    /// The lines of a log that do not say the same any more, or are gone: it turns on them where what is left of the log is
    /// not all that is asked for.
    pub unlogged: Vec<Concerned>,
    /// The supervision log as it was then, where a competency is read from it.
    pub supervisions: Vec<Supervision>,
    /// The sessions of the first months as they were logged then, where a competency is read from them.
    pub first: BTreeMap<u8, Vec<SessionSum>>,
}

/// A record that a decision turns on, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Concerned {
    /// The record.
    pub record: Uuid,
    /// Its title, as far as it is still known.
    pub title: Option<String>,
    /// What became of it.
    pub how: Fate,
}

/// What became of a record since something was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It says something else now.
    Changed,
    /// It is no longer put forward.
    Withdrawn,
    /// It lies in the bin.
    InBin,
    /// It was deleted for good, or was never here.
    Deleted,
    /// It was not there yet.
    Since,
}

/// A decision of someone, about something.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// The sign-off's record.
    pub sign_off: Uuid,
    /// The day of the decision.
    pub date: NaiveDate,
    /// Over what.
    pub about: About,
    /// "Agreed", and not "not yet".
    pub agreed: bool,
    /// What is there is agreed to suffice.
    pub sufficient: bool,
    /// Who decided.
    pub by: By,
    /// What was signed: of the latest that counts about each competency and statement.
    pub basis: Basis,
}

impl Agreement {
    /// Whether it agrees to a tier, and counts: then it is of what was there on its day ([`crate::Ledger::seen`]).
    #[must_use]
    pub fn is_to_a_tier(&self) -> bool {
        self.agreed && self.by.counts && matches!(self.about, About::Tier(_))
    }
}

impl SignOff {
    /// The sign-off a record is, if it is one.
    #[must_use]
    pub fn of(record: &Record) -> Option<SignOff> {
        if record.kind != "sign-off" {
            return None;
        }
        let small = |field| record.whole(field).and_then(|number| u8::try_from(number).ok());
        let about = match record.text("scope") {
            Some("competency") => record.text("competency").map(|number| About::Competency(number.to_owned())),
            Some("tier") => small("tier").map(About::Tier),
            Some("supervisor-statement") => listed(&record.fields, "standard").map(About::Statement),
            Some("appraisal") => Some(About::Appraisal),
            _ => None,
        };
        let signed = record.fields.get("signed").cloned();
        Some(SignOff {
            id: record.id,
            date: record.date,
            created: record.created,
            person: record.reference("person"),
            about,
            agreed: record.text("decision") == Some("agreed"),
            sufficient: record.yes("sufficient") == Some(true),
            signed: signed.and_then(|signed| serde_json::from_value(signed).ok()),
        })
    }

    /// Whether it says something of records that were there: then it is bound to them.
    #[must_use]
    pub fn binds(&self) -> bool {
        self.agreed && matches!(self.about, Some(About::Competency(_) | About::Statement(_)))
    }
}

/// Who decided, and what counts of it (docs/framework.md, "who may agree").
///
/// Of whoever is not among the people (they were deleted, or a portfolio came from elsewhere without them) nobody knows
/// whether it is theirs to say: what they said is recorded and settles nothing until they are.
fn by(framework: &Framework, sign_off: &SignOff, about: &About, people: &[Signer], today: NaiveDate) -> By {
    let deciders = &framework.decisions.deciders.value;
    let roles = match about {
        About::Competency(_) => &deciders.competency,
        About::Tier(_) => &deciders.tier,
        About::Statement(_) => &deciders.supervisor_statement,
        About::Appraisal => &deciders.appraisal,
    };
    let Some(signer) = people.iter().find(|signer| Some(signer.person.id) == sign_off.person) else {
        return By { person: sign_off.person, ..By::default() };
    };
    let open = match about {
        About::Appraisal => Vec::new(),
        _ => signer.open(framework, sign_off.date, today),
    };
    signer.by(framework, roles.contains(&signer.person.role), open)
}

/// Every decision up to `today`, by what it is about and then by day: the last that counts holds. Of two on one day the
/// one that was written later is the later.
///
/// # Errors
/// The error of `basis`, which finds out what was signed and what has become of it.
pub fn agreements<E>(
    framework: &Framework,
    sign_offs: &[SignOff],
    people: &[Signer],
    today: NaiveDate,
    mut basis: impl FnMut(&SignOff, &About) -> Result<Basis, E>,
) -> Result<Vec<Agreement>, E> {
    let mut decisions: Vec<(&About, &SignOff)> = sign_offs
        .iter()
        .filter(|sign_off| sign_off.date <= today)
        .filter_map(|sign_off| Some((sign_off.about.as_ref()?, sign_off)))
        .collect();
    decisions.sort_by_key(|(about, sign_off)| (*about, sign_off.date, sign_off.created, sign_off.id));
    let mut agreements = Vec::with_capacity(decisions.len());
    for same in decisions.chunk_by(|a, b| a.0 == b.0) {
        let said: Vec<By> = same.iter().map(|(about, one)| by(framework, one, about, people, today)).collect();
        let last = said.iter().rposition(|by| by.counts);
        for (at, ((about, sign_off), by)) in same.iter().zip(said).enumerate() {
            let wanted = sign_off.agreed && Some(at) == last && !matches!(about, About::Tier(_));
            agreements.push(Agreement {
                sign_off: sign_off.id,
                date: sign_off.date,
                about: (*about).clone(),
                agreed: sign_off.agreed,
                sufficient: sign_off.sufficient,
                by,
                basis: if wanted { basis(sign_off, about)? } else { Basis::default() },
            });
        }
    }
    Ok(agreements)
}
