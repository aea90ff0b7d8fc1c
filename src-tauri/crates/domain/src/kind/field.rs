//! The fields of a kind, and what each of them holds.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::choice::Choice;
use crate::audience::Readers;
use crate::condition::Condition;

/// One field of a kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Field {
    /// The name in the open form, such as `minutes`.
    pub id: String,
    /// What the form calls it.
    pub label: String,
    /// What a reader of the portfolio is told it is, where the label is a question to the coach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<String>,
    /// A sentence under the label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Whether the record is refused without it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// The value when none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// When the form shows it; a value that is given anyway is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// The app keeps it: no form shows it and no portfolio prints it, but the open form has it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// How near to the writing it stands while a record is written.
    #[serde(default, skip_serializing_if = "Prominence::is_usual")]
    pub prominence: Prominence,
    /// It only says what became of something later, such as an action that is done by now: no part of what somebody signs.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bookkeeping: bool,
    /// Who may read it, of those whom its record goes to.
    #[serde(default)]
    pub to: Readers,
    /// What it holds.
    #[serde(flatten)]
    pub holds: FieldType,
}

impl Field {
    /// What a reader of the portfolio is told it is.
    #[must_use]
    pub fn told(&self) -> &str {
        self.told.as_deref().unwrap_or(&self.label)
    }
}

/// How near to the writing a field stands while a record is written: layout alone, nothing is checked or counted by it. The
/// fields of a group or of a row stand where the group or the list does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Prominence {
    /// It is the writing itself, or what a record of its kind begins with.
    Page,
    /// It is known about the record and stands beside the writing.
    #[default]
    Details,
    /// It is seldom needed: under a button that names it, until it says something.
    Rare,
}

impl Prominence {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
    fn is_usual(&self) -> bool {
        *self == Prominence::default()
    }
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
    /// Whole minutes, from 1 on.
    Minutes {
        /// The most allowed: a day, but for what goes on longer, such as a diploma.
        #[serde(default = "a_day", skip_serializing_if = "is_a_day")]
        max: u32,
    },
    /// A number that need not be whole.
    Number {
        /// The least allowed.
        min: f64,
        /// The most allowed.
        max: f64,
        /// The least itself is not allowed ("over 0").
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
        /// The field beside it that it does not come before, such as the first day of what it ends.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        not_before: Option<String>,
    },
    /// One of these.
    Choice {
        /// In the order shown.
        options: Vec<Choice>,
        /// Several of them instead of one.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        many: bool,
        /// Something of the coach's own is accepted too, as `own:` and its name, such as a model of their own.
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
        match self {
            FieldType::Markdown | FieldType::Answers { .. } | FieldType::List { .. } => true,
            FieldType::Text
            | FieldType::Whole { .. }
            | FieldType::Minutes { .. }
            | FieldType::Number { .. }
            | FieldType::YesNo
            | FieldType::Date { .. }
            | FieldType::Choice { .. }
            | FieldType::Framework { .. }
            | FieldType::Record { .. }
            | FieldType::Attachment
            | FieldType::Group { .. } => false,
        }
    }

    /// The fields that it is made of: those of a group or of a row of a list.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        match self {
            FieldType::Group { fields } | FieldType::List { fields, .. } => fields,
            FieldType::Text
            | FieldType::Markdown
            | FieldType::Whole { .. }
            | FieldType::Minutes { .. }
            | FieldType::Number { .. }
            | FieldType::YesNo
            | FieldType::Date { .. }
            | FieldType::Choice { .. }
            | FieldType::Framework { .. }
            | FieldType::Record { .. }
            | FieldType::Attachment
            | FieldType::Answers { .. } => &[],
        }
    }
}

fn a_day() -> u32 {
    1_440
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_a_day(minutes: &u32) -> bool {
    *minutes == a_day()
}

fn one_year() -> u8 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_one_year(years: &u8) -> bool {
    *years == 1
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
    Values,
    Induction,
}
