//! Lists of records: newest first, filtered, read no further than is asked for.

use chrono::NaiveDate;
use domain::Record;
use rusqlite::types::Value as Sql;
use rusqlite::{Params, params_from_iter};
use serde::Deserialize;

use super::day::{first_of, last_of};
use super::record::Records;
use super::row::{COLUMNS, read};
use crate::error::VaultError;

/// Which records a list shows, newest first; the default is all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Filter {
    /// Of this kind alone.
    pub kind: Option<String>,
    /// With a claim for this competency.
    pub competency: Option<String>,
    /// From this day on.
    pub from: Option<NaiveDate>,
    /// Until this day.
    pub to: Option<NaiveDate>,
    /// How many to pass over.
    pub offset: u32,
    /// The most to return; nothing means all.
    pub limit: Option<u32>,
}

impl Filter {
    /// Where to look, under which conditions, and their values.
    fn conditions(&self) -> (String, Vec<Sql>) {
        // The claims lead, in the order of their index, so that the newest are found without looking at all; CROSS
        // JOIN keeps SQLite from turning the two around.
        let mut sql = String::from(match self.competency {
            Some(_) => "claim CROSS JOIN record ON record.seq = claim.record WHERE 1",
            None => "record WHERE 1",
        });
        let mut values = Vec::new();
        let mut add = |condition: &str, value: Sql| {
            sql.push_str(" AND ");
            sql.push_str(condition);
            values.push(value);
        };
        if let Some(kind) = &self.kind {
            add("kind = ?", Sql::Text(kind.clone()));
        }
        // The claim's column is the record's number as well; it is the one whose index knows the order.
        let seq = if self.competency.is_some() { "claim.record" } else { "seq" };
        if let Some(from) = self.from {
            add(&format!("{seq} >= ?"), Sql::Integer(first_of(from)));
        }
        if let Some(to) = self.to {
            add(&format!("{seq} <= ?"), Sql::Integer(last_of(to)));
        }
        if let Some(competency) = &self.competency {
            add("competency = ?", Sql::Text(competency.clone()));
        }
        (sql, values)
    }
}

impl Records<'_> {
    /// The records that match the filter, newest first. One that cannot be read does not hide the others: it is left
    /// out and named by [`Vault::unreadable`](crate::Vault::unreadable).
    pub fn list(&self, filter: &Filter) -> Result<Vec<Record>, VaultError> {
        let (sql, values) = list_query(filter);
        self.read_all(&sql, params_from_iter(values))
    }

    fn read_all(&self, sql: &str, values: impl Params) -> Result<Vec<Record>, VaultError> {
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query(values)?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            match read(self.0, row) {
                Ok(record) => records.push(record),
                Err(VaultError::Unreadable { id }) => self.0.note_unreadable(id),
                Err(other) => return Err(other),
            }
        }
        Ok(records)
    }

    /// The records that say something in one of these fields of their own, newest first; of fields that few records have,
    /// the others are not read. One that cannot be read is left out and named, as in [`Records::list`].
    pub fn holding(&self, fields: &[&str]) -> Result<Vec<Record>, VaultError> {
        self.read_all(&holding_query(fields), params_from_iter(fields.iter().flat_map(|field| [field, field])))
    }

    /// How many records match the filter, whatever its limit and offset.
    pub fn count(&self, filter: &Filter) -> Result<u64, VaultError> {
        let (conditions, values) = filter.conditions();
        let what = if filter.competency.is_some() { "count(DISTINCT claim.record)" } else { "count(*)" };
        let mut statement = self.0.prepare_cached(&format!("SELECT {what} FROM {conditions}"))?;
        let count: i64 = statement.query_row(params_from_iter(values), |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }
}

