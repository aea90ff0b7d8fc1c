//! Who may read the records of a kind, and what of them. Closed unless the kind's file opens it: what says nothing, and
//! what this program does not know, is for the coach alone.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Field, Kind, Kinds};
use crate::audience::{Audience, Readers};
use crate::condition::Condition;
use crate::record::Record;

/// What a reader is told of records that would go if they were put forward for a competency.
const UNCLAIMED: &str = "Entries that are private until they are put forward for a competency";
/// What a reader is told of records that nothing opens to them.
const COACH_ALONE: &str = "Entries that are for the coach alone";

/// What a kind is about, which decides where its records belong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// Work of a day, with a place in the journal and in a portfolio's period.
    #[default]
    Work,
    /// Someone who is named in work: a person, or the coach. Such a record is no work itself.
    Someone,
}

/// One of the rules that say who may read a kind's records. The first that fits a record and its reader decides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(untagged, deny_unknown_fields)]
pub enum ReaderRule {
    /// The record goes to these readers.
    Goes {
        /// To whom.
        to: Readers,
        /// Only when it was put forward for a competency.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        claimed: bool,
        /// Only when this holds; nothing means always.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<Condition>,
        /// Only these of its fields, and under its kind's title: text, tags and files stay. Nothing means all of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        only: Option<Vec<String>>,
        /// What stays then, as the beginning of a sentence to which a number is added; nothing is not worth telling.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rest: Option<String>,
    },
    /// The record goes to nobody.
    Stays {
        /// What stays and why, as the beginning of a sentence to which a number is added.
        stays: String,
        /// Only when this holds; nothing means always.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<Condition>,
        /// That it stays is told to the coach alone: it says something of a person that is no reader's business.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        untold: bool,
    },
}

/// What of a record goes to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goes<'k> {
    /// The record, with those of its fields that are for them.
    Whole,
    /// These of its fields alone, and what is told of the rest.
    Only(&'k [String], Option<&'k str>),
    /// Nothing, and why: the beginning of a sentence to which a number is added.
    Nothing(&'k str),
}

impl Kinds {
    /// What of a record goes to a reader.
    #[must_use]
    pub fn goes<'k>(&'k self, record: &Record, audience: Audience) -> Goes<'k> {
        match self.of(record) {
            _ if audience.is_coach() => Goes::Whole,
            Some(kind) => kind.goes(record, audience),
            None => Goes::Nothing(COACH_ALONE),
        }
    }

    /// Takes out of a record what is not for a reader whom it goes to.
    pub fn cut(&self, record: &mut Record, audience: Audience) {
        if audience.is_coach() {
            return;
        }
        if let Goes::Only(fields, _) = self.goes(record, audience) {
            let title = self.of(record).map(|kind| kind.title.clone());
            record.title = title.unwrap_or_default();
            record.body.clear();
            record.tags.clear();
            record.attachments.clear();
            record.fields.retain(|field, _| fields.contains(field));
        }
        self.cut_fields(record, audience);
    }

    /// Takes out the fields that are not for a reader, whatever the rules say of the record: what is for the coach alone
    /// stays with them although the record was chosen by itself, and so do tags where the reader is from outside.
    pub fn cut_fields(&self, record: &mut Record, audience: Audience) {
        if audience.is_coach() {
            return;
        }
        if audience.is_outside() {
            record.tags.clear();
        }
        let Some(kind) = self.of(record) else { return record.fields.clear() };
        let said = |field: &Field| record.text(&field.id).filter(|text| record.title.contains(*text));
        let told = kind.fields.iter().filter(|field| !field.to.include(audience)).find_map(said).is_some();
        // A title often says again what a field says, such as what a client is called.
        if told {
            record.title.clone_from(&kind.title);
        }
        cut(&kind.fields, &mut record.fields, audience);
    }

    /// What is told of records that do not go, in the order in which it is told.
    #[must_use]
    pub fn reasons(&self) -> Vec<&str> {
        let rules = self.newest().chain(self.earlier()).flat_map(|kind| &kind.readers);
        let said = rules.filter_map(|rule| match rule {
            ReaderRule::Stays { stays, .. } => Some(stays.as_str()),
            ReaderRule::Goes { .. } => None,
        });
        let mut reasons: Vec<&str> = Vec::new();
        for reason in [UNCLAIMED].into_iter().chain(said).chain([COACH_ALONE]) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        reasons
    }

    /// Whether the reader is not told this reason why records stay.
    #[must_use]
    pub fn is_untold(&self, reason: &str) -> bool {
        let mut rules = self.newest().chain(self.earlier()).flat_map(|kind| &kind.readers);
        rules.any(|rule| matches!(rule, ReaderRule::Stays { stays, untold: true, .. } if stays == reason))
    }

    /// The ids of the kinds that are about someone.
    pub fn about_someone(&self) -> impl Iterator<Item = &str> {
        self.newest().filter(|kind| kind.about == About::Someone).map(|kind| kind.id.as_str())
    }

    /// Whether a record is work; those about someone are named in work and are none. What nobody knows counts as work.
    #[must_use]
    pub fn is_work(&self, record: &Record) -> bool {
        self.newest_of(&record.kind).is_none_or(|kind| kind.about == About::Work)
    }
}

impl Kind {
    fn goes(&self, record: &Record, audience: Audience) -> Goes<'_> {
        let holds = |when: &Option<Condition>| when.as_ref().is_none_or(|when| when.holds(&record.fields));
        let mut reason = COACH_ALONE;
        for rule in &self.readers {
            match rule {
                ReaderRule::Stays { stays, when, .. } if holds(when) => return Goes::Nothing(stays),
                ReaderRule::Goes { to, claimed, when, only, rest } if to.include(audience) && holds(when) => {
                    if !*claimed || !record.claims.is_empty() {
                        let only = only.as_ref().map(|fields| Goes::Only(fields, rest.as_deref()));
                        return only.unwrap_or(Goes::Whole);
                    }
                    reason = UNCLAIMED;
                }
                ReaderRule::Stays { .. } | ReaderRule::Goes { .. } => {}
            }
        }
        Goes::Nothing(reason)
    }
}

/// Takes out the values that are not for a reader, and those of fields that nobody knows.
fn cut(fields: &[Field], values: &mut Map<String, Value>, audience: Audience) {
    values.retain(|id, value| {
        let Some(field) = fields.iter().find(|field| field.id == *id && field.to.include(audience)) else {
            return false;
        };
        let within = field.holds.fields();
        match value {
            Value::Object(group) if !within.is_empty() => cut(within, group, audience),
            Value::Array(rows) if !within.is_empty() => {
                rows.iter_mut().filter_map(Value::as_object_mut).for_each(|row| cut(within, row, audience));
            }
            _ => {}
        }
        true
    });
}
