//! The three kinds of supervision, and how often each is expected.

use serde::{Deserialize, Serialize};

/// The three kinds of supervision (B1570, section 4.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the framework's own")]
pub enum SupervisionType {
    HealthCoaching,
    LineManagement,
    Clinical,
}

impl SupervisionType {
    /// All three.
    pub const ALL: [SupervisionType; 3] =
        [SupervisionType::HealthCoaching, SupervisionType::LineManagement, SupervisionType::Clinical];

    /// The kind with this id, if there is one.
    #[must_use]
    pub fn from_id(id: &str) -> Option<SupervisionType> {
        SupervisionType::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// The id used in files, such as `health-coaching`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            SupervisionType::HealthCoaching => "health-coaching",
            SupervisionType::LineManagement => "line-management",
            SupervisionType::Clinical => "clinical",
        }
    }
}

/// How often one kind of supervision is expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct SupervisionRhythm {
    /// Which kind.
    pub supervision: SupervisionType,
    /// "Health coaching supervision".
    pub title: String,
    /// Months between sessions at full time, or near it as the framework decides.
    pub full_time_months: u8,
    /// Months between sessions below that; with `pro_rata` the most.
    pub part_time_months: u8,
    /// Below full time the months grow as the share of full time shrinks: twice as many at half time.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pro_rata: bool,
    /// What else the publication says, in a sentence.
    pub note: String,
    /// What it says of the first months in the role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub early: Option<EarlyNote>,
}

/// What is worth knowing in the first months in the role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct EarlyNote {
    /// In how many.
    pub months: u8,
    /// A sentence.
    pub note: String,
}

impl SupervisionRhythm {
    /// How many months lie between two sessions of a coach with this share of full time; a part of a month is rounded.
    #[must_use]
    pub fn months(&self, share: f64, full_time: bool) -> u32 {
        let (full, part) = (u32::from(self.full_time_months), u32::from(self.part_time_months));
        match (full_time, self.pro_rata) {
            (true, _) => full,
            (false, false) => part,
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it is capped, and never below 0"
            )]
            (false, true) => ((f64::from(full) / share).round().min(f64::from(part)) as u32).max(full),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clinical_supervision_grows_rarer_as_the_share_of_full_time_shrinks_and_stays_at_least_yearly() {
        let framework = crate::Framework::shipped();
        let of = |id| framework.rhythms.iter().find(|rhythm| rhythm.supervision == id).unwrap();
        let clinical = of(SupervisionType::Clinical);
        let months = [0.75, 0.6, 0.5, 0.4, 0.25, 0.1, 0.0].map(|share| clinical.months(share, false));
        assert_eq!(months, [4, 5, 6, 8, 12, 12, 12]);
        assert_eq!((clinical.months(0.8, true), clinical.months(0.99, false)), (3, 3));
        assert_eq!(of(SupervisionType::HealthCoaching).months(0.25, false), 2);
    }
}