fn list_query(filter: &Filter) -> (String, Vec<Sql>) {
    let (conditions, mut values) = filter.conditions();
    // SQLite reads -1 as "no limit".
    values.push(Sql::Integer(filter.limit.map_or(-1, i64::from)));
    values.push(Sql::Integer(i64::from(filter.offset)));
    // One record may claim a competency twice.
    let order = match filter.competency {
        Some(_) => "GROUP BY claim.record ORDER BY claim.record DESC",
        None => "ORDER BY seq DESC",
    };
    (format!("SELECT {COLUMNS} FROM {conditions} {order} LIMIT ? OFFSET ?"), values)
}

/// Fields that few records have and that are asked for often: those that name one stand in an index.
const NAMED: [&str; 5] = ["actions", "discussed", "for_supervision", "clinical_question", "models"];

fn holding_query(fields: &[&str]) -> String {
    // Nearly all hold none, which is seen sooner without reading the JSON.
    let holds = "(instr(own, '\"' || ? || '\"') AND json_type(own, '$.fields.' || ?) IS NOT NULL)";
    let any = vec![holds; fields.len()].join(" OR ");
    // The index is used where it is asked for in its own words.
    let named = NAMED.map(|field| format!("instr(own, '\"{field}\"')")).join(" OR ");
    let indexed = fields.iter().all(|field| NAMED.contains(field));
    let among = if indexed { format!("({named}) AND ") } else { String::new() };
    format!("SELECT {COLUMNS} FROM record WHERE {among}({any}) ORDER BY seq DESC")
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    use crate::database::Database;
    use crate::table::record::RecordsMut;

    #[test]
    fn no_list_is_sorted_or_read_whole() {
        let claimed = Filter { competency: Some("1.1".to_owned()), ..Filter::default() };
        let kind = Filter { kind: Some("session".to_owned()), ..Filter::default() };
        for filter in [
            claimed.clone(),
            Filter { kind: kind.kind.clone(), from: NaiveDate::from_ymd_opt(2026, 1, 1), ..claimed },
            kind,
            Filter::default(),
        ] {
            let (sql, _) = list_query(&filter);
            let plan = Database::plan(&sql);
            assert!(!plan.contains("TEMP B-TREE"), "{sql}\n{plan}");
        }
    }

    #[test]
    fn what_few_records_hold_is_found_without_reading_the_others() {
        for fields in [&NAMED[..], &["models"], &["actions", "discussed"]] {
            let sql = holding_query(fields);
            let plan = Database::plan(&sql);
            assert!(plan.contains("USING INDEX record_naming") && !plan.contains("TEMP B-TREE"), "{sql}\n{plan}");
        }
        assert!(Database::plan(&holding_query(&["minutes"])).starts_with("SCAN record"));
    }

    #[test]
    fn a_record_that_does_not_read_hides_no_other() {
        let database = Database::in_memory();
        let made = |n: u128| -> Record {
            let fields = serde_json::json!({
                "id": Uuid::from_u128(n), "kind": "reflection", "date": "2026-01-05", "title": "t",
                "created": "2026-01-05T10:00:00Z", "modified": "2026-01-05T10:00:00Z",
                "claims": [{ "competency": "1.3" }],
            });
            serde_json::from_value(fields).unwrap()
        };
        for n in 1..=4 {
            RecordsMut(&database).save(&made(n), &domain::Kinds::shipped()).unwrap();
        }
        let id = |n: u128| format!("x'{n:032x}'");
        let number = |n| format!("(SELECT seq FROM record WHERE id = {})", id(n));
        database.execute(&format!("UPDATE record SET own = '{{' WHERE id = {}", id(1)), []).unwrap();
        database.execute(&format!("UPDATE record SET created = 'then' WHERE id = {}", id(2)), []).unwrap();
        database.execute(&format!("UPDATE claim SET counts_as = 'gossip' WHERE record = {}", number(3)), []).unwrap();
        assert_eq!(Records(&database).list(&Filter::default()).unwrap(), [made(4)]);
        assert_eq!(database.unreadable(), [1, 2, 3].map(Uuid::from_u128));
        let told = Records(&database).get(Uuid::from_u128(1)).unwrap_err();
        assert!(matches!(told, VaultError::Unreadable { .. }), "{told}");
    }
}
