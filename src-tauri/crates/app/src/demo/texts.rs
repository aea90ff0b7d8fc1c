//! The words of the demo, as they lie in `assets/demo`.

use domain::EvidenceKind;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

macro_rules! asset {
    ($name:literal) => {
        include_str!(concat!("../../../../../assets/demo/", $name, ".json"))
    };
}

/// All of them.
pub(super) struct Texts {
    pub(super) people: People,
    pub(super) reflections: Vec<ReflectionText>,
    pub(super) supervisions: SupervisionTexts,
    pub(super) sessions: SessionTexts,
    pub(super) observations: Vec<ObservationText>,
    pub(super) learning: LearningTexts,
    pub(super) entries: Vec<EntryText>,
}

/// A claim with its reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClaimText {
    pub(super) competency: String,
    #[serde(rename = "as")]
    pub(super) counts_as: Option<EvidenceKind>,
    pub(super) reason: String,
    /// Only on a session of this mode.
    pub(super) mode: Option<String>,
}

/// The coach and those around them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct People {
    /// The profile's own fields; the first day is added.
    pub(super) profile: Map<String, Value>,
    pub(super) people: Vec<PersonText>,
}

/// A person: a key the other texts use, and a record's fields.
#[derive(Deserialize)]
pub(super) struct PersonText {
    pub(super) key: String,
    pub(super) title: String,
    pub(super) body: String,
    #[serde(flatten)]
    pub(super) fields: Map<String, Value>,
}

/// What a reflection is about: which session it can stand beside.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum About {
    None,
    Any,
    First,
    Later,
    Review,
    Last,
    Group,
    Missed,
    Telephone,
    Video,
}

/// A reflection: long, with a model and its answers, or short.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReflectionText {
    pub(super) title: String,
    #[serde(default = "free")]
    pub(super) model: String,
    #[serde(default = "after")]
    pub(super) phase: String,
    pub(super) about: About,
    /// Only beside a session on this theme.
    pub(super) theme: Option<String>,
    /// Only in the first months.
    #[serde(default)]
    pub(super) early: bool,
    #[serde(default)]
    pub(super) answers: Vec<String>,
    /// Additional models that it shows.
    #[serde(default)]
    pub(super) models: Vec<String>,
    #[serde(default)]
    pub(super) body: String,
    #[serde(default)]
    pub(super) claims: Vec<ClaimText>,
    #[serde(default)]
    pub(super) tags: Vec<String>,
}

/// Supervisions, each list in the order in which they happen.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct SupervisionTexts {
    pub(super) health_coaching: Vec<SupervisionText>,
    pub(super) group: Vec<SupervisionText>,
    pub(super) line_management: Vec<SupervisionText>,
    pub(super) clinical: Vec<SupervisionText>,
}

/// One supervision.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SupervisionText {
    pub(super) title: String,
    pub(super) body: String,
    /// Only the first time through the list.
    #[serde(default)]
    pub(super) early: bool,
    pub(super) model: Option<String>,
    /// To the model's prompts, in their order.
    #[serde(default)]
    pub(super) answers: Vec<String>,
    #[serde(default)]
    pub(super) actions: Vec<ActionText>,
    #[serde(default)]
    pub(super) notes_reviewed: bool,
    pub(super) safeguarding: Option<Value>,
    pub(super) usefulness: u32,
    #[serde(default)]
    pub(super) claims: Vec<ClaimText>,
}

/// Something agreed in supervision, counted in days from that day.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActionText {
    pub(super) text: String,
    pub(super) due_days: u64,
    /// Nothing means it was never done.
    pub(super) done_days: Option<u64>,
}

/// A record of any kind, given whole, and its day: counted from the first Monday, back from the last day, or that of
/// another entry.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryText {
    /// What later entries call it.
    pub(super) key: Option<String>,
    pub(super) kind: String,
    pub(super) title: String,
    pub(super) at_day: Option<u64>,
    pub(super) before_end: Option<u64>,
    pub(super) beside: Option<String>,
    pub(super) minute: Option<u32>,
    pub(super) body: String,
    pub(super) fields: Map<String, Value>,
    #[serde(default)]
    pub(super) claims: Vec<ClaimText>,
}

