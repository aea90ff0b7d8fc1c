//! Sign-offs: what a supervisor agreed to, and whether it has changed since.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::digest::Sha256Hex;
use crate::record::Record;

/// Roles that can agree that something suffices: supervisors and appraisers. Observers and facilitators say what they
/// saw; that is evidence, not a decision (docs/framework.md, "a supervisor may agree").
const DECIDING: [&str; 4] = ["health-coaching-supervisor", "line-manager", "clinician", "appraiser"];

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
    /// What it is about; nothing for an appraisal or a statement, which decide about no competency and no tier.
    pub about: Option<About>,
    /// "Agreed", and not "not yet".
    pub agreed: bool,
    /// What is there is agreed to suffice although not every kind of evidence is there.
    pub sufficient: bool,
    /// What the signer had in front of them, where the app noted it.
    pub signed: Vec<Signed>,
}

/// What a sign-off decides about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// A competency, by its number.
    Competency(String),
    /// A tier, 1 to 4.
    Tier(u8),
}

/// A record as it stood when it was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// The record.
    pub record: Uuid,
    /// SHA-256 of what it said ([`Record::content`]), as it was written down: of a file from elsewhere it can be anything,
    /// and what is none fits no record.
    pub sha256: String,
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

/// Someone who may decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// The person's id.
    pub id: Uuid,
    /// Such as `health-coaching-supervisor`.
    pub role: String,
    /// From outside the coach's own organisation.
    pub independent: bool,
}

/// The latest decision about a competency or a tier.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// Decided by someone from outside the coach's own organisation.
    pub independent: bool,
    /// What was signed has changed since.
    pub changed: bool,
}

impl SignOff {
    /// The sign-off a record is, if it is one.
    #[must_use]
    pub fn of(record: &Record) -> Option<SignOff> {
        if record.kind != "sign-off" {
            return None;
        }
        let about = match record.text("scope") {
            Some("competency") => record.text("competency").map(|number| About::Competency(number.to_owned())),
            Some("tier") => record.whole("tier").and_then(|tier| u8::try_from(tier).ok()).map(About::Tier),
            _ => None,
        };
        let signed = record.fields.get("signed").cloned().unwrap_or(Value::Null);
        Some(SignOff {
            id: record.id,
            date: record.date,
            created: record.created,
            person: record.reference("person"),
            about,
            agreed: record.text("decision") == Some("agreed"),
            sufficient: record.yes("sufficient") == Some(true),
            signed: serde_json::from_value(signed).unwrap_or_default(),
        })
    }

    /// Whether what was signed has changed since.
    ///
    /// Where the app noted what the supervisor had in front of them, every one of those records must still be put
    /// forward and say the same. A sign-off that was written elsewhere has no such note; then a record that was there
    /// before it and was saved again after it is a change. What is added later changes nothing that was signed.
    #[must_use]
    pub fn changed(&self, claimed: &[Said]) -> bool {
        if self.signed.is_empty() {
            return claimed.iter().any(|said| said.created <= self.created && said.modified > self.created);
        }
        let stands = |signed: &Signed| {
            claimed.iter().any(|said| said.record == signed.record && said.sha256.as_str() == signed.sha256)
        };
        !self.signed.iter().all(stands)
    }
}

impl Signer {
    /// The signer a person is.
    #[must_use]
    pub fn of(record: &Record) -> Option<Signer> {
        (record.kind == "person").then(|| Signer {
            id: record.id,
            role: record.text("role").unwrap_or_default().to_owned(),
            independent: record.yes("independent") == Some(true),
        })
    }
}

