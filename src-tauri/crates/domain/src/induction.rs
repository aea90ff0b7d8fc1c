//! The induction before the first referrals: what it covers, and what the coach has had of it.

use chrono::{Months, NaiveDate};
use serde::Serialize;

use crate::framework::Framework;
use crate::views::TrainingPlan;

/// Whoever has been in the role for longer had their induction before they noted anything here.
const NEW_FOR_MONTHS: u32 = 12;

/// One topic of the induction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Topic {
    /// Its id.
    pub topic: String,
    /// What it is about.
    pub title: String,
    /// The day on which it was covered.
    pub done: Option<NaiveDate>,
}

/// Every topic of the induction, in the framework's order (B1570, section 4.1).
#[must_use]
pub fn induction(framework: &Framework, plan: &TrainingPlan, today: NaiveDate) -> Vec<Topic> {
    let topic = |listed: &crate::framework::Listed| Topic {
        topic: listed.id.clone(),
        title: listed.title.clone(),
        done: plan.inducted.get(&listed.id).copied().filter(|done| *done <= today),
    };
    framework.induction.iter().map(topic).collect()
}

/// The topics that are still to come, for someone who is new in the role or has begun to tick them.
#[must_use]
pub fn still_to_come(framework: &Framework, plan: &TrainingPlan, today: NaiveDate) -> Vec<Topic> {
    let topics = induction(framework, plan, today);
    let year = |started: NaiveDate| started.checked_add_months(Months::new(NEW_FOR_MONTHS));
    let is_new = plan.started.and_then(year).is_some_and(|year| today < year);
    if !is_new && topics.iter().all(|topic| topic.done.is_none()) {
        return Vec::new();
    }
    topics.into_iter().filter(|topic| topic.done.is_none()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn plan(started: Option<&str>, done: &[(&str, &str)]) -> TrainingPlan {
        let inducted = done.iter().map(|(topic, date)| ((*topic).to_owned(), day(date))).collect();
        TrainingPlan { started: started.map(day), inducted, ..TrainingPlan::default() }
    }

    #[test]
    fn a_topic_is_done_from_its_day_on() {
        let framework = Framework::shipped();
        let plan = plan(Some("2026-06-01"), &[("systems", "2026-06-12"), ("team", "2026-06-13")]);
        let done: Vec<String> = induction(&framework, &plan, day("2026-06-12"))
            .into_iter()
            .filter(|topic| topic.done.is_some())
            .map(|topic| topic.topic)
            .collect();
        assert_eq!(done, ["systems"]);
        assert_eq!(still_to_come(&framework, &plan, day("2026-06-12")).len(), framework.induction.len() - 1);
    }

    #[test]
    fn whoever_is_not_new_is_asked_only_once_they_have_begun_to_tick() {
        let framework = Framework::shipped();
        let open = |plan: &TrainingPlan| still_to_come(&framework, plan, day("2026-06-12")).len();
        let all = framework.induction.len();
        assert_eq!([None, Some("2025-06-12"), Some("2025-06-13")].map(|from| open(&plan(from, &[]))), [0, 0, all]);
        assert_eq!(open(&plan(Some("2020-01-01"), &[("policy", "2026-06-01")])), all - 1);
        let every: Vec<(&str, &str)> = framework.induction.iter().map(|one| (one.id.as_str(), "2026-06-02")).collect();
        assert_eq!(open(&plan(Some("2026-06-01"), &every)), 0);
    }
}
