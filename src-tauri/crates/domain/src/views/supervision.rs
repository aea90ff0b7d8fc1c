//! A supervision, and which ones keep the rhythm.

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
}

impl Supervision {
    /// Whether it keeps the rhythm of a kind of supervision: of that kind, and alone with the supervisor, since the
    /// publication calls groups supplementary (B1570, section 4.2.2; docs/framework.md, "group sessions and the rhythm").
    #[must_use]
    pub fn keeps(&self, rhythm: SupervisionType) -> bool {
        self.individual && self.supervision == rhythm
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
        })
    }
}
