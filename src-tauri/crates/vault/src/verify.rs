//! Checks a whole vault: what a disk, a synchronised folder or a stray program may have done to it.

use domain::Kinds;
use domain::digest::Sha256Hex;
use uuid::Uuid;

use crate::database::Database;
use crate::doubt::Doubt;
use crate::error::VaultError;
use crate::rescue::Rescued;
use crate::table::attachment::Attachments;
use crate::table::beside::Beside;
use crate::table::bin::Bin;
use crate::table::draft::Drafts;
use crate::table::generation;
use crate::table::record::Records;
use crate::table::search::Search;
use crate::table::tombstone::Tombstones;
use crate::table::version::Versions;

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

impl Verified {
    /// Begins with what opening the vault left in doubt.
    pub(crate) fn doubted(doubts: &[Doubt]) -> Verified {
        let (losses, others): (Vec<&Doubt>, Vec<&Doubt>) = doubts.iter().partition(|doubt| doubt.is_loss());
        let said = |doubts: Vec<&Doubt>| doubts.into_iter().map(ToString::to_string).collect();
        Verified { problems: said(losses), notes: said(others), ..Verified::default() }
    }

    /// The pages' own check reads the file alone, so all of it should be there.
    pub(crate) fn fold(&mut self, database: &Database) {
        if let Err(error) = database.checkpoint() {
            let reason = error.reason();
            self.notes
                .push(format!("The newest changes still lie beside vault.db and could not be folded in ({reason})."));
        }
    }

    /// Checks each page by itself; says whether all are what was written.
    pub(crate) fn pages(&mut self, database: &Database) -> bool {
        match database.texts("PRAGMA cipher_integrity_check") {
            Ok(lines) => lines.is_empty(),
            Err(error) => {
                self.problems.push(format!("The pages could not be checked: {error}"));
                false
            }
        }
    }

    /// What was found by reading past damaged pages.
    pub(crate) fn rescued(&mut self, rescued: &Rescued) {
        (self.records, self.attachments) = (rescued.records, rescued.attachments);
        self.problems.extend(rescued.problems());
    }

    /// Checks rows, links and what is made from them. A check that could not finish is itself a problem found, so that one
    /// does not hide another.
    pub(crate) fn tables(&mut self, database: &Database, kinds: &Kinds) -> Result<(), VaultError> {
        let sqlite = database.texts("PRAGMA integrity_check");
        let sqlite = sqlite.map(|lines| lines.into_iter().filter(|line| line != "ok").collect());
        self.list("The database is not consistent", sqlite);
        let links = "SELECT \"table\" || ' row ' || rowid FROM pragma_foreign_key_check";
        self.list("A link leads nowhere", database.texts(links));
        if !Search(database).fits() {
            self.problems.push("The search index does not fit the records.".to_owned());
        }
        records(Records(database), self);
        let named = |ids: Vec<Uuid>| ids.iter().map(|id| format!("record {id}")).collect();
        let versions = Versions(database);
        self.list("A former version could not be read", versions.unreadable().map(named));
        self.list("What a former version says of its files is not so", versions.mislinked().map(named));
        self.list("What it was changed from is not the version before", Records(database).astray().map(named));
        self.list("It was deleted for good and is there all the same", Tombstones(database).contradicted().map(named));
        self.list("It is in the bin and is there all the same", Bin(database).contradicted().map(named));
        self.list("A draft could not be read", Drafts(database).unreadable().map(named));
        self.list("The last change is not the one that is noted", generation::unchained(database));
        let beside = Beside::anew(database, kinds).and_then(|beside| beside.differing(database, kinds));
        self.list("What is kept beside the records is not made from them", beside);
        attachments(Attachments(database), self);
        Ok(())
    }

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
    use domain::Record;

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
        let mut found = Verified::default();
        found.tables(&database, &Kinds::shipped()).unwrap();
        found.problems
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