/// What session notes are put together from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SessionTexts {
    pub(super) settings: Vec<String>,
    /// Where clients come from and what becomes of them, in turn: these are taken without chance, so that what is drawn
    /// for everything else stays as it was.
    pub(super) practices: Vec<String>,
    pub(super) referred_from: Vec<String>,
    pub(super) endings: Vec<String>,
    pub(super) themes: Vec<Theme>,
    pub(super) agreed: Vec<String>,
    pub(super) closing: Vec<String>,
    pub(super) sparse: Vec<String>,
    pub(super) missed: Vec<String>,
    pub(super) claims: Vec<ClaimText>,
    pub(super) groups: Vec<GroupText>,
    pub(super) outside: OutsideText,
}

/// What a client comes with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Theme {
    pub(super) id: String,
    pub(super) focus: Vec<String>,
    pub(super) first: Vec<String>,
    pub(super) notes: Vec<String>,
    pub(super) last: String,
}

/// A course of group sessions; a note for each week.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupText {
    pub(super) title: String,
    pub(super) weeks: Vec<String>,
    pub(super) notes: Vec<String>,
    pub(super) mode: String,
    pub(super) setting: String,
    pub(super) minutes: u32,
}

/// Coaching outside the NHS.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OutsideText {
    pub(super) title: String,
    pub(super) minutes: u32,
    pub(super) setting: String,
    pub(super) notes: Vec<String>,
}

/// An observation, about this many days after the first Monday.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ObservationText {
    pub(super) title: String,
    pub(super) source: String,
    pub(super) observer: String,
    pub(super) at_day: u64,
    pub(super) about: Option<About>,
    pub(super) minutes: Option<u32>,
    pub(super) body: String,
    pub(super) strengths: String,
    pub(super) development: String,
    pub(super) ratings: Vec<Map<String, Value>>,
    pub(super) claims: Vec<ClaimText>,
}

/// What was learnt, and what is written when it is renewed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LearningTexts {
    pub(super) renewed: Vec<String>,
    pub(super) entries: Vec<LearningText>,
}

/// Something learnt, this many days after the first Monday.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LearningText {
    pub(super) title: String,
    pub(super) form: String,
    pub(super) at_day: u64,
    pub(super) minutes: u32,
    pub(super) body: String,
    pub(super) provider: Option<String>,
    pub(super) capability: Option<String>,
    pub(super) model: Option<String>,
    /// What changed because of it.
    pub(super) changed: Option<String>,
    /// Which of the courses that are told apart it is.
    pub(super) course: Option<String>,
    /// The number of months after which it is renewed.
    pub(super) valid_months: Option<u32>,
    pub(super) pci_accredited: Option<bool>,
    pub(super) practice_sessions: Option<bool>,
    /// There was one, and it was kept.
    #[serde(default)]
    pub(super) certificate: bool,
    /// Never again.
    #[serde(default)]
    pub(super) once: bool,
    #[serde(default)]
    pub(super) claims: Vec<ClaimText>,
}

impl Texts {
    /// The texts that are built in.
    pub(super) fn shipped() -> Texts {
        let mut reflections: Vec<ReflectionText> = read(asset!("reflections"));
        reflections.extend(read::<Vec<ReflectionText>>(asset!("jottings")));
        Texts {
            people: read(asset!("people")),
            reflections,
            supervisions: read(asset!("supervisions")),
            sessions: read(asset!("sessions")),
            observations: read(asset!("observations")),
            learning: read(asset!("learning")),
            entries: read(asset!("entries")),
        }
    }
}

fn free() -> String {
    "free".to_owned()
}

fn after() -> String {
    "after".to_owned()
}

#[allow(clippy::expect_used, reason = "the files are compiled in and read by every test of the demo")]
fn read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("a shipped demo file reads")
}
