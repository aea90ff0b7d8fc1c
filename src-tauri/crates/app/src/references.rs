//! References from record to record, and those that lead nowhere.

use std::collections::BTreeMap;

use domain::Record;
use domain::kind::{Field, FieldType};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::failure::Failure;
use crate::open_vault::OpenVault;

/// How many records are held at a time.
const PAGE: u32 = 2_000;

impl OpenVault {
    /// References to records that are not there, a sentence each. They are no damage: a record may name one that is imported
    /// later, or that was never given away with it.
    pub(crate) fn references_to_nothing(&self) -> Result<Vec<String>, Failure> {
        let mut named: BTreeMap<Uuid, Vec<(Uuid, String)>> = BTreeMap::new();
        let total = u32::try_from(self.vault.count(&vault::Filter::default())?).unwrap_or(u32::MAX);
        for offset in (0..total).step_by(PAGE as usize) {
            let page = self.vault.records(&vault::Filter { limit: Some(PAGE), offset, ..Default::default() })?;
            for record in &page {
                for (field, id) in self.references(record) {
                    named.entry(id).or_default().push((record.id, field));
                }
            }
        }
        let strangers = self.vault.strangers(named.keys().copied())?;
        let mut told = Vec::new();
        for id in strangers {
            for (by, field) in named.get(&id).into_iter().flatten() {
                told.push(format!("Record {by} names a record that is not in this vault ({field}: {id})."));
            }
        }
        Ok(told)
    }

    /// The records that a record names in its kind's fields, each with the field.
    pub(crate) fn references(&self, record: &Record) -> Vec<(String, Uuid)> {
        let mut found = Vec::new();
        if let Some(kind) = self.kinds.get(&record.kind) {
            gather(&kind.fields, &record.fields, "", &mut found);
        }
        found
    }
}

fn gather(fields: &[Field], values: &Map<String, Value>, within: &str, found: &mut Vec<(String, Uuid)>) {
    for field in fields {
        let place = format!("{within}{}", field.id);
        match (&field.holds, values.get(&field.id)) {
            (FieldType::Record { .. }, Some(Value::Array(ids))) => {
                found.extend(ids.iter().filter_map(|id| named(&place, id)));
            }
            (FieldType::Record { .. }, Some(id)) => found.extend(named(&place, id)),
            (FieldType::Group { fields }, Some(Value::Object(group))) => {
                gather(fields, group, &format!("{place}."), found);
            }
            (FieldType::List { fields, .. }, Some(Value::Array(rows))) => {
                for (index, row) in rows.iter().enumerate() {
                    if let Value::Object(row) = row {
                        gather(fields, row, &format!("{place}[{index}]."), found);
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
