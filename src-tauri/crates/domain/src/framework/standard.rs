//! The standards for a health-coaching supervisor, and what decides each.

use serde::{Deserialize, Serialize};

use super::Framework;

/// One standard for a health-coaching supervisor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// 1 to 8.
    pub number: u8,
    /// What is expected, in a phrase.
    pub title: String,
    /// What shows it.
    pub evidenced_by: String,
    /// It is about the values of the NHS, which are named with what shows it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub values: bool,
    /// What decides it where the log or a tier does. Without a rule whoever checks a person notes what they saw, and a
    /// coach writes a statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<StandardRule>,
}

/// What decides a standard for a health-coaching supervisor. At most one standard has each of them; several can ask for a
/// signed statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum StandardRule {
    /// Practice at a tier or above; the coach's own case can be made from there on.
    Tier {
        /// 1 to 4.
        from: u8,
    },
    /// Hours with clients of late; what was seen of them holds for as many months again.
    Caseload {
        /// The least.
        hours: u32,
        /// In the last so many months.
        months: u8,
    },
    /// Supervision received, from someone who is named and more experienced, and a statement on it which they signed.
    Supervision {
        /// In the last so many months.
        months: u8,
    },
    /// A statement that the coach's own supervisor signed.
    Signed,
    /// Training in supervising others, or a statement of the experience that equals it.
    Training,
}

impl Framework {
    /// What shows a standard, as people read it: with the values of the NHS where it is about them.
    #[must_use]
    pub fn evidenced_by(&self, standard: &Standard) -> String {
        if !standard.values || self.values.is_empty() {
            return standard.evidenced_by.clone();
        }
        let values: Vec<&str> = self.values.iter().map(|value| value.title.as_str()).collect();
        format!("{} These are: {}.", standard.evidenced_by, values.join("; "))
    }

    /// From which tier a coach can supervise others; 0 where no standard asks for one.
    #[must_use]
    pub fn supervisors_from_tier(&self) -> u8 {
        let tier = |rule| if let StandardRule::Tier { from } = rule { Some(from) } else { None };
        self.rules().find_map(tier).unwrap_or(0)
    }

    /// Over how many last months a supervisor's caseload is counted; twelve where no standard says.
    #[must_use]
    pub fn caseload_months(&self) -> u32 {
        let months = |rule| if let StandardRule::Caseload { months, .. } = rule { Some(months) } else { None };
        self.rules().find_map(months).map_or(12, u32::from)
    }

    /// Over how many last months the supervision that a supervisor received is counted; twelve where no standard says.
    #[must_use]
    pub fn supervision_months(&self) -> u32 {
        let months = |rule| if let StandardRule::Supervision { months } = rule { Some(months) } else { None };
        self.rules().find_map(months).map_or(12, u32::from)
    }

    fn rules(&self) -> impl Iterator<Item = StandardRule> {
        self.supervisor_standards.iter().filter_map(|standard| standard.rule)
    }
}