/// The latest decision about each competency and tier up to `today`, by those who may decide.
///
/// Of two on one day the one that was written later holds. Whoever is not among the people (a portfolio that came from
/// elsewhere without them) is believed to be entitled, but never to be independent.
///
/// # Errors
/// The error of `claimed`, which gives the records put forward for a competency.
pub fn agreements<E>(
    sign_offs: &[SignOff],
    signers: &[Signer],
    today: NaiveDate,
    mut claimed: impl FnMut(&str) -> Result<Vec<Said>, E>,
) -> Result<Vec<Agreement>, E> {
    let signer = |sign_off: &SignOff| signers.iter().find(|signer| Some(signer.id) == sign_off.person);
    let entitled = |sign_off: &&SignOff| signer(sign_off).is_none_or(|s| DECIDING.contains(&s.role.as_str()));
    let mut decisions: Vec<(&About, &SignOff)> = sign_offs
        .iter()
        .filter(|sign_off| sign_off.date <= today)
        .filter(entitled)
        .filter_map(|sign_off| Some((sign_off.about.as_ref()?, sign_off)))
        .collect();
    // The last of each is the latest.
    decisions.sort_by_key(|(about, sign_off)| (*about, sign_off.date, sign_off.created, sign_off.id));
    let mut latest: Vec<Agreement> = Vec::new();
    for same in decisions.chunk_by(|a, b| a.0 == b.0) {
        let Some((about, sign_off)) = same.last() else { continue };
        let changed = match about {
            About::Competency(number) if sign_off.agreed => sign_off.changed(&claimed(number)?),
            _ => false,
        };
        latest.push(Agreement {
            sign_off: sign_off.id,
            date: sign_off.date,
            about: (*about).clone(),
            agreed: sign_off.agreed,
            sufficient: sign_off.sufficient,
            independent: signer(sign_off).is_some_and(|signer| signer.independent),
            changed,
        });
    }
    Ok(latest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn decision(n: u128, date: &str, agreed: bool) -> SignOff {
        SignOff {
            id: Uuid::from_u128(n),
            date: date.parse().unwrap(),
            created: moment(&format!("{date}T12:00:00Z")),
            person: Some(Uuid::from_u128(90)),
            about: Some(About::Competency("1.3".into())),
            agreed,
            sufficient: false,
            signed: Vec::new(),
        }
    }

    fn person(role: &str, independent: bool) -> Signer {
        Signer { id: Uuid::from_u128(90), role: role.into(), independent }
    }

    fn said(n: u128, what: &str, created: &str, modified: &str) -> Said {
        let sha256 = Sha256Hex::of(what.as_bytes());
        Said { record: Uuid::from_u128(n), sha256, created: moment(created), modified: moment(modified) }
    }

    fn on_today(sign_offs: &[SignOff], signers: &[Signer], claimed: &[Said]) -> Vec<Agreement> {
        let today = "2026-11-21".parse().unwrap();
        agreements(sign_offs, signers, today, |_| Ok::<_, ()>(claimed.to_vec())).unwrap()
    }

    #[test]
    fn the_latest_decision_holds_whatever_the_order_it_came_in() {
        let (yes, no) = (decision(1, "2026-03-01", true), decision(2, "2026-04-01", false));
        let people = [person("line-manager", false)];
        for order in [[yes.clone(), no.clone()], [no, yes]] {
            let found = on_today(&order, &people, &[]);
            assert_eq!((found.len(), found[0].agreed), (1, false));
        }
        assert!(on_today(&[decision(1, "2026-11-22", true)], &people, &[]).is_empty(), "tomorrow is not today");
    }

    #[test]
    fn an_observer_does_not_decide() {
        assert!(on_today(&[decision(1, "2026-03-01", true)], &[person("observer", true)], &[]).is_empty());
    }

    #[test]
    fn independence_is_the_persons_own_and_never_assumed() {
        let signed = [decision(1, "2026-03-01", true)];
        assert!(on_today(&signed, &[person("health-coaching-supervisor", true)], &[])[0].independent);
        assert!(!on_today(&signed, &[], &[])[0].independent);
    }

    #[test]
    fn what_was_signed_must_still_say_the_same() {
        let mut signed = decision(1, "2026-03-01", true);
        signed.signed = vec![Signed { record: Uuid::from_u128(7), sha256: Sha256Hex::of(b"aa").to_string() }];
        let same = said(7, "aa", "2026-01-01T00:00:00Z", "2026-10-01T00:00:00Z");
        let new = said(8, "bb", "2026-09-01T00:00:00Z", "2026-09-01T00:00:00Z");
        assert!(!signed.changed(&[same.clone(), new.clone()]), "what is added later changes nothing");
        assert!(signed.changed(&[Said { sha256: Sha256Hex::of(b"cc"), ..same }, new.clone()]));
        assert!(signed.changed(&[new]), "it is gone");
    }

    #[test]
    fn without_a_note_of_what_was_signed_the_times_tell() {
        let signed = decision(1, "2026-03-01", true);
        let before = "2026-02-01T00:00:00Z";
        assert!(!signed.changed(&[said(7, "aa", before, before)]));
        assert!(signed.changed(&[said(7, "aa", before, "2026-03-02T00:00:00Z")]));
        let later = "2026-03-05T00:00:00Z";
        assert!(!signed.changed(&[said(7, "aa", later, later)]));
    }
}
