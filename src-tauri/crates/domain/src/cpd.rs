//! Continuing professional development in a period: how the time was spent, what has to be renewed, and what changed.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use crate::framework::Framework;
use crate::kind::{FieldType, Kinds};
use crate::period::Period;
use crate::renewals::{Renewable, running_out};
use crate::views::{Learning, TrainingPlan};

/// What was learnt in a period, as an appraisal asks for it (B1570, section 9; docs/records.md, "Learning").
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Cpd {
    /// The minutes of it.
    pub minutes: u32,
    /// How they were spent, the most first.
    pub by_form: Vec<FormTime>,
    /// Trainings that run out within `NOTICE_DAYS` of the period's last day or had run out by then, soonest first.
    pub ending: Vec<Renewable>,
    /// What changed in practice because of something that was learnt, newest first.
    pub changed: Vec<Changed>,
    /// How many of what was learnt do not say what changed because of them.
    pub unsaid: u32,
}

/// Time spent learning in one form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct FormTime {
    /// Such as `e-learning`.
    pub form: String,
    /// "E-learning".
    pub title: String,
    /// How many records.
    pub records: u32,
    /// Their minutes.
    pub minutes: u32,
}

/// What changed because of something that was learnt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Changed {
    /// The record.
    pub record: Uuid,
    /// What was learnt.
    pub title: String,
    /// When.
    pub date: NaiveDate,
    /// What changed, in Markdown.
    pub changed: String,
}

/// Lays out what was learnt in a period that ends on `last`.
#[must_use]
pub fn cpd(
    (framework, kinds): (&Framework, &Kinds),
    learning: &[Learning],
    plan: &TrainingPlan,
    (period, last): (Period, NaiveDate),
) -> Cpd {
    let mut within: Vec<&Learning> = learning.iter().filter(|learnt| period.contains(learnt.date)).collect();
    within.sort_by_key(|learnt| std::cmp::Reverse((learnt.date, learnt.id)));
    let mut by_form: Vec<FormTime> = Vec::new();
    for learnt in &within {
        let known = by_form.iter_mut().find(|time| time.form == learnt.form);
        match known {
            Some(time) => {
                time.records += 1;
                time.minutes = time.minutes.saturating_add(learnt.minutes);
            }
            None => by_form.push(FormTime {
                form: learnt.form.clone(),
                title: title(kinds, &learnt.form),
                records: 1,
                minutes: learnt.minutes,
            }),
        }
    }
    by_form.sort_by(|a, b| b.minutes.cmp(&a.minutes).then_with(|| a.form.cmp(&b.form)));
    let changed = |learnt: &&Learning| {
        let changed = learnt.changed.clone()?;
        Some(Changed { record: learnt.id, title: learnt.title.clone(), date: learnt.date, changed })
    };
    let changed: Vec<Changed> = within.iter().filter_map(changed).collect();
    Cpd {
        minutes: by_form.iter().map(|time| time.minutes).fold(0, u32::saturating_add),
        unsaid: u32::try_from(within.len() - changed.len()).unwrap_or(u32::MAX),
        by_form,
        ending: running_out(framework, learning, plan, last),
        changed,
    }
}

/// What a form of learning is called, as its kind says.
fn title(kinds: &Kinds, form: &str) -> String {
    let field = kinds.newest_of("learning").and_then(|kind| kind.field("form"));
    let option = field.and_then(|field| match &field.holds {
        FieldType::Choice { options, .. } => options.iter().find(|option| option.id == form),
        _ => None,
    });
    option.map_or(form, |option| option.label.as_str()).to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::record::Record;

    fn learnt(n: u128, date: &str, form: &str, minutes: u32, more: &Value) -> Learning {
        let mut record = json!({
            "id": Uuid::from_u128(n), "kind": "learning", "date": date, "title": format!("Learnt {n}"), "form": form,
            "minutes": minutes, "created": "2026-06-01T10:00:00Z", "modified": "2026-06-01T10:00:00Z",
        });
        record.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let record: Record = serde_json::from_value(record).unwrap();
        Learning::of(&record).unwrap()
    }

    #[test]
    fn time_is_added_up_by_form_and_what_changed_is_told_of_the_period_alone() {
        let learning = [
            learnt(1, "2025-06-12", "course", 500, &json!({ "changed": "Before." })),
            learnt(2, "2025-06-13", "e-learning", 60, &json!({ "changed": "I ask *first*." })),
            learnt(3, "2026-01-01", "course", 360, &json!({ "changed": " " })),
            learnt(4, "2026-02-01", "e-learning", 30, &json!({ "changed": "I wait.", "expires": "2026-07-01" })),
            learnt(5, "2026-06-12", "event", 90, &json!({ "expires": "2027-07-01" })),
            learnt(6, "2026-06-13", "event", 90, &json!({})),
        ];
        let last: NaiveDate = "2026-06-12".parse().unwrap();
        let period = Period::months_until(12, last);
        let (framework, kinds) = (Framework::shipped(), Kinds::shipped());
        let told = cpd((&framework, &kinds), &learning, &TrainingPlan::default(), (period, last));
        let forms: Vec<_> = told.by_form.iter().map(|time| (time.title.as_str(), time.records, time.minutes)).collect();
        assert_eq!(forms, [("Course", 1, 360), ("E-learning", 2, 90), ("Event or webinar", 1, 90)]);
        assert_eq!((told.minutes, told.unsaid), (540, 2));
        let changed: Vec<_> = told.changed.iter().map(|one| (one.title.as_str(), one.changed.as_str())).collect();
        assert_eq!(changed, [("Learnt 4", "I wait."), ("Learnt 2", "I ask *first*.")]);
        assert_eq!(told.ending.iter().map(|one| one.days_left).collect::<Vec<_>>(), [19]);
    }

    #[test]
    fn a_form_that_nobody_knows_is_called_what_it_is() {
        let kinds = Kinds::shipped();
        assert_eq!((title(&kinds, "induction"), title(&kinds, "osmosis")), ("Induction".into(), "osmosis".into()));
    }
}
