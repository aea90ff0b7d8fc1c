//! A supervision, and which ones keep the rhythm.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::framework::SupervisionType;
use crate::record::Record;

/// A supervision, as far as the rhythm is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supervision {
    /// The record's id.
    pub id: Uuid,
    /// The day.
    pub date: NaiveDate,
    /// Which of the three.
    pub supervision: SupervisionType,
    /// Alone with the supervisor; a group is a supplement.
    pub individual: bool,
    /// How long.
    pub minutes: u32,
    /// Who gave it, where it says.
    pub supervisor: Option<Uuid>,
}

impl Supervision {
    /// Whether it keeps the rhythm of a kind of supervision: of that kind, and alone with the supervisor, since the
    /// publication calls groups supplementary (B1570, section 4.2.2; docs/framework.md, "group sessions and the rhythm").
    #[must_use]
    pub fn keeps(&self, rhythm: SupervisionType) -> bool {
        self.individual && self.supervision == rhythm
    }

    /// Whether health coaching supervision was given by someone whose role it is not (docs/framework.md, "who gives health
    /// coaching supervision").
    #[must_use]
    pub fn is_by_another(&self, others: &BTreeSet<Uuid>) -> bool {
        self.supervision == SupervisionType::HealthCoaching && self.supervisor.is_some_and(|by| others.contains(&by))
    }

    /// Whether it counts for the rhythm of a kind of supervision: it keeps it, and was given by someone whose role that is.
    #[must_use]
    pub fn counts(&self, rhythm: SupervisionType, others: &BTreeSet<Uuid>) -> bool {
        self.keeps(rhythm) && !self.is_by_another(others)
    }

    /// Who gave it, and when, if it counts for the rhythm of health coaching; nothing where it names nobody.
    #[must_use]
    pub fn given_by(&self, others: &BTreeSet<Uuid>) -> Option<(Uuid, NaiveDate)> {
        let ours = self.counts(SupervisionType::HealthCoaching, others);
        self.supervisor.filter(|_| ours).map(|by| (by, self.date))
    }

    /// The supervision a record is, if it is one.
    #[must_use]
    pub fn of(record: &Record) -> Option<Supervision> {
        if record.kind != "supervision" {
            return None;
        }
        let supervision = SupervisionType::from_id(record.text("type")?)?;
        Some(Supervision {
            id: record.id,
            date: record.date,
            supervision,
            individual: record.text("format") != Some("group"),
            minutes: record.whole("minutes").unwrap_or(0),
            supervisor: record.reference("supervisor"),
        })
    }
}
