//! What was learnt, and what the profile says about training.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::fields::{day, reference, rows, text, texts, whole, yes};
use crate::record::Record;

/// Something that was learnt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learning {
    /// The record's id.
    pub id: Uuid,
    /// The day.
    pub date: NaiveDate,
    /// Its title.
    pub title: String,
    /// `course`, `e-learning`, `event`, `self-directed` or `induction`.
    pub form: String,
    /// How long.
    pub minutes: u32,
    /// Who ran it.
    pub provider: Option<String>,
    /// The general capabilities it covers.
    pub capabilities: Vec<String>,
    /// The additional model it covers.
    pub model: Option<String>,
    /// What changed in the coach's practice because of it.
    pub changed: Option<String>,
    /// Accredited by the Personalised Care Institute.
    pub accredited: bool,
    /// Coaching was practised in it.
    pub practised: bool,
    /// A certificate is attached.
    pub certificate: bool,
    /// The day it has to be renewed by.
    pub expires: Option<NaiveDate>,
    /// Earlier learning that stands in for the training.
    pub prior: bool,
    /// Who accepted it.
    pub accepted_by: Option<Uuid>,
    /// Specialist training for coaching people under 18.
    pub young_people: bool,
    /// Training in supervising other coaches.
    pub supervising: bool,
    /// Which course it says it was, such as `health-coaching`.
    pub course: Option<String>,
}

impl Learning {
    /// The learning a record is, if it is one.
    #[must_use]
    pub fn of(record: &Record) -> Option<Learning> {
        let fields = &record.fields;
        (record.kind == "learning").then(|| Learning {
            id: record.id,
            date: record.date,
            title: record.title.clone(),
            form: record.text("form").unwrap_or_default().to_owned(),
            minutes: record.whole("minutes").unwrap_or(0),
            provider: text(fields, "provider").map(str::to_owned),
            capabilities: texts(fields, "capability").into_iter().map(str::to_owned).collect(),
            model: text(fields, "model").map(str::to_owned),
            changed: text(fields, "changed").map(str::to_owned),
            accredited: yes(fields, "pci_accredited"),
            practised: yes(fields, "practice_sessions"),
            certificate: text(fields, "certificate").is_some(),
            expires: day(fields, "expires"),
            prior: yes(fields, "prior_learning"),
            accepted_by: reference(fields, "accepted_by"),
            young_people: yes(fields, "young_people"),
            supervising: yes(fields, "supervision_training"),
            course: text(fields, "course").map(str::to_owned),
        })
    }

    /// Whether it is a course in health coaching. One that does not say which it was is believed to be, unless it was in
    /// something else by what else it says.
    #[must_use]
    pub fn is_in_coaching(&self) -> bool {
        let says = self.course.as_deref();
        self.form == "course"
            && says.map_or(!self.supervising && !self.young_people, |course| course == "health-coaching")
    }
}

/// Work that shows an additional model, beside what was learnt about it: a reflection, a session, an observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelShown {
    /// The record's id.
    pub id: Uuid,
    /// The day.
    pub date: NaiveDate,
    /// The models, by their ids.
    pub models: Vec<String>,
}

impl ModelShown {
    /// The field that names the models; a vault finds the records that have it.
    pub const FIELD: &str = "models";

    /// What a record shows, if it shows any.
    #[must_use]
    pub fn of(record: &Record) -> Option<ModelShown> {
        let models: Vec<String> = texts(&record.fields, Self::FIELD).into_iter().map(str::to_owned).collect();
        (!models.is_empty()).then_some(ModelShown { id: record.id, date: record.date, models })
    }
}

/// One of the ways to the training that tier 1 asks for (docs/framework.md, "Tiers").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum TrainingRoute {
    /// A four-day course accredited by the Personalised Care Institute.
    FourDay,
    /// Earlier learning that a supervisor accepted.
    PriorLearning,
    /// Earlier experience and a two-day skills course.
    ExperienceAndTwoDay,
}

impl TrainingRoute {
    /// All three, the usual one first.
    pub const ALL: [TrainingRoute; 3] =
        [TrainingRoute::FourDay, TrainingRoute::PriorLearning, TrainingRoute::ExperienceAndTwoDay];

    /// The id used in the profile, such as `four-day`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            TrainingRoute::FourDay => "four-day",
            TrainingRoute::PriorLearning => "prior-learning",
            TrainingRoute::ExperienceAndTwoDay => "experience-and-two-day",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            TrainingRoute::FourDay => "Four-day accredited course",
            TrainingRoute::PriorLearning => "Earlier learning that was accepted",
            TrainingRoute::ExperienceAndTwoDay => "Earlier experience and a two-day skills course",
        }
    }
}

/// What the profile says about training and its renewal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrainingPlan {
    /// First day in the role.
    pub started: Option<NaiveDate>,
    /// How the coach trained.
    pub route: Option<TrainingRoute>,
    /// What the coach set for capabilities.
    pub renewals: Vec<Renewal>,
    /// The topics of the induction that were covered, and when first.
    pub inducted: BTreeMap<String, NaiveDate>,
}

/// What the coach set for one capability: the employer or the law decides, so that nothing is preset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewal {
    /// The capability's id.
    pub capability: String,
    /// Months after which it has to be renewed.
    pub months: Option<u32>,
    /// It has to be taken.
    pub mandatory: bool,
}

impl TrainingPlan {
    /// The view of the profile record; nothing is set where there is none yet.
    #[must_use]
    pub fn of(record: Option<&Record>) -> TrainingPlan {
        let Some(record) = record else { return TrainingPlan::default() };
        let route = record.text("training_route");
        let renewal = |row| {
            let capability = text(row, "capability")?.to_owned();
            Some(Renewal { capability, months: whole(row, "months"), mandatory: yes(row, "mandatory") })
        };
        let mut inducted: BTreeMap<String, NaiveDate> = BTreeMap::new();
        for row in rows(&record.fields, "induction") {
            if let Some((topic, on)) = text(row, "topic").zip(day(row, "date")) {
                inducted.entry(topic.to_owned()).and_modify(|known| *known = on.min(*known)).or_insert(on);
            }
        }
        TrainingPlan {
            inducted,
            started: day(&record.fields, "started"),
            route: TrainingRoute::ALL.into_iter().find(|known| Some(known.id()) == route),
            renewals: rows(&record.fields, "renewals").filter_map(renewal).collect(),
        }
    }
}
