//! Lists of records: newest first, filtered, read no further than is asked for.

use chrono::NaiveDate;
use domain::Record;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use uuid::Uuid;

use super::record::{COLUMNS, first_of, last_of, read};
use crate::error::VaultError;

/// Which records are wanted; the default is all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this kind.
    pub kind: Option<String>,
    /// On this day or later.
    pub from: Option<NaiveDate>,
    /// On this day or earlier.
    pub to: Option<NaiveDate>,
    /// Put forward for this competency.
    pub competency: Option<String>,
    /// At most so many; nothing means all.
    pub limit: Option<u32>,
    /// Leaving out so many of the newest.
    pub offset: u32,
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

/// Newest first. A record that does not read hides no other: its id goes to `unreadable`.
pub(crate) fn list(
    connection: &Connection,
    filter: &Filter,
    mut unreadable: impl FnMut(Uuid),
) -> Result<Vec<Record>, VaultError> {
    let (sql, values) = list_query(filter);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        match read(connection, row) {
            Ok(record) => records.push(record),
            Err(VaultError::Unreadable { id }) => unreadable(id),
            Err(other) => return Err(other),
        }
    }
    Ok(records)
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

/// How many there are; limit and offset do not count.
pub(crate) fn count(connection: &Connection, filter: &Filter) -> Result<u64, VaultError> {
    let (conditions, values) = filter.conditions();
    let what = if filter.competency.is_some() { "count(DISTINCT claim.record)" } else { "count(*)" };
    let mut statement = connection.prepare_cached(&format!("SELECT {what} FROM {conditions}"))?;
    let count: i64 = statement.query_row(params_from_iter(values), |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::record::{Before, plan};

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
            let plan = plan(&sql);
            assert!(!plan.contains("TEMP B-TREE"), "{sql}\n{plan}");
        }
    }

    #[test]
    fn a_record_that_does_not_read_hides_no_other() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(include_str!("../schema/0001_first.sql")).unwrap();
        let made = |n: u128| -> Record {
            let fields = serde_json::json!({
                "id": Uuid::from_u128(n), "kind": "reflection", "date": "2026-01-05", "title": "t",
                "created": "2026-01-05T10:00:00Z", "modified": "2026-01-05T10:00:00Z",
                "claims": [{ "competency": "1.3" }],
            });
            serde_json::from_value(fields).unwrap()
        };
        for n in 1..=4 {
            crate::table::record::save(&connection, &made(n), &domain::Kinds::shipped(), Before::Keep).unwrap();
        }
        let id = |n: u128| format!("x'{n:032x}'");
        let number = |n| format!("(SELECT seq FROM record WHERE id = {})", id(n));
        connection.execute(&format!("UPDATE record SET own = '{{' WHERE id = {}", id(1)), []).unwrap();
        connection.execute(&format!("UPDATE record SET created = 'then' WHERE id = {}", id(2)), []).unwrap();
        connection.execute(&format!("UPDATE claim SET counts_as = 'gossip' WHERE record = {}", number(3)), []).unwrap();
        let mut unreadable = Vec::new();
        let read = list(&connection, &Filter::default(), |id| unreadable.push(id.as_u128())).unwrap();
        assert_eq!(read, [made(4)]);
        unreadable.sort_unstable();
        assert_eq!(unreadable, [1, 2, 3]);
        let told = crate::table::record::get(&connection, Uuid::from_u128(1)).unwrap_err();
        assert!(matches!(told, VaultError::Unreadable { .. }), "{told}");
    }
}
