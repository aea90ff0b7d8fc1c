//! Record kinds as data: the form, the command line, the PDF and the JSON Schema all come from here.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::condition::{Condition, is_filled};
use crate::evidence::EvidenceKind;

/// What one kind of record consists of (`assets/kinds/<id>.v<version>.json`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Such as `reflection`.
    pub id: String,
    /// A released kind is frozen; a change is a new version beside it.
    pub version: u8,
    /// "Reflection".
    pub title: String,
    /// "Reflections".
    pub plural: String,
    /// One sentence: what it is for.
    pub summary: String,
    /// What an empty page of this kind says.
    pub empty: String,
    /// What a good title looks like.
    pub title_example: String,
    /// The field that gives a record its title when it has none of its own, such as a person's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_from: Option<String>,
    /// What the free text is called in the form; nothing means the kind is written in its fields alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_label: Option<String>,
    /// One per vault.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub single: bool,
    /// In the order of the form.
    pub fields: Vec<Field>,
    /// What a record of this kind can count as, and when.
    pub offers: Vec<Offer>,
    /// What must hold between fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// What is usually written next: one act, several records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<Then>,
}

/// A record that usually follows one of this kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Then {
    /// The kind of what follows.
    pub kind: String,
    /// What it is offered as: "Write a reflection on this session".
    pub label: String,
    /// What its title begins with, before the title of what it follows.
    pub title: String,
    /// When it is offered; nothing means always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// What its form is prefilled with.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub set: Map<String, Value>,
    /// The field of what follows that points back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Fields that are carried over as they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carry: Vec<String>,
}

/// One field of a kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Field {
    /// The name in the open form, such as `minutes`.
    pub id: String,
    /// What the form and the PDF call it.
    pub label: String,
    /// A sentence under the label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Whether the record is refused without it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// What stands when nothing was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// When the form shows it; a value given all the same is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// The app keeps it: no form shows it and no portfolio prints it, but the open form has it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// What it holds.
    #[serde(flatten)]
    pub holds: FieldType,
}

/// What a field holds. A new type is this enum and the places the compilers point at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum FieldType {
    /// One line of up to 1,000 characters.
    Text,
    /// Markdown of any length.
    Markdown,
    /// A whole number.
    Whole {
        /// The least allowed.
        min: u32,
        /// The most allowed.
        max: u32,
    },
    /// Whole minutes, 1 to 1,440.
    Minutes,
    /// A number that need not be whole.
    Number {
        /// The least allowed.
        min: f64,
        /// The most allowed.
        max: f64,
        /// The least is itself not allowed ("over 0").
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        above_min: bool,
    },
    /// Yes or no.
    YesNo,
    /// A day, between 1990 and some years from today.
    Date {
        /// How far ahead it may lie: one year but for what is known long before, such as an expiry.
        #[serde(default = "one_year", skip_serializing_if = "is_one_year")]
        years_ahead: u8,
    },
    /// One of these.
    Choice {
        /// In the order shown.
        options: Vec<Choice>,
        /// Several of them instead of one.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        many: bool,
        /// Something of the coach's own is taken too, as `own:` and its name, such as a model of their own.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        own: bool,
    },
    /// One entry of a list of the installed framework, by its id.
    Framework {
        /// Which list.
        list: FrameworkList,
        /// Several entries instead of one.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        many: bool,
    },
    /// The id of another record.
    Record {
        /// The kind that record is of; nothing means any kind.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<String>,
        /// Several records instead of one.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        many: bool,
    },
    /// The name of one of this record's attachments.
    Attachment,
    /// Prompts of a reflective or supervision model with what was answered: `{prompt, text}`.
    Answers {
        /// The field that names the model.
        model: String,
    },
    /// A few fields that belong together.
    Group {
        /// In the order of the form.
        fields: Vec<Field>,
    },
    /// Rows of fields.
    List {
        /// The fields of one row.
        fields: Vec<Field>,
        /// What one row is called: "rating".
        row: String,
    },
}

impl FieldType {
    /// Whether it holds text of any length, which takes room of its own wherever it is shown.
    #[must_use]
    pub fn is_long(&self) -> bool {
        matches!(self, FieldType::Markdown | FieldType::Answers { .. } | FieldType::List { .. })
    }
}

fn one_year() -> u8 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_one_year(years: &u8) -> bool {
    *years == 1
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The value in the open form.
    pub id: String,
    /// What people read.
    pub label: String,
}

/// What stands before the name of something of the coach's own where others choose from a list.
const OWN: &str = "own:";
/// The longest name of something of the coach's own, in characters.
pub const OWN_MAX: usize = 100;

/// The value of a choice for something of the coach's own.
#[must_use]
pub fn own(name: &str) -> String {
    format!("{OWN}{name}")
}

/// The name in `own:<name>`, if the value of a choice is something of the coach's own.
#[must_use]
pub fn own_name(value: &str) -> Option<&str> {
    value.strip_prefix(OWN)
}

/// What people read for the value of a choice.
#[must_use]
pub fn label<'v>(options: &'v [Choice], value: &'v str) -> &'v str {
    let option = options.iter().find(|option| option.id == value);
    option.map_or_else(|| own_name(value).unwrap_or(value), |option| &option.label)
}

/// A list of the framework that a field can point into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the framework's own")]
pub enum FrameworkList {
    Competencies,
    Capabilities,
    Models,
    Standards,
}

