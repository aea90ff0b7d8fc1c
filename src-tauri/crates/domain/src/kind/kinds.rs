//! Every kind there is: the newest version of each, and the earlier ones that records were written with.

use serde_json::Value;

use super::{Choice, Field, FieldType, Kind};
use crate::models::{Model, shipped};
use crate::record::{Draft, Record};

/// Every kind this program knows. A record's own is [`Kinds::of`]; what is new is made with [`Kinds::newest_of`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kinds {
    /// One for each id, in the order in which kinds are offered.
    newest: Vec<Kind>,
    earlier: Vec<Kind>,
}

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        [$(include_str!(concat!("../../../../../assets/kinds/", $name, ".json"))),*]
    };
}

/// The files in `assets/kinds`, in the order in which kinds are offered; a test makes sure that none is left out.
const SHIPPED: &[&str] = &shipped![
    "reflection.v1",
    "session.v1",
    "supervision.v1",
    "observation.v1",
    "feedback.v1",
    "learning.v1",
    "peer-learning.v1",
    "team-work.v1",
    "impact.v1",
    "goal.v1",
    "statement.v1",
    "sign-off.v1",
    "person.v1",
    "profile.v1",
];

impl Kinds {
    /// The kinds that are built in.
    ///
    /// # Panics
    /// When a shipped file cannot be read, which a test rules out.
    #[must_use]
    #[allow(clippy::expect_used, reason = "the files are compiled in and read by a test")]
    pub fn shipped() -> Kinds {
        let models = shipped();
        let read = |text: &&str| serde_json::from_str::<Kind>(text).expect("a shipped kind reads").offering(&models);
        SHIPPED.iter().map(read).fold(Kinds::default(), Kinds::with)
    }

    /// With this kind as well: in the place of its id where there is an earlier version of it, else after the others.
    #[must_use]
    pub fn with(mut self, kind: Kind) -> Kinds {
        match self.newest.iter_mut().find(|newest| newest.id == kind.id) {
            Some(newest) if newest.version < kind.version => self.earlier.push(std::mem::replace(newest, kind)),
            Some(_) => self.earlier.push(kind),
            None => self.newest.push(kind),
        }
        self
    }

    /// The kind that a record is of, in the version it was written with; nothing when a newer Coachfolio wrote it.
    #[must_use]
    pub fn of(&self, record: &Record) -> Option<&Kind> {
        self.find(&record.kind, record.kind_version)
    }

    /// The same for a draft; one that names no version is of the first.
    #[must_use]
    pub fn of_draft(&self, draft: &Draft) -> Option<&Kind> {
        let version = draft.get("kind_version").filter(|version| !version.is_null());
        let version = version.map_or(Some(1), |version| u8::try_from(version.as_u64()?).ok())?;
        self.find(draft.get("kind").and_then(Value::as_str)?, version)
    }

    /// The newest version of the kind with this id: for what is new, and for what is said of all its records.
    #[must_use]
    pub fn newest_of(&self, id: &str) -> Option<&Kind> {
        self.newest.iter().find(|kind| kind.id == id)
    }

    /// The newest version of each kind, in the order in which kinds are offered.
    pub fn newest(&self) -> impl Iterator<Item = &Kind> {
        self.newest.iter()
    }

    /// The versions before the newest, which records may still be of.
    pub fn earlier(&self) -> impl Iterator<Item = &Kind> {
        self.earlier.iter()
    }

    /// The ids of the kinds that have this field in any of their versions, each once.
    pub fn with_field(&self, field: &str) -> impl Iterator<Item = &str> {
        let has = move |kind: &&Kind| {
            let versions = self.earlier.iter().filter(|earlier| earlier.id == kind.id);
            versions.chain([*kind]).any(|version| version.field(field).is_some())
        };
        self.newest.iter().filter(has).map(|kind| kind.id.as_str())
    }

    fn find(&self, id: &str, version: u8) -> Option<&Kind> {
        self.newest.iter().chain(&self.earlier).find(|kind| kind.id == id && kind.version == version)
    }
}

/// What stands last among the models that can be chosen, whichever there are: one without a name here.
const ANOTHER: &str = "other";

impl Kind {
    /// With these models among what can be chosen where a record's answers follow one: a model's id and title stand in its own
    /// file and nowhere else. The kind's file lists what has no prompts, such as writing freely.
    fn offering(mut self, models: &[Model]) -> Kind {
        let follows = |field: &Field| match &field.holds {
            FieldType::Answers { model } => Some(model.clone()),
            _ => None,
        };
        let Some(model) = self.fields.iter().find_map(follows) else { return self };
        let ours = models.iter().filter(|one| one.kind == self.id);
        let ours: Vec<Choice> =
            ours.map(|one| Choice { id: one.id.clone(), label: one.title.clone(), told: None }).collect();
        for field in self.fields.iter_mut().filter(|field| field.id == model) {
            if let FieldType::Choice { options, .. } = &mut field.holds {
                let last = options.iter().position(|option| option.id == ANOTHER).unwrap_or(options.len());
                options.splice(last..last, ours.iter().cloned());
            }
        }
        self
    }
}