    #[test]
    fn whatever_is_made_from_the_records_is_held_against_them() {
        let made = |n: u128, kind: &str, fields: serde_json::Value| -> Record {
            let mut all = serde_json::json!({
                "id": Uuid::from_u128(n), "kind": kind, "date": "2026-01-05", "title": "t", "tags": ["tag"],
                "created": "2026-01-05T10:00:00Z", "modified": "2026-01-05T10:00:00Z",
                "claims": [{ "competency": "1.3", "reason": "so" }],
            });
            all.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
            serde_json::from_value(all).unwrap()
        };
        let session = serde_json::json!({ "minutes": 50, "format": "group", "mode": "video", "client": "A" });
        let about = serde_json::json!({ "session": Uuid::from_u128(1) });
        let supervision = serde_json::json!({ "type": "clinical", "format": "individual", "minutes": 60 });
        let records = [
            made(1, "session", session),
            made(2, "observation", about.clone()),
            made(3, "supervision", supervision),
            made(4, "reflection", about),
        ];
        let after = |sql: &str| {
            let database = Database::in_memory();
            for record in &records {
                RecordsMut(&database).save(record, &Kinds::shipped()).unwrap();
            }
            assert!(database.execute(sql, []).unwrap() > 0, "{sql}");
            let mut found = Verified::default();
            found.tables(&database, &Kinds::shipped()).unwrap();
            found.problems.join("\n")
        };
        let sound = Database::in_memory();
        for record in &records {
            RecordsMut(&sound).save(record, &Kinds::shipped()).unwrap();
        }
        let mut found = Verified::default();
        found.tables(&sound, &Kinds::shipped()).unwrap();
        assert_eq!(found.problems, Vec::<String>::new());
        for (sql, told) in [
            ("DELETE FROM evidence WHERE id = x'00000000000000000000000000000004'", "what it counts as, of record"),
            ("UPDATE OR REPLACE evidence SET kind = 'feedback'", "what it counts as, of record"),
            ("UPDATE tally SET count = count + 1", "the number of pieces of evidence"),
            ("UPDATE session SET minutes = 49", "the hours, of record"),
            ("DELETE FROM session", "the hours, of record"),
            ("UPDATE session_total SET minutes = minutes + 1", "the sums of hours"),
            ("DELETE FROM supervision", "the rhythm, of record"),
            ("UPDATE supervision SET individual = NOT individual", "the rhythm, of record"),
            ("UPDATE visit SET client = 'B'", "the caseload, of record"),
            ("DELETE FROM mention", "the records it names, of record"),
            ("UPDATE mention SET named = randomblob(16)", "the records it names, of record"),
            ("UPDATE record SET answers = 'other'", "its words for search, of record"),
            ("UPDATE record SET claims_text = 'other'", "its words for search, of record"),
            (
                "INSERT INTO visit SELECT seq, 1, 0, 'attended', 0, NULL, NULL, NULL, NULL FROM record
              WHERE kind = 'reflection'",
                "the caseload, of record",
            ),
            ("UPDATE generation SET number = 7", "The last change is not the one that is noted"),
        ] {
            let problems = after(sql);
            assert!(problems.contains(told), "{sql}: {problems}");
        }
    }

    #[test]
    fn drafts_and_the_files_of_versions_are_held_against_what_they_say() {
        let database = Database::in_memory();
        let mut one = saying("one");
        let sha256 = crate::table::attachment::AttachmentsMut(&database).put(b"content").unwrap();
        let file = serde_json::json!({ "name": "n", "media_type": "text/plain", "sha256": sha256, "bytes": 7 });
        one.attachments.push(serde_json::from_value(file).unwrap());
        RecordsMut(&database).save(&one, &Kinds::shipped()).unwrap();
        RecordsMut(&database).save(&saying("two"), &Kinds::shipped()).unwrap();
        let drafts = crate::table::draft::DraftsMut(&database);
        drafts.keep(Uuid::from_u128(9), &saying("three").to_draft(), one.created).unwrap();
        let found = || {
            let mut found = Verified::default();
            found.tables(&database, &Kinds::shipped()).unwrap();
            found.problems.join("\n")
        };
        assert_eq!(found(), "");
        database.execute_batch("DELETE FROM version_attachment; UPDATE draft SET kind = 'session'").unwrap();
        let told = found();
        assert!(told.contains("What a former version says of its files is not so"), "{told}");
        assert!(told.contains("A draft could not be read: record"), "{told}");
    }
}