/// A kind of evidence that a record can count as.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// What it counts as.
    pub evidence: EvidenceKind,
    /// When; nothing means always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
}

/// A rule between fields: when the condition holds, the field must hold the value, or any value at all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// When the rule applies.
    pub when: Condition,
    /// The field it is about.
    pub field: String,
    /// What the field must hold then. A rule has this or `must_be_filled`, and never both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub must_be: Option<Value>,
    /// The field must hold something then, whatever it is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub must_be_filled: bool,
    /// Why, in a sentence that says what to do.
    pub message: String,
}

impl Rule {
    /// Whether the values keep the rule.
    #[must_use]
    pub fn is_kept(&self, values: &Map<String, Value>) -> bool {
        let value = values.get(&self.field);
        !self.when.holds(values)
            || match &self.must_be {
                Some(wanted) => value == Some(wanted),
                None => value.is_some_and(is_filled),
            }
    }
}

impl Kind {
    /// The field with this id.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// Gives a draft without a title the one its kind takes from another field.
    pub fn entitle(&self, draft: &mut Map<String, Value>) {
        let has_title = draft.get("title").is_some_and(is_filled);
        let from = self.title_from.as_ref().and_then(|field| draft.get(field)).filter(|value| is_filled(value));
        if let (false, Some(title)) = (has_title, from.cloned()) {
            draft.insert("title".to_owned(), title);
        }
    }

    /// The records that these values name, each with the field, such as `actions[0].person`.
    #[must_use]
    pub fn references(&self, values: &Map<String, Value>) -> Vec<(String, Uuid)> {
        let mut found = Vec::new();
        gather_references(&self.fields, values, "", &mut found);
        found
    }

    /// What a record with these values can count as (records.md, "offers"). A value that the form would not show says
    /// nothing: notes are reviewed in health coaching supervision alone, whatever was answered before the type was changed.
    #[must_use]
    pub fn offered(&self, values: &Map<String, Value>) -> Vec<EvidenceKind> {
        let said = self.said(values);
        let mut offered = Vec::new();
        for offer in &self.offers {
            let holds = offer.when.as_ref().is_none_or(|when| when.holds(&said));
            if holds && !offered.contains(&offer.evidence) {
                offered.push(offer.evidence);
            }
        }
        offered
    }

    /// The values of the kind's own fields that the form would show.
    fn said(&self, values: &Map<String, Value>) -> Map<String, Value> {
        let own = |field: &Field| Some((field.id.clone(), values.get(&field.id)?.clone()));
        let mut said: Map<String, Value> = self.fields.iter().filter_map(own).collect();
        // Taking one away may take away what another was shown for.
        loop {
            let conceals = |field: &&Field| field.when.as_ref().is_some_and(|when| !when.holds(&said));
            let concealed: Vec<&Field> =
                self.fields.iter().filter(|field| said.contains_key(&field.id)).filter(conceals).collect();
            if concealed.is_empty() {
                return said;
            }
            for field in concealed {
                said.shift_remove(&field.id);
            }
        }
    }
}

fn gather_references(fields: &[Field], values: &Map<String, Value>, within: &str, found: &mut Vec<(String, Uuid)>) {
    for field in fields {
        let place = format!("{within}{}", field.id);
        match (&field.holds, values.get(&field.id)) {
            (FieldType::Record { .. }, Some(Value::Array(ids))) => {
                found.extend(ids.iter().filter_map(|id| named(&place, id)));
            }
            (FieldType::Record { .. }, Some(id)) => found.extend(named(&place, id)),
            (FieldType::Group { fields }, Some(Value::Object(group))) => {
                gather_references(fields, group, &format!("{place}."), found);
            }
            (FieldType::List { fields, .. }, Some(Value::Array(rows))) => {
                for (index, row) in rows.iter().enumerate() {
                    if let Value::Object(row) = row {
                        gather_references(fields, row, &format!("{place}[{index}]."), found);
                    }
                }
            }
            _ => {}
        }
    }
}

fn named(place: &str, id: &Value) -> Option<(String, Uuid)> {
    Some((place.to_owned(), Uuid::parse_str(id.as_str()?).ok()?))
}

/// Every kind this version knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Kinds(Vec<Kind>);

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        [$(include_str!(concat!("../../../../assets/kinds/", $name, ".json"))),*]
    };
}

/// The files in `assets/kinds`, in the order in which kinds are offered; a test sees that none is left out.
const SHIPPED: &[&str] = &shipped![
    "reflection.v1",
    "session.v1",
    "supervision.v1",
    "observation.v1",
    "feedback.v1",
    "learning.v1",
    "peer-learning.v1",
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
    /// When a shipped file does not read, which a test rules out.
    #[must_use]
    #[allow(clippy::expect_used, reason = "the files are compiled in and read by a test")]
    pub fn shipped() -> Kinds {
        Kinds(SHIPPED.iter().map(|text| serde_json::from_str(text).expect("a shipped kind reads")).collect())
    }

    /// The kind with this id, in its newest version.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Kind> {
        self.0.iter().filter(|kind| kind.id == id).max_by_key(|kind| kind.version)
    }

    /// In the order in which they are offered.
    pub fn iter(&self) -> impl Iterator<Item = &Kind> {
        self.0.iter()
    }
}
