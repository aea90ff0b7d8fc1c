//! What the publications leave open or say in two ways, as a framework file decides it, each with its reason.
//!
//! An employer's file can decide otherwise. A portfolio prints every decision, so that its reader can tell a rule of the
//! publication from one of ours.

use serde::{Deserialize, Serialize};

use super::Framework;

/// One thing that was decided: its value, and what a reader is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Decided<T> {
    /// What the rules go by.
    pub value: T,
    /// The rule, in a sentence that names the value.
    pub says: String,
    /// Why: goes on after "because".
    pub because: String,
}

/// Something that was decided and has no value of its own: it stands elsewhere in the file, or is how things are counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Settled {
    /// The rule, in a sentence.
    pub says: String,
    /// Why: goes on after "because".
    pub because: String,
}

/// A number for coaches at full time, and one for those below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the names say it")]
pub struct ByShare {
    pub full_time: u16,
    pub part_time: u16,
}

impl ByShare {
    /// The number for full time, or for less.
    #[must_use]
    pub fn at(self, full_time: bool) -> u16 {
        if full_time { self.full_time } else { self.part_time }
    }
}

/// Who may say so: for each scope the roles, as records of people hold them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Deciders {
    /// That a competency is agreed.
    pub competency: Vec<String>,
    /// That a tier is reached.
    pub tier: Vec<String>,
    /// That an appraisal was held.
    pub appraisal: Vec<String>,
    /// That a statement of the coach's own case as a supervisor is true.
    pub supervisor_statement: Vec<String>,
    /// That earlier learning stands for the training.
    pub prior_learning: Vec<String>,
    /// Whose supervision keeps the rhythm of health coaching.
    pub coaching_supervision: Vec<String>,
}

/// When a caseload has something to say of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct CaseloadRules {
    /// After how many sessions it is time to look back together.
    pub review_sessions: u8,
    /// After how many days without a session it is worth asking whether to go on.
    pub long_gap_days: u16,
    /// After how many days without a session somebody no longer counts as being seen.
    pub long_ago_days: u16,
}

/// Everything that was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Decisions {
    /// What a tier asks for stays open at every higher one until it is there.
    pub tiers_accumulate: Decided<bool>,
    /// Over how many last days the pace behind a forecast is taken.
    pub pace_days: Decided<u16>,
    /// Who may say so.
    pub deciders: Decided<Deciders>,
    /// A sign-off by a supervisor who is below the tier of their standards, or whose tier is not recorded, counts.
    pub unproven_supervisor_counts: Decided<bool>,
    /// The training has to be shown by a record; that the profile names its route is not enough.
    pub route_needs_record: Decided<bool>,
    /// Within how many months parts of one course are taken.
    pub course_parts_months: Decided<u8>,
    /// The least a day of training lasts, in minutes.
    pub training_day_minutes: Decided<u16>,
    /// For how many days after it was due a supervision is not missed yet.
    pub grace_days: Decided<u8>,
    /// How many minutes a month of the supervision that keeps the rhythm of health coaching are recommended.
    pub supervision_minutes: Decided<ByShare>,
    /// From which share of full time, in percent, a coach counts as full time.
    pub full_time_percent: Decided<u8>,
    /// Where no start date is known, the first NHS session is the start.
    pub first_session_begins: Decided<bool>,
    /// What is put forward as a portfolio entry counts only with a reason.
    pub claim_needs_reason: Decided<bool>,
    /// When a caseload has something to say of a client.
    pub caseload: Decided<CaseloadRules>,
    /// What else was decided.
    pub also: Vec<Settled>,
}

impl Decisions {
    /// Whether a share of full time counts as full time; a tenth of a percent makes no difference.
    #[must_use]
    pub fn is_full_time(&self, share: f64) -> bool {
        (share * 1_000.0).round() >= f64::from(self.full_time_percent.value) * 10.0
    }

    /// Each decision as a reader is told it: what, and why.
    pub fn told(&self) -> impl Iterator<Item = (&str, &str)> {
        fn of<T>(one: &Decided<T>) -> (&str, &str) {
            (&one.says, &one.because)
        }
        let valued = [
            of(&self.tiers_accumulate),
            of(&self.pace_days),
            of(&self.deciders),
            of(&self.unproven_supervisor_counts),
            of(&self.route_needs_record),
            of(&self.course_parts_months),
            of(&self.training_day_minutes),
            of(&self.grace_days),
            of(&self.supervision_minutes),
            of(&self.full_time_percent),
            of(&self.first_session_begins),
            of(&self.claim_needs_reason),
            of(&self.caseload),
        ];
        valued.into_iter().chain(self.also.iter().map(|one| (one.says.as_str(), one.because.as_str())))
    }

    /// The values that are numbers, each with its name in the file, the least and the most it may be, and its sentence.
    pub(super) fn figures(&self) -> [(&'static str, u32, (u32, u32), &str); 8] {
        let day = &self.training_day_minutes;
        let (caseload, says) = (self.caseload.value, self.caseload.says.as_str());
        [
            ("pace_days", self.pace_days.value.into(), (1, 3_650), &self.pace_days.says),
            ("course_parts_months", self.course_parts_months.value.into(), (1, 60), &self.course_parts_months.says),
            // Told in hours.
            ("training_day_minutes", u32::from(day.value), (1, 1_440), &day.says),
            ("grace_days", self.grace_days.value.into(), (0, 90), &self.grace_days.says),
            ("caseload", caseload.review_sessions.into(), (1, 100), says),
            ("caseload", caseload.long_gap_days.into(), (1, 3_650), says),
            ("caseload", caseload.long_ago_days.into(), (1, 3_650), says),
            ("full_time_percent", self.full_time_percent.value.into(), (1, 100), &self.full_time_percent.says),
        ]
    }
}

/// What the shipped file decides.
pub(super) fn shipped() -> Decisions {
    Framework::shipped().decisions
}
