//! Checks a whole vault: what a disk, a synchronised folder or a stray program may have done to it.

use uuid::Uuid;

use crate::database::Database;
use crate::doubt::Doubt;
use crate::error::VaultError;
use crate::table::attachment::Attachments;
use crate::table::evidence::EvidenceIndex;
use crate::table::record::Records;
use crate::table::search::Search;
use crate::table::session::Sessions;
use crate::table::tombstone::Tombstones;
use crate::table::version::Versions;
use crate::table::visit::Visits;
use domain::digest::Sha256Hex;

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

/// A check that could not finish is itself a problem found, so that one bad page does not hide another.
pub(crate) fn verify(database: &Database, doubts: &[Doubt]) -> Result<Verified, VaultError> {
    let mut found = Verified::default();
    // The pages' own check reads the file alone, so all of it should be there.
    if let Err(error) = database.checkpoint() {
        let reason = error.reason();
        found
            .notes
            .push(format!("The newest changes still lie beside vault.db and could not be folded in ({reason})."));
    }
    let pages = |sql| {
        let says = |lines: Vec<String>| lines.into_iter().filter(|line| line != "ok").collect();
        database.texts(sql).map(says)
    };
    found.list("The number of pieces of evidence is not right", EvidenceIndex(database).miscounted());
    found.list("The hours that are kept are not the sum of the sessions", Sessions(database).misadded());
    found.list("The caseload does not rest on the sessions", Visits(database).unmatched());
    found.list("An encrypted page was altered", pages("PRAGMA cipher_integrity_check"));
    found.list("The database is not consistent", pages("PRAGMA integrity_check"));
    let links = "SELECT \"table\" || ' row ' || rowid FROM pragma_foreign_key_check";
    found.list("A link leads nowhere", pages(links));
    let (losses, others): (Vec<&Doubt>, Vec<&Doubt>) = doubts.iter().partition(|doubt| doubt.is_loss());
    found.problems.extend(losses.into_iter().map(ToString::to_string));
    found.notes.extend(others.into_iter().map(ToString::to_string));
    if !Search(database).fits() {
        found.problems.push("The search index does not fit the records.".to_owned());
    }
    records(Records(database), &mut found);
    let named = |ids: Vec<Uuid>| ids.iter().map(|id| format!("record {id}")).collect();
    found.list("A former version could not be read", Versions(database).unreadable().map(named));
    found.list("What it was changed from is not the version before", Records(database).astray().map(named));
    found.list("It was deleted for good and is there all the same", Tombstones(database).contradicted().map(named));
    attachments(Attachments(database), &mut found);
    Ok(found)
}

impl Verified {
    /// Notes each line that a check reports.
    fn list(&mut self, what: &str, lines: Result<Vec<String>, VaultError>) {
        match lines {
            Ok(lines) => self.problems.extend(lines.iter().map(|line| format!("{what}: {line}."))),
            Err(error) => self.problems.push(format!("{what}: {error}")),
        }
    }
}

fn records(records: Records<'_>, found: &mut Verified) {
    match records.ids() {
        Ok(ids) => {
            for id in ids {
                found.records += 1;
                match records.get(id) {
                    Ok(Some(record)) => match records.fits(&record) {
                        Ok(true) => {}
                        Ok(false) => found.problems.push(format!("Record {id} is not what was saved of it.")),
                        Err(error) => found.problems.push(format!("Record {id}: {error}")),
                    },
                    Ok(None) => found.problems.push(format!("Record {id} is in the index and not in the table.")),
                    Err(error @ VaultError::Unreadable { .. }) => found.problems.push(error.to_string()),
                    Err(error) => found.problems.push(format!("Record {id}: {error}")),
                }
            }
        }
        Err(error) => found.problems.push(format!("The records could not be counted: {error}")),
    }
}

fn attachments(attachments: Attachments<'_>, found: &mut Verified) {
    match attachments.names() {
        Ok(names) => {
            for name in names {
                found.attachments += 1;
                match attachments.get(&name) {
                    Ok(Some(content)) if Sha256Hex::of(&content).as_str() == name => {}
                    Ok(_) => found.problems.push(format!("The attachment {name} is not what was stored.")),
                    Err(error) => found.problems.push(format!("The attachment {name}: {error}")),
                }
            }
        }
        Err(error) => found.problems.push(format!("The attachments could not be counted: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use domain::{Kinds, Record};

    use super::*;
    use crate::table::record::RecordsMut;

    fn saying(body: &str) -> Record {
        let fields = serde_json::json!({
            "id": Uuid::from_u128(1), "kind": "reflection", "date": "2026-01-05", "title": "t", "body": body,
            "created": "2026-01-05T10:00:00Z", "modified": "2026-01-05T10:00:00Z",
        });
        serde_json::from_value(fields).unwrap()
    }

    /// What is wrong with three times one record after something was done to the tables.
    fn after(sql: &str) -> Vec<String> {
        let database = Database::in_memory();
        for body in ["one", "two", "three"] {
            RecordsMut(&database).save(&saying(body), &Kinds::shipped()).unwrap();
        }
        database.execute_batch(sql).unwrap();
        verify(&database, &[]).unwrap().problems
    }

    #[test]
    fn what_is_kept_beside_a_record_is_held_against_it() {
        assert_eq!(after(""), Vec::<String>::new());
        let said = Uuid::from_u128(1);
        let astray = [format!("What it was changed from is not the version before: record {said}.")];
        assert_eq!(after("UPDATE record SET base = randomblob(32)"), astray);
        assert_eq!(after("UPDATE version SET base = randomblob(32) WHERE number = 2"), astray);
        assert_eq!(after("UPDATE version SET base = randomblob(32) WHERE number = 1"), astray);
        assert_eq!(after("DELETE FROM version WHERE number = 2"), astray);
        // Of a vault of an earlier schema it is not known.
        assert_eq!(after("UPDATE version SET base = NULL; UPDATE record SET base = NULL"), Vec::<String>::new());
        let other = after("UPDATE record SET said = randomblob(32)");
        assert_eq!(other, [format!("Record {said} is not what was saved of it.")]);
        let contradicted = [format!("It was deleted for good and is there all the same: record {said}.")];
        assert_eq!(after("INSERT INTO tombstone SELECT id, modified FROM record"), contradicted);
        let binned = "INSERT INTO tombstone SELECT id, modified FROM record; INSERT INTO bin SELECT id, 2, modified \
                      FROM record; DELETE FROM record";
        assert_eq!(after(binned), contradicted);
    }
}
