//! Checks a whole vault: what a disk, a synchronised folder or a stray program may have done to it.

use crate::database::Database;
use crate::error::VaultError;
use crate::table::attachment::Attachments;
use crate::table::evidence::EvidenceIndex;
use crate::table::record::Records;
use crate::table::search::Search;
use crate::table::session::Sessions;
use crate::table::version::Versions;
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

/// A check that could not run to its end is itself a problem found, so that one bad page hides no other.
pub(crate) fn verify(database: &Database, lost_changes: u64) -> Result<Verified, VaultError> {
    // The pages' own check reads the file alone, so all of it must be there.
    database.checkpoint()?;
    let mut found = Verified::default();
    let pages = |sql| {
        let says = |lines: Vec<String>| lines.into_iter().filter(|line| line != "ok").collect();
        database.texts(sql).map(says)
    };
    found.list("The number of pieces of evidence is not right", EvidenceIndex(database).miscounted());
    found.list("The hours that are kept are not the sum of the sessions", Sessions(database).misadded());
    found.list("An encrypted page was altered", pages("PRAGMA cipher_integrity_check"));
    found.list("The database is not consistent", pages("PRAGMA integrity_check"));
    let links = "SELECT \"table\" || ' row ' || rowid FROM pragma_foreign_key_check";
    found.list("A link leads nowhere", pages(links));
    if lost_changes > 0 {
        found.problems.push(format!(
            "The database is older than it was: the last {lost_changes} changes saved in this folder are missing. \
             Look for a newer vault.db where the folder is synchronised from, or in a backup."
        ));
    }
    if !Search(database).fits() {
        found.problems.push("The search index does not fit the records.".to_owned());
    }
    records(Records(database), &mut found);
    match Versions(database).unreadable() {
        Ok(ids) => {
            found.problems.extend(ids.iter().map(|id| format!("A former version of record {id} could not be read.")));
        }
        Err(error) => found.problems.push(format!("The former versions could not be read: {error}")),
    }
    attachments(Attachments(database), &mut found);
    Ok(found)
}

impl Verified {
    /// Notes every line that a check has to say.
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
