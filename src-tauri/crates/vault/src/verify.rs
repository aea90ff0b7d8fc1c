//! Checks a whole vault: what a disk, a synchronised folder or a stray program may have done to it.

use rusqlite::Connection;

use crate::error::VaultError;
use crate::table::{attachment, evidence, record, session, version};

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Records that were looked at.
    pub records: u64,
    /// Attachments whose content was compared with its hash.
    pub attachments: u64,
    /// What is wrong, a sentence each; nothing when all is well.
    pub problems: Vec<String>,
    /// What is as it was given and may still be worth a look, a sentence each.
    pub notes: Vec<String>,
}

/// A check that could not run to its end is itself a problem found, so that one bad page hides no other.
pub(crate) fn verify(connection: &Connection, lost_changes: u64) -> Result<Verified, VaultError> {
    // The pages' own check reads the file alone, so all of it must be there.
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    let mut found = Verified::default();
    let checks = [
        (evidence::MISCOUNTED, "The number of pieces of evidence is not right"),
        (session::MISADDED, "The hours that are kept are not the sum of the sessions"),
        ("PRAGMA cipher_integrity_check", "An encrypted page was altered"),
        ("PRAGMA integrity_check", "The database is not consistent"),
        ("SELECT \"table\" || ' row ' || rowid FROM pragma_foreign_key_check", "A link leads nowhere"),
    ];
    for (sql, what) in checks {
        match lines(connection, sql) {
            Ok(lines) => found.problems.extend(lines.iter().map(|line| format!("{what}: {line}."))),
            Err(error) => found.problems.push(format!("{what}: {error}")),
        }
    }
    if lost_changes > 0 {
        found.problems.push(format!(
            "The database is older than it was: the last {lost_changes} changes saved in this folder are missing. \
             Look for a newer vault.db where the folder is synchronised from, or in a backup."
        ));
    }
    let search = "INSERT INTO record_search (record_search, rank) VALUES ('integrity-check', 1)";
    if connection.execute(search, []).is_err() {
        found.problems.push("The search index does not fit the records.".to_owned());
    }
    records(connection, &mut found);
    match version::unreadable(connection) {
        Ok(ids) => {
            found.problems.extend(ids.iter().map(|id| format!("A former version of record {id} could not be read.")));
        }
        Err(error) => found.problems.push(format!("The former versions could not be read: {error}")),
    }
    attachments(connection, &mut found);
    Ok(found)
}

/// The rows of a check that has something to say; `ok` says that all is well.
fn lines(connection: &Connection, sql: &str) -> Result<Vec<String>, VaultError> {
    let mut statement = connection.prepare(sql)?;
    let lines = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    Ok(lines.into_iter().filter(|line| line != "ok").collect())
}

fn records(connection: &Connection, found: &mut Verified) {
    match record::ids(connection) {
        Ok(ids) => {
            for id in ids {
                found.records += 1;
                match record::get(connection, id) {
                    Ok(Some(_)) => {}
                    Ok(None) => found.problems.push(format!("Record {id} is in the index and not in the table.")),
                    Err(error @ VaultError::Unreadable { .. }) => found.problems.push(error.to_string()),
                    Err(error) => found.problems.push(format!("Record {id}: {error}")),
                }
            }
        }
        Err(error) => found.problems.push(format!("The records could not be counted: {error}")),
    }
}

fn attachments(connection: &Connection, found: &mut Verified) {
    match attachment::names(connection) {
        Ok(names) => {
            for name in names {
                found.attachments += 1;
                match attachment::get(connection, &name) {
                    Ok(Some(content)) if attachment::sha256(&content) == name => {}
                    Ok(_) => found.problems.push(format!("The attachment {name} is not what was stored.")),
                    Err(error) => found.problems.push(format!("The attachment {name}: {error}")),
                }
            }
        }
        Err(error) => found.problems.push(format!("The attachments could not be counted: {error}")),
    }
}
